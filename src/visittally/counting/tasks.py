"""What is to be counted where, and what was counted there: both travel between threads and machines."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Protocol

from visittally.counting.tally import Tally
from visittally.dataclass import dataclass
from visittally.reading.receipt import FileReceipt
from visittally.survey.exporters import says_what_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np

    from visittally.counting.conditions import Matcher
    from visittally.counting.plan import Dimension, Plan
    from visittally.counting.same_key import Sightings
    from visittally.reading.blocks import Partition
    from visittally.survey.variables import Layout, Variable

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Task:
    """A partition of a file and what is to be counted there. Can be pickled.

    Attributes:
        file: Position of the file's layout in the survey.
        twice: Hashes of record keys, sorted, that stand in more than one record. Nothing is counted then, but these
            records are looked for.
        duplicates: Lines of records that are the same record as one counted elsewhere.
        language: Language of the reasons in the receipt, for processes that have not been told.
    """

    file: int
    layout: Layout
    partition: Partition
    plan: Plan
    variables: Mapping[str, Variable]
    matchers: tuple[Matcher, ...] = ()
    twice: np.ndarray | None = None
    duplicates: frozenset[int] = frozenset()
    language: str = "en"

    @property
    def place(self) -> Place:
        """The positions of its file and of its partition there."""
        return self.file, self.partition.number

    def columns(self, more: Sequence[Dimension] = ()) -> list[int]:
        """Positions of the columns that must be read."""
        names = self.plan.variables() | {d.variable for d in more}
        places = [p for name in names for p in self.layout.columns.get(name, ())]
        return sorted({p for p in (*places, *status_columns(self.layout)) if p is not None})


@dataclass(slots=True)
class Partial:
    """What was counted in some partitions.

    Attributes:
        tally: The tally.
        receipts: What became of the records, by the positions of file and partition.
        ends: The line behind the last one read, likewise.
        sightings: Records whose key stands in others, too.
    """

    tally: Tally = field(default_factory=Tally)
    receipts: dict[Place, FileReceipt] = field(default_factory=dict)
    ends: dict[Place, int] = field(default_factory=dict)
    sightings: list[Sightings] = field(default_factory=list)

    def add(self, other: Partial) -> None:
        """Add what was counted in other partitions."""
        self.tally += other.tally
        for place, receipt in other.receipts.items():
            self.receipts.setdefault(place, FileReceipt(receipt.file)).merge(receipt)
        self.ends |= other.ends
        self.sightings += other.sightings


def merge_partials(partials: Sequence[Partial]) -> Partial:
    """The sum of several partials; these are left as they are."""
    found = Partial()
    for partial in partials:
        found.add(partial)
    return found


def status_columns(layout: Layout) -> tuple[int | None, ...]:
    """Columns in which the exporting tool marks rejected and test submissions."""
    found = (places for name, places in layout.columns.items() if says_what_counts(name, layout.tool))
    return tuple(place for places in found for place in places)


class Runner(Protocol):
    """Counts tasks somewhere."""

    def __call__(self, tasks: Sequence[Task]) -> Iterable[Partial]:
        """What the tasks count, in any order and in as many pieces as is convenient."""
