"""The fast readers of tables written alike: what one of them learned of the cells holds in the next file, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from visittally.reading.text.fast import FastReader
    from visittally.reading.text.rows import TextTable


class Readers:
    """Readers that nobody uses meanwhile: several threads may ask for one."""

    def __init__(self) -> None:
        """Begin with none."""
        self._idle: list[FastReader] = []

    def __reduce__(self) -> tuple[Any, ...]:
        # What was learned stays here: other processes learn for themselves.
        return Readers, ()

    def take(self, table: TextTable) -> FastReader:
        """One that has read such tables, else a new one."""
        from visittally.reading.text.fast import FastReader

        try:
            return self._idle.pop()
        except IndexError:
            return FastReader(table)

    def give_back(self, reader: FastReader) -> None:
        """Leave a reader to the next file; the grids that it found are gone then."""
        self._idle.append(reader)
