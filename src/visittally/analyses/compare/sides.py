"""Which two parts are compared: two rounds read each as a survey of its own, or one survey split by a field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.analyses.campaign import load
from visittally.analyses.compare.parts import ComparedPart
from visittally.analyses.unit import Unit, whole_unit
from visittally.answers.axes import Axis
from visittally.counting.conditions import Matcher, split_condition
from visittally.counting.plan import Condition, Dimension
from visittally.dataclass import dataclass
from visittally.errors import FieldError, Notice, UsageError
from visittally.messages import _
from visittally.survey.projection import Projection
from visittally.survey.understanding import resolve
from visittally.words.dates import DateOrder, parse_day
from visittally.words.folding import fold
from visittally.words.joined import NO_COLUMN
from visittally.words.names import told
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts
    from visittally.settings import Settings


@dataclass(frozen=True, slots=True)
class Split:
    """Where one survey is cut in two.

    Attributes:
        axis: The field.
        day: The day that the later part begins with; None where records with the value are the later part.
        value: What the later part has.
    """

    axis: Axis
    value: str
    day: date | None = None

    @classmethod
    def of(cls, campaign: Campaign) -> Split:
        """Read --split FIELD=VALUE.

        Raises:
            FieldError: There is no such field.
            UsageError: It has no equals sign.
        """
        text = campaign.settings.split
        try:
            name, sign, value = split_condition(text)
        except ValueError:
            name, sign, value = "", "", ""
        if sign != "=" or not value:
            message = _('--split "{text}": expected FIELD=VALUE; a date cuts before it and from it on.')
            raise UsageError(message.format(text=text))
        axis = campaign.axis(name)
        if axis.suffix:
            raise UsageError(_('--split "{text}": a field without a suffix is cut.').format(text=text))
        day = parse_day(value)
        dated = axis.variable is not None and day is not None and _holds_days(campaign, axis)
        return cls(axis, value, day if dated else None)

    @property
    def dimension(self) -> Dimension:
        """What is counted apart."""
        assert self.axis.variable is not None or self.axis.field == "file"
        if self.day is not None and self.axis.variable is not None:
            return Dimension(self.axis.variable.name, Projection.DAY)
        return self.axis.dimension

    def parts(self, values: Mapping[str, int], matches: Matcher) -> tuple[frozenset[str], frozenset[str], int]:
        """The values of the earlier and of the later part, and how many cases are in neither.

        Args:
            values: The values of the field and how many cases have each.
            matches: Tells whether a value is the one that was asked for.
        """
        before, after, lost = set[str](), set[str](), 0
        order = DateOrder.learn(values)
        for value, n in values.items():
            if self.day is not None:
                day = parse_day(value, order)
                side = None if day is None else day >= self.day
            elif key_of(value.replace(NO_COLUMN, "")) in words("blank"):
                side = None
            else:
                side = matches.matches(value, self.axis.variable)
            if side is None:
                lost += n
            else:
                (after if side else before).add(value)
        return frozenset(before), frozenset(after), lost

    def matcher(self) -> Matcher:
        """The condition that the later part meets."""
        return Matcher(Condition(self.dimension, "=", self.value), f"{self.axis.name}={self.value}")


def _holds_days(campaign: Campaign, axis: Axis) -> bool:
    """Whether a field holds dates: most of its sampled cells are one."""
    assert axis.variable is not None
    values: dict[str, int] = {}
    for layout in campaign.survey.layouts:
        place = next(iter(layout.columns.get(axis.variable.name, ())), None)
        if place is not None:
            for row in layout.source.sampled:
                values[row[place]] = values.get(row[place], 0) + 1
    order = DateOrder.learn(values)
    filled = {value: n for value, n in values.items() if value.strip()}
    dated = sum(n for value, n in filled.items() if parse_day(value, order) is not None)
    return 2 * dated > sum(filled.values())


@dataclass(frozen=True, slots=True)
class Sides:
    """Two campaigns, which are one where a survey is split.

    Attributes:
        units: What a case is on each side.
    """

    before: Campaign
    after: Campaign
    units: tuple[Unit, Unit]
    split: Split | None = None

    @classmethod
    def of(cls, campaign: Campaign) -> Sides:
        """Open the earlier round, or cut the survey in two.

        Raises:
            FieldError: A field is not there.
            InputError: A file cannot be read.
            UsageError: Options that do not go together.
        """
        if campaign.settings.split:
            unit = _unit(campaign)
            return cls(campaign, campaign, (unit, unit), Split.of(campaign))
        earlier = load(_earlier(campaign.settings), runner=campaign.runner, progress=campaign.progress)
        return cls(earlier, campaign, (_unit(earlier), _unit(campaign)))

    @property
    def slice(self) -> Dimension | None:
        """The dimension that is counted apart where one survey is split."""
        return None if self.split is None else self.split.dimension

    def parts(
        self, counts: tuple[Counts, Counts], cases: tuple[Dimension, ...]
    ) -> tuple[ComparedPart, ComparedPart, list[Notice]]:
        """The two parts of what was counted.

        Args:
            counts: What was counted on each side.
            cases: Dimensions by which all cases were counted.

        Raises:
            FieldError: The split leaves one side without a case.
        """
        if self.split is None:
            return ComparedPart(self.before, counts[0]), ComparedPart(self.after, counts[1]), []
        whole = ComparedPart(self.after, counts[1], self.slice)
        values = whole.slice_values(cases, self.units[1].key)
        before, after, lost = self.split.parts(values, self.split.matcher())
        if not before or not after:
            text = _('--split "{text}" leaves one side without a record; values of {field} are, for example, {shown}.')
            shown = ", ".join(told(sorted(v.strip("\x00 ") for v in values if v.strip("\x00 ")))[:5])
            raise FieldError(text.format(text=self.after.settings.split, field=self.split.axis.name, shown=shown))
        found = []
        if lost:
            text = _("{n:,} cases are on neither side of the split: {field} is blank or cannot be read there.")
            found.append(Notice("split_lost", text.format(n=lost, field=self.split.axis.name)))
        return replace(whole, accepted=before), replace(whole, accepted=after), found

    def axis(self, name: str) -> tuple[Axis, Axis]:
        """A field on both sides; it may go by another header on the earlier one, as --match says.

        Raises:
            FieldError: A side does not have it.
        """
        later = self.after.axis(name)
        if self.split is not None:
            return later, later
        matches = {fold(new): old for old, new in self.after.settings.match.items()}
        variable = later.variable
        old = matches.get(fold(name)) or (matches.get(fold(variable.name)) if variable is not None else None)
        if old is not None:
            found = resolve(self.before.survey, old)
            return Axis(later.name, later.field, found.variable, later.suffix), later
        return self.before.axis(name), later

    def axis_of_field(self, field: str) -> tuple[Axis, Axis] | None:
        """A canonical field on both sides, None where one does not have it."""
        earlier, later = self.before.axis_of_field(field), self.after.axis_of_field(field)
        return None if earlier is None or later is None else (earlier, later)


def _earlier(settings: Settings) -> Settings:
    """What was asked, for the earlier round: its own files and form; headers that --match renames by their old name."""
    old = {fold(new): earlier for earlier, new in settings.match.items()}
    columns: dict[str, str | tuple[str, ...]] = {}
    for field, headers in settings.columns.items():
        listed = (headers,) if isinstance(headers, str) else headers
        # Each file takes the first header that it has: the earlier one may have the name of today, too.
        both = tuple(dict.fromkeys(name for header in listed for name in (old.get(fold(header), header), header)))
        columns[field] = both[0] if len(both) == 1 else both
    return settings.with_options(
        files=settings.before, form=settings.form_before, columns=columns, ticked=settings.ticked
    )


def _unit(campaign: Campaign) -> Unit:
    """What a case is on one side.

    Raises:
        FieldError: The files hold counts, not records.
        UsageError: A record stands for several visits, whose answers nobody wrote down one by one.
    """
    campaign.need_records()
    unit, _notices = whole_unit(campaign)
    if unit.households:
        text = _('A row counts as so many visits as "{column}" says, and shares of such rows cannot be compared. ')
        more = _("--per case compares rows; --period compares sums.")
        raise UsageError(text.format(column=unit.households) + more)
    return unit
