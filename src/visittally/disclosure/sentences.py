"""Sentences with small cells hidden: what notices, notes and receipts may still say.

A sentence that says "2 records have no answer" tells as much as a cell that holds 2. Sentences are made far from the
tables, so they are judged here by what they are known not to hold: notices of a kind that says how the files were
understood pass, and of all sentences those that hold no number but the sizes of the survey and of a shown base, and
no two numbers that differ by a small one.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from visittally.analyses.compare.tables import FEW
from visittally.analyses.intervals import SMALLEST_BASE
from visittally.errors import Notice
from visittally.messages import ngettext
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HARMLESS = frozenset(
    {
        "as_of",
        "config",
        "date_order",
        "encoding_unsure",
        "guessed_column",
        "left_out",
        "names_held_back",
        "names_in_texts",
        "no_issue",
        "no_place",
        "no_village",
        "no_weights",
        "own_results",
        "personal_kept",
        "personal_left_out",
        "questions_cut",
        "results_left_out",
        "scale_not_ticked",
        "sensitive_left_out",
        "sheets_alike",
        "small_cells",
        "ticks_unused",
    }
)
"""Kinds of notices that say how files were read and columns taken, and nothing of what stands in the records."""

_ALONE = r"(?<![\w.\-/:<≈,]){}(?![\w\-/:]|\.\d|,\d)(?!\s*%)"
_NUMBER = pattern(_ALONE.format(r"\d{1,3}(?:,\d{3})+") + "|" + _ALONE.format(r"\d+"))
"""A whole number that stands by itself: no date, no code, no percentage, no part of a name."""
_FRACTION = pattern(r"(?<![\w.\-/:])\d+(?:\.\d+(?![\w.])|(?:\.\d+)?\s*%)(?<!95 %)(?<!95%)")
"""A mean, a rate, a percentage, but for the level of an interval."""
CONSTANTS = frozenset({SMALLEST_BASE, FEW, 100})
"""Numbers that sentences hold whatever was counted: from how many on a rate is printed, an interval."""


def tells(sentence: str, smallest: int) -> bool:
    """Whether a sentence holds a number from 1 to `smallest - 1`, or two numbers that differ by one.

    >>> tells("Base: 38 visits; 2 of 40 left out.", 5), tells("Base: all 40 visits.", 5), tells("38 of 40", 5)
    (True, False, True)
    """
    numbers = [int(found.replace(",", "")) for found in _NUMBER.findall(sentence)]
    small = range(1, smallest)
    return any(n in small for n in numbers) or any(abs(a - b) in small for a, b in itertools.combinations(numbers, 2))


def is_harmless(sentence: str, smallest: int, known: Iterable[int] = ()) -> bool:
    """Whether a sentence may be printed beside tables with hidden cells: what it counts is known, or it counts nothing.

    Args:
        sentence: The sentence.
        smallest: The smallest count that is shown.
        known: Numbers that may be told: how many records there are, what a table divides by.

    >>> is_harmless("Net wet: 57 cases, 48.3 %.", 5), is_harmless("38 of 48; 10 left out", 5, {38, 48})
    (False, True)
    """
    if _FRACTION.search(sentence) or tells(sentence, smallest):
        return False
    sizes = {*known}
    allowed = {0, *CONSTANTS, *sizes, *(abs(a - b) for a, b in itertools.combinations(sizes, 2))}
    return allowed.issuperset(int(found.replace(",", "")) for found in _NUMBER.findall(sentence))


def harmless_sentences(sentences: Iterable[str], smallest: int, known: Iterable[int] = ()) -> tuple[str, ...]:
    """The notes of a table that may stand under it."""
    sizes = frozenset(known)
    return tuple(sentence for sentence in sentences if is_harmless(sentence, smallest, sizes))


def harmless_notices(notices: Sequence[Notice], smallest: int) -> tuple[Notice, ...]:
    """The notices that may be printed, and one that says how many may not."""
    kept = tuple(notice for notice in notices if notice.code in HARMLESS and not _tells(notice, smallest))
    held = len(notices) - len(kept)
    if not held:
        return kept
    message = ngettext(
        "1 notice is not shown, because it holds numbers or answers of records; "
        "a run without --min-cell and --public shows it.",
        "{n} notices are not shown, because they hold numbers or answers of records; "
        "a run without --min-cell and --public shows them.",
        held,
    ).format(n=held)
    return (*kept, Notice("held_back", message))


def _tells(notice: Notice, smallest: int) -> bool:
    return notice.code not in {"small_cells", "left_out", "questions_cut"} and not is_harmless(notice.message, smallest)
