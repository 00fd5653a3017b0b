"""Workbooks: zip files of XML that are no workbooks, or too much of one."""

import struct
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

from hostile.cases import BOOK, Case, Row, cases

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SHEET = "xl/worksheets/sheet1.xml"
_MANY = "9" * 5000
_LINK = f'<Relationship Id="a" Type="{_LINKS}/worksheet" Target="{{to}}"/>'
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHARED = '<c t="s"><v>%s</v></c>'


def cell(words: str, at: str = "") -> str:
    """Return a cell that holds its words itself."""
    return f'<c {f"r={at!r}" if at else ""} t="inlineStr"><is><t>{words}</t></is></c>'


def rows(*given: tuple[str, ...]) -> str:
    """Return rows of cells with these words."""
    return f"<sheetData>{''.join(f'<row>{str().join(map(cell, row))}</row>' for row in given)}</sheetData>"


def a_book(  # noqa: PLR0913  every part of one can be bad
    data: str = "",
    *,
    before: str = "",
    strings: str = "",
    styles: str = "",
    sheets: str = '<sheet name="S" r:id="a"/>',
    compression: int = ZIP_DEFLATED,
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a workbook with one sheet, as small as one can be; `more` are other parts, or the same ones anew."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationship Id="a" Type="{_LINKS}/officeDocument" Target="/xl/workbook.xml"/>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationship Id="a" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="b" Type="{_LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="c" Type="{_LINKS}/styles" Target="styles.xml"/>'
            f'<Relationship Id="d" Type="{_LINKS}/worksheet" Target="worksheets/sheet2.xml"/>'
        ),
        _SHEET: f'{before}<worksheet xmlns="{_MAIN}">{data or GOOD}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
        **(more or {}),
    }
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, text in parts.items():
            if isinstance(text, str) and name.endswith(".rels"):
                archive.writestr(name, f'<Relationships xmlns="{_PACKAGE}">{text}</Relationships>')
            else:
                archive.writestr(name, text)
    return out.getvalue()


GOOD = rows(("organisation", "q1", "q2"), ("Riverside Advice", "most", "all"))
OURS = rows(
    ("Id", "Question", "Your answer", "Why it does not apply", "Note"),
    ("q1", "How far?", "Most of it", "", ""),
    ("q2", "How often?", "Always", "", "we meet"),
)


def _answer(words: str) -> str:
    """Return rows in which this is an answer, as XML."""
    return f"<sheetData><row>{cell('organisation')}{cell('q1')}</row><row>{cell('Us')}{words}</row></sheetData>"


def _repeated(part: str, times: int, *, piece: int = 1_000_000) -> bytes:
    """Return a workbook in which a text of so many bytes is packed small, without it ever being whole."""
    out = BytesIO()
    out.write(a_book(more={part: b""}))
    with ZipFile(out, "a", ZIP_DEFLATED) as archive:
        del archive.NameToInfo[part]
        archive.filelist = [one for one in archive.filelist if one.filename != part]
        info = ZipInfo(part)
        info.compress_type = ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as file:
            file.write(b"<sst><si><t>" if "Strings" in part else b"<worksheet><sheetData><row><c><v>")
            for _ in range(times // piece):
                file.write(b"x" * piece)
    return out.getvalue()


def _patched(change: Callable[[bytearray], object], *, compression: int = ZIP_STORED) -> bytes:
    """Return a workbook with some of its bytes changed."""
    raw = bytearray(a_book(compression=compression))
    change(raw)
    return bytes(raw)


def _encrypted(raw: bytearray) -> None:
    """Set the flag of encryption in every entry of the directory."""
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        raw[at + 8] |= 1
        at = raw.find(b"PK\x01\x02", at + 1)


def _sized(raw: bytearray, size: int) -> None:
    """Let the directory say that the sheet unpacks to so many bytes."""
    at = raw.rfind(b"PK\x01\x02", 0, raw.rfind(_SHEET.encode()))
    raw[at + 24 : at + 28] = struct.pack("<I", size)


def _other(raw: bytearray) -> None:
    """Change a letter in the sheet, but not its checksum."""
    at = raw.find(b"Riverside")
    raw[at : at + 1] = b"L"


def _many_parts() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for i in range(40_000):
            archive.writestr(ZipInfo(f"{i:05}"), b"")
    return out.getvalue()


_DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY a{i} '&a{i - 1};&a{i - 1};'>" for i in range(1, 30)) + "]>"
)
_OUTSIDE = '<!DOCTYPE x SYSTEM "https://evil.example/x.dtd">'
_PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]>'
_LAST = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
_FAR = f"<sheetData><row>{cell('organisation')}{cell('q1')}</row>{_LAST}</sheetData>"
_SECOND = {"xl/worksheets/sheet2.xml": f'<worksheet xmlns="{_MAIN}">{GOOD}</worksheet>'}
_TWO = '<sheet name="S" r:id="a"/><sheet name="T" r:id="d"/>'
_HIDDEN = '<sheet name="S" r:id="a" state="hidden"/>'
_DATED = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
_DAYS = "<sheetData><row>%s%s</row><row>%s<c s='1'><v>%s</v></c></row></sheetData>"


