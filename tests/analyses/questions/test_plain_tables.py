"""The tables of questions without answers to choose from: numbers, dates, texts."""

from __future__ import annotations

import math

import pytest

import visittally
from visittally.render.cells import RenderOptions, grid


def test_numbers(answers, rows):
    """n, mean, quartiles and extremes."""
    [row] = rows(answers, "age")

    assert row == {"n": 6, "mean": pytest.approx(274 / 6), "median": 46.5, "q1": 35.75, "q3": 52, "min": 28, "max": 67}


def test_a_telephone_amid_figures_is_left_out_and_said(write, rows):
    """Neither the smallest nor the largest nor the mean tells it."""
    name = write("a.csv", "village,goats\n" + "".join(f"Ash,{n}\n" for n in [*range(30), 712345678]))

    assert (rows(name, "goats")[0]["n"], rows(name, "goats")[0]["max"]) == (30, 29)
    notes = visittally.questions(name, question=["goats"]).tables["goats"].notes
    assert [note for note in notes if note.startswith("1 cell holds a number as long as those of telephones")]
    assert rows(name, "goats", include=["goats"])[0]["max"] == 712345678


def test_dates(answers, rows):
    """How many, the first and the last."""
    [row] = rows(answers, "seen")

    assert (row["n"], row["min"], row["max"]) == (4, "2026-03-01", "2026-03-05")


def test_open_questions_are_counted_and_listed_only_on_request(write, rows, shares):
    """How many wrote something and how many different things; --texts lists them."""
    texts = [f"the well of house {i} is dry in summer" for i in range(30)]
    name = write("a.csv", "village,remark\n" + "".join(f"Ash,{text}\n" for text in [*texts, texts[0], ""]))

    [row] = rows(name, "remark")

    assert (row["n"], row["distinct"]) == (31, 30)
    assert shares(name, "remark", texts=True)[texts[0]][0] == 2


def test_different_texts_are_counted_up_to_a_limit(write, monkeypatch):
    """Beyond the limit the figure is a least one."""
    monkeypatch.setattr("visittally.analyses.questions.plain_tables.MANY", 20)
    texts = [f"the well of house {i} is dry in summer" for i in range(30)]
    name = write("a.csv", "village,remark\n" + "".join(f"Ash,{text}\n" for text in texts))

    table = visittally.questions(name, question=["remark"]).tables["remark"]

    [cells] = [row.cells for row in table.rows]
    assert (cells[1].value, cells[1].approximate) == (20, True)


def table_of(files, name, **options):
    return visittally.questions(files, question=[name], **options).tables[name]


NUMBERS = "village,age\n" + "".join(
    f"{village},{age}\n"
    for village, ages in (("Ash", "20 31 22"), ("Elm", "47 "), ("Oak", "-99 old 52.5 64"), ("Fir", "75 33 41"))
    for age in ages.split(" ")
)


def test_texts_and_codes_for_missing_answers_are_no_numbers_and_said(write, rows):
    name = write("a.csv", NUMBERS)
    [row] = rows(name, "age")
    table = table_of(name, "age")

    assert (row["n"], row["min"], row["max"], row["mean"]) == (9, 20, 75, pytest.approx(385.5 / 9))
    assert table.base.text == "Base: 9 of 12 cases with an answer."
    assert table.notes[0] == "1 cells hold a text that is no number; they are left out."
    assert table.notes[1] == "1 cells hold a code for a missing answer; they are left out."
    assert "-99" in table.notes[2]


def test_the_smallest_and_the_largest_are_printed_as_they_were_given(write):
    ages = table_of(write("a.csv", NUMBERS), "age")
    whole = table_of(write("b.csv", NUMBERS.replace("-99 old ", "").replace("52.5", "52")), "age")
    half = table_of(write("c.csv", NUMBERS.replace("75", "75.5").replace("-99 old ", "")), "age")

    assert [grid(t, RenderOptions()).rows[0][-2:] for t in (ages, whole, half)] == [
        ("20", "75"), ("20", "75"), ("20", "75.5"),
    ]  # fmt: skip


