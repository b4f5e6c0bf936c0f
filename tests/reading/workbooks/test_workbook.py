"""Workbooks: which sheet, where the table is, and that cells come as a CSV export would hold them."""

import datetime as dt
import gzip
import io
import pickle
import re
import zipfile

import pytest

from visittally.errors import InputError
from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions
from visittally.reading.receipt import Kind
from visittally.reading.workbooks import sheets
from visittally.reading.workbooks import workbook as workbooks

VISITS = [
    ["village", "issue", "visited"],
    ["Elm", "road", "2026-04-01"],
    ["Oak", "water", "2026-04-02"],
    ["Elm", "none", "2026-04-02"],
]


MIDNIGHT = dt.datetime.fromisoformat("2026-04-01")


def lines(source):
    return [block.line(i) for block in source.blocks([0]) for i in range(block.length)]


def set_aside(source):
    return [entry for block in source.blocks([0]) for entry in block.set_aside]


def test_header_records_and_lines(tmp_path, workbook, opened, records):
    source = opened(workbook(tmp_path / "visits.xlsx", VISITS))
    assert source.header == ("village", "issue", "visited")
    assert (source.header_row, source.sheet, source.encoding, source.delimiter) == (1, "Sheet1", None, None)
    assert records(source) == VISITS[1:] == [list(row) for row in source.sample()]
    assert lines(source) == [2, 3, 4]


def test_only_the_columns_asked_for_are_given(tmp_path, workbook, opened, records):
    source = opened(workbook(tmp_path / "visits.xlsx", VISITS))
    assert records(source, [2, 0])[0] == ["2026-04-01", "Elm"]
    assert sum(block.length for block in source.blocks([])) == 3


def test_a_source_can_be_sent_to_another_process(tmp_path, workbook, opened, records):
    source = opened(workbook(tmp_path / "visits.xlsx", VISITS))
    assert records(pickle.loads(pickle.dumps(source))) == VISITS[1:]


def test_a_table_that_begins_further_down_and_right_keeps_its_lines(tmp_path, workbook, put, opened):
    source = opened(workbook(tmp_path / "moved.xlsx", lambda sheet, _book: put(sheet, VISITS, top=5, left=3)))
    assert source.header == ("village", "issue", "visited")
    assert source.header_row == 6
    assert lines(source) == [7, 8, 9]


def test_blank_rows_are_no_records_and_do_not_shift_lines(tmp_path, workbook, opened, records):
    rows = [*VISITS[:2], [], ["", " "], *VISITS[2:]]
    source = opened(workbook(tmp_path / "gaps.xlsx", rows))
    assert records(source) == VISITS[1:]
    assert lines(source) == [2, 5, 6]
    assert not set_aside(source)


def test_title_rows_merged_over_the_table_are_no_header(tmp_path, workbook, put, opened, records):
    def sheet(worksheet, _book):
        worksheet.merge_range(0, 0, 0, 2, "Visits of spring 2026")
        put(worksheet, VISITS, top=2)

    source = opened(workbook(tmp_path / "title.xlsx", sheet))
    assert source.header == ("village", "issue", "visited")
    assert records(source) == VISITS[1:]


def test_totals_and_repeated_headers_are_set_aside_with_their_line(tmp_path, workbook, opened, records):
    rows = [["village", "households", "visited"], *[[f"village {i}", 4, i] for i in range(20)]]
    source = opened(workbook(tmp_path / "totals.xlsx", [*rows, rows[0], ["Ash", 1, 1], ["Total", 81, 191]]))
    assert [row[0] for row in records(source)] == [*(f"village {i}" for i in range(20)), "Ash"]
    assert [(entry.line, entry.kind) for entry in set_aside(source)] == [
        (22, Kind.NOT_A_RECORD),
        (24, Kind.NOT_A_RECORD),
    ]
    assert len(source.sample()) == 21


def test_a_tally_below_the_table_is_set_aside(tmp_path, workbook, opened, records):
    rows = [
        ["id", "village", "issue", "visited"],
        *[[i, "Elm", "road", f"2026-04-{i:02d}"] for i in range(1, 9)],
    ]
    source = opened(workbook(tmp_path / "tally.xlsx", [*rows, [], [], ["Elm", 8]]))
    assert len(records(source)) == 8
    assert [entry.line for entry in set_aside(source)] == [12]


def test_cells_merged_downwards_hold_for_each_of_their_rows(tmp_path, workbook, put, opened, records):
    def sheet(worksheet, _book):
        put(
            worksheet,
            [["village", "household", "issue"], ["Elm", "H1", "road"], ["", "", "water"], ["Oak", "H2", ""]],
        )
        worksheet.merge_range(1, 0, 2, 0, "Elm")
        worksheet.merge_range(1, 1, 2, 1, "H1")

    source = opened(workbook(tmp_path / "merged.xlsx", sheet))
    assert records(source) == [["Elm", "H1", "road"], ["Elm", "H1", "water"], ["Oak", "H2", ""]]


def test_a_merged_row_with_nothing_of_its_own_is_no_record(tmp_path, workbook, put, opened, records):
    def sheet(worksheet, _book):
        put(worksheet, [["village", "household", "issue"], ["Elm", "H1", "road"], [], ["Oak", "H2", "water"]])
        worksheet.merge_range(1, 0, 2, 0, "Elm")
        worksheet.merge_range(1, 1, 2, 1, "H1")

    assert len(records(opened(workbook(tmp_path / "merged.xlsx", sheet)))) == 2


