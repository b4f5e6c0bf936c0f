"""What a report says in words of its own: title, days of the visits, method, notices as its readers see them."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from visittally.analyses.intervals import no_intervals
from visittally.answers.axes import parse_days
from visittally.counting.plan import Dimension, Group, Plan
from visittally.findings import cautions, wording, written_day, written_span
from visittally.messages import _
from visittally.reading.losses import reasons
from visittally.render import RenderOptions
from visittally.survey.projection import Projection
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from datetime import date

    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts
    from visittally.settings import Settings
    from visittally.tables.table import Table

_HINT = pattern(r"\s*[（(][^（）()]*--[a-z][^（）()]*[）)]")
_ADVICE = pattern(r"(?:(?<=[.。;；])|^)\s*[^.。;；]*--[a-z][^.。;；]*(?:[.。;；]|$)")
"""A sentence that names an option: it is for whoever makes the report."""


def for_readers(message: str, settings: Settings) -> str:
    """A notice as those read it who are handed the report: without options, files without their folders."""
    for file in (*settings.files, settings.roster, *settings.form, *settings.before):
        if file:
            message = message.replace(file, PurePath(file).name)
    return _ADVICE.sub("", _HINT.sub("", message)).strip()


def title_of(campaign: Campaign, period: tuple[str, str] | None) -> str:
    """By its content: who hands it in, about when, what it is about."""
    settings = campaign.settings
    issues = campaign.counts is not None or campaign.survey.of_field("issue") is not None
    about = _("Report on the visits") if issues else _("Visits")
    when = settings.about_period or _month(period)
    if settings.unit and when:
        return _("{unit}: {about}, {when}").format(unit=settings.unit, about=about, when=when)
    if settings.unit or when:
        return _("{about}, {when}").format(about=about, when=settings.unit or when)
    return about


def _month(period: tuple[str, str] | None) -> str:
    """The month of a period that lies within one, the two months of another; "" without days."""
    if period is None:
        return ""
    first, last = (written_day(day[:7]) for day in period)
    year, sign, _rest = first.partition("年")
    if sign and last != first:  # in Chinese a year is not said twice
        last = last.removeprefix(year + sign)
    return _(" to ").join(dict.fromkeys((first, last)))


def method_of(
    campaign: Campaign,
    counts: Counts,
    found: dict[str, tuple[Table, ...]],
    period: tuple[str, str] | None,
    *,
    banded: bool,
) -> list[str]:
    """What was counted, of whom, when, what the percentages divide by, and what they must not be taken for."""
    receipt = counts.receipt
    files = _("{n:,} file(s).").format(n=len({file.file for file in receipt.files}))
    lines = [f"{files} {receipt.sentence()}"]
    if receipt.records_set_aside:
        lines.append(_("Set aside: {reasons}.").format(reasons=reasons(receipt)))
    if period:
        first, last = written_span(*period)
        lines.append(_("Visits from {first} to {last}.").format(first=first, last=last))
    for table in found.get("issues", ()):
        if table.name == "issues" and table.base is not None and table.base.text:
            lines.append(table.base.text)
            lines += [note for note in table.notes if note not in lines]
            lines += [wording()] if banded else []
    lines.append(_("Figures are rounded half to even when they are printed; parts need not add up to 100."))
    lines += cautions(found, RenderOptions(campaign.settings.digits, min_cell=campaign.settings.min_cell))
    if campaign.settings.purposive:
        lines.append(no_intervals(campaign.settings))
    elif not campaign.settings.complete:
        lines.append(
            _("The visits are not known to be a random sample: percentages describe those visited, not everybody.")
        )
    return lines


def days_plan(campaign: Campaign) -> Plan:
    """The days of the visits, for the basis of the report."""
    variable = campaign.survey.of_field("visit_date")
    groups = () if variable is None else (Group((Dimension(variable.name, Projection.DAY),)),)
    return Plan(groups, repeats=False)


def period_of(campaign: Campaign, counts: Counts) -> tuple[str, str] | None:
    """First and last day of the visits."""
    days: list[date] = []
    for group in days_plan(campaign).groups:
        values = counts.tally.frame(group).value_counts(0)
        found, _notices = parse_days(values, group.dimensions[0].variable)
        days = [day for day in found.values() if day is not None]
    return (min(days).isoformat(), max(days).isoformat()) if days else None
