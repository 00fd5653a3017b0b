"""From data to a model: what does not fit, each thing at its place and in words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from collabcheck.characters import blank, visible
from collabcheck.files.source.document import Document
from collabcheck.files.source.found import MAX_PROBLEMS, SHOWN, Found, quoted, refused
from collabcheck.problems import Code, CollabcheckError, Finding, Path, did_you_mean, nearest
from collabcheck.written import (
    ADDRESS_PATTERN,
    DAY_PATTERN,
    FINGERPRINT_PATTERN,
    ID_PATTERN,
    LANGUAGE_PATTERN,
    NAME_PATTERN,
    NO_SUCH_DAY,
)

M = TypeVar("M", bound=BaseModel)

_AT_KEY: Final = {Code.UNEXPECTED, Code.UNKNOWN_QUESTION, Code.DUPLICATE_ID}
"""Findings about a key rather than its value."""
_WORD: Final = re.compile(r"[^\s,\]}#]*")

_AROUND: Final = re.compile(r"\s+[-0-9]+\s*|[-0-9]+\s+")
"""A day, as far as one can tell, with blanks around it."""

_TYPES: Final = {
    "string_type": ("text", "Write one text here."),
    "int_type": ("a whole number", "Write it in digits without quotes or decimals, such as 3."),
    "float_type": ("a number", "Write it in digits without quotes, such as 3 or 2.5."),
    "bool_type": ("true or false", "Write true or false, in small letters and without quotes."),
    "tuple_type": ("a list", "Put it in square brackets, also if it is only one: [one]."),
    "dict_type": ("a group of keys", "Write “key: value” under it, one for each key."),
    "model_type": ("a group of keys", "Write “key: value” under it, one for each key."),
}
_BOUNDS: Final = {
    # (message, what pydantic calls the limit, advice)
    "string_too_short": ("this text has {characters}; it needs at least {limit}", "min_length", "Write more."),
    "string_too_long": ("this text has {characters}; it can have {limit} at most", "max_length", "Shorten it."),
    "too_short": ("this list has {items}; it needs at least {limit}", "min_length", "Add to it."),
    "too_long": ("this list has {items}; it can have {limit} at most", "max_length", "Take some out."),
    "greater_than_equal": ("{value} is too low", "ge", "Write {limit} or more."),
    "greater_than": ("{value} is too low", "gt", "Write more than {limit}."),
    "less_than_equal": ("{value} is too high", "le", "Write {limit} or less."),
    "less_than": ("{value} is too high", "lt", "Write less than {limit}."),
}
_PATTERNS: Final = {
    ID_PATTERN: ("an id", "Use small letters, digits and single hyphens, such as local-contracts."),
    ADDRESS_PATTERN: ("a web address", "Begin with https:// and leave no spaces, such as https://example.org/page."),
    LANGUAGE_PATTERN: ("a language", "Use its code, such as en or en-GB."),
    DAY_PATTERN: ("a day", "Write year-month-day, such as 2026-11-23."),
    FINGERPRINT_PATTERN: ("what the program writes here", "Delete the line; it is written again."),
    NAME_PATTERN: ("a name", "Write the name in words."),
}


def build(model: type[M], document: Document) -> M:
    """Return the document as a model; CollabcheckError with everything that does not fit, in plain English."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        refusal = _refusal(model, document, error)
    raise refusal  # with nothing of all that pydantic said, which can be fifty megabytes


def _refusal(model: type[BaseModel], document: Document, error: ValidationError) -> CollabcheckError:
    wrongs = _wrongs(document, error.errors(include_url=False, include_input=False))
    first = wrongs[:MAX_PROBLEMS]
    told = _each_once(model, document, first)
    found = [_in_words(model, document, wrong) for wrong in told]
    return refused(document.file, document.text, found, len(wrongs) - len(first) + len(told))


