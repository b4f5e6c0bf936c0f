"""Tables of questions: each type, bases, order, nets, banners, intervals."""

from __future__ import annotations

import pytest

import visittally
from visittally.analyses.intervals import kish, wilson
from visittally.settings import Net

ANSWERS = """
    sex,needs,rating,age,seen,remark
    f,water road,4,34,2026-03-01,dry well
    m,water,5,41,2026-03-02,
    f,school,2,28,2026-03-02,dry well
    m,,3,67,2026-03-05,bridge
    f,water school road,1,52,,
    f,water school,1,52,,noise
    """


@pytest.fixture
def answers(write):
    return write("answers.csv", ANSWERS)


def rows(files, name, **options):
    """The rows of one question."""
    return visittally.questions(files, question=[name], **options).tables[name].to_dict()["rows"]


def shares(files, name, **options):
    """Answer -> (mentions, base, percentage of cases)."""
    return {r["answer"]: (r["mentions"], r["base"], r["percent_of_cases"]) for r in rows(files, name, **options)}


@pytest.mark.parametrize(("base", "cases"), [("asked", 5), ("answered", 5), ("all", 6), ("mentions", 9)])
def test_percentages_divide_by_the_base_that_was_asked_for(answers, base, cases):
    """A blank belongs to `all` alone; `mentions` counts ticks."""
    assert shares(answers, "needs", base=base)["water"] == (4, cases, pytest.approx(100 * 4 / cases))


def test_both_percentages_stand_side_by_side(answers):
    """Of cases they may add to more than 100, of mentions to 100."""
    found = rows(answers, "needs")

    assert sum(row["percent_of_mentions"] for row in found) == pytest.approx(100)
    assert sum(row["percent_of_cases"] for row in found) == pytest.approx(180)


def test_the_most_frequent_and_the_rest(answers):
    """--top shows so many; the rest has mentions but no share of cases."""
    first, rest = rows(answers, "needs", top=1)

    assert (first["answer"], first["mentions"]) == ("water", 4)
    assert (rest["mentions"], rest["percent_of_cases"]) == (5, None)
    assert len(rows(answers, "needs", top=0)) == 3


@pytest.mark.parametrize(
    ("sort", "order"), [("count", ["water", "school", "road"]), ("name", ["road", "school", "water"])]
)
def test_order_of_answers(answers, sort, order):
    """By count or by name."""
    assert [row["answer"] for row in rows(answers, "needs", sort=sort)] == order


def test_answers_that_are_no_opinion_come_last(write):
    """None and don't know stand behind the others, however frequent."""
    name = write(
        "a.csv", "village,needs\n" + "Ash,none\n" * 5 + "Ash,don't know\n" * 4 + "Ash,road\n" + "Ash,water\n" * 2
    )

    assert [row["answer"] for row in rows(name, "needs")][:2] == ["water", "road"]


def test_a_banner_divides_by_its_own_groups(answers):
    """Each group has its own base."""
    found = {(r["sex"], r["answer"]): (r["mentions"], r["base"]) for r in rows(answers, "needs", by=["sex"])}

    assert found["f", "water"] == (3, 4)
    assert found["m", "water"] == (1, 1)
    assert found["m", "school"] == (0, 1)


def test_a_net_counts_each_case_once(answers):
    """Two answers of one case are one case of the net."""
    table = visittally.questions(answers, question=["needs"], nets=(Net("wet", "needs", ("water", "road")),))

    assert "Net wet: 4 cases, 80.0 %." in table.tables["needs"].notes


def test_answers_of_a_net_that_nobody_gives_are_named(answers):
    """A misspelled answer adds nothing, and says so."""
    result = visittally.questions(answers, question=["needs"], nets=(Net("wet", "needs", ("watter", "road")),))

    [notice] = [n.message for n in result.notices if n.code == "net_answers"]
    assert "watter" in notice
    assert "road" not in notice


@pytest.mark.parametrize(
    ("base", "weights"), [("asked", [2, 1, 1, 3]), ("all", [2, 1, 1, 3, 4]), ("mentions", [2, 2, 1, 1, 3])]
)
def test_weighted_intervals_use_the_effective_base(write, base, weights):
    """Kish's base is that of the cases (or mentions) that percentages divide by."""
    lines = ["a,road;water,2", "b,road,1", "a,school,1", "b,water,3", "b,,4"]
    name = write("a.csv", "sex,needs,w\n" + "\n".join(lines) + "\n")

    found = rows(name, "needs", base=base, weight="w", interval=True)

    [road] = [row for row in found if row["answer"] == "road"]
    effective = kish(sum(weights), sum(w * w for w in weights))
    assert (road["percent_low"], road["percent_high"]) == pytest.approx(wilson(3, sum(weights), effective))


