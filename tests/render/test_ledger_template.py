"""The empty ledger: its headers are read as what they are meant for, its words as what they mean."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from html import escape

import pytest
import python_calamine

import visittally
from visittally import messages
from visittally.analyses.campaign import load
from visittally.render.ledger_template import ledger_columns, ledger_template
from visittally.settings import Settings
from visittally.words.codebook import Codebook
from visittally.words.dispositions import Dispositions
from visittally.words.outcomes import Outcomes
from visittally.words.own_ledger import NONE
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
    assert [word for word in columns["category"] if book.category(word) is None] == [NONE[messages.language() == "en"]]
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
    assert "ledger.xlsx: holds no records yet" in ended.err


VISITS = (
    ("2026-03-01", "E1", 0, 0, 0),
    ("2026-03-01", "E2", 0, 1, 8),
    ("2026-03-01", "E2", 0, 0, 2),
    ("2026-03-02", "E3", 0, -1, None),
    ("2026-03-02", "E4", 2, None, None),
)
"""Day, household, and the places of outcome, category and status in their lists; -1: none; E2 named two issues."""


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.usefixtures("language")
def test_a_ledger_that_is_filled_in_is_counted_as_its_rules_say(folder, suffix):
    columns = ledger_columns()
    words = {column.field: column.words for column in columns}
    rows = []
    for day, household, outcome, category, status in VISITS:
        told = {"visit_date": day, "village": "Ash", "household_id": household, "visitor": "V"}
        told["visit_outcome"] = words["visit_outcome"][outcome]
        told["category"] = "" if category is None else words["category"][category]
        told["status"] = "" if status is None else words["status"][status]
        rows.append([told.get(column.field, "") for column in columns])
    rows += [[told.replace("E", "F") for told in row] for row in rows[3:] * 12]
    for n, row in enumerate(rows[5:]):
        row[3] += str(n)
    path = folder / f"ledger.{suffix}"
    if suffix == "csv":
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([[column.heading for column in columns], *rows])
    else:
        path.write_bytes(_with_rows(ledger_template(), rows))

    result = visittally.summarize(str(path), lang=messages.language())
    whole = next(row for row in result.tables["areas"].to_dict()["rows"] if row.get("total"))

    # Of 29 rows two are of one visit: 4 visits and 24 more, half of them without an issue, half not at home.
    figures = ("cases", "households", "raised", "no_issue", "not_recorded", "mentions", "handled", "resolved")
    assert [whole[name] for name in figures] == [28, 28, 2, 13, 13, 3, 2, 2]
    assert not [n for n in result.notices if n.code in ("other_sheets", "grain_unknown")]


def _with_rows(content, rows):
    """The workbook with rows below the heading of its first sheet, as words in the cells."""
    cells = "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for c, cell in enumerate(row)
        )
        + "</row>"
        for r, row in enumerate(rows, 2)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w") as changed:
        for name in package.namelist():
            part = package.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", cells.encode() + b"</sheetData>")
            changed.writestr(name, part)
    return out.getvalue()


def test_long_rules_have_the_lines_that_they_need(language):
    """Some programs that print the sheet do not work out how high a row is: lines would lie over each other."""
    rules = zipfile.ZipFile(io.BytesIO(ledger_template())).read("xl/worksheets/sheet2.xml").decode()
    heights = [float(height) for height in re.findall(r'<row [^>]* ht="([\d.]+)"', rules)]

    assert len(heights) == len(ledger_columns())
    assert max(heights) > 2 * min(heights)
