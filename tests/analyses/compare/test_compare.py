"""Two rounds, two parts, the same households twice: what is compared with what, and what never is."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import visittally

BESIDE = (folder / "shared" / "data" for folder in Path(__file__).parents)
SHARED = next((folder for folder in BESIDE if folder.is_dir()), Path("none"))
with_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public sample files are not beside the project")

COLUMNS = ["household_id", "village", "visit_date", "needs", "income", "age", "status"]


def written(path, rows, columns=COLUMNS):
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return str(path)


def records(seed, n, villages=("Ash", "Oak")):
    """Some records: needs of several answers, an income now and then."""
    dice = random.Random(seed)
    needs = ["water", "road", "school", "none"]
    for i in range(n):
        ticked = ";".join(dice.sample(needs, dice.randint(0, 2)))
        status = dice.choice(["resolved", "open", ""])
        day = f"2026-0{dice.randint(3, 6)}-1{dice.randint(0, 9)}"
        yield [
            f"H{i}",
            dice.choice(villages),
            day,
            ticked,
            dice.choice(["", "100", "250", "90"]),
            dice.randint(1, 90),
            status,
        ]


def rows(result, table):
    return [dict(row) for row in result.tables[table].to_dict()["rows"]] if table in result.tables else []


def shares(result):
    return {(row["question"], row["answer"]): row for row in rows(result, "shares")}


SURVEYS = st.tuples(st.integers(0, 9999), st.integers(1, 60))


# ---------------------------------------------------------------- laws
@given(SURVEYS)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_survey_has_not_changed_from_itself(folder, one):
    """compare(x, x): every difference is 0 and nothing changed in the form."""
    path = written(folder / "x.csv", records(*one))
    found = visittally.compare(path, before=path, question=["*"])

    assert {row["points"] for row in rows(found, "shares")} <= {0, None}
    assert {row["difference"] for row in rows(found, "means")} <= {0, None}
    assert rows(found, "form") == []
    assert {row["in"] for row in rows(found, "places")} <= {"both"}


@given(SURVEYS, SURVEYS)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_exchanged_rounds_change_the_sign(folder, one, other):
    """compare(a, b) is minus compare(b, a), low and high exchanged."""
    a, b = written(folder / "a.csv", records(*one)), written(folder / "b.csv", records(*other))
    there, back = (visittally.compare(x, before=y, question=["needs", "income"]) for x, y in ((b, a), (a, b)))

    for key, row in shares(there).items():
        twin = shares(back)[key]
        assert [row["before_mentions"], row["after_mentions"]] == [twin["after_mentions"], twin["before_mentions"]]
        if row["points"] is not None:
            assert (row["points"], row["points_low"]) == (-twin["points"], twin["points_high"] and -twin["points_high"])
    means = [row["difference"] for found in (there, back) for row in rows(found, "means")]
    assert not means or means[0] == (None if means[1] is None else -means[1])


@given(SURVEYS, st.randoms())
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_and_files_in_any_order(folder, one, dice):
    """Records may come in any order and in several files."""
    listed = list(records(*one))
    before = written(folder / "before.csv", records(1, 30))
    whole = visittally.compare(written(folder / "all.csv", listed), before=before, question=["*"])
    dice.shuffle(listed)
    half = len(listed) // 2
    parts = [
        written(folder / f"{name}.csv", part) for name, part in (("p", listed[:half]), ("q", listed[half:])) if part
    ]
    cut = visittally.compare(parts, before=before, question=["*"])

    for name in ("shares", "means", "indicators", "places"):
        assert rows(whole, name) == rows(cut, name)


@given(SURVEYS, SURVEYS)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_side_is_counted_as_summarize_counts(folder, one, other):
    """Mentions and bases are those of `questions` and `summarize` on the same files."""
    a, b = written(folder / "a.csv", records(*one)), written(folder / "b.csv", records(*other))
    found = shares(visittally.compare(b, before=a, question=["needs"]))
    issue = shares(visittally.compare(b, before=a, columns={"issue": "needs"}))
    for side, path in (("before", a), ("after", b)):
        alone = {row["answer"]: row for row in rows(visittally.questions(path, question=["needs"]), "needs")}
        for (_q, answer), row in found.items():
            own = alone.get(answer, {"mentions": 0})
            assert row[f"{side}_mentions"] == own["mentions"]
            assert row[f"{side}_base"] == own.get("base", row[f"{side}_base"])
        summed = {
            row["issue"]: row["mentions"]
            for row in rows(visittally.summarize(path, columns={"issue": "needs"}), "issues")
        }
        assert {answer: row[f"{side}_mentions"] for (_q, answer), row in issue.items() if row[f"{side}_mentions"]} == {
            answer: n for answer, n in summed.items() if n and answer is not None
        }


# ---------------------------------------------------------------- what is compared with what
def test_a_split_cuts_one_survey_in_two(folder):
    """A date: before it, and from it on; both sides add up to the whole; --where on each side gives the same."""
    path = written(folder / "x.csv", records(5, 80))
    found = visittally.compare(path, split="visit_date=2026-05-01", question=["needs"])
    earlier, later = (
        visittally.questions(path, question=["needs"], where=[f"visit_date{sign}2026-05-01"]) for sign in ("<", ">=")
    )

    for (_q, answer), row in shares(found).items():
        for side, alone in (("before", earlier), ("after", later)):
            own = {r["answer"]: r for r in rows(alone, "needs")}
            assert (row[f"{side}_mentions"], row[f"{side}_base"]) == (own[answer]["mentions"], own[answer]["base"])
    assert found.receipt.records_read == 80
    assert "form" not in found.tables


def test_a_split_by_a_value(write):
    """Records with the value are the later side; blank ones are on neither, and that is said."""
    write("x.csv", "phase,village,needs\n" + "base,Ash,water\n" * 12 + "end,Ash,road\n" * 11 + ",Ash,road\n" * 2)
    found = visittally.compare("x.csv", split="phase=end", question=["needs"])

    assert shares(found)["needs", "water"]["points"] == -100
    assert shares(found)["needs", "road"]["after_base"] == 11
    assert [n.code for n in found.notices if n.code == "split_lost"] == ["split_lost"]


def test_an_option_of_one_form_only_has_no_difference(write):
    """The other round's form had no such column: null, not 0; an option that nobody ticked is 0."""
    head, line = "village,needs,needs/water,needs/road", "Ash,{0},{1},{2}\n"
    write("a.csv", head + "\n" + line.format("water", 1, 0) * 20)
    write("b.csv", head + ",needs/power\n" + ("Ash,water power,1,0,1\n" * 10 + "Ash,water,1,0,0\n" * 10))
    found = visittally.compare("b.csv", before="a.csv")
    power, road = shares(found)["needs", "power"], shares(found)["needs", "road"]

    assert (power["before_mentions"], power["before_base"], power["points"]) == (None, None, None)
    assert (power["after_mentions"], power["after_base"], power["note"]) == (10, 20, "option_new")
    assert (road["before_mentions"], road["after_mentions"], road["points"]) == (0, 0, 0)
    assert rows(found, "form") == [{"change": "option_added", "question": "needs", "before": None, "after": "power"}]
    back = shares(visittally.compare("a.csv", before="b.csv"))["needs", "power"]
    assert (back["before_mentions"], back["after_mentions"], back["note"]) == (10, None, "option_gone")


