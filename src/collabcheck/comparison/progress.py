"""What has changed in one organisation from one date to another (docs/scoring.md, rule 11)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from fractions import Fraction

from collabcheck.advice import Advice, advise
from collabcheck.assessment import (
    AreaResult,
    Assessment,
    NotAssessed,
    OpenFlag,
    RaisedFlag,
    Range,
    RangeOnly,
    Score,
    Scored,
)
from collabcheck.comparison.questions import Common, Pair, about_readiness, common_to, paired, said, within
from collabcheck.pack import Factor, Form
from collabcheck.plan import Column, Plan
from collabcheck.renewal import Renewed, id_of, renew
from collabcheck.suitability import rank


class Way(Enum):
    """Where a score has gone."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    OPEN = "open"
    """Too little is known to say, or it was assessed only once."""


@dataclass(frozen=True, slots=True)
class Move:
    """A score then and now."""

    before: Score
    after: Score

    @property
    def way(self) -> Way:
        """Where the score went on what is known; where there is none, where the whole range went."""
        match self.before, self.after:
            case NotAssessed(), NotAssessed():
                return Way.SAME
            case (NotAssessed(), _) | (_, NotAssessed()):
                return Way.OPEN
            case Scored(score=before), Scored(score=after):
                return Way.SAME if after == before else Way.UP if after > before else Way.DOWN
            case (Scored() | RangeOnly()) as before, (Scored() | RangeOnly()) as after:
                return _apart(before.range, after.range)

    @property
    def certain(self) -> bool:
        """Whether that is so whatever the unknown answers turn out to be."""
        if isinstance(self.before, NotAssessed) or isinstance(self.after, NotAssessed):
            return self.way is Way.SAME
        return _apart(self.before.range, self.after.range) is self.way is not Way.OPEN

    @property
    def lift(self) -> int:
        """Return 1 where the band has risen, -1 where it has fallen, and 0 where it has not, or nobody can tell."""
        match self.before, self.after:
            case Scored(band=before), Scored(band=after):
                return _sign(after.starts - before.starts)
            case (Scored() | RangeOnly()) as before, (Scored() | RangeOnly()) as after:
                if after.bands.low.starts > before.bands.high.starts:
                    return 1
                return -1 if after.bands.high.starts < before.bands.low.starts else 0
            case _:
                return 0

    @property
    def lift_certain(self) -> bool:
        """Whether the band has risen or fallen whatever the unknown answers turn out to be."""
        match self.before, self.after:
            case (Scored() | RangeOnly()) as before, (Scored() | RangeOnly()) as after:
                down, up = (before, after) if self.lift > 0 else (after, before)
                return self.lift != 0 and up.bands.low.starts > down.bands.high.starts
            case _:
                return False

    @property
    def rose(self) -> bool:
        """Whether it is better than before: the band, or where that stands, the score."""
        return self.lift > 0 or (self.lift == 0 and self.way is Way.UP)

    @property
    def fell(self) -> bool:
        """Whether it is worse than before: the band, or where that stands, the score."""
        return self.lift < 0 or (self.lift == 0 and self.way is Way.DOWN)

    @property
    def distance(self) -> Fraction:
        """How many points the score moved; 0 without a score on both sides."""
        match self.before, self.after:
            case Scored(score=before), Scored(score=after):
                return abs(after - before)
            case _:
                return Fraction(0)


class Change(StrEnum):
    """What became of an answer."""

    BETTER = "better"
    WORSE = "worse"
    LEARNT = "learnt"
    """It was not known, and is."""
    LOST = "lost"
    """It was known, and is not any more."""
    OTHER = "other"
    """Another answer that is neither better nor worse for readiness."""
    APART = "apart"
    """The question was asked only then, or only now."""
    WHO = "who"
    """Somebody in another role answered, which is no answer about the organisation."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer that is not what it was."""

    pair: Pair
    change: Change


