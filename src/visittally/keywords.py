"""The keywords of the Python interface, typed, so that editors complete them and type checkers know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from visittally.settings import Net

if TYPE_CHECKING:
    from datetime import date

    from distributed import Client

Path = str | PathLike[str]
Texts = str | Sequence[str]
"""One text or several."""
Nets = Mapping[str, Mapping[str, Any]] | Sequence[Net]


class InputKeywords(TypedDict, total=False):
    """How the files are understood; what every function takes.

    `columns` maps fields to headers (of several each file takes the first that it has), `family` questions to the
    headers of their options; `missing` the kinds dont_know, refused, not_asked and blank to codes; `aliases`
    fields to spellings and their names. `lang` ("en" or "zh") holds for this call only.
    """

    columns: Mapping[str, str | Sequence[str]]
    family: Mapping[str, Sequence[str]]
    form: Path | Sequence[Path]
    labels: str
    where: Texts
    encoding: str
    delimiter: str
    sheet: Texts
    counts: Literal["", "yes", "no"]
    fill_down: Texts
    no_fill_down: bool
    include: Texts
    strict: bool
    lang: str
    aliases: Mapping[str, Mapping[str, str]]
    missing: Mapping[str, Sequence[str]]


class ShownKeywords(InputKeywords, total=False):
    """What is shown."""

    digits: int
    min_cell: int
    public: bool
    show_visitors: bool


class SurveyKeywords(ShownKeywords, total=False):
    """What is counted, and by what.

    `client` is a Dask client: the files are counted on its cluster. `ticked` maps questions to the codes of a scale
    that count as ticked; `nets` names of nets to their `question` and `answers`; `statuses` and `outcomes` raw words to
    codes; `statuses` may also be the file of the table `statuses` with corrections filled in.
    """

    client: Client | None
    by: Texts
    ticked: Mapping[str, Sequence[str]]
    nets: Nets
    statuses: Mapping[str, str] | Path
    outcomes: Mapping[str, str]


class CountedKeywords(SurveyKeywords, total=False):
    """How it is counted and ordered."""

    weight: str | None
    sort: Literal["", "count", "name", "form"]


class SummarizeKeywords(CountedKeywords, total=False):
    """What `summarize` takes."""

    across: str
    base: Literal["asked", "answered", "all", "mentions"]
    per: Literal["", "case", "household", "visit"]
    top: int | None
    percent: Literal["", "cases", "mentions", "row", "column", "total", "none"]
    interval: bool
    complete: bool
    purposive: bool
    primary: bool
    codebook: Path
    no_code: bool


class QuestionsKeywords(CountedKeywords, total=False):
    """What `questions` takes."""

    question: Texts
    texts: bool
    base: Literal["asked", "answered", "all", "mentions"]
    per: Literal["", "case", "household", "visit"]
    top: int | None
    interval: bool
    complete: bool
    purposive: bool
    valid: bool


class CoverageKeywords(CountedKeywords, total=False):
    """What `coverage` takes; `roster_columns` maps fields of the roster to its headers.

    `revisit_after` is a number of days, or a mapping of groups of people, "" for all others, to days.
    """

    roster: Path
    roster_columns: Mapping[str, str]
    count: Literal["", "completed", "visited"]
    plan: Path
    revisit_after: int | Mapping[str, int]
    as_of: date | str | None
    per: Literal["", "case", "household", "visit"]
    top: int | None
    codebook: Path
    no_code: bool


class FollowupKeywords(CountedKeywords, total=False):
    """What `followup` takes."""

    across: str
    as_of: date | str | None
    with_text: bool
    sensitive: bool
    all_columns: bool
    interval: bool
    complete: bool
    purposive: bool
    per: Literal["", "issue", "case"]
    top: int | None
    codebook: Path
    no_code: bool


class BackcheckKeywords(SurveyKeywords, total=False):
    """What `backcheck` takes: those of a sheet (`seed`), and those of a comparison (`answers`)."""

    seed: str
    share: str | float
    least: int
    stratum: Texts
    oversample: Mapping[str, str]
    question: Texts
    include_personal: bool
    answers: Path | Sequence[Path]
    answers_columns: Mapping[str, str]
    key: str
    match: Mapping[str, str]
    type1: Texts
    type2: Texts
    type3: Texts
    okay: Mapping[str, str]
    okay_rate: float
    count_blank: bool


class CompareKeywords(CountedKeywords, total=False):
    """What `compare` takes: one of `before`, `split` and `period`; `since` is --from."""

    before: Path | Sequence[Path]
    form_before: Path | Sequence[Path]
    split: str
    period: Literal["", "month", "quarter", "week", "year"]
    since: date | str | None
    partial: bool
    match: Mapping[str, str]
    panel: str
    question: Texts
    across: str
    base: Literal["asked", "answered", "all", "mentions"]
    per: Literal["", "case", "household", "visit"]
    top: int | None
    complete: bool
    purposive: bool
    as_of: date | str | None
    codebook: Path
    no_code: bool


class ReportKeywords(SummarizeKeywords, total=False):
    """What `report` takes: what its parts take."""

    title: str
    unit: str
    about_period: str
    notes: Path
    template: Path
    question: Texts
    before: Path | Sequence[Path]
    form_before: Path | Sequence[Path]
    match: Mapping[str, str]
    check: bool
    roster: Path
    roster_columns: Mapping[str, str]
    count: Literal["", "completed", "visited"]
    as_of: date | str | None


class AuditKeywords(TypedDict, total=False):
    """What `audit` takes."""

    rates: Mapping[str, str]
    sums: Mapping[str, str]
    totals: Texts
    table_number: int | None
    text: bool
    encoding: str
    delimiter: str
    sheet: str
    digits: int
    lang: str


class CheckKeywords(SurveyKeywords, total=False):
    """What `check` takes; `threshold` maps names of thresholds to numbers as texts."""

    signal: Texts
    threshold: Mapping[str, str]
    since: date | str | None
    until: date | str | None
    scale: Texts
    ignore: Texts
    roster: Path
    roster_columns: Mapping[str, str]
    codebook: Path


class ColumnsKeywords(ShownKeywords, total=False):
    """What `columns` takes."""

    no_code: bool


class ReadKeywords(InputKeywords, total=False):
    """What `read` takes."""

    include_personal: bool


# ---------------------------------------------------------------------------- keywords -> settings
