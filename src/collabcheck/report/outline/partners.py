"""The report on two organisations for their first meeting: what to talk about first, what each brings, what is open.

It holds the words of the pack, and of theirs only the two names: notes, evidence and reasons stay with who wrote them.
"""

from collections.abc import Iterator
from dataclasses import replace

from collabcheck.answers import Chose, NotApplicable, Presumed, Reply
from collabcheck.assessment import Assessment, RaisedFlag
from collabcheck.comparison.partners import Match, PartnerFit, Relation, SideFlags, Talk, Topic
from collabcheck.comparison.questions import Pair
from collabcheck.conditions import Truth
from collabcheck.implications import Verdict
from collabcheck.pack import Pack
from collabcheck.questions import Question
from collabcheck.report.blocks import Block, Bullets, Entries, Entry, Paragraph, Report, Section, Strong, Words
from collabcheck.report.outline.headings import headings
from collabcheck.report.outline.joint import forms, gains, names, nothing_in_common, readiness, several
from collabcheck.report.outline.pairs import about, compared, shared
from collabcheck.report.outline.replies import reply_text
from collabcheck.report.outline.wording import count, days, inside, listing, tested


def partners(fit: PartnerFit) -> Report:
    """Return the report on how two organisations would go together."""
    sections = (
        Section("In short", tuple(_in_short(fit))),
        Section("Talk about these first", tuple(_talk(fit))),
        Section("Whether you suit each other", tuple(_suits(fit))),
        Section(headings(fit.first.pack).of_each, tuple(readiness(fit))),
        Section(f"Where {names(fit)[0]} is further on", tuple(_brings(fit, Relation.FIRST_BRINGS))),
        Section(f"Where {names(fit)[1]} is further on", tuple(_brings(fit, Relation.SECOND_BRINGS))),
        Section("Where both of you are at the start", tuple(_both(fit, Relation.BOTH_WEAK))),
        Section("Where both of you have something to build on", tuple(_both(fit, Relation.BOTH_STRONG))),
        Section("Red flags on either side", tuple(_flags(fit))),
        Section("Which way of working together", tuple(forms(fit))),
        Section("What each of you could gain", tuple(gains(fit))),
        Section("What it may mean for you", tuple(_implications(fit))),
        Section("What to find out before you decide", tuple(_unknown(fit))),
        Section("About each of you", tuple(_about(fit))),
        Section("How this was compared", tuple(_method(fit))),
        Section("Read this with care", (_care(fit.first.pack),)),
    )
    return Report(
        title=f"{fit.first.pack.title}: {' and '.join(names(fit))}",
        subtitle=_subtitle(fit),
        language=fit.first.pack.language,
        sections=tuple(section for section in sections if section.blocks),
    )


def _subtitle(fit: PartnerFit) -> str:
    said = (f"{name}: {days(side.sheets)}." for name, side in zip(names(fit), (fit.first, fit.second), strict=True))
    return f"The answers of two organisations side by side. {' '.join(said)}"


# In short.


def _in_short(fit: PartnerFit) -> Iterator[Block]:
    one, other = names(fit)
    yield Paragraph((f"What {one} and {other} could talk about at their first meeting.",), lead=True)
    both = [inside(joint.form.title) for joint in fit.forms]
    if fit.first.pack.forms:
        yield Paragraph(("You both consider ", Strong(listing(both)), ".") if both else (nothing_in_common(fit),))
    if _asks_whether_they_suit(fit):
        yield Paragraph((_suits_in_short(fit),))
    brings = [(name, _helped_with(fit, relation)) for name, relation in zip(names(fit), _BRINGS, strict=True)]
    for name, factors in brings:
        if factors:
            yield Paragraph((f"Where {name} could help: ", Strong("; ".join(factors)), "."))
    if weak := _factors(fit, Relation.BOTH_WEAK):
        yield Paragraph(("Where both of you are at the start: ", Strong("; ".join(weak)), "."))
    yield from _flags_in_short(fit)
    yield from shared(fit.first, fit.second, fit.common)
    yield Paragraph(("This is a start for a talk and no verdict. What you know of each other counts for more.",))


def _asks_whether_they_suit(fit: PartnerFit) -> bool:
    return any(question.fit for question in fit.first.pack.questions)


_BRINGS = (Relation.FIRST_BRINGS, Relation.SECOND_BRINGS)


def _suits_in_short(fit: PartnerFit) -> str:
    asked = len(fit.differ) + len(fit.agree) + len(fit.untold)
    kinds = ((len(fit.differ), "differently"), (len(fit.agree), "alike"))
    told = listing([f"{'all' if number == asked else number} {how}" for number, how in kinds if number])
    if not told:
        return "Nobody can tell yet whether you suit each other." if asked else _NOTHING_SHOWS
    if asked == 1:
        stand = "differ" if fit.differ else "are alike"
        return f"Your answers {stand} on the one question that shows whether you suit each other."
    untold = f"; of {len(fit.untold)} nobody can tell yet" if fit.untold else ""
    return f"Of the {asked} questions that show whether you suit each other, you answered {told}{untold}."


_NOTHING_SHOWS = "Nothing shows whether you suit each other."


