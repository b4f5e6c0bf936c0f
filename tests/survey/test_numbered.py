"""Columns told apart by a number only."""

from __future__ import annotations

import pytest

from visittally.survey.numbered import are_mentions, are_ranks, issue_series, numbered_families, stem_of
from visittally.survey.variables import QuestionKind, Role

MENTIONS = ("water road light", "road light water", "light water road")


@pytest.fixture
def found(columns):
    """The families of some columns: stem, role, kind and members."""

    def find(**cells):
        return [
            (one.stem, one.role, one.kind, [(heading.name, label) for heading, label in one.members])
            for one in numbered_families(*columns(**cells))
        ]

    return find


def mentions(names):
    return dict(zip(names, ("w r l w", "r l . .", "l . . ."), strict=True))


# ---------------------------------------------------------------- which names are a series
@pytest.mark.parametrize(
    ("names", "stem"),
    [
        (("need1", "need2", "need3"), "need"),
        (("need_0", "need_1", "need_2"), "need"),
        (("need_01", "need_02", "need_03"), "need"),
        (("needs[1]/what", "needs[2]/what", "needs[3]/what"), "needs/what"),
        (("needs/1/what", "needs/2/what", "needs/3/what"), "needs/what"),
        (("first_need", "second_need", "third_need"), "need"),
        (("1st need", "2nd need", "3rd need"), "need"),
        (("第一诉求", "第二诉求", "第三诉求"), "诉求"),
        (("诉求一", "诉求二", "诉求三"), "诉求"),
        (("need [Rank 1]", "need [Rank 2]", "need [Rank 3]"), "need"),
    ],
)
def test_numbers_that_run_from_nothing_or_one(found, names, stem):
    [(name, role, kind, members)] = found(**mentions(names))

    assert (name, role, kind) == (stem, Role.MENTION, QuestionKind.MULTI)
    assert [member for member, _label in members] == list(names)


@pytest.mark.parametrize(
    "names",
    [
        ("need2", "need3", "need4"),  # begins anywhere
        ("need1", "need2", "need4"),  # leaves one out
        ("q1", "q2", "q3"),  # the number of a question
        ("need1", "need_2", "need3"),
        ("a1", "b2", "c3"),
    ],
)
def test_what_is_no_series_of_mentions(found, names):
    assert found(**mentions(names)) == []


def test_the_order_is_that_of_the_numbers_not_of_the_file(found):
    [(_stem, _role, _kind, members)] = found(need3="l . . .", need1="w r l w", need2="r l . .")

    assert [name for name, _label in members] == ["need1", "need2", "need3"]


def test_two_columns_are_a_series_where_they_are_ordinal_or_name_issues(found):
    two = ("w r l w w r", "r l . . r .")

    assert found(thing1=two[0], thing2=two[1]) == []
    assert len(found(first_thing=two[0], second_thing=two[1])) == 1
    assert len(found(issue1=two[0], issue2=two[1])) == 1


def test_a_stem_that_is_a_column_itself_has_no_series(found):
    assert found(need="a b c d", **mentions(("need1", "need2", "need3"))) == []


# ---------------------------------------------------------------- what a series is
def test_ticks_are_options(found):
    [(stem, role, kind, members)] = found(need1="1 0 1", need2="0 1 1", need3=". 0 1")

    assert (stem, role, kind) == ("need", Role.OPTION, QuestionKind.MULTI)
    assert members == [("need1", ""), ("need2", ""), ("need3", "")]


def test_two_ticks_whose_numbers_leave_some_out_are_options_too(found):
    assert [(stem, role) for stem, role, *_more in found(need2="1 0 1", need7="0 1 1")] == [("need", Role.OPTION)]
    assert found(need2="1 0 1", need7="w r l") == []


def test_labels_and_own_numbers_are_ticks(found):
    labels = found(need1="Water . .", need2=". Road Road", need3=". . Light")
    numbers = found(need_1="1 . .", need_2=". 2 2", need_3=". . 3")

    assert labels[0][1:] == (
        Role.OPTION,
        QuestionKind.MULTI,
        [("need1", "Water"), ("need2", "Road"), ("need3", "Light")],
    )
    assert numbers[0][1:] == (Role.OPTION, QuestionKind.MULTI, [("need_1", ""), ("need_2", ""), ("need_3", "")])


def test_items_of_one_scale(found):
    [(stem, role, kind, _members)] = found(trust1="1 3 5 2", trust2="5 3 2 1", trust3="3 3 5 2")

    assert (stem, role, kind) == ("trust", Role.OPTION, QuestionKind.SCALE)
    assert found(trust1="1 3 5 2", trust2="5 3 2 1", trust3="120 3 5 2") == []


