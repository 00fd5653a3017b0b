"""What several people said, question by question; one voice says what it says."""

from dataclasses import replace

from builders import a_choice, a_pack, a_question, a_sheet

from collabcheck.answers import AnswerSheet, Aside, Chose, DontKnow, NotApplicable, Reply, SetAside
from collabcheck.pack import Pack
from collabcheck.voices import as_one, hear

PACK = a_pack(
    a_question("q1", "size"),
    a_question("q2", "size", when={"question": "q1", "is": ["all"]}),
    a_question("tools", several=True, choices=[a_choice("map"), a_choice("list"), a_choice("plan")]),
    a_question("places", several=True, means="nation", choices=[a_choice("here"), a_choice("there")]),
)


def together(*sheets: AnswerSheet, pack: Pack = PACK) -> AnswerSheet:
    return as_one(pack, sheets, hear(pack, sheets))


def middle(*words: str) -> Reply | None:
    """Return what stands for all when q1 is answered so."""
    return together(*(a_sheet(q1=word) for word in words)).replies.get("q1")


def test_one_sheet_stands_for_itself_word_for_word() -> None:
    sheet = a_sheet(q1=Chose(("some",), note="a note"), tools=("map", "plan"))
    assert together(sheet) is sheet


def test_the_middle_answer_stands_for_all_and_of_two_the_lower() -> None:
    assert middle("none", "all", "most") == Chose(("most",))
    assert middle("none", "all") == Chose(("none",))
    assert middle("all", "?", "?", "-") == Chose(("all",)), "those who know"


def test_a_form_is_considered_if_half_name_it() -> None:
    """What one of many dreams of is not the organisation’s plan; where they work is a fact, and all counts."""
    choices = [a_choice("bid"), a_choice("merger"), a_choice("event")]
    pack = a_pack(a_question("q1", "size"), context=[a_question("plan", several=True, means="form", choices=choices)])

    def considered(*named: tuple[str, ...]) -> Reply | None:
        return together(*(a_sheet(plan=names) for names in named), pack=pack).replies.get("plan")

    assert considered(("bid",), ("bid", "merger"), ("event",)) == Chose(("bid",))
    assert considered(("bid",), ("bid", "merger"), ("merger",), ("event",)) == Chose(("bid", "merger"))
    assert considered(("bid",), ("merger",), ("merger",), ("event",), ("event",)) is None
    silent = [a_sheet(plan=("bid",)), a_sheet(), a_sheet()]
    assert "plan" not in together(*silent, pack=pack).replies, "one of three, though nobody else answered"
    assert together(a_sheet(places=("here",)), a_sheet(places=("there",))).replies["places"] == Chose(("here", "there"))


def test_where_nobody_knows_nothing_is_made_up() -> None:
    assert middle("?", "-") == DontKnow()
    assert together(a_sheet(), a_sheet()).replies.get("q1") is None
    assert middle("-", "-") == NotApplicable("not us")


def test_who_does_not_know_who_is_silent_and_who_answered_an_older_version_are_told_apart() -> None:
    old = SetAside("q1", Aside.CHANGED, Chose(("some",)), "")
    sheets = [a_sheet(q1="most"), a_sheet(q1="?"), a_sheet(), replace(a_sheet(), set_aside=(old,))]
    (heard, *_) = hear(PACK, sheets)
    assert (heard.unknown, heard.dont_know, heard.blank, heard.aside) == (3, 1, 1, 1)


def test_what_is_to_be_found_out_is_what_fewer_than_half_know() -> None:
    def to_find_out(*words: str) -> bool:
        return hear(PACK, [a_sheet(q1=word) for word in words])[0].open

    assert [to_find_out("?"), to_find_out("?", "?", "most"), to_find_out("?", "?", "most", "-")] == [True] * 3
    assert [to_find_out("most"), to_find_out("?", "most"), to_find_out("-", "-")] == [False] * 3


def test_reasons_stand_in_an_order_of_their_words_which_is_nobodys() -> None:
    sheets = [a_sheet(q1=NotApplicable(word)) for word in ("we have none", "it is closed")]
    for several in (sheets, sheets[::-1]):
        assert hear(PACK, several)[0].reasons == ("it is closed", "we have none")
        assert together(*several).replies["q1"] == NotApplicable("it is closed; we have none")


def test_prompts_stand_in_no_order_of_people() -> None:
    sheets = [replace(a_sheet(), discussion={prompt: ("much",)}) for prompt in ("way", "effect")]
    assert list(together(*sheets).discussion) == ["effect", "way"]


def test_a_question_that_is_withheld_is_heard_from_nobody() -> None:
    sheets = [replace(a_sheet(q1="none"), withheld=frozenset({"tools"})) for _ in range(2)]
    assert "tools" not in [one.question.id for one in hear(PACK, sheets)]


def test_of_several_choices_those_count_that_half_gave_and_of_facts_all_that_anyone_gave() -> None:
    sheets = (
        a_sheet(tools=("map", "list"), places=("here",)),
        a_sheet(tools=("map", "plan"), places=("there",)),
        a_sheet(tools=("map",), places=("here",)),
    )
    one = together(*sheets)
    assert one.replies["tools"] == Chose(("map",))
    assert one.replies["places"] == Chose(("here", "there"))


def test_a_question_is_heard_only_from_those_who_are_asked_it() -> None:
    heard = {one.question.id: one for one in hear(PACK, (a_sheet(q1="all", q2="some"), a_sheet(q1="none", q2="all")))}
    assert heard["q2"].replies == (Chose(("some",)),)
    assert len(heard["q1"].replies) == 2


def test_it_counts_to_how_many_a_question_applies_and_how_many_gave_each_choice() -> None:
    (heard, *_) = hear(PACK, [a_sheet(q1=word) for word in ("most", "none", "most", "?", "-")])
    assert (heard.people, heard.unknown, heard.counts) == (4, 1, {"none": 1, "most": 2})
    assert list(heard.counts) == ["none", "most"], "in the order of the pack"


def test_of_several_aims_the_highest_stands_for_all_in_any_order_and_the_spelling_is_the_same() -> None:
    low, high = (
        replace(a_sheet(q1="all"), targets={"size": band}, organisation=name, name=name)
        for band, name in (("developing", "riverside"), ("ready", "Riverside"))
    )
    other = replace(low, targets={"size": "no-such-band"}, name="a")
    for several in ((low, high, other), (other, high, low), (high, other, low)):
        made = together(*several)
        assert (made.targets, made.organisation) == ({"size": "ready"}, "riverside")
