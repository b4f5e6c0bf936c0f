"""Files of a run that nobody may find after it."""

from __future__ import annotations

import stat
import sys
import tempfile

import pytest

from visittally import temporary
from visittally.errors import OutputError


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """A place for temporary files of its own; nothing is held before and after."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(temporary, "_held", {})
    yield tmp_path
    temporary.remove_all()


def test_a_half_written_file_lies_beside_its_target_for_its_owner_only(place):
    path, stream = temporary.half_written(place / "table.csv")
    stream.write(b"a")

    assert path.parent == place
    assert path.name.startswith(".table.csv.")
    assert path.name.endswith(temporary.END)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert temporary.half_written(place / "table.csv")[0] != path


def test_long_names_are_cut(place):
    assert len(temporary.half_written(place / ("x" * 250))[0].name) < 80


def test_what_a_run_holds_is_removed_in_the_end(place):
    path, _stream = temporary.half_written(place / "table.csv")
    folder = temporary.folder()
    (folder / "inside.csv").write_text("a")

    temporary.remove_all()

    assert not path.exists()
    assert not folder.exists()
    assert list(place.iterdir()) == []


def test_what_has_become_its_target_is_let_be(place):
    path, _stream = temporary.half_written(place / "table.csv")
    path.rename(place / "table.csv")
    temporary.forget(path)

    temporary.remove_all()

    assert [entry.name for entry in place.iterdir()] == ["table.csv"]
    temporary.forget(path)  # once more does no harm
    temporary.remove(path)


@pytest.mark.skipif(sys.platform == "win32", reason="files in use are safe of themselves there")
def test_what_a_killed_run_left_is_removed_and_what_another_run_has_is_not(place):
    """Only of the same target, and only what is called as ours are."""
    left = place / f".table.csv.0123abcd{temporary.END}"
    others = [place / f".other.csv.0123abcd{temporary.END}", place / f".table.csv.0123ABCD{temporary.END}"]
    for path in (left, *others):
        path.write_text("half")
    held, stream = temporary.half_written(place / "table.csv")
    temporary._held.clear()  # as if another run had it: it stays locked by the open stream

    temporary.half_written(place / "table.csv")

    assert not left.exists()
    assert all(path.exists() for path in (*others, held))
    stream.close()
    held.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="files in use are safe of themselves there")
def test_folders_of_killed_runs_are_removed(place):
    left, other = place / f"{temporary.FOLDER}0123abcd", place / f"{temporary.FOLDER}of-somebody"
    for folder in (left, other):
        folder.mkdir()
        (folder / "in-use").write_text("")
    mine = temporary.folder()

    assert not left.exists()
    assert other.exists()
    assert mine.name.startswith(temporary.FOLDER)
    assert temporary.folder() != mine
    assert mine.exists()


def test_a_place_that_is_not_there_takes_no_file(place):
    with pytest.raises(OSError, match="nowhere"):
        temporary.half_written(place / "nowhere" / "table.csv")
    assert temporary._held == {}


def test_where_there_can_be_no_temporary_file_a_sentence_says_so(place, monkeypatch):
    """What was piped in lies in one, and what is held until all of it is known."""
    monkeypatch.setattr(tempfile, "tempdir", str(place / "nowhere"))

    with pytest.raises(OutputError, match=r"there can be none \(No such file or directory\).*TMPDIR"):
        temporary.unnamed()
