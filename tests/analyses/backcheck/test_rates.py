"""How often the second answer was another one."""

from __future__ import annotations

import pytest

from visittally.analyses.backcheck.pairs import Answered, Asked, CheckedCase, Paired, UnmatchedRecord
from visittally.analyses.backcheck.rates import (
    Grouping,
    cases_table,
    differences_table,
    questions_table,
    rates_table,
    unmatched_table,
)
from visittally.analyses.backcheck.sameness import GivenAnswer
from visittally.analyses.intervals import wilson
from visittally.analyses.matching import MatchedQuestion
from visittally.survey.variables import Part, QuestionKind, Role, Variable


def asked(name, type_="1", kind=QuestionKind.SINGLE, *options, personal=False):
    parts = tuple(Part(f"{name}/{o}", Role.OPTION, o) for o in options) or (Part(name),)
    variable = Variable(name, parts, kind, personal=personal)
    return Asked(MatchedQuestion(variable, variable), type_)


ROOF, ROOMS = asked("roof"), asked("rooms", "2", QuestionKind.NUMBER)


def given(text):
    number = float(text) if text.replace(".", "").isdigit() else None
    return GivenAnswer(text, not text, frozenset(text.split(";")) - {""}, number)


def answer(question, first, second, *, compared=True):
    return Answered(question, given(first), given(second), first != second if compared else None)


def case(line, *answers, **more):
    return CheckedCase(line, line + 100, (), answers, **more)


def by_group(table):
    return {
        (row["group"], row["value"], row["type"]): (row["differences"], row["compared"])
        for row in table.to_dict()["rows"]
    }


PAIRED = Paired(
    [
        case(2, answer(ROOF, "tin", "tin"), answer(ROOMS, "2", "3")),
        case(3, answer(ROOF, "tin", "tiles"), answer(ROOMS, "4", "4")),
        case(4, answer(ROOF, "", "tin"), answer(ROOMS, "4", "", compared=False)),
    ]
)
VISITORS = Grouping("visitor", "Visitor", ["Bo", "Ann", "Bo"], {"Ann": "V01"})


# ---------------------------------------------------------------- rates
def test_rates_of_all_of_each_type_question_and_group():
    """What was not compared is in no rate."""
    table = rates_table(PAIRED, [ROOF, ROOMS], [VISITORS], 10.0)

    assert by_group(table) == {
        ("all", None, None): (3, 5),
        ("all", None, "1"): (2, 3),
        ("all", None, "2"): (1, 2),
        ("question", "roof", "1"): (2, 3),
        ("question", "rooms", "2"): (1, 2),
        ("visitor", "Ann", "1"): (1, 1),
        ("visitor", "Ann", "2"): (0, 1),
        ("visitor", "Bo", "1"): (1, 2),
        ("visitor", "Bo", "2"): (1, 1),
    }
    first = table.to_dict()["rows"][0]
    assert (first["error_low"], first["error_high"]) == wilson(3, 5)
    assert first["original_blank"] == 1
    assert [row.cells[1].label for row in table.rows if row.cells[0].value == "visitor"] == ["V01", "V01", "Bo", "Bo"]


def test_questions_of_one_type_that_nobody_named_have_no_rates_by_type():
    question = asked("roof", "unclassified")
    table = rates_table(Paired([case(2, answer(question, "tin", "tin"))]), [question], [], 10.0)

    assert list(by_group(table)) == [("all", None, None), ("question", "roof", "unclassified")]
    assert table.notes[0].startswith("Questions are of three types")


def test_what_may_change_says_nothing_of_who_asked():
    question = asked("roof", "3")
    paired = Paired([case(2, answer(question, "tin", "tiles"))])
    groups = [Grouping(name, name, ["x"], {}) for name in ("visitor", "team", "checker")]

    found = {group for group, _value, _type in by_group(rates_table(paired, [question], groups, 10.0))}
    assert found == {"all", "question", "checker"}


def test_a_group_without_a_comparison_has_no_row():
    paired = Paired([case(2, answer(ROOF, "tin", "", compared=False)), case(3, answer(ROOF, "tin", "tin"))])
    table = rates_table(paired, [ROOF], [Grouping("visitor", "Visitor", ["Ann", "Bo"], {})], 10.0)

    assert [value for group, value, _type in by_group(table) if group == "visitor"] == ["Bo"]


def test_where_small_counts_will_be_hidden_there_are_questions_only():
    paired = Paired(PAIRED.cases, visits=4, nobody=1)

    assert {group for group, *_more in by_group(rates_table(paired, [ROOF], [VISITORS], 10.0, discreet=True))} == {
        "question"
    }
    said = "1 of 4 households say nobody came, or that the record is not true."
    assert rates_table(paired, [ROOF], [], 10.0).notes[0] == said
    assert said not in rates_table(paired, [ROOF], [], 10.0, discreet=True).notes


@pytest.mark.parametrize(
    ("differ", "of", "okay", "called"),
    [(6, 10, 10.0, True), (6, 9, 10.0, False), (3, 10, 10.8, False), (3, 10, 10.7, True)],
)
def test_a_visitor_is_called_where_even_the_lower_limit_is_too_high(differ, of, okay, called):
    """Of ten answers at least; 3 of 10 are 10.8 at least."""
    cases = [case(n, answer(ROOF, "tin", "tiles" if n < differ else "tin")) for n in range(of)]
    table = rates_table(Paired(cases), [ROOF], [Grouping("visitor", "Visitor", ["Bo"] * of, {})], okay)

    assert [note.startswith(f"Needs re-check: Bo: {differ} of {of}") for note in table.notes[:-1]] == [True] * called


