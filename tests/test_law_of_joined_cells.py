"""A joined cell beside option columns gives the mentions of the option columns, whatever the options are called."""

from __future__ import annotations

import csv
import io
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

import visittally

WORDS = st.sampled_from(["water", "water_quality", "quality", "road", "roads", "health", "staff", "a", "is", "no_road"])
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
OPTIONS = st.lists(NAMES, min_size=2, max_size=6, unique=True)
JOINS = st.sampled_from([" ", "; ", ", ", "|"])
BETWEEN = st.sampled_from(["/", ":", " - ", "."])


@st.composite
def surveys(draw):
    """Options, and for each record the numbers of those that are ticked, in the order in which they are joined."""
    options = draw(OPTIONS)
    ticks = st.lists(st.integers(0, len(options) - 1), unique=True, max_size=len(options))
    return options, draw(st.lists(ticks, min_size=6, max_size=14))


def exported(options, ticks, between, join):
    text = io.StringIO()
    lines = csv.writer(text)
    joined = () if join is None else ("needs",)
    lines.writerow(["village", *joined, *(f"needs{between}{option}" for option in options)])
    for number, ticked in enumerate(ticks):
        cell = () if join is None else (join.join(options[i] for i in ticked),)
        lines.writerow([f"V{number % 3}", *cell, *(int(i in ticked) for i in range(len(options)))])
    return text.getvalue()


def mentions(path, text):
    path.write_text(text, encoding="utf-8")
    table = visittally.summarize([path], columns={"issue": "needs"}).tables["issues"]
    rows = table.to_dict()["rows"]
    return Counter({row["issue"]: row["mentions"] for row in rows if row["issue"] and row["mentions"]})


@given(surveys(), BETWEEN, JOINS)
@settings(max_examples=20, deadline=None)
def test_joined_cells_beside_option_columns_add_no_mention_and_take_none(tmp_path_factory, survey, between, join):
    options, ticks = survey
    expected = Counter(options[i] for ticked in ticks for i in ticked)
    path = tmp_path_factory.mktemp("law") / "visits.csv"
    assert mentions(path, exported(options, ticks, between, join)) == expected
