"""Tables, reports and what has to be said of them, as plain values for the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from visittally.errors import PARTIAL
from visittally.reading.losses import set_aside_by_kind
from visittally.render.cells import shown_controls, visible
from visittally.render.html import view
from visittally.tables.document import of_tables
from visittally.words.personal import scrub

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visittally.errors import Notice
    from visittally.reading.receipt import Receipt
    from visittally.render.cells import RenderOptions
    from visittally.render.html import TableView
    from visittally.tables.document import Document
    from visittally.tables.result import Result
    from visittally.tables.table import Table

LISTED = 200
"""So many records that were left out are listed one by one."""
ROWS = 300
"""So many rows of a table are shown; files hold all of them."""


def of_result(tables: Sequence[Table], result: Result, options: RenderOptions) -> dict[str, Any]:
    """The tables of a command, numbered as on paper, with its notices and its receipt."""
    page = view(_plain(of_tables(tables, result)), options)
    sections = [{"heading": "", "tables": [_table(t) for t in section.tables]} for section in page.sections]
    return {"sections": sections, "paragraphs": [], **_said(result.notices, result.receipt)}


def of_report(document: Document, notices: Iterable[Notice], receipt: Receipt, options: RenderOptions) -> Any:
    """A report: its title and findings, the tables of each part."""
    page = view(_plain(document), options)
    sections = [{"heading": s.heading, "tables": [_table(t) for t in s.tables]} for s in page.sections]
    paragraphs = [page.title, *page.paragraphs]
    return {"sections": sections, "paragraphs": paragraphs, **_said(notices, receipt)}


def _plain(document: Document) -> Document:
    """The document without its charts, which stand in files."""
    return replace(document, sections=tuple(replace(section, charts=()) for section in document.sections))


def _table(table: TableView) -> dict[str, Any]:
    body = table.body
    shown = [*body[:ROWS], *table.totals]
    return {
        "name": table.name,
        "title": table.title,
        "headings": [{"text": heading.text, "right": heading.right} for heading in table.headings],
        "rows": [
            {
                "total": row.total,
                "cells": [{"text": cell.text, "right": cell.right, "head": cell.heads_row} for cell in row.cells],
            }
            for row in shown
        ],
        "more": max(0, len(body) - ROWS),
        "below": list(table.below),
    }


def _said(notices: Iterable[Notice], receipt: Receipt) -> dict[str, Any]:
    """What is partial, what else is to be known, and every record that was left out, as far as it may be told."""
    told = list(dict.fromkeys((notice.code in PARTIAL, _harmless(notice.message)) for notice in notices))
    hidden = bool(receipt.smallest)
    return {
        "partial": [text for partial, text in told if partial],
        "notes": [text for partial, text in told if not partial],
        "receipt": receipt.sentence() if receipt.files else "",
        "kinds": [] if hidden else [{"name": name, "n": n} for name, n in set_aside_by_kind(receipt).values()],
        "left_out": [] if hidden else _left_out(receipt),
    }


def _left_out(receipt: Receipt) -> list[dict[str, Any]]:
    entries = [
        {"file": visible(file.file), "line": entry.line, "reason": _harmless(entry.reason)}
        for file in receipt.files
        for entry in file.entries
    ]
    return entries[:LISTED]


def _harmless(text: str) -> str:
    """What stands in files can reach a sentence; it must not tell who was visited."""
    return shown_controls(scrub(text), keep="\n")
