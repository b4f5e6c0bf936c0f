"""The columns of a list that are copied from the files."""

from __future__ import annotations

import pytest

from visittally.analyses.followup.list_fields import place_fields, reply_fields, secrets, text_fields, unit_fields
from visittally.counting.plan import Dimension
from visittally.words.codebook import Codebook

ISSUES = """
    village,group,issue,issue_text,handling_text,status,responsible_unit,reply_date,contact_consent,issue_id
    Ash,1组,road,hole; call 13812345678,filled,done,Road office,2026-03-01,yes,R1
    Elm,2组,water,no water,pump,open,Water office,soon,no,R2
    """


@pytest.fixture
def fields(surveyed):
    """Name -> what each value becomes, of the fields of a list."""

    def found(make, *axes, text=ISSUES, **options):
        campaign = surveyed(text, **options)
        own = [campaign.axis(name) for name in axes]
        return {one.column.name: one for one in (make(campaign, own) if own or make in ROWED else make(campaign))}

    return found


ROWED = (place_fields, unit_fields)


def test_places_stand_there_unless_they_make_the_rows(fields):
    assert list(fields(place_fields)) == ["village", "group"]
    assert list(fields(place_fields, "village")) == ["group"]
    assert list(fields(place_fields, text="issue,status\nroad,done\n")) == []


def test_units_in_charge_likewise(fields):
    assert list(fields(unit_fields)) == ["responsible_unit"]
    assert list(fields(unit_fields, "responsible_unit")) == []


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, []),
        ({"with_text": True}, []),  # on a screen they would be seen by mistake
        ({"kept": True}, []),
        ({"with_text": True, "kept": True}, ["issue_text", "handling_text"]),
    ],
)
def test_texts_are_listed_on_request_and_in_a_file_only(fields, options, shown):
    found = fields(text_fields, **options)

    assert list(found) == shown
    if shown:
        assert found["issue_text"].cell("hole; call 13812345678").value == "hole; call [phone]"


def test_replies_as_days_consent_as_yes_or_no_and_numbers_as_they_are(fields):
    found = fields(reply_fields)

    assert list(found) == ["reply_date", "contact_consent", "issue_id"]
    assert found["reply_date"].cell("2026-03-01").value == "2026-03-01"
    assert found["reply_date"].cell("soon").value == "soon"
    assert [found["contact_consent"].cell(v).value for v in ("yes", "no", "")] == [True, False, None]
    assert found["issue_id"].cell(" R1\x00").value == "R1"
    assert found["issue_id"].dimension == Dimension("issue_id")


def test_what_is_nothing_for_a_list(surveyed):
    """Marks by their column, texts by their words; an issue told in words has a judge of its own."""
    codebook = Codebook.load("")
    text = "village,issue,issue_text,sensitive\nAsh,road,a hole,yes\nElm,water,dry,\nElm,land,far,no\n"
    found = secrets(surveyed(text), codebook)

    assert {d.variable for d in found} == {"issue_text", "sensitive"}
    mark = found[Dimension("sensitive")]
    assert (mark("yes"), mark("no"), mark("")) == (True, False, False)
    assert found[Dimension("issue_text")]("a hole in the road") is False
    assert secrets(surveyed("village,issue\nAsh,road\n"), codebook) == {}
