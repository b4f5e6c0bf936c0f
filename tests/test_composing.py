"""The report: four formats, the same bytes each time, nobody's name in it."""

from __future__ import annotations

import textwrap
import zipfile

import pytest

import visittally

LEDGER = """
    visit_date,village,head_name,phone,issue,status,closed_date
    2026-03-01,Ash,Marigold Example,555010001,road,resolved,2026-03-04
    2026-03-01,Ash,Basil Example,555010002,water,open,
    2026-03-02,Birch,Clover Example,555010003,road,open,
    2026-03-03,Birch,Daisy Example,555010004,none,,
    """
PERSONAL = ("Marigold", "Basil", "Clover", "Daisy", "5550100")


@pytest.fixture
def ledger(write):
    return write("ledger.csv", LEDGER)


def texts(path):
    """All text in a file: the members of office files, else the file itself."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "md"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning:docx")
def test_each_format(command, ledger, folder, suffix):
    """Written twice, the bytes are equal; issues and places are in it, names and telephones are not."""
    first = command("report", ledger, "-o", f"a.{suffix}")
    content = (folder / f"a.{suffix}").read_bytes()
    assert (first.status, first.out) == (0, "")
    command("report", ledger, "-o", f"a.{suffix}")

    text = texts(folder / f"a.{suffix}")
    assert content == (folder / f"a.{suffix}").read_bytes()
    assert [word for word in ("Ash", "Birch", "road", "water") if word not in text] == []
    assert [word for word in PERSONAL if word in text] == []


def test_title_and_language(command, ledger, folder):
    """--title heads the report; --lang zh writes it in Chinese."""
    command("report", ledger, "--title", "Spring <round>", "-o", "a.html")
    command("report", ledger, "--lang", "zh", "-o", "zh.html")

    assert "<h1>Spring &lt;round&gt;</h1>" in texts(folder / "a.html")
    assert 'lang="zh' in texts(folder / "zh.html")


def test_an_own_template(command, ledger, write, folder):
    """A template sees the document."""
    write("ours.html", "<p>{{ title }}</p>")

    assert command("report", ledger, "--title", "Ours", "--template", "ours.html", "-o", "a.html").status == 0
    assert "<p>Ours</p>" in texts(folder / "a.html")


@pytest.mark.parametrize("text", ["{{ ''.__class__.__mro__ }}", "{{ nosuch.name }}", "{% if %}"])
def test_a_template_is_shut_in(command, ledger, write, folder, text):
    """What reaches out of the sandbox, names what is not there or is no template is refused, with its name."""
    write("ours.html", text)

    ended = command("report", ledger, "--template", "ours.html", "-o", "a.html")

    assert ended.status == 1
    assert "ours.html" in ended.err
    assert not (folder / "a.html").exists()


def test_the_findings_come_first_then_the_tables_the_method_and_the_sources(command, ledger, folder):
    """What was found, in sentences; below how many records there were, and each file with its fingerprint."""
    command("report", ledger, "-o", "a.md")
    text = texts(folder / "a.md")

    places = [text.index(said) for said in ("4 visits in 2", "Issues raised", "Read 4 records, counted 4", "sha256")]
    assert places == sorted(places)
    assert "From 1 to 3 March 2026" in text


def test_a_dash_for_few_visits_is_explained_under_its_table(command, write, folder):
    """Also where what became of the issues stands in a table of its own."""
    write("few.csv", "village,issue,status\n" + "Ash,road,done\n" * 12 + "Elm,road,open\n" * 2)
    command("report", "few.csv", "-o", "a.md")
    (places,) = [part for part in texts(folder / "a.md").split("**Table") if "Visits by place" in part]

    assert "neither a percentage nor a rate" in places


def test_for_publication(command, ledger, folder):
    """--public hides small cells in all parts together."""
    ended = command("report", ledger, "--public", "-o", "a.md")

    assert ended.status == 0
    assert " 2 |" not in texts(folder / "a.md").split("sha256")[0].split("## ", 1)[-1]


def test_a_public_report_names_files_without_their_folders(command, folder):
    (folder / "marigold").mkdir()
    path = folder / "marigold" / "ledger.csv"
    path.write_text(textwrap.dedent(LEDGER).strip(), encoding="utf-8")

    assert command("report", str(path), "--public", "-o", "public.md").status == 0

    content = texts(folder / "public.md")
    assert "ledger.csv" in content
    assert "marigold" not in content


def test_the_basis_says_why_records_were_set_aside(command, ledger, folder):
    """The kinds of records that are not counted stand in the report itself, with their numbers."""
    command("report", ledger, "--where", "village=Ash", "-o", "a.md")

    assert "Set aside: left out by --where 2." in texts(folder / "a.md")


def test_a_question_that_nobody_answered_has_no_table(command, write, folder):
    """An empty table is no finding; its name stands among what needs attention."""
    write("open.csv", "village,issue,wishes\nAsh,road,\nBirch,water,\n")

    err = command("report", "open.csv", "-Q", "wishes", "-o", "a.md").err

    assert "Nobody answered these questions, which have no table in the report: wishes." in err
    assert "0 of 2 were asked" not in texts(folder / "a.md")


def test_an_earlier_round_has_a_section_of_its_own(command, write, folder):
    """--before: what has changed, with a chart, the earlier files among the sources."""
    write("march.csv", "village,issue\n" + "Ash,road\n" * 12 + "Ash,water\n" * 18)
    write("june.csv", "village,issue\n" + "Ash,road\n" * 25 + "Ash,water\n" * 5)
    ended = command("report", "june.csv", "--before", "march.csv", "-o", "report.html")
    page = (folder / "report.html").read_text(encoding="utf-8")

    assert ended.status == 0
    assert "What has changed" in page
    assert 'class="ring"' in page
    assert "12/30 40.0%" in page
    assert "+43.3" in page
    assert page.count("march.csv") >= 2
    for suffix in ("docx", "xlsx", "md"):
        assert command("report", "june.csv", "--before", "march.csv", "-o", f"report.{suffix}").status == 0
    refused = command("report", "june.csv", "--before", "march.html", "-o", "march.html")
    assert refused.status == 1


def test_what_to_note_names_files_and_no_options(folder):
    """Who is handed a report has no command line: no options, no folders."""
    (folder / "deep").mkdir()
    ledger = folder / "deep" / "ledger.csv"
    rows = "".join(f"2026-03-{day:02},Ash,road,open\n" for day in range(1, 20))
    ledger.write_text("visit date,village,issue,status\n" + rows, encoding="utf-8")
    report = visittally.report(str(ledger))
    said = " ".join(report.document.attention)
    assert "answered back: not recorded" in said
    assert "--" not in said
    assert str(folder) not in said
    assert any("--column reply_date" in notice.message for notice in report.notices)


def test_of_the_only_village_the_groups_are_the_rows_throughout(folder):
    ledger = folder / "ledger.csv"
    rows = "".join(f"2026-03-{day:02},东村,{day % 3 + 1}组,道路,已解决\n" for day in range(1, 20))
    ledger.write_text("走访日期,村,村民小组,问题类别,办理情况\n" + rows, encoding="utf-8")
    report = visittally.report(str(ledger), lang="zh")
    tables = {table.name: table for table in report.document.tables()}
    assert {tables[name].columns[0].name for name in ("areas", "summary")} == {"group"}
    assert not any(notice.code == "no_village" for notice in report.notices)
    assert report.document.title == "2026年3月走访群众情况报告"


def test_a_year_is_said_once_in_a_chinese_title(folder):
    ledger = folder / "ledger.csv"
    ledger.write_text("走访日期,村,问题类别\n2026-03-30,东村,道路\n2026-05-02,西村,饮水\n", encoding="utf-8")
    assert visittally.report(str(ledger), lang="zh").document.title.startswith("2026年3月至5月")


def test_tables_without_rows_are_left_out(folder):
    (folder / "visits.csv").write_text("village,issue\nAsh,road\nElm,water\n", encoding="utf-8")
    (folder / "plan.csv").write_text("village,planned\nAsh,4\nElm,3\n", encoding="utf-8")
    report = visittally.report(str(folder / "visits.csv"), roster=str(folder / "plan.csv"))
    names = [table.name for table in report.document.tables()]
    assert "places" in names
    assert "unmatched" not in names


def test_many_files_are_named_in_one_line(folder):
    """Nineteen ledgers do not fill four pages with their fingerprints; --notes holds them whole."""
    for i in range(9):
        (folder / f"ledger-{i}.csv").write_text(f"village,issue\nV{i},road\nW{i},water\n", encoding="utf-8")
    files = [str(folder / f"ledger-{i}.csv") for i in range(9)]
    lines = visittally.report(files).document.provenance
    assert lines[0].count("ledger-") == 9
    assert str(folder) not in lines[0]
    assert len(visittally.report(files[:2]).document.provenance) == len(lines) + 1


def test_audit_finds_nothing_in_a_report_whose_tables_are_cut_at_different_rows(command, write, folder):
    """A table on a turned page is cut sooner than one that stands upright."""
    issues = [f"Deteriorating infrastructure {word}" for word in ("bridges", "buildings", "pipes", "roads", "wells")]
    issues += ["Overcrowded dispensaries", "Environmental degradation", "Movement restrictions", "Unemployment"]
    rows = [
        f"Village {n % 44},{issues[(n * n + n // 44) % len(issues)]},{('resolved', 'in progress')[n % 3 > 0]}"
        for n in range(300)
    ]
    write("a.csv", "\n".join(["village,issue,status", *rows]) + "\n")
    command("report", "a.csv", "-o", "a.docx", "--lang", "zh")

    checked = command("audit", "a.docx", "--strict")

    assert texts(folder / "a.docx").count("其余合为一行") == 2
    assert checked.status == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_audit_finds_nothing_in_a_report_with_satisfaction_and_contacts(command, write, lang):
    """Parts and wholes of few ratings are no rates, and the most of all is the sum of nothing."""
    head = (
        "village,visit date,household,issue,status,resolved date,reply date,satisfaction,other party satisfied,contacts"
    )
    rows = []
    for n in range(15):
        ended = ["in progress", "", "", "", "", ""]
        if n % 3 < 2 and n < 8:
            days = (f"2026-03-{n + 3:02d}", f"2026-03-{n + 4:02d}")
            ended = ["resolved", *days, "satisfied", ("satisfied", "dissatisfied")[n % 2], str(n % 4 + 1)]
        place, issue = ("Ash", "Elm", "Oak")[n % 3], ("road", "water")[n % 2]
        rows.append(",".join([place, f"2026-03-{n + 1:02d}", f"H{n}", issue, *ended]))
    write("a.csv", "\n".join([head, *rows]) + "\n")
    command("report", "a.csv", "-o", "a.docx", "--lang", lang)

    assert command("audit", "a.docx", "--strict").status == 0


def test_a_report_without_issues_does_not_speak_of_them(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text("village,visit date\n" + "".join(f"V{n % 3},2026-03-{n + 1:02}\n" for n in range(12)))
    document = visittally.report(str(path)).document

    assert document.title == "Report of visits, March 2026"
    assert [section.heading for section in document.sections] == ["Visits made", "Progress"]


def test_readers_are_not_told_of_notices_that_nobody_shows_them(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text("village,issue,status\n" + "".join(f"V{n % 3},road,open {n}\n" for n in range(30)))
    report = visittally.report(str(path), public=True)

    assert any(notice.code == "held_back" for notice in report.notices)
    assert not any("not shown, because" in line for line in report.document.attention)
