"""Drawing a sheet and comparing it, on files: keys, blanks, types, weights, what is refused."""

from __future__ import annotations

import csv
import hashlib
import random
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import visittally
from visittally import messages
from visittally.analyses.backcheck.columns import FILL_IN, PRINTED, headers_of
from visittally.words.labels import heading

BESIDE = (folder / "shared" / "data" for folder in Path(__file__).parents)
SHARED = next((folder for folder in BESIDE if folder.is_dir()), Path("none"))
with_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public sample files are not beside the project")

VISITS = """
household_id,village,visit_date,enumerator,outcome,roof,rooms,income,needs
H1,Ash,2026-03-01,Tom,completed,tin,2,100,water;road
H2,Ash,2026-03-01,Tom,completed,tin,3,200,road
H3,Ash,2026-03-02,Ines,completed,thatch,1,,water
H4,Oak,2026-03-02,Ines,completed,tin,4,150,none
H1,Oak,2026-03-03,Tom,completed,tiles,2,80,road;school
H5,Oak,2026-03-03,Ines,refused,,,,
"""
CHECKS = """
household_id,village,today,checker,roof,rooms,income,needs
H1,ash,2026-03-11,Mo,tin,3,100,road;water
H2,Ash,2026-03-11,Mo,thatch,3,,road;water
H3,Ash,2026-03-12,Lu,thatch,1,90,water
H1,Oak,2026-03-12,Lu,tiles,5,84,road
H9,Oak,2026-03-12,Lu,tin,5,84,road
"""


@pytest.fixture
def files(write):
    return write("visits.csv", VISITS), write("checks.csv", CHECKS)


def rows(result, table):
    return [dict(row) for row in result.tables[table].to_dict()["rows"]]


def rate(result, group, value=None, kind=None):
    """Different and compared of a row of the rates."""
    found = [r for r in rows(result, "rates") if (r["group"], r["value"], r["type"]) == (group, value, kind)]
    assert len(found) == 1, (group, value, kind)
    return found[0]["differences"], found[0]["compared"]


# ---------------------------------------------------------------- comparing
def test_answers_are_compared_household_by_household(files):
    """By household within its village; a village may be written otherwise, blanks of the check are not compared."""
    found = visittally.backcheck(files[0], answers=files[1], type1=["roof"], type3=["income"], show_visitors=True)

    assert rate(found, "all") == (7, 15)
    assert rate(found, "all", None, "1") == (1, 4)
    assert rate(found, "question", "rooms", "unclassified") == (2, 4)
    assert rate(found, "question", "income", "3") == (2, 3)
    assert rate(found, "visitor", "Tom", "1") == (1, 3)
    assert rate(found, "checker", "Lu", "3") == (2, 2)
    assert not [r for r in rows(found, "rates") if r["group"] == "visitor" and r["type"] == "3"]
    blank = [r["original_blank"] for r in rows(found, "rates") if r["value"] == "income"]
    assert blank == [1]
    assert rows(found, "unmatched") == [{"side": "backcheck", "line": 6, "reason": "no visit has this key"}]
    assert [c["days_between"] for c in rows(found, "cases")] == [10, 9]


def test_blanks_count_where_that_is_asked_for(files):
    """A blank check beside an answer is a difference then."""
    found = visittally.backcheck(files[0], answers=files[1], count_blank=True)

    assert rate(found, "question", "income", "unclassified") == (3, 4)


def test_numbers_may_lie_off(files):
    """Within a range a number is the same, ends included."""
    found = visittally.backcheck(files[0], answers=files[1], okay={"rooms": "-1:1", "income": "-5%:5%"})

    assert rate(found, "question", "rooms", "unclassified") == (1, 4)
    assert rate(found, "question", "income", "unclassified") == (1, 3)


def test_options_that_came_and_went(files):
    """For several answers it is said how many options are no more ticked, and newly ticked."""
    found = visittally.backcheck(files[0], answers=files[1])
    needs = next(r for r in rows(found, "questions") if r["question"] == "needs")

    assert (needs["differences"], needs["compared"], needs["gone"], needs["new"]) == (2, 4, 1, 1)


def test_visitors_and_checkers_have_pseudonyms(files, command):
    """Nobody's name is printed unless that is asked for."""
    ended = command("backcheck", files[0], "--answers", files[1], "-f", "json")

    assert not [name for name in ("Tom", "Ines", "Mo", "Lu", "H1") if name in ended.out + ended.err]


