"""What a cell is reduced to before it is counted."""

from __future__ import annotations

from enum import StrEnum


class Projection(StrEnum):
    """How a cell is counted: whole, or by what a table needs of it."""

    RAW = "raw"
    """The cell as it stands (several columns: their cells joined by `words.joined.CELL_SEPARATOR`)."""
    DAY = "day"
    """The cell up to its day: a time of day is cut off, nothing is parsed yet."""
    PRESENCE = "presence"
    """"1" for any text, "" for a blank: free texts."""
    NUMBER = "number"
    """The number that a cell holds, kept as a number: amounts, ages. See `Tally.frame`."""
