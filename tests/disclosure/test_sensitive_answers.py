"""Answers that harm who gave them are known by their code, by what they mean, and by their words."""

from dataclasses import replace

import pytest

from visittally.disclosure.sensitive_answers import sensitive_answers
from visittally.tables.measures import ANSWER, CATEGORY, CATEGORY_BESIDE, REMARK, ROW, counted
from visittally.tables.table import Column, Count, Row, Table, Text

CODES = frozenset({"conduct"})
MEASURES = {"issue": ANSWER, "issue_label": REMARK, "issue_category": CATEGORY_BESIDE, "category": CATEGORY}


def table(names, *rows, title="Table", **measures):
    """A table of these columns; cells are words, or cells as they are."""
    columns = tuple(Column(name, name, measure=measures.get(name, MEASURES.get(name, ROW))) for name in names.split())
    made = (Row(tuple(Text(cell) if isinstance(cell, str | None) else cell for cell in row)) for row in rows)
    return Table("own", title, columns, tuple(made))


def told(*tables, codes=frozenset()):
    return sensitive_answers(tables, codes)


def test_the_codes_are_sensitive_though_no_table_names_them():
    assert told(codes=CODES) == {"conduct"}


def test_what_stands_beside_a_sensitive_category_is_sensitive():
    given = table("issue issue_category", ("policy", "conduct"), ("road", "works"))

    assert told(given, codes=CODES) == {"conduct", "policy"}
    assert told(given) == set()


def test_a_category_that_makes_rows_of_its_own_tells_it_too():
    assert told(table("category issue", ("conduct", "policy"), ("works", "road")), codes=CODES) == {"conduct", "policy"}


def test_what_no_words_say_is_passed_over():
    cells = table("issue issue_category", (Count(3), "conduct"), ("policy", Count(3)), (None, None))

    assert told(cells, codes=CODES) == {"conduct"}


@pytest.mark.parametrize("answer", ["domestic violence", "gender-based_violence", "邻居家暴"])
def test_words_of_both_languages_tell_it(answer):
    assert told(table("issue", (answer,), ("road",))) == {answer}


def test_the_label_of_an_answer_tells_it():
    """In the cell, or in the column of labels beside it."""
    assert told(table("issue", (Text("q7_3", "Domestic violence"),), (Text("q7_4", "Road"),))) == {"q7_3"}
    beside = table("village issue issue_label", ("Ash", "q7_3", "Domestic violence"), ("Ash", "q7_4", "Road"))
    assert told(beside) == {"q7_3"}


def test_a_label_that_is_missing_tells_nothing():
    assert told(table("issue issue_label", ("road", None), ("water", Count(1)))) == set()


def test_all_answers_to_a_sensitive_question_are_sensitive():
    """A column of answers that has the name of the question: neither yes nor no is told by village."""
    assert told(table("domestic_violence", ("yes",), ("no",), domestic_violence=ANSWER)) == {"yes", "no"}
    assert told(table("domestic_violence", ("yes",), ("no",), domestic_violence=CATEGORY)) == set()


def test_places_are_not_judged_by_their_words():
    assert told(table("village", ("Domestic violence shelter",))) == set()


def test_rows_of_questions_are_judged_by_their_words():
    questions = table("question answer", (Text("q9", "Was there domestic violence?"), "yes"), ("q8", "no"), answer=ROW)

    assert told(questions) == {"q9"}


def test_a_question_that_a_table_is_about_is_judged_by_its_name_and_the_title():
    n = {"n": counted("mentions", about=frozenset({("question", "q9"), ("side", "before")}))}

    assert told(table("n", (Count(9),), title="Domestic violence at home", **n)) == {"q9"}
    assert told(table("n", (Count(9),), title="Roads", **n)) == set()
    named = {"n": replace(n["n"], about=frozenset({("question", "domestic_violence")}))}
    assert told(table("n", (Count(9),), title="Roads", **named)) == {"domestic_violence"}


def test_other_things_that_a_table_is_about_are_no_questions():
    side = {"n": counted("mentions", about=frozenset({("side", "domestic violence")}))}

    assert told(table("n", (Count(9),), **side)) == set()


def crosstab(name="q3", label="Road", across="issue"):
    measure = replace(counted("mentions"), across=across)
    columns = (Column("village", "Village", measure=ROW), Column(name, label, "cells", measure=measure))
    return Table("crosstab", "Crosstab", columns, (Row((Text("Ash"), Count(3))),))


def test_columns_of_a_crosstab_are_judged_by_name_label_and_question():
    assert told(crosstab()) == set()
    assert told(crosstab(name="domestic violence")) == {"domestic violence"}
    assert told(crosstab(label="Domestic violence")) == {"q3"}
    assert told(crosstab(across="domestic_violence")) == {"q3"}


def test_columns_of_figures_are_no_answers():
    """A count has the name of its measure, not that of an answer."""
    plain = replace(crosstab(), columns=(*crosstab().columns[:1], Column("hiv", "HIV", measure=counted("hiv"))))

    assert told(plain) == set()


def test_what_words_tell_in_one_table_is_known_of_the_categories_in_another():
    """The category is sensitive by its words, so are the answers beside it."""
    categories = table("category", ("domestic violence",))
    given = table("issue issue_category", ("q7_3", "domestic violence"), ("q7_4", "works"))

    assert told(categories, given) == {"domestic violence", "q7_3"}
