"""The corpus: every case there is, and how each is laid out in a folder."""

import os
from pathlib import Path
from typing import Final

from hostile.answered import answered
from hostile.areas import areas
from hostile.books import books
from hostile.cases import Case
from hostile.good import lay_out
from hostile.json_sheets import json_sheets
from hostile.levels import levels
from hostile.others import others
from hostile.packs import packs
from hostile.scales import scales
from hostile.sheets import sheets
from hostile.tables import tables

CASES: Final = (
    *sheets(),
    *json_sheets(),
    *packs(),
    *tables(),
    *books(),
    *others(),
    *scales(),
    *levels(),
    *answered(),
    *areas(),
)
"""Every case, each with a name of its own."""

SHUT: Final = [case for case in CASES if case.name.endswith("a file that nobody may read")]
READ_ALL_THE_SAME: Final = not hasattr(os, "geteuid") or os.geteuid() == 0
"""Whether whoever runs this may read even those."""


def prepare(case: Case, folder: Path) -> None:
    """Put the file of a case into a folder, among the good ones that its command also reads."""
    lay_out(folder)
    case.put(folder / case.reader.file)
