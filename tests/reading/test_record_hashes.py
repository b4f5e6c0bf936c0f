"""Hashes of whole records: the same for the same cells, wherever their columns stand and however they are held."""

from __future__ import annotations

import pyarrow as pa

from visittally.reading.lexicon import Coded, Lexicon
from visittally.reading.record_hashes import column_hashes, record_hashes

CELLS = ["a", "b", "a"]
TEXTS = pa.array(CELLS, pa.string())


def coded():
    known = Lexicon()
    known.enter(["other"])
    return Coded(known.enter(CELLS), known)


def test_codes_and_texts_have_the_same_hashes():
    assert column_hashes(coded()).tolist() == column_hashes(TEXTS).tolist()


def test_records_are_the_same_in_any_order_of_columns():
    other = pa.array(["x", "y", "x"], pa.string())
    first = record_hashes(("n", "village"), {0: TEXTS, 1: other}).tolist()

    assert first == record_hashes(("village", "n"), {0: other, 1: coded()}).tolist()
    assert first[0] == first[2] != first[1]
    assert first != record_hashes(("village", "n"), {0: TEXTS, 1: other}).tolist()


def test_columns_of_one_name_keep_their_order():
    other = pa.array(["x", "y", "x"], pa.string())

    assert (
        record_hashes(("n", "n"), {0: TEXTS, 1: other}).tolist()
        != record_hashes(("n", "n"), {0: other, 1: TEXTS}).tolist()
    )


def test_a_table_without_columns_has_no_hashes():
    assert record_hashes((), {}) is None
