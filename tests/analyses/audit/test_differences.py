"""Remainders: one column less another is a third one."""

from __future__ import annotations

import pytest

from visittally.analyses.audit.differences import check_differences


@pytest.fixture
def checked(judged):
    return lambda text: judged(text, check_differences)


def test_a_heading_tells_of_a_remainder_in_a_single_row(checked, found, related):
    verdict = checked("村,问题,办结,未办结\n甲,30,21,9\n")

    assert (found(verdict), related(verdict)) == ([], [("问题 - 办结 = 未办结", 1, 1, "header")])
    assert verdict.tested == {(0, 1), (0, 2), (0, 3)}


def test_rows_that_do_not_hold_are_found_where_half_of_them_do(checked, found):
    """The columns name each other: half of the rows, or all rows of none, are enough."""
    half = checked("村,问题,办结,未办结\n甲,30,21,9\n乙,30,20,11\n")
    none = checked("村,问题,办结,未办结\n甲,30,21,8\n乙,30,20,11\n")

    assert found(half) == [("乙", "未办结", "difference", 10, "")]
    assert half.findings[0].source == "30 - 20"
    assert [(f.row, f.recomputed, f.difference) for f in none.findings] == [("甲", 9, -1), ("乙", 10, 1)]


def test_columns_name_each_other_by_a_word_or_by_what_is_done_of_what_is_due(checked, found):
    word = checked("村,树,栽,未栽\n甲,30,21,8\n乙,30,20,11\n")
    kind = checked("place,target,visited,remaining\nAsh,30,21,8\nElm,30,20,11\n")

    assert [f.recomputed for f in word.findings] == [f.recomputed for f in kind.findings] == [9, 10]


def test_of_several_wholes_the_one_that_holds_in_most_rows_is_meant(checked, found, related):
    """受理 and 问题 may both be the whole of 办结: that one counts which holds in half of the rows at least."""
    text = "村,受理,问题,办结,未办结\n甲,40,30,21,9\n乙,40,30,20,{}\n丙,{},30,15,15\n丁,27,30,20,7\n"

    verdict = checked(text.format(12, 41))
    assert related(verdict) == [("问题 - 办结 = 未办结", 2, 4, "header")]
    assert [(f.row, f.recomputed) for f in verdict.findings] == [("乙", 10), ("丁", 10)]

    assert related(checked(text.format(20, 30))) == [("受理 - 办结 = 未办结", 3, 4, "header")]
    assert related(checked(text.format(12, 41).replace("15,15", "15,16"))) == []


def test_columns_that_do_not_name_each_other_are_not_held_against_each_other(checked):
    """What is left of what, no heading tells: where it does not hold, nothing is said."""
    assert checked("place,trees,houses,left\nAsh,30,21,8\nElm,30,20,11\n").relations == []
    assert len(checked("place,trees,houses,left\nAsh,30,21,9\nElm,30,20,10\n").relations) == 1


def test_units_are_no_remainder(checked):
    """No finding where a heading only begins as "unresolved" does."""
    assert checked("place,households,visits,units\nAsh,30,20,5\nElm,40,31,6\nOak,50,44,9\n").relations == []


def test_parts_of_others_and_other_remainders_leave_no_remainder(checked, related):
    """30 - 21 = 9, whichever column the 21 stands in first."""
    verdict = checked("村,问题,其中:道路,未评价,办结,未办结\n甲,30,21,21,21,9\n")

    assert ("问题 - 办结 = 未办结", 1, 1, "header") in related(verdict)
    assert all("其中" not in formula for formula, *_more in related(verdict))


def test_figures_alone_tell_of_a_remainder_from_three_rows_on(checked, related):
    """The headings say nothing; 400 - 123 = 277 does not come about by chance three times."""
    text = "place,a,b,c\nAsh,400,123,277\nElm,350,170,180\nOak,290,55,235\n"

    assert related(checked(text)) == [("a - b = c", 3, 3, "figures")]
    assert checked(text.rsplit("Oak", 1)[0]).relations == []


