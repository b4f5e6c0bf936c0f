"""Lists as programs and forms write them into a cell: `["a", "b"]`, `['a', 'b']`, `{a,b}`, `"a, b",c`, `☑a □b`."""

from __future__ import annotations

import ast
import csv
import json
import re
from typing import TYPE_CHECKING

from visittally.words.boxes import are_boxes, ticked_in
from visittally.words.enumerations import numbered_items
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST = 10_000
"""Longer cells are no lists of answers."""
_BRACKETS = pattern(r"\s*(?:\[.*\]|\{.*\}|\(.*,.*\))\s*", re.DOTALL)
_NESTED = pattern(r"[\[{(].*[\[{(]")
_LETTERS = pattern(r"[A-J]{1,10}|[a-j]{1,10}")
"""Letters of options as questionnaires have them."""
_MARKED = pattern(r"(?<![A-Za-z.])([A-J])\s?[.、．:：)）]\s?(?=[^\W\d_])")
_IN_QUOTES = pattern(r'"[^"]*"')
_QUOTED = pattern(r'(?:^|,)\s*"[^"]*,[^"]*"\s*(?:,|$)')
"""A piece of a list in quotes, because it holds a comma itself."""


def in_brackets(cell: str) -> tuple[str, ...] | None:
    """The answers in a list in brackets, None where a cell is no such list.

    >>> in_brackets('["road", "water, clean"]'), in_brackets("['a']"), in_brackets("{a,b}"), in_brackets("[]")
    (('road', 'water, clean'), ('a',), ('a', 'b'), ())
    >>> in_brackets('{"Water (drinking, other)",Road}')
    ('Water (drinking, other)', 'Road')
    >>> in_brackets("{1e5-0,2}"), in_brackets("{1e5}"), in_brackets("{1,2}")
    (('1e5-0', '2'), ('1e5',), ('1', '2'))
    >>> in_brackets("road [main]"), in_brackets("[see note"), in_brackets('{"a": 1}')
    (None, None, None)
    """
    if len(cell) > _LONGEST or not _BRACKETS.fullmatch(cell):
        return None
    text = cell.strip()
    for read in (json.loads, ast.literal_eval):
        try:
            found = read(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            continue
        if isinstance(found, dict) or not isinstance(found, list | tuple | set):
            return () if found == {} else None
        if isinstance(found, set):
            if any(not isinstance(one, str) for one in found):
                break  # what is no number in the eyes of its writer: `{1e5}`
            found = sorted(found, key=text.find)
        return tuple(map(str, found)) if all(isinstance(one, str | int | float) for one in found) else None
    plain = _IN_QUOTES.sub("", text)
    if text[0] == "(" or _NESTED.search(plain) or ":" in plain:
        return None
    inner = text[1:-1].strip()
    if not inner:
        return ()
    pieces = next(csv.reader([inner.replace("\n", " ")], skipinitialspace=True), [])
    return tuple(piece.strip().strip("'") for piece in pieces if piece.strip())


def in_quotes(cell: str) -> tuple[str, ...] | None:
    """The answers in a list with commas, of which those that hold a comma stand in quotes.

    >>> in_quotes('"Water, clean",Power'), in_quotes("Road,Power"), in_quotes('say "a, b" loud')
    (('Water, clean', 'Power'), ('Road', 'Power'), None)
    """
    try:
        pieces = next(csv.reader([cell.replace("\n", " ")], skipinitialspace=True, strict=True), [])
    except csv.Error:
        return None
    if any('"' in piece for piece in pieces):
        return None
    return tuple(piece.strip() for piece in pieces if piece.strip())


def letters_in(cell: str) -> tuple[str, ...] | None:
    """The letters of options that are written one behind the other; None for any other cell.

    >>> letters_in("ACD"), letters_in("B"), letters_in("CAB"), letters_in("Water")
    (('A', 'C', 'D'), ('B',), None, None)
    """
    text = cell.strip()
    return tuple(text) if _LETTERS.fullmatch(text) and list(text) == sorted(set(text)) else None


def are_glued(cells: Collection[str]) -> bool:
    """Whether all cells are letters of options, several in some of them, in the order of the alphabet.

    >>> are_glued(["A", "B", "AC", "ABD"]), are_glued(["A", "B", "AB", "O"]), are_glued(["AB", "CD", "EF"])
    (True, False, False)
    """
    lists = [letters_in(cell) for cell in cells]
    if None in lists:
        return False
    several = {found for found in lists if found is not None and len(found) > 1}
    alone = {found[0] for found in lists if found is not None and len(found) == 1}
    return len(several) > 1 and any(letter in alone for found in several for letter in found)


def marked_letters(cell: str) -> tuple[str, ...] | None:
    """The options in a cell, each with its letter, where nothing but the letters parts them; None for any other cell.

    >>> marked_letters("A. Road C. Water"), marked_letters("A、道路B、饮水"), marked_letters("A. Road A. Water")
    (('A. Road', 'C. Water'), ('A、道路', 'B、饮水'), None)
    """
    marks = list(_MARKED.finditer(cell))
    if not marks or cell[: marks[0].start()].strip():
        return None
    letters = [mark[1] for mark in marks]
    if len(set(letters)) < len(letters):
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(cell)]
    items = tuple(cell[mark.start() : end].strip() for mark, end in zip(marks, ends, strict=True))
    return (
        items if all(len(item) > mark.end() - mark.start() for item, mark in zip(items, marks, strict=True)) else None
    )


def are_marked(cells: Collection[str]) -> bool:
    """Whether cells hold options with their letters, several in some of them, each letter before one option only.

    >>> are_marked(["A. Road", "B. Water", "A. Road B. Water"]), are_marked(["A. Khan", "B. Musa", "A. Ali B. Musa"])
    (True, False)
    """
    lists = [marked_letters(cell) for cell in cells]
    if None in lists or not any(len(found or ()) > 1 for found in lists):
        return False
    named = {item for found in lists for item in found or ()}
    return 1 < len({item[0] for item in named}) == len(named)


def notation_of(cells: Collection[str]) -> str:
    """How lists are written in the cells of a question: a name of `NOTATIONS`, or "" for none."""
    lists = [cell for cell in cells if cell.strip()]
    if not lists:
        return ""
    if any(cell.lstrip()[:1] in ("[", "{") for cell in lists):
        bracketed = sum(in_brackets(cell) is not None for cell in lists)
        if bracketed >= 0.9 * len(lists):
            return "brackets"
    if are_glued(lists):
        return "letters"
    if any(_QUOTED.search(cell) for cell in lists) and all(in_quotes(cell) is not None for cell in lists):
        return "quotes"
    return "boxes" if are_boxes(lists) else "marked" if are_marked(lists) else ""


NOTATIONS = {
    "letters": letters_in,
    "brackets": in_brackets,
    "quotes": in_quotes,
    "numbers": numbered_items,
    "boxes": ticked_in,
    "marked": marked_letters,
}
"""Name of a notation -> what reads a cell in it."""
