"""Words for numbers, bands, days and links, the same in every report."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import count as count_from
from math import floor

from collabcheck.advice import NextStep
from collabcheck.answers import AnswerSheet, Aside, SetAside
from collabcheck.assessment import Assessment, RangeOnly, Scored, band_now
from collabcheck.display import plainly
from collabcheck.pack import Band, Form, Pack, Resource
from collabcheck.questions import Question, Retired
from collabcheck.report.blocks import Entry, Link, Mark, Strong, Words
from collabcheck.scoring import band_of

EFFORT = {1: "an hour or two", 2: "a few days", 3: "a few weeks"}

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def figure(pack: Pack, value: Fraction, more: int = 0) -> str:
    """Print a score: rounded once, half up, but never to a figure in a band it is not in (rule 4).

    It has the decimals of the pack, and some more where they are asked for; and as many more as it takes to stay in its
    band, so that 39.7 does not look like a miscount.
    """
    shown, band = pack.display.shown(value), band_of(pack, value)
    for decimals in count_from(pack.display.decimals + more):
        near = (_rounded(shown, decimals), floor(shown * 10**decimals))
        for whole in near[: 2 if decimals else 1]:
            if band_of(pack, pack.display.score(Fraction(whole, 10**decimals))) == band:
                return _decimal(whole, decimals)
    raise AssertionError("a figure with enough decimals is in its band")


def per_cent(share: Fraction) -> int:
    """Return a share in per cent; a part is never told as the whole, nor as nothing."""
    whole = _rounded(100 * share, 0)
    return whole if share in (0, 1) else min(max(whole, 1), 99)


def points(pack: Pack, value: Fraction) -> str:
    """Print a share of a score, such as 3.2 points."""
    decimals = pack.display.decimals + 1
    said = _decimal(_rounded(pack.display.share(value), decimals), decimals)
    whole, _, rest = said.partition(".")
    short = said if rest.strip("0") else whole
    return "1 point" if short == "1" else f"{short} points"


def out_of(pack: Pack) -> str:
    """Say what a score is a figure of, such as “out of 100”."""
    return f"out of {plainly(pack.display.to)}" if not pack.display.from_ else f"on a scale {reach(pack)}"


def reach(pack: Pack) -> str:
    """Return from where to where scores go, such as “from 0 to 100”."""
    return f"from {plainly(pack.display.from_)} to {plainly(pack.display.to)}"


def responses(people: int, invited: int) -> str:
    """Say how many of those who were asked have answered."""
    if invited == 1:
        return "The one person who was asked has answered."
    have = "has" if people == 1 else "have"
    share = per_cent(Fraction(people, invited))
    return f"{people} of the {invited} people who were asked {have} answered: {share} per cent."


def tenths(value: Fraction) -> str:
    """Print a mean of points with one decimal."""
    return _decimal(_rounded(value, 1), 1)


def strips(pack: Pack) -> str:
    """Return how to read a chart of how scores are spread."""
    return f"Each row goes {reach(pack)}. {_STRIPS}"


def part_of(pack: Pack, value: Fraction) -> str:
    """Print a part of a score in the arithmetic, with two decimals more than scores have."""
    decimals = pack.display.decimals + 2
    return _decimal(_rounded(pack.display.share(value), decimals), decimals)


def coarse(pack: Pack, value: Fraction) -> str:
    """Print a score of many rounded to whole points of 100: closer is not told, as sums could be taken apart then."""
    return _decimal(*_coarse(pack, value))


def coarse_score(pack: Pack, value: Fraction) -> Fraction:
    """Return the score from 0 to 100 that is printed so."""
    whole, decimals = _coarse(pack, value)
    return pack.display.score(Fraction(whole, 10**decimals))


def _coarse(pack: Pack, value: Fraction) -> tuple[int, int]:
    decimals = pack.display.decimals
    return _rounded(pack.display.shown(Fraction(_rounded(value, 0))), decimals), decimals


def _rounded(value: Fraction, decimals: int) -> int:
    unit: int = 10**decimals
    return floor(value * unit + Fraction(1, 2))


def _decimal(whole: int, decimals: int) -> str:
    unit, sign = 10**decimals, "-" if whole < 0 else ""
    return str(whole) if decimals == 0 else f"{sign}{abs(whole) // unit}.{abs(whole) % unit:0{decimals}d}"


def span(pack: Pack, score: Scored | RangeOnly) -> str:
    """Print a range, such as “51 to 66”; nothing where both ends are the same."""
    if score.range.low == score.range.high:
        return ""
    return f"{figure(pack, score.range.low)} to {figure(pack, score.range.high)}"


def mark(pack: Pack, band: Band, *, gain: bool = False) -> Mark:
    """Return a band as a report shows it: of readiness, or of gain."""
    return Mark(band.gain if gain else band.label, pack.bands.index(band), len(pack.bands) - 1, warns=not gain)


def band_words(pack: Pack, score: Scored | RangeOnly, *, gain: bool = False) -> Words:
    """Return the band of a score, or the low end of a range, and the bands it could be in otherwise (rule 4)."""
    first = band_now(score)
    others = [band for band in (score.bands.low, score.bands.high) if band != first]
    words: Words = (mark(pack, first, gain=gain),)
    for i, band in enumerate(others):
        words = (*words, " or " if i else ", could be ", mark(pack, band, gain=gain))
    return (*words, ", capped") if score.bands.capped else words


def day(iso: str) -> str:
    """Print a day in words, such as 23 November 2026."""
    then = date.fromisoformat(iso)
    return f"{then.day} {_MONTHS[then.month - 1]} {then.year}"


def days(sheets: Sequence[AnswerSheet]) -> str:
    """Print the day of some sheets, or from which to which, such as 16 to 19 November 2026."""
    first, last = min(sheet.date for sheet in sheets), max(sheet.date for sheet in sheets)
    if first == last:
        return day(last)
    parts, ends = day(first).split(), day(last).split()
    return f"{' '.join(_unlike(parts, ends))} to {day(last)}"


def _unlike(parts: Sequence[str], ends: Sequence[str]) -> Sequence[str]:
    """Return the day, the month and the year but for those at the end that both have."""
    return next(parts[:i] for i in range(1, len(parts) + 1) if parts[i:] == ends[i:])


def count(number: int, one: str, many: str) -> str:
    """Print a number with the right word after it."""
    return f"{number} {one if number == 1 else many}"


def listing(words: Sequence[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def inside(title: str) -> str:
    """Return a title as it stands inside a sentence: with a small first letter, unless that is an abbreviation's."""
    first = title.split(" ", 1)[0]
    return title if len(first) > 1 and first.isupper() else title[:1].lower() + title[1:]


