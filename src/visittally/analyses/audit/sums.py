"""Sums in finished tables: totals of rows and of columns, remainders, parts of parts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from visittally.analyses.audit import differences
from visittally.analyses.audit.figures import shown
from visittally.analyses.audit.layout import RowKind
from visittally.analyses.audit.vocabulary import FigureRole, is_of_which, is_total, plain
from visittally.dataclass import dataclass
from visittally.messages import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.analyses.audit.figures import PrintedFigure
    from visittally.analyses.audit.layout import FigureTable
    from visittally.analyses.audit.verdict import Verdict

ENOUGH = Fraction(4, 5)
"""Share of the rows in which a relation must hold that only the figures tell of."""
FEWEST = 3
"""Rows from which on figures can tell of a relation."""
_DISTINCT = frozenset({"households", "villages", "户数", "家庭", "户", "村数"})
"""Counts of different things, whose total may be less than the sum: one household in two rows is one."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What the rows below or above a total add up to.

    Attributes:
        value: The sum.
        slack: How far rounding of the parts can move it.
    """

    value: Fraction
    slack: Fraction

    def gives(self, total: PrintedFigure) -> bool:
        """Whether the printed total follows."""
        return abs(total.value - self.value) <= self.slack + (0 if total.exact else total.half)


def check_sums(verdict: Verdict) -> None:
    """Totals of rows, totals of columns, parts of parts, remainders."""
    differences.check_differences(verdict)
    _columns(verdict)
    _rows(verdict)
    _of_which(verdict)


def total_of(table: FigureTable, rows: Sequence[int], column: int) -> Sum | None:
    """What some rows add up to in a column; None where a cell holds no figure, or only about one."""
    figures = [table.figure(row, column) for row in rows]
    known = [figure for figure in figures if figure is not None]
    blank = [row for row, figure in zip(rows, figures, strict=True) if figure is None]
    if not known or any(_unknown(table.rows[row].texts[column]) for row in blank):
        return None
    if any(figure.approximate for figure in known):
        return Sum(sum((f.value for f in known), Fraction(0)), sum((f.half for f in known), Fraction(0)))
    slack = sum((Fraction(0) if figure.exact else figure.half for figure in known), Fraction(0))
    return Sum(sum((figure.value for figure in known), Fraction(0)), slack)


def _unknown(text: str) -> bool:
    """Whether a cell without a figure hides one: a damaged or a small one, words. A blank or a dash is nothing."""
    return text.strip() not in ("", "-", "--", "—", "——", "/", "－")


# ---------------------------------------------------------------- rows
def parts_of(table: FigureTable, total: int) -> tuple[int, ...]:
    """The rows that a total row is the sum of: those of the reading that fits the most columns."""
    readings = [reading for reading in dict.fromkeys(_readings(table, total)) if reading]
    if not readings:
        return ()
    return max(readings, key=lambda rows: (_fitting(table, total, rows), -readings.index(rows)))


def _readings(table: FigureTable, total: int) -> Iterator[tuple[int, ...]]:
    kinds = [row.kind for row in table.rows]
    leaves = [r for r in table.plain_rows if r != total]
    others = [t for t in table.total_rows if t != total]
    before = [t for t in others if t < total]
    after = [t for t in others if t > total]
    above = tuple(r for r in leaves if (before[-1] if before else -1) < r < total)
    below = tuple(r for r in leaves if total < r < (after[0] if after else len(kinds)))
    subtotals = tuple(t for t in others if kinds[t] is RowKind.SUBTOTAL)
    if kinds[total] is RowKind.SUBTOTAL:
        yield from (above, below)
        return
    yield tuple(leaves)
    yield from (subtotals, above, below)
    loose = {r for t in subtotals for r in (*_block(table, t, -1), *_block(table, t, 1))}
    yield tuple(sorted((*subtotals, *(r for r in leaves if r not in loose))))


def _block(table: FigureTable, subtotal: int, step: int) -> list[int]:
    """The plain rows next to a subtotal that add up to it."""
    rows: list[int] = []
    at = subtotal + step
    while 0 <= at < len(table.rows) and table.rows[at].kind is RowKind.PLAIN:
        rows.append(at)
        at += step
    return rows if rows and _fitting(table, subtotal, tuple(rows)) else []


def _fitting(table: FigureTable, total: int, rows: Sequence[int]) -> int:
    """In how many columns the rows add up to the total."""
    fitting = 0
    for column in table.columns(FigureRole.COUNT):
        figure, sums = table.figure(total, column), total_of(table, rows, column)
        fitting += figure is not None and sums is not None and sums.gives(figure)
    return fitting


def _rows(verdict: Verdict) -> None:
    table = verdict.table
    totals = [(t, parts_of(table, t)) for t in table.total_rows] or _by_position(table)
    for total, rows in totals:
        if not rows or _nested(table, total, rows):
            continue
        for column in table.columns(FigureRole.COUNT):
            figure, sums = table.figure(total, column), total_of(table, rows, column)
            if figure is None or sums is None:
                continue
            distinct = plain(table.headings[column]) in _DISTINCT and figure.value < sums.value
            if distinct and figure.value >= max(f.value for r in rows if (f := table.figure(r, column))):
                continue
            holds = sums.gives(figure)
            verdict.tested.update((row, column) for row in (*rows, total))
            formula = _("{total} = sum of {n} rows: {column}")
            words = formula.format(total=table.rows[total].label, n=len(rows), column=table.headings[column])
            verdict.relate("sum_rows", words, int(holds), 1, "header" if table.total_rows else "figures")
            if not holds:
                source = ngettext("the {n} row that it is the total of", "sum of {n} rows", len(rows))
                explanation = _why(verdict, total, rows, column, sums.value)
                verdict.object((total, column), "sum_rows", sums.value, source.format(n=len(rows)), explanation)


def _nested(table: FigureTable, total: int, rows: Sequence[int]) -> bool:
    """Whether the rows hold totals of others without saying so: they add up to twice the total."""
    twice = 0
    for column in table.columns(FigureRole.COUNT):
        figure, sums = table.figure(total, column), total_of(table, rows, column)
        twice += figure is not None and sums is not None and 0 != sums.value == 2 * figure.value
    return twice > 0 and _fitting(table, total, rows) == 0


def _by_position(table: FigureTable) -> list[tuple[int, tuple[int, ...]]]:
    """A first or last row that is the sum of all others in at least two columns, and in four of five."""
    found = []
    for total in (len(table.rows) - 1, 0):
        rows = tuple(r for r in table.plain_rows if r != total)
        counts = [c for c in table.columns(FigureRole.COUNT) if (f := table.figure(total, c)) and f.value >= 10]
        if len(rows) < FEWEST or len(counts) < 2 or total not in table.plain_rows:
            continue
        telling = [c for c in counts if sum(bool(f and f.value) for r in rows if (f := table.figure(r, c))) >= FEWEST]
        fits = [c for c in telling if (s := total_of(table, rows, c)) and (f := table.figure(total, c)) and s.gives(f)]
        if len(fits) >= 2 and len(fits) >= ENOUGH * len(counts):
            found.append((total, rows))
    return found[:1]


def _why(verdict: Verdict, total: int, rows: Sequence[int], column: int, value: Fraction) -> str:
    """The nearest explanation of a total that is not the sum."""
    table = verdict.table
    figure = table.figure(total, column)
    assert figure is not None
    difference = figure.value - value
    mended = [
        f for f in verdict.findings if f.kind in {"difference", "sum_columns"} and f.column == table.headings[column]
    ]
    for one in mended:
        if one.difference == -difference and one.line in {table.rows[row].line for row in rows}:
            text = _("with {value} in the row {row} it would follow")
            return text.format(value=shown(one.recomputed or Fraction(0)), row=one.row)
    if swapped(figure.value, value):
        return _("two digits are exchanged: {value}").format(value=shown(value))
    for row in rows:
        part = table.figure(row, column)
        if part is not None and part.value and abs(difference) == part.value and len(rows) > 1:
            text = _("without the row {row} it would follow") if difference < 0 else _("with the row {row} twice")
            return text.format(row=table.rows[row].label)
    for other in table.columns(FigureRole.COUNT):
        sums = total_of(table, rows, other) if other != column else None
        if sums is not None and sums.value and sums.value == figure.value:
            return _("it is the sum of the column {column}").format(column=table.headings[other])
    return _digit(figure.value, value)


def swapped(printed: Fraction, value: Fraction) -> bool:
    """Whether two neighbouring digits are exchanged.

    >>> swapped(Fraction(132), Fraction(123)), swapped(Fraction(310), Fraction(300))
    (True, False)
    """
    one, other = shown(printed), shown(value)
    if len(one) != len(other) or one == other:
        return False
    unlike = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(unlike) != 2 or unlike[1] != unlike[0] + 1:
        return False
    first, second = unlike
    return one[first] == other[second] and one[second] == other[first]


def _digit(printed: Fraction, value: Fraction) -> str:
    """Whether one digit is another one."""
    one, other = shown(printed), shown(value)
    unlike = sum(a != b for a, b in zip(one, other, strict=False))
    same = len(one) == len(other) and unlike == 1 and len(one) > 1
    return _("one digit is another one") if same else ""


# ---------------------------------------------------------------- columns
def _columns(verdict: Verdict) -> None:
    table = verdict.table
    counts = table.columns(FigureRole.COUNT)
    for column in counts:
        if not is_total(table.headings[column]):
            continue
        runs = [run for run in _runs(table, column) if len(run) > 1]
        scored = [(_holding(table, column, run), run) for run in runs]
        scored = [(rows, run) for rows, run in scored if rows[1]]
        if not scored:
            continue
        (holds, tested), run = max(scored, key=lambda one: (len(one[0][0]), len(one[1])))
        if not _is_told(table, holds, tested, run):
            continue
        names = " + ".join(table.headings[c] for c in run)
        words = f"{names} = {table.headings[column]}"
        verdict.relate("sum_columns", words, len(holds), len(tested), "header")
        verdict.tested.update((row, c) for row in tested for c in (*run, column))
        for row in tested:
            if row not in holds:
                value = sum((f.value for c in run if (f := table.figure(row, c))), Fraction(0))
                verdict.object((row, column), "sum_columns", value, names)


def _is_told(table: FigureTable, holds: Sequence[int], tested: Sequence[int], run: Sequence[int]) -> bool:
    """Whether a column that is called a total is the sum of some others: in the most rows, and not by chance."""
    if len(tested) < FEWEST:
        return len(holds) == len(tested)
    telling = [row for row in holds if sum(bool((f := table.figure(row, c)) and f.value) for c in run) > 1]
    return len(holds) >= ENOUGH * len(tested) or (2 * len(holds) > len(tested) and len(telling) > 1)


def _runs(table: FigureTable, column: int) -> Iterator[tuple[int, ...]]:
    """Neighbouring columns of counts that end before, or begin behind, a column of totals."""
    for step in (-1, 1):
        run: list[int] = []
        at = column + step
        while 0 <= at < len(table.roles) and table.roles[at] is FigureRole.COUNT and not is_total(table.headings[at]):
            run.append(at)
            yield tuple(sorted(run))
            at += step


def _holding(table: FigureTable, column: int, run: Sequence[int]) -> tuple[list[int], list[int]]:
    """Rows in which some columns add up to another one, and the rows that can be tried."""
    holds, tested = [], []
    for row in range(len(table.rows)):
        total, parts = table.figure(row, column), [table.figure(row, c) for c in run]
        known = [part for part in parts if part is not None]
        if (
            total is None
            or not known
            or any(_unknown(table.rows[row].texts[c]) for c in run if not table.figure(row, c))
        ):
            continue
        tested.append(row)
        slack = sum((Fraction(0) if part.exact else part.half for part in known), Fraction(0))
        if Sum(sum((part.value for part in known), Fraction(0)), slack).gives(total):
            holds.append(row)
    return holds, tested


# ---------------------------------------------------------------- parts of parts
def _of_which(verdict: Verdict) -> None:
    """A part is no larger than the row or column that it is a part of."""
    table = verdict.table
    for column in table.columns(FigureRole.COUNT):
        whole = None
        for row, one in enumerate(table.rows):
            if one.kind is not RowKind.OF_WHICH:
                whole = row
            elif whole is not None:
                _no_larger(verdict, (row, column), (whole, column), one.label)
    of_which = [c for c in table.columns(FigureRole.COUNT) if is_of_which(table.headings[c])]
    for column in of_which:
        wholes = [c for c in table.columns(FigureRole.COUNT) if c < column and c not in of_which]
        for row in range(len(table.rows)):
            if wholes:
                _no_larger(verdict, (row, column), (row, wholes[-1]), table.headings[column])


def _no_larger(verdict: Verdict, part: tuple[int, int], whole: tuple[int, int], name: str) -> None:
    table = verdict.table
    inner, outer = table.figure(*part), table.figure(*whole)
    if inner is None or outer is None:
        return
    verdict.tested.update((part, whole))
    if inner.low > outer.high:
        source = _("{part} is a part of {whole}").format(part=name, whole=outer.text)
        verdict.object(part, "part_over_whole", outer.value, source)
