"""A cohort in words and numbers: in every format the same, and in none a number of a few."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from builders import LEVELS, a_choice, a_factor, a_pack, a_question, a_sheet, packs, sheets_of
from hypothesis import given, settings
from hypothesis import strategies as st

from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.cohort.reliability import FEWEST_COMPLETE
from collabcheck.cohort.repeats import NO_REPEATS, Repeats
from collabcheck.cohort.summary import Cohort, summarise
from collabcheck.pack import Pack
from collabcheck.report.cohort_data import cohort_data
from collabcheck.report.formats import FORMATS, Look
from collabcheck.report.outline.cohort import MOST, cohort_report

FLAG = {"reason": "it burns", "caps_at": "at-risk"}
STEPS = [a_choice(name, i, step={"do": f"Leave {name}.", "effort": 1}) for i, name in enumerate(LEVELS[:3])]
RICH = ("little", "enough", "plenty")
INCOME = a_question("income", text="What comes in?", choices=[a_choice(name) for name in RICH])
PACK = a_pack(
    a_question("trust", "size", choices=[*STEPS, a_choice("all", 3)]),
    a_question("debts", "size", "prize", choices=[a_choice("bad", flag=FLAG), a_choice("good", 1)]),
    a_question("plans", "size", when={"question": "trust", "is": ["all"]}),
    factors=[a_factor("size"), a_factor("prize", kind="opportunity")],
    context=[INCOME],
)


def cohort(pack: Pack, *sheets: tuple[int, dict[str, Any]], by: str = "", smallest_group: int = 5) -> Cohort:
    codes = [codes_of(pack, a_sheet(**words).replies) for times, words in sheets for _ in range(times)]
    count = Counting(pack, by).count(codes)
    return summarise(pack, count, pack.question[by] if by else None, smallest_group=smallest_group)


def written(made: Cohort, form: str, *, left_out: int = 0, aside: int = 0) -> str:
    page = cohort_report(made, left_out=left_out, aside=aside)
    data = cohort_data(made, left_out=left_out, aside=aside)
    told = FORMATS[form].write(page, data, Look(width=120, plain=form == "terminal"))
    return told if isinstance(told, str) else told.decode()


def words(made: Cohort, **more: int) -> str:
    """Return the report as plain text on one line."""
    return " ".join(written(made, "terminal", **more).split())


MIXED = cohort(
    PACK,
    (20, {"income": "little", "trust": "none", "debts": "good"}),
    (12, {"income": "enough", "trust": "all", "debts": "bad", "plans": "some"}),
    (9, {"income": "enough", "trust": "all", "debts": "?", "plans": "all"}),
    (4, {"income": "plenty", "trust": "most", "debts": "good"}),
    (2, {"trust": "-", "debts": "-"}),
    by="income",
)


# In words.


def test_it_opens_with_how_they_score_and_what_would_help_most() -> None:
    told = words(MIXED)
    assert "47 organisations. Their own answers, which nobody has checked." in told
    assert "On average they score" in told
    assert "The red flag raised most often, by 12 of 47: “It burns.”" in told
    often = "The step that is next for the largest number, of those that can be shown, 20 of 47: “Leave none.”"
    assert often in told
    assert "2 organisations have answered too little for an overall result." in told


def test_it_says_what_could_not_be_read_or_used() -> None:
    told = words(MIXED, left_out=1, aside=2)
    assert "1 more could not be read, and is left out." in told
    assert "2 sheets have answers to questions that have changed since." in told
    assert "could not be read" not in words(MIXED)


def test_groups_that_are_too_small_are_counted_and_not_named() -> None:
    told = words(MIXED)
    groups = told[told.index("By answer: ") : told.index("Red flags")]
    assert "26 organisations are in groups that are not shown: groups of fewer than 5" in groups
    assert "Plenty of it." not in groups
    assert "Enough of it. (21)" in groups


def test_where_no_group_is_large_enough_that_is_said() -> None:
    few = [(2, {"income": name, "trust": "all"}) for name in ("little", "enough", "plenty")]
    assert "No group is large enough to be shown." in words(cohort(PACK, *few, by="income"))


def test_all_answers_are_there_with_those_that_few_gave_named_together() -> None:
    told = words(MIXED)
    answers = told[told.index("All answers") :]
    assert "“All of it” 21" in answers
    assert re.search("Not shown, so that nobody can be found: [^.]*“Most of it”", answers)
    assert "24 were not asked" in answers


def test_no_more_steps_are_named_than_anybody_can_choose_from() -> None:
    names = [f"q{i}" for i in range(MOST + 3)]
    pack = a_pack(*(a_question(name, "size", choices=[*STEPS, a_choice("all", 3)]) for name in names))
    told = words(cohort(pack, (9, dict.fromkeys(names, "none"))))
    assert told.count("Next for 9 of 9.") == MOST


def test_where_nothing_can_be_said_nothing_is() -> None:
    told = words(cohort(PACK, (6, {})))
    assert "Too few have answered enough for an overall result." in told
    assert "How many raise red flags is not shown" in told
    assert "Alpha is not computed: it takes 30 sheets that answer all its questions" in told


def test_factors_for_which_the_same_is_said_of_alpha_are_named_together() -> None:
    pack = a_pack(*(a_question(f"{name}-{i}", name) for name in ("size", "trust") for i in range(2)))
    told = words(cohort(pack, (6, {"size-0": "most", "size-1": "some", "trust-0": "none", "trust-1": "all"})))
    assert told.count("Alpha is not computed") == 1
    assert "Size; Trust" in told


def test_of_how_many_each_answer_is_said_and_where_several_could_be_given() -> None:
    ways = a_question("ways", choices=[a_choice("bid"), a_choice("merger")], several=True)
    pack = a_pack(a_question("trust", "size"), context=[ways])
    told = words(cohort(pack, (7, {"ways": ("bid", "merger")}), (6, {"ways": ("bid",)}), (2, {})))
    assert "Of 13 who answered, who could give several answers: “Bid of it” 13; “Merger of it” 7." in told
    assert "2 left it out." in told
    assert "Of 47 who answered: " in words(MIXED)


def test_what_is_drawn_is_no_closer_than_what_is_said() -> None:
    page = written(cohort(PACK, *((1 + i, {"trust": name, "debts": "good"}) for i, name in enumerate(LEVELS))), "html")
    assert set(re.findall(r'x[12]="(\d+)(?:\.\d+)?%"', page)) > {"0"}
    assert not re.search(r'x[12]="\d+\.\d', page)


def test_a_mean_that_would_round_into_a_better_band_says_so() -> None:
    pack = a_pack(a_question("q1", "size", choices=[a_choice(f"p{i}", i) for i in (0, 39, 40, 100)]), context=[INCOME])
    just = [(2, {"q1": "p39", "income": "little"}), (5, {"q1": "p40", "income": "little"})]
    told = words(cohort(pack, *just, (5, {"q1": "p40", "income": "enough"}), by="income"))
    assert "Little of it. (7): <40, At risk; Enough of it. (5): 40, " in told
    assert "A figure with < or > is rounded over the edge of a band" in told
    assert "rounded over the edge" not in words(MIXED)


@pytest.mark.parametrize(
    ("words_of", "label"),
    [
        ({"trust": "all"}, "Left it out (6)"),
        ({"trust": "all", "income": "?"}, "Do not know (6)"),
    ],
)
def test_those_who_named_no_group_are_called_what_they_are(words_of: dict[str, Any], label: str) -> None:
    assert label in words(cohort(PACK, (6, words_of), (6, {"income": "little", "trust": "all"}), by="income"))


def test_where_no_step_can_be_shown_that_is_said() -> None:
    few = [(1 + i, {"trust": name, "debts": "good"}) for i, name in enumerate(LEVELS)]
    told = words(cohort(PACK, *few, smallest_group=5))
    assert "For no step can it be shown how many have it next" in told


def test_the_author_sees_every_correlation_and_why_there_is_none() -> None:
    pack = a_pack(a_question("trust", "size"), a_question("plans", "size"), factors=[a_factor("size")])
    half = [(20, {"trust": "none", "plans": "none"}), (20, {"trust": "all", "plans": "all"})]
    told = words(cohort(pack, *half))
    assert "Alpha 1.00, from 40 sheets that answer all its questions." in told
    assert told.count("(trust): 1.00") == told.count("(plans): 1.00") == 1
    alike = words(cohort(pack, (40, {"trust": "all", "plans": "all"})))
    assert "not computed: on all 40 sheets that answer its questions, the answers come to the same." in alike


# In numbers.


def test_the_numbers_are_whole_and_complete() -> None:
    data = cohort_data(MIXED, left_out=3, aside=1)
    assert json.loads(written(MIXED, "json", left_out=3, aside=1)) == data
    assert (data["sheets"], data["left_out"], data["with_answers_set_aside"]) == (47, 3, 1)
    assert [one["id"] for one in data["questions"]] == ["income", "trust", "debts", "plans"]
    assert data["questions"][0]["choices"] == {"little": None, "enough": 21, "plenty": None}
    assert data["by"] == "income"
    assert [group["answer"] for group in data["groups"]] == ["enough"]
    assert isinstance(data["overall"]["mean"], int)


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_every_format_says_the_same_mean_and_groups(form: str) -> None:
    data, told = cohort_data(MIXED, left_out=0, aside=0), written(MIXED, form)
    assert f"they score {data['overall']['mean']} of 100" in re.sub(r"\s+", " ", told)
    assert all(f"({group['sheets']})" in told for group in data["groups"])


# What is too few.


@st.composite
def cohorts(draw: st.DrawFn) -> Cohort:
    pack, smallest = draw(packs()), draw(st.integers(3, 7))
    drawn = draw(st.lists(st.tuples(sheets_of(pack), st.integers(1, 8)), min_size=2, max_size=6))
    codes = [codes_of(pack, sheet.replies) for sheet, times in drawn for _ in range(times)]
    codes += codes[:1] * (smallest - len(codes))
    by = draw(st.sampled_from(pack.context))
    return summarise(pack, Counting(pack, by.id).count(codes), by, smallest_group=smallest)


ALWAYS = {"scored", "range_only", "not_assessed", "unanswered", "not_asked", "answered", "complete"}
"""How many answered, or have a score, is always said."""
NO_COUNT = {"mean", "quartiles", "alpha", "item_rest"}
PARTS = ("overall", "factors", "flags", "steps", "questions", "groups")


def leaves(data: object, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    match data:
        case dict():
            for key, part in data.items():
                yield from leaves(part, (*way, str(key)))
        case list():
            for part in data:
                yield from leaves(part, way)
        case _:
            yield way, data


@settings(max_examples=60, deadline=None)
@given(cohorts())
def test_in_json_no_number_counts_a_few(made: Cohort) -> None:
    data = cohort_data(made, left_out=0, aside=0)
    for way, value in leaves({key: data[key] for key in PARTS}):
        kept = way[-1] in ALWAYS and way[0] != "groups"
        if isinstance(value, int) and way[-1] not in NO_COUNT and not kept:
            assert value == 0 or value >= made.smallest_group, way
    for one in (data["overall"], *data["factors"]):
        assert one["scored"] >= made.smallest_group or (one["mean"], one["quartiles"]) == (None, None)
        assert one["scored"] >= made.smallest_group or set(one["bands"] + one["tens"]) == {None}


@settings(max_examples=25, deadline=None)
@given(cohorts(), st.sampled_from(["terminal", "markdown"]))
def test_in_words_no_number_is_said_that_the_numbers_keep_back(made: Cohort, form: str) -> None:
    data = cohort_data(made, left_out=0, aside=0)
    known = {str(value) for _, value in leaves(data) if isinstance(value, int)}
    known |= {str(data["overall"]["range_only"] + data["overall"]["not_assessed"])}
    known |= {str(number) for number in (*range(0, 101, 10), FEWEST_COMPLETE)}
    known |= {str(round(band.from_)) for band in made.pack.bands} | {f"{band.from_:g}" for band in made.pack.bands}
    text = re.sub(
        r"\b(about|q|f|F)\d|\b0\.\d+|-?\d\\?\.\d\d|from 0 to 1;|raise \d+ others|^\d+ more steps?|^ *\d+\.",
        "",
        written(made, form),
        flags=re.MULTILINE,
    )
    told = set(re.findall(r"\d+(?:\.\d+)?", text))
    assert told <= known, told - known


@settings(max_examples=30, deadline=None)
@given(cohorts())
def test_in_words_no_group_is_named_that_the_numbers_leave_out(made: Cohort) -> None:
    told = words(made)
    assert made.by is not None
    groups = told[told.index("By answer: ") :]
    for heading in ("Red flags", "Where help would", "What is not known", "All answers"):
        groups = groups[: groups.index(heading)] if heading in groups else groups
    shown = {group.who.text for group in made.groups if hasattr(group.who, "text")}
    for choice in made.by.choices:
        assert (f"{choice.text} (" in groups) == (choice.text in shown)


# Several sheets of one organisation.


@pytest.mark.parametrize(
    ("repeats", "said"),
    [
        (Repeats(1, 40), "1 organisation has more than one sheet here."),
        (Repeats(12, 1200, everyone=False), "About 1 per cent of organisations have more than one sheet here."),
        (Repeats(3, 1200, everyone=False), "Some organisations, fewer than 1 in 100, have more than one sheet here."),
        (NO_REPEATS, ""),
    ],
)
def test_that_some_have_several_sheets_is_said_with_what_was_counted(repeats: Repeats, said: str) -> None:
    page = cohort_report(MIXED, repeats=repeats)
    text = " ".join(str(FORMATS["markdown"].write(page, {}, Look())).split())
    assert ("more than one sheet here" in text) is bool(said)
    assert said in text.partition("## Readiness")[0]
