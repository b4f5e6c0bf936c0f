"""Visits -> one line for each place: how many targets were visited, how the visits ended, from when to when.

Where the files have a household key, a household counts once in its village, with the best that any of its visits
came to; records without a key count one by one. Without a key every record is a visit to somebody else.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from visittally.answers.axes import CodedAxis, code_axis
from visittally.answers.coding import explode, per_value
from visittally.answers.lines import Lines, sums
from visittally.dataclass import dataclass
from visittally.errors import FieldError
from visittally.messages import _
from visittally.words.daycodes import UNDATED, DayCodes, code_days
from visittally.words.folding import fold
from visittally.words.outcomes import GROUPS, Outcomes
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.coverage.visit_plan import VisitPlan
    from visittally.answers.axes import Axis
    from visittally.counting.keysets import KeySet
    from visittally.counting.tally import Frame, Tally
    from visittally.settings import Settings

FINAL = ("I", "P", "NE", "R", "O", "NC", "UO", "UH", "")
"""AAPOR codes from the best that several visits can have come to, to the worst; "" is not recorded."""
_NEVER = np.iinfo(np.int64).max
NEVER_DUE = int(_NEVER)
"""Days after which whoever belongs to no group with an interval is due for another visit."""

Key = tuple[int, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Visits:
    """How far the visits got.

    Keys are positions in the keys of the axes; `()` is the total, in which a household counts once.

    Attributes:
        axes: What makes the rows, values coded.
        finals: Key -> AAPOR code -> visited targets whose visits came to it; without outcomes all under "".
        kinds: The same for each kind of target: (key, kind) -> ...
        spans: Key -> first and last day of visits, as ordinals.
        started: Day -> targets first visited on it; done: Day -> targets first completed on it.
        by_day: Day -> visits on it, whoever they were to.
        latest: Key -> (day, interval) -> targets last visited on it that are due again after so many days.
        reached: For each household of the roster the rank in `FINAL` of what its visits came to, -1 without visit.
        keyless: Records without a household key, which count one by one.
        days: The dates; None without a date.
        unknown: Outcome words that are not known -> their number.
    """

    axes: tuple[CodedAxis, ...]
    kind: CodedAxis | None
    finals: Mapping[Key, Mapping[str, int]]
    kinds: Mapping[tuple[Key, str], Mapping[str, int]]
    spans: Mapping[Key, tuple[int, int]]
    started: Mapping[int, int]
    done: Mapping[int, int]
    by_day: Mapping[int, int]
    latest: Mapping[Key, Mapping[tuple[int, int], int]]
    reached: np.ndarray
    keyless: int
    days: DayCodes | None
    unknown: Mapping[str, int] = field(default_factory=dict)

    def visited(self, key: Key) -> int:
        """Targets visited."""
        return sum(self.finals.get(key, {}).values())

    def completed(self, key: Key) -> int:
        """Targets with a completed visit."""
        return self.finals.get(key, {}).get("I", 0)


@dataclass(frozen=True, slots=True)
class RosterHouseholds:
    """The households of a roster, to be looked for among the visited ones.

    Attributes:
        villages: For each the raw village, or "" where keys do not repeat over villages.
        hashes: For each the hash of its key.
    """

    villages: tuple[str, ...]
    hashes: np.ndarray

    @classmethod
    def of(cls, villages: Sequence[str], households: Sequence[str]) -> RosterHouseholds:
        """From raw villages and keys, one of each for a household."""
        from visittally.reading.hashing import hash_texts
        from visittally.words.arrays import string_array

        return cls(tuple(villages), hash_texts(string_array([household.strip() for household in households])))


def count_visits(
    plan: VisitPlan,
    tally: Tally,
    settings: Settings,
    roster_values: Mapping[str, Mapping[str, int]],
    listed: RosterHouseholds | None = None,
) -> Visits:
    """Work out how far the visits got.

    Args:
        plan: What was planned.
        tally: What was counted.
        settings: Aliases of places, outcome words.
        roster_values: Name of an axis -> raw values of the roster and their weight in choosing the spelling.
        listed: The households of the roster.
    """
    frame = plan.frame(tally)
    counts = _appearances(plan, tally, frame)
    values = {axis: _seen(frame, plan.position(axis), counts, roster_values.get(axis.name, {})) for axis in plan.named}
    coded = {axis: code_axis(axis, seen, settings) for axis, seen in values.items()}
    village = None if plan.village is None else coded[plan.village]
    ranks, unknown = _outcome_ranks(plan, frame, counts, settings)
    days = _days(plan, frame, counts)
    extra = {
        "rank": ranks,
        "day": np.full(len(frame.counts), UNDATED) if days is None else _carried(plan, frame, days),
        "scope": _scopes(plan, frame, village),
        "again": _intervals(plan, frame, coded, settings),
    }
    by = [plan.position(axis) for axis in plan.axes]
    kind = None if plan.kind is None else plan.position(plan.kind)
    shown = [coded[axis] for axis in (*plan.axes, plan.kind) if axis is not None]
    codings = {d: c.coding.aligned(frame.values[d]) for c in shown for d in (plan.position(c.axis),)}
    lines = explode(frame, codings, extra).to_pandas()
    once = explode(frame, {d: c for d, c in codings.items() if d not in by}, extra).to_pandas()
    keys = tally.keys.get(plan.group) if plan.keyed else None
    rows = _Aggregate(by, kind).add_all(lines, keys)
    wanted = None if listed is None else _wanted(listed, village, keys)
    whole = _Aggregate([], kind, wanted).add_all(once, keys)
    names = () if plan.kind is None else coded[plan.kind].coding.keys
    return Visits(
        tuple(coded[axis] for axis in plan.axes),
        None if plan.kind is None else coded[plan.kind],
        finals={**rows.finals, **whole.finals},
        kinds={(key, names[k]): n for (key, k), n in {**rows.kinds, **whole.kinds}.items()},
        spans={**_spans(lines, by), **_spans(once, [])},
        started=whole.started, done=whole.done, by_day=_by_day(extra["day"], counts),
        latest={**rows.latest, **whole.latest},
        reached=whole.reached, keyless=tally.keyless.get(plan.group, 0), days=days, unknown=unknown,
    )  # fmt: skip


def _seen(frame: Frame, dimension: int, counts: np.ndarray, more: Mapping[str, int] | None = None) -> dict[str, int]:
    """How often each value of a dimension occurs; `more` is added."""
    sums_of = np.bincount(frame.codes[:, dimension], counts, len(frame.values[dimension]))
    found = {value: int(n) for value, n in zip(frame.values[dimension], sums_of, strict=True)}
    for value, weight in (more or {}).items():
        found[value] = found.get(value, 0) + weight
    return found


def _appearances(plan: VisitPlan, tally: Tally, frame: Frame) -> np.ndarray:
    """How often each combination occurs: records, or households that have it."""
    if not plan.keyed:
        return frame.counts
    counts = np.zeros(len(frame.counts), np.int64)
    keys = tally.keys.get(plan.group)
    for codes, _hashes in () if keys is None else keys.pairs():
        counts += np.bincount(codes, minlength=len(counts))
    return counts


def _outcome_ranks(
    plan: VisitPlan, frame: Frame, counts: np.ndarray, settings: Settings
) -> tuple[np.ndarray, dict[str, int]]:
    """Rank in `FINAL` of each combination, and the outcome words that are not known."""
    if plan.outcome is None:
        return np.full(len(frame.counts), len(FINAL) - 1), {}
    dimension = plan.position(plan.outcome)
    known = Outcomes.load(settings.outcomes)
    codes = [known.code(value) or "" for value in frame.values[dimension]]
    nothing = words("blank") | words("not_asked")
    unknown: dict[str, int] = {}
    for code, (value, n) in zip(codes, _seen(frame, dimension, counts).items(), strict=True):
        if not code and key_of(value.strip("\x00")) not in nothing:
            unknown[value.strip()] = unknown.get(value.strip(), 0) + n
    return per_value(frame, dimension, [FINAL.index(code) for code in codes], int), unknown


def _days(plan: VisitPlan, frame: Frame, counts: np.ndarray) -> DayCodes | None:
    if plan.date is None:
        return None
    dimension = plan.position(plan.date)
    return code_days(plan.date.name, frame.values[dimension], _seen(frame, dimension, counts))


def _carried(plan: VisitPlan, frame: Frame, days: DayCodes) -> np.ndarray:
    assert plan.date is not None
    found: np.ndarray = days.ordinals[frame.codes[:, plan.position(plan.date)]]
    return found


def _scopes(plan: VisitPlan, frame: Frame, village: CodedAxis | None) -> np.ndarray:
    """For each combination the village that its household key is unique in."""
    if village is None:
        return np.zeros(len(frame.counts), np.int64)
    dimension = plan.position(village.axis)
    coding = village.coding.aligned(frame.values[dimension])
    return per_value(frame, dimension, [members[0] for members in coding.lists()], int)


def _intervals(plan: VisitPlan, frame: Frame, coded: Mapping[Axis, CodedAxis], settings: Settings) -> np.ndarray:
    """After how many days each combination is due again: the shortest time of the groups that somebody belongs to.

    Raises:
        FieldError: Nobody belongs to a group that was named.
    """
    general = settings.revisit_after.get("", NEVER_DUE)
    if plan.people is None:
        return np.full(len(frame.counts), general)
    groups = coded[plan.people]
    names = {key: (fold(key), fold(groups.labels.get(key, ""))) for key in groups.coding.keys}
    days = {fold(name): after for name, after in settings.revisit_groups.items()}
    known = {name for both in names.values() for name in both}
    unknown = [name for name in settings.revisit_groups if fold(name) not in known]
    if unknown and len(frame.counts):
        text = _('--revisit-after: nobody belongs to "{name}". There are: {names}.')
        there = ", ".join(groups.labels.get(key, key) for key in groups.coding.keys if key)
        raise FieldError(text.format(name=unknown[0], names=there))
    own = [min((days[name] for name in names[key] if name in days), default=general) for key in groups.coding.keys]
    dimension = plan.position(plan.people)
    members = groups.coding.aligned(frame.values[dimension]).lists()
    return per_value(frame, dimension, [min((own[i] for i in found), default=general) for found in members], np.int64)


def _wanted(listed: RosterHouseholds, village: CodedAxis | None, keys: KeySet | None) -> pd.DataFrame:
    """The roster's households as (scope, unit), their hashes cut to the bits that the key set keeps."""
    bits = 0 if keys is None else max(len(keys.combinations) - 1, 0).bit_length()
    scopes = np.zeros(len(listed.hashes), np.int64)
    if village is not None:
        position = dict(zip(village.coding.values, village.coding.lists(), strict=True))
        scopes = np.array([position[v][0] for v in listed.villages], np.int64)
    return pd.DataFrame({"scope": scopes, "unit": listed.hashes >> np.uint64(bits) << np.uint64(bits)})


