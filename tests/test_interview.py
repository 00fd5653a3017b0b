"""The right questions are asked, in the right order, and nothing is lost on the way back."""

import pytest
from builders import a_pack, a_question, a_reply
from hypothesis import given
from hypothesis import strategies as st

from collabcheck.answers import Reply
from collabcheck.conditions import AllOf, Answered, AnyOf, Condition, FactorBelow, Not, Truth, holds
from collabcheck.interview import Interview, route

PACK = a_pack(
    a_question("q1", "size"),
    a_question("q2", "size", when={"question": "q1", "is": ["most", "all"]}),
    a_question("q3", "size", when={"not": {"question": "q2", "is": ["all"]}}),
    a_question("q4", "size"),
)


def asked(**words: str) -> list[str]:
    return [question.id for question in route(PACK, replies(**words))]


def replies(**words: str) -> dict[str, Reply]:
    return {name: a_reply(word) for name, word in words.items()}


def test_a_question_is_asked_when_its_condition_holds_and_left_out_when_it_does_not() -> None:
    assert asked(q1="all") == ["q1", "q2", "q3", "q4"]
    assert asked(q1="none") == ["q1", "q3", "q4"]


@pytest.mark.parametrize("word", ["?", "-"])
def test_a_condition_on_a_reply_that_is_no_choice_is_unknown_and_the_question_is_asked(word: str) -> None:
    assert "q2" in asked(q1=word)


def test_a_question_that_is_not_asked_has_no_choice_even_if_a_file_gives_one() -> None:
    assert asked(q1="none", q2="all") == ["q1", "q3", "q4"]


def truth_of(condition: Condition, known: dict[str, Truth]) -> Truth:
    def leaf(part: Answered | FactorBelow) -> Truth:
        assert isinstance(part, Answered)
        return known[part.question]

    return holds(condition, leaf)


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        ("yes", "yes", "yes", "yes"),
        ("yes", "no", "no", "yes"),
        ("yes", "unknown", "unknown", "yes"),
        ("no", "no", "no", "no"),
        ("no", "unknown", "no", "unknown"),
        ("unknown", "unknown", "unknown", "unknown"),
    ],
)
def test_conditions_know_three_values(a: str, b: str, both: str, either: str) -> None:
    known = {"a": Truth(a), "b": Truth(b)}
    parts = [{"question": name, "is": ["all"]} for name in known]
    assert truth_of(AllOf.model_validate({"all": parts}), known) is Truth(both)
    assert truth_of(AnyOf.model_validate({"any": parts}), known) is Truth(either)
    opposite = {"yes": "no", "no": "yes", "unknown": "unknown"}[a]
    assert truth_of(Not.model_validate({"not": parts[0]}), known) is Truth(opposite)


def walk(interview: Interview, words: list[str]) -> Interview:
    for word in words:
        interview = interview.reply(a_reply(word))
    return interview


def test_the_questions_come_in_order_and_then_it_is_done() -> None:
    interview = Interview.begin(PACK, {})
    seen = []
    for word in ("all", "none", "some", "most"):
        seen.append((interview.here, interview.position))
        interview = interview.reply(a_reply(word))
    assert seen == [("q1", (1, 4)), ("q2", (2, 4)), ("q3", (3, 4)), ("q4", (4, 4))]
    assert interview.here == ""
    assert interview.done


def test_going_back_keeps_what_was_answered() -> None:
    interview = walk(Interview.begin(PACK, {}), ["none", "some"]).back()
    assert interview.here == "q3"
    assert interview.replies == replies(q1="none", q3="some")
    assert interview.keep().here == "q4"


def test_going_back_from_the_first_question_stays_there() -> None:
    assert Interview.begin(PACK, {}).back().here == "q1"


def test_going_back_from_the_end_leads_to_the_last_question() -> None:
    assert walk(Interview.begin(PACK, {}), ["none", "some", "all"]).back().here == "q4"


def test_coming_back_another_day_goes_on_at_the_first_question_without_an_answer() -> None:
    assert Interview.begin(PACK, replies(q1="none", q4="all")).here == "q3"


def test_a_changed_answer_that_opens_a_question_leads_to_it() -> None:
    interview = walk(Interview.begin(PACK, {}), ["none", "some", "all"])
    assert interview.go_to("q1").reply(a_reply("all")).here == "q2"


@given(st.lists(st.sampled_from(("none", "some", "most", "all", "?", "-")), min_size=4, max_size=4))
def test_every_interview_ends_after_as_many_replies_as_there_are_questions(words: list[str]) -> None:
    interview = Interview.begin(PACK, {})
    count = 0
    while interview.here:
        interview = interview.reply(a_reply(words[count]))
        count += 1
    assert interview.done
    assert count == len(interview.route)
