"""Shares in finished tables: of which two counts they are, and whether each of them follows."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from visittally.analyses.audit.chance import MOST_COUNTS
from visittally.analyses.audit.figures import ShareFit, fit, ratio, shown
from visittally.analyses.audit.granularity import check_granularity
from visittally.analyses.audit.layout import RowKind
from visittally.analyses.audit.sums import total_of
from visittally.analyses.audit.vocabulary import (
    FigureRole,
    ShareColumns,
    is_bare_share,
    is_base,
    is_plan,
    is_share,
    pairs_of,
    plain,
    says_several,
)
from visittally.dataclass import dataclass
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.analyses.audit.figures import PrintedFigure
    from visittally.analyses.audit.layout import FigureTable
    from visittally.analyses.audit.verdict import Verdict

ENOUGH = Fraction(4, 5)
FEWEST = 3
ABOUT_WHOLE = (80, 120)
"""Shares that add up to something between are meant to add up to 100."""
_LEFT_OUT = " -—－/共计合约有件户个人次条起家份项宗"
"""What may stand in a cell in which a count was left out: nothing, a dash, or the words around the count."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A pair of columns, how its rows fit, and the per of the share: 100 or, for plain ratios, 1.

    Attributes:
        group: How many of the label columns name the group whose total is the whole; -1 for pairs of columns.
    """

    pair: ShareColumns
    per: int
    fits: Mapping[int, ShareFit]
    wholes: Mapping[int, PrintedFigure]
    group: int = -1

    @property
    def holds(self) -> int:
        """In how many rows the share follows."""
        return sum(one is ShareFit.FOLLOWS for one in self.fits.values())


def check_shares(verdict: Verdict, named: Mapping[str, tuple[str, str]]) -> None:
    """Test every rate of a table.

    Args:
        verdict: Takes what is found.
        named: Heading of a rate -> headings of its part and its whole, as the user said.
    """
    table = verdict.table
    for place, quotient in table.quotients.items():
        _own_quotient(verdict, place, fit(quotient.part, quotient.whole, quotient.share))
    weighted = any(plain(name) in ("weighted", "加权") for name in table.headings)
    for column in table.columns(FigureRole.RATE):
        if any(c == column for _row, c in table.quotients):
            continue
        option = named.get(plain(table.headings[column]))
        if option is not None:
            _by_option(verdict, column, option)
        elif not weighted:
            _by_headings(verdict, column)


def _own_quotient(verdict: Verdict, place: tuple[int, int], how: ShareFit) -> None:
    quotient = verdict.table.quotients[place]
    verdict.tested.add(place)
    if how is not ShareFit.FOLLOWS:
        source = f"{quotient.part.text}/{quotient.whole.text}"
        verdict.object(place, _kind(how), ratio(quotient.part, quotient.whole), source)


def _by_option(verdict: Verdict, column: int, option: tuple[str, str]) -> None:
    table = verdict.table
    names = [plain(heading) for heading in table.headings]
    part, whole = (names.index(plain(name)) if plain(name) in names else None for name in option)
    if part is None or whole is None:
        return
    _judge(verdict, column, _tried(table, column, ShareColumns(part, whole)), "option")


def _by_headings(verdict: Verdict, column: int) -> None:
    table = verdict.table
    counts = table.columns(FigureRole.COUNT)
    told = [one for pair in pairs_of(column, table.headings, counts) for one in _readings(table, column, pair)]
    told = [one for one in told if one.fits and (_said(table, column, one) or _fits_well(one))]
    best = max(told, key=lambda one: (one.holds / len(one.fits), one.holds), default=None)
    seen = None
    if best is None or (2 * best.holds < len(best.fits) and len(best.fits) >= FEWEST):
        seen = _by_figures(table, column, counts)
    if seen is not None:
        _judge(verdict, column, seen, "figures")
    elif best is not None:
        _judge(verdict, column, best, "header")
    else:
        _alone(verdict, column, counts)
    _without_counts(verdict, column, counts)


def _fits_well(one: _Tried) -> bool:
    """Whether a pair that no heading tells of fits all rows."""
    return one.holds == len(one.fits)


def _said(table: FigureTable, column: int, one: _Tried) -> bool:
    """Whether the table says that a share is of this whole: by its headings, or because the parts make up 100."""
    if one.pair.whole is not None:
        return one.pair.sure
    if one.group:
        return False
    totals = [f for t in table.total_rows if (f := table.figure(t, column)) is not None]
    if any(abs(f.value - 100) <= f.half for f in totals):
        return True
    figures = [f for r in table.plain_rows if (f := table.figure(r, column)) is not None]
    slack = sum((f.half for f in figures), Fraction(0))
    return len(figures) > 1 and abs(sum((f.value for f in figures), Fraction(0)) - 100) <= slack


def _readings(table: FigureTable, column: int, pair: ShareColumns) -> Iterator[_Tried]:
    if pair.whole is not None:
        yield _tried(table, column, pair)
        return
    labels = len(table.rows[0].keys) if table.rows else 0
    for group in range(max(1, labels)):
        yield _of_total(table, column, pair, group)


def _tried(table: FigureTable, column: int, pair: ShareColumns) -> _Tried:
    """How the rates of a column fit two others, whichever of per cent and plain ratio fits better."""
    wholes, found = {}, []
    for row in range(len(table.rows)):
        whole = table.figure(row, pair.whole) if pair.whole is not None else None
        if whole is not None and pair.whole is not None and table.comparable(row, (pair.part, pair.whole)):
            wholes[row] = whole
    for per in (100, 1):
        fits = {}
        for row, whole in wholes.items():
            share, part = table.figure(row, column), table.figure(row, pair.part)
            if share is not None and part is not None and (per == 100 or not share.percent):
                fits[row] = fit(part, whole, share, per)
        found.append(_Tried(pair, per, fits, wholes))
    return max(found, key=lambda one: one.holds)


def _of_total(table: FigureTable, column: int, pair: ShareColumns, group: int) -> _Tried:
    """How the rates of a column fit the total of a column: the printed one, else the sum of the group's rows."""
    from visittally.analyses.audit.figures import PrintedFigure

    printed = [t for t in table.total_rows if table.rows[t].kind is RowKind.TOTAL]
    wholes: dict[int, PrintedFigure] = {}
    for row in range(len(table.rows)):
        if printed and not group:
            total = table.figure(printed[-1], pair.part)
        else:
            key = table.rows[row].keys[:group]
            sums = total_of(table, [r for r in table.plain_rows if table.rows[r].keys[:group] == key], pair.part)
            total = None if sums is None or sums.slack else PrintedFigure(shown(sums.value), sums.value)
        if total is not None:
            wholes[row] = total
    found = []
    for per in (100, 1):
        fits = {}
        for row, whole in wholes.items():
            share, part = table.figure(row, column), table.figure(row, pair.part)
            if share is not None and part is not None:
                fits[row] = fit(part, whole, share, per)
        found.append(_Tried(pair, per, fits, wholes, group))
    return max(found, key=lambda one: one.holds)


