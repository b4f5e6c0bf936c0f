"""Numbers as people wrote them, and weights."""

import math

import pyarrow as pa
import pytest

import visittally
from visittally.words.numbers import numbers_of, plain_weight, weight_of


@pytest.mark.parametrize(
    ("text", "number"), [("1.250,50", 1250.5), ("0,125", 0.125), ("10,5", 10.5), ("1.250", 1250.0), ("-3", -3.0)]
)
def test_decimals_may_stand_behind_a_comma(text, number):
    assert numbers_of(pa.array([text]), decimal_comma=True).tolist() == [number]


def test_without_decimal_commas_a_comma_parts_thousands():
    assert numbers_of(pa.array(["1,250", "1.5"])).tolist() == [1250.0, 1.5]


def test_blanks_and_texts_are_no_numbers():
    blank, text = numbers_of(pa.array(["", "many"]))

    assert math.isnan(blank)
    assert math.isinf(text)


@pytest.mark.parametrize("text", ["NA", "n/a", "-", "未填", "(跳过)"])
def test_what_says_that_there_is_no_answer_is_blank(text):
    assert math.isnan(numbers_of(pa.array([text]))[0])


@pytest.mark.parametrize(("text", "weight"), [("1,5", 1.5), ("0,125", 0.125), ("2", 2.0)])
def test_a_weight_may_have_a_decimal_comma(text, weight):
    assert weight_of(plain_weight(text, decimal_comma=True)) == weight


@pytest.mark.parametrize("text", ["", "-1", "-0,5", "heavy", "nan", "inf"])
def test_what_is_blank_negative_or_text_is_no_weight(text):
    assert weight_of(plain_weight(text, decimal_comma=True)) is None


def test_a_file_with_decimal_commas_is_weighted_and_averaged(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text("village;issue;hours;weight\nAsh;road;0,5;1,5\nElm;water;2,25;0,5\nElm;road;1.000,25;2\n")

    weighted = visittally.summarize(path, weight="weight").tables["issues"].to_dict()["rows"]
    hours = visittally.questions(path, question=["hours"]).tables["hours"].to_dict()["rows"][0]

    assert {row["issue"]: row["weighted"] for row in weighted} == {"road": 3.5, "water": 0.5}
    assert (hours["n"], hours["mean"]) == (3, pytest.approx(1003 / 3))
