"""The records that count, as arrays: who, where, when, and each question's answers as codes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from visittally.analyses.check.answers import QuestionReader, readers_of
from visittally.analyses.check.features import Interner, RecordColumn, answer_features, field_features, single
from visittally.answers.axes import code_axis
from visittally.counting.plan import Dimension
from visittally.dataclass import dataclass
from visittally.reading.hashing import combine_hashes, hash_texts
from visittally.words.arrays import string_array
from visittally.words.joined import CELL_SEPARATOR
from visittally.words.moments import on_days

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.check.columns import CheckColumns
    from visittally.counting.engine import Counts
    from visittally.reading.lexicon import Coded

CELLS = 6_000_000
"""Answers up to which questions are looked at; beyond, only who, where and when (4 bytes each are held)."""
UNDATED = -1
ANSWERED, BLANK, DONT_KNOW, REFUSED, OTHER = 1, 2, 4, 8, 16
"""What a cell of a question can be, as bits; 0: it was not asked."""


@dataclass(slots=True)
class Cases:
    """The records that count, in the order of files and lines.

    Attributes:
        files: Names of the files; `file` and `line` say where each record stands.
        names: Labels of the visitors in order; `members`: the records of each.
        visitor: Position of each record's only or first visitor, -1 without.
        village: Hash of the village's name, 0 without; `household`: hash of village and household, 0 without.
        day: Ordinal of the day of the visit, -1 without.
        times: Field -> minutes of each record, NaN without; `local`: as the clock stood; `days`: field -> ordinals.
        minutes: How long each interview took, NaN where that is not recorded.
        completed: Whether there was an interview; `refused`: whether it was refused.
        record: Hash of all cells but running numbers and the exporting tool's own.
        codes: Question -> code of each answer, 0 where there is none; `states`: question -> bits of each cell.
        numbers: Question -> number of each record, NaN where there is none.
        texts: Field or question -> hash of each folded text, 0 where there is none or a short one.
        raised: Whether each record names a problem, None without a column; `no_issue`: whether it says there is none.
        status: Raw status of each record as a code; `statuses`: what the codes stand for.
        positions: Latitude and longitude in degrees, NaN without.
        handling_blank: Whether nothing says what was done; issue_codes: hash of each record's issue, 0 without;
            mentions: how many problems it names.
        phone: Hash of the telephone of whoever was visited, 0 without.
        away: 2: away from home, or nobody lives there; 1: at home; 0: not known. `self_filled`: 2: visitor and visited
            bear one name, 1: they do not. `confirmed`: 2: a back-check did not find the visit confirmed, 1: it did.
    """

    files: tuple[str, ...] = ()
    file: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    line: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    names: tuple[str, ...] = ()
    members: tuple[np.ndarray, ...] = ()
    visitor: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    village: np.ndarray = field(default_factory=lambda: np.zeros(0, np.uint64))
    household: np.ndarray = field(default_factory=lambda: np.zeros(0, np.uint64))
    day: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    times: dict[str, np.ndarray] = field(default_factory=dict)
    local: dict[str, np.ndarray] = field(default_factory=dict)
    days: dict[str, np.ndarray] = field(default_factory=dict)
    minutes: np.ndarray = field(default_factory=lambda: np.zeros(0))
    completed: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    refused: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    record: np.ndarray = field(default_factory=lambda: np.zeros(0, np.uint64))
    codes: dict[str, np.ndarray] = field(default_factory=dict)
    states: dict[str, np.ndarray] = field(default_factory=dict)
    numbers: dict[str, np.ndarray] = field(default_factory=dict)
    texts: dict[str, np.ndarray] = field(default_factory=dict)
    raised: np.ndarray | None = None
    no_issue: np.ndarray | None = None
    status: np.ndarray | None = None
    statuses: tuple[str, ...] = ()
    positions: np.ndarray | None = None
    handling_blank: np.ndarray | None = None
    issue_codes: np.ndarray | None = None
    mentions: np.ndarray | None = None
    phone: np.ndarray | None = None
    away: np.ndarray | None = None
    self_filled: np.ndarray | None = None
    confirmed: np.ndarray | None = None
    readers: tuple[QuestionReader, ...] = ()
    too_large: bool = False

    def __len__(self) -> int:
        return len(self.line)

    def spoken(self, name: str) -> np.ndarray:
        """Codes of the answers of a question that are the same for the same words in every question; 0 without one."""
        reader = next(reader for reader in self.readers if reader.variable.name == name)
        return np.asarray(reader.common_codes()[self.codes[name]])

    def household_day(self) -> np.ndarray:
        """Hash of household, village and day of each record, 0 where one of household and day is not known."""
        known = (self.household != 0) & (self.day >= 0)
        if not known.any():
            return _all(len(self), 0, np.uint64)
        together = combine_hashes([self.household, self.day.astype(np.uint64)])
        return np.where(known, together, np.uint64(0))


def read_cases(campaign: Campaign, columns: CheckColumns, counts: Counts) -> Cases:
    """Read the records, block by block, each column as codes."""
    n = counts.receipt.records_counted
    large = n * max(1, len(columns.questions.all)) > CELLS
    readers = () if large else readers_of(campaign, columns, counts)
    statuses = Interner()
    features = [
        *field_features(campaign, columns, counts, statuses),
        *(f for reader in readers for f in answer_features(reader)),
    ]
    whole = [Dimension(v.name) for v in columns.whole]
    visitors = _Visitors(campaign, columns, counts)
    dimensions = list(dict.fromkeys((*(f.dimension for f in features), *whole, *visitors.dimensions)))
    place = {dimension: i for i, dimension in enumerate(dimensions)}
    files: dict[str, int] = {}
    file, line, record = RecordColumn(n), RecordColumn(n), RecordColumn(n)
    columns_made = [RecordColumn(n) for _feature in features]
    for name, lines, cells in campaign.records(dimensions or [Dimension("file")], counts):
        file.take(np.full(len(lines), files.setdefault(name, len(files)), np.int32))
        line.take(lines)
        for feature, column in zip(features, columns_made, strict=True):
            column.take(feature.of(cells[place[feature.dimension]]))
        if visitors.dimensions:
            visitors.take(cells[place[visitors.dimensions[0]]])
        record.take(_record_hashes([cells[place[d]] for d in whole], len(lines)))
    pa.default_memory_pool().release_unused()  # what reading took, for what is made of it
    made = {
        feature.name: column.whole() if n else feature.make(())
        for feature, column in zip(features, columns_made, strict=True)
    }
    cases = Cases(tuple(files), file.whole(np.int32), line.whole(np.int64), record=record.whole(np.uint64))
    cases.readers, cases.too_large = readers, large
    cases.statuses = tuple(statuses.codes)
    visitors.give(cases)
    _assemble(cases, made)
    return cases


def differences(
    campaign: Campaign, columns: CheckColumns, counts: Counts, cases: Cases, pairs: Sequence[tuple[int, int]]
) -> list[int]:
    """How many columns differ between two records, running numbers and the exporting tool's own left out."""
    wanted = {record for pair in pairs for record in pair}
    dimensions = [Dimension(v.name) for v in columns.whole]
    if not wanted or not dimensions:
        return [0] * len(pairs)
    cells: dict[int, list[str]] = {}
    start = 0
    for _file, lines, block in campaign.records(dimensions, counts):
        for record in sorted(wanted.intersection(range(start, start + len(lines)))):
            row = [column.values[column.codes[record - start]] for column in block]
            cells[record] = [cell.strip() for text in row for cell in text.split(CELL_SEPARATOR)]
        start += len(lines)
    assert start == len(cases)
    return [sum(a != b for a, b in zip(cells[one], cells[other], strict=True)) for one, other in pairs]


