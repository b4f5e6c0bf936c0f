"""The records that count, as arrays: who, where, when, and each question's answers as codes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.check.answers import QuestionReader, readers_of
from visittally.analyses.check.columns import TIMES
from visittally.answers.axes import code_axis
from visittally.counting.plan import Dimension, Group
from visittally.dataclass import dataclass
from visittally.reading.hashing import combine_hashes, hash_texts
from visittally.survey.projection import Projection
from visittally.words.dates import DateOrder, parse_day
from visittally.words.moments import moments
from visittally.words.numbers import numbers_of
from visittally.words.outcomes import Outcomes
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.check.columns import CheckColumns
    from visittally.counting.engine import Counts
    from visittally.reading.lexicon import Coded

CELLS = 40_000_000
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
        handling_blank: Whether nothing says what was done; issue_codes: hash of each record's issue, 0 without.
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
        together = combine_hashes([self.household, self.day.astype(np.uint64)])
        return np.where(known, together, np.uint64(0))


@dataclass(slots=True)
class _Feature:
    """Something about each record that follows from one of its cells: made once for each value of a block."""

    name: tuple[str, str]
    dimension: Dimension
    make: Callable[[Sequence[str]], np.ndarray]
    blocks: list[np.ndarray] = field(default_factory=list)

    def take(self, cells: Coded) -> None:
        self.blocks.append(self.make(cells.values)[cells.codes])

    def whole(self) -> np.ndarray:
        return np.concatenate(self.blocks) if self.blocks else self.make(())


def read_cases(campaign: Campaign, columns: CheckColumns, counts: Counts) -> Cases:
    """Read the records, block by block, each column as codes."""
    n = counts.receipt.records_counted
    large = n * max(1, len(columns.questions.all)) > CELLS
    readers = () if large else readers_of(campaign, columns, counts)
    statuses = _Interner()
    features = [
        *_field_features(campaign, columns, counts, statuses),
        *(f for reader in readers for f in _answer_features(reader)),
    ]
    whole = [] if large else [Dimension(v.name) for v in columns.whole]
    visitors = _Visitors(campaign, columns, counts)
    dimensions = list(dict.fromkeys((*(f.dimension for f in features), *whole, *visitors.dimensions)))
    place = {dimension: i for i, dimension in enumerate(dimensions)}
    files: dict[str, int] = {}
    file, line, record = [], [], []
    for name, lines, cells in campaign.records(dimensions or [Dimension("file")], counts):
        file.append(np.full(len(lines), files.setdefault(name, len(files)), np.int32))
        line.append(lines)
        for feature in features:
            feature.take(cells[place[feature.dimension]])
        if visitors.dimensions:
            visitors.take(cells[place[visitors.dimensions[0]]])
        record.append(_record_hashes([cells[place[d]] for d in whole], len(lines)))
    cases = Cases(tuple(files), _joined(file, np.int32), _joined(line, np.int64), record=_joined(record, np.uint64))
    cases.readers, cases.too_large = readers, large
    cases.statuses = tuple(statuses.codes)
    visitors.give(cases)
    _assemble(cases, {feature.name: feature.whole() for feature in features}, campaign)
    return cases


def _joined(blocks: Sequence[np.ndarray], kind: type) -> np.ndarray:
    return np.concatenate(blocks).astype(kind, copy=False) if blocks else np.zeros(0, kind)


def _record_hashes(columns: Sequence[Coded], length: int) -> np.ndarray:
    """A hash of all cells of each record."""
    import pyarrow as pa

    if not columns:
        return np.zeros(length, np.uint64)
    hashes = [hash_texts(pa.array([v.strip() for v in cells.values], pa.string()))[cells.codes] for cells in columns]
    return combine_hashes(hashes)


class _Visitors:
    """Who made each visit, under the label of the tables; a visit of two people is one of each."""

    def __init__(self, campaign: Campaign, columns: CheckColumns, counts: Counts) -> None:
        self.dimensions: tuple[Dimension, ...] = ()
        self.names: tuple[str, ...] = ()
        self.lists: Mapping[str, tuple[int, ...]] = {}
        self.blocks: list[np.ndarray] = []
        self.raw: dict[str, int] = {}
        if columns.visitor is None:
            return
        axis = columns.visitor
        values = counts.tally.frame(_single(axis.dimension)).value_counts(0)
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
        self.blocks.append(numbers[cells.codes])

    def give(self, cases: Cases) -> None:
        cases.names = self.names
        if not self.dimensions:
            cases.visitor = np.full(len(cases), -1, np.int32)
            return
        raw = _joined(self.blocks, np.int32)
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


def _single(dimension: Dimension) -> Group:
    return Group((dimension,))


# ---------------------------------------------------------------- features of fields
def _field_features(campaign: Campaign, columns: CheckColumns, counts: Counts, statuses: _Interner) -> list[_Feature]:
    found: list[_Feature] = []
    fields = columns.fields

    def add(kind: str, field: str, make: Callable[[Sequence[str]], np.ndarray]) -> None:
        found.append(_Feature((kind, field), Dimension(fields[field].name), make))

    for name in TIMES:
        if name in fields:
            days = counts.tally.frame(_single(Dimension(fields[name].name, Projection.DAY))).value_counts(0)
            order = DateOrder.learn(days)
            add("moment", name, partial(moments, order=order))
            add("day", name, partial(_ordinals, order=order))
    known = Outcomes.load(campaign.settings.outcomes)
    plain: tuple[tuple[str, str, Callable[[Sequence[str]], np.ndarray]], ...] = (
        ("duration", "duration_min", _numbers),
        ("outcome", "visit_outcome", partial(_outcomes, known=known)),
        ("key", "household_id", _key_hashes),
        ("text", "handling_text", _text_hashes),
        ("handling", "handling_text", _blank),
        ("status", "status", statuses),
        ("issue_code", "issue", _key_hashes),
    )
    for kind, name, make in plain:
        if name in fields:
            add(kind, name, make)
    if "issue" in fields:
        make, free = _issue_reader(campaign, columns, counts)
        add("issue", "issue", make)
        if free:
            add("text", "issue", _text_hashes)
    if columns.village is not None and columns.village.variable is not None:
        found.append(_Feature(("village", ""), columns.village.dimension, _place_hashes(campaign, columns, counts)))
    for i, variable in enumerate(columns.positions):
        found.append(_Feature(("position", str(i)), Dimension(variable.name), _numbers))
    return found


class _Interner:
    """Texts as codes that stay the same from block to block."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def __call__(self, values: Sequence[str]) -> np.ndarray:
        return np.array([self.codes.setdefault(value, len(self.codes)) for value in values], np.int32)


