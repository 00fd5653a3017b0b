"""Small changes to files, by chance: in their bytes, in the data that they hold, and in the parts of a workbook."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from struct import pack
from typing import Any, Final
from zlib import crc32

LONGEST: Final = 4_000
"""Bytes of what is made here: many small files find more than few large ones."""

SPLIT: Final = b"\n%%%%\n"
"""Stands between the files of an input that is several, such as a mapping and its table."""


@dataclass(frozen=True, slots=True)
class Material:
    """What files of one kind are made from."""

    seeds: tuple[bytes, ...]
    """Good ones, and some with something wrong."""
    tokens: tuple[bytes, ...]
    """What is dangerous in such a file, or has a meaning there."""
    odd: tuple[object, ...] = ()
    """For files that hold data: what may stand in place of any part of it."""


def mutated(raw: bytes, other: bytes, material: Material, chance: Random) -> bytes:
    """Return a file with a few small changes; `other` is one to take a part from."""
    if material.odd and chance.random() < 0.4:
        raw = _reshaped(raw, other, material.odd, chance)
        if chance.random() < 0.7:
            return raw
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5))):
        raw = chance.choice(_CHANGES)(raw, other, material.tokens, chance)
    return raw[:LONGEST]


# In bytes.


Change = Callable[[bytes, bytes, Sequence[bytes], Random], bytes]


def _flipped(raw: bytes, _other: bytes, _tokens: Sequence[bytes], chance: Random) -> bytes:
    if not raw:
        return raw
    at = chance.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]


def _typed(raw: bytes, _other: bytes, _tokens: Sequence[bytes], chance: Random) -> bytes:
    at = chance.randint(0, len(raw))
    return raw[:at] + bytes([chance.randrange(256)]) + raw[at + chance.randint(0, 1) :]


def _inserted(raw: bytes, _other: bytes, tokens: Sequence[bytes], chance: Random) -> bytes:
    at = chance.randint(0, len(raw))
    return raw[:at] + chance.choice(tokens) + raw[at:]


def _replaced(raw: bytes, _other: bytes, tokens: Sequence[bytes], chance: Random) -> bytes:
    start, end = _span(raw, chance)
    return raw[:start] + chance.choice(tokens) + raw[end:]


def _deleted(raw: bytes, _other: bytes, _tokens: Sequence[bytes], chance: Random) -> bytes:
    start, end = _span(raw, chance)
    return raw[:start] + raw[end:]


def _doubled(raw: bytes, _other: bytes, _tokens: Sequence[bytes], chance: Random) -> bytes:
    start, end = _span(raw, chance)
    return raw[:end] + raw[start:end] * chance.choice((1, 1, 1, 2, 20)) + raw[end:]


def _moved(raw: bytes, _other: bytes, _tokens: Sequence[bytes], chance: Random) -> bytes:
    start, end = _span(raw, chance)
    rest, at = raw[:start] + raw[end:], chance.randint(0, len(raw) - end + start)
    return rest[:at] + raw[start:end] + rest[at:]


def _spliced(raw: bytes, other: bytes, _tokens: Sequence[bytes], chance: Random) -> bytes:
    start, end = _span(other, chance)
    at = chance.randint(0, len(raw))
    return chance.choice((raw[:at] + other[start:], raw[:at] + other[start:end] + raw[at:]))


def _line_doubled(raw: bytes, other: bytes, _tokens: Sequence[bytes], chance: Random) -> bytes:
    lines, others = raw.splitlines(keepends=True), other.splitlines(keepends=True)
    if lines and others:
        at = chance.randint(0, len(lines))
        lines[at : at + chance.randint(0, 1)] = [chance.choice(chance.choice((lines, others)))]
    return b"".join(lines)


def _cut(raw: bytes, _other: bytes, _tokens: Sequence[bytes], chance: Random) -> bytes:
    return raw[: chance.randint(0, len(raw))]


_CHANGES: Final[Sequence[Change]] = (
    *(_inserted,) * 5,
    *(_replaced,) * 4,
    *(_deleted, _spliced) * 2,
    *(_flipped, _typed, _doubled, _moved, _line_doubled, _cut),
)


def _span(raw: bytes, chance: Random) -> tuple[int, int]:
    """Return where a part begins and ends; most parts are short."""
    start = chance.randint(0, len(raw))
    return start, min(len(raw), start + chance.choice((0, 1, 1, 2, 4, 8, 20, 60)))


# In data.


def _reshaped(raw: bytes, other: bytes, odd: Sequence[object], chance: Random) -> bytes:
    """Return JSON in which one or two parts are gone, doubled, renamed or others; as it is if it is no JSON."""
    try:
        data, others = json.loads(raw), json.loads(other)
    except (ValueError, RecursionError):
        return raw
    spare = [value for *_, value in spots(others)]
    for _ in range(chance.choice((1, 1, 2))):
        if there := list(spots(data)):
            _change(*chance.choice(there)[:2], deepcopy(chance.choice((*odd, *spare))), chance)
    text = json.dumps(data, ensure_ascii=chance.random() < 0.2, indent=chance.choice((None, None, 1)))
    return text.encode(errors="surrogatepass")


def spots(part: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield every part of data: what it stands in, under which key or number, and itself."""
    waiting = [part]
    while waiting:
        around = waiting.pop()
        items = list(
            around.items() if isinstance(around, dict) else enumerate(around) if isinstance(around, list) else ()
        )
        yield from ((around, key, value) for key, value in items)
        waiting += [value for _, value in items]


def _change(around: Any, key: Any, value: object, chance: Random) -> None:
    kind = chance.randrange(8)
    if kind == 0:
        del around[key]
    elif kind == 1:
        around[key] = [around[key]]
    elif kind == 2 and isinstance(around, dict):
        around[value if isinstance(value, str) else f"{key}s"] = around.pop(key)
    elif kind == 3 and isinstance(around, list):
        around.insert(key, around[key])
    elif kind == 4 and isinstance(around, dict):
        around[f"{key}x"] = value
    else:
        around[key] = value


# In the parts of a workbook.


def packed(bundle: bytes) -> bytes:
    """Return a sound zip file of the parts in a bundle, whatever is in them; each follows a line with its name."""
    return zipped({(part := piece.partition(b"\n"))[0]: part[2] for piece in bundle.split(b"\n== ")})


def bundled(parts: Mapping[str, str]) -> bytes:
    """Return parts as a bundle, in which they can be changed like any text."""
    return b"\n== ".join(f"{name}\n{text}".encode() for name, text in parts.items())


def zipped(parts: Mapping[bytes, bytes]) -> bytes:
    """Return a zip file with these parts as they are; the library takes ten times as long."""
    out, index = b"", b""
    for name, data in parts.items():
        head = pack("<5H3I2H", 20, 0, 0, 0, 33, crc32(data), len(data), len(data), len(name) & 0xFFFF, 0)
        index += b"PK\x01\x02\x14\x00" + head + pack("<3H2I", 0, 0, 0, 0, len(out)) + name
        out += b"PK\x03\x04" + head + name + data
    return out + index + pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(parts), len(parts), len(index), len(out), 0)
