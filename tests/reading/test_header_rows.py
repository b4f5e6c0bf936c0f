"""Which rows are the header: groups over names, questions over options, tags for programs; and totals."""

from __future__ import annotations

import pytest

from visittally.reading.beginning import find_header
from visittally.reading.header_rows import is_total_row


def cells(text, delimiter=","):
    return [line.split(delimiter) for line in text.strip("\n").split("\n")]


def test_questions_over_options_are_joined_by_a_space():
    rows = cells(
        """
Id,Which films?,,,Age
,One,Two,Three,Response
1,One,,Three,18-29
2,,Two,,30-44
3,One,Two,,18-29
"""
    )
    position = find_header(rows)
    assert position.header_rows == (0, 1)
    assert position.header == ("Id", "Which films? One", "Two", "Three", "Age Response")


def test_few_questions_over_many_options_are_found_too():
    options = [f"Option {i}" for i in range(12)]
    rows = [
        ["Id", "", "", "Which ones?", *[""] * 9],
        ["", *options],
        *[[str(i), *[option if i % 3 else "" for option in options]] for i in range(1, 9)],
    ]
    assert find_header(rows).header_rows == (0, 1)


def test_tags_for_programs_are_header_rows_but_no_names():
    rows = cells("Village name,Needs\n#adm4+name,#need+list\nDaping,road\nShiqiao,school")
    position = find_header(rows)
    assert position.header == ("Village name", "Needs")
    assert position.header_rows == (0, 1)


def test_import_ids_end_three_header_rows():
    rows = [
        ["StartDate", "Q1", "Q2"],
        ["Start Date", "Where do you live?", "What is missing?"],
        ['{"ImportId":"startDate"}', '{"ImportId":"QID1"}', '{"ImportId":"QID2_TEXT"}'],
        *[[f"2026-04-{i:02d} 10:00:00", "Daping", "a road"] for i in range(1, 5)],
    ]
    position = find_header(rows)
    assert position.header_rows == (0, 1, 2)
    assert position.header[1] == "Q1 Where do you live?"


def test_names_below_labels_belong_to_the_header():
    labels = ["Date of the visit", "Name of the village", "How many people?", "Are there children?", "Phone number"]
    names = ["visit_date", "village", "people", "children", "phone"]
    records = [[f"2026-04-{i:02d}", "Daping", str(i), "0", f"1390000{i:04d}"] for i in range(1, 8)]
    assert find_header([labels, names, *records]).header_rows == (0, 1)


def test_names_over_groups_of_columns_are_no_names():
    rows = [
        ["Household", "", "", "Visit", ""],
        ["id", "village", "people", "date", "issue"],
        *[["H1", "A", "3", "2026-04-01", "road"]] * 4,
    ]
    position = find_header(rows)
    assert position.header == ("id", "village", "people", "date", "issue")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["合计", "", "", "10", ""], True),
        (["", "小 计：", "", "3", "4.5%"], True),
        (["民爱村小计", "12", "", "", ""], True),
        (["Grand total", "1,204", "", "", ""], True),
        (["Total", "2026-04-01", "Daping", "road", "1"], False),
        (["1", "2026-04-01", "合计村", "road", "1"], False),
        (["1", "", "", "", "合计"], False),
        (["合计", "3个村", "24户", "", "18件"], True),
        (["总计", "", "5个社区", "", "3"], True),
        (["合计", "东村", "24户", "", "18件"], False),
    ],
)
def test_a_total_is_announced_in_the_lead_and_holds_figures_only(row, expected):
    assert is_total_row(row) is expected


@pytest.mark.parametrize(
    "more", [[], [["", "", "小计", "12", "7"]], [["", "", "合计", "12", "7"], ["填表人：李四", "", "", "", ""]]]
)
def test_totals_and_signatures_do_not_hide_the_second_header_row(more):
    rows = [["序号", "走访日期", "村", "问题数", ""], ["", "", "", "收集", "办结"]]
    records = [[str(i), f"2026-04-{i:02d}", "东村", str(i), str(i // 2)] for i in range(1, 9)]

    assert find_header([*rows, *records, *more]).header == ("序号", "走访日期", "村", "问题数 收集", "办结")
