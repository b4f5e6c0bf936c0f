"""The usual headings, in every language."""

from __future__ import annotations

import pytest

from visittally import messages
from visittally.words.labels import heading, not_recorded


@pytest.mark.parametrize(
    ("language", "collected", "blank"), [("en", "Collected", "not recorded"), ("zh", "收集问题", "未登记")]
)
def test_headings_follow_the_language(language, collected, blank):
    messages.set_language(language)

    assert heading("collected") == collected
    assert not_recorded() == blank


def test_what_has_no_heading_is_called_by_its_name():
    assert heading("nosuch") == "nosuch"
