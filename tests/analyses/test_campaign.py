"""A run's files, understood: axes, conditions, the weight, what is said of guesses."""

from __future__ import annotations

import pytest

from visittally.analyses.campaign import guess_notices, load, unique_notices
from visittally.counting.plan import Dimension, Group, Plan
from visittally.errors import FieldError, Notice, UsageError
from visittally.settings import Settings

VISITS = """
    village,visit_date,issue,needs,w,note
    Ash,2026-03-01,road,a b,1,x
    Ash,2026-03-02,water,a,-1,y
    Birch,2026-04-01,road,b,,z
    Cedar,2026-04-05,school,a b,2,x
    """


@pytest.fixture
def campaign(write):
    def made(text=VISITS, **options):
        return load(Settings(files=(write("visits.csv", text),), **options))

    return made


@pytest.mark.parametrize(
    ("typed", "field", "suffix"),
    [
        ("village", "village", ""),
        ("visit_date:month", "visit_date", "month"),
        ("w:0,2", "", "0,2"),
        ("file", "file", ""),
    ],
)
def test_an_axis_knows_its_field_and_its_suffix(campaign, typed, field, suffix):
    axis = campaign().axis(typed)

    assert (axis.name, axis.field, axis.suffix) == (typed, field, suffix)


def test_fields_that_no_column_holds_have_no_axis(campaign):
    assert campaign().axis_of_field("status") is None
    with pytest.raises(FieldError, match="nosuch"):
        campaign().axis("nosuch")


@pytest.mark.parametrize(
    ("condition", "counted"),
    [
        ("village=ash", 2),
        ("village!=Ash", 2),
        ("visit_date>=2026-04-01", 2),
        ("visit_date:month=2026-03", 2),
        ("w>1", 1),
    ],
)
def test_conditions_choose_records(campaign, condition, counted):
    """And each record that does not meet them is set aside."""
    receipt = campaign(where=(condition,)).count(Plan()).receipt

    assert (receipt.records_read, receipt.records_counted) == (4, counted)


def test_a_condition_without_a_sign_is_refused(campaign):
    with pytest.raises(UsageError, match="expected FIELD=VALUE"):
        campaign(where=("village",)).matchers()


def test_weights_set_aside_what_has_none(campaign):
    """Blank and negative ones; all that is planned is counted under the same conditions."""
    loaded = campaign(weight="w", where=("village!=Cedar",))
    group = Group((Dimension("village"), *loaded.weight_dimensions()))

    counts = loaded.count(Plan((group,)))

    assert loaded.weight_name() == "w"
    assert counts.tally.frame(group).values == (["Ash"], ["1"])
    assert counts.receipt.records_set_aside == 3


@pytest.mark.parametrize(("weight", "reason"), [("nosuch", "nosuch"), ("file", "no column of weights")])
def test_what_is_no_weight_is_refused(campaign, weight, reason):
    with pytest.raises(FieldError, match=reason):
        campaign(weight=weight).weight_dimensions()


def test_a_weight_without_numbers_is_refused_before_anything_is_counted(campaign):
    with pytest.raises(FieldError, match="holds no numbers"):
        campaign(weight="note").count(Plan())


def test_records_come_one_by_one_with_their_lines(campaign):
    """In the order of the file, those alone that were counted."""
    loaded = campaign(where=("issue=road",))
    counts = loaded.count(Plan())
    dimension = Dimension("village")

    [(file, lines, [villages])] = loaded.records([dimension], counts)

    assert (file, lines.tolist()) == ("visits.csv", [2, 4])
    assert [villages.values[code] for code in villages.codes] == ["Ash", "Birch"]


def test_questions_of_ticks_are_known_by_any_of_their_names(campaign):
    text = "village,grp/needs\nAsh,2\nBirch,3\nElm,1\n"
    ticked = campaign(text, ticked={"needs": frozenset("2")}).settings.ticked

    assert ticked["grp/needs"] == ticked["needs"] == frozenset("2")


def test_a_guess_is_said_where_it_was_used(campaign):
    """With the runners-up, and how to take another one."""
    text = "Name of the village you visited,issue\nAsh,road\nBirch,water\nElm,school\n"
    survey = campaign(text).survey

    [notice] = guess_notices(survey, ["village"])
    assert notice.code == "guessed_column"
    assert "--column village=HEADER" in notice.message
    assert guess_notices(survey, ["status"]) == []


def test_several_guesses_are_one_line(campaign):
    """Each with its field, as --column takes it."""
    text = "Name of the village you visited,Which problem was raised\nAsh,road\nBirch,water\nElm,school\n"

    [notice] = guess_notices(campaign(text).survey, ["village", "issue"])
    assert "(village)" in notice.message
    assert "(issue)" in notice.message


def test_notices_are_said_once_in_their_order():
    a, b = Notice("a", "A"), Notice("b", "B")

    assert unique_notices([b, a, b]) == (b, a)
