"""Tables of a comparison."""

from __future__ import annotations

from dataclasses import replace

import pytest

from visittally.analyses.compare.answers import Answers
from visittally.analyses.compare.tables import (
    Compared,
    ComparedNumbers,
    form_table,
    means_table,
    places_table,
    shares_table,
)
from visittally.analyses.matching import FormChange
from visittally.analyses.statistics import Estimate, Proportion, Sample, newcombe, welch
from visittally.answers.axes import Axis, code_axis
from visittally.settings import Settings
from visittally.survey.variables import Choice, Part, QuestionKind, Variable

NEEDS = Variable("needs", (Part("needs"),), label="What do you need?")


def answers(base=100, asked=None, listed=None, **n):
    """How often answers were given, of so many cases."""
    counts = {((), name): count for name, count in n.items()}
    groups = {(): base}
    names = {name: name.title() for name in n}
    return Answers(counts, groups, counts, groups, {}, {(): asked or base}, groups, names, {}, listed)


def compared(before, after, **more):
    return Compared(NEEDS, NEEDS, before, after, **more)


def rows(before, after, settings=None, **more):
    table = shares_table([compared(before, after, **more)], (), settings or Settings())
    return {row["answer"]: row for row in table.to_dict()["rows"]}, table


# ---------------------------------------------------------------- shares
def test_an_answer_on_both_sides_with_the_difference_in_points():
    found, table = rows(answers(road=20, water=50), answers(road=40, water=50))
    expected = newcombe(Proportion(20, 100), Proportion(40, 100))

    road = found["Road"]
    assert (road["before_mentions"], road["before_base"], road["after_percent"]) == (20, 100, 40)
    assert (road["points"], road["points_low"], road["points_high"]) == (expected.value, expected.low, expected.high)
    assert (road["outside"], found["Water"]["outside"]) == ("up", None)
    assert table.title == "What has changed: What do you need? (needs)"


def test_what_moved_most_stands_first_and_what_cannot_be_said_last():
    found, _table = rows(answers(a=10, b=50, c=30), answers(d=9, a=12, b=20, c=55), Settings())

    assert list(found)[:3] == ["B", "C", "D"]
    assert list(rows(answers(a=10, b=50), answers(a=12, b=20), Settings(sort="name"))[0]) == ["A", "B"]
    assert list(rows(answers(a=10, b=50), answers(a=12, b=20), Settings(sort="form"))[0]) == ["A", "B"]


def test_by_name_is_by_the_name_that_people_read():
    """The label where there is one, which has a column of its own for programs only."""
    labelled = replace(answers(a=10, b=20, c=20), labels={"a": "Zinc roof"})
    found, table = rows(labelled, labelled, Settings(sort="name"))

    assert list(found) == ["B", "C", "A"]
    assert found["A"]["answer_label"] == "Zinc roof"
    assert not table.columns[table.column("answer_label")].people


def test_an_answer_that_a_form_did_not_have_is_new_or_gone_and_not_nought():
    before = answers(road=20, listed=frozenset({"road"}))
    after = answers(water=30, listed=frozenset({"water"}))
    found, _table = rows(before, after)

    assert [found["Water"][name] for name in ("before_mentions", "before_base", "before_percent")] == [None] * 3
    assert (found["Water"]["note"], found["Water"]["points"]) == ("option_new", None)
    assert (found["Road"]["note"], found["Road"]["after_mentions"]) == ("option_gone", None)


def test_without_a_list_nobody_knows_that_an_answer_is_new():
    found, table = rows(answers(road=20), answers(road=20, water=30))

    assert (found["Water"]["before_mentions"], found["Water"]["note"]) == (0, None)
    assert any("may have been missing from the earlier form" in note for note in table.notes)


@pytest.mark.parametrize(("base", "note"), [(9, "few"), (10, None)])
def test_few_cases_have_a_difference_and_no_interval(base, note):
    road = rows(answers(base, road=3), answers(100, road=60))[0]["Road"]

    assert road["points"] == pytest.approx(60 - 300 / base)
    assert (road["points_low"] is None, road["note"]) == (note == "few", note)


@pytest.mark.parametrize("option", ["complete", "purposive"])
def test_where_nothing_was_drawn_there_is_no_interval(option):
    found, table = rows(answers(road=20), answers(road=60), Settings(**{option: True}))

    assert (found["Road"]["points_low"], found["Road"]["outside"]) == (None, None)
    assert table.notes[0].startswith("Points: later less earlier. ")


def test_small_counts_do_not_show_in_an_arrow():
    road = rows(answers(road=20), answers(road=60), Settings(min_cell=5))[0]["Road"]

    assert (road["points"], road["outside"]) == (40, None)


@pytest.mark.parametrize(("asked", "note"), [(89, "base_changed"), (91, None)])
def test_a_question_that_was_put_to_others_has_another_base(asked, note):
    found, table = rows(answers(road=20), replace(answers(road=30), asked={(): asked}))

    assert found["Road"]["note"] == note
    assert any(f"{asked} of 100" in line for line in table.notes) is bool(note)
    settings = Settings(base="all")
    assert rows(answers(road=20), replace(answers(road=30), asked={(): asked}), settings)[0]["Road"]["note"] is None


