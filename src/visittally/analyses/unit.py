"""What a case is: a record, a visit that fills several rows, or a household."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np

from visittally.counting.tally import Frame
from visittally.dataclass import dataclass
from visittally.errors import Notice, UsageError
from visittally.messages import _
from visittally.survey.fields import alias_ranks, unsure_fields
from visittally.survey.headers import last_part
from visittally.words.ledgers import numbers_rows
from visittally.words.own_ledger import is_own_ledger
from visittally.words.quantities import parse as parse_quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.survey.variables import Variable

_TELLING = 3
"""A name alone, or with its place, tells no visit."""
_SHARE = 0.05
"""From this share of repeated visits with another issue on, rows are taken for issues."""
_CHANCE = 1
"""So many of them may be chance, however few records there are."""


@dataclass(frozen=True, slots=True)
class _Repeats:
    """How many of some records are further rows of a visit, with another issue; `told`: as their ledger asks for.

    `same` are further rows with the same issue.
    """

    n: int
    records: int
    told: bool = False
    same: int = 0

    @property
    def share(self) -> float:
        return self.n / self.records if self.records else 0.0

    @property
    def many(self) -> bool:
        return self.n > 0 if self.told else self.n > _CHANCE and self.share >= _SHARE


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted as one case.

    Attributes:
        name: case, household or visit.
        key: Names of the variables that identify it; empty where each record is a case.
        households: Name of the variable that says for how many visits a record stands; "" where each is one.
        rows: Whether a row is an issue of the visit: then each row's mention counts, the same issue twice, too.
    """

    name: str = "case"
    key: tuple[str, ...] = ()
    rows: bool = False
    households: str = ""
    notices: Sequence[Notice] = field(default=())


def decide_unit(campaign: Campaign) -> Unit:
    """The unit that --per asks for, else the grain of the files: records, or visits with a row for each issue.

    Raises:
        UsageError: --per household or visit without a household column, or with weights.
    """
    asked = campaign.settings.per
    household = campaign.survey.of_field("household_id")
    rows = campaign.survey.of_field("visit_rows")
    numbered = rows if rows is not None else _visit_id(campaign)
    if asked == "visit" and numbered is not None and not campaign.settings.weight:
        # Numbers may begin anew in each village.
        village = campaign.survey.of_field("village")
        return Unit("visit", tuple(v.name for v in (numbered, village) if v is not None), rows=True)
    if asked in ("household", "visit"):
        if household is None:
            text = _("--per {unit} needs a household column; say which: --column household_id=HEADER")
            raise UsageError(text.format(unit=asked))
        if campaign.settings.weight:
            raise UsageError(
                _("--per {unit} does not go with --weight: a weight belongs to a record.").format(unit=asked)
            )
        return Unit(asked, _key(campaign, household, visit=asked == "visit"))
    if asked == "case" or campaign.settings.weight:
        return Unit()
    if rows is not None:
        return Unit("visit", (rows.name,), rows=True)
    return _by_visit_id(campaign) or (_by_name(campaign) if household is None else _by_grain(campaign, household))


def _visit_id(campaign: Campaign) -> Variable | None:
    """The column of the numbers of visits, where its header says so."""
    visit = campaign.survey.of_field("visit_id")
    return visit if visit is not None and "visit_id" in alias_ranks(last_part(visit.name)) else None


def _by_visit_id(campaign: Campaign) -> Unit | None:
    """Visits where rows repeat the number of an interview beside another issue, each number in one village."""
    visit, issue = _visit_id(campaign), campaign.survey.of_field("issue")
    if visit is None or issue is None:
        return None
    village = campaign.survey.of_field("village")
    repeated = _repeated(campaign, (visit.name,), visit.name, issue.name)
    moved = village is not None and _repeated(campaign, (visit.name,), visit.name, village.name).n
    if not repeated.n or moved:
        return None
    if not repeated.many:
        text = _(
            '{share:.1f} % of the records repeat a number in "{column}" with another issue and count as visits of '
            "their own (--per visit counts visits)."
        )
        return Unit(notices=(Notice("grain_unknown", text.format(share=100 * repeated.share, column=visit.name)),))
    text = _(
        '{share:.0f} % of the records repeat a number in "{column}" with another issue: a row is an issue here, '
        "a case is a visit (--per case counts rows)."
    )
    notice = Notice("grain", text.format(share=100 * repeated.share, column=visit.name))
    return Unit("visit", (visit.name,), rows=True, notices=(notice,))


def rows_of_households(campaign: Campaign, unit: Unit) -> tuple[Unit, tuple[Notice, ...]]:
    """The unit where a column says how many households each record stands for, and what is to be said about it."""
    from visittally.survey.numbers_beside import households_of_rows, numbers_of_issues, unread_counts

    name = households_of_rows(campaign.survey)
    if not name:
        beside = numbers_of_issues(campaign.survey)
        if not beside:
            return unit, ()
        text = _(
            'Each row counts once, although "{column}" gives a number for each: if it says how many visits or issues '
            'a row stands for, --weight "{column}" counts them.'
        )
        return unit, (Notice("numbers_of_issues", text.format(column=beside)),)
    text = _('A row counts as so many visits as "{column}" says; its issues count once (--per case counts rows).')
    said = Notice("rows_of_households", text.format(column=name))
    return replace(unit, households=name), (said, *unread_counts(campaign.survey, (name,), once=True))


def whole_unit(campaign: Campaign) -> tuple[Unit, tuple[Notice, ...]]:
    """What a case is, and for how many of them each record stands: as `summarize` counts."""
    unit, settings = decide_unit(campaign), campaign.settings
    if unit.name != "case" or settings.weight or settings.per or settings.counts == "no":
        return unit, ()
    return rows_of_households(campaign, unit)


