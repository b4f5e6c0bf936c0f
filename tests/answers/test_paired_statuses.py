"""Several issues in a cell and as many statuses beside them."""

from __future__ import annotations

import csv

import pytest

import visittally
from visittally.words.enumerations import numbered_items

ISSUES = [["道路", "饮水"], ["饮水"], [], ["路灯", "道路", "饮水"], ["道路"], ["路灯", "饮水"]]
DONE = [[1, 0], [1], [], [0, 0, 1], [0], [1, 0]]


@pytest.fixture
def write(tmp_path):
    def visits(issues, statuses, name="visits.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["村", "走访日期", "反映问题", "办理情况"])
            for n, (told, said) in enumerate(zip(issues, statuses, strict=True)):
                out.writerow(["东村" if n % 2 else "西村", f"2026-03-{n + 1:02}", told, said])
        return str(path)

    return visits


def numbered(items):
    return "\n".join(f"{n}.{item}" for n, item in enumerate(items, 1))


def words(done):
    return ["已办结" if one else "办理中" for one in done]


def total(result, table):
    return next(row for row in result.tables[table].to_dict()["rows"] if row.get("total"))


@pytest.mark.parametrize("join", [numbered, "；".join, "、".join, "\n".join], ids=["1.", ";", "listed", "lines"])
def test_each_issue_has_the_status_at_its_place(write, join):
    path = write(map(join, ISSUES), [join(words(done)) for done in DONE])
    summary = visittally.summarize([path])
    assert (total(summary, "areas")["mentions"], total(summary, "areas")["handled"]) == (9, 4)
    handled = {row["issue"]: row["handled"] for row in summary.tables["issues"].to_dict()["rows"] if row["issue"]}
    assert handled == {"饮水": 2, "道路": 1, "路灯": 1}
    followup = visittally.followup([path])
    assert [total(followup, "summary")[name] for name in ("collected", "resolved", "open")] == [9, 4, 5]
    assert len(followup.tables["list"].to_dict()["rows"]) == 5
    assert "paired_statuses" in {notice.code for notice in followup.notices}


def test_one_status_for_several_issues_is_that_of_each(write):
    path = write(map("；".join, ISSUES), ["已办结"] * 6)
    assert total(visittally.followup([path]), "summary")["resolved"] == 9


def test_stages_of_one_issue_are_no_pairs(write):
    path = write(["道路", "饮水", "道路", "饮水"], ["上报；已办结", "上报；已办结", "上报", "上报；办理中"])
    found = visittally.followup([path])
    assert total(found, "summary")["resolved"] == 2
    assert "paired_statuses" not in {notice.code for notice in found.notices}


@pytest.mark.parametrize("header", ["问题1,办理情况1,问题2,办理情况2,问题3,办理情况3", ""])
def test_rounds_are_compared_by_the_statuses_of_single_issues(write, tmp_path, header):
    def visits(name, done):
        if not header:
            return write(map(numbered, ISSUES), [numbered(words(one)) for one in done], name)
        lines = [f"村,走访日期,{header}"]
        for n, (issues, ends) in enumerate(zip(ISSUES, done, strict=True)):
            pairs = [cell for pair in zip(issues, words(ends), strict=True) for cell in pair]
            lines.append(",".join(["东村", f"2026-03-{n + 1:02}", *pairs, *[""] * (6 - len(pairs))]))
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    none = [[0] * len(one) for one in DONE]
    result = visittally.compare([visits("after.csv", DONE)], before=[visits("before.csv", none)])
    (row,) = [row for row in result.tables["indicators"].to_dict()["rows"] if row["indicator"] == "handled"]
    assert (row["before"], row["after"]) == (0, 4) or (row["before_numerator"], row["after_numerator"]) == (0, 4)


SENTENCES = ["1.路灯不亮 2.道路破损", "饮水困难", "1.道路积水；2.看病远；3.上学难", "1.垃圾清运不及时 2.电压低"]
TOLD = [["已修复", "正在办理"], ["已解决"], ["无法解决", "已解决", "正在办理"], ["已解释说明", "已解决"]]


def statuses_by_issue(path):
    found = visittally.followup(path)
    rows = found.tables["what_changed"].to_dict()["rows"]
    return {row["issue"]: (row["collected"], row["handled"], row["resolved"]) for row in rows}


def test_numbered_sentences_are_counted_as_rows_of_their_own(write, tmp_path):
    """Whether people write a row for a household or a row for each of its issues."""
    together = write(SENTENCES, [numbered(said) if len(said) > 1 else said[0] for said in TOLD])
    items = [numbered_items(text) or (text,) for text in SENTENCES]
    pairs = [list(zip(told, said, strict=True)) for told, said in zip(items, TOLD, strict=True)]
    apart = [(n, told, said) for n, own in enumerate(pairs) for told, said in own]
    rows = [f"{'东村' if n % 2 else '西村'},2026-03-{n + 1:02},{told},{said}" for n, told, said in apart]
    (tmp_path / "rows.csv").write_text("\n".join(["村,走访日期,反映问题,办理情况", *rows]) + "\n", encoding="utf-8")

    assert statuses_by_issue([together]) == statuses_by_issue([str(tmp_path / "rows.csv")])
    assert statuses_by_issue([together])[None] == (8, 5, 4)
    assert "paired_statuses" in {notice.code for notice in visittally.summarize([together]).notices}


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        (["1.已修复 2.正在办理", "已解决", "已转交", "1.已办结"], 1),
        (["1.已修复 2.正在办理", "已解决", "1.已转交 2.已解决", "1.已办结"], 2),
        (["1.已修复 2.正在办理", "已解决", "已转交", "1.已办结 2.已办结"], 0),
        (["已修复", "1.已解决", "已转交", "1.已办结 2.已解决"], 0),
        (["已修复", "", "", ""], 0),
    ],
)
def test_numbered_issues_with_fewer_statuses_are_said_to_have_one(write, statuses, said):
    path = write(SENTENCES, statuses)
    for result in (visittally.followup([path]), visittally.summarize([path])):
        told = [notice.message for notice in result.notices if notice.code == "unpaired_statuses"]
        assert len(told) == bool(said)
        assert not said or told[0].startswith(f"{said} record")
