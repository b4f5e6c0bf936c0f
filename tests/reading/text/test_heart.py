"""The compiled heart, call by call: it gives what numpy gives, and touches no byte that it was not given."""

from __future__ import annotations

import ctypes
import mmap
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from visittally.reading.hashing import hash_texts
from visittally.reading.lexicon import Lexicon
from visittally.reading.text import grid, heart
from visittally.reading.text.dialect_search import Dialect
from visittally.reading.text.grid import PADDING, GridFinder

pytestmark = pytest.mark.skipif(heart.native is None, reason="the module is not compiled here")

BYTES = st.lists(
    st.sampled_from([b",", b";", b'"', b'""', b"'", b"\n", b"\r\n", b"\r", b"\0", b"\xff", b" ", b"a", "村".encode()])
    | st.binary(max_size=70).map(lambda found: found.replace(b"\0", b"0").replace(b"\r", b"r")),
    max_size=60,
).map(b"".join)
CELL = st.sampled_from([b"", b"a", b'"b"', b'"say ""no"""', b'"x\ny"', b'"p, q"', b"0123456789" * 9, "大坪村".encode()])
TABLE = st.tuples(
    st.lists(st.lists(CELL, min_size=3, max_size=3).map(b",".join), max_size=40), st.sampled_from([b"\n", b"\r\n"])
).map(lambda drawn: b"".join(line + drawn[1] for line in drawn[0]))
DIALECTS = st.tuples(st.sampled_from([",", ";", "\t", ""]), st.sampled_from(['"', "'", ""])).map(
    lambda marks: Dialect(marks[0], quote=marks[1])
)

LETTERS = st.characters(exclude_categories=["Cs"])


def looked_up_in(lexicon, column):
    """The cells by their codes, the second time when all of them are known."""
    if lexicon.codes(column, 1_000) is None:
        return None
    return [lexicon.values[code] for code in lexicon.codes(column, 0).tolist()]


def seen(text, dialect, width, *, final):
    """All that a reader learns of a stretch: where cells are, what they are, where lines begin; or None."""
    content = bytearray(text) + bytearray(PADDING)
    found = GridFinder(dialect, width).find(content, len(text), final=final)
    if found is None:
        return None
    cells = [found.cells(c) for c in range(width)]
    texts = [column.strings() for column in cells]
    looked_up = [looked_up_in(Lexicon(), column) for column in cells]
    starts, lines = found.lines()
    return (
        found.end,
        list(found.apart()),
        [None if column is None else column.to_pylist() for column in texts],
        looked_up,
        None if starts is None else starts.tolist(),
        lines,
    )


