"""What tells the cases of a survey apart."""

from __future__ import annotations

import pytest

from visittally.analyses.backcheck.draw import SEPARATOR
from visittally.analyses.backcheck.keyed import CaseKey, case_key, keyed_records, needed_key, value_counts
from visittally.counting.plan import Dimension, Group, Plan
from visittally.errors import FieldError
from visittally.words.joined import NO_COLUMN

VISITS = """
    village,household_id,issue
    Ash,H1,road
    Elm,H1,water
    Elm,,water
    """


def names(campaign):
    return [variable.name for variable in case_key(campaign).variables]


def test_a_household_is_told_within_its_village(surveyed):
    assert names(surveyed(VISITS)) == ["household_id", "village"]
    assert names(surveyed("household_id,issue\nH1,road\n")) == ["household_id"]


def test_the_key_of_the_exporting_tool_goes_first_and_that_of_the_user_before_all(surveyed):
    text = "village,household_id,_uuid,card\nAsh,H1,0f5c1a7e-6c1b-4a39-8b5e-2f9f4c7d1e20,c1\n"

    assert (names(surveyed(text)), case_key(surveyed(text)).asked) == (["_uuid"], False)
    assert (names(surveyed(text, key="card")), case_key(surveyed(text, key="card")).asked) == (["card"], True)
    assert names(surveyed(text, key="household_id")) == ["household_id", "village"]


def test_without_a_key_records_are_told_by_file_and_line(surveyed):
    assert case_key(surveyed("village,issue\nAsh,road\n")) == CaseKey()
    with pytest.raises(FieldError, match="--key FIELD"):
        needed_key(surveyed("village,issue\nAsh,road\n"), "visits.csv")
    with pytest.raises(FieldError, match="nosuch"):
        case_key(surveyed(VISITS, key="nosuch"))


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (("H1",), "H1"),
        ((" H1 ",), "H1"),
        (("h1", "ASH Village"), SEPARATOR.join(["ash village", "h1"])),  # places are folded, keys are not
        (("H1", NO_COLUMN), SEPARATOR.join(["", "H1"])),
        (("", "Ash"), ""),
        (("NULL", "Ash"), ""),
        ((NO_COLUMN,), ""),
        ((), ""),
    ],
)
def test_the_key_of_a_record(cells, text):
    assert CaseKey().text(cells) == text


def read(campaign, key=None, wanted=None, columns=("issue",)):
    dimensions = [Dimension(name) for name in columns]
    counts = campaign.count(Plan(tuple(Group((d,)) for d in dimensions)))
    found = keyed_records(campaign, counts, case_key(campaign) if key is None else key, dimensions, wanted)
    return [(record.line, record.key, record.keyless, record.cells) for record in found]


def test_records_stand_under_their_keys(surveyed):
    """A record without one is told by file and line."""
    assert read(surveyed(VISITS)) == [
        (2, f"ash{SEPARATOR}H1", False, ("road",)),
        (3, f"elm{SEPARATOR}H1", False, ("water",)),
        (4, f"visits.csv{SEPARATOR}4", True, ("water",)),
    ]


def test_only_wanted_records_are_given(surveyed):
    assert [line for line, *_more in read(surveyed(VISITS), wanted={f"elm{SEPARATOR}H1"})] == [3]
    assert read(surveyed(VISITS), wanted=()) == []


def test_cells_come_in_the_order_that_was_asked_for_also_those_of_the_key(surveyed):
    """Rows of one key may differ in the others."""
    text = "card,issue,village\nc1,road,Ash\nc2,water,Elm\nc1,light,Oak\n"

    assert read(surveyed(text, key="card"), columns=("village", "card", "issue")) == [
        (2, "c1", False, ("Ash", "c1", "road")),
        (3, "c2", False, ("Elm", "c2", "water")),
        (4, "c1", False, ("Oak", "c1", "light")),
    ]


def test_without_a_key_all_are_keyless(surveyed):
    assert [record[1:3] for record in read(surveyed("village,issue\nAsh,road\n"), key=CaseKey())] == [
        (f"visits.csv{SEPARATOR}2", True)
    ]


def test_the_values_of_a_column_with_their_counts(surveyed):
    campaign = surveyed(VISITS)
    counts = campaign.count(Plan((Group((Dimension("issue"),)),)))

    assert value_counts(counts, Dimension("issue")) == {"road": 1, "water": 2}
