"""Sheets of codes and labels say what the codes of the records mean; what explains nothing is no codebook."""

from __future__ import annotations

import pytest
import xlsxwriter

from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions
from visittally.survey.understanding import understand

RECORDS = [
    ["village_code", "problem", "age"],
    *([1, "2", 30], [2, "1 3", 31], [1, "3", 44], [3, "2", 27], [2, "1", 1]),
]
BY_VARIABLE = [
    ["variable", "code", "label"],
    ["village_code", 1, "Elm"],
    ["", 2, "Oak"],
    ["", 3, "Ash"],
    ["problem", 1, "road"],
    ["", 2, "water"],
    ["", 3, "school"],
]


def understood(path, **sheets):
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    sources = open_sources([str(path)], ReadingOptions())
    found = understand(sources).variables
    labels = {name: {choice.name: choice.label for choice in one.choices} for name, one in found.items() if one.choices}
    return labels, {notice.code for source in sources for notice in source.notices}


def test_a_codebook_names_its_columns(tmp_path):
    labels, notices = understood(tmp_path / "v.xlsx", visits=RECORDS, codes=BY_VARIABLE)
    assert labels == {
        "village_code": {"1": "Elm", "2": "Oak", "3": "Ash"},
        "problem": {"1": "road", "2": "water", "3": "school"},
    }
    assert "codebook" in notices
    assert "other_sheets" not in notices


@pytest.mark.parametrize("header", [["label", "code"], ["标签", "编码"], ["b", "a"]])
def test_the_order_of_codes_and_labels_does_not_matter(tmp_path, header):
    rows = [[name, *row[::-1]] for (name, *row) in BY_VARIABLE[1:]]
    labels, _notices = understood(tmp_path / "v.xlsx", visits=RECORDS, codes=[["变量", *header], *rows])
    if header != ["b", "a"]:  # nothing tells them apart then but what the records hold
        assert labels["problem"]["2"] == "water"
    else:
        assert not labels


@pytest.mark.parametrize("name", ["problem", "Problems", "problem codes"])
def test_a_list_of_two_columns_is_for_the_column_that_its_sheet_is_called_like(tmp_path, name):
    codes = [["code", "label"], [1, "road"], [2, "water"], [3, "school"]]
    labels, _notices = understood(tmp_path / "v.xlsx", visits=RECORDS, **{name: codes})
    assert labels == {"problem": {"1": "road", "2": "water", "3": "school"}}


def test_a_list_that_fits_two_columns_and_names_none_is_not_used(tmp_path):
    codes = [["code", "label"], [1, "road"], [2, "water"], [3, "school"]]
    labels, notices = understood(tmp_path / "v.xlsx", visits=RECORDS, list1=codes)
    assert not labels
    assert "codebook" not in notices


def test_other_lists_are_no_codebooks(tmp_path):
    staff = [["name", "days"], ["Ann", 1], ["Bob", 2]]
    labels, _notices = understood(tmp_path / "v.xlsx", visits=RECORDS, staff=staff)
    assert not labels
