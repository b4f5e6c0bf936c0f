"""Answers that can harm who gave them."""

from __future__ import annotations

import pytest

from visittally.words.sensitive import sensitive_words


@pytest.mark.parametrize("text", ["gender-based_violence", "Domestic Violence", "邻居家暴", "rape", "drug use"])
def test_words_of_harm_are_found_in_both_languages(text):
    assert sensitive_words(text)


@pytest.mark.parametrize("text", ["road", "", "grape harvest", "道路", "violet"])
def test_parts_of_other_words_are_none(text):
    assert not sensitive_words(text)


def test_one_of_several_labels_is_enough():
    assert sensitive_words("code7", "道路", "家暴")
    assert not sensitive_words("code7", "道路")
    assert not sensitive_words()
