"""How deep the visits went: how long they took, whether anything was written down, how many people were there."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.figure_columns import column
from visittally.analyses.intervals import SMALLEST_BASE
from visittally.analyses.rows import by_cells, by_columns
from visittally.counting.plan import Dimension
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.survey.variables import QuestionKind
from visittally.tables.measures import counted, made_of
from visittally.tables.small_bases import few_note
from visittally.tables.table import Cell, Count, Number, Row, Share, Table
from visittally.words.dates import DateOrder
from visittally.words.durations import bare_minutes, minutes_of
from visittally.words.labels import heading
from visittally.words.moments import minutes_between, moments
from visittally.words.outcomes import Outcomes
from visittally.words.quantities import parse
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.rows import Key
    from visittally.answers.axes import CodedAxis
    from visittally.counting.engine import Counts
    from visittally.reading.lexicon import Coded
    from visittally.survey.variables import Variable

_A_DAY = 1440
_INTERVIEWS = ("I", "P")
"""How visits end that have a length: who refuses, or is not there, is not visited for some minutes."""


@dataclass(frozen=True, slots=True)
class DepthColumns:
    """The columns that tell how deep a visit went.

    Attributes:
        duration: How long it took; None where start and end tell it.
        start, end: When it began and ended.
        text: What was written down about the issue.
        persons: How many people were there.
        outcome: How it ended, where it is told how long visits took.
    """

    duration: Variable | None = None
    start: Variable | None = None
    end: Variable | None = None
    text: Variable | None = None
    persons: Variable | None = None
    outcome: Variable | None = None

    @classmethod
    def of(cls, campaign: Campaign) -> DepthColumns:
        """Find them."""
        found = {name: campaign.survey.of_field(name) for name in ("duration_min", "start_time", "end_time")}
        text = campaign.survey.of_field("issue_text")
        issue = campaign.survey.of_field("issue")
        if text is None and issue is not None and issue.kind is QuestionKind.TEXT:
            text = issue
        duration = found["duration_min"]
        both = duration is None and found["start_time"] is not None and found["end_time"] is not None
        return cls(
            duration,
            found["start_time"] if both else None,
            found["end_time"] if both else None,
            text,
            campaign.survey.of_field("persons_present"),
            campaign.survey.of_field("visit_outcome") if duration is not None or both else None,
        )

    @property
    def timed(self) -> bool:
        """Whether it is told how long visits took."""
        return self.duration is not None or self.start is not None

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return self.timed or self.text is not None or self.persons is not None

    def dimensions(self) -> tuple[Dimension, ...]:
        """What is read of each record."""
        named = (self.duration, self.start, self.end, self.text, self.persons, self.outcome)
        return tuple(dict.fromkeys(Dimension(v.name) for v in named if v is not None))


@dataclass(slots=True)
class _Seen:
    """What was seen in the records of a row."""

    records: int = 0
    minutes: list[np.ndarray] = field(default_factory=list)
    odd: int = 0
    texts: int = 0
    persons: float = 0
    counted: int = 0


def depth_table(campaign: Campaign, columns: DepthColumns, axes: Sequence[CodedAxis], counts: Counts) -> Table:
    """One row for each place: minutes, records with a text, people who were there.

    Args:
        campaign: The campaign.
        columns: Where all that stands.
        axes: What makes the rows.
        counts: What was counted; the records left out there are left out here.
    """
    seen = _read(campaign, columns, axes, counts)
    names = ["records"]
    names += ["timed", "median_minutes"] if columns.timed else []
    names += ["with_text", "with_text_percent"] if columns.text is not None else []
    names += ["persons_counted", "persons_present", "persons_per_record"] if columns.persons is not None else []
    labels = _labels()
    quiet = {"with_text", "persons_counted"}
    measures = {
        "median_minutes": (made_of("timed", times=2), None),
        "with_text_percent": (counted("with_text"), counted("records")),
        "persons_per_record": (made_of("persons_present"), counted("persons_counted")),
    }
    shown = [
        column(name, *measures.get(name, (counted(name), None)), label=labels.get(name), people=name not in quiet)
        for name in names
    ]
    keys = [*sorted(key for key in seen if key), ()]
    rows = [Row((*by_cells(axes, key), *_cells(seen[key], names)), total=not key and bool(axes)) for key in keys]
    notes = []
    if seen[()].odd and not campaign.settings.hides_small_counts:
        text = _("Visits that ended before they began, or after more than a day, are in no duration: {n:,}.")
        notes.append(text.format(n=seen[()].odd))
    if columns.outcome is not None:
        notes.append(_("Minutes are those of visits at which somebody answered."))
    title = _("How deep the visits went")
    return Table("depth", title, (*by_columns(axes), *shown), tuple(rows), None, (*notes, *few_note(rows)))


def _labels() -> Mapping[str, str]:
    return {
        "records": _("Records"),
        "timed": _("With a duration"),
        "median_minutes": _("Median minutes"),
        "with_text": _("With a text"),
        "with_text_percent": _("With a text"),
        "persons_counted": _("Persons counted"),
        "persons_present": heading("persons_present"),
        "persons_per_record": _("Persons per visit"),
    }


def _cells(seen: _Seen, names: Sequence[str]) -> list[Cell]:
    minutes = np.concatenate(seen.minutes) if seen.minutes else np.zeros(0)
    whole = float(seen.persons).is_integer()
    found: dict[str, Cell] = {
        "records": Count(seen.records),
        "timed": Count(len(minutes)),
        "median_minutes": Number(float(np.median(minutes)) if len(minutes) else None),
        "with_text": Count(seen.texts),
        "with_text_percent": Share(seen.texts, seen.records, counts=True, least=SMALLEST_BASE),
        "persons_counted": Count(seen.counted),
        "persons_present": Count(int(seen.persons) if whole else seen.persons),
        "persons_per_record": Number(seen.persons / seen.counted if seen.counted else None),
    }
    return [found[name] for name in names]


def _read(campaign: Campaign, columns: DepthColumns, axes: Sequence[CodedAxis], counts: Counts) -> dict[Key, _Seen]:
    """Read the counted records once more."""
    places = [axis.axis.dimension for axis in axes]
    dimensions = tuple(dict.fromkeys([*places, *columns.dimensions()]))
    rows_of = [dict(zip(axis.coding.values, axis.coding.lists(), strict=True)) for axis in axes]
    seen: dict[Key, _Seen] = defaultdict(_Seen)
    seen[()] = _Seen()
    reader = _DepthReader(campaign, columns)
    for _file, _lines, cells in campaign.records(dimensions, counts):
        by_dimension = dict(zip(dimensions, cells, strict=True))
        facts = reader.facts(by_dimension)
        if not len(facts.records):
            continue
        codes = np.stack([by_dimension[d].codes for d in places], axis=1) if places else None
        if codes is not None:
            for combination in np.unique(codes, axis=0).tolist():
                mask = (codes == combination).all(axis=1)
                values = [str(by_dimension[d].values[i]) for d, i in zip(places, combination, strict=True)]
                members = [own.get(value, []) for own, value in zip(rows_of, values, strict=True)]
                for key in itertools.product(*members):
                    facts.add(seen[key], mask)
        facts.add(seen[()], np.ones(len(facts.records), bool))
    return seen


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the records of a block say, one figure each; NaN where they say nothing."""

    records: np.ndarray
    minutes: np.ndarray
    texts: np.ndarray
    persons: np.ndarray

    def add(self, seen: _Seen, mask: np.ndarray) -> None:
        """Add some of the records to a row."""
        seen.records += int(mask.sum())
        minutes = self.minutes[mask]
        sound = (minutes >= 0) & (minutes <= _A_DAY)
        seen.minutes.append(minutes[sound])
        seen.odd += int((~sound & np.isfinite(minutes)).sum())
        seen.texts += int(self.texts[mask].sum())
        known = self.persons[mask & np.isfinite(self.persons)]
        seen.persons += float(known.sum())
        seen.counted += len(known)


