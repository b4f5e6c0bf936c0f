"""A solver plays the reader of random surveys: no hidden figure can be worked out, and no sentence tells one."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("highspy", reason="the solver that plays the reader is not installed")
sys.path.append(str(Path(__file__).parents[1] / "attack"))
import small_cells
import told

from visittally.disclosure.arranging import hide

SURVEYS = 50
PARTS = 5


@pytest.mark.parametrize("part", range(PARTS))
def test_no_hidden_figure_follows_from_the_tables_of_its_run(part):
    found_out = {}
    hidden = 0
    for seed in range(part, SURVEYS, PARTS):
        command = small_cells.COMMANDS[seed // PARTS % len(small_cells.COMMANDS)]
        ranges = small_cells.study(small_cells.invented(seed), commands=(command,))
        hidden += len(ranges)
        found_out |= {(seed, key): ends for key, ends in ranges.items() if ends[0] == ends[1]}
    assert hidden > 20
    assert found_out == {}


@pytest.mark.parametrize(
    ("command", "seed"),
    [
        *(("summarize", seed) for seed in (127, 158, 468, 3903, 5520, 7574)),
        *(("report", seed) for seed in (1190, 30021, 41031)),
        *(("questions --by village", seed) for seed in (7055, 7688)),
    ],
)
def test_what_a_longer_search_found_out_stays_hidden(command, seed):
    """Issues that only some places named; nets of all issues; nets of which each place gave one answer, or all; nets
    of an answer that one table leaves among the rest and another shows; two places of which seven of at most eight
    issues were resolved, where records name several; a theme that holds all issues;
    questions that all of a place were asked; a net of all that is left over; a place with as many statuses as records
    that raised something; days of which one has few visits, beside the number of all records.
    """
    ranges = small_cells.study(small_cells.invented(seed), commands=(command,))
    assert ranges
    assert all(low < high for low, high in ranges.values())


@pytest.mark.parametrize("seed", range(3))
def test_the_reader_understands_every_number_of_tables_with_nothing_hidden(seed, folder):
    survey = small_cells.invented(seed)
    for command in small_cells.COMMANDS:
        wrong, unread = small_cells.misread(survey, small_cells.result_of(survey, command, 0, folder).tables.values())
        assert wrong == []
        assert unread <= {("levels", "count"), ("ratios", "denominator"), ("spread", "places")}


def test_the_reader_finds_out_what_is_not_protected(folder):
    """A hidden cell beside its total and its other parts has one value."""
    survey = small_cells.invented(3)
    areas = small_cells.result_of(survey, "summarize", 0, folder).tables["areas"]
    at = areas.column("cases")
    first = areas.rows[0]
    bare = replace(first, cells=(*first.cells[:at], hide(first.cells[at], "secondary"), *first.cells[at + 1 :]))
    reader = small_cells.Reader(survey, 5)
    reader.look([areas.with_rows([bare, *areas.rows[1:]])])

    assert [low == high for low, high in reader.ranges().values()] == [True]


def test_no_sentence_in_any_format_tells_a_number_that_no_table_shows():
    assert told.told(small_cells.invented(3), commands=("questions",)) == []
    assert told.told(small_cells.invented(14), commands=("summarize",)) == []
