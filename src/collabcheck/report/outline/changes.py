"""The report on one organisation then and now: what to celebrate first, what slipped, and what is next."""

from collections.abc import Iterable, Iterator

from collabcheck.answers import quotable
from collabcheck.assessment import NotAssessed, Scored
from collabcheck.comparison.progress import Change, Changed, Move, Progress
from collabcheck.pack import Factor, Pack
from collabcheck.renewal import State
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Report, Section, Strong, Words
from collabcheck.report.outline.appendix import honesty
from collabcheck.report.outline.became import gone, next_steps, not_compared, raised, standing_flags, steps
from collabcheck.report.outline.factors import capped
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.moves import moved
from collabcheck.report.outline.pairs import about, chart, compared, shared
from collabcheck.report.outline.replies import said
from collabcheck.report.outline.wording import (
    clause,
    considering,
    count,
    day,
    inside,
    listing,
    mark,
    measured,
    out_of,
    span,
)
from collabcheck.scoring import band_of


def changes(progress: Progress) -> Report:
    """Return the report on what has changed in one organisation."""
    sections = (
        Section("In short", tuple(_in_short(progress))),
        Section("What to celebrate", tuple(_celebrate(progress))),
        Section("What slipped", tuple(_slipped(progress)) or tuple(_nothing_slipped(progress))),
        Section(headings(progress.now.pack).then_and_now, tuple(_readiness(progress))),
        Section("What you could gain", tuple(_gain(progress))),
        Section("Which way of working together", tuple(_forms(progress))),
        Section("Red flags that stand", tuple(standing_flags(progress))),
        Section("What became of the steps", tuple(steps(progress))),
        Section("What is next", tuple(next_steps(progress))),
        Section("Answers that are better", tuple(_answers(progress, Change.BETTER)), new_page=True),
        Section("Answers that are neither better nor worse", tuple(_unlike(progress))),
        Section("How this was compared", tuple(_method(progress))),
        Section("Read this with care", (_care(progress),)),
    )
    return Report(
        title=f"{progress.now.pack.title}: {progress.now.sheet.organisation}",
        subtitle=f"What has changed from {_dates(progress)[0]} to {_dates(progress)[1]}.",
        language=progress.now.pack.language,
        sections=tuple(section for section in sections if section.blocks),
    )


def _care(progress: Progress) -> Bullets:
    mine = ((line,) for line in _when_then_and_now_are_compared(progress))
    return Bullets((*honesty(progress.now.pack).items, *mine))


def _when_then_and_now_are_compared(progress: Progress) -> Iterator[str]:
    yield "You may judge more strictly now, because you know more. Then a lower figure can be the truer one."
    if len(progress.then.sheets) > 1 or len(progress.now.sheets) > 1:
        yield "It matters who answered. If these were not the same people, some of what moved may be due to that."


def _dates(progress: Progress) -> tuple[str, str]:
    return day(progress.then.sheet.date), day(progress.now.sheet.date)


def _readiness_moves(progress: Progress) -> list[tuple[Factor, Move]]:
    """Return the moves of the readiness factors: those into another band first, then the longest."""
    risk = [(factor, move) for factor, move in progress.factors if factor.kind == "risk"]
    return sorted(risk, key=lambda moved: (not moved[1].lift, -moved[1].distance))


# In short.


def _in_short(progress: Progress) -> Iterator[Block]:
    pack, then = progress.now.pack, _dates(progress)[0]
    scale = "" if isinstance(progress.overall.after, NotAssessed) else f", {out_of(pack)}"
    name = f"{measured(pack, progress.now.sheet.organisation)}{scale}: "
    yield Paragraph((name, *moved(pack, progress.overall), "."), lead=True)
    yield from _left_open(progress)
    yield from _held(progress)
    yield from shared(progress.then, progress.now, progress.common)
    if progress.nothing_moved:
        yield Paragraph((f"Nothing has moved: every answer that is compared is what it was on {then}.",))
        return
    if progress.same_answers:
        yield Paragraph((f"Every middle answer is what it was on {then}. {_MOVED}",))
    else:
        yield Paragraph((_counted(progress),))
    yield Paragraph((_bands_in_short(progress),))
    if flags := _flags_in_short(progress):
        yield Paragraph((flags,))


_MOVED = "Some of you answer otherwise than then, so scores can have moved."


def _bands_in_short(progress: Progress) -> str:
    lifts = [move.lift for _, move in _readiness_moves(progress)]
    higher, lower = lifts.count(1), lifts.count(-1)
    factor = headings(progress.now.pack).factor
    factors = f"Of the {count(len(lifts), factor, f'{factor}s')}"
    return f"{factors}, {higher or 'none'} moved into a higher band, and {lower or 'none'} into a lower one."


