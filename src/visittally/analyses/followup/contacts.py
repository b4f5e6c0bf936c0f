"""How often somebody was spoken to until an issue was settled: meetings, calls, further visits."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.figure_columns import column
from visittally.analyses.quantiles import quantiles
from visittally.analyses.rows import by_cells, by_columns
from visittally.answers.axes import code_axis
from visittally.counting.plan import Dimension, Group
from visittally.messages import _
from visittally.tables.measures import EXTREME, counted, made_of
from visittally.tables.table import Cell, Count, Number, Row, Table
from visittally.words.quantities import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.followup.figures import Key
    from visittally.answers.axes import Axis
    from visittally.counting.engine import Counts

MANY = 3
"""From so many contacts on an issue is one that took many."""


def contacts_group(campaign: Campaign, axes: Sequence[Axis]) -> Group | None:
    """What is counted for the table; None where no column tells of contacts."""
    variable = campaign.survey.of_field("contacts")
    if variable is None:
        return None
    return Group((*dict.fromkeys(axis.dimension for axis in axes), Dimension(variable.name)))


def contacts_table(campaign: Campaign, axes: Sequence[Axis], group: Group, counts: Counts) -> Table:
    """One row for each place: records with a number of contacts, the contacts, half and most of them, many of them."""
    frame = counts.tally.frame(group)
    at = [group.dimensions.index(axis.dimension) for axis in axes]
    coded = tuple(code_axis(axis, frame.value_counts(d), campaign.settings) for axis, d in zip(axes, at, strict=True))
    lists = [axis.coding.aligned(frame.values[d]).lists() for axis, d in zip(coded, at, strict=True)]
    numbers = [parse(value.strip("\x00 ")).value for value in frame.values[-1]]
    found: defaultdict[Key, Counter[float]] = defaultdict(Counter)
    for codes, n in zip(frame.codes.tolist(), frame.counts.tolist(), strict=True):
        contacts = numbers[codes[-1]]
        if contacts is None:
            continue
        keys: list[Key] = [()]
        for d, members in zip(at, lists, strict=True):
            keys = [(*key, i) for key in keys for i in members[codes[d]]]
        for key in {*keys, ()}:
            found[key][float(contacts)] += n
    rows = []
    for key in [*sorted(key for key in found if key), ()]:
        own = found[key]
        values, times = np.array(list(own), float), np.array(list(own.values()), np.int64)
        (median,) = quantiles(values, times, [0.5]) if own else (None,)
        total = float((values * times).sum())
        cells: list[Cell] = [
            Count(own.total()),
            Count(int(total) if total.is_integer() else total),
            Number(median),
            Number(float(values.max()) if own else None, 0),
            Count(sum(n for value, n in own.items() if value >= MANY)),
        ]
        rows.append(Row((*by_cells(coded, key), *cells), total=not key and bool(coded)))
    columns = (
        *by_columns(coded),
        column("recorded", counted("contacts_recorded"), label=_("With contacts recorded")),
        column("contacts", made_of("contacts_recorded")),
        column("median_contacts", made_of("contacts_recorded", times=2), label=_("Median")),
        column("most_contacts", EXTREME, label=_("Most")),
        column("many", counted("many_contacts"), label=_("{n} contacts or more").format(n=MANY)),
    )
    return Table("contacts", _("Contacts until an issue was settled"), columns, tuple(rows))
