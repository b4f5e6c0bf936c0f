"""Every hidden figure keeps a second possible value."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.disclosure.moves import Relation, ShownFigure
from visittally.disclosure.suppression import suppress


def two_way(rows):
    """A table with row totals, column totals and a grand total, as figures and relations."""
    wide = len(rows[0])
    full = [[*row, sum(row)] for row in rows]
    full.append([sum(column) for column in zip(*full, strict=True)])
    figures = [ShownFigure(value, 1 + math.log2(1 + value)) for row in full for value in row]

    def at(row, column):
        return row * (wide + 1) + column

    across = [[*((at(r, c), 1) for c in range(wide)), (at(r, wide), -1)] for r in range(len(full))]
    down = [[*((at(r, c), 1) for r in range(len(rows))), (at(len(rows), c), -1)] for c in range(wide + 1)]
    return figures, [Relation(tuple(terms)) for terms in across + down]


def agrees(values, relations):
    return all(r.low <= sum(sign * values[i] for i, sign in r.terms) <= r.high for r in relations)


def possible(figures, relations, hidden, secret, min_cell, wanted):
    """Whether a reader holds another value of `wanted` for possible: every world is looked for."""
    top = max(figure.value for figure in figures) + 1
    bounds = [(figure.value, figure.value) for figure in figures]
    for i, why in hidden.items():
        bounds[i] = (1, min_cell - 1 if why == "primary" else top)
    for i in secret:
        bounds[i] = (0, top)
    low, high = bounds[wanted]
    true = figures[wanted].value
    others = [(low, true - 1), (true + 1, high)]
    return any(exists([*bounds[:wanted], other, *bounds[wanted + 1 :]], relations) for other in others)


def exists(bounds, relations):
    """Whether whole numbers within bounds meet all relations: bounds that follow are drawn in, then values tried."""
    bounds = drawn_in(bounds, relations)
    if bounds is None:
        return False
    open_ = [i for i, (low, high) in enumerate(bounds) if low < high]
    if not open_:
        return True
    i = min(open_, key=lambda i: bounds[i][1] - bounds[i][0])
    values = range(bounds[i][0], bounds[i][1] + 1)
    return any(exists([*bounds[:i], (value, value), *bounds[i + 1 :]], relations) for value in values)


def drawn_in(bounds, relations):
    """The bounds without values that no relation allows, None where one allows none at all."""
    bounds, before = list(bounds), None
    while bounds != before:
        before = list(bounds)
        for relation in relations:
            ends = [sorted((sign * bounds[i][0], sign * bounds[i][1])) for i, sign in relation.terms]
            least, most = sum(end[0] for end in ends), sum(end[1] for end in ends)
            for (i, sign), (down, up) in zip(relation.terms, ends, strict=True):
                # What the others leave for this term, at least and at most.
                ends_here = sorted(
                    (sign * max(relation.low - (most - up), down), sign * min(relation.high - (least - down), up))
                )
                bounds[i] = (max(bounds[i][0], ends_here[0]), min(bounds[i][1], ends_here[1]))
                if bounds[i][0] > bounds[i][1] or relation.low > most or relation.high < least:
                    return None
    return bounds


tables = st.integers(2, 3).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 6), min_size=wide, max_size=wide), min_size=2, max_size=3)
)


@settings(max_examples=40, deadline=None)
@given(tables, st.integers(2, 5))
def test_no_hidden_figure_of_a_two_way_table_can_be_worked_out(rows, min_cell):
    figures, relations = two_way(rows)
    solution = suppress(figures, relations, min_cell)
    for i in solution.hidden.keys() - solution.exposed:
        assert possible(figures, relations, solution.hidden, (), min_cell, i)


@settings(max_examples=40, deadline=None)
@given(tables, st.integers(2, 5))
def test_every_move_is_another_world_that_agrees_with_all_that_is_shown(rows, min_cell):
    figures, relations = two_way(rows)
    solution = suppress(figures, relations, min_cell)
    for i, number in solution.proof.items():
        move = solution.moves[number]
        world = [figure.value + move.get(j, 0) for j, figure in enumerate(figures)]
        assert move[i]
        assert agrees(world, relations)
        assert move.keys() <= solution.hidden.keys()
        assert all(1 <= world[j] < min_cell for j, why in solution.hidden.items() if why == "primary")


@settings(max_examples=40, deadline=None)
@given(tables, st.integers(2, 5))
def test_small_figures_are_hidden_and_zeros_stay(rows, min_cell):
    figures, relations = two_way(rows)
    hidden = suppress(figures, relations, min_cell).hidden
    assert {i for i, figure in enumerate(figures) if 0 < figure.value < min_cell} <= hidden.keys()
    assert all(figures[i].value for i in hidden)


def test_a_single_small_cell_takes_three_others_with_it():
    figures, relations = two_way([[2, 9, 20], [8, 9, 20], [30, 30, 30]])
    solution = suppress(figures, relations, 5)
    assert not solution.exposed
    assert list(solution.hidden.values()).count("primary") == 1
    assert list(solution.hidden.values()).count("secondary") == 3


def test_a_small_figure_that_readers_can_add_up_is_exposed():
    """3 = 10 - 7, and the readers know both."""
    figures = [ShownFigure(3), ShownFigure(7, known=True), ShownFigure(10, known=True)]
    assert suppress(figures, [Relation(((0, 1), (1, 1), (2, -1)))], 5).exposed == {0}


def test_two_ones_beside_their_sum_need_a_third():
    """Both at least 1 and 2 together: each is 1."""
    figures = [ShownFigure(1), ShownFigure(1), ShownFigure(8), ShownFigure(10)]
    hidden = suppress(figures, [Relation(((0, 1), (1, 1), (2, 1), (3, -1)))], 5).hidden
    assert hidden.keys() == {0, 1, 2}


def test_a_small_sum_of_as_many_parts_does_not_print_as_small():
    """Four parts of at least 1 whose sum prints as `<5` would be 1 each."""
    figures = [*[ShownFigure(1)] * 4, ShownFigure(4)]
    hidden = suppress(figures, [Relation((*((i, 1) for i in range(4)), (4, -1)))], 5).hidden
    assert hidden[4] == "secondary"


def test_nothing_is_hidden_where_nothing_is_small():
    figures, relations = two_way([[5, 9], [0, 7]])
    assert not suppress(figures, relations, 5).hidden


def test_a_secret_must_not_follow_from_the_rest():
    """Total less shown parts would be the secret: a part or the total is hidden with it."""
    figures = [ShownFigure(6, secret=True), ShownFigure(9), ShownFigure(12), ShownFigure(27)]
    solution = suppress(figures, [Relation(((0, 1), (1, 1), (2, 1), (3, -1)))], 5)
    assert solution.hidden
    assert not solution.exposed
    assert 0 not in solution.hidden


def test_limits_keep_a_move_from_being_taken_for_possible():
    """2 of at most 2: going up is impossible as long as the limit is shown, going down needs a partner."""
    figures = [ShownFigure(2), ShownFigure(2, known=True), ShownFigure(30), ShownFigure(32)]
    relations = [Relation(((1, 1), (0, -1)), 0, math.inf), Relation(((0, 1), (2, 1), (3, -1)))]
    solution = suppress(figures, relations, 5)
    assert solution.moves[solution.proof[0]][0] == -1


def test_the_search_for_other_worlds_tells_what_follows():
    """The law above can fail: one blank in a table with totals is no secret, four in a rectangle are."""
    figures, relations = two_way([[2, 9, 20], [8, 9, 20], [30, 30, 30]])
    rectangle = {0: "primary", 1: "secondary", 4: "secondary", 5: "secondary"}

    assert not possible(figures, relations, {0: "primary"}, (), 5, 0)
    assert not possible(figures, relations, {0: "primary", 1: "secondary", 4: "secondary"}, (), 5, 0)
    assert all(possible(figures, relations, rectangle, (), 5, i) for i in rectangle)
