"""Shared by the tests of questions: answers to many kinds of them, and the rows of one table."""

from __future__ import annotations

import pytest

import visittally

ANSWERS = """
    sex,needs,rating,age,seen,remark
    f,water road,4,34,2026-03-01,dry well
    m,water,5,41,2026-03-02,
    f,school,2,28,2026-03-02,dry well
    m,,3,67,2026-03-05,bridge
    f,water school road,1,52,,
    f,water school,1,52,,noise
    """


@pytest.fixture
def answers(write):
    return write("answers.csv", ANSWERS)


@pytest.fixture
def rows():
    """The rows of the table of one question."""

    def find(files, name, **options):
        return visittally.questions(files, question=[name], **options).tables[name].to_dict()["rows"]

    return find


@pytest.fixture
def shares(rows):
    """Answer -> (mentions, base, percentage of cases)."""

    def find(files, name, **options):
        return {r["answer"]: (r["mentions"], r["base"], r["percent_of_cases"]) for r in rows(files, name, **options)}

    return find
