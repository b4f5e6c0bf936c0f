"""Shares: of which two counts they are, and whether each of them follows."""

from __future__ import annotations

from fractions import Fraction

import pytest

from visittally.analyses.audit.shares import check_shares, check_wholes


@pytest.fixture
def checked(judged):
    return lambda text, named=None, **more: judged(text, lambda v: check_shares(v, named or {}), **more)


@pytest.fixture
def whole(judged):
    return lambda text, **more: judged(text, lambda v: check_shares(v, {}), check_wholes, **more)


# ---------------------------------------------------------------- told by headings
def test_headings_tell_part_and_whole(checked, found, related):
    verdict = checked("镇,问题,办结,办结率\n东,30,21,70.0%\n西,24,18,76.0%\n")

    assert related(verdict) == [("办结率 = 办结 / 问题", 1, 2, "header")]
    assert found(verdict) == [("西", "办结率", "share", 75, "")]
    assert verdict.findings[0].source == "18/24"
    assert verdict.tested == {(row, c) for row in (0, 1) for c in (1, 2, 3)}


@pytest.mark.parametrize(
    ("printed", "kind"),
    [("66.7%", None), ("66.6%", "cut"), ("67%", None), ("66%", "cut"), ("68%", "share"), ("0.667", None)],
)
def test_cut_is_another_finding_than_wrong(checked, printed, kind):
    """20 of 30 are 66.667 %; as a plain ratio, too."""
    found = checked(f"镇,问题,办结,办结率\n东,30,20,{printed}\n西,20,10,{'0.5' if '%' not in printed else '50%'}\n")

    assert [f.kind for f in found.findings] == ([kind] if kind else [])


def test_raised_is_another_one(checked):
    """8 of 99 are 8.08 %."""
    assert [f.kind for f in checked("镇,问题,办结,办结率\n东,99,8,9%\n").findings] == ["raised"]


def test_more_than_the_whole_is_said_unless_it_was_planned(checked, found):
    over = checked("乡镇,矛盾纠纷,调解成功,调解率\n甲,185,186,100.54%\n乙,10,10,100%\n")
    plan = checked("乡镇,目标,已走访,走访率\n甲,185,186,100.54%\n")

    [(row, column, kind, recomputed, explanation)] = found(over)
    assert (row, column, kind, explanation) == ("甲", "调解率", "over_100", "the part is larger than the whole")
    assert recomputed == Fraction(18600, 185)
    assert plan.findings == []
    # The base of a rate printed in a column of its own is the plan, where it stands beside that.
    own = checked("Village,Target,Visited,Coverage: n,Coverage: of,Coverage %\nA,22,23,23,22,104.5%\nB,9,9,9,9,100%\n")
    assert own.findings == []


@pytest.mark.parametrize("rows", [1, 2, 3, 4])
def test_a_pair_of_headings_that_fits_less_than_half_of_three_rows_is_given_up_where_figures_fit(checked, rows):
    """The rate is of 受理, the heading would say 办结 / 问题: from three rows on the figures are believed."""
    lines = ["甲,50,40,20,50.0%", "乙,60,30,21,70.0%", "丙,70,80,24,30.0%", "丁,90,50,20,40.0%"][:rows]
    verdict = checked("村,户,登记,办好,解决率\n" + "\n".join(lines) + "\n")

    told = {r.told_by for r in verdict.relations}
    assert told == ({"figures"} if rows >= 3 else told)


# ---------------------------------------------------------------- shares of totals
def test_a_share_is_of_the_printed_total(checked, found, related):
    verdict = checked("类别,件数,占比\n道路,50,50%\n饮水,30,31%\n其他,20,20%\n合计,100,100%\n")

    assert related(verdict) == [("占比 = 件数 / total of 件数", 3, 4, "header")]
    assert found(verdict) == [("饮水", "占比", "share", 30, "")]


def test_without_a_printed_total_of_the_sum(checked, found):
    assert found(checked("类别,件数,占比\n道路,50,50%\n饮水,30,31%\n其他,20,19%\n")) == [
        ("饮水", "占比", "share", 30, ""),
        ("其他", "占比", "share", 20, ""),
    ]


def test_shares_that_do_not_make_up_a_hundred_are_of_something_else(checked):
    """Neither the rows nor a total say 100: nothing is held against the total."""
    assert checked("类别,件数,占比\n道路,50,80%\n饮水,30,31%\n其他,20,19%\n").findings == []


def test_a_total_that_is_not_the_sum_is_another_base(checked, found):
    verdict = checked("类别,件数,占比\n城管,60,60%\n其他,40,40%\n合计,160,100%\n")

    assert [(row, explanation) for row, *_more, explanation in found(verdict)] == [
        ("城管", "other base: 60/100 (sum of the rows)"),
        ("其他", "other base: 40/100 (sum of the rows)"),
    ]