def test_answers_that_no_form_lists_may_have_been_missing(write):
    """Without a form nobody knows whether an answer could have been given."""
    write("a.csv", "village,roof\n" + "Ash,tin\n" * 12)
    write("b.csv", "village,roof\n" + "Ash,tiles\n" * 12)
    found = visittally.compare("b.csv", before="a.csv", question=["roof"])

    assert shares(found)["roof", "tiles"]["before_mentions"] == 0
    assert any("may have been missing" in note for note in found.tables["shares"].notes)


def test_questions_match_by_their_last_part_and_by_what_the_user_says(write):
    """Never by likeness: names that only look alike are suggested."""
    write("a.csv", "village,hh/roof,wall_kind\n" + "Ash,tin,mud\n" * 12)
    write("b.csv", "village,house/roof,wall_kinds\n" + "Ash,tin,brick\n" * 12)
    found = visittally.compare("b.csv", before="a.csv", question=["*"])

    assert [(r["change"], r["before"], r["after"]) for r in rows(found, "form")] == [
        ("question_moved", "hh/roof", "house/roof"),
        ("question_gone", "wall_kind", None),
        ("question_added", None, "wall_kinds"),
    ]
    assert any("wall_kind=wall_kinds" in notice.message for notice in found.notices)
    assert {q for q, _a in shares(found)} == {"house/roof"}
    asked = visittally.compare("b.csv", before="a.csv", question=["*"], match={"wall_kind": "wall_kinds"})
    assert shares(asked)["wall_kinds", "brick"]["points"] == 100


