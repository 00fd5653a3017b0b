"""Write what says the same as the models: `schema/*.schema.json`, and the tables of fields in `docs/`.

    python3 tools/schemas.py

Descriptions are the docstrings under the fields. The models do not carry them at run time, because reading them
would make every start slower; so they are read here, from the source.
"""

import ast
import json
import sys
from collections.abc import Iterator, Mapping
from inspect import getsource
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from collabcheck import display, fitting, pack, questions
from collabcheck.fitting import SheetFile
from collabcheck.pack import Pack, ResourcesFile
from collabcheck.written import ADDRESS_PATTERN, DAY_PATTERN, ID_PATTERN

ROOT = Path(__file__).resolve().parents[1]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS: Mapping[str, tuple[type[BaseModel], str]] = {
    "pack": (Pack, "collabcheck pack"),
    "resources": (ResourcesFile, "collabcheck resources"),
    "answers": (SheetFile, "collabcheck answer sheet"),
}
"""By the name of the schema: the model, and the title."""

PAGES: Mapping[str, tuple[str, ...]] = {"docs/packs.md": ("pack", "resources"), "docs/answers.md": ("answers",)}
"""By page: the schemas whose tables of fields it shows."""

BEGIN, END = "<!-- fields: written by tools/schemas.py -->", "<!-- end of fields -->"

Schema = dict[str, Any]


def main() -> int:
    """Write every file that is not up to date, and name it."""
    for path, text in written().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0


def written() -> dict[Path, str]:
    """Return every file that is made here, with what should be in it."""
    schemas = {name: schema_of(*of) for name, of in SCHEMAS.items()}
    files = {
        ROOT / "schema" / f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }
    for name, shown in PAGES.items():
        page = ROOT / name
        files[page] = with_tables(page.read_text(encoding="utf-8"), [schemas[schema] for schema in shown])
    return files


# Schemas.


def schema_of(model: type[BaseModel], title: str) -> Schema:
    """Return the JSON Schema of a model, with the docstrings under its fields."""
    made = model.model_json_schema(by_alias=True)
    parts: Schema = made.pop("$defs", {})
    described(made, model.__name__)
    for name, part in parts.items():
        described(part, name)
    head = {"$schema": DIALECT, "title": title}
    return {**head, **made, "$defs": dict(sorted(parts.items()))} if parts else {**head, **made}


def described(part: Schema, model: str) -> None:
    """Put docstrings under the fields of one model's schema; take out the titles, which only repeat the names."""
    part.pop("title", None)
    for name, field in part.get("properties", {}).items():
        untitled(field)
        words = NOTES.get(model, {}).get(name)
        if words:
            field["description"] = words


def untitled(value: object) -> None:
    """Take out titles at any depth of a field's schema."""
    if isinstance(value, dict):
        value.pop("title", None)
        for inner in value.values():
            untitled(inner)
    elif isinstance(value, list):
        for inner in value:
            untitled(inner)


# Docstrings.


def notes(source: str) -> dict[str, dict[str, str]]:
    """Return the docstrings under the fields of every class, by class and by the name that a file uses."""
    classes = [class_ for class_ in ast.parse(source).body if isinstance(class_, ast.ClassDef)]
    return {class_.name: dict(noted(class_.body)) for class_ in classes}


def noted(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield the name of each field that has a docstring under it, and the docstring on one line."""
    for field, below in pairwise(body):
        words = below.value.value if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) else None
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(words, str):
            yield alias(field.annotation) or field.target.id, " ".join(words.split())


def alias(kind: ast.expr) -> str:
    """Return the name that a file uses for a field, where it is another than the program's."""
    keywords = [word for word in ast.walk(kind) if isinstance(word, ast.keyword) and word.arg == "alias"]
    return str(ast.literal_eval(keywords[0].value)) if keywords else ""


NOTES = {
    model: fields
    for module in (pack, display, questions, fitting)
    for model, fields in notes(getsource(module)).items()
}


# Tables of fields.


def with_tables(page: str, schemas: list[Schema]) -> str:
    """Return a page with fresh tables between its two marks."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    parts = {name: part for schema in schemas for name, part in sections(schema)}
    tables = "\n\n".join(table(name, part) for name, part in parts.items())
    return f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}"


def sections(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Yield the file as a whole, and each part in the order in which one meets it; with their titles."""
    yield str(schema["title"]), schema
    yield from ((name, schema["$defs"][name]) for name in in_order(schema))


def in_order(schema: Schema) -> list[str]:
    """Return the names of the parts as one meets them who reads the file from the top."""
    met: list[str] = []

    def look(value: object) -> None:
        if isinstance(value, dict):
            name = str(value.get("$ref", "")).removeprefix("#/$defs/")
            if name and name not in met:
                met.append(name)
                look(schema["$defs"][name])
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(schema["properties"])
    return [name for name in met if "properties" in schema["$defs"][name]]


def table(title: str, part: Schema) -> str:
    """Return the section of one part: what it is, and a row for each field."""
    needed = part.get("required", ())
    rows = [
        f"| `{name}` | {kind_in_words(field)} | {'yes' if name in needed else default_in_words(field)} "
        f"| {cell(field.get('description', ''))} |"
        for name, field in part["properties"].items()
    ]
    head = "| Field | What to write | Needed | Meaning |\n|---|---|---|---|"
    return "\n\n".join((f"### {title}", part.get("description", ""), "\n".join([head, *rows])))


def default_in_words(field: Schema) -> str:
    """Say what a field is if it is left out, where that is something."""
    default = field.get("default")
    return "no" if default in (None, "", [], {}) or isinstance(default, bool | dict) else f"no: `{default}`"


OF_TEXT = {ID_PATTERN: "id", ADDRESS_PATTERN: "web address", DAY_PATTERN: "day"}


def kind_in_words(field: Schema) -> str:
    """Say in a few words what a field holds."""
    if "$ref" in field:
        name = field["$ref"].removeprefix("#/$defs/")
        return f"[{name}](#{name.lower()})"
    if "anyOf" in field or "oneOf" in field:
        return either(field.get("anyOf") or field["oneOf"])
    if "enum" in field:
        return "one of " + ", ".join(f"`{word}`" if word else "nothing" for word in field["enum"])
    return plain_kind_in_words(field)


def plain_kind_in_words(field: Schema) -> str:
    """Say what a field holds that has one type."""
    match field.get("type"):
        case "string":
            return OF_TEXT.get(field.get("pattern", ""), "text")
        case "boolean":
            return "`true` or `false`"
        case "integer" | "number":
            return number_in_words(field)
        case "array":
            return f"list of {kind_in_words(field['items'])}"
        case "object":
            inner = field.get("additionalProperties") or next(iter(field["patternProperties"].values()))
            return f"keys, each with: {kind_in_words(inner)}"
        case _:
            return "nothing"


def either(ways: list[Schema]) -> str:
    """Say that any of several things will do; a blank need not be mentioned."""
    words = dict.fromkeys(kind_in_words(way) for way in ways if way.get("type") != "null")
    return "[condition](#conditions)" if "[FactorBelow](#factorbelow)" in words else " or ".join(words)


def number_in_words(field: Schema) -> str:
    """Say what numbers a field takes."""
    kind = "whole number" if field["type"] == "integer" else "number"
    low = f" from {field['minimum']:.12g}" if "minimum" in field else ""
    high = f" to {field['maximum']:.12g}" if "maximum" in field else ""
    below = f" to below {field['exclusiveMaximum']:.12g}" if "exclusiveMaximum" in field else ""
    return kind + low + high + below


def cell(words: str) -> str:
    """Return words as they may stand in a table."""
    return words.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
