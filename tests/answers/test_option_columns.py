"""Questions with a column for each option."""

from __future__ import annotations

import pytest

from visittally.answers.book import State, learn
from visittally.survey.variables import (
    Choice,
    Part,
    QuestionKind,
    Role,
    Variable,
)
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN

NAMES = ("road", "water")


def question(*options, parent=False, tool="", choices=(), labels=()):
    parts = [Part("need", Role.PARENT)] if parent else []
    named = dict(zip(options, labels, strict=False))
    parts += [Part(f"need/{name}", Role.OPTION, name, named.get(name, "")) for name in options]
    return Variable("need", tuple(parts), QuestionKind.MULTI, tool=tool, choices=choices)


def row(*cells):
    return CELL_SEPARATOR.join(cells)


def learn_rows(variable, *rows, **known):
    return learn(variable, {row(*cells): 1 for cells in rows}, **known)


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        *[("1", "0"), ("1.0", "0.0"), ("TRUE", "FALSE"), ("True", "False"), ("yes", "no"), ("Y", "N"), ("是", "否")],
        *[
            ("√", "×"),
            ("■", "□"),
            ("Checked", "Unchecked"),
            ("selected", "not selected"),
            ("road", "0"),
            ("Bad road", ""),
        ],
    ],
)
def test_what_counts_as_ticked(yes, no):
    variable = question(*NAMES, labels=("Bad road",))
    book = learn_rows(variable, (yes, no), (no, no))
    assert book.answer(row(yes, no)).codes == ("road",)


def test_cells_that_hold_the_label_of_the_chosen_option():
    variable = question("No", "Yes, often")
    book = learn_rows(variable, ("No", ""), ("", "Yes, often"), ("", ""))
    assert book.answer(row("No", "")).codes == ("No",)
    assert book.answer(row("", "Yes, often")).codes == ("Yes, often",)
    assert book.answer(row("", "")).state is State.BLANK


def test_cells_that_hold_the_number_of_the_chosen_option():
    book = learn_rows(question(*NAMES), ("1", "2"), ("", "2"), ("1", ""))
    assert book.answer(row("", "2")).codes == ("water",)


def test_nothing_ticked_is_an_answer_without_codes():
    book = learn_rows(question(*NAMES), ("0", "0"), ("1", "0"))
    answer = book.answer(row("0", "0"))
    assert (answer.state, answer.codes) == (State.ANSWERED, ())
    assert book.asked(answer)
    assert not book.answered(answer)


def test_not_available_in_every_option_is_not_asked():
    book = learn_rows(question(*NAMES, tool="ona"), ("n/a", "n/a"), ("True", "False"))
    assert book.answer(row("n/a", "n/a")).state is State.NOT_ASKED


def test_a_file_without_any_of_the_columns_did_not_ask():
    book = learn_rows(question(*NAMES), (NO_COLUMN, NO_COLUMN), ("1", "0"))
    assert book.answer(row(NO_COLUMN, NO_COLUMN)).state is State.NOT_ASKED
    assert book.notices == ()


def test_a_file_without_one_of_the_options_is_said():
    book = learn_rows(question(*NAMES), ("1", NO_COLUMN), ("1", "0"))
    assert book.answer(row("1", NO_COLUMN)).codes == ("road",)
    assert [notice.code for notice in book.notices] == ["option_not_in_file"]


def test_options_keep_the_order_of_the_columns_and_stay_without_ticks():
    book = learn_rows(question("road", "water", "power"), ("0", "1", "0"))
    assert list(book.options) == ["road", "water", "power"]


def test_joined_answers_beside_option_columns_count_once():
    variable = question(*NAMES, parent=True)
    rows = [("road water", "1", "1"), ("water", "0", "1"), ("road", "1", "0")]
    book = learn_rows(variable, *rows)
    assert [book.answer(row(*cells)).codes for cells in rows] == [("road", "water"), ("water",), ("road",)]


@pytest.mark.parametrize(
    ("tool", "state"), [("kobotoolbox", State.ANSWERED), ("odk", State.NOT_ASKED), ("", State.NOT_ASKED)]
)
def test_zeros_beside_a_blank_parent_depend_on_the_tool_and_are_said(tool, state):
    book = learn_rows(question(*NAMES, parent=True, tool=tool), ("", "0", "0"), ("road", "1", "0"))
    assert book.answer(row("", "0", "0")).state is state
    assert [notice.code for notice in book.notices] == ["zeros_beside_blank"]


def test_a_tick_beside_a_blank_parent_counts():
    book = learn_rows(question(*NAMES, parent=True), ("", "1", "0"), ("road", "1", "0"))
    assert book.answer(row("", "1", "0")).codes == ("road",)


def test_all_blank_is_blank():
    book = learn_rows(question(*NAMES, parent=True), ("", "", ""), ("road", "1", "0"))
    assert book.answer(row("", "", "")).state is State.BLANK


def test_labels_that_are_joined_by_spaces_are_understood_by_the_columns():
    variable = question("no_water", "bad_road", parent=True)
    rows = [("No safe water", "1", "0"), ("Bad road", "0", "1"), ("Bad road No safe water", "1", "1")]
    book = learn_rows(variable, *rows)
    assert book.answer(row(*rows[2])).codes == ("no_water", "bad_road")
    assert book.options["no_water"].label == "No safe water"


def test_the_spelling_of_an_option_is_learnt_even_if_it_never_stands_alone():
    variable = question("bad_road", "full", parent=True)
    book = learn_rows(variable, ("Bad road Full", "1", "1"), ("Bad road", "1", "0"))
    assert [option.label for option in book.options.values()] == ["Bad road", "Full"]