def test_only_visitors_and_questions_that_should_not_change_are_called():
    cases = [case(n, answer(ROOMS, "2", "3")) for n in range(12)]

    assert len(rates_table(Paired(cases), [ROOMS], [Grouping("visitor", "V", ["Bo"] * 12, {})], 5.0).notes) == 1
    cases = [case(n, answer(ROOF, "tin", "tiles")) for n in range(12)]
    assert len(rates_table(Paired(cases), [ROOF], [Grouping("checker", "C", ["Bo"] * 12, {})], 5.0).notes) == 1


def test_rates_are_weighted_where_every_case_has_a_weight():
    cases = [case(2, answer(ROOF, "tin", "tiles"), weight=3.0), case(3, answer(ROOF, "tin", "tin"), weight=1.0)]
    grouped = [Grouping("visitor", "Visitor", ["Bo", "Bo"], {})]
    table = rates_table(Paired(cases), [ROOF], grouped, 10.0)
    at = table.column("weighted_percent")

    assert [row.cells[at].value for row in table.rows] == [75, 75, 75, None]
    assert table.columns[at].people is True
    partly = rates_table(Paired([*cases, case(4, answer(ROOF, "tin", "tin"))]), [ROOF], grouped[:0], 10.0)
    assert partly.rows[0].cells[at].value is None


# ---------------------------------------------------------------- questions
def test_options_that_came_and_went():
    needs = asked("needs", "1", QuestionKind.MULTI, "road", "water", "light")
    pairs = (("road;water", "water;light"), ("road", "road"), ("road", ""))
    cases = [case(n, answer(needs, *pair)) for n, pair in enumerate(pairs)]
    [row] = questions_table(Paired(cases), [needs]).to_dict()["rows"]

    assert (row["gone"], row["new"], row["differences"], row["compared"]) == (1, 1, 2, 3)


def test_how_far_numbers_lie_apart():
    """Differences of 1, 0 and -1: half their variance of 1 over that of 2, 4 and 3, which is 1."""
    cases = [case(n, answer(ROOMS, *pair)) for n, pair in enumerate((("1", "2"), ("4", "4"), ("4", "3"), ("5", "")))]
    table = questions_table(Paired(cases), [ROOMS, ROOF])
    rooms, roof = table.to_dict()["rows"]

    assert (rooms["mean_original"], rooms["mean_backcheck"], rooms["difference"]) == (3, 3, 0)
    assert rooms["reliability"] == pytest.approx(0.5)
    assert (rooms["gone"], roof["mean_original"]) == (None, None)
    assert table.columns[table.column("reliability")].people
    assert not table.columns[table.column("gone")].people


@pytest.mark.parametrize(
    ("question", "pairs", "numbers"),
    [
        (asked("age"), (("1", "2"), ("3", "3")), True),  # three different ones
        (asked("code"), (("1", "2"), ("2", "2")), False),
        (asked("age"), (("1", "2"), ("3", "many")), False),
        (asked("rooms", "1", QuestionKind.NUMBER), (("1", "1"), ("1", "many")), True),
        (asked("needs", "1", QuestionKind.MULTI, "1", "2"), (("1", "2"), ("3", "3")), False),
    ],
)
def test_amounts_are_told_from_codes(question, pairs, numbers):
    [row] = questions_table(Paired([case(n, answer(question, *p)) for n, p in enumerate(pairs)]), [question]).rows

    assert (row.cells[9].value is not None) is numbers


# ---------------------------------------------------------------- cases
def test_cases_in_which_three_of_ten_answers_differ():
    questions = [asked(f"q{n}") for n in range(10)]

    def checked(differ, of, line):
        return case(line, *(answer(q, "a", "b" if n < differ else "a") for n, q in enumerate(questions[:of])))

    paired = Paired([checked(3, 10, 2), checked(2, 10, 3), checked(1, 3, 4), checked(2, 2, 5)])
    table = cases_table(paired, {0: "V01", 2: "V02"})

    assert [(row["line"], row["visitor"], row["differences"]) for row in table.to_dict()["rows"]] == [
        (2, "V01", 3), (4, "V02", 1),
    ]  # fmt: skip
    assert [column.name for column in cases_table(paired, {}).columns][:2] == ["line", "checker"]


def test_cases_are_named_by_their_number_on_the_sheet():
    paired = Paired([case(2, *(answer(asked(f"q{n}"), "a", "b") for n in range(3)), number="B7", days=4, checker="Mo")])
    [row] = cases_table(paired, {}).to_dict()["rows"]

    assert (row["number"], row["checker"], row["days_between"], row["error_percent"]) == ("B7", "Mo", 4, 100)


def test_answers_that_differ_are_shown_unless_they_are_personal():
    name = asked("name", personal=True)
    answers = (answer(ROOF, "tin", "call 13900000001"), answer(name, "Ann", ""), answer(ROOMS, "2", "2"))
    rows = differences_table(Paired([case(2, *answers)]), {0: "V01"}).to_dict()["rows"]

    assert [(row["line"], row["backcheck_line"], row["question"]) for row in rows] == [
        (2, 102, "roof"),
        (2, 102, "name"),
    ]
    assert "13900000001" not in rows[0]["backcheck"]
    assert rows[0]["original"] == "tin"
    assert (rows[1]["original"], rows[1]["backcheck"]) == ("(personal)", "")


def test_records_that_were_not_compared_say_why():
    table = unmatched_table(Paired(unmatched=[UnmatchedRecord("backcheck", 7, "no visit has this key")]))

    assert table.to_dict()["rows"] == [{"side": "backcheck", "line": 7, "reason": "no visit has this key"}]
