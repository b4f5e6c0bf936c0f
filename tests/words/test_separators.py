"""What separates joined answers."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.separators import find_separator

OPTIONS = ["road", "water", "health", "school", "power"]


def split_all(cells, **known):
    separator = find_separator(cells, **known)
    return None if separator is None else [separator.split(cell) for cell in cells]


@pytest.mark.parametrize(
    ("sign", "between"),
    [
        ("┋", "┋"),
        (";", ";"),
        (";", "； "),
        ("|", "|"),
        ("\\n", "\n"),
        ("、", "、"),
        (", ", ", "),
        (",", ","),
        ("/", " / "),
        (",", "，"),
        ("،", "، "),
        (";", "؛"),
        ("•", " • "),
        ("+", "＋"),
        ("\\n", "\r\n"),
    ],
)
def test_each_separator_is_found(sign, between):
    lists = [["Road", "Water"], ["Road"], ["Health", "Water"], ["Water"], ["Health"], ["Health", "Road", "Water"]]
    separator = find_separator([between.join(answers) for answers in lists])
    assert separator is not None
    assert separator.sign.strip() == sign.strip()
    assert [list(separator.split(between.join(answers))) for answers in lists] == lists


def test_separators_behind_each_answer_leave_no_blank_answer():
    assert split_all(["A1,B2,", "A1,", "C3,B2,"]) == [("A1", "B2"), ("A1",), ("C3", "B2")]


@pytest.mark.parametrize(
    "cells",
    [
        ["The road is bad, nobody mends it", "No light, no water", "We want a school, soon", "Nothing works, sadly"],
        ["Yes, always", "Yes, sometimes", "Yes", "No"],
        ["Male, 18-25", "Female, 18-25", "Male, 26-40", "Female, 26-40"],
        ["Linga, Zomba", "Chauya, Zomba", "Linga, Balaka", "Matache, Balaka"],
        ["$10,000 - $20,000", "$20,001 - $50,000", "less than $10,000"],
        ["Water/Sanitation", "Roads/Bridges", "Health"],
        ["Very satisfied", "Satisfied", "Not satisfied", "Somewhat satisfied", "Very dissatisfied"],
        ["very satisfied", "satisfied", "not satisfied", "somewhat satisfied"],
        ["Tatar Khana", "Qala Khana", "Khana", "Tatar"],
        ["道路坑洼，下雨泥泞", "希望修路，装路灯", "饮水困难，停水多"],
        ["水管破裂；路灯不亮", "道路坑洼；没有路灯", "看病贵"],
        ["2026-04-01 10:00", "2026-04-01 11:30", "2026-04-02 10:00"],
        ["road"],
        [],
    ],
)
def test_a_cell_with_a_separator_in_it_can_be_one_answer(cells):
    assert find_separator(cells) is None


def test_an_option_that_goes_on_in_lower_case_behind_the_separator_is_kept_whole():
    cells = [
        "Damage to pump, pipe or tap",
        "Bad taste",
        "Damage to pump, pipe or tap, Bad taste",
        "Bad taste, Low flow",
        "Low flow",
    ]
    assert split_all(cells) == [
        ("Damage to pump, pipe or tap",),
        ("Bad taste",),
        ("Damage to pump, pipe or tap", "Bad taste"),
        ("Bad taste", "Low flow"),
        ("Low flow",),
    ]


def test_pieces_that_are_never_seen_apart_are_one_option():
    others = ["道路", "饮水", "医疗", "教育", "治安"]
    cells = [*others, *(f"{other}, 垃圾, 污水" for other in others), "道路, 饮水"]
    lists = split_all(cells)
    assert lists is not None
    assert lists[5] == ("道路", "垃圾, 污水")


def test_what_stands_in_brackets_is_not_cut():
    cells = ["Support (family, friends), Work", "Work", "Support (family, friends)", "Work, Begging", "Begging"]
    lists = split_all(cells)
    assert lists is not None
    assert lists[0] == ("Support (family, friends)", "Work")


def test_options_of_the_form_settle_what_is_whole():
    lists = split_all(["Road, Water", "Water", "Damage, Other, Road"], options=["Road", "Water", "Damage, Other"])
    assert lists == [("Road", "Water"), ("Water",), ("Damage, Other", "Road")]


def test_likely_answers_are_recognised_in_a_list_that_stands_alone():
    cells = ["道路交通、饮水与水利", "教育"]
    assert find_separator(cells) is None
    assert split_all(cells, likely=["道路交通", "饮水与水利", "教育"]) == [("道路交通", "饮水与水利"), ("教育",)]


def test_names_of_options_are_joined_by_spaces():
    assert split_all(["not_enough bad_taste", "not_enough", "bad_taste too_far"]) is not None


def test_plain_words_are_split_at_spaces_where_a_form_tool_wrote_them():
    cells = ["caligula other", "julius tiberius", "julius augustus other", "other"]
    assert find_separator(cells, codes=True) is not None


def test_capitalised_labels_are_split_at_spaces_where_one_list_holds_another():
    cells = ["Gluten-free", "Vegan Vegetarian", "Gluten-free Vegan Vegetarian"]
    assert split_all(cells) == [tuple(cell.split()) for cell in cells]


@pytest.mark.parametrize(
    "scale",
    [
        ("Очень доволен", "Доволен", "Нейтрально", "Недоволен", "Очень недоволен"),
        ("очень доволен", "доволен", "нейтрально", "недоволен", "очень недоволен"),
        ("راض جدا", "راض", "محايد", "غير راض", "غير راض جدا"),
        ("बहुत संतुष्ट", "संतुष्ट", "तटस्थ", "असंतुष्ट", "बहुत असंतुष्ट"),
        ("highly trusted", "trusted", "doubted", "highly doubted"),
        ("Très satisfait", "Satisfait", "Insatisfait", "Très insatisfait"),
    ],
)
def test_the_steps_of_a_scale_are_no_lists_of_words(scale):
    assert find_separator(scale) is None
    assert find_separator([step.capitalize() for step in scale]) is None


def test_names_from_the_form_decide_on_spaces():
    assert find_separator(["adult man", "adult woman"], ["adult man", "adult woman", "adult"]) is None
    assert find_separator(["road water", "water", "sand road"], ["road", "water"]) is not None


def test_a_thousands_separator_separates_no_answers():
    assert find_separator(["1,200", "3,400", "1,200,000", "3,400"]) is None


@given(
    st.lists(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=4, unique=True), min_size=1, max_size=12),
    st.sampled_from([";", "|", "; ", "┋"]),
)
def test_lists_come_back_as_they_were_joined(lists, between):
    cells = list(dict.fromkeys(between.join(answers) for answers in lists))
    separator = find_separator(cells)
    if separator is not None:
        assert [between.join(separator.split(cell)) for cell in cells] == cells
    assert (separator is not None) == any(between.strip() in cell for cell in cells)


def test_what_ends_every_cell_is_the_separator_whatever_stands_inside():
    cells = ["a | x, b | y, ", "b | y, ", "c, a | x, ", "b | y, c, "]
    assert split_all(cells) == [("a | x", "b | y"), ("b | y",), ("c", "a | x"), ("b | y", "c")]


def test_a_sign_inside_all_options_is_not_what_separates_them():
    cells = ["Eau | Water; Route | Road", "Route | Road", "Eau | Water", "Faim | Food; Eau | Water", "Faim | Food"]
    assert split_all(cells)[0] == ("Eau | Water", "Route | Road")


@pytest.mark.parametrize("between", [";", ", "])
def test_what_is_written_in_once_behind_an_option_takes_nothing_from_it(between):
    lists = [["Clinic", "Road"], ["Clinic"], ["Road", "Water"], ["Water"], ["Road"], ["Water", "Clinic", "bridge"]]
    assert split_all([between.join(answers) for answers in lists])[-1] == ("Water", "Clinic", "bridge")


@pytest.mark.parametrize("write", [json.dumps, str, lambda answers: "{" + ",".join(answers) + "}"])
def test_lists_as_programs_write_them(write):
    lists = [["road", "water"], ["food"], [], ["water", "food"], ["road"]]
    assert split_all([write(answers) for answers in lists]) == [tuple(answers) for answers in lists]


def test_options_that_hold_the_comma_may_stand_in_quotes():
    cells = ['"Water, clean",Power', "Road", '"Water, clean"', "Road,Power"]
    assert split_all(cells) == [("Water, clean", "Power"), ("Road",), ("Water, clean",), ("Road", "Power")]


def test_labels_that_a_form_tool_joins_by_spaces():
    cells = ["Road repair", "Clean water", "Road repair Clean water", "Light", "Clean water Light"]
    cells.append("Road repair Clean water Light")
    assert split_all(cells, codes=True)[-1] == ("Road repair", "Clean water", "Light")
    assert split_all(cells, options=["Road repair", "Clean water", "Light"])[2] == ("Road repair", "Clean water")
    assert split_all(["North", "East", "North East", "South East"], codes=True) is None


def test_strokes_for_no_answer_do_not_keep_words_from_being_options():
    cells = ["water", "road", "power", "water road", "water road power", "road power", "---"]
    found = find_separator(cells)
    assert found is not None
    assert list(found.split("water road power")) == ["water", "road", "power"]


@given(st.lists(st.sampled_from(["; ", "、", ", ", "；", "，"]), min_size=4, max_size=4))
def test_signs_that_are_mixed_by_hand_cut_as_one_would(signs):
    lists = [["road", "water"], ["water", "clinic", "road"], ["clinic", "road"], ["road"], ["water"], ["clinic"]]
    cells = [signs[n % 4].join(pieces) for n, pieces in enumerate(lists)]

    found = find_separator(cells)

    assert found is not None
    assert [list(found.split(cell)) for cell in cells] == lists


@pytest.mark.parametrize(
    ("cells", "answers"),
    [
        (
            ["Water, Sanitation", "Water; Health", "Security, Water", "Health"],
            {"Water", "Sanitation", "Health", "Security"},
        ),
        (["A、B", "C", "E，F", "B；C", "B"], {"A", "B", "C", "E", "F"}),
        (["Water, soil", "Food; Water, soil", "Food; Light", "Light"], {"Water, soil", "Food", "Light"}),
        (["Food, cash", "Food; Light", "Light; Food, cash", "Food"], {"Food, cash", "Food", "Light"}),
        (
            [
                "Food/cash, Light",
                "Light, Food/cash",
                "Food",
                "Light",
                "Light, Food",
                "Soap/pail",
                "Soap, Soap/pail",
                "Soap",
            ],
            {"Food/cash", "Food", "Light", "Soap/pail", "Soap"},
        ),
        (["甲、乙┋丙", "甲", "丙，丁┋甲", "丙"], {"甲、乙", "丙", "甲", "丙，丁"}),
    ],
    ids=[
        "a comma beside a semicolon",
        "three signs",
        "a comma inside one answer",
        "an answer that begins as another",
        "slashes",
        "signs beside that of a tool",
    ],
)
def test_a_second_sign_separates_where_its_pieces_also_stand_apart(cells, answers):
    found = find_separator(cells, likely=["Water", "Health", "Security", "Sanitation", *"ABCEF"])

    assert found is not None
    assert {piece for cell in cells for piece in found.split(cell)} == answers


def test_a_label_may_end_in_and_so_on():
    cells = ["Roads, etc.", "Waste, etc., Water", "Water, Roads, etc.", "Roads, etc., Waste, etc.", "Water"]

    found = [("Roads, etc.",), ("Waste, etc.", "Water"), ("Water", "Roads, etc."), ("Roads, etc.", "Waste, etc.")]
    assert split_all(cells) == [*found, ("Water",)]


def test_what_ends_the_cells_separates_alone():
    assert split_all(["A/B;A;", "B;road;", "A;B;", "A/B;", "road;"]) == [
        ("A/B", "A"),
        ("B", "road"),
        ("A", "B"),
        ("A/B",),
        ("road",),
    ]


@pytest.mark.parametrize("sign", [" and ", " et ", "及", "和", "&", "\\", "—", "。", "  ", ". "])
def test_signs_that_hardly_anybody_lists_with_are_believed_where_all_pieces_stand_alone(sign):
    names = (
        ["Road", "Water", "Power"] if sign.strip() in {"and", "et", ".", ""} else ["道路硬化", "饮水困难", "路灯不亮"]
    )
    a, b, c = names
    cells = [*names, sign.join((a, b)), sign.join((b, c)), sign.join((a, b, c)), sign.join((c, a))]
    found = find_separator(cells, multi=True)
    assert found is not None
    assert found.split(sign.join((a, b, c))) == (a, b, c)


@pytest.mark.parametrize("answer", ["Husband and wife", "Husband&wife", "Husband  wife"])
def test_one_answer_of_two_words_that_stand_alone_is_no_list(answer):
    assert find_separator(["Husband", "Wife", "Children", answer]) is None


def lists_with(sign, word, a, b, c):
    pairs = [f"{one}{word}{other}" for one, other in ((a, b), (b, c), (c, a), (a, c))]
    return [a, b, c, *pairs, f"{c}{sign}{a}{word}{b}", f"{a}{sign}{b}{word}{c}"]


@pytest.mark.parametrize("word", [" and ", ", and ", " y ", "和", "，以及"])
@pytest.mark.parametrize("sign", [", ", "; ", "、", "，"])
def test_a_word_before_the_last_answer_separates_like_the_sign_before(sign, word):
    a, b, c = ["Road", "Clean water", "Power"] if word.isascii() else ["道路硬化", "饮水困难", "路灯不亮"]
    found = find_separator(lists_with(sign, word, a, b, c))
    assert found is not None
    assert found.split(f"{a}{sign}{b}{word}{c}") == (a, b, c)


def test_options_of_two_words_stay_whole_among_lists_of_them():
    a, b, c = "Water and sanitation", "Health and food", "Roads and bridges"
    singles = ["Water", "Sanitation", "Health", "Food", "Roads", "Bridges"]
    cells = [*singles, a, b, c, f"{a}, {b}", f"{b}, {c}", f"{c}, {a}", f"{a}, Roads, {b}", "Water, Roads"]
    found = find_separator(cells)
    assert found is not None
    assert found.split(f"{a}, Roads, {b}") == (a, "Roads", b)


def test_lines_and_signs_that_people_mix_all_separate():
    found = find_separator(["道路", "饮水", "用电", "道路；饮水", "饮水\n用电", "用电、道路", "道路；饮水；用电"])
    assert found is not None
    assert [found.split(cell) for cell in ("饮水\n用电", "用电、道路")] == [("饮水", "用电"), ("用电", "道路")]


def test_japanese_lists_have_a_dot_between_the_answers():
    found = find_separator(["道路", "水道", "学校", "道路・水道", "学校・道路", "水道・学校・道路"])
    assert found is not None
    assert found.split("水道・学校・道路") == ("水道", "学校", "道路")
