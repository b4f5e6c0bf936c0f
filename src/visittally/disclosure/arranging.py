"""Tables with hidden cells, in an order that does not give away what is hidden.

A row between two others says how large its figure is as clearly as the figure itself. Where rows or columns stand in
the order of a figure, or of what is made of figures, those whose figure is hidden go to the end, by name.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.tables.measures import Content
from visittally.tables.table import (
    Base,
    Cell,
    Column,
    Hidden,
    Number,
    Row,
    Share,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from visittally.disclosure.figures import Dimensions, Key

Line = TypeVar("Line")
"""A row, a column or a block of rows."""
Known = TypeVar("Known")
"""What a figure is known by."""


@dataclass(frozen=True, slots=True)
class View:
    """A table and what its cells show.

    Attributes:
        table: The table, nothing hidden yet.
        rows: What each row is about, None for the rest of several.
        shows: Row and column of a cell -> the figures that it shows, its own first.
        base: The figure that `Table.base` shows, or None.
    """

    table: Table
    rows: Sequence[Dimensions | None]
    shows: Mapping[tuple[int, int], tuple[Key, ...]]
    base: Key | None = None


@dataclass(frozen=True, slots=True)
class Secrets:
    """What must not be shown.

    Attributes:
        values: All figures.
        hidden: Those that are hidden, and why.
        removed: Those whose rows or columns go away altogether.
        answers: The columns of answers and issues; the others say the place.
        weighted: Whether answers stand in the order of weighted sums, which no figure tells.
    """

    values: Mapping[Key, int]
    hidden: Mapping[Key, Hidden]
    removed: frozenset[Key]
    answers: frozenset[str]
    weighted: bool = False

    def place(self, about: Dimensions) -> Dimensions:
        """What a row is about without its answer."""
        return frozenset(pair for pair in about if pair[0] not in self.answers)


def finished(view: View, secrets: Secrets) -> Table:
    """The table as it may be shown."""
    table = view.table
    columns = _columns(view, secrets)
    order = _rows(view, secrets)
    ranked = _ranked(view, secrets)
    rows = []
    for number in order:
        cells = list(table.rows[number].cells)
        for column in columns:
            why = _why(view.shows.get((number, column), ()), secrets)
            if why:
                cells[column] = hide(cells[column], why)
            elif is_rank(table.columns[column]) and number not in ranked:
                cells[column] = hide(cells[column], "secondary")
        rows.append(Row(tuple(cells[column] for column in columns), table.rows[number].total))
    kept = tuple(table.columns[column] for column in columns)
    return replace(table, columns=kept, rows=tuple(rows), base=_base(view, secrets), brief=None)


def hide(cell: Cell, why: Hidden) -> Cell:
    """The cell without its figure."""
    if isinstance(cell, Share):
        return replace(cell, n=None, base=None, hidden=why)
    return replace(cell, value=None, hidden=why)


def is_rank(column: Column) -> bool:
    """Whether a column says which place its row has in an order of figures."""
    return column.measure is not None and column.measure.kind is Content.RANK


def _why(keys: Sequence[Key], secrets: Secrets) -> Hidden | None:
    """Why a cell that shows these figures is hidden, if it is: its own figure decides."""
    return next((secrets.hidden[key] for key in keys if key in secrets.hidden), None)


def _base(view: View, secrets: Secrets) -> Base | None:
    """The base, without its figure and its sentence where a total of the survey is hidden."""
    base = view.table.base
    totals = any({name for name, _ in about} <= {"question"} for _, about in secrets.hidden)
    if base is None or not (totals or view.base in secrets.hidden):
        return base
    cases = None if view.base in secrets.hidden else base.cases
    return Base(base.kind, cases, _("The number of cases is not shown in full, to protect small groups."))


def _falling(keys: Sequence[Known], values: Mapping[Known, float]) -> bool:
    """Whether the figures are all there and stand in the order of their size."""
    numbers = [values[key] for key in keys if key in values]
    return len(numbers) == len(keys) > 1 and all(a >= b for a, b in itertools.pairwise(numbers))


def _last(
    lines: Sequence[tuple[Line, Known | None, str]],
    values: Mapping[Known, float],
    hidden: Collection[Known],
    *,
    always: bool = False,
) -> list[Line]:
    """The lines, those whose figure is hidden at the end by name; the rest (no figure) stays the very last."""
    known = [key for _, key, _ in lines if key is not None]
    if not always and not _falling(known, values):
        return [line for line, _, _ in lines]
    there = [line for line, key, _ in lines if key is not None and key not in hidden]
    away = sorted(((name, i) for i, (_, key, name) in enumerate(lines) if key is not None and key in hidden))
    rest = [line for line, key, _ in lines if key is None]
    return [*there, *(lines[i][0] for _, i in away), *rest]


def _columns(view: View, secrets: Secrets) -> list[int]:
    """The columns in the order in which they are shown."""
    table = view.table
    gone = {c for (_, c), keys in view.shows.items() if table.columns[c].spread and keys[0] in secrets.removed}
    positions = [i for i in range(len(table.columns)) if i not in gone]
    totals = [number for number, row in enumerate(table.rows) if row.total]
    spread = [i for i in positions if table.columns[i].spread]
    if not spread or not totals:
        return positions
    lines = []
    for i in spread:
        keys = view.shows.get((totals[-1], i), ())
        own = keys[0] if keys and keys[0][0] != "rest" else None
        lines.append((i, own, table.columns[i].name))
    placed = iter(_last(lines, secrets.values, secrets.hidden, always=secrets.weighted))
    return [next(placed) if table.columns[i].spread else i for i in positions]


def _rows(view: View, secrets: Secrets) -> list[int]:
    """The rows in the order in which they are shown: places, and the answers of each place."""
    order: list[int] = []
    removed = _removed(view, secrets)
    numbers = [number for number in range(len(view.rows)) if number not in removed]
    for total, stretch in itertools.groupby(numbers, lambda number: view.table.rows[number].total):
        rows = list(stretch)
        if total or any(name == "period" for name, _ in view.rows[rows[0]] or ()):
            order += rows
        else:
            order += _places(view, rows, secrets)
    return order


def _removed(view: View, secrets: Secrets) -> set[int]:
    """The rows that are about what must not appear."""
    own = ((row, keys[0]) for (row, c), keys in view.shows.items() if not view.table.columns[c].spread)
    return {row for row, key in own if key in secrets.removed}


def _places(view: View, rows: Sequence[int], secrets: Secrets) -> list[int]:
    """A stretch of rows: blocks of a place each."""
    about = view.rows

    def place(number: int) -> Dimensions | None:
        found = about[number]
        return None if found is None else secrets.place(found)

    blocks = [(where, _answers(view, list(block), secrets)) for where, block in itertools.groupby(rows, place)]
    measures = dict.fromkeys(m for m, where in secrets.values if where == blocks[0][0])
    for measure in measures:
        lines = [(block, None if block[0] is None else (measure, block[0]), _name(block[0])) for block in blocks]
        blocks = _last(lines, secrets.values, secrets.hidden)
    return [number for _, block in blocks for number in block]


def _answers(view: View, rows: list[int], secrets: Secrets) -> list[int]:
    """The rows of one place, in the order of their own figures or of those of all places together."""
    for everywhere in (False, True):
        lines: list[tuple[int, Key | None, str]] = []
        for number in rows:
            about = view.rows[number]
            if about is not None and everywhere:
                about = frozenset(pair for pair in about if pair[0] in {*secrets.answers, "question"})
            lines.append((number, None if about is None else ("mentions", about), _name(about)))
        rows = _last(lines, secrets.values, secrets.hidden, always=secrets.weighted)
    for sizes, hidden in _made_orders(view, rows, secrets):
        rows = _last([(n, n if n in sizes else None, _name(view.rows[n])) for n in rows], sizes, hidden)
    return rows


def _made_orders(view: View, rows: Sequence[int], secrets: Secrets) -> Iterator[tuple[dict[int, float], set[int]]]:
    """What is made of figures and has a hidden place in an order of size: the size in each row, the hidden rows.

    Changes stand by how large they are, whether up or down.
    """
    for c, column in enumerate(view.table.columns):
        if column.measure is not None and column.measure.kind is Content.MADE:
            cells = ((number, view.table.rows[number].cells[c]) for number in rows)
            sizes = {n: abs(cell.value) for n, cell in cells if isinstance(cell, Number) and cell.value is not None}
            hidden = {number for number in sizes if _why(view.shows.get((number, c), ()), secrets)}
            if hidden and _falling(list(sizes), sizes):
                yield sizes, hidden


def is_telling_choice(view: View, secrets: Secrets) -> bool:
    """Whether rows with hidden figures were chosen by what no figure tells: weighted sums, or what is made of figures.

    The first of them, which a short version shows, then tell that they are larger than all that are left out.
    """
    everywhere = {*secrets.answers, "question"}
    if secrets.weighted and any(about and {name for name, _ in about} <= everywhere for _, about in secrets.hidden):
        return True
    numbers = [number for number, row in enumerate(view.table.rows) if not row.total]
    for _place, block in itertools.groupby(numbers, lambda n: secrets.place(view.rows[n] or frozenset())):
        rows = list(block)
        own = [("mentions", about) for about in (view.rows[n] for n in rows) if about is not None]
        if not _falling(own, secrets.values) and any(_made_orders(view, rows, secrets)):
            return True
    return False


def _name(about: Dimensions | None) -> str:
    return "" if about is None else str(sorted(about))


def _ranked(view: View, secrets: Secrets) -> frozenset[int]:
    """The rows that keep their rank: those of shown figures, unless a larger hidden one stands among them."""
    own = {number: ("mentions", about) for number, about in enumerate(view.rows) if about is not None}
    reasons = {number: secrets.hidden.get(key) for number, key in own.items()}
    if "secondary" in reasons.values() or (secrets.weighted and any(reasons.values())):
        return frozenset()
    return frozenset(number for number, why in reasons.items() if why is None)
