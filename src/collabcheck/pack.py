"""The content: trends with their questions, the factors these inform, and the guidance that helps.

A pack is what an author writes. The models here refuse unknown fields and wrong types; what only
several fields together can get wrong is found by `integrity`. After both, nothing re-checks a pack.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from collabcheck.conditions import Condition
from collabcheck.display import Display
from collabcheck.problems import Path
from collabcheck.questions import Choices, Coming, Question, Retired
from collabcheck.written import LANGUAGE_PATTERN, Day, Id, Listed, Model, Text, Version, WebAddress

# Trends.


class Point(Model):
    """A statement with where it comes from."""

    text: Text
    source: Listed[str] = ()


class Related(Model):
    """Another trend, and what ties the two."""

    title: Text
    why: Text
    trend: Id | None = None
    """Its id, if it is in this pack."""
    source: Listed[str] = ()


class Implication(Model):
    """What a trend may mean for an organisation."""

    id: Id
    kind: Literal["opportunity", "risk", "change"]
    text: Text
    source: Listed[str] = ()
    when: Condition
    """When it applies to the organisation that answers."""
    why: Text
    """The reason it applies then, in a sentence."""


class Theme(Model):
    """A statement about moving forward, with the questions under it."""

    id: Id
    title: Text
    statement: Text
    questions: Annotated[Listed[Question], Field(min_length=1)]


class Prompt(Model):
    """A question to talk about. It is not scored."""

    id: Id
    text: Text
    hint: Text
    several: bool = False
    """Whether the answer is a list, such as links."""
    source: Listed[str] = ()


class Trend(Model):
    """Something that changes the world an organisation works in: what it is, what it means, what to ask."""

    id: Id
    title: Text
    based_on: Text
    """Where the trend was first described, and when."""
    summary: Annotated[Listed[Point], Field(min_length=1)]
    related: Listed[Related] = ()
    implications: Listed[Implication] = ()
    themes: Annotated[Listed[Theme], Field(min_length=1)]
    discussion: Listed[Prompt] = ()
    resources: Listed[Id] = ()
    """The guidance to start with."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its questions in the order they are asked."""
        return tuple(question for theme in self.themes for question in theme.questions)


# Scales and guidance.


class Band(Model):
    """A stretch of the scale, from its lower bound up to the next band's (rule 4)."""

    id: Id
    label: Text
    """What it is called for readiness."""
    gain: Text
    """What it is called for opportunity factors, which say how much there is to gain."""
    from_: Annotated[float, Field(alias="from")]
    """Its lower bound, as scores are printed: a score from here up is in it, until the next band begins."""
    meaning: Text
    """What it says about an organisation; printed after the overall result."""

    @cached_property
    def starts(self) -> Fraction:
        """The lower bound from 0 to 100, exactly as written: 12.3 and not the float nearest to it."""
        return Fraction(str(self.from_))


class Area(Model):
    """A group of factors of one kind: a level above them, with a result of its own (rule 6)."""

    id: Id
    title: Text
    meaning: Text
    """What its factors are about together, in one sentence."""
    in_band: dict[Id, Text] = Field(default_factory=dict)
    """What each band says about the organisation, one sentence a band; for all bands or for none."""
    source: Listed[str] = ()


class Factor(Model):
    """Something that makes collaboration safer (risk) or more worth while (opportunity)."""

    id: Id
    kind: Literal["risk", "opportunity"]
    """A risk factor says how ready the organisation is, an opportunity factor how much it could gain."""
    title: Text
    meaning: Text
    """What it is about, in one sentence."""
    area: Id | None = None
    """The area that it belongs to, if the pack has areas."""
    headline: bool = False
    """Whether it is shown first."""
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    """How much it counts in the overall result, and in its area."""
    because: str = ""
    """The reason, where the weight is not 1."""
    in_band: dict[Id, Text]
    """What each band says about the organisation, one sentence a band."""
    source: Listed[str] = ()


class Lean(Model):
    """A factor that a form of collaboration leans on (rule 7)."""

    factor: Id
    weight: Annotated[int, Field(ge=1, le=100)]
    at_least: Id | None = None
    """The band it needs before going ahead, if any."""
    because: Text
    """Why this form leans on it."""


