"""Sheets that say what the codes in another sheet mean: variable, code and label, or code and label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.reading.described import Described, Description
from visittally.reading.looks import Look, look
from visittally.words.folding import fold_header, tidy
from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.reading.blocks import TableSource

MOST = 6
"""A codebook has so many columns at most."""
LINES = 20_000
"""And so many rows."""
_NAMES = 0.6
"""A column names variables where so many of its different cells are headers of the records."""
_KNOWN = 0.9
"""Codes explain a column where so many of its different cells are among them."""
_SEPARATORS = pattern(r"[\s,;|/、，；]+")
_CODES = (
    "code",
    "codes",
    "value",
    "values",
    "option",
    "key",
    "id",
    "编码",
    "代码",
    "值",
    "取值",
    "选项值",
    "选项",
    "编号",
)
_LABELS = (
    *("label", "labels", "meaning", "description", "name", "text", "value label"),
    *("标签", "含义", "名称", "说明", "内容", "选项内容"),
)
_CODE, _LABEL = frozenset(map(fold_header, _CODES)), frozenset(map(fold_header, _LABELS))


@dataclass(frozen=True, slots=True)
class CodebookSheet:
    """What a sheet says about columns of the records: header -> code -> label."""

    table: TableSource
    labels: Mapping[str, Mapping[str, str]]


def read_codebooks(records: TableSource, others: Sequence[TableSource]) -> tuple[CodebookSheet, ...]:
    """The sheets that explain codes of the records.

    Args:
        records: The sheet of the records.
        others: Sheets that may be codebooks.
    """
    narrow = [table for table in others if 2 <= sum(bool(name.strip()) for name in table.header) <= MOST]
    if not narrow:
        return ()
    rows = records.sample()
    cells = {
        header: {key_of(row[c]) for row in rows if row[c].strip()} for c, header in enumerate(records.header) if header
    }
    found = []
    for table in narrow:
        entries = [row for row in table.sample()[:LINES] if any(cell.strip() for cell in row)]
        labels = _by_variable(table, entries, cells) or _of_one_list(table, entries, cells)
        if labels:
            found.append(CodebookSheet(table, labels))
    return tuple(found)


def description(codebooks: Sequence[CodebookSheet], records: TableSource) -> Description:
    """The codebooks as what the file says of its columns."""
    rows = records.sample()
    columns = []
    for header, labels in {h: found for book in codebooks for h, found in book.labels.items()}.items():
        at = records.header.index(header)
        keys = {key_of(row[at]) for row in rows if row[at].strip()}
        one = keys <= {key_of(code) for code in labels}
        columns.append(Described(header, "", tuple(labels.items()), "select_one" if one else "select_multiple"))
    return Description(tuple(columns))


def _by_variable(
    table: TableSource, entries: Sequence[Sequence[str]], cells: Mapping[str, set[str]]
) -> dict[str, dict[str, str]]:
    """Labels by column, where a column of the codebook names the columns of the records."""
    headers = {fold_header(header): header for header in cells}
    for c in range(len(table.header)):
        named = {fold_header(row[c]) for row in entries if row[c].strip()}
        if not named or len(named & set(headers)) < _NAMES * len(named):
            continue
        rest = [other for other in range(len(table.header)) if other != c and table.header[other].strip()]
        if len(rest) < 2:
            return {}
        code, label = _roles(table, rest)
        labels: dict[str, dict[str, str]] = {}
        variable = ""
        for row in entries:
            variable = fold_header(row[c]) or variable
            if variable in headers and row[code].strip() and row[label].strip():
                labels.setdefault(headers[variable], {})[row[code].strip()] = tidy(row[label])
        return {header: found for header, found in labels.items() if _explains(found, cells[header])}
    return {}


def _roles(table: TableSource, columns: Sequence[int]) -> tuple[int, int]:
    """Which of some columns holds codes, and which labels: by their headers, else the first and the next."""
    names = {c: fold_header(table.header[c]) for c in columns}
    code = next((c for c in columns if names[c] in _CODE), None)
    label = next((c for c in columns if names[c] in _LABEL and c != code), None)
    if code is None:
        code = next(c for c in columns if c != label)
    if label is None:
        label = next(c for c in columns if c != code)
    return code, label


def _of_one_list(
    table: TableSource, entries: Sequence[Sequence[str]], cells: Mapping[str, set[str]]
) -> dict[str, dict[str, str]]:
    """Labels of the column that a list of codes and labels is called like, or that alone holds its codes."""
    used = [c for c, name in enumerate(table.header) if name.strip()]
    if len(used) != 2:
        return {}
    for code, label in (tuple(used), tuple(reversed(used))):
        labels = {row[code].strip(): tidy(row[label]) for row in entries if row[code].strip() and row[label].strip()}
        if len(labels) < len(entries) - 1 or all(key_of(one) == key_of(other) for one, other in labels.items()):
            continue
        if _counts(labels):
            continue
        fitting = [header for header in cells if _explains(labels, cells[header])]
        called = [header for header in fitting if _called_like(header, table, code)]
        if chosen := called or (fitting if len(fitting) == 1 else []):
            return dict.fromkeys(chosen, labels)
    return {}


def _counts(labels: Mapping[str, str]) -> bool:
    """Whether a list says how many of each there are, and not what it is called: numbers behind words."""
    return all(look(label) is Look.NUMBER for label in labels.values()) and not all(
        look(code) is Look.NUMBER for code in labels
    )


def _called_like(header: str, table: TableSource, code: int) -> bool:
    name, sheet = fold_header(header), fold_header(table.sheet or "").rstrip("s")
    return name == fold_header(table.header[code]) or (len(sheet) > 1 and (sheet in name or name in sheet))


def _explains(labels: Mapping[str, str], cells: set[str]) -> bool:
    """Whether the cells of a column are codes of a list, alone or several in a cell."""
    codes = {key_of(code) for code in labels}
    return len(cells) > 1 and len(set(_singles(cells, codes)) & codes) >= _KNOWN * len(set(_singles(cells, codes)))


def _singles(cells: set[str], codes: set[str]) -> Iterator[str]:
    for cell in cells:
        yield from [cell] if cell in codes else filter(None, _SEPARATORS.split(cell))