def _by_figures(table: FigureTable, column: int, counts: Sequence[int]) -> _Tried | None:
    """The only pair of counts that fits four of five rows, of which at least three tell something."""
    fitting = []
    for part in counts[:MOST_COUNTS]:
        for whole in counts[:MOST_COUNTS]:
            one = _tried(table, column, ShareColumns(part, whole)) if part != whole else None
            if one is None or len(one.fits) < FEWEST or one.holds < ENOUGH * len(one.fits):
                continue
            telling = {
                (a.value, one.wholes[row].value)
                for row, how in one.fits.items()
                if how is ShareFit.FOLLOWS and (a := table.figure(row, part)) and 0 < a.value < one.wholes[row].value
            }
            if len(telling) >= FEWEST:
                fitting.append(one)
    most = max((one.holds for one in fitting), default=0)
    best = [one for one in fitting if one.holds == most]
    return best[0] if len(best) == 1 else None


def _planned(table: FigureTable, row: int, one: _Tried) -> bool:
    """Whether the whole is what was planned, of which more may be done: its heading says so, or it stands under one."""
    wanted = one.wholes[row].value
    return any(
        is_plan(heading) and (column == one.pair.whole or ((f := table.figure(row, column)) and f.value == wanted))
        for column, heading in enumerate(table.headings)
    )


