"""How the columns of the files were understood, for the page."""

from __future__ import annotations

import pytest

from visittally.analyses.campaign import load
from visittally.page.columns import columns_of, fields_to_choose
from visittally.settings import Settings


@pytest.fixture
def shown(write):
    """The columns of a text by their header."""

    def show(text):
        columns = columns_of(load(Settings(files=(write("visits.csv", text),))))
        return {column["name"]: column for column in columns}

    return show


def test_three_different_answers_of_each_column_in_the_order_of_the_records(shown):
    found = shown("village,issue\nElm,road\nAsh,road\nElm,\nOak,water\nFir,light\n")

    assert found["village"]["samples"] == ["Elm", "Ash", "Oak"]
    assert found["issue"]["samples"] == ["road", "water", "light"]
    assert (found["village"]["field"], found["issue"]["field"]) == ("village", "issue")


def test_answers_of_personal_columns_are_not_shown_and_details_in_others_are_masked(shown):
    found = shown("village,phone,remark\nAsh,13812345678,call 13812345678\nElm,13912345678,nobody\n")

    assert (found["phone"]["personal"], found["phone"]["samples"]) == (True, [])
    assert found["remark"]["samples"] == ["call [phone]", "nobody"]


def test_long_answers_are_cut(shown):
    found = shown(f"village,remark\nAsh,{'x' * 61}\nElm,{'y' * 60}\n")

    assert found["remark"]["samples"] == ["x" * 60 + " …", "y" * 60]


def test_a_family_of_columns_is_one_with_its_options(shown):
    found = shown("village,needs/water,needs/road\nAsh,1,0\nElm,0,1\nOak,1,1\n")

    assert (found["needs"]["columns"], found["needs"]["samples"]) == (2, ["water", "road"])
    assert "needs/water" not in found


@pytest.mark.parametrize(
    ("header", "asked"),
    [("roof", "roof"), ("a:b", "=a:b"), ("=x", "==x"), ("enumerator", "visitor")],
)
def test_what_a_column_is_asked_for_by(shown, header, asked):
    """By its field, else its header; with a sign where that could be taken for something else."""
    assert shown(f"{header},n\ntin,1\ntiles,2\ntin,3\n")[header]["asked"] == asked


def test_fields_that_nobody_sets_are_not_offered():
    names = [field["name"] for field in fields_to_choose()]

    assert {"village", "issue", "status", "visit_date"} <= set(names)
    assert not {"record_key", "visit_rows", "category", "issue_text"} & set(names)
    assert all(field["label"] for field in fields_to_choose())
