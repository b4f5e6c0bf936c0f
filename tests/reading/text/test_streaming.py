"""Bytes to blocks: lines, sizes and whole records are right whichever reader takes a stretch."""

from __future__ import annotations

import io
import itertools

import pytest

from visittally.reading.beginning import Position
from visittally.reading.text import streaming
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.rows import TextTable
from visittally.reading.text.streaming import TextTask, decoded, read_blocks

THREE = ("village", "issue", "n")


def table_of(*names, **manner):
    header = names or THREE
    position = Position(header, (0,), (header,), 1, (), frozenset({header}))
    return TextTable(Dialect(**{"delimiter": "," if len(header) > 1 else "", **manner}), position, len(header))


def read(content, table, *, block=4_096, piece=64, size=None, below=False, **task):
    """The records with their lines, (line, reason) of rows set aside, the line behind, and the blocks."""
    content = content.encode() if isinstance(content, str) else content
    columns = task.pop("columns", range(table.width))
    blocks = read_blocks(
        io.BytesIO(content), size, 2, TextTask(table, tuple(columns), block=block, piece=piece, **task), below=below
    )
    records, aside, every = [], [], []
    while True:
        try:
            found = next(blocks)
        except StopIteration as ended:
            return records, aside, ended.value, every
        cells = [found.columns[c].to_pylist() for c in sorted(found.columns)]
        records += [(found.line(i), *(column[i] for column in cells)) for i in range(found.length)]
        aside += [(entry.line, entry.kind, entry.reason) for entry in found.set_aside]
        every.append(found)


CLEAN = "".join(f"v{n},road,{n}\n" for n in range(40))
LATE = 'x,y"z"w",7\n'
"""Quotes that only the careful reader takes apart."""


@pytest.mark.parametrize("doubtful", [False, True])
@pytest.mark.parametrize("block", [64, 4_096])
def test_blocks_tell_their_bytes_and_the_line_behind_them(doubtful, block):
    text = CLEAN + 'a,"two\nlines",1\n\n' + LATE * doubtful + CLEAN
    records, _aside, behind, blocks = read(text, table_of(), block=block)

    assert sum(found.size for found in blocks) == len(text)
    assert [found.next_line for found in blocks][-1] == behind == 2 + text.count("\n")
    assert [line for line, *_cells in records] == [
        *range(2, 43),
        *([45] if doubtful else []),
        *range(45 + doubtful, 85 + doubtful),
    ]
    for found, after in itertools.pairwise(blocks):
        assert found.next_line <= after.first_line


def test_no_more_bytes_are_read_than_the_stretch_has():
    stream = io.BytesIO(b"a,b,1\nc,d,2\ne,f,3\n")
    blocks = list(read_blocks(stream, 12, 2, TextTask(table_of(), (0,))))

    assert [cell for block in blocks for cell in block.columns[0].to_pylist()] == ["a", "c"]
    assert stream.read() == b"e,f,3\n"


def test_a_last_record_without_line_end_is_counted():
    assert read("a,b,1\nc,d,2", table_of())[0] == [(2, "a", "b", "1"), (3, "c", "d", "2")]
    assert read('a,b,1\nc,d"e"f,2', table_of())[0] == [(2, "a", "b", "1"), (3, "c", 'd"e"f', "2")]


@pytest.mark.parametrize("text", ["", "\n", "\n\n \n"])
def test_nothing_gives_no_record_and_nothing_set_aside(text):
    records, aside, behind, _blocks = read(text, table_of())

    assert (records, aside, behind) == ([], [], 2 + text.count("\n"))


def test_a_record_longer_than_a_block_is_read_whole():
    long = "road\n" * 60
    text = f'a,"{long}",1\nb,c,2\n'

    records, aside, behind, _blocks = read(text, table_of(), block=32, piece=16)

    assert records == [(2, "a", long, "1"), (63, "b", "c", "2")]
    assert not aside
    assert behind == 64


def test_one_doubtful_record_does_not_cost_its_neighbours_the_fast_reader(monkeypatch):
    carefully = []
    careful = streaming._careful

    def seen(content, *about, **how):
        carefully.append(len(content))
        return careful(content, *about, **how)

    monkeypatch.setattr(streaming, "_careful", seen)
    records, aside, _behind, _blocks = read(CLEAN + LATE + CLEAN, table_of(), piece=64)

    assert len(records) == 81
    assert not aside
    assert len(carefully) == 1
    assert carefully[0] <= 64


