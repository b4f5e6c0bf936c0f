"""What an audit finds: relations between figures, and figures that do not follow from them."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from fractions import Fraction

    from visittally.analyses.audit.layout import FigureTable


@dataclass(frozen=True, slots=True)
class TestedRelation:
    """A relation that figures of a table were tested by.

    Attributes:
        kind: sum_rows, sum_columns, difference, share, growth, rank or granularity.
        formula: In the words of the headings.
        holds: In how many rows (of sums: columns) it holds.
        rows: In how many it was tested.
        told_by: header, figures or option.
        table: Number of the table.
    """

    kind: str
    formula: str
    holds: int
    rows: int
    told_by: str
    table: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A printed figure that does not follow from the others.

    Attributes:
        table: Number of the table, 0 for sentences.
        line: Where it stands in the file.
        row: Label of its row.
        column: Heading of its column.
        kind: What kind of relation it breaks, or a finer name.
        printed: As it stands.
        recomputed: What follows from the others; None where that is no figure.
        difference: Printed less recomputed.
        source: The figures it should follow from.
        explanation: What may lie behind it, in the user's language.
    """

    table: int
    line: int
    row: str
    column: str
    kind: str
    printed: str
    recomputed: Fraction | None = None
    difference: Fraction | None = None
    source: str = ""
    explanation: str = ""


@dataclass(slots=True)
class Verdict:
    """What was found in one table.

    Attributes:
        tested: The figures that some relation was tried on, as (row, column).
    """

    table: FigureTable
    relations: list[TestedRelation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tested: set[tuple[int, int]] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def relate(self, kind: str, formula: str, holds: int, rows: int, told_by: str) -> None:
        """Note a relation that was tested."""
        self.relations.append(TestedRelation(kind, formula, holds, rows, told_by, self.table.number))

    def object(
        self, place: tuple[int, int], kind: str, recomputed: Fraction | None, source: str, explanation: str = ""
    ) -> None:
        """Note a figure that does not follow; one finding a figure and kind."""
        row, column = place
        figure = self.table.figure(row, column)
        printed = self.table.rows[row].texts[column].strip() if figure is None else figure.text
        line, label, heading = self.table.rows[row].line, self.table.rows[row].label, self.table.headings[column]
        if any((f.line, f.column, f.kind) == (line, heading, kind) for f in self.findings):
            return
        difference = None if recomputed is None or figure is None else figure.value - recomputed
        found = Finding(
            self.table.number, line, label, heading, kind, printed, recomputed, difference, source, explanation
        )
        self.findings.append(found)
