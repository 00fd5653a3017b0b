"""What lies ahead: the one answer that would lift a band, and how far it is to the bands aimed at."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from collabcheck.advice import next_level
from collabcheck.answers import Chose
from collabcheck.assessment import Assessment, NotAssessed, RangeOnly, Scored, band_now
from collabcheck.conditions import Truth
from collabcheck.display import plainly
from collabcheck.lift import Lift, NoLift
from collabcheck.pack import Pack
from collabcheck.report.blocks import Block, Entries, Entry, Paragraph, Strong, Words
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.replies import reply_text
from collabcheck.report.outline.wording import clause, figure, inside, mark, points, sentence, span
from collabcheck.targets import Shortfall, TargetResult
from collabcheck.voices import aims

# The one answer.


def lifting(assessment: Assessment, found: Lift | NoLift) -> Iterator[Block]:
    """Yield what would have to become true, or to turn out to be, for one answer to lift a band."""
    match found:
        case Lift():
            yield Paragraph((*_lifts(assessment, found), _takes(assessment, found), *_at_worst(assessment, found)))
        case NoLift.OUT_OF_REACH:
            factor = f"a {headings(assessment.pack).factor}"
            what = f"No single answer would lift the overall result, or {factor}, into a higher band."
            yield Paragraph((f"{what} It takes several.",))
        case NoLift.NONE_LEFT | NoLift.SEVERAL_PEOPLE:
            return


def _lifts(assessment: Assessment, found: Lift) -> Words:
    """Say what one answer would lift, from which band to which; and first, that the overall result takes more."""
    bands = ("from ", mark(assessment.pack, found.before), " to ", mark(assessment.pack, found.after), ". ")
    end = "the low end of " if found.low_end else ""
    would = "alone would lift" if found.known else "that is not known yet could lift"
    if found.factor is None:
        return (f"One answer {would} {end}the overall result ", *bands)
    first = "One answer" if _at_top(assessment) else "No single answer would lift the overall result. One"
    weakest, name = assessment.overall.weakest, Strong(inside(found.factor.title))
    if weakest is not None and weakest.factor is found.factor:
        return (f"{first} {would} {end}the weakest factor (", name, ") ", *bands)
    return (f"{first} {would} {end}", name, " ", *bands)


def _at_top(assessment: Assessment) -> bool:
    score = assessment.overall.score
    return not isinstance(score, NotAssessed) and band_now(score) == assessment.pack.bands[-1]


def _takes(assessment: Assessment, found: Lift) -> str:
    """Say what it takes: not what to tick, but what would have to be the case."""
    question, picked = found.question, f"“{sentence(found.picked.text)}”"
    now = assessment.replies.get(question.id)
    if not isinstance(now, Chose):
        return f"It would, if it turned out that the answer to “{question.text}” is: {picked}"
    takes = "What you would have to be able to say"
    if found.picked.id not in found.reply.choices:
        takes = "What you would have to be able to leave out"
    elif len(found.reply.choices) > 1:
        takes = "What you would have to be able to say as well"
    return f"Asked “{question.text}”, you say: “{sentence(reply_text(question, now))}” {takes}: {picked}"


def _at_worst(assessment: Assessment, found: Lift) -> Words:
    """Say that what is not known could still undo it."""
    if found.at_worst.starts >= found.after.starts:
        return ()
    return (" What is not known yet could still make it ", mark(assessment.pack, found.at_worst), ".")


# Targets.


def targets(assessment: Assessment, results: Sequence[TargetResult]) -> Iterator[Block]:
    """Yield how each factor with a target stands, and which of its answers fall short."""
    if results:
        what = "The gap is the mean of what each answer falls short. A strong answer does not make up for a weak one."
        yield Paragraph((f"You set these aims yourselves. {what}",))
        yield Entries(tuple(Entry((Strong(r.factor.title),), tuple(_target(assessment, r))) for r in results))


def _target(assessment: Assessment, result: TargetResult) -> Iterator[Words]:
    gain = result.factor.kind == "opportunity"
    aim = mark(assessment.pack, result.wanted, gain=gain)
    yield ("You aim at ", aim, f", from {plainly(result.wanted.from_)}. ", *_standing(assessment, result))
    yield from _lower(assessment, result)
    for flag in result.held_by:
        held = mark(assessment.pack, flag.cap, gain=gain)
        yield ("But for a red flag it would be reached. Held at ", held, f" because {clause(flag.flag.reason)}.")
    if result.gap is not None:
        yield (_gap(assessment.pack, result, result.gap),)
    yield from ((_fall(assessment, fall),) for fall in result.short)
    known = "Not known" if assessment.people == 1 else "Not known to all of you"
    yield from ((f"{known}: {question.text}",) for question in result.unknown)


def _lower(assessment: Assessment, result: TargetResult) -> Iterator[Words]:
    """Say to which lower bands some of several people aim."""
    bands = aims(assessment.pack, assessment.sheets).get(result.factor.id, ())
    gain = result.factor.kind == "opportunity"
    lower = [
        mark(assessment.pack, assessment.pack.band[one], gain=gain) for one in bands[:-1] if one in assessment.pack.band
    ]
    if lower:
        listed = [part for band in lower for part in (" or ", band)][1:]
        yield ("Your aims differ: some of you aim at ", *listed, ". The highest counts here.")


def _standing(assessment: Assessment, result: TargetResult) -> Words:
    """Say whether a target is reached, what the score is now, and whether unknown answers could change the verdict."""
    pack, verdict = assessment.pack, Strong(_VERDICT[result.reached])
    match result.score:
        case NotAssessed():
            return ("Not assessed: none of its questions applies to you.",)
        case RangeOnly():
            return (verdict, f": there is no score, only a range from {span(pack, result.score)}.")
        case Scored(score=value, bands=bands):
            reached = result.reached is Truth.YES
            end = bands.low if reached else bands.high
            open_ = (end.starts >= result.wanted.starts) is not reached
            could = " The answers that are not known could change that." if open_ else ""
            return (verdict, f": the score is {figure(pack, value)} now.{could}")


_VERDICT = {Truth.YES: "Reached", Truth.NO: "Not reached", Truth.UNKNOWN: "Nobody can tell yet"}


def _gap(pack: Pack, result: TargetResult, gap: Fraction) -> str:
    if not result.short:
        return f"Every answer{' that is known' if result.unknown else ''} reaches it."
    average = "The average reaches it, but not every answer does. " if result.reached is Truth.YES else ""
    return f"{average}The gap is {points(pack, gap)}, and these answers make it:"


def _fall(assessment: Assessment, fall: Shortfall) -> str:
    choice = next_level(fall.question, assessment.sheet.replies.get(fall.question.id))
    after = f" Next step: {choice.step.do}" if choice and choice.step else ""
    return f"{points(assessment.pack, fall.points)} short: {fall.question.text}{after}"