def test_a_key_that_stands_twice_is_not_compared(files, write):
    """Which of two is meant nobody knows."""
    twice = write("twice.csv", CHECKS + "H2,Ash,2026-03-20,Mo,tin,3,200,road\n")
    found = visittally.backcheck(files[0], answers=twice)

    assert rate(found, "question", "roof", "unclassified") == (0, 3)
    assert [r["line"] for r in rows(found, "unmatched")] == [3, 6, 7]


@given(st.integers(1, 60), st.integers(0, 10_000))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_survey_does_not_differ_from_itself(folder, cases, seed):
    """backcheck(x, answers=x): no difference, whatever stands there."""
    dice = random.Random(seed)
    with (folder / "own.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["household_id", "village", "roof", "rooms", "needs", "words"])
        for n in range(cases):
            needs = ";".join(dice.sample(["water", "road", "school", "don't know"], dice.randint(0, 3)))
            roof = dice.choice(["tin", "Tin ", "NA", "", "不知道"])
            writer.writerow(
                [f"H{n}", "Ash", roof, dice.choice(["1", "2.0", "", "-88", "many"]), needs, dice.choice("äöü ,;")]
            )
    found = visittally.backcheck("own.csv", answers="own.csv")

    assert {r["differences"] for r in rows(found, "rates")} == {0}
    assert rows(found, "unmatched") == []
    counted = visittally.backcheck("own.csv", answers="own.csv", count_blank=True)
    assert {r["differences"] for r in rows(counted, "rates")} == {0}


def test_no_visitor_is_called_without_ten_answers(write):
    """Ten answers at least, and even the lower limit above the rate that is okay."""
    visits = "household_id,enumerator,roof,age\n" + "".join(f"{n},{'AB'[n % 2]},tin,{n}\n" for n in range(24))
    checks = "household_id,roof,age\n" + "".join(f"{n},{'tin' if n % 2 else 'thatch'},{n}\n" for n in range(24))
    write("visits.csv", visits)
    write("checks.csv", checks)
    more = visittally.backcheck("visits.csv", answers="checks.csv", type1=["roof", "age"], show_visitors=True)
    fewer = visittally.backcheck("visits.csv", answers="checks.csv", type1=["roof", "age"], where=["age<8"])

    assert [note[:25] for note in more.tables["rates"].notes if "re-check" in note] == [
        "Needs re-check: A: 12 of 24"[:25]
    ]
    assert not [note for note in fewer.tables["rates"].notes if "re-check" in note]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"type1": ["roof"], "type2": ["roof"]}, "one type"),
        ({"okay": {"rooms": "1"}}, "range"),
        ({"type1": ["sky"]}, "no field or column"),
        ({"match": {"roof": "sky"}, "question": ["enumerator"]}, "no question enumerator"),
        ({"key": "sky"}, "no field or column"),
    ],
)
def test_what_cannot_be_compared(files, options, message):
    """It is said what is wrong."""
    with pytest.raises(visittally.VisitTallyError, match=message):
        visittally.backcheck(files[0], answers=files[1], **options)


# ---------------------------------------------------------------- drawing
def test_a_sheet_goes_out_and_comes_back(files, command, folder):
    """Drawn as a workbook in Chinese, filled in by hand, compared with the visits, weighed by what it stands for."""
    drawn = command(
        "backcheck", files[0], "--seed", "s", "--share", "1", "-Q", "roof", "-o", "sheet.xlsx", "--lang", "zh"
    )
    assert drawn.status == 0
    book = openpyxl.load_workbook("sheet.xlsx")
    sheet = next(s for s in book.worksheets if s.max_column > 8)
    heads = [cell.value for cell in sheet[1]]
    assert "是否有人来走访" in heads
    assert sheet.print_area
    assert sheet.row_dimensions[2].height >= 25
    at = {name: heads.index(name) + 1 for name in ("是否有人来走访", "roof", "抽查人")}
    households, villages = heads.index("户") + 1, heads.index("村") + 1
    for row in range(2, 7):
        assert all(sheet.cell(row, column).value is None for column in at.values())
        if sheet.cell(row, households).value == "H1" and sheet.cell(row, villages).value == "Ash":
            sheet.cell(row, at["是否有人来走访"], "否")
        elif sheet.cell(row, households).value != "H3":
            sheet.cell(row, at["是否有人来走访"], "是")
            sheet.cell(row, at["roof"], "tin")
            sheet.cell(row, at["抽查人"], "Mo")
    book.save("filled.xlsx")

    messages.set_language("en")
    found = visittally.backcheck(files[0], answers="filled.xlsx", type1=["roof"], show_visitors=True)

    assert found.tables["rates"].notes[0] == "1 of 4 households say nobody came, or that the record is not true."
    assert rate(found, "all", None, "1") == (1, 3)
    assert [r["reason"] for r in rows(found, "unmatched")] == ["drawn, and not checked"]
    everyone = next(r for r in rows(found, "rates") if r["group"] == "all")
    assert everyone["weighted_percent"] == pytest.approx(100 / 3)


