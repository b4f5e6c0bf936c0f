"""What people should know about how the answers of a question were read."""

from __future__ import annotations

import pytest

from visittally import messages
from visittally.answers.book import learn
from visittally.answers.notices import coded_missing, net_notices
from visittally.settings import Net
from visittally.survey.variables import Choice, Part, QuestionKind, Role, Variable
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN
from visittally.words.vocabulary import Missing

NEEDS = Variable("needs", (Part("needs"),), QuestionKind.MULTI)
OPTIONS = Variable("needs", tuple(Part(f"needs/{name}", Role.OPTION, name) for name in ("water", "road")))


@pytest.fixture
def told():
    """The notices on a question with these records: code -> text."""

    def tell(variable, *rows):
        values = {CELL_SEPARATOR.join(row[:-1]): row[-1] for row in rows}
        return {notice.code: notice.message for notice in learn(variable, values, Missing()).notices}

    return tell


# ---------------------------------------------------------------- what was noticed in any question
def test_none_beside_others(told):
    one = told(NEEDS, ("none;road", 1), ("road", 4), ("water", 3), ("road;water", 3))
    several = told(NEEDS, ("none;road", 1_000), ("road", 4), ("water", 3), ("road;water", 3))

    assert (
        one["exclusive_conflict"]
        == '"needs": 1 record says "none", "don\'t know" ... beside other answers; all are kept.'
    )
    assert several["exclusive_conflict"].startswith('"needs": 1,000 records say')
    assert "exclusive_conflict" not in told(NEEDS, ("none", 3), ("road", 4))


def test_errors_of_spreadsheets(told):
    assert told(NEEDS, ("#REF!", 1), ("road", 2))["damaged_cells"].startswith('"needs": 1 cell holds an error')
    assert told(NEEDS, ("#REF!", 2), ("#N/A", 1), ("road", 2))["damaged_cells"].startswith(
        '"needs": 3 cells hold errors'
    )
    assert "damaged_cells" not in told(NEEDS, ("road", 2))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("1-3-5", "2026-01-03", "4"), "1 cell (2026-01-03)"),
        (("1-3-5", "3-Jan", "1月3日"), "2 cells (1月3日; 3-Jan)"),
        (("1,3,5", "1.3"), "1 cell (1.3)"),
        (("1-3-5", "1.3"), None),  # a point for a comma, not for a stroke
        (("1-3", "2026-01-03"), None),  # two codes may be a date
        (("road", "2026-01-03"), None),
    ],
)
def test_lists_of_codes_that_a_spreadsheet_took_for_something_else(told, cells, said):
    found = told(NEEDS, *((cell, 1) for cell in cells)).get("codes_as_dates")

    assert (found is None) if said is None else found.startswith(f'"needs": {said} ')
    assert "codes_as_dates" not in told(Variable("day", (Part("day"),), QuestionKind.DATE), *((c, 1) for c in cells))


# ---------------------------------------------------------------- questions of one column
def test_spellings_that_were_taken_together(told):
    found = told(NEEDS, ("Road", 2), ("road", 1), ("WATER", 1), ("water", 2), ("light", 5))

    assert found["merged_answers"] == (
        '"needs": 2 answers are written in more than one way: Road = road; WATER = water.'
    )
    assert "merged_answers" not in told(NEEDS, ("road", 2), ("light", 5))


def test_more_than_five_are_not_all_listed(told):
    rows = [(spelling, 1) for letter in "abcdef" for spelling in (f"{letter}road", f"{letter.upper()}road")]

    assert told(NEEDS, *rows)["merged_answers"].count(" = ") == 5
    assert told(NEEDS, *rows)["merged_answers"].endswith("; and others.")


def test_answers_that_the_form_does_not_list(told):
    """Names and labels are both known to it."""
    listed = Variable("roof", (Part("roof"),), choices=(Choice("1", "Tin"), Choice("2", "Thatch")))

    assert told(listed, ("1", 3), ("Thatch", 1), ("tiles", 1))["answers_beyond_form"] == (
        '"roof": 1 answer is not among the options of the form and was kept: tiles.'
    )
    assert "answers_beyond_form" not in told(listed, ("1", 3), ("thatch", 1))
    assert "answers_beyond_form" not in told(Variable("roof", (Part("roof"),)), ("tiles", 1))


