"""The law of the readers: the fast ones, numpy and compiled, give what the careful one gives, or refuse."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from visittally.reading.beginning import Position
from visittally.reading.looks import TOTALS
from visittally.reading.text import fast, streaming
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.fast import FastReader
from visittally.reading.text.rows import TextTable

HEADER = ("village", "issue", "n")


def table_of(width=3, delimiter=",", header=HEADER, physical=0):
    names = tuple(header[:width])
    position = Position(names, (0,), (names,), 1, (), frozenset({names}) if width > 1 else frozenset())
    return TextTable(Dialect(delimiter), position, physical or width)


def accounted(blocks):
    """Records with their lines, and what was set aside, of all blocks together."""
    records, aside = [], []
    for block in blocks:
        columns = [block.columns[c].to_pylist() for c in sorted(block.columns)]
        assert all(len(column) == block.length for column in columns)
        records += [(block.line(i), *(column[i] for column in columns)) for i in range(block.length)]
        aside += block.set_aside
    return records, sorted(aside)


@pytest.fixture(scope="module")
def read(hearts):
    """Read a text fast with each heart that there is; all of them must give the same."""

    def once(text, task):
        return accounted(streaming.read_blocks(io.BytesIO(text.encode()), None, 2, task))

    def with_all(text, table, *, block, columns=None, hashed=True):
        wanted = tuple(range(table.width)) if columns is None else columns
        found = {}
        for beating in hearts():
            with beating as name:
                found[name] = once(text, streaming.TextTask(table, wanted, hashed, block, max(block // 4, 8)))
        assert all(each == found["numpy"] for each in found.values())
        return found["numpy"]

    return with_all


def read_carefully(text, table, columns=None):
    wanted = tuple(range(table.width)) if columns is None else columns
    task = streaming.TextTask(table, wanted, hashed=True)
    progress = streaming._Progress(2, FastReader(table))
    block, used = streaming._careful(text.encode(), task, progress, final=True)
    assert used == len(text.encode())
    return accounted([] if block is None else [block])


CELL = st.one_of(
    st.sampled_from(
        ["", " ", "合计", "Total", "小计:", "village", "issue", "n", "#x", "0", "12", "5%", "民爱村", "a b"]
    ),
    st.text("ab村,\"\n\r '", max_size=5),
    st.text('a",\n', max_size=8).map(lambda text: '"' + text.replace('"', '""') + '"'),
)
LINE = st.lists(CELL, min_size=1, max_size=5).map(",".join)
SOUP = st.tuples(st.lists(LINE, max_size=14), st.sampled_from(["\n", "\r\n"]), st.booleans()).map(
    lambda drawn: drawn[1].join(drawn[0]) + drawn[1] * drawn[2]
)


@settings(deadline=None, max_examples=150)
@given(SOUP, st.integers(8, 400))
@example(text=',"\n,,\n",",\n"', block=8)
def test_any_text_in_any_blocks_is_read_as_the_careful_reader_reads_it(read, text, block):
    assert read(text, table_of(), block=block) == read_carefully(text, table_of())


USUAL = st.sampled_from(["大坪村,道路,1", '石桥村,"road, water",2', 'c,"say ""no""",3', "d,,4"])
UNUSUAL = st.sampled_from(
    ["", ",,", "合计,,9", "village,issue,n", "#,,", "e,f", "g,h,5,", "i,j,6,7", ' ,"",', '"k\nl",m,8']
)
AMONG_OTHERS = st.tuples(
    st.lists(st.one_of(USUAL, USUAL, USUAL, UNUSUAL), min_size=8, max_size=40),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
).map(lambda drawn: drawn[1].join(drawn[0]) + drawn[1] * drawn[2])


@settings(deadline=None, max_examples=150)
@given(AMONG_OTHERS, st.integers(60, 1_000))
@example(text="d,,4\n" * 8 + "e,f\n,,\ni,j,6,7\n合计,,9\n", block=1_000)
def test_unusual_records_among_regular_ones_are_read_as_the_careful_reader_reads_them(read, text, block):
    assert read(text, table_of(), block=block) == read_carefully(text, table_of())


@settings(deadline=None, max_examples=60)
@given(SOUP, st.integers(8, 400), st.sampled_from([(0,), (1,), (2,), (0, 2), ()]))
def test_reading_few_columns_sets_the_same_records_aside(read, text, block, columns):
    found, aside = read(text, table_of(), block=block, columns=columns, hashed=False)
    expected, expected_aside = read_carefully(text, table_of(), columns)
    assert aside == expected_aside
    assert found == expected or not columns


ROWS = st.lists(
    st.tuples(*[st.sampled_from(["x", "y", "", "大坪村", "12", 'p"q', "a,b", "l\nm"])] * 3), min_size=1, max_size=30
)