def _all(n: int, value: float, kind: type) -> np.ndarray:
    """One value for all records, which takes no memory."""
    return np.broadcast_to(np.array(value, kind), n)


def _record_hashes(columns: Sequence[Coded], length: int) -> np.ndarray:
    """A hash of all cells of each record."""
    if not columns:
        return np.zeros(length, np.uint64)
    hashes = [hash_texts(string_array([v.strip() for v in cells.values]))[cells.codes] for cells in columns]
    return combine_hashes(hashes)


class _Visitors:
    """Who made each visit, under the label of the tables; a visit of two people is one of each."""

    def __init__(self, campaign: Campaign, columns: CheckColumns, counts: Counts) -> None:
        self.dimensions: tuple[Dimension, ...] = ()
        self.names: tuple[str, ...] = ()
        self.lists: Mapping[str, tuple[int, ...]] = {}
        self.numbers = RecordColumn(counts.receipt.records_counted)
        self.raw: dict[str, int] = {}
        if columns.visitor is None:
            return
        axis = columns.visitor
        values = counts.tally.frame(single(axis.dimension)).value_counts(0)
        coded = code_axis(axis, values, campaign.settings)
        named = [key for key in coded.coding.keys if key]
        labels = sorted((coded.labels.get(key, key), key) for key in named)
        position = {key: i for i, (_label, key) in enumerate(labels)}
        keys = coded.coding.keys
        self.dimensions, self.names = (axis.dimension,), tuple(label for label, _key in labels)
        self.lists = {
            value: tuple(position[keys[i]] for i in found if keys[i])
            for value, found in zip(values, coded.coding.lists(), strict=True)
        }

    def take(self, cells: Coded) -> None:
        numbers = np.array([self.raw.setdefault(value, len(self.raw)) for value in cells.values], np.int32)
        self.numbers.take(numbers[cells.codes])

    def give(self, cases: Cases) -> None:
        cases.names = self.names
        if not self.dimensions:
            cases.visitor = _all(len(cases), -1, np.int32)
            return
        raw = self.numbers.whole(np.int32)
        order = np.argsort(raw, kind="stable")
        ends = np.searchsorted(raw[order], np.arange(len(self.raw) + 1))
        members: defaultdict[int, list[np.ndarray]] = defaultdict(list)
        first = np.full(len(self.raw), -1, np.int32)
        for value, number in self.raw.items():
            who = self.lists.get(value, ())
            first[number] = who[0] if who else -1
            for one in who:
                members[one].append(order[ends[number] : ends[number + 1]])
        empty = np.zeros(0, np.int64)
        cases.members = tuple(np.sort(np.concatenate(members.get(i, [empty]))) for i in range(len(self.names)))
        cases.visitor = first[raw] if len(first) else np.full(len(cases), -1, np.int32)


