"""What was found, in sentences: nothing that no table of the same document says."""

import gzip
import itertools
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

import visittally
from visittally.findings import band, bands, findings, wording
from visittally.messages import speaking
from visittally.render.cells import RenderOptions, grid
from visittally.tables.table import Base, Column, Count, Row, Share, Table, Text

SPAN = re.compile(r"^From .*? 2026,|^2026年.*?日，")
"""The days with which the findings begin."""
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


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (0, "30 issues were collected; none of them is handled yet."),
        (30, "All 30 issues collected were handled; 30 (100.0%) were resolved in substance."),
        (12, "Of 30 issues collected, 12 (40.0%) were handled, all of them resolved in substance; 18 are open."),
    ],
)
def test_none_and_all_are_said_in_words(tmp_path, done, said):
    lines = [f"V{n % 3},road,{'resolved' if n < done else 'in progress'}" for n in range(30)]
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join(["village,issue,status", *lines]) + "\n")

    assert said in visittally.report(str(path)).document.paragraphs[0]


SAMPLES = Path(__file__).parents[1] / "sample_data"
ASKED = {
    "village/ledger.csv": {},
    "ledger.xlsx": {},
    "police": {"roster": "police-roster.csv"},
    "survey.csv": {"form": ["survey-form.xlsx"]},
    "district/visits.csv.gz": {"roster": "district/targets.csv", "by": ["target_type"]},
}
"""The samples, and what is asked with them."""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("sample", ASKED)
def test_every_number_of_the_findings_stands_in_a_table_of_the_document(sample, lang, tmp_path, monkeypatch):
    monkeypatch.chdir(SAMPLES)
    path = Path(sample)
    if path.suffix == ".gz":  # its beginning is as good, and read at once
        path = tmp_path / "visits.csv"
        with gzip.open(sample) as packed:
            path.write_bytes(b"".join(itertools.islice(packed, 2000)))
    document, shown = visittally.report(str(path), lang=lang, **ASKED[sample]).document, {"2026"}
    for table in document.tables():
        texts = [cell for row in grid(table, RenderOptions()).rows for cell in row]
        texts += [table.base.text if table.base else "", str(sum(1 for _row in table.body()))]
        shown.update(n for text in texts for n in NUMBER.findall(text))
    told = {n for text in document.paragraphs for n in NUMBER.findall(SPAN.sub("", text))}

    assert len(told) >= 7
    assert told - shown == set()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_number_of_the_method_stands_in_a_table_or_the_receipt(ledger, tmp_path, lang):
    """Cautions, too, work nothing out: what they say stands in a table of the same document."""
    roster = tmp_path / "roster.csv"
    roster.write_text("village,target\n" + "".join(f"V{n},{20 + n}\n" for n in range(7)))
    timed = tmp_path / "timed.csv"
    lines = ledger.read_text().splitlines()
    header = f"{lines[0]},outcome,minutes"
    ended = ["completed"] * 8 + ["refused", "not at home"]
    rows = [f"{line},{ended[n % 10]},{5 + n % 40}" for n, line in enumerate(lines[1:])]
    timed.write_text("\n".join([header, *rows]) + "\n")
    columns = {"visit_outcome": "outcome", "duration_min": "minutes"}
    report = visittally.report(str(timed), lang=lang, roster=str(roster), columns=columns)
    document, receipt = report.document, report.receipt

    shown = {str(receipt.records_read), str(receipt.records_counted), str(receipt.records_set_aside), "1", "100"}
    for table in document.tables():
        texts = [cell for row in grid(table, RenderOptions()).rows for cell in row]
        texts += [table.base.text if table.base else "", *table.notes]
        shown.update(n for text in texts for n in NUMBER.findall(text))
    disclosed = {n for text in document.method if text == wording() for n in NUMBER.findall(text)}
    days = {"2026", "03", "3", "01", "27"}
    said = [text for text in document.method if "2026" not in text]
    told = (
        {n for text in said for n in NUMBER.findall(text)} - {str(int(least)) for least, _word in bands()} - disclosed
    )

    assert len([text for text in document.method if NUMBER.search(text)]) > 6
    assert told - shown - days == set()


