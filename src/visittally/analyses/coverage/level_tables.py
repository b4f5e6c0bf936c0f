"""The tables `levels` and `ratios`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.analyses.figure_columns import column
from visittally.messages import _
from visittally.tables.measures import LOOSE, ROW
from visittally.tables.table import (
    Count,
    Number,
    Row,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from visittally.analyses.coverage.levels import Levels


def levels_table(levels: Levels) -> Table:
    """How many different places, households and forms there are."""
    names = {**_level_names(), **levels.own_words}
    if levels.several_kinds:
        names["households"] = _("Households, enterprises and others")
    rows = [
        Row((Text(name, names.get(name, name)), Count(n, approximate=name in levels.approximate)))
        for name, n in levels.counts.items()
    ]
    columns = (column("level", ROW), column("count", LOOSE))
    return Table("levels", _("Reached"), columns, tuple(rows), None, levels.notes)


def ratios_table(levels: Levels, as_of: date | None) -> Table:
    """Numbers divided by each other; `as_of` is the day from which the last days are counted back."""
    names = _ratio_names()
    rows = []
    for ratio in levels.ratios:
        value = ratio.numerator * ratio.per / ratio.denominator
        cells = (
            Text(ratio.name, names.get(ratio.name, ratio.name)),
            Count(ratio.numerator),
            Count(ratio.denominator),
            Number(value, 2, approximate=ratio.approximate),
        )
        rows.append(Row(cells))
    columns = (column("name", ROW), *(column(name, LOOSE) for name in ("numerator", "denominator", "value")))
    notes: tuple[str, ...] = ()
    if as_of is not None:
        days = _("Days are calendar days from the first to the last visit.")
        notes = (days, _("The last days are counted back from {day}.").format(day=as_of.isoformat()))
    return Table("ratios", _("Ratios"), columns, tuple(rows), None, notes)


def _level_names() -> Mapping[str, str]:
    return {
        "counties": _("Counties"),
        "townships": _("Townships"),
        "villages": _("Villages"),
        "communities": _("Communities"),
        "groups": _("Groups"),
        "units": _("Units"),
        "households": _("Households"),
        "visits": _("Visits"),
        "visitors": _("Visitors"),
        "forms_issued": _("Forms issued"),
        "forms_returned": _("Forms returned"),
        "forms_valid": _("Valid forms"),
    }


def _ratio_names() -> Mapping[str, str]:
    return {
        "households_per_group": _("Households per group"),
        "visits_per_group": _("Visits per group"),
        "visits_per_household": _("Visits per household"),
        "households_per_visitor": _("Households per visitor"),
        "visits_per_visitor": _("Visits per visitor"),
        "planned_per_visitor": _("Planned per visitor"),
        "households_per_day": _("Households per day"),
        "visits_per_day": _("Visits per day"),
        "forms_per_household": _("Forms per household"),
        "forms_per_visit": _("Forms per visit"),
        "forms_returned_per_issued": _("Forms returned, of those issued"),
        "forms_valid_per_returned": _("Valid forms, of those returned"),
        "issues_per_100_visits": _("Issues per 100 visits"),
        "visits_in_last_7_days": _("Visits in the last 7 days, of those with a date"),
    }
