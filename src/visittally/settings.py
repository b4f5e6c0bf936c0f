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
PERCENTS = ("cases", "mentions", "row", "column", "total", "none")


@dataclass(frozen=True, slots=True)
class Net:
    """Several answers of a question counted as one, each case once."""

    name: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a command can be told; each field is named as its option.

    `columns`, `roster_columns` and `answers_columns` map fields to headers; `ticked` maps questions to the codes that
    count as ticked, `match` questions of the earlier form to those of the later one, `okay` questions to ranges;
    `since` is --from; `statuses`, `outcomes` and `aliases` are the tables of visittally.toml. `kept`: the result
    goes to a file or to a program, not to a screen, so that lists may name households and hold texts. `rates`,
    `sums`, `totals`, `table_number` and `text` are of `audit`.
    """

    files: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    form: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    strict: bool = False
    scheduler: str = ""
    by: tuple[str, ...] = ()
    across: str = ""
    base: str = "asked"
    weight: str = ""
    per: str = ""
    top: int | None = None
    sort: str = ""
    percent: str = ""
    interval: bool = False
    complete: bool = False
    ticked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    no_code: bool = False
    question: tuple[str, ...] = ()
    texts: bool = False
    roster: str = ""
    roster_columns: Mapping[str, str] = field(default_factory=dict)
    count: str = ""
    revisit_after: int | None = None
    as_of: date | None = None
    with_text: bool = False
    title: str = ""
    template: str = ""
    table: tuple[str, ...] = ()
    format: str = ""
    output: str = ""
    lang: str = ""
    digits: int = 1
    min_cell: int = 0
    public: bool = False
    raw: bool = False
    bom: bool = False
    include_personal: bool = False
    show_visitors: bool = False
    quiet: bool = False
    verbose: bool = False
    statuses: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    nets: tuple[Net, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codebook: str = ""
    rates: Mapping[str, str] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    table_number: int | None = None
    text: bool = False
    config: str = ""
    before: tuple[str, ...] = ()
    form_before: tuple[str, ...] = ()
    split: str = ""
    period: str = ""
    since: date | None = None
    match: Mapping[str, str] = field(default_factory=dict)
    panel: str = ""
    partial: bool = False
    seed: str = ""
    share: str = "0.1"
    least: int = 2
    stratum: tuple[str, ...] = ()
    key: str = ""
    answers: tuple[str, ...] = ()
    answers_columns: Mapping[str, str] = field(default_factory=dict)
    type1: tuple[str, ...] = ()
    type2: tuple[str, ...] = ()
    type3: tuple[str, ...] = ()
    okay: Mapping[str, str] = field(default_factory=dict)
    okay_rate: float = 10.0
    count_blank: bool = False
    kept: bool = False

    @property
    def hides_small_counts(self) -> bool:
        """Whether small counts are hidden in tables, so that notes and notices must not tell them either."""
        return self.public or self.min_cell > 1

    def with_options(self, **options: Any) -> Settings:
        """The same settings with some replaced."""
        return replace(self, **options)
