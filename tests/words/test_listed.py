"""Lists that come with the program are what their TOML files say, also when they are read for the second time."""

import os
import sys
import tomllib
from pathlib import Path

import pytest

import visittally
from visittally.words.listed import listed

SHIPPED = sorted(Path(visittally.__file__).parent.rglob("lists/*.toml"))


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """A folder in which Python keeps what it compiled."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_kept_is_what_the_file_says(path, kept):
    """Parsed, written, and read again."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))

    first, again = listed.__wrapped__(path), listed.__wrapped__(path)

    assert first == again == said
    assert first is not again
    assert [found.name.split(".")[0] for found in kept.rglob("*.pyc")] == [path.stem]


def test_a_changed_file_is_read_anew(tmp_path, kept):
    """Size or time of change tell that a file is another one."""
    path = tmp_path / "own.toml"
    path.write_text('words = ["a"]')
    assert listed.__wrapped__(path) == {"words": ["a"]}
    path.write_text('words = ["b"]')
    os.utime(path, (0, 0))

    assert listed.__wrapped__(path) == {"words": ["b"]}
    assert kept.exists()


def test_no_module_has_the_name_of_a_list():
    """Both would be kept under one name."""
    assert [path for path in SHIPPED if path.with_suffix(".py").exists()] == []
    assert len(SHIPPED) > 10
