"""Tables that hold no record in a row: one answer in each row, one record in each column, cards. They are named so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from visittally.errors import InputError
from visittally.messages import _, listing
from visittally.survey.fields import alias_ranks
from visittally.survey.headers import header_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visittally.reading.blocks import TableSource

_NAMES = (
    *("question", "question name", "variable", "variable name", "field", "field name", "attribute", "item", "name"),
    *("key", "indicator", "data element", "字段", "字段名", "题目", "变量", "指标", "项目", "pregunta", "champ"),
)
"""What the column is called in which names of questions stand."""
_WIDEST = 8
"""Tables with an answer in each row have few columns."""
_MOST_NAMES = 200
_ONCE = 0.95


def refuse_turned(sources: Iterable[TableSource]) -> None:
    """Refuse tables whose rows are no records.

    Raises:
        InputError: One is such a table; says what it is and how to turn it.
    """
    for source in sources:
        if names := _names_of_answers(source):
            text = _(
                '{file}: each row holds one answer, not one visit: "{column}" says what was asked. Turn it into a '
                "table with a row for each visit and a column for each question (a pivot table does that), then count "
                "that."
            )
            raise InputError(text.format(file=source.file, column=names))
        if _is_card(source):
            text = _(
                "{file}: holds cards, not a table: what was asked stands beside or above each answer. Write each card "
                "as a row below a header ({names} ...), then count that."
            )
            names = listing([source.header[0], *(row[0].strip() for row in source.sampled)][:3])
            raise InputError(text.format(file=source.file, names=names))
        if _is_transposed(source):
            text = _(
                "{file}: each column holds one visit; the names of the questions stand in the first column. Turn rows "
                "into columns (in a spreadsheet: copy, paste special, transpose), then count that."
            )
            raise InputError(text.format(file=source.file))


def _fields(names: Iterable[str]) -> set[str]:
    """The fields that go by some names, those that each of them means first."""
    return {next(iter(known)) for name in names if (known := alias_ranks(name))}


def _names_of_answers(source: TableSource) -> str:
    """The header above the names of questions, where each row holds one answer; "" where it does not."""
    if not 3 <= len(source.header) <= _WIDEST:
        return ""
    rows = source.sampled
    for c, header in enumerate(source.header):
        if header_key(header) not in map(header_key, _NAMES):
            continue
        names = Counter(row[c].strip() for row in rows)
        if len(names) > _MOST_NAMES or len(rows) < 2 * len(names) or len(_fields(names)) < 2:
            continue
        if any(_identifies(rows, key, c) for key in range(len(source.header)) if key != c):
            return header
    return ""


def _identifies(rows: Sequence[Sequence[str]], key: int, names: int) -> bool:
    """Whether a column numbers the records: it repeats, but not with the same question."""
    keys = {row[key].strip() for row in rows}
    pairs = {(row[key].strip(), row[names].strip()) for row in rows}
    return 1 < len(keys) <= len(rows) / 2 and len(pairs) >= _ONCE * len(rows)


def _is_card(source: TableSource) -> bool:
    """Whether the first column holds names of fields from the header on, with an answer beside the first."""
    names = [source.header[0], *(row[0].strip() for row in source.sampled[:_MOST_NAMES])]
    if len(source.header) < 2 or next(iter(alias_ranks(names[0])), "") not in {"village", "household_id", "visit_date"}:
        return False
    fields = _fields(names)
    return len(fields) >= 3 and bool(fields & {"category", "issue_text"}) and not _fields(source.header[1:2])


def _is_transposed(source: TableSource) -> bool:
    """Whether the first column holds the names of questions and the header none."""
    if len(source.header) < 3 or _fields(source.header):
        return False
    rows = source.sampled
    if not 2 <= len(rows) <= _MOST_NAMES:
        return False
    names = [row[0].strip() for row in rows]
    fields = _fields(names)
    return len(set(names)) == len(names) and len(fields) >= 2 and bool(fields & {"village", "category", "issue_text"})
