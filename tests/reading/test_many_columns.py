"""Files of many columns: what is done once a column must not look at all the others."""

import csv
import io
import sys

from visittally.api import summarize


def steps(columns):
    """How many functions of this program a survey of so many columns calls."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["village", "issue", *(f"c{n}" for n in range(columns))])
    writer.writerows([[place, "road", *("01"[(n + k) % 2] for n in range(columns))] for k, place in enumerate("abc")])
    called = 0

    def count(_frame, _event, _argument):
        nonlocal called
        called += 1

    sys.setprofile(count)
    try:
        summarize([io.BytesIO(text.getvalue().encode())])
    finally:
        sys.setprofile(None)
    return called


def test_the_work_grows_with_the_columns_and_no_faster():
    steps(10)  # what is loaded and made once
    small, large = steps(200), steps(600)

    assert large - small < 2.5 * (small - steps(10))
