"""A question that several columns hold together."""

from __future__ import annotations

import pytest

from visittally.survey.family import Family, FamilyColumns, Member, named_families, question_before, without_shared
from visittally.survey.variables import QuestionKind, Role


@pytest.mark.parametrize(
    ("names", "options"),
    [
        (["What? - Water", "What? - Road"], ["Water", "Road"]),
        (["needs/water", "needs/road"], ["water", "road"]),
        (["Needs (water)", "Needs (road)"], ["water", "road"]),
        (["Needs [a (b)]", "Needs [c]"], ["a (b)", "c"]),
        (["问题（饮水）", "问题（道路）"], ["饮水", "道路"]),
        (["Road", "Roof"], ["Road", "Roof"]),  # letters are no sign
        (["needs/", "needs/road"], ["needs/", "needs/road"]),  # nothing would be left
        (["needs/water"], ["needs/water"]),
        (["needs/water/clean", "needs/water/hot"], ["clean", "hot"]),
    ],
)
def test_names_without_the_question_that_they_share(names, options):
    assert without_shared(names) == options


@pytest.mark.parametrize(
    ("names", "question"),
    [
        (["What is it? - Selected Choice - Water", "What is it? - Selected Choice - Road"], "What is it?"),
        (["needs/water", "needs/road"], "needs"),
        (["Needs (water)", "Needs (road)"], "Needs"),
        (["Road", "Roof"], ""),
        (["needs/water"], ""),
    ],
)
def test_the_question_that_names_begin_with(names, question):
    assert question_before(names) == question


def test_columns_of_a_family_are_taken_with_its_parents(columns):
    headings, profiles, sample = columns(id="1 2", needs="a b", a="1 0", b="0 1", old="a b", x="1 1")
    found = FamilyColumns(headings, profiles, sample)
    found.take(Family("needs", (Member(2), Member(3)), parent=1, others=(4,)))

    assert [heading.name for heading in found.free()] == ["id", "x"]
    found.take(Family("x", (Member(5),)))
    assert [heading.name for heading in found.free()] == ["id"]


@pytest.mark.parametrize(
    ("count", "a", "b", "told"),
    [
        ("2 1 0", "x x .", "y . .", True),
        ("2 1 1", "x x .", "y . .", False),  # one record is counted otherwise
        ("2 2 2", "x x x", "y y y", False),  # the same everywhere tells nothing
    ],
)
def test_a_column_may_count_the_rows_that_were_filled(columns, count, a, b, told):
    headings, profiles, sample = columns(members_count=count, a=a, b=b)

    assert FamilyColumns(headings, profiles, sample).counts((1, 2)) is told
    assert FamilyColumns(headings, profiles, []).counts((1, 2)) is False


def test_families_by_the_names_of_their_columns(columns):
    headings, _profiles, _sample = columns(needs="a", a="1", b="0", old="a")
    family = Family("needs", (Member(1, "a", "A"), Member(2, "b")), Role.OPTION, 0, others=(3,), all_asked=True)

    [found] = named_families([family], headings)

    assert found.members == (("a", "a", "A"), ("b", "b", ""))
    assert (found.parent, found.others, found.kind, found.all_asked) == ("needs", ("old",), QuestionKind.MULTI, True)
    [without] = named_families([Family("needs", (Member(1),))], headings)
    assert (without.parent, without.others) == ("", ())