def test_codes_meet_labels_where_the_form_says_which(write):
    """One round was exported with codes, the other one with labels."""
    write("a.csv", "village,roof\n" + "Ash,1\n" * 12)
    write("b.csv", "village,roof\n" + "Ash,Tin sheets\n" * 12)
    write("survey.csv", "type,name,label\ntext,village,Village\nselect_one roofs,roof,Roof\n")
    write("choices.csv", "list_name,name,label\nroofs,1,Tin sheets\nroofs,2,Thatch\n")
    found = visittally.compare("b.csv", before="a.csv", question=["roof"], form=["survey.csv", "choices.csv"])
    tin = [row for row in rows(found, "shares") if row["answer_label"] == "Tin sheets"]

    assert [(row["before_mentions"], row["after_mentions"], row["points"]) for row in tin] == [(12, 12, 0)]


def test_places_of_one_round_are_not_filled_with_zeros(write):
    """They stand in the table of places with a null; where they hold many cases that is said."""
    write("a.csv", "village,needs\n" + "Ash,water\n" * 12 + "Elm,road\n" * 12)
    write("b.csv", "village,needs\n" + "ASH,water\n" * 11 + "Oak,road\n" * 1)
    found = visittally.compare("b.csv", before="a.csv", by=["village"], question=["needs"])

    assert [tuple(row.values()) for row in rows(found, "places")] == [
        ("Ash", 12, 11, "both"),
        ("Elm", 12, None, "before"),
        ("Oak", None, 1, "after"),
    ]
    assert {row["village"] for row in rows(found, "shares")} == {"Ash"}
    assert len([n for n in found.notices if n.code == "other_places"]) == 2


def test_few_cases_have_no_interval(write):
    """Fewer than ten on either side."""
    write("a.csv", "village,needs\n" + "Ash,water\n" * 9)
    write("b.csv", "village,needs\n" + "Ash,water\n" * 40)
    row = shares(visittally.compare("b.csv", before="a.csv", question=["needs"]))["needs", "water"]

    assert (row["points"], row["points_low"], row["note"]) == (0, None, "few")
    whole = shares(visittally.compare("b.csv", before="b.csv", question=["needs"], complete=True))["needs", "water"]
    assert (whole["points_low"], whole["note"]) == (None, None)


def test_another_routing_is_another_base(write):
    """The question was put to all, then to some."""
    head = "start,end,_uuid,village,meets,meets/road,meets/water,_submission_time\n"
    line = "2026-01-01T10:00:00,2026-01-01T11:00:00,{n}aaaa-bbbb-cccc,Ash,{cell},{road},{water},2026-01-01T12:00:00\n"

    def survey(asked):
        lines = [
            line.format(
                n=n,
                cell="road" if n < asked else "",
                road=int(n < asked) if n < asked else "",
                water=0 if n < asked else "",
            )
            for n in range(40)
        ]
        return head + "".join(lines)

    write("a.csv", survey(40))
    write("b.csv", survey(20))
    found = visittally.compare("b.csv", before="a.csv", question=["meets"])

    assert {row["note"] for row in rows(found, "shares")} == {"base_changed"}
    assert any("40 of 40 and 20 of 40" in note for note in found.tables["shares"].notes)