class Positions(Model):
    """What gain and readiness say together, a plain sentence for each of four positions (rule 6)."""

    gain_from: Id
    """The band from which there is enough to gain."""
    ready_from: Id
    """The band from which an organisation is ready."""
    go_ahead: Text
    """Much to gain, and ready."""
    prepare: Text
    """Much to gain, and not ready."""
    no_need: Text
    """Little to gain, though ready."""
    leave_it: Text
    """Little to gain, and not ready."""


class Form(Model):
    """A way of working together."""

    id: Id
    title: Text
    meaning: Text
    leans_on: Annotated[Listed[Lean], Field(min_length=1)]
    """The factors that matter for it."""
    source: Listed[str] = ()


class Resource(Model):
    """A piece of guidance by someone else."""

    id: Id
    title: Text
    publisher: Text
    date: Text
    """As the publisher gives it; “not dated” if it does not."""
    format: Text
    """Such as web page, PDF, report or code."""
    what: Text
    """What it is."""
    useful: Text
    """How useful it is, and for what."""
    factors: Listed[Id] = ()
    """The factors it helps with."""
    nations: Listed[Id] = ()
    """Where it applies; everywhere, if empty."""
    forms: Listed[Id] = ()
    """Forms of collaboration it is for; all of them, if empty."""
    link: WebAddress | None = None
    """The publisher's own page."""
    find: str = ""
    """How to find it; needed where there is no link."""
    checked: Day | Literal["never"] = "never"
    """The day a person last opened the link, or “never”."""
    superseded_by: Listed[Id] = ()
    """Ids of the resources that replace it."""
    source: Listed[str] = ()


class ResourcesFile(Model):
    """The guidance of a pack, in a file of its own."""

    resources: Listed[Resource] = ()


class Explained(Model):
    """A remark of `collabcheck pack check` that the author knows of, and means to leave as it is."""

    remark: Text
    """The word in brackets behind it, such as one-question."""
    about: Listed[Id] = ()
    """Ids of what it is about, such as a question or a factor; all of its kind, if it is left out."""
    because: Text
    """Why it is right as it is."""


