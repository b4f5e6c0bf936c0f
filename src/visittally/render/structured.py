"""JSON: all tables with the receipt. JSON lines: one table, an object a row."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from visittally.tables.table import Table, tables_by_name
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from visittally.render.cells import RenderOptions
    from visittally.tables.result import Result

_ESCAPED = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON may hold as it is but a terminal or a splitter of lines would act on."""


def render_json(tables: Sequence[Table], result: Result, _options: RenderOptions) -> bytes:
    """The tables with the receipt and the notices as one JSON object."""
    found = replace(result, tables=tables_by_name(tables)).to_dict()
    return _encoded(json.dumps(_finite(found), ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def render_jsonl(tables: Sequence[Table], _result: Result, _options: RenderOptions) -> bytes:
    """The only table as a JSON object on each line, without totals.

    Raises:
        ValueError: There is not exactly one table.
    """
    (table,) = tables
    rows = table.with_rows(list(table.body())).to_dict()["rows"]
    lines = (json.dumps(_finite(row), ensure_ascii=False, allow_nan=False) for row in rows)
    return _encoded("".join(f"{line}\n" for line in lines))


def _finite(value: Any) -> Any:
    """The value with None for what JSON has no number for."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _finite(inner) for key, inner in value.items()}
    return [_finite(inner) for inner in value] if isinstance(value, list | tuple) else value


def _encoded(text: str) -> bytes:
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode()