def test_a_number_for_each_member_of_a_household(found):
    """As many as there are; ages beyond what a scale can be."""
    [(stem, role, kind, _members)] = found(age1="41 33 50", age2="39 30 .", age3="12 . .")

    assert (stem, role, kind) == ("age", Role.MENTION, QuestionKind.NUMBER)
    assert found(age1="41 33 50", age2="39 . 30", age3=". 12 .") == []  # gaps


def test_blank_columns_are_no_series(found):
    assert found(need1=". .", need2=". .", need3=". .") == []


# ---------------------------------------------------------------- mentions and ranks
@pytest.mark.parametrize(
    ("first", "second", "are"),
    [
        ("w r l w", "r l . .", True),
        ("w r l w", "r l 0 0", True),  # a code where there is no further mention
        ("w r w r", "r w . .", False),  # two answers are too few
        (". r l w", "r l . .", False),  # a second one without a first
        ("w r l w", "w l . .", False),  # the same twice
        ("w r l w", "a b c .", False),  # another list
        ("w r l w", "a w . .", True),  # half of another list
        ("w r l w", ". . . .", False),
        ("1 0 1 1", "0 1 1 0", False),
    ],
)
def test_mentions_are_of_one_list_each_once_without_gaps(columns, first, second, are):
    _headings, profiles, sample = columns(a=first, b=second)

    assert are_mentions(profiles, (0, 1), sample) is are


@pytest.mark.parametrize(
    ("cells", "are"),
    [
        (("1 2 1", "2 1 .", ". . ."), True),
        (("1 2 1", "2 1 0", "0 0 0"), True),
        (("1 2 1", "2 1 .", "3 3 2"), True),
        (("1 2 1", "2 1 2", "3 3 3"), False),  # all ranked in every record: an order, of which none was left out
        (("1 2 1", "2 . .", ". 1 ."), True),
        (("1 2 1", "2 . .", ". . ."), False),  # a second without a first
        (("1 1 1", "2 1 .", ". . ."), False),  # two first ones
        (("1 . 1", "2 1 .", ". . ."), False),  # several in one record only
    ],
)
def test_ranks_run_from_one_in_every_record(columns, cells, are):
    _headings, _profiles, sample = columns(**{f"c{i}": own for i, own in enumerate(cells)})

    assert are_ranks((0, 1, 2), sample) is are


# ---------------------------------------------------------------- issues with their status
def series(columns, **cells):
    headings, profiles, _sample = columns(**cells)
    return [[one.stem for one in together] for together in issue_series(headings, profiles)]


def test_each_issue_has_its_status_in_a_column_of_the_same_number(columns):
    own = {"issue1": "w r", "status1": "open done", "issue2": "r .", "status2": "done ."}

    assert series(columns, **own) == [["issue", "status"]]
    assert series(columns, **own, note1="a b", note2="c .") == [["issue", "status", "note"]]
    assert series(columns, **own, visitor1="a b", visitor2="c d") == [["issue", "status"]]  # filled without an issue


def test_other_numbers_ticks_and_issues_without_a_status_are_no_series(columns):
    assert series(columns, issue1="w r", issue2="r .", status1="open done", status3="done .") == []
    assert series(columns, issue1="1 0", issue2="0 1", status1="open done", status2="done .") == []
    assert series(columns, issue1="w r", issue2="r .") == []


@pytest.mark.parametrize(
    "headers",
    [
        ("Premier problème", "Deuxième problème", "Troisième problème"),
        ("Primer problema", "Segundo problema", "Tercer problema"),
        ("1er problème", "2e problème", "3e problème"),
        ("Problema 1º", "Problema 2º", "Problema 3º"),
        ("Первая проблема", "Вторая проблема", "Третья проблема"),
        ("المشكلة الأولى", "المشكلة الثانية", "المشكلة الثالثة"),
        ("Tatizo la kwanza", "Tatizo la pili", "Tatizo la tatu"),
        ("rk[1]. Problemas [Ranking 1]", "rk[2]. Problemas [Ranking 2]", "rk[3]. Problemas [Ranking 3]"),
    ],
)
def test_ordinals_of_any_language_tell_mentions_apart(headers):
    assert len({stem_of(header) for header in headers}) == 1


@pytest.mark.parametrize("header", ["Edificio primeroso", "Tatuaje", "Primavera", "q1e"])
def test_an_ordinal_is_a_word_of_its_own(header):
    assert stem_of(header) == header
