"""The different cells of a column: each has one code for ever, whichever way it is looked up."""

from __future__ import annotations

import pickle
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.reading import lexicon as lexicons
from visittally.reading.lexicon import Coded, Lexicon
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.grid import PADDING, Cells, GridFinder

MANY = 300
"""More cells than are looked up one by one."""


@pytest.fixture(params=["numpy", "compiled"])
def cells_of(request, hearts):
    """Make cells of texts or bytes, all of them in quotes, as the numpy or the compiled heart finds them."""
    beating = hearts()
    if request.param == "compiled" and len(beating) == 1:
        pytest.skip("the module is not compiled here")
    with beating[request.param == "compiled"]:
        yield _cells_of


def _cells_of(texts):
    parts = [text if isinstance(text, bytes) else text.encode() for text in texts]
    content = b"".join(b'"' + part.replace(b'"', b'""') + b'"\n' for part in parts)
    grid = GridFinder(Dialect(""), 1).find(bytearray(content) + bytearray(PADDING), len(content), final=True)
    return grid.cells(0)


def looked_up(known, cells, most=1_000):
    codes = known.codes(cells, most)
    return None if codes is None else [known.values[code] for code in codes.tolist()]


def test_codes_count_from_zero_in_the_order_of_appearance():
    known = Lexicon()

    assert known.enter(["b", "a", "b"]).tolist() == [0, 1, 0]
    assert known.enter(["c", "a", ""]).tolist() == [2, 1, 3]
    assert known.values == ["b", "a", "c", ""]
    assert len(known) == 4


LENGTHS = [0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 200]


@pytest.mark.parametrize("count", [5, MANY])
def test_cells_of_any_length_are_found_again(cells_of, count):
    texts = [mark * length for length in LENGTHS for mark in "ab"][: max(count // 8, 4)] * 8
    texts += ["", 'say "no"', "村", "村庄" * 12, "\0"[:0]] * 2
    texts = (texts * (count // len(texts) + 1))[:count]
    known = Lexicon()

    assert looked_up(known, cells_of(texts)) == texts
    assert looked_up(known, cells_of(texts[::-1]), most=0) == texts[::-1]
    assert sorted(known.values) == sorted(set(texts))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text("ab\"'村 ", max_size=70), min_size=1, max_size=12), st.integers(0, 40))
def test_any_cells_are_found_again_by_both_hearts(hearts, texts, first):
    known = Lexicon()
    known.enter(texts[:2])
    many = (texts * MANY)[first : first + MANY]
    for beating in hearts():
        with beating:
            assert looked_up(known, _cells_of(many)) == many


def test_a_column_mostly_of_long_cells(cells_of):
    texts = [f"{n % 7} " + "long " * 20 for n in range(MANY)] + ["short"] * 9
    known = Lexicon()

    assert looked_up(known, cells_of(texts)) == texts
    assert len(known) == 8


def test_thousands_of_values_find_room(cells_of):
    texts = [f"HH{n:05d}" for n in range(3_000)]
    known = Lexicon()

    assert looked_up(known, cells_of(texts[:500]), most=3_000) == texts[:500]
    assert looked_up(known, cells_of(texts), most=3_000) == texts
    assert known.values == texts
    assert known.codes(cells_of(texts), 0).tolist() == list(range(3_000))


@pytest.mark.parametrize("text", ["v{}", "{} " + "long " * 20, 'v"{}'])
def test_no_more_new_values_are_learnt_than_wanted(cells_of, text):
    """Short cells, long ones, and ones with quotes in them."""
    texts = [text.format(n % 20) for n in range(MANY)]

    assert looked_up(Lexicon(), cells_of(texts), most=19) is None
    assert looked_up(Lexicon(), cells_of(texts), most=20) == texts
    known = Lexicon()
    assert looked_up(known, cells_of(texts[:5] * MANY)) == texts[:5] * MANY
    assert looked_up(known, cells_of(texts), most=15) == texts


@pytest.mark.parametrize("count", [3, MANY])
@pytest.mark.parametrize("bad", [b"\xff", b"\xff" * 80, b'"\xff'])
def test_what_is_no_utf8_has_no_codes(cells_of, bad, count):
    assert Lexicon().codes(cells_of(["a"] * count + [bad]), 10) is None


def test_two_values_of_one_hash_are_told_apart(cells_of, monkeypatch):
    monkeypatch.setattr(lexicons, "_scrambled", lambda words: np.zeros(len(words[0]), np.uint64))
    texts = [f"v{n % 5}" for n in range(MANY)]
    column = cells_of(texts)
    wide = Cells(column.text, column.starts.astype(np.int64), column.lengths.astype(np.int64))
    known = Lexicon()

    assert looked_up(known, wide) == texts
    assert looked_up(known, wide, most=0) == texts


def test_what_is_made_of_values_is_made_once_for_each():
    known, asked = Lexicon(), []

    def lengths(values):
        asked.extend(values)
        return np.array([len(value) for value in values])

    known.enter(["a", "bcd"])
    assert known.made("length", lengths).tolist() == [1, 3]
    known.enter(["ef"])
    assert known.made("length", lengths).tolist() == [1, 3, 2]
    assert known.made("length", lengths).tolist() == [1, 3, 2]
    assert asked == ["a", "bcd", "ef"]
    assert known.made("twice", lambda values: 2 * lengths(values)).tolist() == [2, 6, 4]


def test_values_are_reduced_to_fewer():
    known = Lexicon()
    known.enter(["a1", "b", "a2"])

    def letters(values):
        return [value[0] for value in values]

    codes, fewer = known.reduced("letter", letters)
    assert (codes.tolist(), fewer.values) == ([0, 1, 0], ["a", "b"])
    known.enter(["c", "b2"])
    codes, again = known.reduced("letter", letters)
    assert again is fewer
    assert (codes.tolist(), fewer.values) == ([0, 1, 0, 2, 1], ["a", "b", "c"])


def test_a_lexicon_sent_to_another_process_knows_its_values():
    known = Lexicon()
    known.enter(["b", "a"])
    sent = pickle.loads(pickle.dumps(known))

    assert sent.values == ["b", "a"]
    assert sent.enter(["a", "c"]).tolist() == [1, 2]


def test_a_column_of_codes():
    known = Lexicon()
    column = Coded(known.enter(["b", "a", "b", "c"]), known)

    assert len(column) == 4
    assert column.values == ["b", "a", "c"]
    assert column.strings().to_pylist() == column.to_pylist() == ["b", "a", "b", "c"]
    assert column.take(np.array([3, 0])).to_pylist() == ["c", "b"]

    few = column.take(np.array([3, 0])).compacted()
    assert Counter(few.values) == {"b": 1, "c": 1}
    assert few.to_pylist() == ["c", "b"]
    assert few.codes.dtype == np.int32
