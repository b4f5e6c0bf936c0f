"""Which cells of a table hold something: looked at by columns, told by rows."""

from hypothesis import given
from hypothesis import strategies as st

from visittally.reading.filled_cells import FilledCells
from visittally.reading.kept import KeptRow

FILLED, BLANK = ("1", "路", "a", "0", "-5"), ("", " ", "\0", "\u3000", "年  月  日")
CELLS = st.sampled_from([*FILLED, *BLANK])


@given(st.integers(0, 4).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), max_size=6)))
def test_each_row_has_the_positions_of_its_filled_cells(rows):
    """Blank are also places that a form left to be filled in."""
    found = FilledCells.of([KeptRow(n, cells) for n, cells in enumerate(rows)])

    assert list(found.at) == [tuple(c for c, cell in enumerate(cells) if cell in FILLED) for cells in rows]
    assert found.texts == {cell for cells in rows for cell in cells}
