"""Charts as SVG."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from visittally.render import charts
from visittally.render.charts import Point, Series
from visittally.words.wrapping import display_width


def _points(*values):
    return tuple(Point(f"p{i}", value, str(value)) for i, value in enumerate(values))


def _parsed(svg):
    return ET.fromstring(svg)


def _numbers(svg, tag, name):
    return [float(element.get(name)) for element in _parsed(svg).iter(tag)]


def test_bars_are_as_long_as_their_figures():
    widths = _numbers(charts.bars("T", _points(4, 2, 0, None), key="k"), "rect", "width")

    assert widths[0] == pytest.approx(2 * widths[1])
    assert widths[2:] == [0, 0]


def test_days_keep_their_distance():
    points = tuple(Point(day, 1, "1") for day in ("2026-04-01", "2026-04-02", "2026-04-12"))

    a, b, c = _numbers(charts.days("T", Series("visits", points), key="k"), "rect", "x")

    assert (c - b) == pytest.approx(10 * (b - a), rel=0.01)


def test_months_stand_side_by_side():
    points = tuple(Point(month, 1, "1") for month in ("2026-01", "2026-02", "2026-12"))

    a, b, c = _numbers(charts.days("T", Series("visits", points), key="k"), "rect", "x")

    assert (c - b) == pytest.approx(b - a, rel=0.01)


@pytest.mark.parametrize("label", ["<b>&\"'", "长" * 60, ""])
def test_any_label_is_text_and_the_whole_of_it_is_in_the_tip(label):
    svg = charts.bars("<T>", [Point(label, 1, "<1>")], key="k")

    root = _parsed(svg)
    tips = [element.text for element in root.iter("title")]
    assert tips == ["<T>", f"{label}: <1>"]
    assert all(display_width(element.text or "") < 60 for element in root.iter("text"))


def test_alternative_text_names_the_highest():
    svg = charts.bars("T", _points(1, 5, 3, 4), key="k")

    assert next(_parsed(svg).iter("desc")).text == "Highest: p1 5; p3 4; p2 3."
    assert re.search(r'role="img" aria-labelledby="k-title k-text"', svg)


def test_charts_without_figures_are_still_charts():
    for svg in (
        charts.bars("T", _points(None), key="k"),
        charts.days("T", Series("v", _points(None)), key="k"),
    ):
        assert _parsed(svg).get("role") == "img"


def test_words_at_the_axis_do_not_overlap():
    points = tuple(Point(f"2026-04-{day:02}", 1, "1") for day in range(1, 31))
    root = _parsed(charts.days("T", Series("visits", points), key="k"))

    places = [float(e.get("x")) for e in root.iter("text") if (e.text or "").startswith("2026")]

    assert min(b - a for a, b in pairwise(places)) > 80


def test_a_dumbbell_shows_both_figures_on_one_line():
    """A ring before, a point after, a line between; a figure that is not there has neither."""
    before = Series("Earlier", (Point("water", 20.0, "20.0%"), Point("power", None, "-")))
    after = Series("Later", (Point("water", 40.0, "40.0%"), Point("power", 10.0, "10.0%")))
    drawn = charts.dumbbell("What has changed", (before, after), key="d")

    assert drawn.count('class="ring"') == 2
    assert drawn.count('class="bar"') == 3
    assert drawn.count('class="line"') == 1
    assert "water: 20.0% - 40.0%" in drawn
    assert "power: - - 10.0%" in drawn


def test_all_that_is_drawn_has_a_look():
    """Each class of the drawings has a rule in the page's style: a line without a colour cannot be seen."""
    style = (Path(charts.__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")
    series = Series("visits", _points(1, 2)), Series("earlier", _points(2, 3))
    drawn = charts.bars("T", _points(1, 2), key="a") + charts.days("T", series[0], key="b")
    drawn += charts.dumbbell("T", series, key="c")

    used = {name for one in re.findall(r'class="([^"]+)"', drawn) for name in one.split()}
    assert {"bar", "ring", "line", "grid"} <= used
    assert {name for name in used if f".{name} " not in style} == set()


@pytest.mark.parametrize("text", ["5", "291/≈300 ≈97.0%", "12,345,678/≈82,327,000 ≈15.0%"])
def test_the_figure_behind_the_longest_bar_stays_in_the_picture(text):
    root = _parsed(charts.bars("T", (Point("Ash", 97.0, text), Point("A" * 60, 3.0, "1")), key="k"))
    (start,) = [float(e.get("x")) for e in root.iter("text") if e.text == text]
    assert start + 7.2 * display_width(text) <= charts.WIDTH


@pytest.mark.parametrize("width", [charts.WIDTH, charts.NARROW])
def test_nothing_of_a_chart_lies_outside_of_it_whatever_its_width(width):
    points = [charts.Point("Overcrowded public services (health facilities)", 291, "291/≈300 ≈97.0%")]
    days = charts.Series("Visited", tuple(charts.Point(f"2026-03-{d:02}", d, str(d)) for d in range(1, 31)))
    for svg in (charts.bars("T", points, key="k", width=width), charts.days("T", days, key="d", width=width)):
        assert _parsed(svg).get("viewBox").split()[2] == str(width)
        ends = [x + w for x, w in zip(_numbers(svg, "rect", "x"), _numbers(svg, "rect", "width"), strict=True)]
        assert max(ends) <= width
    (bar,) = _numbers(charts.bars("T", points, key="k", width=width), "rect", "width")
    assert bar > width / 4


def test_long_labels_have_half_of_a_wide_chart():
    """Two that begin alike are told apart."""
    long = "Deteriorating infrastructure (collapsing b...)"
    points = [charts.Point(long, 5, "5")]

    assert long in charts.bars("T", points, key="k").split("</title>")[-1]
    assert "Deteriorating..." in charts.bars("T", points, key="k", width=charts.NARROW)