def _factors(fit: PartnerFit, relation: Relation) -> list[str]:
    """Return the readiness factors that stand so to each other, by name."""
    return [
        inside(pair.factor.title) for pair in fit.factors if pair.factor.kind == "risk" and pair.relation is relation
    ]


def _helped_with(fit: PartnerFit, relation: Relation) -> list[str]:
    """Return the readiness factors on which one side is further on, if it is on a question that both answered too."""
    shown = {link.factor for match in _matches(fit, relation) for link in match.pair.question.informs}
    pairs = [pair for pair in fit.factors if pair.factor.kind == "risk" and pair.relation is relation]
    sure = {True: "", False: " (not certain)"}
    return [f"{inside(pair.factor.title)}{sure[pair.certain]}" for pair in pairs if pair.factor.id in shown]


def _flags_in_short(fit: PartnerFit) -> Iterator[Block]:
    both, one, open_ = ([flag for flag in fit.flags if flag.raised == sides] for sides in (2, 1, 0))
    name, other = names(fit)
    first = sum(any(isinstance(flag, RaisedFlag) for flag in joint.first) for joint in one)
    kinds = (
        (len(both), "red flag is raised on both sides", "red flags are raised on both sides"),
        (first, f"red flag is raised by {name} alone", f"red flags are raised by {name} alone"),
        (len(one) - first, f"red flag is raised by {other} alone", f"red flags are raised by {other} alone"),
        (len(open_), "red flag could be raised by what is not known", "red flags could be raised by what is not known"),
    )
    said = [f"{count(*kind)}." for kind in kinds if kind[0]]
    if said:
        yield Paragraph((" ".join(said),))


# What to talk about first.


def _talk(fit: PartnerFit) -> Iterator[Block]:
    if not fit.talk_first:
        yield Paragraph(("Nothing stands out. Begin with what each of you hopes for.",))
        return
    yield Entries(tuple(_topic(fit, talk) for talk in fit.talk_first), numbered=True)


def _topic(fit: PartnerFit, talk: Talk) -> Entry:
    why = f"{_WHY[talk.topic]}{f' {talk.pair.question.why}' if talk.topic is Topic.DIFFERENCE else ''}"
    return Entry((Strong(talk.pair.question.text),), ((why,), *_flagged_answers(fit, talk.pair)))


_WHY = {
    Topic.DIFFERENCE: "Your answers differ, and that matters whichever way round it is.",
    Topic.FLAG: "An answer raises a red flag. Settle how you deal with it before either of you commits.",
    Topic.NOBODY: "Both of you are at the start here. Agree who takes it on.",
    Topic.OPEN_FLAG: "It could be a red flag, and is not known. Find out before either of you commits.",
}


def _answers(fit: PartnerFit, pair: Pair) -> Iterator[Words]:
    """Yield both answers, each with the name of who gave it."""
    sides = zip(names(fit), (fit.first, fit.second), (pair.first, pair.second), pair.asked, strict=True)
    for name, side, reply, asked in sides:
        yield (f"{name}: {_said(side, pair.question, reply) if asked else _NOT_ASKED}",)


_NOT_ASKED = "Not asked, because of other answers."


def _said(side: Assessment, question: Question, reply: Reply | None) -> str:
    """Return a reply without the words of those who gave it; of several people, the middle one, and never how many."""
    if question.means == "role" and side.people > 1:
        return f"{side.people} people."
    match reply:
        case Presumed():
            return reply_text(question, replace(reply, reason=""))
        case Chose():
            return reply_text(question, reply)
        case NotApplicable():
            return "Does not apply."
        case _:
            return "Not known."


def _entry(fit: PartnerFit, pair: Pair) -> Entry:
    return Entry((Strong(pair.question.text),), tuple(_answers(fit, pair)))


# What should suit both, and what each could bring.


def _suits(fit: PartnerFit) -> Iterator[Block]:
    if fit.differ:
        yield Paragraph(("Your answers differ. Ask each other what that means from day to day:",))
        yield Entries(tuple(_entry(fit, pair) for pair in fit.differ))
    if fit.agree:
        yield Paragraph((f"{'On the whole, your' if several(fit) else 'Your'} answers are the same:",))
        same = ((f"{pair.question.text} {_said(fit.first, pair.question, pair.first)}",) for pair in fit.agree)
        yield Bullets(tuple(same))
    if fit.untold:
        yield Paragraph(("Nobody can tell yet:",))
        yield Entries(tuple(_entry(fit, pair) for pair in fit.untold))


def _brings(fit: PartnerFit, relation: Relation) -> Iterator[Block]:
    found = _matches(fit, relation)
    if found:
        strong = names(fit)[relation is Relation.SECOND_BRINGS]
        yield Paragraph((f"{strong} could say here how it got there:",))
        yield Entries(tuple(_entry(fit, match.pair) for match in found))


def _both(fit: PartnerFit, relation: Relation) -> Iterator[Block]:
    found = _matches(fit, relation)
    if found and relation is Relation.BOTH_WEAK:
        yield Paragraph(("Agree for each who takes it on, or leave it out of what you plan:",))
        yield Entries(tuple(_entry(fit, match.pair) for match in found))
    elif found:
        yield Entries(tuple(_entry(fit, match.pair) for match in found))


