"""What is wrong with the planned numbers of a roster."""

from __future__ import annotations

import pytest

from visittally.analyses.coverage.roster_checks import RosterChecks
from visittally.errors import InputError


def said(**found):
    return {notice.code: notice.message for notice in RosterChecks("plan.csv", **found).finish()}


def test_nothing_is_said_of_a_roster_that_is_right():
    assert said(larger={("Ash",): {("North",)}}) == {}


def test_a_place_that_comes_again_with_the_same_numbers_counts_once_and_is_said():
    checks = RosterChecks("plan.csv")
    checks.again(9, ["Ash"], ["12", "3"], (4, ["12", "3"]))

    assert [notice.message for notice in checks.finish()] == [
        "plan.csv: lines that repeat a place with the same number, which counts once: 9."
    ]


def test_a_place_with_two_numbers_is_refused_with_both_lines():
    checks = RosterChecks("plan.csv")
    checks.again(9, ["North", "Ash"], ["12", "4"], (4, ["12", "3"]))
    checks.again(10, [], ["5"], (2, ["6"]))

    with pytest.raises(InputError, match=r"North / Ash stands in lines 4 \(12, 3\) and 9 \(12, 4\); the same place"):
        checks.finish()


def test_five_are_shown():
    checks = RosterChecks("plan.csv")
    for line in range(10, 17):
        checks.again(line, [f"V{line}"], ["1"], (1, ["2"]))

    with pytest.raises(InputError) as refused:
        checks.finish()
    assert ("V14" in str(refused.value), "V15" in str(refused.value)) == (True, False)


@pytest.mark.parametrize(
    ("lines", "shown"), [([3, 4, 5, 6, 7], "3, 4, 5, 6, 7."), ([3, 4, 5, 6, 7, 8], "3, 4, 5, 6, 7 ....")]
)
def test_lines_without_a_place_are_left_out_and_said(lines, shown):
    assert said(nameless=lines)["roster_nameless"] == f"plan.csv: lines with a number but no place, left out: {shown}"


def test_numbers_that_cannot_be_read_are_said_with_what_stands_there():
    assert said(unread=[(3, "many"), (5, "?")]) == {
        "roster_numbers": "plan.csv: planned numbers that cannot be read count as unknown (line 3: many; line 5: ?)."
    }
    assert said(unread=[(n, "?") for n in range(2, 8)])["roster_numbers"].endswith("line 6: ? ...).")
    assert said(unread=[(n, "?") for n in range(2, 7)])["roster_numbers"].endswith("line 6: ?).")


def test_places_of_one_name_in_different_larger_ones_are_said():
    message = said(larger={("Ash",): {("North",), ("South",)}, ("Elm", "A"): {("x",), ("y",)}, ("Oak",): {("North",)}})

    assert "added up (Ash, Elm / A);" in message["roster_namesakes"]
    many = {(f"V{n}",): {("a",), ("b",)} for n in range(6)}
    assert "(V0, V1, V2, V3, V4 ...)" in said(larger=many)["roster_namesakes"]
