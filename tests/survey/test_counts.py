"""Which tables are ones of counts, and what each of their columns counts."""

from __future__ import annotations

import pytest

import visittally
from visittally.survey.counts import CountColumns, find_counts, may_be_counts
from visittally.survey.understanding import understand


@pytest.fixture
def found(kept):
    """The columns of counts of a table that people keep; None where it is none of counts."""

    def find(text, **more):
        answer = find_counts(understand([kept(text, **{"by_hand": True, **more})]))
        return None if answer is None else answer[0]

    return find


@pytest.fixture
def doubtful(kept):
    """What is said of a table that may be one of counts."""
    return lambda text, **more: may_be_counts(understand([kept(text, **{"by_hand": True, **more})]))


REPORT = """
    Village,Households visited,Issues raised,Road,Water,Resolved,Handled,Pending
    Ash,12,5,3,2,1,2,2
    Elm,8,3,1,2,2,0,1
    """


def test_each_column_says_what_it_counts(found):
    counts = found(REPORT)

    assert (counts.visits, counts.collected) == (("Households visited",), ("Issues raised",))
    assert (counts.handled, counts.resolved, counts.open) == (("Handled",), ("Resolved",), ("Pending",))
    assert counts.issues == {"Road": "Road", "Water": "Water"}
    assert [notice.code for notice in counts.notices] == ["counts_in_cells"]


@pytest.mark.parametrize(
    ("headers", "handled", "resolved"),
    [
        ("已处理,2,1", ["已处理"], ["已处理"]),
        ("已处理,已解决,3,1,2,0", ["已处理"], ["已解决"]),
        ("当场解决数,已办结数,1,2,2,1", ["当场解决数", "已办结数"], ["当场解决数", "已办结数"]),
        ("当场解决数,已办结数,1,5,2,3", ["已办结数"], ["已办结数"]),
    ],
)
def test_figures_that_include_others_are_not_added_to_them(found, headers, handled, resolved):
    cells = [cell for cell in headers.split(",") if not cell.isdigit()]
    figures = headers.split(",")[len(cells) :]
    n = len(figures) // 2
    counts = found(
        f"村名,走访户数,收集问题数,{','.join(cells[-n:])}\n东村,12,5,{','.join(figures[:n])}\n西村,8,3,{','.join(figures[n:])}"
    )

    assert (list(counts.handled), list(counts.resolved)) == (handled, resolved)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("No resueltos", "open"), ("Nº resueltos", "resolved"), ("No. resueltas", "resolved"), ("No resueltas", "open"),
        ("No. resolved", "resolved"), ("Not resolved", "open"), ("Nº de visitas", "visits"), ("Pending:", "open"),
    ],
)  # fmt: skip
def test_not_resolved_is_no_number_of_resolved(found, header, role):
    beside = "Issues raised" if role == "visits" else "Households visited,Issues raised"
    counts = found(
        f"Village,{beside},{header}\n"
        + "\n".join(f"{place},9{',4' * (1 + beside.count(','))}" for place in ("Ash", "Elm"))
    )

    assert getattr(counts, role) == (header,)
    assert (counts.open == ()) is (role != "open")


def test_all_columns_are_named_once():
    columns = CountColumns(("v",), ("c",), ("h", "r"), ("r",), ("o",), {"road": "Road", "c": "again"})

    assert columns.variables == ("v", "c", "h", "r", "o", "road")


@pytest.mark.parametrize("said", [{"by_hand": False}, {"header_rows": ()}])
def test_only_tables_with_a_header_that_people_keep_are_looked_at(kept, said):
    source = kept(REPORT, by_hand=True)
    for name, value in said.items():
        object.__setattr__(source, name, value)

    assert find_counts(understand([source])) is None


def test_an_export_of_a_form_tool_is_none_of_counts(found):
    text = "village,Households visited,Issues raised,Road,_uuid,_submission_time\n" + "\n".join(
        f"{place},12,5,5,{n * 8}-0000-4000-8000-{n * 12},2026-04-01T10:00:0{n}"
        for n, place in ((1, "Ash"), (2, "Elm"), (3, "Oak"))
    )

    assert found(text) is None


