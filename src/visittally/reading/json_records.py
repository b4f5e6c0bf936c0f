"""JSON as the servers of form tools give it: an array of records, one record a line, or a page with records in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from visittally.errors import InputError, Notice
from visittally.messages import _
from visittally.reading.in_memory import LoadedSource, TableColumns, loaded
from visittally.reading.workbooks.sheets import text_of

if TYPE_CHECKING:
    from visittally.reading.blocks import TableSource
    from visittally.reading.inputs.source import ByteSource

MOST = 1 << 30
"""Bytes of JSON that are read at most: all of it stands in memory."""
DEPTH = 3
"""So far below the top a list of records is looked for: `results`, `value`, `data/entries`."""
WIDEST = 20_000
"""Columns that records may have."""
BETWEEN = (";", "|", "\n", "\t", "\x1f")
"""What joins the answers of a list: the first that no answer of the column holds."""
PATH = "/"
"""Stands between the names of groups and of what is in them."""
COUNT = "_count"
"""Ends the name of the column that says how many rows a repeated group has."""
_FILES = frozenset(("_attachments", "_downloads"))
"""Lists of files that a server adds to a record."""
_NEXT = ("next", "@odata.nextLink")
"""Where a server says that there are more pages."""


def find_table(source: ByteSource) -> TableSource:
    """Find the records in a JSON file.

    Args:
        source: A plain local file.

    Raises:
        InputError: It is damaged, or holds no list of records.
    """
    found = loaded(load, source)
    return LoadedSource(
        file=source.name,
        header=found.names,
        header_rows=(found.names,),
        header_row=0,
        encoding="utf-8",
        size=source.size,
        notices=_pages(source),
        evidence=(_("JSON: {n:,} records").format(n=found.rows),),
        input=source,
        load=load,
        rows=found.rows,
    )


def load(source: ByteSource) -> TableColumns:
    """Read a JSON file into columns: groups are joined by `/`, answers of a list by `;`, repeats are numbered.

    Raises:
        InputError: It is damaged, or holds no list of records.
    """
    import numpy as np

    numbered = list(_records(source))
    columns: dict[str, dict[int, Any]] = {}
    for row, (_line, record) in enumerate(numbered):
        for name, value in _cells(record):
            columns.setdefault(name, {})[row] = value
        if len(columns) > WIDEST:
            raise InputError(_("{name} is no list of like records: it has too many names.").format(name=source.name))
    _count_none(columns, len(numbered))
    cells = (_array([values.get(row) for row in range(len(numbered))]) for values in columns.values())
    return TableColumns(tuple(columns), tuple(cells), np.array([line for line, _record in numbered], np.int64))


def _records(source: ByteSource) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Line (or number, in an array) of each record, and the record."""
    text = _text(source)
    try:
        content = json.loads(text)
    except ValueError as error:
        lines = _lines(source, text, error)
        if lines is None:
            raise _damaged(source, error) from error
        yield from lines
        return
    except RecursionError as error:
        raise _no_list(source) from error
    found = [content] if _is_record(content) and "\n" not in text.strip() else _longest(content, DEPTH)
    if not found:
        raise _no_list(source)
    yield from enumerate(found, 1)


def _text(source: ByteSource) -> str:
    from visittally.reading.text.encodings import find_encoding, utf8_blocks

    if source.size > MOST:
        raise InputError(_("{name} is too large to be read as JSON. Export the table as CSV.").format(name=source.name))
    return b"".join(utf8_blocks(source, find_encoding(source), 1 << 22)).decode("utf-8", "replace")


