"""From an answer sheet as people write it to one that fits a pack, or to all that does not fit."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated

from pydantic import ConfigDict, Discriminator, Field, StringConstraints, Tag, TypeAdapter, ValidationError

from collabcheck.answers import AnswerSheet, Aside, Chose, DontKnow, NotApplicable, Reply, SetAside
from collabcheck.characters import blank
from collabcheck.pack import Pack
from collabcheck.problems import Code, Finding, Findings, Path, did_you_mean
from collabcheck.questions import DONT_KNOW, NOT_APPLICABLE, Question
from collabcheck.written import (
    FINGERPRINT_PATTERN,
    LONGEST,
    LONGEST_NAME,
    NAME_PATTERN,
    OR_NOTHING,
    Day,
    Id,
    Listed,
    Model,
)

MANY = 50
"""Beyond so many problems nobody reads a suggestion, and finding one takes time."""

NAMELESS = "The name of your organisation"
"""Stands in a blank sheet where people write theirs, as a sheet needs a name."""

# As people write it.


Fingerprint = Annotated[str, StringConstraints(pattern=FINGERPRINT_PATTERN)]
"""What a question was like when it was answered; see `questions.Question.fingerprint`."""

Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Respondent(Model):
    """Who answers. A name only if the person gives one."""

    name: Annotated[str, StringConstraints(max_length=LONGEST_NAME)] = ""
    role: Annotated[str, StringConstraints(max_length=60)] = ""
    """The id of a role: the same as answering the pack's question about it."""


class GivenChoice(Model):
    """A choice, “dont-know” or “not-applicable”, with what the person wanted to add."""

    choice: Word | Annotated[Listed[Word], Field(min_length=1)]
    note: str = ""
    evidence: str = ""
    """Where it can be seen: a web address, or words."""


class GivenNotApplicable(Model):
    """The question does not concern the organisation, and why."""

    not_applicable: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
    """The reason."""
    note: str = ""
    evidence: str = ""


def _kind_of_given(value: object) -> str:
    if isinstance(value, dict):
        return "as a reason" if "not_applicable" in value else "as a choice"
    if value is None:
        return "as a blank"
    return "as a list" if isinstance(value, list) else "as a word"


Given = str | tuple[str, ...] | GivenChoice | GivenNotApplicable
"""An answer in one of the ways a sheet may put it."""

_Written = Annotated[
    Annotated[Word, Tag("as a word")]
    | Annotated[Annotated[Listed[Word], Field(min_length=1)], Tag("as a list")]
    | Annotated[GivenChoice, Tag("as a choice")]
    | Annotated[GivenNotApplicable, Tag("as a reason")]
    | Annotated[None, Tag("as a blank")],
    Discriminator(_kind_of_given),
]


class SheetFile(Model):
    """An answer sheet as it stands in a file."""

    pack: Word
    """The id of the pack it answers."""
    pack_version: Annotated[str, StringConstraints(max_length=40)] = ""
    organisation: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME, pattern=NAME_PATTERN)]
    date: Day
    respondent: Respondent = Respondent()
    targets: Annotated[dict[str, Word], OR_NOTHING] = Field(default_factory=dict)
    """The band an organisation aims at, by factor."""
    answers: Annotated[dict[str, _Written], OR_NOTHING]
    """By question id: a choice id, “dont-know”, a list of choices, or one of these with a note. Where the question
    wants no reason, also “not-applicable”."""
    discussion: Annotated[dict[str, str | Listed[str] | None], OR_NOTHING] = Field(default_factory=dict)
    """By prompt id: what was said, or a list."""
    asked: Annotated[dict[Id, Fingerprint], OR_NOTHING] = Field(default_factory=dict)
    """By question id: the fingerprint of the question when it was answered. Written by the tool."""


# As it fits a pack.