@dataclass(frozen=True, slots=True)
class FlagMoves:
    """What became of the red flags."""

    gone: tuple[RaisedFlag, ...]
    """Raised then, and neither raised nor open now."""
    came: tuple[RaisedFlag, ...]
    stayed: tuple[RaisedFlag, ...]
    settled: tuple[OpenFlag, ...]
    """Could have been raised then; neither raised nor open now."""
    in_doubt: tuple[RaisedFlag, ...]
    """Raised then; nobody raises it now, and not all is known."""
    opened: tuple[OpenFlag, ...]
    """Could be raised now, and neither could be nor was then."""
    still_open: tuple[OpenFlag, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """One organisation then and now, over the questions in common."""

    then: Assessment
    now: Assessment
    common: Common
    overall: Move
    factors: tuple[tuple[Factor, Move], ...]
    """In pack order."""
    areas: tuple[tuple[AreaResult, Move], ...]
    """In pack order; the results are those of now."""
    forms: tuple[tuple[Form, Move], ...]
    """Of the forms that were or are considered, in pack order."""
    changed: tuple[Changed, ...]
    """In pack order."""
    flags: FlagMoves
    steps: Renewed
    """What became of the steps of then, or of the plan that was given."""
    advice: Advice
    """On the answers of now."""

    @property
    def nothing_moved(self) -> bool:
        """Whether every answer is what it was; of several people, that of each."""
        return self.same_answers and list(_told(self.then)) == list(_told(self.now))

    @property
    def same_answers(self) -> bool:
        """Whether every answer that is compared is what it was; of several people, the middle one."""
        return all(one.change is Change.WHO for one in self.changed)


def since(before: Assessment, after: Assessment, plan: Plan | None) -> Progress:
    """Return what has changed. A plan that people keep takes the place of the steps of then."""
    common = common_to(before, after)
    then, now = within(before, common), within(after, common)
    was, is_ = advise(before), advise(after)
    considered = [form for form in now.pack.forms if form in was.considered or form in is_.considered]
    return Progress(
        then=then,
        now=now,
        common=common,
        overall=Move(then.overall.score, now.overall.score),
        factors=tuple(
            (old.factor, Move(old.score, new.score)) for old, new in zip(then.factors, now.factors, strict=True)
        ),
        areas=tuple((new, Move(old.score, new.score)) for old, new in zip(then.areas, now.areas, strict=True)),
        forms=tuple(_form_moves(then, now, considered)),
        changed=tuple(_changes(then, now, common)),
        flags=_flag_moves(then, now),
        steps=renew(plan or _plan(was), after, is_, {one.question for one in common.left_out}),
        advice=is_,
    )


def _told(side: Assessment) -> Iterator[tuple[str, dict[str, int], int, int]]:
    """Yield how often each answer was given, but for the roles of who gave them."""
    for one in side.heard:
        if one.question.means != "role":
            yield one.question.id, one.counts, one.unknown, len(one.reasons)


def _form_moves(then: Assessment, now: Assessment, considered: Sequence[Form]) -> Iterator[tuple[Form, Move]]:
    was, is_ = ({result.form.id: result.score for result in rank(side, ())} for side in (then, now))
    yield from ((form, Move(was[form.id], is_[form.id])) for form in considered)


def _plan(advice: Advice) -> Plan:
    """Return the bare plan that some advice makes."""
    columns = (Column.ID.value, Column.NOW.value)
    return Plan(columns, tuple({Column.ID.value: id_of(step), Column.NOW.value: "to do"} for step in advice.steps))


def _changes(then: Assessment, now: Assessment, common: Common) -> Iterator[Changed]:
    counting = about_readiness(now.pack)
    chose = [{one.question.id for one in side.heard if one.chosen} for side in (then, now)]
    for pair in paired(then, now, common):
        if pair.asked != (True, True) or said(pair.first) != said(pair.second) or pair.worth[0] != pair.worth[1]:
            name = pair.question.id
            apart = pair.first is None and name in chose[0], pair.second is None and name in chose[1]
            change = _change(pair, apart, for_readiness=name in counting)
            yield Changed(pair, Change.WHO if pair.question.means == "role" else change)


def _change(pair: Pair, apart: tuple[bool, bool], *, for_readiness: bool) -> Change:
    """Say what became of an answer; `apart` says on which side people chose, and none of it is that of half."""
    before, after = pair.worth
    if pair.asked != (True, True):
        return Change.APART
    if any(apart):
        return Change.OTHER
    if said(pair.first) is None:
        return Change.LEARNT
    if said(pair.second) is None:
        return Change.LOST
    if before is None or after is None or before == after or not for_readiness:
        return Change.OTHER
    return Change.BETTER if after > before else Change.WORSE


def _flag_moves(then: Assessment, now: Assessment) -> FlagMoves:
    was, is_ = ({(flag.question.id, flag.choice.id) for flag in side.raised} for side in (then, now))
    was_open, is_open = ({flag.question.id for flag in side.unresolved} for side in (then, now))
    unsure = {one.question.id for one in now.heard if one.unknown}
    raised_then, raised_now = ({question for question, _ in raised} for raised in (was, is_))
    return FlagMoves(
        gone=tuple(f for f in then.raised if _key(f) not in is_ and f.question.id not in unsure),
        came=tuple(f for f in now.raised if _key(f) not in was),
        stayed=tuple(f for f in now.raised if _key(f) in was),
        settled=tuple(f for f in then.unresolved if f.question.id not in is_open | raised_now),
        in_doubt=tuple(f for f in then.raised if _key(f) not in is_ and f.question.id in unsure),
        opened=tuple(f for f in now.unresolved if f.question.id not in was_open | raised_then),
        still_open=tuple(f for f in now.unresolved if f.question.id in was_open),
    )


def _key(flag: RaisedFlag) -> tuple[str, str]:
    return flag.question.id, flag.choice.id


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def _apart(before: Range, after: Range) -> Way:
    if before == after and before.low == before.high:
        return Way.SAME
    if after.low > before.high:
        return Way.UP
    return Way.DOWN if after.high < before.low else Way.OPEN
