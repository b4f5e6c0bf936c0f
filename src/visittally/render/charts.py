"""Charts as inline SVG whose words stay words: the reader's own fonts show them, screen readers read them.

Colours and fonts come from the page: classes `bar`, `line`, `grid`, `muted`.
"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.words.wrapping import display_width, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDTH, NARROW = 720, 360
"""Units across a chart, on a screen and on a telephone; the page scales it."""
_LINE = 26
_BAR = 16
_LABELS, _NARROW_LABELS = 0.5, 0.36
"""The part of a chart that labels may take at most, and the figures behind the bars."""
_CHARACTER = 7.2
"""Units that a narrow character takes at the size of the page's charts; a wide one takes two."""
_PANEL = 150
_TICKS = 6
_TICK = 90
"""Units that a day below the axis takes."""


@dataclass(frozen=True, slots=True)
class Point:
    """A labelled figure.

    Attributes:
        label: What it is the figure of.
        value: The figure, None where it is hidden or there is none.
        text: The figure for people.
    """

    label: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """Figures over the same labels."""

    name: str
    points: tuple[Point, ...]


def bars(title: str, points: Sequence[Point], *, key: str, width: int = WIDTH) -> str:
    """Horizontal bars, one a point, from zero.

    Args:
        title: Heading and beginning of the alternative text.
        points: In order from top to bottom.
        key: Unique name of the chart in its page.
        width: Units across.
    """
    highest = max((p.value for p in points if p.value is not None), default=0) or 1
    left = _room([point.label for point in points], width)
    space = width - left - _room([point.text for point in points], width)
    parts = []
    for i, point in enumerate(points):
        top = i * _LINE
        length = space * max(point.value or 0, 0) / highest
        middle = top + _LINE / 2
        parts += [
            "<g>",
            _tip(f"{point.label}: {point.text}"),
            _words(left - 10, middle, _cut(point.label, left - 14), anchor="end"),
            _box(left, top + (_LINE - _BAR) / 2, length, _BAR),
            _words(left + length + 8, middle, point.text, css="muted"),
            "</g>",
        ]
    return _svg(title, _summary(points), (width, len(points) * _LINE), parts, key)


def dumbbell(title: str, series: Sequence[Series], *, key: str, width: int = WIDTH) -> str:
    """Two figures on one line for each label, from zero: a ring before, a full point after.

    Args:
        title: Heading and beginning of the alternative text.
        series: The figures before and after, over the same labels.
        key: Unique name of the chart in its page.
        width: Units across.
    """
    before, after = series[0], series[1]
    highest = max((p.value for line in series for p in line.points if p.value is not None), default=0) or 1
    left = _room([point.label for point in before.points], width)
    space = width - left - _room([point.text for point in after.points], width)
    parts = [
        f'<circle class="ring" cx="{left:.1f}" cy="8" r="5"/>{_words(left + 10, 8, before.name, css="muted")}',
        f'<circle class="bar" cx="{left + 120:.1f}" cy="8" r="5"/>{_words(left + 130, 8, after.name, css="muted")}',
    ]
    for i, (first, second) in enumerate(zip(before.points, after.points, strict=True)):
        middle = _LINE + i * _LINE + _LINE / 2
        places = [left + space * max(p.value, 0) / highest for p in (first, second) if p.value is not None]
        parts += ["<g>", _tip(f"{first.label}: {first.text} - {second.text}")]
        parts.append(_words(left - 10, middle, _cut(first.label, left - 14), anchor="end"))
        if len(places) == 2:
            parts.append(f'<line class="line" x1="{places[0]:.1f}" x2="{places[1]:.1f}" y1="{middle}" y2="{middle}"/>')
        for point, look in ((first, "ring"), (second, "bar")):
            if point.value is not None:
                x = left + space * max(point.value, 0) / highest
                parts.append(f'<circle class="{look}" cx="{x:.1f}" cy="{middle}" r="5"/>')
        parts += [_words(max(places, default=left) + 10, middle, second.text, css="muted"), "</g>"]
    return _svg(title, _summary(after.points), (width, _LINE * (1 + len(before.points))), parts, key)


