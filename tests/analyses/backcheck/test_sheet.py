"""The sheet that a person fills in, and what it takes to draw it again."""

from __future__ import annotations

import hashlib

import pytest

from visittally.analyses.backcheck.sheet import draw_sheet
from visittally.errors import UsageError

VISITS = """
    household_id,village,visit_date,enumerator,outcome,phone,roof
    H1,Ash,2026-03-01,Tom,completed,13800000001,tin
    H2,Ash,2026-03-01,Tom,completed,13800000002,tin
    H3,Elm,2026-03-02,Tom,completed,13800000003,thatch
    H4,Elm,2026-03-02,Ines,completed,13800000004,tin
    H5,Elm,2026-03-02,Ines,refused,13800000005,
    """


@pytest.fixture
def drawn(surveyed):
    def draw(text=VISITS, **options):
        return draw_sheet(surveyed(text, **{"seed": "1", "kept": True, "share": "1", **options}))

    return draw


def rows(table):
    return [dict(row) for row in table.to_dict()["rows"]]


def codes(result):
    return [notice.code for notice in result.notices]


# ---------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"seed": ""}, "choose --seed after the visits"),
        ({"public": True}, "not for the public"),
        ({"kept": False, "include_personal": True}, "needs -o FILE"),
        ({"kept": False, "table": ("sheet",)}, "with -o sheet.xlsx"),
        ({"kept": False, "first_only": True}, "with -o sheet.xlsx"),
    ],
)
def test_refusals(drawn, options, text):
    with pytest.raises(UsageError, match=text):
        drawn(**options)


def test_without_a_file_to_write_to_there_is_no_sheet(drawn):
    assert list(drawn(kept=False).tables) == ["strata"]
    assert list(drawn().tables) == ["sheet", "strata"]
    assert list(drawn(kept=False, table=("strata",)).tables) == ["strata"]


# ---------------------------------------------------------------- the sheet
def test_columns_and_rows_of_the_sheet(drawn):
    """Strata by their labels, numbered through; the answers that were given are not on it."""
    sheet = drawn(question=("roof",)).tables["sheet"]

    assert [column.name for column in sheet.columns if not column.fill_in] == [
        "number",
        "village",
        "household_id",
        "visitor",
        "visit_date",
        "stratum",
        "weight",
        "key",
    ]
    assert [column.name for column in sheet.columns if column.fill_in][-2:] == ["checker", "roof"]
    found = rows(sheet)
    assert [row["number"] for row in found] == [1, 2, 3, 4]
    assert [row["stratum"] for row in found] == ["V01"] * 3 + ["V02"]
    assert sorted(row["key"] for row in found) == ["ash / H1", "ash / H2", "elm / H3", "elm / H4"]
    assert {row["roof"] for row in found} == {""}
    assert {(row["key"], row["village"], row["household_id"], row["visit_date"]) for row in found[3:]} == {
        ("elm / H4", "Elm", "H4", "2026-03-02")
    }


def test_a_stratum_is_in_the_order_of_the_hashes(drawn):
    keys = [row["household_id"] for row in rows(drawn(seed="2026").tables["sheet"])][:3]
    places = {"H1": "ash", "H2": "ash", "H3": "elm"}

    assert keys == sorted(
        keys, key=lambda own: hashlib.sha256(f"2026\nTom\n{places[own]}\x1f{own}".encode()).hexdigest()
    )


def test_personal_columns_stand_on_it_on_request(drawn):
    assert "phone" not in [column.name for column in drawn().tables["sheet"].columns]
    found = rows(drawn(include_personal=True).tables["sheet"])
    assert {row["household_id"]: row["phone"] for row in found}["H4"] == "13800000004"


def test_what_nobody_says_has_no_column(drawn):
    sheet = drawn("household_id,roof\nH1,tin\nH2,tin\n").tables["sheet"]

    assert [column.name for column in sheet.columns if not column.fill_in] == [
        "number",
        "household_id",
        "stratum",
        "weight",
        "key",
    ]


def test_dates_that_are_none_stand_as_they_are(drawn):
    text = "household_id,visit_date,roof\nH1,2026-03-01,tin\nH2,2026-03-02,tin\nH3,soon,tin\nH4,,tin\n"
    found = {row["household_id"]: row["visit_date"] for row in rows(drawn(text).tables["sheet"])}

    assert found == {"H1": "2026-03-01", "H2": "2026-03-02", "H3": "soon", "H4": ""}


# ---------------------------------------------------------------- the strata
def test_cases_and_weights_of_the_strata(drawn):
    """Half of three, two at least; one of one. The total has no weight."""
    found = rows(drawn(share="0.5", least=2).tables["strata"])

    assert [(row["stratum"], row["cases"], row["drawn"], row["weight"]) for row in found] == [
        ("V01", 3, 2, 1.5),
        ("V02", 1, 1, 1),
        (None, 4, 3, None),
    ]


def test_one_stratum_has_no_total(drawn):
    assert len(rows(drawn("household_id,roof\nH1,tin\nH2,tin\n").tables["strata"])) == 1


# ---------------------------------------------------------------- what is said
def test_what_it_takes_to_draw_again_stands_below(drawn, folder):
    [seed, more, file, how] = drawn(share="0.5", oversample={"duplicate": "3"}).tables["strata"].notes
    digest = hashlib.sha256((folder / "visits.csv").read_bytes()).hexdigest()

    assert seed == "Drawn with seed 1, share 0.5, at least 2 of each stratum."
    assert "signal duplicate 3 times the share" in more
    assert file.endswith(f"visits.csv sha256 {digest}.")
    assert "SHA-256" in how


def test_what_the_draw_rests_on_is_said(drawn):
    said = {notice.code: notice.message for notice in drawn().notices}

    assert said["key"].startswith('Cases are told apart by "household_id" within "village"')
    assert said["not_completed"] == "1 record of a visit that was not completed is not drawn from."
    assert "no_outcome" not in said
    assert "no_key" not in said
    assert "repeated_keys" not in said


@pytest.mark.parametrize(
    ("text", "options", "there", "missing"),
    [
        ("household_id,roof\nH1,tin\nH2,tin\n", {}, "no_outcome", "not_completed"),
        ("household_id,roof\nH1,tin\nH2,tin\n", {"key": "household_id"}, "draw", "key"),
        ("household_id,roof\nH1,tin\nH2,tin\nH2,tin\n", {}, "repeated_keys", "no_key"),
        ("roof,household_id,age\ntin,,3\ntin,H1,4\ntin,H2,5\n", {}, "no_key", "repeated_keys"),
        ("roof,age\ntin,3\ntin,4\n", {}, "key", "no_key"),
    ],
)
def test_and_so_is_what_is_not_known(drawn, text, options, there, missing):
    found = codes(drawn(text, **options))

    assert there in found
    assert missing not in found