def _judge(verdict: Verdict, column: int, one: _Tried, told_by: str) -> None:
    table = verdict.table
    whole = _("total of {column}").format(column=table.headings[one.pair.part])
    whole = whole if one.pair.whole is None else table.headings[one.pair.whole]
    words = f"{table.headings[column]} = {table.headings[one.pair.part]} / {whole}"
    verdict.relate("share", words, one.holds, len(one.fits), told_by)
    for row, how in one.fits.items():
        part = table.figure(row, one.pair.part)
        assert part is not None
        verdict.tested.update({(row, column), (row, one.pair.part)})
        if one.pair.whole is not None:
            verdict.tested.add((row, one.pair.whole))
        source = f"{part.text}/{one.wholes[row].text}"
        if how is ShareFit.FOLLOWS:
            whole_figure = one.wholes[row]
            if part.value > whole_figure.value > 0 and not (one.pair.whole is not None and _planned(table, row, one)):
                text = _("the part is larger than the whole")
                verdict.object((row, column), "over_100", ratio(part, one.wholes[row], one.per), source, text)
            continue
        explanation = _other_base(table, (row, column), one)
        kind = _kind(how)
        mean = _mean_of_rates(table, row, column)
        if mean:
            kind, explanation = "mean_of_rates", mean
        verdict.object((row, column), kind, ratio(part, one.wholes[row], one.per), source, explanation)


def _kind(how: ShareFit) -> str:
    return how.value if how in (ShareFit.CUT, ShareFit.RAISED) else "share"


def _mean_of_rates(table: FigureTable, row: int, column: int) -> str:
    """Whether the rate of a total is the mean of the rates above it."""
    figure = table.figure(row, column)
    rates = [f for r in table.plain_rows if (f := table.figure(r, column)) is not None]
    if figure is None or table.rows[row].kind is RowKind.PLAIN or len(rates) < 2:
        return ""
    mean = sum((rate.value for rate in rates), Fraction(0)) / len(rates)
    if abs(mean - figure.value) > figure.half:
        return ""
    return _("it is the mean of the {n} rates, which counts small and large alike").format(n=len(rates))


def _other_base(table: FigureTable, place: tuple[int, int], one: _Tried) -> str:
    """Another base of which the printed share would follow."""
    row, column = place
    share, part = table.figure(row, column), table.figure(row, one.pair.part)
    if share is None or part is None:
        return ""
    counts = table.columns(FigureRole.COUNT)
    bases: list[tuple[str, PrintedFigure]] = []
    sums = total_of(table, table.plain_rows, one.pair.part)
    if sums is not None and one.pair.whole is None:
        from visittally.analyses.audit.figures import PrintedFigure

        bases.append((_("sum of the rows"), PrintedFigure(shown(sums.value), sums.value)))
    bases += [(table.headings[c], f) for c in counts if c != one.pair.part and (f := table.figure(row, c))]
    if one.pair.whole is not None:
        bases += [(table.rows[r].label, f) for r in range(len(table.rows)) if (f := table.figure(r, one.pair.whole))]
    for name, base in bases:
        if base.value >= part.value > 0 and fit(part, base, share, one.per) is ShareFit.FOLLOWS:
            text = _("other base: {part}/{whole} ({name})")
            return text.format(part=part.text, whole=base.text, name=name)
    whole = one.wholes[row]
    for c in counts:
        other = table.figure(row, c)
        if other is None or c in (one.pair.part, one.pair.whole) or not 0 < other.value < whole.value:
            continue
        if fit(other, whole, share, one.per) is ShareFit.FOLLOWS:
            text = _("other part: {part}/{whole} ({name})")
            return text.format(part=other.text, whole=whole.text, name=table.headings[c])
    return ""


