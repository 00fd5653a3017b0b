"""The form on paper: a page of Markdown to print, with the ids that whoever types the answers up will need."""

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase

from collabcheck.conditions import AllOf, Answered, AnyOf, Condition, FactorBelow, Not
from collabcheck.escaping import in_markdown
from collabcheck.forms.parts import DOES_NOT_APPLY, I_DO_NOT_KNOW, Part, numbers, parts, requirements
from collabcheck.pack import Pack, Prompt
from collabcheck.questions import DONT_KNOW, NOT_APPLICABLE, Question

_BOX, _TICKED = "☐", "☒"
_LINE, _SHORT_LINE = "\\_" * 40, "\\_" * 16
"""Room to write. A bare underscore could be taken for Markdown."""
_CONDITIONS = (
    "Some questions begin with “Only if” and name boxes: 6b is box b of question 6. Skip such a question if that is "
    "not what you ticked. If you do not know, answer it."
)


def paper(pack: Pack, organisation: str = "", role: str = "") -> str:
    """Return the form as Markdown; the organisation and the role may be filled in."""
    asks_role, number = pack.that_means("role"), numbers(pack)
    lines = [*_opening(pack, organisation)]
    for part in parts(pack):
        lines += ["", f"## {in_markdown(part.title)}"]
        lines += ["", in_markdown(part.statement)] if part.statement else []
        for question in part.questions:
            lines += _question(pack, question, number[question.id], role if question is asks_role else "")
        lines += _help(part, number)
    if pack.prompts:
        lines += ["", "## To talk about", "", "Nothing needs to be written."]
        lines += [line for prompt in pack.prompts for line in _prompt(prompt)]
    return "\n".join([*lines, ""])


def _opening(pack: Pack, organisation: str) -> Iterator[str]:
    minutes = "1 minute" if pack.minutes == 1 else f"{pack.minutes} minutes"
    yield from (f"# {in_markdown(pack.title)}", "", in_markdown(pack.about), "")
    yield (
        f"It takes about {minutes}. There are no right or wrong answers, and “{I_DO_NOT_KNOW}” is a good one. Tick one "
        "box for each question, or more where it says so. Leave out what you do not want to answer."
    )
    if any(question.when for question in pack.questions):
        yield from ("", _CONDITIONS)
    yield from (
        "",
        "Who sees your answers is up to you: give this paper to the person who asked you, or keep it.",
        "",
        f"The short words such as `{DONT_KNOW}` are for whoever types it up.",
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
        yield from (f"**Only if {only_if(pack, question.when)}.**", "")
    more = " You can tick more than one box." if question.several else ""
    yield from (f"{in_markdown(question.hint)}{more}", "")
    for choice in question.choices:
        box = _TICKED if choice.id == chosen else _BOX
        yield f"- {box} {_label(pack, question.id, choice.id)}. {in_markdown(choice.text)} `{choice.id}`"
    if question.means != "role":
        yield from (f"- {_BOX} {I_DO_NOT_KNOW} `{DONT_KNOW}`", f"- {_BOX} {DOES_NOT_APPLY}{_because(question)}")
    yield from (part for said in requirements(question) for part in ("", f"**{in_markdown(said)}**"))
    yield from ("", f"Note, and where it can be seen: {_LINE}")


def _because(question: Question) -> str:
    return f", because: {_LINE}" if question.wants_reason else f" `{NOT_APPLICABLE}`. Why, if you like: {_LINE}"


def _help(part: Part, number: Mapping[str, int]) -> Iterator[str]:
    """Yield the small print of a part: who would know, why we ask, and what words mean."""
    yield from ("", "*Help with these questions*", "")
    for question in part.questions:
        who = "" if question.means == "role" else f"Who would know: {in_markdown(question.ask)}. "
        yield f"- Question {number[question.id]}. {who}Why we ask: {in_markdown(question.why)}"
    words = {word: meaning for question in part.questions for word, meaning in question.jargon.items()}
    yield from (f"- “{in_markdown(word)}”: {in_markdown(meaning)}" for word, meaning in words.items())


def _prompt(prompt: Prompt) -> Iterator[str]:
    yield from ("", f"### {in_markdown(prompt.text)} `{prompt.id}`", "", in_markdown(prompt.hint))
    yield from (line for _ in range(3) for line in ("", _LINE * 2))


# Conditions, by the labels of the boxes, so that they fit on a line.


def only_if(pack: Pack, condition: Condition) -> str:
    """Say when a question is to be answered, such as “you ticked 6b or 6c”."""
    match condition:
        case Not(not_=inner):
            return f"you did not tick {_boxes(pack, inner)}"
        case _:
            return f"you ticked {_boxes(pack, condition)}"


def _boxes(pack: Pack, condition: Condition) -> str:
    match condition:
        case Answered(question=name, is_=choices):
            return _either(_labels(pack, name, choices))
        case FactorBelow():
            raise TypeError("only implications look at factors")
        case AllOf(all_=conditions):
            return ", and ".join(_held(pack, one) for one in conditions)
        case AnyOf(any_=conditions):
            answers = [one for one in conditions if isinstance(one, Answered)]
            if len(answers) == len(conditions):
                return _either([label for one in answers for label in _labels(pack, one.question, one.is_)])
            return ", or ".join(_held(pack, one) for one in conditions)
        case Not(not_=inner):
            return f"not {_held(pack, inner)}"


def _held(pack: Pack, condition: Condition) -> str:
    """Return a condition inside another; one that names several boxes is held together by brackets."""
    said = _boxes(pack, condition)
    return f"({said})" if "," in said or " or " in said else said


def _either(labels: Sequence[str]) -> str:
    *first, last = labels
    return f"{', '.join(first)} or {last}" if first else last


def _labels(pack: Pack, question_id: str, choices: Sequence[str]) -> list[str]:
    return [_label(pack, question_id, choice) for choice in choices]


def _label(pack: Pack, question_id: str, choice_id: str) -> str:
    """Return what stands beside a box, such as “6b”; after z comes aa."""
    place = list(pack.question[question_id].choice).index(choice_id)
    rounds, letter = divmod(place, len(ascii_lowercase))
    return f"{numbers(pack)[question_id]}{ascii_lowercase[letter] * (rounds + 1)}"
