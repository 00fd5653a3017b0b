"""Whatever people and authors write, every writer shows it as words and nothing more."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from payloads import HOSTILE, PAYLOADS, a_result, squeezed, words
from rich.cells import cell_len

from collabcheck.advice import advise
from collabcheck.report import markdown, terminal
from collabcheck.report.data import assessment_data
from collabcheck.report.formats import FORMATS, Look


@pytest.mark.parametrize("text", PAYLOADS)
@pytest.mark.parametrize("width", [20, 60, 120])
def test_the_terminal_shows_every_word_and_no_control_character_of_theirs(text: str, width: int) -> None:
    _, report = a_result(text)
    for shown in (terminal.render(report, width=width, colour=False), terminal.render_plain(report)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
        assert squeezed(text) in squeezed(shown)


def test_control_and_bidi_characters_are_shown_as_codes() -> None:
    _, report = a_result(HOSTILE)
    for shown in (terminal.render(report, width=80, colour=True), terminal.render_plain(report)):
        foreign = re.sub("\x1b\\[[0-9;]*m", "", shown)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", foreign)
        assert "\\u001b]8;;https://evil.example" in squeezed(foreign)
        assert "\\u202eabc" in foreign


def test_without_colour_there_is_not_one_escape_and_with_it_the_words_are_the_same() -> None:
    _, report = a_result("plain words")
    bare, coloured = (terminal.render(report, width=80, colour=colour) for colour in (False, True))
    assert "\x1b" not in bare
    assert "\x1b[" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == bare


@given(words, st.integers(20, 130))
def test_no_line_is_wider_than_the_terminal_but_a_web_address(text: str, width: int) -> None:
    _, report = a_result(text.replace("http", ""))
    assert all(cell_len(line) <= width for line in terminal.render(report, width=width, colour=False).splitlines())


# Markdown, as a reader's program would show it.

GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def seen(text: str) -> tuple[str, set[str]]:
    """Render Markdown and return the words a reader sees, and the kinds of elements there are."""
    shown: list[str] = []
    kinds: set[str] = set()
    for token in GFM.parse(text):
        kinds.add(token.type)
        for part in token.children or ():
            kinds.add(part.type)
            if part.type == "html_inline" and part.content != "<br>":
                kinds.add(f"html: {part.content}")
            shown.append(" " if part.type in ("softbreak", "hardbreak", "html_inline") else part.content)
        shown.append("\n")
    return "".join(shown), kinds


_, OURS = seen(markdown.render(a_result("plain words")[1]))


@given(words)
@example(PAYLOADS[0])
@example(PAYLOADS[1])
@example(PAYLOADS[2])
@example(PAYLOADS[3])
@example(PAYLOADS[4])
@example(PAYLOADS[5])
@example(PAYLOADS[6])
@example(PAYLOADS[7])
@example(PAYLOADS[8])
@example(PAYLOADS[9])
@example(PAYLOADS[10])
@example(PAYLOADS[11])
@example(PAYLOADS[12])
@example(PAYLOADS[13])
def test_markdown_shows_the_words_and_makes_nothing_of_them(text: str) -> None:
    shown, kinds = seen(markdown.render(a_result(text)[1]))
    assert kinds - {"html_inline"} <= OURS
    assert squeezed(text) in squeezed(shown)


@pytest.mark.parametrize("text", PAYLOADS)
def test_json_gives_back_every_word(text: str) -> None:
    assessment, report = a_result(text)
    data = assessment_data(assessment, advise(assessment))
    back = json.loads(FORMATS["json"].write(report, data, Look()))
    assert back["answers"]["q1"]["note"] == text
    assert back["answers"]["q2"]["not_applicable"] == text
    assert back == data
