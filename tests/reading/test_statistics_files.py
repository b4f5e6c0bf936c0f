"""Files of SPSS and Stata: values as text, labels and missing values as the form."""

from __future__ import annotations

import pandas as pd
import pytest

import visittally
from visittally.errors import InputError
from visittally.reading import open_sources, statistics_files
from visittally.reading.inputs.source import ReadingOptions
from visittally.survey.understanding import understand
from visittally.survey.variables import QuestionKind

pyreadstat = pytest.importorskip("pyreadstat")

RECORDS = pd.DataFrame(
    {
        "village": [1.0, 2.0, 1.0, 2.0],
        "rating": [1.0, 3.0, -99.0, 2.0],
        "income": [10.5, -88.0, float("nan"), 3000.0],
        "water": [1.0, 2.0, 2.0, 1.0],
        "road": [2.0, 2.0, 1.0, 1.0],
        "remark": ["", "路坏", "ok", "a"],
    }
)
LABELS = {
    "village": {1.0: "Elm", 2.0: "Oak"},
    "rating": {1.0: "low", 2.0: "middle", 3.0: "high", -99.0: "Refused"},
    "income": {-88.0: "nobody knows"},
}


@pytest.fixture
def spss(tmp_path):
    path = tmp_path / "visits.sav"
    pyreadstat.write_sav(
        RECORDS,
        path,
        column_labels={"village": "Where?", "water": "Water", "road": "Roads"},
        variable_value_labels=LABELS,
        missing_ranges={"rating": [-99], "income": [{"lo": -99, "hi": -80}]},
        variable_measure={"village": "nominal", "rating": "ordinal", "income": "scale"},
    )
    return path


def opened(path):
    (source,) = open_sources([str(path)], ReadingOptions())
    return source


def column(source, name):
    at = source.header.index(name)
    return [cell for block in source.blocks([at]) for cell in block.columns[at].to_pylist()]


def test_values_are_codes_and_missing_ones_say_why(spss):
    source = opened(spss)
    assert column(source, "village") == ["1", "2", "1", "2"]
    assert column(source, "rating") == ["1", "3", "Refused", "2"]
    assert column(source, "income") == ["10.5", "", "", "3000"]
    assert column(source, "remark") == ["", "路坏", "ok", "a"]


def test_labels_and_measure_are_the_form(spss):
    variables = understand([opened(spss)]).variables
    assert variables["village"].label == "Where?"
    assert [choice.label for choice in variables["village"].choices] == ["Elm", "Oak"]
    assert [choice.name for choice in variables["rating"].choices] == ["1", "2", "3", "Refused"]
    assert variables["income"].kind is QuestionKind.NUMBER


def with_sets(monkeypatch, sets):
    read = pyreadstat.read_sav

    def reading(*arguments, **named):
        values, known = read(*arguments, **named)
        known.mr_sets = sets
        return values, known

    monkeypatch.setattr(pyreadstat, "read_sav", reading)
    statistics_files._content.cache_clear()


def test_a_set_of_ticks_is_one_question_whatever_value_is_counted(spss, monkeypatch):
    one = {
        "type": "D",
        "is_dichotomy": True,
        "counted_value": 1,
        "label": "Problems",
        "variable_list": ["water", "road"],
    }
    with_sets(monkeypatch, {"needs": one})
    source = opened(spss)
    assert column(source, "road") == ["0", "0", "1", "1"]
    needs = understand([source]).variables["needs"]
    assert needs.kind is QuestionKind.MULTI
    assert needs.label == "Problems"
    assert [(part.option, part.label) for part in needs.options] == [("water", "Water"), ("road", "Roads")]


def test_a_set_of_categories_is_first_second_third_mention(spss, monkeypatch):
    one = {
        "type": "C",
        "is_dichotomy": False,
        "counted_value": None,
        "label": "",
        "variable_list": ["village", "rating"],
    }
    with_sets(monkeypatch, {"both": one})
    both = understand([opened(spss)]).variables["both"]
    assert [part.role.value for part in both.parts] == ["mention", "mention"]
    assert [choice.label for choice in both.choices] == ["Elm", "Oak"]


@pytest.mark.parametrize("version", [114, 118])
def test_stata_old_and_new(tmp_path, version):
    path = tmp_path / "visits.dta"
    RECORDS.drop(columns="remark").to_stata(
        path, version=version, value_labels={"rating": {1: "low", 2: "middle", 3: "high"}}
    )
    source = opened(path)
    assert column(source, "water") == ["1", "2", "2", "1"]
    assert [c.label for c in understand([source]).variables["rating"].choices] == ["low", "middle", "high"]


def test_texts_of_an_older_file_come_in_its_own_encoding(tmp_path):
    path = tmp_path / "visits.sav"
    place = "Żywiec i Łódź"
    pyreadstat.write_sav(pd.DataFrame({"village": [place, "Świdnica", "Gdańsk"] * 8}), path)
    content = path.read_bytes()
    for word in (place, "Świdnica", "Gdańsk"):
        wide = word.encode()
        content = content.replace(wide, word.encode("cp1250").ljust(len(wide)))
    path.write_bytes(content.replace(b"UTF-8", b"ASCII"))
    assert set(column(opened(path), "village")) == {place, "Świdnica", "Gdańsk"}


