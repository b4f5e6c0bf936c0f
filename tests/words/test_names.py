"""Names are told from answers; what sentences may hold of the values of a column."""

import itertools
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words import names
from visittally.words.names import an_example, like_name, masked_answers, masked_digits, mostly_names, told

PEOPLE = ["王小明", "李芳", "欧阳修远", "买买提·阿不都", "张某某", "王**", "Wanjiru Kamau", "Ann O'Neill",
          "WANJIRU KAMAU", "Mwangi, Peter", "José de la Cruz", "Jorge de la Cruz Quispe", "Li Wei (head)"]  # fmt: skip
ANSWERS = ["道路", "王家庄", "黄色", "已解决", "高血压病", "自来水", "Piped Water", "Strongly Agree", "not handled",
           "Done", "Health Centre", "Green Valley", "13800138000", "", "A B", "North Road"]  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_names_of_people(name):
    assert like_name(name)


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers_are_no_names(answer):
    assert not like_name(answer)


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ({"王小明": 1, "李芳": 1, "张建国": 1, "刘洋": 1, "无": 3}, True),
        (dict.fromkeys(("王小明", "李芳", "张建国", "刘洋", "陈静", "周涛", "吴敏", "孙丽", "赵强"), 9), True),
        ({"Ann Otieno": 1, "Wanjiru Kamau": 1, "Peter Mwangi": 1}, True),
        ({"Ann Otieno": 9, "Wanjiru Kamau": 9, "Peter Mwangi": 9}, True),
        ({"Sita Tamang": 9, "Hari Gurung": 9}, True),
        ({"Nguyễn Thị Hương": 9, "Trần Văn Dũng": 9, "Lê Minh Hải": 9}, True),
        ({"José Núñez": 9, "Íñigo Muñoz": 9, "Lucía Rojas": 9}, True),
        ({"李明": 9, "王建国": 9}, True),
        ({"朱洋伟": 6, "冯建": 6, "许文娟": 6, "无": 6}, True),
        ({"Wanjiru": 9, "Fatuma": 9, "Kamau": 9}, True),
        ({"Kilimo Bora": 9, "Simba Pamba": 9, "Mkulima Safi": 9}, False),
        ({"San Pedro": 9, "Santa Rosa": 9, "San Juan": 9, "Villa Maria": 9}, False),
        ({"Victoria": 9, "Borehole": 9, "Tap": 9}, False),
        ({"高粱": 9, "黄豆": 9, "白菜": 9}, False),
        ({"高兴": 9, "安全": 9}, False),
        ({"Very Satisfied": 9, "Somewhat Satisfied": 9}, False),
        ({"Massey Ferguson": 9, "New Holland": 9, "Kubota": 9}, False),
        ({"白色": 4, "黄色": 4, "黑色": 4}, False),
        ({"Piped Water": 1, "Borehole Pump": 1, "Shared Tap": 1}, False),
        ({"王小明": 1}, False),
    ],
)
def test_columns_that_are_mostly_names(values, held):
    assert mostly_names(values) == held


def test_a_third_of_names_hides_the_others():
    assert told(["Wanjiru Kamau", "work ordered", "paid out"]) == ["[name?]", "[not shown]", "[not shown]"]
    assert told(["Wanjiru Kamau", "a b", "c d", "e f"]) == ["[name?]", "a b", "c d", "e f"]


@given(st.lists(st.sampled_from([*PEOPLE, "13800138000", "a.b@example.org", "0712345678", *ANSWERS])))
def test_no_name_or_number_is_told(values):
    shown = told(values)
    assert len(shown) == len(values)
    assert not {*PEOPLE, "13800138000", "a.b@example.org", "0712345678"} & set(shown)


@pytest.mark.parametrize(
    ("stray", "mask"),
    [
        ("Wanjiru Kamau", "[name?]"),
        ("Achieng", "[name?]"),
        ("9841234567", "[long number]"),
        ("55 1234 5678", "[long number]"),
        ("E12345678", "[long number]"),
        ("31234567", "[long number]"),
        ("-1.290476", "[place]"),
    ],
)
def test_what_stands_amid_answers_is_masked_where_it_is_rare(stray, mask):
    answers = {"road": 7, "water": 5}
    assert masked_answers(answers | {stray: 1}) == {stray: mask}
    assert masked_answers(answers | {stray: 3}) == {}
    assert masked_answers({stray: 1}, places=True) == {}


