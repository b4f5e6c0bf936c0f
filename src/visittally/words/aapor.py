"""Outcome rates of a survey by the standard definitions of AAPOR.

Final dispositions: I complete and P partial interviews, R refusals and break-offs, NC non-contacts, O other
eligible non-interviews, UH unknown whether there is a household, UO unknown otherwise, NE not eligible.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES = ("I", "P", "R", "NC", "O", "UH", "UO", "NE")
"""The final dispositions."""

_ELIGIBLE = ("I", "P", "R", "NC", "O")
_CONTACTED = ("I", "P", "R", "O")
_UNKNOWN = ("UH", "UO")

_RATES: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "RR1": (("I",), _ELIGIBLE, "all"),
    "RR2": (("I", "P"), _ELIGIBLE, "all"),
    "RR3": (("I",), _ELIGIBLE, "estimated"),
    "RR4": (("I", "P"), _ELIGIBLE, "estimated"),
    "RR5": (("I",), _ELIGIBLE, "none"),
    "RR6": (("I", "P"), _ELIGIBLE, "none"),
    "COOP1": (("I",), _CONTACTED, "none"),
    "COOP2": (("I", "P"), _CONTACTED, "none"),
    "COOP3": (("I",), ("I", "P", "R"), "none"),
    "COOP4": (("I", "P"), ("I", "P", "R"), "none"),
    "REF1": (("R",), _ELIGIBLE, "all"),
    "REF2": (("R",), _ELIGIBLE, "estimated"),
    "REF3": (("R",), _ELIGIBLE, "none"),
    "CON1": (_CONTACTED, _ELIGIBLE, "all"),
    "CON2": (_CONTACTED, _ELIGIBLE, "estimated"),
    "CON3": (_CONTACTED, _ELIGIBLE, "none"),
    "LOC1": (_ELIGIBLE, _ELIGIBLE, "all"),
    "LOC2": (_ELIGIBLE, _ELIGIBLE, "estimated"),
}
"""Rate -> codes of its numerator, codes of its denominator, how many unknown cases join the denominator."""

RATES = tuple(_RATES)
"""Names of the rates, in the order in which they are printed."""


def eligible_share(counts: Mapping[str, float]) -> float | None:
    """The estimated share e of the unknown cases that are eligible: the share among those known.

    Returns:
        e, or None where nothing is known.
    """
    exact = _eligible_share(counts)
    return None if exact is None else float(exact)


def rates(counts: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Numerator and denominator of each rate.

    Args:
        counts: AAPOR code -> number (or sum of weights) of cases; codes that are not there count 0.

    Returns:
        Rate -> (numerator, denominator); whole numbers stay `int`. Where no case is known to be eligible or
        not, the unknown ones do not enter the rates that estimate their eligibility.

    >>> rates({"I": 338, "R": 24, "NE": 136})["RR1"]
    (338, 362)
    """
    share = _eligible_share(counts) or Fraction(0)
    factors = {"all": Fraction(1), "estimated": share, "none": Fraction(0)}
    found = {}
    for name, (numerator, denominator, unknown) in _RATES.items():
        base = _total(counts, denominator) + factors[unknown] * _total(counts, _UNKNOWN)
        found[name] = (_plain(_total(counts, numerator)), _plain(base))
    return found


def _eligible_share(counts: Mapping[str, float]) -> Fraction | None:
    eligible = _total(counts, _ELIGIBLE)
    known = eligible + _total(counts, ("NE",))
    return eligible / known if known else None


def _total(counts: Mapping[str, float], codes: tuple[str, ...]) -> Fraction:
    return sum((Fraction(counts.get(code, 0)) for code in codes), Fraction(0))


def _plain(number: Fraction) -> float:
    return number.numerator if number.denominator == 1 else float(number)
