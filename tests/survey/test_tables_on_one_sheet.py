"""Tables as people lay them out on a sheet: side by side, below each other, with their place or unit above them."""

from __future__ import annotations

import csv

import pytest

import visittally


def written(path, text):
    with path.open("w", encoding="utf-8", newline="") as f:
        csv.writer(f).writerows([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return path


def cases(result):
    table = result.tables["areas"]
    return {row["village"]: row["cases"] for row in table.to_dict()["rows"] if not row.get("total")}


def mentions(result):
    return {row["issue"]: row["mentions"] for row in result.tables["issues"].to_dict()["rows"] if not row.get("total")}


def codes(result):
    return {notice.code for notice in result.notices}


@pytest.fixture
def summary(tmp_path):
    return lambda text, **more: visittally.summarize(written(tmp_path / "own.csv", text), **more)


def test_tables_side_by_side_are_counted_together(summary):
    """The second one has the same header."""
    result = summary("""
        Village | Household | Problem | Status |  | Village | Household | Problem | Status
        Ash | H1 | Water | solved |  | Elm | H4 | Road | open
        Ash | H2 | Road | open |  | Elm | H5 | Water | solved
        Ash | H3 | none |  |  |  |  |  |
        Total | 3 |  |  |  | Total | 2 |  | """)

    assert cases(result) == {"Ash": 3, "Elm": 2}
    assert mentions(result) == {"Water": 2, "Road": 2}
    assert "side_by_side" in codes(result)


@pytest.mark.parametrize(
    ("title", "header", "issues"),
    [
        ("河口镇{place}2026年3月走访台账", "序号|户主|走访日期|问题类别|办理情况", ("道路", "饮水")),
        ("Visits in {place} village", "No|Household|Date|Problem|Status", ("Road", "Water")),
    ],
)
def test_each_table_below_another_has_the_place_of_its_title(summary, title, header, issues):
    """The first title stands above the table, the next ones between its rows."""
    places = ("东坪村", "西坪村", "南坡社区") if "镇" in title else ("Ashfield", "Birch", "Cedar")
    lines = []
    for place, count in zip(places, (3, 2, 4), strict=True):
        lines += [title.format(place=place), header]
        lines += [f"{n}|H{n}|2026-03-0{n}|{issues[n % 2]}|" for n in range(1, count + 1)] + [""]

    assert list(cases(summary("\n".join(lines))).values()) == [3, 2, 4] or sorted(
        cases(summary("\n".join(lines))).items()
    ) == sorted(zip(places, (3, 2, 4), strict=True))


def test_numerals_tell_the_issues_of_a_visit_apart(summary):
    """Each with its own status."""
    result = summary("""
        村|户主|问题一|问题一办理情况|问题二|问题二办理情况
        东坪村|甲|道路|已解决|饮水|未解决
        东坪村|乙|饮水|未解决||
        西坪村|丙|道路|已解决|教育|已解决
        西坪村|丁|无|||""")

    assert mentions(result) == {"道路": 2, "饮水": 2, "教育": 1}
    assert sum(row["handled"] for row in result.tables["issues"].to_dict()["rows"] if not row.get("total")) == 3


def test_a_line_of_the_office_above_a_header_is_none(summary):
    """Although it fills half as many cells as the records."""
    result = summary("""
        走访登记表
        填报单位：东坪村委会||||填报日期：2026年3月31日
        序号|户主|走访时间|反映问题类别|办理情况
        1|甲|3月4日|道路|已解决
        2|乙|3月4日|无|
        3|丙|3月5日|教育|未解决
        填报人：甲会计||审核人：乙书记||""")

    assert cases(result) == {"东坪村": 3}


def test_sums_under_the_name_of_their_place_are_no_visits(summary):
    """A household of that place of which only the number of people is known is one."""
    text = """
        Village | Household | People | Date | Problem | Status
        Ash | H1 | 4 | 2026-03-02 | Water | open
        Ash | H2 | 6 | 2026-03-02 | Road | open
        Ash |  | {people} |  |  |
        Elm | H3 | 5 | 2026-03-03 | Road | open
        Elm | H4 | 2 | 2026-03-03 | none |
        Elm |  | 7 |  |  | """

    assert cases(summary(text.format(people=10))) == {"Ash": 2, "Elm": 2}
    assert cases(summary(text.format(people=9))) == {"Ash": 3, "Elm": 2}


def test_a_word_that_may_mean_as_above_is_said(summary):
    """Nobody can know it in every language."""
    rows = [f"{name} | H{n} | Water | open" for n, name in enumerate(["Ash", *["xoxo"] * 3, "Elm", *["xoxo"] * 2])]
    result = summary("\n".join(["Village | Household | Problem | Status", *rows]))

    assert "may_be_above" in codes(result)


def test_what_may_be_a_table_of_counts_is_said(summary):
    """Where no header that is known tells visits or issues, its rows count as records, loudly."""
    result = summary("""
        Village | Xing | Xang | Xong
        Ash | 12 | 3 | 4
        Elm | 9 | 2 | 2
        Oak | 7 | 1 | 0""")

    assert "may_be_counts" in codes(result)


def test_a_condition_that_leaves_out_nothing_is_said(tmp_path):
    """Village and group were parted: no village is called by both."""
    rows = [f"东坪村{n % 3}组|H{n}|道路" for n in range(9)]
    path = written(tmp_path / "own.csv", "\n".join(["村|户主|问题类别", *rows]))

    assert "idle_condition" in codes(visittally.summarize(path, where=["village!=东坪村1组"]))
    assert "idle_condition" not in codes(visittally.summarize(path, where=["group!=1组"]))


def test_words_for_statuses_without_a_column_of_them_are_said(tmp_path):
    """They would change nothing."""
    path = written(tmp_path / "own.csv", "Village|Household|Problem\nAsh|H1|Water\nElm|H2|Road\nOak|H3|Water")

    for command in (visittally.summarize, visittally.check):
        assert "statuses_unused" in codes(command(path, statuses={"mended": "resolved"}))


def test_a_letterhead_is_no_header(summary):
    """Two cells above a table of few records, and signatures below."""
    result = summary("""
        COUNTY OF ASH |  |  |  | REPUBLIC OF ELM |
         |  |  |  | Work and peace |
        VISITS |  |  |  |  |
        No | Village | Household | Date | Problem | Result
        1 | Ash | H1 | 2026-03-02 | Water | solved
        2 | Ash | H2 | 2026-03-02 | Road | open
        3 | Elm | H3 | 2026-03-13 | none |
        Sum of households: 3 |  |  |  |  |
         |  |  | Elm, 31 March 2026 |  |
        SECRETARY |  |  |  | CHAIR |""")

    assert cases(result) == {"Ash": 2, "Elm": 1}


def test_a_day_behind_a_place_is_no_part_of_it(summary):
    """Groups of rows headed by village and day."""
    result = summary("""
        No | Household | Problem | Status
        Village: Ash, 2 March 2026 |  |  |
        1 | H1 | Water | solved
        2 | H2 | Road | open
        Village: Elm (3 March 2026) |  |  |
        3 | H3 | Water | open
        Village: Ash, 4 March 2026 |  |  |
        4 | H4 | Road | open""")

    assert cases(result) == {"Ash": 3, "Elm": 1}


def test_weeks_are_no_issues(summary):
    """A table of visits by week has no issue to rank."""
    result = summary("""
        Village | Week 1 | Week 2 | Week 3 | Total
        Ash | 5 | 6 | 4 | 15
        Elm | 3 | 2 | 6 | 11
        Oak | 8 | 1 | 3 | 12""")

    assert "may_be_counts" in codes(result)
    assert "issues" not in result.tables or not mentions(result)


def test_rows_that_may_be_issues_of_one_visit_are_said(summary):
    """A name comes again on the same day in the same place."""
    rows = [f"Ash | Ann {'ABCD'[n // 2]} | 2026-03-02 | {('Water', 'Road')[n % 2]} | open" for n in range(8)]

    assert "grain_unknown" in codes(summary("\n".join(["Village | Household head | Date | Problem | Status", *rows])))


@pytest.mark.parametrize("date", ["Date", "Day {day} {0.x} %s"])
def test_records_in_which_nothing_happened_are_said(summary, date):
    """A list of households made before the visits; a header is text, whatever stands in it."""
    rows = [f"{n} | Ash | H{n} | {'2026-03-02 | Water | open' if n % 2 else '| |'}" for n in range(1, 9)]

    result = summary(
        "\n".join([f"No | Village | Household | {date} | Problem | Status", *rows]), columns={"visit_date": date}
    )

    assert f'--where "{date}!="' in next(n.message for n in result.notices if n.code == "may_be_planned")


def test_numbers_of_pages_between_tables_are_no_headings(summary):
    """The header comes again below them; each village keeps its own records."""
    pages = "第1页 共2页 | | |\n序号 | 户号 | 反映问题 | 办理情况"
    result = summary(f"""
        走访台账 | | |
        东沟村（负责人：王小丽） | | |
        序号 | 户号 | 反映问题 | 办理情况
        1 | 11 | 道路 | 已解决
        {pages}
        2 | 12 | 饮水 | 办理中
        西沟村（负责人：李小明） | | |
        序号 | 户号 | 反映问题 | 办理情况
        1 | 21 | 道路 | 已解决
        {pages}
        2 | 22 | 饮水 | 办理中
        {pages}
        3 | 23 | 道路 | 办理中
    """)
    assert cases(result) == {"东沟村": 2, "西沟村": 3}


SUMS = "村 | 走访户数 | 问题数\n东村 | 4 | 3\n西村 | 4 | 2\n合计 | 8 | 5"
RECORDS = "\n".join(f"{n} | {'东西'[n % 2]}村 | {n + 10} | 2026-03-0{n} | 道路 | 已解决" for n in range(1, 9))
DETAIL = "序号 | 村 | 户号 | 走访日期 | 反映问题 | 办理情况\n" + RECORDS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"走访汇总\n{SUMS}\n\n走访明细\n{DETAIL}{DETAIL.partition('情况')[2]}", "table_above"),
        (f"{DETAIL}\n\n汇总\n{SUMS}", None),
        (f"{DETAIL}\n\n{SUMS}", None),
    ],
    ids=["sums above", "sums below a title", "sums below"],
)
def test_sums_on_the_sheet_of_the_records_are_none(summary, text, code):
    result = summary(text)
    assert set(cases(result)) == {"东村", "西村"}
    assert sum(cases(result).values()) == 8 * (1 + (code is not None))
    assert code is None or code in codes(result)


def test_a_second_header_of_the_same_columns_is_no_other_table(summary):
    """Its records are counted with those above."""
    first, second = RECORDS.split("\n")[:3], RECORDS.split("\n")[3:]
    header = DETAIL.split("\n")[0]
    assert sum(cases(summary("\n".join([header, *first, "", header, *second]))).values()) == 8