def test_counts_tell_what_was_named_most_of_all_that_was_named(tmp_path):
    monthly = tmp_path / "monthly.csv"
    monthly.write_text(
        "村,走访户数,收集问题数,道路交通,饮水安全,已办结\n东村,68,35,20,15,18\n西村,51,35,8,27,20\n南村,44,10,5,5,4\n"
    )
    document = visittally.report(str(monthly), lang="zh").document

    assert document.title == "走访群众情况报告"
    assert "共走访3个村163户。" in document.paragraphs[0]
    assert "其中已妥善处理42件，占80件的52.5%" in document.paragraphs[0]
    assert "饮水安全（47件，占问题80件的58.8%）" in document.paragraphs[1]
    assert not any("--" in line for line in document.attention)


def test_the_outcome_comes_first_and_the_method_last(ledger):
    document = visittally.report(str(ledger)).document

    assert "issues collected" in document.paragraphs[0]
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


def _table(name, columns, *rows):
    return Table(name, name, tuple(Column(c, c) for c in columns.split()), tuple(Row(*row) for row in rows))


def _said(*tables, **more):
    return " ".join(findings({"all": tables}, None, RenderOptions(), **more))


def test_villages_communities_and_units_are_told_apart_as_the_levels_are():
    places = [((Text(f"V{i}"), Count(4), Count(3)),) for i in range(5)]
    areas = _table("areas", "village cases households", *places, ((Text(None), Count(20), Count(15)), True))
    counts = {"villages": 3, "communities": 2, "units": 5}
    levels = _table("levels", "level count", *(((Text(name), Count(n)),) for name, n in counts.items()))

    assert "20 visits reached 15 households and 5 units in 3 villages and 2 communities." in _said(areas, levels)
    assert "20 visits reached 15 households in 5 villages." in _said(areas)


def test_a_plan_of_households_and_units_is_not_called_one_of_households():
    totals = ((Text(None), Count(180), Count(148), Share(148, 180)), True)
    places = _table("places", "village target visited coverage_percent", totals)
    levels = _table("levels", "level count", ((Text("units"), Count(23)),))

    assert "Of 180 households and units planned, 148 were visited (82.2%)." in _said(places, levels)
    with speaking("zh"):
        assert "计划走访180户（个），已走访148户（个），走访率82.2%。" in _said(places, levels)
        assert "计划走访180户，已走访148户，走访率82.2%。" in _said(places)


def test_visits_set_against_a_plan_are_not_called_households():
    areas = _table("areas", "village cases mentions", ((Text(None), Count(632), Count(256)), True))
    places = _table(
        "places", "village target visited coverage_percent",
        ((Text(None), Count(578), Count(632), Share(632, 578)), True),
    )  # fmt: skip
    assert "578 were planned; 632 visits were made, 109.3% of these." in _said(areas, places)
    with speaking("zh"):
        assert "计划数578，已走访632次，为计划的109.3%。" in _said(areas, places)


def test_enterprises_are_no_households_and_are_not_added_to_them():
    areas = _table("areas", "target_type cases households", ((Text(None), Count(30), Count(30)), True))
    places = _table(
        "places", "target_type target visited coverage_percent",
        ((Text("homes"), Count(90, approximate=True), Count(27), Share(27, 90, approximate=True)),),
        ((Text("firms"), Count(4), Count(3), Share(3, 4)),),
        ((Text(None), Count(94, approximate=True), Count(30), Share(30, 94, approximate=True)), True),
    )  # fmt: skip
    said = _said(areas, places, several_kinds=True)

    assert "there were 30 visits" in said
    assert "homes 27 of about 90 (about 30.0%); firms 3 of 4 (75.0%)" in said
    assert "94" not in said


def test_where_every_share_of_the_visits_is_next_to_nothing_the_issues_are_compared():
    areas = _table("areas", "village cases mentions", ((Text(None), Count(1000), Count(60)), True))
    share = "rank issue mentions percent_of_cases percent_of_mentions"
    rows = [((Count(1), Text("roads"), Count(n), Share(n, base), Share(n, 60)),) for n, base in ((40, 1000),)]

    assert "roads (40 of all 60 issues, 66.7%)" in _said(areas, _table("issues", share, *rows))


