"""An empty ledger for a campaign: columns that are read without being named, lists of the words that are known."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlsxwriter

from visittally.dataclass import dataclass
from visittally.messages import _, language, listing
from visittally.render.xlsx_overview import LINE_HEIGHT
from visittally.words.codebook import Codebook
from visittally.words.dispositions import Dispositions
from visittally.words.own_ledger import HEADINGS, KINDS, NONE, OUTCOMES, SATISFIED
from visittally.words.wrapping import display_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROWS = 2_000
"""Rows that are checked while people write."""
WIDTH = 110
"""Narrow characters of a line of rules."""
_CREATED = "2000-01-01"
_DAY = "yyyy-mm-dd"
_LISTS = 255
"""Characters that Excel takes for a list written into the rule itself; longer ones stand on the sheet of rules."""


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of the ledger.

    Attributes:
        field: What it is read as.
        heading: What stands above it: a header that is read as this field.
        rule: What belongs into it, for whoever fills it in.
        words: What may stand in it; empty: anything that fits `kind`.
        kind: text, day or number.
        width: In narrow characters.
    """

    field: str
    heading: str
    rule: str
    words: tuple[str, ...] = ()
    kind: str = "text"
    width: int = 12


def ledger_columns(codebook: str = "") -> tuple[LedgerColumn, ...]:
    """The columns, in the language that is spoken.

    Args:
        codebook: A codebook of the user's own, for the categories.
    """
    zh = language() == "zh"

    def named(chinese: str, english: str) -> str:
        return chinese if zh else english

    book, known = Codebook.load(codebook), Dispositions.load()
    categories = (*(book.label(code, language()) for code in book.codes if code != "unclear"), named(*NONE))
    statuses = tuple(known.label(code, language()) for code in known.codes if code != "unknown")
    yes_no = (named("是", "yes"), named("否", "no"))
    outcomes, satisfied, kinds = (words[0 if zh else 1] for words in (OUTCOMES, SATISFIED, KINDS))
    found = (
        LedgerColumn("visit_date", named(*HEADINGS["visit_date"]), _("The day of the visit."), kind="day"),
        LedgerColumn("village", named(*HEADINGS["village"]), _("Always the same name for the same place.")),
        LedgerColumn("group", named(*HEADINGS["group"]), _("Group or grid.")),
        LedgerColumn("household_id", named(*HEADINGS["household_id"]), _("A number instead of a name."), width=10),
        LedgerColumn("visitor", named(*HEADINGS["visitor"]), _("Who went; several with a comma between.")),
        LedgerColumn("visit_outcome", named(*HEADINGS["visit_outcome"]), _("How the visit ended."), outcomes),
        LedgerColumn(
            "category",
            named(*HEADINGS["category"]),
            _('What it is about; a row for each issue of the visit, "{none}" where nobody named one.').format(
                none=named(*NONE)
            ),
            categories,
            width=18,
        ),
        LedgerColumn("issue_text", named(*HEADINGS["issue_text"]), _("In their words, no names."), width=40),
        LedgerColumn("issue_type", named(*HEADINGS["issue_type"]), _("What is wanted."), kinds),
        LedgerColumn(
            "households_affected",
            named(*HEADINGS["households_affected"]),
            _("How many households the issue affects."),
            kind="number",
            width=10,
        ),
        LedgerColumn("sensitive", named(*HEADINGS["sensitive"]), _("Issues marked are in no list."), yes_no, width=10),
        LedgerColumn("responsible_unit", named(*HEADINGS["responsible_unit"]), _("Who is in charge of it."), width=16),
        LedgerColumn("status", named(*HEADINGS["status"]), _("What became of it."), statuses, width=16),
        LedgerColumn("due_date", named(*HEADINGS["due_date"]), _("The day by which it is to be handled."), kind="day"),
        LedgerColumn("resolved_date", named(*HEADINGS["resolved_date"]), _("The day it was handled."), kind="day"),
        LedgerColumn("reply_date", named(*HEADINGS["reply_date"]), _("The day the household was told."), kind="day"),
        LedgerColumn("satisfaction", named(*HEADINGS["satisfaction"]), _("As the household put it."), satisfied),
    )
    return tuple(found)


def ledger_template(codebook: str = "") -> bytes:
    """The workbook: an empty ledger with its rules in force, and a sheet on which they can be read.

    Args:
        codebook: A codebook of the user's own, for the categories.
    """
    from datetime import datetime

    columns = ledger_columns(codebook)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"author": "visittally", "created": datetime.fromisoformat(_CREATED)})
        ledger, rules, lists = (book.add_worksheet(name) for name in (_("Ledger"), _("Rules"), _("Lists")))
        lists.hide()
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E9EEF4", "valign": "top"})
        looks = {"day": book.add_format({"num_format": _DAY}), "text": None, "number": None}
        _write_rules(book, rules, columns)
        _write_lists(lists, columns)
        for i, column in enumerate(columns):
            ledger.write_string(0, i, column.heading, head)
            ledger.set_column(i, i, column.width, looks[column.kind])
            checked = _validation(column, lists.get_name(), i)
            if checked:
                ledger.data_validation(1, i, ROWS, i, checked)
        ledger.freeze_panes(1, 0)
        ledger.autofilter(0, 0, ROWS, len(columns) - 1)
        ledger.set_landscape()
        ledger.set_paper(9)
        ledger.fit_to_pages(1, 0)
        ledger.repeat_rows(0)
    return out.getvalue()


def _validation(column: LedgerColumn, lists: str, place: int) -> dict[str, Any]:
    """What Excel checks while somebody writes: it warns, and forbids nothing."""
    from datetime import date

    common = {"error_type": "warning", "input_title": column.heading[:32], "input_message": column.rule[:_LISTS]}
    if column.words:
        name = xlsxwriter.utility.xl_col_to_name(place)
        return {**common, "validate": "list", "source": f"='{lists}'!${name}$1:${name}${len(column.words)}"}
    if column.kind == "day":
        return {**common, "validate": "date", "criteria": ">", "value": date(2000, 1, 1)}
    if column.kind == "number":
        return {**common, "validate": "integer", "criteria": ">=", "value": 0}
    return {**common, "validate": "any"}


def _write_lists(sheet: Any, columns: Sequence[LedgerColumn]) -> None:
    """The words to choose from, which the rules of the ledger point at."""
    for i, column in enumerate(columns):
        for row, word in enumerate(column.words):
            sheet.write_string(row, i, word)


def _write_rules(book: Any, sheet: Any, columns: Sequence[LedgerColumn]) -> None:
    """What belongs into each column: lines to read, which nobody takes for records."""
    kinds: dict[str, Callable[[], str]] = {
        "day": lambda: _("a day, such as 2026-03-15"),
        "number": lambda: _("a whole number"),
        "text": lambda: _("words"),
    }
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, WIDTH)
    for row, column in enumerate(columns):
        allowed = listing(column.words) if column.words else kinds[column.kind]()
        text = _("{column}: {rule} Allowed: {allowed}.").format(
            column=column.heading, rule=column.rule, allowed=allowed
        )
        sheet.write_string(row, 0, text, wrapped)
        # Not every program makes room for the further lines of a text by itself.
        sheet.set_row(row, LINE_HEIGHT * -(-display_width(text) // (WIDTH - 10)))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
