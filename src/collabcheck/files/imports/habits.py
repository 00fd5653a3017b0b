"""What columns are that no question of the pack has: by the habits of survey tools, and by e-mail addresses in them."""

import re
import unicodedata
from enum import StrEnum

from collabcheck.files.imports.names import BESIDE, Holds, Part
from collabcheck.files.imports.words import plain
from collabcheck.files.source.found import ADDRESS
from collabcheck.files.tables import Table


class Left(StrEnum):
    """Why a column is left out."""

    PERSONAL = "it says who answered"
    TOOL = "the survey tool wrote it"
    LISTED = "the mapping says so"
    EMPTY = "nothing stands in it"
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
    r"I[Dd]|Last modified time|Language|Total points|Quiz feedback|(Points|Feedback) - .+"  # Microsoft, Google
    r"|_(id|uuid|index|validation_status|status|notes|tags|version_|_version__|parent_\w+|submission__\w+)"  # Kobo
    r"|formhub/uuid|media_all"
    r"|KEY|PARENT_KEY|SET-OF-.+|ReviewState|FormVersion|Edits|Attachments(Present|Expected)"  # ODK
    r"|(.+[/-])?(instance(ID|Name)|root[uU]uid|deprecatedID|hasAudit)|meta[/-].+"
    r"|(.+[/-])?(about___intro|part___\d+(___statement)?|\w+___screen)"  # our own form
)
"""The very names that tools give to columns of their own; what is only like them may be people’s words."""


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
    return Left.TOOL if _TOOL.fullmatch(" ".join(header.split())) else Left.UNKNOWN


# By what stands in them.

_AN_ADDRESS = re.compile(r"[^\s@]@[^\s@]{1,200}\.[^\s@]{2,30}")
_BESIDE_IT = 4
"""So many words may stand in a cell beside an e-mail address, such as a name and a number; more are a sentence."""


def says_who(header: str) -> bool:
    """Say whether words in a header ask for something personal."""
    return bool(_PERSONAL.fullmatch(plain(header)))


def is_of_addresses(table: Table, column: int, what: Holds | Left) -> bool:
    """Say whether a column of words, or of names of organisations, is one of e-mail addresses, by header or cells."""
    if _AN_ADDRESS.search(table.header[column]):
        return what is Left.UNKNOWN or _is_of_words(what)
    if _is_of_words(what):
        filled = [row[column] for row in table.rows if row[column].strip()]
        return 2 * sum(map(_is_address, filled)) > len(filled)
    return what is Left.UNKNOWN and has_addresses(table, column)


def _is_of_words(what: Holds | Left) -> bool:
    return isinstance(what, Holds) and (what.part in BESIDE or what.part in (Part.TALK, Part.ORGANISATION))


_NO_STREET = r"(?!(?:and|at|for|in|of|on|to|with)\b)"  # as in “1 to 1 Support in Close”
_WHERE = re.compile(
    r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b"  # a postcode
    rf"|\b\d{{1,4}}[a-z]?,?\s+({_NO_STREET}[^\W\d]+\s+){{1,3}}"
    r"(avenue|close|crescent|drive|lane|road|square|street|terrace|way)\b"
    r"|[,;(]\s*([^\W\d]+\s+){1,3}(cottage|court|farm|house|lodge)\s*($|[,;)])"  # a house with a name, after theirs
    r"|(?<!\w)(\+|0)[\d ()-]{8,20}\d",  # a telephone number; those of charities and companies are shorter
    re.IGNORECASE,
)


def says_where(name: str) -> bool:
    """Say whether a postal address or a telephone number seems to stand in the name of an organisation."""
    return bool(_WHERE.search(name))


def has_addresses(table: Table, column: int) -> bool:
    """Say whether a column holds e-mail addresses, whatever it is called."""
    return any(_is_address(row[column]) for row in table.rows)


def _is_address(words: str) -> bool:
    """Say whether a cell holds e-mail addresses, with no more beside them than a name."""
    if "@" not in unicodedata.normalize("NFKC", words[:_LONGEST]) or len(words) > _LONGEST:
        return False
    rest, count = ADDRESS.subn(" ", words)
    return count > 0 and len(plain(rest).split()) <= _BESIDE_IT


_LONGEST = 500  # characters; more is a text, whatever stands in it