class Pack(Model):
    """A set of trends with everything needed to ask, score and advise, in one language."""

    pack: Id
    """The pack's id."""
    version: Version
    """In quotes, such as "2026.1". A new one whenever people's scores could change."""
    language: Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)]
    """The language of the words, such as en-GB."""
    title: Text
    about: Text
    """What it is for; people read it before the first question."""
    measures: Text | None = None
    """What the overall result tells, as the beginning of a sentence, such as “How well your group works together”.
    Without it: how ready the organisation is to work with others."""
    licence: Text
    """The terms on which others may use the words, such as CC BY 4.0."""
    source: Listed[str] = ()
    """Where the questions come from, such as the paper that published them; printed under every report."""
    tested: Text | None = None
    """How far researchers have tested the questions, in a sentence. Without it, reports say that nobody has."""
    minutes: Annotated[int, Field(ge=1, le=600)]
    """How long it takes to answer."""
    bands: Annotated[Listed[Band], Field(min_length=2, max_length=7)]
    """From the lowest to the highest; the first begins where scores do, at 0 if `display` does not say otherwise."""
    display: Display = Display()
    """The range on which scores are printed, if it is not from 0 to 100."""
    factors: Annotated[Listed[Factor], Field(min_length=1)]
    """What the questions inform, in the order of the report."""
    areas: Listed[Area] = ()
    """Groups of factors, each with the mean of its factors as its result."""
    aggregate: Literal["mean-of-factors", "pooled"] = "mean-of-factors"
    """How the overall result is made: the mean of the risk factors, or of all their questions, by weight (rule 6)."""
    positions: Positions | None = None
    """What gain and readiness say together, if the pack has opportunity factors."""
    forms: Listed[Form] = ()
    """Ways of working together, if the pack tells them apart."""
    context: Listed[Question] = ()
    """Questions about the organisation; asked first, not scored unless they inform a factor."""
    trends: Annotated[Listed[Trend], Field(min_length=1)]
    """The trends, with the questions to ask about each."""
    scales: dict[Id, Choices] = Field(default_factory=dict)
    """Choices that several questions offer; a question names the scale in place of its choices."""
    retired: Listed[Retired] = ()
    """Questions that earlier versions asked."""
    coming: Listed[Coming] = ()
    """Questions that later versions will ask."""
    resources: Listed[Resource] = ()
    """The guidance; usually in a file of its own, resources.yaml."""
    explained: Listed[Explained] = ()
    """Remarks of `collabcheck pack check` that are right as they are."""

    @model_validator(mode="after")
    def _place_bands(self) -> "Pack":
        """Work out once where bands start from 0 to 100, if they are written on another range."""
        if not self.display.usual and self.display.width > 0:
            for band in self.bands:
                band.__dict__["starts"] = self.display.score(Fraction(str(band.from_)))
        return self

    def altered(self, **parts: object) -> "Pack":
        """Return a pack with other parts: made anew, as a copy would keep what this one has worked out of the old."""
        return Pack.model_construct(**{name: getattr(self, name) for name in Pack.model_fields} | parts)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order it is asked."""
        return self.context + tuple(question for trend in self.trends for question in trend.questions)

    @cached_property
    def question(self) -> dict[str, Question]:
        """The questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def retirement(self) -> dict[str, Retired]:
        """The questions that are not asked any more, by id."""
        return {question.id: question for question in self.retired}

    @cached_property
    def arrival(self) -> dict[str, Coming]:
        """The questions that are not asked yet, by id."""
        return {question.id: question for question in self.coming}

    @cached_property
    def informing(self) -> dict[str, tuple[tuple[Question, int], ...]]:
        """The questions that inform each factor, by its id, in the order they are asked, each with its weight."""
        links = [(link.factor, question, link.weight) for question in self.questions for link in question.informs]
        return {one.id: tuple((q, weight) for factor, q, weight in links if factor == one.id) for one in self.factors}

    @cached_property
    def chosen_only(self) -> frozenset[str]:
        """The ids of the questions of trends that are asked about only if they are chosen."""
        choice = self.that_means("trend")
        trends = (trend for trend in self.trends if choice and trend.id in choice.choice)
        return frozenset(question.id for trend in trends for question in trend.questions)

    @cached_property
    def factor(self) -> dict[str, Factor]:
        """The factors by id."""
        return {factor.id: factor for factor in self.factors}

    @cached_property
    def members(self) -> dict[str, tuple[Factor, ...]]:
        """The factors of each area, by its id, in pack order."""
        return {area.id: tuple(factor for factor in self.factors if factor.area == area.id) for area in self.areas}

    @cached_property
    def repeated_steps(self) -> frozenset[str]:
        """What is to be done after several questions, as with a scale."""
        each = ({choice.step.do for choice in question.choices if choice.step} for question in self.questions)
        return frozenset(do for do, times in Counter(chain.from_iterable(each)).items() if times > 1)

    @cached_property
    def band(self) -> dict[str, Band]:
        """The bands by id."""
        return {band.id: band for band in self.bands}

    @cached_property
    def form(self) -> dict[str, Form]:
        """The forms of collaboration by id."""
        return {form.id: form for form in self.forms}

    @cached_property
    def trend(self) -> dict[str, Trend]:
        """The trends by id."""
        return {trend.id: trend for trend in self.trends}

    @cached_property
    def resource(self) -> dict[str, Resource]:
        """The guidance by id."""
        return {resource.id: resource for resource in self.resources}

    @cached_property
    def prompts(self) -> tuple[Prompt, ...]:
        """What to talk about after the questions."""
        return tuple(prompt for trend in self.trends for prompt in trend.discussion)

    def that_means(self, meaning: Literal["nation", "form", "role", "trend"]) -> Question | None:
        """Return the question from which the program reads this, if the pack has one."""
        return self._meant.get(meaning)

    @cached_property
    def _meant(self) -> dict[str, Question]:
        return {question.means: question for question in self.questions if question.means}


def placed_questions(pack: Pack) -> Iterator[tuple[Path, Question]]:
    """Yield every question in the order it is asked, with its path in the file."""
    for i, question in enumerate(pack.context):
        yield ("context", i), question
    for t, trend in enumerate(pack.trends):
        for h, theme in enumerate(trend.themes):
            for i, question in enumerate(theme.questions):
                yield ("trends", t, "themes", h, "questions", i), question
