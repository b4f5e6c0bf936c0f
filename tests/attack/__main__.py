"""Everything that is tried against the program, and what came of it: figures that should all be 0.

python tests/attack [SURVEYS [INPUTS]]
"""

import sys

import costs
import faults
import personal
import small_cells
import told


def main(surveys=1_000, inputs=200):
    """Print all figures; how many of them are not what they should be."""
    found = [small_cells.main(surveys), told.main(), personal.main(), costs.main(inputs), faults.main()]
    return sum(map(bool, found))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
