"""`check`: what should be looked at again, and why it may be innocent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.analysis import Analysis, run
from visittally.analyses.campaign import guess_notices, unique_notices
from visittally.analyses.check import answering, handling, people, places, repeats, timing
from visittally.analyses.check.cases import Cases, differences, read_cases
from visittally.analyses.check.columns import CheckColumns, columns_of
from visittally.analyses.check.locks import SignalFound
from visittally.analyses.check.signals import signals
from visittally.analyses.check.tables import CheckFindings, tables_of
from visittally.analyses.check.thresholds import Thresholds, thresholds
from visittally.errors import Notice, UsageError
from visittally.messages import _, ngettext
from visittally.reading.receipt import Kind
from visittally.tables.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts

SOON = 7
"""Days within which a second visitor in a household is said."""
PROMISES = ("agreed", "recorded_reported", "referred", "in_progress", "long_term", "partly")
"""What becomes of an issue that somebody said would be seen to."""
DAYS, PAUSE, PAUSES = 5, 14, 5
"""Days with visits that there must be; a pause is said from so many days, and so many usual pauses, on."""


def check(campaign: Campaign) -> Analysis:
    """Look for records and visitors that should be looked at again.

    Raises:
        FieldError: A question or field that was named is not there.
        UsageError: A signal or a threshold that was named is none; the campaign ends before it begins.
    """
    settings = campaign.settings
    if "records" in settings.table and not settings.kept:
        raise UsageError(_("records needs -o FILE: it names files and lines."))
    if settings.since is not None and settings.until is not None and settings.since > settings.until:
        text = _("--from {since} is a later day than --to {until}.")
        raise UsageError(text.format(since=settings.since, until=settings.until))
    unknown = [name for name in settings.signal if name not in signals()]
    if unknown:
        text = _("There is no signal {names}. There are: {known}.")
        raise UsageError(text.format(names=", ".join(unknown), known=", ".join(signals())))
    limits = thresholds(settings.threshold)
    columns = columns_of(campaign)
    return Analysis(columns.plan, partial(_result, campaign, columns, limits))


def _result(campaign: Campaign, columns: CheckColumns, limits: Thresholds, counts: Counts) -> Result:
    cases = read_cases(campaign, columns, counts)
    wanted = campaign.settings.signal or tuple(signals())
    makers = _makers(campaign, columns, cases, limits, counts)
    found = {name: makers[name]() for name in signals() if name in wanted and name in makers}
    checked = CheckFindings(cases, columns, found, limits, campaign.settings)
    tables, people = tables_of(checked, counts)
    notices = [
        *campaign.notices(),
        *campaign.unused_statuses(),
        *counts.notices,
        *guess_notices(campaign.survey, columns.fields),
    ]
    notices += [*_notices(campaign, columns, cases), *_said_of_all(campaign, cases)]
    if campaign.settings.public:
        text = _("check --public leaves out what is said of single visitors and records: {names}.")
        notices.append(Notice("left_out", text.format(names="signals, visitors, records")))
    return Result(tables, counts.receipt, unique_notices(notices), people)


def _makers(
    campaign: Campaign, columns: CheckColumns, cases: Cases, limits: Thresholds, counts: Counts
) -> Mapping[str, Callable[[], SignalFound]]:
    """What finds each signal."""
    settings = campaign.settings
    handled = handling.Handled(cases, campaign.dispositions)

    def differing(pairs: Sequence[tuple[int, int]]) -> list[int]:
        return differences(campaign, columns, counts, cases, pairs)

    return {
        "duplicate": lambda: _with_set_aside(repeats.duplicate(cases, differing), counts),
        "near_duplicate": lambda: repeats.near_duplicate(cases, limits),
        "identical_text": lambda: repeats.identical_text(cases, limits),
        "boilerplate": lambda: repeats.boilerplate(cases, limits),
        "short": lambda: timing.short(cases, limits),
        "pace": lambda: timing.pace(cases, limits),
        "overlap": lambda: timing.overlap(cases, limits),
        "per_day": lambda: timing.per_day(cases, limits),
        "burst": lambda: timing.burst(cases, limits),
        "lag": lambda: timing.lag(cases, limits),
        "night": lambda: timing.night(cases, limits),
        "outside": lambda: timing.outside(cases, settings.since, settings.until),
        "crowding": lambda: timing.crowding(cases, limits),
        "dont_know": lambda: answering.dont_know(cases, limits),
        "refused_answers": lambda: answering.refused_answers(cases, limits),
        "missing": lambda: answering.missing(cases, limits),
        "other": lambda: answering.other(cases, limits),
        "straightline": lambda: answering.straightline(cases, limits, settings.scale),
        "extreme": lambda: answering.extreme(cases, limits, settings.scale),
        "heaping": lambda: answering.heaping(cases, limits),
        "no_issue": lambda: handling.no_issue(cases, limits),
        "perfect": lambda: handling.perfect(cases, handled),
        "closed_early": lambda: handling.closed_early(cases, handled),
        "closed_bare": lambda: handling.closed_bare(cases, handled, limits),
        "reopened": lambda: handling.reopened(cases, handled),
        "bunching": lambda: handling.bunching(_units(cases, handled), limits),
        "phone_shared": lambda: people.phone_shared(cases, limits),
        "visited_often": lambda: people.visited_often(cases, limits),
        "absent": lambda: people.absent(cases, limits),
        "own_form": lambda: people.own_form(cases, limits),
        "not_confirmed": lambda: people.not_confirmed(cases, limits),
        "position_same": lambda: places.position_same(cases, limits),
        "position_far": lambda: places.position_far(cases, limits),
        "outlier": lambda: answering.outlier(cases),
        "coverage_over": lambda: _coverage_over(campaign, limits),
    }


def _coverage_over(campaign: Campaign, limits: Thresholds) -> SignalFound:
    """Places of the roster in which more was visited than was planned."""
    if not campaign.settings.roster:
        return SignalFound("coverage_over", state="no_column", threshold=limits.coverage_over)
    from visittally.analyses.coverage.cover import cover

    settings = campaign.settings.with_options(by=(), public=False, min_cell=0)
    places = run(replace(campaign, settings=settings), cover).tables["places"].to_pandas()
    planned = places[places["target"] > 0]
    over = int((100 * planned["visited"] > limits.coverage_over * planned["target"]).sum())
    return SignalFound("coverage_over", len(planned), over, None, (), "computed", limits.coverage_over)


def _with_set_aside(found: SignalFound, counts: Counts) -> SignalFound:
    """The repeated records with those that the reading set aside as the same record twice."""
    aside = sum(file.counts[Kind.DUPLICATE] for file in counts.receipt.files)
    found.base += aside
    found.count += aside
    return found


def _units(cases: Cases, handled: handling.Handled) -> list[tuple[int, int]]:
    """Handled and collected issues of each village with more than one record."""
    return [
        (int(handled.handled[group].sum()), int(handled.collected[group].sum()))
        for group in repeats.groups_of(cases.village)
    ]


def _notices(campaign: Campaign, columns: CheckColumns, cases: Cases) -> list[Notice]:
    found = []
    outcome = columns.fields.get("visit_outcome")
    if outcome is not None and "visit_outcome" not in campaign.survey.fields:
        text = _('"{name}" was taken for whether there was an interview (--column visit_outcome=HEADER takes another).')
        found.append(Notice("consent", text.format(name=outcome.name)))
    if columns.visitor is None:
        text = _(
            "No column says who made the visits, so nothing is said of visitors: --column visitor=HEADER names one."
        )
        found.append(Notice("no_visitor", text))
    if cases.too_large:
        text = _("There are too many answers to hold them all; signals that compare answers were not computed.")
        found.append(Notice("too_large", text))
    if campaign.form is None and columns.questions.all:
        text = _(
            "Without the form, which questions were skipped is not known: only blanks where nearly all answered count."
        )
        found.append(Notice("no_form", text))
    return found


def _said_of_all(campaign: Campaign, cases: Cases) -> list[Notice]:
    """What is no matter of single visitors: issues nobody was told the outcome of, households visited by several."""
    if campaign.settings.hides_small_counts:
        return []
    found = []
    if cases.status is not None and "reply_date" not in cases.days:
        handled = handling.Handled(cases, campaign.dispositions)
        text = _(
            "Collected {collected:,}, handled {handled:,}, answered back: not recorded "
            "(no column holds a date of reply)."
        )
        weights = np.ones(len(cases), np.int64) if cases.mentions is None else cases.mentions
        collected, done = (int(weights[flags].sum()) for flags in (handled.collected, handled.handled))
        found.append(Notice("answered_back", text.format(collected=collected, handled=done)))
    found += [*_promises(cases, campaign), *_rhythm(cases)]
    several = sum(_by_several(cases, group) for group in repeats.groups_of(cases.household))
    if several:
        text = ngettext(
            "{n:,} household was visited by different visitors within {days} days.",
            "{n:,} households were visited by different visitors within {days} days.",
            several,
        )
        found.append(Notice("visited_by_several", text.format(n=several, days=SOON)))
    return found


def _promises(cases: Cases, campaign: Campaign) -> list[Notice]:
    """Issues that are under way, of which nobody wrote down until when."""
    if cases.status is None:
        return []
    handled = handling.Handled(cases, campaign.dispositions)
    promised = handled.collected & np.isin(handled.code, PROMISES)
    dated = np.zeros(len(cases), bool)
    for name in ("due_date", "reply_date", "resolved_date"):
        if name in cases.days:
            dated |= cases.days[name] >= 0
    n, without = int(promised.sum()), int((promised & ~dated).sum())
    if not without:
        return []
    text = _(
        "Agreed, referred, reported or under way: {n:,} issues; {without:,} of them have no date "
        "until when (due, reply, resolved)."
    )
    return [Notice("promises", text.format(n=n, without=without))]


def _rhythm(cases: Cases) -> list[Notice]:
    """A pause in the visits, many times as long as is usual between two days of visits."""
    days = np.unique(cases.day[cases.day >= 0])
    if len(days) < DAYS:
        return []
    pauses = np.diff(days)
    longest = int(pauses.argmax())
    if pauses[longest] < max(PAUSE, PAUSES * float(np.median(pauses))):
        return []
    text = _("Between {before} and {after} nobody made a visit ({days:,} days); before and after there were some.")
    before, after = (date.fromordinal(int(days[longest + i])).isoformat() for i in (0, 1))
    return [Notice("pause", text.format(before=before, after=after, days=int(pauses[longest]) - 1))]


def _by_several(cases: Cases, group: np.ndarray) -> bool:
    """Whether two visitors came to a household soon after each other."""
    known = group[(cases.day[group] >= 0) & (cases.visitor[group] >= 0)]
    order = known[np.argsort(cases.day[known], kind="stable")]
    gaps, who = np.diff(cases.day[order]), cases.visitor[order]
    return bool(((gaps <= SOON) & (who[1:] != who[:-1])).any())
