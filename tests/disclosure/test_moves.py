"""Other values of a few figures with which everything that readers know still holds."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.disclosure.moves import NOTHING, ROUNDS, MoveSearch, Relation, ShownFigure


def total(whole, *parts, low=0, high=0):
    """The whole is the sum of its parts."""
    return Relation((*((i, 1) for i in parts), (whole, -1)), low, high)


def at_most(less, more):
    """One figure is not larger than another."""
    return Relation(((more, 1), (less, -1)), 0, math.inf)


def search(values, relations, *, costs=None, hidden=(), known=(), secret=(), min_cell=5):
    """A search among figures with these values; the figures are named by their positions."""
    costs = costs or [1.0] * len(values)
    figures = [
        ShownFigure(value, cost, known=i in known, secret=i in secret)
        for i, (value, cost) in enumerate(zip(values, costs, strict=True))
    ]
    found = MoveSearch(figures, relations, min_cell)
    found.hide(hidden)
    return found


def square(**more):
    """Two villages by two issues with all totals.

    2 8 | 10
    7 9 | 16
    ----+---
    9 17| 26, at positions 0 1 2 / 3 4 5 / 6 7 8.
    """
    rows = [total(2, 0, 1), total(5, 3, 4), total(8, 6, 7)]
    columns = [total(6, 0, 3), total(7, 1, 4), total(8, 2, 5)]
    return search([2, 8, 10, 7, 9, 16, 9, 17, 26], [*rows, *columns], **more)


def test_a_part_moves_against_the_part_that_is_cheapest_to_hide():
    among = search([3, 7, 9, 19], [total(3, 0, 1, 2)], costs=[1, 4, 2, 9])

    move = among.move(0, ROUNDS)

    assert move.keys() == {0, 2}
    assert sum(move.values()) == 0


def test_what_is_hidden_already_moves_rather_than_what_is_shown():
    among = search([3, 7, 9, 19], [total(3, 0, 1, 2)], costs=[1, 4, 2, 9], hidden=[1])

    assert among.move(0, ROUNDS).keys() == {0, 1}


def test_a_total_moves_with_its_part():
    """The whole costs least, and goes the same way."""
    move = search([3, 7, 10], [total(2, 0, 1)], costs=[1, 5, 2]).move(0, ROUNDS)

    assert move in ({0: 1, 2: 1}, {0: -1, 2: -1})


def test_in_a_table_with_totals_four_cells_move_at_once():
    """2 8 / 7 9 with all totals known: the only other worlds are 1 9 / 8 8 and 3 7 / 6 10."""
    move = square(known=[2, 5, 6, 7, 8]).move(0, ROUNDS)

    assert move in ({0: 1, 1: -1, 3: -1, 4: 1}, {0: -1, 1: 1, 3: 1, 4: -1})


def test_known_figures_and_zeros_do_not_move():
    assert search([3, 7, 10], [total(2, 0, 1)], known=[1, 2]).move(0, ROUNDS) is None
    assert search([3, 0, 3], [total(2, 0, 1)], known=[2]).move(0, ROUNDS) is None


def test_a_shown_figure_stays_at_least_one():
    """1 and 1 of 2: neither can go down, so neither can go up."""
    assert search([1, 1, 2], [total(2, 0, 1)], known=[2]).move(0, ROUNDS) is None


def test_a_secret_may_be_nothing_or_come_from_nothing():
    """A secret 0 beside 4 may be a 1 beside 3, a secret 1 beside 1 may be a 0 beside 2; below 0 there is nothing."""
    assert search([0, 4, 4], [total(2, 0, 1)], known=[2], secret=[0]).move(0, ROUNDS) == {0: 1, 1: -1}
    assert search([1, 1, 2], [total(2, 0, 1)], known=[2], secret=[0]).move(0, ROUNDS) == {0: -1, 1: 1}
    assert not search([0], [], secret=[0]).can_step(0, -1)


def test_a_small_figure_moves_so_that_it_still_prints_as_small():
    """4 of `<5` goes down: going up it could no longer be printed so."""
    assert search([4, 9, 13], [total(2, 0, 1)], known=[2]).move(0, ROUNDS) == {0: -1, 1: 1}


def test_that_a_figure_no_longer_prints_as_small_costs_as_much_as_a_typical_figure():
    """The typical cost is that in the middle, of figures that are neither 0 nor known."""
    among = search([4, 9, 0, 12, 7], [], costs=[2, 6, 50, 3, 70], hidden=[0], known=[4])

    assert among.loss(0, -1) == 0
    assert among.loss(0, 1) == 3
    assert among.loss(1, 1) == 6
    assert search([1], [], min_cell=2, hidden=[0]).loss(0, 1) == 1


def test_a_secret_prints_as_nothing():
    assert search([4], [], secret=[0], hidden=[0]).loss(0, 1) == 0


def test_a_limit_keeps_a_figure_from_going_over_it():
    """6 of at most 6, which is known: it can only go down."""
    among = search([6, 6, 9, 15], [at_most(0, 1), total(3, 0, 2)], known=[1, 3])

    assert among.move(0, ROUNDS) == {0: -1, 2: 1}


def test_a_limit_with_room_left_does_not_bind():
    """6 of at most 8."""
    assert search([6, 8], [at_most(0, 1)], known=[1]).move(0, ROUNDS) in ({0: 1}, {0: -1})


def test_a_broken_relation_wants_its_sum_back():
    """The sum, parts less whole, went up and wants to come down; and the other way round."""
    among = search([6, 9, 15], [total(2, 0, 1)])
    up, down = (among.after(NOTHING, ((0, step),)) for step in (1, -1))

    assert among.wanted(up, 0) == -1
    assert among.wanted(down, 0) == 1


def test_a_harder_search_follows_where_a_short_one_finds_nothing():
    assert square().move(0, [(1, 12, 4)]) is None
    assert square().move(0, [(1, 12, 4), (200, 12, 4)]) is not None


def test_only_so_many_figures_are_tried_to_set_a_relation_right():
    """The cheapest two lead nowhere, as they are tied to what is known; the third is not looked at."""
    relations = [total(4, 0, 1, 2, 3), Relation(((1, 1),), 7, 7), Relation(((2, 1),), 8, 8)]
    among = search([3, 7, 8, 9, 27], relations, costs=[1, 1, 2, 3, 4], known=[4])

    assert among.move(0, [(100, 0, 2)]) is None
    assert among.move(0, [(100, 0, 3)]).keys() == {0, 3}


def test_hidden_and_shown_figures_have_limits_of_their_own():
    relations = [total(3, 0, 1, 2)]
    values, costs = [3, 7, 8, 18], [1, 2, 1, 9]

    of_hidden = search(values, relations, costs=costs, hidden=[1], known=[3])
    assert of_hidden.move(0, [(100, 1, 0)]).keys() == {0, 1}
    assert of_hidden.move(0, [(100, 0, 1)]).keys() == {0, 2}


def triangle(**more):
    """Three figures of which each two hang together, all sums known.

    5 + 6 = 11, 5 + 7 = 12, 7 - 6 = 1: one more of the first is one less of both others.
    """
    relations = [total(3, 0, 1), total(4, 0, 2), Relation(((1, -1), (2, 1)), 1, 1)]
    return search([5, 6, 7, 11, 12], relations, known=[3, 4], **more)


def test_two_hidden_figures_set_two_relations_right_at_once():
    """None is tried alone here."""
    moves = ({0: 1, 1: -1, 2: -1}, {0: -1, 1: 1, 2: 1})

    assert triangle(hidden=[1, 2]).move(0, [(4, 0, 0)]) in moves
    assert triangle().move(0, [(100, 1, 1)]) in moves


@pytest.mark.parametrize("hidden", [[0], [1], [2]])
def test_figures_that_are_shown_do_not_close_a_move_at_once(hidden):
    assert triangle(hidden=hidden).move(0, [(100, 0, 0)]) is None


def test_two_hidden_figures_close_nothing_where_a_third_relation_breaks():
    """7 - 6 = 1 becomes 7 + 6 = 13: both going down does not keep it."""
    relations = [total(3, 0, 1), total(4, 0, 2), Relation(((1, 1), (2, 1)), 13, 13)]
    among = search([5, 6, 7, 11, 12], relations, known=[3, 4], hidden=[0, 1, 2])

    assert among.move(0, ROUNDS) is None


@pytest.mark.parametrize("figure", range(4))
def test_a_figure_alone_in_its_relation_follows_from_it(figure):
    among = search([3, 4, 5, 6], [Relation(((figure, 1),), 3 + figure, 3 + figure)])

    assert among.move(figure, ROUNDS) is None


def invented(draw):
    """Figures, some hidden, known or secret, and relations between them that hold for their values."""
    values = draw(st.lists(st.integers(0, 8), min_size=3, max_size=7))
    some = st.sets(st.integers(0, len(values) - 1))
    relations = []
    for terms in draw(st.lists(st.dictionaries(st.integers(0, len(values) - 1), st.sampled_from((1, -1)), min_size=1))):
        exact = sum(sign * values[i] for i, sign in terms.items())
        room = draw(st.sampled_from((0, 1, math.inf)))
        relations.append(Relation(tuple(sorted(terms.items())), exact, exact + room))
    costs = draw(st.lists(st.sampled_from((1.0, 2.0, 3.5)), min_size=len(values), max_size=len(values)))
    known, secret = draw(some), draw(some)
    return values, relations, {"costs": costs, "known": known - secret, "secret": secret, "hidden": draw(some) | secret}


surveys = st.composite(invented)()


@settings(max_examples=25)
@given(surveys)
def test_a_move_is_another_world_in_which_all_that_is_known_holds(survey):
    values, relations, more = survey
    for i in range(len(values)):
        move = search(values, relations, **more).move(i, ROUNDS[:1])
        if move is not None:
            world = [value + move.get(j, 0) for j, value in enumerate(values)]
            assert move[i]
            assert all(r.low <= sum(s * world[j] for j, s in r.terms) <= r.high for r in relations)
            assert all(world[j] >= (0 if j in more["secret"] else 1) for j in move)
            assert not move.keys() & more["known"]
            assert all(values[j] or j in more["secret"] for j in move)


@settings(max_examples=25)
@given(surveys, st.data())
def test_broken_relations_are_counted_as_they_are_found(survey, data):
    """The count of what a step breaks and mends, by which moves are chosen, is that of the move with the step."""
    values, relations, more = survey
    among, partial = search(values, relations, **more), NOTHING
    for figure in data.draw(st.permutations(range(len(values)))):
        step = data.draw(st.sampled_from((1, -1)))
        after = among.after(partial, ((figure, step),))
        assert among.broken_after(partial, ((figure, step),)) == len(after.broken)
        assert among.breaks(figure, step) == among.after(NOTHING, ((figure, step),)).broken
        partial = after
    world = [value + partial.steps[i] for i, value in enumerate(values)]
    off = {n for n, r in enumerate(relations) if not r.low <= sum(s * world[i] for i, s in r.terms) <= r.high}
    assert partial.broken == off


@settings(max_examples=25)
@given(surveys)
def test_it_does_not_matter_when_a_figure_was_hidden(survey):
    """The steps that set a relation right are kept in order while more is hidden."""
    values, relations, more = survey
    early = search(values, relations, **more)
    late = search(values, relations, **{**more, "hidden": ()})
    sums = [(number, wanted) for number in range(len(relations)) for wanted in (1, -1)]
    for number, wanted in sums:
        late.ways_of(number, wanted)
    for figure in more["hidden"]:
        late.hide([figure, figure])

    for number, wanted in sums:
        ways = late.ways_of(number, wanted)
        assert ways == early.ways_of(number, wanted)
        shown, hidden = ({i for _cost, i, _step in of} for of in ways)
        assert hidden <= late.hidden
        assert shown.isdisjoint(late.hidden)
