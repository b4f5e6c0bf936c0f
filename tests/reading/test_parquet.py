"""Parquet: any column as the text that a CSV export would hold, and row groups as partitions."""

import datetime as dt
import decimal
import pickle

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import visittally
from visittally.errors import InputError
from visittally.reading import open_sources, parquet
from visittally.reading.inputs.source import ReadingOptions
from visittally.reading.lexicon import Coded

VISITS = {"village": ["Elm", "Oak", "Elm", None, "Ash"], "household": [1, 2, None, 4, 5]}
NOON = dt.datetime.fromisoformat("2026-04-01T12:00:00.500")


def opened(path, columns=None, **how):
    if columns is not None:
        pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), path, **how)
    (source,) = open_sources([str(path)], ReadingOptions())
    return source


def cells(source, column, partition=None):
    parts = source.partitions(1) if partition is None else [partition]
    return [
        cell for part in parts for block in source.blocks([column], part) for cell in block.columns[column].to_pylist()
    ]


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        (["Elm", None, " a,b "], ["Elm", "", " a,b "]),
        (pa.array(["x", None, "x"]).dictionary_encode(), ["x", "", "x"]),
        (pa.array(["x", None], pa.large_string()), ["x", ""]),
        ([1, None, -3], ["1", "", "-3"]),
        ([1.0, None, float("nan"), 0.1], ["1", "", "", "0.1"]),
        ([True, None, False], ["TRUE", "", "FALSE"]),
        ([decimal.Decimal("1.50"), None], ["1.50", ""]),
        ([NOON.date(), None], ["2026-04-01", ""]),
        ([NOON, NOON.replace(hour=0, microsecond=0), None], ["2026-04-01 12:00:00.5", "2026-04-01", ""]),
        (pa.array([NOON], pa.timestamp("us", "+08:00")), ["2026-04-01 20:00:00.5+08:00"]),
        ([dt.time(9, 5), None], ["09:05:00", ""]),
        ([dt.timedelta(hours=36), None], ["36:00:00", ""]),
        ([["a", "b"], [], None, [None, "c"]], ["a;b", "", "", ";c"]),
        ([{"x": 1}, None], ['{"x": 1}', ""]),
        ([b"\x01\xff", None], ["01ff", ""]),
        (pa.nulls(2), ["", ""]),
    ],
    ids=str,
)
def test_columns_of_any_type_are_text_without_nulls(tmp_path, values, texts):
    source = opened(tmp_path / "visits.parquet", {"only": values})
    (block,) = source.blocks([0])
    found = block.columns[0]
    assert found.to_pylist() == texts
    assert isinstance(found, Coded) or found.type == pa.string()
    assert block.length == len(texts)


def test_text_columns_keep_their_dictionaries(tmp_path):
    (block,) = opened(tmp_path / "visits.parquet", VISITS).blocks([0])
    assert isinstance(block.columns[0], Coded)


def test_names_are_the_header_and_rows_are_the_lines(tmp_path):
    source = opened(tmp_path / "visits.parquet", VISITS)
    assert source.header == ("village", "household")
    assert (source.encoding, source.delimiter, source.sheet, source.header_row) == (None, None, None, 0)
    (block,) = source.blocks([0])
    assert [block.line(i) for i in range(5)] == [1, 2, 3, 4, 5]


def test_row_groups_are_partitions_that_together_hold_every_record_once(tmp_path):
    source = opened(tmp_path / "visits.parquet", VISITS, row_group_size=2)
    parts = source.partitions(1)
    assert [(part.number, part.start, part.end, part.first_line) for part in parts] == [
        (0, 0, 1, 1),
        (1, 1, 2, 3),
        (2, 2, 3, 5),
    ]
    assert [cells(source, 0, part) for part in parts] == [["Elm", "Oak"], ["Elm", ""], ["Ash"]]
    assert [block.first_line for part in parts for block in source.blocks([0], part)] == [1, 3, 5]
    assert len(source.partitions(1 << 30)) == 1


def test_records_can_be_counted_without_reading_a_column(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "SOUGHT", 4)
    source = opened(tmp_path / "visits.parquet", VISITS, row_group_size=2)
    assert [(block.length, block.first_line) for block in source.blocks([])] == [(2, 1), (2, 3), (1, 5)]


def test_columns_of_one_name_and_names_with_dots_are_told_apart(tmp_path):
    names = ["a", "a.b", "a", ""]
    table = pa.Table.from_arrays([pa.array([str(i)]) for i in range(4)], names=names)
    source = opened(tmp_path / "odd.parquet", table)
    assert source.header == tuple(names)
    assert [cells(source, column) for column in range(4)] == [["0"], ["1"], ["2"], ["3"]]


def test_the_sample_holds_all_records_of_a_small_file_and_stretches_of_a_large_one(tmp_path, monkeypatch):
    source = opened(tmp_path / "visits.parquet", {"n": list(range(90))}, row_group_size=30)
    assert len(source.sample()) == 90
    monkeypatch.setattr(parquet, "SAMPLED", 10)
    monkeypatch.setattr(parquet, "STRETCH", 2)
    assert [row[0] for row in source.sample()] == ["0", "1", "30", "31", "60", "61"]


def test_a_file_without_rows_is_a_table(tmp_path):
    source = opened(tmp_path / "none.parquet", {"village": pa.array([], pa.string())})
    assert source.sample() == []
    assert sum(block.length for block in source.blocks([0])) == 0


def test_a_source_can_be_sent_to_another_process(tmp_path):
    source = pickle.loads(pickle.dumps(opened(tmp_path / "visits.parquet", VISITS)))
    assert cells(source, 1) == ["1", "2", "", "4", "5"]


def test_a_damaged_file_is_named(tmp_path):
    pq.write_table(pa.table(VISITS), tmp_path / "visits.parquet")
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "visits.parquet").read_bytes()[:100])
    with pytest.raises(InputError, match=r"cut.parquet is a damaged or encrypted Parquet file"):
        opened(tmp_path / "cut.parquet")


def test_exact_repeats_have_equal_hashes(tmp_path):
    (block,) = opened(tmp_path / "visits.parquet", {"a": ["x", "y", "x"], "b": [1, 1, 1]}).blocks([])
    first, second, third = block.repeats.tolist()
    assert first == third != second


def test_the_tables_are_those_of_the_same_records_in_text(tmp_path):
    path = tmp_path / "visits.parquet"
    records = {
        "所在村": ["Elm", "Oak", "Elm", ""],
        "issue": ["road", "water", "road", "none"],
        "age": [30, 41, None, 7],
    }
    pq.write_table(pa.table(records), path)
    text = tmp_path / "visits.csv"
    text.write_text("所在村,issue,age\nElm,road,30\nOak,water,41\nElm,road,\n,none,7\n")

    packed, plain = visittally.summarize(path), visittally.summarize(text)

    assert packed.receipt.records_counted == 4
    for name in ("areas", "long"):
        assert packed.tables[name].to_dict() == plain.tables[name].to_dict()
