"""What a report says in words of its own, for readers who have no command line."""

from dataclasses import replace

import pytest

from visittally.analyses.campaign import load
from visittally.analyses.intervals import no_intervals
from visittally.messages import speaking
from visittally.report_texts import days_plan, for_readers, method_of, period_of, table_for_readers, title_of
from visittally.settings import Settings
from visittally.tables.table import Base, Table

VISITS = """
    village,visit_date,issue
    Ash,2026-03-05,road
    Ash,2026-03-01,water
    Birch,2026-03-30,road
    """
SAID = [
    ("Two columns fit (--column village=HEADER). The first is taken.", "Two columns fit. The first is taken."),
    ("The first is taken; name another with --column.", "The first is taken."),
    ("Name another with --column. The first is taken.", "The first is taken."),
    ("Name another with -Q.", ""),
    ("3 answers moved less; -f csv has them all.", "3 answers moved less."),
    ("Ask visittally for all. Some are left out.", "Some are left out."),
    ("有两列符合（见 --column）。取第一列；可用 --column 指定。", "有两列符合。取第一列。"),
    ("1.5 of 3.0 km; 2 of 4", "1.5 of 3.0 km; 2 of 4"),
    ("Pages 3--4, the re-visittally and grade -Ab stay.", "Pages 3--4, the re-visittally and grade -Ab stay."),
    ("Those who left (before noon) are counted.", "Those who left (before noon) are counted."),
]


@pytest.fixture
def campaign(write):
    def made(text=VISITS, **options):
        return load(Settings(files=(write("visits.csv", text),), **options))

    return made


@pytest.mark.parametrize(("message", "read"), SAID)
def test_sentences_for_whoever_makes_the_report_are_left_out(message, read):
    assert for_readers(message, Settings()) == read


def test_files_are_named_without_their_folders():
    settings = Settings(files=("a/visits.csv",), roster="b/plan.csv", form=("c/form.xlsx",), before=("d/earlier.csv",))
    message = "a/visits.csv, b/plan.csv, c/form.xlsx, d/earlier.csv, e/other.csv"

    assert for_readers(message, settings) == "visits.csv, plan.csv, form.xlsx, earlier.csv, e/other.csv"


def test_files_of_a_folder_that_was_named_are_told_by_their_own_names():
    settings = Settings(files=("b/visits", "a"))
    message = "b/visits/east.xlsx, a/west.xlsx, data/north.xlsx, other.a/south.xlsx"

    assert for_readers(message, settings) == "east.xlsx, west.xlsx, data/north.xlsx, other.a/south.xlsx"


def test_notes_of_tables_and_of_their_short_versions_are_for_readers_too():
    table = Table("own", "Own", (), (), notes=("Some are cut; -f csv has all of them.", "Use --top 0."))

    made = table_for_readers(replace(table, brief=table), Settings())

    assert made.notes == made.brief.notes == ("Some are cut.",)
    assert made.brief.brief is None


@pytest.mark.parametrize(
    ("options", "period", "title"),
    [
        ({}, None, "Report on the visits"),
        ({}, ("2026-03-01", "2026-03-30"), "Report on the visits, March 2026"),
        ({}, ("2026-03-01", "2026-05-02"), "Report on the visits, March to May 2026"),
        ({"about_period": "spring"}, ("2026-03-01", "2026-03-30"), "Report on the visits, spring"),
        ({"unit": "Office"}, None, "Report on the visits, Office"),
        ({"unit": "Office"}, ("2026-03-01", "2026-03-30"), "Office: Report on the visits, March 2026"),
    ],
)
def test_a_title_says_who_hands_it_in_when_and_what_it_is_about(campaign, options, period, title):
    assert title_of(campaign(**options), period) == title


def test_without_issues_it_is_about_visits(campaign):
    assert title_of(campaign("village,visit_date\nAsh,2026-03-01\n"), None) == "Report of visits"


def test_the_period_is_from_the_first_day_to_the_last(campaign):
    """Whatever the order of the records."""
    loaded = campaign()

    assert period_of(loaded, loaded.count(days_plan(loaded))) == ("2026-03-01", "2026-03-30")


@pytest.mark.parametrize("text", ["village,issue\nAsh,road\n", "village,visit_date,issue\nAsh,,road\nElm,soon,road\n"])
def test_without_days_there_is_no_period(campaign, text):
    loaded = campaign(text)

    assert period_of(loaded, loaded.count(days_plan(loaded))) is None


def method(campaign, period=None, found=None, *, banded=False):
    counts = campaign.count(days_plan(campaign))
    return method_of(campaign, counts, found or {}, period, banded=banded)


def test_the_method_says_what_was_read_and_what_percentages_are_not(campaign):
    lines = method(campaign())

    assert lines[0] == "1 file. Read 3 records, counted 3, set aside 0."
    assert "not known to be a random sample" in lines[-1]
    assert not any("Set aside:" in line or "visits were made" in line for line in lines)


def test_in_chinese_no_space_stands_between_sentences(campaign):
    with speaking("zh"):
        assert method(campaign())[0] == "文件 1 个。读取 3 条，计入 3 条，搁置 0 条。"


def test_why_records_were_set_aside_is_said(campaign):
    assert "Set aside: left out by --where 1." in method(campaign(where=("village=Ash",)))


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (("2026-03-01", "2026-03-30"), "The visits were made from 1 to 30 March 2026."),
        (("2026-03-01", "2026-03-01"), "Visits of 1 March 2026."),
    ],
)
def test_the_days_are_said(campaign, period, said):
    assert said in method(campaign(), period)


@pytest.mark.parametrize(
    ("options", "there", "missing"),
    [
        ({}, "random sample", "No intervals"),
        ({"complete": True}, "", "random sample"),
        ({"purposive": True}, "places were chosen", "random sample"),
        ({"purposive": True, "complete": True}, "places were chosen", "random sample"),
    ],
)
def test_who_was_visited_decides_what_percentages_describe(campaign, options, there, missing):
    text = " ".join(method(campaign(**options)))

    assert there in text
    assert missing not in text


def test_the_base_of_the_issues_and_their_notes_are_said_once(campaign):
    table = Table("issues", "Issues", (), (), Base("asked", 3, "Base: 3."), ("Base: 3.", "A note."))

    for banded in (False, True):
        lines = method(campaign(), found={"issues": (table, replace(table, name="long"))}, banded=banded)
        assert lines.count("Base: 3.") == 1
        assert lines.count("A note.") == 1
        # What words such as "most" stand for follows where such words are used.
        at = lines.index("A note.") + 1
        assert lines[at].startswith("Figures are rounded") is not banded


def test_a_base_without_a_sentence_is_not_said(campaign):
    table = Table("issues", "Issues", (), (), Base("asked", 3), ("A note.",))

    assert "A note." not in method(campaign(), found={"issues": (table,)})


def test_chosen_places_are_said_once(campaign):
    found = campaign(purposive=True)
    why = no_intervals(found.settings)
    table = Table("issues", "Issues", (), (), Base("asked", 3, "Base: 3."), ("A note.", why))

    assert method(found, found={"issues": (table,)}).count(why) == 1
