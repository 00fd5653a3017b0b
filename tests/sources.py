"""YAML and JSON texts for tests: read, or refused."""

import pytest
import yaml

from collabcheck.files.source.document import Document
from collabcheck.files.source.found import place_at
from collabcheck.files.source.reader import LOADER, read_text
from collabcheck.files.source.text import Kind
from collabcheck.problems import Code, CollabcheckError, Place, Problem
from collabcheck.problems import Path as Way

LOADERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])
both = pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)

SHEET = """\
# a good sheet
pack: collaborative-working
pack_version: "2026.1"
organisation: 'Cymdeithas y Dŵr 😀'
date: 2026-11-23
respondent: {role: trustee}
answers:
  income: small
  contracts:
    choice: [one, two]
    note: >-
      folded
      text
  merger: {not_applicable: "we are not\\nconsidering one"}
discussion:
  links:
    - https://example.org/a#b
    - second
"""


def yaml_data(text: str, loader: type = LOADER) -> object:
    return read_text("sheet.yaml", text.encode(), "yaml", loader).data


def json_data(text: str) -> object:
    return read_text("sheet.json", text.encode(), "json").data


def problems(text: str | bytes, kind: Kind = "yaml", loader: type = LOADER) -> tuple[Problem, ...]:
    """Return the problems of a text that is refused."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8")
    with pytest.raises(CollabcheckError) as caught:
        read_text("f", raw, kind, loader)
    return caught.value.problems


def spots(found: tuple[Problem, ...]) -> list[tuple[Code, int, int]]:
    return [(problem.code, problem.place.line, problem.place.column) for problem in found]


def place(document: Document, path: Way) -> Place:
    """Return where the value stands, or the nearest thing around it that is in the file."""
    return place_at(document.file, document.text, document.value_at(document.nearest(path)))


def key_place(document: Document, path: Way) -> Place:
    """Return where the key of the value stands; the value itself, if it has no key."""
    return place_at(document.file, document.text, document.key_at(document.nearest(path)))
