"""Find and read packs. A pack is a folder with `trends.yaml` and, for the guidance, `resources.yaml`."""

import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path as FolderPath

from collabcheck.choosing import with_choices
from collabcheck.files.source.document import Document
from collabcheck.files.source.found import few, place_at
from collabcheck.files.source.misfits import build, locate
from collabcheck.files.source.reader import read_file
from collabcheck.integrity import examine
from collabcheck.pack import Pack, ResourcesFile
from collabcheck.problems import Code, CollabcheckError, Finding, Findings, Path, Place, Problem, of_whole_file
from collabcheck.scales import with_scales

TRENDS = "trends.yaml"
RESOURCES = "resources.yaml"


def shipped() -> FolderPath:
    """Return the folder of the pack that comes with the program."""
    return installed("data")


def installed(name: str) -> FolderPath:
    """Return a folder that comes with the program: `data` or `schema`."""
    folder = FolderPath(str(files("collabcheck"))) / name
    # An editable install has no copy of it: it stands in the checkout, beside src.
    return folder if folder.is_dir() else FolderPath(__file__).parents[3] / name


@dataclass(frozen=True, slots=True)
class PackFiles:
    """A pack, and the files that it stands in."""

    pack: Pack
    trends: Document
    resources: Document | None

    def place(self, path: Path) -> Place:
        """Return where a part of the pack stands; what is in no file has the place of what is around it."""
        document = _home(path, self.trends, self.resources)
        there = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in document.values), ())
        return place_at(document.file, document.text, document.value_at(there))

    @property
    def documents(self) -> tuple[Document, ...]:
        """The files, one or two."""
        return (self.trends, self.resources) if self.resources else (self.trends,)


def load_pack(folder: FolderPath | None = None) -> Pack:
    """Read a pack, or the shipped one; raise a CollabcheckError with every problem in it."""
    return open_pack(folder or shipped()).pack


def open_pack(folder: FolderPath) -> PackFiles:
    """Read a pack with its files; raise a CollabcheckError with every problem in it."""
    if os.path.isfile(folder):  # noqa: PTH113
        raise of_whole_file(
            folder, Code.NO_PACK, "this is a file, and a pack is a folder", "Name the folder that it is in."
        )
    if not os.path.isfile(folder / TRENDS):  # noqa: PTH113  a name that is too long raises nothing here
        raise of_whole_file(
            folder,
            Code.NO_PACK,
            f"there is no pack here: no file {TRENDS}",
            f"Name the folder that holds {TRENDS}, or leave --pack out to use the pack that comes with the program.",
        )
    trends, resources = read_file(folder / TRENDS), _resources(folder)
    try:
        pack = sound(_together(trends, resources))
    except Findings as error:
        located = (locate(_home(finding.path, trends, resources), [finding]) for finding in error.findings)
        raise CollabcheckError(few(problem for error in located for problem in error.problems)) from None
    return PackFiles(pack, trends, resources)


def sound(written: Pack) -> Pack:
    """Return a pack as the program uses it; raise `Findings` with all that only several fields together get wrong."""
    pack = with_scales(written)
    if findings := examine(pack):
        raise Findings(findings)
    return with_choices(pack)


def _resources(folder: FolderPath) -> Document | None:
    return read_file(folder / RESOURCES) if os.path.lexists(folder / RESOURCES) else None


def _together(trends: Document, resources: Document | None) -> Pack:
    problems: list[Problem] = []
    guidance = ResourcesFile()
    try:
        guidance = build(ResourcesFile, resources) if resources else guidance
    except CollabcheckError as error:
        problems += error.problems
    try:
        pack = build(Pack, trends)
    except CollabcheckError as error:
        raise CollabcheckError(few([*problems, *error.problems])) from None
    if problems:
        raise CollabcheckError(problems)
    if resources and pack.resources:
        twice = "guidance stands here and in a file of its own"
        raise locate(trends, [Finding(("resources",), Code.UNEXPECTED, twice, f"Move it into {RESOURCES}.")])
    return pack.model_copy(update={"resources": guidance.resources}) if resources else pack


def _home(path: Path, trends: Document, resources: Document | None) -> Document:
    return resources if resources and path[:1] == ("resources",) else trends
