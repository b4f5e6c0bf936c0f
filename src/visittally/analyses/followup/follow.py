"""What became of the issues: handled, resolved, open, overdue; how long it took; whether people heard back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.analysis import Analysis
from visittally.analyses.campaign import Campaign, guess_notices, texts_notice, unique_notices
from visittally.analyses.followup.contacts import contacts_group, contacts_table
from visittally.analyses.followup.figures import DATES, Followup, Interpreter, IssuePlan, Key
from visittally.analyses.followup.handling import Figures, measure
from visittally.analyses.followup.pairs import columns_of_pairs, pairing_in
from visittally.analyses.rows import default_place, named_rows, unknown_statuses
from visittally.answers.coding import (
    Coding,
    explode,
    per_value,
)
from visittally.answers.lines import Lines, sums
from visittally.answers.one_by_one import beside_issue, one_by_one
from visittally.answers.paired_statuses import paired, told_in_pairs
from visittally.counting.plan import Plan
from visittally.errors import FieldError, Notice
from visittally.messages import _
from visittally.tables.result import Result, Tables
from visittally.words.daycodes import UNDATED, code_days
from visittally.words.dispositions import UNKNOWN
from visittally.words.replies import ANSWERS, answer_of, unrated
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from visittally.answers.axes import CodedAxis
    from visittally.counting.engine import Counts
    from visittally.counting.plan import Group
    from visittally.counting.tally import Frame
    from visittally.tables.table import Table

MANY_OPEN = 0.2
"""From this share of open issues on it is said where nobody was answered."""
ON_REQUEST = ("what_changed", "list", "replies_owed")
"""Tables that people see only when they name them."""


def follow(campaign: Campaign) -> Analysis:
    """Follow the issues up.

    Raises:
        FieldError: There is no status column, or a named field is not there.
    """
    campaign.need_records()
    plan = _plan(campaign)
    by_issue = None if plan.issue is None or plan.per_case else IssuePlan.of(campaign, (plan.issue,), plan.status)
    plans = (plan,) if by_issue is None else (plan, by_issue)
    groups = dict.fromkeys(group for one in plans for group in (one.main, one.replies) if group is not None)
    contacts = contacts_group(campaign, plan.axes)
    groups |= {} if contacts is None else {contacts: None}
    return Analysis(Plan(tuple(groups)), partial(_result, campaign, plan, by_issue))


def _result(campaign: Campaign, plan: IssuePlan, by_issue: IssuePlan | None, counts: Counts) -> Result:
    from visittally.analyses.followup.tables import makers_of
    from visittally.analyses.followup.worklist import replies_owed, work_list

    followup, notices, interpreter = _figures(campaign, plan, counts)
    makers = makers_of(followup, campaign.settings, interpreter.known)
    if by_issue is not None:
        makers["what_changed"] = lambda: _what_changed(campaign, by_issue, counts)
    # The list takes another reading of the files, so it is made only if it is asked for.
    makers["list"] = lambda: work_list(campaign, plan, interpreter, counts, followup.as_of)
    if "reply_date" in plan.answers:
        makers["replies_owed"] = lambda: replies_owed(campaign, plan, interpreter, counts, followup.as_of)
    contacts = contacts_group(campaign, plan.axes)
    if contacts is not None:
        makers["contacts"] = lambda: contacts_table(campaign, plan.axes, contacts, counts)
    tables = Tables(makers)
    people = tuple(name for name in tables if name not in ON_REQUEST)
    return Result(tables, counts.receipt, unique_notices(notices), people)


def _what_changed(campaign: Campaign, by_issue: IssuePlan, counts: Counts) -> Table:
    """What people said and what was done about it, for those who said it: one row an issue."""
    from visittally.analyses.followup.tables import makers_of, what_changed

    followup, _notices, interpreter = _figures(campaign, by_issue, counts)
    return what_changed(makers_of(followup, campaign.settings, interpreter.known)["summary"]())


def _plan(campaign: Campaign) -> IssuePlan:
    status = campaign.axis_of_field("status")
    if status is None:
        files = ", ".join(dict.fromkeys(layout.source.file for layout in campaign.survey.layouts))
        text = _(
            "{files}: no column looks like the status of the issues. Columns are: {columns}. "
            "Say which: --column status=HEADER"
        )
        shown = [v.name for v in campaign.survey.questions()][:40]
        raise FieldError(text.format(files=files, columns=", ".join(shown)))
    place = default_place(campaign)
    axes = named_rows(campaign) or (() if place is None else (place,))
    return IssuePlan.of(campaign, axes, status)


def _figures(campaign: Campaign, plan: IssuePlan, counts: Counts) -> tuple[Followup, list[Notice], Interpreter]:
    """Interpret what was counted: all that the tables are made from."""
    settings = campaign.settings
    frame = _frame(campaign, plan, counts, plan.main)
    interpreter = Interpreter.of(plan, settings, frame)
    axes, codings = interpreter.axes, interpreter.codings
    codes = interpreter.codes(frame, plan.main.dimensions)
    days, happened, day_notices = _days(plan, frame)
    if plan.replies is not None and "reply_date" in plan.answers:
        happened.append(_newest_reply(plan, _frame(campaign, plan, counts, plan.replies)))
    as_of = settings.as_of or max((day for day in happened if day is not None), default=None)
    extra = _facts(interpreter, frame, codes, days)
    today = UNDATED if as_of is None else as_of.toordinal()
    keys, found = measure(*_exploded(plan, interpreter, frame, codings, extra), plan.columns, interpreter.known, today)
    coding_notices = [] if interpreter.issues is None else list(interpreter.issues.notices)
    if plan.replies is not None:
        answered = _frame(campaign, plan, counts, plan.replies)
        found = {**found, **_replies(interpreter, answered, keys)}
        if "satisfaction" in plan.answers:
            at = plan.replies.dimensions.index(plan.answers["satisfaction"])
            coding_notices += unrated(answered.value_counts(at))
    statuses = _statuses(plan, interpreter, frame, codings, extra, codes)
    pairing = None if _own_status(plan) else pairing_in(campaign, plan, counts)
    followup = Followup(
        axes, keys, found, statuses, as_of, "due_date" in days, {"visit_date", "resolved_date"} <= days.keys(),
        frozenset(plan.answers), plan.per_case, plan.legacy is not None, _own_status(plan) or pairing is not None,
    )  # fmt: skip
    notices = [*campaign.notices(), *counts.notices, *_notices(campaign, plan, axes, followup), *coding_notices]
    if not _own_status(plan):
        main = plan.main
        frame = counts.tally.frame(main)
        notices += told_in_pairs(pairing, frame, main.dimensions, campaign.survey, campaign.dispositions)
    return followup, [*notices, *day_notices, *_unknown(followup, interpreter)], interpreter


def _own_status(plan: IssuePlan) -> bool:
    """Whether a record that names several issues has a status for each of them."""
    return plan.status is not None and plan.status.variable is not None and len(plan.status.variable.parts) > 1


def _frame(campaign: Campaign, plan: IssuePlan, counts: Counts, group: Group) -> Frame:
    """What was counted, each issue by itself where it has a status of its own in its record."""
    issue = None if plan.issue is None or plan.per_case else plan.issue.variable
    places = beside_issue(campaign.survey, group.dimensions, issue)
    frame = one_by_one(counts.tally.frame(group), places)
    pairing = None if places else pairing_in(campaign, plan, counts)
    at = columns_of_pairs(plan, group)
    return frame if pairing is None or at is None else paired(frame, at, pairing)


def _exploded(
    plan: IssuePlan,
    interpreter: Interpreter,
    frame: Frame,
    codings: Mapping[int, Coding],
    extra: Mapping[str, np.ndarray],
) -> tuple[Lines, Lines]:
    """One line for each row and issue, and the same over all rows."""
    at = None if plan.issue is None else plan.common.index(plan.issue.dimension)
    columns = set(plan.columns)
    counted = {d: coding for d, coding in codings.items() if d in columns or (d == at and not plan.per_case)}
    lines = explode(frame, counted, extra)
    once = explode(frame, {d: c for d, c in counted.items() if d == at and not plan.per_case}, extra)
    if plan.per_case and interpreter.issues is not None:
        return lines.only(lines["raised"]), once.only(once["raised"])
    return lines, once


def _facts(
    interpreter: Interpreter, frame: Frame, codes: Sequence[str], days: Mapping[str, np.ndarray]
) -> dict[str, np.ndarray]:
    """What is true of each combination: its disposition, whether an issue was raised, its dates."""
    plan, known = interpreter.plan, interpreter.known
    dimensions = plan.common
    at = dimensions.index(plan.status.dimension)
    listed = list(known.codes)
    found = {"code": per_value(frame, at, [listed.index(code) for code in codes], int)}
    found["question"] = interpreter.kinds(frame, dimensions)
    found["legacy"] = interpreter.old(frame, dimensions)
    found["raised"] = np.ones(len(frame.counts), bool)
    if plan.issue is not None and interpreter.issues is not None:
        found["raised"] = per_value(frame, dimensions.index(plan.issue.dimension), interpreter.issues.raised)
    return {**found, **days}


def _newest_reply(plan: IssuePlan, frame: Frame) -> date | None:
    """The newest day on which somebody was told what became of an issue."""
    assert plan.replies is not None
    at = plan.replies.dimensions.index(plan.answers["reply_date"])
    return code_days("reply_date", frame.values[at], frame.value_counts(at)).newest


def _days(plan: IssuePlan, frame: Frame) -> tuple[dict[str, np.ndarray], list[date | None], list[Notice]]:
    """The dates of each combination, and of each kind the newest day on which something happened."""
    found: dict[str, np.ndarray] = {}
    newest: list[date | None] = []
    notices: list[Notice] = []
    for name in plan.dates:
        at = plan.main.dimensions.index(plan.day(name))
        coded = code_days(name, frame.values[at], frame.value_counts(at))
        found[name] = coded.ordinals[frame.codes[:, at]] if len(frame.values[at]) else np.zeros(len(frame.counts), int)
        notices += coded.notices
        if name != "due_date":
            newest.append(coded.newest)
    return found, newest, notices


def _statuses(
    plan: IssuePlan,
    interpreter: Interpreter,
    frame: Frame,
    codings: Mapping[int, Coding],
    extra: Mapping[str, np.ndarray],
    codes: Sequence[str],
) -> dict[tuple[str, str], int]:
    """Issues by raw status and what it was taken for."""
    at = plan.common.index(plan.status.dimension)
    values = {**extra, "status": frame.codes[:, at]}
    _lines, once = _exploded(plan, interpreter, frame, codings, values)
    found: dict[tuple[str, str], int] = {}
    for (position,), n in sums(once, ["status"]).items():
        key = (frame.values[at][position].strip("\x00 "), codes[position])
        found[key] = found.get(key, 0) + int(n)
    return dict(sorted(found.items(), key=lambda entry: (-entry[1], entry[0])))


def _replies(interpreter: Interpreter, frame: Frame, keys: Sequence[Key]) -> Figures:
    """Issues answered back, rated, raised again, for each row."""
    plan, axes = interpreter.plan, interpreter.axes
    assert plan.replies is not None
    dimensions = plan.replies.dimensions
    codes = interpreter.codes(frame, dimensions)
    extra = _facts(interpreter, frame, codes, {})
    for name, dimension in plan.answers.items():
        at = dimensions.index(dimension)
        facts = [answer_of(name, value) for value in frame.values[at]]
        for answer in {answer for found in facts for answer in found} | set(ANSWERS[name]):
            extra[answer] = per_value(frame, at, [answer in found for found in facts])
            if answer == "passed_on":  # what was passed on may have come back since
                now = [interpreter.known.group(code) == "reported" for code in codes]
                extra[answer] |= per_value(frame, dimensions.index(plan.status.dimension), now)
    for both, own_side in (("both_rated", "rated"), ("both_satisfied", "satisfied")):
        if both in extra:
            extra[both] = extra[both] & extra.get(own_side, np.zeros(len(frame.counts), bool))
    codings = {at: axis.coding.aligned(frame.values[at]) for axis, at in zip(axes, plan.columns, strict=True)}
    if plan.issue is not None:
        at = plan.common.index(plan.issue.dimension)
        codings.setdefault(at, interpreter.issue_coding(frame, at).coding.aligned(frame.values[at]))
    names = [answer for name in plan.answers for answer in ANSWERS[name]]
    own, found = measure(
        *_exploded(plan, interpreter, frame, codings, extra), plan.columns, interpreter.known, UNDATED, names
    )
    position = {key: i for i, key in enumerate(own)}
    order = [position[key] for key in keys]
    return {name: found[name][order] for name in names}


# ---------------------------------------------------------------------------- what people should know
def _notices(campaign: Campaign, plan: IssuePlan, axes: Sequence[CodedAxis], followup: Followup) -> list[Notice]:
    used = [axis.field for axis in plan.axes] + [
        "issue",
        "status",
        *DATES,
        "reply_date",
        "satisfaction",
        "other_satisfaction",
        "contacts",
        "prior_report",
        "reported_to",
        "legacy",
    ]
    found = guess_notices(campaign.survey, used)
    found += [notice for axis in axes for notice in axis.notices]
    if plan.issue is None:
        text = _("No column looks like the issue: every record counts as one (--column issue=HEADER).")
        found.append(Notice("no_issue", text))
    found += _unanswered(followup, discreet=campaign.settings.hides_small_counts)
    if campaign.settings.with_text:
        found.append(texts_notice())
    if campaign.settings.weight:
        found.append(Notice("no_weights", _("Issues are counted, not weighted; --weight changes nothing here.")))
    if campaign.settings.as_of is None and followup.as_of is not None:
        text = _("Open issues are counted to {day}, the newest date in the files (--as-of DATE takes another).")
        found.append(Notice("as_of", text.format(day=followup.as_of.isoformat())))
    return found


def _unanswered(followup: Followup, *, discreet: bool) -> list[Notice]:
    """Warn where issues are open and nobody recorded what households were told: a visit that only collects."""
    collected, handled, told = (
        int(followup.figures[name][-1]) if name in followup.figures else 0
        for name in ("collected", "handled", "answered_back")
    )
    if told or collected - handled < MANY_OPEN * collected or not collected:
        return []
    if discreet:
        return [Notice("no_replies", _("Many issues are open, and that households were answered is not recorded."))]
    text = _(
        "Collected {collected:,}, open {open:,}, answered back: not recorded. Households do not hear what became of "
        "their issues, or nobody writes it down (--column reply_date=HEADER)."
    )
    return [Notice("no_replies", text.format(collected=collected, open=collected - handled))]


def _unknown(followup: Followup, interpreter: Interpreter) -> tuple[Notice, ...]:
    """Status words that are not known."""
    unknown = {
        raw: n for (raw, code), n in followup.statuses.items() if code == UNKNOWN and key_of(raw) not in words("blank")
    }
    written = sum(n for (raw, _code), n in followup.statuses.items() if key_of(raw) not in words("blank"))
    return unknown_statuses(unknown, interpreter.known, written)
