"""Words that try to be more than words, and a report that has them wherever people and authors write."""

import re

from builders import a_pack, a_question, a_sheet
from hypothesis import strategies as st

from collabcheck.advice import advise
from collabcheck.answers import Chose, NotApplicable
from collabcheck.assessment import Assessment
from collabcheck.report.blocks import Report
from collabcheck.report.outline.assessment import report_on
from collabcheck.scoring import score

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
HOSTILE = "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\ \x1b[2J \x9b31m \x07 \u202eabc\u202c \u2066x\u2069"
"""Control and bidi characters, which are shown as codes."""

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip)


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
