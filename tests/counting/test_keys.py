"""Keys of records, households and visits."""

from __future__ import annotations

import numpy as np
import pytest

from visittally.counting.keys import BLANK, Keys, cell_hashes, key_hashes, record_key_hashes, trimmed
from visittally.reading.lexicon import Coded, Lexicon
from visittally.words.arrays import string_array


def coded(values):
    lexicon = Lexicon()
    return Coded(lexicon.enter(values), lexicon)


@pytest.fixture(params=[string_array, coded])
def cells(request):
    """Cells as texts, and as codes of a lexicon."""
    return request.param


def test_white_space_around_a_key_is_none_of_it(cells):
    hashes = cell_hashes(cells(["H1", " H1", "H1\u3000", "H 1", "", "  ", "h1"]))

    assert hashes[0] == hashes[1] == hashes[2]
    assert hashes[4] == hashes[5] == BLANK
    assert len(set(hashes.tolist())) == 4


@pytest.mark.parametrize("more", [[], ["村"], ["a longer one"]])
def test_blanks_are_no_keys_whatever_stands_beside_them(cells, more):
    """The quick way for plain texts and the thorough one agree."""
    found = key_hashes([(cells(["H1", *more]), True)], 1 + len(more))
    blank = key_hashes([(cells(["H1", "", " ", "NA", "n/a", "N/A", " - ", "na", *more]), True)], 8 + len(more))

    assert found.present.all()
    assert blank.present.tolist()[:8] == [True, False, False, False, False, False, False, True]


@pytest.mark.parametrize("more", [[], ["村"]])
def test_short_keys_are_told_from_short_blanks(cells, more):
    keys = key_hashes([(cells(["1", "NA", "household-7", "N/A", "", "n/b", "-", *more]), True)], 7 + len(more))

    assert keys.present.tolist()[:7] == [True, False, True, False, False, True, False]


def test_long_keys_with_white_space_inside_are_looked_at_whole(cells):
    assert key_hashes([(cells(["house 1", "    "]), True)], 2).present.tolist() == [True, False]
    assert key_hashes([(cells(["house-1", "\u3000\u3000"]), True)], 2).present.tolist() == [True, False]


def test_a_blank_counts_against_a_key_only_in_a_column_that_tells(cells):
    villages, households = cells(["Ash", "", "Elm"]), cells(["1", "1", ""])

    assert key_hashes([(households, True), (villages, False)], 3).present.tolist() == [True, True, False]
    assert key_hashes([(households, False), (villages, True)], 3).present.tolist() == [True, False, True]


def test_households_of_one_number_in_two_villages_are_two(cells):
    hashes = key_hashes([(cells(["1", "1", "2", "1"]), True), (cells(["Ash", "Elm", "Ash", "Ash"]), False)], 4).hashes

    assert hashes[0] == hashes[3]
    assert len(set(hashes.tolist())) == 3


def test_a_column_that_the_file_lacks_is_the_same_everywhere(cells):
    """Without any column there is no key."""
    lacking = key_hashes([(cells(["1", "1", "2"]), True), (None, False)], 3)

    assert lacking.present.all()
    assert (lacking.hashes[0] == lacking.hashes[1], lacking.hashes[0] == lacking.hashes[2]) == (True, False)
    assert key_hashes([], 3).present.tolist() == [False] * 3
    assert key_hashes([(None, True)], 2).hashes.tolist()[0] == key_hashes([(None, True)], 1).hashes.tolist()[0]


@pytest.mark.parametrize(
    ("key", "shaped"),
    [
        ("6bd1c2f0", True),
        ("6bd1c2f", False),
        ("uuid:6bd1c2f0-1", True),
        (" 6bd1c2f0 ", True),
        ("-bd1c2f0a", False),
        ("6bd1c2f0.5", False),
        ("6bd1 c2f0", False),
        ("6bd1c2f.", False),
        (":bd1c2f0a", False),
        ("Z_9:a-bcd", True),
        ("6bd1c2f0村", False),
        ("村6bd1c2f0", False),
        ("@bd1c2f0", False),
        ("[bd1c2f0", False),
        ("/bd1c2f0", False),
        ("NA", False),
        ("", False),
    ],
)
def test_the_shape_of_a_record_key(cells, key, shaped):
    """By itself, beside others that are, and beside one that is not."""
    for beside in ([], ["uuid:00000000"], ["uuid:00000000", "x"]):
        assert bool(record_key_hashes(cells([key, *beside])).present[0]) is shaped


def test_which_of_the_keys_have_been_seen_does_not_change_what_is_known_of_a_column():
    column = coded(["6bd1c2f0", "x"])
    record_key_hashes(column).present[:] = False

    assert record_key_hashes(column).present.tolist() == [True, False]


def test_records_with_one_of_some_keys():
    """Those without a key have none, whatever stands in their place; keys that begin alike are told apart."""
    hashes = np.array([5, 2**60, 2**60 + 1, 2**63, 5], np.uint64)
    keys = Keys(hashes, np.array([True, True, True, True, False]))

    assert keys.among(np.array([5, 2**60 + 1], np.uint64)).tolist() == [True, False, True, False, False]
    assert keys.among(np.array([2**63 + 7], np.uint64)).tolist() == [False] * 5
    assert keys.among(np.zeros(0, np.uint64)).tolist() == [False] * 5


def test_texts_without_white_space_at_their_ends():
    plain = string_array(["a", "b"])

    assert trimmed(plain) is plain
    assert trimmed(string_array([" a", "村 ", "\u00a0c"])).to_pylist() == ["a", "村", "c"]
    assert trimmed(string_array(["", ""])).to_pylist() == ["", ""]
