"""One question in several columns, because its form has several versions."""

from __future__ import annotations

import pytest

from visittally.survey.family import Family, FamilyColumns, Member
from visittally.survey.form_versions import form_versions, hardly_together, question_of, with_versions_together
from visittally.survey.headers import Heading
from visittally.survey.profiles import profiles
from visittally.survey.variables import QuestionKind, Role


@pytest.fixture
def look(columns):
    """The columns of a table while families are looked for."""
    return lambda **cells: FamilyColumns(*columns(**cells))


def named(*columns):
    """Columns by their headers, whatever stands in these."""
    records = list(zip(*(["" if c == "." else c for c in cells.split()] for _name, cells in columns), strict=True))
    headings = [Heading(i, name, name, plain=name) for i, (name, _cells) in enumerate(columns)]
    return FamilyColumns(headings, profiles(records, len(columns)), records)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("hh/v2/problems", "hh/problems"),
        ("hh/form_v3/problems", "hh/problems"),
        ("old/problems", "problems"),
        ("hh.version_2.problems", "hh.problems"),
        ("problems_v2", "problems"),
        ("problems-version 12", "problems"),
        ("needs (2)", "needs"),
        ("v2", "v2"),
        ("solved", "solved"),
        ("new", "new"),
        ("problems_2", "problems_2"),
        ("hh/older/problems", "hh/older/problems"),
    ],
)
def test_the_name_of_a_question_without_its_version(name, question):
    assert question_of(name) == question


OLD, NEW = "road water road . . .", ". . . water road road"


@pytest.mark.parametrize("second", ["problem.1", "problem_v2", "v2/problem", "problem (2)", "PROBLEM_v3"])
def test_columns_of_one_question_that_are_never_filled_together(second):
    [family] = form_versions(named(("problem", OLD), (second, NEW), ("age", "1 2 3 4 5 6")))

    assert (family.name, family.role, family.kind) == ("problem", Role.CELL, QuestionKind.SINGLE)
    assert [member.position for member in family.members] == [0, 1]


def test_a_copy_is_one_only_of_a_column_that_is_there():
    assert list(form_versions(named(("problem.1", OLD), ("problem.2", NEW)))) == []


def test_labels_tell_that_columns_are_one_question():
    columns = named(("p1", OLD), ("p2", NEW))
    headings = [Heading(h.position, h.name, h.name, plain=h.name, label="What is it?") for h in columns.headings]

    assert len(list(form_versions(FamilyColumns(headings, columns.profiles, columns.sample)))) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (OLD, "road . . water road road"),  # filled together
        (OLD, ". . . far near far"),  # other answers
        (OLD, ". . . . . ."),  # never filled
        ("1 0 1 . . .", ". . . 0 1 0"),  # ticks
    ],
)
def test_other_columns_of_one_name_are_no_versions(first, second):
    assert list(form_versions(named(("problem", first), ("problem_v2", second)))) == []


def test_a_version_with_several_answers_makes_the_question_one_of_several():
    columns = named(("problem", OLD), ("problem_v2", ". . . water;road road road;water"))

    assert next(form_versions(columns)).kind is QuestionKind.MULTI


@pytest.mark.parametrize(("both", "together"), [(1, True), (2, False)])
def test_one_record_of_fifty_may_have_both(both, together):
    n = 50
    first = " ".join(["a"] * 25 + ["."] * 25)
    second = " ".join(["."] * (25 - both) + ["a"] * (n - 25 + both))

    assert hardly_together(named(("x", first), ("y", second)), [[0], [1]]) is together


def option(name, *members, parent=None, **more):
    return Family(name, tuple(Member(position, text) for position, text in members), parent=parent, **more)


TICKS = (("a", "1 1 . ."), ("b", "0 1 . ."), ("c", ". . 1 0"), ("d", ". . 1 1"), ("p", "x x . ."), ("q", ". . x x"))


def test_families_of_two_versions_are_one_question_with_all_their_options():
    old, new = (
        option("needs", (0, "road"), (1, "water"), parent=4),
        option("v2/needs", (2, "Road"), (3, "light"), parent=5),
    )
    [found] = with_versions_together(named(*TICKS), [old, new])

    assert (found.name, found.parent, found.others) == ("needs", 4, (5,))
    assert [member.option for member in found.members] == ["road", "water", "Road", "light"]


def test_families_with_other_options_or_filled_together_stay_apart():
    columns = named(*TICKS)
    other = [option("needs", (0, "road"), (1, "water")), option("needs_v2", (2, "far"), (3, "near"))]
    together = [option("needs", (0, "road")), option("needs_v2", (1, "road"))]

    assert list(with_versions_together(columns, other)) == other
    assert list(with_versions_together(columns, together)) == together


def test_rows_of_a_group_are_one_question_though_they_are_filled_together():
    rows = [option("who[1]/needs", (0, "road")), option("who[2]/needs", (1, "road"))]
    [found] = with_versions_together(named(*TICKS), rows)

    assert (found.name, len(found.members)) == ("who/needs", 2)


def test_scales_mentions_and_what_stands_beside_others_are_left_as_they_are():
    columns = named(*TICKS)
    for more in ({"kind": QuestionKind.SCALE}, {"role": Role.MENTION}, {"beside": "issue"}):
        families = [option("needs", (0, "road"), **more), option("needs_v2", (2, "road"), **more)]
        assert list(with_versions_together(columns, families)) == families
