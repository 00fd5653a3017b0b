"""The blank sheet: an answer sheet with every question and its choices as comments, to fill in with a text editor."""

from collections.abc import Iterator
from textwrap import wrap

from collabcheck.characters import one_line, visible
from collabcheck.escaping import in_yaml, key_in_yaml
from collabcheck.fitting import NAMELESS
from collabcheck.forms.parts import numbers, only_if, parts, requirements
from collabcheck.pack import Pack, Prompt
from collabcheck.questions import DONT_KNOW, NOT_APPLICABLE, Question

_WIDTH = 100
_TOP, _INNER, _CHOICE = "# ", "  # ", "  #   "


def blank(pack: Pack, today: str, organisation: str, role: str, schema: str) -> str:
    """Return a sheet in YAML in which nothing is answered but the role, if it is given."""
    lines = [
        f"# yaml-language-server: $schema={schema}",
        *_about(pack),
        "",
        f"pack: {in_yaml(pack.pack)}",
        f"pack_version: {in_yaml(pack.version)}",
        f"organisation: {in_yaml(organisation or NAMELESS)}",
        f"date: {in_yaml(today)}",
        "respondent:",
        '  name: ""  # yours, only if you want to give it',
        "",
        "answers:",
        *_answers(pack, role),
        *_discussion(pack),
        "",
        "# Leave this as it is: it tells later if a question has changed.",
        "asked:",
        *(f"  {key_in_yaml(question.id)}: {in_yaml(question.fingerprint)}" for question in pack.questions),
    ]
    return "\n".join([*lines, ""])


def _about(pack: Pack) -> Iterator[str]:
    """Yield what people should know before the first question."""
    first = pack.questions[0]
    yield from _comment(_TOP, pack.title.upper())
    yield from _comment(_TOP, pack.about)
    yield from (
        "#",
        "# Write each answer after the colon: one of the words that are listed above it, such as",
        f"#   {key_in_yaml(first.id)}: {first.choices[0].id}",
        f"# If nobody knows, write {DONT_KNOW}. That is a good answer. To say nothing yet, leave the line as it is.",
        "# If a question does not concern you, say why:",
        f'#   {key_in_yaml(first.id)}: {{not_applicable: "the reason, in your words"}}',
        "# To add a note:",
        f'#   {key_in_yaml(first.id)}: {{choice: {first.choices[0].id}, note: "what you want to add"}}',
    )


def _answers(pack: Pack, role: str) -> Iterator[str]:
    asks_role, number = pack.that_means("role"), numbers(pack)
    for part in parts(pack):
        yield from ("", *_comment(_INNER, part.title.upper()), *_comment(_INNER, part.statement))
        for question in part.questions:
            yield from ("", *_comment(_INNER, f"{number[question.id]}. {question.text}"))
            yield from _comment(_INNER, question.hint)
            yield from _how(pack, question)
            for choice in question.choices:
                yield from _comment(_CHOICE, f"{choice.id}: {choice.text}", hang="  ")
            yield f"  {key_in_yaml(question.id)}:{f' {in_yaml(role)}' if question is asks_role and role else ''}"


def _how(pack: Pack, question: Question) -> Iterator[str]:
    if question.when:
        yield from _comment(_INNER, f"Only if {only_if(pack, question.when)}, or if you do not know that.")
    if question.several:
        first, second, *_ = (choice.id for choice in question.choices)
        yield from _comment(_INNER, f"You can choose more than one: [{first}, {second}]")
    for said in requirements(question):
        yield from _comment(_INNER, said)
    for name, part in tuple(question.required.items())[:1]:
        yield from _comment(_INNER, f'Such as: {{choice: {name}, {part}: "the minutes of May"}}')
    if not question.wants_reason:
        yield from _comment(_INNER, f"If it does not concern you, you need not say why: {NOT_APPLICABLE}")


def _discussion(pack: Pack) -> Iterator[str]:
    if pack.prompts:
        yield from ("", "# To talk about. Nothing needs to be written; what you write stands in quotes.", "discussion:")
    for prompt in pack.prompts:
        yield from ("", *_prompt(prompt))


def _prompt(prompt: Prompt) -> Iterator[str]:
    yield from (*_comment(_INNER, prompt.text), *_comment(_INNER, prompt.hint))
    if prompt.several:
        yield '  # You can write a list: ["one", "two"]'
    yield f"  {key_in_yaml(prompt.id)}:"


def _comment(start: str, words: str, hang: str = "") -> list[str]:
    """Return other people's words as lines of a comment, which none of their characters can end."""
    return wrap(visible(one_line(words)), _WIDTH, initial_indent=start, subsequent_indent=start + hang)
