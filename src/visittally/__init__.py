"""Tally what door-to-door visits found: issues by village, coverage, follow-up, reports.

    import visittally

    result = visittally.summarize(["exports/a.csv", "exports/b.csv"], by=["village"])
    result.tables["issues"].to_pandas()

Each function takes files and the options of the command of its name, returns a `Result` and raises `VisitTallyError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from visittally.version import __version__

__all__ = [
    "Notice",
    "Receipt",
    "Report",
    "Result",
    "Table",
    "VisitTallyError",
    "__version__",
    "audit",
    "backcheck",
    "check",
    "columns",
    "compare",
    "coverage",
    "followup",
    "questions",
    "read",
    "report",
    "summarize",
]

if TYPE_CHECKING:
    from visittally.api import (
        audit,
        backcheck,
        check,
        columns,
        compare,
        coverage,
        followup,
        questions,
        read,
        report,
        summarize,
    )
    from visittally.composing import Report
    from visittally.errors import Notice, VisitTallyError
    from visittally.reading.receipt import Receipt
    from visittally.tables.result import Result
    from visittally.tables.table import Table

_HOMES = {
    "Notice": "errors",
    "Receipt": "reading.receipt",
    "Report": "composing",
    "Result": "tables.result",
    "Table": "tables.table",
    "VisitTallyError": "errors",
}


def __getattr__(name: str) -> Any:
    # Each name is imported on first use, so that `visittally --help` does not load pandas.
    if name in __all__:
        return getattr(import_module(f"visittally.{_HOMES.get(name, 'api')}"), name)
    message = f"module 'visittally' has no attribute '{name}'"
    raise AttributeError(message)
