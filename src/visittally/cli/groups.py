"""The headings under which help pages list options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILES = (
    *("columns", "family", "form", "labels", "where", "encoding", "delimiter", "counts", "fill_down", "no_fill_down"),
    *("include", "sheet", "config", "strict", "scheduler"),
)
_COUNTING = (
    *("by", "across", "base", "weight", "per", "question", "top", "sort", "percent", "interval", "complete", "tick"),
    *("purposive", "primary", "valid"),
    *("codebook", "statuses", "no_code", "as_of"),
)
_PLAN = ("roster", "roster_columns", "plan", "count", "revisit_after")
_EARLIER = ("before", "form_before")
_OUTPUT = (
    *("table", "format", "output", "lang", "digits", "bars", "min_cell", "public", "raw", "bom", "formulas"),
    *("include_personal", "show_visitors", "with_text", "texts", "quiet", "verbose", "help"),
)


def headings() -> Mapping[str, tuple[str, ...]]:
    """Each heading with the names of the parameters below it; one without names takes what no other has."""
    return {
        _("The files"): _FILES,
        _("What is counted"): _COUNTING,
        _("The plan"): _PLAN,
        _("The earlier round"): _EARLIER,
        _("This command alone"): (),
        _("Output"): _OUTPUT,
    }
