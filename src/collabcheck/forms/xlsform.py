"""The questions as the rows of an XLSForm, which KoboToolbox, ODK and others turn into a form for phones.

Names there are made of letters, digits and underscores, so a hyphen in an id becomes one underscore, an underscore
two, and an id that begins with a digit, or that every form has already, is given an underscore before it. An id has no
two of these signs in a row: each name leads back to one id. Three underscores divide an id from what is asked beside
it, such as `income___note`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from collabcheck.conditions import AllOf, Answered, AnyOf, Condition, FactorBelow, Not
from collabcheck.forms.parts import DOES_NOT_APPLY, I_DO_NOT_KNOW, numbers, parts, requirements
from collabcheck.pack import Pack, Prompt
from collabcheck.problems import Code, CollabcheckError, of_whole_file
from collabcheck.questions import DONT_KNOW, Question

Row = Mapping[str, str]

LONGEST_CELL: Final = 32_767
"""So many characters fit into a cell of Excel."""

NOT_US = "_does_not_apply"
"""What stands for “Does not apply to us”; no choice can have such an id."""

_TAKEN = ("data", "meta")
"""Names that every form has already: of its root, and of what it notes about itself."""

SURVEY = ("type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "appearance")
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version")


def cell_length(words: str) -> int:
    """Return how many characters Excel counts: units of UTF-16, of which emoji take two."""
    return len(words.encode("utf-16-le", errors="surrogatepass")) // 2


def survey(pack: Pack) -> Iterator[Row]:
    """Yield the questions in order, each on a screen of its own with its reason and its note."""
    yield _row("note", "about___intro", pack.about)
    asked = relevant(pack)
    yield _row("text", "about___organisation", "What is your organisation called?", required="yes")
    yield _row("today", "about___date")
    for number, part in enumerate(parts(pack), start=1):
        yield _row("begin_group", f"part___{number}", part.title)
        if part.statement:
            yield _row("note", f"part___{number}___statement", part.statement)
        for question in part.questions:
            yield from _question(pack, question, asked)
        yield _row("end_group", f"part___{number}")
    for prompt in pack.prompts:
        yield _prompt(prompt)


def choices(pack: Pack) -> Iterator[Row]:
    """Yield the answers to each question, with the two that stand below them."""
    for question in pack.questions:
        offered = [(choice.id, choice.text) for choice in question.choices]
        for name, text in (*offered, *_others(question)):
            yield {"list_name": name_of(question.id), "name": name, "label": _shown(text)}


def settings(pack: Pack) -> Row:
    """Return what the form is called, with the version of its questions."""
    return {"form_title": pack.title, "form_id": name_of(pack.pack), "version": pack.version}


def name_of(id_: str) -> str:
    """Return the name of what has this id."""
    name = id_.replace("_", "__").replace("-", "_")
    return f"_{name}" if name[0].isdecimal() or name in _TAKEN else name


def _row(kind: str, name: str, label: str = "", **more: str) -> Row:
    return {"type": kind, "name": name, "label": _shown(label), **more}


def _shown(words: str) -> str:
    """Return words of a pack so that none of them is taken for a reference to another question."""
    return words.replace("${", "$ {")


def _others(question: Question) -> tuple[tuple[str, str], ...]:
    """Return the two other answers by name and words; a person’s own role has none."""
    return () if question.means == "role" else ((DONT_KNOW, I_DO_NOT_KNOW), (NOT_US, DOES_NOT_APPLY))


def _question(pack: Pack, question: Question, asked: Mapping[str, str]) -> Iterator[Row]:
    name = name_of(question.id)
    when = {"relevant": asked[question.id]} if question.id in asked else {}
    yield _row("begin_group", f"{name}___screen", appearance="field-list", **when)
    kind = "select_multiple" if question.several else "select_one"
    yield _row(f"{kind} {name}", name, question.text, hint=_shown(question.hint), **_alone(question))
    which = f"Question {numbers(pack)[question.id]}"  # so that no two columns of an export have the same header
    if _others(question):
        not_us = _selected(question.id, NOT_US)
        why = f"{which}: why does it not apply to you?"
        must = {"required": "yes"} if question.wants_reason else {"hint": "You can leave this empty."}
        yield _row("text", f"{name}___reason", why, relevant=not_us, **must)
    yield from _requirements(question, which)
    or_seen = "" if "evidence" in question.required.values() else ", or where it can be seen"
    yield _row("text", f"{name}___note", f"{which}: anything to add{or_seen}")
    yield _row("end_group", f"{name}___screen")


def _requirements(question: Question, which: str) -> Iterator[Row]:
    """Yield what has to be said beside an answer so that it counts, and a field for where it is seen."""
    name = name_of(question.id)
    for choice, said in zip(question.required, requirements(question), strict=True):
        yield _row("note", f"{name}___requires___{name_of(choice)}", said, relevant=_selected(question.id, choice))
    if "evidence" in question.required.values():
        yield _row("text", f"{name}___evidence", f"{which}: where it can be seen")


def _alone(question: Question) -> Row:
    """Return the rule that some answers stand alone, if the question takes several."""
    single = [*((choice.id, choice.text) for choice in question.choices if choice.alone), *_others(question)]
    if not question.several or not single:
        return {}
    chosen = " or ".join(f"selected(., '{name}')" for name, _ in single)
    said = " or ".join(f"“{_shown(text)}”" for _, text in single)
    return {
        "constraint": f"count-selected(.) < 2 or not({chosen})",
        "constraint_message": f"Choose {said} alone, without other answers.",
    }


def _prompt(prompt: Prompt) -> Row:
    hint = f"{prompt.hint} One to a line." if prompt.several else prompt.hint
    return _row("text", name_of(prompt.id), prompt.text, hint=_shown(hint), appearance="multiline")


# Conditions. A question is asked unless its condition is certainly false (docs/scoring.md, rule 2).


def relevant(pack: Pack) -> Mapping[str, str]:
    """Return when each question with a condition is asked, by its id; CollabcheckError if that fits into no cell."""
    asked: dict[str, str] = {}
    for question in pack.questions:  # each condition looks at earlier ones only
        if question.when:
            asked[question.id] = possible(asked, question.when)
            if len(asked[question.id]) > LONGEST_CELL:
                raise _too_long(pack, question)
    return asked


def _too_long(pack: Pack, question: Question) -> CollabcheckError:
    message = f"when to ask “{question.id}” takes more than {LONGEST_CELL:,} characters, which no cell can hold"
    advice = (
        "Let its condition look at fewer questions that have conditions too; or use another form, such as form.html."
    )
    return of_whole_file(pack.pack, Code.TOO_BIG, message, advice)


def possible(asked: Mapping[str, str], condition: Condition) -> str:
    """Return the expression that is true where a condition holds, or may hold as far as the answers tell."""
    match condition:
        case Answered(question=name, is_=wanted):
            unknown = f"{_ref(name)} = '' or {_selected(name, DONT_KNOW)} or {_selected(name, NOT_US)}"
            return _if_asked(asked, name, f"({_any(name, wanted)} or {unknown})")
        case FactorBelow():
            raise TypeError("only implications look at factors")
        case AllOf(all_=conditions):
            return f"({' and '.join(possible(asked, one) for one in conditions)})"
        case AnyOf(any_=conditions):
            return f"({' or '.join(possible(asked, one) for one in conditions)})"
        case Not(not_=inner):
            return f"not({certain(asked, inner)})"


def certain(asked: Mapping[str, str], condition: Condition) -> str:
    """Return the expression that is true where a condition holds whatever else is answered."""
    match condition:
        case Answered(question=name, is_=wanted):
            return _if_asked(asked, name, f"({_any(name, wanted)})")
        case FactorBelow():
            raise TypeError("only implications look at factors")
        case AllOf(all_=conditions):
            return f"({' and '.join(certain(asked, one) for one in conditions)})"
        case AnyOf(any_=conditions):
            return f"({' or '.join(certain(asked, one) for one in conditions)})"
        case Not(not_=inner):
            return f"not({possible(asked, inner)})"


def _if_asked(asked: Mapping[str, str], name: str, expression: str) -> str:
    """Return the expression for a question that is asked; one that is not asked has no answer, whatever it holds."""
    return f"({asked[name]} and {expression})" if name in asked else expression


def _any(name: str, wanted: tuple[str, ...]) -> str:
    return " or ".join(_selected(name, choice) for choice in wanted)


def _selected(name: str, choice: str) -> str:
    return f"selected({_ref(name)}, '{choice}')"


def _ref(name: str) -> str:
    return f"${{{name_of(name)}}}"
