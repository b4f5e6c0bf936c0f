"""What is made of the cells of a record: days, moments, hashes, codes; once for each value of a block."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.check.columns import TIMES
from visittally.answers.axes import code_axis
from visittally.counting.plan import Dimension, Group
from visittally.dataclass import dataclass
from visittally.reading.hashing import hash_texts
from visittally.survey.projection import Projection
from visittally.words.arrays import string_array
from visittally.words.dates import DateOrder, parse_day
from visittally.words.durations import bare_minutes, minutes_of
from visittally.words.folding import fold
from visittally.words.moments import moments
from visittally.words.numbers import numbers_of
from visittally.words.outcomes import Outcomes
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.check.answers import QuestionReader
    from visittally.analyses.check.columns import CheckColumns
    from visittally.counting.engine import Counts
    from visittally.reading.lexicon import Coded
    from visittally.survey.variables import Variable

UNDATED = -1
FEWEST_DIGITS = 7
"""Digits that a telephone number has at least."""


class RecordColumn:
    """What is known of each record: room for all is taken once, and filled block by block."""

    def __init__(self, records: int) -> None:
        """Begin with no record.

        Args:
            records: How many there will be.
        """
        self._records, self._done = records, 0
        self._values: np.ndarray | None = None

    def take(self, block: np.ndarray) -> None:
        """Add what is known of the next records: one value each, or one row each."""
        if self._values is None:
            self._values = np.empty((self._records, *block.shape[1:]), block.dtype)
        self._values[self._done : self._done + len(block)] = block
        self._done += len(block)

    def whole(self, kind: type = np.float64) -> np.ndarray:
        """All records, handed over: nothing is left here.

        Args:
            kind: Type of the values where there is no record.
        """
        assert self._done == self._records
        values, self._values = self._values, None
        return np.zeros(0, kind) if values is None else values


@dataclass(slots=True)
class Feature:
    """Something about each record that follows from one of its cells: made once for each value of a block."""

    name: tuple[str, str]
    dimension: Dimension
    make: Callable[[Sequence[str]], np.ndarray]

    def of(self, cells: Coded) -> np.ndarray:
        """It, of each record of a block."""
        return np.asarray(self.make(cells.values)[cells.codes])


def single(dimension: Dimension) -> Group:
    """The group of a dimension by itself."""
    return Group((dimension,))


# ---------------------------------------------------------------- features of fields
def field_features(campaign: Campaign, columns: CheckColumns, counts: Counts, statuses: Interner) -> list[Feature]:
    """What is made of the cells of the fields."""
    found: list[Feature] = []
    fields = columns.fields

    def add(kind: str, field: str, make: Callable[[Sequence[str]], np.ndarray]) -> None:
        found.append(Feature((kind, field), Dimension(fields[field].name), make))

    for name in TIMES:
        if name in fields:
            days = counts.tally.frame(single(Dimension(fields[name].name, Projection.DAY))).value_counts(0)
            order = DateOrder.learn(days)
            add("moment", name, partial(moments, order=order))
            add("day", name, partial(_ordinals, order=order))
    known = Outcomes.load(campaign.settings.outcomes)
    plain: tuple[tuple[str, str, Callable[[Sequence[str]], np.ndarray]], ...] = (
        ("duration", "duration_min", _durations(campaign, fields.get("duration_min"))),
        ("outcome", "visit_outcome", partial(_outcomes, known=known)),
        ("key", "household_id", _key_hashes),
        ("text", "handling_text", text_hashes),
        ("text", "issue_text", text_hashes),
        ("handling", "handling_text", _blank),
        ("status", "status", statuses),
        ("issue_code", "issue", _key_hashes),
        ("phone", "phone", _phone_hashes),
        ("name", "visitor", _name_hashes),
        ("name", "respondent", _name_hashes),
        ("away", "presence", _away),
        ("confirmed", "backcheck_result", _confirmed),
    )
    for kind, name, make in plain:
        if name in fields:
            add(kind, name, make)
    if "issue" in fields:
        make, mentions, free = _issue_reader(campaign, columns, counts)
        add("issue", "issue", make)
        add("mentions", "issue", mentions)
        if free:
            add("text", "issue", text_hashes)
    if columns.village is not None and columns.village.variable is not None:
        found.append(Feature(("village", ""), columns.village.dimension, _place_hashes(campaign, columns, counts)))
    for i, variable in enumerate(columns.positions):
        found.append(Feature(("position", str(i)), Dimension(variable.name), _numbers))
    return found


class Interner:
    """Texts as codes that stay the same from block to block."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}

    def __call__(self, values: Sequence[str]) -> np.ndarray:
        """The code of each text."""
        return np.array([self.codes.setdefault(value, len(self.codes)) for value in values], np.int32)


