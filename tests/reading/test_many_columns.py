"""Files of many columns: what is done once a column must not look at all the others."""

import csv
import io

from visittally.api import summarize


def survey_of(columns):
    """A survey of so many columns."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["village", "issue", *(f"c{n}" for n in range(columns))])
    writer.writerows([[place, "road", *("01"[(n + k) % 2] for n in range(columns))] for k, place in enumerate("abc")])
    return text.getvalue().encode()


def test_the_work_grows_with_the_columns_and_no_faster(calls):
    def work(columns):
        return calls(lambda: summarize([io.BytesIO(survey_of(columns))]))

    work(10)  # what is loaded and made once
    small, large = work(200), work(600)

    assert large - small < 2.5 * (small - work(10))
