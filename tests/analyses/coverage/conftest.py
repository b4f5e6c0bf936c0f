"""Shared by the tests of coverage: a roster read beside three visits."""

from __future__ import annotations

import pytest

from visittally.analyses.campaign import load
from visittally.analyses.coverage.roster_columns import open_roster
from visittally.settings import Settings

VISITS = "township,village,household_id,issue\nNorth,Ash,1,road\nNorth,Birch,2,water\nSouth,Cedar,3,road\n"


@pytest.fixture
def entries(write):
    """What a roster says about the rows made by some fields."""

    def read(text, by=("village",), **columns):
        settings = Settings(
            files=(write("visits.csv", VISITS),), roster=write("roster.csv", text), roster_columns=columns
        )
        campaign = load(settings)
        return open_roster(settings).entries([campaign.axis(name) for name in by], campaign.home)

    return read
