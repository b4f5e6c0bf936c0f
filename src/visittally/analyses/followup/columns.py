"""The columns of the follow-up: what each measures, and of how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.analyses.figure_columns import column, number, share
from visittally.tables.measures import EXTREME, OF_ROW, counted, made_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.tables.table import (
        Column,
    )


def share_columns(shares: Sequence[tuple[str, str, str]]) -> list[Column]:
    """The columns of numbers, for programs, and of their shares."""
    found = []
    for name, base, label in shares:
        found += [number(name, label=label, people=False), share(name, base, label=label)]
    return found


def summary_column(name: str, *, people: bool) -> Column:
    """A column of the summary: a number, a share of what was collected, its limits, days."""
    part, _sign, end = name.rpartition("_")
    match end:
        case "percent":
            return share(part, "collected", people=people)
        case "low" | "high":
            return column(name, made_of(part), counted("collected"), people=people)
        case "days":
            return wait_column(name, people=people)
        case _:
            return number(name, people=people)


_WAITS = {"median_days": made_of("resolved", times=2), "p90_days": made_of("resolved", times=10)}
"""Days, of how many they are made, and how many times the smallest count must lie below."""


def wait_column(name: str, *, label: str | None = None, people: bool) -> Column:
    """A column of days, which are made of all figures of the row unless it is known of which."""
    extreme = EXTREME if name == "open_oldest_days" else OF_ROW
    return column(name, _WAITS.get(name, extreme), label=label, people=people)


def legacy_column(name: str) -> Column:
    """A column of the long-standing issues, which are counted apart from all others."""
    part = name.removesuffix("_percent")
    if part != name:
        return column(name, counted(f"legacy_{part}"), counted("legacy_collected"))
    return column(name, counted(f"legacy_{name}"), people=name not in ("handled", "resolved"))