def _matches(fit: PartnerFit, relation: Relation) -> list[Match]:
    return [match for match in fit.matches if match.relation is relation]


# Red flags.


def _flags(fit: PartnerFit) -> Iterator[Block]:
    raised = [flag for flag in fit.flags if flag.raised]
    open_ = [flag for flag in fit.flags if not flag.raised]
    if not fit.flags:
        yield Paragraph(("No answer raises a red flag, and none is left open.",))
    if raised:
        yield Paragraph(("Raised. A flag on one side is a matter for both:",))
        yield Entries(tuple(_flag(fit, flag.pair) for flag in raised))
    if open_:
        yield Paragraph(("Not known yet. Each of these could be a red flag:",))
        yield Entries(tuple(_flag(fit, flag.pair) for flag in open_))


def _flag(fit: PartnerFit, pair: Pair) -> Entry:
    return Entry((Strong(pair.question.text),), tuple(_flagged_answers(fit, pair)))


def _flagged_answers(fit: PartnerFit, pair: Pair) -> Iterator[Words]:
    """Yield both answers, each with whether it raises a red flag or could."""
    flags = next(((flag.first, flag.second) for flag in fit.flags if flag.pair is pair), ((), ()))
    sides = zip(_answers(fit, pair), (fit.first, fit.second), (pair.first, pair.second), flags, strict=True)
    for answer, side, reply, raised in sides:
        yield (*answer, *_of_flags(raised, side, reply))


def _of_flags(flags: SideFlags | tuple[()], side: Assessment, reply: Reply | None) -> Iterator[str]:
    """Yield whether an answer raises a flag: the one that is shown, or one that stays with who gave it."""
    raised = {flag.choice.id for flag in flags if isinstance(flag, RaisedFlag)}
    if isinstance(reply, Chose) and not raised.isdisjoint(reply.choices):
        yield " (This raises a red flag.)"
    elif raised:
        yield " (An answer of somebody else there raises a red flag. Ask about it.)"
    elif flags:
        yield f" ({'What is not known' if side.people > 1 else 'This'} could raise a red flag.)"


# What it may mean.


def _implications(fit: PartnerFit) -> Iterator[Block]:
    one, other = names(fit)
    kinds = (
        ("This applies to both of you:", (True, True)),
        (f"This applies to {one}:", (True, False)),
        (f"This applies to {other}:", (False, True)),
    )
    for title, wanted in kinds:
        found = [told for told, first, second in fit.implications if (_applies(first), _applies(second)) == wanted]
        if found:
            yield Paragraph((title,))
            yield Bullets(tuple((implication.text,) for implication in found))


def _applies(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.applies is Truth.YES


# The rest.


def _unknown(fit: PartnerFit) -> Iterator[Block]:
    """Yield what each does not know, and who there would."""
    for name, side in zip(names(fit), (fit.first, fit.second), strict=True):
        if side.unknown:
            yield Paragraph((f"{name} does not know yet:",))
            asked = [f"{question.text} Who would know: {inside(question.ask)}." for question in side.unknown]
            yield Bullets(tuple((one,) for one in asked))


def _about(fit: PartnerFit) -> Iterator[Block]:
    pairs = [pair for pair in fit.about if pair.question.means != "form"]
    if pairs:
        yield Entries(tuple(_fact(fit, pair) for pair in pairs))


def _fact(fit: PartnerFit, pair: Pair) -> Entry:
    return Entry((Strong(about(pair.question)),), tuple(_answers(fit, pair)))


def _method(fit: PartnerFit) -> Iterator[Block]:
    yield from compared(fit.first, fit.second, fit.common)
    asks = _asks_whether_they_suit(fit)
    suits = "Under “Whether you suit each other” any difference is named, whichever way it goes."
    an = "Elsewhere an" if asks else "An"
    counts = headings(fit.first.pack).counts
    no_gains = f" What is said of gain does not count towards {counts}." if fit.first.opportunity else ""
    lines = (
        *([suits] if asks else []),
        f"{an} answer is strong from two thirds of the best answer’s points, and weak up to one third of them.",
        "Where one answer is strong and the other weak, the two may complement each other.",
        f"For a factor, its band decides.{no_gains}",
        "Notes, evidence and reasons are left out. They were written for people of your own; share what you like.",
    )
    middle = (
        "Where several people answered, their middle answer stands for all, and nobody is told how many gave which. "
        "What fewer than half of them were asked is left out, but for red flags. Scores are means, so every answer of "
        "theirs shows in these a little."
    )
    yield Bullets(tuple((line,) for line in (*lines, *([middle] if several(fit) else []))))


def _care(pack: Pack) -> Bullets:
    lines = (
        f"Each side answered for itself. Nobody has checked the answers{tested(pack)}",
        "It does not rank the two of you. There is no figure for how well you fit, because none would be honest.",
        "It is made for the two of you to talk. It is not made for a funder to choose by.",
        "“Better not” and “better not yet” are good results too.",
    )
    return Bullets(tuple((line,) for line in lines))
