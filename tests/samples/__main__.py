"""Write the files of ``sample_data/``: invented, difficult on purpose, always the same.

Nobody and nothing in them is real. Telephone numbers begin with 120000, which no subscriber has; identity
numbers name a region that does not exist and end in a wrong check digit.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import district
import form
import ledger
import police
import village

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLES: dict[str, Callable[[], bytes]] = {
    "village/ledger.csv": village.ledger,
    "district/visits.csv.gz": district.visits,
    "district/targets.csv": district.targets,
    "district/plan.csv": district.plan,
    "police/export-1.csv": lambda: police.export(0),
    "police/export-2.csv": lambda: police.export(1),
    "police/export-3.csv": lambda: police.export(2),
    "police-roster.csv": police.roster,
    "survey.csv": form.export,
    "survey-form.xlsx": form.form,
    "ledger.xlsx": ledger.book,
}
"""Path below ``sample_data/`` -> what makes its bytes."""


def main() -> None:
    """Write all samples into a folder."""
    parser = argparse.ArgumentParser(description="Write the invented sample files.")
    project = Path(__file__).resolve().parents[2]
    parser.add_argument("folder", nargs="?", type=Path, default=project / "sample_data", help="where to write")
    folder: Path = parser.parse_args().folder
    for name, make in SAMPLES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make())


if __name__ == "__main__":
    main()
