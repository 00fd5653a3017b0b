"""How two organisations would go together. There is no score of that (docs/scoring.md, rule 11)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from collabcheck.advice import Advice, advise
from collabcheck.answers import Chose
from collabcheck.assessment import AreaResult, Assessment, OpenFlag, RaisedFlag, Score, Scored
from collabcheck.comparison.questions import Common, Pair, about_readiness, common_to, paired, said, within
from collabcheck.implications import Verdict
from collabcheck.pack import Band, Factor, Form, Implication, Pack
from collabcheck.questions import Question
from collabcheck.suitability import FormResult, rank

STRONG, WEAK = Fraction(2, 3), Fraction(1, 3)
"""From which value an answer is strong, and up to which it is weak."""
TALK_FIRST = 5
"""How many things to talk about first are named."""
OF_EACH = 2
"""How many of each kind come before more of another."""


class Relation(StrEnum):
    """How two answers, or two factors, stand to each other."""

    FIRST_BRINGS = "first-brings"
    """The first is strong where the second is weak; for factors, in a higher band."""
    SECOND_BRINGS = "second-brings"
    BOTH_STRONG = "both-strong"
    BOTH_WEAK = "both-weak"
    ALIKE = "alike"
    """Neither of these."""
    EACH_ITS_OWN = "each-its-own"
    """A factor on which a difference matters in both directions, so that neither can stand in for the other."""
    OPEN = "open"
    """Nobody can tell yet."""


@dataclass(frozen=True, slots=True)
class FactorPair:
    """A factor of the two."""

    factor: Factor
    first: Score
    second: Score
    relation: Relation
    certain: bool
    """Whether that is so whatever the unknown answers turn out to be."""


@dataclass(frozen=True, slots=True)
class Match:
    """A question of readiness asked of both, and how the two answers stand to each other."""

    pair: Pair
    relation: Relation


SideFlags = tuple[RaisedFlag, ...] | tuple[OpenFlag]
"""The flags that one side raises with a question, several people perhaps more than one; or that it could raise."""


@dataclass(frozen=True, slots=True)
class JointFlag:
    """A red flag that is raised, or could be, on one side or on both."""

    pair: Pair
    first: SideFlags
    second: SideFlags

    @property
    def question(self) -> Question:
        """The question whose answer raises it."""
        return self.pair.question

    @property
    def raised(self) -> int:
        """On how many sides it is raised."""
        return sum(isinstance(flag, RaisedFlag) for side in (self.first, self.second) for flag in side[:1])


@dataclass(frozen=True, slots=True)
class JointForm:
    """A form of collaboration that both consider, and how ready each is for it."""

    form: Form
    first: FormResult
    second: FormResult


class Topic(StrEnum):
    """Why something is worth talking about first. The order is the order of the list."""

    DIFFERENCE = "difference"
    """The two differ where a difference matters in both directions."""
    FLAG = "flag"
    NOBODY = "nobody"
    """Both are weak: neither has it in place."""
    OPEN_FLAG = "open-flag"


@dataclass(frozen=True, slots=True)
class Talk:
    """Something to talk about first."""

    topic: Topic
    pair: Pair


@dataclass(frozen=True, slots=True)
class PartnerFit:
    """Two organisations side by side, over the questions in common. There is no score of how well they fit."""

    first: Assessment
    second: Assessment
    advice: tuple[Advice, Advice]
    common: Common
    differ: tuple[Pair, ...]
    """The questions on which a difference matters and there is one, the furthest apart first."""
    agree: tuple[Pair, ...]
    untold: tuple[Pair, ...]
    """Those that at least one of the two has not answered with a choice."""
    factors: tuple[FactorPair, ...]
    matches: tuple[Match, ...]
    """The other questions of readiness, in pack order."""
    about: tuple[Pair, ...]
    """What is not scored, such as size and place."""
    flags: tuple[JointFlag, ...]
    """Raised on both sides first, then on one, then those that could be."""
    forms: tuple[JointForm, ...]
    implications: tuple[tuple[Implication, Verdict | None, Verdict | None], ...]
    """Of the trends that either was asked about, each with what is true of either; None of one that was not asked."""
    talk_first: tuple[Talk, ...]

    @property
    def areas(self) -> tuple[tuple[AreaResult, AreaResult], ...]:
        """The areas of the two, in pack order."""
        return tuple(zip(self.first.areas, self.second.areas, strict=True))


def match(one: Assessment, other: Assessment) -> PartnerFit:
    """Return how two organisations would go together, over the questions in common."""
    common = common_to(one, other)
    first, second = within(one, common), within(other, common)
    advice = advise(one), advise(other)
    pairs = tuple(paired(first, second, common))
    both = [pair for pair in pairs if pair.asked == (True, True)]
    mattering = [pair for pair in both if pair.question.fit]
    told = [pair for pair in mattering if isinstance(pair.first, Chose) and isinstance(pair.second, Chose)]
    unlike = [pair for pair in told if said(pair.first) != said(pair.second)]
    differ = tuple(sorted(unlike, key=lambda pair: -_gap(pair)))
    matches = tuple(_matches(first, second, both))
    flags, forms = tuple(_flags(first, second, pairs)), tuple(_forms(first, second, advice))
    return PartnerFit(
        first=first,
        second=second,
        advice=advice,
        common=common,
        differ=differ,
        agree=tuple(pair for pair in told if pair not in differ),
        untold=tuple(pair for pair in mattering if pair not in told),
        factors=tuple(_factor_pairs(first, second)),
        matches=matches,
        about=tuple(pair for pair in both if not pair.question.informs),
        flags=flags,
        forms=forms,
        implications=tuple(_implications(first.pack, advice)),
        talk_first=_talk_first(differ, flags, matches, forms),
    )


def _matches(first: Assessment, second: Assessment, pairs: Sequence[Pair]) -> Iterator[Match]:
    """Yield how the answers stand to each other; one that raises a red flag, if only for some, is no strength."""
    counting = about_readiness(first.pack)
    flagged = [{flag.question.id for flag in side.raised} for side in (first, second)]
    for pair in pairs:
        name = pair.question.id
        if name in counting and not pair.question.fit:
            able = name not in flagged[0], name not in flagged[1]
            yield Match(pair, _relation(*pair.worth, able))


def _gap(pair: Pair) -> Fraction:
    first, second = pair.worth
    return Fraction(0) if first is None or second is None else abs(first - second)


def _relation(first: Fraction | None, second: Fraction | None, able: tuple[bool, bool]) -> Relation:
    """Return how two answers stand to each other; `able` says which of them may count as strong."""
    if first is None or second is None:
        return Relation.OPEN
    strong = first >= STRONG and able[0], second >= STRONG and able[1]
    weak = first <= WEAK, second <= WEAK
    if all(strong):
        return Relation.BOTH_STRONG
    if all(weak):
        return Relation.BOTH_WEAK
    if strong[0] and weak[1]:
        return Relation.FIRST_BRINGS
    return Relation.SECOND_BRINGS if strong[1] and weak[0] else Relation.ALIKE


def _factor_pairs(first: Assessment, second: Assessment) -> Iterator[FactorPair]:
    own = {link.factor for question in first.pack.questions if question.fit for link in question.informs}
    for one, other in zip(first.factors, second.factors, strict=True):
        relation, certain = _of_scores(first.pack, one.score, other.score)
        if one.factor.id in own and relation in (Relation.FIRST_BRINGS, Relation.SECOND_BRINGS):
            relation = Relation.EACH_ITS_OWN
        yield FactorPair(one.factor, one.score, other.score, relation, certain)


def _of_scores(pack: Pack, first: Score, second: Score) -> tuple[Relation, bool]:
    """Return how two scores stand to each other, and whether they do so at every end of their ranges."""
    if not (isinstance(first, Scored) and isinstance(second, Scored)):
        return Relation.OPEN, False
    ends = ((one, other) for one in _ends(first) for other in _ends(second))
    relation = _of_bands(pack, first.band, second.band)
    return relation, {_of_bands(pack, *bands) for bands in ends} == {relation}


def _ends(score: Scored) -> tuple[Band, Band]:
    return score.bands.low, score.bands.high


def _of_bands(pack: Pack, first: Band, second: Band) -> Relation:
    if first != second:
        return Relation.FIRST_BRINGS if first.starts > second.starts else Relation.SECOND_BRINGS
    if first == pack.bands[-1]:
        return Relation.BOTH_STRONG
    return Relation.BOTH_WEAK if first == pack.bands[0] else Relation.ALIKE


def _flags(first: Assessment, second: Assessment, pairs: Sequence[Pair]) -> list[JointFlag]:
    """Return the flags of the two, question by question: raised on both sides first, then on one, then open ones."""
    one, other = _flagged(first), _flagged(second)
    joint = [
        JointFlag(pair, one.get(pair.question.id, ()), other.get(pair.question.id, ()))
        for pair in pairs
        if pair.question.id in one or pair.question.id in other
    ]
    return sorted(joint, key=lambda flag: (-flag.raised, not (flag.first and flag.second)))


def _flagged(side: Assessment) -> dict[str, SideFlags]:
    flags: dict[str, SideFlags] = {flag.question.id: (flag,) for flag in side.unresolved}
    raised = {flag.question.id for flag in side.raised}
    return flags | {name: tuple(flag for flag in side.raised if flag.question.id == name) for name in raised}


def _forms(first: Assessment, second: Assessment, advice: tuple[Advice, Advice]) -> Iterator[JointForm]:
    both = [form for form in advice[0].considered if form in advice[1].considered]
    one, other = ({result.form.id: result for result in rank(side, both)} for side in (first, second))
    yield from (JointForm(form, one[form.id], other[form.id]) for form in both)


def _implications(
    pack: Pack, advice: tuple[Advice, Advice]
) -> Iterator[tuple[Implication, Verdict | None, Verdict | None]]:
    one, other = ({verdict.implication.id: verdict for verdict in side.implications} for side in advice)
    for implication in (implication for trend in pack.trends for implication in trend.implications):
        if implication.id in one or implication.id in other:
            yield implication, one.get(implication.id), other.get(implication.id)


def _talk_first(
    differ: Sequence[Pair],
    flags: Sequence[JointFlag],
    matches: Sequence[Match],
    forms: Sequence[JointForm],
) -> tuple[Talk, ...]:
    """Name what to talk about first: some of each kind, then more; first what the forms that both consider lean on."""
    raised = sorted((flag for flag in flags if flag.raised), key=lambda flag: (-flag.raised, -_weight(flag, forms)))
    open_ = sorted((flag for flag in flags if not flag.raised), key=lambda flag: -_weight(flag, forms))
    weak = sorted(
        (one.pair for one in matches if one.relation is Relation.BOTH_WEAK), key=lambda one: -_weight(one, forms)
    )
    flagged = {flag.question.id for flag in raised}
    listed = {
        Topic.DIFFERENCE: [one for one in differ if one.question.id not in flagged],
        Topic.FLAG: [flag.pair for flag in raised],
        Topic.NOBODY: [one for one in weak if one.question.id not in flagged],
        Topic.OPEN_FLAG: [flag.pair for flag in open_],
    }
    front = [Talk(topic, one) for topic, ones in listed.items() for one in ones[:OF_EACH]]
    talks = [Talk(topic, one) for topic, ones in listed.items() for one in ones]
    chosen = [*front, *(talk for talk in talks if talk not in front)][:TALK_FIRST]
    return tuple(talk for talk in talks if talk in chosen)


def _weight(what: Pair | JointFlag, forms: Sequence[JointForm]) -> int:
    """Return how much the forms that both consider lean on the factors of a question."""
    informed = {link.factor for link in what.question.informs}
    return sum(lean.weight for joint in forms for lean in joint.form.leans_on if lean.factor in informed)
