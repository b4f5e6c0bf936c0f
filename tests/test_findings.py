"""What was found, in sentences: nothing that no table of the same document says."""

import random
import re

import pytest

import visittally
from visittally.findings import band, bands, findings, wording
from visittally.render.cells import RenderOptions, grid
from visittally.tables.table import Column, Count, Row, Share, Table, Text

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@pytest.fixture
def ledger(tmp_path):
    chance = random.Random(4)
    lines = ["village,household_id,visit_date,problem,status"]
    for n in range(160):
        issue = chance.choices(["roads", "water", "school", "none", ""], [5, 3, 1, 1, 1])[0]
        status = chance.choice(["resolved", "in progress", "explained"]) if issue not in ("none", "") else ""
        lines.append(f"V{n % 7},H{n},2026-03-{1 + n % 27:02d},{issue},{status}")
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_number_of_the_findings_stands_in_a_table_of_the_document(ledger, tmp_path, lang):
    document = visittally.report(str(ledger), lang=lang).document

    shown = set()
    for table in document.tables():
        texts = [cell for row in grid(table, RenderOptions()).rows for cell in row]
        texts += [table.base.text if table.base else "", str(sum(1 for _row in table.body()))]
        shown.update(n for text in texts for n in NUMBER.findall(text))
    days = {"2026", "03", "3", "01", "1", "27"}
    told = {n for text in document.paragraphs for n in NUMBER.findall(text.replace("2026-03", "")) if "-" not in n}

    assert len(told) > 10
    assert told - shown - days == set()


def test_the_outcome_comes_first_and_the_method_last(ledger):
    document = visittally.report(str(ledger)).document

    assert "issues were collected" in document.paragraphs[0]
    assert [section.heading for section in document.sections][:2] == ["What became of the issues", "Issues"]
    assert wording() in document.method


def test_the_document_is_titled_and_signed(ledger, tmp_path):
    notes = tmp_path / "sources.txt"
    document = visittally.report(str(ledger), unit="Oxbow", about_period="spring 2026", notes=str(notes)).document

    assert document.title == "Oxbow: Report on the visits, spring 2026"
    assert document.signed == ("Oxbow",)
    assert document.provenance == ()
    assert "sha256" in notes.read_text()


@pytest.mark.parametrize(("percent", "word"), [(50, 0), (49.99, 1), (20, 1), (19.9, 2), (5, 2), (4.9, 3), (0, 3)])
def test_words_for_shares_begin_where_the_method_says(percent, word):
    assert band(percent) == bands()[word][1]


def _areas(*hidden):
    columns = tuple(Column(name, name) for name in ("village", "cases", "raised", "no_issue", "mentions"))
    cells = (Text(None), *(Count(None if name in hidden else 40, hidden="secondary" if name in hidden else None)
                           for name in ("cases", "raised", "no_issue", "mentions")))  # fmt: skip
    return Table("areas", "Areas", columns, (Row(cells, total=True),))


def test_what_is_hidden_is_not_said():
    everything = " ".join(findings({"issues": [_areas()]}, None, RenderOptions()))
    assert "40 visits" in everything
    assert "40 issues" in everything

    assert findings({"issues": [_areas("cases", "mentions", "raised")]}, None, RenderOptions()) == []


def test_few_visits_have_no_issue_named_most():
    columns = tuple(Column(name, name) for name in ("issue", "mentions", "percent_of_cases"))
    rows = tuple(Row((Text("road"), Count(n), Share(n, base))) for n, base in ((4, 9), (5, 10)))
    (said,) = findings({"issues": [Table("issues", "Issues", columns, rows)]}, None, RenderOptions())

    assert "5 of 10 visits" in said
    assert "4 of 9" not in said


def test_the_sources_are_not_written_over_what_they_name(ledger):
    before = ledger.read_bytes()

    with pytest.raises(visittally.VisitTallyError, match="would be written over"):
        visittally.report(str(ledger), notes=str(ledger))

    assert ledger.read_bytes() == before
