"""What analyses share: the rows they have unless asked for others, the cells of a row, unknown words, distinct keys."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from visittally.analyses.figure_columns import remark, row_column
from visittally.answers.axes import code_axis
from visittally.errors import Notice
from visittally.messages import _, listing
from visittally.survey.fields import PLACES
from visittally.tables.table import Cell, Column, Text
from visittally.words.folding import fold
from visittally.words.labels import not_recorded
from visittally.words.names import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.answers.axes import Axis, CodedAxis
    from visittally.answers.coding import Coding
    from visittally.counting.plan import Distinct
    from visittally.counting.tally import Frame, Tally
    from visittally.settings import Settings
    from visittally.words.dispositions import Dispositions

ROW_FIELDS = ("village", "group", "township", "county")
"""Fields of which the first that the files have makes the rows."""
SHOWN = 8
"""So many words, places, lines are named in a notice."""

Key = tuple[int, ...]
"""Positions of the keys of some axes; `()` is the total."""


# ---------------------------------------------------------------- which rows
def places_there(campaign: Campaign, fields: Sequence[str] = ROW_FIELDS) -> list[Axis]:
    """The axes of the fields that the files have, in order."""
    return [axis for field in fields if (axis := campaign.axis_of_field(field)) is not None]


def default_place(campaign: Campaign) -> Axis | None:
    """The village, or the groups of the only one that there is."""
    places = places_there(campaign)
    if len(places) > 1 and places[0].field == "village" and places[1].field == "group":
        village = places[0].variable
        small = all(layout.source.by_hand for layout in campaign.survey.layouts)
        if small and village is not None and len({fold(v) for v in campaign.sampled_values(village) if v.strip()}) == 1:
            return places[1]
    return next(iter(places), None)


def named_rows(campaign: Campaign) -> tuple[Axis, ...]:
    """The rows that the user asked for, none where nobody did.

    Raises:
        FieldError: A named field or column is not there.
    """
    return tuple(campaign.axis(name) for name in campaign.settings.by)


def row_notices(axis: Axis | None, without_place: str, reason: str = "") -> tuple[Notice, ...]:
    """Say what makes the rows, where that is not the village.

    Args:
        axis: What makes them; None: nothing does.
        without_place: What to say where nothing does.
        reason: Why it is not the village.
    """
    if axis is None:
        return (Notice("no_place", without_place),)
    if axis.field == "village":
        return ()
    if reason:
        text = _("{reason}; rows are made by {field}.").format(reason=reason, field=axis.label)
    else:
        text = _("No column looks like the village; rows are made by {field}.").format(field=axis.label)
    return (Notice("no_village", text),)


# ---------------------------------------------------------------- cells of a row
def by_columns(axes: Sequence[CodedAxis]) -> list[Column]:
    """The columns in which the rows are named; for programs also the labels of places that have codes."""
    columns = []
    for axis in axes:
        columns.append(row_column(axis.axis))
        if _has_codes(axis):
            columns.append(remark(f"{axis.axis.name}_label", label=axis.axis.label, people=False))
    return columns


def _has_codes(axis: CodedAxis) -> bool:
    return axis.axis.field in PLACES and bool(axis.labels)


def by_cells(axes: Sequence[CodedAxis], key: Key) -> list[Cell]:
    """The cells in which a row is named; nulls for the total, `()`."""
    return row_names(axes)(key)


def row_names(axes: Sequence[CodedAxis]) -> Callable[[Key], list[Cell]]:
    """Gives the cells in which a row is named by its key; nulls for the total, `()`."""
    told = [(axis.coding.keys, axis.labels, _has_codes(axis)) for axis in axes]
    unrecorded = not_recorded()
    nulls: list[Cell] = [Text(None) for _keys, _labels, coded in told for _cell in range(1 + coded)]

    def named(key: Key) -> list[Cell]:
        if not key:
            return [*nulls]
        cells: list[Cell] = []
        for (keys, labels, coded), i in zip(told, key, strict=True):
            name = keys[i]
            label = labels.get(name, "") or ("" if name else unrecorded)
            cells.append(Text(name, label))
            if coded:
                cells.append(Text(label or name))
        return cells

    return named


# ---------------------------------------------------------------- different keys
def distinct_by(
    tally: Tally,
    planned: Distinct,
    by: Sequence[CodedAxis],
    frame: Frame | None,
    settings: Settings,
    *,
    within: Axis | None = None,
) -> dict[tuple[str, ...], int]:
    """How many different keys there are in each row, and under `()` in all.

    Args:
        tally: What was counted.
        planned: The keys; their dimensions are those of `by`, then that of `within`.
        by: What makes the rows.
        frame: The combinations that the rows were made from: `by` are its first dimensions; None without rows.
        settings: Spellings of places.
        within: The village that a key is unique in; None where it is so everywhere.
    """
    keys = tally.keys.get(planned)
    combinations = [] if keys is None else keys.combinations
    maps = []
    for i, axis in enumerate(by):
        # Named as the rows are: among spellings of one place the commonest is the name.
        rows = _names(axis.coding.values, axis.coding)
        beside = {c[i]: 0 for c in combinations if c[i] not in rows}
        own = frame.value_counts(i) if beside and frame is not None else {}
        maps.append(_printed(axis.axis, {**beside, **own}, settings) if beside else rows)
    if within is not None:
        same = next((found for axis, found in zip(by, maps, strict=True) if axis.axis == within), None)
        maps.append(same or _printed(within, {c[len(by)]: 1 for c in combinations}, settings))
    scope = (len(by),) if within is not None else ()
    found = tally.distinct(planned, maps, tuple(range(len(by))), scope) if by else {}
    return {**found, (): tally.distinct(planned, maps, (), scope).get((), 0)}


def _printed(axis: Axis, values: Mapping[str, int], settings: Settings) -> dict[str, str | tuple[str, ...]]:
    return _names(values, code_axis(axis, values, settings).coding)


def _names(values: Iterable[str], coding: Coding) -> dict[str, str | tuple[str, ...]]:
    """Raw value -> the key that it stands for, or several."""
    keys = coding.keys
    return {
        value: keys[own[0]] if len(own) == 1 else tuple([keys[i] for i in own])
        for value, own in zip(values, coding.lists(), strict=True)
    }


# ---------------------------------------------------------------- words that nobody knows
def counted_words(words: Mapping[str, int]) -> str:
    """The commonest words with their numbers, personal details masked; those that are masked alike are one."""
    shown: Counter[str] = Counter()
    for word, n in zip(told(list(words)), words.values(), strict=True):
        shown[word] += n
    ordered = sorted(shown.items(), key=lambda word: (-word[1], word[0]))
    return listing(f"{word} ({n:,})" for word, n in ordered[:SHOWN])


def told_by_phrases(statuses: Mapping[str, int], known: Dispositions) -> tuple[Notice, ...]:
    """Say how many statuses are sentences of which a phrase decided what became of the issue."""
    n = sum(count for raw, count in statuses.items() if known.told_by(raw) == "phrase")
    if not n:
        return ()
    text = _(
        "{n:,} statuses are sentences, of which a phrase decided (visittally followup --table statuses lists them; "
        "[statuses] in visittally.toml corrects them)."
    )
    return (Notice("told_by_phrases", text.format(n=n)),)


def unknown_statuses(unknown: Mapping[str, int], known: Dispositions, written: int) -> tuple[Notice, ...]:
    """List the status words that no disposition is known for, with a mapping to fill in.

    Args:
        unknown: Statuses that are not known, and how often each occurs.
        known: What statuses stand for.
        written: Issues that have a status.
    """
    if not unknown:
        return ()
    text = _("Status words that are not known count as not recorded: {shown}. A mapping for visittally.toml:\n{toml}")
    fit = {word: n for (word, n), shown in zip(unknown.items(), told(list(unknown)), strict=True) if shown == word}
    toml = known.suggestion_toml(fit)
    listed = Notice("unknown_statuses", text.format(shown=counted_words(unknown), toml=toml))
    if 3 * sum(unknown.values()) < written:
        return (listed,)
    text = _(
        "A third or more of the statuses are not understood, so what was handled is told too low. Write them to a "
        'table (visittally followup FILES --table statuses -o statuses.xlsx), fill in its column "Correction", and '
        "run again with --statuses statuses.xlsx."
    )
    return (Notice("unclear_statuses", text), listed)