def test_what_stands_below_the_table_is_set_aside_line_by_line():
    records, aside, behind, _blocks = read("a,b,1\n\nchecked by Li\n", table_of(), below=True)

    assert not records
    assert aside == [(line, "not_a_record", "stands below the table") for line in (2, 4)]
    assert behind == 5


def test_all_blocks_behind_a_second_header_are_below_the_table():
    names = (*THREE, "date")
    text = "a,b,1,x\n" * 30 + "village,issue,n,other\n" + "c,d,2,y\n" * 60
    records, aside, _behind, _blocks = read(text, table_of(*names), block=128)

    assert [line for line, *_cells in records] == list(range(2, 32))
    assert [line for line, *_why in aside] == list(range(32, 93))


def test_bytes_that_do_not_fit_cost_their_own_record_only():
    text = b"a,b,1\nc,\xff\xfe,2\n" + "村,d,3\n".encode()
    records, aside, _behind, _blocks = read(text, table_of())

    assert records == [(2, "a", "b", "1"), (4, "村", "d", "3")]
    assert aside == [(3, "unreadable", "bytes that do not fit the encoding")]


@pytest.mark.parametrize(
    ("content", "text", "sound"),
    [
        ("村".encode(), "村", True),
        ("a\ud800".encode("utf-8", "surrogatepass"), "a\ud800", False),
        (b"a\xff", "a\udcff", False),
    ],
)
def test_bytes_are_decoded_without_loss(content, text, sound):
    assert decoded(content) == (text, sound)


@pytest.mark.parametrize("block", [8, 16, 4_096])
def test_single_carriage_returns_end_records_in_blocks_of_any_size(block):
    text = "a,b,1\rc,d,2\r\n村,f,3\r" + "g,村,4\r" * 5
    records, aside, behind, _blocks = read(text, table_of(newline="\r"), block=block)

    assert [line for line, *_cells in records] == list(range(2, 10))
    assert records[3:] == [(line, "g", "村", "4") for line in range(5, 10)]
    assert records[2] == (4, "村", "f", "3")
    assert not aside
    assert behind == 10


def test_records_are_hashed_over_all_their_cells_and_only_if_asked():
    text = "a,b,1\na,c,1\na,b,1\n"
    hashes = read(text, table_of(), columns=(0,), hashed=True)[3][0].repeats

    assert hashes[0] == hashes[2] != hashes[1]
    assert read(text, table_of(), columns=(0,))[3][0].repeats is None
    assert list(read(text, table_of(), columns=(0,), hashed=True)[3][0].columns) == [0]


@pytest.mark.parametrize(
    "text",
    [
        "a,b,1\nc,d,2\ne,f,3\n",  # regular
        "a,b,1\n,,\nc,d,2\n合计,,3\ne,f,3\n",  # rows among them that are no records
        "a,b,1\n" + "c,d,2\n" + "e,f,3\n" + 'g,"h",4,\n',  # another width, a quarter of them
        'a,b,1\nc,d,2\ne,f,3\ng,h"i"j",4\n',  # careful
    ],
)
@pytest.mark.parametrize("listed", [False, True])
def test_whole_records_are_given_at_any_place(text, listed):
    import numpy as np

    [block] = read(text, table_of(), columns=(1,), only_listed=listed)[3]

    assert list(block.columns) == [1]
    assert block.whole(np.array([0, 2])).to_pylist() == ["a", "b", "1", "e", "f", "3"]


def one(text, **manner):
    records, aside, behind, _blocks = read(text, table_of("village", **manner))
    assert behind == 2 + text.count("\n") + (not text.endswith("\n"))
    return records, [line for line, *_why in aside]


def test_a_table_of_one_column_is_read_line_by_line():
    assert one("大坪\n石桥, 东\r\n\nvillage\n合计\nx") == ([(2, "大坪"), (3, "石桥, 东"), (6, "合计"), (7, "x")], [5])


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ('"a b"', "a b"),
        ('""', ""),
        ('"', '"'),
        ('a"b', 'a"b'),
        ('"a"b"', '"a"b"'),
        ('"say ""no"""', 'say "no"'),
        ('"two\nlines"', "two\nlines"),
    ],
)
def test_quotes_in_a_table_of_one_column(line, cell):
    records, aside = one(f"first\n{line}\nlast\n")

    assert [cell for _line, cell in records] == ["first", *([cell] if cell else []), "last"]
    assert not aside


def test_escapes_in_a_table_of_one_column():
    assert one('"say \\"no\\""\n', escape="\\") == ([(2, 'say "no"')], [])


def test_a_table_of_one_column_without_odd_lines_keeps_each_line():
    assert one("a\nb\n") == ([(2, "a"), (3, "b")], [])
