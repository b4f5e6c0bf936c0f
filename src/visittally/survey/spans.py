"""Columns of counts that say for which span they count: this month, or from the beginning of the year on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.words.folding import fold, tidy
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.survey.headers import Heading

_NOW = r"(?:本月|当月|本期|当期|本周|当周|本季度?)"
_SO_FAR = r"(?:(?:本年|全年|今年|年初至今|至今|年度|年)?累计|累积)"
_COUNT = r"(?:数|数量|完成|情况|值|发生|新增)*"
_THIS = pattern(
    rf"{_NOW}{_COUNT}|(?:this|current|reporting) (?:month|period|week|quarter)|for the month|month(?:ly)?|current"
    r"|mois(?: en cours)?|ce mois|mes(?: actual)?|este mes|este mês|mês"
    r"|за месяц|за отчетный месяц|bulan ini|trong tháng|tháng này|mwezi huu|इस माह|هذا الشهر|bu ay"
)
_ALL = pattern(
    rf"{_SO_FAR}{_COUNT}|cumulative(?: total)?|to date|year to date|ytd|total to date|cumul|cumulé|acumulado|"
    r"с начала года|нарастающим итогом|kumulatif|s/d bulan ini|lũy kế|jumla hadi sasa"
    r"|कुल अब तक|تراكمي|المجموع التراكمي|kümülatif"
)
_THIS_BEFORE, _THIS_BEHIND = pattern(rf"{_NOW}(?P<what>.+)"), pattern(rf"(?P<what>.+?)[(\s-]*{_NOW}{_COUNT}\)?")
_ALL_BEFORE, _ALL_BEHIND = pattern(rf"{_SO_FAR}(?P<what>.+)"), pattern(rf"(?P<what>.+?)[(\s-]*{_SO_FAR}{_COUNT}\)?")


def span_of(name: str, top: str) -> tuple[str, str]:
    """What a column counts, and for which span: "now", "so far", or "" where it does not say.

    Args:
        name: What it is called.
        top: What stands above that, over several columns.

    >>> span_of("当月数", "入户走访（户）"), span_of("累计走访户数", ""), span_of("To date", "Visits")
    (('入户走访（户）', 'now'), ('走访户数', 'so far'), ('Visits', 'so far'))
    >>> span_of("走访户数", "")
    ('走访户数', '')
    """
    told = fold(name)
    for kind, whole, parts in (
        ("now", _THIS, (_THIS_BEFORE, _THIS_BEHIND)),
        ("so far", _ALL, (_ALL_BEFORE, _ALL_BEHIND)),
    ):
        if whole.fullmatch(told):
            return (tidy(top), kind) if top else (name, "")
        found = next((match for part in parts if (match := part.fullmatch(told))), None)
        if found is not None:
            return found["what"].strip(" (-"), kind
    return name, ""


def counted_twice(found: Sequence[Heading], names: Sequence[str]) -> tuple[dict[int, str], frozenset[int]]:
    """What columns are called without their span, and those that count so far what another counts for now.

    Args:
        found: The columns.
        names: What they are called.
    """
    spans = {h.position: span_of(name, h.top) for h, name in zip(found, names, strict=True)}
    now = {fold(what) for what, kind in spans.values() if kind == "now"}
    again = frozenset(at for at, (what, kind) in spans.items() if kind == "so far" and fold(what) in now)
    return {at: what for at, (what, kind) in spans.items() if kind == "now" and again}, again
