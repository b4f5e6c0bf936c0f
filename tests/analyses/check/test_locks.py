"""Two locks: a figure is pointed out only where it passes a threshold and stands out from the rest."""

from __future__ import annotations

import numpy as np
import pytest

from visittally.analyses.check.locks import Hit, Hits, SignalFound, VisitorMeasure, share_signal, shares


def visitors(*pairs):
    """Flags, base and members of visitors of whom each has some records, of which the first ones show the signal."""
    flags = np.concatenate([np.arange(n) < count for count, n in pairs])
    ends = np.cumsum([n for _count, n in pairs])
    members = [np.arange(end - n, end) for end, (_count, n) in zip(ends, pairs, strict=True)]
    return flags, np.ones(len(flags), bool), members


def opened(*pairs, threshold=20.0, low=False):
    """For each visitor whether both locks are open; "none" where nothing is said."""
    found = shares(*visitors(*pairs), threshold, low=low)
    return [found[i].recheck if i in found else "none" for i in range(len(pairs))]


def test_the_share_of_a_visitor_beside_that_of_the_rest():
    """12 of 40, and 6 of the other 60."""
    found = shares(*visitors((12, 40), (6, 60)), 20.0)[0]

    assert (found.n, found.count, found.value, found.rest) == (40, 12, 30.0, 10.0)
    # pooled: 18 of 100; 0.2 / sqrt(0.18 x 0.82 x (1/40 + 1/60))
    assert found.z == pytest.approx(0.2 / np.sqrt(0.18 * 0.82 * (1 / 40 + 1 / 60)))


@pytest.mark.parametrize(("n", "said"), [(9, "none"), (10, None), (29, None), (30, True)])
def test_few_records_say_nothing_or_little(n, said):
    assert opened((n, n), (0, 100))[0] == said


def test_both_locks_must_be_open():
    """30 % against 0 % stands out; 20 % passes no threshold of 20; 26 % against 24 % does not stand out."""
    assert opened((30, 100), (0, 100)) == [True, False]
    assert opened((20, 100), (0, 100)) == [False, False]
    assert opened((26, 100), (24, 100)) == [False, False]


def test_z_of_three_is_enough():
    """100 and 100 records: 30 against 13 are z = 2.93, against 12 z = 3.12."""
    assert opened((30, 100), (13, 100)) == [False, False]
    assert opened((30, 100), (12, 100)) == [True, False]


def test_what_is_far_below_the_others_is_pointed_out_on_request():
    """A third of the others' share at most."""
    assert opened((10, 100), (30, 100), threshold=50, low=True) == [True, False]
    assert opened((11, 100), (30, 100), threshold=50, low=True) == [False, False]
    assert opened((10, 100), (30, 100), threshold=50) == [False, False]
    assert opened((1, 30), (3, 30), threshold=50, low=True) == [False, False]  # that may be chance


def test_a_single_visitor_has_no_rest():
    found = shares(*visitors((30, 40)), 20.0)[0]

    assert (found.rest, found.z, found.recheck) == (None, None, False)


def test_only_records_of_the_base_count():
    flags, base, members = visitors((20, 40), (0, 60))
    base[:10] = False
    found = shares(flags, base, members, 20.0)

    assert (found[0].n, found[0].count) == (30, 10)


# ---------------------------------------------------------------- signals
def test_a_signal_lists_the_records_that_show_it():
    flags, base, members = visitors((2, 12), (1, 12))
    base[0] = False
    found = share_signal("short", flags, base, members, 20.0, values=np.arange(24.0))

    assert (found.base, found.count, found.state, found.threshold) == (23, 2, "computed", 20.0)
    assert list(found.hits) == [Hit(1, 1.0), Hit(12, 12.0)]
    assert share_signal("short", *visitors((1, 9)), 20.0).state == "too_few"
    assert share_signal("short", *visitors((1, 10)), 20.0).state == "computed"


def test_hits_with_figures_and_partners():
    assert list(Hits(np.array([3, 5]))) == [Hit(3), Hit(5)]
    assert list(Hits(np.array([3, 5]), np.array([1.5, np.nan]), np.array([7, 8]))) == [Hit(3, 1.5, 7), Hit(5, None, 8)]
    assert len(Hits(np.array([3, 5]))) == 2


def test_visitors_that_are_pointed_out_are_counted():
    measures = {i: VisitorMeasure(30, 1, 1.0, 1.0, 1.0, recheck) for i, recheck in enumerate([True, False, None, True])}

    assert SignalFound("short", measures=measures).rechecks == 2
    assert SignalFound("short").rechecks == 0
