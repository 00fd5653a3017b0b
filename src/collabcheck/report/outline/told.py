"""Who said what in a panel: by how many, or by name where all agreed to that."""

from collections.abc import Iterable, Iterator, Sequence

from collabcheck.answers import WITHHELD, AnswerSheet, Chose, NotApplicable, Reply, counted, quotable
from collabcheck.interview import route
from collabcheck.panel import PAIR, Agreement, Panel, Tally
from collabcheck.questions import Question
from collabcheck.report.blocks import Words
from collabcheck.report.outline.replies import presuming, reply_text, voices
from collabcheck.report.outline.wording import clause, listing


def by_how_many(panel: Panel, tally: Tally, choice: str, *, named: bool) -> str:
    """Return how many gave a choice; or, named, who."""
    if not named:
        return ", ".join(filter(None, (str(tally.heard.counts[choice]), presuming(tally.heard, choice))))
    given = ((sheet, counted(tally.question, reply)) for sheet, reply in _given(panel, tally.question))
    return listing(sorted(name_of(one) for one, reply in given if isinstance(reply, Chose) and choice in reply.choices))


def given_by(panel: Panel, tally: Tally, *, named: bool) -> list[str]:
    """Return how many gave each answer; or, named, who."""
    if not named:
        return voices(tally.heard)
    return [f"{_all(panel, people)}: “{clause(said)}”" for said, people in _by_reply(panel, tally.question)]


def _all(panel: Panel, people: Sequence[str]) -> str:
    return listing(people) if len(people) < panel.people else "All of you"


def _by_reply(panel: Panel, question: Question) -> Iterator[tuple[str, list[str]]]:
    """Yield each reply with those who gave it, in the order of the levels."""
    people: dict[str, list[str]] = {}
    for sheet, reply in sorted(_given(panel, question), key=lambda one: _level(question, one[1])):
        people.setdefault(reply_text(question, reply), []).append(name_of(sheet))
    yield from ((said, sorted(names)) for said, names in people.items())


def _given(panel: Panel, question: Question) -> Iterator[tuple[AnswerSheet, Reply]]:
    """Yield the replies of those who were asked, each with the sheet that it stands in."""
    for sheet in panel.assessment.sheets:
        reply, pack = sheet.replies.get(question.id), panel.assessment.pack
        asked = question.when is None or any(one is question for one in route(pack, sheet.replies))
        if reply is not None and asked:
            yield sheet, reply


def _level(question: Question, reply: Reply) -> tuple[int, ...]:
    order = list(question.choice)
    return tuple(order.index(name) for name in reply.choices) if isinstance(reply, Chose) else (len(order),)


def name_of(sheet: AnswerSheet) -> str:
    """Return what a person is called."""
    return sheet.name or "Somebody"


def beside(given: Sequence[tuple[AnswerSheet, Reply]], *, named: bool) -> Iterator[Words]:
    """Yield what people wrote with their answers: reasons, notes, then where it can be seen."""
    reasons = [(sheet, reply.reason) for sheet, reply in given if isinstance(reply, NotApplicable)]
    told = [(sheet, f"Does not apply: {reason}") for sheet, reason in reasons if reason not in ("", WITHHELD)]
    yield from lines_of(told, named=named)
    yield from lines_of([(sheet, note) for sheet, reply in given if (note := quotable(reply.note))], named=named)
    evidence = [(sheet, f"Evidence: {seen}") for sheet, reply in given if (seen := quotable(reply.evidence))]
    yield from lines_of(evidence, named=named)


def lines_of(said: Iterable[tuple[AnswerSheet, str]], *, named: bool) -> tuple[Words, ...]:
    """Return who said what; or what was said, in an order of the words, which tells nothing of who is who."""
    if named:
        return tuple((f"{name_of(sheet)}: {words}",) for sheet, words in said)
    return tuple((words,) for words in sorted(words for _, words in said))


def how_far(tally: Tally) -> Iterator[str]:
    """Say how far those who answered agree, if they do not."""
    who = "Those who answered" if tally.heard.open else "You"
    match tally.agreement:
        case Agreement.DIVIDED if _only_two(tally):
            yield "Only two answered, and they disagree"
        case Agreement.DIVIDED:
            yield f"{who} are divided"
        case Agreement.MIXED:
            yield f"{who} see it somewhat differently"
        case Agreement.AGREED | Agreement.UNTOLD:
            return


def _only_two(tally: Tally) -> bool:
    """Say whether so few answered, of many, that one stands against one."""
    return tally.heard.open and len(tally.heard.chosen) == PAIR