def _issue_reader(
    campaign: Campaign, columns: CheckColumns, counts: Counts
) -> tuple[Callable[[Sequence[str]], np.ndarray], bool]:
    """Bits of each value of the issue, 1 names a problem, 2 says that there is none; and whether it is free text."""
    from visittally.answers.axes import Axis
    from visittally.answers.issues import code_issues
    from visittally.words.codebook import Codebook

    variable = columns.fields["issue"]
    values = counts.tally.frame(_single(Dimension(variable.name))).value_counts(0)
    codebook = Codebook.load(campaign.settings.codebook)
    coded = code_issues(Axis("issue", "issue", variable), values, campaign.settings, codebook)
    bits = {v: r + 2 * n for v, r, n in zip(values, coded.raised, coded.no_issue, strict=True)}

    def make(seen: Sequence[str]) -> np.ndarray:
        return np.array([bits.get(value, 0) for value in seen], np.uint8)

    return make, coded.coded_by_cues is not None


def _place_hashes(campaign: Campaign, columns: CheckColumns, counts: Counts) -> Callable[[Sequence[str]], np.ndarray]:
    import pyarrow as pa

    assert columns.village is not None
    values = counts.tally.frame(_single(columns.village.dimension)).value_counts(0)
    coded = code_axis(columns.village, values, campaign.settings)
    keys = coded.coding.keys
    names = {v: keys[i[0]] if i else "" for v, i in zip(values, coded.coding.lists(), strict=True)}

    def make(seen: Sequence[str]) -> np.ndarray:
        found = [names.get(value, "") for value in seen]
        hashes = hash_texts(pa.array(found, pa.string()))
        return np.where(np.array([bool(name) for name in found]), hashes, np.uint64(0))

    return make


def _ordinals(values: Sequence[str], order: DateOrder) -> np.ndarray:
    days = [parse_day(value, order) for value in values]
    return np.array([UNDATED if day is None else day.toordinal() for day in days], np.int64)


def _numbers(values: Sequence[str]) -> np.ndarray:
    import pyarrow as pa

    found = numbers_of(pa.array(list(values), pa.string()))
    return np.where(np.isfinite(found), found, np.nan)