def test_intervals_are_wilson(write):
    """None of twenty is 0 to 16.1 per cent."""
    name = write("a.csv", "village,yes\n" + "Ash,n\n" * 19 + "Ash,\n" + "Birch,n\n")

    [row] = rows(name, "yes", interval=True)

    assert (row["mentions"], row["base"]) == (20, 20)
    assert round(row["percent_low"], 1) == 83.9
    assert row["percent_high"] == 100


def test_no_interval_where_everybody_was_visited(answers):
    """--complete leaves the limits out and says why."""
    table = visittally.questions(answers, question=["sex"], interval=True, complete=True).tables["sex"]

    assert "percent_low" not in table.to_dict()["rows"][0]
    assert any("no sampling error" in note for note in table.notes)


def test_numbers(answers):
    """n, mean, quartiles and extremes."""
    [row] = rows(answers, "age")

    assert row == {"n": 6, "mean": pytest.approx(274 / 6), "median": 46.5, "q1": 35.75, "q3": 52, "min": 28, "max": 67}


def test_dates(answers):
    """How many, the first and the last."""
    [row] = rows(answers, "seen")

    assert (row["n"], row["min"], row["max"]) == (4, "2026-03-01", "2026-03-05")


def test_open_questions_are_counted_and_listed_only_on_request(write):
    """How many wrote something and how many different things; --texts lists them."""
    texts = [f"the well of house {i} is dry in summer" for i in range(30)]
    name = write("a.csv", "village,remark\n" + "".join(f"Ash,{text}\n" for text in [*texts, texts[0], ""]))

    [row] = rows(name, "remark")

    assert (row["n"], row["distinct"]) == (31, 30)
    assert shares(name, "remark", texts=True)[texts[0]][0] == 2


def test_different_texts_are_counted_up_to_a_limit(write, monkeypatch):
    """Beyond the limit the figure is a least one."""
    monkeypatch.setattr("visittally.analyses.questions.plain_tables.MANY", 20)
    texts = [f"the well of house {i} is dry in summer" for i in range(30)]
    name = write("a.csv", "village,remark\n" + "".join(f"Ash,{text}\n" for text in texts))

    table = visittally.questions(name, question=["remark"]).tables["remark"]

    [cells] = [row.cells for row in table.rows]
    assert (cells[1].value, cells[1].approximate) == (20, True)


def test_weights(write):
    """Weighted beside unweighted; a weight of zero counts for nothing."""
    name = write("a.csv", "id,ok,weight\n1,yes,2\n2,no,1.5\n3,yes,0\n4,no,\n5,yes,-1\n")

    result = visittally.questions(name, question=["ok"], weight="weight")

    found = {r["answer"]: r for r in result.tables["ok"].to_dict()["rows"]}
    assert (found["yes"]["mentions"], found["yes"]["weighted"], found["yes"]["base"]) == (1, 2, 2)
    assert found["no"]["percent_of_cases"] == pytest.approx(100 * 1.5 / 3.5)
    assert result.receipt.records_set_aside == 2


def test_all_questions_as_one_table(answers):
    """`long` holds the rows of every question, its name in front."""
    result = visittally.questions(answers)
    names = {row["question"] for row in result.tables["long"].to_dict()["rows"]}

    assert names == set(result.tables) - {"long"}
    assert {"sex", "needs", "rating", "age"} <= names


def test_who_does_not_know_is_in_no_base(write):
    """With --valid: one base for all answers of a table, rows of don't know and refused without a share."""
    asked = write("asked.csv", "village,knows policy\nA,yes\nA,no\nB,dont know\nB,refused\nB,yes\nB,\n")
    found = shares(asked, "knows policy", valid=True)

    assert found == {
        "yes": (2, 3, pytest.approx(200 / 3)),
        "no": (1, 3, pytest.approx(100 / 3)),
        "dont know": (1, 3, None),
        "refused": (1, 3, None),
    }
    base = visittally.questions(asked, question=["knows policy"], valid=True).tables["knows policy"].base
    assert base.text.startswith("Base: 3 of 6 gave a valid answer; left out: 2 don't know or refused, 0 not asked, 1")


def test_who_belongs_to_several_groups_counts_in_each(write):
    """Groups that one cell joins split the banner; the total holds each case once."""
    asked = write(
        "asked.csv", "村,人员类别,知晓\n东村,党员;村组干部,是\n东村,党员,否\n东村,留守老人;困难户,是\n东村,困难户,是\n"
    )
    found = visittally.questions(asked, question=["知晓"], by=["respondent_group"]).tables["知晓"].to_dict()["rows"]

    assert {row["respondent_group"]: row["base"] for row in found} == {
        "党员": 2,
        "村组干部": 1,
        "困难户": 2,
        "留守老人": 1,
    }
