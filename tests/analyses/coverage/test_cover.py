"""Coverage: visits against a roster."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest

from visittally.analyses.analysis import run as finished
from visittally.analyses.campaign import load
from visittally.analyses.coverage.cover import cover
from visittally.errors import FieldError, InputError, UsageError
from visittally.settings import Settings

VISITS = """\
village,visit date,visit outcome
Ash,2026-04-01,completed
Ash,2026-04-02,completed
Ash,2026-04-04,refused
BIRCH,2026-04-01,completed
Birch,2026-04-01,not at home
Birch,2026-04-03,completed
Cedar,2026-04-02,completed
Elmm,2026-04-05,completed
"""
ROSTER = """\
village,planned
Elm,4
Ash,4
birch,1
Cedar,
Dogwood,3
"""


@pytest.fixture
def covered(tmp_path):
    """Run coverage on a text of visits and, if given, one of a roster."""

    def run(visits=VISITS, roster="", **settings):
        paths = []
        for name, text in (("visits.csv", visits), ("roster.csv", roster)):
            (tmp_path / name).write_text(textwrap.dedent(text), "utf-8")
            paths.append(str(tmp_path / name))
        return finished(load(Settings(files=(paths[0],), roster=paths[1] if roster else "", **settings)), cover)

    return run


def rows(result, table):
    return [row for row in result.tables[table].to_dict()["rows"] if not row.get("total")]


def total(result, table):
    return next(row for row in result.tables[table].to_dict()["rows"] if row.get("total"))


def by_place(result, column, table="places"):
    return {row["village"]: row[column] for row in rows(result, table)}


def said(result, code):
    return " ".join(notice.message for notice in result.notices if notice.code == code)


class TestPlaces:
    def test_rows_stand_in_the_order_of_the_roster_then_come_other_places(self, covered):
        places = by_place(covered(roster=ROSTER), "visited")
        assert list(places) == ["Elm", "Ash", "birch", "Cedar", "Dogwood", "Elmm"]

    def test_letter_case_does_not_part_a_place(self, covered):
        assert by_place(covered(roster=ROSTER), "visited")["birch"] == 3

    def test_only_completed_visits_count_towards_the_target_where_outcomes_are_known(self, covered):
        result = covered(roster=ROSTER)
        assert by_place(result, "coverage_percent")["Ash"] == 50.0
        assert by_place(result, "remaining")["Ash"] == 2

    def test_all_visits_count_when_that_is_asked_for(self, covered):
        assert by_place(covered(roster=ROSTER, count="visited"), "coverage_percent")["Ash"] == 75.0

    def test_all_visits_count_without_outcomes(self, covered):
        result = covered("village\nAsh\nAsh\n", ROSTER)
        assert by_place(result, "remaining")["Ash"] == 2
        assert "completed" not in rows(result, "places")[0]

    def test_outcomes_add_up_to_the_visits(self, covered):
        for row in covered(roster=ROSTER).tables["places"].to_dict()["rows"]:
            parts = ("completed", "refused", "absent", "not_eligible", "other")
            assert sum(row[part] for part in parts) == row["visited"]

    def test_the_total_rate_is_sum_by_sum_over_places_with_a_target(self, covered):
        whole = total(covered(roster=ROSTER), "places")
        assert whole["target"] == 12
        assert whole["coverage_percent"] == pytest.approx(100 * 4 / 12)
        assert whole["visited"] == 8

    def test_a_place_without_a_target_has_no_rate(self, covered):
        result = covered(roster=ROSTER)
        assert by_place(result, "coverage_percent")["Cedar"] is None
        assert by_place(result, "visited")["Cedar"] == 1

    def test_a_target_of_zero_is_no_rate_either(self, covered):
        result = covered(roster="village,planned\nAsh,0\nBirch,2\n")
        assert by_place(result, "coverage_percent")["Ash"] is None
        assert total(result, "places")["coverage_percent"] == 100.0

    def test_a_place_that_nobody_visited_is_at_zero(self, covered):
        assert by_place(covered(roster=ROSTER), "coverage_percent")["Dogwood"] == 0

    def test_more_than_planned_is_allowed_and_said(self, covered):
        result = covered(roster=ROSTER)
        assert by_place(result, "coverage_percent")["birch"] == 200.0
        assert any("birch 2/1" in note for note in result.tables["places"].notes)

    def test_dates_and_pace_are_those_of_the_place(self, covered):
        ash = rows(covered(roster=ROSTER), "places")[1]
        assert (ash["first_date"], ash["last_date"], ash["per_day"]) == ("2026-04-01", "2026-04-04", 0.5)

    def test_the_finish_is_reckoned_from_the_newest_date(self, covered):
        assert by_place(covered(roster=ROSTER), "finish_date")["Ash"] == "2026-04-09"

    def test_the_finish_is_reckoned_from_the_day_that_was_named(self, covered):
        result = covered(roster=ROSTER, as_of=date(2026, 5, 1))
        assert by_place(result, "finish_date")["Ash"] == "2026-05-05"

    def test_what_is_reached_is_finished_on_its_last_day(self, covered):
        assert by_place(covered(roster=ROSTER), "finish_date")["birch"] == "2026-04-03"

    def test_without_a_roster_there_is_no_target(self, covered):
        result = covered()
        assert "target" not in rows(result, "places")[0]
        assert "missing" not in result.tables
        assert total(result, "places")["visited"] == 8

    def test_without_places_the_only_row_is_no_total(self, covered):
        result = covered("visit date,colour\n2026-04-01,red\n2026-04-02,blue\n")
        assert [row["visited"] for row in rows(result, "places")] == [2]

    def test_an_approximate_target_stays_approximate(self, covered):
        result = covered(roster="village,planned\nAsh,300余\nBirch,8.2万\nCedar,27\n")
        assert by_place(result, "target") == {"Ash": 300, "Birch": 82000, "Cedar": 27, "Elmm": None}
        assert by_place(result, "target_approximate")["Ash"] is True
        assert by_place(result, "target_approximate")["Birch"] is True
        assert by_place(result, "target_approximate")["Cedar"] is False
        assert total(result, "places")["target_approximate"] is True

    def test_a_damaged_number_is_unknown_and_said(self, covered):
        result = covered(roster="village,planned\nAsh,?00\nBirch,2\n")
        assert by_place(result, "target")["Ash"] is None
        assert "line 2: ?00" in said(result, "roster_numbers")

    def test_a_file_without_records_gives_a_total_of_nothing(self, covered):
        result = covered("village,visit date,visit outcome\n", ROSTER)
        assert total(result, "places")["coverage_percent"] == 0
        assert by_place(result, "visited")["Ash"] == 0


class TestKinds:
    VISITS = """\
        village,target type,visit date
        Ash,household,2026-04-01
        Ash,household,2026-04-01
        Ash,school,2026-04-01
        """

    def test_rows_by_kind_have_targets_of_their_own(self, covered):
        roster = "target type,planned\nhousehold,4\nschool,2\nenterprise,2\n"
        result = covered(self.VISITS, roster, by=("target_type",))
        found = {row["target_type"]: (row["visited"], row["remaining"]) for row in rows(result, "places")}
        assert found == {"household": (2, 2), "school": (1, 1), "enterprise": (0, 2)}

    def test_the_total_over_several_kinds_says_what_it_is_a_share_of(self, covered):
        roster = "target type,planned\nhousehold,4\nschool,4\n"
        notes = " ".join(covered(self.VISITS, roster, by=("target_type",)).tables["places"].notes)
        assert "all kinds 3/8 = 37.50 %" in notes
        assert "household 2/4 = 50.00 %" in notes

    def test_rows_are_made_by_kind_where_the_roster_has_nothing_else(self, covered):
        result = covered(self.VISITS, "target type,planned\nhousehold,4\nschool,2\n")
        assert result.tables["places"].columns[0].name == "target_type"

    def test_several_numbers_of_a_place_stand_beside_each_other(self, covered):
        roster = "village,houses,schools\nAsh,4,2\n"
        columns = {"target.household": "houses", "target.school": "schools"}
        ash = rows(covered(self.VISITS, roster, roster_columns=columns), "places")[0]
        assert (ash["target"], ash["target_household"], ash["target_school"]) == (6, 4, 2)
        assert (ash["remaining"], ash["remaining_household"], ash["remaining_school"]) == (3, 2, 1)

    def test_kinds_may_stand_in_lines_of_the_roster(self, covered):
        roster = "village,target type,planned\nAsh,household,4\nAsh,school,2\n"
        ash = rows(covered(self.VISITS, roster), "places")[0]
        assert (ash["target_household"], ash["remaining_household"], ash["remaining_school"]) == (4, 2, 1)

    def test_a_rate_of_all_visits_for_a_kind_with_fewer_places_is_never_printed(self, covered):
        roster = "village,houses,schools\nAsh,4,2\n"
        columns = {"target.household": "houses", "target.school": "schools"}
        result = covered("village\n" + "Ash\n" * 4, roster, roster_columns=columns)
        notes = " ".join(result.tables["places"].notes)
        assert "household 4/4 = 100.00 %" in notes
        assert "school" not in notes
        assert rows(result, "places")[0]["remaining_school"] is None

    @pytest.mark.parametrize("kind", ["", "household"])
    def test_what_remains_of_a_kind_in_all_is_what_remains_in_its_places(self, covered, kind):
        """Visits to the place of enterprises are no visits to households, also where they do not say so."""
        roster = "village,target type,planned\nAsh,household,100\nElm,household,80\nOak,enterprise,30\n"
        head, own = ("village,target type\n", f",{kind}") if kind else ("village\n", "")
        other = ",enterprise" if kind else ""
        visits = head + f"Ash{own}\n" * 19 + f"Elm{own}\n" * 17 + f"Oak{other}\n" * 11
        *places, total = covered(visits, roster).tables["places"].to_dict()["rows"]

        assert total["remaining_household"] == 144 == sum(row["remaining_household"] or 0 for row in places)
        assert total["remaining_enterprise"] == 19
        assert total["remaining"] == 163

    def test_visits_of_unknown_kind_are_compared_with_each_kind_and_that_is_said(self, covered):
        roster = "village,houses,schools\nAsh,4,2\n"
        columns = {"target.household": "houses", "target.school": "schools"}
        result = covered("village\nAsh\nAsh\n", roster, roster_columns=columns)
        assert rows(result, "places")[0]["remaining_household"] == 2
        assert any("do not say which kind" in note for note in result.tables["places"].notes)


class TestRows:
    VISITS = "township,village\nNorth,Ash\nNorth,Birch\nSouth,Ash\nSouth,Ash\nSouth,\n"
    ROSTER = "township,village,planned\nSouth,Ash,4\nNorth,Birch,1\nNorth,Ash,2\n"

    def test_two_fields_keep_namesakes_apart(self, covered):
        result = covered(self.VISITS, self.ROSTER, by=("township", "village"))
        found = [(row["township"], row["village"], row["remaining"]) for row in rows(result, "places")]
        assert found == [("South", "Ash", 2), ("North", "Birch", 0), ("North", "Ash", 1), ("South", "", None)]

    def test_a_finer_roster_serves_larger_places(self, covered):
        found = covered(self.VISITS, self.ROSTER, by=("township",))
        assert [(row["township"], row["target"], row["visited"]) for row in rows(found, "places")] == [
            ("South", 4, 3),
            ("North", 3, 2),
        ]

    def test_rows_can_be_sorted(self, covered):
        by_name = covered(self.VISITS, self.ROSTER, by=("township",), sort="name")
        by_count = covered(self.VISITS, self.ROSTER, by=("township",), sort="count")
        assert [row["township"] for row in rows(by_name, "places")] == ["North", "South"]
        assert [row["township"] for row in rows(by_count, "places")] == ["South", "North"]

    def test_the_largest_place_that_both_know_makes_the_rows(self, covered):
        result = covered(self.VISITS, "township,planned\nNorth,2\nSouth,4\n")
        assert [row["remaining"] for row in rows(result, "places")] == [0, 1]
        assert said(result, "no_village")

    def test_every_field_of_the_rows_must_be_in_the_roster(self, covered):
        with pytest.raises(FieldError, match="no column for village"):
            covered(self.VISITS, "township,planned\nNorth,2\nSouth,4\n", by=("township", "village"))


class TestMatching:
    def test_names_that_do_not_match_are_listed_both_ways(self, covered):
        found = {(row["side"], row["place"]): row["suggestion"] for row in rows(covered(roster=ROSTER), "unmatched")}
        assert found == {("visits", "Elmm"): "Elm", ("roster", "Elm"): "Elmm", ("roster", "Dogwood"): None}

    def test_a_place_off_the_roster_is_said(self, covered):
        assert "Elmm (1; nearest: Elm)" in said(covered(roster=ROSTER), "off_roster")

    def test_a_name_that_looks_alike_is_not_joined(self, covered):
        assert by_place(covered(roster=ROSTER), "visited")["Elm"] == 0

    def test_an_alias_settles_it(self, covered):
        result = covered(roster=ROSTER, aliases={"village": {"Elmm": "Elm"}})
        assert by_place(result, "visited")["Elm"] == 1
        assert "Elmm" not in by_place(result, "visited")

    def test_traditional_and_simplified_names_are_the_same(self, covered):
        result = covered("村\n民愛村\n民愛村\n", "村,计划数\n民爱村,4\n")
        assert by_place(result, "visited") == {"民爱村": 2}

    def test_what_is_missing_are_places_without_visits(self, covered):
        assert list(by_place(covered(roster=ROSTER), "target", "missing")) == ["Elm", "Dogwood"]

    def test_a_roster_without_the_place_is_an_error_that_names_its_columns(self, covered):
        with pytest.raises(FieldError, match="region, planned"):
            covered(roster="region,planned\nNorth,3\n")

    def test_the_same_header_will_do(self, covered):
        visits = "area code,colour\nN1,red\nN2,blue\n"
        result = covered(visits, "area code,planned\nN1,2\nN2,1\n", by=("area code",))
        assert [row["remaining"] for row in rows(result, "places")] == [1, 0]

    def test_a_finer_roster_is_added_up(self, covered):
        roster = "village,hamlet,planned\nAsh,1,2\nAsh,2,3\nBirch,1,1\n"
        assert by_place(covered(roster=roster), "target")["Ash"] == 5

    def test_namesakes_in_two_townships_are_said(self, covered):
        roster = "township,village,planned\nNorth,Ash,2\nSouth,Ash,3\n"
        assert "Ash" in said(covered(roster=roster), "roster_namesakes")

    def test_two_numbers_for_a_place_are_an_error_that_names_both_lines(self, covered):
        with pytest.raises(InputError, match=r"(?i)ash stands in lines 2 \(3\) and 4 \(5\)"):
            covered(roster="village,planned\nAsh,3\nBirch,1\nash,5\n")


class TestHouseholds:
    VISITS = """\
        village,household id,visit date,visit outcome
        Ash,1,2026-04-01,not at home
        Ash,1,2026-04-03,completed
        Ash,2,2026-04-01,refused
        Ash,,2026-04-02,completed
        Birch,1,2026-04-02,completed
        birch,1,2026-05-02,not at home
        Birch,9,2026-05-01,completed
        """
    ROSTER = "village,household id\nAsh,1\nAsh,2\nAsh,3\nBirch,1\nBirch,1\nCedar,7\n"

    def test_a_household_counts_once_with_its_best_outcome(self, covered):
        ash = rows(covered(self.VISITS), "places")[0]
        assert (ash["visited"], ash["completed"], ash["refused"], ash["absent"]) == (3, 2, 1, 0)

    def test_a_household_number_is_one_within_its_village_however_it_is_spelled(self, covered):
        assert by_place(covered(self.VISITS), "visited")["Birch"] == 2
        assert total(covered(self.VISITS), "places")["visited"] == 5

    def test_records_count_when_that_is_asked_for(self, covered):
        assert by_place(covered(self.VISITS, per="case"), "visited") == {"Ash": 4, "Birch": 3}

    def test_visits_count_when_that_is_asked_for(self, covered):
        again = textwrap.dedent(self.VISITS) + "Ash,1,2026-04-03,not at home\n"
        ash = rows(covered(again, per="visit"), "places")[0]
        assert (ash["visited"], ash["completed"], ash["absent"]) == (4, 2, 1)

    def test_keys_that_repeat_over_villages_need_the_village_of_the_visits(self, covered):
        visits = "township,household id\nNorth,1\nNorth,2\n"
        with pytest.raises(FieldError, match="village=HEADER"):
            covered(visits, "township,village,household id\nNorth,Ash,1\nNorth,Birch,1\n")

    def test_a_roster_without_lines_plans_nothing(self, covered):
        result = covered(self.VISITS, "village,planned\n")
        assert total(result, "places")["target"] is None
        assert total(result, "places")["coverage_percent"] is None

    def test_only_households_of_the_roster_are_in_the_rate(self, covered):
        result = covered(self.VISITS, self.ROSTER)
        assert by_place(result, "target") == {"Ash": 3, "Birch": 1, "Cedar": 1}
        assert by_place(result, "coverage_percent")["Ash"] == pytest.approx(100 / 3)
        assert by_place(result, "coverage_percent")["Birch"] == 100.0
        assert "1" in said(result, "households_off_roster")

    def test_household_ids_are_not_shown_on_a_screen(self, covered):
        result = covered(self.VISITS, self.ROSTER)
        assert [column.name for column in result.tables["missing"].columns] == ["village", "target"]

    def test_household_ids_go_into_a_file(self, covered):
        result = covered(self.VISITS, self.ROSTER, kept=True)
        found = [(row["village"], row["household_id"]) for row in rows(result, "missing")]
        assert found == [("Ash", "3"), ("Cedar", "7")]

    def test_household_ids_are_never_public(self, covered):
        result = covered(self.VISITS, self.ROSTER, kept=True, public=True)
        assert "household_id" not in [column.name for column in result.tables["missing"].columns]

    def test_progress_counts_a_household_on_its_first_visit_and_when_it_was_completed(self, covered):
        told = rows(covered(self.VISITS), "progress")
        found = {r["period"]: (r["visited"], r["completed"]) for r in told if r["visited"] or r["completed"]}
        assert len(told) == 32
        assert found == {"2026-04-01": (2, 0), "2026-04-02": (2, 2), "2026-04-03": (0, 1), "2026-05-01": (1, 1)}

    def test_revisits_are_due_by_the_last_visit(self, covered):
        result = covered(self.VISITS, revisit_after={"": 20}, as_of=date(2026, 5, 3))
        ash = rows(result, "revisits")
        assert [(row["village"], row["due"], row["days"]) for row in ash] == [("Ash", 3, 32)]

    def test_the_order_of_records_does_not_matter(self, covered):
        head, *lines = textwrap.dedent(self.VISITS).splitlines()
        turned = "\n".join([head, *reversed(lines)]) + "\n"
        tables = [covered(text, self.ROSTER).tables for text in (self.VISITS, turned)]
        assert [t.to_dict() for t in tables[0].values()] == [t.to_dict() for t in tables[1].values()]


class TestProgress:
    def test_periods_can_be_asked_for(self, covered):
        result = covered(by=("visit_date:week",))
        found = [(row["period"], row["visited"], row["cumulative"]) for row in rows(result, "progress")]
        assert found == [("2026-W14", 8, 6)]
        assert result.tables["places"].columns[0].name == "village"

    def test_a_long_campaign_is_told_by_month(self, covered):
        visits = "village,visit date\nAsh,2024-01-05\nAsh,2024-01-25\nAsh,2026-03-01\n"
        found = [row["period"] for row in rows(covered(visits), "progress")]
        assert (found[:2], found[-1], len(found)) == (["2024-01", "2024-02"], "2026-03", 27)

    def test_a_date_that_lies_far_away_makes_no_table_of_a_century(self, covered):
        visits = "village,visit date\nAsh,1900-01-05\nAsh,2026-02-25\nAsh,2026-03-01\n"
        found = [row["period"] for row in rows(covered(visits), "progress")]
        assert found == ["1900-01", "2026-02", "2026-03"]

    def test_visits_without_a_date_are_said(self, covered):
        visits = "village,visit date\nAsh,2026-04-01\nAsh,\nAsh,soon\n"
        result = covered(visits)
        assert result.tables["progress"].base.cases == 1
        assert "soon" in said(result, "dates")


class TestWhatCannotBeDone:
    def test_revisits_need_days(self, covered):
        with pytest.raises(UsageError, match="--revisit-after"):
            covered(table=("revisits",))

    def test_completed_visits_need_outcomes(self, covered):
        with pytest.raises(UsageError, match="visit_outcome"):
            covered("village\nAsh\n", count="completed")

    def test_what_is_missing_needs_a_roster(self, covered):
        with pytest.raises(UsageError, match="--roster"):
            covered(table=("missing",))

    def test_a_column_that_the_roster_does_not_have_is_named(self, covered):
        with pytest.raises(FieldError, match="nosuch"):
            covered(roster=ROSTER, roster_columns={"target": "nosuch"})

    def test_a_roster_without_numbers_is_an_error_that_names_its_columns(self, covered):
        with pytest.raises(FieldError, match="village, colour"):
            covered(roster="village,colour\nAsh,red\nBirch,blue\n")


def test_people_see_rates_missing_and_revisits_only_on_request(covered):
    result = covered(roster=ROSTER, revisit_after={"": 1})
    assert {"rates", "missing", "revisits"} <= result.tables.keys()
    assert result.people == ("places", "levels", "ratios", "progress", "unmatched")


def test_unknown_outcome_words_are_said_and_count_as_other(covered):
    result = covered("village,visit outcome\nAsh,completed\nAsh,refused\nAsh,flown away\n")
    assert by_place(result, "other")["Ash"] == 1
    assert "flown away (1)" in said(result, "unknown_outcomes")


def test_own_outcomes_are_followed(covered):
    visits = "village,visit outcome\nAsh,green\nAsh,red\n"
    outcomes = {"green": "I", "red": "R"}
    result = covered(visits, outcomes=outcomes, columns={"visit_outcome": "visit outcome"})
    assert by_place(result, "completed")["Ash"] == 1


def test_where_small_counts_are_hidden_words_do_not_tell_them(covered):
    result = covered(roster=ROSTER, min_cell=5)
    assert "Elmm (nearest: Elm)" in said(result, "off_roster")
    assert not any("2/1" in note for note in result.tables["places"].notes)


class TestWords:
    """The sentences under a table name what was counted."""

    HOUSEHOLDS = "village,household_id,visit date\nAsh,h1,2026-04-01\nAsh,h1,2026-04-02\nAsh,h2,2026-04-02\n"

    def test_households_are_not_called_visits(self, covered):
        table = covered(self.HOUSEHOLDS).tables["places"]

        assert table.base.text == "Base: 2 visited households."
        assert table.notes[0] == "A household counts once, however often it was visited."
        assert table.notes[1].startswith("Per day: visited households by")

    def test_a_surplus_over_an_approximate_target_stays_approximate(self, covered):
        notes = covered(roster="village,planned\nAsh,约1\nBirch,2\n").tables["places"].notes

        assert any("Ash 2/≈1." in note for note in notes)


@pytest.mark.parametrize(
    ("header", "offered"),
    [
        ("consent", True),
        ("a1_consent_given", True),
        ("是否同意访问", True),
        ("consent_photo", False),
        ("consent_to_contact", False),
    ],
)
def test_a_question_of_consent_is_offered_as_the_outcome(folder, command, header, offered):
    text = f"village,{header},issue\nElm,yes,road\nOak,no,\nElm,yes,water\nOak,yes,road\n"
    (folder / "v.csv").write_text(text, encoding="utf-8")
    ended = command("coverage", "v.csv", "-f", "json")
    assert ("consent_offered" in ended.out) is offered
    taken = command("coverage", "v.csv", "-f", "json", "--column", f"visit_outcome={header}")
    assert "consent_offered" not in taken.out
    assert [(row["village"], row["completed"]) for row in taken.tables()["places"]][:2] == [("Elm", 2), ("Oak", 1)]


def test_a_list_of_households_is_a_number_to_visits_that_name_no_household(covered):
    roster = "village,household id\nAsh,a1\nAsh,a2\nAsh,a2\nBirch,b1\nDogwood,d1\n"
    visits = "village,visit date\nAsh,2026-04-01\nBirch,2026-04-01\nBirch,2026-04-02\n"
    result = covered(visits, roster)

    assert by_place(result, "target") == {"Ash": 2, "Birch": 1, "Dogwood": 1}
    assert by_place(result, "visited") == {"Ash": 1, "Birch": 2, "Dogwood": 0}
    assert "households_in_numbers" in {notice.code for notice in result.notices}
