"""Sentences of plain and Markdown text, and the pipe tables among them."""

from __future__ import annotations

from visittally.reading.finished.rows import Finished, Paragraph, Rows, squared
from visittally.words.patterns import pattern

_ROW = pattern(r"\s*\|.*\|\s*$")
_RULE = pattern(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_CELL = pattern(r"(?<!\\)\|")
_MARKS = pattern(r"^\s*(?:#{1,6}\s+|[-*+]\s+|>\s*)")
_EMPHASIS = pattern(r"\*\*|__|`")


def of_prose(name: str, text: str) -> Finished:
    """The tables and the paragraphs of a text."""
    lines = text.splitlines()
    tables: list[Rows] = []
    paragraphs: list[Paragraph] = []
    at = 0
    while at < len(lines):
        if _ROW.match(lines[at]) and at + 1 < len(lines) and _RULE.match(lines[at + 1]):
            end = at + 2
            while end < len(lines) and _ROW.match(lines[end]):
                end += 1
            numbers = [at, *range(at + 2, end)]
            title = paragraphs[-1].text if paragraphs else ""
            tables.append(squared([_cells(lines[i]) for i in numbers], [i + 1 for i in numbers], title))
            at = end
            continue
        if lines[at].strip():
            paragraphs.append(Paragraph(at + 1, _EMPHASIS.sub("", _MARKS.sub("", lines[at])).strip()))
        at += 1
    return Finished(name, tuple(tables), tuple(paragraphs))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [_EMPHASIS.sub("", cell.replace("\\|", "|")).strip() for cell in _CELL.split(inner)]
