"""The empty ledger: its headers are read as what they are meant for, its words as what they mean."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
import python_calamine

from visittally import messages
from visittally.analyses.campaign import load
from visittally.render.ledger_template import ledger_columns, ledger_template
from visittally.settings import Settings
from visittally.words.codebook import Codebook
from visittally.words.dispositions import Dispositions
from visittally.words.outcomes import Outcomes
from visittally.words.replies import answer_of


@pytest.fixture(params=["en", "zh"])
def language(request):
    """Both languages."""
    messages.set_language(request.param)
    return request.param


def _filled(columns, rows):
    """The ledger with some rows, as text: words that may be chosen are, in turn."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.heading for column in columns)
    for i in range(rows):
        words = [f"the road to mill number {i} has been broken since spring", f"通往{i}号磨坊的路从春天起就坏了没人管"]
        plain = {"day": f"2026-03-{i % 28 + 1:02}", "number": str(i), "text": f"东村{i % 4}"}
        writer.writerow(
            words[messages.language() == "zh"]
            if c.field == "issue_text"
            else c.words[i % len(c.words)]
            if c.words
            else plain[c.kind]
            for c in columns
        )
    return out.getvalue()


@pytest.mark.usefixtures("language")
def test_every_header_is_read_as_its_field(folder):
    columns = ledger_columns()
    (folder / "ledger.csv").write_text(_filled(columns, 60), encoding="utf-8")
    survey = load(Settings(files=(str(folder / "ledger.csv"),))).survey
    taken = {c.field: variable and variable.name for c in columns for variable in (survey.of_field(c.field),)}
    issue = survey.of_field("issue")
    assert issue is not None
    assert {**taken, "category": issue.name} == {column.field: column.heading for column in columns}


@pytest.mark.usefixtures("language")
def test_every_word_that_may_be_chosen_is_known():
    columns = {column.field: column.words for column in ledger_columns()}
    known, book, outcomes = Dispositions.load(), Codebook.load(), Outcomes.load()
    assert [word for word in columns["status"] if known.told_by(word) != "word"] == []
    assert len({known.disposition(word) for word in columns["status"]}) == len(columns["status"])
    assert [word for word in columns["category"] if book.category(word) is None] == []
    assert [word for word in columns["visit_outcome"] if not outcomes.knows(word)] == []
    assert [word for word in columns["satisfaction"] if not answer_of("satisfaction", word)] == []
    assert [word for word in columns.get("issue_type", ()) if book.issue_type(word) is None] == []


@pytest.mark.usefixtures("language")
def test_the_workbook_offers_the_words_and_says_the_rules():
    content = ledger_template()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    ledger, rules = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names[:2])
    columns = ledger_columns()
    assert ledger[0] == [column.heading for column in columns]
    assert [row[0].startswith(column.heading) for row, column in zip(rules, columns, strict=True)] == [True] * len(
        columns
    )
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert len(re.findall(r'<dataValidation type="list"', sheet)) == sum(bool(column.words) for column in columns)
    assert ledger_template() == content


def test_an_empty_ledger_is_no_survey(command):
    command("columns", "--template", "ledger.xlsx")
    ended = command("summarize", "ledger.xlsx")
    assert ended.status == 1
    assert ended.out == ""
