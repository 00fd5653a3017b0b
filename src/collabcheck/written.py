"""What people write in files: the base of every model, and the kinds of words in them."""

from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Strict, StringConstraints

ID_PATTERN = r"^[a-z0-9]+([-_][a-z0-9]+)*$"
ADDRESS_PATTERN = r"^https?://[^\s<>\"\\^`{|}]+$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Z]{2})?$"
NAME_PATTERN = r"\S"
DAY_PATTERN = r"^\d{4}-\d{2}-\d{2}$"

T = TypeVar("T")

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
"""A short name in small letters, digits and hyphens. It never changes once people have answered."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
"""Words that people read."""

WebAddress = Annotated[str, StringConstraints(pattern=ADDRESS_PATTERN, max_length=500)]
"""A full web address that begins with https:// (or http://)."""

Listed = Annotated[tuple[T, ...], Strict(strict=False)]
"""A list in the file, a tuple in memory."""


class Model(BaseModel):
    """What people write: nothing unknown, nothing converted, nothing changed afterwards."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        defer_build=True,
        ignored_types=(cached_property,),
    )
