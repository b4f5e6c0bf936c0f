"""What changes in one place and, the other way round, in another."""

from visittally.disclosure.exchanges import EXCHANGES, Exchange
from visittally.disclosure.moves import MoveSearch, Relation, ShownFigure


def survey(*villages, costs=(), hidden=(), known=(), more=()):
    """Villages with (raised, none, cases) each, as positions 0 1 2, 3 4 5, ...; the totals of all are known.

    Returns the exchange; `costs` are those of the figures of the villages, `more` further relations.
    """
    values = [value for village in villages for value in village]
    totals = [sum(column) for column in zip(*villages, strict=True)]
    n, width = len(villages), len(villages[0])
    figures = [
        ShownFigure(value, cost, known=i in known)
        for i, (value, cost) in enumerate(zip(values, costs or [1.0] * len(values), strict=True))
    ]
    figures += [ShownFigure(total, known=True) for total in totals]
    within = [
        Relation((*((width * v + i, 1) for i in range(width - 1)), (width * v + width - 1, -1))) for v in range(n)
    ]
    across = [Relation((*((width * v + i, 1) for v in range(n)), (len(values) + i, -1))) for i in range(width)]
    search = MoveSearch(figures, [*within, *across, *more], 5)
    search.hide(hidden)
    names = ("raised", "none", "cases", "fourth")[:width]
    return Exchange(search, [{name: width * v + i for i, name in enumerate(names)} for v in range(n)])


ASH, ELM, OAK = (3, 20, 23), (9, 11, 20), (8, 7, 15)


def test_what_one_village_has_more_another_has_less():
    """Two of Ash may have raised nothing instead of three, where three of Elm raised something instead."""
    move = survey(ASH, ELM, known=[2, 5]).move(0)

    assert move in ({0: 1, 1: -1, 3: -1, 4: 1}, {0: -1, 1: 1, 3: 1, 4: -1})


def test_the_whole_of_a_village_may_change_instead_of_another_part():
    """The cases cost less than who raised nothing."""
    move = survey(ASH, ELM, costs=[1, 5, 2, 1, 5, 2]).move(0)

    assert move in ({0: 1, 2: 1, 3: -1, 5: -1}, {0: -1, 2: -1, 3: 1, 5: 1})


def test_the_village_is_taken_where_it_costs_least():
    move = survey(ASH, ELM, OAK, costs=[1, 1, 9, 3, 3, 9, 2, 2, 9]).move(0)

    assert move.keys() == {0, 1, 6, 7}


def test_a_village_is_taken_where_all_is_hidden_already():
    """Elm would do, but Oak costs nothing."""
    among = survey(ASH, ELM, OAK, hidden=[0, 1, 6, 7])

    assert among.move(0).keys() == {0, 1, 6, 7}


def test_of_several_moves_within_the_village_that_which_hides_nothing_more_is_taken():
    """Raised against cases is cheaper in Ash; raised against none hides nothing more in Ash and Elm together."""
    among = survey(ASH, ELM, costs=[1, 2, 1, 4, 4, 4], hidden=[0, 1, 3, 4])

    assert among.move(0).keys() == {0, 1, 3, 4}


def test_the_cheaper_whole_is_taken_though_its_half_costs_more():
    """In Ash cases cost 1 and none 2; in Elm cases cost 9 and none 1."""
    among = survey(ASH, ELM, costs=[1, 2, 1, 1, 1, 9])

    assert among.move(0).keys() == {0, 1, 3, 4}


def test_there_is_none_without_another_village():
    assert survey(ASH).move(0) is None


def test_there_is_none_where_the_other_village_has_nothing_of_the_kind():
    """Nobody of Elm raised anything: that zero is shown."""
    assert survey(ASH, (0, 20, 20), known=[2, 5]).move(0) is None


def test_the_other_village_needs_all_figures_that_move():
    among = survey(ASH, ELM, known=[2, 5])
    del among.places[1]["none"]

    assert Exchange(among.search, among.places).move(0) is None


def test_figures_of_no_village_are_not_exchanged():
    """The total of all stands in no village."""
    assert survey(ASH, ELM).move(6) is None


def test_where_figures_of_both_villages_are_known_together_there_is_no_exchange():
    """3 of Ash, who raised something, and 11 of Elm, who did not, are known to be 14."""
    tied = Relation(((0, 1), (4, 1)), 14, 14)

    assert survey(ASH, ELM, known=[2, 5], more=[tied]).move(0) is None


def test_an_exchange_of_one_alone_goes_down_as_well_as_up():
    """One of Elm raised something, so it is Ash that has one less."""
    assert survey((4, 9, 13), (1, 9, 10), known=[2, 5]).move(0) == {0: -1, 1: 1, 3: 1, 4: -1}


def test_many_villages_are_looked_at_but_not_all():
    """All villages between have shown zeros; only so many others are tried."""
    zero = (0, 20, 20)

    def far(between):
        villages = [ASH, *[zero] * between, ELM]
        return survey(*villages, known=[3 * i + 2 for i in range(len(villages))])

    assert far(EXCHANGES[2] - 2).move(0) is not None
    assert far(EXCHANGES[2] - 1).move(0) is None


def test_moves_within_the_village_may_be_longer():
    """Four figures of a village: raised and none are cases; cases and absent are households, which are known."""
    names = [{"raised": 0, "none": 1, "cases": 2, "absent": 3}, {"raised": 4, "none": 5, "cases": 6, "absent": 7}]
    values = [3, 20, 23, 6, 9, 11, 20, 8]
    relations = [Relation(((0, 1), (1, 1), (2, -1))), Relation(((4, 1), (5, 1), (6, -1)))]
    relations += [Relation(((2, 1), (3, 1)), 29, 29), Relation(((6, 1), (7, 1)), 28, 28)]
    relations += [
        Relation(((i, 1), (i + 4, 1)), values[i] + values[i + 4], values[i] + values[i + 4]) for i in range(4)
    ]
    figures = [ShownFigure(value, known=i in {1, 5}) for i, value in enumerate(values)]

    move = Exchange(MoveSearch(figures, relations, 5), names).move(0)

    up = {0: 1, 2: 1, 3: -1, 4: -1, 6: -1, 7: 1}
    assert move in (up, {i: -step for i, step in up.items()})
