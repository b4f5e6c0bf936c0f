"""What the user asked for, frozen."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

BASES = ("asked", "answered", "all", "mentions")
UNITS = ("case", "household", "visit", "issue")
SORTS = ("count", "name", "form")
PUBLIC = 5
"""The smallest count that is published."""
SPANS = ("month", "quarter", "week", "year")
"""Periods that `compare` lays side by side."""
PERCENTS = ("cases", "mentions", "row", "column", "total", "none")


@dataclass(frozen=True, slots=True)
class Net:
    """Several answers of a question counted as one, each case once."""

    name: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class ReadSettings:
    """What is read, and how it is understood.

    `columns`, `roster_columns` and `answers_columns` map fields to headers; `statuses`, `outcomes` and `aliases` are
    the tables of visittally.toml.
    """

    files: tuple[str, ...] = ()
    columns: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    family: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    form: tuple[str, ...] = ()
    labels: str = ""
    where: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    sheet: tuple[str, ...] = ()
    counts: str = ""
    fill_down: tuple[str, ...] = ()
    no_fill_down: bool = False
    include: tuple[str, ...] = ()
    statuses: Mapping[str, str] = field(default_factory=dict)
    labelled_statuses: Mapping[str, str] = field(default_factory=dict)
    status_options: tuple[str, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codebook: str = ""
    no_code: bool = False
    roster: str = ""
    roster_columns: Mapping[str, str] = field(default_factory=dict)
    plan: str = ""
    before: tuple[str, ...] = ()
    form_before: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    answers_columns: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True)
class CountSettings:
    """What is counted, and by what.

    `ticked` maps questions to the codes that count as ticked, `revisit_after` groups of
    people ("": all others) to days, `match` questions of the earlier form to those of the
    later one, `okay` questions to ranges; `since` is --from; `rates`, `sums`, `totals`, `table_number` and `text` are
    of `audit`.
    """

    by: tuple[str, ...] = ()
    across: str = ""
    base: str = "asked"
    weight: str = ""
    per: str = ""
    question: tuple[str, ...] = ()
    ticked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    nets: tuple[Net, ...] = ()
    count: str = ""
    as_of: date | None = None
    revisit_after: Mapping[str, int] = field(default_factory=dict)
    since: date | None = None
    period: str = ""
    split: str = ""
    match: Mapping[str, str] = field(default_factory=dict)
    panel: str = ""
    partial: bool = False
    seed: str = ""
    share: str = "0.1"
    least: int = 2
    stratum: tuple[str, ...] = ()
    oversample: Mapping[str, str] = field(default_factory=dict)
    type1: tuple[str, ...] = ()
    type2: tuple[str, ...] = ()
    type3: tuple[str, ...] = ()
    okay: Mapping[str, str] = field(default_factory=dict)
    okay_rate: float = 10.0
    count_blank: bool = False
    rates: Mapping[str, str] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    table_number: int | None = None
    text: bool = False

    @property
    def revisit_groups(self) -> Mapping[str, int]:
        """Groups of people that are due again after days of their own."""
        return {group: days for group, days in self.revisit_after.items() if group}


@dataclass(frozen=True)
class TableSettings:
    """What the tables hold.

    `kept`: the result goes to a file or to a program, not to a screen, so that lists may name households and hold
    texts; `first_only`: the first table alone is printed unless others are named.
    """

    table: tuple[str, ...] = ()
    top: int | None = None
    sort: str = ""
    percent: str = ""
    interval: bool = False
    complete: bool = False
    primary: bool = False
    purposive: bool = False
    valid: bool = False
    texts: bool = False
    with_text: bool = False
    sensitive: bool = False
    digits: int = 1
    min_cell: int = 0
    public: bool = False
    include_personal: bool = False
    show_visitors: bool = False
    signal: tuple[str, ...] = ()
    threshold: Mapping[str, str] = field(default_factory=dict)
    until: date | None = None
    scale: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    check: bool = False
    kept: bool = False
    first_only: bool = False
    all_columns: bool = False

    @property
    def intervals(self) -> bool:
        """Whether there are intervals: they are asked for, and the visits may be taken for a random sample."""
        return self.interval and not self.complete and not self.purposive

    @property
    def hides_small_counts(self) -> bool:
        """Whether small counts are hidden in tables, so that notes and notices must not tell them either."""
        return self.public or self.min_cell > 1


@dataclass(frozen=True)
class PrintSettings:
    """How the result is printed and where it goes: nobody who reads, counts or makes tables asks for that."""

    strict: bool = False
    scheduler: str = ""
    title: str = ""
    unit: str = ""
    about_period: str = ""
    notes: str = ""
    template: str = ""
    format: str = ""
    output: str = ""
    lang: str = ""
    raw: bool = False
    bom: bool = False
    bars: bool | None = None
    formulas: bool = False
    quiet: bool = False
    verbose: bool = False
    config: str = ""


@dataclass(frozen=True)
class Settings(ReadSettings, CountSettings, TableSettings, PrintSettings):
    """Everything a command can be told; each field is named as its option."""

    def with_options(self, **options: Any) -> Settings:
        """The same settings with some replaced."""
        return replace(self, **options)
