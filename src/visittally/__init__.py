"""Tally what door-to-door visits found: issues by village, coverage, follow-up, reports.

    import visittally

    result = visittally.summarize(["exports/a.csv", "exports/b.csv"], by=["village"])
    result.tables["issues"].to_pandas()

Each function takes files and the options of the command of its name, returns a `Result` and raises `VisitTallyError`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "Notice",
    "Receipt",
    "Result",
    "Table",
    "VisitTallyError",
    "__version__",
    "columns",
    "coverage",
    "followup",
    "questions",
    "read",
    "summarize",
]

if TYPE_CHECKING:
    from visittally.api import columns, coverage, followup, questions, read, summarize
    from visittally.errors import Notice, VisitTallyError
    from visittally.reading.receipt import Receipt
    from visittally.result import Result
    from visittally.table import Table

_HOMES = {
    "Notice": "errors",
    "Receipt": "reading.receipt",
    "Result": "result",
    "Table": "table",
    "VisitTallyError": "errors",
}


def __getattr__(name: str) -> Any:
    # Each name is imported on first use, so that `visittally --help` does not load pandas.
    if name in __all__:
        return getattr(import_module(f"visittally.{_HOMES.get(name, 'api')}"), name)
    message = f"module 'visittally' has no attribute '{name}'"
    raise AttributeError(message)


class _Package(ModuleType):
    """A package whose functions are not hidden by its modules of the same names."""

    def __setattr__(self, name: str, value: Any) -> None:
        # Importing visittally.questions would set the module as the attribute `questions`.
        if name not in __all__ or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
