"""Which two parts are compared: two rounds, or one survey that is split."""

from __future__ import annotations

from datetime import date

import pytest

from visittally.analyses.compare.sides import Sides, Split
from visittally.counting.plan import Group, Plan
from visittally.errors import FieldError, UsageError
from visittally.survey.projection import Projection
from visittally.words.joined import NO_COLUMN

VISITS = """
    village,visit_date,stage,issue
    Ash,2026-03-01,base,road
    Ash,2026-03-31,base,water
    Elm,2026-04-01,End,road
    Elm,,,road
    Oak,soon,end,water
    """


def cut(surveyed, split, text=VISITS):
    return Split.of(surveyed(text, split=split))


# ---------------------------------------------------------------- a split
@pytest.mark.parametrize("text", ["stage", "stage=", "stage>1", "=1", "stage!=end", ""])
def test_a_split_is_a_field_and_a_value(surveyed, text):
    with pytest.raises(UsageError, match="expected FIELD=VALUE"):
        Split.of(surveyed(VISITS).__class__() if False else surveyed(VISITS, split=text))


def test_the_field_must_be_there_and_whole(surveyed):
    with pytest.raises(FieldError, match="nosuch"):
        cut(surveyed, "nosuch=1")
    with pytest.raises(UsageError, match="without a suffix"):
        cut(surveyed, "visit_date:month=2026-03")


def test_a_field_of_days_is_cut_by_a_day_and_others_by_a_value(surveyed):
    day, value = cut(surveyed, "visit_date=2026-04-01"), cut(surveyed, "stage=2026-04-01")

    assert (day.day, day.dimension.projection) == (date(2026, 4, 1), Projection.DAY)
    assert (value.day, value.value, value.dimension.projection) == (None, "2026-04-01", Projection.RAW)
    assert cut(surveyed, "visit_date=soon").day is None


@pytest.mark.parametrize(("days", "dated"), [(2, True), (1, False)])
def test_a_field_holds_days_where_more_than_half_of_its_cells_do(surveyed, days, dated):
    cells = ["2026-03-01", "2026-03-02"][:days] + ["soon", "later"][: 3 - days] + [""]
    text = "stage,issue\n" + "".join(f"{cell},road\n" for cell in cells)

    assert (cut(surveyed, "stage=2026-03-02", text).day is not None) is dated


def test_the_day_itself_is_in_the_later_part_and_what_is_no_day_in_neither(surveyed):
    split = cut(surveyed, "visit_date=2026-04-01")
    values = {"2026-03-01": 1, "2026-03-31": 2, "2026-04-01": 4, "2026-04-02": 8, "": 16, "soon": 32}

    assert split.parts(values, split.matcher()) == (
        frozenset({"2026-03-01", "2026-03-31"}),
        frozenset({"2026-04-01", "2026-04-02"}),
        48,
    )


def test_the_later_part_has_the_value_blanks_are_in_neither(surveyed):
    """Compared as answers are: capitals do not matter."""
    split = cut(surveyed, "stage=end")
    values = {"base": 1, "End": 2, "end": 4, "": 8, NO_COLUMN: 16, "null": 32}

    assert split.parts(values, split.matcher()) == (frozenset({"base"}), frozenset({"End", "end"}), 56)


# ---------------------------------------------------------------- two sides
def parted(sides):
    cases = (sides.after.axis("village").dimension,)
    slice_ = () if sides.slice is None else (sides.slice,)
    counts = sides.after.count(Plan((Group((*slice_, *cases)),)))
    return sides.parts((counts, counts), cases)


def test_a_survey_is_cut_in_two(surveyed):
    sides = Sides.of(surveyed(VISITS, split="stage=end"))
    before, after, notices = parted(sides)

    assert sides.before is sides.after
    assert (before.accepted, after.accepted) == (frozenset({"base"}), frozenset({"End", "end"}))
    assert [notice.code for notice in notices] == ["split_lost"]
    assert "1 cases are on neither side" in notices[0].message


@pytest.mark.parametrize("split", ["stage=middle", "visit_date=2026-03-01", "visit_date=2027-01-01"])
def test_a_side_without_a_record_is_refused(surveyed, split):
    with pytest.raises(FieldError, match="leaves one side without a record; values of"):
        parted(Sides.of(surveyed(VISITS, split=split)))


def test_values_are_offered_without_blanks(surveyed):
    with pytest.raises(FieldError, match=r"for example, End, base, end\."):
        parted(Sides.of(surveyed(VISITS, split="stage=middle")))


@pytest.fixture
def rounds(surveyed, write):
    """Two rounds, the earlier one with headers of its own."""
    earlier = write("earlier.csv", "place,old issue,village\nx,road,Ash\ny,water,Elm\n")
    return lambda **options: Sides.of(surveyed(VISITS, before=(earlier,), **options))


def test_two_rounds_are_two_surveys(rounds):
    sides = rounds()
    before, after, notices = parted(sides)

    assert (sides.slice, notices, before.slice) == (None, [], None)
    assert before.campaign is sides.before is not sides.after
    assert after.campaign is sides.after
    assert list(sides.before.survey.variables) == ["place", "old issue", "village"]


def test_a_field_may_go_by_another_header_before(rounds):
    sides = rounds(match={"old issue": "Issue", "place": "stage"})
    issue, stage = sides.axis("issue"), sides.axis("stage")

    assert [axis.variable.name for axis in issue] == ["old issue", "issue"]
    assert [(axis.name, axis.variable.name) for axis in stage] == [("stage", "place"), ("stage", "stage")]
    assert [axis.variable.name for axis in sides.axis("village")] == ["village", "village"]
    with pytest.raises(FieldError):
        rounds().axis("stage")


def test_one_survey_has_its_fields_on_both_sides(surveyed):
    sides = Sides.of(surveyed(VISITS, split="stage=end"))

    assert sides.axis("issue")[0] == sides.axis("issue")[1] == sides.after.axis("issue")


def test_a_canonical_field_must_be_on_both_sides(rounds):
    sides = rounds()

    assert [axis.variable.name for axis in sides.axis_of_field("village")] == ["village", "village"]
    assert sides.axis_of_field("visit_date") is None
    assert sides.axis_of_field("visitor") is None


def test_headers_that_were_renamed_hold_for_the_earlier_round(rounds):
    """--column issue=stage and --match place=stage: the earlier round's issue is its column "place"."""
    sides = rounds(columns={"issue": "stage"}, match={"place": "Stage"})

    assert sides.before.survey.fields["issue"] == "place"
    assert sides.after.survey.fields["issue"] == "stage"


def test_rows_that_stand_for_several_visits_are_refused(surveyed):
    text = "村,走访户数,反映问题类别\n" + "东村,5,道路\n西村,3,饮水\n" * 6

    with pytest.raises(UsageError, match="cannot be compared"):
        Sides.of(surveyed(text, split="反映问题类别=道路"))
    assert Sides.of(surveyed(text, split="反映问题类别=道路", per="case")).units[0].key == ()
