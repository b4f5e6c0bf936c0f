"""What the values of the issue column mean."""

from __future__ import annotations

import pytest

from visittally import summarize


@pytest.fixture
def issues(tmp_path):
    """The labels of the table of issues for one text in each visit."""

    def labels(header, *texts):
        path = tmp_path / "visits.csv"
        path.write_text(f"村,走访日期,{header}\n" + "".join(f"东村,2026-03-01,{t}\n" for t in texts), encoding="utf-8")
        rows = summarize([str(path)]).tables["issues"].to_dict()["rows"]
        return {row["issue"] for row in rows if not row.get("total")}

    return labels


def test_few_short_texts_below_a_header_of_free_texts_are_coded(issues):
    """Nobody's own words become a row, however small the ledger."""
    told = issues(
        "反映问题", "低保没批", "自来水管漏水", "村民反映村干部优亲厚友不公开", "停水多日，无人来修水管", "无"
    )
    assert told <= {"social", "water", "conduct", "housing", "unclear"}


def test_categories_below_a_header_of_free_texts_stay(issues):
    assert issues("反映问题", "修路", "用水", "修路", "用水", "修路") == {"修路", "用水"}