def test_weights_move_the_shares_and_narrow_the_cases(write):
    """Shares are weighted, counts are not; the interval takes Kish's effective number."""
    write("a.csv", "village,needs,w\n" + "Ash,water,1\n" * 20 + "Ash,road,3\n" * 20 + "Ash,road,0\n" * 5)
    write("b.csv", "village,needs,w\n" + "Ash,water,1\n" * 40)
    weighted = shares(visittally.compare("b.csv", before="a.csv", question=["needs"], weight="w"))["needs", "water"]
    plain = shares(visittally.compare("b.csv", before="a.csv", question=["needs"], where=["w>0"]))["needs", "water"]

    assert (weighted["before_mentions"], weighted["before_base"]) == (20, 40)
    assert weighted["before_percent"] == 25
    assert weighted["points"] == 75
    assert plain["points"] == 50
    assert weighted["points_high"] - weighted["points_low"] > 20


# ---------------------------------------------------------------- the same households
def test_a_panel_compares_the_same_households(write):
    """Keys that stand once in each round; those of one round, twice and without a key are left out and counted."""
    before = [("H", i, "water" if i < 25 else "road") for i in range(50)]
    after = [("H", i, "water" if i < 20 or 25 <= i < 40 else "road") for i in range(50)]
    lines = {name: [f"{h}{i},Ash,{need}" for h, i, need in listed] for name, listed in (("a", before), ("b", after))}
    lines["a"] += ["X1,Ash,water", "X2,Ash,water", "X2,Ash,road", ",Ash,road"]
    lines["b"] += ["Y1,Ash,water", "H0,Oak,water"]
    for name, listed in lines.items():
        write(f"{name}.csv", "household_id,village,needs\n" + "\n".join(listed) + "\n")
    found = visittally.compare("b.csv", before="a.csv", question=["needs"], panel="household")
    row = shares(found)["needs", "water"]

    assert (row["before_mentions"], row["before_base"], row["after_mentions"], row["after_base"]) == (25, 50, 35, 50)
    assert [row["points"], row["points_low"], row["points_high"]] == pytest.approx([20, 2.5838, 35.6937], abs=5e-5)
    message = next(notice.message for notice in found.notices if notice.code == "panel")
    assert message.startswith("50 cases stand once in each round; left out: 1 keys of the earlier and 2 of the later")
    assert "1 and 0 keys that stand more than once there, 1 and 0 records without a key" in message


def test_a_panel_of_numbers_takes_pairs(write):
    """The paired t: what is common to both rounds of a household is no noise."""
    for name, plus in (("a", 0), ("b", 2)):
        lines = [f"H{i},{100 * i + plus + i % 2}" for i in range(12)]
        write(f"{name}.csv", "household_id,income\n" + "\n".join(lines) + "\n")
    pair = rows(visittally.compare("b.csv", before="a.csv", question=["income"], panel="household"), "means")[0]
    plain = rows(visittally.compare("b.csv", before="a.csv", question=["income"]), "means")[0]

    assert pair["difference"] == plain["difference"] == 2
    assert (pair["outside"], plain["outside"]) == ("up", None)


@given(SURVEYS, SURVEYS)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_panel_counts_what_its_households_said(folder, one, other):
    """The same households selected by hand, counted by `questions`."""
    listed = [list(records(*s)) for s in (one, other)]
    keys = [{(row[0], row[1]) for row in part} for part in listed]
    both = keys[0] & keys[1]
    a, b = (written(folder / f"{n}.csv", part) for n, part in zip("ab", listed, strict=True))
    found = shares(visittally.compare(b, before=a, question=["needs"], panel="household", base="all"))
    kept = [[row for row in part if (row[0], row[1]) in both] for part in listed]
    for side, part in zip(("before", "after"), kept, strict=True):
        for (_q, answer), row in found.items():
            assert row[f"{side}_mentions"] == sum(answer in r[3].split(";") for r in part)
            assert row[f"{side}_base"] == len(both)