@settings(deadline=None, max_examples=30)
@given(ROWS, st.integers(16, 300))
def test_hashes_depend_neither_on_the_blocks_nor_on_the_heart(hearts, rows, block):
    import csv

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    hashes = []
    for beating in hearts():
        task = [streaming.TextTask(table_of(), (0,), hashed=True, block=size, piece=8) for size in (block, 1 << 16)]
        with beating:
            blocks = [streaming.read_blocks(io.BytesIO(out.getvalue().encode()), None, 2, t) for t in task]
            hashes += [[h for b in every for h in b.repeats.tolist()] for every in blocks]
    assert all(each == hashes[0] for each in hashes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,"p"q,1\n', ("a", '"p"q', "1")),
        ('a,b"c"d,1\n', ("a", 'b"c"d', "1")),
        ('a,"say ""hi""",1\n', ("a", 'say "hi"', "1")),
        ('a,"x\ny",1\n', ("a", "x\ny", "1")),
        ('a,"Boxer, 5" long",1\n', ("a", 'Boxer, 5" long', "1")),
        ('a,"b,1\n', ("a", '"b', "1")),
    ],
)
def test_quotes_are_kept_or_taken_off_as_they_are_meant(read, text, expected):
    assert read(text, table_of(), block=64)[0] == [(2, *expected)]


def test_records_that_lack_their_last_cells_are_padded_and_surplus_blanks_cut_off(read):
    found, aside = read("a,b\nc,d,1,,\n", table_of(), block=64)
    assert found == [(2, "a", "b", ""), (3, "c", "d", "1")]
    assert not aside


def test_a_record_with_too_many_cells_is_set_aside_with_its_line(read):
    _found, aside = read("a,b,1\nc,d,1,2\n", table_of(), block=64)
    assert [(entry.line, entry.kind) for entry in aside] == [(3, "unreadable")]


def test_an_unclosed_quote_loses_no_other_record(read):
    text = 'a,"b,c,1\n' + "x,y,2\n" * 20
    found, aside = read(text, table_of(), block=64)
    assert len(found) == 20
    assert [(entry.line, entry.kind) for entry in aside] == [(2, "unreadable")]


def test_a_total_in_the_middle_and_a_repeated_header_are_no_records(read):
    text = "a,b,1\n合 计,,1\nvillage,issue,n\n,,\nc,d,2\n"
    found, aside = read(text, table_of(), block=1024)
    assert [row[0] for row in found] == [2, 6]
    assert [(entry.line, entry.kind) for entry in aside] == [(3, "not_a_record"), (4, "not_a_record")]


def test_records_that_all_end_with_a_delimiter_are_read_fast(read):
    table = table_of(physical=4)
    text = "a,b,1,\nc,d,2,\n"
    assert read(text, table, block=1024)[0] == [(2, "a", "b", "1"), (3, "c", "d", "2")]


def test_records_of_another_width_do_not_cost_their_neighbours(read, monkeypatch):
    lines = ["a,b,1", "c,d,2,", "e,f", "", "g,h,3", "i,j,4,5"] + ["k,l,6"] * 30 + ['"m, n",o,7', "合计,,9", "p,q,8"]
    text = "\n".join(lines) + "\n"
    expected = read_carefully(text, table_of())
    monkeypatch.setattr(streaming, "_careful", None)

    assert read(text, table_of(), block=1 << 12) == expected
    assert [entry.line for entry in expected[1]] == [7, 39]


def test_a_second_table_below_is_no_part_of_this_one(read):
    header = ("village", "issue", "n", "date")
    table = table_of(4, header=header)
    text = "a,b,1,x\nvillage,issue,n,other\nc,d,2,y\n"
    found, aside = read(text, table, block=1024)
    assert len(found) == 1
    assert [entry.line for entry in aside] == [3, 4]


def test_every_word_for_a_total_holds_what_is_looked_for_first():
    assert [word for word in TOTALS if not any(hint in "".join(word.split()) for hint in fast._HINTS)] == []


def test_what_a_reader_has_learned_is_given_up_where_too_much_of_it_differs(monkeypatch):
    monkeypatch.setattr(fast, "LARGEST", 50)
    task = streaming.TextTask(table_of(), (0, 1))
    blocks = []
    for number in range(4):
        text = "".join(f"{number} {n},road,1\n" for n in range(40))
        blocks += streaming.read_blocks(io.BytesIO(text.encode()), None, 2, task)
    reader = task.readers.take(task.table)

    assert [reader.lexicons[0], len(reader.lexicons[1])] == [None, 1]
    assert [block.columns[0].to_pylist()[39] for block in blocks] == ["0 39", "1 39", "2 39", "3 39"]
