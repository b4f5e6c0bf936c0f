"""Each file is understood as if it were alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import visittally

LAYOUTS = [
    ["村名", "户主姓名", "走访日期", "问题类别", "问题描述", "办理情况"],
    ["行政村", "户主", "走访时间", "类别", "问题", "处理情况"],
    ["村别", "姓名", "日期", "问题分类", "反映问题", "办理结果"],
    ["Village", "Name of head", "Visit date", "Issue category", "Description", "Status"],
    ["村（社区）", "被走访人", "入户日期", "诉求类别", "诉求内容", "整改情况"],
]
TEXTS = ["老房墙体开裂很久没有人来修", "自来水经常停水影响生活", "小孩上学太远没有校车", "垃圾清运不及时味道很大"]
CATEGORIES = ["住房", "饮水", "教育", "环境"]


def rows_of(village, n):
    return [
        [village, "张三", f"2026-03-{i + 1:02d}", CATEGORIES[i % 4], TEXTS[i % 4], ["已办结", "办理中"][i % 2]]
        for i in range(n)
    ]


def put(folder, name, header, rows):
    path = folder / name
    path.write_text("\n".join(",".join(row) for row in [header, *rows]), "utf-8")
    return str(path)


def figures(result, name, key, value):
    return {row[key]: row[value] for row in result.tables[name].to_dict()["rows"] if not row.get("total")}


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LAYOUTS), st.integers(4, 9)), min_size=2, max_size=5))
def test_files_of_any_layouts_together_say_what_they_say_one_by_one(tmp_path_factory, drawn):
    folder = tmp_path_factory.mktemp("ledgers")
    paths = [put(folder, f"{i}.csv", header, rows_of(f"第{i}村", n)) for i, (header, n) in enumerate(drawn)]
    together = visittally.summarize(paths)
    alone = [visittally.summarize([path]) for path in paths]
    for table, key, value in (
        ("areas", "village", "cases"),
        ("areas", "village", "handled"),
        ("issues", "issue", "mentions"),
    ):
        expected: dict[str, int] = {}
        for result in alone:
            for name, n in figures(result, table, key, value).items():
                expected[name] = expected.get(name, 0) + n
        assert figures(together, table, key, value) == expected


def test_texts_of_a_file_without_categories_are_coded_under_the_names_that_others_give(tmp_path):
    first = put(tmp_path, "a.csv", LAYOUTS[0], rows_of("东村", 8))
    told = [[row[0], row[2], row[4], row[5]] for row in rows_of("西村", 4)]
    second = put(tmp_path, "b.csv", ["村名", "走访日期", "反映的主要问题", "办理情况"], told)
    issues = figures(visittally.summarize([first, second]), "issues", "issue", "mentions")
    assert sum(issues.values()) == 12
    assert not set(issues) & set(TEXTS)
    assert issues["饮水"] == 3


def test_a_file_without_a_village_is_named_with_its_records(tmp_path):
    first = put(tmp_path, "a.csv", LAYOUTS[0], rows_of("东村", 6))
    second = put(tmp_path, "b.csv", LAYOUTS[0][1:], [row[1:] for row in rows_of("西村", 4)])
    (said,) = [n for n in visittally.summarize([first, second]).notices if n.code == "files_without"]
    assert "b.csv" in said.message
    assert "4 of 10 records" in said.message


@pytest.mark.parametrize("category", ["", "无"])
def test_none_in_the_text_beside_a_blank_category_is_no_issue(tmp_path, category):
    rows = [
        ["东村", "道路", "路坏了很久"],
        ["东村", category, "无"],
        ["西村", category, "无"],
        ["西村", "", "路灯不亮"],
    ]
    path = put(tmp_path, "a.csv", ["村名", "问题类别", "反映问题"], rows)
    result = visittally.summarize([path])
    total = result.tables["areas"].to_dict()["rows"][-1]
    assert (total["raised"], total["no_issue"], total["not_recorded"]) == (1, 2, 1)
    assert result.tables["issues"].base.cases == 4
