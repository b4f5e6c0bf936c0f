"""The table of statuses as it comes back, with what its reader filled in: status -> disposition."""

from __future__ import annotations

import csv
import difflib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visittally.errors import ConfigError
from visittally.messages import _
from visittally.words.dispositions import Dispositions
from visittally.words.folding import fold, tidy
from visittally.words.labels import not_recorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

STATUS = ("status", "办理状态", "办理情况")
CORRECTION = ("correction", "更正")
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


def read_corrections(path: str) -> dict[str, str]:
    """What somebody filled in beside the statuses; a row without a correction is left as it was.

    Args:
        path: The table `statuses` of `followup`, as a workbook or as CSV.

    Raises:
        ConfigError: It cannot be read, lacks a column, or holds words that stand for no disposition; names the line.
    """
    for rows in _sheets(path):
        found = _headings(rows)
        if found is not None:
            return _filled_in(path, rows, *found)
    text = _(
        '{path}: the columns "{status}" and "{correction}" are not there. The table to fill in is written by: '
        "visittally followup FILES --table statuses -o statuses.xlsx"
    )
    raise ConfigError(text.format(path=path, status=_("Status"), correction=_("Correction")))


def _filled_in(path: str, rows: Sequence[Sequence[str]], top: int, status: int, correction: int) -> dict[str, str]:
    names = _names()
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    wrong = []
    for line, row in enumerate(rows[top + 1 :], top + 2):
        raw, said = (row[i].strip() if i < len(row) else "" for i in (status, correction))
        if not said:
            continue
        code = names.get(fold(said))
        if code is None:
            near = difflib.get_close_matches(fold(said), names, 1)
            hint = _(' (did you mean "{near}"?)').format(near=near[0]) if near else ""
            wrong.append(_('line {line}: "{text}"{hint}').format(line=line, text=tidy(said), hint=hint))
        elif not raw or fold(raw) in map(fold, ("not recorded", not_recorded())):
            wrong.append(_("line {line}: there is no status to correct").format(line=line))
        elif found.get(lines_key := fold(raw), code) != code:
            wrong.append(
                _("line {line}: the same status has another correction in line {other}").format(
                    line=line, other=lines[lines_key]
                )
            )
        else:
            found[lines_key], lines[lines_key] = code, line
    if wrong:
        text = _('{path}: what is filled in under "{correction}" is not understood: {wrong}. Allowed are: {labels}.')
        known = Dispositions.load()
        labels = _(", ").join(known.label(code) for code in known.codes)
        raise ConfigError(text.format(path=path, correction=_("Correction"), wrong=_("; ").join(wrong), labels=labels))
    return found


def _names() -> Mapping[str, str]:
    """Codes and labels of the dispositions in every language, folded, with their codes."""
    known = Dispositions.load()
    return {fold(name): code for code, one in known.codes.items() for name in (code, one.en, one.zh)}


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, int, int] | None:
    """The row of the headings, and the columns of the statuses and of the corrections."""
    for top, row in enumerate(rows[:10]):
        folded = [fold(cell) for cell in row]
        status = next((i for i, cell in enumerate(folded) if cell in map(fold, (*STATUS, _("Status")))), None)
        correction = next((i for i, cell in enumerate(folded) if cell in map(fold, CORRECTION)), None)
        if status is not None and correction is not None:
            return top, status, correction
    return None


def _sheets(path: str) -> Iterator[list[list[str]]]:
    try:
        if Path(path).suffix.lower() in _WORKBOOKS:
            from python_calamine import CalamineWorkbook

            book = CalamineWorkbook.from_path(path)
            for name in book.sheet_names:
                yield [
                    [_text(cell) for cell in row]
                    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ]
            return
        content = Path(path).read_bytes()
    except FileNotFoundError:
        raise ConfigError(_("{path}: there is no such table of statuses (--statuses).").format(path=path)) from None
    except Exception as error:
        raise ConfigError(_("{path}: the table of statuses cannot be read.").format(path=path)) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    yield [[_text(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _text(cell: Any) -> str:
    """The text of a cell, without the apostrophe that keeps a spreadsheet from running it."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    return text[1:] if text.startswith("'") and len(text) > 1 else text