def test_the_sheet_of_the_same_seed_is_the_same(files, command, write):
    """Whatever the order of the records, and cases that are not completed are never drawn."""
    head, *lines = VISITS.strip().splitlines()
    random.Random(4).shuffle(lines)
    write("shuffled.csv", "\n".join([head, *lines]) + "\n")
    options = ("--seed", "x", "--share", "0.5", "--stratum", "village", "-f", "csv", "-o", "-", "-q")
    first, second = (command("backcheck", name, *options).out for name in (files[0], "shuffled.csv"))

    assert first == second
    assert "H5" not in command("backcheck", files[0], "--seed", "x", "--share", "1", "-f", "csv", "-o", "-", "-q").out


def test_places_are_strata_however_they_are_written(write, command):
    """A village in two spellings is one stratum, and the draw does not depend on which is the commoner."""
    lines = [f"H{n},{'Ash' if n % 3 else ' ASH'},2026-03-01" for n in range(30)]
    other = [line.replace("Ash", "ash") for line in lines]
    for name, text in (("a.csv", lines), ("b.csv", other)):
        write(name, "household_id,village,visit_date\n" + "\n".join(text) + "\n")
    drawn = [command("backcheck", n, "--seed", "1", "-f", "csv", "-o", "-", "-q").out for n in ("a.csv", "b.csv")]
    keys = [[row["household_id"] for row in csv.DictReader(text.splitlines())] for text in drawn]

    assert keys[0] == keys[1]
    assert len(keys[0]) == 3


def test_a_case_with_several_records_is_drawn_once(write, command):
    """Its latest record stands on the sheet."""
    write("visits.csv", "household_id,village,visit_date\nH1,Ash,2026-03-01\nH1,Ash,2026-03-09\nH2,Ash,2026-03-02\n")
    ended = command("backcheck", "visits.csv", "--seed", "1", "--share", "1", "-f", "csv", "-o", "-")
    drawn = list(csv.DictReader(ended.out.splitlines()))

    assert sorted((row["household_id"], row["visit_date"]) for row in drawn) == [
        ("H1", "2026-03-09"),
        ("H2", "2026-03-02"),
    ]
    assert "share their key" in ended.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "a sample that can be foreseen checks nothing"),
        (("--seed", "1", "--public"), "not for the public"),
        (("--seed", "1", "-f", "csv"), "-o sheet.xlsx"),
        (("--seed", "1", "--include-personal"), "needs -o"),
        (("--seed", "1", "--answers", "checks.csv"), "not both"),
        (("--seed", "1", "--share", "2"), "--share"),
    ],
)
def test_what_is_refused(files, command, options, message):
    """Wrong usage: exit 2, and what to do."""
    ended = command("backcheck", files[0], *options)

    assert ended.status == 2
    assert message in ended.err


def test_names_stand_on_the_sheet_on_request_only(write, command):
    """Phones and names only with --include-personal."""
    write("visits.csv", "household_id,village,respondent name,phone\nH1,Ash,Ann Fox,13800138000\n")
    options = ("backcheck", "visits.csv", "--seed", "1", "-f", "csv", "-o", "-")

    assert "Ann Fox" not in command(*options).out
    asked = command(*options, "--include-personal").out
    assert "Ann Fox" in asked
    assert "13800138000" in asked


def test_headings_of_the_sheet_are_found_in_both_languages():
    """What is printed in one language is read back in the other."""
    for name in (*FILL_IN, *PRINTED):
        for language in ("en", "zh"):
            messages.set_language(language)
            assert heading(name) in headers_of(name), (name, language)


