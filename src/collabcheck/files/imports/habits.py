"""What columns are that no question of the pack has: by the habits of survey tools, and by e-mail addresses in them."""

import re
from enum import StrEnum

from collabcheck.files.imports.names import BESIDE, Holds, Part
from collabcheck.files.imports.words import plain
from collabcheck.files.tables import Table


class Left(StrEnum):
    """Why a column is left out."""

    PERSONAL = "it says who answered"
    TOOL = "the survey tool wrote it"
    LISTED = "the mapping says so"
    UNKNOWN = "it is not known"


_ORGANISATION = re.compile(
    r"(about )?(what is )?(the )?(name of )?(your |the )?(organi[sz]ation|charity)s?( name| called)?"
    r"|which (organi[sz]ation|charity) (are you from|do you (work|answer) for)"
)
DATES = (
    "about date",
    "date",
    "completion time",
    "timestamp",
    "submissiondate",
    "submission time",
    "end",
    "today",
    "start time",
    "start",
)
"""Columns that say when somebody answered; the first that is there counts."""

_NAMES = ("name", "your name", "full name", "respondent", "username", "submittername", "submitted by")
_PERSONAL = re.compile(
    r"(^|.* )(e ?mails?|mail|(sur|user|first|last|full|submitter)?names?|address|street|post ?code|phone ?(number)?"
    r"|telephone|mobile|respondent|submitted by|submitter ?id|device ?id|subscriber ?id|sim ?(serial|id)|ip|geolocation"
    r"|latitude|longitude)( .*|$)"
)
_TOOL = re.compile(
    r"id|last modified time|language|total points|score|quiz feedback|(points|feedback) .*|uuid|key|index|validation"
    r" status|status|reviewstate|review state|notes|tags|version|formversion|edits|attachments(present|expected)"
    r"|media all|meta .*|instance ?(id|name)|formhub uuid|.*instanceid|(about )?intro|parent .*|set of .*|.* screen"
    r"|part \d+( .*)?|rootuuid|deprecatedid|hasaudit"
)


def by_habit(header: str) -> Holds | Left:
    """Return what a column is that no question of the pack has."""
    word = plain(header)
    if _ORGANISATION.fullmatch(word):
        return Holds(Part.ORGANISATION)
    if word in DATES:
        return Holds(Part.DATE)
    if word in _NAMES:
        return Holds(Part.NAME)
    if _PERSONAL.fullmatch(word):
        return Left.PERSONAL
    return Left.TOOL if _TOOL.fullmatch(word) else Left.UNKNOWN


# By what stands in them.

_ADDRESS = re.compile(r"\s*[^\s@]{1,64}@[^\s@]{1,200}\.[^\s@]{2,30}\s*")
_AN_ADDRESS = re.compile(r"[^\s@]@[^\s@]{1,200}\.[^\s@]{2,30}")


def is_of_addresses(table: Table, column: int, what: Holds | Left) -> bool:
    """Say whether a column that may hold any words is one of e-mail addresses, by its header or its cells."""
    if _AN_ADDRESS.search(table.header[column]):
        return what is Left.UNKNOWN or _is_beside(what)
    if _is_beside(what):
        filled = [row[column] for row in table.rows if row[column].strip()]
        return 2 * sum(bool(_ADDRESS.fullmatch(words)) for words in filled) > len(filled)
    return what is Left.UNKNOWN and has_addresses(table, column)


def _is_beside(what: Holds | Left) -> bool:
    return isinstance(what, Holds) and what.part in BESIDE


def has_addresses(table: Table, column: int) -> bool:
    """Say whether a column holds e-mail addresses, whatever it is called."""
    return any(_ADDRESS.fullmatch(row[column]) for row in table.rows)
