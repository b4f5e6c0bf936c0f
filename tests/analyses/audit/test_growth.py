"""Changes in per cent, and ranks."""

from __future__ import annotations

import pytest

from visittally.analyses.audit.growth import check_growth, check_ranks, wrong_word


@pytest.fixture
def grown(judged):
    return lambda text: judged(text, check_growth)


@pytest.fixture
def ranked(judged):
    return lambda text: judged(text, check_ranks)


# ---------------------------------------------------------------- growth
def test_a_change_is_divided_by_the_earlier_figure(grown, found, related):
    verdict = grown("乡镇,上月,本月,环比\n甲,40,50,25.0%\n乙,80,60,-25.0%\n丙,50,60,16.7%\n")

    assert related(verdict) == [("环比 = (本月 - 上月) / 上月", 2, 3, "header")]
    assert found(verdict) == [("丙", "环比", "growth", 20, "other base: it is divided by the later figure")]
    assert verdict.findings[0].source == "(60 - 50) / 50"
    assert verdict.tested == {(row, c) for row in (0, 1, 2) for c in (1, 2, 3)}


@pytest.mark.parametrize(
    ("change", "kind", "explanation"),
    [
        ("-25.0%", "growth", "the sign is exchanged"),
        ("20.0%", "growth", "other base: it is divided by the later figure"),
        ("24.9%", "growth", ""),
        ("25%", None, ""),
    ],
)
def test_the_nearest_explanation_of_a_change(grown, change, kind, explanation):
    """From 40 to 50: a quarter more."""
    verdict = grown(f"乡镇,上月,本月,环比\n甲,40,50,{change}\n")

    assert [(f.kind, f.explanation) for f in verdict.findings] == ([(kind, explanation)] if kind else [])


def test_points_of_a_rate_are_no_per_cent(grown, found):
    """40 % to 50 % are ten points or a quarter; where the cell says points, nothing is wrong."""
    verdict = grown(
        "乡镇,上月办结率,本月办结率,环比\n甲,40.0%,50.0%,10.0%\n乙,80.0%,60.0%,-25.0%\n丙,50%,60%,10个百分点\n"
    )

    assert found(verdict) == [("甲", "环比", "points_as_percent", 25, "these are percentage points, not per cent")]


def test_counts_have_no_points(grown):
    """Ten issues more are no ten per cent, whatever was meant."""
    assert [f.kind for f in grown("乡镇,上月,本月,环比\n甲,40,50,10.0%\n").findings] == ["growth"]


def test_rounded_figures_allow_for_a_range(grown):
    """8.2万 and 9.0万 are about: from 7.38 to 9.9 are 34 per cent at most... 22 may be, 50 may not."""
    text = "乡镇,上月,本月,环比\n甲,8.2万,9.0万,{}%\n"

    assert [len(grown(text.format(change)).findings) for change in (9, 22, 50)] == [0, 0, 1]


@pytest.mark.parametrize("before", ["0", "", "-3"])
def test_nothing_grows_from_nothing(grown, before):
    verdict = grown(f"乡镇,上月,本月,环比\n甲,{before},50,25.0%\n乙,40,50,25.0%\n")

    assert [(r.holds, r.rows) for r in verdict.relations] == [(1, 1)]


def test_the_change_on_the_year_is_of_the_same_month_of_last_year(grown, related):
    verdict = grown("乡镇,上月,上年同月,本月,环比,同比\n甲,40,25,50,25.0%,100.0%\n")

    assert related(verdict) == [
        ("环比 = (本月 - 上月) / 上月", 1, 1, "header"),
        ("同比 = (本月 - 上年同月) / 上年同月", 1, 1, "header"),
    ]
    assert verdict.findings == []


def test_without_words_the_columns_that_fit_are_taken(grown, found, related):
    """Three rows: four of five must hold; fewer rows: half of them."""
    text = "place,May,June,growth\nAsh,40,50,25.0%\nElm,80,60,-25.0%\nOak,50,60,20.0%\nFir,10,30,200.0%\nBay,20,25,{}\n"

    verdict = grown(text.format("26.0%"))
    assert related(verdict) == [("growth = (June - May) / May", 4, 5, "figures")]
    assert found(verdict) == [("Bay", "growth", "growth", 25, "")]
    assert grown(text.format("26.0%").replace("20.0%", "21.0%")).relations == []

    two = "place,May,June,growth\nAsh,40,50,25.0%\nElm,80,60,{}\n"
    assert len(grown(two.format("-26.0%")).findings) == 1
    assert grown(two.replace("25.0%", "24.0%").format("-26.0%")).relations == []


