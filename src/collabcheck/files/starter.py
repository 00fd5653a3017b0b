"""The folder that `pack new` writes: a small pack to begin with, and the schemas by which editors help."""

from pathlib import Path

from collabcheck.characters import shown
from collabcheck.files.packs import RESOURCES, TRENDS, installed
from collabcheck.files.saving import make_folder, write_whole
from collabcheck.problems import Code, CollabcheckError, Place, Problem

SCHEMAS = ("pack", "resources", "answers")
"""What there is a schema for."""


def schema_text(name: str) -> str:
    """Return the schema of a pack, of its resources, or of answer sheets."""
    return (installed("schema") / f"{name}.schema.json").read_text(encoding="utf-8")


def begin_pack(folder: Path) -> tuple[Path, ...]:
    """Write the files of a pack to begin with, and return them; CollabcheckError if any is there already."""
    starter = installed("data") / "starter"
    texts = {name: (starter / name).read_text(encoding="utf-8") for name in (TRENDS, RESOURCES)}
    texts |= {f"{name}.schema.json": schema_text(name) for name in ("pack", "resources")}
    there = [folder / name for name in texts if (folder / name).exists()]
    if there:
        advice = "Name another folder; this one stays as it is."
        message = "there is such a file already"
        raise CollabcheckError([Problem(Place(shown(str(path))), Code.FILE_EXISTS, message, advice) for path in there])
    make_folder(folder)
    for name, text in texts.items():
        write_whole(folder / name, text.encode(), force=False)
    return tuple(folder / name for name in texts)
