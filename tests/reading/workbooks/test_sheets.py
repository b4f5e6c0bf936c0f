"""Sheets as rows of values, and values as the text that a CSV export would hold."""

from __future__ import annotations

import datetime as dt
import math
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.errors import InputError
from visittally.reading.inputs.source import ByteSource
from visittally.reading.workbooks import sheets
from visittally.reading.workbooks.sheets import Sheet, SheetName, load, sheet_names, text_array, text_of

VISITS = [
    ["village", "issue", "visited"],
    ["Elm", "road", "2026-04-01"],
    ["Oak", "water", "2026-04-02"],
    ["Elm", "none", "2026-04-02"],
]
MIDNIGHT = dt.datetime.fromisoformat("2026-04-01")


def test_a_changed_workbook_is_read_anew(tmp_path, workbook, opened, records):
    path = workbook(tmp_path / "visits.xlsx", VISITS)
    assert len(records(opened(path))) == 3
    workbook(tmp_path / "visits.xlsx", VISITS[:3])
    assert len(records(opened(path))) == 2


def test_threads_ask_a_workbook_one_after_the_other(tmp_path, workbook, monkeypatch):
    source = ByteSource("visits.xlsx", workbook(tmp_path / "visits.xlsx", VISITS))
    name, *_others = sheet_names(source)
    both = threading.Barrier(2, timeout=0.2)

    class Book:
        def get_sheet_by_index(self, _number):
            with pytest.raises(threading.BrokenBarrierError):  # nobody else came while this one was here
                both.wait()
            raise OSError

    monkeypatch.setattr(sheets, "_opened", lambda *_known: Book())
    with ThreadPoolExecutor(2) as pool:
        for asked in [pool.submit(load, source, replace(name, name=name.name + n)) for n in "ab"]:
            with pytest.raises(InputError):
                asked.result()


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
        (dt.timedelta(seconds=-90), "-0:01:30"),
        (dt.timedelta(seconds=59.6), "0:01:00"),
        (dt.time(9, 5, 1, 250_000), "09:05:01.250"),
        (999_999_999_999_999.0, "999999999999999"),
        (1e15, "1e+15"),
        (4201234567890120.0, "4.20123456789012e+15"),
        (-0.5, "-0.5"),
        (123456789.123456789, "123456789.123457"),
        (" 007 ", " 007 "),
        (7, "7"),
    ],
)
def test_values_are_the_text_that_a_csv_export_would_hold(value, text):
    assert text_of(value) == text


def test_columns_of_numbers_with_blanks_and_words_keep_both(tmp_path, workbook, opened, records):
    rows = [["id", "n", "mixed"], [1, 2.0, 1], [2, "", "two"], [3, 2.5, ""], [4, 1, 0.25]]
    source = opened(workbook(tmp_path / "numbers.xlsx", rows))
    assert records(source) == [["1", "2", "1"], ["2", "", "two"], ["3", "2.5", ""], ["4", "1", "0.25"]]


def test_a_workbook_with_broken_xml_is_named(tmp_path, workbook, opened, rewritten):
    path = rewritten(workbook(tmp_path / "broken.xlsx", VISITS), lambda xml: xml[: len(xml) // 2])
    with pytest.raises(InputError, match=r"broken.xlsx is a damaged workbook"):
        opened(path)


@pytest.mark.parametrize(("stream", "said"), [("EncryptedPackage", "password"), ("WordDocument", "Word document")])
def test_compound_files_that_are_no_workbooks_are_told_apart(tmp_path, stream, said, opened):
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\x00") + (len(name) + 2).to_bytes(2, "little") + bytes(62)
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30] = 9
    (tmp_path / "visits.xls").write_bytes(bytes(head) + bytes(128) + entry + bytes(256))
    with pytest.raises(InputError, match=said):
        opened(tmp_path / "visits.xls")


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([], []),
        (["a", "", " b"], ["a", "", " b"]),
        ([1.0, -2.0, "", 0.0], ["1", "-2", "", "0"]),
        ([1.0, 2.5], ["1", "2.5"]),
        ([1.0, "2"], ["1", "2"]),
        ([1.0, " "], ["1", " "]),
        ([1e15, 1.0], ["1e+15", "1"]),
        ([math.inf, 1.0], ["inf", "1"]),
        ([True, 1.0], ["TRUE", "1"]),
        ([dt.date(2026, 4, 1), ""], ["2026-04-01", ""]),
    ],
)
def test_a_column_is_the_text_of_each_of_its_values(values, texts):
    assert text_array(values).to_pylist() == texts


def test_sheets_are_numbered_with_charts_between_them_that_are_none(tmp_path, workbook, put):
    def hidden(worksheet, _book):
        put(worksheet, VISITS[:2], top=2, left=1)
        worksheet.hide()

    def first(worksheet, book):
        put(worksheet, VISITS)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Visits!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)

    path = workbook(tmp_path / "visits.xlsx", Visits=first, Lists=hidden)
    source = ByteSource(path, path)

    names = sheet_names(source)
    assert names == (SheetName("Visits", 0), SheetName("Lists", 2, visible=False))
    sheet = load(source, names[1])
    assert (sheet.name, sheet.left, sheet.width, sheet.height) == ("Lists", 1, 3, 4)
    assert list(sheet.rows()) == [[""] * 3] * 2 + VISITS[:2]


def test_errors_stand_in_the_cells_of_their_rows_and_in_no_others(tmp_path, workbook):
    path = workbook(tmp_path / "visits.xlsx", [["a", "b"], ["c", "d"]])
    source = ByteSource(path, path)
    read = load(source, sheet_names(source)[0])
    errors = {0: {3: "#REF!", 2: "left of it"}, 1: {4: "#N/A", 5: "right of it"}}

    assert list(replace(read, left=3, errors=errors).rows()) == [["#REF!", "b"], ["c", "#N/A"]]
    assert list(Sheet("none", 0, 0, 0).rows()) == []


def test_a_workbook_that_is_gone_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone.xlsx"):
        load(ByteSource(str(tmp_path / "gone.xlsx"), "gone.xlsx"), SheetName("Sheet1", 0))


@settings(max_examples=15, deadline=None)
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
def test_texts_and_whole_numbers_come_back_as_they_were(tmp_path_factory, workbook, opened, records, rows):
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


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("left", [0, 900])
def test_a_workbook_that_goes_while_it_is_read_is_said(tmp_path, workbook, opened, monkeypatch, at, left):
    path = Path(workbook(tmp_path / "visits.xlsx", [["village", "issue"], ["Elm", "road"]]))
    looked, real = [], sheets._is_zip

    def is_zip(name):
        if len(looked) == at:
            path.write_bytes(path.read_bytes()[:left]) if left else path.unlink()
        looked.append(name)
        return real(name)

    monkeypatch.setattr(sheets, "_is_zip", is_zip)
    with pytest.raises(InputError, match=r"visits\.xlsx"):
        opened(path)