def _alone(verdict: Verdict, column: int, counts: Sequence[int]) -> None:
    """A rate without counts beside it: of whole numbers among a base, or a part of a hundred."""
    table = verdict.table
    bases = [c for c in counts if is_base(table.headings[c])]
    if len(bases) == 1 and len(counts) == 1:
        check_granularity(verdict, column, bases[0], 100)
    rows = [row for row in table.plain_rows if table.figure(row, column) is not None]
    if len(rows) in (1, 2) and len(counts) > 1:
        _some_pair(verdict, column, rows, counts)


def _some_pair(verdict: Verdict, column: int, rows: Sequence[int], counts: Sequence[int]) -> None:
    """In one or two rows any pair that fits is said, and nothing is held against the others."""
    table = verdict.table
    for row in rows:
        share = table.figure(row, column)
        assert share is not None
        fitting = [
            f"{a.text}/{b.text}"
            for part in counts[:MOST_COUNTS]
            for whole in counts[:MOST_COUNTS]
            if part != whole and (a := table.figure(row, part)) and (b := table.figure(row, whole))
            if 0 < a.value <= b.value and fit(a, b, share) is ShareFit.FOLLOWS
        ]
        found = _("fits {pairs}").format(pairs=", ".join(fitting[:3])) if fitting else _("fits none")
        verdict.relate("share", f"{table.headings[column]}: {found}", int(bool(fitting)), 1, "figures")


def check_wholes(verdict: Verdict) -> None:
    """Shares that are the parts of one whole add up to 100, unless the table says that answers may be several."""
    table = verdict.table
    if says_several(table.title) or any(map(says_several, (*table.headings, *(row.label for row in table.rows)))):
        return
    shares_only = {r.formula.split(" = ")[0] for r in verdict.relations if r.kind == "share"}
    for column in table.columns(FigureRole.RATE):
        heading = table.headings[column]
        totals = [f for t in table.total_rows if (f := table.figure(t, column)) is not None]
        whole = any(abs(f.value - 100) <= f.half for f in totals) and is_share(heading)
        if not (whole or is_bare_share(heading)) or heading in shares_only:
            continue
        figures = [f for r in table.plain_rows if (f := table.figure(r, column)) is not None]
        if len(figures) < 2 or len(figures) < len(table.plain_rows) or any(f.value < 0 for f in figures):
            continue
        value = sum((f.value for f in figures), Fraction(0))
        slack = sum((f.half for f in figures), Fraction(0))
        if not ABOUT_WHOLE[0] <= value <= ABOUT_WHOLE[1]:
            continue
        holds = abs(value - 100) <= slack
        verdict.relate("share", _("{column}: the parts are 100").format(column=heading), int(holds), 1, "header")
        verdict.tested.update((r, column) for r in table.plain_rows)
        if not holds:
            last = table.total_rows[-1] if table.total_rows else table.plain_rows[-1]
            source = _("sum of {n} rows").format(n=len(figures))
            explanation = _("the parts add up to {value}, not to 100").format(value=shown(value))
            verdict.object((last, column), "not_100", value, source, explanation)


def _without_counts(verdict: Verdict, column: int, counts: Sequence[int]) -> None:
    """A rate whose counts are left blank cannot be checked by anybody."""
    table = verdict.table
    pairs = [pair for pair in pairs_of(column, table.headings, counts) if pair.sure]
    if not pairs:
        return
    for row in range(len(table.rows)):
        share = table.figure(row, column)
        missing = [
            [
                c
                for c in (pair.part, pair.whole)
                if c is not None and table.figure(row, c) is None and not table.rows[row].texts[c].strip(_LEFT_OUT)
            ]
            for pair in pairs
        ]
        left = missing[0]
        if share is not None and all(missing):
            names = ", ".join(table.headings[c] for c in left)
            text = _("the figures it is made of are not printed: {names}").format(names=names)
            verdict.object((row, column), "no_count", None, "", text)
