"""Tables with hidden cells, in an order that does not give away what is hidden.

A row between two others says how large its figure is as clearly as the figure itself. Where rows or columns stand in
the order of a figure, or of what is made of figures, those whose figure is hidden go to the end, by name.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

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
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from visittally.disclosure.figures import Dimensions, Key


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


@dataclass(frozen=True, slots=True)
class _Order:
    """A size for each line, by which the lines may stand; the rest of several has none.

    Attributes:
        sizes: Position of a line -> its size; None where nobody knows it.
        hidden: Positions of the lines whose size is hidden.
    """

    sizes: Mapping[int, float | None]
    hidden: frozenset[int]

    @classmethod
    def of(cls, keys: Sequence[Key | None], secrets: Secrets) -> _Order:
        """The order by these figures, one for each line."""
        there = {i: key for i, key in enumerate(keys) if key is not None}
        hidden = frozenset(i for i, key in there.items() if key in secrets.hidden)
        return cls({i: secrets.values.get(key) for i, key in there.items()}, hidden)

    @classmethod
    def by(cls, measure: str, abouts: Iterable[Dimensions | None], secrets: Secrets) -> _Order:
        """The order by a measure of what the lines are about."""
        return cls.of([None if about is None else (measure, about) for about in abouts], secrets)

    @property
    def falls(self) -> bool:
        """Whether the sizes are all known and the lines stand by them, the largest first."""
        known = [size for size in self.sizes.values() if size is not None]
        return len(known) == len(self.sizes) > 1 and all(a >= b for a, b in itertools.pairwise(known))


def _arranged(names: Sequence[str], orders: Iterable[_Order], *, always: bool = False) -> list[int]:
    """Positions of lines: those hidden in an order in which they stand at the end by name, the rest the very last.

    Every order is looked for in the lines as they stood: readers do not know which of them was meant.
    """
    telling = [order for order in orders if order.hidden and (always or order.falls)]
    away = frozenset[int]().union(*(order.hidden for order in telling))
    rest = [i for i in range(len(names)) if i not in away and any(i not in order.sizes for order in telling)]
    there = [i for i in range(len(names)) if i not in away and i not in rest]
    return [*there, *sorted(away, key=lambda i: (names[i], i)), *rest]


def _columns(view: View, secrets: Secrets) -> list[int]:
    """The columns in the order in which they are shown."""
    table = view.table
    gone = {c for (_, c), keys in view.shows.items() if table.columns[c].spread and keys[0] in secrets.removed}
    positions = [i for i in range(len(table.columns)) if i not in gone]
    totals = [number for number, row in enumerate(table.rows) if row.total]
    spread = [i for i in positions if table.columns[i].spread]
    if not spread or not totals:
        return positions
    shown = (view.shows.get((totals[-1], i), ()) for i in spread)
    order = _Order.of([keys[0] if keys and keys[0][0] != "rest" else None for keys in shown], secrets)
    names = [table.columns[i].name for i in spread]
    placed = iter([spread[i] for i in _arranged(names, [order], always=secrets.weighted)])
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
    places = [where for where, _ in blocks]
    orders = (_Order.by(measure, places, secrets) for measure in measures)
    return [number for i in _arranged(list(map(_name, places)), orders) for number in blocks[i][1]]


def _answers(view: View, rows: Sequence[int], secrets: Secrets) -> list[int]:
    """The rows of one place, in the order of their own figures, of those of all places together, of what is made."""
    own = [view.rows[number] for number in rows]
    of_all = {*secrets.answers, "question"}
    everywhere = [about and frozenset(pair for pair in about if pair[0] in of_all) for about in own]
    orders = [_Order.by("mentions", abouts, secrets) for abouts in (own, everywhere)]
    orders += _made_orders(view, rows, secrets)
    return [rows[i] for i in _arranged(list(map(_name, own)), orders, always=secrets.weighted)]


def _made_orders(view: View, rows: Sequence[int], secrets: Secrets) -> Iterator[_Order]:
    """The orders of what is made of figures; changes stand by how large they are, whether up or down."""
    for c, column in enumerate(view.table.columns):
        if column.measure is not None and column.measure.kind is Content.MADE:
            cells = [(i, view.table.rows[number].cells[c]) for i, number in enumerate(rows)]
            sizes = {i: abs(cell.value) for i, cell in cells if isinstance(cell, Number) and cell.value is not None}
            yield _Order(sizes, frozenset(i for i in sizes if _why(view.shows.get((rows[i], c), ()), secrets)))


def is_telling_choice(view: View, shown: Collection[Dimensions | None], secrets: Secrets) -> bool:
    """Whether rows with hidden figures were chosen by what no figure tells: weighted sums, or what is made of figures.

    The first of them, which a short version shows, then tell that they are larger than all that are left out.

    Args:
        view: The whole table.
        shown: What the rows of its short version are about.
        secrets: What must not be shown.
    """
    everywhere = {*secrets.answers, "question"}
    if secrets.weighted and any(about and {name for name, _ in about} <= everywhere for _, about in secrets.hidden):
        return True
    numbers = [number for number, row in enumerate(view.table.rows) if not row.total]
    if all(view.rows[number] in shown for number in numbers):
        return False
    places = itertools.groupby(numbers, lambda number: secrets.place(view.rows[number] or frozenset()))
    orders = (order for _, rows in places for order in _made_orders(view, list(rows), secrets))
    return any(order.hidden and order.falls for order in orders)


def _name(about: Dimensions | None) -> str:
    return "" if about is None else str(sorted(about))


def _ranked(view: View, secrets: Secrets) -> frozenset[int]:
    """The rows that keep their rank: those of shown figures, unless a larger hidden one stands among them."""
    own = {number: ("mentions", about) for number, about in enumerate(view.rows) if about is not None}
    reasons = {number: secrets.hidden.get(key) for number, key in own.items()}
    if "secondary" in reasons.values() or (secrets.weighted and any(reasons.values())):
        return frozenset()
    return frozenset(number for number, why in reasons.items() if why is None)
