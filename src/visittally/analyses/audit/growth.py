"""Growth and ranks in finished tables."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from visittally.analyses.audit.layout import RowKind
from visittally.analyses.audit.vocabulary import FigureRole, plain
from visittally.messages import _
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from visittally.analyses.audit.figures import PrintedFigure
    from visittally.analyses.audit.layout import FigureTable
    from visittally.analyses.audit.verdict import Verdict

ENOUGH = Fraction(4, 5)
FEWEST = 3
_LAST_YEAR = pattern(r"上年|去年|同期|last year|year before|previous year")
_BEFORE = pattern(r"上月|上期|上季|上周|previous|before|earlier|last (?:month|period|quarter|week)")
_NOW = pattern(r"本月|本期|本季|本周|本年|今年|this|after|later|current|now")
_WRONG_WORD = pattern(
    r"(?:较|比|与)上(?:月|季|周|期)[^。；;，,]{0,6}同比|(?:较|比|与)(?:上年|去年)同[期月][^。；;，,]{0,6}环比"
)


def wrong_word(text: str) -> bool:
    """Whether a change on the month before is called one on the year, or the other way round."""
    return _WRONG_WORD.search(plain(text)) is not None


def check_growth(verdict: Verdict) -> None:
    """Test changes in per cent, whichever two columns they are of."""
    table = verdict.table
    for column in table.columns(FigureRole.GROWTH):
        if wrong_word(table.headings[column]):
            text = _("a change on the month before is no change on the year before")
            verdict.object((0, column), "wrong_word", None, table.headings[column], text)
        pairs = list(_pairs(table, column))
        tried = [(pair, _fitting(table, column, pair)) for pair in pairs]
        tried = [(pair, fits) for pair, fits in tried if fits]
        if not tried:
            continue
        pair, fits = max(tried, key=lambda one: sum(one[1].values()))
        holds = sum(fits.values())
        told = len(pairs) == 1
        enough = holds >= ENOUGH * len(fits) if len(fits) >= FEWEST else 2 * holds >= len(fits)
        if (told or enough) and not (_only_counts(table, column) and _tells_nothing(table, column, fits)):
            _judge(verdict, column, pair, fits, "header" if told else "figures")


def _only_counts(table: FigureTable, column: int) -> bool:
    """Whether a column holds whole numbers and nothing says per cent: `Population growth` may be what people named."""
    cells = [line.texts[column] for row, line in enumerate(table.rows) if table.figure(row, column) is not None]
    return not any("%" in text or "％" in text for text in (table.headings[column], *cells)) and all(
        text.strip().isdigit() for text in cells
    )


def _tells_nothing(table: FigureTable, column: int, fits: Mapping[int, bool]) -> bool:
    """Whether hardly a change but that of nothing follows: nought follows from any two figures that are alike."""
    telling = [holds for row, holds in fits.items() if (printed := table.figure(row, column)) and printed.value]
    return sum(telling) < ENOUGH * max(len(telling), 1)


def _pairs(table: FigureTable, column: int) -> Iterator[tuple[int, int]]:
    """Columns of which a change may be: earlier, later. Those that the headings tell of, else all."""
    heading = plain(table.headings[column])
    columns = [c for c, role in enumerate(table.roles) if role in (FigureRole.COUNT, FigureRole.RATE) and c != column]
    names = {c: plain(table.headings[c]) for c in columns}
    year = "同比" in heading or "on year" in heading
    before = [c for c in columns if (_LAST_YEAR if year else _BEFORE).search(names[c])]
    before = [c for c in before if year or not _LAST_YEAR.search(names[c])]
    now = [c for c in columns if c not in before and _NOW.search(names[c]) and not _LAST_YEAR.search(names[c])]
    if before and now:
        yield from ((b, n) for b in before for n in now)
        return
    yield from ((b, n) for b in columns for n in columns if b != n and table.roles[b] is table.roles[n])


_POINTS = pattern(r"百分点|\bpoints?\b|\bpp\b")
"""What says beside a change of a rate that it is a difference, and no change in per cent."""


def _fitting(table: FigureTable, column: int, pair: tuple[int, int]) -> Mapping[int, bool]:
    """Row -> whether its change follows from the two columns."""
    found = {}
    for row in range(len(table.rows)):
        printed, change = table.figure(row, column), _change(table, row, pair)
        in_points = _POINTS.search(table.rows[row].texts[column])
        if printed is not None and change is not None and not in_points:
            found[row] = change[0] <= printed.value + printed.half and printed.value - printed.half <= change[1]
    return found


def _change(table: FigureTable, row: int, pair: tuple[int, int]) -> tuple[Fraction, Fraction, Fraction] | None:
    """The least and the largest change in per cent that two printed figures allow, and their own."""
    before, now = table.figure(row, pair[0]), table.figure(row, pair[1])
    if before is None or now is None or before.low <= 0:
        return None
    ends = [100 * (n - b) / b for n in (now.low, now.high) for b in (before.low, before.high)]
    return min(ends), max(ends), 100 * (now.value - before.value) / before.value


def _judge(verdict: Verdict, column: int, pair: tuple[int, int], fits: Mapping[int, bool], told_by: str) -> None:
    table = verdict.table
    before, now = (table.headings[c] for c in pair)
    words = f"{table.headings[column]} = ({now} - {before}) / {before}"
    verdict.relate("growth", words, sum(fits.values()), len(fits), told_by)
    for row, holds in fits.items():
        verdict.tested.update({(row, column), (row, pair[0]), (row, pair[1])})
        if holds:
            continue
        printed, change = table.figure(row, column), _change(table, row, pair)
        earlier, later = table.figure(row, pair[0]), table.figure(row, pair[1])
        assert printed is not None
        assert change is not None
        assert earlier is not None
        assert later is not None
        kind, text = "growth", ""
        points = later.value - earlier.value
        if (earlier.percent or table.roles[pair[0]] is FigureRole.RATE) and abs(points - printed.value) <= printed.half:
            kind, text = "points_as_percent", _("these are percentage points, not per cent")
        elif later.value and abs(100 * points / later.value - printed.value) <= printed.half:
            text = _("other base: it is divided by the later figure")
        elif abs(change[2] + printed.value) <= printed.half:
            text = _("the sign is exchanged")
        verdict.object((row, column), kind, change[2], f"({later.text} - {earlier.text}) / {earlier.text}", text)


# ---------------------------------------------------------------- ranks
def check_ranks(verdict: Verdict) -> None:
    """Test ranks against the column that they follow."""
    table = verdict.table
    for column in table.columns(FigureRole.RANK):
        rows = [r for r in table.plain_rows if table.figure(r, column) is not None]
        if len(rows) < FEWEST:
            continue
        best = _followed(table, column, rows)
        if best is not None:
            _judge_ranks(verdict, column, rows, *best)


def _followed(table: FigureTable, column: int, rows: Sequence[int]) -> tuple[int, Mapping[int, int]] | None:
    """The column that ranks follow, and the rank of each row in it."""
    name = plain(table.headings[column])
    candidates = [
        c
        for c, role in enumerate(table.roles)
        if role in (FigureRole.COUNT, FigureRole.RATE, FigureRole.GROWTH, FigureRole.MEAN)
    ]
    found: list[tuple[int, int, Mapping[int, int]]] = []
    for c in candidates:
        values = {r: f.value for r in rows if (f := table.figure(r, c)) is not None}
        if len(values) < len(rows) or len(set(values.values())) < 2:
            continue
        for descending in (True, False):
            for convention in (_shared, _dense, _ordinal):
                ranks: Mapping[int, int] = convention(values, descending=descending)
                holds = sum(ranks[r] == f.value for r in rows if (f := table.figure(r, column)))
                found.append((holds, c, ranks))
    if not found:
        return None
    holds, c, ranks = max(found, key=lambda one: (one[0], plain(table.headings[one[1]]) in name))
    return (c, ranks) if holds >= ENOUGH * len(rows) else None


def _shared(values: Mapping[int, Fraction], *, descending: bool) -> dict[int, int]:
    """Ties share the best rank: 1, 2, 2, 4."""
    better: Callable[[Fraction, Fraction], bool] = (lambda a, b: a > b) if descending else (lambda a, b: a < b)
    return {row: 1 + sum(better(other, value) for other in values.values()) for row, value in values.items()}


def _dense(values: Mapping[int, Fraction], *, descending: bool) -> dict[int, int]:
    """No rank is left out: 1, 2, 2, 3."""
    order = {value: i for i, value in enumerate(sorted(set(values.values()), reverse=descending), 1)}
    return {row: order[value] for row, value in values.items()}


def _ordinal(values: Mapping[int, Fraction], *, descending: bool) -> dict[int, int]:
    """Ties are numbered as they come: 1, 2, 3, 4."""
    order = sorted(values, key=lambda row: (-values[row] if descending else values[row], row))
    return {row: i for i, row in enumerate(order, 1)}


def _judge_ranks(verdict: Verdict, column: int, rows: Sequence[int], followed: int, ranks: Mapping[int, int]) -> None:
    table = verdict.table
    figures: dict[int, PrintedFigure] = {r: f for r in rows if (f := table.figure(r, column)) is not None}
    holds = [r for r, f in figures.items() if f.value == ranks[r]]
    words = _("{rank}: order of {column}").format(rank=table.headings[column], column=table.headings[followed])
    verdict.relate("rank", words, len(holds), len(rows), "figures")
    verdict.tested.update((r, column) for r in rows)
    for row in rows:
        if row not in holds and table.rows[row].kind is RowKind.PLAIN:
            value = table.figure(row, followed)
            source = f"{table.headings[followed]} {value.text if value else ''}".strip()
            verdict.object((row, column), "rank", Fraction(ranks[row]), source)
