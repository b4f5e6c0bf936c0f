"""Binary workbooks, put together byte by byte: `.xlsb` from its records, `.et` as the OLE file that it is."""

from __future__ import annotations

import struct
import zipfile
from collections import Counter

import pytest

import visittally

HEADER = ["village", "problem", "age"]
ROWS = [[("东村", "Ash", "West")[n % 3], ("road", "water")[n % 5 == 0], 20 + n] for n in range(30)]


def record(number, content=b""):
    """A record of a binary workbook of zipped parts: its number and length in seven bits a byte, then what it holds."""

    def bits(n):
        return bytes([n]) if n < 128 else bytes([n & 127 | 128, n >> 7])

    return bits(number) + bits(len(content)) + content


def text(words):
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def cell(column, value):
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return record(6, place + text(value))
    return record(5, place + struct.pack("<d", value))


def xlsb(path, rows, far=b""):
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    relation = f'<Relationship Id="rId1" Type="{types}{{}}" Target="{{}}"/>'
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
        "</Relationships>"
    )
    sheet = struct.pack("<II", 0, 1) + text("rId1") + text("Visits")
    book = record(131) + record(143) + record(156, sheet) + record(144) + record(132)
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    cells = b"".join(
        record(0, struct.pack("<IIHBBBI", n, 0, 300, 0, 0, 0, 0))
        + b"".join(cell(c, value) for c, value in enumerate(row))
        for n, row in enumerate(rows)
    )
    data = record(129) + record(148, size) + record(145) + cells + far + record(146) + record(130)
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("_rels/.rels", relations.format(relation.format("officeDocument", "xl/workbook.bin")))
        parts.writestr(
            "xl/_rels/workbook.bin.rels", relations.format(relation.format("worksheet", "worksheets/sheet1.bin"))
        )
        parts.writestr("xl/workbook.bin", book)
        parts.writestr("xl/worksheets/sheet1.bin", data)


def biff(number, content=b""):
    return struct.pack("<HH", number, len(content)) + content


def et(path, rows, far=b""):
    """A workbook of the older kind: one stream of records in an OLE file."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6)
    place = b"Visits"

    def sheet_at(offset):
        return biff(0x85, struct.pack("<IBBBB", offset, 0, 0, len(place), 0) + place)

    start = biff(0x809, begin) + biff(0x42, struct.pack("<H", 1200))
    offset = len(start) + len(sheet_at(0)) + 4
    cells = b""
    for n, row in enumerate(rows):
        for c, value in enumerate(row):
            at = struct.pack("<HHH", n, c, 0)
            if isinstance(value, str):
                cells += biff(0x204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
            else:
                cells += biff(0x203, at + struct.pack("<d", value))
    size = struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0)
    sheet = (
        biff(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
        + biff(0x200, size)
        + cells
        + far
        + biff(0x0A)
    )
    stream = start + sheet_at(offset) + biff(0x0A) + sheet
    stream += bytes(max(4096, -(-len(stream) // 512) * 512) - len(stream))
    sectors = len(stream) // 512
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    chain = [table, end, *range(3, sectors + 2), end]
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *[free] * 108)

    def entry(name, kind, child, first, length):
        named = (name + "\0").encode("utf-16-le")
        return (
            named.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(named), kind, 1, free, free, child)
            + bytes(36)
            + struct.pack("<IQ", first, length)
        )

    folder = (entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))).ljust(512, b"\0")
    path.write_bytes(head + struct.pack("<128I", *chain, *[free] * (128 - len(chain))) + folder + stream)


@pytest.mark.parametrize(("write", "name"), [(xlsb, "visits.xlsb"), (et, "visits.et"), (et, "visits.xls")])
def test_a_binary_workbook_counts_as_its_rows_do(tmp_path, write, name):
    write(tmp_path / name, [HEADER, *ROWS])

    found = visittally.summarize([tmp_path / name])

    issues = {r["issue"]: r["mentions"] for r in found.tables["issues"].to_dict()["rows"]}
    places = {r["village"]: r["cases"] for r in found.tables["areas"].to_dict()["rows"] if r["village"]}
    assert issues == Counter(row[1] for row in ROWS) == {"road": 24, "water": 6}
    assert places == {"东村": 10, "Ash": 10, "West": 10}


@pytest.mark.parametrize(("write", "name"), [(xlsb, "visits.xlsb"), (et, "visits.et")])
def test_a_binary_workbook_that_is_cut_off_is_refused(tmp_path, write, name):
    write(tmp_path / name, [HEADER, *ROWS])
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:700])

    with pytest.raises(visittally.VisitTallyError, match=name):
        visittally.summarize([tmp_path / name])


def row_at(number):
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("far", "told"),
    [
        (row_at(899_999) + cell(16_383, 5.0), 'The sheet "Visits" of .*far away.*row 900000, column 16384'),
        (row_at(1_048_576) + cell(0, 5.0), "more than 1,048,576 rows"),
        (row_at(40) + record(5, b"\x01"), "damaged"),
        (b"\x05\xff", "damaged"),
    ],
)
def test_binary_sheets_with_cells_far_away_are_refused_before_they_are_loaded(tmp_path, far, told):
    xlsb(tmp_path / "far.xlsb", [HEADER, *ROWS], far)

    with pytest.raises(visittally.VisitTallyError, match=told):
        visittally.summarize([tmp_path / "far.xlsb"])


def test_binary_cells_may_lie_apart_a_little(tmp_path):
    xlsb(tmp_path / "near.xlsb", [HEADER, *ROWS], row_at(2_000) + cell(300, "a remark of someone"))

    assert visittally.summarize([tmp_path / "near.xlsb"]).tables["areas"]


NUMBER = struct.pack("<d", 5.0)


@pytest.mark.parametrize(
    ("far", "place"),
    [
        (biff(0x203, struct.pack("<HHH", 65_535, 65_535, 0) + NUMBER), "row 65536, column 65536"),
        (biff(0x27E, struct.pack("<HHHI", 40, 256, 0, 2)), "row 41, column 257"),
        (biff(0xBD, struct.pack("<HHHIHIH", 40, 3, 0, 2, 0, 2, 9_000)), "row 41, column 9001"),
    ],
)
def test_cells_in_columns_that_no_sheet_has_are_refused_before_they_are_loaded(tmp_path, far, place):
    et(tmp_path / "far.xls", [HEADER, *ROWS], far)

    with pytest.raises(visittally.VisitTallyError, match=rf"far away from its table \(as far as {place}\)"):
        visittally.summarize([tmp_path / "far.xls"])


def test_the_last_column_of_a_sheet_is_none_too_many(tmp_path):
    et(tmp_path / "near.xls", [HEADER, *ROWS], biff(0x203, struct.pack("<HHH", 40, 255, 0) + NUMBER))

    assert visittally.summarize([tmp_path / "near.xls"]).tables["areas"]
