"""Printed figures: what a text says, how exactly, and whether a share follows from two counts.

A figure printed with d decimals stands for every value within half a unit of its last one, both ends included, so that
figures rounded half up and half to even pass. All of it is worked out with exact fractions.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from fractions import Fraction

from visittally.dataclass import dataclass
from visittally.words.patterns import pattern
from visittally.words.quantities import parse as parse_quantity

GROSS = Fraction(1, 10)
"""By how much of itself a figure that calls itself approximate may be off."""
_FULL = 15
"""Figures with so many digits are printed in full by a program; their last ones are noise of binary fractions."""
_NOISE = Fraction(1, 1 << 47)

_PLAIN = pattern(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:[,' \u00a0\u202f]\d{3})+|\d+)?(?:\.(?P<rest>\d+))?(?:e(?P<power>[+-]?\d\d?))?"
    r"\s*(?P<sign_of_share>%|‰|个?百分点)?(?P<unit>[户戶个個件份家人次天日条项處处村组组亩元起名批间户]{0,2})$",
    re.IGNORECASE,
)
_OF = pattern(
    r"(?P<part>[\d,]+(?:\.\d+)?)\s*/\s*(?P<whole>[\d,]+(?:\.\d+)?)\s*[(=]?\s*(?P<share>\d[\d,]*(?:\.\d+)?)\s*%\)?$"
)


class ShareFit(StrEnum):
    """How a printed share lies to the one that was worked out."""

    FOLLOWS = "follows"
    CUT = "cut"
    """It was cut off instead of rounded."""
    RAISED = "raised"
    """It was rounded up although it lies below."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure as it is printed.

    Attributes:
        text: As it stands.
        value: What it says.
        unit: What one of its last printed decimal is worth.
        percent: Whether it is followed by a sign of per cent.
        approximate: Whether it says that it is not exact.
        decimals: How many decimals are printed.
    """

    text: str
    value: Fraction
    unit: Fraction = Fraction(1)
    percent: bool = False
    approximate: bool = False
    decimals: int = 0

    @property
    def half(self) -> Fraction:
        """How far the exact value may lie from the printed one."""
        half = self.unit / 2
        if len(re.sub(r"\D", "", self.text).strip("0")) >= _FULL - 1:
            half = max(half, abs(self.value) * _NOISE)
        return max(half, abs(self.value) * GROSS) if self.approximate else half

    @property
    def low(self) -> Fraction:
        """The least value that it may stand for; a whole count stands for itself alone."""
        return self.value if self.exact else self.value - self.half

    @property
    def high(self) -> Fraction:
        """The largest value that it may stand for."""
        return self.value if self.exact else self.value + self.half

    @property
    def exact(self) -> bool:
        """Whether it is a whole count."""
        return self.unit == 1 and not self.approximate and not self.percent


def figure_of(text: str) -> PrintedFigure | None:
    """The figure that a cell holds; None where it holds none, a range, or a damaged one.

    >>> figure_of("1,568").value, figure_of("63.8%").decimals, figure_of("8.2万").approximate, figure_of("?00余")
    (Fraction(1568, 1), 1, True, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'").replace("−", "-")
    if not plain or len(plain) > 40:
        return None
    if plain.startswith(("<", ">")):
        return None
    found = _PLAIN.match(plain)
    if found and (found["whole"] or found["rest"]):
        decimals = len(found["rest"] or "")
        power = int(found["power"] or 0)
        number = re.sub(r"[,' \u00a0\u202f]", "", found["whole"] or "0") + "." + (found["rest"] or "0")
        value = Fraction(number) * Fraction(10) ** power * (-1 if found["sign"] == "-" else 1)
        percent = bool(found["sign_of_share"])
        value = value / 10 if found["sign_of_share"] == "‰" else value
        unit = Fraction(10) ** (power - decimals) / (10 if found["sign_of_share"] == "‰" else 1)
        return PrintedFigure(plain, value, unit, percent, decimals=decimals)
    quantity = parse_quantity(plain)
    if quantity.value is None or not any(c.isdigit() for c in plain):
        return None
    value = Fraction(quantity.value)
    large = any(sign in plain for sign in "万亿千百k")
    if not quantity.approximate and not large:
        # Text behind the number that is no unit we know: figures with an unknown unit are figures all the same.
        return PrintedFigure(plain, value) if value.denominator == 1 else None
    return PrintedFigure(plain, value, approximate=True, percent="%" in plain)


@dataclass(frozen=True, slots=True)
class Quotient:
    """A cell that holds its own sum: `58/80 72.5%`."""

    part: PrintedFigure
    whole: PrintedFigure
    share: PrintedFigure


def quotient_of(text: str) -> Quotient | None:
    """The two counts and the share of a cell that prints all three; else None.

    >>> quotient_of("1/4 25.0%").share.text
    '25.0%'
    """
    found = _OF.match(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    part, whole, share = figure_of(found["part"]), figure_of(found["whole"]), figure_of(found["share"] + "%")
    return Quotient(part, whole, share) if part and whole and share else None


def ratio(part: PrintedFigure, whole: PrintedFigure, per: int = 100) -> Fraction | None:
    """The part per hundred of the whole; None where the whole is nothing."""
    return per * part.value / whole.value if whole.value else None


def fit(part: PrintedFigure, whole: PrintedFigure, share: PrintedFigure, per: int = 100) -> ShareFit:
    """Whether a printed share follows from two counts.

    >>> def three(a, b, p): return fit(figure_of(a), figure_of(b), figure_of(p)).value
    >>> three("1568", "2459", "63.8%"), three("673", "835", "80%"), three("8", "99", "9%"), three("48", "49", "99%")
    ('follows', 'cut', 'raised', 'none')
    """
    if whole.low <= 0:
        return ShareFit.FOLLOWS if not part.value and not share.value and whole.value == 0 else ShareFit.NONE
    least, most = per * part.low / whole.high, per * part.high / whole.low
    if least <= share.value + share.half and share.value - share.half <= most:
        return ShareFit.FOLLOWS
    exact = per * part.value / whole.value
    if share.value <= exact < share.value + share.unit:
        return ShareFit.CUT
    return ShareFit.RAISED if share.value - share.unit < exact <= share.value else ShareFit.NONE


def possible(share: PrintedFigure, whole: int, per: int = 100) -> bool | None:
    """Whether some whole number out of `whole` gives the printed share; None where each share is possible.

    The test of granularity (GRIM, Brown and Heathers 2017) for shares and, with `per` 1, for means.

    >>> possible(figure_of("67.4%"), 150), possible(figure_of("54.0%"), 150), possible(figure_of("33.4"), 12)
    (False, True, False)
    >>> [possible(figure_of(mean), n, 1) for mean, n in (("5.27", 43), ("5.19", 28), ("3.45", 20), ("5.00", 25))]
    [False, False, True, True]
    """
    if whole <= 0 or whole * share.unit >= per:
        return None
    least, most = (share.value - share.half) * whole / per, (share.value + share.half) * whole / per
    return -(-least.numerator // least.denominator) <= most.numerator // most.denominator


def shown(value: Fraction, digits: int = 4) -> str:
    """A value that was worked out, for people and programs: whole where it is, else with a few decimals.

    >>> shown(Fraction(87)), shown(Fraction(800, 99))
    ('87', '8.0808')
    """
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(round(value * 10**digits) / Fraction(10**digits)):.{digits}f}".rstrip("0").rstrip(".")
