"""What the cells of one person say: a reply to each question, and what is wrong, each with its place."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from collabcheck.answers import Chose, DontKnow, NotApplicable, Reply
from collabcheck.files.imports.columns import NOT_US, NOT_US_WORDS, UNKNOWN_WORDS, Holds, Part, plain
from collabcheck.files.source.found import quoted
from collabcheck.pack import DONT_KNOW, Pack, Question
from collabcheck.problems import Code, Place, Problem, did_you_mean

LONGEST_REASON = 4000


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of one person, and where they stand."""

    words: str
    place: Place


Said = Mapping[Holds, Cell]
"""The cells of one person that are not empty, by what they hold."""


@dataclass(slots=True)
class Heard:
    """What was understood of one person’s cells, and what was not."""

    replies: dict[str, Reply] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def listen(pack: Pack, said: Said) -> Heard:
    """Return the replies that cells stand for; a cell that stands for none is a problem."""
    heard = Heard()
    by_question: dict[str, dict[Holds, Cell]] = {}
    for holds, cell in said.items():
        by_question.setdefault(holds.of, {})[holds] = cell
    for question in pack.questions:
        if cells := by_question.get(question.id):
            _Listener(question, cells, heard).listen()
    return heard


class _Listener:
    """Hears what the cells of one question say."""

    def __init__(self, question: Question, cells: Said, heard: Heard) -> None:
        self._question, self._cells, self._heard = question, cells, heard
        self._offers = offers(question)

    def listen(self) -> None:
        """Record the reply to the question, if its cells make one."""
        chosen, reason = self._answer()
        reason = self._words(Part.REASON) or reason
        note, evidence = self._words(Part.NOTE), self._words(Part.EVIDENCE)
        if not chosen and reason:
            chosen = [NOT_US]
        match chosen:
            case []:
                self._without_answer()
            case [only] if only == DONT_KNOW:
                self._record(DontKnow(_both(note, reason), evidence))
            case [only] if only == NOT_US and not (reason or note):
                advice = f"Write the reason under a column “{self._question.id} reason”, or choose an answer."
                self._complain(Code.NO_REASON, f"“{self._question.id}” does not say why it does not apply", advice)
            case [only] if only == NOT_US and len(reason or note) > LONGEST_REASON:
                self._complain(Code.TOO_BIG, f"the reason has more than {LONGEST_REASON:,} characters", "Shorten it.")
            case [only] if only == NOT_US:
                self._record(NotApplicable(reason or note, note if reason else "", evidence))
            case _ if not self._refused(chosen):
                self._record(Chose(tuple(chosen), _both(note, reason), evidence))
            case _:
                pass

    def _record(self, reply: Reply) -> None:
        self._heard.replies[self._question.id] = reply

    def _words(self, part: Part) -> str:
        cell = self._cells.get(Holds(part, self._question.id))
        return cell.words.strip() if cell else ""

    def _answer(self) -> tuple[list[str], str]:
        """Return what is chosen, as ids in the order of the question, and a reason that stands with it."""
        cell = self._cells.get(Holds(Part.ANSWER, self._question.id))
        ticked = self._ticked()
        if cell is None:
            return ticked, ""
        if found := _with_reason(cell.words, self._offers):
            chosen, reason = [NOT_US], found
        else:
            chosen, reason = self._chosen(cell), ""
        if chosen in ([DONT_KNOW], [NOT_US]):
            chosen = [*chosen, *(name for name in ticked if name not in chosen)]
        return chosen, reason

    def _chosen(self, cell: Cell) -> list[str]:
        found, strange = parse(cell.words, self._offers)
        for word in strange:
            known = [choice.text for choice in self._question.choices]
            advice = did_you_mean(word, [*known, *(choice.id for choice in self._question.choices)])
            message = f"{quoted(word)} is not an answer to “{self._question.id}”"
            advice = advice or f"Use one of: {', '.join(self._question.choice)}, {DONT_KNOW}."
            self._heard.problems.append(Problem(cell.place, Code.UNKNOWN_LEVEL, message, advice))
        return self._ordered(found)

    def _ticked(self) -> list[str]:
        """Return the choices whose own columns say yes."""
        ticked = []
        for holds, cell in self._cells.items():
            if holds.part is Part.CHOICE:
                said = plain(cell.words)
                if said in _YES or self._offers.get(said) == holds.choice:
                    ticked.append(holds.choice)
                elif said not in _NO:
                    message = f"{quoted(cell.words)} does not say whether “{holds}” was chosen"
                    self._complain_at(cell.place, Code.UNKNOWN_LEVEL, message, "Write Yes or No, or 1 or 0.")
        return self._ordered(ticked)

    def _ordered(self, names: Iterable[str]) -> list[str]:
        given = set(names)
        return [name for name in (*self._question.choice, DONT_KNOW, NOT_US) if name in given]

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
            self._complain(Code.TWO_VALUES, message, "Keep it alone, or remove it.")
        return not self._question.several or bool(alone)

    def _without_answer(self) -> None:
        for part in (Part.NOTE, Part.EVIDENCE):
            if cell := self._cells.get(Holds(part, self._question.id)):
                place = cell.place
                said = f"{place}: {quoted(cell.words)} is left out, as “{self._question.id}” has no answer there."
                self._heard.warnings.append(said)

    def _complain(self, code: Code, message: str, advice: str) -> None:
        self._complain_at(next(iter(self._cells.values())).place, code, message, advice)

    def _complain_at(self, place: Place, code: Code, message: str, advice: str) -> None:
        self._heard.problems.append(Problem(place, code, message, advice))


