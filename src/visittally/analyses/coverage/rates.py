"""Response, cooperation, refusal, contact and location rates by AAPOR's formulas, over all and by group."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING

from visittally.analyses.figure_columns import column
from visittally.analyses.rows import by_cells, by_columns
from visittally.answers.axes import CodedAxis, code_axis
from visittally.answers.coding import (
    drop_zero_weights,
    explode,
    per_value,
    weights_of,
)
from visittally.counting.plan import Group
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.tables.measures import LOOSE, ROW
from visittally.tables.table import (
    Base,
    Count,
    Number,
    Row,
    Table,
    Text,
)
from visittally.words.aapor import (
    CODES,
    RATES,
    eligible_share,
    rates,
)
from visittally.words.outcomes import Outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.coverage.visits import Key, Visits
    from visittally.answers.axes import Axis
    from visittally.counting.tally import Tally
    from visittally.settings import Settings


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """Cases by final disposition.

    Attributes:
        axes: What makes the groups; none: over all only.
        counts: Key -> AAPOR code -> cases, or the sum of their weights; "" is not recorded. `()` is over all.
        cases: Unweighted number of cases with a known disposition.
        unknown: Cases without one.
        weight: What the cases are weighted by, or "".
    """

    axes: tuple[CodedAxis, ...]
    counts: Mapping[Key, Mapping[str, float]]
    cases: int
    unknown: int
    weight: str = ""


def rates_group(campaign: Campaign, axes: Sequence[Axis]) -> Group | None:
    """What must be counted for weighted rates; None without outcomes or weights."""
    outcome = campaign.axis_of_field("visit_outcome")
    if outcome is None or not campaign.settings.weight:
        return None
    dimensions = (*(axis.dimension for axis in axes), outcome.dimension, *campaign.weight_dimensions())
    return Group(tuple(dict.fromkeys(dimensions)))


def of_visits(visits: Visits, *, grouped: bool) -> OutcomeCounts:
    """The final dispositions of visited targets, each once; by row too where that was asked for."""
    counts = {key: dict(finals) for key, finals in visits.finals.items() if grouped or not key}
    whole = counts.get((), {})
    unknown = whole.get("", 0)
    return OutcomeCounts(visits.axes if grouped else (), counts, sum(whole.values()) - unknown, unknown)


def weighted(campaign: Campaign, tally: Tally, group: Group, axes: Sequence[Axis]) -> OutcomeCounts:
    """The dispositions of all records, weighted."""
    settings, outcome = campaign.settings, campaign.axis_of_field("visit_outcome")
    assert outcome is not None
    at = group.dimensions.index
    weight = at(campaign.weight_dimensions()[0])
    frame = drop_zero_weights(tally.frame(group), weight)
    coded = tuple(code_axis(a, frame.value_counts(at(a.dimension)), settings) for a in axes)
    known = Outcomes.load(settings.outcomes)
    codes = [known.code(value) or "" for value in frame.values[at(outcome.dimension)]]
    names = sorted(set(codes))
    extra = {
        "code": per_value(frame, at(outcome.dimension), [names.index(code) for code in codes], int),
        "w": weights_of(frame, weight),
    }
    codings = {at(a.axis.dimension): a.coding.aligned(frame.values[at(a.axis.dimension)]) for a in coded}
    gathered: dict[tuple[int, ...], dict[str, list[float]]] = {}
    for lines, by in ((explode(frame, codings, extra), list(codings)), (explode(frame, {}, extra), [])):
        named: list[int | str] = [*by, "code", "w"]
        columns = [lines[name].tolist() for name in named]
        for *key, code, w in zip(*columns, strict=True):
            gathered.setdefault(tuple(key), {}).setdefault(names[code], []).append(w)
        if not codings:
            break
    counts = {key: {code: fsum(ws) for code, ws in own.items()} for key, own in gathered.items()}
    seen = {name: int(frame.counts[extra["code"] == i].sum()) for i, name in enumerate(names)}
    unknown = seen.pop("", 0)
    return OutcomeCounts(coded, counts, sum(seen.values()), unknown, settings.weight)


def rates_table(dispositions: OutcomeCounts, settings: Settings) -> Table:
    """One row for each rate, by group and over all."""
    axes = dispositions.axes
    columns = by_columns(axes)
    columns += [column("rate", ROW), *(column(name, LOOSE) for name in ("numerator", "denominator", "value"))]
    rows: list[Row] = []
    for key in sorted(key for key in dispositions.counts if key or not axes):
        rows += _rows(axes, key, dispositions.counts[key], total=False)
    if axes:
        rows += _rows(axes, (), dispositions.counts.get((), {}), total=True)
    notes = _notes(dispositions, settings)
    text = _("Base: {n:,} cases with a known outcome.").format(n=dispositions.cases)
    return Table(
        "rates",
        _("Outcome rates (AAPOR)"),
        tuple(columns),
        tuple(rows),
        Base("outcomes", dispositions.cases, text),
        notes,
    )


def _rows(axes: Sequence[CodedAxis], key: Key, counts: Mapping[str, float], *, total: bool) -> list[Row]:
    names = by_cells(axes, () if total else key)
    figures = rates({code: n for code, n in counts.items() if code})
    rows = []
    for rate in RATES:
        numerator, denominator = figures[rate]
        value = numerator / denominator if denominator else None
        cells = (*names, Text(rate), Count(numerator), Count(denominator), Number(value, 3))
        rows.append(Row(cells, total))
    return rows


def _notes(dispositions: OutcomeCounts, settings: Settings) -> tuple[str, ...]:
    whole = dispositions.counts.get((), {})
    shown = ", ".join(f"{code} {whole[code]:,.10g}" for code in CODES if whole.get(code))
    found = [_("Final dispositions: {shown}.").format(shown=shown or "-")]
    share = eligible_share({code: n for code, n in whole.items() if code})
    if share is not None and (whole.get("UH") or whole.get("UO")):
        text = _("RR3, RR4, REF2, CON2 and LOC2 take {share:.1f} % of the unknown cases for eligible (e).")
        found.append(text.format(share=100 * share))
    if dispositions.unknown:
        text = _("{n:,} cases without a known outcome are in no rate.")
        found.append(text.format(n=dispositions.unknown))
    if settings.weight:
        found.append(_("Weighted by {name}.").format(name=settings.weight))
    return tuple(found)
