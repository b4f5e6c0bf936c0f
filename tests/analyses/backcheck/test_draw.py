"""A sample that nobody can foresee and anybody can repeat."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.analyses.backcheck.draw import Draw, share_of
from visittally.errors import UsageError

LETTERS = st.characters(exclude_categories=["Cs"])

CASES = st.lists(
    st.tuples(st.sampled_from(["", "a", "b", "东村"]), st.text(LETTERS, max_size=6)), unique_by=lambda c: c[1]
)
SHARES = st.fractions(Fraction(1, 50), 1)


@given(CASES, SHARES, SHARES, st.integers(0, 4), st.text(LETTERS, max_size=5))
def test_a_larger_share_contains_the_smaller_sample(cases, first, second, least, seed):
    """And in each stratum the same cases come first."""
    small, large = (Draw(seed, share, least).sample(cases) for share in sorted((first, second)))

    for name, stratum in small.items():
        assert large[name].drawn[: len(stratum.drawn)] == stratum.drawn


@given(CASES, st.randoms(), SHARES)
def test_the_order_of_the_cases_does_not_matter(cases, random, share):
    """Rows and files in any order."""
    shuffled = list(cases)
    random.shuffle(shuffled)

    assert Draw("seed", share).sample(cases) == Draw("seed", share).sample(shuffled)


@given(CASES, SHARES, st.integers(0, 4))
def test_sizes_and_weights(cases, share, least):
    """At least so many as far as there are, never more than all; the weights give back the cases."""
    for stratum in Draw("s", share, least).sample(cases).values():
        assert len(stratum.drawn) <= stratum.cases
        assert len(stratum.drawn) >= min(stratum.cases, least)
        assert len(stratum.drawn) >= share * stratum.cases
        assert stratum.weight * len(stratum.drawn) == pytest.approx(stratum.cases if stratum.drawn else 0)


def test_the_order_is_that_of_the_hashes():
    """SHA-256 of seed, stratum and key, a line each, in UTF-8."""
    keys = [f"户{n}" for n in range(40)]
    expected = sorted(keys, key=lambda key: hashlib.sha256(f"2026\n东村\n{key}".encode()).hexdigest())

    found = Draw("2026", Fraction(1, 4)).sample(("东村", key) for key in keys)

    assert list(found["东村"].drawn) == expected[:10]


@pytest.mark.parametrize(("cases", "drawn"), [(10, 1), (11, 2), (20, 2), (30, 3), (1, 1)])
def test_shares_are_exact_decimals(cases, drawn):
    """A tenth of ten is one: 0.1 as a floating-point number is a little more than a tenth."""
    assert Draw("", share_of("0.1"), 0).size(cases) == drawn


@pytest.mark.parametrize("text", ["0", "1.1", "-0.1", "ten", "", "1/0", "nan"])
def test_shares_that_are_none(text):
    """Nothing and more than all cannot be drawn."""
    with pytest.raises(UsageError, match="--share"):
        share_of(text)
