"""Cases that a signal of `check` points out: a stratum of their own, from which more is drawn."""

from __future__ import annotations

from dataclasses import field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visittally.analyses.backcheck.keyed import Keyed
    from visittally.analyses.campaign import Campaign


@dataclass(frozen=True, slots=True)
class Oversample:
    """Records that are drawn more often.

    Attributes:
        factors: Signal -> how many times the share is drawn of the records that it points out.
        flagged: File and line of a record -> the first of these signals that points it out.
    """

    factors: Mapping[str, Fraction] = field(default_factory=dict)
    flagged: Mapping[tuple[str, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, campaign: Campaign) -> Oversample:
        """Look for the records that --oversample wants more of.

        Raises:
            UsageError: There is no such signal, it points out no records, or its factor is none.
        """
        asked = campaign.settings.oversample
        if not asked:
            return cls()
        factors = {name: _factor(name, text) for name, text in asked.items()}
        return cls(factors, _flagged(campaign, tuple(factors)))

    def signal(self, record: Keyed) -> str:
        """The signal that points out a record, "" for none."""
        return self.flagged.get((record.file, record.line), "")


def _factor(name: str, text: str) -> Fraction:
    from visittally.analyses.check.signals import signals

    known = [signal for signal, words in signals().items() if words.level in ("record", "pair")]
    if name not in known:
        message = _("--oversample {name}: no signal that points out records. There are: {known}.")
        raise UsageError(message.format(name=name, known=", ".join(known)))
    try:
        factor = Fraction(text)
    except (ValueError, ZeroDivisionError):
        factor = Fraction(0)
    if factor <= 1:
        message = _("--oversample {name}={text}: expected how many times as much, such as 3.")
        raise UsageError(message.format(name=name, text=text))
    return factor


def _flagged(campaign: Campaign, names: tuple[str, ...]) -> dict[tuple[str, int], str]:
    """Run the check for these signals; the first that points out a record has it."""
    from visittally.analyses.analysis import run
    from visittally.analyses.check.check import check

    asked = campaign.settings.with_options(signal=names, table=(), kept=True, by=(), question=())
    records = run(replace(campaign, settings=asked), check).tables["records"]
    at = {name: records.column(name) for name in ("file", "line", "signal")}
    rank = {name: i for i, name in enumerate(names)}
    found: dict[tuple[str, int], str] = {}
    for row in records.rows:
        file, signal = str(row.cells[at["file"]].value), str(row.cells[at["signal"]].value)
        line = row.cells[at["line"]].value
        if isinstance(line, int) and rank[signal] < rank.get(found.get((file, line), ""), len(rank)):
            found[file, line] = signal
    return found