def test_a_header_of_two_rows_is_joined_along_its_merged_cells(tmp_path, workbook, put, opened, records):
    def sheet(worksheet, _book):
        worksheet.merge_range(0, 0, 0, 4, "Ledger of visits")
        worksheet.merge_range(1, 0, 2, 0, "No")
        worksheet.merge_range(1, 1, 1, 2, "Household")
        worksheet.merge_range(1, 3, 1, 4, "Issue")
        put(worksheet, [["name", "village", "kind", "status"]], top=2, left=1)
        put(worksheet, [[i, f"Person {i}", "Elm", "road", "open"] for i in range(1, 5)], top=3)

    source = opened(workbook(tmp_path / "two.xlsx", sheet))
    assert source.header == ("No", "Household name", "Household village", "Issue kind", "Issue status")
    assert source.header_row == 3
    assert source.header_rows[0] == ("No", "Household", "Household", "Issue", "Issue")
    assert records(source)[0] == ["1", "Person 1", "Elm", "road", "open"]
    assert lines(source) == [4, 5, 6, 7]


@pytest.mark.parametrize("wanted", ["April", " april "])
def test_a_sheet_can_be_named(tmp_path, wanted, workbook, opened, records):
    path = workbook(tmp_path / "months.xlsx", March=VISITS, April=VISITS[:2])
    assert len(records(opened(path, sheets=(wanted,)))) == 1


def test_an_unknown_sheet_is_an_error_that_names_the_sheets(tmp_path, workbook, opened):
    path = workbook(tmp_path / "months.xlsx", March=VISITS, April=VISITS)
    with pytest.raises(InputError, match=r'no sheet "May". It has: March, April'):
        opened(path, sheets=("May",))


def test_a_workbook_without_anything_is_refused(tmp_path, workbook, opened):
    with pytest.raises(InputError, match=r"No sheet of .*blank.xlsx holds anything"):
        opened(workbook(tmp_path / "blank.xlsx", []))


def test_a_header_without_records_is_a_table(tmp_path, workbook, opened, records):
    source = opened(workbook(tmp_path / "header.xlsx", VISITS[:1]))
    assert records(source) == []
    assert source.sample() == []


def test_a_wrong_dimension_does_not_hide_cells(tmp_path, workbook, opened, records, rewritten):
    path = rewritten(
        workbook(tmp_path / "dimension.xlsx", VISITS),
        lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml),
    )
    assert records(opened(path)) == VISITS[1:]


@pytest.mark.parametrize("pack", ["gz", "zip", "stdin"])
def test_packed_and_piped_workbooks_are_read(tmp_path, pack, workbook, records):
    content = (tmp_path / workbook(tmp_path / "visits.xlsx", VISITS)).read_bytes()
    path, stdin = tmp_path / f"packed.{pack}", None
    if pack == "gz":
        path.write_bytes(gzip.compress(content))
    elif pack == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("visits.xlsx", content)
    else:
        path, stdin = "-", io.BytesIO(content)
    (source,) = open_sources([str(path)], ReadingOptions(), stdin)
    assert records(source) == VISITS[1:]


def test_records_come_in_blocks_with_their_lines(tmp_path, monkeypatch, workbook, opened):
    monkeypatch.setattr(workbooks, "BLOCK", 2)
    source = opened(workbook(tmp_path / "visits.xlsx", VISITS))
    assert [block.length for block in source.blocks([0])] == [2, 1]
    assert lines(source) == [2, 3, 4]


def test_a_large_sheet_is_sampled_at_its_beginning_middle_and_end(tmp_path, monkeypatch, workbook, opened):
    monkeypatch.setattr(workbooks, "SAMPLED", 100)
    monkeypatch.setattr(sheets, "SMALL", 100)
    monkeypatch.setattr(sheets, "STRETCH", 3)
    rows = [["village", "issue"], *[[f"village {i}", "road"] for i in range(100)]]
    sample = opened(workbook(tmp_path / "large.xlsx", rows)).sample()
    assert [row[0] for row in sample] == [f"village {i}" for i in (0, 1, 49, 50, 51, 97, 98, 99)]


def test_equal_records_have_equal_hashes_wherever_their_columns_stand(tmp_path, workbook, opened):
    moved = [row[::-1] for row in VISITS]
    one, two = (
        next(iter(opened(workbook(tmp_path / f"{n}.xlsx", rows)).blocks([0]))).repeats.tolist()
        for n, rows in enumerate((VISITS, moved))
    )
    assert one == two
    assert len(set(one)) == 3


def test_merged_cells_over_each_other_and_beyond_the_table_are_told_once(tmp_path, workbook, opened, rewritten):
    merges = '<mergeCells><mergeCell ref="A2:A3"/>' + '<mergeCell ref="A2:A1048576"/>' * 400 + "</mergeCells>"
    rows = [["village", "issue"], ["Elm", "road"], ["", "water"], ["", "school"]]
    path = rewritten(
        workbook(tmp_path / "merged.xlsx", rows),
        lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + merges.encode()),
    )

    assert opened(path).merged_cells() == {3: frozenset({0}), 4: frozenset({0})}
