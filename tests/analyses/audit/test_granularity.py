"""GRIM: whether some whole number gives a printed mean or share."""

from __future__ import annotations

import pytest

from visittally.analyses.audit.granularity import check_granularity, check_means


def test_each_row_is_tried_against_its_own_base(judged, found, related):
    """33.4 % of 12 is impossible (4 of 12 are 33.3 %), 25.0 % is 3 of 12; a base of 1,000 gives every share."""
    verdict = judged(
        "place,rate,n\nAsh,33.4%,12\nElm,25.0%,12\nOak,33.4%,1000\nFir,33.4%,\nBay,33.4%,约12\n",
        lambda v: check_granularity(v, 1, 2, 100),
    )

    assert found(verdict) == [("Ash", "rate", "granularity", None, "no whole number of 12 gives it")]
    assert verdict.findings[0].source == "n = 12"
    assert related(verdict) == [("rate: some whole number of n", 1, 2, "header")]
    assert verdict.tested == {(0, 1), (0, 2), (1, 1), (1, 2)}


def test_where_every_share_is_possible_nothing_was_tested(judged):
    verdict = judged("place,rate,n\nAsh,33.4%,1000\n", lambda v: check_granularity(v, 1, 2, 100))

    assert (verdict.findings, verdict.relations, verdict.tested) == ([], [], set())


@pytest.mark.parametrize(
    ("heading", "title", "tested"),
    [
        ("mean score", "", False),  # "score" follows from no other figure of the table
        ("average age", "", True),
        ("mean", "Persons by village", True),
        ("人均分", "", True),
        ("mean distance", "", False),  # kilometres come in fractions
    ],
)
def test_means_of_what_can_only_be_whole(judged, heading, title, tested):
    """5.19 is no mean of 28 whole numbers: 145 of them are 5.18, 146 are 5.21."""
    verdict = judged(f"place,n,{heading}\nAsh,28,5.19\nElm,20,3.45\n", check_means, title=title)

    assert [f.row for f in verdict.findings] == (["Ash"] if tested else [])
    assert len(verdict.relations) == int(tested)


def test_means_are_tried_where_one_column_alone_can_be_their_base(judged):
    assert judged("place,n,base,average age\nAsh,28,30,5.19\n", check_means).findings == []
    assert judged("place,visits,average age\nAsh,28,5.19\n", check_means).findings == []
    assert len(judged("place,visits,n,average age\nAsh,9,28,5.19\n", check_means).findings) == 1