# ---------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "say what to compare"),
        (("--before", "x.csv", "--split", "village=Ash"), "only one of --before, --split and --period"),
        (("--split", "village"), "expected FIELD=VALUE"),
        (("--before", "x.csv", "--panel", "household", "--weight", "age"), "does not go with --weight"),
        (("--period", "month", "--by", "village"), "has no use for --by"),
    ],
)
def test_what_is_refused(folder, command, options, message):
    """Wrong usage: exit 2, and what to do."""
    written(folder / "x.csv", records(1, 20))
    ended = command("compare", "x.csv", *options)

    assert ended.status == 2
    assert message in ended.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--split", "village=Nowhere"), "leaves one side without a record"),
        (("--before", "x.csv", "-Q", "sky"), 'no field or column "sky"'),
        (("--before", "none.csv"), "none.csv"),
        (("--before", "x.csv", "-Q", "visit_date"), "Nothing to compare"),
        (("--before", "x.csv", "--panel", "sky"), "sky"),
    ],
)
def test_what_cannot_be_done(folder, command, options, message):
    """Exit 1, and what is missing."""
    written(folder / "x.csv", records(1, 20))
    ended = command("compare", "x.csv", *options)

    assert ended.status == 1
    assert message in ended.err


def test_keys_of_a_panel_are_never_printed(folder, command):
    """Households stand in no table and no notice."""
    written(folder / "x.csv", records(1, 20))
    ended = command("compare", "x.csv", "--before", "x.csv", "--panel", "household", "-f", "json")

    assert "H1" not in ended.out + ended.err


# ---------------------------------------------------------------- published figures
@with_shared
def test_two_rounds_of_one_form():
    """An option was added; the rejected records are out on both sides."""
    rounds = SHARED / "kobo-rounds"
    found = visittally.compare(rounds / "v3.csv", before=rounds / "v1.csv")

    assert rows(found, "form") == [
        {"change": "option_added", "question": "hh/needs/main_needs", "before": None, "after": "electricity"}
    ]
    water, power = (shares(found)["hh/needs/main_needs", a] for a in ("water", "electricity"))
    assert [water[f"{side}_{part}"] for side in ("before", "after") for part in ("mentions", "base")] == [
        41,
        125,
        42,
        123,
    ]
    assert [water[p] for p in ("points", "points_low", "points_high")] == pytest.approx(
        [1.3463, -10.2812, 12.94], abs=5e-5
    )
    assert (power["before_mentions"], power["after_mentions"], power["points"]) == (None, 44, None)
    assert [(row["before"], row["after"]) for row in rows(found, "indicators") if row["indicator"] == "visits"] == [
        (136, 137)
    ]


@with_shared
def test_a_round_whose_groups_were_renamed():
    """Four questions moved; the village is gone and added until the user says that it is one."""
    rounds = SHARED / "kobo-rounds"
    found = rows(visittally.compare(rounds / "v2.csv", before=rounds / "v1.csv"), "form")
    said = visittally.compare(
        rounds / "v2.csv", before=rounds / "v1.csv", match={"loc/village": "location/village_name"}
    )

    moved = [row["after"] for row in found if row["change"] == "question_moved"]
    assert [name.rsplit("/", 1)[1] for name in moved] == ["age", "sex", "main_needs", "main_needs_other"]
    assert [row["question"] for row in found if row["change"] in ("question_gone", "question_added")] == [
        "loc/village",
        "location/village_name",
    ]
    assert {row["change"] for row in rows(said, "form")} == {"question_moved"}
    assert {row["in"] for row in rows(said, "places")} == {"both"}


@with_shared
def test_a_published_survey_split_by_a_day():
    """Shares by Newcombe, means by Welch."""
    found = visittally.compare(
        SHARED / "talafar" / "clean_data.csv",
        split="date_assessment=2021-07-09",
        question=["problems_water_who_appr", "problems_water_main_complaint", "tot_expenses", "num_hh_member"],
    )
    expected = {
        ("problems_water_who_appr", "water_office"): (60, 141, 9.1776, -0.5058, 20.4112, None),
        ("problems_water_who_appr", "community_rep"): (42, 52, -22.7632, -35.3898, -9.2624, "down"),
        ("problems_water_who_appr", "municipal_staff"): (31, 41, -15.1645, -27.964, -2.5138, "down"),
        ("problems_water_main_complaint", "inadequate_quantity"): (27, 87, 18.8487, 5.2259, 31.2238, "up"),
    }
    for key, (before, after, *points, outside) in expected.items():
        row = shares(found)[key]
        assert (row["before_mentions"], row["before_base"], row["after_mentions"], row["after_base"]) == (
            before,
            76,
            after,
            160,
        )
        assert [row[p] for p in ("points", "points_low", "points_high")] == pytest.approx(points, abs=5e-5)
        assert row["outside"] == outside
    spent, members = (
        {row["question"]: row for row in rows(found, "means")}[q] for q in ("tot_expenses", "num_hh_member")
    )
    assert [spent["before_n"], spent["after_n"]] == [179, 399]
    assert [spent["before_mean"], spent["after_mean"], spent["difference"]] == pytest.approx(
        [431312.849, 482869.694, 51556.845], abs=5e-4
    )
    assert [spent["difference_low"], spent["difference_high"]] == pytest.approx([5103.432, 98010.258], abs=5e-4)
    assert [members[p] for p in ("difference", "difference_low", "difference_high")] == pytest.approx(
        [-0.26845, -0.969764, 0.432863], abs=5e-6
    )