def _left_open(progress: Progress) -> Iterator[Block]:
    """Say what the overall result could be besides its figures."""
    pack, scores = progress.now.pack, (progress.overall.before, progress.overall.after)
    spans = [span(pack, score) if isinstance(score, Scored) else "" for score in scores]
    said = [f"from {ends} {when}" for ends, when in zip(spans, ("then", "now"), strict=True) if ends]
    if said:
        yield Paragraph((f"The answers that are not known could make it anything {listing(said)}.",))


def _held(progress: Progress) -> Iterator[Block]:
    """Say that a red flag, and not the figure, decides the band now."""
    pack, score = progress.now.pack, progress.overall.after
    if isinstance(score, Scored) and band_of(pack, score.score) != score.band:
        without = mark(pack, band_of(pack, score.score))
        reasons = [clause(flag.flag.reason) for flag in progress.now.raised if flag.cap == score.band]
        because = f" because {'; '.join(reasons)}."
        yield Paragraph(
            ("The figure alone would make it ", without, ". It is held at ", mark(pack, score.band), because)
        )


def _counted(progress: Progress) -> str:
    """Say how many answers have changed, and in which way."""
    kinds = (
        (Change.BETTER, "is better", "are better"),
        (Change.WORSE, "is worse", "are worse"),
        (Change.LEARNT, "was not known and is known now", "were not known and are known now"),
        (Change.LOST, "was known and is not known now", "were known and are not known now"),
        (Change.OTHER, "is different without being better or worse", "are different without being better or worse"),
        (
            Change.APART,
            "was asked for only then, or only now",
            "were asked for only then, or only now",
        ),
    )
    said = [count(number, one, many) for kind, one, many in kinds if (number := len(_of(progress, kind)))]
    middle = " by the middle answer" if progress.then.people > 1 or progress.now.people > 1 else ""
    return f"Of your answers,{middle and f'{middle},'} {listing(said)}. The others are what they were."


def _of(progress: Progress, *kinds: Change) -> list[Changed]:
    return [changed for changed in progress.changed if changed.change in kinds]


def _flags_in_short(progress: Progress) -> str:
    flags = progress.flags
    kinds = (
        (len(flags.gone), "red flag is gone", "red flags are gone"),
        (len(flags.came), "red flag is new", "red flags are new"),
        (len(flags.stayed), "red flag still stands", "red flags still stand"),
        (
            len(flags.in_doubt),
            "red flag is in doubt: it is not known now",
            "red flags are in doubt: they are not known now",
        ),
    )
    return " ".join((*(f"{count(*kind)}." for kind in kinds if kind[0]), *_could_be_raised(progress)))


def _could_be_raised(progress: Progress) -> Iterator[str]:
    """Say how many flags what is not known now could raise, and how many of these are new."""
    new = len(progress.flags.opened)
    if could := new + len(progress.flags.still_open):
        of_these = "" if new in (0, could) else f", {new} of them new"
        yield f"{count(could, 'red flag', 'red flags')} could be raised by what is not known now{of_these}."


# What to celebrate, and what slipped.


def _celebrate(progress: Progress) -> Iterator[Block]:
    pack = progress.now.pack
    yield from _moves(pack, ((factor, move) for factor, move in _readiness_moves(progress) if move.rose))
    if progress.flags.gone:
        yield Paragraph(("A red flag is gone:" if len(progress.flags.gone) == 1 else "Red flags that are gone:",))
        yield Entries(tuple(gone(progress, flag) for flag in progress.flags.gone))
    if learnt := _of(progress, Change.LEARNT):
        yield Paragraph(("What you did not know then, and know now:",))
        yield Entries(tuple(_learnt(progress, changed) for changed in learnt))
    if done := [line for line in progress.steps.lines if line.state is State.DONE]:
        steps = count(len(done), "step that was to do is", "steps that were to do are")
        yield Paragraph((f"{steps} done, by your answers: see “What became of the steps”.",))


def _slipped(progress: Progress) -> Iterator[Block]:
    pack, flags = progress.now.pack, progress.flags
    yield from _moves(pack, ((factor, move) for factor, move in _readiness_moves(progress) if move.fell))
    if flags.came:
        yield Paragraph(("A red flag is new:" if len(flags.came) == 1 else "Red flags that are new:",))
        yield Entries(tuple(raised(progress, flag) for flag in flags.came))
    if worse := _of(progress, Change.WORSE):
        yield Paragraph(("Worse than it was:" if len(worse) == 1 else "Worse than they were:",))
        yield Entries(tuple(_answer(progress, changed) for changed in worse))
    if lost := _of(progress, Change.LOST):
        yield Paragraph(("What you knew then, and do not know now:",))
        yield Entries(tuple(_lost(progress, changed) for changed in lost))


def _nothing_slipped(progress: Progress) -> Iterator[Block]:
    if not progress.nothing_moved:
        yield Paragraph(("Nothing did: no answer that was known is worse, and none is unknown now.",))