def test_a_share_of_those_who_answered_says_so():
    areas = _table("areas", "village cases mentions", ((Text(None), Count(80), Count(40)), True))
    issues = _table("issues", "issue mentions percent_of_cases", ((Text("roads"), Count(20), Share(20, 40)),))

    assert "roads (20 of 40 visits with an answer, 50.0%: widespread)" in _said(areas, issues)


def test_nothing_is_said_twice_of_what_was_handled():
    columns = "village collected handled handled_percent resolved resolved_percent open overdue"
    cells = (Count(40), Count(30), Share(30, 40), Count(30), Share(30, 40), Count(10), Count(10))
    areas = _table("areas", "village cases", ((Text(None), Count(50)), True))
    said = _said(areas, _table("summary", columns, ((Text(None), *cells), True)))

    assert "30 (75.0%) were handled, all of them resolved in substance; 10 are open. All of these are past" in said


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


@pytest.mark.parametrize(
    ("household", "said"),
    [
        ("household", "Of 20 households planned, the visits to 9 were completed (45.0%)."),
        ("house colour", "20 visits were planned; 9 were completed (45.0%)."),
    ],
)
def test_visits_that_came_to_nothing_are_not_called_visited(tmp_path, household, said):
    """The first sentence tells all visits, the last one those that count: in words that are not alike."""
    rows = [f"Ash,H{n},{'refused' if n > 8 else 'completed'},road" for n in range(12)]
    (tmp_path / "v.csv").write_text("\n".join([f"village,{household},visit outcome,issue", *rows]) + "\n")
    (tmp_path / "r.csv").write_text("village,target\nAsh,20\n")

    report = visittally.report(str(tmp_path / "v.csv"), roster=str(tmp_path / "r.csv"))

    assert said in report.document.paragraphs


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (["2026-03-02", "2026-03-30", "2026-03-30"], "1 open issue is past its date."),
        (["2026-03-02", "2026-03-03", "2026-03-30"], "2 open issues are past their date."),
        (["2026-03-02"], "It is past its date."),
        (["2026-03-02", "2026-03-03"], "All of these are past their date."),
    ],
)
def test_one_issue_past_its_date_is_one(tmp_path, due, said):
    rows = [f"V{n % 2},2026-03-01,road,in progress,{day}" for n, day in enumerate(due)]
    rows += [f"V{n % 2},2026-03-10,road,resolved,2026-03-20" for n in range(12)]
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join(["village,visit date,issue,status,due date", *rows]) + "\n")

    assert said in visittally.report(str(path)).document.paragraphs[0]


def _issues(*numbers, base=60, **more):
    rows = [((Text(f"issue {i}"), Count(n), Share(n, base)),) for i, n in enumerate(numbers)]
    return replace(_table("issues", "issue mentions percent_of_cases", *rows), **more)


def _named(*tables):
    return re.findall(r"issue (\d)", _said(_table("areas", "village cases", ((Text(None), Count(60)), True)), *tables))


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        ((40, 30, 20, 20, 9), "0123"),
        ((40, 40, 40, 40, 40, 9), "01234"),
        ((40, 20, 20, 20, 20, 20, 9), "0"),
        ((40, 30, 20, 9), "012"),
        ((40, 20, 20), "012"),
        ((40, 40, 40, 40, 40, 40), ""),
    ],
)
def test_of_issues_that_were_named_as_often_none_is_left_out(numbers, named):
    """All of them are said, or, where these are too many, none; the table ranks them alike."""
    assert "".join(_named(_issues(*numbers))) == named


def test_words_are_those_of_the_figures_that_stand_beside_them():
    said = _said(_table("areas", "village cases", ((Text(None), Count(2500)), True)), _issues(1249, 499, base=2500))

    assert "50.0%: widespread" in said
    assert "20.0%: frequent" in said


def test_shares_of_all_that_was_named_are_no_shares_of_visits():
    areas = _table("areas", "village cases mentions", ((Text(None), Count(40), Count(30)), True))
    rows = [((Text("roads"), Count(20), Share(20, 30), Share(20, 30)),)]
    issues = _table("issues", "issue mentions percent_of_cases percent_of_mentions", *rows)

    assert "roads (20 of all 30 issues, 66.7%)" in _said(areas, replace(issues, base=Base("mentions", 30)))