def fit(pack: Pack, written: SheetFile) -> AnswerSheet:
    """Return the sheet with its answers fitted to the pack; raise `Findings` with all that does not fit.

    An answer whose question has changed since, by its fingerprint, is set aside instead (docs/answers.md).
    """
    findings = wrong_around(pack, written)
    if written.pack != pack.pack:
        raise Findings(findings)
    replies: dict[str, Reply] = {}
    asides: list[SetAside] = []
    for path, question_id, given in _given(pack, written):
        reply, fingerprint = reply_to(given), written.asked.get(question_id, "")
        question = pack.question.get(question_id)
        if question is None and fingerprint:
            asides.append(SetAside(question_id, Aside.RETIRED, reply, fingerprint))
        elif question is None:
            findings.append(_unknown_question(path, question_id, pack, suggest=len(findings) < MANY))
        elif fingerprint not in ("", question.fingerprint) and _worth(fingerprint) != _worth(question.fingerprint):
            asides.append(SetAside(question_id, Aside.CHANGED, reply, fingerprint))
        elif fingerprint and _lacks_reason(question, reply) and not isinstance(given, GivenNotApplicable):
            # The word alone, written when no reason was needed.
            asides.append(SetAside(question_id, Aside.CHANGED, reply, fingerprint))
        else:
            if not _plainly_fits(question, given):
                findings.extend(_misfits(path, question, given, reply))
            replies[question_id] = reply
    if findings:
        raise Findings(findings)
    return AnswerSheet(
        pack=written.pack,
        pack_version=written.pack_version,
        organisation=written.organisation.strip(),
        date=written.date,
        name=written.respondent.name,
        replies={name: replies[name] for name in pack.question if name in replies},
        discussion=_discussed(pack, written),
        targets=dict(written.targets),
        set_aside=tuple(asides),
        asked={name: written.asked.get(name) or pack.question[name].fingerprint for name in replies},
    )


def wrong_around(pack: Pack, written: SheetFile) -> list[Finding]:
    """Return what does not fit the pack besides the answers; nothing else is looked at if it is another pack's."""
    if written.pack != pack.pack:
        return [_other_pack(pack, written)]
    findings = [_nameless()] if written.organisation == NAMELESS else []
    if blank(written.organisation):
        advice = "Write the name of the organisation in letters."
        findings.append(Finding(("organisation",), Code.BAD_VALUE, "this text is empty", advice))
    if written.respondent.role or written.discussion or written.targets:
        findings += [*_role_twice(pack, written), *_strangers(pack, written)]
    return findings


def reply_to(given: Given) -> Reply:
    """Return the reply that these written words stand for."""
    match given:
        case GivenNotApplicable():
            reason = "" if blank(given.not_applicable) else given.not_applicable
            return NotApplicable(reason, given.note, given.evidence)
        case GivenChoice(choice=choice, note=note, evidence=evidence):
            pass
        case choice:
            note = evidence = ""
    if choice in (DONT_KNOW, (DONT_KNOW,)):
        return DontKnow(note, evidence)
    if choice in (NOT_APPLICABLE, (NOT_APPLICABLE,)):
        return NotApplicable("", note, evidence)
    return Chose((choice,) if isinstance(choice, str) else choice, note, evidence)


def reply_that_fits(question: Question, written: object) -> Reply | None:
    """Return the reply that a written answer stands for; None if it is no answer to the question, or a blank."""
    try:
        given = _written().validate_python(written)
    except ValidationError:
        return None
    if given is None:
        return None
    reply = reply_to(given)
    fits = _plainly_fits(question, given) or not any(_misfits((), question, given, reply))
    return reply if fits else None


@cache
def _written() -> TypeAdapter[Given | None]:
    return TypeAdapter(_Written, config=ConfigDict(strict=True))


def _lacks_reason(question: Question, reply: Reply) -> bool:
    return question.wants_reason and isinstance(reply, NotApplicable) and blank(reply.reason)


