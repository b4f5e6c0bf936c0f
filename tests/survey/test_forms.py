"""XLSForms."""

import pytest

from visittally.errors import InputError
from visittally.messages import set_language
from visittally.survey.forms import parse_form, read_form
from visittally.survey.variables import Choice, QuestionKind

SURVEY = [
    ["type", "name", "label::English (en)", "label::中文 (zh)"],
    ["begin_group", "home", "", ""],
    ["select_multiple needs or_other", "needs", "What do you need?", "您需要什么？"],
    ["select one yes", "has_needs", "Any needs?", ""],
    ["end_group", "home", "", ""],
    ["geopoint", "spot", "Where?", ""],
    ["note", "thanks", "Thank you", ""],
    ["integer", "age", "How old?", ""],
    ["photo", "picture", "", ""],
]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::中文 (zh)"],
    ["needs", "water", "Clean water", "饮水"],
    ["needs", "road", "A road", "道路"],
    ["needs", "total", "All of it", "全部"],
    ["yes", "y", "Yes", "是"],
]


def test_the_choices_of_a_question_come_in_the_order_of_the_form():
    needs = parse_form([CHOICES, SURVEY]).questions["needs"]

    assert [choice.name for choice in needs.choices] == ["water", "road", "total", "other"]


def test_labels_are_in_the_language_that_is_spoken():
    assert parse_form([SURVEY, CHOICES]).questions["needs"].label == "What do you need?"
    set_language("zh")
    form = parse_form([SURVEY, CHOICES])
    assert ("您需要什么？", Choice("road", "道路")) == (
        form.questions["needs"].label,
        form.questions["needs"].choices[1],
    )


def test_older_spellings_of_types_are_known():
    assert ("select_one", (Choice("y", "Yes"),)) == (
        parse_form([SURVEY, CHOICES]).questions["has_needs"].type,
        parse_form([SURVEY, CHOICES]).questions["has_needs"].choices,
    )


def test_types_say_kind_and_privacy():
    questions = parse_form([SURVEY, CHOICES]).questions

    assert QuestionKind.NUMBER is questions["age"].kind
    assert questions["spot"].personal
    assert questions["picture"].media
    assert questions["thanks"].type == "note"


@pytest.mark.parametrize(
    "column", ["needs", "home/needs", "home.needs", "home-needs", "What do you need?", "您需要什么？"]
)
def test_a_column_is_found_by_name_path_or_label(column):
    found = parse_form([SURVEY, CHOICES]).find(column)

    assert found is not None
    assert found.name == "needs"


def test_a_table_that_is_no_form_is_refused():
    with pytest.raises(InputError, match=r"roster.csv is no form"):
        parse_form([[["village", "planned"], ["Ash", "4"]]], "roster.csv")


def test_a_form_is_read_from_its_two_sheets_as_text(tmp_path):
    for name, rows in (("survey.csv", SURVEY), ("choices.csv", CHOICES)):
        (tmp_path / name).write_text("\n".join(";".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8")

    form = read_form([str(tmp_path / "survey.csv"), str(tmp_path / "choices.csv")])

    assert Choice("total", "All of it") in form.questions["needs"].choices


def test_a_form_is_read_from_a_workbook(tmp_path):
    import xlsxwriter

    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in (("survey", SURVEY), ("choices", CHOICES)):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)

    assert len(read_form([str(path)]).questions["needs"].choices) == 4


LANGUAGES = [
    ["type", "name", "label::English (en)", "label::Français (fr)", "label::中文"],
    ["select_one n", "needs", "Needs", "Besoins", "需要"],
]
NEEDS = [
    ["list_name", "name", "label::English (en)", "label::Français (fr)"],
    ["n", "w", "Water", "Eau"],
    ["n", "r", "Road", ""],
]


@pytest.mark.parametrize("wanted", ["Français", "fr", "FRANÇAIS (fr)", "franç"])
def test_the_language_of_the_labels_is_chosen(wanted):
    needs = parse_form([LANGUAGES, NEEDS], "form", wanted).questions["needs"]
    assert needs.label == "Besoins"
    assert [choice.label for choice in needs.choices] == ["Eau", "Road"]


def test_a_language_that_the_form_does_not_speak_is_an_error():
    with pytest.raises(InputError, match=r'no labels in "Swahili".*English \(en\), Français \(fr\), 中文'):
        parse_form([LANGUAGES, NEEDS], "form", "Swahili")
