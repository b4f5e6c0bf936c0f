"""Options with boxes in one cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.boxes import are_boxes, has_boxes, ticked_in
from visittally.words.separators import find_separator

OPTIONS = ("Road", "Clean water", "School")
BOXES = [
    ("☑", "☐"),
    ("√", "□"),
    ("■", "□"),
    ("●", "○"),
    ("[x] ", "[ ] "),
    ("（√）", "（　）"),
    ("□√", "□"),
    ("☒ ", "☐ "),
]


def form(ticked, boxes, between, *, behind=False):
    yes, no = boxes
    both = [(yes if one in ticked else no, one) for one in OPTIONS]
    return between.join(f"{name}{box}" if behind else f"{box}{name}" for box, name in both)


@given(
    st.lists(st.sets(st.sampled_from(OPTIONS)), min_size=2).filter(any),
    st.sampled_from(BOXES),
    st.sampled_from([" ", "\n", "；", "、", "  "]),
    st.booleans(),
)
def test_what_is_ticked_is_the_answer_however_the_boxes_are_drawn(records, boxes, between, behind):
    cells = [form(ticked, boxes, between, behind=behind) for ticked in records]
    if all(len(ticked) == len(OPTIONS) for ticked in records):
        return
    found = [ticked_in(cell) for cell in cells]
    assert found == [tuple(one for one in OPTIONS if one in ticked) for ticked in records]


def test_a_question_of_boxes_is_read_so():
    cells = [form(ticked, BOXES[0], " ") for ticked in ({"Road"}, {"School", "Clean water"}, set())]
    found = find_separator(cells)
    assert found is not None
    assert [found.split(cell) for cell in cells] == [("Road",), ("Clean water", "School"), ()]


@pytest.mark.parametrize(
    "cells",
    [
        ["√Road", "√Water", "√Road\n√Water"],
        ["●道路破损", "●张○家饮水困难", "●饮水"],
        ["Road (main)", "Water [new]"],
        ["□道路 □饮水", "□道路 □饮水"],
        ["道路", "饮水"],
    ],
    ids=["bullets", "a masked name", "brackets", "nothing ticked", "none"],
)
def test_other_signs_are_no_boxes(cells):
    assert not are_boxes(cells)


def test_a_line_to_write_on_is_no_part_of_the_option():
    assert ticked_in("☑其他：____ □无") == ("其他",)
    assert not has_boxes("Road")
