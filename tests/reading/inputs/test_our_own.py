"""What this program wrote is told from records by its marks."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from visittally.reading.inputs.our_own import is_our_own


@pytest.fixture
def visits(write):
    return write(
        "visits.csv",
        "village,name,issue,status,visit_date\nAsh,A. B.,road,resolved,2026-03-01\nElm,C. D.,water,open,2026-03-02\n",
    )


RESULTS = [
    *((words, suffix) for words in ("summarize", "questions", "followup") for suffix in ("xlsx", "html", "csv", "tsv")),
    *(("coverage", suffix) for suffix in ("csv", "xlsx")),
    *(("coverage --table " + name, "csv") for name in ("ratios", "progress", "rates")),
    *(("summarize --table " + name, "csv") for name in ("areas", "issues", "crosstab")),
    ("summarize", "txt"),
    ("summarize --lang zh", "txt"),
    ("summarize", "json"),
    ("summarize", "jsonl"),
    ("summarize", "docx"),
    ("report", "xlsx"),
    ("report", "html"),
    ("followup --table statuses", "csv"),
]


@pytest.mark.parametrize(("words", "suffix"), RESULTS)
def test_results_are_told_from_records(command, folder, visits, words, suffix):
    """By their marks, plain text by the names of its columns."""
    first, *options = words.split()
    ended = command(first, visits, "--column", "visit_outcome=status", *options, "-o", f"result.{suffix}")
    if first != "coverage":
        ended = command(first, visits, *options, "-o", f"result.{suffix}")

    assert ended.status == 0
    assert is_our_own(f"result.{suffix}")
    assert not is_our_own(visits)


@pytest.mark.parametrize(
    "text", ["", "village,issue\n", "{}\n", '{"tables": 3}', "<html>", "Table 1  x\ny\n", "PK\x03\x04"]
)
def test_other_files_are_not_ours(write, text):
    assert not is_our_own(write("x.csv", text))
    assert not is_our_own("nosuch.csv")
    assert not is_our_own("https://example.invalid/x.csv")


def test_a_workbook_of_somebody_else_is_not_ours(folder):
    with zipfile.ZipFile("x.xlsx", "w") as archive:
        archive.writestr("docProps/core.xml", "<dc:creator>Somebody</dc:creator>")
    assert not is_our_own("x.xlsx")


def test_a_damaged_workbook_is_not_ours_and_no_error(folder):
    """Whoever reads it says what is wrong."""
    with zipfile.ZipFile("x.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", "<dc:creator>visittally</dc:creator>" * 99)
    assert is_our_own("x.xlsx")
    content = bytearray(Path("x.xlsx").read_bytes())
    start = content.index(b"core.xml") + 8
    content[start : start + 20] = b"\xff" * 20
    Path("x.xlsx").write_bytes(content)

    assert not is_our_own("x.xlsx")


@pytest.mark.parametrize(
    ("line", "ours"),
    [
        ("village,cases,percent_of_cases", True),
        ('"village"\t"mentions_per_100_cases"', True),
        ('{"village": "Ash", "numerator": 1, "denominator": 2, "value": 0.5}', True),
        ("\ufeffvillage,visited,completed,cumulative", True),
        ("village,visited,completed", False),
        ("numerator,denominator", False),
        ("my_percent_of_cases,village", False),
        ("village;percent_of_cases", False),
    ],
)
def test_plain_text_is_told_by_columns_that_stand_together(write, line, ours):
    assert is_our_own(write("x.csv", line + "\n")) == ours
