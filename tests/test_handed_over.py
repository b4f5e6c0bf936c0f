"""What a Python program hands over to be read."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from visittally.errors import UsageError
from visittally.handed_over import inputs


def text_of(source):
    """What a source that lies ready holds."""
    return Path(source.path).read_bytes().decode()


def handed(file):
    [source] = inputs(file).files
    return text_of(source)


def test_paths_stay_as_they_were_given():
    assert inputs("a.csv").files == ("a.csv",)
    assert inputs(Path("a.csv")).files == ("a.csv",)
    assert inputs(["a.csv", Path("b.csv")]).files == ("a.csv", "b.csv")
    assert inputs(name for name in ("a.csv",)).files == ("a.csv",)
    assert inputs("a.csv").delimited is False


def test_a_frame_becomes_text_of_our_own():
    frame = pd.DataFrame({"village": ["Ash", None], "n": [1, 2]})

    assert handed(frame) == "village,n\nAsh,1\n,2\n"
    assert inputs(frame).delimited is True
    assert [source.name for source in inputs([frame, frame]).files] == ["DataFrame 1", "DataFrame 2"]
    assert inputs(frame).files[0].name == "DataFrame"
    assert inputs([frame, "a.csv"]).delimited is False


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([1.0, None, 3.0], ["1", "", "3"]),  # whole numbers beside a missing one
        ([1.5, None, 3.0], ["1.5", "", "3.0"]),
        ([1.0, 2.0**53, None], ["1.0", "9007199254740992.0", ""]),  # no whole number for sure
        ([None, None], ["", ""]),
    ],
)
def test_whole_numbers_beside_missing_ones_stay_whole(values, text):
    frame = pd.DataFrame({"village": ["x"] * len(values), "n": pd.Series(values, dtype="float64")})

    assert [line.split(",")[1] for line in handed(frame).splitlines()[1:]] == text


def test_a_named_index_is_a_column_and_one_without_a_name_is_none():
    frame = pd.DataFrame({"n": [1]}, index=pd.Index(["Ash"], name="village"))

    assert handed(frame) == "village,n\nAsh,1\n"
    assert handed(pd.DataFrame({"n": [1]}, index=["Ash"])) == "n\n1\n"


def test_headers_of_several_levels_are_paths():
    columns = pd.MultiIndex.from_tuples([("needs", "water"), ("village", "")])

    assert handed(pd.DataFrame([[1, "Ash"]], columns=columns)).splitlines()[0] == "needs/water,village"
    assert handed(pd.DataFrame([[1]], columns=[7])).splitlines()[0] == "7"


def test_columns_of_one_name_are_both_there():
    assert handed(pd.DataFrame([[1, 2]], columns=["n", "n"])) == "n,n\n1,2\n"


def test_open_files_are_read_once_and_stay_open():
    file = io.BytesIO(b"village\nAsh\n")

    assert handed(file) == "village\nAsh\n"
    assert not file.closed
    named = [source.name for source in inputs([io.BytesIO(b"a\n1\n"), io.BytesIO(b"a\n2\n")]).files]
    assert named == ["file 1", "file 2"]


def test_tables_of_other_libraries_become_frames():
    import pyarrow as pa

    assert handed(pa.table({"n": [1]})) == "n\n1\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "There is nothing to read"),
        (3, "A int cannot be read"),
        (b"a.csv", "A bytes cannot be read"),
        ([b"a.csv"], "A bytes cannot be read"),
        (["a.csv", None], "A NoneType cannot be read"),
        (io.StringIO("a\n1\n"), "open as text"),
    ],
)
def test_what_cannot_be_read(files, said):
    with pytest.raises(UsageError, match=said):
        inputs(files)
