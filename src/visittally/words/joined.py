"""The marks that stand between and for cells where several are counted as one text."""

from __future__ import annotations

CELL_SEPARATOR = "\x1f"
"""Stands between the cells of a variable with several columns, in the order of its parts."""
NO_COLUMN = "\x00"
"""Stands for the cell of a column that the file does not have (older version of the form)."""
TOLD = "\x02"
"""Stands for a blank category beside a text that tells the issue: somebody was asked, nobody gave the category."""
ROW_SEPARATOR = "\x1e"
"""Stands between the raw values of several records of one unit (a visit with several issue rows)."""
