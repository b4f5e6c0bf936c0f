"""Files of many columns: what is done once a column must not look at all the others."""

import csv
import io

import pytest

from visittally.api import questions, summarize
from visittally.reading.beginning import Position
from visittally.reading.text import streaming
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.rows import TextTable
from visittally.survey.headers import headings

MOST, MOST_OF_A_QUESTION = 700, 1500
"""So many functions may be called for a column in all, and for one that is a question with a table."""


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
    small, large = work(100), work(300)

    assert large - small < 2.5 * (small - work(10))


@pytest.mark.parametrize(("command", "most"), [(summarize, MOST), (questions, MOST_OF_A_QUESTION)])
def test_a_column_more_costs_few_calls(calls, command, most):
    def work(columns):
        return calls(lambda: command([io.BytesIO(survey_of(columns))]))

    work(10)

    assert work(180) - work(80) < most * 100


@pytest.mark.parametrize("records", [3, 600])
def test_few_records_of_many_columns_are_looked_up_together(calls, records):
    """Reading costs a handful of calls a column: neither texts nor hash tables are made for each by itself."""

    def work(columns):
        header = tuple(f"c{n}" for n in range(columns))
        table = TextTable(Dialect(","), Position(header, (0,), (header,), 1), columns)
        text = (",".join("01"[n % 2] for n in range(columns)) + "\n").encode() * records
        task = streaming.TextTask(table, tuple(range(columns)), block=4 << 20)
        read = lambda: [dict(b.columns) for b in streaming.read_blocks(io.BytesIO(text), None, 2, task)]  # noqa: E731
        return calls(read)

    work(10)

    assert work(400) - work(200) < 10 * 200


def test_the_headers_of_a_table_are_read_once(calls, table):
    source = table(",".join(f"c{n}" for n in range(300)) + "\n" + ",".join("1" * 300) + "\n")
    first = headings(source)

    assert calls(lambda: headings(source)) < 10
    assert headings(source) is first
