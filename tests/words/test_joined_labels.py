"""Labels that a form tool joins by spaces are told apart as they were, or not at all."""

from __future__ import annotations

import random

import pytest

from visittally.words.folding import fold
from visittally.words.joined_labels import are_lists, joined_labels
from visittally.words.separators import find_separator

SETS = {
    "prefixes": ("Water", "Water quality", "Road", "Road repair", "Health (clinic, staff)", "School places", "Jobs"),
    "signs": ("Water; wells", "Road | bridge", "School & teachers", "Light, power", "Clinic / staff", "Jobs - youth"),
    "sentences": ("No access to water", "No access to school", "Road is in bad state", "Lack of jobs", "Other"),
    "accents": ("Eau", "Eau potable", "Routes, ponts", "Santé", "Autre (préciser)", "École", "Manque de travail"),
    "cyrillic": ("Вода", "Вода питьевая", "Дороги, мосты", "Больница", "Другое", "Школа"),
    "titles": ("Drinking Water", "Road Repair", "Street Light", "School Roof", "Health Center", "Jobs"),
    "crossed": ("Road Repair", "Road Light", "School Repair", "School Light", "Water", "Health Center"),
    "small": ("drinking water", "road repair", "street light", "school", "health center", "no jobs"),
    "arabic": ("المياه", "المياه النظيفة", "الطرق والجسور", "الصحة", "أخرى", "المدرسة القريبة"),
    "ideographs": ("道路", "道路照明", "饮水、用水", "医疗(看病,买药)", "其他", "就业"),
    "numbers": ("Road 1", "Road 2", "Water", "School 2", "Other"),
}
ALWAYS_TOLD = ("prefixes", "signs", "sentences", "accents", "cyrillic")


def joined(labels, seed, *, visits):
    """Cells of some visits -> the labels in them; some labels are ticked often, some hardly ever."""
    dice = random.Random(seed)
    chances = [dice.choice([0.15, 0.3, 0.5, 0.8]) for _label in labels]
    lists = [
        [label for label, chance in zip(labels, chances, strict=True) if dice.random() < chance] for _n in range(visits)
    ]
    if seed % 2:
        for ticked in lists:
            dice.shuffle(ticked)
    return {" ".join(ticked): ticked for ticked in lists if ticked}


def told(cells):
    """Whether the labels in all cells were told apart rightly; None where nothing was told."""
    separator = find_separator(cells, codes=True)
    if separator is None:
        return None
    return all(
        [fold(piece) for piece in separator.split(cell)] == list(map(fold, ticked)) for cell, ticked in cells.items()
    )


@pytest.mark.parametrize("kind", SETS)
@pytest.mark.parametrize("visits", [30, 80])
def test_labels_are_told_apart_as_they_were_or_not_at_all(kind, visits):
    found = [told(joined(SETS[kind], seed, visits=visits)) for seed in range(10)]
    assert False not in found
    if kind in ALWAYS_TOLD:
        assert found.count(True) >= 9


@pytest.mark.parametrize(
    "answers",
    [
        ["Very satisfied", "Satisfied", "Not satisfied", "Very unsatisfied", "Neutral"],
        ["Water quality", "Water", "Road", "Road repair"],
        ["North", "East", "North East", "South East", "South"],
        ["The road is bad", "No light here", "We wait for the clinic", "Nothing works"],
    ],
)
def test_single_answers_are_no_lists(answers):
    assert joined_labels(answers, sure=True) == frozenset()
    assert find_separator(answers, codes=True) is None


def test_lists_of_labels_without_a_sign_of_where_they_end_are_seen():
    cells = joined(SETS["crossed"], 3, visits=40)
    assert joined_labels(cells, sure=True) is None
    assert are_lists(cells)
    assert not are_lists(["Very good", "Good", "Not good"])


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
    assert joined_labels([cell.lower() for cell in LISTS]) == {REPAIR, WATER, ("light",)}


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
    assert joined_labels([*cells, "Once only"]) == {REPAIR, WATER, ("bus", "stop"), ("once", "only")}


def test_single_words_are_labels_where_they_are_joined_in_any_case():
    """More single words than labels of several: believed only where spaces join for certain."""
    cells = ["Light", "Bus", "Gas", "Clean water", "Light Bus", "Bus Gas", "Light Bus Gas Clean water"]

    assert joined_labels(cells) == frozenset()
    assert joined_labels(cells, sure=True) == {WATER, ("light",), ("bus",), ("gas",)}


def test_labels_made_of_other_answers_are_names_of_options():
    """ "Water power" beside "water" is no label of two words."""
    cells = ["water", "power", "water power", "power water supply", "water supply", "supply"]

    assert joined_labels(cells) == frozenset()
