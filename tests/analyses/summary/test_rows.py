"""What all tables of a summary share: titles, order, bases, notes."""

from __future__ import annotations

import pytest

import visittally

VISITS = """
    village,month,needs,issue,status,w
    Birch,3,tools,water;road,resolved,1
    Ash,3,seed,road,open,2
    Ash,4,seed,none,,1
    Ash,4,,water;pump repair,open,1
    Birch,4,tools,,,1
    """


@pytest.fixture
def summed(write):
    return lambda text=VISITS, **options: visittally.summarize(write("v.csv", text), **options).tables


def issues(tables):
    return [row["issue"] for row in tables["issues"].to_dict()["rows"]]


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ({}, {"areas": "Visits by place", "issues": "Issues raised", "crosstab": "Place x issue"}),
        ({}, {"long": "Issues by place"}),
        ({"by": ["month"]}, {"areas": "Visits by month", "crosstab": "month x Issue", "long": "Issue by month"}),
        ({"across": "needs"}, {"areas": "Visits by place", "issues": "Answers: needs", "crosstab": "Village x needs"}),
    ],
)  # fmt: skip
def test_titles_say_what_rows_and_columns_are(summed, options, titles):
    tables = summed(**options)

    assert {name: tables[name].title for name in titles} == titles


def test_rows_stand_by_name_or_by_how_many_they_are(summed):
    def places(**options):
        return [row["village"] for row in summed(**options)["areas"].to_dict()["rows"]]

    assert places() == ["Ash", "Birch", None]
    text = VISITS + "Birch,4,tools,,,1\n    Birch,4,tools,,,1\n    "
    assert [row["village"] for row in summed(text, sort="count")["areas"].to_dict()["rows"]] == ["Birch", "Ash", None]


def test_issues_stand_by_weight_then_by_name_or_by_name(summed):
    assert issues(summed())[:2] == ["road", "water"]
    assert issues(summed(sort="name")) == sorted(issues(summed()))
    assert issues(summed(weight="w"))[0] == "road"
    heavy = VISITS.replace("water;pump repair,open,1", "water;pump repair,open,9")
    assert issues(summed(heavy, weight="w"))[0] != "road"


def test_options_stand_in_the_order_of_their_form(write):
    form = write("form.csv", "type,name,label\nselect_multiple p,issue,What is wrong?\n")
    choices = write("choices.csv", "list_name,name,label\np,light,Light\np,water,Water\np,road,Road\n")
    file = write("v.csv", "village,issue\nAsh,road water\nElm,road\n")
    found = visittally.summarize(file, form=(form, choices), sort="form").tables

    assert issues(found) == ["light", "water", "road"]  # also what nobody named
    assert [row["mentions"] for row in found["issues"].to_dict()["rows"]][:3] == [0, 1, 2]
    assert issues(visittally.summarize(file, form=(form, choices)).tables) == ["road", "water"]


def test_issues_that_are_numbered_within_a_cell_count_one_by_one(write):
    file = write("v.csv", "村,问题\n东坪,1、道路破损；2、饮水困难\n东坪,道路破损\n西坪,①饮水困难②路灯不亮\n西坪,没有\n")
    rows = visittally.summarize(file).tables["issues"].to_dict()["rows"]

    assert {row["issue"]: row["mentions"] for row in rows if row["issue"]} == {
        "道路破损": 2,
        "饮水困难": 2,
        "路灯不亮": 1,
    }


def test_the_base_is_said_with_those_left_out(summed):
    def base(**options):
        found = summed(**options)["issues"].base
        return found.cases, found.text

    assert base() == (4, "Base: 4 visits with an answer to the question; 1 of 5 left out (not asked or blank).")
    assert base(base="answered") == (4, "Base: 4 visits that named at least one answer; 1 of 5 left out.")
    assert base(base="all") == (5, "Base: all 5 visits.")
    assert base(base="mentions")[1].endswith("mentions.")
    assert base(weight="w")[1].endswith("Percentages of visits and mentions are weighted by w; nothing else is.")
    assert summed("village,issue\nAsh,road\nElm,water\n")["issues"].base.text == "Base: all 2 visits."


def test_what_a_case_is_stands_under_every_table(write):
    file = write("v.csv", "village,household_id,issue\nAsh,1,road\nAsh,1,water\nElm,1,road\n")
    tables = visittally.summarize(file, per="household").tables
    note = "A case is a household: its rows are taken together."

    assert all(note in tables[name].notes for name in ("areas", "issues", "crosstab"))


def test_what_stands_in_the_place_of_the_issue_is_called_an_answer(summed):
    """Percentages of a question with one answer add to 100."""
    head, several = "village,tools\n", "A visit can give several answers: percentages may add to more than 100."
    one = head + "Ash,plough\nAsh,hoe\nAsh,hoe\nAsh,axe\n"
    two = head + "Ash,plough;hoe\nAsh,hoe\nAsh,plough\nAsh,axe;hoe\nAsh,axe\n"
    table = summed(one, across="tools", top=1)["issues"]

    assert not any("more than 100" in note for note in table.notes)
    assert several in summed(two, across="tools")["issues"].notes
    assert "2 further answers" in str(table.to_dict()["rows"])


def test_tables_without_weights_say_so(summed):
    weighted, plain = summed(weight="w")["areas"].notes, summed()["areas"].notes

    assert "This table is not weighted by w." in weighted
    assert not any("weighted" in note for note in plain)
