"""Guidance that people may not be able to use."""

from typing import Any

import pytest
from builders import a_choice, a_pack, a_question

from collabcheck.doctor.gaps import FEW
from collabcheck.doctor.guidance import YEARS, guidance
from collabcheck.doctor.remarks import Kind, Remark
from collabcheck.files.packs import load_pack

TODAY = "2026-11-23"


def a_resource(name: str = "guide", **more: Any) -> dict[str, Any]:
    return {
        "id": name, "title": "A guide", "publisher": "P", "date": "2025", "format": "PDF", "what": "What to do.",
        "useful": "Good.", "factors": ["size"], "link": "https://example.org/", "checked": "2026-11-01", **more,
    }  # fmt: skip


def found(*resources: dict[str, Any], today: str = TODAY, **more: Any) -> list[Remark]:
    return list(guidance(a_pack(resources=list(resources), **more), today))


def kinds(**more: Any) -> list[Kind]:
    return [remark.kind for remark in found(a_resource(**more))]


def test_sound_guidance_gets_no_remark() -> None:
    assert found(a_resource()) == []


# Links.


def test_a_link_that_is_not_secure_is_told() -> None:
    (remark,) = found(a_resource(link="http://example.org/"))
    assert (remark.kind, remark.path) == (Kind.NOT_SECURE, ("resources", 0, "link"))
    assert "others on the way can change what people read" in remark.message


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("https://www.scribd.com/document/1", "a site where anybody puts up copies"),
        ("https://uk.AcademiA.edu:443?1", "a site where anybody puts up copies"),
        ("https://docs.google.com/document/d/1", "which they can change or take away"),
        ("https://acme.sharepoint.com/:b:/g/1", "which they can change or take away"),
        ("https://web.archive.org/web/2010/https://example.org/", "shows no correction made since"),
    ],
)
def test_a_link_to_a_copy_is_told_with_the_reason(link: str, reason: str) -> None:
    (remark,) = found(a_resource(link=link))
    assert (remark.kind, remark.path) == (Kind.COPY, ("resources", 0, "link"))
    assert reason in remark.message


@pytest.mark.parametrize(
    "link",
    [
        "https://notscribd.com/",
        "https://scribd.com.example.org/",
        "https://example.org/scribd.com",
        "https://google.com/",
    ],
)
def test_a_link_that_only_looks_like_one_to_a_copy_is_none(link: str) -> None:
    assert kinds(link=link) == []


def test_a_link_that_nobody_has_opened_is_told() -> None:
    (remark,) = found(a_resource(checked="never"))
    assert (remark.kind, remark.path) == (Kind.NOT_CHECKED, ("resources", 0, "checked"))
    assert remark.message == "no person has opened the link of “guide”"


@pytest.mark.parametrize(("day", "told"), [("2025-11-22", [Kind.NOT_CHECKED]), ("2025-11-23", [])])
def test_a_link_is_opened_once_a_year(day: str, told: list[Kind]) -> None:
    assert kinds(checked=day) == told


def test_a_day_that_is_still_to_come_is_told() -> None:
    assert kinds(checked=TODAY) == []
    (remark,) = found(a_resource(checked="2027-01-05"))
    assert (remark.kind, remark.path) == (Kind.NOT_CHECKED, ("resources", 0, "checked"))
    assert remark.message == "the day on which the link of “guide” was opened, 2027-01-05, is still to come"


def test_the_last_day_of_february_is_a_day_like_others() -> None:
    assert found(a_resource(checked="2023-03-01"), today="2024-02-29") == []


def test_many_links_that_nobody_has_opened_are_told_once() -> None:
    many = [a_resource(f"g{i}", checked="never") for i in range(FEW + 1)]
    old = [a_resource("old", checked="2020-01-01"), a_resource("new")]
    first, second = found(*many, *old)
    assert (first.path, first.message) == (("resources",), "no person has opened the link of 4 of 6 resources")
    assert second.message == "for more than a year nobody has opened the link of “old”"


def test_where_there_is_no_link_there_is_nothing_to_open() -> None:
    assert kinds(link=None, find="Ask.", checked="never") == []


# Age.


@pytest.mark.parametrize(
    "date", [str(2026 - YEARS - 1), "about 2008", "Summer 2010", "not dated; written before 2015", "23 November 2010"]
)
def test_old_guidance_is_told(date: str) -> None:
    (remark,) = found(a_resource(date=date))
    assert (remark.kind, remark.path) == (Kind.OLD, ("resources", 0, "date"))
    assert date[-4:] in remark.message


