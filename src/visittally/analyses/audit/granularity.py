"""Whether some whole number gives a printed mean or share (GRIM)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.analyses.audit.figures import possible
from visittally.analyses.audit.vocabulary import (
    FigureRole,
    is_base,
    plain,
)
from visittally.messages import _

if TYPE_CHECKING:
    from visittally.analyses.audit.verdict import Verdict


def check_granularity(verdict: Verdict, column: int, base: int, per: int) -> None:
    """Whether some whole number out of the base gives each rate (per 100) or mean (per 1)."""
    table = verdict.table
    holds = tested = 0
    for row in range(len(table.rows)):
        share, whole = table.figure(row, column), table.figure(row, base)
        if share is None or whole is None or not whole.exact:
            continue
        judged = possible(share, int(whole.value), per)
        if judged is None:
            continue
        tested += 1
        holds += judged
        verdict.tested.update({(row, column), (row, base)})
        if not judged:
            text = _("no whole number of {n} gives it")
            verdict.object((row, column), "granularity", None, f"n = {whole.text}", text.format(n=whole.text))
    if tested:
        words = _("{column}: some whole number of {base}")
        words = words.format(column=table.headings[column], base=table.headings[base])
        verdict.relate("granularity", words, holds, tested, "header")


def check_means(verdict: Verdict) -> None:
    """Means of what can only be whole (persons, marks) against the number of cases."""
    table = verdict.table
    counts = table.columns(FigureRole.COUNT)
    bases = [c for c in counts if is_base(table.headings[c])]
    whole = ("分", "岁", "人", "次", "score", "rating", "age", "persons", "members", "satisfaction", "mark")
    for column in table.columns(FigureRole.MEAN):
        said = f"{plain(table.headings[column])} {plain(table.title)}"
        if len(bases) == 1 and any(word in said for word in whole):
            check_granularity(verdict, column, bases[0], 1)
