"""Sums that the user names: columns or rows that are the total of others."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from visittally.analyses.audit.sums import Sum
from visittally.analyses.audit.vocabulary import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.audit.verdict import Verdict


def check_named_sums(verdict: Verdict, sums: Mapping[str, Sequence[str]]) -> None:
    """Test the sums that the user named, of columns where the names are headings, else of rows."""
    table = verdict.table
    headings = {plain(name): c for c, name in enumerate(table.headings)}
    labels = {plain(row.label): r for r, row in enumerate(table.rows)}
    for total, parts in sums.items():
        names = [plain(name) for name in (total, *parts)]
        words = f"{total} = {' + '.join(parts)}"
        if all(name in headings for name in names):
            column, *others = (headings[name] for name in names)
            places = [((row, column), [(row, c) for c in others]) for row in range(len(table.rows))]
        elif all(name in labels for name in names):
            row, *rows = (labels[name] for name in names)
            places = [((row, c), [(r, c) for r in rows]) for c in range(len(table.headings))]
        else:
            continue
        _test(verdict, words, places)


def _test(verdict: Verdict, words: str, places: Sequence[tuple[tuple[int, int], Sequence[tuple[int, int]]]]) -> None:
    table = verdict.table
    holds = tested = 0
    for whole, parts in places:
        total, figures = table.figure(*whole), [table.figure(*place) for place in parts]
        known = [figure for figure in figures if figure is not None]
        if total is None or len(known) < len(figures):
            continue
        slack = sum((Fraction(0) if figure.exact else figure.half for figure in known), Fraction(0))
        sums = Sum(sum((figure.value for figure in known), Fraction(0)), slack)
        tested += 1
        verdict.tested.update({whole, *parts})
        if sums.gives(total):
            holds += 1
        else:
            verdict.object(whole, "sum_columns", sums.value, " + ".join(figure.text for figure in known))
    verdict.relate("sum_columns", words, holds, tested, "option")
