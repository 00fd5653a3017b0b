"""The report on one organisation then and now: what to celebrate first, what slipped, and what is next."""

from collections.abc import Iterable, Iterator

from collabcheck.advice import FIRST_STEPS, NextStep
from collabcheck.assessment import NotAssessed, OpenFlag, RaisedFlag, Scored
from collabcheck.comparison.progress import Change, Changed, Move, Progress
from collabcheck.pack import Factor, Pack
from collabcheck.plan import Column
from collabcheck.questions import Choice
from collabcheck.renewal import FIND_OUT, Line, State, id_in
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Report, Section, Strong, Words
from collabcheck.report.outline.appendix import HONESTY
from collabcheck.report.outline.factors import capped
from collabcheck.report.outline.moves import moved
from collabcheck.report.outline.pairs import about, chart, compared, shared
from collabcheck.report.outline.plan import kept, tally
from collabcheck.report.outline.wording import (
    EFFORT,
    called,
    clause,
    count,
    day,
    inside,
    listing,
    mark,
    out_of,
    said,
    sentence,
    span,
)
from collabcheck.scoring import band_of


def changes(progress: Progress) -> Report:
    """Return the report on what has changed in one organisation."""
    sections = (
        Section("In short", tuple(_in_short(progress))),
        Section("What to celebrate", tuple(_celebrate(progress))),
        Section("What slipped", tuple(_slipped(progress)) or tuple(_nothing_slipped(progress))),
        Section("How ready you were, and are", tuple(_readiness(progress))),
        Section("What you could gain", tuple(_gain(progress))),
        Section("Which way of working together", tuple(_forms(progress))),
        Section("Red flags that stand", tuple(_flags(progress))),
        Section("What became of the steps", tuple(_steps(progress))),
        Section("What is next", tuple(_next(progress))),
        Section("Answers that are better", tuple(_answers(progress, Change.BETTER)), new_page=True),
        Section("Answers that are neither better nor worse", tuple(_answers(progress, Change.OTHER))),
        Section("How this was compared", tuple(_method(progress))),
        Section("Read this with care", (Bullets((*HONESTY.items, *((line,) for line in _care(progress)))),)),
    )
    return Report(
        title=f"{progress.now.pack.title}: {progress.now.sheet.organisation}",
        subtitle=f"What has changed from {_dates(progress)[0]} to {_dates(progress)[1]}.",
        language=progress.now.pack.language,
        sections=tuple(section for section in sections if section.blocks),
    )


def _care(progress: Progress) -> Iterator[str]:
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
    name = f"How ready {progress.now.sheet.organisation} is to work with others: "
    scale = "" if isinstance(progress.overall.after, NotAssessed) else f", {out_of(pack)}"
    yield Paragraph((name, *moved(pack, progress.overall), f"{scale}."), lead=True)
    yield from _left_open(progress)
    yield from _held(progress)
    yield from shared(progress.then, progress.now, progress.common)
    if progress.nothing_moved:
        yield Paragraph((f"Nothing has moved: every answer is what it was on {then}.",))
        return
    yield Paragraph((_counted(progress),))
    yield Paragraph((_bands_in_short(progress),))
    if flags := _flags_in_short(progress):
        yield Paragraph((flags,))


def _bands_in_short(progress: Progress) -> str:
    lifts = [move.lift for _, move in _readiness_moves(progress)]
    higher, lower = lifts.count(1), lifts.count(-1)
    factors = f"Of the {count(len(lifts), 'readiness factor', 'readiness factors')}"
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
    )
    said = [count(number, one, many) for kind, one, many in kinds if (number := len(_of(progress, kind)))]
    return f"Of your answers, {listing(said)}. The others are what they were."


def _of(progress: Progress, kind: Change) -> list[Changed]:
    return [changed for changed in progress.changed if changed.change is kind]


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
        (len(flags.opened), "possible red flag has come up", "possible red flags have come up"),
    )
    return " ".join(f"{count(*kind)}." for kind in kinds if kind[0])


# What to celebrate, and what slipped.


def _celebrate(progress: Progress) -> Iterator[Block]:
    pack = progress.now.pack
    yield from _moves(pack, ((factor, move) for factor, move in _readiness_moves(progress) if move.rose))
    if progress.flags.gone:
        yield Paragraph(("A red flag is gone:" if len(progress.flags.gone) == 1 else "Red flags that are gone:",))
        yield Entries(tuple(_gone(progress, flag) for flag in progress.flags.gone))
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
        yield Entries(tuple(_raised(progress, flag) for flag in flags.came))
    if worse := _of(progress, Change.WORSE):
        yield Paragraph(("Lower than it was:" if len(worse) == 1 else "Lower than they were:",))
        yield Entries(tuple(_answer(progress, changed) for changed in worse))
    if lost := _of(progress, Change.LOST):
        yield Paragraph(("What you knew then, and do not know now:",))
        yield Entries(tuple(_lost(progress, changed) for changed in lost))


