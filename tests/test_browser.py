"""Pages in a real browser: open to everyone, quiet, and good on paper.

They need Chromium, and axe-core in .browser (`npm install --prefix .browser axe-core`); without these they are skipped.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from payloads import a_result

from collabcheck.advice import advise
from collabcheck.files.packs import load_pack
from collabcheck.files.sheets import read_sheet
from collabcheck.report import html
from collabcheck.report.blocks import Mark, Report, Section, Table
from collabcheck.report.outline.assessment import report_on
from collabcheck.scoring import score

api: Any = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / ".browser/node_modules/axe-core/axe.min.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NAMES = ("marsh-lane-arts", "riverside-advice", "two-shores-care")
OTHERS = ("riverside-progress", "riverside-and-carers", "tarrow-board")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Start one browser for all tests."""
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the report of every example, arithmetic included, and one of words without a blank."""
    folder = tmp_path_factory.mktemp("pages")
    pack = load_pack(None)
    for name in NAMES:
        assessment = score(pack, read_sheet(pack, ROOT / f"examples/{name}.yaml"))
        page = html.render(report_on(assessment, advise(assessment), explain=True))
        (folder / f"{name}.html").write_bytes(page)
    for name in OTHERS:
        (folder / f"{name}.html").write_bytes((ROOT / f"examples/{name}.html").read_bytes())
    (folder / "no-blanks.html").write_bytes(html.render(a_result("x" * 5000)[1]))
    (folder / "by-role.html").write_bytes(html.render(by_role("could be")))
    (folder / "long-roles.html").write_bytes(html.render(by_role("x" * 500)))
    return folder


def by_role(words: str) -> Report:
    """A report with the scores of five groups, as wide as scores come."""
    low, middle = Mark("At risk", 0, 2), Mark("Developing", 1, 2)
    roles = ("Trustee or committee member", "Chief officer or main organiser", "Manager", "Member of staff", words)
    cells = (("Geographic reach",), *((f"{n} to 71 ", middle, f", {words} ", low) for n in range(10, 16)))
    table = Table("The factors by role", ("Factor", "All", *(f"{role} (5)" for role in roles)), (cells,) * 9)
    return Report("A title", "A subtitle", "en-GB", (Section("By role", (table,)),))


def opened(chromium: Any, path: Path, *, width: int = 1200, script: str = "", **context: Any) -> tuple[Any, list[str]]:
    """Open a page, with what it asked for and complained of beside it."""
    page = chromium.new_context(viewport={"width": width, "height": 900}, **context).new_page()
    said: list[str] = []
    page.on("request", lambda request: said.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    if script:
        page.add_script_tag(path=script)
    return page, said[1:]


@pytest.mark.skipif(not AXE.is_file(), reason="there is no axe-core in .browser")
@pytest.mark.parametrize("name", [*NAMES, *OTHERS, "by-role"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_nothing(chromium: Any, folder: Path, name: str, scheme: str, width: int) -> None:
    page, _ = opened(
        chromium, folder / f"{name}.html", width=width, script=str(AXE), color_scheme=scheme, bypass_csp=True
    )
    found = page.evaluate("axe.run()")
    page.context.close()
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    unsure = {node["html"] for rule in found["incomplete"] for node in rule["nodes"]}
    beyond_axe = re.compile('<text |<span aria-hidden="true">[▼●▲]</span>')  # contrast in pictures and of single signs
    assert {html for html in unsure if not beyond_axe.match(html)} == set()


@pytest.mark.parametrize("name", [*NAMES, *OTHERS])
def test_a_page_asks_for_nothing_and_has_nothing_to_complain_of(chromium: Any, folder: Path, name: str) -> None:
    page, said = opened(chromium, folder / f"{name}.html")
    page.context.close()
    assert said == []


@pytest.mark.parametrize("name", [*NAMES, *OTHERS, "no-blanks", "by-role", "long-roles"])
@pytest.mark.parametrize("width", [320, 500, 1000])
def test_nothing_is_wider_than_the_window(chromium: Any, folder: Path, name: str, width: int) -> None:
    page, _ = opened(chromium, folder / f"{name}.html", width=width)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert wide <= width


@pytest.mark.parametrize("width", [320, 500, 1000, 1280])
def test_no_word_of_a_table_by_role_is_broken(chromium: Any, folder: Path, width: int) -> None:
    page, _ = opened(chromium, folder / "by-role.html", width=width)
    broken = page.evaluate(BROKEN)
    room = page.evaluate("[...document.querySelectorAll('.scroll')].map(it => it.scrollWidth - it.clientWidth)")
    page.context.close()
    assert broken == []
    assert room == [0, 0] or width == 500, "all of it can be seen without scrolling"


BROKEN = """[...document.querySelectorAll('.compared :is(th, td)')].flatMap(cell => {
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode())
    for (const word of walk.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = new Range();
      range.setStart(walk.currentNode, word.index);
      range.setEnd(walk.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 1) found.push(word[0]);
    }
  return found;
})"""


def test_the_keyboard_reaches_the_report_and_every_link(chromium: Any, folder: Path) -> None:
    page, _ = opened(chromium, folder / "riverside-advice.html")
    page.keyboard.press("Tab")
    first = page.evaluate("[document.activeElement.className, document.activeElement.getBoundingClientRect().x >= 0]")
    assert first == ["skip", True], "the first stop is the link past the contents, and it can be seen"
    reachable = page.evaluate("document.querySelectorAll('a, [tabindex=\"0\"]').length")
    stops = 1
    while page.keyboard.press("Tab") or page.evaluate("document.activeElement !== document.body"):
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        stops += 1
        assert stops <= reachable, "the keyboard is caught in a circle"
    assert stops == reachable
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"
    page.context.close()


def test_bars_can_be_told_from_their_track_in_forced_colours(chromium: Any, folder: Path) -> None:
    page, _ = opened(chromium, folder / "two-shores-care.html", forced_colors="active")
    fill = "kind => getComputedStyle(document.querySelector(kind)).fill"
    assert len({page.evaluate(fill, kind) for kind in (".track", ".full", ".open")}) == 3
    page.context.close()


def test_on_paper_it_is_a4_without_contents_with_addresses_and_answers_on_a_page_of_their_own(
    chromium: Any, folder: Path
) -> None:
    page, _ = opened(chromium, folder / "riverside-advice.html")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.evaluate("[...document.querySelectorAll('.address')].every(one => one.offsetWidth > 0)")
    assert page.evaluate("getComputedStyle(document.querySelector('.new-page')).breakBefore") == "page"
    sizes = set(re.findall(rb"/MediaBox \[0 0 (\d+)[\d.]* (\d+)", page.pdf(prefer_css_page_size=True)))
    page.context.close()
    assert sizes <= {(b"594", b"841"), (b"595", b"841"), (b"595", b"842"), (b"594", b"842")}
    assert sizes
