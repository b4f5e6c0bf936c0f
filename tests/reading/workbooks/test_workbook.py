"""Workbooks: which sheet, where the table is, and that cells come as a CSV export would hold them."""

import datetime as dt
import gzip
import io
import pickle
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.errors import InputError
from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions
from visittally.reading.receipt import Kind
from visittally.reading.workbooks import openxml
from visittally.reading.workbooks import workbook as workbooks
from visittally.reading.workbooks.sheets import text_of

VISITS = [
    ["village", "issue", "visited"],
    ["Elm", "road", "2026-04-01"],
    ["Oak", "water", "2026-04-02"],
    ["Elm", "none", "2026-04-02"],
]


MIDNIGHT = dt.datetime.fromisoformat("2026-04-01")


def workbook(path, *sheets, **named):
    """Write a workbook of sheets given as rows, or as functions of the worksheet and the workbook."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        contents = {f"Sheet{i}": sheet for i, sheet in enumerate(sheets, 1)} | named
        for name, sheet in contents.items():
            worksheet = book.add_worksheet(name)
            if callable(sheet):
                sheet(worksheet, book)
            else:
                write(worksheet, sheet)
    return str(path)


def write(worksheet, rows, top=0, left=0):
    for r, row in enumerate(rows, top):
        for c, value in enumerate(row, left):
            if isinstance(value, str):
                worksheet.write_string(r, c, value) if value else None
            else:
                worksheet.write(r, c, value)


def opened(path, **options):
    (source,) = open_sources([str(path)], ReadingOptions(**options))
    return source


def records(source, columns=None):
    wanted = range(len(source.header)) if columns is None else columns
    blocks = [block for part in source.partitions(1 << 20) for block in source.blocks(wanted, part)]
    return [list(row) for block in blocks for row in zip(*(block.columns[c].to_pylist() for c in wanted), strict=True)]


def lines(source):
    return [block.line(i) for block in source.blocks([0]) for i in range(block.length)]


def set_aside(source):
    return [entry for block in source.blocks([0]) for entry in block.set_aside]


def rewritten(path, change):
    """The workbook after `change` was made to the XML of its first sheet."""
    source = zipfile.ZipFile(path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, change(text) if name.endswith("sheet1.xml") else text)
    source.close()
    Path(path).write_bytes(packed.getvalue())
    return path


def test_header_records_and_lines(tmp_path):
    source = opened(workbook(tmp_path / "visits.xlsx", VISITS))
    assert source.header == ("village", "issue", "visited")
    assert (source.header_row, source.sheet, source.encoding, source.delimiter) == (1, "Sheet1", None, None)
    assert records(source) == VISITS[1:] == [list(row) for row in source.sample()]
    assert lines(source) == [2, 3, 4]


def test_only_the_columns_asked_for_are_given(tmp_path):
    source = opened(workbook(tmp_path / "visits.xlsx", VISITS))
    assert records(source, [2, 0])[0] == ["2026-04-01", "Elm"]
    assert sum(block.length for block in source.blocks([])) == 3


def test_a_source_can_be_sent_to_another_process(tmp_path):
    source = opened(workbook(tmp_path / "visits.xlsx", VISITS))
    assert records(pickle.loads(pickle.dumps(source))) == VISITS[1:]


def test_a_changed_workbook_is_read_anew(tmp_path):
    path = workbook(tmp_path / "visits.xlsx", VISITS)
    assert len(records(opened(path))) == 3
    workbook(tmp_path / "visits.xlsx", VISITS[:3])
    assert len(records(opened(path))) == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (13800138000.0, "13800138000"),
        (0.0, "0"),
        (-2.0, "-2"),
        (35.2949514, "35.2949514"),
        (0.1 + 0.2, "0.3"),
        (1e21, "1e+21"),
        (4.2e17, "4.2e+17"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2026, 4, 1), "2026-04-01"),
        (MIDNIGHT, "2026-04-01"),
        (MIDNIGHT + dt.timedelta(hours=10, minutes=30), "2026-04-01 10:30:00"),
        (MIDNIGHT + dt.timedelta(hours=10, seconds=1, milliseconds=907), "2026-04-01 10:00:01.907"),
        (dt.time(9, 5), "09:05:00"),
        (dt.timedelta(hours=36, seconds=5), "36:00:05"),
        (" 007 ", " 007 "),
        (7, "7"),
    ],
)
def test_values_are_the_text_that_a_csv_export_would_hold(value, text):
    assert text_of(value) == text


def test_columns_of_numbers_with_blanks_and_words_keep_both(tmp_path):
    rows = [["id", "n", "mixed"], [1, 2.0, 1], [2, "", "two"], [3, 2.5, ""], [4, 1, 0.25]]
    source = opened(workbook(tmp_path / "numbers.xlsx", rows))
    assert records(source) == [["1", "2", "1"], ["2", "", "two"], ["3", "2.5", ""], ["4", "1", "0.25"]]


def test_errors_of_formulas_are_text_and_not_blanks(tmp_path):
    def sheet(worksheet, _book):
        write(worksheet, VISITS)
        worksheet.write_formula(2, 1, "=#REF!", None, "#REF!")
        worksheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")

    source = opened(workbook(tmp_path / "errors.xlsx", sheet))
    assert records(source)[1:] == [["Oak", "#REF!", "2026-04-02"], ["Elm", "none", "#DIV/0!"]]


def test_a_table_that_begins_further_down_and_right_keeps_its_lines(tmp_path):
    source = opened(workbook(tmp_path / "moved.xlsx", lambda sheet, _book: write(sheet, VISITS, top=5, left=3)))
    assert source.header == ("village", "issue", "visited")
    assert source.header_row == 6
    assert lines(source) == [7, 8, 9]


def test_blank_rows_are_no_records_and_do_not_shift_lines(tmp_path):
    rows = [*VISITS[:2], [], ["", " "], *VISITS[2:]]
    source = opened(workbook(tmp_path / "gaps.xlsx", rows))
    assert records(source) == VISITS[1:]
    assert lines(source) == [2, 5, 6]
    assert not set_aside(source)


def test_title_rows_merged_over_the_table_are_no_header(tmp_path):
    def sheet(worksheet, _book):
        worksheet.merge_range(0, 0, 0, 2, "Visits of spring 2026")
        write(worksheet, VISITS, top=2)

    source = opened(workbook(tmp_path / "title.xlsx", sheet))
    assert source.header == ("village", "issue", "visited")
    assert records(source) == VISITS[1:]


def test_totals_and_repeated_headers_are_set_aside_with_their_line(tmp_path):
    rows = [["village", "households", "visited"], *[[f"village {i}", 4, i] for i in range(20)]]
    source = opened(workbook(tmp_path / "totals.xlsx", [*rows, rows[0], ["Ash", 1, 1], ["Total", 81, 191]]))
    assert [row[0] for row in records(source)] == [*(f"village {i}" for i in range(20)), "Ash"]
    assert [(entry.line, entry.kind) for entry in set_aside(source)] == [
        (22, Kind.NOT_A_RECORD),
        (24, Kind.NOT_A_RECORD),
    ]
    assert len(source.sample()) == 21


def test_a_tally_below_the_table_is_set_aside(tmp_path):
    rows = [
        ["id", "village", "issue", "visited"],
        *[[i, "Elm", "road", f"2026-04-{i:02d}"] for i in range(1, 9)],
    ]
    source = opened(workbook(tmp_path / "tally.xlsx", [*rows, [], [], ["Elm", 8]]))
    assert len(records(source)) == 8
    assert [entry.line for entry in set_aside(source)] == [12]


def test_cells_merged_downwards_hold_for_each_of_their_rows(tmp_path):
    def sheet(worksheet, _book):
        write(
            worksheet,
            [["village", "household", "issue"], ["Elm", "H1", "road"], ["", "", "water"], ["Oak", "H2", ""]],
        )
        worksheet.merge_range(1, 0, 2, 0, "Elm")
        worksheet.merge_range(1, 1, 2, 1, "H1")

    source = opened(workbook(tmp_path / "merged.xlsx", sheet))
    assert records(source) == [["Elm", "H1", "road"], ["Elm", "H1", "water"], ["Oak", "H2", ""]]


def test_a_merged_row_with_nothing_of_its_own_is_no_record(tmp_path):
    def sheet(worksheet, _book):
        write(worksheet, [["village", "household", "issue"], ["Elm", "H1", "road"], [], ["Oak", "H2", "water"]])
        worksheet.merge_range(1, 0, 2, 0, "Elm")
        worksheet.merge_range(1, 1, 2, 1, "H1")

    assert len(records(opened(workbook(tmp_path / "merged.xlsx", sheet)))) == 2


def test_a_header_of_two_rows_is_joined_along_its_merged_cells(tmp_path):
    def sheet(worksheet, _book):
        worksheet.merge_range(0, 0, 0, 4, "Ledger of visits")
        worksheet.merge_range(1, 0, 2, 0, "No")
        worksheet.merge_range(1, 1, 1, 2, "Household")
        worksheet.merge_range(1, 3, 1, 4, "Issue")
        write(worksheet, [["name", "village", "kind", "status"]], top=2, left=1)
        write(worksheet, [[i, f"Person {i}", "Elm", "road", "open"] for i in range(1, 5)], top=3)

    source = opened(workbook(tmp_path / "two.xlsx", sheet))
    assert source.header == ("No", "Household name", "Household village", "Issue kind", "Issue status")
    assert source.header_row == 3
    assert source.header_rows[0] == ("No", "Household", "Household", "Issue", "Issue")
    assert records(source)[0] == ["1", "Person 1", "Elm", "road", "open"]
    assert lines(source) == [4, 5, 6, 7]


def test_the_sheet_with_the_records_is_taken_and_the_others_are_named(tmp_path):
    wide = [
        [f"question {i}" for i in range(12)],
        *[[f"answer {i} {r}" for i in range(12)] for r in range(30)],
    ]
    path = workbook(
        tmp_path / "several.xlsx",
        Cover=[["Spring campaign"], ["Contact: the office"]],
        Places=[["village", "district"], *[[f"village {i}", "north"] for i in range(200)]],
        Visits=wide,
    )
    source = opened(path)
    assert source.sheet == "Visits"
    (notice,) = source.notices
    assert notice.code == "other_sheets"
    assert "Places (200 rows)" in notice.message
    assert "Visits" in source.evidence[0]


def test_sheets_with_the_same_columns_are_one_table(tmp_path):
    april = [VISITS[0], ["Ash", "road", "2026-04-03"], ["Fir", "none", "2026-04-04"]]
    path = workbook(tmp_path / "months.xlsx", March=VISITS, April=[[*row[1:], row[0]] for row in april])
    sources = open_sources([str(path)], ReadingOptions())
    assert [source.sheet for source in sources] == ["March", "April"]
    assert [notice.code for source in sources for notice in source.notices] == ["sheets_together"]


def test_a_sheet_that_collects_the_others_is_left_out(tmp_path):
    april = [["Ash", "road", "2026-04-03"], ["Fir", "none", "2026-04-04"]]
    path = workbook(tmp_path / "all.xlsx", All=[*VISITS, *april], March=VISITS, April=[VISITS[0], *april])
    sources = open_sources([str(path)], ReadingOptions())
    assert [source.sheet for source in sources] == ["March", "April"]
    assert "All (5 rows)" in sources[0].notices[1].message


def test_a_copy_of_a_sheet_is_left_out(tmp_path):
    path = workbook(tmp_path / "copy.xlsx", Visits=VISITS, Copy=VISITS)
    assert len(open_sources([str(path)], ReadingOptions())) == 1


def test_hidden_sheets_are_taken_only_for_want_of_others(tmp_path):
    def hidden(worksheet, _book):
        write(worksheet, [["a", "b", "c", "d"], *[["1", "x", "y", "z"]] * 50])
        worksheet.hide()

    assert opened(workbook(tmp_path / "hidden.xlsx", Visits=VISITS, Lists=hidden)).sheet == "Visits"


def test_repeated_groups_are_no_visits(tmp_path):
    members = [["name", "_parent_table_name", "_parent_index"], *[[f"m{i}", "Visits", 1] for i in range(40)]]
    source = opened(workbook(tmp_path / "kobo.xlsx", Visits=VISITS, members=members))
    assert source.sheet == "Visits"
    assert [notice.code for notice in source.notices] == ["repeats_left_out"]
    assert opened(tmp_path / "kobo.xlsx", sheets=("members",)).sheet == "members"


@pytest.mark.parametrize("wanted", ["April", " april "])
def test_a_sheet_can_be_named(tmp_path, wanted):
    path = workbook(tmp_path / "months.xlsx", March=VISITS, April=VISITS[:2])
    assert len(records(opened(path, sheets=(wanted,)))) == 1


def test_an_unknown_sheet_is_an_error_that_names_the_sheets(tmp_path):
    path = workbook(tmp_path / "months.xlsx", March=VISITS, April=VISITS)
    with pytest.raises(InputError, match=r'no sheet "May". It has: March, April'):
        opened(path, sheets=("May",))


def test_a_workbook_without_anything_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"No sheet of .*blank.xlsx holds anything"):
        opened(workbook(tmp_path / "blank.xlsx", []))


def test_a_header_without_records_is_a_table(tmp_path):
    source = opened(workbook(tmp_path / "header.xlsx", VISITS[:1]))
    assert records(source) == []
    assert source.sample() == []


def test_a_wrong_dimension_does_not_hide_cells(tmp_path):
    path = rewritten(
        workbook(tmp_path / "dimension.xlsx", VISITS),
        lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml),
    )
    assert records(opened(path)) == VISITS[1:]


def test_entities_are_refused(tmp_path):
    declared = b'standalone="yes"?>\n<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    path = rewritten(
        workbook(tmp_path / "entities.xlsx", VISITS), lambda xml: xml.replace(b'standalone="yes"?>', declared)
    )
    with pytest.raises(InputError, match="declares XML entities"):
        opened(path)


def test_a_sheet_with_a_cell_at_the_far_end_is_refused_and_not_held_in_memory(tmp_path):
    def sheet(worksheet, _book):
        write(worksheet, VISITS)
        worksheet.write(1_048_575, 16_383, "stray")

    with pytest.raises(InputError, match="cells far away from its table"):
        opened(workbook(tmp_path / "far.xlsx", sheet))


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(openxml, "UNPACKED", 1_000)
    with pytest.raises(InputError, match="unusually much"):
        opened(workbook(tmp_path / "bomb.xlsx", VISITS))


def test_a_damaged_workbook_is_named(tmp_path):
    path = workbook(tmp_path / "cut.xlsx", VISITS)
    Path(path).write_bytes(Path(path).read_bytes()[:2_000])
    with pytest.raises(InputError, match=r"cut.xlsx is damaged"):
        opened(path)


def test_a_workbook_with_broken_xml_is_named(tmp_path):
    path = rewritten(workbook(tmp_path / "broken.xlsx", VISITS), lambda xml: xml[: len(xml) // 2])
    with pytest.raises(InputError, match=r"broken.xlsx is a damaged workbook"):
        opened(path)


@pytest.mark.parametrize(("stream", "said"), [("EncryptedPackage", "password"), ("WordDocument", "Word document")])
def test_compound_files_that_are_no_workbooks_are_told_apart(tmp_path, stream, said):
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\x00") + (len(name) + 2).to_bytes(2, "little") + bytes(62)
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30] = 9
    (tmp_path / "visits.xls").write_bytes(bytes(head) + bytes(128) + entry + bytes(256))
    with pytest.raises(InputError, match=said):
        opened(tmp_path / "visits.xls")


@pytest.mark.parametrize("pack", ["gz", "zip", "stdin"])
def test_packed_and_piped_workbooks_are_read(tmp_path, pack):
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


def opendocument(path, *rows):
    """Write an OpenDocument workbook of rows given as the attributes and the text of their cells."""
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    xml = ""
    for attributes, cells in rows:
        xml += f"<table:table-row {attributes}>"
        for extra, text in cells:
            content = f"<text:p>{text}</text:p>" if text else ""
            kind = "" if "value-type" in extra else "office:value-type='string'"
            xml += f"<table:table-cell {kind if text else ''} {extra}>{content}</table:table-cell>"
        xml += "</table:table-row>"
    body = f"<office:spreadsheet><table:table table:name='Visits'>{xml}</table:table></office:spreadsheet>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        root = "office:document-content"
        archive.writestr("content.xml", f"<{root} {names}><office:body>{body}</office:body></{root}>")
    return path


def plain(row):
    return "", [("", cell) for cell in row]


def test_opendocument_sheets_are_read(tmp_path):
    source = opened(opendocument(tmp_path / "visits.ods", *map(plain, VISITS)))
    assert source.sheet == "Visits"
    assert records(source) == VISITS[1:]


def test_opendocument_cells_merged_downwards_and_errors_are_seen(tmp_path):
    merged = "", [("table:number-rows-spanned='2'", "Ash"), ("", "road"), ("office:value-type='error'", "#REF!")]
    source = opened(opendocument(tmp_path / "visits.ods", *map(plain, VISITS), merged, plain(["", "water", "later"])))
    assert records(source)[3:] == [["Ash", "road", "#REF!"], ["Ash", "water", "later"]]


def test_blank_opendocument_rows_repeated_to_the_end_of_the_sheet_are_nothing(tmp_path):
    rest = "table:number-rows-repeated='1000000'", [("table:number-columns-repeated='16384'", "")]
    assert records(opened(opendocument(tmp_path / "visits.ods", *map(plain, VISITS), rest))) == VISITS[1:]


def test_opendocument_cells_repeated_without_end_are_refused(tmp_path):
    bomb = "table:number-rows-repeated='1000000'", [("table:number-columns-repeated='16384'", "x")]
    with pytest.raises(InputError, match="unusually much"):
        opened(opendocument(tmp_path / "bomb.ods", *map(plain, VISITS), bomb))


def test_records_come_in_blocks_with_their_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "BLOCK", 2)
    source = opened(workbook(tmp_path / "visits.xlsx", VISITS))
    assert [block.length for block in source.blocks([0])] == [2, 1]
    assert lines(source) == [2, 3, 4]


def test_a_large_sheet_is_sampled_at_its_beginning_middle_and_end(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "SAMPLED", 100)
    monkeypatch.setattr(workbooks, "STRETCH", 2)
    rows = [["village", "issue"], *[[f"village {i}", "road"] for i in range(100)]]
    sample = opened(workbook(tmp_path / "large.xlsx", rows)).sample()
    assert [row[0] for row in sample] == [f"village {i}" for i in (0, 1, 50, 51, 98, 99)]


def test_equal_records_have_equal_hashes_wherever_their_columns_stand(tmp_path):
    moved = [row[::-1] for row in VISITS]
    one, two = (
        next(iter(opened(workbook(tmp_path / f"{n}.xlsx", rows)).blocks([0]))).repeats.tolist()
        for n, rows in enumerate((VISITS, moved))
    )
    assert one == two
    assert len(set(one)) == 3


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
            st.integers(-(10**14), 10**14),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_texts_and_whole_numbers_come_back_as_they_were(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("law") / "visits.xlsx"
    wanted = [["x" + text, str(number), "end"] for text, number in rows]
    source = opened(
        workbook(
            path,
            [
                ["first name", "second name", "third name"],
                *[["x" + text, number, "end"] for text, number in rows],
            ],
        )
    )
    assert [*([list(source.header)] if source.header_row else []), *records(source)][-len(wanted) :] == wanted


def test_more_rows_than_a_sheet_has_are_refused_before_they_are_loaded(tmp_path, monkeypatch):
    path = tmp_path / "visits.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for row in range(40):
        sheet.write_row(row, 0, ["village", "issue"] if not row else ["Ash", "road"])
    book.close()
    monkeypatch.setattr(openxml, "ROWS", 39)
    with pytest.raises(InputError, match="more than 39 rows"):
        open_sources([str(path)], ReadingOptions())
    monkeypatch.setattr(openxml, "ROWS", 40)
    assert open_sources([str(path)], ReadingOptions())
