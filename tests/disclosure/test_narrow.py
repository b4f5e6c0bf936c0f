"""Sums of small figures of which records would tell the parts."""

import pytest

from visittally.disclosure.moves import Relation, ShownFigure
from visittally.disclosure.narrow import too_narrow

EVERYTHING = frozenset()


def about(place):
    return frozenset({("village", place)})


def narrow(measure, *values, hidden, mentions=30, total=None, secret=()):
    """What is to be hidden of the parts of a sum; their places are numbers."""
    keys = [("mentions", EVERYTHING), ("raised", EVERYTHING), (measure, EVERYTHING)]
    keys += [(measure, about(str(place))) for place in range(len(values))]
    figures = [ShownFigure(n, cost=n + 1) for n in (mentions, 20, sum(values) if total is None else total)]
    figures += [ShownFigure(n, cost=n + 1, secret=place in secret) for place, n in enumerate(values)]
    terms = ((2, 1), *((3 + place, -1) for place in range(len(values))))
    return too_narrow(keys, figures, [Relation(terms)], {3 + place for place in hidden}, 5)


@pytest.mark.parametrize("pair", [(3, 4), (1, 2), (4, 4), (1, 1)])
def test_the_cheapest_figure_beside_two_that_leave_two_values_is_hidden(pair):
    assert narrow("resolved", *pair, 9, 6, 0, hidden=(0, 1)) == {("resolved", about("3"))}


@pytest.mark.parametrize("pair", [(2, 2), (1, 3), (3, 3), (2, 3)])
def test_three_ways_are_enough(pair):
    assert narrow("resolved", *pair, 9, 6, hidden=(0, 1)) == set()


def test_a_larger_hidden_figure_or_a_secret_one_leaves_room():
    assert narrow("handled", 3, 4, 9, 6, hidden=(0, 1, 3)) == set()
    assert narrow("handled", 3, 4, 9, 6, hidden=(0, 1), secret=(2,)) == set()


def test_cases_and_records_with_one_issue_at_most_are_divided_freely():
    assert narrow("cases", 3, 4, 9, 6, hidden=(0, 1)) == set()
    assert narrow("resolved", 3, 4, 9, 6, hidden=(0, 1), mentions=20) == set()


def test_where_nothing_else_is_shown_nothing_more_is_hidden():
    assert narrow("resolved", 3, 4, hidden=(0, 1), total=0) == set()
