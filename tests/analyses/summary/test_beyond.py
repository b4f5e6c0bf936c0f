"""Themes, needs that come together, spread between places, places where nothing was handled, one issue a record."""

from __future__ import annotations

import pytest

import visittally
from visittally.errors import UsageError

RECORDS = [
    ("东村", "咨询", "教育", "已办结"),
    ("东村", "求助", "住房;医疗", "办理中"),
    ("西村", "投诉", "道路交通", "未办结"),
    ("西村", "投诉", "饮水;道路交通", "未办结"),
    ("西村", "建议", "农资", "未办结"),
    ("西村", "投诉", "无", ""),
]


@pytest.fixture
def ledger(write):
    """Five of each of these records: ten visits in one village, twenty in the other."""
    lines = ["村,诉求类型,问题类别,办理情况,户主编号"]
    lines += [",".join((*record, f"{n}")) for n, record in enumerate(RECORDS * 5)]
    return write("台账.csv", "\n".join(lines) + "\n")


def rows(result, table):
    return result.tables[table].to_dict()["rows"]


def test_a_visit_counts_once_in_a_theme(ledger):
    found = {row["theme"]: row for row in rows(visittally.summarize(ledger), "themes")}

    assert found["livelihood"]["mentions"] == 30  # roads twice, water, education, housing, health
    assert found["livelihood"]["cases"] == 20
    assert found["livelihood"]["percent_of_cases"] == pytest.approx(100 * 20 / 30)
    assert found["development"]["cases"] == 5


def test_a_codebook_of_ones_own_names_themes(ledger, write):
    book = write("book.toml", '[road]\ntheme = "发展"\n[inputs]\ntheme = "发展"\n')
    found = {row["theme"]: row["cases"] for row in rows(visittally.summarize(ledger, codebook=book), "themes")}

    assert found == {"livelihood": 15, "发展": 15}


def test_how_many_different_issues_a_visit_names(ledger):
    found = {row["issues_named"]: row["cases"] for row in rows(visittally.summarize(ledger), "needs")}
    assert found == {"0": 5, "1": 15, "2": 10, "3": 0, "4": 0}


def test_how_far_villages_are_apart(ledger):
    road = next(row for row in rows(visittally.summarize(ledger), "spread") if row["issue"] == "道路交通")

    assert (road["lowest_percent"], road["highest_percent"], road["range_points"]) == (0, 50, 50)
    assert (road["lowest"], road["highest"]) == ("东村 (n 10)", "西村 (n 20)")


def test_villages_with_few_visits_are_in_no_spread(write):
    few = write("few.csv", "village,issue\n" + "Ash,road\n" * 10 + "Birch,water\n" * 9)
    table = visittally.summarize(few).tables["spread"]

    assert [row["places"] for row in rows(visittally.summarize(few), "spread")] == [1, 1]
    assert "fewer than 10 visits in the base are left out: 1" in " ".join(table.notes)


def test_villages_where_nothing_was_handled_stand_out(ledger):
    result = visittally.summarize(ledger)

    assert rows(result, "unhandled") == [{"village": "西村", "cases": 20, "collected": 20}]
    assert any("西村 (20 visits, 20 issues)" in notice.message for notice in result.notices)
    hidden = visittally.summarize(ledger, public=True)
    assert not any(notice.code == "nothing_handled" for notice in hidden.notices)


def test_what_people_want_is_told_apart_from_what_it_is_about(ledger):
    kinds = {row["issue"]: row["mentions"] for row in rows(visittally.summarize(ledger, across="issue_type"), "issues")}

    assert kinds == {"咨询": 5, "求助": 5, "投诉": 15, "建议": 5}
    assert {row["issue"] for row in rows(visittally.summarize(ledger), "issues")} >= {"教育", "道路交通"}


def test_kinds_alone_are_what_is_tallied(write):
    alone = write("kinds.csv", "村,诉求类型\n东村,咨询\n东村,投诉\n西村,建议\n西村,投诉\n")
    assert {row["issue"]: row["mentions"] for row in rows(visittally.summarize(alone), "issues")}["投诉"] == 2


def test_each_record_under_one_issue(ledger):
    result = visittally.summarize(ledger, primary=True)
    found = {row["issue"]: row for row in rows(result, "issues")}

    assert sum(row["mentions"] for row in found.values()) == 25
    assert sum(row["percent_of_cases"] for row in found.values()) == pytest.approx(100 * 25 / 30)
    assert found["道路交通"]["mentions"] == 5  # named behind the water it is not the first


def test_texts_count_under_what_they_fit_best(write):
    told = write("told.csv", "村,反映内容\n" + "".join(
        f"{village},第{n}户反映{text}，请帮助解决\n"
        for n, (village, text) in enumerate([("东", "租房太贵"), ("西", "村道坑坑洼洼，路面硬化，也缺路灯和水表")] * 4)
    ))  # fmt: skip
    found = {row["issue"]: row["mentions"] for row in rows(visittally.summarize(told, primary=True), "issues")}

    assert found == {"housing": 4, "road": 4}


def test_ticked_options_have_no_first(write):
    ticked = write("ticked.csv", "village,needs,needs/road,needs/water\n" + "Ash,road water,1,1\nAsh,road,1,0\n" * 5)
    with pytest.raises(UsageError, match="column for each option"):
        visittally.summarize(ticked, across="needs", primary=True)


def test_places_that_were_chosen_have_no_intervals(ledger):
    table = visittally.summarize(ledger, interval=True, purposive=True).tables["issues"]

    assert "percent_low" not in [column.name for column in table.columns]
    assert "chosen, not drawn" in " ".join(table.notes)


@pytest.mark.parametrize(
    ("text", "category"), [("租房贵", "housing"), ("孩子就学难", "education"), ("就医难", "health")]
)
def test_needs_of_workers_are_found_in_their_words(text, category):
    from visittally.words.codebook import Codebook

    assert Codebook.load().code_text(text).codes == (category,)


def test_households_are_not_called_visits(ledger):
    columns = {"household_id": "户主编号"}
    tables = visittally.summarize(ledger, per="household", columns=columns).tables

    assert tables["needs"].title == "Needs of one household"
    for name in ("needs", "themes"):
        assert "Households" in [column.label for column in tables[name].columns]
        assert "visit" not in " ".join((tables[name].base.text, *tables[name].notes)).replace("visited", "")


def test_answers_stand_below_what_they_answer(ledger):
    def headed(**options):
        return [c.label for c in visittally.summarize(ledger, **options).tables["issues"].columns if c.name == "issue"]

    assert headed(across="issue_type") == ["Type of issue"]
    assert headed() == ["Issue"]
