"""What the columns of all files mean together."""

from __future__ import annotations

from visittally.survey.understanding import understand
from visittally.survey.variables import Layout, Part, Role, Survey, Variable, nearest


def test_the_options_of_a_question_are_its_option_columns():
    parts = (Part("needs", Role.PARENT), Part("needs/road", Role.OPTION, "road"), Part("x", Role.MENTION))

    assert [part.option for part in Variable("needs", parts).options] == ["road"]


def test_the_place_of_a_variable_is_its_first_column_that_the_table_has(table):
    layout = Layout(table("a,b\n1,2"), "", {"needs": (None, 0, 1), "gone": (None,)})

    assert [layout.place(name) for name in ("needs", "gone", "other")] == [0, None, None]


def test_questions_are_neither_personal_nor_the_tools_own_nor_part_of_another():
    variables = {
        "road": Variable("road", (Part("road"),)),
        "phone": Variable("phone", (Part("phone"),), personal=True),
        "_uuid": Variable("_uuid", (Part("_uuid"),), ours=True),
        "needs/road": Variable("needs/road", (Part("needs/road"),), part_of="needs"),
    }
    survey = Survey((), variables, {"issue": "road"})

    assert [one.name for one in survey.questions()] == ["road"]
    assert survey.of_field("issue") is variables["road"]
    assert survey.of_field("status") is None


def test_what_is_not_there_is_named_with_what_resembles_it(table):
    survey = understand(
        [table("village,issue\nAsh,road", file="a.csv"), table("village,issue\nElm,road", file="b.csv")]
    )

    assert str(survey.missing("vilage")) == (
        'a.csv, b.csv: there is no field or column "vilage". Did you mean village?'
    )
    assert "There are: village, category, issue." in str(survey.missing("zzz"))


def test_many_names_are_not_listed_whole():
    twelve = [f"column{n}" for n in range(12)]

    assert nearest("zzz", twelve) == ", ".join(twelve)
    assert nearest("column12", [*twelve, "column12"], "a.csv").startswith("column12, ")
    assert nearest("column12", [*twelve, "column12"], "a.csv").endswith("... (all 13: visittally columns a.csv)")
    assert nearest("", [*twelve, "more"]).count(",") == 4
