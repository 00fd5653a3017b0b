"""What people write in files: the base of every model, and the kinds of words in them."""

from datetime import date
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Strict, StringConstraints

from collabcheck.characters import blank

ID_PATTERN = r"^[a-z0-9]+([-_][a-z0-9]+)*$"
ADDRESS_PATTERN = r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][!#-;=?-\[\]_a-z~]*)?$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Z]{2})?$"
NAME_PATTERN = r"\S"
FINGERPRINT_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{8}$"
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

LONGEST = 4000
"""Characters of a text that people read, such as a reason."""
LONGEST_NAME = 200
"""Characters of the name of an organisation or a person."""

NO_SUCH_DAY = "the calendar has no such day"
NOTHING_SEEN = "there is nothing to be seen in it"

T = TypeVar("T")


def _real_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(NO_SUCH_DAY) from None
    return text


def _seen(text: str) -> str:
    if blank(text):
        raise ValueError(NOTHING_SEEN)
    return text


Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
"""A short name in small letters, digits and hyphens. It never changes once people have answered."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST), AfterValidator(_seen)]
"""Words that people read."""

Version = Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(_seen)]
"""What a version of a pack is called."""

WebAddress = Annotated[str, StringConstraints(pattern=ADDRESS_PATTERN, max_length=500)]
"""A full web address that begins with https:// (or http://, of which reports warn), in letters that look like no other.

There is no name before the host, as in https://good.example@evil.example, which leads elsewhere than it seems to.
"""

Day = Annotated[str, StringConstraints(pattern=DAY_PATTERN), AfterValidator(_real_day)]
"""A day written as year-month-day, such as 2026-11-23."""

Listed = Annotated[tuple[T, ...], Strict(strict=False)]
"""A list in the file, a tuple in memory."""


OR_NOTHING = BeforeValidator(lambda value: {} if value is None else value)
"""For a mapping that may be left empty in the file."""


class Model(BaseModel):
    """What people write: nothing unknown, nothing converted, nothing changed afterwards."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
        defer_build=True,
        ignored_types=(cached_property,),
    )
