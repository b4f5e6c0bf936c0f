"""A solver plays the reader of random surveys: no hidden figure can be worked out."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

pytest.importorskip("highspy", reason="the solver that plays the reader is not installed")

_SPEC = spec_from_file_location("small_cells", Path(__file__).parents[1] / "attack" / "small_cells.py")
small_cells = module_from_spec(_SPEC)
sys.modules["small_cells"] = small_cells
_SPEC.loader.exec_module(small_cells)


@pytest.mark.parametrize("first", range(0, 10, 5))
def test_no_hidden_figure_follows_from_the_tables_of_its_run(first):
    found_out = {}
    hidden = 0
    for seed in range(first, first + 5):
        ranges = small_cells.study(small_cells.invented(seed))
        hidden += len(ranges)
        found_out |= {(seed, key): found for key, found in ranges.items() if 0 != found[0] == found[1]}
    assert hidden > 20
    assert found_out == {}