def test_versions_of_a_question_that_differ(told):
    versions = Variable("roof", (Part("roof"), Part("roof_v2")))
    same = [("tin", "tin", 5), ("tin", "", 4), ("TIN", "tin", 2), ("", NO_COLUMN, 1)]

    assert told(versions, *same, ("tin", "Thatch", 1))["versions_differ"] == (
        '"roof" stands in 2 columns: 1 record has different answers in them; all are counted.'
    )
    assert "versions_differ" not in told(versions, *same)


# ---------------------------------------------------------------- questions of several columns
def test_zeros_in_every_option(told):
    assert told(OPTIONS, ("1", "0", 5), ("0", "0", 2))["zeros_everywhere"].startswith(
        '"needs": 2 records have 0 in every option; they count as asked with nothing ticked'
    )
    assert "zeros_everywhere" not in told(OPTIONS, ("1", "0", 5), ("", "", 2))


@pytest.mark.parametrize(
    ("tool", "blank", "text"),
    [
        ("kobotoolbox", 0, "from KoboToolbox that means asked and nothing ticked"),
        ("", 2, "as other records are blank in every option"),
        ("", 0, "it counts as not asked"),
    ],
)
def test_zeros_beside_a_blank(told, tool, blank, text):
    parts = (Part("needs", Role.PARENT), *OPTIONS.parts)
    rows = [("water", "1", "0", 5), ("road", "0", "1", 5), ("", "0", "0", 1)]
    rows += [("", "", "", blank)] if blank else []

    assert text in told(Variable("needs", parts, tool=tool), *rows)["zeros_beside_blank"]


def test_steps_of_a_scale(told):
    found = told(OPTIONS, ("1", "0", 5), ("2", "1", 2), ("10", "3", 2))

    assert found["scale_not_ticked"] == (
        '"needs": only 1 counts as ticked, but its columns hold 2, 3, 10 as well. Say which do: --tick needs=2,3,10'
    )
    assert "scale_not_ticked" not in told(OPTIONS, ("1", "0", 5), ("0", "1", 2))


def test_options_that_some_files_have_no_column_for(told):
    """A file without any of them is another matter."""
    found = told(OPTIONS, ("1", "0", 5), ("1", NO_COLUMN, 3), (NO_COLUMN, NO_COLUMN, 9))

    assert found["option_not_in_file"] == (
        '"needs": 3 records come from files without a column for: road. They stay in the base.'
    )
    assert "option_not_in_file" not in told(OPTIONS, ("1", "0", 5), (NO_COLUMN, NO_COLUMN, 9))


# ---------------------------------------------------------------- numbers for missing answers
def test_numbers_taken_for_missing_answers_come_with_the_lines_that_settle_it():
    answers = {"-88": 3, " -88 ": 1, "-99": 2, "road": 9}
    codes = {"-99": "refused", "-88": "dont_know"}

    [notice] = coded_missing("needs", answers, codes, None)
    assert notice.message == (
        '"needs": -88 (4), -99 (2) counts as an answer that was not given. To settle it, in visittally.toml: [missing] '
        'dont_know = ["-88"]; refused = ["-99"] (where it is an answer: answer = ["-88", "-99"])'
    )
    [rest] = coded_missing("needs", answers, codes, Missing(refused=frozenset({"-99"})))
    assert "-88 (4) counts" in rest.message
    assert "refused" not in rest.message
    assert coded_missing("needs", answers, {}, None) == ()
    assert coded_missing("needs", answers, codes, Missing(refused=frozenset({"-99", "-88"}))) == ()


# ---------------------------------------------------------------- nets
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (("Water", "road"), None),
        (("water", "brigde"), 'Net "all": no record of "needs" gives the answer brigde, which adds nothing.'),
        (("a", "b"), 'Net "all": no record of "needs" gives the answers a; b, which add nothing.'),
    ],
)
def test_answers_of_nets_that_nobody_gave(answers, said):
    net, other = Net("all", "needs", answers), Net("all", "roof", answers)
    found = net_notices([net, other], {"needs", "Needs of the household"}, {"water", "Road"})

    assert [notice.message for notice in found] == ([said] if said else [])


def test_in_chinese(told):
    messages.set_language("zh")
    found = told(NEEDS, ("Road", 2), ("road", 1), ("none;road", 1), ("water;road", 2))

    assert all(any("\u4e00" <= c <= "\u9fff" for c in message) for message in found.values())
    assert {"merged_answers", "exclusive_conflict"} <= found.keys()
