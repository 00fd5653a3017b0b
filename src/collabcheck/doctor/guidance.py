"""Guidance that people may not be able to use: links, dates, what replaces what, and where it applies.

What a text says of itself is looked for in English words; in other languages nothing is found, which does no harm.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from collabcheck.doctor.gaps import FEW, quoted
from collabcheck.doctor.remarks import Kind, Remark
from collabcheck.pack import Pack, Resource
from collabcheck.problems import Path

YEARS = 10
"""Guidance that is older is looked at again: within ten years both charity law and public buying were rewritten in
the UK (Charities Act 2022, Procurement Act 2023)."""

_SHARED = "a site where anybody puts up copies, which may be old, incomplete or against the publisher’s terms"
_KEPT = "a place for somebody’s own files, which they can change or take away"
_ARCHIVED = "a picture of a page as it was once, which shows no correction made since"

COPIES: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "academia.edu",
            "calameo.com",
            "coursehero.com",
            "docdroid.net",
            "docplayer.net",
            "docplayer.org",
            "docs.us",
            "docslib.org",
            "docstoc.com",
            "dokumen.tips",
            "issuu.com",
            "pdfcoffee.com",
            "researchgate.net",
            "scribd.com",
            "slideplayer.com",
            "slideshare.net",
            "studylib.net",
            "vdocuments.net",
            "yumpu.com",
        ),
        _SHARED,
    ),
    **dict.fromkeys(
        (
            "1drv.ms",
            "box.com",
            "docs.google.com",
            "drive.google.com",
            "dropbox.com",
            "dropboxusercontent.com",
            "onedrive.live.com",
            "sharepoint.com",
            "wetransfer.com",
        ),
        _KEPT,
    ),
    **dict.fromkeys(("archive.is", "archive.ph", "archive.today", "web.archive.org"), _ARCHIVED),
}
"""Hosts that publish nothing of their own, each with what is wrong with them."""

_HOST = re.compile(r"^https?://([A-Za-z0-9.-]+).*$")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_KEPT_UP = re.compile(r"\b(?:since|updated|revised|rewritten|reviewed|yearly|annual|every year)\b", re.IGNORECASE)
_SAYS_OLD = re.compile(
    r"\b(?:an? old|(?:is|are|now|years|quite|very) old|dated|ha(?:s|ve) aged|out of date|in its day)\b", re.IGNORECASE
)

_GONE = r"(?:superseded|withdrawn|replaced by|no longer in force|out of date|out of print)\b"
_MARKED_GONE = re.compile(rf"\b{_GONE}", re.IGNORECASE)
_SAYS_GONE = re.compile(
    rf"(?:^|[.;:!?]\s+)(?:now\s+)?{_GONE}"
    r"|\b(?:it|this|which|guide|guidance|page|report|toolkit|booklet|paper|edition|code|policy|law)"
    rf"\s+(?:is|are|was|were|has been|have been)\s+(?:now\s+|since\s+|long\s+)?{_GONE}",
    re.IGNORECASE,
)


def guidance(pack: Pack, today: str) -> Iterator[Remark]:
    """Yield what may keep people from guidance, or lead them to the wrong one; `today` is year-month-day."""
    for i, resource in enumerate(pack.resources):
        path: Path = ("resources", i)
        yield from _link(path, resource)
        yield from _age(path, resource, int(today[:4]))
        yield from _gone(path, resource)
    yield from _successors(pack)
    yield from _unchecked(pack, today)
    yield from _nations(pack)


# Links.


def _link(path: Path, resource: Resource) -> Iterator[Remark]:
    if resource.link is None:
        return
    if resource.link.startswith("http:"):
        yield Remark(
            (*path, "link"),
            Kind.NOT_SECURE,
            f"the link of “{resource.id}” is not secure: others on the way can change what people read",
            "Write https:// if the page opens that way; if not, look for another page of the publisher’s.",
        )
    host = _HOST.sub(r"\1", resource.link).rstrip(".").lower()
    if reason := next((why for name, why in COPIES.items() if f".{host}".endswith(f".{name}")), ""):
        yield Remark(
            (*path, "link"),
            Kind.COPY,
            f"the link of “{resource.id}” leads to {host[:60]}, {reason}",
            "Link to the publisher’s own page. If there is none, leave the link out and say under “find” whom to ask.",
        )


def _unchecked(pack: Pack, today: str) -> Iterator[Remark]:
    """Tell which links nobody has opened of late; what is the same for many is said once."""
    linked = [(("resources", i, "checked"), one) for i, one in enumerate(pack.resources) if one.link is not None]
    never = [(path, one.id) for path, one in linked if one.checked == "never"]
    before = [(path, one.id) for path, one in linked if one.checked != "never" and one.checked < _year_before(today)]
    yield from _not_checked(never, len(linked), "no person has opened the link of")
    yield from _not_checked(before, len(linked), "for more than a year nobody has opened the link of")
    for path, one in linked:
        if one.checked != "never" and one.checked > today:
            message = f"the day on which the link of “{one.id}” was opened, {one.checked}, is still to come"
            yield Remark(path, Kind.NOT_CHECKED, message, "Write the day on which a person last opened it, or “never”.")


def _not_checked(found: Sequence[tuple[Path, str]], of: int, message: str) -> Iterator[Remark]:
    advice = "Open it in a browser, see that it is the right page, and write that day under “checked”."
    if len(found) > FEW:
        each = f"For each: {advice[0].lower()}{advice[1:]}"
        yield Remark(("resources",), Kind.NOT_CHECKED, f"{message} {len(found)} of {of} resources", each)
        return
    for path, name in found:
        yield Remark(path, Kind.NOT_CHECKED, f"{message} “{name}”", advice)


def _year_before(today: str) -> str:
    return f"{int(today[:4]) - 1:04}{today[4:]}"


# Age, and what replaces what.


def _age(path: Path, resource: Resource, this_year: int) -> Iterator[Remark]:
    """Find old guidance of which nothing says so: no successor, no word that it is kept up, and none on its age."""
    year = _published(resource.date, this_year)
    if resource.superseded_by or year is None or this_year - year <= YEARS or _KEPT_UP.search(resource.date):
        return
    if str(year) not in resource.useful and not _SAYS_OLD.search(resource.useful):
        yield Remark(
            (*path, "date"),
            Kind.OLD,
            f"“{resource.id}” is from {year}, and neither “superseded_by” nor “useful” tells people what that means",
            "Name what replaces it under “superseded_by”; or say under “useful” which parts still hold.",
        )


def _published(date: str, this_year: int) -> int | None:
    """Return the latest year that a date in free text names, if it names one; not one to come."""
    years = (int(year) for year in _YEAR.findall(date))
    return max((year for year in years if year <= this_year), default=None)


def _gone(path: Path, resource: Resource) -> Iterator[Remark]:
    if resource.superseded_by:
        return
    marked = any(map(_MARKED_GONE.search, (resource.title, resource.date)))
    if marked or any(map(_SAYS_GONE.search, (resource.what, resource.useful))):
        yield Remark(
            path,
            Kind.NO_SUCCESSOR,
            f"“{resource.id}” is said to hold no longer, and nothing says what to read instead",
            "Name what replaces it under “superseded_by”, or remove it.",
        )


def _successors(pack: Pack) -> Iterator[Remark]:
    """Find guidance that is replaced only by what is itself replaced; a circle is told once."""
    told: set[str] = set()
    for i, resource in enumerate(pack.resources):
        newer = [pack.resource[name] for name in resource.superseded_by]
        if told.issuperset(resource.superseded_by) or not all(one.superseded_by for one in newer):
            continue
        later = _later(pack, resource)
        if ends := [name for name in later if not pack.resource[name].superseded_by]:
            message = f"what replaces “{resource.id}” has itself been replaced"
            advice = f"Name the newest instead, which as it stands is {quoted(ends)}."
        elif told.isdisjoint(later):
            message = f"what replaces “{resource.id}” leads round in a circle, so that nothing is left to read"
            advice = "Take “superseded_by” away from the one that people should read."
            told |= {*later}
        else:
            continue
        yield Remark(("resources", i, "superseded_by"), Kind.NO_SUCCESSOR, message, advice)


def _later(pack: Pack, resource: Resource) -> list[str]:
    """Return all that replaces a resource, or replaces what replaces it, each once."""
    found = dict.fromkeys(resource.superseded_by)
    todo = list(found)
    while todo:
        ahead = [name for name in pack.resource[todo.pop()].superseded_by if name not in found]
        found |= dict.fromkeys(ahead)
        todo += ahead
    return list(found)


# Nations.


def _nations(pack: Pack) -> Iterator[Remark]:
    """Find factors with guidance for some nations and none for others."""
    where = pack.that_means("nation")
    if where is None:
        return
    for i, factor in enumerate(pack.factors):
        helping = [one.nations for one in pack.resources if factor.id in one.factors and not one.superseded_by]
        if helping and () not in helping:
            served = {name for nations in helping for name in nations}
            if left_out := [choice.text.rstrip(".") for choice in where.choices if choice.id not in served]:
                yield Remark(
                    ("factors", i),
                    Kind.NATION_LEFT_OUT,
                    f"there is guidance on “{factor.id}”, and none of it is for {quoted(left_out)}",
                    "Add a resource that holds there; or, if one holds everywhere, leave out its “nations”.",
                )
