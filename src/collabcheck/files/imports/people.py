"""From the cells of one person to an answer sheet."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from collabcheck.answers import AnswerSheet
from collabcheck.characters import one_line
from collabcheck.files.imports.columns import Column
from collabcheck.files.imports.days import days_in
from collabcheck.files.imports.mapping import Mapping as Given
from collabcheck.files.imports.names import Holds, Part
from collabcheck.files.imports.replies import Headers, Heard, Said, listen
from collabcheck.files.imports.words import plain
from collabcheck.files.sheets import sheet_from, sheet_text
from collabcheck.files.source.found import ADDRESS, quoted
from collabcheck.files.workbooks.parts import cell_name
from collabcheck.pack import Pack, Prompt
from collabcheck.problems import Code, CollabcheckError, Place, Problem
from collabcheck.written import LONGEST_NAME


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a table is to be read."""

    today: str
    """The day of answers that have none, as year-month-day."""
    organisation: str = ""
    """The organisation of those that name none."""
    mapping: Given = field(default_factory=Given)
    keep_respondent: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One person’s answers: a sheet, or what is wrong with them."""

    name: str
    """What to call the file, without its suffix."""
    place: Place
    sheet: AnswerSheet | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """What a table holds."""

    people: tuple[Person, ...]
    columns: tuple[Column, ...]
    warnings: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    """What is wrong with the table as a whole."""
    ours: bool = False
    """Whether it is an answer workbook, after which its sheet is called."""
    nameless: bool = False
    """Whether the name of who answered stands in that workbook, and is left out."""


def person_from(
    pack: Pack, said: Said, headers: Headers, place: Place, wishes: Wishes, *, first: bool
) -> tuple[Person, tuple[str, ...]]:
    """Return a person and warnings, from what the cells say; `first` says that days put the day before the month."""
    heard = listen(pack, said, headers)
    day = _day(said, wishes, heard, first=first)
    organisation = _name(said, Holds(Part.ORGANISATION), heard)
    if wishes.organisation.strip():
        organisation = wishes.organisation.strip()
    elif not organisation:
        heard.problems.append(_nameless(headers, place))
    elif ADDRESS.search(organisation):
        heard.problems.append(_reachable(said[Holds(Part.ORGANISATION)].place))
    sheet = AnswerSheet(
        pack=pack.pack,
        pack_version=pack.version,
        organisation=organisation,
        date=day,
        name=_who(_name(said, Holds(Part.NAME), heard)) or _who(_name(said, Holds(Part.ADDRESS), heard)),
        replies=heard.replies,
        discussion={prompt.id: talk for prompt in pack.prompts if (talk := _talk(said, prompt))},
        asked={name: pack.question[name].fingerprint for name in heard.replies},
    )
    problems = heard.problems or _unreadable(pack, sheet, place)
    return Person("", place, None if problems else sheet, tuple(problems)), tuple(heard.warnings)


def _day(said: Said, wishes: Wishes, heard: Heard, *, first: bool) -> str:
    """Return the day of the answers, as year-month-day."""
    cell = said.get(Holds(Part.DATE))
    if cell is None:
        return wishes.today
    for year, month, day in days_in(cell.words, first=first):
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            break
    message = f"{quoted(cell.words)} is not a day"
    heard.problems.append(Problem(cell.place, Code.BAD_VALUE, message, "Write year-month-day, such as 2026-11-23."))
    return wishes.today


def _name(said: Said, holds: Holds, heard: Heard) -> str:
    """Return the name of an organisation or a person, on one line."""
    cell = said.get(holds)
    name = one_line(cell.words) if cell else ""
    if cell and len(name) > LONGEST_NAME:
        message = f"this name has more than {LONGEST_NAME} characters"
        heard.problems.append(Problem(cell.place, Code.TOO_BIG, message, "Shorten it."))
    return name if plain(name) != "anonymous" else ""


def _who(name: str) -> str:
    """Return the name in words such as “Bob <bob@example.org>”, or else the first address in them."""
    words = " ".join(ADDRESS.sub(" ", name).split()).strip(" <>()[],;:") if "@" in name else name
    return words or next((hit[0] for hit in ADDRESS.finditer(name)), name)


def _reachable(place: Place) -> Problem:
    """Return what to say where somebody’s address would get into the sheet, and into its name."""
    message = "an e-mail address stands here, where the name of the organisation belongs"
    return Problem(place, Code.BAD_VALUE, message, "Write only the name; or name it for everyone with --organisation.")


def _nameless(headers: Headers, place: Place) -> Problem:
    """Return what to say where no organisation is named: of one person, or the same of all where no column has it."""
    message = "it does not say which organisation this is"
    if header := headers.get(Holds(Part.ORGANISATION)):
        advice = f"Fill in {quoted(header)}; or name it with --organisation."
        return Problem(place, Code.MISSING, message, advice)
    advice = (
        "Name it with --organisation; or, if a column has it, say which one in a mapping (--save-mapping makes one)."
    )
    return Problem(Place(place.file), Code.MISSING, message, advice)


def _talk(said: Said, prompt: Prompt) -> tuple[str, ...]:
    cell = said.get(Holds(Part.TALK, prompt.id))
    words = cell.words.strip() if cell else ""
    if prompt.several:
        return tuple(line.strip() for line in words.split("\n") if line.strip())
    return (words,) if words else ()


def _unreadable(pack: Pack, sheet: AnswerSheet, place: Place) -> list[Problem]:
    """Find why a sheet could not be read again, if it could not."""
    try:
        sheet_from(pack, place.file, sheet_text(pack, sheet, json=False).encode(errors="surrogatepass"))
    except CollabcheckError as error:
        return [replace(problem, place=place) for problem in error.problems]
    return []


# What files are called, and places.


def named(person: Person, name: str, spots: Mapping[int, str]) -> Person:
    """Return a person with the name of the file, and with problems that say where they are as a spreadsheet does.

    A place of a whole row is none that anybody has to look for; `spots` has what to call the columns of a CSV file.
    """
    found = [
        replace(one, message=f"{one.message} ({spots.get(at.column) or f'cell {cell_name(at.line, at.column)}'})")
        if (at := one.place).line and at != person.place
        else one
        for one in person.problems
    ]
    return replace(person, name=name, problems=tuple(found))


def slug(words: str) -> str:
    """Return words as a part of a file name that is safe everywhere: at most 40 small letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")[:40].strip("-")
