"""Where a table ends among rows: above a tally, another table, or those who sign for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visittally.reading.beginning import Position, another_header
from visittally.reading.header_rows import LEADING, is_total_row
from visittally.reading.likeness import contrast, is_header
from visittally.reading.looks import (
    SPACES,
    TOTALS,
    Look,
    filled,
    is_blank,
    is_filled,
    is_subtotal_word,
    look,
    usual_fill,
)
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.likeness import Cells

_ACTS = ("填表", "填报", "制表", "统计", "审核", "审批", "经办", "负责", "主管", "盖章", "签字", "签名")
_DONE_BY = ("prepared", "checked", "verified", "approved", "compiled", "signed")
_SIGNATURE = "signature"
_WHO = rf"(?:单位)?(?:{'|'.join(_ACTS)})\s*(?:人|员|单位|领导|时间|日期)?"
_SIGNED = rf"(?:(?:{'|'.join(_DONE_BY)}) by|{_SIGNATURE})"
_SIGNS = pattern(rf"(?:{_WHO}|{_SIGNED})\s*(?:[(（]?(?:签字|签名|盖章)[)）]?)?\s*[:：]", re.IGNORECASE)
"""How a line begins in which people sign for the table."""
_ENDS = pattern(
    "|".join(
        re.escape("".join(word.split()))
        for word in sorted((*TOTALS, *_ACTS, *(f"{done} by" for done in _DONE_BY), _SIGNATURE), key=len)
    )
)
"""Without white space, one of these stands in every row of totals and in every one that people sign."""


def may_end_within(lines: Sequence[str], marks: str) -> bool:
    """Whether a table of one header can end among some lines of text; costs much less than finding out where.

    Args:
        lines: The last ones of the text.
        marks: What stands between cells and around them.
    """
    blank = SPACES + marks
    squeezed = "".join("".join(lines).split()).casefold()
    if _ENDS.search(squeezed):
        return True
    last = len(lines)
    while last and not lines[last - 1].strip(blank):
        last -= 1
    return not all(line.strip(blank) for line in lines[:last])


def below_the_table(rows: Sequence[Cells], position: Position) -> int | None:
    """Where the table ends: at a row unlike the records above it that follows a blank one, a grand total or signs.

    Args:
        rows: Records and blank rows (nothing in any cell) to the end of the file or sheet; the header is not
            among them. The last few hundred suffice.
        position: Of the table.

    Returns:
        Index of the first row that belongs to the table no more, or None.
    """
    last = _last_block(rows)
    for i in range(1, len(rows)):
        if another_header(rows[i], position):
            return i
        if (
            i >= last
            and is_filled(rows[i])
            and _may_end(rows[i - 1], rows[i])
            and _unlike(rows[:i], rows[i:], position)
        ):
            return i
    return None


def _may_end(above: Cells, row: Cells) -> bool:
    """Whether a table can end between two rows: below a blank one or a grand total, above who signs for it."""
    if not is_filled(above) or _SIGNS.match(next(cell for cell in row if not is_blank(cell)).strip(SPACES)):
        return True
    return is_total_row(above) and not any(is_subtotal_word(cell) for cell in above[:LEADING])


def _last_block(rows: Sequence[Cells]) -> int:
    """Index from which no long run of rows without a blank one follows: what stands there may be a tally."""
    ends = len(rows)
    while ends and not is_filled(rows[ends - 1]):
        ends -= 1
    return max(0, ends - 60)


def _unlike(above: Sequence[Cells], rows: Sequence[Cells], position: Position) -> bool:
    """Whether rows are no records: clearly fewer filled cells than the records above them."""
    usual = usual_fill(row for row in above if is_filled(row) and not is_total_row(row))
    block = [row for row in rows if is_filled(row)]
    if position.width < 3 or usual < 3:
        return False
    if sum(filled(row) <= max(2, 0.5 * usual) for row in block) >= 0.9 * len(block):
        return True
    named = next((n for n, row in enumerate(block) if filled(row) > 1), len(block))
    return named <= 1 and _is_another_table([row for row in above if is_filled(row)], block[named:], usual)


def _is_another_table(above: Sequence[Cells], block: Sequence[Cells], usual: float) -> bool:
    """Whether a block has a header of its own, over figures: text where the records above have figures, too."""
    if len(block) < 3 or max(map(filled, block)) >= usual:
        return False
    head, body = block[0], block[1:]
    named = all(is_blank(cell) or look(cell) is Look.TEXT for cell in head)
    return named and contrast(head, body) > 0 and contrast(head, above) > 0 and is_header(head, body)