def _by_day(days: np.ndarray, counts: np.ndarray) -> dict[int, int]:
    summed = pd.Series(counts).groupby(days).sum()
    found = zip(summed.index.tolist(), summed.tolist(), strict=True)
    return {int(day): int(n) for day, n in found if day != UNDATED}


def _spans(lines: pd.DataFrame, by: Sequence[int]) -> dict[Key, tuple[int, int]]:
    """First and last day by row."""
    dated = lines[lines["day"] != UNDATED]
    if not len(dated):
        return {}
    if not by:
        return {(): (int(dated["day"].min()), int(dated["day"].max()))}
    found = dated.groupby(list(by))["day"].agg(["min", "max"])
    keys = found.index.tolist() if len(by) > 1 else [(key,) for key in found.index.tolist()]
    return dict(zip(keys, found.itertuples(index=False, name=None), strict=True))


@dataclass(slots=True)
class _Aggregate:
    """Adds up visited targets, stretch by stretch of the keys."""

    by: Sequence[int]
    kind: int | None
    wanted: pd.DataFrame | None = None
    finals: dict[Key, dict[str, int]] = field(default_factory=dict)
    kinds: dict[tuple[Key, int], dict[str, int]] = field(default_factory=dict)
    started: dict[int, int] = field(default_factory=dict)
    done: dict[int, int] = field(default_factory=dict)
    latest: dict[Key, dict[tuple[int, int], int]] = field(default_factory=dict)
    reached: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))

    def add_all(self, lines: pd.DataFrame, keys: KeySet | None) -> _Aggregate:
        """Add all lines: each for itself without keys, else those of a household together."""
        self.reached = np.full(0 if self.wanted is None else len(self.wanted), -1)
        columns = [*self.by, *([] if self.kind is None else [self.kind])]
        rows, names = _numbered(lines, columns)
        lines = lines.assign(target=rows)
        if keys is None:
            dated = lines["day"].where(lines["day"] != UNDATED, _NEVER)
            done = dated.where(lines["rank"] == 0, _NEVER)
            self._add(lines.assign(first=dated, done=done, last=lines["day"]), names)
            return self
        for codes, hashes in keys.pairs():
            self._add(_households(lines, codes, hashes), names)
        return self

    def _add(self, units: pd.DataFrame, names: Sequence[tuple[int, ...]]) -> None:
        depth = len(self.by)
        for (target, rank), n in _counts(units, "target", "rank").items():
            key, code = names[target][:depth], FINAL[rank]
            _raise(self.finals.setdefault(key, {}), code, n)
            if self.kind is not None:
                _raise(self.kinds.setdefault((key, names[target][depth]), {}), code, n)
        for (target, day, after), n in _counts(units, "target", "last", "again").items():
            _raise(self.latest.setdefault(names[target][:depth], {}), (day, after), n)
        for name, days in (("first", self.started), ("done", self.done)):
            for (day,), n in _counts(units, name).items():
                if day != _NEVER:
                    _raise(days, day, n)
        if self.wanted is not None:
            self._look_for(units)

    def _look_for(self, units: pd.DataFrame) -> None:
        """Note which households of the roster are among the visited ones, and how their visits ended."""
        assert self.wanted is not None
        best = units.groupby(["scope", "unit"])["rank"].min().reset_index()
        found = self.wanted.reset_index().merge(best, on=["scope", "unit"])
        self.reached[found["index"].to_numpy()] = found["rank"].to_numpy()


