"""The same households twice: which keys stand once in each round, and what each of them said there.

Keys are compared as places and answers are: folded, a household within its village. No record is looked at by itself:
columns become codes block by block, and a key text is made once for each different key.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.statistics import Estimate, Sample, newcombe_paired, sample
from visittally.counting.plan import Dimension
from visittally.dataclass import dataclass
from visittally.errors import FieldError
from visittally.messages import _
from visittally.survey.understanding import resolve
from visittally.words.folding import fold
from visittally.words.joined import NO_COLUMN
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.compare.answers import Meaning
    from visittally.analyses.compare.parts import ComparedPart


def panel_key(campaign: Campaign) -> tuple[Dimension, ...]:
    """What the cases of two rounds are the same by: the field of --panel, a household within its village.

    Raises:
        FieldError: There is no such column.
    """
    found = resolve(campaign.survey, campaign.settings.panel, shown=False)
    variable = found.variable
    if not variable.parts or found.suffix:
        message = _('--panel "{name}": expected a column that tells households or people apart.')
        raise FieldError(message.format(name=campaign.settings.panel))
    village = campaign.survey.of_field("village")
    within = "household_id" in variable.fields and village is not None and village != variable
    return (Dimension(variable.name), *((Dimension(village.name),) if within and village is not None else ()))


@dataclass(frozen=True, slots=True)
class Round:
    """The records of a part under their keys.

    Attributes:
        rows: Key -> position of its record, for keys that stand once.
        repeated: Keys that stand more than once; keyless: records without a key.
        columns: Dimension -> its values, and for each record its position among them.
    """

    rows: Mapping[str, int]
    repeated: int
    keyless: int
    columns: Mapping[Dimension, tuple[Sequence[str], np.ndarray]]

    def codes(self, dimension: Dimension, keys: Sequence[str]) -> tuple[Sequence[str], np.ndarray]:
        """The values of a dimension, and for each key the position of what stands in its record."""
        values, codes = self.columns[dimension]
        return values, codes[[self.rows[key] for key in keys]] if keys else np.zeros(0, np.int64)


def read_round(part: ComparedPart, key: Sequence[Dimension], dimensions: Sequence[Dimension]) -> Round:
    """Read the counted records of a part.

    Args:
        part: The part.
        key: What tells them apart.
        dimensions: What is wanted of each.
    """
    slice_ = () if part.slice is None else (part.slice,)
    every = tuple(dict.fromkeys((*slice_, *key, *dimensions)))
    lexicons: dict[Dimension, dict[str, int]] = {d: {} for d in every}
    gathered: dict[Dimension, list[np.ndarray]] = {d: [] for d in every}
    for _file, _lines, columns in part.campaign.records(every, part.counts):
        for dimension, cells in zip(every, columns, strict=True):
            lexicon = lexicons[dimension]
            own = np.fromiter((lexicon.setdefault(str(v), len(lexicon)) for v in cells.values), np.int64)
            gathered[dimension].append(own[cells.codes])
    codes = {d: np.concatenate(parts) if parts else np.zeros(0, np.int64) for d, parts in gathered.items()}
    values = {d: list(lexicon) for d, lexicon in lexicons.items()}
    if part.slice is not None:
        mine = np.array([value in part.accepted for value in values[part.slice]], bool)
        kept = mine[codes[part.slice]] if len(mine) else np.zeros(0, bool)
        codes = {d: own[kept] for d, own in codes.items()}
    rows, repeated, keyless = _keys([values[d] for d in key], np.stack([codes[d] for d in key], axis=1))
    return Round(rows, repeated, keyless, {d: (values[d], codes[d]) for d in dimensions})


def _keys(values: Sequence[Sequence[str]], codes: np.ndarray) -> tuple[dict[str, int], int, int]:
    """Position of the record of each key that stands once; how many stand more often; how many records have none."""
    distinct, first, counts = np.unique(codes, axis=0, return_index=True, return_counts=True)
    seen: Counter[str] = Counter()
    rows: dict[str, int] = {}
    keyless = 0
    for combination, row, n in zip(distinct.tolist(), first.tolist(), counts.tolist(), strict=True):
        own, *places = (values[i][c].replace(NO_COLUMN, "") for i, c in enumerate(combination))
        if key_of(own) in words("blank"):
            keyless += n
            continue
        text = "\x1f".join([key_of(own), *map(fold, places)])
        seen[text] += n
        rows[text] = row
    once = {text: row for text, row in rows.items() if seen[text] == 1}
    return once, len(rows) - len(once), keyless


@dataclass(frozen=True, slots=True)
class Pairs:
    """Cases that stand once in each round.

    Attributes:
        keys: Their keys, in order.
        only_before, only_after: Keys of one round only.
    """

    before: Round
    after: Round
    keys: tuple[str, ...]
    only_before: int
    only_after: int

    @classmethod
    def of(cls, before: Round, after: Round) -> Pairs:
        """Bring two rounds together."""
        both = sorted(before.rows.keys() & after.rows.keys())
        return cls(before, after, tuple(both), len(before.rows) - len(both), len(after.rows) - len(both))

    def sentence(self) -> str:
        """How many cases are compared, and how many of each round are left out."""
        text = _(
            "{n:,} cases stand once in each round; left out: {before:,} keys of the earlier and {after:,} of the later "
            "round only, {twice1:,} and {twice2:,} keys that stand more than once there, {none1:,} and {none2:,} "
            "records without a key."
        )
        return text.format(
            n=len(self.keys), before=self.only_before, after=self.only_after, twice1=self.before.repeated,
            twice2=self.after.repeated, none1=self.before.keyless, none2=self.after.keyless,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PairedAnswers:
    """Both answers of the same cases to a question: how many gave each answer twice, before only, after only.

    Attributes:
        asked: Cases in the base of both rounds.
        tables: Answer -> both, only before, only after.
    """

    asked: int
    tables: Mapping[str, tuple[int, int, int]]

    def estimate(self, answer: str) -> Estimate | None:
        """The difference in points, with its interval for pairs."""
        if not self.asked:
            return None
        both, before, after = self.tables.get(answer, (0, 0, 0))
        return newcombe_paired(both, before, after, self.asked - both - before - after)


def paired_answers(
    pairs: Pairs,
    dimensions: tuple[Dimension, Dimension],
    meanings: tuple[Meaning, Meaning],
    base: str,
    renamed: Mapping[str, str],
) -> PairedAnswers:
    """Count the answers of the cases that are in the base of both rounds.

    Args:
        pairs: The cases.
        dimensions: The question in the earlier and in the later round.
        meanings: What its values say there.
        base: What the shares divide by.
        renamed: Folded label of an option -> its folded name.
    """
    masks, gave = [], []
    for side, dimension, meaning in zip((pairs.before, pairs.after), dimensions, meanings, strict=True):
        values, codes = side.codes(dimension, pairs.keys)
        own = meaning.aligned(values)
        masks.append(np.array(own.counts(base), bool)[codes] if len(codes) else np.zeros(0, bool))
        keys = own.keys(renamed)
        given: dict[str, np.ndarray] = {}
        members = own.coding.lists()
        for i, key in enumerate(keys):
            ticked = np.array([i in found for found in members], bool)
            hit = ticked[codes] if len(codes) else np.zeros(0, bool)
            given[key] = given[key] | hit if key in given else hit
        gave.append(given)
    asked = masks[0] & masks[1]
    nobody = np.zeros(len(asked), bool)
    tables = {}
    for key in dict.fromkeys((*gave[1], *gave[0])):
        first, second = gave[0].get(key, nobody) & asked, gave[1].get(key, nobody) & asked
        tables[key] = int((first & second).sum()), int((first & ~second).sum()), int((second & ~first).sum())
    return PairedAnswers(int(asked.sum()), tables)


def paired_numbers(
    pairs: Pairs, dimensions: tuple[Dimension, Dimension], numbers: Sequence[Callable[[Sequence[str]], np.ndarray]]
) -> tuple[int, Sample | None, Sample | None, Sample | None]:
    """The numbers of the cases that have one in both rounds.

    Args:
        pairs: The cases.
        dimensions: The question in the earlier and in the later round.
        numbers: For each side a function from values to numbers, NaN where there is none.

    Returns:
        How many; the sample of each round; the sample of the differences.
    """
    found = []
    for side, dimension, number in zip((pairs.before, pairs.after), dimensions, numbers, strict=True):
        values, codes = side.codes(dimension, pairs.keys)
        found.append(number(values)[codes] if len(codes) else np.zeros(0))
    both = np.isfinite(found[0]) & np.isfinite(found[1])
    first, second = found[0][both], found[1][both]
    one, two, difference = (sample((x, 1, 1) for x in own.tolist()) for own in (first, second, second - first))
    return int(both.sum()), one, two, difference