def sentence(text: str) -> str:
    """Return words as a sentence: a capital first letter and a full stop at the end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".!?…" else ".")


def clause(reason: str) -> str:
    """Return a reason as it stands after “because”: without the full stop."""
    return reason.strip().rstrip(".")


def worth(pack: Pack, step: NextStep, goal: str) -> str:
    """Say what a step gives, and what the steps after it could still add; of several answers, what all would give."""
    if step.question.several:
        return f"up to {points(pack, step.room)} {goal}"
    if step.at_first == step.room:
        return f"{points(pack, step.room)} {goal}"
    return f"{points(pack, step.at_first)} {goal}, and up to {points(pack, step.room)} with the steps that follow"


def doing(pack: Pack, question: Question, do: str) -> str:
    """Return what to do by itself; with the question, if the pack says the same after others, as with a scale."""
    return f"About “{clause(question.text)}”: {do}" if do in pack.repeated_steps else do


def measured(pack: Pack, organisation: str) -> str:
    """Return what the overall result tells, as the beginning of a sentence."""
    return clause(pack.measures) if pack.measures else f"How ready {organisation} is to work with others"


def tested(pack: Pack) -> str:
    """Return how far the questions are tested, as the end of a sentence that says that nobody checked the answers."""
    return f". {sentence(pack.tested)}" if pack.tested else ", and researchers have not tested this scale."


def considering(assessment: Assessment, forms: Sequence[Form]) -> list[str]:
    """Name the forms that are considered; with several people, by how many, what most consider first."""
    if assessment.people == 1:
        return [inside(form.title) for form in forms]
    ranked = sorted(forms, key=lambda form: -supporters(assessment, form))
    return [f"{inside(form.title)} ({supporters(assessment, form)} of {assessment.people})" for form in ranked]


def supporters(assessment: Assessment, form: Form) -> int:
    """Return how many people consider a form."""
    question = assessment.pack.that_means("form")
    heard = next((heard for heard in assessment.heard if heard.question is question), None)
    return sum(form.id in reply.choices for reply in heard.chosen) if heard else 0


def towards(considered: Sequence[Form]) -> str:
    """Return what the points of a step count towards."""
    names = listing([inside(form.title) for form in considered])
    return f"towards {names}" if names else "overall"


_STRIPS = (
    "The fuller or darker a part, the more score there. An empty part or a dot means "
    "nobody; a question mark, too few to show."
)

GIVES_AWAY = "words can give away who wrote them"
"""What to keep in mind of a report on several people."""


def no_longer_asked(questions: int) -> str:
    """Say how many questions the pack has lost."""
    return f"{count(questions, 'question that is', 'questions that are')} no longer asked"


WHY_ASIDE = {
    Aside.RETIRED: "this version of the pack does not ask it",
    Aside.CHANGED: "what it takes as an answer has changed",
}


def called(pack: Pack, name: str) -> str:
    """Return the words of a question, also of one that was dropped; of one that the pack does not know, its id."""
    known = pack.question.get(name) or pack.retirement.get(name)
    return known.text if known else name


def why_aside(pack: Pack, aside: SetAside) -> str:
    """Say why an answer is kept but not used; of a question that was dropped, with the reason and what is asked now."""
    gone = pack.retirement.get(aside.question)
    return dropped(pack, gone) if gone and aside.why is Aside.RETIRED else WHY_ASIDE[aside.why]


def dropped(pack: Pack, gone: Retired) -> str:
    """Say since when a question is not asked any more, why, and what is asked in its place."""
    instead = f"; “{pack.question[gone.instead].text}” is asked instead" if gone.instead else ""
    return f"it was dropped with version {gone.since}, because {clause(gone.because)}{instead}"


def named(resource: Resource) -> Words:
    """Return a piece of guidance by its title, with the link or with how to find it."""
    return _linked(resource, resource.link) if resource.link else (f"{resource.title}. ", _find(resource))


def about_resource(resource: Resource) -> Entry:
    """Return what a report says about a piece of guidance."""
    term = _linked(resource, resource.link) if resource.link else (Strong(resource.title),)
    details = f"{resource.publisher}, {resource.date}; {resource.format}."
    lines = (details, resource.what, resource.useful, "" if resource.link else _find(resource))
    return Entry(term, tuple((line,) for line in lines if line))


def _linked(resource: Resource, address: str) -> Words:
    """Return a title with its address, and a warning if others could read or change what is sent from there."""
    insecure = ("; this address is not secure: http, not https",) if address.startswith("http:") else ()
    return (Link(resource.title, address), *insecure)


def _find(resource: Resource) -> str:
    return f"How to find it: {resource.find}"
