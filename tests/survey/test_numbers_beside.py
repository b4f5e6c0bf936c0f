"""Columns of numbers beside records."""

from __future__ import annotations

import pytest

from visittally.analyses.campaign import load
from visittally.settings import Settings
from visittally.survey.numbers_beside import (
    are_figures,
    households_of_rows,
    joined_households,
    numbers_of_issues,
    unread_counts,
    without_unit,
)


@pytest.fixture
def survey(write):
    return lambda text: load(Settings(files=(write("visits.csv", text),))).survey


@pytest.mark.parametrize(
    ("header", "plain"),
    [
        ("走访户数（户）", "走访户数"),
        ("Visits:", "Visits"),
        ("n(households)：", "n"),
        ("(n) visits", "(n) visits"),
        ("", ""),
    ],
)
def test_a_header_without_its_unit(header, plain):
    assert without_unit(header) == plain


@pytest.mark.parametrize(
    ("cells", "are"),
    [
        (["1", "2", "3", "4", "x"], True),  # four of five
        (["1", "2", "3", "x"], False),
        (["1", "2", "若干", "several"], True),  # half, where the others say that nobody knows
        (["1", "若干", "several"], False),
        (["300余户"], True),
        ([], False),
        (["若干"], False),
    ],
)
def test_figures(cells, are):
    assert are_figures(cells) is are


@pytest.mark.parametrize(
    ("cells", "name"),
    [((5, 3), "走访户数"), ((1, 1), ""), ((5, "2.5"), ""), (("若干", 3), "走访户数"), (("x", "y"), "")],
)
def test_how_many_households_a_row_stands_for(survey, cells, name):
    """Whole numbers, of which some are larger than one."""
    first, second = cells
    text = f"日期,村,走访户数,问题\n2026-04-01,东村,{first},道路\n2026-04-02,西村,{second},饮水\n"

    assert households_of_rows(survey(text)) == name


def test_how_many_an_issue_stands_for_where_each_is_named_but_once(survey):
    once = "村,问题,数量\n东村,道路,5\n东村,饮水,3\n西村,道路,1\n"
    again = once + "东村,道路,2\n西村,道路,4\n"

    assert numbers_of_issues(survey(once)) == "数量"
    assert numbers_of_issues(survey(again)) == ""
    assert numbers_of_issues(survey(once.replace(",5", ",1").replace(",3", ",1"))) == ""


@pytest.mark.parametrize(
    ("once", "text"),
    [
        (True, "the rows count once each, which may be too little."),
        (False, "the sums lack them and are marked ≈."),
    ],
)
def test_cells_without_a_number_are_listed_with_their_lines(survey, once, text):
    """Blanks are none of them; five are shown."""
    cells = ["若干", "4", "", "?0", "a", "b", "c", "d"]
    own = survey("村,问题,数量\n" + "".join(f"东村,道路,{cell}\n" for cell in cells))
    [notice] = unread_counts(own, ["数量", "数量"], once=once)

    assert '6 cells of "数量" hold no number that can be read (line 2: 若干; line 5: ?0; ' in notice.message
    assert "line 8: c; and others)" in notice.message
    assert "line 9" not in notice.message
    assert notice.message.endswith(text)
    assert unread_counts(own, []) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["11、12", "13", "14；15"], True),
        (["王小明、李芳", "张建国、刘丽华", "陈志强"], True),
        (["11、12", "13", "14"], False),
        (["1/12", "2/12", "3-4"], False),
        (["1,200", "1,300", "1,400"], False),
        (["道路、饮水", "用电、饮水", "道路"], False),
    ],
    ids=["numbers", "people", "one cell", "group and house", "thousands", "other lists"],
)
def test_cells_that_name_several_households_are_said(survey, cells, said):
    lines = [f'东村,"{cell}",道路' for cell in cells]
    found = joined_households(survey("\n".join(["村,户号,反映问题", *lines, ""])), "户号")
    assert (found is not None) is said


def test_a_column_that_says_how_many_is_enough(survey):
    text = "村,户号,走访户数,反映问题\n东村,11、12,2,道路\n东村,13、14,2,道路\n东村,15,1,道路\n"
    assert joined_households(survey(text), "户号") is None
