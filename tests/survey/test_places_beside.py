"""The place that a table without a column of places is about."""

from __future__ import annotations

import pytest

from visittally.survey.places_beside import place_in_title, places_beside, places_inside, villages_with_groups


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("东沟村走访台账", "东沟村"),
        ("2026年3月东沟村入户走访记录", "东沟村"),
        ("2026年东沟村走访台账", "东沟村"),
        ("3月份东沟村走访台账", "东沟村"),
        ("2026年第一季度东沟村走访台账", "东沟村"),
        ("2026年度上半年东沟村台账", "东沟村"),
        ("第3周东沟村", "东沟村"),
        ("三月村走访台账", "三月村"),
        ("平安县青山镇东沟村走访台账", "东沟村"),
        ("青山镇东沟村", "青山镇东沟村"),  # another one may have a village of the same name
        ("青山镇幸福社区", "青山镇幸福社区"),
        ("农村走访台账", ""),
        ("全村走访台账", ""),
        ("东沟村民走访台账", ""),  # villagers, not a village
        ("青山镇", ""),
        ("Village: Ash", "Ash"),
        ("填报单位（盖章）：东沟村        填报时间：2026年3月30日", "东沟村"),
        ("单位（盖章）：青山镇东沟村委员会   填报人：王小丽", "青山镇东沟村"),
        ("Village: Ash Green  Enumerator: Ana", "Ash Green"),
        ("Register of Ash village", "Ash"),
        ("Village of Ash Green, March 2026", "Ash Green"),
        ("Ash village register", "Ash"),
        ("Village d'Orval, mars", "Orval"),
        ("village d’Orval, mars", "Orval"),
        ("Village of Ash Green Upper Lower", ""),  # a sentence
        ("Village of A", ""),
        ("List, Jina la kijiji: Mbezi", "Mbezi"),
        ("Visits March 2026", ""),
        ("", ""),
    ],
)
def test_the_village_that_a_line_names(title, place):
    assert place_in_title(title) == place


# ---------------------------------------------------------------- beside the tables
def tables(kept, *those):
    return [kept("issue\nroad", **one) for one in those]


def test_sheets_before_titles_before_files(kept):
    title = (("东沟村走访台账", ""),)

    assert places_beside(tables(kept, {"sheet": "西沟村", "titles": title})) == (["西沟村"], "sheet")
    assert places_beside(tables(kept, {"sheet": "Sheet1", "titles": title})) == (["东沟村"], "title")
    assert places_beside(tables(kept, {"sheet": "Sheet1"})) is None


def test_each_table_must_have_one(kept):
    own = {"titles": (("东沟村走访台账",),)}

    assert places_beside(tables(kept, own, {})) is None
    assert places_beside(tables(kept, own, {"sheet": "西沟村"})) == (["东沟村", "西沟村"], "title")
    assert places_beside([]) is None


@pytest.mark.parametrize(
    ("sheets", "names"),
    [
        (("Ash", "Elm"), ["Ash", "Elm"]),
        (("Ash", "Sheet2"), None),  # one of them is no name
        (("March", "April"), None),
        (("Ash", "2"), None),
        (("Ash", "E"), None),
        (("Ash", "Summary"), None),
        (("Ash", "Ash"), None),
        (("Ash",), None),  # a single sheet may be called anything
    ],
)
def test_several_sheets_are_named_by_what_tells_them_apart(kept, sheets, names):
    found = places_beside(tables(kept, *({"sheet": sheet} for sheet in sheets)))

    assert found == (None if names is None else (names, "sheet"))


def test_a_label_and_the_cell_beside_it_are_one_line(kept):
    assert places_beside(tables(kept, {"titles": (("Village", "Ash"), ("by", "Tom"))})) == (["Ash"], "title")


# ---------------------------------------------------------------- inside a column
@pytest.mark.parametrize(
    ("cells", "villages", "groups"),
    [
        (("东沟村2组", "西沟村三组"), ["东沟村", "西沟村"], ["2组", "三组"]),
        (("青山镇东沟村上河组12号", "青山镇西沟村"), ["东沟村", "西沟村"], ["上河组", ""]),
        (("东沟村",) * 4 + ("不详",), ["东沟村"] * 4 + [""], [""] * 5),  # four of five
    ],
)
def test_villages_and_groups_of_an_address(kept, cells, villages, groups):
    assert places_inside(kept("住址,问题\n" + "".join(f"{cell},道路\n" for cell in cells))) == (villages, groups)


def test_an_address_of_which_fewer_name_a_village_is_none(kept):
    assert places_inside(kept("住址,问题\n东沟村,a\n东沟村,a\n东沟村,a\n不详,a\n")) is None
    assert places_inside(kept("住址,问题\n,a\n")) is None


def test_other_columns_must_hold_both_in_nearly_every_cell(kept):
    both = kept("所在,问题\n东沟村1组,a\n东沟村2组,a\n西沟村1组,a\n西沟村2组,a\n西沟村,a\n")
    one = kept("所在,问题\n东沟村1组,a\n东沟村,a\n西沟村,a\n西沟村2组,a\n")

    assert places_inside(both) == villages_with_groups(both, 0)
    assert villages_with_groups(both, 0)[1] == ["1组", "2组", "1组", "2组", ""]
    assert villages_with_groups(both, 1) is None
    assert places_inside(one) is None
