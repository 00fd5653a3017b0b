"""A pack, sheets and a plan laden with given words in every field, and everything that is written of them.

Each time a field is filled, its words are followed by a mark of their own. The same made of harmless words has the same
marks: it tells which fields an output shows, and what it is built of.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from typing import Any, Final

from builders import a_choice, a_factor, a_question, an_area, pack_data
from filling import Field, Filling

from collabcheck.advice import advise
from collabcheck.answers import AnswerSheet
from collabcheck.characters import visible
from collabcheck.coding import codes_of
from collabcheck.cohort.counting import Counting
from collabcheck.cohort.summary import summarise
from collabcheck.comparison.sides import compare
from collabcheck.fitting import GivenChoice, SheetFile, fit
from collabcheck.pack import Pack
from collabcheck.panel import pool
from collabcheck.plan import Plan
from collabcheck.renewal import renew
from collabcheck.report.blocks import Paragraph, Report, Section
from collabcheck.report.cohort_data import cohort_data
from collabcheck.report.comparison_data import comparison_data
from collabcheck.report.data import assessment_data
from collabcheck.report.outline.assessment import report_on
from collabcheck.report.outline.cohort import cohort_report
from collabcheck.report.outline.comparison import report_on_two
from collabcheck.report.outline.library import guidance_page, trend_list, trend_page
from collabcheck.report.outline.panel import panel_report
from collabcheck.report.outline.plan import page, plan_of
from collabcheck.report.panel_data import panel_data
from collabcheck.scoring import score
from collabcheck.written import LONGEST, LONGEST_NAME

HARMLESS: Final = ("plain words",)
MARK: Final = re.compile(r"w\d{5}w")
LIMITS: Final[dict[Field, int]] = {
    ("Pack", "version"): 40,
    ("Retired", "since"): 40,
    ("Coming", "from_"): 40,
    ("SheetFile", "pack_version"): 40,
    ("SheetFile", "organisation"): LONGEST_NAME,
    ("Respondent", "name"): LONGEST_NAME,
    ("GivenChoice", "choice"): 200,
}
"""Characters, where a field takes fewer than others."""
PEOPLE: Final = 4
STEP: Final = {"do": "x", "effort": 1, "resources": []}


Output = tuple[Report, dict[str, Any]]
"""A page, and its numbers."""


KINDS = ("risk", "opportunity")


class Words:
    """Gives out words, each with a mark, and remembers which."""

    def __init__(self, payloads: Sequence[str]) -> None:
        self._payloads, self._marks = payloads, count()
        self.given: dict[str, tuple[Field, int, str]] = {}
        """By mark: the field, the number of the payload, and the whole text."""

    def __call__(self, field: Field, number: int) -> str:
        """Return the words for a field; payload follows payload each time that it is asked for."""
        which, mark = number % len(self._payloads), f"w{next(self._marks):05}w"
        cut = self._payloads[which][: LIMITS.get(field, LONGEST) - len(mark) - 1]
        text = f"{mark} {cut}" if cut.endswith("\\") else f"{cut} {mark}"
        self.given[mark] = (field, which, text)
        return text


@dataclass(frozen=True, eq=False)
class Laden:
    """A pack, what four people of one organisation answered, what another did, and a plan."""

    pack: Pack
    people: tuple[AnswerSheet, ...]
    later: AnswerSheet
    partner: AnswerSheet
    words: Words
    filling: Filling
    plan: Plan = field(default_factory=Plan)


@cache
def laden(payloads: tuple[str, ...], units: int) -> Laden:
    """Return a pack with so many of everything, and sheets, with these words in turn in every field."""
    words = Words(payloads)
    filling = Filling(words)
    pack = filling.fill(Pack.model_validate(template(units)))
    sheets = [_sheet(pack, filling, words, units, who, "2026-11-23") for who in range(PEOPLE)]
    people = tuple(replace(sheet, organisation=sheets[0].organisation) for sheet in sheets)
    later = replace(_sheet(pack, filling, words, units, 1, "2027-11-23"), organisation=sheets[0].organisation)
    partner = replace(_sheet(pack, filling, words, units, 2, "2026-11-23"))
    made = Laden(pack, people, later, partner, words, filling)
    return replace(made, plan=_plan(made, words, units))


def template(units: int) -> dict[str, Any]:
    """Return a pack as its file has it, in which every field is used, with so many of everything."""
    asked = [_question(i) for i in range(units)]
    factors = [
        a_factor(f"f{i}", kind=KINDS[i % 2], weight=2, because="x", source=["x"], headline=i < 8, area=f"a{i}")
        for i in range(units)
    ]
    forms = [*(a_choice(f"m{i}") for i in range(min(units, 12))), a_choice("none")]
    context = [
        a_question("about", choices=[a_choice("small"), a_choice("large")], jargon={"x": "x"}, source=["x"]),
        a_question("nation", means="nation", choices=[a_choice("wales"), a_choice("england")]),
        a_question("role", means="role", choices=[a_choice("trustee"), a_choice("staff")]),
        a_question("form", means="form", several=True, choices=forms),
    ]
    data = pack_data(*asked, factors=factors, context=context, positions=_positions())
    says = {band["id"]: "x" for band in data["bands"]}
    data["source"] = ["x"]
    data["areas"] = [an_area(f"a{i}", in_band=says, source=["x"]) for i in range(units)]
    data |= {"measures": "x", "tested": "x", "source": ["x"]}
    data["trends"] = [_trend(i, question) for i, question in enumerate(asked)]
    data["resources"] = [_resource(i) for i in range(units)]
    gone = {"text": "x", "since": "x", "because": "x"}
    data["retired"] = [{"id": f"old-{i}" if i % 2 else f"older-{i}", **gone} for i in range(units)]
    data["coming"] = [{"id": f"new-{i}", "text": "x", "from": "x", "because": "x"} for i in range(units)]
    data["forms"] = [
        {"id": f"m{i}", "title": "x", "meaning": "x", "source": ["x"], "leans_on": [_lean(i)]} for i in range(units)
    ]
    return data


def _question(i: int) -> dict[str, Any]:
    step = {**STEP, "resources": [f"r{i}"]}
    choices = [
        a_choice("none", 0, step=step, flag={"reason": "x", "caps_at": "at-risk"}),
        a_choice("some", 1, step=step),
        a_choice("most", 2, step=step, flag={"reason": "x", "caps_at": "developing"}),
        a_choice("all", 3),
    ]
    link = {"factor": f"f{i}", "weight": 2, "because": "x"}
    return a_question(f"q{i}", link, choices=choices, jargon={f"x{i}": "x"}, source=["x"], fit=True)


def _trend(i: int, question: dict[str, Any]) -> dict[str, Any]:
    when = {"question": "about", "is": ["small"]}
    implied = {"kind": ("opportunity", "risk", "change")[i % 3], "text": "x", "why": "x", "when": when, "source": ["x"]}
    return {
        "id": f"t{i}",
        "title": "x",
        "based_on": "x",
        "summary": [{"text": "x", "source": ["x"]}],
        "related": [{"title": "x", "why": "x", "source": ["x"]}],
        "implications": [{"id": f"i{i}", **implied}],
        "themes": [{"id": f"h{i}", "title": "x", "statement": "x", "questions": [question]}],
        "discussion": [{"id": f"d{i}", "text": "x", "hint": "x", "several": i % 2 == 0, "source": ["x"]}],
        "resources": [f"r{i}"],
    }


def _resource(i: int) -> dict[str, Any]:
    about = dict.fromkeys(("title", "publisher", "date", "format", "what", "useful", "find"), "x")
    link = {"link": f"https://{'example.org' if i % 4 else 'www.example.org:8443'}/{i}?a=1&b=2"} if i % 2 else {}
    return {"id": f"r{i}", **about, **link, "factors": [f"f{i}"], "source": ["x"]}


def _lean(i: int) -> dict[str, Any]:
    return {"factor": f"f{i}", "weight": 1, "at_least": "ready", "because": "x"}


def _positions() -> dict[str, Any]:
    said = dict.fromkeys(("go_ahead", "prepare", "no_need", "leave_it"), "x")
    return {"gain_from": "developing", "ready_from": "ready", **said}


def _sheet(pack: Pack, filling: Filling, words: Words, units: int, who: int, day: str) -> AnswerSheet:
    """Return a sheet that answers everything, each person in another way, with remarks on all of it."""
    remarks = {"note": "x", "evidence": "x"}
    ways: list[dict[str, Any]] = [
        {"choice": "none", **remarks},
        {"choice": "dont-know", **remarks},
        {"not_applicable": "x", **remarks},
        {"choice": "most", **remarks},
    ]
    answers = {f"q{i}": ways[(i + who) % len(ways)] for i in range(units)}
    about = {"about": "small", "nation": "wales", "form": ["m0"]}
    written = {
        "pack": "tiny",
        "pack_version": "x",
        "organisation": "x",
        "date": day,
        "respondent": {"name": "x", "role": "trustee"},
        "targets": {f"f{i}": "ready" for i in range(units)},
        "answers": {**about, **answers},
        "discussion": {f"d{i}": ["x", "x"] if i % 2 == 0 else "x" for i in range(units)},
    }
    sheet = filling.fill(SheetFile.model_validate(written))
    asked = {f"old-{i}": "00000000-00000000" for i in range(units)}
    was = {
        name: GivenChoice(choice=words(("GivenChoice", "choice"), i), note=words(("GivenChoice", "note"), i))
        for i, name in enumerate(asked)
    }
    return fit(pack, sheet.model_copy(update={"answers": {**sheet.answers, **was}, "asked": asked}))


def _plan(made: Laden, words: Words, rows: int) -> Plan:
    """Return a plan with people's own words in every cell that is theirs, in rows and columns of their own."""
    new = plan_of(renew(Plan(), *_advised(made)), *_advised(made))
    own = tuple(words(("Plan", "header"), i).strip() for i in range(0, rows, 4))
    typed = [{name: words(("Plan", name), i) for name in ("Owner", "Date", "Status")} for i in range(len(new.rows))]
    kept = [{**row, **cells, **dict.fromkeys(own, "")} for row, cells in zip(new.rows, typed, strict=True)]
    theirs = [
        {**dict.fromkeys(new.columns, ""), "Step": words(("Plan", "Step"), i), **dict.fromkeys(own, "")}
        for i in range(rows)
    ]
    return Plan((*new.columns, *own), (*kept, *theirs))