def _nothing_slipped(progress: Progress) -> Iterator[Block]:
    if not progress.nothing_moved:
        yield Paragraph(("Nothing did: no answer that was known is lower, and none is unknown now.",))


def _moves(pack: Pack, moves: Iterable[tuple[Factor, Move]]) -> Iterator[Block]:
    items = tuple((Strong(factor.title), ": ", *moved(pack, move), ".") for factor, move in moves)
    if items:
        yield Bullets(items)


def _gone(progress: Progress, flag: RaisedFlag) -> Entry:
    asked = any(question is flag.question for question in progress.now.asked)
    since = "By your other answers, it is not asked now."
    since = f"You now answer: {said(progress.now, flag.question)}" if asked else since
    people = progress.then.people
    who = "you" if people == 1 else f"{flag.by} of {people}"
    then = f"Then {who} answered: {flag.choice.text}"
    return Entry((Strong(sentence(flag.flag.reason)),), ((f"You were asked: {flag.question.text}",), (then,), (since,)))


def _raised(progress: Progress, flag: RaisedFlag) -> Entry:
    was_open = any(open_.question is flag.question for open_ in progress.then.unresolved)
    people = progress.now.people
    who = "You now answer" if people == 1 else f"{flag.by} of {people} now {'answers' if flag.by == 1 else 'answer'}"
    lines = (
        f"You were asked: {flag.question.text}",
        "It was not known then." if was_open else "",
        f"{who}: {flag.choice.text}",
    )
    return Entry((Strong(sentence(flag.flag.reason)),), tuple((line,) for line in lines if line))


def _learnt(progress: Progress, changed: Changed) -> Entry:
    question = changed.pair.question
    return Entry((Strong(question.text),), ((f"Now: {said(progress.now, question)}",), *_note(changed)))


def _lost(progress: Progress, changed: Changed) -> Entry:
    pair = changed.pair
    flag = any(choice.flag for choice in pair.question.choices)
    lines: list[Words] = [(f"Then: {said(progress.then, pair.question)}",), *_note(changed)]
    lines += [("It could be a red flag, so find out first.",)] if flag else []
    return Entry((Strong(pair.question.text),), (*lines, (f"Who would know: {inside(pair.question.ask)}.",)))


def _answers(progress: Progress, kind: Change) -> Iterator[Block]:
    if found := _of(progress, kind):
        yield Entries(tuple(_answer(progress, changed) for changed in found))


def _answer(progress: Progress, changed: Changed) -> Entry:
    pair, (was, is_) = changed.pair, changed.pair.asked
    then = said(progress.then, pair.question) if was else "Not asked."
    now = said(progress.now, pair.question) if is_ else "Not asked."
    return Entry((Strong(about(pair.question)),), ((f"Then: {then}",), (f"Now: {now}",), *_note(changed)))


def _note(changed: Changed) -> Iterator[Words]:
    """Yield what was noted with the new answer, if that is not what was noted before."""
    before, after = changed.pair.first, changed.pair.second
    if after is not None and after.note and (before is None or after.note != before.note):
        yield (f"Note now: {after.note}",)


# The figures.


def _readiness(progress: Progress) -> Iterator[Block]:
    moves = [(factor, move) for factor, move in progress.factors if factor.kind == "risk"]
    rows = [(factor.title, move.before, move.after) for factor, move in moves]
    yield from chart(progress.now.pack, "Readiness then and now", _dates(progress), rows)
    all_moves = [move for _, move in (*progress.factors, *progress.forms)]
    yield from (Paragraph((said,)) for said in capped(s for move in all_moves for s in (move.before, move.after)))
    stood = [inside(factor.title) for factor, move in moves if not move.rose and not move.fell]
    if stood:
        yield Paragraph((f"As before, or too little known to say: {listing(stood)}.",))


def _gain(progress: Progress) -> Iterator[Block]:
    moves = [(factor, move) for factor, move in progress.factors if factor.kind == "opportunity"]
    rows = [(factor.title, move.before, move.after) for factor, move in moves]
    yield from chart(progress.now.pack, "What you could gain", _dates(progress), rows, gain=True)
    if rows:
        yield Paragraph(("This says how much others could add. More of it is not better, and less is not worse.",))


def _forms(progress: Progress) -> Iterator[Block]:
    rows = [(form.title, move.before, move.after) for form, move in progress.forms]
    caption = "Readiness for what you considered then or consider now"
    yield from chart(progress.now.pack, caption, _dates(progress), rows, of="Form")
    if rows:
        considered = listing([inside(form.title) for form in progress.advice.considered])
        yield Paragraph((f"Now you consider: {considered or 'nothing in particular'}.",))


