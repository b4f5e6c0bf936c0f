"""JSON of form tools' servers comes out as the table that the tool would have exported."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.errors import InputError
from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions

RECORDS = [
    {"village": "Elm", "problems": ["road", "water, clean"], "visit": {"day": "2026-04-01", "count": 2}},
    {"village": "Oak", "problems": [], "visit": {"day": "2026-04-02", "count": None}, "new": True},
]
ROWS = [["Elm", "road;water, clean", "2026-04-01", "2", ""], ["Oak", "", "2026-04-02", "", "TRUE"]]
HEADER = ("village", "problems", "visit/day", "visit/count", "new")


def opened(folder, content, name="visits.json"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    (source,) = open_sources([str(path)], ReadingOptions())
    return source


def rows(source):
    found = []
    for block in source.blocks(range(len(source.header))):
        found += map(list, zip(*(block.columns[c].to_pylist() for c in range(len(source.header))), strict=True))
    return found


@pytest.mark.parametrize(
    "content",
    [
        RECORDS,
        {"count": 2, "next": None, "results": RECORDS},
        {"@odata.context": "x", "value": RECORDS},
        {"meta": {"total": 2}, "data": {"entries": RECORDS}},
        "\n".join(map(json.dumps, RECORDS)).encode(),
        "\ufeff".encode() + "\n\n".join(map(json.dumps, RECORDS)).encode() + b"\n",
        json.dumps(RECORDS, indent=2).encode(),
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": r} for r in RECORDS]},
    ],
)
def test_records_are_found_wherever_a_server_puts_them(tmp_path, content):
    source = opened(tmp_path, content)
    assert source.header == HEADER
    assert rows(source) == ROWS
    assert [list(row) for row in source.sample()] == ROWS


def test_repeats_are_numbered_and_paths_are_not_said_twice(tmp_path):
    record = {"a/v": "Elm", "issues": [{"issues/kind": "road"}, {"kind": "water"}], "_attachments": [{"x": 1}]}
    source = opened(tmp_path, [record])
    assert source.header == ("a/v", "issues_count", "issues/kind_1", "issues/kind_2")


def test_a_point_is_written_as_in_tables(tmp_path):
    source = opened(tmp_path, [{"gps": {"type": "Point", "coordinates": [3.5, 50.25, 0], "properties": {"a": 4}}}])
    assert rows(source) == [["50.25 3.5 0"]]


def test_one_page_of_several_is_said(tmp_path):
    (notice,) = opened(tmp_path, {"count": 90, "next": "https://x/?p=2", "results": RECORDS}).notices
    assert "2 of 90" in notice.message


def test_lines_are_named_where_each_is_a_record(tmp_path):
    source = opened(tmp_path, b'{"village": "Elm"}\n\n{"village": "Oak"}\n')
    (block,) = source.blocks([0])
    assert block.lines().tolist() == [1, 3]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"village": "Elm"}\n{"village": \n', "line 2 is no record"),
        (b'[{"village": "Elm"},\n{"vil', "is not JSON"),
        (b'{"form": {"title": "x"},\n "n": 1}', "without a list of records"),
        (b"[" + b"[" * 100_000, "visits.json"),
    ],
)
def test_what_is_no_list_of_records_is_refused(tmp_path, content, message):
    with pytest.raises(InputError, match=message):
        opened(tmp_path, content)


@given(st.lists(st.lists(st.text("ab;|\n,", min_size=1, max_size=4), max_size=4), min_size=1, max_size=6))
def test_answers_of_a_list_stay_apart_whatever_they_hold(tmp_path_factory, lists):
    source = opened(tmp_path_factory.mktemp("json"), [{"id": str(n), "q": answers} for n, answers in enumerate(lists)])
    cells = [row[1] for row in rows(source)]
    signs = [
        s for s in (";", "|", "\n", "\t", "\x1f") if not any(s in a for found in lists if len(found) > 1 for a in found)
    ]
    assert cells == [signs[0].join(found) for found in lists]


def test_answers_that_stand_beside_their_fields_are_columns_by_the_names_of_these(tmp_path):
    """Typeform lists answers; what was written in stands beside the labels."""

    def answer(name, kind, value):
        return {"field": {"id": "x", "ref": name, "type": kind}, "type": kind, kind: value}

    records = [
        {
            "token": "a",
            "answers": [
                answer("village", "text", "Elm"),
                answer("needs", "choices", {"labels": ["road, far", "water"]}),
            ],
        },
        {
            "token": "b",
            "answers": [
                answer("village", "choice", {"label": "Ash"}),
                answer("needs", "choices", {"ids": ["z"], "labels": ["water"], "other": "dogs"}),
            ],
        },
    ]
    source = opened(tmp_path, {"items": records})
    assert source.header == ("token", "village", "needs")
    assert list(map(list, source.sample())) == [["a", "Elm", "road, far;water"], ["b", "Ash", "water;dogs"]]


@pytest.mark.parametrize("without", [{}, {"issues": []}])
def test_records_without_rows_of_a_group_have_none_of_them(tmp_path, without):
    source = opened(tmp_path, [{"village": "Elm", "issues": [{"problem": "road"}]}, {"village": "Oak", **without}])
    assert source.header == ("village", "issues_count", "issues/problem_1")
    assert rows(source) == [["Elm", "1", "road"], ["Oak", "0", ""]]
