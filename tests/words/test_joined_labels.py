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


def joined(labels, seed, *, visits, sign=" "):
    """Cells of some visits -> the labels in them; some labels are ticked often, some hardly ever."""
    dice = random.Random(seed)
    chances = [dice.choice([0.15, 0.3, 0.5, 0.8]) for _label in labels]
    lists = [
        [label for label, chance in zip(labels, chances, strict=True) if dice.random() < chance] for _n in range(visits)
    ]
    if seed % 2:
        for ticked in lists:
            dice.shuffle(ticked)
    return {sign.join(ticked): ticked for ticked in lists if ticked}


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


@pytest.mark.parametrize("kind", ["prefixes", "sentences", "titles", "crossed", "small", "numbers"])
@pytest.mark.parametrize("sign", ["; ", ";", " | ", "|", ", "])
def test_another_sign_than_the_space_separates_in_files_of_form_tools_too(kind, sign):
    labels = [label.replace(", ", " ") for label in SETS[kind]]
    assert [told(joined(labels, seed, visits=30, sign=sign)) for seed in range(4)] == [True] * 4


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
