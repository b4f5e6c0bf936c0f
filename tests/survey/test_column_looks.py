"""What headers and answers of a column say about the field that it may be."""

from __future__ import annotations

import pytest

from visittally.survey import column_looks
from visittally.survey.column_looks import (
    answers_fit,
    are_ids,
    asks,
    calls_other,
    head_fits,
    hits,
    inside,
    is_rest,
    issue_order,
    sentences,
    share_of,
    speaks,
    values_in,
    yes_no,
)


@pytest.fixture
def column(merged):
    """A column by its header and its cells, joined by "|"."""

    def make(header, cells="road|water|road"):
        rows = "\n".join(f'V{n},"{cell}"' for n, cell in enumerate(cells.split("|")))
        return next(one for one in merged(f'id,"{header}"\n{rows}').values() if one.name == header)

    return make


@pytest.mark.parametrize(
    ("field", "cells", "fits"),
    [
        ("visit_date", "2026-03-01|2026-03-02|2026-03-05", True),
        ("visit_date", "3.1|3.2|3.15", True),
        ("visit_date", "3.1|3.2|soon", False),
        ("visit_date", "||", False),
        ("status", "resolved|who knows", True),
        ("status", "resolved|who knows|nobody", False),
        ("status", "||", False),
        ("village", "Ash|Elm|Oak", True),
        ("village", "yes|no|yes", False),
        ("village", "1|2|1", False),
        ("village", "||", False),
        ("due_date", "2026-03-01|2026-03-02|2026-03-05", True),
        ("due_date", "3.1|3.2|3.15", False),
        ("raised_by", "是|否|主动反映", True),
        ("legacy", "三十年前修路占地一直没有补偿", False),
        ("good_deed", "三十年前修路占地一直没有补偿", True),
        ("satisfaction", "满意|基本满意|已修好", True),
        ("satisfaction", "今年|明年", False),
        ("start_time", "9:00|9时30分|早上", True),
        ("end_time", "2026-03-01|2026-03-02", False),
        ("duration_min", "40分钟|1小时", True),
        ("duration_min", "long|short", False),
        ("persons_present", "8人|12", True),
        ("household_id", "D01|D02|D03", True),
        ("household_id", "1|2|3", False),
    ],
)
def test_answers_that_can_be_those_of_a_field(column, field, cells, fits):
    assert answers_fit(column("x", cells), field) is fits


def test_a_header_that_calls_another_field_does_not_call_this_one(column):
    assert calls_other(column("status of the problem"), "category")
    assert not calls_other(column("status of the problem"), "status")
    assert not calls_other(column("zzz"), "category")


def test_a_share_of_answers_is_one_of_filled_cells(column):
    assert share_of(column("x", "a|a|b||"), "a".__eq__) == pytest.approx(2 / 3)
    assert share_of(column("x", "||"), "a".__eq__) == 0


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("x" * 25 + "|" + "y" * 25 + "|z", True),
        ("x" * 24 + "|" + "y" * 25 + "|z", False),
        ("x" * 25 + "|z", False),
        ("村口的路不好走|自来水经常停水|路", True),
        ("村口的路不好|自来水经常停水|路", False),
    ],
)
def test_sentences_are_more_than_half_of_the_answers(column, cells, told):
    assert sentences(column("x", cells)) is told


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("H001|H002|H003", True),
        ("|".join([*(f"H{n}" for n in range(9)), "none"]), True),
        ("|".join([*(f"H{n}" for n in range(8)), "none", "none"]), False),
        ("H1|H1|H1|H1|H2|H2|H2", False),
        ("H1|H1|H1|H2|H2|H2|H3", True),
        ("001|002|003", False),
        ("Ann|Bo|Cy", False),
        ("||", False),
    ],
)
def test_codes_of_few_records_each_are_ids(column, cells, told):
    assert are_ids(column("x", cells)) is told


def test_half_of_the_answers_and_two_at_least_speak(column):
    assert values_in(column("x", "a|b|c|d"), ["a", "b"])
    assert not values_in(column("x", "a|b|c|d|e"), ["a", "b"])
    assert not values_in(column("x", "a|c"), ["a", "b"])
    assert not values_in(column("x", "a|a"), ["a", "b"])
    assert not values_in(column("x", "1|2|3|4"), ["1", "2"])
    assert inside(column("x", "Road|road|water"), lambda value: value.lower() == "road") == 1


def test_more_than_forty_answers_are_no_vocabulary(column):
    words = [f"a{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(41)]

    assert speaks(column("x", "|".join(words[:40] * 2)), words.__contains__)
    assert not speaks(column("x", "|".join(words * 2)), words.__contains__)


@pytest.mark.parametrize(
    ("cells", "plain", "with_refusals"),
    [
        ("yes|no", True, True),
        ("yes|no|don't know", True, True),
        ("yes|no|refused", False, True),
        ("yes|maybe", False, False),
        ("yes|no|-99", True, True),
        ("1|0|99", True, True),
        ("1|0|3", False, False),
        ("yes|no|3", False, False),
        ("|", False, False),
    ],
)
def test_yes_and_no_with_what_may_stand_beside_them(column, cells, plain, with_refusals):
    found = column("x", cells)

    assert (yes_no(found), yes_no(found, refused=True)) == (plain, with_refusals)


@pytest.mark.parametrize(
    ("header", "rest"),
    [
        ("problem_other", True),
        ("other", False),
        ("other problems", False),
        ("其他（请注明）", True),
        ("problem", False),
    ],
)
def test_what_was_written_beside_an_option(column, header, rest):
    assert is_rest(column(header)) is rest


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("who heard of problems", True),
        ("q/problem_cost", True),
        ("who/problem", False),
        ("问题是否解决", True),
        ("问题", False),
    ],
)
def test_headers_that_ask_for_something_else_about_what_they_name(column, header, told):
    assert asks(column(header)) is told


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("the problems", True),
        ("g/problem", True),
        ("problem/x", False),
        ("mainproblems", True),
        ("主要问题", True),
        ("age", False),
    ],
)
def test_words_of_a_field_inside_a_header(column, header, found):
    assert hits(column(header), "category") is found


def test_a_header_that_ends_in_the_word_for_village_names_one(column):
    assert hits(column("你去的村"), "village")


@pytest.mark.parametrize(
    ("header", "told"),
    [("main problems", True), ("problems reported", True), ("problem owner", False), ("main type", False)],
)
def test_the_last_word_says_what_the_thing_is(column, header, told):
    assert head_fits(column(header), "category") is told


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("problem", "a|b|a"), ("problem_cost", "a|b|a")),
        (("problem", "a|b|a"), ("thing", "a|b|a")),
        (("problem", "a; b|b|a; b|a; b"), ("problem", "a|b|a|b")),
        (("problem", "a|b|a|a"), ("problem", "a|b||")),
        (("main problem", "a|b|a"), ("problem owner", "a|b|a")),
    ],
)
def test_the_order_of_columns_that_speak_of_problems(column, first, second):
    assert issue_order(column(*first)) < issue_order(column(*second))


def test_words_that_make_up_many_headers_are_looked_at_once(column, calls):
    """Exports hold thousands of headers of the same few words."""
    first, second = column("opinion about roofs"), column("roofs about opinion")

    column_looks._rank_in.cache_clear()
    once = calls(lambda: hits(first, "category"))
    assert 3 * calls(lambda: hits(second, "category")) < once