def test_types_may_stand_in_the_configuration(files, write, command):
    """[backcheck] of visittally.toml."""
    write("visittally.toml", '[backcheck]\ntype1 = ["roof"]\n[backcheck.okay]\nrooms = "-1:1"\n')
    ended = command("backcheck", files[0], "--answers", files[1], "-f", "csv", "-q")

    assert "question,roof,1," in ended.out
    assert "question,rooms,unclassified,1,4," in ended.out


# ---------------------------------------------------------------- published figures
BCSTATS = {"type1": ["gender"], "type2": ["gameresult"], "type3": ["itemssold"], "key": "id", "show_visitors": True}
BCSTATS["columns"] = {"visitor": "enum", "visitor_unit": "enumteam"}


def _bcstats(**options):
    survey, checks = (SHARED / "backcheck" / f"bcstats_{name}.csv" for name in ("survey", "bc"))
    return visittally.backcheck(survey, answers=checks, **BCSTATS, **options)


@with_shared
def test_what_bcstats_finds():
    """The results of Stata's bcstats in J-PAL/bcstatsR, where blanks count."""
    found = _bcstats(count_blank=True)

    assert rate(found, "all") == (26, 42)
    assert [rate(found, "all", None, t) for t in "123"] == [(8, 14), (8, 14), (10, 14)]
    assert [rate(found, "team", v, "1") for v in "123"] == [(4, 5), (2, 5), (2, 4)]
    assert [rate(found, "team", v, "2") for v in "123"] == [(2, 5), (3, 5), (3, 4)]
    expected = {"1": (2, 2), "3": (1, 1), "9": (1, 1), "2": (1, 2), "5": (1, 2), "6": (1, 2), "7": (1, 2)}
    assert {v: rate(found, "visitor", v, "1") for v in expected} == expected
    assert [rate(found, "visitor", v, "1") for v in "48"] == [(0, 1), (0, 1)]
    assert rate(found, "visitor", "2", "2") == (2, 2)


@with_shared
def test_what_is_left_where_blanks_do_not_count():
    """5 of 21; the one difference of type 1 is an original blank; the paired t and the reliability."""
    found = _bcstats()

    assert rate(found, "all") == (5, 21)
    assert [rate(found, "all", None, t) for t in "123"] == [(1, 7), (1, 7), (3, 7)]
    limits = [(r["error_low"], r["error_high"]) for r in rows(found, "rates") if r["group"] == "all"][1:]
    assert limits[0] == pytest.approx((2.568, 51.3128), abs=5e-4)
    assert limits[2] == pytest.approx((15.822, 74.9542), abs=5e-4)
    assert [rate(found, "checker", c, "1") for c in "12"] == [(0, 3), (1, 4)]
    assert next(r["original_blank"] for r in rows(found, "rates") if r["value"] == "gender") == 1
    sold = next(r for r in rows(found, "questions") if r["question"] == "itemssold")
    assert sold["difference"] == pytest.approx(1.142857, abs=5e-7)
    assert [sold["difference_low"], sold["difference_high"]] == pytest.approx([-0.210978, 2.496693], abs=5e-7)
    assert sold["reliability"] == pytest.approx(0.906639, abs=5e-7)
    assert not [note for note in found.tables["rates"].notes if "re-check" in note]
    assert rate(_bcstats(okay={"gameresult": "-3:3"}), "all") == (4, 21)


@with_shared
def test_the_draw_from_a_published_survey():
    """71 cases of 16 visitors, the same ones whatever the order of the rows."""
    found = visittally.backcheck(
        SHARED / "talafar" / "raw_data.csv", seed="1", stratum=["enumerator_num"], key="X_uuid", show_visitors=True
    )
    sheet = rows(found, "sheet")
    keys = "\n".join(sorted(row["key"] for row in sheet))

    assert len(sheet) == 71
    assert (
        hashlib.sha256(keys.encode()).hexdigest() == "db6a55657806fa7e1f70515e39494550d6cb4a396a185aec798dae1adc511060"
    )
    first = next(row for row in sheet if row["stratum"] == "1")
    assert (first["key"], first["weight"]) == ("a37512fa-f4ea-4c6c-a873-851f69df6c93", 9)
    assert {r["drawn"] for r in rows(found, "strata") if not r.get("total")} == {3, 4, 5}


