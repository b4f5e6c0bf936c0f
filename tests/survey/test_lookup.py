"""What people type for a field, a column, a question."""

import pytest

from visittally.errors import FieldError
from visittally.survey.projection import Projection
from visittally.survey.understanding import question, resolve, understand


@pytest.fixture
def survey(table):
    return understand(
        [
            table(
                """
                village,visit_date,age,a/roof,12:30 bus,hh_id,phone,visitor,needs,needs/road,needs/water,own1,own2,own3
                Ash,2026-04-01,31,tin,yes,7,13900000001,Mo,road,1,0,1,0,0
                Elm,2026-04-02,40,straw,no,8,13900000002,Li,water,0,1,0,1,1
                Oak,2026-05-02,52,tin,yes,9,13900000003,Mo,road water,1,1,1,0,1
                """
            )
        ]
    )


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("village", "village"),
        ("=village", "village"),
        ("VILLAGE ", "village"),
        ("roof", "a/roof"),
        ("a/roof", "a/roof"),
        ("needs/road", "needs/road"),
        ("own", "own"),
        ("own2", "own2"),
        ("12:30 bus", "12:30 bus"),
    ],
)
def test_a_name_is_found(survey, typed, name):
    assert name == resolve(survey, typed).variable.name


def test_a_field_goes_before_a_header_unless_the_header_is_forced(table):
    survey = understand([table("village,place\nNorth,Ash\nSouth,Elm\nWest,Oak")], columns={"village": "place"})

    assert resolve(survey, "village").variable.name == "place"
    assert resolve(survey, "=village").variable.name == "village"


def test_a_period_is_read_off_the_end(survey):
    found = resolve(survey, "visit_date:month")

    assert (found.variable.name, found.suffix, found.projection) == ("visit_date", "month", Projection.DAY)


def test_bands_are_read_off_the_end(survey):
    assert (resolve(survey, "age:0,18,60").variable.name, resolve(survey, "age:0,18,60").suffix) == ("age", "0,18,60")


def test_the_file_is_a_field(survey):
    assert (resolve(survey, "file").variable.name, resolve(survey, "file").variable.parts) == ("file", ())


def test_what_is_not_there_is_named_with_what_is_near(survey):
    with pytest.raises(FieldError, match=r'"vilage".*village'):
        resolve(survey, "vilage")


def test_a_field_that_no_column_looks_like_names_the_columns(survey):
    with pytest.raises(FieldError, match=r"no column looks like the status. Columns are: village.*--column status="):
        resolve(survey, "status")


@pytest.mark.parametrize("typed", ["phone", "household", "hh_id"])
def test_personal_columns_are_refused(survey, typed):
    with pytest.raises(FieldError, match=r"personal"):
        resolve(survey, typed)


def test_a_personal_column_may_be_compared_with(survey):
    assert resolve(survey, "household", shown=False).variable.name == "hh_id"


def test_visitors_are_a_field_but_no_question(survey):
    assert resolve(survey, "visitor").variable.personal
    with pytest.raises(FieldError, match="personal"):
        question(survey, "visitor")


def test_visitors_by_number_are_not_personal(table):
    survey = understand([table("village,enumerator\nAsh,17\nElm,18\nOak,17")])

    assert resolve(survey, "enumerator").variable.name == "enumerator"


@pytest.mark.parametrize(("typed", "parts"), [("needs", 3), ("own", 3), ("own1", 1), ("roof", 1)])
def test_a_question_is_its_parent_its_stem_or_one_of_its_columns(survey, typed, parts):
    assert parts == len(question(survey, typed).parts)


def test_a_personal_question_is_refused(survey):
    with pytest.raises(FieldError, match=r"personal"):
        question(survey, "phone")
