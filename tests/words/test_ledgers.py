"""What stands in hand-kept tables besides records: totals, notes, signatures, pages, places, marks for "as above"."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.folding import fold
from visittally.words.ledgers import (
    begins_signatures,
    calls_a_place,
    calls_a_table,
    heading_of,
    is_ditto,
    is_form_blank,
    is_name,
    is_no_quantity,
    is_note,
    is_page_line,
    is_total,
    is_village,
    ledger_words,
    may_number_rows,
    names_its_place,
    numbers_rows,
    place_in,
    shape,
    signs,
)

PIECES = st.sampled_from(
    [
        *("total", "Sub-total: ", "sum", "Page ", "No. ", "p.", " of ", "Note", ": ", "Prepared by", "e.g.", "source"),
        *("-", " ", ".", "/", "(", ")", "3", "27", "105", "2026-04-01", "HH", "合计", "例", "第", "页", "注"),
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    ]
)


@pytest.mark.parametrize("test", [is_total, is_note, is_page_line, signs, begins_signatures])
@given(pieces=st.lists(PIECES, max_size=5))
def test_a_cell_says_what_its_shape_says(test, pieces):
    cell = "".join(pieces)
    if test is signs:
        assert (signs(cell) is None) == (signs(shape(cell)) is None)
    else:
        assert test(cell) == test(shape(cell))


def test_no_word_in_ascii_that_announces_something_has_a_digit():
    lists = ("example", "note", "sign", "sign_on", "total", "total_before", "total_behind")
    told = [word for name in lists for word in ledger_words(name) if word.isascii()]

    assert told
    assert not any(character.isdigit() for word in told for character in word)
    assert fold("例1") in ledger_words("example")
    assert shape("例1") == "例1"


@pytest.mark.parametrize("seed", ["0", "3", "4"])
def test_a_total_is_one_whatever_the_order_of_hashes(seed):
    """One word begins as another does (total, totales): which of them is looked at first decides nothing."""
    code = "from visittally.words.ledgers import is_total; print(is_total('小计数 2户'), is_total('Totales: 2'))"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    assert ended.stdout.split() == ["True", "True"]


def told(test, *cells):
    """Which of some cells are told."""
    return [cell for cell in cells if test(cell)]


@pytest.mark.parametrize(
    ("test", "yes", "no"),
    [
        (is_total, ["Total", "合 计", "东村小计", "合计：12户", "Total Ashfield"], ["合计村", "totally", "", "x" * 61]),
        (is_note, ["Note: keep", "备注", "*注：附", "N.B. - keep it"], ["notebook", "注意安全", "x" * 401]),
        (is_page_line, ["Page 1 of 4", "- 3 -", "第2页", "共4页", "p. 3/4", "3 / 4 pages"], ["12", "page", "3/4", ""]),
        (is_ditto, ["同上", '"', "do.", "(ditto)", "〃"], ["", "dito everything", "道路同上", "-"]),
        (is_form_blank, ["年 月 日", "____", "□"], ["2026年", "", "道路"]),
        (is_village, ["白沙村", "红岩社区", "中山里"], ["道路", "村", "Ash"]),
        (is_name, ["Ash", "रामपुर"], ["ash", "2026", ""]),
        (names_its_place, ["Village: Ash", "填报单位：白沙村"], ["Village:", "Ash village", "Date: 3 May"]),
        (calls_a_place, ["village", "Name of the village"], ["Date", ""]),
        (calls_a_table, ["走访台账", "Visits March", "reports"], ["Mesa Alta", "白沙村", "marching"]),
        (numbers_rows, ["No.", "序 号", "S/N"], ["Household no", "age"]),
        (is_no_quantity, ["household_id", "户号", "age"], ["visits", "no. of children", ""]),
        (begins_signatures, ["填表人：王小丽", "Prepared by:", "（盖章）"], ["日期：", "road"]),
    ],
)  # fmt: skip
def test_cells_that_are_no_records_are_told_by_their_words(test, yes, no):
    assert told(test, *yes, *no) == yes


def test_headers_of_numbers_that_may_run():
    assert may_number_rows("编号")
    assert not may_number_rows("age")


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("填表人：王小丽", "王小丽"),
        ("Prepared by: Ann Lee", "Ann Lee"),
        ("审核人", ""),
        ("审核人（签字）：李", "李"),
        ("审核人____", ""),
        ("Preparation", None),
        ("道路", None),
    ],
)
def test_who_signs(cell, name):
    found = signs(cell)

    assert (found is None) is (name is None)
    assert fold(found or "") == fold(name or "")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("东村", "东村"),
        ("白沙村村民委员会", "白沙村"),
        ("白沙村委会", "白沙村"),
        ("红岩社区居委会", "红岩社区"),
        ("Village: Ashfield", "Ashfield"),
        ("Village: Ashfield, 12 households", "Ashfield"),
        ("Ashfield village", "Ashfield village"),
        ("Village A", "Village A"),
        ("Ward 12", "Ward 12"),
        ("东村（12户）", "东村"),
        ("the village", ""),
        ("site inspection", ""),
        ("Section 2", ""),
        ("路坏了，东村", ""),
        ("某镇政府", ""),
        ("Village:", ""),
        ("Village: 12", ""),
        ("A very long line about everything that was seen in Ashfield village", ""),
    ],
)
def test_the_place_that_a_text_names_by_its_form(text, place):
    assert place_in(text) == place


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("一、东村", (True, "东村")),
        ("（二）西村", (True, "西村")),
        ("2. West", (True, "West")),
        ("IV. North", (True, "North")),
        ("A. Ashfield", (True, "Ashfield")),
        ("【西村】", (True, "西村")),
        ("--- East ---", (True, "East")),
        ("东村（12户）", (False, "东村")),
        ("East: 12 households", (False, "East")),
        ("1.5", (False, "1.5")),
        ("2.5 km", (False, "2.5 km")),
    ],
)
def test_headings_with_and_without_their_numbers(cell, found):
    assert heading_of(cell) == found
