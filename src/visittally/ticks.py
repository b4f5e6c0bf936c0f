"""One column of a multi-select: is the option ticked, not ticked, or was nothing recorded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from visittally.plan import NO_COLUMN
from visittally.vocabulary import Lexicon, key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping


class Tick(Enum):
    """What a cell of an option column says."""

    TICKED = "ticked"
    UNTICKED = "unticked"
    BLANK = "blank"
    SKIPPED = "skipped"
    ABSENT = "absent"


@dataclass(frozen=True)
class TickColumn:
    """Reads the cells of one option column.

    Attributes:
        cells: Distinct cell -> what it says.
        scale: Numbers that look like steps of a scale and were not counted as ticked.
    """

    cells: Mapping[str, Tick]
    scale: frozenset[str] = frozenset()

    def read(self, cell: str) -> Tick:
        """What a cell says."""
        return self.cells.get(cell, Tick.BLANK)


def learn_ticks(
    cells: Mapping[str, int], names: frozenset[str], lexicon: Lexicon, ticked: frozenset[str]
) -> TickColumn:
    """Learn to read an option column from its distinct cells.

    Args:
        cells: Distinct cells and how often each occurs.
        names: Name and label of the option: tools that write the label into the cell of a chosen option.
        lexicon: The words that hold for the question.
        ticked: The values that count as ticked, as `key_of` writes them; empty to go by the usual words.

    Returns:
        The column. Beyond the usual words any text is a tick, and so is a number that stands alone in its
        column (the code of the option); several numbers are a scale, of which only 1 is a tick.
    """
    keys = {cell: key_of(cell) for cell in cells if cell != NO_COLUMN}
    numbers = {key for key in keys.values() if _is_count(key) and key != "0"} - lexicon.blank - lexicon.not_asked
    scale = frozenset() if ticked or len(numbers) < 2 else frozenset(numbers - {"1"})
    own = frozenset(name for name in names if name and not _is_count(name) and name not in words("no"))
    found = {NO_COLUMN: Tick.ABSENT}
    for cell, key in keys.items():
        if not ticked and key in own:
            found[cell] = Tick.TICKED
        elif key in lexicon.not_asked:
            found[cell] = Tick.SKIPPED
        elif key in lexicon.blank:
            found[cell] = Tick.BLANK
        elif ticked:
            found[cell] = Tick.TICKED if key in ticked else Tick.UNTICKED
        else:
            found[cell] = _tick(key, scale, lexicon)
    return TickColumn(found, scale)


def _tick(key: str, scale: frozenset[str], lexicon: Lexicon) -> Tick:
    negative = key in words("no") or key in words("unticked") or key in lexicon.dont_know or key in lexicon.refused
    if negative or key in scale or (key[:1] == "-" and key[1:].isdigit()):
        return Tick.UNTICKED
    return Tick.TICKED


def _is_count(key: str) -> bool:
    return key.isdecimal()
