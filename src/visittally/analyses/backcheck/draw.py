"""A stratified sample that nobody can foresee and anybody can repeat.

The order of the cases in a stratum is that of the SHA-256 of `seed LF stratum LF key`: it depends on nothing but the
seed, the stratum and the key, and a larger share contains the sample of a smaller one.
"""

from __future__ import annotations

import hashlib
import math
from fractions import Fraction
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SEPARATOR = "\x1f"
"""Stands between the fields of a stratum and the parts of a key."""


@dataclass(frozen=True, slots=True)
class Draw:
    """How a sample is drawn.

    Attributes:
        seed: Chosen after the visits, and written down.
        share: Part of the cases of each stratum, above 0 and at most 1.
        least: Cases of each stratum at least, as far as it has them.
    """

    seed: str
    share: Fraction
    least: int = 2

    def size(self, cases: int, factor: Fraction = Fraction(1)) -> int:
        """How many of the cases of a stratum are drawn; `factor` times the share, and all at most.

        >>> [Draw("", Fraction("0.1")).size(n) for n in (1, 5, 20, 21, 36)]
        [1, 2, 2, 3, 4]
        """
        return min(cases, max(self.least, math.ceil(min(Fraction(1), factor * self.share) * cases)))

    def place(self, stratum: str, key: str) -> bytes:
        """Where a case stands in the order of its stratum."""
        return hashlib.sha256(f"{self.seed}\n{stratum}\n{key}".encode()).digest()

    def sample(
        self, cases: Iterable[tuple[str, str]], factors: Mapping[str, Fraction] | None = None
    ) -> dict[str, Stratum]:
        """Draw from all cases.

        Args:
            cases: Stratum and key of each, every key once, in any order.
            factors: Strata that more is drawn from than the share -> how many times as much.

        Returns:
            The strata by name, in the order of their names.
        """
        keys: dict[str, list[str]] = {}
        for stratum, key in cases:
            keys.setdefault(stratum, []).append(key)
        return {name: self._stratum(name, keys[name], (factors or {}).get(name, Fraction(1))) for name in sorted(keys)}

    def _stratum(self, name: str, keys: list[str], factor: Fraction) -> Stratum:
        order = sorted((self.place(name, key), key) for key in keys)
        return Stratum(len(keys), tuple(key for _place, key in order[: self.size(len(keys), factor)]))


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum: how many cases it has, and the keys of those that are drawn, in the order of the draw."""

    cases: int
    drawn: tuple[str, ...]

    @property
    def weight(self) -> float:
        """How many cases each of those drawn stands for."""
        return self.cases / len(self.drawn) if self.drawn else 0.0


def share_of(text: str) -> Fraction:
    """The share that was asked for, exactly as it is written.

    Raises:
        UsageError: It is none.

    >>> share_of("0.1"), share_of("5%")
    (Fraction(1, 10), Fraction(1, 20))
    """
    plain = text.strip()
    try:
        found = Fraction(plain.removesuffix("%").strip()) / (100 if plain.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        found = Fraction(0)
    if not 0 < found <= 1:
        message = _('--share "{text}": expected a part of all cases, above 0 and at most 1, such as 0.1.')
        raise UsageError(message.format(text=text))
    return found
