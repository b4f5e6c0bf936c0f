"""One column of a multi-select: ticked, not ticked, blank, skipped or not there."""

from __future__ import annotations

import pytest

from visittally.answers.ticks import Tick, learn_ticks, scale_steps, unseen_codes
from visittally.words.joined import NO_COLUMN
from visittally.words.vocabulary import Missing, lexicon

WORDS = lexicon(Missing(), ())


def read(cell, *, names=(), ticked=(), scale=(), others=()):
    cells = {cell: 1, **dict.fromkeys(others, 1)}
    return learn_ticks(cells, frozenset(names), WORDS, frozenset(ticked), frozenset(scale)).read(cell)


@pytest.mark.parametrize(
    ("cell", "tick"),
    [
        ("1", Tick.TICKED),
        ("TRUE", Tick.TICKED),
        ("yes", Tick.TICKED),
        ("x", Tick.TICKED),
        ("7", Tick.TICKED),
        ("whatever", Tick.TICKED),
        ("0", Tick.UNTICKED),
        ("No", Tick.UNTICKED),
        ("否", Tick.UNTICKED),
        ("-1", Tick.UNTICKED),
        ("don't know", Tick.UNTICKED),
        ("refused", Tick.UNTICKED),
        ("", Tick.BLANK),
        ("-", Tick.BLANK),
        ("n/a", Tick.SKIPPED),
        (NO_COLUMN, Tick.ABSENT),
    ],
)
def test_usual_words(cell, tick):
    assert read(cell) is tick


def test_a_cell_that_was_never_seen_is_blank():
    assert learn_ticks({}, frozenset(), WORDS).read("1") is Tick.BLANK


def test_the_label_in_the_cell_is_a_tick_whatever_it_says():
    """An option "none" is ticked by the word none; an option "no" only where nothing else is written."""
    assert read("none", names={"none"}) is Tick.TICKED
    assert read("no", names={"no"}) is Tick.TICKED
    assert read("no", names={"no"}, others=("yes",)) is Tick.UNTICKED
    assert read("no", names={"no"}, others=("", "n/a")) is Tick.TICKED
    assert read("0", names={"0"}) is Tick.UNTICKED


def test_where_the_user_says_which_codes_tick_no_others_do():
    assert read("2", ticked={"2", "3"}) is Tick.TICKED
    assert read("1", ticked={"2", "3"}) is Tick.UNTICKED
    assert read("water", names={"water"}, ticked={"2"}) is Tick.UNTICKED
    assert read("", ticked={"2"}) is Tick.BLANK
    assert read("n/a", ticked={"2"}) is Tick.SKIPPED


def test_steps_of_a_scale_are_no_ticks():
    assert read("3", scale={"2", "3"}) is Tick.UNTICKED
    assert read("1", scale={"2", "3"}) is Tick.TICKED


@pytest.mark.parametrize(
    ("columns", "steps"),
    [
        (({"0": 1, "1": 2}, {"1": 1}), ()),
        (({"0": 1, "1": 2, "2": 1}, {"1": 1}), ("2",)),
        (({"1": 2, "2": 1, "3": 1}, {"5": 1}), ("2", "3", "5")),
        (({"1": 2}, {"2": 1}, {"3": 1}), ()),  # the code of its option in each
        (({"x": 1, "2": 1}, {"3": 1}), ()),
        ((), ()),
    ],
)
def test_several_numbers_in_a_column_are_steps(columns, steps):
    assert scale_steps(columns, WORDS, [("1", "5"), ("2", "2")]) == frozenset(steps)


@pytest.mark.parametrize(
    ("records", "ranks"),
    [
        ([("1", "2"), ("2", "1"), ("1", "")], True),
        ([("1", "2"), ("2", "2")], False),
        ([("1", "3"), ("2", "1")], False),
        ([("2", ""), ("1", "2")], False),  # no first one
        ([("1", "0"), ("0", "1")], False),  # never several
        ([("3", "1", "2"), ("0", "0", "0")], True),
    ],
)
def test_ranks_are_ticks(records, ranks):
    columns = [{"0": 1, "1": 1, "2": 1}, {"1": 1, "2": 1}]

    assert scale_steps(columns, WORDS, records) == (frozenset() if ranks else frozenset({"2"}))


@pytest.mark.parametrize(
    ("ticked", "has_options", "said"),
    [
        (set(), True, None),
        ({"2", "x"}, True, None),
        ({"2", "9", "8"}, True, '"needs": none of its columns holds 8, 9, named to count as ticked (--tick).'),
        ({"2"}, False, '"needs" has no option columns to tick: --tick changes nothing there.'),
        (set(), False, None),
    ],
)
def test_codes_that_change_nothing_are_said(ticked, has_options, said):
    found = unseen_codes("needs", [{"2": 1, "": 3}, {" X ": 1}], frozenset(ticked), has_options=has_options)

    assert [(n.code, n.message) for n in found] == ([("ticks_unused", said)] if said else [])
