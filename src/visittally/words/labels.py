"""Headings of columns and names of states, in the user's language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from visittally.messages import _, language

if TYPE_CHECKING:
    from collections.abc import Mapping


def heading(name: str) -> str:
    """The heading of a column by its machine name; an unknown name is its own heading."""
    return _headings(language()).get(name, name)


def by_part(what: str, part: str) -> str:
    """The heading of dates and times by their parts: `Visit date (week)`; of numbers in bands what they are."""
    parts = {
        "day": _("{what} (day)"),
        "week": _("{what} (week)"),
        "month": _("{what} (month)"),
        "quarter": _("{what} (quarter)"),
        "year": _("{what} (year)"),
        "hour": _("{what} (hour)"),
        "worktime": _("{what} (office hours or not)"),
    }
    return parts.get(part, "{what}").format(what=what)


def not_recorded() -> str:
    """What stands for a blank place or answer."""
    return _("not recorded")


@cache
def _headings(_language: str) -> Mapping[str, str]:
    """The table of a language, made once in it."""
    tables = (
        *(_of_people(), _of_visits(), _of_issues()),
        *(_of_counts(), _of_coverage(), _of_handling(), _of_comparisons(), _of_backchecks()),
    )
    return {name: text for table in tables for name, text in table.items()}


def _of_people() -> dict[str, str]:
    """Headings of what is known of places and people."""
    return {
        "county": _("County"),
        "township": _("Township"),
        "village": _("Village"),
        "group": _("Group"),
        "household_id": _("Household"),
        "household": _("Household"),
        "visitor": _("Visitor"),
        "visitor_unit": _("Team"),
        "responsible_unit": _("Responsible unit"),
        "handled_level": _("Level"),
        "target_type": _("Target type"),
        "place_kind": _("Kind of place"),
        "unit": _("Unit"),
        "sex": _("Sex"),
        "age": _("Age"),
        "visit_date": _("Visit date"),
        "campaign": _("Campaign"),
        "phase": _("Phase"),
        "place_type": _("Type of area"),
        "planned": _("Target"),
        "age_band": _("Age group"),
        "education": _("Education"),
        "occupation": _("Occupation"),
        "respondent_group": _("Group of people"),
        "household_size": _("Persons in the household"),
    }


def _of_visits() -> dict[str, str]:
    """Headings of what is known of a visit."""
    return {
        "visit_id": _("Visit number"),
        "start_time": _("Start"),
        "end_time": _("End"),
        "duration_min": _("Minutes"),
        "accompany": _("Accompanied by"),
        "channel": _("Channel"),
        "visit_mode": _("Kind of visit"),
        "visit_schedule": _("Regular or not"),
        "visit_outcome": _("Outcome of the visit"),
        "persons_present": _("Persons present"),
        "presence": _("At home or away"),
        "submitted_at": _("Sent in on"),
    }


def _of_issues() -> dict[str, str]:
    """Headings of what is known of an issue and of what became of it."""
    return {
        "issue_id": _("Issue number"),
        "issue_text": _("Issue in words"),
        "category": _("Category"),
        "subcategory": _("Subcategory"),
        "issue_type": _("Type of issue"),
        "urgency": _("Urgency"),
        "early_sign": _("Early sign"),
        "sensitive": _("Sensitive"),
        "legacy": _("Long-standing"),
        "households_affected": _("Households affected"),
        "since": _("Since when"),
        "prior_report": _("Reported before"),
        "raised_by": _("Raised by"),
        "handling_text": _("What was done"),
        "due_date": _("Due"),
        "resolved_date": _("Resolved on"),
        "closure_kind": _("Kind of closure"),
        "reply_date": _("Answered on"),
        "reply_channel": _("Answered by"),
        "satisfaction": _("Satisfaction"),
        "backcheck": _("Back-check"),
        "backcheck_result": _("Result of the back-check"),
        "reported_to": _("Reported to"),
        "handover_date": _("Handed over on"),
        "other_satisfaction": _("Satisfaction of the other party"),
        "parties": _("Parties"),
        "contacts": _("Contacts"),
        "good_deed": _("Practical help"),
        "system_change": _("Change of rules"),
        "contact_consent": _("May be contacted"),
        "forms_issued": _("Forms issued"),
        "forms_returned": _("Forms returned"),
        "forms_valid": _("Forms valid"),
        "weight": _("Weight"),
        "file": _("File"),
        "sheet": _("Sheet"),
        "told_by": _("Told by"),
    }


def _of_counts() -> dict[str, str]:
    """Headings of what was counted: issues and answers."""
    return {
        "issue": _("Issue"),
        "issue_label": _("Label"),
        "issue_category": _("Category"),
        "rank": _("Rank"),
        "cases": _("Visits"),
        "households": _("Households"),
        "raised": _("Raised an issue"),
        "no_issue": _("No issue"),
        "not_recorded": _("Not recorded"),
        "mentions": _("Mentions"),
        "mentions_per_100_cases": _("Issues per 100 visits"),
        "base": _("Base"),
        "percent_of_cases": _("% of base"),
        "percent_of_all": _("% of all visits"),
        "percent_of_mentions": _("% of mentions"),
        "percent_low": _("95 % from"),
        "percent_high": _("to"),
        "handled": _("Handled"),
        "handled_percent": _("Handled"),
        "resolved": _("Resolved"),
        "resolved_percent": _("Resolved"),
        "weighted": _("Weighted"),
        "answer": _("Answer"),
        "answer_label": _("Label"),
        "question": _("Question"),
        "n": _("n"),
        "mean": _("Mean"),
        "median": _("Median"),
        "q1": _("Lower quartile"),
        "q3": _("Upper quartile"),
        "min": _("Smallest"),
        "max": _("Largest"),
    }


def _of_coverage() -> dict[str, str]:
    """Headings of coverage: who was to be visited, and who was."""
    return {
        "target": _("Target"),
        "target_kind": _("Kind of target"),
        "visited": _("Visited"),
        "completed": _("Completed"),
        "coverage_percent": _("Coverage"),
        "remaining": _("Remaining"),
        "refused": _("Refused"),
        "absent": _("Nobody home"),
        "not_eligible": _("Not eligible"),
        "other": _("Other outcome"),
        "first_date": _("First visit"),
        "last_date": _("Last visit"),
        "per_day": _("Per day"),
        "finish_date": _("Finished by"),
        "level": _("Level"),
        "count": _("Count"),
        "name": _("Name"),
        "numerator": _("Numerator"),
        "denominator": _("Denominator"),
        "value": _("Value"),
        "rate": _("Rate"),
        "period": _("Period"),
        "cumulative": _("So far"),
        "side": _("Found in"),
        "place": _("Place"),
        "suggestion": _("Nearest name"),
    }


def _of_handling() -> dict[str, str]:
    """Headings of what became of the issues."""
    return {
        "collected": _("Collected"),
        "open": _("Open"),
        "unresolved": _("Unresolved"),
        **{f"{name}_low": _("95 % from") for name in ("handled", "resolved")},
        **{f"{name}_high": _("to") for name in ("handled", "resolved")},
        "not_rated": _("Not rated"),
        "rated": _("Rated"),
        "answered_back": _("Told the household"),
        "on_spot": _("On the spot"),
        "explained": _("Explained"),
        "reported": _("Reported up"),
        "in_progress": _("In progress"),
        "long_term": _("Long term"),
        "unknown": _("Not recorded"),
        "excluded": _("Excluded"),
        "on_time": _("On time"),
        "overdue": _("Overdue"),
        "median_days": _("Median days"),
        "p90_days": _("90 % within days"),
    }


def _of_comparisons() -> dict[str, str]:
    """Headings of two rounds."""
    return {
        "before_mentions": _("Earlier: mentions"),
        "before_base": _("Earlier: base"),
        "before_percent": _("Earlier"),
        "after_mentions": _("Later: mentions"),
        "after_base": _("Later: base"),
        "after_percent": _("Later"),
        "points": _("Points"),
        "points_low": _("95 % from"),
        "points_high": _("to"),
        "outside": _("Beyond chance"),
        "note": _("Note"),
        "before_n": _("Earlier: n"),
        "before_mean": _("Earlier: mean"),
        "after_n": _("Later: n"),
        "after_mean": _("Later: mean"),
        "before_cases": _("Earlier: visits"),
        "after_cases": _("Later: visits"),
        "in": _("Round"),
        "form_before": _("Earlier"),
        "form_after": _("Later"),
        "change": _("Change"),
        "development": _("Change in % or points"),
    }


def _of_backchecks() -> dict[str, str]:
    """Headings of checks beside visits, of samples and of indicators."""
    return {
        "indicator": _("Indicator"),
        "number": _("No."),
        "stratum": _("Stratum"),
        "drawn": _("Drawn"),
        "key": _("Record"),
        "checked_on": _("Checked on"),
        "checked_how": _("Phone or visit"),
        "was_visited": _("Did somebody come?"),
        "date_agrees": _("Is the date right?"),
        "issue_agrees": _("Is the issue right?"),
        "outcome_told": _("Was the outcome told?"),
        "true_record": _("Is the record true?"),
        "checker": _("Checker"),
        "type": _("Type"),
        "differences": _("Different"),
        "compared": _("Compared"),
        "error_percent": _("% different"),
        "error_low": _("95 % from"),
        "error_high": _("to"),
        "weighted_percent": _("Weighted %"),
        "original_blank": _("First blank"),
        "gone": _("No more ticked"),
        "new": _("Newly ticked"),
        "mean_original": _("Mean of visits"),
        "mean_backcheck": _("Mean of checks"),
        "difference": _("Difference"),
        "difference_low": _("95 % from"),
        "difference_high": _("to"),
        "reliability": _("Reliability"),
        "line": _("Line"),
        "remark": _("Remarks"),
        "backcheck_line": _("Line of the check"),
        "days_between": _("Days between"),
        "original": _("Visit"),
        "reason": _("Reason"),
        "status": _("Status"),
        "disposition": _("Disposition"),
    }
