"""Rows of a hand-kept table that are no records, marks for "as above", and headings between groups of rows.

What single cells say stands in `words.ledgers`; here rows are judged as wholes, by what stands in none of the others.
A row is no record only where no cell of it can belong to one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.reading.as_above import take_from_above
from visittally.reading.beginning import repeated_header
from visittally.reading.filled_cells import FilledCells
from visittally.reading.looks import SPACES, Look, look
from visittally.reading.receipt import Kind, SetAside
from visittally.reading.row_sums import sums_behind_word, totals_by_figures
from visittally.reading.running_numbers import running_columns
from visittally.reading.told import ToldByShape, ToldOnce
from visittally.words.folding import fold, simplify, tidy
from visittally.words.ledgers import (
    begins_signatures,
    heading_of,
    is_ditto,
    is_example,
    is_name,
    is_no_quantity,
    is_note,
    is_page_line,
    is_total,
    place_in,
    signs,
)
from visittally.words.quantities import parse as parse_quantity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.kept import KeptRow, KeptTable

FIRST = 3
"""A total is announced in one of so many filled cells."""
_TOO_LONG = 15
"""A text alone in its row, so long and three times as long as any other in its column, is a remark."""
_SIGNED = 4
"""More cells than a signature with its date fills."""
_SPARSE = 0.6
"""Rows of signatures fill so many of the cells that records usually fill."""
_FEW = 0.4
_NEARLY_ALWAYS, _ENOUGH = 0.9, 4
"""So often, and in so many columns, records are filled where they can tell what lacks them."""
_LONGEST_NAME = 30


@dataclass(frozen=True)
class HandRows:
    """A hand-kept table, its rows judged.

    Attributes:
        rows: The records, marks for "as above" replaced.
        entries: Rows that are none.
        headings: Line of a heading between groups -> what it names, and whether that is a place by its form.
        ditto: How many marks for "as above" took the value above; `lost`: how many had none above.
        by_figures: Lines of totals that only their figures tell.
        below: Lines of rows below the last whole record that are taken for notes without a word that says so.
    """

    rows: tuple[KeptRow, ...]
    entries: tuple[SetAside, ...] = ()
    headings: Mapping[int, tuple[str, bool]] = field(default_factory=dict)
    ditto: int = 0
    lost: int = 0
    by_figures: tuple[int, ...] = ()
    below: tuple[int, ...] = ()


def judge_rows(table: KeptTable, *, marks: bool = True) -> HandRows:
    """Tell the records of a table from its other rows.

    Args:
        table: The table.
        marks: Whether marks for "as above" are taken for such; answers to a form may refer to another question.
    """
    judge = _Judge(table)
    rows: list[KeptRow] = []
    entries: list[SetAside] = []
    headings: dict[int, tuple[str, bool]] = {}
    whys = judge.whys(by_hand=marks)
    for n, row in enumerate(table.rows):
        why = whys[n]
        if not why:
            rows.append(row)
            continue
        entries.append(SetAside(row.line, Kind.NOT_A_RECORD, why))
        if (named := judge.heading(n)) is not None:
            headings[row.line] = named
    ditto = lost = 0
    if marks:
        breaks = sorted(e.line for e in (*entries, *table.entries) if e.reason != judge.number_only)
        rows, ditto, lost = take_from_above(rows, breaks, judge.texts)
    summed, below = ([e.line for e in entries if e.reason == why] for why in (judge.by_figures, judge.below_whole))
    return HandRows(tuple(rows), tuple(entries), headings, ditto, lost, tuple(summed), tuple(below))


class _Judge:
    """What tells whether a row of a table is a record."""

    def __init__(self, table: KeptTable) -> None:
        self.number_only = _("nothing but a running number")
        self.by_figures = _("a total by its figures")
        self.below_whole = _("below the whole records")
        self._rows = table.rows
        self._header = table.header
        filled = FilledCells.of(table.rows)
        self._filled, self.texts = filled.at, filled.texts
        numbering = running_columns(table)
        self.running, self._called = numbering.all, numbering.called
        self._headers = [entry.line for entry in table.entries if entry.reason == repeated_header()]
        self._titles = {_bare(cell) for title in table.titles for cell in title}
        told = ToldOnce if self._titles else ToldByShape  # titles have digits of their own
        self._announces, self._total = told(self._may_announce), ToldByShape(is_total)
        self._usual = self._usually_filled()
        self._widest: dict[int, int] = {}
        rows = self._rows if self.running else ()
        self._numbered = [n for n, row in enumerate(rows) if self._has_number(row, self._filled[n])]
        self._whole = [] if self._numbered else self._whole_records()
        self._last = (self._numbered or self._whole or [len(self._rows)])[-1]
        self._named = self._names_of_groups()
        self._said: dict[int, set[str]] = {}

    def whys(self, *, by_hand: bool) -> list[str]:
        """For each row why it is no record, "" for one.

        Args:
            by_hand: Whether people keep the table, who add up what stands above.
        """
        plain = self._plain()
        sparse = {at for at in set(self._filled) if self._is_sparse(at)}
        rows = enumerate(self._filled) if sparse else ()
        sums = {n for n, at in rows if at in sparse and sums_behind_word(at, self._rows[n].cells)}
        whys = [self.by_figures if n in sums else "" if n in plain else self._why(n) for n in range(len(self._rows))]
        if by_hand and len(self._header) > 2:
            no_quantities = [c for c, name in enumerate(self._header) if is_no_quantity(name)]
            told = totals_by_figures(self._rows, self._filled, self.running, lambda n: bool(whys[n]), no_quantities)
            for n in told:
                whys[n] = self.by_figures
        return whys

    def _plain(self) -> set[int]:
        """Rows that are records by a short look, as nearly all are: nothing in them announces anything else.

        What stands first in the rows that are filled alike is looked at together.
        """
        alike: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        for n, at in enumerate(self._filled[1 : self._last + 1], 1):
            alike[at].append(n)
        found: set[int] = set()
        for at, rows in alike.items():
            if len(at) < 2 or self.running.issuperset(at):
                continue
            if self._is_sparse(at):
                continue
            announced, *others = [{self._rows[n].cells[c] for n in rows} for c in at[:FIRST]]
            texts = announced.union(*others)
            if not (any(map(self._announces.__getitem__, announced)) or any(map(self._total.__getitem__, texts))):
                found.update(rows)
            else:
                found.update(n for n in rows if self._tells_nothing(at, self._rows[n].cells))
        return found

    def _usually_filled(self) -> int:
        """How many cells a record usually fills; rows with one alone are headings, remarks or numbers made ready."""
        counts = sorted(len(at) for at in self._filled if len(at) > 1) or sorted(map(len, self._filled))
        return counts[len(counts) // 2] if counts else 0

    def _why(self, n: int) -> str:
        """Why a row is no record by itself and those above it, "" for one."""
        at, cells = self._filled[n], self._rows[n].cells
        if not at:
            return _("nothing but blanks")
        if len(self._header) < 2:
            return ""
        if self.running.issuperset(at) and n not in self._named:
            return self._only_numbered(n)
        if n and len(at) > 1 and self._tells_nothing(at, cells):
            return self._below_the_records(n)
        if n == 0 and len(at) > 3 and all(cells[c].strip(SPACES + "()（）") == str(i) for i, c in enumerate(at, 1)):
            return _("numbers of the columns")
        return self._announced(n) or self._text_alone(n) or self._below_the_records(n)

    def _is_sparse(self, at: Sequence[int]) -> bool:
        """Whether rows filled so lack most of what records have beside their running numbers."""
        return 1 < len(at) <= _SPARSE * self._usual and at[0] in self.running and bool(self._numbered)

    def _only_numbered(self, n: int) -> str:
        """Why a row that fills no other column than those that number the rows is no record."""
        at, cells = self._filled[n], self._rows[n].cells
        if not all(look(cells[c]) is Look.NUMBER for c in at):
            return self._text_alone(n) or _("a remark")
        # Above other records it may be the number of a household of which nothing is told.
        may_be = n < self._last and self._called.isdisjoint(at)
        return "" if may_be else self.number_only

    def _whole_records(self) -> list[int]:
        """Rows with all that nearly every record has, in tables without running numbers."""
        shapes = Counter(self._filled)
        usual = {at: count for at, count in shapes.items() if len(at) >= self._usual}
        there: Counter[int] = Counter()
        for at, count in usual.items():
            there.update(dict.fromkeys(at, count))
        always = {c for c, count in there.items() if count >= _NEARLY_ALWAYS * sum(usual.values())}
        whole = {at for at in shapes if always.issubset(at)}
        return [n for n, at in enumerate(self._filled) if at in whole] if len(always) >= _ENOUGH else []

    def _has_number(self, row: KeptRow, at: Sequence[int]) -> bool:
        """Whether a row is a record by its running number and what stands beside it."""
        return len(at) > 1 and any(row.cells[c].strip().isdecimal() for c in self.running)

    def _names_of_groups(self) -> frozenset[int]:
        """Rows with nothing but a name where the others have their running numbers, each above records.

        The first record has one above it, and no two are the same: so groups of rows are headed.
        """
        numbered = set(self._numbered)
        alone = [
            n
            for n, at in enumerate(self._filled[:-1])
            if len(at) == 1
            and at[0] in self.running
            and n + 1 in numbered
            and is_name(text := self._rows[n].cells[at[0]].strip())
            and len(text) <= _LONGEST_NAME
            and ":" not in simplify(text)
        ]
        names = {fold(self._rows[n].cells[self._filled[n][0]]) for n in alone}
        heads = len(alone) > 1 and alone[0] < self._numbered[0] and len(names) == len(alone)
        return frozenset(alone if heads else ())

    @cached_property
    def _days(self) -> frozenset[int]:
        """Columns in which most of the numbered or whole records have a day."""
        rows = [self._rows[n].cells for n in self._numbered or self._whole]
        return frozenset(
            c for c in range(len(self._header)) if 2 * sum(look(cells[c]) is Look.MOMENT for cells in rows) > len(rows)
        )

    def _below_the_records(self, n: int) -> str:
        """Why a row below the last numbered or whole record is none: it says what no record says there."""
        at, cells = self._filled[n], self._rows[n].cells
        if n <= self._last or self._usual < 4 or len(at) > _SPARSE * self._usual:
            return ""
        dated = any(look(cells[c]) is Look.MOMENT and c in self._days for c in at)
        if self._whole:
            lacks_day = not dated if self._days else len(at) <= _FEW * self._usual
            return self.below_whole if lacks_day and all(self._is_strange(c, cells[c]) for c in at) else ""
        if len(at) > _SIGNED and dated:
            return ""  # entered late: a day stands where the days stand
        worded = any(look(cells[c]) is Look.TEXT and not is_ditto(cells[c]) for c in self.running & set(at))
        strange = at[-1] <= 1 and self._is_strange(at[-1], cells[at[-1]])
        return _("below the records") if worded or strange else ""

    def _is_strange(self, c: int, cell: str) -> bool:
        """Whether no record above has a cell in its column."""
        if c not in self._said:
            records = range(self._last + 1) if self._whole else self._numbered
            self._said[c] = {self._rows[m].cells[c] for m in records}
        return cell not in self._said[c]

    def _tells_nothing(self, at: Sequence[int], cells: Sequence[str]) -> bool:
        """Whether nothing that stands first in a row could make it anything else than a record: so it is with most."""
        first = [cells[c] for c in at[:FIRST]]
        return not (self._announces[first[0]] or any(map(self._total.__getitem__, first)))

    def _may_announce(self, first: str) -> bool:
        """Whether a row of several cells that begins with this one may be no record, other than a total."""
        return (
            is_note(first)
            or is_page_line(first)
            or begins_signatures(first)
            or is_example(first)
            or _bare(first) in self._titles
        )

    def _announced(self, n: int) -> str:
        """Why a row is no record by what its first cells say, "" where they say nothing of the kind."""
        at, cells = self._filled[n], self._rows[n].cells
        first = cells[at[0]]
        if at[0] in self.running and is_example(first):
            return _("an example")
        if all(is_page_line(cells[c]) for c in at):
            return _("page number")
        if self._is_total(n):
            return _("total row")
        if self._is_signed(n):
            return _("note or signature")
        repeated = self._titles and all(_bare(cells[c]) in self._titles for c in at)
        return _("repeated title") if repeated else ""

    def _is_total(self, n: int) -> bool:
        at, cells = self._filled[n], self._rows[n].cells
        told = [c for c in at[:FIRST] if self._total[cells[c]]]
        if not told:
            return False
        return all(c in told or self._is_figure_or_place(c, cells[c]) for c in at)

    def _is_figure_or_place(self, c: int, cell: str) -> bool:
        if look(simplify(cell)) in (Look.NUMBER, Look.BLANK) or parse_quantity(cell).value is not None:
            return True
        if is_note(self._header[c]) or is_total(cell):
            return True
        return bool(place_in(cell) or place_in(f"{self._header[c]}: {cell}")) and len(cell) <= 30

    def _is_signed(self, n: int) -> bool:
        """Whether a row holds a note, or names of those who sign, each behind what it is that they do."""
        at, cells = self._filled[n], self._rows[n].cells
        first = cells[at[0]]
        if len(at) > 1 and len(at) > 0.75 * self._usual and not any(c in first for c in ":：()（）"):
            return False
        alone = (
            len(at) == 1 and bool(signs(first) or (signs(first) == "" and first[-1:] in ":：")) and not place_in(first)
        )
        if not (is_note(first) or begins_signatures(first) or alone):
            return False
        waiting = False
        for c in at:
            said = signs(cells[c])
            if said is not None:
                waiting = not said
            elif is_note(cells[c]):
                waiting = not any(sign in cells[c] for sign in ":：")
            elif look(cells[c]) not in (Look.NUMBER, Look.BLANK, Look.MOMENT):
                if not waiting:
                    return False
                waiting = False
        return True

    def _text_alone(self, n: int) -> str:
        """Why a row with one cell is no record: a heading between groups, a remark."""
        at, cells = self._filled[n], self._rows[n].cells
        if len(at) != 1 or self._usual < 3:
            return ""
        if self.heading(n) is not None:
            return _("heading of a group")
        text = cells[at[0]].strip()
        if text[:1] in "*＊※" and len(text) > 1 and at[0] <= 1:
            return _("a remark")
        if at[0] == 0 and len(text) >= _TOO_LONG and len(text) >= 3 * self._widest_beside(0):
            return _("a remark")
        return ""

    def _widest_beside(self, c: int) -> int:
        if c not in self._widest:
            lengths = [len(row.cells[c].strip()) for m, row in enumerate(self._rows) if len(self._filled[m]) > 1]
            self._widest[c] = max(lengths, default=0)
        return self._widest[c]

    def heading(self, n: int) -> tuple[str, bool] | None:
        """What a row names that is the heading of a group of rows, and whether by its form it is a place."""
        at, cells = self._filled[n], self._rows[n].cells
        if len(at) != 1 or self._usual < 3 or look(cells[at[0]]) is not Look.TEXT or is_page_line(cells[at[0]]):
            return None
        c = at[0]
        set_off, name = heading_of(cells[c])
        place = place_in(name)
        if not place and c == 0 and self._stands_above_a_header(n) and _bare(cells[c]) not in self._titles:
            return cells[c].strip(), False
        if n in self._named or (set_off and len(name) <= 40 and c <= FIRST):
            return place or name, bool(place) or n in self._named
        return (place, True) if place and self._heads_records(n, c) else None

    def _stands_above_a_header(self, n: int) -> bool:
        """Whether the header comes again below a row, as it does below the title of a further table."""
        line = self._rows[n].line
        below = self._rows[n + 1].line if n + 1 < len(self._rows) else line + 1
        return any(line < again < below for again in self._headers)

    def _heads_records(self, n: int, c: int) -> bool:
        """Whether a place alone in its row stands above records, and is none of a column of names."""
        below = next((m for m in range(n + 1, len(self._rows)) if len(self._filled[m]) > 1), None)
        if below is None or c in self.running or c not in self._filled[below]:
            return below is not None
        # A column of names: whoever stands in it below is none of the places that head a group.
        others = Counter(row.cells[c].strip() for m, row in enumerate(self._rows) if len(self._filled[m]) > 1)
        named = sum(count for text, count in others.items() if text and place_in(text))
        return named < 0.5 * sum(others.values()) and not place_in(f"{self._header[c]}: x")


def _bare(text: str) -> str:
    """A title without what only numbers it: `（续）`, `（第2页）`, `(continued)`."""
    plain = fold(text)
    for opening in ("(", "（", "【"):
        plain = plain.split(opening)[0] if plain.find(opening) > 0 else plain
    return tidy(plain)