def locate(document: Document, findings: Iterable[Finding]) -> CollabcheckError:
    """Return the findings as problems, each at its place in the document."""
    found = []
    for finding in findings:
        path = document.nearest(finding.path)
        at = document.key_at(path) if _is_of_key(document, path, finding) else document.value_at(path)
        found.append(Found(at, finding.code, visible(finding.message), visible(finding.advice)))
    return refused(document.file, document.text, found)


def _is_of_key(document: Document, path: Path, finding: Finding) -> bool:
    """Say whether a finding is about a key rather than its value; a group has no id that could be unknown."""
    of_group = finding.code is Code.UNKNOWN_ID and isinstance(document.value(path), dict)
    return finding.code in _AT_KEY or of_group


class _Wrong(NamedTuple):
    """What pydantic found at one place of the document; several errors where a union offered several ways.

    The first is the one that says most.
    """

    at: int
    path: Path
    errors: list[ErrorDetails]


def _wrongs(document: Document, errors: Iterable[ErrorDetails]) -> list[_Wrong]:
    """Return the errors by place, in the order of the file, without those that only follow from others."""
    places: dict[tuple[int, Path], list[ErrorDetails]] = {}
    for error in errors:
        path = _way(document, error)
        places.setdefault((_at(document, path, error), path), []).append(error)
    around = {path[:i] for _, path in places for i in range(len(path))}
    wrongs = []
    for (at, path), found in places.items():
        # A part inside went wrong, or a union's other way got further: that error says more than this one.
        dull = {*_TYPES, "too_short", "literal_error"} if path in around else _TYPES.keys()
        telling = [error for error in found if error["type"] not in dull]
        if telling or path not in around:
            wrongs.append(_Wrong(at, path, sorted(found, key=lambda error: error not in telling)))
    return sorted(wrongs, key=lambda wrong: wrong.at)


def _each_once(model: type[BaseModel], document: Document, wrongs: Sequence[_Wrong]) -> list[_Wrong]:
    """Return the wrongs without keys that are missing only because they are there misspelt."""
    strange = [one for one in wrongs if _kind(one) == "extra_forbidden"]
    meant = {(*one.path[:-1], _unexpected(model, document, one)[2]) for one in strange}
    return [one for one in wrongs if _kind(one) != "missing" or one.path not in meant]


def _kind(wrong: _Wrong) -> str:
    return wrong.errors[0]["type"]


def _way(document: Document, error: ErrorDetails) -> Path:
    loc = error["loc"]
    if error["type"] != "missing":
        return document.nearest(loc)
    path = document.nearest(loc[:-1])
    while path and not isinstance(document.value(path), dict):
        path = path[:-1]
    return (*path, loc[-1])


def _at(document: Document, path: Path, error: ErrorDetails) -> int:
    if error["type"] == "missing":
        return document.value_at(path[:-1])
    at_key = error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)
    return document.key_at(path) if at_key else document.value_at(path)


def _in_words(model: type[BaseModel], document: Document, wrong: _Wrong) -> Found:
    error = wrong.errors[0]
    kind, context, name = error["type"], error.get("ctx", {}), str(wrong.path[-1]) if wrong.path else ""
    if kind == "missing":
        return Found(wrong.at, Code.MISSING, f"{quoted(name)} is missing", f"Add “{name}: …” here.")
    if kind == "extra_forbidden":
        message, advice, _ = _unexpected(model, document, wrong)
        return Found(wrong.at, Code.UNEXPECTED, message, advice)
    value = name if error["loc"][-1:] == ("[key]",) else document.value(wrong.path)
    if kind == "literal_error":
        return Found(wrong.at, *_no_such_word(value, _written(document, wrong, value), _words(model, wrong.errors)))
    if kind in _TYPES:
        code, message, advice = _wrong_type(value, _written(document, wrong, value), wrong.errors)
        if kind == "model_type" and value is not None:
            advice = _keys_to_write(_models_along(model, error["loc"]))
        return Found(wrong.at, code, message, advice)
    shown = quoted(_written(document, wrong, value))
    return Found(wrong.at, Code.BAD_VALUE, *(_bad_day(context, value) or _bad_value(kind, context, value, shown)))


