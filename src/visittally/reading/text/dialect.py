"""How a delimited text is written."""

from __future__ import annotations

from visittally.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    r"""How a delimited text is written.

    Attributes:
        delimiter: What stands between cells; "" for a table with one column.
        quote: What cells may be enclosed in, or "".
        escape: What stands before a quote that is text, or "" where such quotes are doubled.
        newline: `\n` (with or without `\r` before it), or `\r` where a single CR ends a line, too.
        spaced: Whether spaces after a delimiter are no part of the cell.
        skipped: Physical lines at the beginning that only declare the dialect (`sep=;`).
    """

    delimiter: str
    quote: str = '"'
    escape: str = ""
    newline: str = "\n"
    spaced: bool = False
    skipped: int = 0

    @property
    def is_standard(self) -> bool:
        """Whether the CSV reader of the standard library can be asked."""
        return len(self.delimiter) == 1 and len(self.quote) == 1 and not self.escape and self.delimiter != " "

    @property
    def is_plain(self) -> bool:
        """Whether the fast reader knows the dialect."""
        return (
            len(self.delimiter.encode()) == 1
            and self.quote in ("", '"', "'")
            and not self.escape
            and not self.spaced
            and self.newline == "\n"
        )
