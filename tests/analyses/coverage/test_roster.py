"""The roster: planned numbers or households, found by header, read line by line."""

from __future__ import annotations

import pytest

import visittally
from visittally.errors import FieldError, InputError

VISITS = "township,village,household_id,issue\nNorth,Ash,1,road\nNorth,Birch,2,water\nSouth,Cedar,3,road\n"


def planned(found):
    return [(p.names, p.number.value, p.number.approximate) for p in found.planned]


def test_numbers_are_read_with_their_units(entries):
    """Approximate ones stay so; a blank is unknown, not nought."""
    found = entries("village,planned\nAsh,12户\nBirch,约30\nCedar,\n")

    assert planned(found) == [(("Ash",), 12, False), (("Birch",), 30, True), (("Cedar",), None, False)]
    assert found.listed is None
    assert found.notices == ()


def test_a_roster_of_households_lists_each_once_in_its_village(entries):
    found = entries("village,household_id\nAsh,1\nAsh,1\nBirch,1\nBirch,\n")

    assert [(h.names, h.household) for h in found.listed] == [(("Ash",), "1"), (("Birch",), "1")]
    assert [notice.code for notice in found.notices] == ["roster_repeats"]


def test_a_place_with_two_numbers_is_refused_and_with_the_same_one_said(entries):
    with pytest.raises(InputError, match=r"ash stands in lines 2 \(4\) and 3 \(5\)"):
        entries("village,planned\nAsh,4\nash,5\n")

    found = entries("village,planned\nAsh,4\nAsh,4\n")
    assert planned(found) == [(("Ash",), 4, False)]
    assert [notice.code for notice in found.notices] == ["roster_repeats"]


def test_numbers_without_a_place_and_without_meaning_are_said(entries):
    found = entries("village,planned\n,4\nAsh,many\n")

    assert planned(found) == [(("Ash",), None, False)]
    assert [notice.code for notice in found.notices] == ["roster_nameless", "roster_numbers"]


def test_namesakes_in_different_townships_are_said(entries):
    text = "township,village,planned\nNorth,Ash,4\nSouth,Ash,5\n"

    assert [n.code for n in entries(text).notices] == ["roster_namesakes"]
    assert entries(text, by=("township", "village")).notices == ()


def test_places_with_codes_match_a_roster_of_their_labels(tmp_path, command):
    (tmp_path / "survey.csv").write_text("type,name,label\nselect_one places,village,Village\n")
    (tmp_path / "choices.csv").write_text("list_name,name,label\nplaces,v1,Elm Hill\nplaces,v2,Oak\n")
    (tmp_path / "roster.csv").write_text("village,target\noak,10\nELM HILL,4\nv9,3\n")
    visits = tmp_path / "visits.csv"
    visits.write_text("village,issue\n" + "v1,road\nv2,water\n" * 3)
    form = ["--form", str(tmp_path / "survey.csv"), "--form", str(tmp_path / "choices.csv")]
    ended = command("coverage", str(visits), *form, "--roster", str(tmp_path / "roster.csv"), "-f", "json")
    rows = {row["village"]: (row["village_label"], row["target"], row["visited"]) for row in ended.tables()["places"]}
    assert rows["v1"] == ("Elm Hill", 4, 3)
    assert rows["v2"] == ("Oak", 10, 3)
    assert rows["v9"] == ("v9", 3, 0)


@pytest.mark.parametrize("roster", ["site,hhid\nPier,1\nPier,2\nMill,1\nMill,3\n", "site,planned\nPier,2\nMill,2\n"])
@pytest.mark.parametrize("by", [[], ["site"]])
def test_households_of_one_number_at_two_places_that_are_no_villages_stay_apart(write, roster, by):
    visits = write("visits.csv", "site,hhid,issue\nPier,1,road\nPier,2,road\nMill,1,road\nMill,1,water\n")
    found = visittally.coverage([visits], roster=write("roster.csv", roster), by=by)
    rows = {row.get("site", row.get("village")): row for row in found.tables["places"].to_dict()["rows"]}
    assert {place: (row["target"], row["visited"]) for place, row in rows.items() if place} == {
        "Pier": (2, 2),
        "Mill": (2, 1),
    }


def test_rows_that_the_roster_does_not_know_are_refused_with_those_that_it_does(write):
    visits = write("visits.csv", "village,enumerator,hhid\nAsh,E1,1\nAsh,E2,2\nElm,E1,1\n")
    with pytest.raises(FieldError, match=r"no column for enumerator.*what the roster knows: --by village"):
        visittally.coverage(
            [visits], roster=write("roster.csv", "village,planned\nAsh,2\n"), by=["village", "enumerator"]
        )


def test_village_and_group_in_one_cell_are_parted_on_both_sides(write, command):
    places = ["白沙村1组", "白沙村2组", "青石村1组"]
    visits = "村,户号,问题\n" + "".join(f"{places[i % 3]},{i},道路\n" for i in range(9))
    plan = "村,计划户数\n白沙村1组,4\n白沙村2组,5\n青石村1组,6\n"
    ended = command("coverage", write("visits.csv", visits), "--roster", write("plan.csv", plan), "-f", "json")

    assert ended.status == 0, ended.err
    rows = [row for row in ended.tables()["places"] if row.get("village")]
    assert (sum(row["visited"] for row in rows), sum(row["target"] for row in rows)) == (9, 15)


@pytest.mark.parametrize(("last", "said"), [(31, True), (30, False)])
def test_a_number_that_is_the_sum_of_all_others_is_said(entries, last, said):
    """Under a name that nobody knows as a total it counts beside them."""
    found = entries(f"village,planned\nAsh,12\nBirch,10\nCedar,9\nKokku,{last}\n")

    assert len(found.planned) == 4
    assert [notice.code for notice in found.notices] == ["roster_total"] * said


@pytest.mark.parametrize("number", ["13447712782", "712345678", "420201198908185482", "+254 712 345 678"])
def test_a_telephone_in_a_roster_is_neither_a_place_nor_a_planned_number(write, number):
    """Few places: the telephone is a fourth of them. What cannot be read is said without it."""
    visits = write("visits.csv", "village,issue\n" + "Ash,road\nBirch,water\nCedar,road\n" * 8)
    place = write("place.csv", f"village,target\nAsh,20\nBirch,20\nCedar,20\n{number},10\n")
    planned = write("planned.csv", f"village,target\nAsh,20\nBirch,20\nCedar,{number}\n")

    for roster in (place, planned):
        found = visittally.coverage(visits, roster=roster)
        said = [cell for table in found.tables.values() for row in table.to_dict()["rows"] for cell in row.values()]
        told = " ".join([*map(str, said), *(notice.message for notice in found.notices)])
        assert "".join(filter(str.isdigit, number)) not in told
        assert number not in told
    assert "planned numbers that cannot be read count as unknown (line 4: [" in told


def test_a_roster_of_codes_and_large_numbers_stays(write):
    codes = ("420201001001", "420201001002", "420201001203", "420201001211")
    visits = write("visits.csv", "village,issue\n" + "".join(f"{code},road\n" for code in codes) * 3)
    roster = write("plan.csv", "village,target\n" + "".join(f"{code},120000000\n" for code in codes))

    rows = visittally.coverage(visits, roster=roster).tables["places"].to_dict()["rows"]

    assert {(row["village"], row["target"]) for row in rows if row["village"]} == {(c, 120_000_000) for c in codes}
