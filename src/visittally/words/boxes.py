"""Options with a box before or behind each, ticked or not, in one cell: `☑道路 □饮水`, `[x] Road [ ] Water`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection

_TICKED, _EMPTY = "☑☒✅■✓✔√●◉", "□☐◻▢⬜○◯◌"
_BOX = pattern(
    rf"(?P<ticked>[{_EMPTY}]?[{_TICKED}][{_EMPTY}]?|[(（\[【]\s*[xX×vV{_TICKED}]\s*[)）\]】])"
    rf"|(?P<empty>[{_EMPTY}]|[(（\[【]\s*[)）\]】])"
)
"""A box; who types instead of drawing writes √ beside the empty one, or in brackets."""
_FILLED_IN = pattern(r"[:：]?\s*[_＿﹍…]{2,}.*$")
"""The line to write on behind an option."""
_AROUND = " \t\r\n\u00a0\u3000;；,，、。/|"
_NEARLY_ALL = 0.9


def has_boxes(cell: str) -> bool:
    """Whether a cell may hold boxes: cheaper than to look for them."""
    return not cell.isascii() or "[" in cell or "(" in cell


def _options(cell: str) -> list[tuple[str, bool]]:
    """The options in a cell, and whether each is ticked; none where a box has no option, or an option no box."""
    boxes = list(_BOX.finditer(cell))
    if not boxes:
        return []
    starts, ends = [box.start() for box in boxes], [box.end() for box in boxes]
    if cell[: starts[0]].strip(_AROUND):
        if cell[ends[-1] :].strip(_AROUND):
            return []
        spans = zip([0, *ends[:-1]], starts, strict=True)
    else:
        spans = zip(ends, [*starts[1:], len(cell)], strict=True)
    names = [_FILLED_IN.sub("", cell[start:end].strip(_AROUND)) for start, end in spans]
    return [(name, bool(box["ticked"])) for name, box in zip(names, boxes, strict=True)] if all(names) else []


def ticked_in(cell: str) -> tuple[str, ...] | None:
    r"""The options in a cell whose boxes are ticked; None for a cell without boxes.

    >>> ticked_in("☑道路 □饮水 ☑其他____"), ticked_in("[ ] Road\n[ ] Water"), ticked_in("是√ 否□")
    (('道路', '其他'), (), ('是',))
    >>> ticked_in("Road (main)"), ticked_in("□√道路（村道）□饮水"), ticked_in("√")
    (None, ('道路（村道）',), None)
    """
    found = _options(cell) if has_boxes(cell) else []
    return tuple(name for name, ticked in found if ticked) if found else None


def are_boxes(cells: Collection[str]) -> bool:
    """Whether nearly all cells hold options with boxes, ticked ones and empty ones.

    >>> are_boxes(["☑道路 □饮水", "□道路 □饮水"]), are_boxes(["√道路", "√饮水"]), are_boxes(["Road (x)", "Water ( )"])
    (True, False, True)
    """
    if not any(map(has_boxes, cells)):
        return False
    found = [_options(cell) for cell in cells]
    empty = sum(not all(ticked for _name, ticked in options) for options in found)
    ticked = any(ticked for options in found for _name, ticked in options)
    return ticked and sum(map(bool, found)) >= _NEARLY_ALL * len(found) and 2 * empty >= len(found)
