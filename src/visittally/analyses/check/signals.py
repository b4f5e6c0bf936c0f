"""The signals by name: what is looked at, and the commonest innocent reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal in words.

    Attributes:
        label: What it is called.
        level: record, pair, visitor, visitor_day, question, place or file: what is pointed out.
        base: What its count is out of: records, pairs, visitors, visitor_days, answers, units.
        innocent: The commonest innocent reason.
    """

    label: str
    level: str
    base: str
    innocent: str


def signals() -> Mapping[str, Signal]:
    """All signals in the order of the tables, in the current language."""
    return {**_repetition(), **_time(), **_answers(), **_issues(), **_people(), **_places()}


def _repetition() -> dict[str, Signal]:
    """Signals of what stands there twice."""
    return {
        "duplicate": Signal(
            _("Recorded twice"), "record", "records",
            _("sent twice over a bad connection; a second visit to the same household; forms with few answers"),
        ),
        "near_duplicate": Signal(
            _("Nearly the same answers"), "pair", "records",
            _("short forms, yes-and-no forms, neighbours in like circumstances"),
        ),
        "identical_text": Signal(
            _("The same text in other households"), "record", "records", _("one problem that many households have"),
        ),
        "boilerplate": Signal(
            _("One text for what was done"), "visitor", "visitors", _("the text was chosen from a list"),
        ),
    }  # fmt: skip


def _time() -> dict[str, Signal]:
    """Signals of time."""
    return {
        "short": Signal(_("Short interviews"), "record", "records", _("a form with one question; nobody eligible")),
        "pace": Signal(
            _("Pace of interviews"), "visitor", "visitors",
            _("other villages, other forms, a form left open"),
        ),
        "overlap": Signal(
            _("Overlapping visits"), "record", "records",
            _("clocks set wrong, entry afterwards from paper, a form left open"),
        ),
        "per_day": Signal(
            _("Many visits a day"), "visitor_day", "visitor_days",
            _("two people entered under one name; a meeting counted as visits"),
        ),
        "burst": Signal(
            _("Sent in together"), "record", "records",
            _("entry afterwards from paper; sent when there was a connection"),
        ),
        "lag": Signal(_("Days until sent in"), "record", "records", _("no connection in the village")),
        "night": Signal(_("Visits at night"), "record", "records", _("the clock or the time zone of the device")),
        "outside": Signal(_("Dates outside the campaign"), "record", "records", _("a wrong year or clock; try-outs")),
        "crowding": Signal(_("Visits in the last days"), "file", "records", _("the campaign was organised so")),
    }  # fmt: skip


def _answers() -> dict[str, Signal]:
    """Signals in the answers."""
    return {
        "dont_know": Signal(
            _("Don't know"), "visitor", "records",
            _("other villages; respondents who were not the head of household"),
        ),
        "refused_answers": Signal(
            _("Refused answers"), "visitor", "records",
            _("questions that are sensitive there"),
        ),
        "missing": Signal(
            _("Left blank"), "visitor", "records",
            _("another version of the form; skips that are not known"),
        ),
        "other": Signal(
            _("Other"), "visitor", "records",
            _("an answer that the form does not have: change the form"),
        ),
        "straightline": Signal(
            _("One answer to all items"), "record", "records",
            _("people who are satisfied with everything; whether items point in opposite directions is not known"),
        ),
        "extreme": Signal(
            _("Ends of scales only"), "record", "records", _("people who answer politely, or with one strong opinion"),
        ),
        "heaping": Signal(_("Ages ending in 0 and 5"), "visitor", "answers", _("respondents round their age")),
    }  # fmt: skip


def _issues() -> dict[str, Signal]:
    """Signals in the issues and what became of them."""
    return {
        "no_issue": Signal(_("No issue found"), "visitor", "records", _("the visitor works where life is good")),
        "perfect": Signal(_("All issues handled"), "visitor", "visitors", _("simple issues")),
        "closed_early": Signal(_("Closed before the visit"), "record", "records", _("the date of an earlier report")),
        "closed_bare": Signal(_("Handled without a word"), "visitor", "records", _("a ledger kept elsewhere")),
        "reopened": Signal(_("Raised again within days"), "record", "records", _("a new case of the same kind")),
        "bunching": Signal(_("Rates just above a mark"), "place", "units", _("the mark was worked for, and reached")),
    }  # fmt: skip


def _people() -> dict[str, Signal]:
    """Signals of who was visited, and by whom."""
    return {
        "phone_shared": Signal(
            _("One telephone, several households"), "record", "records",
            _("a neighbour's or relative's telephone; the village office"),
        ),
        "visited_often": Signal(
            _("One household, many visits"), "record", "records",
            _("an issue that is being handled; a household that is looked after"),
        ),
        "absent": Signal(
            _("Interviewed though away"), "record", "records",
            _("a visit by telephone; they were home for the holidays"),
        ),
        "own_form": Signal(
            _("Visitor and household of one name"), "record", "records",
            _("the column holds who filled in the form; people of one name"),
        ),
        "not_confirmed": Signal(
            _("Not confirmed by a back-check"), "record", "records",
            _("somebody else of the household was asked; it was forgotten"),
        ),
    }  # fmt: skip


def _places() -> dict[str, Signal]:
    """Signals of places and numbers."""
    return {
        "position_same": Signal(
            _("One position, several households"), "record", "records",
            _("interviews at a meeting place; houses of several households; entered at the office"),
        ),
        "position_far": Signal(
            _("Far from the village"), "record", "records", _("a poor fix; entered elsewhere; a scattered village"),
        ),
        "outlier": Signal(
            _("Numbers far from all others"), "record", "records",
            _("large farms, large families; a slip of a digit"),
        ),
        "coverage_over": Signal(
            _("More visited than planned"), "place", "units",
            _("second visits, lodgers, an old plan"),
        ),
    }  # fmt: skip
