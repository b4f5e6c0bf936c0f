"""Records whose cells stand a column or two beside their own: named with their lines, and never moved.

A cell too many, or one too few, pushes all that follows into its neighbours. What stands there then is no date, no
number and none of the words of its column, but just what the column beside it holds.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _, ngettext
from visittally.reading.looks import Look, look
from visittally.words.folding import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.kept import KeptTable

_ROWS, _COLUMNS = 10, 4
"""Of fewer rows or columns nothing can be told."""
_MOST_ROWS = 5_000
"""Longer tables are hardly typed, and cells are shifted by those who type."""
_MOST = 0.8
"""A column holds what so many of its filled cells hold."""
_WORDS = 40
"""A column of more different words than this is no list of words."""
_TELLING, _WIDE = 2, 15
"""So many cells must fit the column beside them: a single one may be a slip of the pen; of more columns two may be."""
_STEPS = (1, -1, 2, -2)
_LINES = 8
_FIRM = (Look.MOMENT, Look.NUMBER, Look.CODE)


@dataclass(frozen=True, slots=True)
class _Habit:
    """What a column holds: a few words that come again, or cells of one look; neither where nothing can be told."""

    words: frozenset[str] = frozenset()
    firm: Look | None = None

    @property
    def known(self) -> bool:
        return bool(self.words) or self.firm is not None

    def fits(self, text: str, looks: Look) -> bool:
        """Whether a text that is not blank belongs here."""
        return text in self.words if self.words else looks is self.firm

    def holds(self, cell: str) -> bool:
        """Whether a cell belongs here; blanks do not."""
        return self.known and self.fits(cell.strip(), look(cell))


def shifted_records(table: KeptTable) -> Notice | None:
    """Say which records seem to stand beside their columns, from which column on, and by how many."""
    width = len(table.header)
    if not _ROWS <= len(table.rows) <= _MOST_ROWS or width < _COLUMNS:
        return None
    columns = list(zip(*(row.cells for row in table.rows), strict=True))
    looked = [_looked(column) for column in columns]
    habits = [_habit(cells) for cells in looked]
    strange: dict[int, list[int]] = {}
    for c, (column, cells, habit) in enumerate(zip(columns, looked, habits, strict=True)):
        odd = (
            {cell for cell, (look_, _n) in cells.items() if not habit.fits(cell.strip(), look_)} if habit.known else ()
        )
        for n in (n for n, cell in enumerate(column) if cell in odd) if odd else ():
            strange.setdefault(n, []).append(c)
    found = []
    for n, places in sorted(strange.items()):
        if len(places) < _TELLING + (width > _WIDE):
            continue
        home = (c for c in range(places[0], places[-1]) if habits[c].holds(columns[c][n]))
        # Between the first and the last of them hardly a cell is where it belongs.
        astray = sum(1 for _c in islice(home, len(places))) < len(places)
        step = _step([columns[c][n] for c in places], places, habits) if astray else 0
        if step:
            found.append((table.rows[n].line, places[0], step))
    return _said(table, found) if found else None


def _looked(column: Sequence[str]) -> dict[str, tuple[Look, int]]:
    """The different cells of a column that are not blank, what each looks like, and how often it is there."""
    looks = ((cell, look(cell), n) for cell, n in Counter(column).items())
    return {cell: (found, n) for cell, found, n in looks if found is not Look.BLANK}


def _habit(cells: Mapping[str, tuple[Look, int]]) -> _Habit:
    filled = sum(n for _look, n in cells.values())
    if filled < _ROWS / 2:
        return _Habit()
    looks: Counter[Look] = Counter()
    texts: Counter[str] = Counter()
    for cell, (found, n) in cells.items():
        looks[found] += n
        texts[cell.strip()] += n
    (most, n), *_others = looks.most_common(1)
    if most in _FIRM and n >= _MOST * filled:
        return _Habit(firm=most)
    again = frozenset(text for text, n in texts.items() if n > 1)
    if 0 < len(again) <= _WORDS and sum(texts[text] for text in again) >= _MOST * filled:
        return _Habit(words=again)
    return _Habit()


def _step(cells: Sequence[str], places: Sequence[int], habits: Sequence[_Habit]) -> int:
    """How far to the right of their columns most of some strange cells stand (left: below 0); 0 where they do not."""
    for step in _STEPS:
        own = [c - step for c in places]
        fit = sum(0 <= c < len(habits) and habits[c].holds(cell) for c, cell in zip(own, cells, strict=True))
        if fit >= _TELLING and 4 * fit >= 3 * len(cells):
            return step
    return 0


def _said(table: KeptTable, found: Sequence[tuple[int, int, int]]) -> Notice:
    shown = []
    for line, column, step in found[:_LINES]:
        text = _('line {line}: from "{column}" on, {n} to the right')
        if step < 0:
            text = _('line {line}: from "{column}" on, {n} to the left')
        shown.append(text.format(line=line, column=one_line(table.header[column]), n=abs(step)))
    shown += ["..."] if len(found) > _LINES else []
    text = ngettext(
        "{file}: the cells of {n:,} record seem to stand beside their columns ({shown}). They count where they stand: "
        "put them right in the file.",
        "{file}: the cells of {n:,} records seem to stand beside their columns ({shown}). They count where they stand: "
        "put them right in the file.",
        len(found),
    )
    return Notice("shifted_cells", text.format(file=table.file, n=len(found), shown=_("; ").join(shown)))
