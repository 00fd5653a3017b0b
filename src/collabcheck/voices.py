"""What the people of one organisation answered, question by question (docs/scoring.md, rule 10).

One sheet is one voice, and everything here then says what that sheet says.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from collabcheck.answers import AnswerSheet, Chose, DontKnow, NotApplicable, Presumed, Reply, Unproved, counted, proved
from collabcheck.interview import route
from collabcheck.pack import Pack
from collabcheck.questions import Question


@dataclass(frozen=True, slots=True)
class Heard:
    """A question that somebody was asked, with what each of their replies counts as; None where there is none yet."""

    question: Question
    replies: tuple[Reply | None, ...]
    of: int
    """How many people there are, whether they were asked or not."""
    aside: int = 0
    """How many of those without a reply gave one to an older version, which is kept and does not count."""

    @property
    def shared(self) -> bool:
        """Whether it is a question to the organisation: at least half of its people were asked (rule 10)."""
        return 2 * len(self.replies) >= self.of

    @property
    def applies(self) -> bool:
        """Whether it applies to the organisation: no more than half of those who were asked say that it does not."""
        return 2 * len(self.reasons) <= len(self.replies)

    @property
    def if_it_applies(self) -> "Heard":
        """The same; if it does not apply to the organisation, without the replies of those who say otherwise."""
        if self.applies:
            return self
        return replace(self, replies=tuple(reply for reply in self.replies if isinstance(reply, NotApplicable)))

    @property
    def chosen(self) -> tuple[Chose, ...]:
        """The replies that are a choice."""
        return tuple(reply for reply in self.replies if isinstance(reply, Chose))

    @property
    def unknown(self) -> int:
        """How many of those to whom it applies do not know, or have not answered yet."""
        return sum(reply is None or isinstance(reply, DontKnow) for reply in self.replies)

    @property
    def dont_know(self) -> int:
        """How many say that they do not know."""
        return sum(isinstance(reply, DontKnow) for reply in self.replies) - self.unproved

    @property
    def blank(self) -> int:
        """How many have not answered yet, now or earlier."""
        return sum(reply is None for reply in self.replies) - self.aside

    @property
    def open(self) -> bool:
        """Whether it is to be found out: fewer than half of those to whom it applies have an answer (rule 10)."""
        return self.shared and self.applies and 2 * self.unknown > self.people

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it does not apply, for each who says so, in an order of the words: it does not tell who is who."""
        return tuple(sorted(reply.reason for reply in self.replies if isinstance(reply, NotApplicable)))

    @property
    def unproved(self) -> int:
        """How many of the unknown have an answer that lacks what it requires."""
        return sum(isinstance(reply, Unproved) for reply in self.replies)

    @property
    def presumed(self) -> tuple[Presumed, ...]:
        """The choices that nobody made: they stand for “does not apply”."""
        return tuple(reply for reply in self.replies if isinstance(reply, Presumed))

    @property
    def people(self) -> int:
        """To how many it applies."""
        return len(self.replies) - len(self.reasons)

    @property
    def counts(self) -> dict[str, int]:
        """How many gave each choice, in the order of the pack; those that nobody gave are left out."""
        given = Counter(name for reply in self.chosen for name in reply.choices)
        return {choice.id: given[choice.id] for choice in self.question.choices if given[choice.id]}


def hear(pack: Pack, sheets: Sequence[AnswerSheet]) -> tuple[Heard, ...]:
    """Return every question that is asked of somebody, in the order of the pack; one that is withheld is not."""
    asked = [{question.id for question in route(pack, sheet.replies)} - sheet.withheld for sheet in sheets]
    return tuple(_heard(pack, list(zip(sheets, asked, strict=True))))


def _heard(pack: Pack, asked: Sequence[tuple[AnswerSheet, Collection[str]]]) -> Iterator[Heard]:
    aside = Counter(one.question for sheet, names in asked for one in sheet.set_aside if one.question in names)
    for question in pack.questions:
        given = [sheet.replies.get(question.id) for sheet, names in asked if question.id in names]
        if given:
            replies = tuple(given if question.plain else [counted(question, one) for one in given])
            yield Heard(question, replies, len(asked), aside[question.id])


def as_one(pack: Pack, sheets: Sequence[AnswerSheet], heard: Sequence[Heard]) -> AnswerSheet:
    """Return one sheet that stands for all: the middle answer to each question, or what most say where there is none.

    It says from which level the next step leads, and what an organisation considers. Scores do not come from it.
    """
    if len(sheets) == 1:
        return sheets[0]
    replies = {one.question.id: reply for one in heard if one.shared and (reply := _middle(one)) is not None}
    latest = max(sheets, key=lambda sheet: (sheet.date, sheet.pack_version, sheet.organisation))
    targets = {factor: bands[-1] for factor, bands in aims(pack, sheets).items()}
    return replace(latest, name="", replies=replies, discussion=_said(sheets), targets=targets, set_aside=(), asked={})


def as_counted(sheet: AnswerSheet, heard: Sequence[Heard]) -> Mapping[str, Reply]:
    """Return what the replies of the sheet that stands for all count as, to the questions that were asked."""
    counting = {one.question.id: counted(one.question, sheet.replies.get(one.question.id)) for one in heard}
    return {name: reply for name, reply in counting.items() if reply is not None}


def aims(pack: Pack, sheets: Sequence[AnswerSheet]) -> Mapping[str, Sequence[str]]:
    """Return the bands that people aim at, by factor: each once, from the lowest; the highest stands for all."""
    order = {band.id: number for number, band in enumerate(pack.bands)}
    given = sorted({aim for sheet in sheets for aim in sheet.targets.items()}, key=lambda a: (order.get(a[1], -1), a))
    return {factor: [band for name, band in given if name == factor] for factor in sorted(dict(given))}


def _middle(heard: Heard) -> Reply | None:
    if not heard.applies:
        return NotApplicable(_joined(heard.reasons))
    if not heard.chosen:
        return DontKnow() if heard.dont_know or heard.unproved else None
    if 2 * len(heard.presumed) > len(heard.chosen):
        return NotApplicable(_joined(one.reason for one in heard.presumed))
    made = replace(heard, replies=tuple(reply for reply in heard.replies if not isinstance(reply, Presumed)))
    if made.question.several:
        shared = tuple(_shared(made))
        return proved(made.question, shared) if shared else None
    levels = [choice.id for choice in made.question.choices]
    given = sorted((reply.choices[0] for reply in made.chosen), key=levels.index)
    return proved(made.question, (given[(len(given) - 1) // 2],))


def _joined(reasons: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(sorted(filter(None, reasons))))


def _shared(heard: Heard) -> Iterator[str]:
    """Yield what at least half gave of several choices, or else what most gave; of facts, all that anyone gave.

    A form of collaboration is the organisation's only if at least half of its people name it, whoever did not answer.
    """
    counts = heard.counts
    match heard.question.means:
        case "nation" | "trend":
            enough = 1
        case "form":
            enough = (heard.of + 1) // 2
        case _:
            enough = min(max(counts.values()), (len(heard.chosen) + 1) // 2)
    yield from (name for name, given in counts.items() if given >= enough)


def _said(sheets: Sequence[AnswerSheet]) -> Mapping[str, tuple[str, ...]]:
    prompts = sorted({prompt for sheet in sheets for prompt in sheet.discussion})
    return {p: tuple(sorted(word for sheet in sheets for word in sheet.discussion.get(p, ()))) for p in prompts}
