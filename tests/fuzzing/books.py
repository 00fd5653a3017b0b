"""Small workbooks, and what is dangerous in their parts and in the zip file around them."""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from fuzzing.materials import BYTES, encoded
from fuzzing.mutations import Material, bundled, packed

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def a_book(rows: str, *, texts: str = "", more: str = "", others: str = "") -> bytes:
    """Return the parts of a workbook with one sheet, and with another if there are rows for it, as a bundle."""
    sheets = [rows, *([others] if others else [])]
    listed = "".join(f'<sheet name="S{i}" r:id="s{i}"/>' for i, _ in enumerate(sheets))
    linked = "".join(
        f'<Relationship Id="s{i}" Type="{_LINKS}/worksheet" Target="sheet{i}.xml"/>' for i, _ in enumerate(sheets)
    )
    kinds = (("sharedStrings", texts), ("styles", more))
    linked += "".join(f'<Relationship Id="{k}" Type="{_LINKS}/{k}" Target="{k}.xml"/>' for k, part in kinds if part)
    main = f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>'
    return bundled(
        {
            "_rels/.rels": (
                f'{_PACKAGE}<Relationship Id="a" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
                "</Relationships>"
            ),
            "xl/workbook.xml": main,
            "xl/_rels/workbook.xml.rels": f"{_PACKAGE}{linked}</Relationships>",
            **{
                f"xl/sheet{i}.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{one}</sheetData></worksheet>'
                for i, one in enumerate(sheets)
            },
            **({"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>'} if texts else {}),
            **({"xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{more}</styleSheet>'} if more else {}),
        }
    )


def row(*words: str) -> str:
    """Return a row of a sheet with these words."""
    cells = (f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in words)
    return f"<row>{''.join(cells)}</row>"


_SHARED: Final = (
    '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>46000.5</v></c><c r="C2" t="b"><v>1</v></c></row>'
)
WORKBOOKS: Final = Material(
    (
        a_book(row("Organisation", "q1", "q2") + row("Us", "some", "few; many")),
        a_book(
            row("q1", "Date", "q2/few") + _SHARED,
            texts="<si><t>some</t></si>",
            more=(
                '<numFmts><numFmt numFmtId="170" formatCode="yyyy"/></numFmts>'
                '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
            ),
        ),
        a_book(
            row("Your answer", "Note", "Id", "Why it does not apply")
            + row("some", "so", "q1")
            + row("Yes", "", "q2/few"),
            others=row("Organisation", "Us") + row("Date", "2026-11-23") + row("Your name", "Ann"),
        ),
        a_book(row("q1") + '<row><c><f>1+1</f></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-11-23T10:00</v></c></row>'),
    ),
    (
        *encoded(
            *(
                '<c r="A1" t="s"><v>0</v></c>',
                '<c t="inlineStr"><is><t>',
                "</t></is></c>",
                "<row>",
                "</row>",
                ' r="XFD1048576"',
            ),
            *(
                ' t="e"',
                ' t="s"',
                ' t="str"',
                ' t="d"',
                ' s="1"',
                ' s="9"',
                "<f>1</f>",
                "<v>",
                "</v>",
                "<v>1e309</v>",
                "<v>nan</v>",
            ),
            *(
                "<v>-1</v>",
                "<v>" + "9" * 30 + "</v>",
                "<v>²</v>",
                "<v>٣</v>",
                "<v>1_0</v>",
                "<!DOCTYPE a>",
                "<!ENTITY",
                "&a;",
                "&lt;",
            ),
            *(
                "&#0;",
                "&#65;",
                "&#xD800;",
                "_x0007_",
                "_xD800_",
                "_x000D_",
                "<rPh>",
                "</rPh>",
                "<![CDATA[",
                "]]>",
                "<!--",
                "-->",
            ),
            *(
                '<?xml version="1.0" encoding="utf-16"?>',
                '<?xml version="1.0" encoding="x"?>',
                '<row r="0">',
                '<row r="9999999">',
            ),
            *(
                "<x:c>",
                ' state="hidden"',
                '<workbookPr date1904="1"/>',
                "../",
                "/",
                ".bin",
                "<",
                ">",
                '"',
                "=",
                "\n== a\n",
                "\n== ",
            ),
            *(
                "<si>",
                "</si>",
                "<t>",
                "</t>",
                "sheet0",
                "sheet1",
                "xl/",
                "Id",
                "q1",
                "q2",
                "q1/x",
                "some",
                "Organisation",
                "Your answer",
            ),
        ),
        *BYTES,
    ),
)


def _deflated(bundle: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(packed(bundle))) as archive, ZipFile(out, "w", ZIP_DEFLATED) as deflated:
        for name in archive.namelist():
            deflated.writestr(name, archive.read(name))
    return out.getvalue()


ZIPS: Final = Material(
    (*map(packed, WORKBOOKS.seeds[:2]), _deflated(WORKBOOKS.seeds[0]), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(30)),
    (
        *(
            b"PK\x01\x02",
            b"PK\x05\x06",
            b"PK\x06\x07",
            b"PK\x07\x08",
            b"\x00" * 4,
            b"\xff" * 2,
            b"\xff" * 4,
            b"\x00\x01",
        ),
        *(b"\x08\x00", b"\x0e\x00", b"\x01\x00", b"xl/", b"../", "EncryptedPackage".encode("utf-16-le"), *BYTES),
    ),
)