@settings(deadline=None, max_examples=400)
@given(BYTES | TABLE, DIALECTS, st.integers(1, 3), st.sampled_from([0, 1]))
@example(b'a,"b\nc,d\n', Dialect(","), 2, 0)
@example(b"a\r", Dialect(","), 1, 1)
@example(b"a\n" + b'"' + b"x" * (grid.LONGEST // 2) + b'\n"\n', Dialect(","), 1, 1)
@example(b'"\n' + b"x" * (grid.LONGEST // 2) + b'""",2\n', Dialect(","), 2, 1)
def test_any_bytes_are_seen_alike(hearts, text, dialect, width, final):
    found = {}
    for beating in hearts():
        with beating as name:
            found[name] = seen(text, dialect, width, final=final)

    assert all(each == found["numpy"] for each in found.values())


@settings(deadline=None)
@given(st.lists(st.text(LETTERS, max_size=300) | st.text("ab", max_size=20), max_size=20), st.integers(0, 3))
def test_hashes_are_alike(hearts, texts, first):
    column = pa.array(texts, pa.string())[first:]
    found = []
    for beating in hearts():
        with beating:
            found.append(hash_texts(column).tolist())

    assert all(each == found[0] for each in found)


HINTS = st.lists(
    st.sampled_from([b"?", b"#", b"??", b"?#?", b"ab", b"abcdefgh", b"\xef\xbf\xbd"]), max_size=7, unique=True
)


@settings(deadline=None, max_examples=300)
@given(st.text("?#abcdefgh\ufffd", max_size=300).map(str.encode) | BYTES, HINTS.map(tuple))
def test_hints_are_held_where_python_finds_them(text, hints):
    for level in heart.native.levels():
        found = heart.native.held(text, hints, level)
        assert [bool(found >> i & 1) for i in range(len(hints))] == [hint in text for hint in hints]


@settings(deadline=None)
@given(st.lists(st.binary(max_size=6) | st.text(LETTERS, max_size=4).map(str.encode), max_size=8))
@example([b"\xed\xa0\x80"])
@example([b"\xf4\x90\x80\x80"])
@example([b"\xc0\x80"])
@example([b"\xe6\x9d", b"\x91"])
@example([b"abcdefgh\xff"])
def test_what_is_no_utf8_is_told_as_python_tells_it(cells):
    def is_utf8(cell):
        try:
            cell.decode()
        except UnicodeDecodeError:
            return False
        return True

    text = np.frombuffer(b"".join(cells) + bytes(PADDING), np.uint8)
    lengths = np.array(list(map(len, cells)), np.int32)
    starts = (np.cumsum(lengths) - lengths).astype(np.int32)
    content, offsets = np.empty(int(lengths.sum()), np.uint8), np.empty(len(cells) + 1, np.int32)

    assert heart.native.gather(text, starts, lengths, content, offsets) == all(map(is_utf8, cells))
    assert content.tobytes() == b"".join(cells)


# ---------------------------------------------------------------- nothing beyond the buffer
@pytest.fixture(scope="module")
def at_the_edge():
    """Puts bytes where the next one after them belongs to nobody: who reads it is killed."""
    if sys.platform != "linux":
        pytest.skip("pages are guarded with the C library of Linux")
    size = 4 * mmap.PAGESIZE
    pages = mmap.mmap(-1, size + mmap.PAGESIZE)
    place = ctypes.addressof(ctypes.c_char.from_buffer(pages))
    guard = ctypes.c_void_p(place + size)
    library = ctypes.CDLL(None, use_errno=True)
    assert library.mprotect(guard, mmap.PAGESIZE, 0) == 0

    def put(content):
        view = np.frombuffer(pages, np.uint8, len(content), size - len(content))
        view[:] = np.frombuffer(content, np.uint8)
        return view

    yield put
    library.mprotect(guard, mmap.PAGESIZE, mmap.PROT_READ | mmap.PROT_WRITE)


@settings(deadline=None, max_examples=200)
@given(BYTES | TABLE)
def test_no_byte_behind_the_buffer_is_read(at_the_edge, text):
    native, width = heart.native, 3
    for level in native.levels():
        room = np.empty((3, len(text) + 64), np.int32)
        edge = at_the_edge(text + bytes(64))
        found = native.find(edge, len(text), ord(","), ord('"'), 0, width, level, *room)
        if found is None or not found[0] or found[0] % width:
            continue
        ends, doubled = room[0][: found[0]], room[1][: found[2]]
        starts, lengths, escaped = (np.empty(len(ends) // width, np.int32) for _what in range(3))
        native.cells(edge, ends, width, 1, None, ord('"'), 0, doubled, starts, lengths, escaped)
        content, offsets = at_the_edge(bytes(int(lengths.sum()))), np.empty(len(starts) + 1, np.int32)
        native.gather(bytes(edge), starts, lengths, content, offsets)
        if len(content):
            native.hashes(content, offsets, np.empty(len(starts), np.uint64), 256)
        known = Lexicon()
        edge = at_the_edge(text + bytes(16))
        native.codes(edge, starts, lengths, known._table, known._words, np.empty(len(starts), np.int32))


TEXT = b"a,b\nc,d\n"


@pytest.mark.parametrize("size", [-1, len(TEXT) + 1, 1 << 40])
def test_a_size_beyond_the_buffer_is_refused(size):
    room = np.empty((3, 1_000), np.int32)
    with pytest.raises(ValueError, match="too little room"):
        heart.native.find(TEXT + bytes(64), size, ord(","), ord('"'), 1, 2, "plain", *room)


@pytest.mark.parametrize(("ends", "column"), [([1, 3, 5, 1_000], 1), ([1, 3, 1, 7], 0), ([-5, 3, 5, 7], 1)])
def test_ends_that_are_none_of_the_text_are_refused(ends, column):
    starts, lengths, escaped = (np.empty(2, np.int32) for _what in range(3))
    places = np.array(ends, np.int32)
    with pytest.raises(ValueError, match="no cells"):
        heart.native.cells(TEXT, places, 2, column, None, -1, 0, places[:0], starts, lengths, escaped)


@pytest.mark.parametrize(("start", "length"), [(-1, 2), (0, -1), (2_000, 2), (7, 40)])
def test_cells_that_are_none_of_the_text_are_refused(start, length):
    known = Lexicon()
    where = np.array([start], np.int32), np.array([length], np.int32)
    with pytest.raises(ValueError, match="no cells"):
        heart.native.codes(TEXT, *where, known._table, known._words, np.empty(1, np.int32))
    with pytest.raises(ValueError, match="no cells"):
        heart.native.gather(TEXT, *where, bytearray(100), np.empty(2, np.int32))