def _plainly_fits(question: Question, given: Given) -> bool:
    choice = given.choice if isinstance(given, GivenChoice) else given
    return isinstance(choice, str) and choice in question.choice


def _worth(fingerprint: str) -> str:
    return fingerprint.partition("-")[2]


def _given(pack: Pack, written: SheetFile) -> Iterator[tuple[Path, str, Given]]:
    """Yield what was given, the respondent's role as an answer to the question that asks for it; blanks left out."""
    role = pack.that_means("role")
    if written.respondent.role and role is not None and written.answers.get(role.id) is None:
        yield ("respondent", "role"), role.id, written.respondent.role
    for question_id, given in written.answers.items():
        if given is not None:
            yield ("answers", question_id), question_id, given


def _other_pack(pack: Pack, written: SheetFile) -> Finding:
    return Finding(
        ("pack",),
        Code.WRONG_PACK,
        f"this sheet answers the pack “{written.pack[:60]}”, not “{pack.pack}”",
        "Name the folder of its own pack with --pack.",
    )


def _nameless() -> Finding:
    message = "the name of the organisation is not filled in: this is what stood in the blank form"
    return Finding(("organisation",), Code.MISSING, message, "Write its name there, in place of these words.")


def _role_twice(pack: Pack, written: SheetFile) -> Iterator[Finding]:
    question = pack.that_means("role")
    given = written.answers.get(question.id) if question else None
    if question and given is not None and written.respondent.role:
        reply = reply_to(given)
        if not isinstance(reply, Chose) or reply.choices != (written.respondent.role,):
            yield Finding(
                ("respondent", "role"),
                Code.ROLE_TWICE,
                f"the role here is “{written.respondent.role}”, but the answer to “{question.id}” says otherwise",
                "Keep one of the two.",
            )


def _discussed(pack: Pack, written: SheetFile) -> dict[str, tuple[str, ...]]:
    """Return what was talked about, in the order of the pack; what an older pack asked comes last."""
    said = {key: (words,) if isinstance(words, str) else words for key, words in written.discussion.items() if words}
    if not said:
        return said
    return {key: said[key] for key in (*(prompt.id for prompt in pack.prompts if prompt.id in said), *said)}


def _strangers(pack: Pack, written: SheetFile) -> Iterator[Finding]:
    """Find a role, prompts, factors and bands that the pack does not have; another version of it may have had them."""
    if written.respondent.role and pack.that_means("role") is None:
        yield Finding(
            ("respondent", "role"), Code.UNEXPECTED, "the pack does not ask for the role of who answers", "Remove it."
        )
    if written.pack_version in ("", pack.version):
        prompts = [prompt.id for prompt in pack.prompts]
        yield from _unknown_names("discussion", "discussion prompt", written.discussion, prompts)
        yield from _unknown_names("targets", "factor", written.targets, list(pack.factor))
        for number, (factor, band) in enumerate(written.targets.items()):
            if band not in pack.band:
                advice = did_you_mean(band, list(pack.band)) if number < MANY else ""
                message = f"the pack has no band called “{band[:60]}”"
                yield Finding(("targets", factor), Code.UNKNOWN_ID, message, advice or "Take its id from the pack.")


def _unknown_names(part: str, family: str, names: Iterable[str], known: Sequence[str]) -> Iterator[Finding]:
    for number, name in enumerate(names):
        if name not in known:
            message = f"the pack has no {family} called “{name[:60]}”"
            advice = did_you_mean(name, known) if number < MANY else ""
            yield Finding((part, name), Code.UNKNOWN_ID, message, advice or "Remove it.")


def _unknown_question(path: Path, question_id: str, pack: Pack, *, suggest: bool) -> Finding:
    if other := of_another_version(question_id, pack):
        message, more = other
        return Finding(path, Code.UNKNOWN_QUESTION, message, f"Remove the line{more}.")
    hint = did_you_mean(question_id, list(pack.question)) if suggest else ""
    return Finding(
        path,
        Code.UNKNOWN_QUESTION,
        f"the pack has no question “{question_id[:60]}”",
        hint or "Take its id from the pack, or remove the line.",
    )


