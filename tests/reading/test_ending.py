"""Where a table ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.reading.beginning import find_header
from visittally.reading.ending import below_the_table, may_end_within
from visittally.reading.text.careful import physical_lines, read_records
from visittally.reading.text.dialect import Dialect

NAMES = ["序号", "走访日期", "村", "问题", "户数"]
RECORDS = [
    [str(i), f"2026-04-{i:02d}", f"{'东西南北'[i % 4]}村", "道路交通" if i % 3 else "饮水", str(i % 5)]
    for i in range(1, 13)
]
BLANK = [""] * 5
POSITION = find_header([NAMES, *RECORDS])


def row(*cells):
    """Some cells, and blank ones up to the width of the table."""
    return [*cells, *BLANK[len(cells) :]]


def test_a_tally_after_a_blank_row_stands_below_the_table():
    rows = [*RECORDS, BLANK, row("填表人", "张三"), row("日期", "2026-05-01")]

    assert below_the_table(rows, POSITION) == len(RECORDS) + 1


def test_a_tally_may_be_longer_than_the_table():
    rows = [*RECORDS[:3], row("合计", "3"), BLANK, row("问题", "件数"), *(row(f"第{i}类", str(i)) for i in range(8))]

    assert below_the_table(rows, POSITION) == 5


def test_nothing_but_a_grand_total_need_part_a_tally_from_the_records():
    rows = [*RECORDS, row("合计", "12"), row("道路交通", "8"), row("饮水", "4")]

    assert below_the_table(rows, POSITION) == len(RECORDS) + 1


def test_sparse_records_below_a_subtotal_stand_in_the_table():
    assert below_the_table([*RECORDS, row("小计", "12"), row("13", "2026-04-13")], POSITION) is None


@pytest.mark.parametrize("signs", ["填表人：张三", "审核人（签字）：", "单位负责人:李四", "Prepared by: Ann"])
def test_who_signs_for_the_table_stands_below_it(signs):
    assert below_the_table([*RECORDS, row(signs)], POSITION) == len(RECORDS)


def test_who_filled_in_a_full_record_is_part_of_it():
    rows = [*RECORDS, ["填表人：张三", "2026-04-13", "东村", "饮水", "2"]]

    assert below_the_table(rows, POSITION) is None


def test_records_after_a_blank_row_stand_in_the_table():
    assert below_the_table([*RECORDS[:6], BLANK, *RECORDS[6:]], POSITION) is None


def test_another_header_begins_another_table():
    assert below_the_table([*RECORDS, [*NAMES[:4], "备注"], *RECORDS], POSITION) == len(RECORDS)


LINES = [
    *("", "  ", ",,,,", '"","" ,,,', "合 计,12,,,", "1,2,Grand Total,,", "T o t a l,3,,,", "张三,总计,5,,"),
    *("填表人：张三,,,,", "制 表 人 ： 李四,,,,", "Prepared  by: Ann,,,,", "审核（签字）：,,,,", '"a\n\nb",2,3,4,5'),
    *("1,2026-04-01,东村,道路交通,2", '2,"2026-04-02",西村,"饮水, 用电",1', "3,2026-04-03,南村,统计局,"),
]


@given(
    st.lists(st.sampled_from(LINES), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([Dialect(","), Dialect(",", newline="\r"), Dialect(",", spaced=True)]),
)
def test_where_a_table_ends_its_lines_tell_that_it_may(lines, newline, dialect):
    text = newline.join(["4,2026-04-04,北村,道路交通,9"] * 3 + lines)
    rows = [record.cells for record in read_records(text, dialect, 5, 1).records]

    if below_the_table(rows, POSITION) is not None:
        assert may_end_within(physical_lines(text, dialect), ',"')


def test_records_alone_end_no_table():
    text = "\n".join(",".join(cells) for cells in RECORDS) + "\n\n ,,,,\n"

    assert not may_end_within(physical_lines(text, Dialect(",")), ',"')


@pytest.mark.parametrize("title", [[], [row("汇总")]], ids=["alone", "below a title"])
def test_a_table_with_a_header_of_its_own_stands_below_the_records(title):
    sums = [row("村", "户数", "问题数", "已解决"), row("东村", "3", "4", "1"), row("西村", "3", "2", "1")]
    assert below_the_table([*RECORDS, BLANK, *title, *sums], POSITION) == len(RECORDS) + 1


def test_records_with_text_in_every_column_go_on_below_a_blank_row():
    records = [["十三", "四月", "东村", "饮水", "若干"], ["十四", "四月", "西村", "道路", "若干"], RECORDS[0]]
    assert below_the_table([*RECORDS, BLANK, *records], POSITION) is None
    without_days = [["13", "", "东村", "饮水", ""], ["14", "", "西村", "道路", "3"], ["15", "", "西村", "道路", "3"]]
    assert below_the_table([*RECORDS, BLANK, *without_days], POSITION) is None