def _day(number: str) -> bytes:
    return a_book(
        rows(("organisation", "q1", "date")).replace("</sheetData>", "")
        + f"<row>{cell('Us')}{cell('most')}<c s='1'><v>{number}</v></c></row></sheetData>",
        styles=_DATED,
    )


BOOKS: tuple[Row, ...] = (
    ("a good one", a_book(), "Saved 1 sheet"),
    ("a sheet that is smaller than it says", a_book(f'<dimension ref="A1:XFD1048576"/>{GOOD}'), "Saved 1 sheet"),
    ("a sheet that is larger than it says", a_book(f'<dimension ref="A1:A1"/>{GOOD}'), "Saved 1 sheet"),
    ("a sheet that says nonsense of its size", a_book(f'<dimension ref="-1:٣"/>{GOOD}'), "Saved 1 sheet"),
    ("a cell in the last corner", a_book(_FAR), ("too-big", 1_048_576, 16_384)),
    ("an empty cell in the last corner", a_book(_FAR.replace("<v>1</v>", "")), ("empty-file", 0, 0)),
    ("a cell beyond the last column", a_book(_answer(cell("most", "ZZZ2"))), ("too-big", 2, 18_278)),
    ("cells at nonsense addresses", a_book(_answer(cell("most", "٣٣"))), "Saved 1 sheet"),
    ("a row below nothing", a_book(GOOD.replace("<row>", '<row r="-1">')), "Saved 1 sheet"),
    ("two cells at one address", a_book(_answer(cell("most", "B2") + cell("none", "B2"))), ("bad-workbook", 2, 2)),
    ("a string of 300 million characters", lambda: _repeated("xl/sharedStrings.xml", 300_000_000), ("too-big", 0, 0)),
    ("a number of 300 million digits", lambda: _repeated(_SHEET, 300_000_000), ("too-big", 0, 0)),
    ("as much as may be unpacked", lambda: _repeated("xl/sharedStrings.xml", 19_000_000), ("bad-workbook", 0, 0)),
    ("a cell that is too long", a_book(_answer(cell("x" * 20_001))), ("too-big", 2, 2)),
    (
        "one long word everywhere",
        lambda: a_book(
            "<sheetData>" + f"<row>{_SHARED % 0}</row>" * 300 + "</sheetData>",
            strings=f"<si><t>{'x' * 19_999}</t></si>",
        ),
        ("too-big", 0, 0),
    ),
    (
        "empty cells without end",
        lambda: a_book(f"<sheetData><row>{'<c/>' * 400_001}</row></sheetData>"),
        ("too-big", 0, 0),
    ),
    (
        "one header without end",
        lambda: a_book(f"<sheetData>{('<row>' + '<c><v>1</v></c>' * 100 + '</row>') * 1_900}</sheetData>"),
        ("bad-table", 1, 2),
        "more like these",
    ),
    (
        "cells that no header stands over, without end",
        lambda: a_book(
            "<sheetData><row><c><v>1</v></c></row>"
            + ("<row>" + "<c><v>12</v></c>" * 300 + "</row>") * 600
            + "</sheetData>"
        ),
        ("bad-table", 2, 2),
        "more like these",
    ),
    (
        "our own, with ids that are unknown without end",
        lambda: a_book(
            "<sheetData><row>"
            + "".join(map(cell, ("Id", "Your answer")))
            + "</row>"
            + "".join(f"<row>{cell(f'q1{i}')}{cell('all')}</row>" for i in range(4_900))
            + "</sheetData>"
        ),
        ("unknown-question", 2, 1),
        "more like these",
    ),
    (
        "cells of one row without end",
        lambda: a_book("<sheetData><row>" + "<c><v>12</v></c>" * 240_000 + "</row></sheetData>"),
        ("too-big", 1, 301),
        "too-big",
    ),
    ("rows without end", lambda: a_book(f"<sheetData>{'<row/>' * 600_000}</sheetData>"), ("too-big", 0, 0)),
    (
        "a tag without end",
        lambda: a_book("<sheetData><row><c a='" + "x" * 19_000_000 + "'/></row></sheetData>"),
        ("too-big", 0, 0),
    ),
    (
        "attributes without end",
        lambda: a_book("<sheetData><row><c " + " ".join(f"a{i}=''" for i in range(90_000)) + "/></row></sheetData>"),
        ("empty-file", 0, 0),
    ),
    ("elements in elements", lambda: a_book("<a>" * 300_000), ("bad-workbook", 0, 0)),
    ("strings without end", lambda: a_book(strings="<si><t>ab</t></si>" * 190_000), "Saved 1 sheet"),
    ("styles without end", lambda: a_book(styles=f"<cellXfs>{'<xf/>' * 390_000}</cellXfs>"), "Saved 1 sheet"),
    (
        "formats without end",
        lambda: a_book(styles="".join(f"<numFmt numFmtId='{i}' formatCode='{i:060}'/>" for i in range(150_000))),
        "Saved 1 sheet",
    ),
    (
        "links without end",
        lambda: a_book(
            more={
                "xl/_rels/workbook.xml.rels": (
                    '<Relationship Id="a" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/>' * 200_000
                )
            }
        ),
        "Saved 1 sheet",
    ),
    ("parts without end", _many_parts, ("cannot-read", 0, 0)),
    ("a sheet too many", a_book(sheets='<sheet name="S" r:id="a"/>' * 21), ("too-big", 0, 0)),
    ("one sheet many times", a_book(sheets='<sheet name="S" r:id="a"/>' * 20), ("two-values", 0, 0)),
    ("an entity from outside", a_book(_answer(cell("&e;")), before=_DOCTYPE), ("bad-workbook", 0, 0)),
    ("entities in entities", a_book(_answer(cell("&a29;")), before=_LAUGHS), ("bad-workbook", 0, 0)),
    ("a document type on the internet", a_book(before=_OUTSIDE), ("bad-workbook", 0, 0)),
    ("an entity for document types", a_book(before=_PARAMETER), ("bad-workbook", 0, 0)),
    (
        "a document type in the strings",
        a_book(more={"xl/sharedStrings.xml": f"{_LAUGHS}<sst/>"}),
        ("bad-workbook", 0, 0),
    ),
    ("a document type in the links", a_book(more={"_rels/.rels": f"{_LAUGHS}<a/>".encode()}), ("bad-workbook", 0, 0)),
    ("an entity that nobody knows", a_book(_answer(cell("&nbsp;"))), ("bad-workbook", 0, 0)),
    (
        "XML in UTF-16",
        a_book(more={_SHEET: f'<worksheet xmlns="{_MAIN}">{GOOD}</worksheet>'.encode("utf-16")}),
        "Saved 1 sheet",
    ),
    (
        "XML in letters of another kind",
        a_book(more={_SHEET: b'<?xml version="1.0" encoding="ebcdic-cp-be"?><a/>'}),
        ("bad-workbook", 0, 0),
    ),
    ("XML that ends in the middle", a_book("<sheetData><row>"), ("bad-workbook", 0, 0)),
    ("XML that is none", a_book(more={_SHEET: b"\x00\x01\x02"}), ("bad-workbook", 0, 0)),
    ("a string that is not there", a_book(_answer(_SHARED % 7)), ("bad-workbook", 0, 0)),
    ("a string before the first", a_book(_answer(_SHARED % -1), strings="<si><t>most</t></si>"), ("empty-file", 0, 0)),
    ("a string of five thousand digits", a_book(_answer(_SHARED % _MANY)), ("bad-workbook", 0, 0)),
    (
        "a string with a superscript",
        a_book(_answer(_SHARED % "²"), strings="<si><t>most</t></si>" * 3),
        ("empty-file", 0, 0),
    ),
    (
        "a style of five thousand digits",
        a_book(_answer(f"<c s='{_MANY}' t='n'><v>1</v></c>"), styles=_DATED),
        ("unknown-level", 2, 2),
    ),
    ("a day of no number", _day("nan"), ("bad-value", 2, 3)),
    ("a day without end", _day("inf"), ("bad-value", 2, 3)),
    ("a day beyond all days", _day("1e308"), ("bad-value", 2, 3)),
    ("a day before all days", _day("-800000"), ("bad-value", 2, 3)),
    ("a day of five thousand digits", _day(_MANY), ("bad-value", 2, 3)),
    ("an invisible character", a_book(_answer(cell("most_x0007_"))), ("control-character", 2, 2)),
    ("half a character", a_book(_answer(cell("_xD800_"))), ("control-character", 2, 2)),
    ("an escape sequence as XML forbids it", a_book(_answer(cell("&#27;[2J"))), ("bad-workbook", 0, 0)),
    ("an escape sequence of one byte", a_book(_answer(cell("&#155;2J"))), ("control-character", 2, 2)),
    ("text that turns round", a_book(rows(("organisation", "q1"), ("\u202eevil", "mots"))), ("unknown-level", 2, 2)),
    ("an error of a spreadsheet", a_book(_answer('<c t="e"><v>#REF!</v></c>')), ("bad-workbook", 2, 2)),
    ("a formula that was never calculated", a_book(_answer("<c><f>1+1</f></c>")), ("bad-workbook", 2, 2)),
    ("a formula as words", a_book(_answer(cell("=cmd|' /C calc'!A0"))), ("unknown-level", 2, 2)),
    ("two sheets of answers", a_book(sheets=_TWO, more=_SECOND), ("two-values", 0, 0)),
    ("a hidden sheet of answers", a_book(sheets=_HIDDEN), ("empty-file", 0, 0)),
    ("no sheet", a_book(sheets=""), ("empty-file", 0, 0)),
    ("a sheet that is not there", a_book(sheets='<sheet name="S" r:id="z"/>'), ("empty-file", 0, 0)),
    (
        "a sheet on the internet",
        a_book(
            more={
                "xl/_rels/workbook.xml.rels": f'<Relationship Id="a" Type="{_LINKS}/worksheet" Target="https://evil.example/x"/>'
            }
        ),
        ("empty-file", 0, 0),
    ),
    (
        "a sheet outside the file",
        a_book(more={"xl/_rels/workbook.xml.rels": _LINK.format(to="../../../etc/passwd")}),
        ("empty-file", 0, 0),
    ),
    (
        "a workbook that is its own sheet",
        a_book(
            more={
                "xl/_rels/workbook.xml.rels": f'<Relationship Id="a" Type="{_LINKS}/worksheet" Target="workbook.xml"/>'
            }
        ),
        ("empty-file", 0, 0),
    ),
    ("no links", a_book(more={"_rels/.rels": ""}), ("cannot-read", 0, 0)),
    (
        "a binary workbook",
        a_book(more={"_rels/.rels": f'<Relationship Id="a" Type="{_LINKS}/officeDocument" Target="xl/workbook.bin"/>'}),
        ("cannot-read", 0, 0),
    ),
    (
        "a document",
        a_book(
            more={"_rels/.rels": f'<Relationship Id="a" Type="{_LINKS}/officeDocument" Target="word/document.xml"/>'}
        ),
        ("cannot-read", 0, 0),
    ),
    ("a rare compression", a_book(compression=ZIP_LZMA), ("bad-workbook", 0, 0)),
    ("parts with a password", lambda: _patched(_encrypted), ("bad-workbook", 0, 0)),
    (
        "a part that is larger than it says",
        lambda: _patched(partial(_sized, size=10), compression=ZIP_DEFLATED),
        ("bad-workbook", 0, 0),
    ),
    ("a part that is smaller than it says", lambda: _patched(partial(_sized, size=4_000_000_000)), "Saved 1 sheet"),
    ("a part with another checksum", lambda: _patched(_other), ("bad-workbook", 0, 0)),
    ("a file with more in front", lambda: b"PK\x03\x04" + b"x" * 50 + a_book(), "Saved 1 sheet"),
    ("only the end of a zip file", b"PK\x05\x06" + bytes(18), ("cannot-read", 0, 0)),
    ("only the beginning of a zip file", b"PK\x03\x04" + bytes(30), ("bad-workbook", 0, 0)),
    ("a workbook from before 2007", _OLE + bytes(500), ("cannot-read", 0, 0)),
    ("a workbook with a password", _OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), ("cannot-read", 0, 0)),
    ("a web page", b"\xef\xbb\xbf <html><table><tr><td>q1</td></tr></table>", ("cannot-read", 0, 0)),
    ("a table of text", b"organisation,q1\nUs,most\n", ("cannot-read", 0, 0)),
    ("nothing", b"", ("cannot-read", 0, 0)),
    ("a byte too many", lambda: a_book() + bytes(5_000_001), ("too-big", 0, 0)),
    ("our own", a_book(OURS), "Saved 1 sheet"),
    ("our own, with an id that is unknown", a_book(OURS.replace(">q1<", ">q9<")), ("unknown-question", 2, 1)),
    ("our own, with an id that is gone", a_book(OURS.replace(cell("q1"), "<c/>")), ("missing", 2, 1)),
    ("our own, with an id twice", a_book(OURS.replace(">q2<", ">q1<")), ("two-values", 3, 1)),
    ("our own, with two columns for answers", a_book(OURS.replace(">Note<", ">Your answer<")), ("column-twice", 1, 5)),
    ("our own, with an answer that is unknown", a_book(OURS.replace("Most of it", "Nearly")), ("unknown-level", 2, 3)),
    (
        "our own, with an error in a formula",
        a_book(OURS.replace(cell("Always"), '<c t="e"><v>#N/A</v></c>')),
        ("bad-workbook", 3, 3),
    ),
    ("our own, empty", a_book(rows(("Id", "Question", "Your answer"), ("q1", "How far?", ""))), ("empty-file", 0, 0)),
    (
        "our own, twice",
        a_book(OURS, sheets=_TWO, more={"xl/worksheets/sheet2.xml": f'<worksheet xmlns="{_MAIN}">{OURS}</worksheet>'}),
        ("two-values", 0, 0),
    ),
)


def books() -> Iterator[Case]:
    """Yield every case of a workbook."""
    yield from cases(BOOK, BOOKS)
