"""Sums of small figures of which records would tell the parts."""

import pytest

from visittally.disclosure.moves import Relation, ShownFigure
from visittally.disclosure.narrow import telling_nets, too_narrow

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


@pytest.mark.parametrize("pair", [(3, 4), (1, 2), (4, 4), (1, 1), (2, 2), (3, 3), (1, 3)])
def test_the_cheapest_figure_beside_two_that_leave_few_values_is_hidden(pair):
    assert narrow("resolved", *pair, 9, 6, 0, hidden=(0, 1)) == {("resolved", about("3"))}


@pytest.mark.parametrize("pair", [(1, 4), (2, 3), (3, 2)])
def test_four_ways_are_enough(pair):
    assert narrow("resolved", *pair, 9, 6, hidden=(0, 1)) == set()


def test_a_larger_hidden_figure_or_a_secret_one_leaves_room():
    assert narrow("handled", 3, 4, 9, 6, hidden=(0, 1, 3)) == set()
    assert narrow("handled", 3, 4, 9, 6, hidden=(0, 1), secret=(2,)) == set()


def test_cases_and_records_with_one_issue_at_most_are_divided_freely():
    assert narrow("cases", 3, 4, 9, 6, hidden=(0, 1)) == set()
    assert narrow("resolved", 3, 4, 9, 6, hidden=(0, 1), mentions=20) == set()


def test_where_nothing_else_is_shown_nothing_more_is_hidden():
    assert narrow("resolved", 3, 4, hidden=(0, 1), total=0) == set()


def nets(*, hidden, mentions=60, net=48, known=False):
    """Which nets are to be hidden beside the cases of two places."""
    wet = ("mentions", frozenset({("net", "wet")}))
    keys = [("mentions", EVERYTHING), ("raised", EVERYTHING), wet, ("mentions", about("Ash"))]
    keys += [(measure, about(place)) for place in ("Ash", "Birch") for measure in ("raised", "not_recorded")]
    values = (mentions, 50, net, 35, 30, 4, 20, 2)
    figures = [ShownFigure(n, cost=n + 1, known=known) for n in values]
    return telling_nets(keys, figures, {i for i, key in enumerate(keys) if key in hidden}), wet


def test_a_net_is_hidden_where_the_cases_of_places_are():
    """It would tell how many records named two of its answers, and so where these stand."""
    for hidden in (("raised", about("Ash")), ("raised", about("Birch"))):
        found, wet = nets(hidden=[hidden])
        assert found == {wet}


def test_a_net_that_tells_nothing_new_stays():
    raised = ("raised", about("Ash"))
    assert nets(hidden=[])[0] == set()
    assert nets(hidden=[("not_recorded", about("Ash"))])[0] == set()
    assert nets(hidden=[("raised", EVERYTHING)])[0] == set()
    assert nets(hidden=[raised], mentions=50)[0] == set()
    assert nets(hidden=[raised], net=0)[0] == set()
    assert nets(hidden=[raised], known=True)[0] == set()
    assert nets(hidden=[raised, nets(hidden=[])[1]])[0] == set()