def _assemble(cases: Cases, made: dict[tuple[str, str], np.ndarray]) -> None:
    """Put what was read into its places."""
    n = len(cases)
    clocks: dict[str, np.ndarray] = {}
    for (kind, name), values in made.items():
        match kind:
            case "moment":
                clocks[name] = values.reshape(-1, 3)
            case "day":
                cases.days[name] = values
            case "codes":
                cases.codes[name] = values
            case "states":
                cases.states[name] = values
            case "numbers":
                cases.numbers[name] = values
            case "texts" | "text":
                cases.texts[name] = values
            case _:
                pass
    cases.village = made.pop(("village", ""), _all(n, 0, np.uint64))
    cases.household = _all(n, 0, np.uint64)
    if (keys := made.pop(("key", "household_id"), None)) is not None:
        cases.household = np.where(keys != 0, combine_hashes([cases.village, keys]), np.uint64(0))
    outcome = made.get(("outcome", "visit_outcome"))
    cases.completed = _all(n, 1, bool) if outcome is None else outcome == 1
    cases.refused = _all(n, 0, bool) if outcome is None else outcome == 2
    issue = made.get(("issue", "issue"))
    if issue is not None:
        cases.raised, cases.no_issue = (issue & 1).astype(bool), (issue & 2).astype(bool)
    cases.status, cases.issue_codes = made.get(("status", "status")), made.get(("issue_code", "issue"))
    cases.mentions = made.get(("mentions", "issue"))
    cases.handling_blank = made.get(("handling", "handling_text"))
    _assemble_people(cases, made)
    cases.day = _first_known([cases.days.get(f) for f in ("visit_date", "start_time", "submitted_at")], n)
    _assemble_clocks(cases, clocks)
    cases.minutes = _minutes(cases, made.get(("duration", "duration_min")))


def _assemble_clocks(cases: Cases, clocks: Mapping[str, np.ndarray]) -> None:
    """Put moments into their places; a time without a day lies on the day of the visit."""
    for name, moment in clocks.items():
        cases.local[name] = on_days(moment, cases.day)
        cases.times[name] = np.where(np.isfinite(moment[:, 1]), moment[:, 1], cases.local[name])


def _assemble_people(cases: Cases, made: dict[tuple[str, str], np.ndarray]) -> None:
    """Put what is known of those who were visited, and where they live, into its places."""
    cases.phone, cases.away = made.get(("phone", "phone")), made.get(("away", "presence"))
    cases.confirmed = made.get(("confirmed", "backcheck_result"))
    if ("position", "1") in made:
        cases.positions = np.empty((len(cases), 2))
        for i in (0, 1):
            cases.positions[:, i] = made.pop(("position", str(i)))
    one, other = made.get(("name", "visitor")), made.get(("name", "respondent"))
    if one is not None and other is not None:
        cases.self_filled = np.where((one == 0) | (other == 0), 0, np.where(one == other, 2, 1))


def _first_known(days: Sequence[np.ndarray | None], n: int) -> np.ndarray:
    """The day of the visit, else of its start, else of its submission."""
    found: np.ndarray | None = None
    for one in days:
        if one is not None:
            found = one if found is None else np.where(found == UNDATED, one, found)
    return _all(n, UNDATED, np.int64) if found is None else found


def _minutes(cases: Cases, duration: np.ndarray | None) -> np.ndarray:
    """How long each interview took: end less start, else the column of durations."""
    if "start_time" in cases.times and "end_time" in cases.times:
        span = cases.times["end_time"] - cases.times["start_time"]
        if np.isfinite(span).any():
            return np.asarray(np.where(span >= 0, span, np.nan))
    return _all(len(cases), np.nan, float) if duration is None else duration