def of_another_version(question_id: str, pack: Pack) -> tuple[str, str] | None:
    """Return which version asks a question, if this one does not, and what goes on after “Remove the line”."""
    if gone := pack.retirement.get(question_id):
        asked = gone.instead in pack.question
        more = f"“{gone.instead}” is asked in its place" if asked else "or see whether another asks for it now"
        return f"the question “{question_id}” was dropped with version {gone.since}", f"; {more}"
    if coming := pack.arrival.get(question_id):
        return f"the question “{question_id}” is to come with version {coming.from_}", " until then"
    return None


def _misfits(path: Path, question: Question, given: Given, reply: Reply) -> Iterator[Finding]:
    listed = given.choice if isinstance(given, GivenChoice) else given
    if isinstance(given, GivenChoice):
        path = (*path, "choice")
    match reply:
        case NotApplicable() if _lacks_reason(question, reply):
            yield Finding(
                (*path, "not_applicable") if isinstance(given, GivenNotApplicable) else path,
                Code.NO_REASON,
                f"“{question.id}” does not say why it does not apply",
                'Write the reason in words, such as {not_applicable: "we have no contracts"}.',
            )
        case Chose(choices=choices):
            if len(choices) > 1 and not question.several:
                yield _two_values(path, question, choices)
            seen: dict[str, Path] = {}
            for i, choice in enumerate(choices):
                here = path if isinstance(listed, str) else (*path, i)
                yield from _unknown_level(here, question, choice, choices)
                if seen.setdefault(choice, here) != here:
                    yield Finding(here, Code.TWO_VALUES, f"“{choice[:60]}” is named twice", "Name it once.")
            if question.several and len(seen) > 1:
                yield from _not_alone(question, seen)
        case _:
            pass


def _two_values(path: Path, question: Question, choices: tuple[str, ...]) -> Finding:
    return Finding(
        path,
        Code.TWO_VALUES,
        f"“{question.id}” takes one answer, but {len(choices)} are given: {', '.join(choices)[:60]}",
        "Keep the one that fits best.",
    )


def _not_alone(question: Question, given: Mapping[str, Path]) -> Iterator[Finding]:
    for choice, path in given.items():
        if choice in question.choice and question.choice[choice].alone:
            message = f"“{choice}” cannot stand beside other answers"
            yield Finding(path, Code.TWO_VALUES, message, "Keep it alone, or remove it.")


def _unknown_level(path: Path, question: Question, choice: str, choices: Sequence[str]) -> Iterator[Finding]:
    if choice in (DONT_KNOW, NOT_APPLICABLE) and len(choices) > 1:
        yield Finding(path, Code.UNKNOWN_LEVEL, f"“{choice}” cannot stand beside other answers", "Write it alone.")
    elif choice not in question.choice:
        message = f"“{choice[:60]}” is not an answer to “{question.id}”"
        advice = _instead_of(choice, question) if len(choices) < MANY else "Take its id from the pack."
        yield Finding(path, Code.UNKNOWN_LEVEL, message, advice)


def _instead_of(choice: str, question: Question) -> str:
    """Return what to write in place of words that are no choice: several in one text are a list that lacks brackets."""
    parts = re.findall(r"[^\s,;|/\[\]]+", choice.casefold())
    if question.several and len(parts) > 1 and all(part in question.choice for part in parts):
        return f"Write each by itself, in a list: [{', '.join(dict.fromkeys(parts))}]"
    known = list(question.choice)
    others = [DONT_KNOW] if question.wants_reason else [DONT_KNOW, NOT_APPLICABLE]
    return did_you_mean(choice, [*known, *others]) or f"Use one of: {', '.join(known)}."
