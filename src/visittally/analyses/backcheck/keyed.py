"""What tells the cases of a survey apart, and its counted records under their keys."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from visittally.analyses.backcheck.draw import SEPARATOR
from visittally.counting.plan import Dimension
from visittally.dataclass import dataclass
from visittally.errors import FieldError
from visittally.messages import _
from visittally.survey.understanding import KEY_FIELD, resolve
from visittally.words.folding import fold
from visittally.words.joined import NO_COLUMN
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts
    from visittally.survey.variables import Variable


@dataclass(frozen=True, slots=True)
class CaseKey:
    """What tells cases apart.

    Attributes:
        variables: The key, then the place that it is unique in; empty where each record is told by file and line.
        asked: Whether the user named it.
    """

    variables: tuple[Variable, ...] = ()
    asked: bool = False

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What must be read for it."""
        return tuple(Dimension(v.name) for v in self.variables)

    def text(self, cells: Sequence[str]) -> str:
        """The key of a record as it is drawn by: places folded, "" for none.

        Args:
            cells: What stands in the columns of `variables`.
        """
        if not cells:
            return ""
        own = cells[0].replace(NO_COLUMN, "").strip()
        if key_of(own) in words("blank"):
            return ""
        return SEPARATOR.join([*(fold(place.replace(NO_COLUMN, "")) for place in cells[1:]), own])


def case_key(campaign: Campaign) -> CaseKey:
    """The key that --key names, else that of the exporting tool, else the household within its village.

    Raises:
        FieldError: There is no such column.
    """
    survey = campaign.survey
    named = campaign.settings.key
    if named:
        variable = resolve(survey, named, shown=False).variable
        if not variable.parts:
            raise survey.missing(named)
        return CaseKey(_within(campaign, variable), asked=True)
    for field in (KEY_FIELD, "household_id"):
        found = survey.of_field(field)
        if found is not None:
            return CaseKey(_within(campaign, found))
    return CaseKey()


def _within(campaign: Campaign, variable: Variable) -> tuple[Variable, ...]:
    village = campaign.survey.of_field("village")
    if "household_id" in variable.fields and village is not None:
        return (variable, village)
    return (variable,)


def needed_key(campaign: Campaign, files: str) -> CaseKey:
    """The key to join by.

    Raises:
        FieldError: There is none.
    """
    found = case_key(campaign)
    if not found.variables:
        message = _("{files}: no column tells the cases apart. Say which: --key FIELD")
        raise FieldError(message.format(files=files))
    return found


@dataclass(frozen=True, slots=True)
class Keyed:
    """A counted record.

    Attributes:
        key: Its key; file and line where it has none.
        keyless: Whether it has none.
        cells: What stands in the dimensions that were asked for.
    """

    file: str
    line: int
    key: str
    keyless: bool
    cells: tuple[str, ...]


def keyed_records(
    campaign: Campaign,
    counts: Counts,
    key: CaseKey,
    dimensions: Sequence[Dimension],
    wanted: Container[str] | None = None,
) -> Iterator[Keyed]:
    """The counted records under their keys, in the order of files and lines.

    Args:
        campaign: The files.
        counts: What was counted: records left out there are left out here.
        key: What tells them apart.
        dimensions: What is wanted of each.
        wanted: The keys of the records that are wanted; None for all.
    """
    known: dict[tuple[str, ...], str] = {}
    width = len(key.dimensions)
    every = tuple(dict.fromkeys((*key.dimensions, *dimensions)))
    at = [every.index(d) for d in dimensions]
    for file, lines, columns in campaign.records(every, counts):
        codes = [column.codes.tolist() for column in columns]
        values = [[str(value) for value in column.values] for column in columns]
        own = zip(*([v[c] for c in cs] for v, cs in zip(values[:width], codes[:width], strict=True)), strict=True)
        parts: list[tuple[str, ...]] = list(own) if width else [()] * len(lines)
        if width > 1:  # a household in its village: few records share one, and many places are the same
            texts = [key.text(part) for part in parts]
        else:
            known.clear()
            texts = [known.get(part) or known.setdefault(part, key.text(part)) for part in parts]
        name = PurePath(file).name
        for row, text in enumerate(texts):
            found = text or f"{name}{SEPARATOR}{int(lines[row])}"
            if wanted is None or found in wanted:
                cells = tuple(values[i][codes[i][row]] for i in at)
                yield Keyed(file, int(lines[row]), found, not text, cells)


def value_counts(counts: Counts, dimension: Dimension) -> Mapping[str, int]:
    """The distinct values of a dimension that was counted alone, and how many cases have each."""
    from visittally.counting.plan import Group

    return counts.tally.frame(Group((dimension,))).value_counts(0)
