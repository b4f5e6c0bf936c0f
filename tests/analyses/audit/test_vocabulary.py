"""What headings of finished tables say."""

from __future__ import annotations

import pytest

from visittally.analyses.audit.vocabulary import (
    FigureRole,
    done_of_due,
    is_bare_share,
    is_base,
    is_of_which,
    is_part_of_share,
    is_plan,
    is_remainder,
    is_share,
    is_total,
    pairs_of,
    plain,
    role_by_heading,
    says_several,
)


@pytest.mark.parametrize(
    ("heading", "folded"),
    [
        (" Percent_of  Base ", "percent of base"),
        ("ToDo", "to do"),
        ("办结 率", "办结率"),
        ("ＲＡＴＥ", "rate"),
        ("", ""),
    ],
)
def test_headings_are_looked_up_in_one_form(heading, folded):
    assert plain(heading) == folded


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("办结率", "rate"),
        ("占比", "rate"),
        ("percent", "rate"),
        ("handled_share", "rate"),
        ("done %", "rate"),
        ("separate", None),  # the letters of "rate" are no word
        ("环比", "growth"),
        ("change_percent", "growth"),
        ("growth rate", "growth"),  # a rate by its words, and a growth first
        ("previous", "other"),
        ("平均", "mean"),
        ("avg", "mean"),
        ("排名", "rank"),
        ("办结率排名", "rank"),
        ("排名依据", None),
        ("序号", "other"),
        ("household_id", "other"),
        ("median", "other"),
        ("最大", "other"),
        ("percent low", "other"),  # limits of an interval follow from no figures of the table
        ("Coverage: n", "other"),
        ("visits", None),
        ("问题", None),
        ("", None),
    ],
)
def test_roles_that_headings_tell_of(heading, role):
    assert role_by_heading(heading) == (None if role is None else FigureRole(role))


@pytest.mark.parametrize(
    ("asked", "yes", "no"),
    [
        (says_several, ["（多选）", "Multiple answers", "select all that apply"], ["单选", "answers", ""]),
        (is_share, ["占比", "percent", "%", "n %"], ["办结率", "占有率", "rate", "percentage rate率"]),
        (
            is_remainder,
            ["未办结", "尚未办结", "剩余", "待办", "remaining", "ToDo", "unresolved"],
            ["未登记", "办结", "un", "units", "union", "under 5"],
        ),
        (is_total, ["合计", "Grand  Total", "all"], ["合计数", "all villages", "totals"]),
        (is_of_which, ["其中:低保", "of which new", "Including empty"], ["included", "道路其中", "thereofs"]),
        (is_base, ["n", "Base", "样本数", "cases"], ["n1", "base year", "visits"]),
        (is_plan, ["目标", "应走访", "target", "due"], ["走访", "overdue", "targets"]),
        (is_part_of_share, ["Coverage: n", "走访率：件数"], ["Coverage: base", "n", "Coverage n"]),
        (is_bare_share, ["占比", "所占比例", "%", "Share", "percent %"], ["办结率", "share of base", "占总数的比例"]),
    ],
)
def test_questions_to_headings(asked, yes, no):
    assert [heading for heading in yes if not asked(heading)] == []
    assert [heading for heading in no if asked(heading)] == []


@pytest.mark.parametrize(
    ("part", "whole", "is_so"),
    [
        ("办结", "受理", True),
        ("处理中", "受理", False),
        ("visited", "target", True),
        ("target", "visited", False),
        ("satisfied", "asked", True),
        ("numerator", "denominator", True),
        ("mentions", "base", False),  # nothing is done there
    ],
)
def test_what_is_done_of_what_is_due(part, whole, is_so):
    assert done_of_due(part, whole) is is_so


# ---------------------------------------------------------------- of which two columns a rate is
def pairs(headings, rate=-1, counts=None):
    names = headings.split(",")
    at = rate % len(names)
    counts = [c for c in range(1, len(names)) if c != at] if counts is None else counts
    return [
        (names[one.part], None if one.whole is None else names[one.whole], one.sure)
        for one in pairs_of(at, names, counts)
    ]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        # what the rate names, of what that is done of
        ("镇,问题,办结,办结率", [("办结", "问题", True)]),
        ("镇,受理,问题,办结,办结率", [("办结", "受理", True), ("办结", "问题", True)]),
        ("place,target,visited,coverage rate", [("visited", "target", True)]),
        ("镇,问题,办结,未办结,办结率", [("办结", "问题", True)]),  # a remainder is no whole
        ("镇,评价,满意,不满意,满意率", [("满意", "评价", True)]),  # nor is the opposite
        ("镇,评价,满意,不满意,不满意率", [("不满意", "评价", True)]),
        # three columns of one name
        ("place,Coverage: n,Coverage: base,Coverage %", [("Coverage: n", "Coverage: base", True)]),
        # names that nobody knows: the column before the part; sure where no other is left
        ("place,a,b,b率", [("b", "a", True)]),
        ("place,c,a,b,b率", [("b", "a", False)]),
        ("place,b,a,b率", [("b", "a", True)]),
        # a share of a base, else of the total of the part
        ("answer,mentions,percent", [("mentions", None, False)]),
        ("answer,a,b,占比", [("b", None, False)]),
        ("answer,a,b,rate", [("b", "a", True)]),
        ("answer,rate", []),
    ],
)
def test_the_likeliest_pairs_of_a_rate(headings, expected):
    assert pairs(headings) == expected


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            "answer,mentions,base,% of base",
            [("mentions", "base", True), ("base", None, False), ("mentions", None, False)],
        ),
        ("answer,mentions,cases,percent_of_base", [("mentions", "cases", True), ("mentions", None, False)]),
        # two bases: neither is sure
        (
            "answer,mentions,cases,n,percent of base",
            [("mentions", "cases", False), ("mentions", "n", False), ("mentions", None, False)],
        ),
        # of its own column's total
        (
            "answer,mentions,base,percent of mentions",
            [("base", "mentions", True), ("mentions", None, False), ("base", None, False)],
        ),
        ("answer,件数,占件数的比例", [("件数", None, False)]),
    ],
)
def test_a_heading_may_name_the_whole(headings, expected):
    assert pairs(headings) == expected


def test_part_base_and_share_side_by_side_belong_together():
    names = "answer,count,visits,base,% of base"

    assert pairs(names)[0] == ("visits", "base", True)


def test_a_part_behind_its_share_is_not_sure():
    assert pairs("answer,base,% of base,mentions", rate=2)[0] == ("mentions", "base", False)


def test_a_district_is_no_negation():
    """What was dissatisfied is no part of those who were satisfied; a district may be of any rate."""
    assert pairs("place,district target,district visited,visited rate") == [
        ("district visited", "district target", True)
    ]
    assert pairs("place,asked,dissatisfied,satisfied,satisfied rate") == [("satisfied", "asked", True)]
    assert pairs("place,units,units visited,visited rate")[0][0] == "units visited"