# Flags and steps.


def _flags(progress: Progress) -> Iterator[Block]:
    flags = progress.flags
    if flags.stayed:
        yield Paragraph(("Raised then, and still raised:",))
        yield Entries(tuple(_raised(progress, flag) for flag in flags.stayed))
    if flags.came:
        yield Paragraph((f"New: {'; '.join(clause(flag.flag.reason) for flag in flags.came)}.",))
    if flags.in_doubt:
        yield Paragraph(("Raised then, and not known now. Find out if each still stands:",))
        yield Entries(tuple(_in_doubt(progress, flag) for flag in flags.in_doubt))
    if flags.still_open or flags.opened:
        yield Paragraph(("Not known, and each could be a red flag:",))
        yield Entries(
            (
                *(_open(flag, "Not known then, nor now.") for flag in flags.still_open),
                *(_open(flag, "Not known now.") for flag in flags.opened),
            )
        )


def _in_doubt(progress: Progress, flag: RaisedFlag) -> Entry:
    gone = _gone(progress, flag)
    return Entry(gone.term, (*gone.lines, (f"Who would know: {inside(flag.question.ask)}.",)))


def _open(flag: OpenFlag, since: str) -> Entry:
    reasons = ((f"It would be one if {clause(one.reason)}.",) for one in flag.flags)
    return Entry(
        (Strong(flag.question.text),), ((since,), *reasons, (f"Who would know: {inside(flag.question.ask)}.",))
    )


def _steps(progress: Progress) -> Iterator[Block]:
    renewed = progress.steps
    yield Paragraph((f"By your answers now: {tally(renewed)}.",))
    for state, title in _ENDED.items():
        steps = [_step_text(progress, line) for line in renewed.lines if line.state is state]
        if steps:
            yield Paragraph((title,))
            yield Bullets(tuple((step,) for step in steps))
    if apart := _not_compared(progress):
        yield Paragraph(("Left out, because these questions were not the same then and now:",))
        yield Bullets(tuple((called(progress.now.pack, question),) for question in apart))


def _not_compared(progress: Progress) -> list[str]:
    """Return the questions of whose steps nobody can say what became."""
    lines = (line for line in progress.steps.lines if line.state is State.NOT_COMPARED)
    return list(dict.fromkeys(id_in(progress.steps.before, line).partition("/")[0] for line in lines))


_ENDED = {
    State.DONE: "Done:",
    State.NOT_KNOWN: "Not known any more, because the answer that each follows from is not known now:",
    State.NOT_NEEDED: "No longer needed, by your other answers:",
}


def _step_text(progress: Progress, line: Line) -> str:
    """Return a step as the plan has it; without words there, as the pack does; of a question it lost, the id."""
    plan = progress.steps.before
    if words := plan.cell(line.row, Column.STEP).strip():
        return words
    name = plan.cell(line.row, Column.ID).strip()
    asked, _, level = name.casefold().partition("/")
    question = progress.now.pack.question.get(asked)
    if question is None:
        return name
    choice = question.choice.get(level)
    return f"Find out: {question.text}" if level == FIND_OUT else _do(choice) or question.text


def _do(choice: Choice | None) -> str:
    return choice.step.do if choice and choice.step else ""


def _next(progress: Progress) -> Iterator[Block]:
    steps = progress.advice.steps[:FIRST_STEPS]
    if not steps:
        yield Paragraph(("Your answers call for no step. Look again when something changes.",))
        return
    yield Entries(tuple(_next_step(progress, step) for step in steps), numbered=True)
    if len(progress.advice.steps) > len(steps):
        yield Paragraph(
            (f"There are {len(progress.advice.steps)} steps in all; the report on the new sheet explains them.",)
        )


def _next_step(progress: Progress, step: NextStep) -> Entry:
    do = f"Find out: {step.do}" if step.finds_out else step.do
    about = (
        f"Who would know: {inside(step.question.ask)}."
        if step.finds_out
        else f"From the question: {step.question.text}"
    )
    again = any(line.step is step and line.state is State.TO_DO for line in progress.steps.lines)
    effort = f"Effort: {EFFORT[step.effort]}.{' It was to do then, too.' if again else ''}"
    return Entry((Strong(do),), ((about,), (effort,), *kept(progress.steps, step)))


# The method.


def _method(progress: Progress) -> Iterator[Block]:
    yield from compared(progress.then, progress.now, progress.common)
    if _not_compared(progress):
        yield Paragraph(("What became of the steps of these questions is left out too.",))
    lines = (
        "The older sheet is “then” and the newer one “now”, whichever was named first.",
        "Both are scored by the same rules, today’s. A factor has moved if its band or its score has.",
        "Where the two ranges meet, what is not known could mean that a score is no higher, or no lower; that is said.",
    )
    yield Bullets(tuple((line,) for line in lines))