def _counts(units: pd.DataFrame, *columns: str) -> dict[tuple[int, ...], int]:
    lines = Lines({name: units[name].to_numpy() for name in (*columns, "n")})
    return {key: int(n) for key, n in sums(lines, columns).items()}


def _raise(counts: dict[T, int], key: T, n: int) -> None:
    counts[key] = counts.get(key, 0) + n


def _numbered(lines: pd.DataFrame, columns: Sequence[int]) -> tuple[np.ndarray, list[tuple[int, ...]]]:
    """A number for each row of some columns, and the rows by their number."""
    if not columns:
        return np.zeros(len(lines), np.int64), [()]
    rows = lines[list(columns)].to_numpy()
    uniques, numbers = np.unique(rows, axis=0, return_inverse=True)
    return numbers.reshape(-1), [tuple(row) for row in uniques.tolist()]


def _households(lines: pd.DataFrame, codes: np.ndarray, hashes: np.ndarray) -> pd.DataFrame:
    """One line for each row and household of a stretch of the keys.

    Args:
        lines: Lines of the combinations, `row` being the number of the combination.
        codes: Numbers of combinations.
        hashes: The household of each.
    """
    order = np.argsort(lines["row"].to_numpy(), kind="stable")
    numbers = lines["row"].to_numpy()[order]
    start, end = np.searchsorted(numbers, codes, "left"), np.searchsorted(numbers, codes, "right")
    lengths = end - start
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    chosen = order[np.repeat(start, lengths) + within]
    days, ranks = lines["day"].to_numpy()[chosen], lines["rank"].to_numpy()[chosen]
    dated = np.where(days == UNDATED, _NEVER, days)
    visits = pd.DataFrame(
        {
            "target": lines["target"].to_numpy()[chosen],
            "scope": lines["scope"].to_numpy()[chosen],
            "unit": np.repeat(hashes, lengths),
            "rank": ranks,
            "first": dated,
            "done": np.where(ranks == 0, dated, _NEVER),
            "last": days,
            "again": lines["again"].to_numpy()[chosen],
        }
    )
    how = {"rank": "min", "first": "min", "done": "min", "last": "max", "again": "min"}
    found = visits.groupby(["target", "scope", "unit"], sort=False).agg(how).reset_index()
    return found.assign(n=1)


def outcome_columns(finals: Mapping[str, int]) -> dict[str, int]:
    """AAPOR codes added up to the columns of the coverage table."""
    known = Outcomes()
    found = dict.fromkeys(GROUPS, 0)
    for code, n in finals.items():
        found[known.group(code)] += n
    return found