@pytest.mark.parametrize(
    ("rows", "counted"),
    [
        ("Ash,12,5\nElm,8,3", True),
        ("Ash,12,5", False),
        ("Ash,12,5\nAsh,8,3", False),
        ("\n".join(f"P{n},{n},1" for n in range(9)) + "\nP0,4,1", True),
        ("\n".join(f"P{n},{n},1" for n in range(8)) + "\nP0,4,1", False),
    ],
)
def test_nine_of_ten_rows_are_another_place(found, rows, counted):
    assert (found(f"Village,Households visited,Issues raised\n{rows}") is not None) is counted


def test_months_tell_rows_apart_as_places_do(found):
    assert found("Month,Households visited,Issues raised\nMarch,12,5\nApril,8,3").visits == ("Households visited",)


def test_the_best_header_of_several_counts_the_visits(found):
    counts = found("村名,走访次数,走访户数(户),收集问题数\n东村,15,12,5\n西村,9,8,3")

    assert counts.visits == ("走访户数(户)",)


@pytest.mark.parametrize("beside", ["Rate", "% done", "Households visited (%)", "办结率"])
def test_shares_running_numbers_remarks_and_people_are_no_issues(found, beside):
    counts = found(
        f"No.,Village,Households visited,Issues raised,{beside},People met,Visitor,Remarks\n"
        "1,Ash,12,5,40%,30,Ann,rain\n2,Elm,8,3,60%,20,Bo,\n3,Oak,6,2,10%,11,Cy,"
    )

    assert (counts.visits, counts.collected, counts.issues) == (("Households visited",), ("Issues raised",), {})


def test_a_column_of_answers_makes_the_rows_records(found):
    table = "Village,Households visited,Issues raised,What was said\nAsh,12,5,{}\nElm,8,3,{}\nOak,8,3,{}"

    assert found(table.format("a broken road", "no water", "a long way")) is None
    assert found("\n".join([table.format("", "", ""), *(f"P{n},8,3,{'far' * (n < 3)}" for n in range(7))])) is not None
    assert found("\n".join([table.format("", "", ""), *(f"P{n},8,3,{'far' * (n < 4)}" for n in range(7))])) is None


@pytest.mark.parametrize(
    ("parts", "issues"),
    [
        ("Road,Rain,Water\n{0},5,3,1,1\n{1},3,1,1,1", ["Road", "Rain", "Water"]),
        ("Road,Rain,Water\n{0},5,4,9,1\n{1},3,2,9,1", ["Road", "Water"]),
        ("Road,Rain,Water\n{0},6,4,9,1\n{1},3,2,9,1", ["Road", "Rain", "Water"]),
        ("Alpha,Beta\n{0},5,3,2\n{1},3,1,2", ["Alpha", "Beta"]),
        ("Alpha,Beta\n{0},5,3,1\n{1},3,1,2", []),
        ("Road,Week 3\n{0},5,5,2\n{1},3,3,2", ["Road"]),
    ],
)
def test_issues_are_columns_named_by_issues_or_those_that_sum_up(found, parts, issues):
    counts = found("Village,Households visited,Issues raised," + parts.format("Ash,12", "Elm,8"))

    assert list(counts.issues) == issues


def test_columns_under_of_which_are_the_issues_whatever_they_are_called(kept):
    rows = (("Village", "Of which", "", "Road", "Visits"), ("", "Alpha", "Beta", "", ""))
    source = kept("Village,Of which Alpha,Beta,Road,Visits\nAsh,3,2,4,9\nElm,1,2,5,8", by_hand=True)
    object.__setattr__(source, "header_rows", rows)
    counts, _tables = find_counts(understand([source]))

    assert list(counts.issues.values()) == ["Alpha", "Beta"]


@pytest.mark.parametrize(
    ("text", "issues", "left"),
    [
        ("Village,Houses,Visits,Road,Water,Cars\nAsh,300,12,3,2,4\nElm,250,8,1,2,3", ["Road", "Water"], "Houses, Cars"),
        ("Aldea,Casas,Visitas,Camino,Agua\nAlto,300,12,3,2\nBajo,250,8,1,2", ["Camino", "Agua"], "Casas"),
    ],
)
def test_how_large_a_place_is_counts_no_issue_and_is_said_to_be_left_out(found, text, issues, left):
    counts = found(text)

    assert list(counts.issues) == issues
    assert f"not counted: {left} (" in counts.notices[0].message


