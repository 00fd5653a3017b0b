"""Make the pictures in docs/gallery from the example that the README shows.

    python tools/gallery.py

Needs Chromium, LibreOffice, pdftoppm and ImageMagick’s convert. Look at the pictures afterwards; no test compares them.
"""

import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/gallery"
SHEET = ROOT / "examples/riverside-advice.yaml"
TOLD = {
    ("report", str(SHEET)): "",
    ("report", str(ROOT / "examples/tarrow-board"), "--invited", "12"): "-board",
    ("compare", str(SHEET), str(ROOT / "examples/tarrow-carers-centre.yaml")): "-partners",
    ("cohort", str(ROOT / "examples/members.jsonl"), "--by", "income"): "-members",
}
"""Commands that are shown in a terminal and in Word, with the end of the picture’s name."""
LINES = 62
"""How much of the terminal's report a picture shows."""
HEIGHT = 1150
"""Pixels of a page that a picture shows."""


def main() -> None:
    """Write all pictures anew."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        page = folder / "report.html"
        report("-o", str(page))
        picture(browser, page.as_uri(), "page", width=1100)
        picture(browser, f"{page.as_uri()}#part-3", "chart", width=1100)
        picture(browser, page.as_uri(), "dark-and-narrow", width=380, dark=True)
        for example in ("tarrow-board", "riverside-and-carers"):
            picture(browser, (ROOT / f"examples/{example}.html").as_uri(), example, width=1100)
        members = (ROOT / "examples/members.html").as_uri()
        picture(browser, f"{members}#part-3", "members", width=1100)
        picture(browser, f"{members}#part-5", "members-by-income", width=1100)
        picture(browser, f"{(ROOT / 'examples/riverside-progress.html').as_uri()}#part-3", "progress", width=1100)
        form = folder / "form.html"
        run(sys.executable, "-m", "collabcheck", "form", "-o", str(form))
        picture(browser, form.as_uri(), "form", width=1100)
        for words, end in TOLD.items():
            terminal = folder / f"terminal{end}.html"
            terminal.write_text(in_a_terminal(*words), encoding="utf-8")
            picture(browser, terminal.as_uri(), f"terminal{end}", width=800)
        on_paper(browser, page, folder / "print.pdf")
        browser.close()
        paper(folder / "print.pdf", "print")
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"  # an office that is open elsewhere is left alone
        for words, end in TOLD.items():
            collabcheck(*words, "-o", str(folder / f"word{end}.docx"))
            run("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", name, str(folder / f"word{end}.docx"))
            paper(folder / f"word{end}.pdf", f"word{end}")


def report(*options: str) -> str:
    """Run the command on the example and return what it printed."""
    return collabcheck("report", str(SHEET), *options)


def collabcheck(*words: str) -> str:
    """Run the program and return what it printed."""
    return run(sys.executable, "-m", "collabcheck", *words)


def run(*command: str) -> str:
    """Run a command, which must succeed, and return what it printed."""
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout  # noqa: S603  our own


def picture(browser: Browser, address: str, name: str, *, width: int, dark: bool = False) -> None:
    """Write a picture of what a window of that width shows at an address."""
    shown = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme="dark" if dark else "light")
    shown.goto(address)
    shown.screenshot(path=FOLDER / f"{name}.png")
    shown.close()


def on_paper(browser: Browser, page: Path, to: Path) -> None:
    """Print a page to a file."""
    shown = browser.new_page()
    shown.goto(page.as_uri())
    shown.pdf(path=to, prefer_css_page_size=True)
    shown.close()


def in_a_terminal(*words: str) -> str:
    """Return a page that looks like the beginning of a report in a terminal."""
    lines = collabcheck(*words, "--color", "always").splitlines()[:LINES]
    console = Console(record=True, width=84, file=StringIO())
    console.print(Text.from_ansi("\n".join(lines)))
    pre = console.export_html(inline_styles=True, code_format="<pre>{code}</pre>")
    return f'<meta charset="utf-8"><body style="background:#16191d;color:#e4e7ea;font:15px monospace">{pre}'


def paper(pdf: Path, name: str) -> None:
    """Write a picture of the first two pages of a paper, side by side."""
    run("pdftoppm", "-r", "60", "-png", "-l", "2", str(pdf), str(pdf.with_suffix("")))
    pages = sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))
    run("convert", *map(str, pages), "-bordercolor", "#888888", "-border", "1", "+append", str(FOLDER / f"{name}.png"))


if __name__ == "__main__":
    main()
