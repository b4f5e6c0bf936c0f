"""Rows of repeated forms below the visits, in one table."""

from __future__ import annotations

from visittally.reading.receipt import SetAside
from visittally.survey.instruments import with_forms_apart

EXPORT = """
    record_id,redcap_repeat_instrument,redcap_repeat_instance,village,member,issue
    1,,,Ash,,
    1,members,1,,Ann,
    1,members,2,,Bo,
    2,,,Elm,,
    2,issues,1,,,road
    """


def test_visits_and_each_repeated_form_are_tables_of_their_own(kept):
    visits = with_forms_apart(kept(EXPORT))

    assert visits.header == ("record_id", "village")
    assert [(row.line, row.cells) for row in visits.rows] == [(2, ("1", "Ash")), (5, ("2", "Elm"))]
    assert [(form.sheet, form.header[0], form.header[-1], len(form.rows)) for form in visits.repeats] == [
        ("members", "record_id", "member", 2),
        ("issues", "record_id", "issue", 1),
    ]
    assert visits.repeats[0].header_rows == (visits.repeats[0].header,)
    assert [row.line for row in visits.repeats[1].rows] == [6]


def test_that_rows_are_no_visits_is_said_once_and_what_was_lost_stays_with_the_visits(kept):
    lost = (SetAside(9, "unreadable", "broken"),)
    visits = with_forms_apart(kept(EXPORT, entries=lost))

    assert [notice.code for notice in visits.notices] == ["repeats_left_out"]
    assert "members, issues" in visits.notices[0].message
    assert visits.entries == lost
    assert [form.notices or form.entries for form in visits.repeats] == [(), ()]


def test_tables_without_such_rows_stay_as_they_are(kept):
    for text in (
        "record_id,village\n1,Ash",
        "record_id,redcap_repeat_instrument,village\n1,members,Ash\n1,,Ash",
        "record_id,redcap_repeat_instance,village\n1,1,Ash",
        "record_id,redcap_repeat_instrument,redcap_repeat_instance,village\n1,,,Ash\n2,,,Elm",
    ):
        source = kept(text)
        assert with_forms_apart(source) is source


def test_several_rows_of_one_record_do_not_show_which_a_form_belongs_to(kept):
    """Nor are forms parted from visits that are not there."""
    head = "record_id,redcap_repeat_instrument,redcap_repeat_instance,village\n"

    for text in (head + "1,,,Ash\n1,,,Ash\n1,members,1,", head + "1,members,1,\n2,members,1,"):
        source = kept(text)
        assert with_forms_apart(source) is source
