"""Streams of OLE files, and how far the cells in them reach."""

from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.errors import InputError
from visittally.reading.workbooks.compound import check_columns

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def number(row, column):
    return record(0x203, struct.pack("<HHH", row, column, 0) + struct.pack("<d", 1.0))


def book(*cells, password=False):
    """The records of a workbook with one sheet."""
    start = record(0x809, bytes(16)) + (record(0x2F, bytes(6)) if password else b"")
    offset = len(start) + 4 + 8 + 4
    return start + record(0x85, struct.pack("<I", offset) + bytes(4)) + record(0x0A) + b"".join(cells) + record(0x0A)


def compound(stream, *, name="Workbook", mini=False, listed=109):
    """An OLE file with one stream in sectors of 512 bytes, or in a stream of small ones.

    The first sectors hold the folder and, of a small stream, the table of its small sectors; then come its bytes, then
    the table of all sectors, of which the header lists some and further sectors the others.
    """
    held = stream if mini else stream + bytes(max(0, 4_096 - len(stream)))
    held += bytes(-len(held) % 512)
    count = len(held) // 512
    first = 1 + mini
    entries = 1
    while entries * 128 < first + count + entries + -(-max(0, entries - listed) // 127):
        entries += 1
    more = -(-max(0, entries - listed) // 127)
    chain = [END, *([END] if mini else []), *range(first + 1, first + count), END]
    at = first + count
    chain += [TABLE] * (entries + more)
    table = struct.pack(f"<{entries * 128}I", *chain, *[FREE] * (entries * 128 - len(chain)))
    places = list(range(at, at + entries))
    lists = [places[listed + 127 * i : listed + 127 * (i + 1)] for i in range(more)]
    more_at = at + entries
    beyond = b"".join(
        struct.pack("<128I", *own, *[FREE] * (127 - len(own)), more_at + i + 1 if i + 1 < more else END)
        for i, own in enumerate(lists)
    )
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", entries, 0, 0, 4_096, 1 if mini else END, mini, more_at if more else END, more)
    head += struct.pack("<109I", *places[:listed], *[FREE] * (109 - len(places[:listed])))

    def entry(title, kind, start, length):
        named = (title + "\0").encode("utf-16-le").ljust(64, b"\0")
        return (
            named
            + struct.pack("<HBBIII", 2 * len(title) + 2, kind, 1, FREE, FREE, 1)
            + bytes(36)
            + struct.pack("<IQ", start, length)
        )

    root = entry("Root Entry", 5, first if mini else END, len(held) if mini else 0)
    own = entry(name, 2, 0 if mini else first, len(stream) if mini else max(4_096, len(stream)))
    small = -(-len(stream) // 64)
    smalls = struct.pack("<128I", *range(1, small), END, *[FREE] * (128 - small)) if mini else b""
    return head + (root + own).ljust(512, b"\0") + smalls + held + table + beyond


FAR = number(7, 300)


@pytest.mark.parametrize("how", [{}, {"name": "Book"}, {"name": "WORKBOOK"}, {"mini": True}])
def test_a_cell_too_far_is_found_in_every_kind_of_stream(how):
    check_columns(compound(book(number(1, 255)), **how), "visits.xls")
    with pytest.raises(InputError, match=r"visits.xls has cells far away .*row 8, column 301"):
        check_columns(compound(book(number(1, 255), FAR), **how), "visits.xls")


@pytest.mark.parametrize("listed", [1, 2, 109])
def test_it_is_found_behind_many_sectors(listed):
    many = b"".join(number(row, 3) for row in range(9_000))
    with pytest.raises(InputError, match="row 8, column 301"):
        check_columns(compound(book(many, FAR), listed=listed), "visits.xls")


def test_what_is_encrypted_says_nothing_and_other_streams_are_none_of_ours():
    check_columns(compound(book(FAR, password=True)), "visits.xls")
    check_columns(compound(book(FAR), name="Summary"), "visits.xls")
    check_columns(b"village,issue\n" * 100, "visits.xls")


def test_a_chain_that_comes_back_to_itself_ends():
    whole = compound(book(FAR))
    endless = whole.replace(struct.pack("<II", 2, 3), struct.pack("<II", 2, 1))
    assert endless != whole
    with pytest.raises(InputError, match="column 301"):
        check_columns(endless, "visits.xls")


@given(st.data())
def test_no_damage_makes_it_fall_over(data):
    whole = bytearray(compound(book(number(1, 2), FAR), mini=data.draw(st.booleans())))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    with suppress(InputError):
        check_columns(bytes(whole[:cut]), "visits.xls")
