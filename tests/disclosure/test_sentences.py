"""Sentences are cells, too."""

import json

import pytest

import visittally
from visittally.disclosure.sentences import harmless_notices, is_harmless, tells
from visittally.errors import Notice


@pytest.mark.parametrize(
    "sentence",
    ["2 records have 0 in every option", "weird status (2)", "left out: 2 not asked", "3 of 1,200", "base 38 of 40"],
)
def test_a_small_number_or_difference_is_told(sentence):
    assert tells(sentence, 5)


@pytest.mark.parametrize(
    "sentence",
    [
        "Base: all 40 visits.",
        "Intervals: Wilson, 95 %",
        "2026-03-04",
        "1,204 of 1,100",
        "question q3",
        "V02",
        "12.5",
        "0",
    ],
)
def test_what_is_no_small_number_passes(sentence):
    assert not tells(sentence, 5)


@pytest.mark.parametrize(
    "sentence",
    [
        "Base: all 106 cases, of which 0 were not asked and 42 are blank.",
        "Net wet: 57 cases, 48.3 %.",
        "1.43 by each case that answered",
        "31 of 106 visits completed",
    ],
)
def test_figures_that_no_cell_holds_are_not_told_in_sentences(sentence):
    assert not is_harmless(sentence, 5, {106})


@pytest.mark.parametrize(
    "sentence",
    [
        "Base: 96 of 106 were asked; left out: 10",
        "Intervals: Wilson, 95 %.",
        "Of fewer than 10 no percentage is printed.",
    ],
)
def test_sizes_that_are_known_and_what_is_said_of_every_survey_may_be_told(sentence):
    assert is_harmless(sentence, 5, {96, 106})


def test_notices_of_unknown_kinds_are_held_back_and_counted():
    notices = (Notice("as_of", "Counted to 2026-03-01."), Notice("news", "Kofi says no"), Notice("dates", "1 bad"))

    kept = harmless_notices(notices, 5)

    assert [notice.code for notice in kept] == ["as_of", "held_back"]
    assert "2 notices" in kept[-1].message


@pytest.fixture
def visits(tmp_path):
    path = tmp_path / "visits.csv"
    rows = ["Ash,road,solved"] * 21 + ["Birch,water,pending"] * 17 + ["Birch,water,weird word"] * 2
    rows += ["Ash,,"] * 3 + ["Total,43,"]
    path.write_text("\n".join(["village,issue,status", *rows]) + "\n")
    return path


def test_no_number_of_a_few_records_is_printed_anywhere(command, visits):
    ended = command("summarize", str(visits), "--min-cell", "5")

    assert ended.status == 0
    assert "weird" not in ended.err
    assert ended.err.strip().splitlines()[-1] == (
        "Counted 43 records; small numbers of records set aside are hidden. Set aside: no record <5."
    )


def test_the_receipt_gives_no_small_number_away(visits):
    text = json.dumps(visittally.summarize(visits, min_cell=5).to_dict()["receipt"])

    found = json.loads(text)
    assert found["records_read"] is None
    assert found["records_set_aside"] is None
    assert found["records_counted"] == 43
    assert found["files"][0]["set_aside"] is None


def test_without_small_cells_everything_is_said(visits):
    result = visittally.summarize(visits)

    assert any("weird word" in notice.message for notice in result.notices)
    assert result.to_dict()["receipt"]["records_set_aside"] == 1