def _unexpected(model: type[BaseModel], document: Document, wrong: _Wrong) -> tuple[str, str, str]:
    """Return what is wrong with a key, what to do and, if that is to write another in its place, which."""
    name, group = str(wrong.path[-1]), document.value(wrong.path[:-1])
    present = set(group) if isinstance(group, dict) else set()
    models = _models_along(model, wrong.errors[0]["loc"][:-1])
    if any(name in _keys(one) for one in models):
        return f"{quoted(name)} does not go with the other keys here", "Keep only those that belong together.", ""
    message = f"{quoted(name)} has no meaning here"
    if name in _keys(model):
        advice = f"Write it beside {quoted(next(iter(_keys(model))))}, as it is about the whole file."
        back = str(wrong.path[0]).removesuffix("s")
        if any(back in _keys(one) for one in _models(_keys(model)[name])):
            advice = f"Remove it, and write “{back}: …” under each of {quoted(name)} that belongs here."
        return message, advice, ""
    # Of the ways that a union offers, the one with most of the keys that are there is meant.
    here = max(models, key=lambda one: len(present & _keys(one).keys()))
    free = [key for key in _keys(here) if key not in present]
    if meant := nearest(name, free):
        return message, f"Did you mean “{meant}”?", meant
    deeper = [key for key, kind in _keys(here).items() if any(name in _keys(one) for one in _models(kind))]
    if deeper:
        return message, f"Write it one level deeper, under {' or '.join(map(quoted, deeper[:3]))}.", ""
    needed = [key for key in _needed(here) if key not in present]
    if len(needed) == 1:
        return message, f"Did you mean “{needed[0]}”?", needed[0]
    return message, did_you_mean(name, free) or "Check its spelling, or remove it.", ""


def _keys(model: type[BaseModel]) -> dict[str, object]:
    """Return the keys of a model as they are written, each with its type."""
    return {one.alias or key: one.annotation for key, one in model.model_fields.items()}


def _keys_to_write(models: Sequence[type[BaseModel]]) -> str:
    """Return what to write where a group of keys belongs; of several, all that a union offers."""
    if len(models) == 1:
        return f"Write what belongs here, each as “key: value”: {', '.join(_needed(models[0]) or _keys(models[0]))}."
    return f"Write one of: {', '.join(_group(_needed(one)) for one in models)}."


def _group(keys: Iterable[str]) -> str:
    """Return a group of keys as it is written."""
    return f"{{{', '.join(f'{key}: …' for key in keys)}}}"


def _needed(model: type[BaseModel]) -> list[str]:
    return [one.alias or key for key, one in model.model_fields.items() if one.is_required()]


def _written(document: Document, wrong: _Wrong, value: object) -> str:
    """Return the word as it stands in the file: 1.10 rather than 1.1."""
    if isinstance(value, str):
        return value
    hit = _WORD.match(document.text, max(wrong.at, 0))
    return hit.group() if hit else ""


def _wrong_type(value: object, written: str, errors: Sequence[ErrorDetails]) -> tuple[Code, str, str]:
    kinds = dict(_TYPES[error["type"]] for error in errors if error["type"] in _TYPES)
    expected, advice = " or ".join(kinds), next(iter(kinds.values()))
    if isinstance(value, list) and "a group of keys" in kinds:
        advice = "Begin each with its id, or its word, and a colon in place of the hyphen."
    if written and "text" in kinds and not isinstance(value, str | list | dict):
        message = f"text expected, but without quotes {quoted(written)} is {_kind_of_value(value)}"
        return Code.BARE_WORD, message, f'Put it in quotes: "{written[:SHOWN]}".'
    return _not_expected(expected, value, written, advice, "Write it, or remove the line.")


