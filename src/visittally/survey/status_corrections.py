"""The table of statuses as it comes back, with what its reader filled in: status -> disposition."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from visittally.errors import ConfigError, InputError
from visittally.messages import _, listing
from visittally.reading.finished.opening import open_finished
from visittally.reading.inputs.source import ReadingOptions
from visittally.words.dispositions import Dispositions
from visittally.words.folding import fold, tidy
from visittally.words.labels import not_recorded
from visittally.words.names import withheld

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.finished.rows import Rows

STATUS = ("status", "办理状态", "办理情况")
CORRECTION = ("correction", "更正")


def read_corrections(path: str) -> dict[str, str]:
    """What somebody filled in beside the statuses; a row without a correction is left as it was.

    Args:
        path: The table `statuses` of `followup`, as a workbook or as CSV.

    Raises:
        ConfigError: It cannot be read, lacks a column, or holds words that stand for no disposition; names the line.
    """
    try:
        files = open_finished([path], ReadingOptions())
    except InputError as error:
        raise ConfigError(f"--statuses: {error}") from None
    for table in (table for file in files for table in file.tables):
        found = _headings(table.rows)
        if found is not None:
            return _filled_in(path, table, *found)
    text = _(
        '{path}: the columns "{status}" and "{correction}" are not there. The table to fill in is written by: '
        "visittally followup FILES --table statuses -o statuses.xlsx"
    )
    raise ConfigError(text.format(path=path, status=_("Status"), correction=_("Correction")))


def _filled_in(path: str, table: Rows, top: int, status: int, correction: int) -> dict[str, str]:
    names, hidden = _names(), withheld()
    found: dict[str, str] = {}
    lines: dict[str, int] = {}
    wrong = []
    for line, row in zip(table.lines[top + 1 :], table.rows[top + 1 :], strict=True):
        raw, said = _plain(row[status]), _plain(row[correction])
        if not said:
            continue
        code = names.get(fold(said))
        if code is None:
            near = difflib.get_close_matches(fold(said), names, 1)
            hint = _(' (did you mean "{near}"?)').format(near=near[0]) if near else ""
            wrong.append(_('line {line}: "{text}"{hint}').format(line=line, text=tidy(said), hint=hint))
        elif not raw or fold(raw) in map(fold, ("not recorded", not_recorded())):
            wrong.append(_("line {line}: there is no status to correct").format(line=line))
        elif raw in hidden:
            wrong.append(
                _(
                    "line {line}: the status is not shown, because it looks like a name; [statuses] of visittally.toml "
                    "takes it as it stands in the ledger"
                ).format(line=line)
            )
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
        labels = listing(known.label(code) for code in known.codes)
        raise ConfigError(text.format(path=path, correction=_("Correction"), wrong=_("; ").join(wrong), labels=labels))
    return found


def _names() -> Mapping[str, str]:
    """Codes and labels of the dispositions in every language, folded, with their codes."""
    known = Dispositions.load()
    return {fold(name): code for code, one in known.codes.items() for name in (code, one.en, one.zh)}


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, int, int] | None:
    """The row of the headings, and the columns of the statuses and of the corrections."""
    for top, row in enumerate(rows[:10]):
        folded = [fold(_plain(cell)) for cell in row]
        status = next((i for i, cell in enumerate(folded) if cell in map(fold, (*STATUS, _("Status")))), None)
        correction = next((i for i, cell in enumerate(folded) if cell in map(fold, CORRECTION)), None)
        if status is not None and correction is not None:
            return top, status, correction
    return None


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and len(text) > 1 else text