def test_small_figures_are_no_evidence(checked):
    """Three columns can be put together in 27 ways: three wholes must be at least 30 (a thousand times 27)."""
    text = "place,a,b,c\nAsh,{0},7,{1}\nElm,{0},9,{2}\nOak,{0},4,{3}\n"

    assert len(checked(text.format(31, 24, 22, 27)).relations) == 1
    assert checked(text.format(29, 22, 20, 25)).relations == []


def test_the_same_row_again_and_rows_with_nothing_are_no_evidence(checked):
    same = "place,a,b,c\nAsh,400,123,277\nElm,400,123,277\nOak,350,170,180\n"
    nothing = "place,a,b,c\nAsh,400,123,277\nElm,350,0,350\nOak,290,55,235\n"

    assert checked(same).relations == []
    assert checked(nothing).relations == []


FIVE = "place,a,b,c\nAsh,400,123,277\nElm,350,170,180\nOak,290,55,235\nFir,610,200,410\nBay,330,100,{}\n"


def test_four_rows_of_five_are_enough_and_the_fifth_is_found(checked, found):
    assert found(checked(FIVE.format(240))) == [("Bay", "c", "difference", 230, "")]
    assert checked(FIVE.format(240).replace("410", "415")).relations == []


def test_what_always_falls_short_is_a_column_that_the_table_does_not_have(checked):
    """Without a heading: 330 - 100 leaves 10 more than the 220 that are printed."""
    assert checked(FIVE.format(220)).relations == []


def test_further_columns_may_make_up_what_is_missing(checked, found, related):
    """4 + 6 were neither done nor are they open: they stand in columns of their own, which are nothing elsewhere."""
    text = "村,问题,办结,未办结,无效,重复\n甲,30,20,10,0,0\n乙,40,20,10,4,6\n丙,50,20,24,6,\n丁,9,4,5,,{}\n"
    verdict = checked(text.format(0))

    assert found(verdict) == []
    assert related(verdict)[0] == ("问题 - 办结 - 无效 - 重复 = 未办结", 4, 4, "header")
    assert [(f.row, f.recomputed) for f in checked(text.format(1)).findings] == [("乙", 20), ("丙", 30)]


def test_no_more_than_three_columns_make_it_up(checked):
    text = "村,问题,办结,未办结,无效,重复,转出,撤回\n甲,30,20,10,,,,\n乙,40,20,10,4,3,{}\n"

    assert [r.formula for r in checked(text.format("3,")).relations][:1] == [
        "问题 - 办结 - 无效 - 重复 - 转出 = 未办结"
    ]
    assert [f.row for f in checked(text.format("2,1")).findings] == ["乙"]


def test_totals_and_what_a_heading_told_are_not_tried_again(checked, related):
    """未办结 was told of; 合计 is the sum of others, and no whole of a remainder."""
    verdict = checked("村,问题,办结,未办结\n甲,400,123,277\n乙,350,170,180\n丙,290,55,235\n")
    total = checked("place,a,b,total\nAsh,123,277,400\nElm,170,180,350\nOak,55,235,290\n")

    assert len(related(verdict)) == 1
    assert related(total) == []


def test_rounded_figures_may_be_off_by_half_a_unit_each(checked, found):
    """1.0 - 0.3 = 0.8 may be: 1.04 - 0.26 = 0.78. 0.9 may not, in three halves of a tenth."""
    text = "村,问题,办结,未办结\n甲,1.0,0.3,{}\n乙,1.0,0.4,0.6\n"

    assert found(checked(text.format("0.8"))) == []
    assert [f.row for f in checked(text.format("0.9")).findings] == ["甲"]


def test_a_total_is_tried_only_where_all_its_parts_have_all_figures(checked):
    """乙 has no number of issues: the total of 办结 covers more rows than the total of 问题."""
    verdict = checked("村,问题,办结,未办结\n甲,30,21,9\n乙,,5,1\n合计,30,26,10\n")

    assert [(r.holds, r.rows) for r in verdict.relations] == [(1, 1)]
