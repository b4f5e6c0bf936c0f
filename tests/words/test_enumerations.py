"""Answers that people number within a cell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.words.enumerations import numbered_items, numbers_answers
from visittally.words.separators import find_separator
from visittally.words.sign_between import sign_between

ISSUES = ["道路破损", "饮水困难", "路灯不亮", "Road, broken", "No water"]
MARKS = ["{}、", "{}. ", "{}．", "（{}）", "({}) ", "{}）", "circled"]
BETWEEN = ["；", ";\n", "\n", "。", " "]


def split_all(cells):
    separator = find_separator(cells)
    return [list(separator.split(cell)) for cell in cells] if separator is not None else None


@settings(deadline=None, max_examples=60)
@given(st.lists(st.permutations(ISSUES).map(lambda order: order[:3]), min_size=1), st.sampled_from(MARKS), st.data())
def test_numbered_answers_come_back_as_they_were_written(lists, mark, data):
    between = data.draw(st.sampled_from([*BETWEEN, ""] if mark == "circled" else BETWEEN))

    def written(answers):
        marks = ("①②③"[n] if mark == "circled" else mark.format(n + 1) for n in range(3))
        return between.join(m + answer for m, answer in zip(marks, answers, strict=True))

    cells = [written(answers) for answers in lists] + ISSUES
    assert split_all(cells) == [*lists, *([issue] for issue in ISSUES)]


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("1、道路破损2、饮水困难", ("道路破损", "饮水困难")),
        ("1、2号楼漏水；2、3.5公里道路破损", ("2号楼漏水", "3.5公里道路破损")),
        ("1. Road\n2. Water.", ("Road", "Water")),
        ("一是道路破损，二是饮水困难", ("道路破损", "饮水困难")),
        ("（一）道路（二）饮水", ("道路", "饮水")),
        ("1、无", ("无",)),
        ("1-Road 2- No water", ("Road", "No water")),
        ("١- الطريق ٢- المياه", ("الطريق", "المياه")),
        ("a) Road b) Water", ("Road", "Water")),
        ("* Road\n* Water", ("Road", "Water")),
        ("- Road, broken\n- Water", ("Road, broken", "Water")),
        ("• Road • Water", ("Road", "Water")),
        ("- Road\nWater", None),
        ("-5", None),
        ("1-3 km", None),
        ("1-2号楼", None),
        ("一组道路", None),
        ("1.5公里道路", None),
        ("2、饮水困难", None),
        ("共2项：1、道路；2、饮水", None),
        ("1、\n2、", None),
        ("2026.3.5", None),
        ("", None),
    ],
)
def test_items_are_numbered_from_1_on(cell, items):
    assert numbered_items(cell) == items


@pytest.mark.parametrize(
    "cells",
    [
        ["1. Road", "2. Water", "1. Road; 3. Power"],  # a form numbers its options
        ["1. Road; 2. Water", "1. Road"],
        ["1、道路", "饮水"],
        ["一、二组道路", "饮水"],
        ["道路", "饮水"],
    ],
)
def test_numbers_of_options_number_no_answers(cells):
    assert not numbers_answers(cells)


def test_other_cells_are_cut_at_their_own_sign():
    cells = ["1、道路；2、饮水", "道路|饮水", "饮水|用电", "用电"]
    assert split_all(cells) == [["道路", "饮水"], ["道路", "饮水"], ["饮水", "用电"], ["用电"]]


def test_a_number_before_a_single_answer_is_no_part_of_it():
    assert split_all(["1、道路", "道路", "1、饮水", "饮水", "1、无"]) == [
        ["道路"],
        ["道路"],
        ["饮水"],
        ["饮水"],
        ["无"],
    ]


def test_numbered_sentences_of_which_none_comes_again_are_left_whole_and_said():
    cells = ["1、修路；2、灌溉用水", "1、路灯坏了；2、垃圾没人清运", "看病太远"]
    assert split_all(cells) is None
    assert sign_between(cells) == "1. 2. 3."


@pytest.mark.parametrize(
    "cell",
    [
        *("(a) Road (b) Water", "(i) Road (ii) Water", "i. Road ii. Water", "I. Road II. Water", "1/ Road 2/ Water"),
        *("1: Road 2: Water", "#1 Road #2 Water", "No.1 Road No.2 Water", "1° Road 2° Water", "[1] Road [2] Water"),
        *("❶Road❷Water", "⑴Road⑵Water", "⒈Road⒉Water", "ⅠRoadⅡWater", "㈠Road㈡Water", "问题1：Road 问题2：Water"),
        *("其一，Road；其二，Water", "أ- Road ب- Water", "а) Road б) Water", "➢ Road\n➢ Water", "✓ Road\n✓ Water"),
        *("◆Road◆Water", "· Road · Water", "+ Road\n+ Water", "一.Road 二.Water"),
    ],
)
def test_items_are_numbered_in_many_ways(cell):
    assert numbered_items(cell) == ("Road", "Water")


def test_initials_of_people_are_no_numbers():
    assert not numbers_answers(["I. Khan", "I. Aliyev", "V. Popov"])
    assert not numbers_answers(["I. Khan", "I. Aliyev"])


def test_numbers_of_options_stay_with_them():
    assert not numbers_answers(["1: Water", "2: Road", "3: Power", "1: Water"])
    assert not numbers_answers(["(a) Water", "(b) Road", "(c) Power"])
