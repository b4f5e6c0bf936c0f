"""Hashes of texts: equal texts have equal ones everywhere, with every heart; different texts have different ones."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from visittally.reading.hashing import combine_hashes, contents, hash_texts, mix, sort_words


def hashes(*texts):
    return hash_texts(pa.array(texts, pa.string())).tolist()


@pytest.fixture(params=["numpy", "compiled"], autouse=True)
def _heart(request, hearts):
    """Every test once with numpy, and once with the compiled heart where there is one."""
    beating = hearts()
    if request.param == "compiled" and len(beating) == 1:
        pytest.skip("the module is not compiled here")
    with beating[request.param == "compiled"]:
        yield


KNOWN = {
    "": 0x0000000000000000,
    "a": 0x67762D1821FF3D07,
    "大坪村": 0x53C08B28B7958779,
    "uuid:0a1b2c3d-4e5f": 0xCA36AD6B33ED6BE8,
    "x" * 255: 0xA142562BDB73FD7C,
    "x" * 256: 0x4AE88A1EDEE4F2E2,
}


def test_hashes_are_the_same_on_every_machine():
    assert dict(zip(KNOWN, hashes(*KNOWN), strict=True)) == KNOWN


@pytest.mark.parametrize("length", [1, 7, 8, 9, 16, 255, 256, 257])
def test_each_byte_counts_wherever_it_stands(length):
    text = "a" * length
    others = [text[:i] + "b" + text[i + 1 :] for i in range(length)]

    assert len(set(hashes(text, text + "a", *others))) == length + 2


def test_zeros_at_the_end_and_the_order_of_words_count():
    assert len(set(hashes("", "\0", "\0\0", "a", "a\0", "\0a", "12345678abcdefgh", "abcdefgh12345678"))) == 8


def test_a_text_has_its_hash_whatever_stands_beside_it():
    texts = pa.array(["ash", "", "y" * 300, "elm village", "y" * 300, "ash"], pa.string())
    alone = [hashes(text)[0] for text in texts.to_pylist()]

    assert hash_texts(texts).tolist() == alone
    assert hash_texts(texts[2:5]).tolist() == alone[2:5]
    assert hash_texts(texts[1:2]).tolist() == alone[1:2]
    assert alone[0] == alone[5]
    assert alone[2] == alone[4]


def test_no_texts_have_no_hashes():
    assert hash_texts(pa.array([], pa.string())).tolist() == []
    assert hash_texts(pa.array(["a"], pa.string())[1:]).dtype == np.uint64


def test_bits_of_hashes_are_spread_evenly():
    """Each of the 64 bits is set in about half of the hashes of numbers that follow each other."""
    found = hash_texts(pa.array([f"HH{n:04d}" for n in range(4_096)], pa.string()))
    for words in (found, mix(np.arange(4_096, dtype=np.uint64))):
        counts = [int((words >> np.uint64(bit) & np.uint64(1)).sum()) for bit in range(64)]
        assert all(abs(count - 2_048) < 5 * 32 for count in counts)  # five standard deviations


def test_the_order_of_columns_counts():
    a, b = (np.array(hashes(*texts), np.uint64) for texts in (("x", "y"), ("y", "y")))

    assert combine_hashes([a]) is a
    both, turned = combine_hashes([a, b]), combine_hashes([b, a])
    assert both[0] != turned[0]
    assert both[1] == turned[1]
    assert len({*both.tolist(), *a.tolist()}) == 4
    assert combine_hashes([a, b, b])[0] != both[0]
    assert combine_hashes([a, a])[0] != combine_hashes([b, b])[0]


def test_contents_are_the_bytes_of_the_texts_alone():
    texts = pa.array(["left out", "村", "", "ab", "left out"], pa.string())[1:4]
    content, offsets = contents(texts)

    assert content.tobytes() == "村ab".encode()
    assert offsets.tolist() == [0, 3, 3, 5]


@pytest.mark.parametrize("words", [[], [7], [3, 1, 3, 2**64 - 1, 0, 1, 3]])
def test_words_are_sorted_and_told_once(words):
    assert sort_words(np.array(words, np.uint64)).tolist() == sorted(words)
    assert sort_words(np.array(words, np.uint64), distinct=True).tolist() == sorted(set(words))


@pytest.mark.parametrize("most", [1, 3, 70_000, 2**63])
@pytest.mark.parametrize("count", [32_767, 32_768, 32_769, 200_000])
def test_many_words_are_told_once_wherever_they_are_cut(count, most):
    words = np.random.default_rng(count).integers(0, most, count).astype(np.uint64)
    assert np.array_equal(sort_words(words.copy(), distinct=True), np.unique(words))
