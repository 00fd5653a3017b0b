"""What a pack asks: questions, the answers they offer, and what each answer is worth, raises or leads to."""

from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from collabcheck.conditions import Condition
from collabcheck.written import Id, Listed, Model, Text, Version

DONT_KNOW = "dont-know"
"""What a sheet says in place of a choice; so no choice may have this id."""

NOT_APPLICABLE = "not-applicable"
"""What a sheet says of a question that does not apply, where no reason is needed."""

RESERVED = {
    DONT_KNOW: "what a sheet says when nobody knows",
    **dict.fromkeys((NOT_APPLICABLE, "does-not-apply"), "what a table says when a question does not apply"),
    **dict.fromkeys(("note", "notes", "comment", "comments"), "what a table calls the note on an answer"),
    **dict.fromkeys(("reason", "reasons"), "what a table calls the reason why a question does not apply"),
    "evidence": "what a table calls the place where an answer can be seen",
}
"""What no choice may be called, with what it stands for; `_` is no other sign than `-` there."""

BESIDE = ("note", "reason", "evidence")
"""What stands beside an answer, as tables call it after the id of the question."""

LACKED = {"note": "a note", "evidence": "evidence"}
"""What an answer can lack that it requires, in words."""


class Flag(Model):
    """A danger sign that a good average must not hide (rule 5)."""

    reason: Text
    """What is wrong, in a sentence that can follow “capped because”."""
    caps_at: Id
    """The best band that the factors of this question, their areas and the overall result can have while it stands."""


class Step(Model):
    """The way from this level to the next one (rule 9)."""

    do: Text
    """An action that someone can start on Monday."""
    effort: Annotated[int, Field(ge=1, le=3)]
    """1: an hour or two. 2: a few days. 3: a project of weeks."""
    resources: Listed[Id] = ()
    """Ids of the guidance that helps with it."""


class Choice(Model):
    """One answer that a question offers; for a scored question, a level that says what one would see."""

    id: Id
    text: Text
    points: Annotated[int, Field(ge=0, le=1000)] = 0
    """What the level is worth. The best level of a question need not be worth the same as another's."""
    step: Step | None = None
    """Every level below the top has one."""
    flag: Flag | None = None
    requires: Literal["evidence", "note"] | None = None
    """What has to stand beside the level so that it counts: where it can be seen, or a note. Without it the answer is
    kept and does not count: it is not known."""
    alone: bool = False
    """Whether it cannot stand beside other answers, such as “none of these”."""


Choices = Annotated[Listed[Choice], Field(min_length=2, max_length=30)]
"""What people can choose from."""


class Informs(Model):
    """A factor that a question says something about."""

    factor: Id
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    """How much, against the factor's other questions. Equal (1) unless there is a reason."""
    because: str = ""
    """The reason in words; needed where the weight is not 1 (rule 12)."""


class CountsAs(Model):
    """What a question counts as where it does not apply."""

    counts_as: Id
    """The level that it is scored as; no reason is needed then."""


def _factor_alone(value: object) -> object:
    return {"factor": value} if isinstance(value, str) else value


