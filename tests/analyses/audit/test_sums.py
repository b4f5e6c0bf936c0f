"""Totals of rows and of columns; parts of parts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from visittally.analyses.audit.figures import figure_of
from visittally.analyses.audit.sums import Sum, check_sums, parts_of, swapped, total_of


@pytest.fixture
def checked(judged):
    return lambda text, **more: judged(text, check_sums, **more)


# ---------------------------------------------------------------- one sum
@pytest.mark.parametrize(
    ("printed", "value", "slack", "gives"),
    [
        ("7", 7, 0, True),
        ("8", 7, 0, False),
        ("8", 7, 1, True),
        ("7.5", Fraction("7.55"), 0, True),  # 7.5 stands for 7.45 to 7.55
        ("7.5", Fraction("7.56"), 0, False),
        ("约110", 100, 0, True),  # ten per cent of what is printed
        ("约110", 98, 0, False),
    ],
)
def test_a_total_follows_within_rounding(printed, value, slack, gives):
    assert Sum(Fraction(value), Fraction(slack)).gives(figure_of(printed)) is gives


@pytest.mark.parametrize(
    ("cells", "value", "slack"),
    [
        (["3", "4"], 7, 0),
        (["3", ""], 3, 0),
        (["3", "—"], 3, 0),
        (["1.5", "2.5"], 4, Fraction(1, 10)),  # half a tenth each
        (["约100", "3"], 103, Fraction(21, 2)),  # a tenth of 100, and half a one
    ],
)
def test_blank_cells_and_dashes_are_nothing(understood, cells, value, slack):
    table = understood("place,n,m\nAsh,{},1\nElm,{},2\nOak,1,3\n合计,9,6\n".format(*cells))

    assert total_of(table, (0, 1), 1) == Sum(Fraction(value), Fraction(slack))


def test_there_is_no_sum_of_what_is_hidden(understood):
    """A damaged or a small figure is something; so is a word. Nothing at all has no sum either."""
    table = understood("place,n,m,k\nAsh,3,,1\nElm,?0,,2\nOak,<5,,3\nFir,many,,4\n合计,9,9,9\n")

    assert [total_of(table, rows, 1) for rows in ((0, 1), (0, 2), (0, 3))] == [None, None, None]
    assert total_of(table, (0, 1), 2) is None


# ---------------------------------------------------------------- which rows a total is of
@pytest.mark.parametrize(
    ("rows", "total", "parts"),
    [
        ("a,1\nb,2\n合计,3", 2, (0, 1)),
        ("合计,3\na,1\nb,2", 0, (1, 2)),
        # a subtotal is of the rows above it, or below
        ("a,1\nb,2\n小计,3\nc,4\nd,5\n小计,9\n合计,12", 2, (0, 1)),
        ("a,1\nb,2\n小计,3\nc,4\nd,5\n小计,9\n合计,12", 5, (3, 4)),
        ("小计,3\na,1\nb,2\n小计,9\nc,4\nd,5", 0, (1, 2)),
        ("小计,3\na,1\nb,2\n小计,9\nc,4\nd,5", 3, (4, 5)),
        # the total of all rows, of the subtotals alone, of the rows since the last total, of subtotals and loose rows
        ("a,1\nb,2\n小计,3\nc,4\nd,5\n小计,9\n合计,12", 6, (0, 1, 3, 4)),
        ("a,1\nb,2\n小计,4\nc,4\nd,5\n小计,10\n合计,14", 6, (2, 5)),
        ("a,1\nb,2\n合计,3\nc,4\nd,5\n合计,9", 5, (3, 4)),
        ("合计,3\na,1\nb,2\n合计,9\nc,4\nd,5", 0, (1, 2)),
        (f"a,1\nb,2\n小计,3\n其他,{7}\n合计,10", 4, (0, 1, 3)),
    ],
)
def test_the_reading_that_fits_is_taken(understood, rows, total, parts):
    assert parts_of(understood("place,n\n" + rows + "\n"), total) == parts


def test_loose_rows_stand_beside_subtotals(understood):
    """In the second column the subtotal is not the sum of its rows: with the loose row it makes the total all the same.

    All plain rows fit the first column only.
    """
    table = understood("place,n,m\na,1,1\nb,3,2\n小计,4,8\nloose,6,2\n合计,10,10\n")

    assert parts_of(table, 4) == (2, 3)


def test_a_total_without_parts_has_none(understood):
    assert parts_of(understood("place,n\n合计,3\n"), 0) == ()


# ---------------------------------------------------------------- totals of rows
def test_each_column_of_a_total_is_tried(checked, found, related):
    verdict = checked("place,a,b\nAsh,20,30\nElm,10,5\n合计,30,36\n")

    assert related(verdict) == [
        ("合计 = sum of 2 rows: a", 1, 1, "header"),
        ("合计 = sum of 2 rows: b", 0, 1, "header"),
    ]
    assert found(verdict) == [("合计", "b", "sum_rows", 35, "one digit is another one")]
    assert verdict.findings[0].source == "sum of 2 rows"
    assert verdict.tested == {(row, c) for row in (0, 1, 2) for c in (1, 2)}


@pytest.mark.parametrize(
    ("total", "explanation"),
    [
        ("132", "two digits are exchanged: 123"),
        ("103", "without the row Elm it would follow"),
        ("143", "with the row Elm twice"),
        ("70", "it is the sum of the column b"),
        ("153", "one digit is another one"),
        ("1123", ""),
    ],
)
def test_the_nearest_explanation_of_a_total(checked, total, explanation):
    """Ash and Elm make up 123: 103 and 20."""
    verdict = checked(f"place,a,b\nAsh,103,30\nElm,20,40\n合计,{total},70\n")

    assert [f.explanation for f in verdict.findings] == [explanation]


def test_a_remainder_that_was_found_explains_its_total(checked):
    """9 should be 8, and then the total of 18 is right."""
    verdict = checked("村,问题,办结,未办结\n甲,30,21,9\n乙,30,22,9\n丙,20,19,1\n合计,80,62,18\n")

    assert [(f.row, f.kind, f.explanation) for f in verdict.findings] == [
        ("乙", "difference", ""),
        ("合计", "sum_rows", "with 8 in the row 乙 it would follow"),
    ]


def test_so_does_a_total_of_columns_that_was_found(checked):
    verdict = checked("村,道路,饮水,合计\n甲,12,30,42\n乙,10,25,35\n丙,9,21,31\n丁,4,6,10\n合计,35,82,117\n")

    assert [(one.row, one.kind) for one in verdict.findings] == [("丙", "sum_columns"), ("合计", "sum_rows")]
    assert verdict.findings[1].explanation == "with 30 in the row 丙 it would follow"


def test_a_household_in_two_rows_is_one(checked):
    """The total of different households may be less than the sum, but neither more, nor less than one of its rows."""
    text = "village,households,visits\nAsh,20,25\nElm,30,40\n合计,{},65\n"

    assert [len(checked(text.format(n)).findings) for n in (50, 41, 30, 29, 51)] == [0, 0, 0, 1, 1]


def test_rows_that_hold_unnamed_subtotals_are_left_alone(checked):
    """Ash 7 and its two parts 3 + 4: the rows add up to twice the total."""
    assert checked("place,n\nAsh,7\n东组,3\n西组,4\n合计,7\n").relations == []
    assert len(checked("place,n\nAsh,7\n东组,3\n西组,5\n合计,7\n").findings) == 1


# ---------------------------------------------------------------- totals that no word tells of
SILENT = "place,a,b,c\nAsh,20,3,5\nElm,10,4,6\nOak,12,5,7\n{}\n"


def test_a_last_row_that_is_the_sum_of_the_others_is_a_total(checked, related):
    verdict = checked(SILENT.format("District,42,12,18"))

    assert [(formula, told_by) for formula, _holds, _rows, told_by in related(verdict)] == [
        (f"District = sum of 3 rows: {column}", "figures") for column in "abc"
    ]


def test_so_is_a_first_one(checked):
    assert len(checked("place,a,b\nDistrict,42,12\nAsh,20,3\nElm,10,4\nOak,12,5\n").relations) == 2


@pytest.mark.parametrize(
    "last",
    [
        "Fir,42,9,9",  # one column only of the three, and the others below ten
        "Fir,42,12,19",  # two columns of three are not four of five
        "Fir,9,1,2",
    ],
)
def test_and_what_may_be_chance_is_none(checked, last):
    assert checked(SILENT.format(last)).relations == []


def test_four_columns_of_five_are_enough(checked):
    rows = "place,a,b,c,d,e\nAsh,20,30,40,50,60\nElm,1,2,3,4,5\nOak,1,1,1,1,1\nAll of it,22,33,44,55,{}\n"
    verdict = checked(rows.format(67))

    assert [(f.row, f.column, f.recomputed) for f in verdict.findings] == [("All of it", "e", 66)]


def test_two_rows_above_are_too_few(checked):
    assert checked("place,a,b\nAsh,20,30\nElm,10,40\nDistrict,30,70\n").relations == []


# ---------------------------------------------------------------- totals of columns
def test_the_run_of_columns_that_holds_most_often_is_the_sum(checked, found, related):
    """As many columns before the total as fit; in more than half of the rows."""
    text = "村,面积,道路,饮水,合计\n甲,91,3,4,7\n乙,55,1,6,7\n丙,72,2,9,11\n丁,13,5,5,10\n戊,14,6,3,{}\n"

    assert related(checked(text.format(9)))[0] == ("道路 + 饮水 = 合计", 5, 5, "header")
    assert found(checked(text.format(12)))[0] == ("戊", "合计", "sum_columns", 9, "")
    two = text.format(12).replace("2,9,11", "2,9,13")
    assert [one[0] for one in found(checked(two))] == ["丙", "戊"]
    assert checked(two.replace("1,6,7", "1,6,8")).relations == []
    assert checked(two.replace("3,4,7", "7,0,7")).relations[0].holds == 3
    assert checked(two.replace("3,4,7", "7,0,7").replace("1,6,7", "0,7,7")).relations == []


def test_a_total_may_stand_before_its_parts(checked, related):
    assert related(checked("村,合计,道路,饮水\n甲,7,3,4\n乙,8,1,7\n"))[0] == ("道路 + 饮水 = 合计", 2, 2, "header")


def test_of_one_or_two_rows_all_must_hold(checked):
    assert checked("村,道路,饮水,合计\n甲,3,4,7\n乙,1,6,8\n").relations == []
    assert len(checked("村,道路,饮水,合计\n甲,3,4,7\n乙,1,7,8\n").relations) == 1


def test_a_column_that_is_called_no_total_is_none(checked):
    """Nor is one the total of a single column beside it."""
    assert checked("村,道路,饮水,办结\n甲,3,4,7\n乙,1,7,8\n").relations == []
    assert checked("村,道路,合计\n甲,7,7\n乙,8,8\n").relations == []


def test_hidden_parts_are_not_tried_and_blank_ones_are_nothing(checked, related):
    verdict = checked("村,道路,饮水,合计\n甲,3,4,7\n乙,?,6,8\n丙,,6,6\n丁,2,5,7\n戊,1,1,2\n")

    assert related(verdict)[0] == ("道路 + 饮水 = 合计", 4, 4, "header")


# ---------------------------------------------------------------- parts of parts
def test_a_part_is_no_larger_than_the_row_above(checked, found):
    verdict = checked("村,户\n甲,30\n其中:低保,30\n其中:残疾,31\n乙,4\n合计,34\n")

    assert found(verdict) == [("其中:残疾", "户", "part_over_whole", 30, "")]
    assert verdict.findings[0].source == "其中:残疾 is a part of 30"


def test_nor_than_the_column_before(checked, found):
    """The nearest column that is no part itself; the first column has none before it."""
    verdict = checked("村,其中:空户,人口,户,其中:低保,其中:残疾\n甲,99,20,30,29,31\n")

    assert found(verdict) == [("甲", "其中:残疾", "part_over_whole", 30, "")]


def test_rounding_is_allowed_for(checked):
    """3.0 may be 3.04, and 3.1 may be 3.05: no part is larger for sure until 3.2."""
    assert [len(checked(f"村,量\n甲,3.0\n其中:大,{part}\n乙,1.0\n").findings) for part in ("3.1", "3.2")] == [0, 1]


# ---------------------------------------------------------------- digits
@pytest.mark.parametrize(
    ("printed", "value", "are"),
    [
        ("132", "123", True),
        ("213", "123", True),
        ("321", "123", False),  # no neighbours
        ("123", "123", False),
        ("1230", "123", False),
        ("134", "123", False),
        ("2143", "1234", False),  # twice
        ("12.43", "12.34", True),
    ],
)
def test_neighbouring_digits_are_exchanged(printed, value, are):
    assert swapped(Fraction(printed), Fraction(value)) is are