@pytest.mark.parametrize("begin", [b"$FL2@(#) SPSS DATA FILE", b"<stata_dta><header>", b"\x72\x02\x01\x00rest"])
def test_a_damaged_file_is_a_sentence(tmp_path, begin):
    path = tmp_path / "visits.any"
    path.write_bytes(begin + b"\x00" * 200)
    with pytest.raises(InputError, match="damaged file of SPSS or Stata"):
        opened(path)


def test_columns_with_a_mention_each_have_the_labels_that_they_share(tmp_path):
    first, second = [1.0, 2.0, 3.0, 1.0] * 4, [2.0, 3.0, float("nan"), 3.0] * 4
    mentions = pd.DataFrame({"village": ["Elm"] * 16, "problem_1": first, "problem_2": second})
    labels = {name: {1.0: "Road", 2.0: "Water", 3.0: "School"} for name in ("problem_1", "problem_2")}
    pyreadstat.write_dta(mentions, tmp_path / "visits.dta", variable_value_labels=labels)
    variable = understand([opened(tmp_path / "visits.dta")]).variables["problem"]
    assert [(choice.name, choice.label) for choice in variable.choices] == [
        ("1", "Road"),
        ("2", "Water"),
        ("3", "School"),
    ]


def written(path, columns, labels, choices):
    write = pyreadstat.write_sav if path.suffix == ".sav" else pyreadstat.write_dta
    write(pd.DataFrame(columns), path, column_labels=labels, variable_value_labels=choices)
    return str(path)


def issues(path):
    rows = visittally.summarize([path]).tables["issues"].to_dict()["rows"]
    return {row.get("issue_label") or row["issue"]: row["mentions"] for row in rows if not row.get("total")}


@pytest.mark.parametrize("ending", ["sav", "dta"])
def test_numbered_columns_of_yes_and_no_are_options_whatever_the_codes(tmp_path, ending):
    columns = {
        "village": ["Elm", "Oak", "Elm"],
        "q5_1": [1.0, 2.0, 2.0],
        "q5_2": [1.0, 1.0, 2.0],
        "q5_3": [2.0, 2.0, 1.0],
    }
    labels = {
        f"q5_{k}": f"Which problems do you have? - {name}" for k, name in enumerate(("Road", "Water", "Power"), 1)
    }
    choices = {name: {1.0: "Yes", 2.0: "No"} for name in labels}
    assert issues(written(tmp_path / f"a.{ending}", columns, labels, choices)) == {"Water": 2, "Road": 1, "Power": 1}


def test_other_codes_for_yes_are_ticks_too(tmp_path):
    columns = {"village": ["Elm", "Oak"], "issue_1": [2.0, 1.0], "issue_2": [2.0, 2.0], "issue_3": [1.0, 1.0]}
    labels = {"issue_1": "Road: problems here", "issue_2": "Water: problems here", "issue_3": "Power: problems here"}
    choices = {name: {1.0: "No", 2.0: "Yes"} for name in labels}
    assert issues(written(tmp_path / "a.sav", columns, labels, choices)) == {"Water": 2, "Road": 1}


@pytest.mark.parametrize("ending", ["sav", "dta"])
def test_labels_that_say_first_and_second_tell_mentions(tmp_path, ending):
    columns = {"village": ["Elm", "Oak", "Elm"], "q71": [1.0, 2.0, 3.0], "q72": [2.0, float("nan"), 1.0]}
    labels = {"q71": "First problem mentioned", "q72": "Second problem mentioned"}
    choices = {name: {1.0: "Road", 2.0: "Water", 3.0: "Power"} for name in labels}
    assert issues(written(tmp_path / f"a.{ending}", columns, labels, choices)) == {"Road": 2, "Water": 2, "Power": 1}


def test_columns_are_known_by_their_labels(tmp_path):
    columns = {"v1": ["Elm", "Oak"], "v2": ["H1", "H2"], "v3": ["Ann Lee", "Bo Ray"], "v4": [1.0, 2.0]}
    labels = {"v1": "Village", "v2": "Household ID", "v3": "Name of respondent", "v4": "Main problem"}
    path = written(tmp_path / "a.sav", columns, labels, {"v4": {1.0: "Road", 2.0: "Water"}})
    rows = visittally.summarize([path]).tables["areas"].to_dict()["rows"]
    assert [row["households"] for row in rows if row.get("total")] == [2]
    assert "v3" not in str(visittally.questions([path]).tables.keys())


def test_numbers_labelled_as_missing_are_missing_in_stata(tmp_path):
    incomes = [*range(10, 110, 5)]
    columns = {"village": ["Elm", "Oak", *["Elm"] * 20], "income": [98.0, 98.0, *map(float, incomes)]}
    path = written(tmp_path / "a.dta", columns, {}, {"income": {98.0: "Don't know"}})
    rows = visittally.questions([path], question=["income"]).tables["long"].to_dict()["rows"]
    assert next(row["mean"] for row in rows if row.get("mean") is not None) == sum(incomes) / 20