def test_a_change_is_of_two_columns_of_one_kind(grown):
    """60 issues are 50 % more than 40 per cent, but nobody would say so."""
    assert grown("place,rate,issues,growth\nAsh,40%,60,50.0%\nElm,40%,60,50.0%\nOak,40%,60,50.0%\n").relations == []


def test_a_change_on_the_month_is_no_change_on_the_year(grown):
    verdict = grown("乡镇,上月,本月,较上月同比\n甲,40,50,25.0%\n")

    assert [(f.line, f.kind, f.printed) for f in verdict.findings] == [(2, "wrong_word", "25.0%")]
    assert grown("乡镇,上月,本月,较上月环比\n甲,40,50,25.0%\n").findings == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("较上月同比", True), ("较上月环比", False), ("比上年同期环比", True), ("较上年同期增长，环比", False)],
)
def test_month_on_month_is_no_year_on_year(text, wrong):
    """Only where the wrong word belongs to the comparison."""
    assert wrong_word(text) is wrong


# ---------------------------------------------------------------- ranks
@pytest.mark.parametrize(
    ("ranks", "values"),
    [
        ("1,2,2,4,5", "40,30,30,20,10"),  # ties share the best rank
        ("1,2,2,3,4", "40,30,30,20,10"),  # or no rank is left out
        ("1,2,3,4,5", "40,30,30,20,10"),  # or ties are numbered as they come
        ("5,3,3,2,1", "40,30,30,20,10"),  # the least first
        ("1,2,3,4,5", "40.5%,30.2%,30.1%,20%,10%"),
    ],
)
def test_ways_of_ranking(ranked, ranks, values):
    rows = "".join(
        f"v{i},{value},{rank}\n"
        for i, (value, rank) in enumerate(zip(values.split(","), ranks.split(","), strict=True))
    )
    verdict = ranked("village,done,rank\n" + rows)

    assert [(r.formula, r.holds, r.rows) for r in verdict.relations] == [("rank: order of done", 5, 5)]
    assert verdict.findings == []


def test_a_rank_that_is_out_of_order_is_found(ranked, found):
    verdict = ranked("村,办结,排名\n甲,40,1\n乙,30,2\n丙,25,3\n丁,20,4\n戊,10,3\n")

    assert found(verdict) == [("戊", "排名", "rank", 5, "")]
    assert verdict.findings[0].source == "办结 10"
    assert verdict.tested == {(row, 2) for row in range(5)}


def test_four_ranks_of_five_must_hold_and_three_must_be_there(ranked):
    assert ranked("村,办结,排名\n甲,40,1\n乙,30,2\n丙,25,3\n丁,20,5\n戊,10,6\n").relations == []
    assert ranked("村,办结,排名\n甲,40,1\n乙,30,2\n").relations == []
    assert len(ranked("村,办结,排名\n甲,40,1\n乙,30,2\n丙,25,3\n").relations) == 1


def test_the_column_that_the_heading_names_is_followed_where_several_fit(ranked, related):
    verdict = ranked("村,走访,办结,办结排名\n甲,90,40,1\n乙,80,30,2\n丙,70,20,3\n")

    assert related(verdict) == [("办结排名: order of 办结", 3, 3, "figures")]


def test_a_column_of_one_value_or_with_gaps_gives_no_order(ranked):
    assert ranked("村,办结,排名\n甲,40,1\n乙,40,1\n丙,40,1\n").relations == []
    assert ranked("村,办结,排名\n甲,40,1\n乙,30,2\n丙,20,3\n丁,,4\n").relations == []


def test_totals_have_no_rank(ranked):
    verdict = ranked("村,办结,排名\n甲,40,1\n乙,30,2\n丙,20,3\n合计,90,9\n")

    assert [(r.holds, r.rows) for r in verdict.relations] == [(3, 3)]
    assert verdict.findings == []


def test_issues_with_growth_in_their_name_are_counts_of_mentions(grown):
    """As a crosstab prints them: whole numbers, most of them nought, with nothing that says per cent."""
    rows = "".join(f"v{i},1,0,1\n" for i in range(12))
    counts = grown(f"Village,Roads,Population growth,Visits\n{rows}v13,2,3,4\nv14,0,1,5\nTotal,14,4,21\n")
    assert counts.findings == []
    assert counts.relations == []