def times_of(frame: Frame, dimension: int) -> np.ndarray:
    """For how many cases each combination of a frame stands, where a dimension says so; a blank stands for one."""
    times = np.array([_households(value) for value in frame.values[dimension]], np.int64)
    return np.asarray(frame.counts * times[frame.codes[:, dimension]] if len(times) else frame.counts)


def times_households(frame: Frame) -> Frame:
    """A frame without its last dimension, which says how many cases each record stands for; a blank stands for one."""
    values = frame.values[-1]
    times = np.array([_households(value) for value in values], np.int64)
    counts = frame.counts * times[frame.codes[:, -1]] if len(values) else frame.counts
    return Frame(frame.values[:-1], frame.codes[:, :-1], counts)


def _households(cell: str) -> int:
    value = parse_quantity(cell).value
    return 1 if value is None else int(value)


def _key(campaign: Campaign, household: Variable, *, visit: bool) -> tuple[str, ...]:
    """What identifies a household, or a visit to it: household numbers repeat over villages."""
    place = (campaign.home.field,) if campaign.home is not None else ()
    fields = (*place, "visit_date", "visitor") if visit else place
    return (household.name, *(v.name for f in fields if (v := campaign.survey.of_field(f))))


def _by_grain(campaign: Campaign, household: Variable) -> Unit:
    """Visits where the rows of the files are issues, else records."""
    issue = campaign.survey.of_field("issue")
    visit = _key(campaign, household, visit=True)
    if issue is None or len(visit) == len(_key(campaign, household, visit=False)):
        return Unit(notices=joined_households(campaign, household))
    repeated = _repeated(campaign, visit, household.name, issue.name)
    twice = (*_written_twice(campaign, repeated), *joined_households(campaign, household))
    if not repeated.n:
        return Unit(notices=twice)
    if not repeated.many:
        text = _(
            "{share:.1f} % of the records repeat a household on the same day with another issue and count as visits "
            "of their own (--per visit counts visits)."
        )
        return Unit(notices=(Notice("grain_unknown", text.format(share=100 * repeated.share)), *twice))
    text = _(
        "{share:.0f} % of the records repeat a household on the same day with another issue: a row is an issue here, "
        "a case is a visit (--per case counts rows)."
    )
    said = Notice("grain", text.format(share=100 * repeated.share))
    return Unit("visit", visit, rows=True, notices=(said, *twice))


def joined_households(campaign: Campaign, household: Variable) -> tuple[Notice, ...]:
    """What is to be said where a cell names several households."""
    from visittally.survey import numbers_beside

    found = numbers_beside.joined_households(campaign.survey, household.name)
    return () if found is None else (found,)


def _written_twice(campaign: Campaign, repeated: _Repeats) -> tuple[Notice, ...]:
    """What is to be said of records of the same visit and issue where running numbers make each another one."""
    headers = (header for layout in campaign.survey.layouts for header in layout.source.header)
    if not repeated.same or not any(map(numbers_rows, headers)):
        return ()
    text = _(
        "{share:.1f} % of the records repeat household, day and issue of another one, running numbers aside; they are "
        "counted, as nothing says that they are mistakes."
    )
    return (Notice("written_twice", text.format(share=100 * repeated.same / repeated.records)),)


def _by_name(campaign: Campaign) -> Unit:
    """Records; loudly so where a name of those visited comes again on the same day in the same place."""
    survey = campaign.survey
    issue, visitor = survey.of_field("issue"), survey.fields.get("visitor")
    if issue is None or any(layout.tool or not layout.source.by_hand for layout in survey.layouts):
        return Unit()
    for named in survey.variables.values():
        visit = _key(campaign, named, visit=True)
        visited = named.personal or "household_id" in unsure_fields(last_part(named.name))
        if not visited or len(named.parts) > 1 or named.name in {visitor, issue.name} or len(visit) < _TELLING:
            continue
        if joined := joined_households(campaign, named):
            return Unit(notices=joined)
        repeated = _repeated(campaign, visit, named.name, issue.name)
        if repeated.many:
            text = _(
                '{share:.0f} % of the records repeat a "{column}" on the same day and in the same place with another '
                'issue. If a row is an issue there: --column household_id="{column}" counts visits, not rows.'
            )
            said = text.format(share=100 * repeated.share, column=last_part(named.name))
            return Unit(notices=(Notice("grain_unknown", said),))
    return Unit()


def _repeated(campaign: Campaign, visit: tuple[str, ...], household: str, issue: str) -> _Repeats:
    """The sampled records with a household key, and how many of them repeat a visit with another issue."""
    import numpy as np

    from visittally.counting.keys import BLANK, cell_hashes
    from visittally.reading.hashing import combine_hashes, sort_words

    visits, pairs = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    for layout in campaign.survey.layouts:
        places = {name: [p for p in layout.columns[name] if p is not None] for name in (*visit, issue)}
        if not places[household]:
            continue
        for block in layout.source.judged(sorted({p for several in places.values() for p in several})):
            cells = {p: cell_hashes(column) for p, column in block.columns.items()}
            keyed = np.logical_or.reduce([cells[p] != BLANK for p in places[household]])
            # A column that a file lacks is blank there.
            own = [
                [cells[p][keyed] for p in places[name]] or [np.full(int(keyed.sum()), BLANK)]
                for name in (*visit, issue)
            ]
            visits.append(combine_hashes([one for several in own[:-1] for one in several]))
            pairs.append(combine_hashes([visits[-1], *own[-1]]))
    records = sum(map(len, visits))
    different = [len(sort_words(np.concatenate(found), distinct=True)) for found in (pairs, visits)]
    told = all(is_own_ledger(layout.source.header) for layout in campaign.survey.layouts)
    return _Repeats(different[0] - different[1], records, told, records - different[0])
