"""What columns are called."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from visittally.survey.headers import (
    header_key,
    headings,
    is_placeholder,
    last_part,
)


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("Visit Date", "visit_date"),
        ("visit-date ", "VisitDate"),
        ("1、走访日期（必填）", "走訪日期"),
        ("X_uuid", "_uuid"),
        ("X.U.FEFF.start", "start"),
        ("Prénom :", "prenom"),
        ("ｖｉｌｌａｇｅ", "Village*"),
    ],
)
def test_spellings_of_one_header_have_one_key(written, also):
    assert header_key(written) == header_key(also)


def test_different_words_keep_different_keys():
    assert header_key("village") != header_key("villages visited")


@pytest.mark.parametrize("header", ["", "Unnamed: 3", "...4", "X7", "Column 2"])
def test_headers_that_libraries_invent_say_nothing(header):
    assert is_placeholder(header)


def test_the_end_of_a_path_is_its_last_part_but_a_sentence_has_no_path():
    assert last_part("visit/household/village") == "village"
    assert last_part("How far is it? (e.g. 2.5 km)") == "How far is it? (e.g. 2.5 km)"


def test_a_second_column_of_one_name_is_told_apart(table):
    found = headings(table("village,damage,damage\nA,yes,no\nB,no,yes\nC,no,no"))

    assert [h.name for h in found] == ["village", "damage", "damage (2)"]


def test_white_space_in_a_header_is_tidied_in_the_name_only(table):
    found = headings(table('"village  ",issue\nA,road\nB,water\nC,road'))

    assert (found[0].name, found[0].header) == ("village", "village  ")


def test_a_row_of_questions_over_a_row_of_options_is_carried_on(table):
    text = """
    Village,Which problems do you have?,,
    ,Road,Water,School
    Ash,Road,,School
    Elm,,Water,
    Oak,Road,Water,
    """
    found = headings(table(text))

    assert [
        found[0].top,
        found[1].top,
        found[3].top,
    ] == ["", "Which problems do you have?", "Which problems do you have?"]
    assert [h.below for h in found[1:]] == ["Road", "Water", "School"]


def test_a_row_of_tags_is_no_part_of_the_names(table):
    found = headings(table("Village,Problem\n#loc+village,#issue\nAsh,road\nElm,water\nOak,road"))

    assert [h.name for h in found] == ["Village", "Problem"]


def test_the_first_of_three_header_rows_stands_before_the_second(table):
    rows = (("Home", "Problems", "", ""), ("Village", "Which?", "", ""), ("", "Road", "Water", "School"))
    source = replace(table("Home Village,b,c,d\n1,2,3,4\n5,6,7,8"), header_rows=rows)

    found = headings(source)

    assert (found[0].name, found[0].top, found[0].below) == ("Home Village", "Home", "Village")
    assert [(h.top, h.below) for h in found[1:]] == [("Problems Which?", o) for o in ("Road", "Water", "School")]


def test_above_import_ids_stand_names_and_texts(table):
    source = table(
        """
        StartDate,Duration (in seconds),Q1
        Start Date,Duration (in seconds),Which village do you live in?
        "{""ImportId"":""startDate""}","{""ImportId"":""duration""}","{""ImportId"":""QID1""}"
        2026-04-01,600,Ash
        2026-04-02,580,Elm
        """
    )

    assert [(h.name, h.label) for h in headings(source)] == [
        ("StartDate", "Start Date"),
        ("Duration (in seconds)", "Duration (in seconds)"),
        ("Q1", "Which village do you live in?"),
    ]


@given(st.text(st.sampled_from("走訪日期必填題第一qQxX") | st.characters(categories=["L"]), min_size=1))
def test_nothing_but_letters_is_compared_as_with_signs_around_it(name):
    """The short way is the long one."""
    assert header_key(name) == header_key(f" {name} ")


@example([" ", "X", "_", "uuid"])
@given(st.lists(st.sampled_from(["X", "x", "_", " ", "uuid", "Visit", "q", "村", "問題", "Z"]), min_size=1, max_size=6))
def test_headers_of_letters_alone_are_compared_as_all_others_are(parts):
    """The quick way gives what the careful one does, to which a colon at the end leads."""
    header = "".join(parts)

    assert header_key(header) == header_key(header + " :") or not any(map(str.isalpha, header))
