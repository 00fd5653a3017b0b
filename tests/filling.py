"""Every field of a model that takes people's own words, found by walking the models, and filled with given words."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from collabcheck.pack import Explained
from collabcheck.written import NAME_PATTERN

Field = tuple[str, str]
"""A model and a field of it, by name."""
Give = Callable[[Field, int], str]
"""Returns the words for a field, given how often it was asked for them before."""

NAMES: frozenset[Field] = frozenset({
    ("SheetFile", "pack"),
    ("SheetFile", "targets"),
    ("SheetFile", "answers"),
    ("SheetFile", "discussion (keys)"),
    ("GivenChoice", "choice"),
    ("Respondent", "role"),
})  # fmt: skip
"""Fields that hold names of other things: other words in them are refused; see what is said of them in test_words."""

M = TypeVar("M", bound=BaseModel)


def free(model: type[BaseModel]) -> set[Field]:
    """Return the fields, of a model and of all in it, that take people's own words and are shown to others.

    What a pack explains is told to its author alone, by `pack check`.
    """
    seen: set[type[BaseModel]] = {Explained}
    found: set[Field] = set()

    def walk(kind: Any, field: Field) -> None:
        kind, plain = _kind(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in seen:
                seen.add(kind)
                for name, part in _parts(kind):
                    walk(part, (kind.__name__, name))
        elif kind is str and plain:
            found.add(field)
        elif get_origin(kind) is dict:
            key, value = get_args(kind)
            walk(key, (field[0], f"{field[1]} (keys)"))
            walk(value, field)
        else:
            for part in get_args(kind):
                walk(part, field)

    walk(model, ("", ""))
    return found - NAMES - {(model, f"{name} (keys)") for model, name in NAMES}


class Filling:
    """Fills models with words, and counts which fields it has filled how often."""

    def __init__(self, give: Give) -> None:
        self._give = give
        self.filled: Counter[Field] = Counter()

    def fill(self, part: M) -> M:
        """Return the same with other words in every field that takes any."""
        changed = {
            name: self._fill(kind, getattr(part, name), (type(part).__name__, name))
            for name, kind in _parts(type(part))
        }
        return part.model_copy(update=changed)

    def _fill(self, kind: Any, value: Any, field: Field) -> Any:
        if isinstance(value, BaseModel):
            return self.fill(value)
        if not isinstance(value, str | tuple | Mapping) or (field in NAMES and not isinstance(value, Mapping)):
            return value
        kind, plain = _kind(kind, value)
        match value:
            case str() if plain:
                self.filled[field] += 1
                return self._give(field, self.filled[field] - 1)
            case tuple():
                inner = get_args(kind)[0]
                return tuple(self._fill(inner, one, field) for one in value)
            case Mapping():
                keys, values = get_args(kind)
                as_key = (field[0], f"{field[1]} (keys)")
                return {self._key(keys, key, as_key): self._fill(values, one, field) for key, one in value.items()}
            case _:
                return value

    def _key(self, kind: Any, key: str, field: Field) -> str:
        return key if field in NAMES or field[0] == "SheetFile" else self._fill(kind, key, field)


@cache
def _parts(model: type[BaseModel]) -> tuple[tuple[str, Any], ...]:
    """Return the fields with what they take, its rules included."""
    model.model_rebuild()
    fields = model.model_fields.items()
    return tuple((name, _with_rules(info)) for name, info in fields)


def _with_rules(info: FieldInfo) -> Any:
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation


def _kind(kind: Any, value: object = None) -> tuple[Any, bool]:
    """Return a kind without its rules, and whether words of it are free; of several kinds, the one that fits."""
    plain = True
    while get_origin(kind) is Annotated or type(kind).__name__ == "TypeAliasType":
        if get_origin(kind) is Annotated:
            kind, *rules = get_args(kind)
            plain = plain and {*_patterns(rules)} <= {None, NAME_PATTERN}
    if value is not None and get_origin(kind) in (Union, UnionType):
        for one in get_args(kind):
            if _fits(one, value):
                inner, free_ = _kind(one, value)
                return inner, plain and free_
    return kind, plain and get_origin(kind) is None


def _patterns(rules: Iterable[Any]) -> Iterator[object]:
    for rule in rules:
        parts = [rule] if isinstance(rule, StringConstraints) else getattr(rule, "metadata", ())
        yield from (part.pattern for part in parts if hasattr(part, "pattern"))


def _fits(kind: Any, value: object) -> bool:
    try:
        _adapter(kind).validate_python(value, strict=True)
    except ValidationError:
        return False
    return True


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