def test_pairs_have_their_own_difference():
    found, table = rows(
        answers(road=20),
        answers(road=60),
        Settings(panel="household_id"),
        panel=lambda _g, _a: Estimate(7.0, 1.0, 13.0),
    )

    assert (found["Road"]["points"], found["Road"]["outside"]) == (7, "up")
    assert "of the same cases" in table.notes[0]


def test_chance_is_said_where_there_are_several_intervals():
    text = "Of 2 differences with an interval, about 0.1 would stand outside it by chance alone."

    assert text in rows(answers(a=20, b=30), answers(a=20, b=35))[1].notes
    assert not any("by chance" in note for note in rows(answers(a=20), answers(a=21))[1].notes)


def test_people_see_so_many_answers_of_each_group_and_no_empty_remarks():
    _found, table = rows(answers(a=20, b=30, c=1), answers(a=21, b=35, c=1), Settings(top=1))

    assert [row.cells[2].label or row.cells[2].value for row in table.brief.rows] == ["B"]
    assert table.brief.notes[0] == "2 further answers moved less; -f csv has them all."
    assert not table.columns[table.column("note")].people
    assert rows(answers(a=20), answers(a=90), Settings(top=1))[1].brief is None


def test_only_groups_of_both_sides_are_compared():
    axis = code_axis(Axis("sex", "sex", Variable("sex", (Part("sex"),))), {"f": 1, "m": 1}, Settings())
    many = {(name,): 50 for name in "fm"}
    one = Answers({(("f",), "road"): 9}, many, {(("f",), "road"): 9}, many, {}, many, many, {"road": "road"}, {}, None)
    other = replace(one, base_n={("f",): 50}, base_w={("f",): 50})
    table = shares_table([compared(one, other)], (axis,), Settings())

    assert [row["sex"] for row in table.to_dict()["rows"]] == ["f"]


# ---------------------------------------------------------------- means
ROOMS = Variable("rooms", (Part("rooms"),), QuestionKind.NUMBER)
FIRST, SECOND = (40, Sample(40, 3.0, 1.0)), (50, Sample(50, 4.0, 1.5))


def means(before, after, settings=None, **more):
    one = ComparedNumbers(ROOMS, {(): before} if before else {}, {(): after} if after else {}, **more)
    return means_table([one], (), settings or Settings()).to_dict()["rows"][0]


def test_means_of_both_sides_with_their_difference():
    expected = welch(FIRST[1], SECOND[1])
    row = means(FIRST, SECOND)

    assert (row["before_n"], row["before_mean"], row["after_n"], row["after_mean"]) == (40, 3, 50, 4)
    assert (row["difference"], row["difference_low"], row["outside"]) == (expected.value, expected.low, "up")


def test_few_numbers_pairs_and_one_side_alone():
    few = means((9, Sample(9, 3.0, 1.0)), SECOND)
    assert (few["difference"], few["difference_low"], few["note"]) == (1, None, "few")
    assert means(FIRST, SECOND, panel=lambda _group: Estimate(2.0, -1.0, 5.0))["difference"] == 2
    alone = means(None, SECOND)
    assert (alone["before_n"], alone["before_mean"], alone["difference"]) == (0, None, None)
    assert means(FIRST, SECOND, Settings(complete=True))["difference_low"] is None


# ---------------------------------------------------------------- places and form
def test_places_of_one_side_are_not_nought_on_the_other():
    axis = code_axis(Axis("village", "village", Variable("village", (Part("village"),))), {"Ash": 1}, Settings())
    table = places_table((axis,), {("Ash",): 3, ("Elm",): 2}, {("Ash",): 4, ("",): 1})

    found = {row["village"]: (row["before_cases"], row["after_cases"], row["in"]) for row in table.to_dict()["rows"]}
    assert found == {
        "Ash": (3, 4, "both"), "Elm": (2, None, "before"), "": (None, 1, "after"),
    }  # fmt: skip


def test_what_is_otherwise_in_the_later_form():
    needs = replace(NEEDS, choices=(Choice("road", "A road"),))
    changes = [FormChange("option_added", "needs", "", "road"), FormChange("question_gone", "age", "age", "")]
    table = form_table(changes, {"needs": needs})

    assert [list(row.values()) for row in table.to_dict()["rows"]] == [
        ["option_added", "needs", None, "road"], ["question_gone", "age", "age", None],
    ]  # fmt: skip
    assert [table.rows[0].cells[i].label for i in (0, 1, 3)] == ["option added", "What do you need?", "A road"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "Intervals: 95 %, Welch's t."),
        ({"panel": "household_id"}, "Intervals: 95 %, paired t."),
        ({"complete": True}, "No intervals: everybody was visited, so there is no sampling error."),
        ({"purposive": True}, "The places were chosen, not drawn: "),
    ],
)
def test_what_the_intervals_of_means_are_or_why_there_are_none(options, said):
    one = ComparedNumbers(ROOMS, {(): FIRST}, {(): SECOND})
    [note] = means_table([one], (), Settings(**options)).notes

    assert note.startswith(f"Difference: later less earlier. {said}")
