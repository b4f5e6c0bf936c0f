"""The columns of a back-check sheet: what is printed on it, what a person fills in, and how they are found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import FieldError
from visittally.messages import _, quoted
from visittally.survey.headers import header_key
from visittally.words.labels import heading

if TYPE_CHECKING:
    from visittally.survey.variables import Survey, Variable

FILL_IN = (
    "checked_on",
    "checked_how",
    "was_visited",
    "date_agrees",
    "issue_agrees",
    "outcome_told",
    "true_record",
    "checker",
)
"""What a person fills in by phone or at the door."""
PRINTED = ("number", "stratum", "weight", "key")
"""What stands on the sheet to find a case again, and to weigh it by."""
PRINTED_SEPARATOR = " / "
"""Stands on the sheet between the parts of a key."""
_NAMES = {
    "number": ("No.", "序号"),
    "stratum": ("Stratum", "抽样层"),
    "weight": ("Weight", "权重"),
    "key": ("Record", "记录编号"),
    "checked_on": ("Checked on", "抽查日期"),
    "checked_how": ("Phone or visit", "抽查方式"),
    "was_visited": ("Did somebody come?", "是否有人来走访"),
    "date_agrees": ("Is the date right?", "走访日期是否相符"),
    "issue_agrees": ("Is the issue right?", "反映问题是否一致"),
    "outcome_told": ("Was the outcome told?", "办理结果是否告知"),
    "true_record": ("Is the record true?", "信息是否属实"),
    "checker": ("Checker", "抽查人"),
}
"""Headings in both languages: a sheet may be printed in one and read back in the other."""
_OTHERS = {"checker": ("backchecker", "back_checker", "bcer", "bc_enumerator", "auditor", "回访人", "复核人", "核查人")}
"""Further headers in back-checks that were not printed here."""


_TOLD = ("key", "weight", "was_visited", "true_record", "checker")
"""Columns from which something is counted."""


def sheet_heading(name: str) -> str:
    """The heading of a column of the sheet, in the user's language."""
    return heading(name)


def headers_of(name: str) -> tuple[str, ...]:
    """The headers that a column of the sheet goes by, best first."""
    return (name, *_NAMES[name], *_OTHERS.get(name, ()))


def find_columns(survey: Survey, name: str) -> list[Variable]:
    """The columns of a filled-in sheet that are called so, in either language, best first."""
    by_key = {header_key(v.name): v for v in reversed(tuple(survey.variables.values()))}
    keys = dict.fromkeys(map(header_key, headers_of(name)))
    return [by_key[key] for key in keys if key in by_key]


def sheet_columns(survey: Survey) -> dict[str, Variable]:
    """All columns of a filled-in sheet that a survey has, by name.

    Raises:
        FieldError: Several files have the same column under different headings.
    """
    found = {name: find_columns(survey, name) for name in (*PRINTED, *FILL_IN)}
    twice = [quoted(v.name for v in own) for name, own in found.items() if name in _TOLD and len(own) > 1]
    if twice:
        text = _(
            "The back-checks head the same column differently: {names}. Give them the same headings, or compare them "
            "one after the other."
        )
        raise FieldError(text.format(names="; ".join(twice)))
    return {name: own[0] for name, own in found.items() if own}
