"""Labels of several words that form tools join by spaces."""

from __future__ import annotations

import pytest

from visittally.words.joined_labels import joined_labels

REPAIR, WATER = ("road", "repair"), ("clean", "water")
LISTS = [
    "Road repair",
    "Clean water",
    "Light",
    "Road repair Clean water",
    "Clean water Light",
    "Road repair Clean water Light",
]


def test_labels_that_stand_alone_elsewhere():
    """Those of a single word need not be told."""
    assert joined_labels([cell.lower() for cell in LISTS]) == {REPAIR, WATER}


@pytest.mark.parametrize(
    "cells",
    [
        LISTS[:4],  # one list is no habit
        LISTS[:5],
        [cell for cell in LISTS if cell.count(" ") < 4],  # nor are lists of two
        ["North", "East", "North East", "South East"],
        [*LISTS, "Road repair Road repair"],  # twice the same is none
        [],
        ["", " "],
    ],
)
def test_what_shows_no_labels(cells):
    assert joined_labels([cell.lower() for cell in cells]) == frozenset()


def test_three_lists_of_which_one_has_three_labels_are_enough():
    assert joined_labels(["a b", "c d", "e f", "a b c d", "c d e f", "a b c d e f"]) == {
        ("a", "b"),
        ("c", "d"),
        ("e", "f"),
    }


def test_labels_that_begin_with_capitals_and_never_stand_alone():
    cells = [
        "Road repair Clean water",
        "Clean water Bus stop",
        "Road repair Bus stop Clean water",
        "Bus stop Road repair",
    ]

    assert joined_labels(cells) == {REPAIR, WATER, ("bus", "stop")}
    assert joined_labels([cell.replace("Bus", "bus") for cell in cells]) == frozenset()
    assert joined_labels(cells[:3]) == {REPAIR, WATER, ("bus", "stop")}
    assert joined_labels([*cells, "Once only"]) == frozenset()


def test_single_words_are_labels_where_they_are_joined_in_any_case():
    """More single words than labels of several: believed only where spaces join for certain."""
    cells = ["Light", "Bus", "Gas", "Clean water", "Light Bus", "Bus Gas", "Light Bus Gas Clean water"]

    assert joined_labels(cells) == frozenset()
    assert joined_labels(cells, sure=True) == {WATER}


def test_labels_made_of_other_answers_are_names_of_options():
    """ "Water power" beside "water" is no label of two words."""
    cells = ["water", "power", "water power", "power water supply", "water supply", "supply"]

    assert joined_labels(cells) == frozenset()
