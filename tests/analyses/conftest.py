"""Shared by the tests of the analyses: a survey loaded from a few lines."""

from __future__ import annotations

import pytest

from visittally.analyses.campaign import load
from visittally.settings import Settings


@pytest.fixture
def surveyed(write):
    """Load comma-separated text as a survey; options are those of `Settings`."""
    return lambda text, name="visits.csv", **options: load(Settings(files=(write(name, text),), **options))
