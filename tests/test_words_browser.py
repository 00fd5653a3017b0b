"""Pages laden with hostile words in Chromium and in Firefox: nothing runs, nothing is asked for, nothing is added.

With the policy of the page, and without it. What a browser is missing for is skipped.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from firefox import FIREFOX, Firefox, Trap, firefox
from laden import HARMLESS, laden, lost, written
from payloads import LINES, RAN

from collabcheck.forms.page import page as form
from collabcheck.report import html

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PAGES = ("report", "pooled", "progress", "partners", "cohort", "trends", "resources", "plan", "form")
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
UNITS = len(LINES)

TREE = """[...document.querySelectorAll("*:not(br, text)")].map(
    (one) => one.tagName + " " + one.getAttributeNames().join(" ")
).join()"""
LEFT = """[
    window.ran ?? 0,
    !!document.createTreeWalker(document, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION).nextNode(),
    [...document.links].map((one) => one.getAttribute("href")).filter((one) => !/^(#|https:\\/\\/)/.test(one)),
    [...document.querySelectorAll("a[href^=http]")].filter((one) => one.rel !== "noopener noreferrer").length,
    [...document.querySelectorAll("a[href^=http]")].filter(
        (one) => one.nextElementSibling?.textContent !== one.getAttribute("href")
    ).length,
    performance.getEntriesByType("resource").map((one) => one.name),
]"""
"""What scripts left; whether there is a comment; links elsewhere, unsafe, or not shown in full; what was loaded."""

WORDS = """(() => {
    const body = document.body.cloneNode(true);
    body.querySelectorAll("script").forEach((one) => one.remove());
    return body.textContent;
})()"""

pytestmark = pytest.mark.browser


@dataclass
class Browser:
    """A browser with one page open at a time, and what it asked for."""

    open: Callable[[Path], None]
    evaluate: Callable[[str], Any]
    asks: Callable[[], bool]
    trap: Trap


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start each browser once, so that everything it asks for is noted and not given."""
    with ExitStack() as stack:
        trap = Trap()
        stack.callback(trap.close)
        if request.param == "firefox":
            if FIREFOX is None:
                pytest.skip("there is no Firefox here")
            one: Firefox = stack.enter_context(firefox(tmp_path_factory.mktemp("firefox") / "profile", trap))
            yield Browser(one.open, one.evaluate, one.asks, trap)
        else:
            yield _chromium(stack, trap)


def _chromium(stack: ExitStack, trap: Trap) -> Browser:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    playwright = stack.enter_context(api.sync_playwright())
    options = ["--no-sandbox", "--disable-background-networking", "--proxy-bypass-list=<-loopback>"]
    proxy = {"server": f"http://127.0.0.1:{trap.port}"}
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options, proxy=proxy)
    stack.callback(chromium.close)
    page = chromium.new_page()
    dialogs: list[Any] = []

    def dismiss(dialog: Any) -> None:
        dialogs.append(dialog)
        dialog.dismiss()

    page.on("dialog", dismiss)
    return Browser(lambda path: page.goto(path.as_uri()), page.evaluate, lambda: bool(dialogs), trap)


@cache
def rendered(payloads: tuple[str, ...]) -> dict[str, bytes]:
    """Return every page there is, laden with these words."""
    whole = laden(payloads, UNITS)
    pages = {name: html.render(page) for name, (page, _) in written(payloads, UNITS).items()}
    return {**pages, "form": form(whole.pack, whole.people[0].organisation, "trustee")}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_nothing_is_asked_for_and_nothing_is_added(browser: Browser, tmp_path: Path, name: str) -> None:
    hostile, harmless = rendered(LINES)[name], rendered(HARMLESS)[name]
    assert len(POLICY.findall(hostile)) == 1
    pages = {"harmless": harmless, "with": hostile, "without": POLICY.sub(b"", hostile)}
    trees, words, before = {}, {}, len(browser.trap.asked)
    for kind, page in pages.items():
        path = tmp_path / f"{kind}.html"
        path.write_bytes(page)
        browser.open(path)
        trees[kind], words[kind] = browser.evaluate(TREE), browser.evaluate(WORDS)
        assert browser.evaluate(LEFT) == [0, False, [], 0, 0, []]
        assert not browser.asks()
    assert trees["with"] == trees["harmless"]
    assert trees["without"] == trees["harmless"].replace("META http-equiv content,", "", 1)
    assert words["with"] == words["without"]
    assert lost(laden(LINES, UNITS), words["harmless"], words["with"]) == []
    assert browser.trap.caught(before) == []


def test_what_runs_and_what_is_asked_for_would_be_noticed(browser: Browser, tmp_path: Path) -> None:
    before = len(browser.trap.asked)
    images = "<img src=http://evil.example/a><img src=https://evil.example/b>"
    page = f"<!doctype html><script>{RAN}</script>{images}<!-- -->"
    (tmp_path / "evil.html").write_text(page, encoding="utf-8")
    browser.open(tmp_path / "evil.html")
    ran, comment, *_ = browser.evaluate(LEFT)
    assert (ran, comment) == (1, True)
    assert {line.split()[0] for line in browser.trap.caught(before)} == {"GET", "CONNECT"}