class Question(Model):
    """One thing to ask. Scored when it informs a factor, otherwise context."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["choices"]}, {"required": ["scale"]}]})

    id: Id
    text: Text
    hint: Text
    """One sentence that helps to answer."""
    why: Text
    """Why we ask."""
    ask: Text
    """Who would know the answer."""
    source: Listed[str] = ()
    """Where the question comes from."""
    jargon: dict[str, Text] = {}
    """Words in the question that not everyone knows, each explained."""
    informs: Listed[Annotated[Informs, BeforeValidator(_factor_alone, json_schema_input_type=Id | Informs)]] = ()
    """Factor ids; or, for a weight other than 1, {factor, weight, because}."""
    several: bool = False
    """Whether more than one choice may be given."""
    full_at: Annotated[int, Field(ge=0)] = 0
    """For a scored question with several choices: the points that count as full marks."""
    thresholds: Annotated[Listed[Annotated[int, Field(ge=1)]], Field(max_length=30)] = ()
    """In place of `full_at`: sums of points, each of which is one level up when it is reached."""
    when: Condition | None = None
    """Ask only when this holds; always, if it is left out."""
    fit: bool = False
    """Whether a difference between two partners matters in both directions (rule 11)."""
    not_applicable: Literal["with-reason", "allowed"] | CountsAs = "with-reason"
    """What people have to say who answer that it does not apply: a reason, or nothing. Or the level that this counts
    as, instead of being left out; then too they need not say why."""
    means: Literal["", "nation", "form", "role", "trend"] = ""
    """What the program reads from the answer: where the organisation works, the forms of collaboration it considers
    (a choice with the id of a form counts as that form), who answers, or which trends to ask about (a trend whose id is
    a choice is asked about only if it is chosen). One question for each, at most."""
    choices: Choices = ()
    """From the lowest level to the highest; or, in their place, a scale."""
    scale: Id | None = None
    """The scale whose choices it offers, where several questions offer the same."""
    steps_: Annotated[dict[Id, Step], Field(alias="steps")] = {}
    """With a scale: the steps that are this question's own, by the choice from which they lead."""
    flags_: Annotated[dict[Id, Flag], Field(alias="flags")] = {}
    """With a scale: the flags that are this question's own, by the choice that raises them."""

    @cached_property
    def most(self) -> int:
        """The points that count as full marks (rule 2)."""
        if self.several:
            return len(self.thresholds) or self.full_at
        return max(choice.points for choice in self.choices)

    @cached_property
    def enough(self) -> int:
        """The sum of points from which on more makes no difference."""
        return max(self.thresholds, default=self.most)

    def worth(self, total: int) -> int:
        """Return what a sum of points is worth: itself up to full marks, or how many thresholds it reaches (rule 2)."""
        if self.thresholds:
            return sum(total >= threshold for threshold in self.thresholds)
        return min(total, self.most)

    @cached_property
    def least(self) -> int:
        """The points of the lowest answer, full marks at most."""
        return min(self.worth(choice.points) for choice in self.choices)

    @cached_property
    def counts_as(self) -> str | None:
        """The level that “does not apply” counts as; None if it is left out of scores."""
        return self.not_applicable.counts_as if isinstance(self.not_applicable, CountsAs) else None

    @property
    def most_together(self) -> int:
        """The most that answers are worth that can stand together."""
        beside = sum(choice.points for choice in self.choices if not choice.alone)
        return max(beside, *(choice.points for choice in self.choices))

    @cached_property
    def plain(self) -> bool:
        """Whether every reply counts as what it says."""
        return self.counts_as is None and not self.required

    @cached_property
    def required(self) -> dict[str, str]:
        """What has to stand beside a choice so that it counts, by its id, where anything has to."""
        return {choice.id: choice.requires for choice in self.choices if choice.requires}

    @property
    def wants_reason(self) -> bool:
        """Whether people have to say why it does not apply."""
        return self.not_applicable == "with-reason"

    @cached_property
    def flags(self) -> tuple[tuple[Choice, Flag], ...]:
        """The choices that raise a flag, each with it."""
        return tuple((choice, choice.flag) for choice in self.choices if choice.flag is not None)

    @cached_property
    def choice(self) -> dict[str, Choice]:
        """The choices by id."""
        return {choice.id: choice for choice in self.choices}

    @cached_property
    def fingerprint(self) -> str:
        """Eight hex digits of the wording, a hyphen, eight of what the answers are worth.

        A sheet keeps it with each answer, so that a changed question is noticed later.
        """
        wording = [self.text, *(choice.text for choice in self.choices)]
        worth = [str((self.several, self.full_at)), *(f"{choice.id} {choice.points}" for choice in self.choices)]
        worth += [f"thresholds {self.thresholds}"] if self.thresholds else []
        worth += [f"{name} requires {part}" for name, part in self.required.items()]
        worth += [f"{NOT_APPLICABLE} {self.counts_as}"] if self.counts_as else []
        return "-".join(sha256("\n".join(part).encode()).hexdigest()[:8] for part in (wording, worth))


class Retired(Model):
    """A question that is not asked any more. Its id is never used for another."""

    id: Id
    text: Text
    """What was asked."""
    since: Version
    """The first version without it."""
    because: Text
    """Why it is not asked any more."""
    instead: Id | None = None
    """The question that is asked in its place, if any is."""


class Coming(Model):
    """A question that a later version will ask. Nobody is asked it yet."""

    id: Id
    text: Text
    from_: Annotated[Version, Field(alias="from")]
    """The version from which it is to be asked."""
    because: Text
    """Why it will be asked."""
