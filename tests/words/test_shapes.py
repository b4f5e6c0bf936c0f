"""Rows that are no records are told by their words: in ASCII one digit is as good as another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.folding import fold
from visittally.words.ledgers import begins_signatures, is_note, is_page_line, is_total, ledger_words, shape, signs

PIECES = st.sampled_from(
    [
        *("total", "Sub-total: ", "sum", "Page ", "No. ", "p.", " of ", "Note", ": ", "Prepared by", "e.g.", "source"),
        *("-", " ", ".", "/", "(", ")", "3", "27", "105", "2026-04-01", "HH", "合计", "例", "第", "页", "注"),
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    ]
)


@pytest.mark.parametrize("test", [is_total, is_note, is_page_line, signs, begins_signatures])
@given(pieces=st.lists(PIECES, max_size=5))
def test_a_cell_says_what_its_shape_says(test, pieces):
    cell = "".join(pieces)
    if test is signs:
        assert (signs(cell) is None) == (signs(shape(cell)) is None)
    else:
        assert test(cell) == test(shape(cell))


def test_no_word_in_ascii_that_announces_something_has_a_digit():
    lists = ("example", "note", "sign", "sign_on", "total", "total_before", "total_behind")
    told = [word for name in lists for word in ledger_words(name) if word.isascii()]

    assert told
    assert not any(character.isdigit() for word in told for character in word)
    assert fold("例1") in ledger_words("example")
    assert shape("例1") == "例1"
