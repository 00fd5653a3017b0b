"""Files are written whole or not at all, whatever fails and whenever the program is killed; and by one at a time."""

import errno
import json
import os
import platform
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from collabcheck.files.lock import Lock
from collabcheck.files.saving import real_file, replace_whole, sweep, write_whole
from collabcheck.problems import Code, CollabcheckError, Problem

OLD, NEW = b"old " * 5_000, b"new " * 6_000
KILLS = 40
not_windows = pytest.mark.skipif(sys.platform == "win32", reason="modes, links and kill are different there")


def refusal(do: Callable[[], object]) -> Problem:
    """Return the one problem that is raised."""
    with pytest.raises(CollabcheckError) as caught:
        do()
    (problem,) = caught.value.problems
    return problem


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# A report.


def test_a_report_is_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "report.md", NEW, force=False)
    assert (tmp_path / "report.md").read_bytes() == NEW
    assert names(tmp_path) == ["report.md"]


def test_a_file_that_exists_is_refused_without_force(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    report.write_bytes(OLD)
    problem = refusal(lambda: write_whole(report, NEW, force=False))
    assert (problem.code, problem.place.file) == (Code.FILE_EXISTS, str(report))
    assert "--force" in problem.advice
    assert report.read_bytes() == OLD
    write_whole(report, NEW, force=True)
    assert report.read_bytes() == NEW


def in_no_folder(folder: Path) -> Path:
    return folder / "none" / "report.md"


def in_a_file(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "report.md"


def a_folder(folder: Path) -> Path:
    (folder / "sub").mkdir()
    return folder / "sub"


def a_long_name(folder: Path) -> Path:
    return folder / f"{'x' * 300}.md"


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        (in_no_folder, "there is no such folder"),
        (in_a_file, "a part of its path is a file"),
        (a_folder, "it is a folder"),
        (a_long_name, "its name is too long"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_named_with_the_reason(
    tmp_path: Path, where: Callable[[Path], Path], reason: str
) -> None:
    path = where(tmp_path)
    problem = refusal(lambda: write_whole(path, NEW, force=True))
    assert (problem.code, problem.place.file) == (Code.CANNOT_WRITE, str(path))
    assert reason in problem.message
    assert problem.advice.endswith(".")


@not_windows
def test_a_device_is_written_to_and_stays_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [sys.executable, "-c", f"print(open({str(pipe)!r}).read())"], stdout=subprocess.PIPE
    ) as reader:
        write_whole(pipe, b"report", force=False)
        assert reader.communicate()[0].strip() == b"report"
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    write_whole(Path("/dev/null"), NEW, force=True)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@not_windows
def test_a_pipe_that_nobody_reads_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    problem = refusal(lambda: write_whole(pipe, NEW, force=True))
    assert (problem.code, "nothing reads" in problem.message) == (Code.CANNOT_WRITE, True)


@not_windows
def test_a_link_to_itself_is_refused_and_stays(tmp_path: Path) -> None:
    link = tmp_path / "loop.html"
    link.symlink_to(link)
    assert "circle" in refusal(lambda: write_whole(link, NEW, force=False)).message
    assert link.is_symlink()


@not_windows
def test_a_new_file_is_private_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    write_whole(file, OLD, force=False)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o664)
    write_whole(file, NEW, force=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o664


@not_windows
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "report.md"
    link.symlink_to("far/real.md")
    write_whole(link, NEW, force=True)
    assert link.is_symlink()
    assert (tmp_path / "far" / "real.md").read_bytes() == NEW


# What fails half-way.


class Faults:
    """Makes the n-th call of any of some system functions fail, and counts the calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: int, fail_at: int, *functions: str) -> None:
        self.calls = 0
        for name in functions:
            monkeypatch.setattr(os, name, self._failing(getattr(os, name), error, fail_at))

    def _failing(self, real: Callable[..., object], error: int, fail_at: int) -> Callable[..., object]:
        def call(*arguments: object, **more: object) -> object:
            self.calls += 1
            if self.calls == fail_at:
                raise OSError(error, os.strerror(error))
            return real(*arguments, **more)

        return call


@not_windows
def test_a_write_that_takes_only_a_part_is_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
    replace_whole(tmp_path / "sheet.yaml", NEW)
    assert (tmp_path / "sheet.yaml").read_bytes() == NEW


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.md"
    Faults(monkeypatch, errno.ENOSPC, 1, "write")
    problem = refusal(lambda: write_whole(file, NEW, force=False))
    assert problem.message == "the file cannot be written: the disk is full"
    assert "Free some space" in problem.advice
    assert names(tmp_path) == []


@pytest.mark.parametrize("error", [errno.EINVAL, errno.EACCES])
def test_a_disk_that_cannot_flush_folders_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    Faults(monkeypatch, error, 2, "fsync")  # the first is the file's
    replace_whole(tmp_path / "sheet.yaml", NEW)
    assert (tmp_path / "sheet.yaml").read_bytes() == NEW


SAVE_IN_A_LOOP = """
import sys
from itertools import count
from pathlib import Path
from collabcheck.files.saving import replace_whole
for number in count():
    replace_whole(Path(sys.argv[1]), b"%d\\n" % number * 20_000 + b"end")
    if number == 0:
        print("go", flush=True)
"""


@not_windows
def test_a_killed_program_leaves_a_whole_file_and_the_next_start_sweeps(tmp_path: Path) -> None:
    chance = random.Random(2026)
    file = tmp_path / "sheet.yaml"
    left_over = 0
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", SAVE_IN_A_LOOP, file], stdout=subprocess.PIPE) as program:
            assert program.stdout is not None
            program.stdout.readline()
            time.sleep(chance.uniform(0, 0.01))
            program.send_signal(signal.SIGKILL)
        lines = file.read_bytes().split(b"\n")
        assert (len(lines), len(set(lines[:-1])), lines[-1]) == (20_001, 1, b"end")
        left_over += len(names(tmp_path)) - 1
        sweep(file)
        assert names(tmp_path) == ["sheet.yaml"]
    assert left_over  # else the kills came at dull moments


def test_only_what_this_program_left_for_this_file_is_swept(tmp_path: Path) -> None:
    kept = [".a.tmp-b.lock", ".a.tmp-b.tmp-12345678", ".ax.tmp-12345678", "a.tmp-12345678", ".a.tmp-1234567", "a"]
    for name in (*kept, ".a.tmp-ab_45678"):
        (tmp_path / name).touch()
    sweep(tmp_path / "a")
    assert names(tmp_path) == sorted(kept)


def test_a_report_sweeps_only_what_is_old(tmp_path: Path) -> None:
    for name, age in ((".r.md.tmp-recent00", 60), (".r.md.tmp-old00000", 7200)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    write_whole(tmp_path / "r.md", NEW, force=False)
    assert names(tmp_path) == [".r.md.tmp-recent00", "r.md"]


@not_windows
def test_a_device_or_a_file_to_read_only_is_no_place_for_a_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "device" in refusal(lambda: real_file(Path("/dev/null"))).message
    file = tmp_path / "sheet.yaml"
    file.touch(0o400)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != file or mode != os.W_OK)  # root may write it
    assert "read-only" in refusal(lambda: real_file(file)).message


# One at a time.


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "sheet.yaml"


def lock_of(sheet: Path, since: str = "14:05 on 23 November") -> Lock:
    return Lock(sheet, sheet, since)


def a_dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as program:
        program.wait()
    return program.pid


def write_lock(sheet: Path, **fields: object) -> Path:
    file = sheet.with_name(".sheet.yaml.lock")
    file.write_text(json.dumps({"host": platform.node(), "process": os.getpid(), "since": "then", **fields}), "utf-8")
    return file


def test_the_second_is_told_who_has_it_and_what_to_do(sheet: Path) -> None:
    first, second = lock_of(sheet), lock_of(sheet)
    first.take()
    problem = refusal(second.take)
    assert (problem.code, problem.place.file) == (Code.IN_USE, str(sheet))
    assert f"since 14:05 on 23 November (process {os.getpid()})" in problem.message
    assert ".sheet.yaml.lock" in problem.advice
    first.release()
    second.take()
    second.release()
    assert names(sheet.parent) == []


@not_windows
def test_a_lock_is_private(sheet: Path) -> None:
    lock_of(sheet).take()
    assert stat.S_IMODE(sheet.with_name(".sheet.yaml.lock").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"\xff", b"[" * 900, b"null", b'{"host": 1}', b'{"host": "h", "process": -1, "since": "s"}'],
    ids=lambda text: repr(text[:9]),
)
def test_a_lock_that_says_nothing_is_replaced(sheet: Path, text: bytes) -> None:
    sheet.with_name(".sheet.yaml.lock").write_bytes(text)
    lock = lock_of(sheet)
    lock.take()
    lock.release()
    assert names(sheet.parent) == []


@not_windows
@pytest.mark.parametrize("process", [0, 2**31 - 1, 2**70])
def test_the_lock_of_a_process_that_cannot_be_is_replaced(sheet: Path, process: int) -> None:
    write_lock(sheet, process=process)
    lock_of(sheet).take()
    assert refusal(lock_of(sheet).take).code is Code.IN_USE


def test_the_lock_of_a_dead_process_is_replaced(sheet: Path) -> None:
    write_lock(sheet, process=a_dead_process())
    lock_of(sheet).take()
    assert refusal(lock_of(sheet).take).code is Code.IN_USE


def test_the_lock_of_another_computer_is_respected(sheet: Path) -> None:
    write_lock(sheet, host="far\x1b[2J-away", process=a_dead_process(), since="noon")
    assert "on the computer “far[2J-away” has had it open since noon" in refusal(lock_of(sheet).take).message


def put_folder(lock: Path) -> None:
    lock.mkdir()


def put_link(lock: Path) -> None:
    lock.symlink_to("elsewhere")


@not_windows
@pytest.mark.parametrize(("put", "what"), [(put_folder, "a folder"), (put_link, "a link")])
def test_what_cannot_be_a_lock_is_named_and_left_alone(sheet: Path, put: Callable[[Path], None], what: str) -> None:
    lock = sheet.with_name(".sheet.yaml.lock")
    put(lock)
    problem = refusal(lock_of(sheet).take)
    assert (problem.code, problem.place.file) == (Code.CANNOT_WRITE, str(lock))
    assert f"this is {what}, where a small file should say who has “sheet.yaml” open" in problem.message
    assert problem.advice == "Delete it, and run the same command again."
    assert names(sheet.parent) == [".sheet.yaml.lock"]


def test_a_lock_that_may_not_be_read_is_respected(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_lock(sheet)
    real = os.open

    def refusing(path: Path, flags: int, mode: int = 0o777) -> int:
        if not flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, "not yours")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refusing)
    assert "another person" in refusal(lock_of(sheet).take).message


def test_a_lock_taken_over_by_another_is_not_removed(sheet: Path) -> None:
    lock = lock_of(sheet)
    lock.take()
    file = write_lock(sheet, since="later")
    lock.release()
    assert file.exists()


def test_a_lock_replaced_while_we_looked_is_given_back(sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_lock(sheet, process=a_dead_process())
    real = os.replace

    def another_is_faster(source: Path, target: Path) -> None:
        if Path(source) == file:
            write_lock(sheet, since="just now")
        real(source, target)

    monkeypatch.setattr(os, "replace", another_is_faster)
    assert "since just now" in refusal(lock_of(sheet).take).message
    assert names(sheet.parent) == [".sheet.yaml.lock"]


@not_windows
@pytest.mark.parametrize("function", ["open", "write", "close"])
def test_a_lock_that_cannot_be_written_is_not_left_behind(
    sheet: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    with monkeypatch.context() as patch:
        Faults(patch, errno.ENOSPC, 1, function)
        with pytest.raises(OSError, match="No space"):
            lock_of(sheet).take()
    assert names(sheet.parent) == []


TAKE = """
import sys
from pathlib import Path
from collabcheck.files.lock import Lock
from collabcheck.problems import CollabcheckError
sheet = Path(sys.argv[1])
try:
    Lock(sheet, sheet, "now").take()
except CollabcheckError:
    print("told", flush=True)
else:
    print("mine", flush=True)
sys.stdin.read()
"""


def test_of_many_that_find_a_stale_lock_one_gets_it(sheet: Path) -> None:
    write_lock(sheet, process=a_dead_process())
    command = [sys.executable, "-c", TAKE, str(sheet)]
    programs = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(8)]
    said = [program.stdout.readline().strip() for program in programs if program.stdout]
    for program in programs:
        program.communicate()
    assert sorted(said) == ["mine", *["told"] * 7]
