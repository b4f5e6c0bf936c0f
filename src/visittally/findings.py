"""What was found, in sentences: made from the cells of the tables that stand in the same document, and nothing else.

Each sentence needs the columns that it speaks of; where one is missing or hidden, the sentence is not said. No number
is worked out here, so none can differ from its table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _, language, ngettext
from visittally.render.cells import RenderOptions, shown
from visittally.tables.table import Cell, Count, Row, Share, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NAMED = 3
"""How many issues are named as those raised most."""
FEWEST = 10
"""Rows with fewer cases are no finding of their own."""


def bands() -> tuple[tuple[float, str], ...]:
    """Least percentage of the visits, and the word for how common an issue is from there on."""
    return (50, _("general")), (20, _("frequent")), (5, _("in some households")), (0, _("single cases"))


def band(percent: float) -> str:
    """How common what so many per cent of the visits named is called."""
    return next(word for least, word in bands() if percent >= least)


def wording() -> str:
    """The sentence that discloses the bands."""
    said = [_("{word} from {least} %").format(word=word, least=int(least)) for least, word in bands()[:-1]]
    last = _("{word} below").format(word=bands()[-1][1])
    return _("Words for shares of the visits: {bands}.").format(bands=_(", ").join([*said, last]))


def written_day(day: str) -> str:
    """A day or a month in ISO form as it is written in the language of the report.

    >>> written_day("2026-03")
    '2026-03'
    """
    if language() != "zh":
        return day
    return "".join(f"{int(part)}{unit}" for part, unit in zip(day.split("-"), "年月日", strict=False))


def written_span(first: str, last: str) -> tuple[str, str]:
    """The first and last day as they are written; in Chinese a year or a month is not said twice."""
    written = written_day(last)
    for part in (7, 4):
        same = written_day(last[:part])
        if last not in (written, first) and first[:part] == last[:part]:
            return written_day(first), written.removeprefix(same)
    return written_day(first), written


@dataclass(frozen=True, slots=True)
class _Told:
    """Tables of a document, asked for single cells.

    Attributes:
        tables: By name; the first of a name.
        options: How figures are printed, as in the tables.
    """

    tables: Mapping[str, Table]
    options: RenderOptions

    def total(self, table: str) -> Row | None:
        """The row of totals, or the only row."""
        rows = self.tables[table].rows if table in self.tables else ()
        totals = [row for row in rows if row.total]
        return totals[0] if totals else rows[0] if len(rows) == 1 else None

    def cell(self, table: str, row: Row | None, column: str) -> Cell | None:
        """A cell that may be told: there, not hidden, not empty."""
        if row is None:
            return None
        names = [c.name for c in self.tables[table].columns]
        if column not in names:
            return None
        cell = row.cells[names.index(column)]
        return None if cell.hidden or cell.value is None else cell

    def says(self, table: str, row: Row | None, *columns: str) -> list[str] | None:
        """The texts of several cells of a row; None where one of them may not be told."""
        cells = [self.cell(table, row, column) for column in columns]
        if any(cell is None for cell in cells):
            return None
        return [self.text(cell) for cell in cells if cell is not None]

    def text(self, cell: Cell) -> str:
        """A figure as it stands in its table, but in words that it is approximate; of a share the percentage."""
        if isinstance(cell, Share):
            cell = Share(cell.n, cell.base, cell.per, approximate=cell.approximate)
        figure = shown(cell, self.options)
        return _("about {n}").format(n=figure.removeprefix("≈")) if figure.startswith("≈") else figure


def findings(parts: Mapping[str, Sequence[Table]], period: tuple[str, str] | None, options: RenderOptions) -> list[str]:
    """The findings, a paragraph each.

    Args:
        parts: The tables of each part of the report, small cells hidden already.
        period: First and last day of the visits, or None where there are no dates.
        options: How figures are printed.
    """
    tables: dict[str, Table] = {}
    for table in (table for found in parts.values() for table in found):
        tables.setdefault(table.name, table)
    told = _Told(tables, options)
    between = "" if language() == "zh" else " "
    said = ([*_visits(told, period), *_collected(told)], list(_most(told)), list(_covered(told)))
    return [between.join(sentences) for sentences in said if sentences]


def cautions(parts: Mapping[str, Sequence[Table]], options: RenderOptions) -> list[str]:
    """How far the visits went and how deep, as far as the tables tell: what the figures must not be taken for.

    Args:
        parts: The tables of each part of the report, small cells hidden already.
        options: How figures are printed.
    """
    tables: dict[str, Table] = {}
    for table in (table for found in parts.values() for table in found):
        tables.setdefault(table.name, table)
    told = _Told(tables, options)
    texts = {
        ("places", "refused"): _("Refused: {0} visits."),
        ("places", "absent"): _("Nobody home: {0} visits."),
        ("places", "remaining"): _("Of {0} that were planned and not visited nothing is known."),
        ("depth", "median_minutes", "timed"): _("Half of the visits took no more than {0} minutes ({1} with times)."),
        ("depth", "with_text_percent"): _("Something was written down in {0} of the records."),
    }
    found = []
    for (name, *columns), text in texts.items():
        figures = told.says(name, told.total(name), *columns)
        if figures is not None and figures[0] != "0" and not figures[0].startswith("-"):
            found.append(text.format(*figures))
    return found


def _visits(told: _Told, period: tuple[str, str] | None) -> Iterator[str]:
    """When, how many visits, to how many households, in how many places."""
    total = told.total("areas")
    cases, households = told.says("areas", total, "cases"), told.says("areas", total, "households")
    if cases is None:
        return
    where = _places(told)
    when = _("In all")
    if period:
        first, last = written_span(*period)
        when = _("From {first} to {last}").format(first=first, last=last)
    if households == cases:
        yield _("{when}, {households} households were visited{where}.").format(
            when=when, households=cases[0], where=where
        )
    elif households:
        text = _("{when}, {cases} visits reached {households} households{where}.")
        yield text.format(when=when, cases=cases[0], households=households[0], where=where)
    else:
        yield _("{when}, there were {cases} visits{where}.").format(when=when, cases=cases[0], where=where)


def _places(told: _Told) -> str:
    """` in 6 villages`, where the rows are places."""
    table = told.tables["areas"]
    n = sum(1 for row in table.body() if isinstance(row.cells[0], Text) and row.cells[0].value)
    if len([row for row in table.body() if row.cells]) < 2 or not n:
        return ""
    match table.columns[0].name:
        case "village":
            return ngettext(" in {n} village", " in {n} villages", n).format(n=n)
        case "group":
            return ngettext(" in {n} village group", " in {n} village groups", n).format(n=n)
        case "township" | "county":
            return ngettext(" in {n} township", " in {n} townships", n).format(n=n)
        case _:
            return ""


def _collected(told: _Told) -> Iterator[str]:
    """How many issues, and what became of them."""
    total = told.total("summary")
    figures = told.says(
        "summary", total, "collected", "handled", "handled_percent", "resolved", "resolved_percent", "open"
    )
    if figures:
        text = _(
            "Of {collected} issues collected, {handled} ({handled_percent}) were handled and {resolved} "
            "({resolved_percent}) were resolved in substance; {open} are open."
        )
        share = told.cell("summary", total, "handled_percent")
        if isinstance(share, Share) and share.few:
            text = _(
                "Of {collected} issues collected, {handled} were handled and {resolved} were resolved in substance; "
                "{open} are open."
            )
        names = ("collected", "handled", "handled_percent", "resolved", "resolved_percent", "open")
        yield text.format(**dict(zip(names, figures, strict=True)))
        overdue = told.says("summary", total, "overdue")
        if overdue and overdue[0] != "0":
            yield _("{n} open issues are past their date.").format(n=overdue[0])
        return
    mentions = told.says("areas", told.total("areas"), "mentions")
    if mentions:
        yield _("{n} issues were named.").format(n=mentions[0])
        # Without single records it is the places that tell what became of the issues.
        handled = told.says("areas", told.total("areas"), "handled", "handled_percent")
        if handled and "summary" not in told.tables:
            text = _("Of these {all}, {n} ({percent}) were handled.")
            yield text.format(all=mentions[0], n=handled[0], percent=handled[1])


def _most(told: _Told) -> Iterator[str]:
    """The issues named most, each with its number, its share and the word for it."""
    table = told.tables.get("issues")
    if table is None:
        return
    named = []
    for row in list(table.body())[:NAMED]:
        share = told.cell("issues", row, "percent_of_cases")
        figures = told.says("issues", row, "mentions", "percent_of_cases")
        if figures is None or not isinstance(share, Share) or not share.base or share.base < FEWEST:
            continue
        label = _label(told, row)
        word = band(share.value or 0.0)
        text = _("{issue} ({n} of {base} visits, {percent}: {word})")
        base = shown(Count(share.base), told.options)
        named.append(text.format(issue=label, n=figures[0], base=base, percent=figures[1], word=word))
    named = named or list(_most_mentions(told))
    if named:
        yield _("Named most: {issues}.").format(issues=_("; ").join(named))
    total = told.total("areas")
    raised = told.says("areas", total, "raised")
    none = told.says("areas", total, "no_issue")
    if raised and none and none[0] != "0":
        yield _("{raised} visits named at least one issue, {none} said that there was none.").format(
            raised=raised[0], none=none[0]
        )


def _label(told: _Told, row: Row) -> str:
    """The issue of a row, without the sign that ends it in a form."""
    names = [column.name for column in told.tables["issues"].columns]
    return told.text(row.cells[names.index("issue")]).rstrip(" ;；,，.。:：")


def _most_mentions(told: _Told) -> Iterator[str]:
    """The issues named most where nothing is known of single visits: their share of all that was named."""
    if "percent_of_cases" in {column.name for column in told.tables["issues"].columns}:
        return
    whole = told.says("areas", told.total("areas"), "mentions")
    for row in list(told.tables["issues"].body())[:NAMED] if whole else ():
        figures = told.says("issues", row, "mentions", "percent_of_mentions")
        if figures is not None and whole is not None:
            text = _("{issue} ({n} of {all} issues, {percent})")
            yield text.format(issue=_label(told, row), n=figures[0], all=whole[0], percent=figures[1])


def words_used(paragraphs: Sequence[str]) -> bool:
    """Whether a share is called by a word, which then must be disclosed."""
    return any(word in text for text in paragraphs for _least, word in bands())


def _covered(told: _Told) -> Iterator[str]:
    """How much of the plan was visited."""
    total = told.total("places")
    for done in ("completed", "visited"):
        figures = told.says("places", total, done, "target", "coverage_percent")
        if figures:
            text = _("Of {target} planned, {done} were visited ({percent}).")
            yield text.format(done=figures[0], target=figures[1], percent=figures[2])
            return
