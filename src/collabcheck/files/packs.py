"""Find and read packs. A pack is a folder with `trends.yaml` and, for the guidance, `resources.yaml`."""

import os
from importlib.resources import files
from pathlib import Path

from collabcheck.files.source.document import Document
from collabcheck.files.source.found import few
from collabcheck.files.source.misfits import build, locate
from collabcheck.files.source.reader import read_file
from collabcheck.integrity import examine
from collabcheck.pack import Pack, ResourcesFile
from collabcheck.problems import Code, CollabcheckError, Finding, Problem, of_whole_file

TRENDS = "trends.yaml"
RESOURCES = "resources.yaml"


def shipped() -> Path:
    """Return the folder of the pack that comes with the program."""
    installed = Path(str(files("collabcheck"))) / "data"
    # An editable install has no copy of the data: it stands in the checkout, beside src.
    return installed if installed.is_dir() else Path(__file__).parents[3] / "data"


def load_pack(folder: Path | None = None) -> Pack:
    """Read a pack, or the shipped one; raise a CollabcheckError with every problem in it."""
    folder = folder or shipped()
    if not os.path.isfile(folder / TRENDS):  # noqa: PTH113  a name that is too long raises nothing here
        raise of_whole_file(
            folder,
            Code.NO_PACK,
            f"there is no pack here: no file {TRENDS}",
            f"Name the folder that holds {TRENDS}, or leave --pack out to use the pack that comes with the program.",
        )
    trends, resources = read_file(folder / TRENDS), _resources(folder)
    pack = _together(trends, resources)
    findings = examine(pack)
    if findings:
        located = (locate(_home(finding, trends, resources), [finding]) for finding in findings)
        raise CollabcheckError(few(problem for error in located for problem in error.problems))
    return pack


def _resources(folder: Path) -> Document | None:
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


def _home(finding: Finding, trends: Document, resources: Document | None) -> Document:
    return resources if resources and finding.path[0] == "resources" else trends