def _outcomes(values: Sequence[str], known: Outcomes) -> np.ndarray:
    """1: an interview, also a partial one; 2: refused; 0: anything else."""
    codes = [known.code(value) for value in values]
    return np.array([1 if code in ("I", "P") else 2 if code == "R" else 0 for code in codes], np.uint8)


def _hashes(texts: Sequence[str]) -> np.ndarray:
    """Hashes of texts, 0 for none."""
    import pyarrow as pa

    found = hash_texts(pa.array(list(texts), pa.string()))
    return np.where(np.array([bool(text) for text in texts], bool), found, np.uint64(0))


def _key_hashes(values: Sequence[str]) -> np.ndarray:
    nothing = words("blank") | words("not_asked")
    return _hashes(["" if key_of(value) in nothing else value.strip() for value in values])


def _blank(values: Sequence[str]) -> np.ndarray:
    nothing = words("blank") | words("not_asked")
    return np.array([key_of(value) in nothing for value in values], bool)


def _text_hashes(values: Sequence[str]) -> np.ndarray:
    from visittally.analyses.check.answers import long_text

    return _hashes([long_text(value) for value in values])


# ---------------------------------------------------------------- features of questions
def _answer_features(reader: QuestionReader) -> list[_Feature]:
    dimension = Dimension(reader.variable.name)
    found = [
        _Feature(("codes", reader.variable.name), dimension, reader.codes),
        _Feature(("states", reader.variable.name), dimension, reader.states),
    ]
    if reader.is_number:
        found.append(_Feature(("numbers", reader.variable.name), dimension, reader.numbers))
    if reader.is_text:
        found.append(_Feature(("texts", reader.variable.name), dimension, _text_hashes))
    return found


def _assemble(cases: Cases, made: dict[tuple[str, str], np.ndarray], campaign: Campaign) -> None:
    """Put what was read into its places."""
    n = len(cases)
    for (kind, name), values in made.items():
        match kind:
            case "moment":
                moment = values.reshape(-1, 2)
                cases.local[name], cases.times[name] = moment[:, 0], moment[:, 1]
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
    cases.village = made.get(("village", ""), np.zeros(n, np.uint64))
    keys = made.get(("key", "household_id"))
    keys = np.zeros(n, np.uint64) if keys is None else keys
    cases.household = np.where(keys != 0, combine_hashes([cases.village, keys]), np.uint64(0))
    outcome = made.get(("outcome", "visit_outcome"))
    cases.completed = np.ones(n, bool) if outcome is None else outcome == 1
    cases.refused = np.zeros(n, bool) if outcome is None else outcome == 2
    issue = made.get(("issue", "issue"))
    if issue is not None:
        cases.raised, cases.no_issue = (issue & 1).astype(bool), (issue & 2).astype(bool)
    cases.status, cases.issue_codes = made.get(("status", "status")), made.get(("issue_code", "issue"))
    cases.handling_blank = made.get(("handling", "handling_text"))
    if ("position", "1") in made:
        cases.positions = np.stack([made["position", "0"], made["position", "1"]], axis=1)
    cases.day = _first_known([cases.days.get(f) for f in ("visit_date", "start_time", "submitted_at")], n)
    cases.minutes = _minutes(cases, made.get(("duration", "duration_min")), campaign)


def _first_known(days: Sequence[np.ndarray | None], n: int) -> np.ndarray:
    """The day of the visit, else of its start, else of its submission."""
    found = np.full(n, UNDATED, np.int64)
    for one in days:
        if one is not None:
            found = np.where(found == UNDATED, one, found)
    return found


def _minutes(cases: Cases, duration: np.ndarray | None, campaign: Campaign) -> np.ndarray:
    """How long each interview took: end less start, else the column of durations."""
    if "start_time" in cases.times and "end_time" in cases.times:
        span = cases.times["end_time"] - cases.times["start_time"]
        if np.isfinite(span).any():
            return np.asarray(np.where(span >= 0, span, np.nan))
    if duration is None:
        return np.full(len(cases), np.nan)
    variable = campaign.survey.of_field("duration_min")
    name = "" if variable is None else variable.name.casefold()
    seconds = "sec" in name or "秒" in name or name in ("_duration", "duration")
    return duration / 60 if seconds and np.nanmedian(duration) > 120 else duration
