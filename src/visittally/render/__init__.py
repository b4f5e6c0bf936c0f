"""Tables and documents as bytes: one format a module, each loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visittally.errors import UsageError
from visittally.messages import _
from visittally.render.cells import RenderOptions

if TYPE_CHECKING:
    from visittally.tables.document import Document
    from visittally.tables.result import Result
    from visittally.tables.table import Table

__all__ = [
    "DOCUMENTS",
    "FORMATS",
    "ONE_TABLE",
    "RenderOptions",
    "check_template",
    "format_for",
    "render",
    "render_document",
]

ONE_TABLE = ("csv", "tsv", "jsonl")
"""Formats that hold exactly one table."""
DOCUMENTS = ("html", "docx", "xlsx", "markdown")
"""Formats that hold a whole report."""
_OURS = ("table", "markdown", "github", "pipe", "csv", "tsv", "json", "jsonl", "html", "xlsx", "docx")
_TEXT = (  # the names of tabulate, which is slow to load; a test compares them
    *("plain", "simple", "grid", "simple_grid", "rounded_grid", "heavy_grid", "mixed_grid", "double_grid"),
    *(
        "fancy_grid",
        "colon_grid",
        "outline",
        "simple_outline",
        "rounded_outline",
        "heavy_outline",
        "mixed_outline",
    ),
    *("double_outline", "fancy_outline", "presto", "pretty", "psql", "orgtbl", "rst", "asciidoc", "jira"),
    *("mediawiki", "moinmoin", "textile", "youtrack", "unsafehtml"),
    *("latex", "latex_booktabs", "latex_longtable", "latex_raw"),
)
FORMATS = (*_OURS, *_TEXT, "toml")
"""Every name that `--format` takes; `toml` is written by `columns` alone."""
SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "table",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".toml": "toml",
    ".tex": "latex",
    ".rst": "rst",
    ".org": "orgtbl",
}
_INSTEAD = {
    ".pdf": ".docx or .html",
    ".doc": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".xls": ".xlsx",
    ".ods": ".xlsx",
}
"""Suffixes that people ask for, and what comes nearest."""
_MODULES = {
    "markdown": "markdown",
    "github": "markdown",
    "pipe": "markdown",
    "html": "html",
    "xlsx": "xlsx",
    "docx": "docx",
}

Renderer = Callable[["Sequence[Table]", "Result", RenderOptions], bytes]


def format_for(path: str | Path) -> str:
    """The format that the suffix of an output file stands for.

    Raises:
        UsageError: The suffix stands for none.
    """
    suffix = Path(path).suffix.lower()
    if suffix in _INSTEAD:
        text = _("{path}: {suffix} cannot be written. Write {better} and save or print it as {suffix} from there.")
        raise UsageError(text.format(path=path, suffix=suffix, better=_INSTEAD[suffix]))
    if suffix not in SUFFIXES:
        raise UsageError(
            _("{path}: no format goes with this suffix. Use one of {suffixes}, or say --format.").format(
                path=path, suffixes=" ".join(SUFFIXES)
            )
        )
    return SUFFIXES[suffix]


def render(tables: Sequence[Table], result: Result, format: str, options: RenderOptions) -> bytes:  # noqa: A002
    """Tables in one format.

    Args:
        tables: What is to be shown, in this order; csv, tsv and jsonl take exactly one table.
        result: Where they come from: json adds its receipt and notices, documents its receipt.
        format: One of `FORMATS` (`toml` excepted).
        options: How it should look.

    Raises:
        UsageError: The format is unknown here, or holds one table only and there are more.
    """
    if format in ONE_TABLE and len(tables) != 1:
        raise UsageError(
            _("{format} holds one table. Say which: --table {names}").format(
                format=format, names="|".join(table.name for table in tables)
            )
        )
    return _renderer(format)(tables, result, options)


def render_document(
    document: Document,
    format: str,  # noqa: A002 - the word of the command line
    options: RenderOptions,
    template: Path | None = None,
) -> bytes:
    """A report in one of `DOCUMENTS`.

    Args:
        document: The report.
        format: html, docx, xlsx or markdown.
        options: How it should look.
        template: One of the user's own: for html one of Jinja2, for docx a document with styles, header, footer.

    Raises:
        UsageError: A report has no such format, or the format takes no template.
        ConfigError: The template is missing or wrong.
    """
    if format not in _MODULES:
        raise UsageError(
            _("A report is written as {formats}, not as {format}.").format(formats=", ".join(DOCUMENTS), format=format)
        )
    if template is not None and format not in ("html", "docx"):
        raise UsageError(_("--template is for html and docx, not for {format}.").format(format=format))
    if template is not None and format == "docx":
        from visittally.render import docx

        return docx.render_document(document, options, template)
    if template is not None:
        from visittally.render.own_template import render_template

        return render_template(document, options, template)
    module: Any = import_module(f"visittally.render.{_MODULES[format]}")
    return bytes(module.render_document(document, options))


def _renderer(name: str) -> Renderer:
    """Load what writes a format."""
    if name in ("csv", "tsv"):
        from visittally.render import delimited

        return delimited.renderer("," if name == "csv" else "\t")
    if name in ("json", "jsonl"):
        from visittally.render import structured

        return structured.render_json if name == "json" else structured.render_jsonl
    if name in _MODULES:
        module: Any = import_module(f"visittally.render.{_MODULES[name]}")
        found: Renderer = module.render
        return found
    if name == "table" or name in _TEXT:
        from visittally.render import text

        return text.renderer(name)
    raise UsageError(_("{format} is no format of this command.").format(format=name))


def check_template(template: str, output: str) -> None:
    """A Word document is the base of a Word document, any other template makes an HTML page.

    Raises:
        UsageError: The output is something else.
    """
    wanted = (".docx",) if Path(template).suffix.lower() == ".docx" else (".html", ".htm")
    if template and Path(output).suffix.lower() not in wanted:
        text = _("--template {template} makes a {suffix} report: give -o a name that ends in {suffix}.")
        raise UsageError(text.format(template=template, suffix=wanted[0]))
