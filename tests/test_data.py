"""The pack that ships: what people would miss if it were not there."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from collabcheck.answers import Chose
from collabcheck.doctor.reading import grade, sentences, worst
from collabcheck.files.packs import load_pack
from collabcheck.interview import route
from collabcheck.pack import Pack
from collabcheck.questions import Choice, Question

SOURCE_PAGE = (
    *("S1", "S2", "S3", "S4", "S5"),
    *("I1", "I2", "I3", "I4", "I5", "I6", "I7"),
    *("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8", "Q9", "Q10", "Q11"),
    *("R1", "R2", "R3"),
    *("C1", "C2", "C3", "C4", "C5"),
)
"""Every point of the trend page that the tool grew out of: summary, implications, questions, resources, comments."""

NATIONS = ("england", "wales", "scotland", "northern-ireland")
HEADLINES = ["size", "expertise", "contract-timing"]
EASIEST_TO_READ = 8
"""The highest reading grade that the questions may have on average."""

WHO_WOULD_KNOW = 10
"""How many people the questions may send one to; the report lists what to find out by these words."""

RUDE = re.compile(r"\b(?:please|sorry|invalid)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(None)


def scored(pack: Pack) -> list[Question]:
    """Return the questions that count towards a factor."""
    return [question for question in pack.questions if question.informs]


def asked_of(pack: Pack, trend: str) -> tuple[Question, ...]:
    """Return what is asked of those who choose a trend and have not answered anything else."""
    return route(pack, {"other-trends": Chose((trend,))})


def levels(pack: Pack) -> Iterator[tuple[Question, Choice]]:
    """Yield every level of every scored question that takes one answer."""
    return ((question, choice) for question in scored(pack) if not question.several for choice in question.choices)


def sources(value: object) -> Iterator[str]:
    """Yield every id in a `source`, at any depth."""
    if isinstance(value, BaseModel):
        yield from getattr(value, "source", ())
        for name in type(value).model_fields:
            yield from sources(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from sources(part)


# The source page.


def test_no_point_of_the_source_page_is_lost(pack: Pack) -> None:
    assert sorted(set(SOURCE_PAGE) - set(sources(pack))) == []


def test_the_page_that_the_trend_comes_from_is_named(pack: Pack) -> None:
    assert all("2011" in trend.based_on for trend in pack.trends)


# Guidance.


def test_there_is_a_shelf_of_guidance_and_not_a_handful(pack: Pack) -> None:
    assert len(pack.resources) >= 30


def test_all_links_are_safe_to_follow(pack: Pack) -> None:
    assert [r.id for r in pack.resources if r.link and not r.link.startswith("https://")] == []


def test_no_link_leads_to_a_copy_on_a_document_sharing_site(pack: Pack) -> None:
    copies = re.compile(r"scribd|docstoc|slideshare|issuu|docz|docslib|docs\.us|studylib|academia\.edu")
    assert [r.id for r in pack.resources if r.link and copies.search(r.link)] == []


def test_every_link_tells_when_it_was_last_opened(pack: Pack) -> None:
    assert [r.id for r in pack.resources if not re.fullmatch(r"never|\d{4}-\d{2}-\d{2}", r.checked)] == []


def test_dated_guidance_leads_to_what_replaces_it(pack: Pack) -> None:
    dated = {resource.id: resource.superseded_by for resource in pack.resources if resource.superseded_by}
    assert {"ncvo-collaborative-working-2007", "ivar-getting-ready-2010", "cabinet-office-consortium"} <= dated.keys()
    assert [old for old, newer in dated.items() if old in newer or not set(newer) <= pack.resource.keys()] == []


def test_what_replaces_dated_guidance_is_not_dated_itself(pack: Pack) -> None:
    newer = {id_ for resource in pack.resources for id_ in resource.superseded_by}
    assert sorted(id_ for id_ in newer if pack.resource[id_].superseded_by) == []


@pytest.mark.parametrize("nation", NATIONS)
def test_each_nation_has_guidance_on_every_factor(pack: Pack, nation: str) -> None:
    here = [r for r in pack.resources if (not r.nations or nation in r.nations) and not r.superseded_by]
    assert [factor.id for factor in pack.factors if not any(factor.id in resource.factors for resource in here)] == []


@pytest.mark.parametrize("nation", NATIONS)
def test_each_nation_has_guidance_on_every_factor_whatever_people_have_in_mind(pack: Pack, nation: str) -> None:
    leaning = {
        f.id: {form.id for form in pack.forms if f.id in {lean.factor for lean in form.leans_on}} for f in pack.factors
    }
    here = [r for r in pack.resources if (not r.nations or nation in r.nations) and not r.superseded_by]
    forms = {name: [set(r.forms) for r in here if name in r.factors] for name in leaning}
    general = {name for name, found in forms.items() if set() in found}
    by_form = {name for name, found in forms.items() if leaning[name] and leaning[name] <= set().union(*found)}
    assert sorted(leaning.keys() - general - by_form) == []


def test_people_can_say_that_they_work_in_any_nation(pack: Pack) -> None:
    where = pack.that_means("nation")
    assert where is not None
    assert set(NATIONS) <= where.choice.keys()
    assert {nation for resource in pack.resources for nation in resource.nations} <= where.choice.keys()


# Factors.


def test_size_expertise_and_contract_timing_come_first(pack: Pack) -> None:
    assert [factor.id for factor in pack.factors if factor.headline] == HEADLINES
    assert [factor.id for factor in pack.factors[: len(HEADLINES)]] == HEADLINES


def test_no_factor_rests_on_one_or_two_answers(pack: Pack) -> None:
    informs = Counter(informs.factor for question in scored(pack) for informs in question.informs)
    assert {factor.id: informs[factor.id] for factor in pack.factors if informs[factor.id] < 3} == {}


def test_every_factor_is_assessed_for_everybody(pack: Pack) -> None:
    always = [question for question in scored(pack) if question.when is None]
    informs = Counter(informs.factor for question in always for informs in question.informs)
    assert {factor.id: informs[factor.id] for factor in pack.factors if informs[factor.id] < 2} == {}


# Questions.


def test_the_questions_are_enough_to_be_fair_and_few_enough_for_one_sitting(pack: Pack) -> None:
    everybody = asked_of(pack, "none-of-these")
    assert 26 <= len([question for question in everybody if question.informs]) <= 34


@pytest.mark.parametrize("trend", ["blurring-boundaries", "number-of-charities"])
def test_another_trend_brings_a_few_questions_more(pack: Pack, trend: str) -> None:
    more = set(map(id, asked_of(pack, trend))) - set(map(id, asked_of(pack, "none-of-these")))
    assert more == set(map(id, pack.trend[trend].questions))
    assert 4 <= len(more) <= 6


def test_whoever_chooses_no_trend_is_asked_about_all_and_told_so(pack: Pack) -> None:
    assert {id(q) for trend in pack.trends for q in trend.questions if q.when is None} <= set(map(id, route(pack, {})))
    assert "if you choose nothing here, you are asked about both" in pack.question["other-trends"].hint


def test_every_trend_says_how_it_is_tied_to_the_others(pack: Pack) -> None:
    ties = {trend.id: {related.trend for related in trend.related} for trend in pack.trends}
    assert ties == {name: set(pack.trend) - {name} for name in pack.trend}


def test_every_scored_question_has_four_levels_and_so_no_middle_to_hide_in(pack: Pack) -> None:
    assert {q.id: len(q.choices) for q in scored(pack) if not q.several and len(q.choices) != 4} == {}


def test_levels_go_from_the_lowest_to_the_highest(pack: Pack) -> None:
    points = {question.id: [choice.points for choice in question.choices] for question, _ in levels(pack)}
    assert {id_: found for id_, found in points.items() if found != sorted(set(found))} == {}


def test_every_level_below_the_top_says_what_to_do_and_where_to_read_on(pack: Pack) -> None:
    below = [(question, choice) for question, choice in levels(pack) if choice.points < question.most]
    assert [f"{q.id}/{choice.id}" for q, choice in below if not (choice.step and choice.step.resources)] == []


def test_no_step_sends_people_to_guidance_that_has_been_replaced(pack: Pack) -> None:
    steps = [(f"{q.id}/{choice.id}", choice.step) for q in pack.questions for choice in q.choices if choice.step]
    assert [name for name, step in steps if any(pack.resource[id_].superseded_by for id_ in step.resources)] == []


@pytest.mark.parametrize("nation", NATIONS)
def test_every_step_has_guidance_that_holds_in_each_nation(pack: Pack, nation: str) -> None:
    here = {r.id for r in pack.resources if not r.nations or nation in r.nations}
    steps = [(f"{q.id}/{choice.id}", choice.step) for q in pack.questions for choice in q.choices if choice.step]
    assert [name for name, step in steps if here.isdisjoint(step.resources)] == []


def test_every_question_has_a_hint_of_one_sentence(pack: Pack) -> None:
    assert {q.id: q.hint for q in pack.questions if sentences(q.hint) != 1 or q.hint[-1] not in ".?!"} == {}


def test_every_question_says_why_it_is_asked_and_who_would_know(pack: Pack) -> None:
    assert [question.id for question in pack.questions if not (question.why.strip() and question.ask.strip())] == []


def test_who_would_know_is_always_called_the_same(pack: Pack) -> None:
    asked = {question.ask for question in pack.questions}
    assert len(asked) <= WHO_WOULD_KNOW, sorted(asked)
    assert [who for who in sorted(asked) if re.search(r",|\band\b", who)] == []


def test_every_question_says_where_it_comes_from(pack: Pack) -> None:
    assert [question.id for question in pack.questions if not question.source] == []


def test_no_question_is_asked_twice(pack: Pack) -> None:
    asked = Counter(question.text.casefold() for question in pack.questions)
    assert [text for text, times in asked.items() if times > 1] == []


def test_no_level_says_the_same_as_another_question_s_level(pack: Pack) -> None:
    said = Counter(choice.text.casefold() for _, choice in levels(pack))
    assert [text for text, times in said.items() if times > 1] == []


def test_the_questions_neither_plead_nor_scold(pack: Pack) -> None:
    said = {q.id: " ".join((q.text, q.hint, q.why, *(c.text for c in q.choices))) for q in pack.questions}
    assert {id_: RUDE.findall(text) for id_, text in said.items() if RUDE.search(text)} == {}


def test_dangers_that_a_good_average_would_hide_are_flagged(pack: Pack) -> None:
    flags = [f"{q.id}/{choice.id}" for q in pack.questions for choice in q.choices if choice.flag]
    assert len(flags) >= 8, flags


def test_whoever_is_in_no_danger_can_say_so_without_being_at_the_top(pack: Pack) -> None:
    flagged = [question for question in pack.questions if any(choice.flag for choice in question.choices)]
    assert [q.id for q in flagged if sum(choice.flag is None for choice in q.choices) < 2] == []


@pytest.mark.parametrize("part", ["text", "hint", "levels"])
def test_the_questions_can_be_read_by_everybody(pack: Pack, part: str) -> None:
    texts = {"text": {q.id: q.text for q in pack.questions}, "hint": {q.id: q.hint for q in pack.questions}}
    texts["levels"] = {f"{question.id}/{choice.id}": choice.text for question, choice in levels(pack)}
    mean = sum(map(grade, texts[part].values())) / len(texts[part])
    hardest = "\n".join(f"{found:5.1f}  {name}: {texts[part][name]}" for found, name in worst(texts[part]))
    assert mean <= EASIEST_TO_READ, f"reading grade {mean:.1f}; the hardest are\n{hardest}"


def test_a_level_says_one_thing(pack: Pack) -> None:
    two = re.compile(r"[;,] or\b")
    assert [f"{q.id}/{choice.id}: {choice.text}" for q, choice in levels(pack) if two.search(choice.text)] == []


def test_nobody_is_sent_to_an_adviser_without_a_name(pack: Pack) -> None:
    steps = [(f"{q.id}/{choice.id}", choice.step.do) for q in pack.questions for choice in q.choices if choice.step]
    assert [name for name, do in steps if re.search(r"\b[Aa]sk an adviser\b", do)] == []


def test_nothing_in_mind_is_chosen_alone(pack: Pack) -> None:
    forms = pack.that_means("form")
    assert forms is not None
    assert [choice.id for choice in forms.choices if choice.alone] == ["none-yet"]


def test_what_people_can_have_in_mind_is_a_form_or_nothing(pack: Pack) -> None:
    forms = pack.that_means("form")
    assert forms is not None
    assert [choice.id for choice in forms.choices if not choice.alone] == list(pack.form)


def test_what_there_is_to_gain_is_said_as_what_the_answers_add_up_to(pack: Pack) -> None:
    said = [text for factor in pack.factors if factor.kind == "opportunity" for text in factor.in_band.values()]
    assert [text for text in said if not text.startswith("Taken together, your answers")] == []


# What the documents promise.


def test_there_are_three_things_to_talk_about_afterwards(pack: Pack) -> None:
    assert [prompt.id for prompt in pack.prompts] == ["effect", "in_our_strategy", "links"]
    assert [prompt.several for prompt in pack.prompts] == [False, False, True]


@pytest.mark.parametrize(
    ("question", "choice"),
    [("strategic-position", "discussed-once"), ("commissioner-contact", "named-person"), ("income", "small")],
)
def test_the_answer_sheet_in_the_documents_can_be_used(pack: Pack, question: str, choice: str) -> None:
    assert choice in pack.question[question].choice


@pytest.mark.parametrize("question", ["local-contracts", "merger-culture"])
def test_the_questions_in_the_documents_exist(pack: Pack, question: str) -> None:
    assert question in pack.question
