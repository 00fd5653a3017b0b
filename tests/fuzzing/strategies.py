"""Packs and sheets as files have them, drawn by hypothesis: sound ones, and those with one thing wrong."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final

from builders import packs, sheets_of
from hypothesis import strategies as st

from collabcheck.files.sheets import sheet_text
from collabcheck.files.source.text import Kind
from collabcheck.pack import Pack
from fuzzing.mutations import spots

Data = dict[str, Any]


@st.composite
def pack_files(draw: st.DrawFn) -> Data:
    """Draw a whole pack as its file has it."""
    return dumped(draw(packs()))


@st.composite
def sheet_files(draw: st.DrawFn) -> tuple[Pack, Data]:
    """Draw a pack, and a sheet that answers it as its file has it."""
    pack = draw(packs())
    data: Data = json.loads(sheet_text(pack, draw(sheets_of(pack)), json=True))
    return pack, data


def dumped(pack: Pack) -> Data:
    """Return a pack as its author would have written it."""
    return pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def written(data: object, kind: Kind) -> bytes:
    """Return data as a file of this kind."""
    return (_quoted(data) if kind == "json" else block(data)).encode(errors="surrogatepass")


def _quoted(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def block(data: object, indent: str = "") -> str:
    """Return data as YAML of the kind that people write: a line for each part, every text in double quotes."""
    match data:
        case dict() if data:
            return "".join(f"\n{indent}{_quoted(key)}: {block(part, indent + '  ')}" for key, part in data.items())
        case list() if data:
            return "".join(f"\n{indent}- {block(part, indent + '  ')}" for part in data)
        case _:
            return _quoted(data)


# One thing wrong.


@st.composite
def spoilt(draw: st.DrawFn, good: st.SearchStrategy[Data]) -> Data:
    """Draw data in which one thing is wrong: a type, a key, an id, a value or a shape."""
    data = deepcopy(draw(good))
    around, key, value = draw(st.sampled_from(list(spots(data))))
    draw(st.sampled_from(_WRONGS))(draw, around, key, value)
    return data


Spoil = Callable[[st.DrawFn, Any, Any, Any], None]


def _type(draw: st.DrawFn, around: Any, key: Any, value: object) -> None:
    others = [one for one in (None, True, 3, 2.5, "words", ["words"], {"key": "words"}) if type(one) is not type(value)]
    around[key] = draw(st.sampled_from(others))


def _key(draw: st.DrawFn, around: Any, _key: Any, value: object) -> None:
    group = around if isinstance(around, dict) else value if isinstance(value, dict) else {}
    name = draw(st.sampled_from(sorted(group))) if group else ""
    new = draw(st.sampled_from(["", "unknown", "[key]", "as a choice", "x" * 1000, name[:-1], f"{name}s", "\u202e"]))
    group[new] = draw(st.sampled_from([group.get(name), group.pop(name, None)]))


def _id(draw: st.DrawFn, around: Any, key: Any, _value: object) -> None:
    around[key] = draw(st.sampled_from(["no-such", "A b", "a--b", "x" * 61, "x" * 201, "q0", "at-risk", "dont-know"]))


def _value(draw: st.DrawFn, around: Any, key: Any, value: object) -> None:
    words = ["", " ", "x" * 4001, "x" * 20_001, "\u200b", "\ud800", "\x1b[2J", "2026-02-30", "http://", "=1+1", "\n"]
    numbers = [-1, 0, 101, 10**17, 10**18, 0.1]
    around[key] = draw(st.sampled_from(words if isinstance(value, str) else numbers))


def _shape(draw: st.DrawFn, around: Any, key: Any, value: object) -> None:
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
    ways = [[value], {"one": value}, parts, parts * 2, [], {}, None, *parts[:1]]
    around[key] = deepcopy(draw(st.sampled_from(ways)))


_WRONGS: Final[tuple[Spoil, ...]] = (_type, _key, _id, _value, _shape)


def misencoded(raw: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Return files that are sound but for how their letters are saved, or for a byte that belongs in no text."""
    return st.builds(lambda one, spoil: spoil(one), raw, st.sampled_from(_ENCODINGS))


def _between(raw: bytes, extra: bytes) -> bytes:
    return raw[: len(raw) // 2] + extra + raw[len(raw) // 2 :]


_ENCODINGS: Final[tuple[Callable[[bytes], bytes], ...]] = (
    lambda raw: raw.decode().encode("utf-16"),
    lambda raw: raw.decode().encode("utf-16-le"),
    lambda raw: _between(raw, "é".encode("cp1252")),
    lambda raw: _between(raw, b"\x00"),
    lambda raw: _between(raw, b"\xed\xa0\x80"),
    lambda raw: _between(raw, b"\x1b"),
    lambda raw: raw.replace(b" ", b"\r"),
    lambda raw: raw.replace(b" ", "\u2028".encode()),
    lambda raw: b"\xef\xbb\xbf" * 2 + raw,
)