def test_joined_names_are_no_label():
    book = learn_rows(question(*NAMES, parent=True), ("road bridge", "1", "0"), ("water", "0", "1"))
    assert [option.label for option in book.options.values() if option.listed] == ["", ""]


def test_an_answer_of_an_older_form_without_columns_is_read_from_the_parent():
    variable = question("sit down", "take away", parent=True, tool="kobotoolbox")
    rows = [("take away", "", ""), ("sit down take away", "1", "1"), ("sit down", "1", "0")]
    book = learn_rows(variable, *rows)
    assert book.answer(row("take away", "", "")).codes == ("take away",)


def test_an_answer_that_has_no_column_is_kept():
    rows = [("road bridge", "1", "0"), ("water road", "1", "1"), ("water", "0", "1")]
    book = learn_rows(question(*NAMES, parent=True, tool="odk"), *rows)
    assert book.answer(row("road bridge", "1", "0")).codes == ("road", "bridge")


def test_a_gate_of_yes_and_no_is_no_option():
    rows = [("yes", "1", "0"), ("no", "", ""), ("yes", "0", "1")]
    book = learn_rows(question(*NAMES, parent=True), *rows)
    assert book.answer(row("yes", "1", "0")).codes == ("road",)
    closed = book.answer(row("no", "", ""))
    assert (closed.codes, closed.none) == (("no",), True)


def test_none_beside_another_option_is_a_conflict():
    book = learn_rows(question("road", "none"), ("1", "1"), ("0", "1"))
    assert book.answer(row("1", "1")).conflict
    assert book.answer(row("0", "1")).none


def test_a_label_from_the_form_names_the_option():
    variable = question(*NAMES, choices=(Choice("water", "Safe water"), Choice("power", "Electricity")))
    book = learn_rows(variable, ("1", "0"))
    assert [(option.key, option.label) for option in book.options.values()] == [
        ("road", ""),
        ("water", "Safe water"),
        ("power", "Electricity"),
    ]


def test_steps_of_a_scale_count_as_ticked_only_if_named():
    rows = [("0", "3"), ("1", "2"), ("2", "0"), ("3", "1")]
    unnamed = learn_rows(question(*NAMES), *rows)
    assert unnamed.answer(row("1", "2")).codes == ("road",)
    assert [notice.code for notice in unnamed.notices] == ["scale_not_ticked"]
    named = learn_rows(question(*NAMES), *rows, ticked=frozenset({"2", "3"}))
    assert named.answer(row("1", "2")).codes == ("water",)
    assert named.notices == ()


def test_a_blank_is_no_step_of_a_scale():
    rows = [("2", "0"), ("", ""), ("3", "1")]
    book = learn_rows(question(*NAMES), *rows, ticked=frozenset({"2.0"}))
    assert book.answer(row("", "")).state is State.BLANK
    assert book.answer(row("2", "0")).codes == ("road",)


def test_an_error_of_a_spreadsheet_counts_as_blank_and_is_said():
    book = learn_rows(question(*NAMES), ("#REF!", "#REF!"), ("1", "0"))
    assert book.answer(row("#REF!", "#REF!")).state is State.BLANK
    assert [notice.code for notice in book.notices] == ["damaged_cells"]


def test_options_with_each_others_words_take_no_mention_from_each_other():
    variable = question("water", "water quality", "quality", parent=True)
    rows = [("quality water quality", "0", "1", "1"), ("water", "1", "0", "0"), ("water quality water", "1", "1", "0")]
    book = learn_rows(variable, *rows)
    assert [book.answer(row(*cells)).codes for cells in rows] == [
        ("water quality", "quality"),
        ("water",),
        ("water", "water quality"),
    ]
    assert list(book.options) == ["water", "water quality", "quality"]


def test_ticks_tell_where_the_joined_answers_write_options_in_an_unknown_way():
    rows = [("Bad roads; No water", "1", "1"), ("Bad roads; No water", "1", "1")]
    assert learn_rows(question("a1", "a2", parent=True), *rows).answer(row(*rows[0])).codes == ("a1", "a2")


def test_columns_that_are_never_ticked_say_nothing_about_the_joined_answers():
    rows = [("road water", "False"), ("water", "False"), ("road", "False"), ("water road", "False"), ("", "False")]
    book = learn_rows(question("name_key", parent=True, tool="ona"), *rows)
    assert [book.answer(row(*cells)).codes for cells in rows[:2]] == [("road", "water"), ("water",)]


def test_codes_of_skipped_questions_in_option_columns_are_not_asked_and_said():
    rows = {row("1", "0"): 4, row("0", "1"): 3, row("-3", "-3"): 2}
    book = learn(question(*NAMES), rows)
    assert book.answer(row("-3", "-3")).state is State.NOT_ASKED
    assert [notice.code for notice in book.notices] == ["missing_numbers"]
    assert 'not_asked = ["-3"]' in book.notices[0].message


def test_ranks_of_the_chosen_options_are_ticks():
    rows = [("1", "2", "0"), ("0", "1", "0"), ("2", "1", "3"), ("0", "0", "1")]
    book = learn_rows(question("road", "water", "food"), *rows)
    assert [book.answer(row(*cells)).codes for cells in rows[:2]] == [("road", "water"), ("water",)]


def test_zeros_in_every_option_are_said_where_no_column_tells_whether_it_was_asked():
    book = learn_rows(question(*NAMES), ("0", "0"), ("1", "0"))
    assert [notice.code for notice in book.notices] == ["zeros_everywhere"]