def test_places_keep_their_names_but_not_the_numbers_amid_them():
    assert masked_answers({"Ash": 7, "Juan Rojas": 1, "9841234567": 1}, places=True) == {"9841234567": "[long number]"}


def test_every_answer_rare_a_common_name_is_masked_and_brands_are_not():
    assert masked_answers(dict.fromkeys(("h1", "h2", "Kamau, Grace"), 1)) == {"Kamau, Grace": "[name?]"}
    assert masked_answers(dict.fromkeys(("a pump", "no seed", "a well", "Kilimo Bora"), 1)) == {}
    assert masked_answers({"281.6000061": 1, "98.5999985": 1, "tall": 9}) == {}


def test_an_example_is_one_without_a_mask():
    assert an_example(["13800138000", "2026-13-77"]) == "2026-13-77"
    assert an_example(["13800138000"]) == "[phone]"
    assert masked_digits("12345678 or 123456789") == "12345678 or [long number]"


@given(st.dictionaries(st.sampled_from(PEOPLE + ANSWERS), st.integers(1, 3)))
def test_a_column_looked_at_to_its_end_tells_no_more(values):
    """Once too few names are left to be found, none is looked for."""
    with patch.object(names, "_like_names", lambda texts, _least: {t: n for t, n in texts.items() if like_name(t)}):
        held = mostly_names(values)

    assert mostly_names(values) == held


@pytest.mark.parametrize("sign", ["(", " ", "[", "1"])
def test_long_texts_are_not_searched_for_what_stands_beside_a_name(sign):
    """Patterns that may begin at each of many signs would take the square of their number."""
    with patch.object(names, "plain", side_effect=AssertionError):
        assert not like_name("Ash" + sign * 40_000)
    assert not mostly_names({"Ash" + sign * 40_000: 1, "(" * 40_000: 1})


def test_a_given_name_beside_other_proper_nouns_is_one_of_them():
    """Provinces are called as people are; the name of somebody beside answers is not shown."""
    provinces = dict.fromkeys(("Helmand", "Faryab", "Ghazni", "Herat", "Kunar"), 6)

    assert masked_answers(provinces | {"Farah": 1}) == {}
    assert masked_answers({"Road": 6, "Water": 9, "Fatima": 1}) == {"Fatima": "[name?]"}
    assert told(["Helmand", "Faryab", "Ghazni", "Farah"]) == ["Helmand", "Faryab", "Ghazni", "Farah"]


def test_lists_of_answers_that_stand_alone_elsewhere_are_no_names():
    answers = ["Água", "Energia", "Saúde", "Estrada"]
    lists = [f"{one}, {other}" for one in answers for other in answers if one != other]
    assert not mostly_names(dict.fromkeys((*answers, *lists), 2))
    assert mostly_names(
        dict.fromkeys(("John", "Maria", "Peter", "Mary", "John, Maria", "Peter, Mary", "John, Mary"), 2)
    )
    assert mostly_names(dict.fromkeys(("Otieno, Ann", "Kamau, Wanjiru", "Mwangi, Peter", "Ann Otieno"), 1))


def test_names_that_cells_join_are_names():
    people = ["王小明", "李芳", "张建国", "刘丽华", "陈志强", "赵秀英", "孙玉兰", "周桂花", "吴文军"]
    assert mostly_names(dict.fromkeys(map("、".join, itertools.pairwise(people)), 1))
    assert mostly_names(
        dict.fromkeys(("Ann Otieno; Peter Mwangi", "Wanjiru Kamau; Ann Wafula", "Peter Kioko; Asha Zuri"), 1)
    )
    issues = ["道路", "饮水", "路灯", "医保", "住房", "低保"]
    assert not mostly_names(dict.fromkeys(map("、".join, itertools.pairwise(issues)), 1))
