"""What a test says of texts, each of them or each shape looked at once."""

from __future__ import annotations

from visittally.reading.told import ToldByShape, ToldOnce


def test_each_text_is_looked_at_once():
    asked = []

    def long(text):
        asked.append(text)
        return len(text) > 2

    told = ToldOnce(long)

    assert [told[text] for text in ("abc", "a", "abc", "a")] == [True, False, True, False]
    assert asked == ["abc", "a"]


def test_texts_of_one_shape_are_looked_at_once():
    asked = []

    def ends_so(text):
        asked.append(text)
        return text.endswith("hh")

    told = ToldByShape(ends_so)

    assert [told[text] for text in ("12 hh", "47 hh", "12 no", "35 no", "hh")] == [True, True, False, False, True]
    assert asked == ["00 hh", "00 no", "hh"]
