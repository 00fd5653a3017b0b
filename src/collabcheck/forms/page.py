"""The form as one page that works without the internet: it asks what `assess` asks, and saves an answer sheet.

It only collects. What answers are worth is not in the page; `report` reads the file that it saves.
"""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from json import dumps
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from collabcheck.characters import HIDDEN, UNSEEN, visible
from collabcheck.forms.parts import DOES_NOT_APPLY, I_DO_NOT_KNOW, numbers, pages, parts, requirements
from collabcheck.pack import Pack
from collabcheck.questions import DONT_KNOW, NOT_APPLICABLE, Question
from collabcheck.written import LONGEST, LONGEST_NAME

STYLE = "form.css"
SCRIPTS = ("rules.js", "fields.js", "problems.js", "showing.js", "keeping.js", "form.js")
"""What answers mean; then how the page behaves, the last of which begins it."""

SHARED: Final = {
    "DONT_KNOW": DONT_KNOW,
    "NOT_APPLICABLE": NOT_APPLICABLE,
    "I_DO_NOT_KNOW": I_DO_NOT_KNOW,
    "LONGEST": LONGEST,
    "LONGEST_NAME": LONGEST_NAME,
    "LONGEST_IN_FILES": 20_000,  # characters of a text
    "MOST_IN_FILES": 20_000,  # values
    "MOST_BREAKS_IN_FILES": 2_000,  # lines that end in its texts
    "BIGGEST_FILE": 400_000,  # bytes
}
"""What the scripts take from the program; a test holds the limits of files against those of `files.source`."""


def page(pack: Pack, organisation: str = "", role: str = "") -> bytes:
    """Return the whole form as a page of HTML, in UTF-8; the organisation and the role may be filled in."""
    style, scripts = _own(STYLE), [_shared(), *map(_own, SCRIPTS)]
    asks_role = pack.that_means("role")
    text = (
        _environment()
        .get_template("form.html")
        .render(
            pack=pack,
            parts=parts(pack),
            pages=pages(pack),
            number=numbers(pack),
            organisation=organisation,
            filled_in={asks_role.id: role} if asks_role and role else {},
            unknown=DONT_KNOW,
            i_do_not_know=I_DO_NOT_KNOW,
            does_not_apply=DOES_NOT_APPLY,
            requirements=requirements,
            policy=_policy(style, scripts),
            style=style,
            scripts=scripts,
            data=_inert(_data(pack)),
        )
    )
    return f"{text}\n".encode()


def _own(name: str) -> Markup:
    return Markup(files("collabcheck.forms").joinpath(name).read_text("utf-8"))  # noqa: S704  our own file


def _shared() -> Markup:
    """Return the first of the scripts, which names what the others take from the program."""
    named = (f"const {name} = {dumps(value)};" for name, value in SHARED.items())
    return Markup("\n".join(('"use strict";', *named)))  # noqa: S704  our own words


def _policy(style: str, scripts: list[Markup]) -> Markup:
    """Return the policy of the page: it may load nothing, and run nothing but what we have put into it."""
    allowed = " ".join(_digest(script) for script in scripts)
    rules = ("default-src 'none'", f"style-src {_digest(style)}", f"script-src {allowed}")
    return Markup("; ".join((*rules, "base-uri 'none'", "form-action 'none'")))  # noqa: S704  our own words


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _data(pack: Pack) -> dict[str, Any]:
    """Return what the scripts need to know, none of which is anybody's words."""
    role = pack.that_means("role")
    return {
        "pack": pack.pack,
        "version": pack.version,
        "role": role.id if role else "",
        "hidden": HIDDEN.pattern,
        "unseen": UNSEEN.pattern,
        "questions": [dict(_facts(question)) for question in pack.questions],
        "factors": list(pack.factor),
        "bands": list(pack.band),
        "prompts": [{"id": prompt.id, "several": prompt.several} for prompt in pack.prompts],
    }


def _facts(question: Question) -> Iterator[tuple[str, Any]]:
    yield "id", question.id
    yield "fingerprint", question.fingerprint
    yield "several", question.several
    yield "choices", [choice.id for choice in question.choices]
    yield "alone", [choice.id for choice in question.choices if choice.alone]
    yield "wants_reason", question.wants_reason
    yield "requires", question.required
    yield "when", question.when.model_dump(by_alias=True) if question.when else None


def _inert(data: object) -> Markup:
    """Return data as JSON in which no character can end the element that it stands in."""
    signs = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
    return Markup(dumps(data).translate(signs))  # noqa: S704  nothing in it is HTML any more


def _shown(words: object) -> object:
    """Return words with nothing in them that acts or hides; the template engine escapes what HTML would read."""
    return visible(words) if isinstance(words, str) and not isinstance(words, Markup) else words


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("collabcheck.forms", ""),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