_YES = {"1", "1 0", "yes", "y", "true", "x", "selected", "checked", "ticked"}
_NO = {"", "0", "0 0", "no", "n", "false", "not selected", "unchecked"}


def _both(note: str, more: str) -> str:
    return "\n".join(filter(None, (note, more)))


# From words to choices.


def offers(question: Question) -> Mapping[str, str]:
    """Return the ids of the answers to a question by the words for them; words that two of them share mean neither."""
    found: dict[str, str | None] = {}
    for choice in question.choices:
        for words in {plain(choice.id), plain(choice.text), plain(f"{choice.id} {choice.text}")}:
            found[words] = choice.id if found.get(words, choice.id) == choice.id else None
    for name, said in ((DONT_KNOW, UNKNOWN_WORDS), (NOT_US, NOT_US_WORDS)):
        for words in said:
            found.setdefault(plain(words), name)
    return {words: name for words, name in found.items() if words and name}


_FEW = 3
"""After so many pieces that are no answers, nobody needs to see more."""

_MARKS = (";", "\n", "|", ",", " ")
"""What tools put between several answers; a mark may also stand inside an answer."""


def parse(words: str, known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the answers that a cell names, and the pieces of it that are none, if no reading makes sense of all."""
    if name := known.get(plain(words)):
        return [name], []
    readings = [_split(words, mark, known) for mark in _MARKS if mark in words]
    whole = next((found for found, strange in readings if found and not strange), None)
    if whole is not None:
        return whole, []
    likely = [reading for mark, reading in zip((m for m in _MARKS if m in words), readings, strict=True) if mark != " "]
    return next((reading for reading in likely if reading[0]), ([], [words.strip()]))


def _split(words: str, mark: str, known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Divide words at a mark, joining pieces again where only together they are an answer."""
    pieces = [piece.strip() for piece in words.split(mark)][:200]
    found: list[str] = []
    strange: list[str] = []
    at = 0
    while at < len(pieces) and len(strange) < _FEW and len(found) <= len(known):
        end = _longest(pieces, at, mark, known)
        name = known.get(plain(mark.join(pieces[at:end])))
        if name:
            found.append(name)
        elif pieces[at]:
            strange.append(pieces[at])
        at = end
    return found, strange


def _longest(pieces: Sequence[str], at: int, mark: str, known: Mapping[str, str]) -> int:
    ends = range(min(len(pieces), at + 12), at, -1)
    return next((end for end in ends if plain(mark.join(pieces[at:end])) in known), at + 1)


_REASON = re.compile(r"\s*([^:–—(]{2,40}?)\s*[:–—(]\s*(.+?)\)?\s*", re.DOTALL)


def _with_reason(words: str, known: Mapping[str, str]) -> str:
    """Return the reason in an answer such as “Does not apply to us: we have no staff”; else nothing."""
    hit = _REASON.fullmatch(words[:LONGEST_REASON])
    return hit[2] if hit and known.get(plain(words)) is None and known.get(plain(hit[1])) == NOT_US else ""


# Days.

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_OTHER_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_IN_WORDS = re.compile(r"([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def day_first(days: Iterable[str]) -> bool | None:
    """Say whether days such as 23/11/2026 put the day first, as one of them shows; None if none does."""
    hits = [hit for day in days if (hit := _OTHER_DAY.match(day.strip()))]
    if any(int(hit[1]) > 12 for hit in hits):  # noqa: PLR2004  months
        return True
    return False if any(int(hit[2]) > 12 for hit in hits) else None  # noqa: PLR2004  months


def days_in(words: str, *, first: bool) -> Iterator[tuple[int, int, int]]:
    """Yield the year, month and day that a cell begins with, if it begins with one."""
    if hit := _DAY.match(words.strip()):
        yield int(hit[1]), int(hit[2]), int(hit[3])
    elif hit := _OTHER_DAY.match(words.strip()):
        year = int(hit[3]) if len(hit[3]) == 4 else 2000 + int(hit[3])  # noqa: PLR2004  digits
        yield (year, int(hit[2]), int(hit[1])) if first else (year, int(hit[1]), int(hit[2]))
    elif (hit := _IN_WORDS.match(words.strip())) and hit[1].lower() in _MONTHS:
        yield int(hit[3]), _MONTHS.index(hit[1].lower()) + 1, int(hit[2])
