"""What a report says in words of its own: title, days of the visits, method, notices as its readers see them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from visittally.analyses.intervals import no_intervals
from visittally.answers.axes import parse_days
from visittally.counting.plan import Dimension, Group, Plan
from visittally.findings import cautions, wording
from visittally.messages import _, language, ngettext
from visittally.reading.losses import reasons
from visittally.render import RenderOptions
from visittally.survey.projection import Projection
from visittally.words.patterns import pattern
from visittally.words.written_days import written_span

if TYPE_CHECKING:
    from datetime import date

    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts
    from visittally.settings import Settings
    from visittally.tables.table import Table

_HINT = pattern(r"\s*[（(][^（）()]*--[a-z][^（）()]*[）)]")
_ADVICE = pattern(r"(?<![\w-])(?:--[a-z]|-[A-Za-z](?!\w)|visittally\b)")
_SENTENCE_ENDS = pattern(r"(?<=[。；])|(?<=[.;])(?=\s)")


def for_readers(message: str, settings: Settings) -> str:
    """A notice as those read it who are handed the report: without options, files without their folders.

    Sentences that name an option or the program are for whoever makes the report.
    """
    for file in (*settings.files, settings.roster, *settings.form, *settings.before):
        if file:
            message = message.replace(file, PurePath(file).name)
            # Of a folder that was named each file is told by its own name.
            message = re.sub(rf"(?<![\w./\\-]){re.escape(PurePath(file).name)}[/\\]", "", message)
    said = [part for part in _SENTENCE_ENDS.split(_HINT.sub("", message)) if not _ADVICE.search(part)]
    text = "".join(said).strip()
    if text.endswith((";", "；")):
        text = text[:-1] + (". " if text.endswith(";") else "。").strip()
    return text


def table_for_readers(table: Table, settings: Settings) -> Table:
    """A table with its notes as those read them who are handed the report."""
    notes = tuple(filter(None, (for_readers(note, settings) for note in table.notes)))
    brief = None if table.brief is None else table_for_readers(table.brief, settings)
    return replace(table, notes=notes, brief=brief)


def title_of(campaign: Campaign, period: tuple[str, str] | None) -> str:
    """By its content: who hands it in, about when, what it is about."""
    settings = campaign.settings
    issues = campaign.counts is not None or campaign.survey.of_field("issue") is not None
    about = _("Report on the visits") if issues else _("Report of visits")
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
    return _(" to ").join(dict.fromkeys(written_span(period[0][:7], period[1][:7])))


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
    n = len({file.file for file in receipt.files})
    files = ngettext("{n:,} file.", "{n:,} files.", n).format(n=n)
    lines = [f"{files}{'' if language() == 'zh' else ' '}{receipt.sentence()}"]
    if receipt.records_set_aside:
        lines.append(_("Set aside: {reasons}.").format(reasons=reasons(receipt)))
    if period:
        first, last = written_span(*period)
        text = _("The visits were made from {first} to {last}.") if period[0] != period[1] else _("Visits of {first}.")
        lines.append(text.format(first=first, last=last))
    for table in found.get("issues", ()):
        if table.name == "issues" and table.base is not None and table.base.text:
            lines.append(table.base.text)
            lines += [note for note in table.notes if note not in lines]
            lines += [wording()] if banded else []
    lines.append(_("Figures are rounded when they are printed (half to even): percentages need not add up to 100."))
    lines += cautions(found, RenderOptions(campaign.settings.digits, min_cell=campaign.settings.min_cell))
    if campaign.settings.purposive:
        lines = [line for line in lines if line != no_intervals(campaign.settings)]
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
