"""Whether a row is like the rows below it, or names their columns."""

from __future__ import annotations

import pytest

from visittally.reading.likeness import contrast, is_header, names_once_more, typed

BODY = [("Ash", "12", "2026-03-01"), ("Elm", "8", "2026-03-02"), ("Oak", "9", "2026-03-03")]


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        (("village", "visits", "day"), True),
        (("Fir", "7", "2026-03-04"), False),
        (("Ash", "x", "2026-03-04"), False),
        (("村", "户数", ""), True),
        (("", "", ""), False),
        (("-", "-", "-"), True),
    ],
)
def test_a_header_is_unlike_the_rows_below(row, is_one):
    assert is_header(row, BODY) is is_one


@pytest.mark.parametrize(("row", "is_one"), [(("a", "b"), True), (("a", "3"), False), (("3", "4"), False)])
def test_without_rows_below_a_header_holds_no_values(row, is_one):
    assert is_header(row, []) is is_one


def test_years_name_columns_of_figures():
    assert is_header(("village", "2024", "2025年"), [("Ash", "3", "4"), ("Elm", "5", "6")])
    assert not is_header(("village", "2024", "2025"), [("Ash", "2024", "2025"), ("Elm", "2023", "2026")])


def test_values_that_stand_again_below_are_no_names():
    body = [("road", "yes"), ("water", "no"), ("road", "yes")]

    assert not is_header(("road", "no"), body)
    assert is_header(("issue", "urgent"), body)


def test_options_that_are_ticked_by_their_own_name_are_names():
    """Below each stands nothing but itself, and blanks; a single one could be anything."""
    body = [("Water", ""), ("", "Road"), ("Water", "Road"), ("", "")]

    assert is_header(("Water", "Road"), body)
    assert not is_header(("Water", ""), [("Water", ""), ("", "")])


def test_in_how_many_columns_of_figures_a_row_holds_text():
    assert contrast(("village", "visits", "day"), BODY) == 2
    assert contrast(("village", "3", "day"), BODY) == 1
    assert contrast(("village", "", "NA"), BODY) == 0
    assert contrast(("village", "H1", "day"), BODY) == 2  # a code is a name, too


def test_in_how_many_columns_a_row_holds_the_like():
    assert typed(("Fir", "7", "2026-03-04"), BODY) == 2
    assert typed(("Fir", "x", "2026-03-04"), BODY) == 1
    assert typed(("village", "visits", "day"), BODY) == 0


FIGURES = [("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9")]


@pytest.mark.parametrize(
    ("head", "row", "body", "are"),
    [
        (("How many?", "How old?", "How far?"), ("q1", "q2", "q3"), FIGURES, True),
        (("q1", "q2", "q3"), ("How many?", "How old?", "How far?"), FIGURES, True),
        (("q1", "q2", "q3"), ("How many?", "How old?", "How far?"), FIGURES[:2], False),  # too few rows
        (("How many?", "How old?", "How far?"), ("one two", "three four", "five six"), FIGURES, False),  # no names
        (("q1", "q2", "q3"), ("How many?", "How old?", ""), FIGURES, False),
        (("q1", "q2", "q3"), ("How many?", "How many?", "How many?"), FIGURES, False),
        (("q1", "q2", "q3"), ("How many?", "How old?", "3"), FIGURES, False),
    ],
)
def test_labels_over_names(head, row, body, are):
    assert names_once_more(head, row, body) is are
