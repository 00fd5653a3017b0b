"""What the cells of one person say: a reply to each question, and what is wrong, each with its place."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, assert_never

from collabcheck.answers import Chose, DontKnow, NotApplicable, Reply, lacking
from collabcheck.characters import blank
from collabcheck.files.imports.divided import (
    MORE,
    TwoWays,
    Understood,
    answers_to,
    can_mean,
    strange,
    understood,
)
from collabcheck.files.imports.meant import UNKNOWN, in_one_way, nearest, one_of, reason_in
from collabcheck.files.imports.names import DOES_NOT_APPLY, NOT_US, NOT_US_WORDS, Holds, Part
from collabcheck.files.imports.words import plain, signed
from collabcheck.files.source.found import quoted
from collabcheck.pack import Pack
from collabcheck.problems import Code, Place, Problem
from collabcheck.questions import DONT_KNOW, LACKED, Question
from collabcheck.written import LONGEST


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of one person, and where they stand."""

    words: str
    place: Place


Said = Mapping[Holds, Cell]
"""The cells of one person that are not empty, by what they hold."""

Headers = Mapping[Holds, str]
"""What the table calls its columns, by what they hold."""


@dataclass(slots=True)
class Heard:
    """What was understood of one person’s cells, and what was not."""

    replies: dict[str, Reply] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def listen(pack: Pack, said: Said, headers: Headers = MappingProxyType({})) -> Heard:
    """Return the replies that cells stand for; a cell that stands for none is a problem.

    Advice names the columns of the table by their `headers`, empty ones too, or else by what a mapping calls them.
    """
    heard = Heard(problems=[_of_error(cell) for cell in said.values() if is_error(cell)])
    by_question: dict[str, dict[Holds, Cell]] = {}
    for holds, cell in said.items():
        if not is_error(cell):
            by_question.setdefault(holds.of, {})[holds] = cell
    for question in pack.questions:
        if cells := by_question.get(question.id):
            _Listener(question, cells, headers, heard).listen()
    return heard


_ERRORS: Final = {
    *("#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#SPILL!", "#CALC!", "#ERROR!"),
    *("#N/D", "#NV"),
}
"""What spreadsheets write in place of a result; the first would be taken for “n/a”."""


def is_error(cell: Cell) -> bool:
    """Say whether a spreadsheet has written an error in place of words."""
    return cell.words.strip().upper() in _ERRORS


