"""Names of places."""

from __future__ import annotations

import pytest

from visittally.words.joined import NO_COLUMN
from visittally.words.places import name_places


def test_spellings_of_a_place_get_one_name_and_are_said():
    places = name_places({"民愛村": 1, "民爱村": 3, "石桥村": 2})
    assert {places.name(raw) for raw in ("民愛村", "民爱村")} == {"民爱村"}
    assert places.merged == {"民爱村": ("民爱村", "民愛村")}
    assert [notice.code for notice in places.notices()] == ["merged_places"]


def test_spellings_that_differ_by_white_space_alone_are_not_worth_a_notice():
    places = name_places({"Kagaso": 2, "Kagaso  ": 1})
    assert places.name("Kagaso  ") == "Kagaso"
    assert places.notices() == ()


@pytest.mark.parametrize("raw", ["", " ", "NA", "n/a", "-", "无", "(空)", "#REF!", "Don't know", "不知道"])
def test_what_is_no_place(raw):
    assert name_places({raw: 2, "Kagaso": 5}).name(raw) == ""


def test_a_file_without_the_column_has_no_place():
    assert name_places({NO_COLUMN: 3, "Kagaso": 2}).name(NO_COLUMN) == ""


def test_an_unknown_raw_value_is_no_place():
    assert name_places({"Kagaso": 1}).name("Linga") == ""


def test_an_alias_renames_every_spelling_that_folds_to_it():
    places = name_places({"民受": 1, "民爱村": 3}, {"民受": "民爱村"})
    assert places.name("民受") == "民爱村"


def test_the_name_in_an_alias_is_printed_as_the_user_writes_it():
    places = name_places({"kagaso": 5, "Kgs": 1}, {"Kgs": "KAGASO"})
    assert {places.name("kagaso"), places.name("Kgs")} == {"KAGASO"}


def test_an_alias_can_name_what_is_no_place_otherwise():
    assert name_places({"NA": 1, "Linga": 1}, {"NA": "Na village"}).name("NA") == "Na village"


def test_a_stray_number_between_names_is_no_place_and_is_said():
    places = name_places({"Kagaso": 60, "Linga": 39, "0": 1})
    assert places.name("0") == ""
    assert [notice.code for notice in places.notices()] == ["number_as_place"]


def test_a_number_that_the_form_has_for_a_place_is_one():
    places = name_places({"v2": 30, "v3": 20, "1": 2, "7": 1}, codes=("1", "v2", "v3"))

    assert (places.name("1"), places.name("7"), places.numbers) == ("1", "", {"7": 1})


@pytest.mark.parametrize("stray", ["0712 345 678", "E12345678", "55 1234 5678", "30.123456, 114.123456", "-1.290476"])
def test_a_telephone_an_id_or_a_position_between_names_is_no_place(stray):
    places = name_places({"Kagaso": 60, "Linga": 39, stray: 1})

    assert places.name(stray) == ""
    assert stray not in places.notices()[0].message


def test_where_many_cells_are_no_names_they_are_masked():
    places = name_places({"Kagaso": 3, "Linga": 2, "0712 345 678": 1})

    assert places.name("0712 345 678") == "[phone]"
    assert name_places({"110101001001": 3, "110101001002": 2}).name("110101001001") == "110101001001"


def test_places_that_are_numbers_stay():
    places = name_places({"1": 40, "2": 30, "Camp": 3})
    assert places.name("1") == "1"
    assert places.notices() == ()


def test_a_telephone_beside_the_name_of_a_place_is_masked_and_a_code_is_none():
    places = name_places({"东村": 5, "南村13800138001": 1, "0420115003": 4, "Ash, u1@example.org": 1})
    assert places.names == {
        "东村": "东村",
        "南村13800138001": "南村[phone]",
        "0420115003": "0420115003",
        "Ash, u1@example.org": "Ash, [e-mail]",
    }


def test_names_that_hardly_differ_are_said_and_stay_apart():
    names = [
        "Fern Hill",
        "Fernhill",
        "São João",
        "Sao Joao",
        "东坪",
        "东坪村委会",
        "东坪社区",
        "1-1",
        "11a",
        "11-a",
        "Oak",
    ]
    found = name_places(dict.fromkeys(names, 1))
    assert [found.name(name) for name in names] == names
    [notice] = found.notices()
    assert notice.code == "alike_places"
    assert "11-a, 11a; Fern Hill, Fernhill; Sao Joao, São João; 东坪, 东坪村委会." in notice.message


def test_names_that_the_user_joined_are_not_said():
    found = name_places({"Fern Hill": 1, "Fernhill": 1}, {"Fern Hill": "Fernhill"})
    assert not found.alike
