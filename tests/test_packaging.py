"""The wheel holds all that the program needs, and the program works from it, far from the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHEET = "pack: collaborative-working\norganisation: Riverside Advice\ndate: 2026-11-23\nanswers:\n  income: small\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(folder, sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make an environment with the wheel in it; the libraries come from the environment of this test."""
    folder = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(folder, symlinks=sys.platform != "win32")
    made = str(folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
    run(folder, sys.executable, "-m", "pip", "--python", made, "install", "--quiet", "--no-deps", str(wheel))
    site = Path(run(folder, made, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return made


def test_the_wheel_holds_the_pack_and_the_types_and_nothing_that_is_only_for_us(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    shipped = {f"collabcheck/data/{file.relative_to(ROOT / 'data').as_posix()}" for file in ROOT.glob("data/**/*.yaml")}
    assert shipped
    assert shipped <= names
    assert "collabcheck/py.typed" in names
    assert [name for name in names if name.startswith("collabcheck/data/") and name.endswith(".py")] == []
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"collabcheck"}


def test_every_module_is_in_the_wheel(wheel: Path) -> None:
    source = ROOT / "src"
    modules = {file.relative_to(source).as_posix() for file in source.glob("collabcheck/**/*.py")}
    assert modules <= set(ZipFile(wheel).namelist())


def test_a_report_is_made_from_the_wheel_alone(python: str, tmp_path: Path) -> None:
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    where = "import collabcheck; print(collabcheck.__file__)"
    assert str(ROOT) not in run(tmp_path, python, "-c", where)
    report = json.loads(run(tmp_path, python, "-m", "collabcheck", "report", "sheet.yaml", "--format", "json"))
    assert "Riverside Advice" in json.dumps(report)


def test_the_command_is_installed_and_finds_the_shipped_pack(python: str, tmp_path: Path) -> None:
    command = Path(python).with_name("collabcheck.exe" if sys.platform == "win32" else "collabcheck")
    assert "collabcheck trends collaborative-working" in run(tmp_path, str(command), "trends")


def run(folder: Path, *command: str) -> str:
    """Run a command in a folder and return what it wrote; if it fails, so does the test."""
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env={**settings, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout
