"""How a delimited text is written: delimiter, quotes, escapes, line ends; decided by all the evidence there is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.messages import _
from visittally.reading.looks import SPACES, Look, look
from visittally.reading.text.careful import physical_lines, read_records
from visittally.reading.text.dialect import Dialect
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

USUAL = (",", ";", "\t", "|")
"""Delimiters that need no further evidence than that rows come out equally wide."""
UNUSUAL = ("||", "::", "~", "^", "¦", "\x1f", "\x01", "┋", ":", "#", "*", " ")
"""Delimiters that must give equally wide rows everywhere and cells that look like cells."""
JUDGED = 400
"""Rows that candidates are compared by, in each of three stretches."""
WEIGHED = 100_000
"""Characters of such a stretch."""
STRETCH = 4 * WEIGHED
"""Characters of each of three stretches of a long text that are cut into lines."""

_SEP_LINE = pattern(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)


def find_dialect(text: str, wanted: str = "", *, whole: bool = True) -> tuple[Dialect, str]:
    """Decide how a text is written.

    Args:
        text: The text, or stretches of it that begin and end at line ends.
        wanted: The delimiter that the user named, or "".
        whole: Whether `text` is all there is, so that its last line is complete.

    Returns:
        The dialect, and why, in one sentence. The delimiter is "" where lines hold one cell only.
    """
    newline = _newline(text)
    start = Dialect(",", newline=newline)
    lines = physical_lines(_shortened(text, newline), start)
    if not whole and lines:
        lines.pop()
    skipped = 0
    if lines and (declared := _SEP_LINE.fullmatch(lines[0].strip("\r\n"))):
        skipped = 1
        wanted = wanted or declared[1]
    sample = _sample(lines[skipped:])
    quote, escape = _quoting(sample)
    start = replace(start, quote=quote, escape=escape, skipped=skipped)
    if wanted:
        delimiter = {"\\t": "\t", "tab": "\t", "space": " "}.get(wanted, wanted)
        return _spacing(replace(start, delimiter=delimiter), sample), _("delimiter {name}: as you asked").format(
            name=named(delimiter)
        )
    return _best(start, sample)


def named(delimiter: str) -> str:
    """A delimiter for people."""
    words = {",": _("comma"), ";": _("semicolon"), "\t": _("tab"), "|": _("vertical bar"), " ": _("space")}
    return words.get(delimiter, repr(delimiter))


def _newline(text: str) -> str:
    """Whether a single CR ends lines: where there is no LF, or where CR outside of LF is far more frequent."""
    singles = text.count("\r") - text.count("\r\n")
    feeds = text.count("\n")
    if not singles:
        return "\n"
    if not feeds:
        return "\r"
    unquoted = re.sub(r'"[^"]*"', "", text[: 1 << 22])
    bare = len(re.findall(r"\r(?!\n)", unquoted))
    if not bare:
        return "\n"
    return "\r" if bare >= 0.05 * unquoted.count("\n") else "\n"


def _shortened(text: str, newline: str) -> str:
    """A long text without most of its lines: of those left some are its first, some its last."""
    if len(text) <= 3 * STRETCH:
        return text
    middle = (len(text) - STRETCH) // 2
    parts = []
    for start, end in ((0, STRETCH), (middle, middle + STRETCH), (len(text) - STRETCH, len(text))):
        # From the line end before it to the last one in it.
        first = text.find(newline, start - 1, end) + 1 if start else 0
        last = text.rfind(newline, start, end) + 1 if end < len(text) else end
        if (not first and start) or last <= first:
            return text
        parts.append(text[first:last])
    return "".join(parts)


def _sample(lines: Sequence[str]) -> list[str]:
    """The first rows and some from the middle and the end, in order, blank lines left out."""
    rows = [line for line in lines if line.strip()]
    if len(rows) <= 3 * JUDGED and sum(map(len, rows)) <= 3 * WEIGHED:
        return rows
    middle, late = len(rows) // 3, 2 * len(rows) // 3
    first, inner, last = _up_to(rows[:middle]), _up_to(rows[middle:late]), _up_to(rows[:late:-1])
    return [*first, *inner, *reversed(last)]


def _up_to(rows: Sequence[str]) -> list[str]:
    """As many of the first rows as are worth looking at."""
    size, taken = 0, list[str]()
    for row in rows[:JUDGED]:
        taken.append(row)
        size += len(row)
        if size > WEIGHED:
            break
    return taken


_BOUNDS = r",;\t|~^¦┋"


def _quoting(lines: Sequence[str]) -> tuple[str, str]:
    """The quote and the escape character."""
    text = "".join(lines)
    bounds = _BOUNDS if not re.search(r'" "', text) else _BOUNDS + " "
    whole = {
        q: len(re.findall(rf"(?:^|[{bounds}]\s?){q}[^{q}\n]+{q}(?=\s*(?:[{bounds}]|$))", text, re.MULTILINE))
        for q in "\"'"
    }
    quote = "'" if whole["'"] >= 3 and whole["'"] > 3 * text.count('"') else '"'
    escaped = text.count("\\" + quote)
    if not escaped:
        return quote, ""
    closing = len(re.findall(rf"\\{quote}(?=[{bounds}]|\r?\n|$)", text))
    inner = len(re.findall(rf"(?<![{bounds}\n\\]){quote}{quote}(?![{bounds}\r\n]|$)", text))
    return quote, "\\" if escaped - closing > inner or (
        escaped and not inner and closing == escaped and _needs_escape(text, quote)
    ) else ""


def _needs_escape(text: str, quote: str) -> bool:
    r"""Whether `\"` before a delimiter is text: else the number of quotes in lines comes out odd."""
    lines = text.splitlines()
    with_escape = [line for line in lines if "\\" + quote in line]
    return all(line.replace("\\" + quote, "").count(quote) % 2 == 0 for line in with_escape)


def _best(start: Dialect, lines: Sequence[str]) -> tuple[Dialect, str]:
    """The candidate under which rows are equally wide and cells look like cells."""
    text = "".join(lines)
    found: list[tuple[float, Dialect, float, int]] = []
    for delimiter in (*USUAL, *UNUSUAL):
        if delimiter not in text:
            continue
        dialect = _spacing(replace(start, delimiter=delimiter), lines)
        widths, clean = _measure(lines, dialect)
        width, share = _commonest(widths)
        if width < 2:
            continue
        usual = delimiter in USUAL
        if not usual and (share < 0.95 or len(widths) < 2 or (delimiter in " :#*" and width < 3)):
            continue
        score = share * share * (0.25 + clean) * (1 - 0.5 / width) * (1.0 if usual else 0.5)
        found.append((score, dialect, share, width))
    if not found:
        return replace(start, delimiter=""), _("one column: no delimiter gives rows of equal width")
    _score, dialect, share, width = max(found, key=lambda one: one[0])
    why = _("delimiter {name}: {share:.0%} of the rows then have {width} cells").format(
        name=named(dialect.delimiter), share=share, width=width
    )
    return dialect, why


def _measure(lines: Sequence[str], dialect: Dialect) -> tuple[list[int], float]:
    """Widths of the rows, and the share of cells that look like cells rather than like rows not yet cut."""
    rows = [record.cells for record in read_records("".join(lines), dialect).records]
    others = [d for d in USUAL if d != dialect.delimiter]
    cells = good = 0
    for row in rows[:JUDGED]:
        for cell in row:
            text = cell.strip(SPACES)
            cells += 1
            kind = look(text)
            good += kind is not Look.TEXT or len(text) > 60 or not any(d in text for d in others)
    return [len(row) for row in rows], good / cells if cells else 0.0


def _commonest(widths: Sequence[int]) -> tuple[int, float]:
    """The commonest width and its share of the rows."""
    if not widths:
        return 0, 0.0
    width, n = Counter(widths).most_common(1)[0]
    return width, n / len(widths)


def _spacing(dialect: Dialect, lines: Sequence[str]) -> Dialect:
    """Whether every delimiter is followed by a space that is no part of a cell."""
    if dialect.delimiter.isspace() or not dialect.delimiter:
        return dialect
    text = "".join(lines)
    if dialect.quote:
        q = re.escape(dialect.quote)
        text = re.sub(rf"(?<=[{re.escape(dialect.delimiter)} \n]){q}[^{q}\n]*{q}", "", text)
    followed = text.count(dialect.delimiter + " ")
    ends = len(re.findall(re.escape(dialect.delimiter) + r"(?=[\r\n]|$)", text))
    every = text.count(dialect.delimiter) - ends
    return replace(dialect, spaced=every >= 2 and followed >= 0.98 * every)
