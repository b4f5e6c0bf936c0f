"""What an audit found, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.analyses.audit.layout import FigureTable, masked
from visittally.analyses.audit.vocabulary import FigureRole
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.tables.table import Column, Count, Number, Row, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.analyses.audit.statements import Spoken
    from visittally.analyses.audit.verdict import Finding, Verdict

_DIGITS = 4
"""Decimals of what was worked out, for people: a figure is often off in the second one."""


@dataclass(frozen=True, slots=True)
class AuditedFile:
    """What was found in one file; `further` are findings between its tables."""

    file: str
    verdicts: tuple[Verdict, ...]
    spoken: Spoken
    further: tuple[Finding, ...] = ()

    def findings(self) -> Iterator[Finding]:
        """All findings, those of the tables first."""
        for verdict in self.verdicts:
            yield from sorted(verdict.findings, key=lambda finding: finding.line)
        yield from self.further
        yield from self.spoken.findings


def tables_of(files: Sequence[AuditedFile]) -> tuple[dict[str, Table], tuple[str, ...]]:
    """The tables by name, and those that people are shown."""
    several = len({file.file for file in files}) > 1
    found = {"findings": _findings(files, several=several), "relations": _relations(files, several=several)}
    if any(file.spoken.statements for file in files):
        found["statements"] = _statements(files, several=several)
    return found, tuple(found)


def kinds() -> dict[str, str]:
    """The kinds of findings and relations, in words."""
    return {
        "sum_rows": _("sum of rows"),
        "sum_columns": _("sum of columns"),
        "difference": _("difference"),
        "share": _("share"),
        "growth": _("growth"),
        "rank": _("rank"),
        "granularity": _("whole numbers"),
        "cut": _("cut, not rounded"),
        "raised": _("rounded up"),
        "over_100": _("more than the whole"),
        "mean_of_rates": _("mean of rates"),
        "points_as_percent": _("points called per cent"),
        "wrong_word": _("name of the change"),
        "two_figures": _("two figures of one"),
        "no_count": _("counts not printed"),
        "not_100": _("parts of a hundred"),
        "part_over_whole": _("part and whole"),
    }


def _findings(files: Sequence[AuditedFile], *, several: bool) -> Table:
    names = kinds()
    columns = (
        Column("file", _("File"), people=several),
        Column("table", _("Table")),
        Column("line", _("Line")),
        Column("row", _("Row")),
        Column("column", _("Column")),
        Column("kind", _("What")),
        Column("printed", _("Printed")),
        Column("recomputed", _("Follows")),
        Column("difference", _("Difference")),
        Column("from", _("From")),
        Column("explanation", _("Perhaps")),
    )
    rows = tuple(
        Row(
            (
                Text(file.file),
                Count(one.table or None),
                Count(one.line),
                Text(one.row),
                Text(masked(one.column)),
                Text(one.kind, names.get(one.kind, one.kind)),
                Text(masked(one.printed)),
                Number(None if one.recomputed is None else _plain(one.recomputed), _decimals(one.recomputed)),
                Number(None if one.difference is None else _plain(one.difference), _decimals(one.difference)),
                Text(one.source),
                Text(one.explanation),
            )
        )
        for file in files
        for one in file.findings()
    )
    return Table("findings", _("Figures that do not follow from the others"), columns, rows, None, _notes(files))


def _plain(value: object) -> int | float:
    from fractions import Fraction

    assert isinstance(value, Fraction)
    return value.numerator if value.denominator == 1 else float(value)


def _decimals(value: object) -> int:
    return 0 if value is None or isinstance(_plain(value), int) else _DIGITS


def _notes(files: Sequence[AuditedFile]) -> tuple[str, ...]:
    tested = sum(len(v.tested) for file in files for v in file.verdicts) + sum(file.spoken.tested for file in files)
    relations = sum(len(v.relations) for file in files for v in file.verdicts)
    relations += sum(len(file.spoken.statements) for file in files)
    failing = sum(1 for file in files for _finding in file.findings())
    alone = sum(_untested(v) for file in files for v in file.verdicts) + sum(file.spoken.alone for file in files)
    approximate = sum(_approximate(v.table) for file in files for v in file.verdicts)
    text = _(
        "{tested:,} figures tested by {relations:,} relations; {failing:,} do not follow. "
        "{alone:,} figures stand alone and could not be tested."
    )
    found = [text.format(tested=tested, relations=relations, failing=failing, alone=alone)]
    if approximate:
        text = _("{n:,} figures say that they are not exact and were tested for gross contradiction only (10 %).")
        found.append(text.format(n=approximate))
    return (*found, *(note for file in files for verdict in file.verdicts for note in verdict.notes))


def _untested(verdict: Verdict) -> int:
    """Figures, and damaged ones, in columns of figures that no relation was tried on."""
    table = verdict.table
    figures = [c for c, role in enumerate(table.roles) if role not in (FigureRole.LABEL, FigureRole.OTHER)]
    places = {(r, c) for r in range(len(table.rows)) for c in figures if _says(table, r, c)}
    return len(places - verdict.tested)


def _says(table: FigureTable, row: int, column: int) -> bool:
    return table.figure(row, column) is not None or "?" in table.rows[row].texts[column]


def _approximate(table: FigureTable) -> int:
    return sum(figure is not None and figure.approximate for row in table.rows for figure in row.figures)


def _relations(files: Sequence[AuditedFile], *, several: bool) -> Table:
    names = kinds()
    told = {"header": _("heading"), "figures": _("figures"), "option": _("option")}
    columns = (
        Column("file", _("File"), people=several),
        Column("table", _("Table")),
        Column("kind", _("What")),
        Column("formula", _("Relation")),
        Column("holds", _("Holds")),
        Column("rows", _("Tested")),
        Column("told_by", _("Told by")),
    )
    rows = tuple(
        Row(
            (
                Text(file.file),
                Count(one.table),
                Text(one.kind, names.get(one.kind, one.kind)),
                Text(masked(one.formula)),
                Count(one.holds),
                Count(one.rows),
                Text(one.told_by, told[one.told_by]),
            )
        )
        for file in files
        for verdict in file.verdicts
        for one in verdict.relations
    )
    return Table("relations", _("Relations between the figures"), columns, rows)


def _statements(files: Sequence[AuditedFile], *, several: bool) -> Table:
    states = {
        "follows": _("follows"),
        "other_base": _("follows from another base"),
        "cut": _("cut, not rounded"),
        "none": _("does not follow from the counts beside it"),
    }
    columns = (
        Column("file", _("File"), people=several),
        Column("line", _("Line")),
        Column("text", _("Text")),
        Column("printed", _("Printed")),
        Column("follows_from", _("From")),
        Column("state", _("State")),
    )
    rows = tuple(
        Row(
            (
                Text(file.file),
                Count(one.line),
                Text(one.text),
                Text(one.printed),
                Text(one.follows_from),
                Text(one.state, states[one.state]),
            )
        )
        for file in files
        for one in file.spoken.statements
    )
    return Table("statements", _("Shares in sentences"), columns, rows)