def test_a_share_may_be_of_its_group(checked):
    """Within Ash and within Elm: the shares fit the totals of the groups, and nothing else."""
    verdict = checked(
        "village,answer,n,share\nAsh,yes,3,30%\nAsh,no,7,70%\nElm,yes,10,50%\nElm,no,10,50%\n",
    )

    assert [(r.formula, r.holds, r.rows) for r in verdict.relations] == [("share = n / total of n", 4, 4)]


# ---------------------------------------------------------------- explanations
def test_the_mean_of_the_rates_is_no_rate_of_the_total(checked, found):
    """70 % and 80 % make 75 %; 33 of 45 are 73.3 %. A single rate has no mean."""
    verdict = checked("镇,问题,办结,办结率\n东,30,21,70.0%\n西,15,12,80.0%\n合计,45,33,75.0%\n")

    assert found(verdict) == [
        (
            "合计",
            "办结率",
            "mean_of_rates",
            Fraction(3300, 45),
            "it is the mean of the 2 rates, which counts small and large alike",
        )
    ]
    single = checked("镇,问题,办结,办结率\n东,30,21,70.0%\n合计,45,33,70.0%\n")
    assert [f.kind for f in single.findings] == ["share"]


def test_the_base_of_another_row_or_column(checked):
    row = checked("项目,评价数,不满意,不满意率\n热线,80,6,7.5%\n窗口,94,6,7.5%\n")
    column = checked("镇,问题,办结,户数,办结率\n东,30,12,40,30.0%\n西,24,18,90,75.0%\n")

    assert [f.explanation for f in row.findings] == ["other base: 6/80 (热线)"]
    assert [f.explanation for f in column.findings] == ["other base: 12/40 (户数)"]


def test_another_part(checked):
    verdict = checked("镇,问题,办结,未动,办结率\n东,30,12,9,30.0%\n西,24,18,6,75.0%\n")

    assert [f.explanation for f in verdict.findings] == ["other part: 9/30 (未动)"]


# ---------------------------------------------------------------- told by the user, told by figures
def test_what_the_user_says_goes_before_what_headings_say(checked, found, related):
    text = "镇,问题,办结,满意,办结率\n东,30,21,15,50.0%\n西,24,18,12,75.0%\n"
    verdict = checked(text, {"办结率": ("满意", "问题")})

    assert related(verdict) == [("办结率 = 满意 / 问题", 1, 2, "option")]
    assert found(verdict)[0][:4] == ("西", "办结率", "share", 50)
    assert checked(text, {"办结率": ("满意", "unknown")}).relations == []


FIGURES = (
    "place,a1,a2,a3,xx%\nA,200,37,118,59.0%\nB,310,64,151,48.7%\nC,270,45,99,36.7%\nD,190,31,117,{}\nE,205,77,128,{}\n"
)


def test_figures_tell_from_three_rows_on_of_which_four_of_five_hold(checked, found, related):
    verdict = checked(FIGURES.format("61.6%", "63.5%"))
    assert related(verdict) == [("xx% = a3 / a1", 4, 5, "figures")]
    assert found(verdict)[0][:4] == ("E", "xx%", "share", Fraction(12800, 205))

    assert checked(FIGURES.format("61.7%", "63.5%")).relations == []
    assert "a3 / a1" in checked(FIGURES.format("61.6%", "62.4%")).relations[0].formula


def test_rows_that_tell_nothing_are_not_counted(checked):
    """All or nothing fits any two equal columns, and the same row again is one."""
    assert checked("place,a1,a2,xx%\nA,5,5,100%\nB,6,6,100%\nC,7,7,100%\n").relations == []
    assert checked("place,a1,a2,xx%\nA,50,5,10%\nB,50,5,10%\nC,60,6,10%\n").relations == []
    assert len(checked("place,a1,a2,xx%\nA,50,5,10%\nB,70,7,10%\nC,60,6,10%\n").relations) == 1


def test_two_pairs_that_fit_alike_tell_nothing(checked):
    assert checked("place,a1,a2,a3,xx%\nA,50,5,5,10%\nB,70,7,7,10%\nC,60,6,6,10%\n").relations == []


def test_in_one_or_two_rows_any_pair_that_fits_is_said(checked, related):
    verdict = checked("place,a1,a2,a3,xx%\nA,120,37,64,57.8%\nB,120,60,30,50%\n")

    assert related(verdict) == [("xx%: fits 37/64", 1, 1, "figures"), ("xx%: fits 60/120, 30/60", 1, 1, "figures")]
    assert related(checked("place,a1,a2,xx%\nA,120,37,64.0%\n")) == [("xx%: fits none", 0, 1, "figures")]
    assert verdict.findings == []


