"""What a test says of the texts of a table, each of them, or each shape, looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.words.ledgers import shape

if TYPE_CHECKING:
    from collections.abc import Callable


class ToldOnce(dict[str, bool]):
    """What a test says of texts, each of them looked at once."""

    def __init__(self, test: Callable[[str], bool]) -> None:
        """Begin with no text."""
        super().__init__()
        self._test = test

    def __missing__(self, cell: str) -> bool:
        """Look at a text."""
        self[cell] = found = self._test(cell)
        return found


class ToldByShape(ToldOnce):
    """What a test says of texts to which one digit is as good as another: those of one shape are looked at once."""

    def __missing__(self, cell: str) -> bool:
        """Look at the shape of a text."""
        like = shape(cell)
        self[cell] = found = self._test(cell) if like == cell else self[like]
        return found
