"""Questions whose columns the user named."""

from __future__ import annotations

import pytest

from visittally.errors import FieldError
from visittally.survey.understanding import understand
from visittally.survey.variables import Role

TEXT = "village,Road,Water,School,age\nAsh,1,0,1,30\nElm,0,1,1,41\nOak,1,0,0,52"


def options(source, **families):
    return {v.name: [p.option for p in v.options] for v in understand([source], families=families).questions()}


def test_columns_that_nothing_ties_together_are_one_question_if_the_user_says_so(table):
    assert options(table(TEXT), problems=["road", "Water", "School"])["problems"] == ["Road", "Water", "School"]


def test_a_star_stands_for_any_text_and_what_all_names_share_is_no_option(table):
    source = table("village,n_road,n_water,n\nAsh,1,0,3\nElm,0,1,4\nOak,1,0,5")
    assert options(source, needs=["n_*"])["needs"] == ["road", "water"]


def test_columns_with_several_answers_are_mentions(table):
    source = table("village,first,then\nAsh,road,water\nElm,water,road\nOak,food,road")
    variable = understand([source], families={"needs": ["first", "then"]}).variables["needs"]
    assert [part.role for part in variable.parts] == [Role.MENTION] * 2


def test_headers_that_no_table_has_are_named_all_at_once(table):
    with pytest.raises(FieldError, match='"Roaf", "Wader"'):
        understand([table(TEXT)], families={"problems": ["Roaf", "Wader", "School"]})


def test_each_file_takes_the_first_named_header_that_it_has(table):
    files = [table("village,a,b\nAsh,road,x", "1.csv"), table("village,b\nElm,water", "2.csv")]
    survey = understand(files, columns={"issue": ("a", "b")})
    issue = survey.fields["issue"]
    assert [layout.columns[issue] for layout in survey.layouts] == [(1,), (1,)]