def days(title: str, line: Series, *, key: str, width: int = WIDTH) -> str:
    """Columns over time.

    Args:
        title: Heading and beginning of the alternative text.
        line: Days (`2026-04-01`) keep their distance, other periods stand side by side.
        key: Unique name of the chart in its page.
        width: Units across.
    """
    places, step = _over_time([point.label for point in line.points], width - _BESIDE)
    bottom = _PANEL + 20
    parts = [*_axis(line, bottom, width - _BESIDE), *_columns(line, places, step, bottom)]
    height = _PANEL + 46
    parts += _ticks(line, places, height - 8)
    return _svg(title, _summary(line.points), (width, height), parts, key)


_LEFT = 70
_BESIDE = 44
"""Units left free at the right of an axis of time."""


def _over_time(periods: Sequence[str], right: float) -> tuple[list[float], float]:
    """Where each period stands, and how wide it is."""
    try:
        ordinals = [date.fromisoformat(period).toordinal() for period in periods]
    except ValueError:
        ordinals = list(range(len(periods)))
    if not ordinals:
        return [], 0
    first, last = min(ordinals), max(ordinals)
    step = (right - _LEFT) / (last - first + 1)
    return [_LEFT + (ordinal - first + 0.5) * step for ordinal in ordinals], step


def _highest(line: Series) -> float:
    return max((p.value for p in line.points if p.value is not None), default=0) or 1


def _axis(line: Series, bottom: float, right: float) -> Iterator[str]:
    """The ground line, and the highest figure with its line."""
    highest = next((p.text for p in line.points if p.value == _highest(line)), "")
    for height, text in ((0, "0"), (_PANEL, highest)):
        yield f'<line class="grid" x1="{_LEFT}" x2="{right}" y1="{bottom - height}" y2="{bottom - height}"/>'
        yield _words(_LEFT - 8, bottom - height, text, anchor="end", css="muted")
    yield _words(_LEFT, bottom - _PANEL - 12, line.name)


def _columns(line: Series, places: Sequence[float], step: float, bottom: float) -> Iterator[str]:
    width = max(min(step * 0.8, 40), 0.5)
    for point, x in zip(line.points, places, strict=True):
        height = _PANEL * max(point.value or 0, 0) / _highest(line)
        box = _box(x - width / 2, bottom - height, width, height)
        yield f"<g>{_tip(f'{point.label}: {point.text}')}{box}</g>"


def _ticks(line: Series, places: Sequence[float], y: float) -> Iterator[str]:
    count = len(places)
    chosen = sorted({round(i * (count - 1) / (_TICKS - 1)) for i in range(_TICKS)}) if count else []
    taken = float("-inf")
    for i in chosen:
        if places[i] - taken >= _TICK and (places[-1] - places[i] >= _TICK or i == count - 1):
            yield _words(places[i], y, line.points[i].label, anchor="middle", css="muted")
            taken = places[i]


def _svg(title: str, summary: str, size: tuple[float, float], parts: Sequence[str], key: str) -> str:
    width, height = size
    return (
        f'<svg class="chart" viewBox="0 0 {width:g} {max(height, 1):g}" role="img" '
        f'aria-labelledby="{key}-title {key}-text">'
        f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-text">{escape(summary)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _summary(points: Sequence[Point]) -> str:
    """The highest figures in words."""
    known = sorted((p for p in points if p.value is not None), key=lambda p: -(p.value or 0))[:3]
    return _("Highest: {figures}.").format(figures=_("; ").join(f"{p.label} {p.text}" for p in known)) if known else ""


def _tip(text: str) -> str:
    return f"<title>{escape(text)}</title>"


def _box(x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _words(x: float, y: float, text: str, *, anchor: str = "start", css: str = "") -> str:
    kind = f' class="{css}"' if css else ""
    return f'<text{kind} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" dy=".35em">{escape(text)}</text>'


def _room(labels: Sequence[str], width: float) -> float:
    """Units that the longest label takes, at most its part of the chart."""
    return min(
        (_LABELS if width > NARROW else _NARROW_LABELS) * width,
        16 + _CHARACTER * max(map(display_width, labels), default=0),
    )


def _cut(text: str, width: float) -> str:
    """The text, shortened where it is wider than `width` units."""
    return shortened(text, int(width / _CHARACTER))