def _advised(made: Laden) -> tuple[Any, Any]:
    assessment = score(made.pack, made.people[0])
    return assessment, advise(assessment)


@cache
def written(payloads: tuple[str, ...], units: int) -> dict[str, Output]:
    """Return everything that is written of what is laden with these words: the pages, and the numbers."""
    return dict(outputs(laden(payloads, units)))


def outputs(made: Laden) -> Iterator[tuple[str, Output]]:
    """Yield everything that is written of it: the page, and the numbers."""
    pack, first = made.pack, made.people[0]
    assessment, advice = _advised(made)
    renewed = renew(made.plan, assessment, advice)
    yield "report", (report_on(assessment, advice, explain=True, plan=renewed), assessment_data(assessment, advice))
    panel = pool(pack, made.people, smallest_group=3)
    pooled = advise(panel.assessment)
    yield "pooled", (panel_report(panel, pooled, named=True, explain=True), panel_data(panel, pooled))
    for name, other in (("progress", made.later), ("partners", made.partner)):
        two = compare(assessment, score(pack, other), made.plan if name == "progress" else None)
        yield name, (report_on_two(two), comparison_data(two))
    codes = [codes_of(pack, one.replies) for one in (first, *made.people, made.later) * 3]
    cohort = summarise(pack, Counting(pack, "about").count(codes), pack.question["about"])
    yield "cohort", (cohort_report(cohort), cohort_data(cohort, left_out=1, aside=1))
    yield "trends", (_bound(trend_list(pack), *(trend_page(pack, trend) for trend in pack.trends)), {})
    yield "resources", (guidance_page(pack), {})
    yield "plan", (page(plan_of(renewed, assessment, advice), pack, first.organisation), {})


def _bound(*pages: Report) -> Report:
    """Return many pages as one."""
    first = pages[0]
    sections = (Section(one.title, (Paragraph((one.subtitle,)),), one.sections) for one in pages[1:])
    return replace(first, sections=(*first.sections, *sections))


def squeezed(text: str) -> str:
    """Return words without blanks and capitals, as they are compared: some are wrapped, some begin a sentence."""
    return re.sub(r"\s+", "", text).casefold()


def lost(made: Laden, harmless: str, seen: str, *, coded: bool = True) -> list[tuple[Field, str]]:
    """Return the words that cannot be read in an output, of those that it shows where they are harmless."""
    shown = squeezed(seen)
    places: dict[str, list[int]] = {}
    for found in MARK.finditer(shown):
        places.setdefault(found[0], []).append(found.start())
    missing = []
    for mark in sorted(set(MARK.findall(harmless))):
        field, _, text = made.words.given[mark]
        wanted = squeezed(visible(text.strip()) if coded else text)
        if not any(shown.startswith(wanted, at - wanted.index(mark)) for at in places.get(mark, ())):
            missing.append((field, text))
    return missing