def test_weighted_shares_do_not_name_a_sum_of_weights_as_visits(tmp_path):
    rows = [f"V{n % 3},{'road' if n % 2 else 'none'},{0.5 if n % 2 else 2}" for n in range(40)]
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join(["village,issue,weight", *rows]) + "\n")
    said = " ".join(visittally.report(str(path), weight="weight").document.paragraphs)

    assert "road (20 visits, weighted 20.0%: frequent)" in said


@pytest.mark.parametrize(("lang", "said", "base"), [
    ("en", "(20 of 40 households, 50.0%: widespread). 20 households named", "Base: all 40 households visited."),
    ("zh", "（20户，占40户的50.0%，普遍反映）。20户反映了问题，20户表示没有问题。", "基数：走访的全部 40 户。"),
])  # fmt: skip
def test_households_are_not_called_visits(tmp_path, lang, said, base):
    """Ten of them were visited twice."""
    rows = [f"V{n % 4},H{n % 40},{'road' if n % 2 else 'none'}" for n in range(50)]
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join(["village,household id,issue", *rows]) + "\n")
    document = visittally.report(str(path), per="household", lang=lang).document

    assert said in " ".join(document.paragraphs)
    tables = {table.name: table for table in document.tables()}
    assert {tables[name].base.text for name in ("areas", "issues", "crosstab")} == {base}
    assert not any("isits" in head or "走访" in head for head in grid(tables["areas"], RenderOptions()).headings)


def test_one_visit_is_one():
    areas = _table("areas", "village cases raised no_issue", ((Text(None), Count(40), Count(1), Count(39)), True))

    assert "1 visit named at least one issue, 39 said" in _said(areas, _issues(1, base=40))


@pytest.mark.parametrize(
    ("lang", "headers", "said", "heading"),
    [
        ("en", ("village", "community"), "visits in 5 villages and communities.", "Village / community"),
        ("zh", ("village", "community"), "共走访5个村、社区12次。", "村、社区"),
        ("en", ("village", "village"), "visits in 5 villages.", "Village"),
    ],
)
def test_places_that_files_call_differently_are_not_all_called_by_one_word(tmp_path, lang, headers, said, heading):
    for header, names in zip(headers, (("Ash", "Elm"), ("Oak", "Yew", "Fir")), strict=True):
        rows = [f"{names[n % len(names)]},{('road', 'none')[n % 2]}" for n in range(6)]
        (tmp_path / f"{names[0]}.csv").write_text("\n".join([f"{header},issue", *rows]) + "\n")
    document = visittally.report(str(tmp_path), lang=lang).document
    tables = {table.name: table for table in document.tables()}

    assert said in document.paragraphs[0]
    assert tables["areas"].columns[0].label == tables["crosstab"].columns[0].label == heading


def test_what_nobody_could_sort_is_no_issue_that_stands_out(tmp_path):
    """Nor is all that is other; that key words made the categories is said where they are ranked."""
    texts = ["that matter again"] * 9 + ["the school has no teacher"] * 6 + ["the road is broken after rain"] * 5
    path = tmp_path / "notes.csv"
    rows = [f"V{n % 2},{text} {n}" for n, text in enumerate(texts)]
    path.write_text("\n".join(["village,issue description", *rows]) + "\n")
    said = visittally.report(str(path)).document.paragraphs[-1]

    assert said.startswith("Named most: Education (6 of 20 visits, 30.0%: frequent); Roads and transport (5 of 20")
    assert "Where nobody gave a category, key words in the text did. 9 more could not be sorted." in said

    path.write_text("village,issue\n" + "V1,other\n" * 9 + "V1,roads\nV2,roads\n")
    assert "Named most: roads (2 of 11 visits" in visittally.report(str(path)).document.paragraphs[-1]


def test_one_issue_is_one():
    areas = _table("areas", "village cases mentions", ((Text(None), Count(40), Count(1)), True))

    assert "1 issue was named." in _said(areas)
