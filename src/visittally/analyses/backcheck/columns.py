"""The columns of a back-check sheet: what is printed on it, what a person fills in, and how they are found again."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def sheet_heading(name: str) -> str:
    """The heading of a column of the sheet, in the user's language."""
    return heading(name)


def headers_of(name: str) -> tuple[str, ...]:
    """The headers that a column of the sheet goes by, best first."""
    return (name, *_NAMES[name], *_OTHERS.get(name, ()))


def find_column(survey: Survey, name: str) -> Variable | None:
    """The column of a filled-in sheet, None where the file has none."""
    by_key = {header_key(v.name): v for v in reversed(tuple(survey.variables.values()))}
    for header in headers_of(name):
        if (found := by_key.get(header_key(header))) is not None:
            return found
    return None


def sheet_columns(survey: Survey) -> dict[str, Variable]:
    """All columns of a filled-in sheet that a survey has, by name."""
    found = {name: find_column(survey, name) for name in (*PRINTED, *FILL_IN)}
    return {name: variable for name, variable in found.items() if variable is not None}