def _lines(source: ByteSource, text: str, error: ValueError) -> list[tuple[int, Mapping[str, Any]]] | None:
    """The records of a text with one on each line; None where it is another kind of text."""
    found: list[tuple[int, Mapping[str, Any]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            if not found:
                return None
            raise InputError(
                _("{name}: line {line:,} is no record in JSON. Is the file damaged? Export it again.").format(
                    name=source.name, line=number
                )
            ) from error
        if not isinstance(record, Mapping):
            return None
        found.append((number, record))
    return found or None


def _damaged(source: ByteSource, error: ValueError) -> InputError:
    line = getattr(error, "lineno", 1)
    return InputError(
        _("{name}: line {line:,} is not JSON. Is the file damaged? Export it again.").format(
            name=source.name, line=line
        )
    )


def _no_list(source: ByteSource) -> InputError:
    return InputError(
        _("{name} is a JSON file without a list of records. Export the table as CSV or Excel.").format(name=source.name)
    )


def _is_record(content: object) -> bool:
    """Whether an object is one record itself, as the only line of a file may be."""
    return isinstance(content, Mapping) and bool(content) and not _longest(content, DEPTH)


def _longest(content: object, depth: int) -> list[Mapping[str, Any]]:
    """The longest list of objects; those of a map are their properties."""
    if isinstance(content, Sequence) and not isinstance(content, str):
        if not content or not all(isinstance(one, Mapping) for one in content):
            return []
        properties = [one.get("properties") for one in content]
        if all(isinstance(p, Mapping) for p in properties) and all(one.get("type") == "Feature" for one in content):
            return [dict(p) for p in properties if isinstance(p, Mapping)]
        return list(content)
    if isinstance(content, Mapping) and depth:
        return max((_longest(value, depth - 1) for value in content.values()), key=len, default=[])
    return []


def _cells(record: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """The names and values of a record, groups and repeats flattened."""
    for key, value in record.items():
        name = key if not path or key.startswith(path + PATH) else f"{path}{PATH}{key}"
        if key in _FILES:
            continue
        if isinstance(value, Mapping):
            yield from [(name, _position(value))] if _position(value) else _cells(value, name)
        elif isinstance(value, list) and value and all(map(_is_answer, value)):
            yield from ((_question_of(one), _answer_of(one)) for one in value)
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            yield f"{name}{COUNT}", len(value)
            for number, one in enumerate(value, 1):
                if isinstance(one, Mapping):
                    yield from ((f"{inner}_{number}", cell) for inner, cell in _cells(one, name))
        else:
            yield name, value


def _is_answer(one: object) -> bool:
    """Whether an object is an answer beside the field that it answers, as Typeform lists them."""
    return (
        isinstance(one, Mapping)
        and isinstance(one.get("field"), Mapping)
        and bool(_question_of(one))
        and one.get("type") in one
    )


def _question_of(one: Mapping[str, Any]) -> str:
    """What the field of an answer is called."""
    return str(one["field"].get("title") or one["field"].get("ref") or one["field"].get("id") or "")


def _answer_of(one: Mapping[str, Any]) -> Any:
    """The answer itself: of a choice its label, of several the list of these."""
    value = one[one["type"]]
    if not isinstance(value, Mapping):
        return value
    written = [value["other"]] if value.get("other") else []
    if isinstance(value.get("labels"), list) or "ids" in value:
        return [*(value.get("labels") or ()), *written]
    return value.get("label") or next(iter(written), "")


def _count_none(columns: dict[str, dict[int, Any]], records: int) -> None:
    """Write 0 where a list of rows is empty, or left out as some servers do: it was asked for, and there is none."""
    for counted in [name for name in columns if name.endswith(COUNT)]:
        name = counted.removesuffix(COUNT)
        empty = columns.get(name, {})
        if not all(value == [] for value in empty.values()):
            continue
        columns.pop(name, None)
        if any(column.startswith(f"{name}{PATH}") for column in columns):
            columns[counted] = dict.fromkeys(range(records), 0) | columns[counted]


def _position(value: Mapping[str, Any]) -> str:
    """A point of a map as form tools write it in tables: latitude, longitude, altitude."""
    at = value.get("coordinates")
    if value.get("type") != "Point" or not isinstance(at, list) or len(at) < 2:
        return ""
    return " ".join(_text_of(one) for one in (at[1], at[0], *at[2:]))


def _text_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return text_of(value)


def _array(values: Sequence[Any]) -> Any:
    from visittally.words.arrays import string_array

    lists = [[_text_of(one) for one in value] if isinstance(value, list) else None for value in values]
    held = {answer for answers in lists if answers and len(answers) > 1 for answer in answers}
    between = next((sign for sign in BETWEEN if not any(sign in answer for answer in held)), BETWEEN[0])
    texts = [
        _text_of(value) if answers is None else between.join(answers)
        for value, answers in zip(values, lists, strict=True)
    ]
    return string_array(texts)


def _pages(source: ByteSource) -> tuple[Notice, ...]:
    """A server gives long lists page by page: say where this is only one of them."""
    try:
        content = json.loads(_text(source))
    except ValueError:
        return ()
    if not isinstance(content, Mapping) or not any(content.get(key) for key in _NEXT):
        return ()
    count = content.get("count", content.get("@odata.count"))
    here = len(_longest(content, DEPTH))
    of = _("{n:,} of {count:,}").format(n=here, count=count) if isinstance(count, int) else f"{here:,}"
    message = _("{name} is one page of a longer list ({n} records): fetch the other pages, too, and name all files.")
    return (Notice("one_page", message.format(name=source.name, n=of)),)
