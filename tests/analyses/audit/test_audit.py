"""`audit`: sums, shares, growth, ranks and sentences; what is no finding; our own tables."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
import xlsxwriter

import visittally

CASES = Path(__file__).parents[2] / "cases"
SHARED = next((p / "shared" / "data" for p in Path(__file__).parents if (p / "shared" / "data").is_dir()), None)

GOOD = """
    镇,走访,问题,办结,未办结,办结率
    东,110,30,21,9,70.0%
    西,90,24,18,6,75.0%
    北,70,16,12,4,75.0%
    合计,270,70,51,19,72.9%
    """


@pytest.fixture
def audit(write, command):
    """Audit a text as a file of a name; rows of the findings as (row, column, kind, printed, recomputed)."""

    def run(text, name="t.csv", *options):
        ended = command("audit", write(name, text), "-f", "json", *options)
        assert ended.status == 0, ended.err
        return ended.tables()

    return run


def found(tables):
    """What was found, without where."""
    return [(f["row"], f["column"], f["kind"], f["printed"], f["recomputed"]) for f in tables["findings"]]


# ---------------------------------------------------------------- tables
def test_a_table_that_follows_has_no_finding(audit):
    """Four sums, one difference, one rate, each told by its heading."""
    tables = audit(GOOD)

    assert tables["findings"] == []
    assert [(r["kind"], r["holds"], r["rows"]) for r in tables["relations"]] == [
        ("difference", 4, 4),
        *[("sum_rows", 1, 1)] * 4,
        ("share", 4, 4),
    ]


def test_each_figure_that_was_changed_is_found_and_no_other(audit):
    """A total, a remainder and its total, a rate, the rate of the total: five changes, five findings."""
    text = (
        GOOD.replace("270,", "280,")
        .replace(",6,75.0%", ",7,75.0%")
        .replace("北,70,16,12,4,75.0%", "北,70,16,12,4,76.0%")
    )
    text = text.replace("72.9%", "72.0%").replace(",19,", ",18,")

    assert found(audit(text)) == [
        ("西", "未办结", "difference", "7", 6),
        ("北", "办结率", "share", "76.0%", 75),
        ("合计", "未办结", "difference", "18", 19),
        ("合计", "走访", "sum_rows", "280", 270),
        ("合计", "未办结", "sum_rows", "18", 20),
        ("合计", "办结率", "share", "72.0%", pytest.approx(72.857142857)),
    ]


def test_the_nearest_explanation_is_offered(audit):
    """The mean of the rates; another base; exchanged digits; a row left out."""
    mean = audit(GOOD.replace("72.9%", "73.3%"))
    assert [f["kind"] for f in mean["findings"]] == ["mean_of_rates"]

    base = audit("项目,评价数,不满意,不满意率\n热线,80,6,8%\n合计,94,6,8%\n")
    assert [(f["kind"], f["difference"]) for f in base["findings"]] == [
        ("sum_rows", 14),
        ("share", pytest.approx(1.617, abs=1e-3)),
    ]
    assert base["findings"][1]["explanation"] == "other base: 6/80 (热线)"

    digits = audit(GOOD.replace("合计,270", "合计,207"))
    assert "two digits are exchanged" in digits["findings"][0]["explanation"]

    left = audit(GOOD.replace("合计,270", "合计,180"))
    assert left["findings"][0]["explanation"] == "without the row 西 it would follow"


def test_a_share_of_a_total_that_is_not_the_sum(audit):
    """Shares that add up to 100 are parts of the whole; the printed total is another one."""
    tables = audit(
        "类别,件数,占比\n城管,1246,63.72%\n其他,709,36.26%\n合计,2844,100%\n".replace("63.72", "63.73").replace(
            "36.26", "36.27"
        )
    )

    assert [(f["row"], f["kind"]) for f in tables["findings"]] == [
        ("城管", "share"),
        ("其他", "share"),
        ("合计", "sum_rows"),
    ]
    assert tables["findings"][0]["explanation"] == "other base: 1246/1955 (sum of the rows)"
    assert tables["findings"][2]["difference"] == 889


@pytest.mark.parametrize(("left", "right"), [("(", ")"), ("（", "）"), (" [", "]")])
def test_cells_that_print_count_and_share_are_both_tested(audit, left, right):
    """`9 (30.0%)` is a count of the sums and a share of a count beside it."""
    text = f"""
    村,走访户数,已办结
    甲村,40,5{left}12.5%{right}
    乙村,20,5{left}26.0%{right}
    丙村,30,6{left}20.0%{right}
    丁村,10,1{left}10.0%{right}
    合计,100,18{left}17.0%{right}
    """
    assert found(audit(text)) == [
        ("乙村", "已办结 %", "share", "26.0%", 25),
        ("合计", "已办结", "sum_rows", "18", 17),
        ("合计", "已办结 %", "share", "17.0%", 18),
    ]


def test_more_done_than_there_was(audit):
    """The share follows, and says that the part is larger than its whole; a plan may be exceeded."""
    over = audit("乡镇,矛盾纠纷,调解成功,调解率\n甲,185,186,100.54%\n")
    plan = audit("乡镇,目标,已走访,走访率\n甲,185,186,100.54%\n")

    assert [f["kind"] for f in over["findings"]] == ["over_100"]
    assert plan["findings"] == []


def test_counts_that_are_not_printed(audit):
    """A rate whose counts are blank can be checked by nobody."""
    tables = audit("区,受理,办结,办结率\n甲,,,99%\n乙,50,40,80%\n丙,20,10,50%\n")

    assert [(f["row"], f["kind"]) for f in tables["findings"]] == [("甲", "no_count")]


def test_a_relation_of_figures_alone_needs_three_rows(audit):
    """One row says what it fits; nothing is held against it."""
    one = audit("place,a1,a2,a3,xx%\nA,120,37,64,57.0%\n")
    assert one["findings"] == []
    assert one["relations"][0]["formula"] == "xx%: fits none"

    rows = [("A", 200, 37, 118), ("B", 310, 64, 151), ("C", 270, 45, 99), ("D", 190, 31, 117), ("E", 205, 77, 128)]
    text = "place,a1,a2,a3,xx%\n" + "".join(f"{p},{a},{b},{c},{100 * c / a:.1f}%\n" for p, a, b, c in rows)
    assert audit(text)["findings"] == []
    wrong = audit(text.replace("D,190,31,117,61.6%", "D,190,31,117,66.1%"))
    assert found(wrong) == [("D", "xx%", "share", "66.1%", pytest.approx(100 * 117 / 190))]
    assert wrong["relations"][0]["told_by"] == "figures"


def test_growth_and_points(audit):
    """A change is divided by the earlier figure; points are no per cent."""
    tables = audit("乡镇,上月,本月,环比\n甲,40,50,25.0%\n乙,80,60,-25.0%\n丙,50,60,16.7%\n")
    assert [(f["row"], f["recomputed"]) for f in tables["findings"]] == [("丙", 20)]
    assert "later figure" in tables["findings"][0]["explanation"]

    points = audit(
        "乡镇,上月办结率,本月办结率,环比\n甲,40.0%,50.0%,10.0%\n乙,80.0%,60.0%,-25.0%\n丙,50.0%,60.0%,20.0%\n"
    )
    assert [(f["row"], f["kind"]) for f in points["findings"]] == [("甲", "points_as_percent")]


def test_ranks(audit):
    """Ties share a rank or are numbered through; one rank that is out of order is found."""
    text = "村,办结,排名\n甲,40,1\n乙,30,2\n丙,30,2\n丁,20,4\n戊,10,{}\n"

    assert audit(text.format(5))["findings"] == []
    assert found(audit(text.format(3))) == [("戊", "排名", "rank", "3", 5)]


def test_subtotals_of_which_and_totals_above(audit):
    """Levels by their words; a total in the first row; a part that is larger than its whole."""
    levels = "村,户\n甲,3\n乙,4\n小计,7\n丙,5\n丁,6\n小计,11\n合计,18\n"
    assert audit(levels)["findings"] == []
    assert found(audit(levels.replace("小计,11", "小计,12"))) == [("小计", "户", "sum_rows", "12", 11)]
    assert audit("村,户\n合计,7\n甲,3\n乙,4\n")["findings"] == []
    assert found(audit("村,户\n甲,30\n其中:低保,33\n乙,4\n合计,34\n")) == [
        ("其中:低保", "户", "part_over_whole", "33", 30)
    ]


def test_columns_of_which_the_last_is_the_sum(audit):
    """Of the columns before it, as many as fit."""
    text = "村,面积,道路,饮水,合计\n甲,91,3,4,7\n乙,55,1,6,7\n丙,72,2,9,{}\n丁,13,5,5,10\n戊,14,6,3,9\n"
    assert audit(text.format(11))["findings"] == []
    assert found(audit(text.format(12))) == [("丙", "合计", "sum_columns", "12", 11)]


def test_what_the_user_says_holds(audit):
    """--rate, --sum and --total; names that are not there are refused."""
    text = "a,b,c,d,q\nx,10,4,6,40.0\ny,20,10,11,50.0\nwhole,31,14,17,45.2\n"
    tables = audit(text, "t.csv", "--rate", "q=c/b", "--sum", "b=c,d", "--total", "whole")

    assert {(f["row"], f["column"], f["kind"]) for f in tables["findings"]} == {
        ("y", "b", "sum_columns"),
        ("whole", "b", "sum_rows"),
    }
    assert {r["told_by"] for r in tables["relations"] if r["kind"] in ("share", "sum_columns")} == {"option"}


def test_refusals(write, command):
    """Records are no finished table; a column that is not there is named; nothing to test is said."""
    rows = "".join(f"v{i},{i}\n" for i in range(600))
    ended = command("audit", write("records.csv", "village,n\n" + rows))
    assert (ended.status, "looks like records" in ended.err) == (1, True)

    ended = command("audit", write("t.csv", GOOD), "--rate", "办结率=办结/总数")
    assert (ended.status, '"总数"' in ended.err) == (1, True)

    ended = command("audit", write("t.csv", GOOD), "--rate", "办结率=办结")
    assert (ended.status, "PART/WHOLE" in ended.err) == (2, True)


def test_strict_ends_with_one_where_anything_was_found(write, command):
    """The tables are printed all the same."""
    assert command("audit", write("good.csv", GOOD), "--strict").status == 0
    ended = command("audit", write("bad.csv", GOOD.replace("270,", "271,")), "--strict")
    assert (ended.status, "271" in ended.out) == (1, True)


def test_the_file_says_which_rate_is_of_which(write, command):
    """[audit.rates] in visittally.toml."""
    write("visittally.toml", '[audit.rates]\nq = "c/b"\n')
    ended = command("audit", write("t.csv", "a,b,c,q\nx,10,4,44.0\n"), "-f", "json")

    assert [f["recomputed"] for f in ended.tables()["findings"]] == [40]


# ---------------------------------------------------------------- sentences
TEXT = """
    全县共走访3,600户，占应走访户数8000户的45.0%。收集问题240件，办结150件，办结率62.5%。
    受理共件，办结率99%，其中办结48件，总数49件。
    673 of 835 had seen it (80%).
    本月较上月同比上升12%。电话13800138000。
    全县共走访3,610户。
    """


def test_sentences(audit):
    """Shares against the counts of their sentence; a count left out; a change with the wrong name; two figures."""
    tables = audit(TEXT, "notice.txt")

    assert [(s["printed"], s["follows_from"], s["state"]) for s in tables["statements"]] == [
        ("45.0%", "3,600/8000", "follows"),
        ("62.5%", "150/240", "follows"),
        ("99%", "", "none"),
        ("80%", "673/835", "cut"),
    ]
    assert [f["kind"] for f in tables["findings"]] == ["share", "no_count", "cut", "wrong_word", "two_figures"]


def test_telephones_are_masked_in_what_is_shown(audit):
    """The characters about a figure may hold one; so may a label."""
    shown = json.dumps(audit("联系电话13812345678，48件中46件办结，办结率99%。\n", "n.txt"), ensure_ascii=False)
    assert "13812345678" not in shown
    assert "12345678" not in shown

    shown = json.dumps(audit(GOOD.replace("东,110", "13812345678,111")), ensure_ascii=False)
    assert "13812345678" not in shown


# ---------------------------------------------------------------- other files
def test_tables_of_documents(write, command, folder):
    """Markdown, a page, Word and a workbook say the same as the csv."""
    import docx

    rows = [line.strip().split(",") for line in GOOD.replace("270,", "271,").strip().splitlines()]
    write(
        "t.md", "# 通报\n\n" + "\n".join("| " + " | ".join(r) + " |" for r in [rows[0], ["---"] * 6, *rows[1:]]) + "\n"
    )
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in rows)
    write("t.html", f"<html><body><p>通报</p><table>{cells}</table></body></html>")
    document = docx.Document()
    table = document.add_table(0, 6)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(folder / "t.docx")
    for name in ("t.md", "t.html", "t.docx"):
        ended = command("audit", name, "-f", "json")
        assert [(f["row"], f["printed"]) for f in ended.tables()["findings"]] == [("合计", "271")], name


@pytest.mark.parametrize(
    "case", sorted(p.parent for p in CASES.glob("*/*/cmd")), ids=lambda c: f"{c.parent.name}/{c.name}"
)
def test_our_own_tables_follow(case, command, folder):
    """Whatever this program prints, as csv and for people."""
    shutil.copytree(case, folder, dirs_exist_ok=True)
    _program, *arguments = shlex.split((case / "cmd").read_text(encoding="utf-8"))
    if arguments[0] in ("read", "audit"):
        pytest.skip("no tables")
    while "--table" in arguments:
        at = arguments.index("--table")
        del arguments[at : at + 2]
    ended = command(*arguments, "-f", "json", "-q")
    for name in ended.tables() if ended.status == 0 else ():
        for suffix in ("csv", "md", "xlsx"):
            out = f"printed.{suffix}"
            if command(*arguments, "--digits", "1", "--table", name, "-o", out, "-q").status:
                continue
            audited = command("audit", out, "-f", "json", "-q")
            assert audited.status or found(audited.tables()) == [], (name, suffix)


# ---------------------------------------------------------------- published circulars and tables
needs_shared = pytest.mark.skipif(SHARED is None, reason="the published files are not here")


@needs_shared
@pytest.mark.parametrize(
    ("file", "kinds"),
    [
        ("good", []),
        ("bad", ["difference", "share", "sum_rows", "sum_rows", "share"]),
        ("siping", ["share"]),
        ("ningguo", ["sum_rows", "raised"]),
        ("tangshan", ["share", "share", "sum_rows"]),
        ("chengde", ["share", "over_100"]),
        ("source_b", []),
    ],
)
def test_published_circulars(file, kinds, command):
    """What was worked out by hand."""
    ended = command("audit", str(SHARED / "circulars" / f"{file}.csv"), "-f", "json")
    assert [f["kind"] for f in ended.tables()["findings"]] == kinds


@needs_shared
@pytest.mark.parametrize("file", ["coxsbazar/expected_tracking_sheet.csv", "mrtab-drugs/expected_income_include.csv"])
def test_published_tables_that_follow(file, command):
    """Negative controls; shares of cases above 100 are no finding where answers are several."""
    ended = command("audit", str(SHARED / file), "-f", "json")
    assert ended.tables()["findings"] == []


def test_the_part_that_a_share_prints_is_the_one_that_a_remainder_leaves(write):
    """What was resolved on the spot is not all that was handled; of small bases there is no percentage."""
    rows = [
        ("A", 15, "3/15 20.0%", 12, 1),
        ("B", 5, "2/5", 3, 0),
        ("C", 20, "6/20 30.0%", 14, 4),
        ("D", 4, "1/4", 3, 1),
    ]
    lines = ["村,收集问题,妥善处理,未办结,当场解决", *(",".join(map(str, row)) for row in rows)]
    found = visittally.audit(write("table.csv", "\n".join(lines) + "\n")).tables["findings"].to_dict()["rows"]
    wrong = [*lines[:-1], "D,40,10/40 25.0%,20,1"]
    also = visittally.audit(write("wrong.csv", "\n".join(wrong) + "\n")).tables["findings"].to_dict()["rows"]

    assert found == []
    assert all(row["row"] == "D" for row in also)


def test_tables_under_each_other_on_a_sheet_are_tables_of_their_own(tmp_path):
    book = xlsxwriter.Workbook(str(tmp_path / "report.xlsx"))
    sheet = book.add_worksheet()
    tables = [("Issues", ["Issue", "Mentions"], [["roads", 6], ["water", 4], ["Total", 10]]),
              ("Places", ["Village", "Visits"], [["A", 7], ["B", 8], ["C", 9], ["Total", 24]])]  # fmt: skip
    row = 0
    for title, header, body in tables:
        for cells in ([title], header, *body, []):
            sheet.write_row(row, 0, cells)
            row += 1
    book.close()

    assert visittally.audit(str(tmp_path / "report.xlsx")).tables["findings"].to_dict()["rows"] == []
