"""Words that announce totals."""

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("seed", ["0", "3", "4"])
def test_a_total_is_one_whatever_the_order_of_hashes(seed):
    """One word begins as another does (total, totales): which of them is looked at first decides nothing."""
    code = "from visittally.words.ledgers import is_total; print(is_total('小计数 2户'), is_total('Totales: 2'))"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    assert ended.stdout.split() == ["True", "True"]