# ---------------------------------------------------------------- small cells
@given(SURVEYS, SURVEYS, st.sampled_from([5, 8]))
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_small_counts_are_hidden_on_both_sides(folder, one, other, least):
    """No count below the limit is printed, nor one that the others of its base would give away."""
    single = [[r[0], r[1], r[2], r[3].split(";")[0] or "none", *r[4:]] for r in records(*one)]
    a, b = written(folder / "a.csv", single), written(folder / "b.csv", records(*other))
    for before, after in ((a, b), (b, a)):
        found = visittally.compare(after, before=before, question=["needs"], by=["village"], min_cell=least)
        listed = rows(found, "shares")
        for side in ("before", "after"):
            counts = [row[f"{side}_mentions"] for row in listed]
            assert not [n for n in counts if n is not None and 0 < n < least]
            for village in {row["village"] for row in listed}:
                own = [row for row in listed if row["village"] == village]
                hidden = [row for row in own if row[f"{side}_mentions"] is None]
                known = sum(row[f"{side}_mentions"] or 0 for row in own)
                base = own[0][f"{side}_base"]
                # Where each case gave one answer, a single hidden one would be the rest of the base.
                exact = {"before": before == a, "after": after == a}[side]
                assert not (exact and base is not None and len(hidden) == 1 and 0 < base - known < least)
        places = [row[f"{side}_cases"] for row in rows(found, "places") for side in ("before", "after")]
        assert not [n for n in places if n is not None and 0 < n < least]


def test_no_issue_is_no_row_of_issues(write):
    """Who says that there is none names no issue: `summarize` has no row for it, and a 0 here would be wrong."""
    head = "village,problems,problems/road,problems/none\n"
    write("a.csv", head + "Ash,road,1,0\n" * 12 + "Ash,none,0,1\n" * 8)
    write("b.csv", head + "Ash,road,1,0\n" * 12 + "Ash,none,0,1\n" * 3)

    assert [answer for _q, answer in shares(visittally.compare("b.csv", before="a.csv"))] == ["road"]
    asked = shares(visittally.compare("b.csv", before="a.csv", question=["problems"]))
    assert [asked["problems", "none"][f"{side}_mentions"] for side in ("before", "after")] == [8, 3]


def test_a_split_by_file(write):
    """The name of the file tells the parts apart."""
    write("a.csv", "village,issue\n" + "Ash,road\n" * 12)
    write("b.csv", "village,issue\n" + "Ash,water\n" * 15)
    row = shares(visittally.compare(["a.csv", "b.csv"], split="file=b.csv"))["issue", "water"]

    assert (row["before_mentions"], row["before_base"], row["after_mentions"]) == (0, 12, 15)


def test_rows_that_stand_for_several_visits_are_no_shares(write):
    """Nobody wrote down the answers of each: --per case compares the rows."""
    write("x.csv", "日期,村,走访户数,反映问题类别\n" + "2026-04-01,东村,5,道路\n2026-04-30,西村,3,饮水\n" * 6)
    with pytest.raises(visittally.VisitTallyError, match="--per case"):
        visittally.compare("x.csv", before="x.csv")

    assert shares(visittally.compare("x.csv", before="x.csv", per="case"))
