"""Whatever ends a run or takes its disk away: the old file is whole, or the new one, and nothing else stays."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("processes are not forked there", allow_module_level=True)

_SPEC = spec_from_file_location("faults", Path(__file__).parents[1] / "attack" / "faults.py")
faults = module_from_spec(_SPEC)
sys.modules["faults"] = faults
_SPEC.loader.exec_module(faults)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def test_no_fault_at_any_step_damages_a_file(folder):
    def work():
        faults.write_atomically(folder / "a.csv", b"new")

    injected, damaged = faults.damages(work, folder, "a.csv", b"old", b"new", faults.WITH_COMMANDS)

    assert injected > 80
    assert damaged == []


def test_of_two_runs_to_one_file_one_is_whole(folder):
    assert faults.races(folder, 5) == (5, 0)


def test_what_was_piped_in_does_not_stay_in_the_temporary_folder(folder):
    assert faults.spooled_left(folder) == (4, [])


def test_files_that_only_look_like_half_written_ones_stay(folder):
    """Another run's, which is locked, and somebody's own of another name."""
    path, stream = faults.temporary.half_written(folder / "a.csv")
    (folder / ".a.csv.part").write_bytes(b"")
    faults.write_atomically(folder / "a.csv", b"new")

    assert sorted(p.name for p in folder.iterdir()) == sorted((path.name, ".a.csv.part", "a.csv"))
    stream.close()
    faults.temporary.forget(path)
    faults.write_atomically(folder / "a.csv", b"new")
    assert sorted(p.name for p in folder.iterdir()) == [".a.csv.part", "a.csv"]
