"""Paths, folders, archives and pipes, and what they must not be."""

import gzip
import io
import os
from pathlib import Path

import pytest

from visittally.reading.inputs.kinds import InputKind

TEXT = b"village,issue\nElm,road\nOak,water\n"


def test_a_plain_file_is_read_as_it_is(tmp_path, found, content):
    (tmp_path / "visits.csv").write_bytes(TEXT)
    (leaf,) = found(tmp_path / "visits.csv")
    assert content(leaf) == TEXT
    assert leaf[0].plain
    assert leaf[0].size == len(TEXT)
    assert leaf[1] is InputKind.TEXT


def test_what_a_file_is_does_not_depend_on_its_suffix(tmp_path, found, content):
    (tmp_path / "visits.txt").write_bytes(gzip.compress(TEXT))
    (leaf,) = found(tmp_path / "visits.txt")
    assert content(leaf) == TEXT


def test_a_folder_stands_for_its_tables_in_order(tmp_path, found):
    for name in ("b.csv", "a.CSV", ".hidden.csv", "~$open.xlsx", "readme.pdf", "sub.csv/c.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
    assert [Path(leaf[0].name).name for leaf in found(tmp_path)] == ["a.CSV", "b.csv"]


def test_a_folder_without_tables_is_named(tmp_path, found):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "notes.md").write_text("nothing")
    assert "bare holds no table" in found(tmp_path / "bare")[0]


def test_standard_input_may_be_packed_and_is_read_as_often_as_needed(found, content):
    (leaf,) = found("-", stdin=io.BytesIO(gzip.compress(TEXT)))
    assert leaf[0].name == "standard input"
    assert content(leaf) == content(leaf) == TEXT


def test_a_named_pipe_is_read_like_a_file(tmp_path, found, content):
    os.mkfifo(tmp_path / "pipe")
    if not os.fork():
        (tmp_path / "pipe").write_bytes(TEXT)
        os._exit(0)
    (leaf,) = found(tmp_path / "pipe")
    os.wait()
    assert content(leaf) == TEXT


def test_missing_and_empty_files_are_sentences_without_numbers_or_class_names(tmp_path, found):
    (tmp_path / "empty.csv").write_bytes(b"")
    missing, empty = found(tmp_path / "missing.csv", tmp_path / "empty.csv")
    assert missing == f"{tmp_path}/missing.csv does not exist. Check the spelling and the folder."
    assert empty == f"{tmp_path}/empty.csv is empty (0 bytes). Export the table again."


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_says_so(tmp_path, found):
    (tmp_path / "secret.csv").write_bytes(TEXT)
    (tmp_path / "secret.csv").chmod(0)
    assert "no permission" in found(tmp_path / "secret.csv")[0]


def test_a_device_is_no_file(found):
    (said,) = found("/dev/zero")
    assert "is a device and no file" in said


def test_a_link_in_a_folder_that_leads_nowhere_is_named(tmp_path, found):
    (tmp_path / "visits.csv").write_bytes(TEXT)
    (tmp_path / "lost.csv").symlink_to(tmp_path / "nowhere.csv")
    assert any("lost.csv is a link to a file that does not exist" in str(leaf) for leaf in found(tmp_path))