class _DepthReader:
    """What the cells of a block say of its records."""

    def __init__(self, campaign: Campaign, columns: DepthColumns) -> None:
        self.columns = columns
        self.orders = {v.name: DateOrder.learn(campaign.sampled_values(v)) for v in (columns.start, columns.end) if v}
        timed = columns.duration
        self.bare = bare_minutes((timed.name, timed.label), campaign.sampled_values(timed)) if timed else 1.0
        self.outcomes = Outcomes.load(campaign.settings.outcomes)
        self.blank = words("blank") | words("not_asked") | words("none")

    def facts(self, cells: Mapping[Dimension, Coded]) -> _Facts:
        """One line for each record."""
        size = len(next(iter(cells.values())).codes) if cells else 0
        nothing = np.full(size, math.nan)
        columns = self.columns
        minutes = nothing
        if columns.duration is not None:
            minutes = _looked(cells, columns.duration, lambda text: minutes_of(text, self.bare))
        elif columns.start is not None and columns.end is not None:
            minutes = self._between(cells, columns.start, columns.end)
        if columns.outcome is not None:
            minutes = np.where(_looked(cells, columns.outcome, self._met) > 0, minutes, math.nan)
        texts, persons = np.zeros(size, bool), nothing
        if columns.text is not None:
            texts = _looked(cells, columns.text, lambda text: float(key_of(text) not in self.blank)) > 0
        if columns.persons is not None:
            persons = _looked(cells, columns.persons, _number)
        return _Facts(np.zeros(size), minutes, texts, persons)

    def _met(self, text: str) -> float:
        return float(self.outcomes.code(text) in _INTERVIEWS)

    def _between(self, cells: Mapping[Dimension, Coded], start: Variable, end: Variable) -> np.ndarray:
        """Minutes from start to end of each record."""
        found = []
        for variable in (start, end):
            column = cells[Dimension(variable.name)]
            used, places = np.unique(column.codes, return_inverse=True)
            known = moments([str(column.values[i]) for i in used.tolist()], self.orders[variable.name])
            found.append(known[places])
        return minutes_between(*found)


def _number(text: str) -> float:
    value = parse(text).value
    return math.nan if value is None else float(value)


def _looked(cells: Mapping[Dimension, Coded], variable: Variable, figure: Callable[[str], float]) -> np.ndarray:
    """A figure of each record, worked out once for each distinct cell."""
    column = cells[Dimension(variable.name)]
    used, places = np.unique(column.codes, return_inverse=True)
    known = np.array([figure(str(column.values[i]).strip("\x00 ")) for i in used.tolist()], float)
    return known[places]