def test_small_counts_of_a_comparison(files, command):
    """With --min-cell there are questions only: no visitors, no single cases, no sums."""
    ended = command("backcheck", files[0], "--answers", files[1], "--min-cell", "3", "-f", "json")
    tables = ended.tables()

    assert set(tables) <= {"rates", "questions"}
    assert {row["group"] for row in tables.get("rates", [])} <= {"question"}
    assert "rates of visitors" in ended.err
    assert command("backcheck", files[0], "--answers", files[1], "--public", "--table", "cases").status == 2


# ---------------------------------------------------------------- drawing more of some
def test_records_that_a_signal_points_out_are_drawn_more_often(write, command):
    """They are strata of their own inside each stratum, with their own weights; the comparison tells them apart."""
    head = "household_id,village,enumerator,start,end,roof\n"
    lines = [
        f"H{n},Ash,Tom,2026-03-{1 + n // 4:02}T{8 + n % 4 * 2:02}:00,2026-03-{1 + n // 4:02}T{9 + n % 4 * 2:02}:00,tin"
        for n in range(40)
    ]
    lines += [f"S{n},Ash,Tom,2026-04-{1 + n:02}T08:00,2026-04-{1 + n:02}T08:01,tin" for n in range(6)]
    write("visits.csv", head + "\n".join(lines) + "\n")
    options = ("backcheck", "visits.csv", "--seed", "1", "--oversample", "short=4", "-Q", "roof", "--show-visitors")
    ended = command(*options, "-f", "json", "-o", "drawn.json")
    assert ended.status == 0
    drawn = visittally.backcheck(
        "visits.csv", seed="1", oversample={"short": "4"}, question=["roof"], show_visitors=True
    )

    strata = {row["stratum"]: (row["cases"], row["drawn"]) for row in rows(drawn, "strata") if not row.get("total")}
    assert strata == {"Tom": (40, 4), "Tom / short": (6, 3)}
    sheet = rows(drawn, "sheet")
    assert {row["weight"] for row in sheet if row["stratum"] == "Tom / short"} == {2}
    assert all(row["household_id"].startswith("S") == row["stratum"].endswith("short") for row in sheet)
    filled = "stratum,weight,key,checked_on,was_visited,roof\n" + "".join(
        f"{r['stratum']},{r['weight']},{r['key']},2026-05-01,yes,{'thatch' if 'short' in r['stratum'] else 'tin'}\n"
        for r in sheet
    )
    write("filled.csv", filled)
    found = visittally.backcheck("visits.csv", answers="filled.csv")
    assert rate(found, "sample", "random", "unclassified") == (0, 4)
    assert rate(found, "sample", "short", "unclassified") == (3, 3)
    everyone = next(row for row in rows(found, "rates") if row["group"] == "all")
    assert everyone["weighted_percent"] == pytest.approx(100 * 6 / 46)
    assert command(*options[:4], "--oversample", "pace=3").status == 2
    assert command(*options[:4], "--oversample", "short=1").status == 2


def test_sheets_of_ours_are_read_beside_other_back_checks(files, command, write):
    """A filled-in sheet carries our mark; among answers it is no result to be left out."""
    command("backcheck", files[0], "--seed", "s", "--share", "1", "-Q", "roof", "-o", "sheet.xlsx")
    write("more.csv", "Record,Checked on,Did somebody come?,roof\nash / H1,2026-03-20,yes,tin\n")
    found = visittally.backcheck(files[0], answers=["sheet.xlsx", "more.csv"])

    assert {row["reason"] for row in rows(found, "unmatched")} == {
        "drawn, and not checked",
        "the key stands twice among the back-checks",
    }


def test_sheets_with_different_headings_are_not_mixed(files, write):
    """One in Chinese and one in English: what stands in the other's columns would be lost."""
    write("en.csv", "Record,Checked on,Did somebody come?,roof\nash / H1,2026-03-20,yes,tin\n")
    write("zh.csv", "记录编号,抽查日期,是否有人来走访,roof\nash / H2,2026-03-20,是,tin\n")
    with pytest.raises(visittally.VisitTallyError, match="head the same column differently"):
        visittally.backcheck(files[0], answers=["en.csv", "zh.csv"])
