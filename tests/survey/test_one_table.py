"""What the columns of one table mean by themselves."""

from __future__ import annotations

import pytest

from visittally.survey.forms import parse_form
from visittally.survey.one_table import draft, draft_tables
from visittally.survey.understanding import understand
from visittally.survey.variables import QuestionKind, Role

VISITS = """
village,age,needs/road,needs/water,needs,,_uuid
Ash,31,1,0,road,,a
Elm,40,0,1,water,,b
Oak,52,1,1,road water,,c
"""


def by_name(found):
    return {one.name: one for one in found.drafts}


def test_each_column_is_a_variable_or_part_of_one(table):
    """Option columns and their parent are one question, and each of them a variable by itself."""
    found = by_name(draft(table(VISITS)))
    needs = found["needs"]

    assert needs.kind is QuestionKind.MULTI
    assert [(part.role, part.option) for part in needs.parts] == [
        (Role.PARENT, ""), (Role.OPTION, "road"), (Role.OPTION, "water"),
    ]  # fmt: skip
    assert needs.positions == (4, 2, 3)
    assert found["needs/road"].part_of == "needs"
    assert found["age"].kind is QuestionKind.NUMBER


def test_no_column_is_lost(table):
    """What no variable holds is listed as unused; nothing is in two questions."""
    found = draft(table(VISITS))
    whole = [at for one in found.drafts if not one.part_of for at in one.positions]

    assert sorted([*whole, *found.unused]) == list(range(7))


def test_a_form_decides_types_labels_and_the_order_of_options(table):
    form = parse_form(
        [
            [["type", "name", "label"], ["select_multiple n", "needs", "What do you need?"], ["text", "age", "Age"]],
            [["list_name", "name", "label"], ["n", "water", "Clean water"], ["n", "road", "A road"]],
        ]
    )
    found = by_name(draft(table(VISITS), form))

    assert found["needs"].label == "What do you need?"
    assert [part.label for part in found["needs"].parts[1:]] == ["Clean water", "A road"]
    assert found["age"].kind is QuestionKind.TEXT


def test_columns_of_one_name_are_told_apart(table):
    names = [one.name for one in draft(table("village,note,note\nAsh,a,b\nElm,c,d\n")).drafts]

    assert len(set(names)) == len(names) == 3


def test_tables_with_the_same_header_are_judged_together(table):
    """A file in which everybody gave one answer is understood as the other one, where they gave several."""
    head = "village,needs\n"
    few = table(head + "Ash,road\nElm,water\nOak,road\n", file="few.csv")
    many = table(head + "".join(f"V{i},road; water\nW{i},water\n" for i in range(9)), file="many.csv")

    kinds = [by_name(one)["needs"].kind for one in draft_tables([few, many])]

    assert kinds[0] is kinds[1] is QuestionKind.MULTI


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        *(
            (header, QuestionKind.NUMBER)
            for header in ("Household size", "hh_size", "How many rooms?", "家庭人口数", "Tamaño del hogar")
        ),
        *((header, QuestionKind.SCALE) for header in ("Satisfaction", "q7", "Rate the number of visits", "服务评分")),
    ],
)
def test_small_numbers_are_steps_of_a_scale_unless_a_number_was_asked_for(table, header, kind):
    rows = "\n".join(f"Ash,{n}" for n in (0, 1, 2, 3, 4, 5, 1, 2))
    [question] = [q for q in understand([table(f"village,{header}\n{rows}\n")]).questions() if q.name == header]

    assert question.kind is kind
