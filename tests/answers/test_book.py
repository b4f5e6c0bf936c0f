"""Answers in single cells, joined or not, and in cells for each mention."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.answers.book import Books, Missing, State, learn
from visittally.survey.variables import (
    Choice,
    Part,
    QuestionKind,
    Role,
    Variable,
)
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN, ROW_SEPARATOR

QUESTION = Variable("need", (Part("need"),))
CODES = Variable("need", (Part("need"),), QuestionKind.MULTI, tool="kobotoolbox")
MENTIONS = Variable("need", (Part("need1", Role.MENTION), Part("need2", Role.MENTION)))


def book_of(*values, variable=QUESTION, **known):
    return learn(variable, {value: values.count(value) for value in values}, **known)


def codes(book):
    return [notice.code for notice in book.notices]


@pytest.mark.parametrize("blank", ["", "  ", "-", "NA", "(空)", "#REF!"])
def test_what_was_not_recorded(blank):
    assert book_of("road", blank).answer(blank).state is State.BLANK


@pytest.mark.parametrize("skipped", ["n/a", "(跳过)", "Not applicable", NO_COLUMN])
def test_what_was_not_asked(skipped):
    book = book_of("road", skipped)
    assert book.answer(skipped).state is State.NOT_ASKED
    assert not book.asked(book.answer(skipped))


@pytest.mark.parametrize("none", ["None", "none of the above", "No problems ", "无", "没有", "暂无", "None applicable"])
def test_none_is_an_answer(none):
    answer = book_of("road", none).answer(none)
    assert (answer.state, answer.none, len(answer.codes)) == (State.ANSWERED, True, 1)


@pytest.mark.parametrize("no", ["no", "否", "0"])
def test_no_says_none_only_where_problems_are_named(no):
    assert book_of("road", no, as_issue=True).answer(no).none
    assert not book_of("road", no).answer(no).none


@pytest.mark.parametrize("text", ["dont_know", "Don't know", "不知道"])
def test_dont_know_stays_an_answer(text):
    answer = book_of("road", text).answer(text)
    assert answer.dont_know
    assert answer.codes == (text,)


@pytest.mark.parametrize("text", ["prefer_not_answer", "Refused", "拒绝回答"])
def test_a_refused_answer_stays_an_answer(text):
    assert book_of("road", text).answer(text).refused


def test_a_code_that_the_user_calls_an_answer_is_one():
    cells = ["1"] * 5 + ["2"] * 4 + ["-3"] * 3
    assert "-3" not in book_of(*cells).options
    book = book_of(*cells, missing=Missing(answer=frozenset({"-3"})))
    assert "-3" in book.options
    assert book.answer("-3").codes == ("-3",)
    assert "missing_numbers" not in [notice.code for notice in book.notices]


def test_negative_codes_count_as_missing_only_where_nothing_else_is_negative():
    assert book_of("3", "-88").answer("-88").dont_know
    assert book_of("3", "-99").answer("-99").refused
    assert not book_of("-12", "-88").answer("-88").dont_know


def test_codes_of_the_user_go_before_the_usual_words():
    missing = Missing(not_asked=frozenset({"-1"}), dont_know=frozenset({"none"}))
    book = book_of("1", "-1", "none", missing=missing)
    assert book.answer("-1").state is State.NOT_ASKED
    assert book.answer("none").dont_know
    assert not book.answer("none").none


def test_an_answer_of_the_form_is_an_answer_even_if_it_looks_blank():
    region = Variable("region", (Part("region"),), choices=(Choice("NA", "Namibia"), Choice("BW", "Botswana")))
    assert book_of("NA", "BW", variable=region).answer("NA").codes == ("NA",)


def test_joined_answers_are_cut_and_each_counts_once():
    book = book_of("road;water;road", "road", "water;school", "school")
    assert book.answer("road;water;road").codes == ("road", "water")
    assert book.separator == ";"


def test_an_exclusive_answer_beside_others_is_a_conflict_and_is_said():
    book = book_of("none;road", "road", "none", "water;road", "water")
    assert book.answer("none;road").conflict
    assert book.answer("none;road").none
    assert not book.answer("water;road").conflict
    assert "exclusive_conflict" in codes(book)


def test_an_option_kept_whole_although_it_contains_the_separator_is_said():
    book = book_of(
        "Bent pipe, tap or pump", "Bad taste", "Bent pipe, tap or pump, Bad taste", "Bad taste, Low flow", "Low flow"
    )
    assert book.answer("Bent pipe, tap or pump, Bad taste").codes == ("Bent pipe, tap or pump", "Bad taste")
    assert codes(book) == ["separator_in_option"]


def test_spellings_are_one_answer_under_the_commonest_and_are_said():
    book = book_of("Road", "Road", "road ", "ROAD")
    assert {book.answer(raw).codes for raw in ("Road", "road ", "ROAD")} == {("Road",)}
    assert codes(book) == ["merged_answers"]


def test_whole_numbers_are_the_same_with_and_without_decimals():
    book = book_of("1", "1", "1.0", "2.0")
    assert book.answer("1.0").codes == ("1",)
    assert book.notices == ()


def test_what_is_filled_in_beside_an_option_does_not_make_another_one():
    book = book_of("道路┋其他〖厕所〗", "其他〖路灯〗", "道路")
    assert book.answer("道路┋其他〖厕所〗").codes == ("道路", "其他")


def test_options_of_the_form_keep_its_order_and_stay_without_answers():
    form = (Choice("water", "Safe water"), Choice("road", "Roads"), Choice("power", "Electricity"))
    book = book_of("road", "road", "water", variable=Variable("need", (Part("need"),), choices=form))
    assert [(option.key, option.label) for option in book.options.values()] == [
        ("water", "Safe water"),
        ("road", "Roads"),
        ("power", "Electricity"),
    ]


def test_where_files_hold_labels_these_are_the_keys():
    form = (Choice("water", "Safe water"), Choice("road", "Roads"))
    book = book_of("Roads", "safe water", variable=Variable("need", (Part("need"),), choices=form))
    assert list(book.options) == ["Safe water", "Roads"]
    assert book.answer("safe water").codes == ("Safe water",)


def test_an_answer_beyond_the_form_is_kept_and_said():
    form = (Choice("water", "Safe water"),)
    book = book_of("water", "bridge", variable=Variable("need", (Part("need"),), choices=form))
    assert book.answer("bridge").codes == ("bridge",)
    assert codes(book) == ["answers_beyond_form"]


def test_choices_that_differ_by_case_alone_stay_apart():
    form = (Choice("a", "first"), Choice("A", "second"))
    book = book_of("a", "A", variable=Variable("q", (Part("q"),), choices=form))
    assert [book.answer(raw).codes for raw in ("a", "A")] == [("a",), ("A",)]


def test_other_and_exclusive_answers_belong_last():
    book = book_of("road", "other", "none", "dont_know")
    assert [key for key, option in book.options.items() if option.last] == ["dont_know", "none", "other"]


@pytest.mark.parametrize("kind", [QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.SCALE])
def test_numbers_and_dates_are_never_lists(kind):
    book = book_of("1;2", "1", "2", "2;1", variable=Variable("q", (Part("q"),), kind))
    assert book.separator == ""


def test_a_category_list_in_an_issue_column_is_a_list_even_if_it_stands_alone():
    book = book_of("道路交通、教育", "医疗卫生", as_issue=True)
    assert book.answer("道路交通、教育").codes == ("道路交通", "教育")


def mentions(*cells):
    return CELL_SEPARATOR.join(cells)


def test_mentions_are_taken_together_and_never_cut():
    both, one = mentions("work; family", "aid"), mentions("aid", "-1")
    book = book_of(both, one, variable=MENTIONS, missing=Missing(not_asked=frozenset({"-1"})))
    assert book.answer(both).codes == ("work; family", "aid")
    assert book.answer(one).codes == ("aid",)


def test_mentions_without_any_are_blank_or_not_asked():
    blank, skipped = mentions("", ""), mentions("-1", "-1")
    book = book_of(blank, skipped, variable=MENTIONS, missing=Missing(not_asked=frozenset({"-1"})))
    assert [book.answer(raw).state for raw in (blank, skipped)] == [State.BLANK, State.NOT_ASKED]


def test_records_of_one_unit_are_taken_together():
    rows = ROW_SEPARATOR.join(["road", "water", "road"])
    assert book_of(rows, "road").answer(rows).codes == ("road", "water")


def test_a_unit_is_answered_if_one_of_its_records_is():
    book = book_of("road", ROW_SEPARATOR.join(["", "road"]))
    assert book.answer(ROW_SEPARATOR.join(["", "road"])).codes == ("road",)
    assert book.answer(ROW_SEPARATOR.join(["n/a", ""])).state is State.BLANK
    assert book.answer(ROW_SEPARATOR.join(["n/a", "n/a"])).state is State.NOT_ASKED


ANSWERS = st.sampled_from(
    ["road", "Road", "water", "road;water", "none", "none;road", "", "n/a", "dont_know", "3", "-88"]
)


@given(st.lists(ANSWERS, min_size=1, max_size=30))
def test_an_answer_has_codes_only_if_answered_and_all_of_them_are_options(values):
    book = book_of(*values)
    for value in values:
        answer = book.answer(value)
        assert bool(answer.codes) == book.asked(answer)
        assert set(answer.codes) <= set(book.options)
        assert len(set(answer.codes)) == len(answer.codes)


@given(st.lists(ANSWERS, min_size=1, max_size=20), st.randoms())
def test_what_is_learnt_does_not_depend_on_the_order_of_the_records(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)
    one, other = book_of(*values), book_of(*shuffled)
    assert list(one.options.values()) == list(other.options.values())
    assert one.notices == other.notices
    assert [one.answer(v) for v in values] == [other.answer(v) for v in values]


def test_telephone_numbers_in_what_people_wrote_are_masked_and_the_texts_taken_together():
    book = book_of("call 13800138000", "call 13900139000", "no road", "call 13800138000")
    assert list(book.options) == ["call [phone]", "no road"]
    assert book.answer("call 13800138000").codes == ("call [phone]",)
    assert book.answer("call 13900139000").codes == ("call [phone]",)


def test_notices_mask_telephone_numbers_as_well():
    book = book_of("CALL 13800138000", "call 13800138000")
    assert codes(book) == ["merged_answers"]
    assert "13800138000" not in book.notices[0].message


def test_zero_is_a_code_among_codes_and_none_by_itself():
    assert not learn(QUESTION, dict.fromkeys(["0", "1", "2"], 1), as_issue=True).answer("0").none
    assert learn(QUESTION, dict.fromkeys(["0", "road"], 1), as_issue=True).answer("0").none


def test_dates_among_lists_of_codes_are_said():
    book = learn(QUESTION, dict.fromkeys(["1-3-4", "2026-01-02", "5"], 1))
    assert [notice.code for notice in book.notices] == ["codes_as_dates"]


def test_a_code_beside_a_text_for_other_is_an_answer():
    variable = Variable("problem", (Part("problem"),), QuestionKind.MULTI, tool="surveycto", other="-888")
    answer = learn(variable, dict.fromkeys(["1 -888", "1", "2", "-888"], 1), as_issue=True).answer("1 -888")
    assert (answer.codes, answer.refused) == (("1", "-888"), False)


def test_a_negative_code_beside_other_answers_is_one_of_them_and_alone_it_is_none():
    book = book_of("1 -77", "2 -77", "1 2", "1", "2", "-99", "-77 1", "2 1 -77", variable=CODES)
    assert book.answer("2 1 -77").codes == ("2", "1", "-77")
    assert book.answer("-99").refused


def test_zero_among_joined_numbers_or_numbered_options_is_an_answer():
    assert not book_of("0;1;", "0;", "2;1;", "1;", as_issue=True).answer("0;").none
    options = tuple(Part(f"q[{code}]", Role.OPTION, code) for code in "012")
    ticked = Variable("need", options, QuestionKind.MULTI)
    cells = [CELL_SEPARATOR.join(row) for row in (("Yes", "No", "No"), ("No", "Yes", "Yes"), ("Yes", "Yes", "No"))]
    answer = book_of(*cells, variable=ticked, as_issue=True).answer(cells[0])
    assert (answer.codes, answer.none) == (("0",), False)


# ---------------------------------------------------------------------------- columns with the same cells
def plain(name, **known):
    return Variable(name, (Part(name),), QuestionKind.SINGLE, **known)


def test_columns_with_the_same_cells_share_a_book():
    books = Books()

    first = books.learn(plain("a"), {"yes": 3, "no": 2})
    assert books.learn(plain("b"), {"no": 2, "yes": 3}) is first
    assert books.learn(plain("b"), {"yes": 2, "no": 3}) is not first


@pytest.mark.parametrize(
    "other",
    [
        plain("village"),
        plain("b", tool="kobotoolbox"),
        plain("b", all_asked=True),
        Variable("b", (Part("b"),), QuestionKind.MULTI),
        Variable("b", (Part("b"),), QuestionKind.SINGLE, choices=(Choice("yes", "Yes"),)),
        Variable("b", (Part("b", Role.OPTION, "b"),), QuestionKind.MULTI),
    ],
)
def test_other_columns_have_a_book_of_their_own(other):
    books = Books()

    assert books.learn(plain("a"), {"yes": 3, "no": 2}) is not books.learn(other, {"yes": 3, "no": 2})


def test_a_book_that_says_something_of_its_column_is_not_shared():
    books, cells = Books(), {"1": 9, "2": 7, "-99": 1}

    assert '"a"' in books.learn(plain("a"), cells).notices[0].message
    assert '"b"' in books.learn(plain("b"), cells).notices[0].message