def test_a_total_that_is_not_the_sum_of_its_parts_is_said_with_its_line(found):
    counts = found("Village,Households visited,Issues raised,Road,Water\nAsh,12,6,3,2\nElm,8,3,1,2\nOak,4,,1,1")
    said = {notice.code: notice.message for notice in counts.notices}

    assert "in 1 rows (line 2: 6 instead of 5)" in said["total_differs"]
    assert "total_differs" not in {n.code for n in found(REPORT).notices}


def test_tables_of_counts_among_others_are_named_by_their_numbers(kept):
    records = kept("Village,Issue\nAsh,road\nElm,water\nOak,road", by_hand=True)
    report = kept("Village,Households visited,Issues raised\nAsh,12,5\nElm,8,3", by_hand=True)

    assert find_counts(understand([records, report]))[1] == (1,)


def test_whole_numbers_by_place_may_be_counts_and_are_said(doubtful):
    said = doubtful("Village,Alpha,Beta\nAsh,3,2\nElm,1,2\nOak,0,4")

    assert [notice.code for notice in said] == ["may_be_counts"]
    assert '"Alpha", "Beta" hold whole numbers' in said[0].message


@pytest.mark.parametrize(
    "text",
    [
        "Village,Alpha,Beta\nAsh,3,2\nElm,1,2",
        "Village,Alpha,Beta\nAsh,3,2.5\nElm,1,2\nOak,0,4",
        "Village,Alpha\nAsh,3\nElm,1\nOak,0",
        "Village,Alpha,Beta,Issue\nAsh,3,2,road\nElm,1,2,water\nOak,0,4,road",
    ],
)
def test_few_rows_fractions_one_column_or_an_issue_leave_no_doubt(doubtful, text):
    assert doubtful(text) == []


def test_columns_beyond_four_are_not_named(doubtful):
    said = doubtful("Village,A,B,C,D,E\nAsh,3,2,1,0,5\nElm,1,2,0,9,5\nOak,0,4,1,2,3")

    assert '"D" ...' in said[0].message


@pytest.mark.parametrize(
    "header",
    [
        [
            "单位,入户走访（户）,,民生类（件）,,环境卫生类（件）,,已解决（件）,",
            ",当月数,累计数,当月数,累计数,当月数,累计数,当月数,累计数",
        ],
        ["村,本月走访户数,累计走访户数,本月民生类,累计民生类,本月环境卫生类,累计环境卫生类,本月已解决,累计已解决"],
    ],
)
def test_what_is_counted_so_far_does_not_add_to_what_this_month_has(tmp_path, header):
    path = tmp_path / "march.csv"
    rows = ["东村,10,30,2,9,3,8,4,12", "西村,12,40,1,7,2,6,1,9", "南村,8,20,3,5,0,4,2,6"]
    path.write_text("\n".join([*header, *rows]) + "\n", encoding="utf-8")
    result = visittally.summarize([str(path)])
    (total,) = [row for row in result.tables["areas"].to_dict()["rows"] if row.get("total")]
    assert (total["cases"], total["mentions"], total["handled"]) == (30, 11, 7)


def test_a_column_that_adds_up_the_others_is_no_issue(tmp_path):
    path = tmp_path / "march.csv"
    rows = ["Ndélé,20,6,1,2,3,2", "Sibut,15,4,0,4,0,1", "Bria,30,9,5,2,2,9"]
    path.write_text("\n".join(["Village,Ménages visités,Besoins,Route,Eau,École,Résolus", *rows]) + "\n", "utf-8")
    result = visittally.summarize([str(path)])
    mentions = {row["issue"]: row["mentions"] for row in result.tables["issues"].to_dict()["rows"] if row["issue"]}
    assert mentions == {"Route": 6, "Eau": 8, "École": 5}
    (total,) = [row for row in result.tables["areas"].to_dict()["rows"] if row.get("total")]
    assert (total["cases"], total["handled"]) == (65, 12)