def test_codes_that_the_user_names_are_left_out_and_those_that_are_answers_stay(write, rows):
    name = write("a.csv", NUMBERS.replace("75", "999"))

    assert rows(name, "age")[0]["max"] == 999
    assert rows(name, "age", missing={"refused": ("999",)})[0]["max"] == 64
    assert rows(name, "age", missing={"answer": ("-99",)})[0]["min"] == -99


def test_a_banner_of_numbers_has_a_row_for_each_group(write, rows):
    name = write("a.csv", NUMBERS)
    found = {row["village"]: (row["n"], row["mean"], row["min"]) for row in rows(name, "age", by=["village"])}

    assert found == {
        "Ash": (3, pytest.approx(73 / 3), 20),
        "Elm": (1, 47, 47),
        "Oak": (2, 58.25, 52.5),
        "Fir": (3, pytest.approx(149 / 3), 33),
    }


def test_a_group_without_numbers_has_no_statistics(write, rows):
    name = write("a.csv", "sex,income\nf,20\nf,35.5\nf,41\nm,\n")
    found = {row["sex"]: row for row in rows(name, "income", by=["sex"])}

    assert (found["m"]["n"], found["m"]["mean"], found["m"]["median"], found["m"]["max"]) == (0, None, None, None)


def test_mean_and_quantiles_are_weighted_and_n_is_not(write, rows):
    name = write("a.csv", "village,age,w\nAsh,20,1\nAsh,40.5,3\nElm,90,0\nElm,61,1\n")
    [row] = rows(name, "age", weight="w")

    assert (row["n"], row["mean"], row["median"], row["max"]) == (3, pytest.approx(202.5 / 5), 40.5, 61)
    assert table_of(name, "age", weight="w").notes[-1] == "Mean and quantiles are weighted by w; n is not."


def test_whole_numbers_stay_whole_unless_they_are_too_large(write, rows):
    [row] = rows(write("a.csv", f"village,income\nAsh,{2**53}\nAsh,12\nAsh,12.5\n"), "income")

    assert (type(row["min"]), type(row["max"]), row["max"]) == (int, float, 2.0**53)


def test_a_question_of_which_no_case_weighs_anything_has_a_base_of_nothing(write, rows):
    name = write("a.csv", "village,age,seen,w\nAsh,20,2026-03-01,0\nElm,41.5,2026-03-02,0\nOak,61,2026-03-02,0\n")

    for question in ("age", "seen"):
        assert [row["n"] for row in rows(name, question, weight="w")] == [0]
        assert table_of(name, question, weight="w").base.cases == 0


def test_dates_of_each_group_with_those_that_are_none(write, rows):
    name = write("a.csv", "sex,seen\nf,2026-03-05\nm,2026-03-01\nf,2026-03-02\nm,\nx,\n")
    found = {row["sex"]: (row["n"], row["min"], row["max"]) for row in rows(name, "seen", by=["sex"])}

    assert found == {"f": (2, "2026-03-02", "2026-03-05"), "m": (1, "2026-03-01", "2026-03-01"), "x": (0, None, None)}
    assert table_of(name, "seen").base.text == "Base: 3 of 5 cases with an answer."


def test_texts_of_each_group(write, rows):
    texts = [f"the well of house {i} is dry in summer" for i in range(30)]
    lines = "".join(f"{'fm'[i % 2]},{text}\n" for i, text in enumerate([*texts, texts[0], texts[1], texts[3]]))
    name = write("a.csv", "sex,remark\n" + lines + "x,\n")
    found = {row["sex"]: (row["n"], row["distinct"]) for row in rows(name, "remark", by=["sex"])}

    assert found == {"f": (17, 16), "m": (16, 15), "x": (0, 0)}
    table = table_of(name, "remark")
    assert table.notes == ("Texts are listed with --texts.",)
    assert table.base.cases == 33


def test_a_statistic_is_made_of_so_many_answers_that_the_smallest_count_lies_on_either_side(write):
    """Twice of it for a median, four times for a quartile; an end is one person's answer."""
    columns = table_of(write("a.csv", NUMBERS), "age").columns

    assert {column.name: column.measure.times for column in columns if column.name != "n"} == {
        "mean": 1, "median": 2, "q1": 4, "q3": 4, "min": math.inf, "max": math.inf,
    }  # fmt: skip