def _moves(pack: Pack, moves: Iterable[tuple[Factor, Move]]) -> Iterator[Block]:
    items = tuple((Strong(factor.title), ": ", *moved(pack, move), ".") for factor, move in moves)
    if items:
        yield Bullets(items)


def _learnt(progress: Progress, changed: Changed) -> Entry:
    question = changed.pair.question
    return Entry((Strong(question.text),), ((f"Now: {said(progress.now, question)}",), *_note(changed)))


def _lost(progress: Progress, changed: Changed) -> Entry:
    pair = changed.pair
    flag = any(choice.flag for choice in pair.question.choices)
    lines: list[Words] = [(f"Then: {said(progress.then, pair.question)}",)]
    lines += [(f"Now: {said(progress.now, pair.question)}",)] if progress.now.people > 1 else []
    lines += _note(changed)
    lines += [("It could be a red flag, so find out first.",)] if flag else []
    return Entry((Strong(pair.question.text),), (*lines, (f"Who would know: {inside(pair.question.ask)}.",)))


def _unlike(progress: Progress) -> Iterator[Block]:
    """Yield what is neither better nor worse, and who answered."""
    yield from _answers(progress, Change.OTHER, Change.APART, Change.WHO)


def _answers(progress: Progress, *kinds: Change) -> Iterator[Block]:
    if found := _of(progress, *kinds):
        yield Entries(tuple(_answer(progress, changed) for changed in found))


def _answer(progress: Progress, changed: Changed) -> Entry:
    pair, (was, is_) = changed.pair, changed.pair.asked
    then = said(progress.then, pair.question) if was else "Not asked."
    now = said(progress.now, pair.question) if is_ else "Not asked."
    return Entry((Strong(about(pair.question)),), ((f"Then: {then}",), (f"Now: {now}",), *_note(changed)))


def _note(changed: Changed) -> Iterator[Words]:
    """Yield what was noted with the new answer, if that is not what was noted before."""
    before, after = changed.pair.first, changed.pair.second
    note = quotable(after.note) if after else ""
    if note and (before is None or note != before.note):
        yield (f"Note now: {note}",)


# The figures.


def _readiness(progress: Progress) -> Iterator[Block]:
    moves = [(factor, move) for factor, move in progress.factors if factor.kind == "risk"]
    rows = [(factor.title, move.before, move.after) for factor, move in moves]
    yield from _areas(progress, "risk", f"{headings(progress.now.pack).result} by area, then and now")
    yield from chart(progress.now.pack, f"{headings(progress.now.pack).result} then and now", _dates(progress), rows)
    all_moves = [move for _, move in (*progress.factors, *progress.forms)]
    all_moves += [move for _, move in progress.areas]
    yield from (Paragraph((said,)) for said in capped(s for move in all_moves for s in (move.before, move.after)))
    stood = [inside(factor.title) for factor, move in moves if not move.rose and not move.fell]
    if stood:
        yield Paragraph((f"As before, or too little known to say: {listing(stood)}.",))


def _areas(progress: Progress, kind: str, caption: str) -> Iterator[Block]:
    rows = [(one.area.title, move.before, move.after) for one, move in progress.areas if one.kind == kind]
    gain = kind == "opportunity"
    yield from chart(progress.now.pack, caption, _dates(progress), rows, of="Area", gain=gain)


def _gain(progress: Progress) -> Iterator[Block]:
    moves = [(factor, move) for factor, move in progress.factors if factor.kind == "opportunity"]
    rows = [(factor.title, move.before, move.after) for factor, move in moves]
    yield from _areas(progress, "opportunity", "What you could gain, by area")
    yield from chart(progress.now.pack, "What you could gain", _dates(progress), rows, gain=True)
    if rows:
        yield Paragraph(("This says how much others could add. More of it is not better, and less is not worse.",))


def _forms(progress: Progress) -> Iterator[Block]:
    rows = [(form.title, move.before, move.after) for form, move in progress.forms]
    caption = f"{headings(progress.now.pack).result} for what you considered then or consider now"
    yield from chart(progress.now.pack, caption, _dates(progress), rows, of="Form")
    if rows:
        considered = listing(considering(progress.now, progress.advice.considered))
        yield Paragraph((f"Now you consider: {considered or 'nothing in particular'}.",))


# The method.


def _method(progress: Progress) -> Iterator[Block]:
    yield from compared(progress.then, progress.now, progress.common)
    if not_compared(progress):
        yield Paragraph(("What became of the steps of these questions is left out too.",))
    lines = (
        "The older sheet is “then” and the newer one “now”, whichever was named first.",
        "Both are scored by the same rules, today’s. A factor has moved if its band or its score has.",
        "Where the two ranges meet, what is not known could mean that a score is no higher, or no lower; that is said.",
    )
    yield Bullets(tuple((line,) for line in lines))