def _words(model: type[BaseModel], errors: Sequence[ErrorDetails]) -> tuple[list[str], str]:
    """Return the words that can stand somewhere, and what else can, as it is written."""
    words = re.findall("'([^']+)'", errors[0]["ctx"]["expected"])
    others = (error["loc"][:-1] for error in errors if error["type"] == "model_type")
    groups = [_group(_keys(one)) for loc in others for one in _models_along(model, loc)]
    return words, "".join(f"; or {group}" for group in groups)


def _no_such_word(value: object, written: str, known: tuple[list[str], str]) -> tuple[Code, str, str]:
    words, other = known
    advice = f"Use one of: {', '.join(words)}{other}."
    if isinstance(value, str) and blank(value):
        return Code.BAD_VALUE, *_EMPTY
    if isinstance(value, str):
        near = nearest(value, words)
        message = f"{quoted(written)} is not one of the words that can stand here"
        return Code.BAD_VALUE, message, f"Did you mean “{near}”?" if near else advice
    return _not_expected("a word", value, written, advice, f"{advice[:-1]}; or remove the line.")


_EMPTY: Final = ("this text is empty", "Write something; if it is not needed, remove the line.")


def _not_expected(expected: str, value: object, written: str, advice: str, if_nothing: str) -> tuple[Code, str, str]:
    if isinstance(value, list | dict):
        return Code.WRONG_TYPE, f"{expected} expected, but this is {_kind_of_value(value)}", advice
    if not written:
        return Code.MISSING, f"{expected} expected, but there is nothing", if_nothing
    return Code.WRONG_TYPE, f"{expected} expected, but this is {_kind_of_value(value)}: {quoted(written)}", advice


def _kind_of_value(value: object) -> str:
    kinds = {str: "text", bool: "true or false", list: "a list", dict: "a group of keys", type(None): "no value"}
    return kinds.get(type(value), "a number")


def _bad_day(context: Mapping[str, Any], value: object) -> tuple[str, str] | None:
    """Return what is wrong with a day that is written as one; None if it is no such day."""
    if context.get("pattern") == DAY_PATTERN and isinstance(value, str) and _AROUND.fullmatch(value):
        return f"“{visible(value[:SHOWN])}” has a blank before or after the day", "Take it out."
    if str(context.get("error")) == NO_SUCH_DAY:
        return f"{quoted(str(value))} is no day: {NO_SUCH_DAY}", "Write it as year-month-day, such as 2026-11-23."
    return None


def _bad_value(kind: str, context: Mapping[str, Any], value: object, shown: str) -> tuple[str, str]:
    if isinstance(value, str) and blank(value):
        return _EMPTY
    if kind in _BOUNDS:
        message, limit, advice = _BOUNDS[kind]
        size = len(value) if isinstance(value, str | list) else 0
        many = {f"{unit}s": f"{size:,} {unit}{'' if size == 1 else 's'}" for unit in ("item", "character")}
        words = {**many, "value": shown, "limit": f"{context[limit]:,.12g}"}
        return message.format(**words), advice.format(**words)
    if kind == "string_pattern_mismatch":
        what, advice = _PATTERNS.get(context["pattern"], ("what belongs here", "Compare it with an example."))
        return f"{shown} is not {what}", advice
    if kind == "value_error":
        return f"{shown} cannot be used: {visible(str(context['error']))[:SHOWN]}", "Correct it."
    return f"{shown} does not fit here", "Compare it with an example."


def _models_along(model: type[BaseModel], loc: Sequence[int | str]) -> list[type[BaseModel]]:
    """Return the models that may stand at the end of a way, or around it; several, if a union offers them."""
    models = [model]
    for part in loc:
        fields = [one for m in models for name, one in m.model_fields.items() if part in (name, one.alias)]
        models = [m for one in fields for m in _models(one.annotation)] or models
    return models


def _models(kind: object) -> list[type[BaseModel]]:
    """Return the models that a type such as tuple[A | B, ...] is made of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [model for part in get_args(kind) for model in _models(part)]
