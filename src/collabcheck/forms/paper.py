"""The form on paper: a page of Markdown to print, with the ids that whoever types the answers up will need."""

from collections.abc import Iterator

from collabcheck.escaping import in_markdown
from collabcheck.forms.parts import numbers, only_if, parts
from collabcheck.pack import Pack, Prompt, Question

_BOX, _TICKED = "☐", "☒"
_LINE, _SHORT_LINE = "\\_" * 40, "\\_" * 16
"""Room to write. A bare underscore could be taken for Markdown."""


def paper(pack: Pack, organisation: str = "", role: str = "") -> str:
    """Return the form as Markdown; the organisation and the role may be filled in."""
    asks_role, number = pack.that_means("role"), numbers(pack)
    lines = [*_opening(pack, organisation)]
    for part in parts(pack):
        lines += ["", f"## {in_markdown(part.title)}"]
        lines += ["", in_markdown(part.statement)] if part.statement else []
        for question in part.questions:
            lines += _question(pack, question, number[question.id], role if question is asks_role else "")
    if pack.prompts:
        lines += ["", "## To talk about", "", "Nothing needs to be written."]
        lines += [line for prompt in pack.prompts for line in _prompt(prompt)]
    return "\n".join([*lines, ""])


def _opening(pack: Pack, organisation: str) -> Iterator[str]:
    minutes = "1 minute" if pack.minutes == 1 else f"{pack.minutes} minutes"
    yield from (f"# {in_markdown(pack.title)}", "", in_markdown(pack.about), "")
    yield (
        f"It takes about {minutes}. There are no right or wrong answers, and “I do not know” is a good one. Tick one "
        "box for each question, or more where it says so. Leave out what you do not want to answer."
    )
    yield from (
        "",
        "Some questions begin with “Only if”. Skip such a question if that is not so. If you do not know, answer it.",
        "",
        "Who sees your answers is up to you: give this paper to the person who asked you, or keep it.",
        "",
        "The short words such as `dont-know` are for whoever types it up.",
        "",
        f"**The name of your organisation:** {in_markdown(organisation) if organisation else _LINE}",
        "",
        f"**Your name, if you want to give it:** {_LINE}",
        "",
        f"**Date:** {_SHORT_LINE}",
    )


def _question(pack: Pack, question: Question, number: int, chosen: str) -> Iterator[str]:
    yield from ("", f"### {number}. {in_markdown(question.text)} `{question.id}`", "")
    if question.when:
        yield from (f"**Only if {in_markdown(only_if(pack, question.when))}.**", "")
    more = " You can tick more than one box." if question.several else ""
    yield from (f"{in_markdown(question.hint)}{more}", "")
    for choice in question.choices:
        box = _TICKED if choice.id == chosen else _BOX
        yield f"- {box} {in_markdown(choice.text)} `{choice.id}`"
    yield from (f"- {_BOX} I do not know `dont-know`", f"- {_BOX} Does not apply to us, because: {_LINE}", "")
    for word, meaning in question.jargon.items():
        yield from (f"“{in_markdown(word)}”: {in_markdown(meaning)}", "")
    yield from (f"Who would know: {in_markdown(question.ask)}. Why we ask: {in_markdown(question.why)}", "")
    yield f"Note, and where it can be seen: {_LINE}"


def _prompt(prompt: Prompt) -> Iterator[str]:
    yield from ("", f"### {in_markdown(prompt.text)} `{prompt.id}`", "", in_markdown(prompt.hint))
    yield from (line for _ in range(3) for line in ("", _LINE * 2))
