"""A file that was read: plain data, and beside it where each part stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from collabcheck.problems import Path


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data, and where each part of it stands in its file."""

    file: str
    data: object
    text: str = field(default="", repr=False)
    values: Mapping[Path, int] = field(default_factory=dict, repr=False)
    """Where each value begins, counted in characters of the text."""
    keys: Mapping[Path, int] = field(default_factory=dict, repr=False)
    """Where each key begins."""

    def value_at(self, path: Path) -> int:
        """Return the character where the value at this very path begins; -1 if it is not in the file."""
        return self.values.get(path, -1)

    def key_at(self, path: Path) -> int:
        """Return the character where the key of this very path begins, or its value if it has no key; or -1."""
        return self.keys.get(path, self.value_at(path))

    def nearest(self, path: Path) -> Path:
        """Return the longest way along the path that is in the file; pydantic's tags of unions are not."""
        if path in self.values:
            return path
        ways: dict[Path, int] = {(): -1}  # each way, and which part of the path it took last
        for i, part in enumerate(path):
            ways |= {(*way, part): i for way in ways if (*way, part) in self.values}
        return max(ways, key=lambda way: (len(way), ways[way]))

    def value(self, path: Path) -> object:
        """Return the value at a path that is in the file."""
        value: Any = self.data
        for part in path:
            value = value[part]
        return value