def test_a_rate_with_its_base_alone_is_tried_for_whole_numbers(checked, found):
    assert found(checked("place,n,xx%\nA,12,33.4%\nB,12,25.0%\n")) == [
        ("A", "xx%", "granularity", None, "no whole number of 12 gives it")
    ]


def test_weighted_shares_follow_from_no_counts(checked):
    assert checked("answer,n,base,weighted,percent\nyes,3,10,4.5,41.0\nno,7,10,5.5,59.0\n").relations == []


# ---------------------------------------------------------------- in one cell, and left out
def test_a_cell_that_holds_its_own_sum(checked, found):
    verdict = checked("place,handled\nAsh,58/80 72.5%\nElm,10/30 34%\nOak,20/30 66%\n")

    assert [(f.row, f.kind, f.source) for f in verdict.findings] == [
        ("Elm", "raised", "10/30"),
        ("Oak", "cut", "20/30"),
    ]
    assert verdict.findings[0].recomputed == Fraction(100, 3)
    assert verdict.tested == {(0, 1), (1, 1), (2, 1)}


def test_counts_that_are_not_printed(checked):
    """Blank, a dash or the words around the count; a damaged figure was printed."""
    verdict = checked(
        "区,受理,办结,办结率\n甲,,,99%\n乙,50,40,80%\n丙,共件,20,50%\n丁,20,10,50%\n戊,?0,10,50%\n己,30,15,50%\n"
        "庚,20,5,25%\n辛,40,10,25%\n"
    )

    assert [(f.row, f.kind) for f in verdict.findings] == [("甲", "no_count"), ("丙", "no_count")]
    assert [f.explanation for f in verdict.findings] == [
        "the figures it is made of are not printed: 办结, 受理",
        "the figures it is made of are not printed: 受理",
    ]


# ---------------------------------------------------------------- parts of a hundred
@pytest.mark.parametrize(
    ("shares", "holds"),
    [
        (("33.3%", "33.3%", "33.3%"), True),  # within three halves of a tenth
        (("33.2%", "33.3%", "33.3%"), False),
        (("33%", "33%", "33%"), True),
        (("50%", "40%", "20%"), False),
        (("50%", "20%", "10%"), False),
        (("50%", "20%", "9%"), None),  # 79: not meant to be the whole
        (("50%", "50%", "20%"), False),
        (("50%", "51%", "20%"), None),  # 121
    ],
)
def test_bare_shares_are_the_parts_of_a_hundred(whole, shares, holds):
    verdict = whole("类别,占比\n" + "".join(f"c{i},{share}\n" for i, share in enumerate(shares)))

    assert [r.holds for r in verdict.relations] == ([] if holds is None else [int(holds)])
    assert [f.kind for f in verdict.findings] == (["not_100"] if holds is False else [])


def test_what_they_make_up_is_said_at_the_total_or_the_last_row(whole, found):
    total = whole("类别,占比\n道路,50%\n饮水,40%\n其他,20%\n合计,100%\n")
    last = whole("类别,占比\n道路,50%\n饮水,40%\n其他,20%\n")

    assert found(total) == [("合计", "占比", "not_100", 110, "the parts add up to 110, not to 100")]
    assert found(last) == [("其他", "占比", "not_100", 110, "the parts add up to 110, not to 100")]
    assert (total.findings[0].source, total.findings[0].difference) == ("sum of 3 rows", -10)


@pytest.mark.parametrize("told", ["title", "heading", "row"])
def test_several_answers_may_be_more_than_a_hundred(whole, told):
    text = "类别{},占比\n道路{},50%\n饮水,40%\n其他,20%\n".format(
        "（可多选）" if told == "heading" else "", "（多选）" if told == "row" else ""
    )

    assert whole(text, title="问题（多选）" if told == "title" else "").findings == []


def test_a_share_that_was_tested_is_not_tested_again(whole):
    verdict = whole("类别,件数,占比\n道路,50,50%\n饮水,30,31%\n其他,20,20%\n合计,100,100%\n")

    assert [f.kind for f in verdict.findings] == ["share"]


def test_rates_of_something_done_are_no_parts(whole):
    """办结率 of three villages need not make 100; nor shares of which one is not there."""
    assert whole("村,办结率\n甲,50%\n乙,40%\n丙,20%\n").relations == []
    assert whole("类别,排名,占比\n道路,1,50%\n饮水,2,40%\n其他,3,20%\n不详,4,—\n").relations == []
    assert whole("类别,占比\n道路,110%\n").relations == []
