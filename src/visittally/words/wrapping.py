"""Width and lines of text on a terminal, where a Chinese character takes two cells."""

from __future__ import annotations

from visittally.words.patterns import pattern

_WIDE = (
    "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd"
)
_OPENING = "（《【「『〔"
_CLOSING = "，。、；：？！）》】」』〕％…"
_PIECE = pattern(rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{_CLOSING}]*")

_WORD = pattern(r"\s+|\S+")
"""The same where all letters are ASCII, which takes a fraction of the time to compile."""


def _pieces(text: str) -> list[str]:
    return (_WORD if text.isascii() else _PIECE).findall(text)


def display_width(text: str) -> int:
    """How many cells of a terminal the text takes, which has no control characters.

    >>> display_width("abc"), display_width("问题")
    (3, 4)
    """
    if text.isascii():
        return len(text)
    import wcwidth

    return max(wcwidth.wcswidth(text), 0)


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """The text with spaces after it (before it: `right`) so that it takes at least so many cells."""
    space = " " * (cells - display_width(text))
    return space + text if right else text + space


def shortened(text: str, most: int) -> str:
    """The text, or its beginning and dots where it takes more than `most` cells.

    >>> shortened("道路交通安全", 9)
    '道路交...'
    """
    return text if display_width(text) <= most else _cut(text, max(most - 3, 1))[0] + "..."


def wrap(text: str, most: int) -> list[str]:
    """The text in lines of at most `most` cells, white space levelled.

    Lines break between words and between Chinese characters, but not before a closing sign or after an
    opening one; a word that is longer than a line is cut.

    >>> wrap("按村汇总，见 README", 9)
    ['按村汇', '总，见', 'README']
    """
    lines: list[str] = []
    line = gap = ""
    for piece in _pieces(text):
        if piece.isspace():
            gap = " " if line else ""
            continue
        if display_width(line) + len(gap) + display_width(piece) <= most:
            line += gap + piece
        else:
            if line:
                lines.append(line)
            *full, line = _cut(piece, most)
            lines += full
        gap = ""
    return [*lines, line] if line or not lines else lines


def evenly(text: str, most: int) -> list[str]:
    """The text in as few lines of at most `most` cells as it takes, all about as long; words are never cut.

    A Chinese text with something in brackets at its end breaks before the bracket where that costs no line.

    >>> evenly("道路交通", 7), evenly("我办（已办理）", 12), evenly("% of all visits", 10), evenly("问题", 9)
    (['道路', '交通'], ['我办', '（已办理）'], ['% of all', 'visits'], ['问题'])
    """
    if display_width(text) <= most:
        return [text]
    most = max(most, widest_piece(text))
    lines = wrap(text, most)
    before = text.partition("（")[0]
    parts = [before, text[len(before) :]]
    if all(parts) and len(lines) == 2 and max(map(display_width, parts)) <= most:
        return parts
    for narrower in range(most - 1, widest_piece(text) - 1, -1):
        closer = wrap(text, narrower)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


_TITLE_JOINT = pattern(r"(?:(?<=\d)[年月日]|季度|年度|[上下]半年)(?=[\u3400-\u9fff])(?![至到度])")
"""Behind the time a Chinese title may go on in another line: who and when, about what."""


def title_lines(text: str, most: int) -> list[str]:
    """A Chinese title in two lines that break between its parts; one that fits, or has no such place, is left.

    >>> title_lines("2025年11月至2026年2月走访群众情况报告", 35)
    ['2025年11月至2026年2月', '走访群众情况报告']
    >>> title_lines("2026年2月走访群众情况报告", 36), title_lines("Report on the visits", 10)
    (['2026年2月走访群众情况报告'], ['Report on the visits'])
    """
    if display_width(text) <= most:
        return [text]
    parts = [(text[: joint.end()], text[joint.end() :]) for joint in _TITLE_JOINT.finditer(text)]
    longest = {pair: max(map(display_width, pair)) for pair in parts}
    best = min(longest, key=longest.__getitem__, default=None)
    return list(best) if best is not None and longest[best] <= most else [text]


def pieces(text: str) -> list[str]:
    """The parts that `wrap` keeps together, and the white space between them.

    >>> pieces("按村（件） x")
    ['按', '村', '（件）', ' ', 'x']
    """
    found: list[str] = _pieces(text)
    return found


def widest_piece(text: str) -> int:
    """Cells of the widest part that `wrap` keeps together: a word, or a Chinese character with its signs.

    >>> widest_piece("Different texts"), widest_piece("问题（件）")
    (9, 6)
    """
    return max((display_width(piece) for piece in _pieces(text)), default=0)


def _cut(word: str, most: int) -> list[str]:
    """A word in pieces of at most `most` cells; marks stay with the letter that they stand on."""
    pieces = [""]
    taken = 0
    for letter in word:
        cells = display_width(letter)
        if cells and taken + cells > most and pieces[-1]:
            pieces.append("")
            taken = 0
        pieces[-1] += letter
        taken += cells
    return pieces
