"""A form given in the place of records."""

from __future__ import annotations

import pytest

from visittally.errors import InputError
from visittally.survey.no_records import refuse_forms


@pytest.mark.parametrize(
    "text",
    [
        "type,name,label\ntext,village,Village\nselect_one yn,ok,OK?",
        "Type,Name,Label\nText,village,Village\n begin group ,g,\nnote,n,Thanks",
        "type,name,label\ntext,village,Village\nmy_own_type,x,X",
        "type,name,label\n,,\ngeopoint,place,Where",
        "list_name,name,label\nyn,yes,Yes",
        "List Name,name,label\nyn,yes,Yes",
        "form_title,form_id\nVisits,visits_v1",
    ],
)
def test_the_sheets_of_a_form_are_refused(table, text):
    with pytest.raises(InputError, match=r"form\.csv is a form, not records"):
        refuse_forms([table("village,issue\nAsh,road"), table(text, file="form.csv")])


@pytest.mark.parametrize(
    "text",
    [
        "type,name,village\nwell,North well,Ash\nbridge,Old bridge,Elm",
        "type,name,village\ntext,North well,Ash\nbridge,Old bridge,Elm\nwell,New well,Oak",
        "type,village\ntext,Ash\nnote,Elm",
        "name,village\nnote,Ash",
        "type,name,label\ntextile,A,B\nnotebook,C,D",
        "type,name,label\n,,",
    ],
)
def test_records_with_such_a_column_are_none(table, text):
    refuse_forms([table(text)])
