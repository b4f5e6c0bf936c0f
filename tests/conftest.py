"""Shared by all tests."""

from __future__ import annotations

import pytest

from visittally import messages


@pytest.fixture(autouse=True)
def english():
    """Every test begins in English, whatever the machine speaks."""
    messages.set_language("en")
    yield
    messages.set_language("en")