def _issue_reader(
    campaign: Campaign, columns: CheckColumns, counts: Counts
) -> tuple[Callable[[Sequence[str]], np.ndarray], Callable[[Sequence[str]], np.ndarray], bool]:
    """What is read of each value of the issue.

    Returns:
        Bits: 1 names a problem, 2 says that there is none; how many problems it names; whether it is free text.
    """
    from visittally.answers.axes import Axis
    from visittally.answers.issues import code_issues
    from visittally.words.codebook import Codebook

    variable = columns.fields["issue"]
    values = counts.tally.frame(single(Dimension(variable.name))).value_counts(0)
    codebook = Codebook.load(campaign.settings.codebook)
    coded = code_issues(Axis("issue", "issue", variable), values, campaign.settings, codebook)
    bits = {v: r + 2 * n for v, r, n in zip(values, coded.raised, coded.no_issue, strict=True)}

    def make(seen: Sequence[str]) -> np.ndarray:
        return np.array([bits.get(value, 0) for value in seen], np.uint8)

    named = {v: len(keys) if r else 0 for v, keys, r in zip(values, coded.coding.lists(), coded.raised, strict=True)}

    def mentions(seen: Sequence[str]) -> np.ndarray:
        return np.array([named.get(value, 0) for value in seen], np.int32)

    return make, mentions, coded.coded_by_cues is not None


def _place_hashes(campaign: Campaign, columns: CheckColumns, counts: Counts) -> Callable[[Sequence[str]], np.ndarray]:
    assert columns.village is not None
    values = counts.tally.frame(single(columns.village.dimension)).value_counts(0)
    coded = code_axis(columns.village, values, campaign.settings)
    keys = coded.coding.keys
    starts, members = coded.coding.starts, coded.coding.members
    firsts = np.where(starts[1:] > starts[:-1], np.append(members, -1)[starts[:-1]], -1).tolist()
    names = {value: keys[first] if first >= 0 else "" for value, first in zip(values, firsts, strict=True)}

    def make(seen: Sequence[str]) -> np.ndarray:
        found = [names.get(value, "") for value in seen]
        hashes = hash_texts(string_array(found))
        return np.where(np.array([bool(name) for name in found]), hashes, np.uint64(0))

    return make


def _ordinals(values: Sequence[str], order: DateOrder) -> np.ndarray:
    days = [parse_day(value, order) for value in values]
    return np.array([UNDATED if day is None else day.toordinal() for day in days], np.int64)


def _durations(campaign: Campaign, column: Variable | None) -> Callable[[Sequence[str]], np.ndarray]:
    """What makes minutes of the cells of a column."""
    bare = 1.0 if column is None else bare_minutes((column.name, column.label), campaign.sampled_values(column))
    return lambda values: np.array([minutes_of(value.strip("\x00 "), bare) for value in values], float)


def _numbers(values: Sequence[str]) -> np.ndarray:
    found = numbers_of(string_array(values))
    return np.where(np.isfinite(found), found, np.nan)


def _outcomes(values: Sequence[str], known: Outcomes) -> np.ndarray:
    """1: an interview, also a partial one; 2: refused; 0: anything else."""
    codes = [known.code(value) for value in values]
    return np.array([1 if code in ("I", "P") else 2 if code == "R" else 0 for code in codes], np.uint8)


def _hashes(texts: Sequence[str]) -> np.ndarray:
    """Hashes of texts, 0 for none."""
    found = hash_texts(string_array(texts))
    return np.where(np.array([bool(text) for text in texts], bool), found, np.uint64(0))


def _key_hashes(values: Sequence[str]) -> np.ndarray:
    nothing = words("blank") | words("not_asked")
    return _hashes(["" if key_of(value) in nothing else value.strip() for value in values])


def _phone_hashes(values: Sequence[str]) -> np.ndarray:
    """Hashes of the digits of telephones; 0 for those that are masked, or too short to be one."""
    digits = ["" if "*" in value else "".join(c for c in value if c.isdecimal()) for value in values]
    return _hashes([number[-11:] if len(number) >= FEWEST_DIGITS else "" for number in digits])


def _name_hashes(values: Sequence[str]) -> np.ndarray:
    return _key_hashes([" ".join(fold(value).split()) for value in values])


def _away(values: Sequence[str]) -> np.ndarray:
    """2: nobody is at home; 1: something else is said; 0: nothing."""
    nothing, away = words("blank") | words("not_asked") | words("dont_know"), words("away")
    keys = [key_of(value) for value in values]
    return np.array([0 if key in nothing else 2 if key in away else 1 for key in keys], np.uint8)


def _confirmed(values: Sequence[str]) -> np.ndarray:
    """2: not confirmed; 1: confirmed; 0: nothing that is known to say one or the other."""
    no, yes = words("no") | words("not_confirmed"), words("yes") | words("confirmed")
    keys = [key_of(value) for value in values]
    return np.array([2 if key in no else 1 if key in yes else 0 for key in keys], np.uint8)


def _blank(values: Sequence[str]) -> np.ndarray:
    nothing = words("blank") | words("not_asked")
    return np.array([key_of(value) in nothing for value in values], bool)


def text_hashes(values: Sequence[str]) -> np.ndarray:
    """Hashes of the texts that are long enough to be compared, 0 for the others."""
    from visittally.analyses.check.answers import long_text

    return _hashes([long_text(value) for value in values])


# ---------------------------------------------------------------- features of questions
def answer_features(reader: QuestionReader) -> list[Feature]:
    """What is made of the cells of a question."""
    dimension = Dimension(reader.variable.name)
    found = [
        Feature(("codes", reader.variable.name), dimension, reader.codes),
        Feature(("states", reader.variable.name), dimension, reader.states),
    ]
    if reader.is_number:
        found.append(Feature(("numbers", reader.variable.name), dimension, reader.numbers))
    if reader.is_text:
        found.append(Feature(("texts", reader.variable.name), dimension, text_hashes))
    return found
