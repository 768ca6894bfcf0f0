"""Writing files whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buildkit import contents
from hefte import files, interrupts
from hefte.errors import OutputError

BEFORE = {"report.json": b"old report", "nb/a.pdf": b"old file", "nb/other.txt": b"nobody's business"}


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Ctrl-C is for the tests again, and nothing of it is remembered."""
    before = signal.getsignal(signal.SIGINT)
    yield
    interrupts.listen()
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output folder from an earlier run."""
    for name, content in BEFORE.items():
        (tmp_path / "dist" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "dist" / name).write_bytes(content)
    return tmp_path / "dist"


def failing_after(writes: int, error: BaseException) -> Callable[[int], None]:
    """A stand-in for `os.fsync` that fails when so many files have been written."""
    done: list[int] = []

    def fsync(descriptor: int) -> None:
        done.append(descriptor)
        if len(done) > writes:
            raise error

    return fsync


def test_files_are_written_and_others_are_left_alone(folder: Path) -> None:
    files.put(folder, {"report.json": b"new report", "nn/deep/er/a.pdf": b"new file"})
    assert contents(folder) == {**BEFORE, "report.json": b"new report", "nn/deep/er/a.pdf": b"new file"}


def test_the_folder_is_made(tmp_path: Path) -> None:
    files.put(tmp_path / "not" / "yet", {"a": b"1"})
    assert contents(tmp_path) == {"not/yet/a": b"1"}


def test_what_is_to_be_removed_goes_and_what_is_gone_already_is_no_error(folder: Path) -> None:
    files.put(folder, {"report.json": b"new"}, remove=["nb/a.pdf", "nb/never.pdf"])
    assert contents(folder) == {"report.json": b"new", "nb/other.txt": b"nobody's business"}


@settings(max_examples=20)
@given(st.dictionaries(st.sampled_from(["a", "b/c", "b/d/e", "ø", "with blank"]), st.binary(max_size=2000), max_size=5))
def test_what_was_put_is_there(tmp_path_factory: pytest.TempPathFactory, given_files: dict[str, bytes]) -> None:
    folder = tmp_path_factory.mktemp("put")
    files.put(folder, given_files)
    assert contents(folder) == given_files


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO])
def test_a_full_disk_leaves_everything_as_it_was(folder: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing_after(1, OSError(number, os.strerror(number))))
    with pytest.raises(OutputError) as raised:
        files.put(folder, {"report.json": b"new", "nb/a.pdf": b"new", "nn/a.pdf": b"new"})
    assert raised.value.what == f"cannot write the output: {os.strerror(number)}"
    assert raised.value.exit_code == 4
    assert raised.value.place is not None and raised.value.place.path == folder
    assert contents(folder) == BEFORE
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_ctrl_c_leaves_everything_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing_after(1, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        files.put(folder, {"report.json": b"new", "nb/a.pdf": b"new"})
    assert contents(folder) == BEFORE
    assert sorted(path.name for path in folder.iterdir()) == ["nb", "report.json"]


def test_ctrl_c_between_two_moves_waits_for_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return move(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    interrupts.listen()
    assert interrupts.said() == "interrupted; nothing that was there before has been changed"
    with pytest.raises(KeyboardInterrupt):
        files.put(folder, {"report.json": b"new", "nb/a.pdf": b"new"})
    assert contents(folder) == {**BEFORE, "report.json": b"new", "nb/a.pdf": b"new"}
    assert interrupts.said() == "interrupted after files were put into place: each of them is whole"


def test_an_interrupt_that_came_to_nothing_before_moves_nothing(folder: Path) -> None:
    interrupts.listen()
    with suppress(BaseException):  # as a library does
        os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        files.put(folder, {"report.json": b"new"})
    assert contents(folder) == BEFORE


@pytest.mark.parametrize(("blocked", "said"), [
    ("zz.pdf", "Is a directory"),  # the last to be moved
    ("zz/a.pdf", "File exists"),
])
def test_nothing_is_moved_where_one_file_cannot_be(folder: Path, blocked: str, said: str) -> None:
    if blocked == "zz.pdf":
        (folder / "zz.pdf").mkdir()
    else:
        (folder / "zz").write_bytes(b"")
    before = contents(folder)
    with pytest.raises(OutputError, match=said) as raised:
        files.put(folder, {"report.json": b"new", blocked: b"new"})
    assert raised.value.place is not None and raised.value.place.path == folder / blocked.split("/")[0]
    assert contents(folder) == before
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("not a folder")
    with pytest.raises(OutputError) as raised:
        files.put(tmp_path / "dist", {"a": b"1"})
    assert raised.value.what == "cannot write the output: File exists"
    assert (tmp_path / "dist").read_text() == "not a folder"


def test_an_error_that_is_none_of_the_disks_goes_through(folder: Path) -> None:
    wrong: dict[str, Any] = {"a": "text, not bytes"}
    with pytest.raises(TypeError):
        files.put(folder, wrong)
    assert contents(folder) == BEFORE