def _of_error(cell: Cell) -> Problem:
    message = f"{quoted(cell.words)}, an error of the spreadsheet, stands here"
    return Problem(cell.place, Code.BAD_VALUE, message, "Write what belongs here, or clear the cell.")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is chosen, as ids in the order of the question, and a reason that stands in the same cell."""

    chosen: Sequence[str]
    reason: str = ""


class _Listener:
    """Hears what the cells of one question say."""

    def __init__(self, question: Question, cells: Said, headers: Headers, heard: Heard) -> None:
        self._question, self._cells, self._headers, self._heard = question, cells, headers, heard
        self._answers = answers_to(question)

    def listen(self) -> None:
        """Record the reply to the question, if its cells make one."""
        before = len(self._heard.problems)
        answer = self._answer()
        if len(self._heard.problems) > before:
            return
        said = (answer.reason, self._words(Part.REASON))
        reasons = dict.fromkeys(words for words in said if not blank(words))
        note, evidence, reason = self._words(Part.NOTE), self._words(Part.EVIDENCE), "\n".join(reasons)
        match list(answer.chosen):
            case []:
                self._without_answer()
            case [only] if only == DONT_KNOW:
                self._record(DontKnow(_both(note, reason), evidence))
            case [only] if only == NOT_US:
                instead = note if self._question.wants_reason and not reason else ""
                self._not_us(reason or instead, "" if instead else note, evidence)
            case chosen if not self._refused(chosen):
                self._record(Chose(tuple(chosen), _both(note, reason), evidence))
            case _:
                pass

    def _not_us(self, reason: str, note: str, evidence: str) -> None:
        if not reason and self._question.wants_reason:
            message = f"“{self._question.id}” does not say why it does not apply"
            self._complain(Code.NO_REASON, message, self._where_to_say_why())
        elif len(reason) > LONGEST:
            self._complain(Code.TOO_BIG, f"the reason has more than {LONGEST:,} characters", "Shorten it.")
        else:
            self._record(NotApplicable(reason, note, evidence))

    def _where_to_say_why(self) -> str:
        headers = (self._headers.get(Holds(part, self._question.id)) for part in (Part.REASON, Part.NOTE))
        if header := next(filter(None, headers), ""):
            return f"Write why under {quoted(header)}; or choose an answer."
        column = Holds(Part.REASON, self._question.id)
        return f"Write why after a colon, {_LIKE_THIS}; or add a column “{column}”; or choose an answer."

    def _record(self, reply: Reply) -> None:
        if isinstance(reply, Chose) and (missing := lacking(self._question, reply)):
            place = next(iter(self._cells.values())).place
            parts = " and ".join(LACKED[part] for part in missing)
            self._heard.warnings.append(
                f"{place}: “{self._question.id}” is kept and does not count, for lack of {parts}."
            )
        self._heard.replies[self._question.id] = reply

    def _words(self, part: Part) -> str:
        cell = self._cells.get(Holds(part, self._question.id))
        return cell.words.strip() if cell else ""

    def _answer(self) -> _Answer:
        """Return what is chosen, in one cell or in columns of yes and no; what they do not say clearly is a problem."""
        ticks = {holds: said for holds in self._cells if (said := self._tick(holds)) is not None}
        ticked = self._ordered(holds.choice for holds, said in ticks.items() if said)
        cell = self._cells.get(Holds(Part.ANSWER, self._question.id))
        if cell is None:
            return _Answer(ticked)
        reading = self._reading(cell.words)
        reason = reason_in(cell.words, self._answers) if reading is None else ""
        if reason:
            reading = Understood(frozenset({NOT_US}))
        elif isinstance(reading, TwoWays) and self._settle(cell, ticks, ticked):
            reading = Understood(frozenset(ticked))
        chosen = self._chosen(cell, reading)
        if chosen:
            self._compare(cell, chosen, ticks)
        return _Answer(chosen or ticked, reason)

    def _reading(self, words: str) -> Understood | TwoWays | None:
        return understood(words, self._answers) if len(words) <= self._answers.longest else None

    def _settle(self, cell: Cell, ticks: Mapping[Holds, bool], ticked: Sequence[str]) -> bool:
        """Say whether the columns of all choices tell which of the ways to read a cell is meant."""
        complete = {holds.choice for holds in ticks} >= self._question.choice.keys()
        return complete and can_mean(cell.words, self._answers, ticked)

    def _chosen(self, cell: Cell, reading: Understood | TwoWays | None) -> Sequence[str]:
        match reading:
            case Understood(chosen):
                return self._ordered(chosen)
            case TwoWays(one, other):
                self._two_ways(cell, self._ordered(one), self._ordered(other))
            case None if len(cell.words) > self._answers.longest:
                message = f"{quoted(cell.words)} has more characters ({len(cell.words):,}) than all answers together"
                self._complain_at(
                    cell.place, Code.TOO_BIG, message, f"Keep the answers only. {self._own_words()}".rstrip()
                )
            case None:
                self._strange(cell, strange(cell.words, self._answers))
            case _:
                assert_never(reading)
        return ()

    def _two_ways(self, cell: Cell, one: Sequence[str], other: Sequence[str]) -> None:
        first, second = (" and ".join(f"“{name}”" for name in names) for names in (one, other))
        message = f"{quoted(cell.words)} can be read in two ways: as {first}, or as {second}"
        self._complain_at(cell.place, Code.TWO_VALUES, message, self._clearly(one, other))

    def _clearly(self, one: Sequence[str], other: Sequence[str]) -> str:
        """Return how to write each of two readings so that it can be read in no other way."""
        first, second = (in_one_way(names, self._question, self._answers) for names in (one, other))
        if first and second:
            ids = set(first.split("; ") + second.split("; ")) <= self._question.choice.keys() | {DONT_KNOW}
            return f"Write {'ids, with a semicolon between them' if ids else 'this'}: “{first}” or “{second}”."
        if not self._question.several:
            return "Ask whoever keeps the pack to give its answers different words."
        return f"Write each answer in a column of yes and no, such as “{self._question.id}/{one[0]}”."

    def _strange(self, cell: Cell, pieces: Sequence[str]) -> None:
        for piece in pieces[:_FEW]:
            message = f"{quoted(piece)} is not an answer to “{self._question.id}”"
            self._complain_at(cell.place, Code.UNKNOWN_LEVEL, message, self._instead_of(piece, cell))
        if (more := len(pieces) - _FEW) > 0:
            message = f"… and {more} more pieces of this cell are no answers"
            self._complain_at(cell.place, Code.UNKNOWN_LEVEL, message, "Correct these first.")

    def _instead_of(self, piece: str, cell: Cell) -> str:
        """Return what to do about words that are no answer."""
        if not plain(cell.words):
            return f"This says neither an answer nor that there is none. Leave the cell empty, or write “{UNKNOWN}”."
        if plain(cell.words).startswith(_NOT_US_AND):
            return f"If it is the reason, write it after a colon, {_LIKE_THIS}."
        if plain(piece) in self._answers.named and re.search(r"\d", piece):
            return one_of(self._question)
        if plain(piece) in self._answers.named or not plain(piece):
            return "A sign beside an answer may deny it. Write only the answers that were chosen, without signs."
        near = nearest(piece, self._question)
        return f"{f'Did you mean “{near}”?' if near else one_of(self._question)} {self._own_words()}".rstrip()

    def _own_words(self) -> str:
        """Return where own words belong, if the question is one to which people add some."""
        if not (self._question.several or any(_is_other(choice.text) for choice in self._question.choices)):
            return ""
        note = Holds(Part.NOTE, self._question.id)
        header = self._headers.get(note, "")
        return f"Own words belong {f'under {quoted(header)}' if header else f'in a column “{note}”'}."

    def _tick(self, holds: Holds) -> bool | None:
        """Return whether the column of a choice says yes; None if it says nothing, or nothing clear, which is told."""
        words = self._cells[holds].words.strip()
        said = words.casefold().rstrip(_LOOKS)
        if holds.part is not Part.CHOICE or said in _NOTHING:
            return None
        said = said.removesuffix(".")
        own = self._answers.like(words, signed(words)) == frozenset({holds.choice})
        if said in _YES or (own and said not in _NO):
            return True
        if own and not any(self._is_yes_or_no(other) for other in self._cells if other != holds):
            message = f"{quoted(words)} may say that “{holds}” was chosen, or that it was not"
            self._complain_at(self._cells[holds].place, Code.TWO_VALUES, message, "Write 1 if it was; or clear it.")
            return None
        if said not in _NO:
            message = f"{quoted(words)} does not say whether “{holds}” was chosen"
            self._complain_at(self._cells[holds].place, Code.UNKNOWN_LEVEL, message, "Write Yes or No, or 1 or 0.")
            return None
        return False

    def _is_yes_or_no(self, holds: Holds) -> bool:
        """Say whether the column of a choice has words for yes and no in it, not those of the choice."""
        words = self._cells[holds].words.strip()
        is_own = holds.choice in self._answers.like(words, signed(words))
        return holds.part is Part.CHOICE and not is_own and words.casefold().removesuffix(".") in _YES | _NO

    def _compare(self, cell: Cell, chosen: Sequence[str], ticks: Mapping[Holds, bool]) -> None:
        """Find columns of yes and no that say otherwise than the cell which names all answers."""
        for holds, said in ticks.items():
            if said is not (holds.choice in chosen):
                tick, header = self._cells[holds], self._headers.get(holds, str(holds))
                message = (
                    f"{quoted(header)} says {quoted(tick.words)}, but “{self._question.id}” says {quoted(cell.words)}"
                )
                advice = "Correct the one that is wrong; or clear it, and the other counts."
                self._complain_at(tick.place, Code.TWO_VALUES, message, advice)

    def _ordered(self, names: Iterable[str]) -> list[str]:
        given = set(names)
        return [name for name in (*self._question.choice, DONT_KNOW, NOT_US, MORE) if name in given]

    def _refused(self, chosen: Sequence[str]) -> bool:
        """Say whether these answers cannot stand together, and find it."""
        if len(chosen) < 2:  # noqa: PLR2004  one stands by itself
            return False
        alone = [name for name in chosen if name in (DONT_KNOW, NOT_US) or self._question.choice[name].alone]
        if not self._question.several:
            message = f"“{self._question.id}” takes one answer, but {len(chosen)} are given: {', '.join(chosen)[:60]}"
            self._complain(Code.TWO_VALUES, message, "Keep the one that fits best.")
        elif alone:
            message = f"“{alone[0]}” cannot stand beside other answers to “{self._question.id}”"
            tick = self._cells.get(Holds(Part.CHOICE, self._question.id, alone[0]))
            place = tick.place if tick and Holds(Part.ANSWER, self._question.id) not in self._cells else self._place()
            self._complain_at(place, Code.TWO_VALUES, message, "Keep it alone, or remove it.")
        return not self._question.several or bool(alone)

    def _without_answer(self) -> None:
        refused = [cell for holds, cell in self._cells.items() if self._tick(holds) is False]
        if refused:
            alone = [choice.text for choice in self._question.choices if choice.alone] or [UNKNOWN]
            said = f"{refused[0].place}: “{self._question.id}” has no answer, as all that is said of its choices is No."
            self._heard.warnings.append(f"{said} If that is the answer, say so, such as with {quoted(alone[0])}.")
        for part in (Part.NOTE, Part.EVIDENCE, Part.REASON):
            if cell := self._cells.get(Holds(part, self._question.id)):
                place = cell.place
                said = f"{place}: the {part} {quoted(cell.words)} is left out, as “{self._question.id}” has no answer."
                self._heard.warnings.append(
                    f"{said} To keep it, answer the question, if only with “{self._keeping(part)}”."
                )

    def _keeping(self, part: Part) -> str:
        """Return an answer beside which such words can stand."""
        return DOES_NOT_APPLY if part is Part.REASON else UNKNOWN

    def _complain(self, code: Code, message: str, advice: str) -> None:
        """Find what is wrong with the answer as a whole, where it stands."""
        self._complain_at(self._place(), code, message, advice)

    def _place(self) -> Place:
        by_weight = sorted(self._cells, key=lambda holds: _WEIGHT.get(holds.part, len(_WEIGHT)))
        return self._cells[by_weight[0]].place

    def _complain_at(self, place: Place, code: Code, message: str, advice: str) -> None:
        self._heard.problems.append(Problem(place, code, message, advice))


_WEIGHT: Final = {Part.ANSWER: 0, Part.CHOICE: 1, Part.REASON: 2}
"""Where an answer stands, if it stands in several cells."""

_FEW: Final = 3
"""After so many pieces that are no answers, nobody needs to see more."""

_YES: Final = {"1", "1.0", "yes", "y", "true", "x", "selected", "checked", "ticked", *"✓✔☑√"}
_NO: Final = {"0", "0.0", "no", "n", "false", "not selected", "unchecked"}
_NOTHING: Final = {"", "-", "–", "—"}
_LOOKS: Final = "\ufe0e\ufe0f"
"""Follow a sign and only change its look."""

_LIKE_THIS: Final = "as in “Does not apply to us: we have no staff”"
_NOT_US_AND: Final = tuple(f"{plain(words)} " for words in NOT_US_WORDS if " " in words)


def _is_other(text: str) -> bool:
    return plain(text).partition(" ")[0] == "other"


def _both(note: str, more: str) -> str:
    return "\n".join(filter(None, (note, more)))