@pytest.mark.parametrize(
    "date",
    [
        str(2026 - YEARS),
        "not dated",
        "2009 and 2021",
        "November 2009, rewritten since",
        "in force since 2012",
        "yearly; the first in 2003",
        "ISBN 9781990561725",
    ],
)
def test_guidance_of_late_or_kept_up_is_not_old(date: str) -> None:
    assert kinds(date=date) == []


def test_a_year_to_come_is_not_when_it_was_published() -> None:
    assert kinds(date="2010, valid until 2099") == [Kind.OLD]


def test_figures_of_other_scripts_are_no_year() -> None:
    assert kinds(date="٢٠١٠") == []


@pytest.mark.parametrize("useful", ["The legal parts are from 2010.", "An old one.", "Dated in places."])
def test_guidance_that_says_how_old_it_is_misleads_nobody(useful: str) -> None:
    assert kinds(date="2010", useful=useful) == []


def test_old_guidance_that_has_been_replaced_misleads_nobody() -> None:
    assert found(a_resource("old", date="2001", superseded_by=["new"]), a_resource("new")) == []


# What replaces what.


@pytest.mark.parametrize(
    "more",
    [
        {"title": "A guide [withdrawn]"},
        {"date": "2021, superseded"},
        {"useful": "Good in its day. It has been withdrawn."},
        {"useful": "Out of date, but well written."},
        {"what": "This guide is now superseded by another."},
    ],
)
def test_what_holds_no_longer_wants_a_successor(more: dict[str, Any]) -> None:
    (remark,) = found(a_resource(**more))
    assert (remark.kind, remark.path) == (Kind.NO_SUCCESSOR, ("resources", 0))
    assert found(a_resource(superseded_by=["new"], **more), a_resource("new")) == []


@pytest.mark.parametrize(
    "useful", ["The programme has ended, so its offers of help are out of date.", "It has not been withdrawn."]
)
def test_a_part_that_holds_no_longer_is_not_the_whole(useful: str) -> None:
    assert kinds(useful=useful) == []


def test_what_replaces_it_should_not_be_replaced_itself() -> None:
    old, middle = a_resource("old", superseded_by=["middle"]), a_resource("middle", superseded_by=["new"])
    (remark,) = found(old, middle, a_resource("new"))
    assert (remark.kind, remark.path) == (Kind.NO_SUCCESSOR, ("resources", 0, "superseded_by"))
    assert remark.advice == "Name the newest instead, which as it stands is “new”."


def test_one_successor_that_holds_is_enough() -> None:
    old = a_resource("old", superseded_by=["middle", "new"])
    assert found(old, a_resource("middle", superseded_by=["new"]), a_resource("new")) == []


@pytest.mark.parametrize("order", [("a", "b", "c"), ("c", "b", "a")])
def test_a_circle_is_told_once(order: tuple[str, ...]) -> None:
    after = {"a": "b", "b": "c", "c": "b"}
    (remark,) = found(*(a_resource(name, superseded_by=[after[name]]) for name in order))
    assert (remark.kind, remark.path) == (Kind.NO_SUCCESSOR, ("resources", 0, "superseded_by"))
    assert "leads round in a circle" in remark.message


# Nations.

PLACES = [a_question("where", means="nation", choices=[a_choice("wales"), a_choice("england")])]


def test_a_nation_without_guidance_on_a_factor_is_told() -> None:
    (remark,) = found(a_resource(nations=["england"]), context=PLACES)
    assert (remark.kind, remark.path) == (Kind.NATION_LEFT_OUT, ("factors", 0))
    assert remark.message == "there is guidance on “size”, and none of it is for “Wales of it”"


def test_what_has_been_replaced_is_for_nobody() -> None:
    old = a_resource("old", superseded_by=["guide"])
    assert [remark.kind for remark in found(old, a_resource(nations=["england"]), context=PLACES)] == [
        Kind.NATION_LEFT_OUT
    ]


@pytest.mark.parametrize(
    "others", [[a_resource("more")], [a_resource("more", nations=["wales"])]], ids=["everywhere", "by name"]
)
def test_each_nation_is_served_by_name_or_with_all(others: list[dict[str, Any]]) -> None:
    assert found(a_resource(nations=["england"]), *others, context=PLACES) == []


def test_without_guidance_no_nation_is_left_out_more_than_others() -> None:
    assert found(a_resource(factors=[]), context=PLACES) == []


def test_without_a_question_about_nations_none_is_left_out() -> None:
    assert found(a_resource(nations=["england"])) == []


# The pack that ships.


def test_the_pack_that_ships_lacks_only_a_person_who_opens_its_links() -> None:
    assert [remark.kind for remark in guidance(load_pack(), TODAY)] == [Kind.NOT_CHECKED]
