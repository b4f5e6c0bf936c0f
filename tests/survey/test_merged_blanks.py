"""Blank places that merged cells leave in a text export."""

from __future__ import annotations

import pytest

from visittally.analyses.campaign import load
from visittally.settings import Settings


@pytest.fixture
def noticed(tmp_path):
    """The notices about blanks below names in a text."""

    def run(text):
        path = tmp_path / "visits.csv"
        path.write_text(text, "utf-8")
        return [n.message for n in load(Settings(files=(str(path),))).notices() if n.code == "blanks_below"]

    return run


def test_each_name_once_above_blanks_looks_like_merged_cells(noticed):
    (message,) = noticed("village,issue\nAsh,road\n,water\n,road\nBirch,water\n,road\n,land\n")

    assert '4 records have no "village" below' in message


def test_names_that_are_repeated_are_not_merged_cells(noticed):
    assert noticed("village,issue\nAsh,road\nAsh,water\n,road\nBirch,water\nBirch,road\n,land\n") == []


def test_records_that_are_blank_elsewhere_too_are_not_merged_cells(noticed):
    assert noticed("village,issue,date\nAsh,road,1\n,,2\n,,1\nBirch,water,1\n,,2\n,,3\n") == []


def test_a_full_column_needs_no_word(noticed):
    assert noticed("village,issue\nAsh,road\nBirch,water\nCedar,road\nDogwood,water\nElm,road\n") == []
