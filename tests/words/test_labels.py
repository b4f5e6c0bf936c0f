"""The usual headings, in every language."""

from __future__ import annotations

import pytest

import visittally
from visittally import messages
from visittally.words.labels import by_part, heading, not_recorded


@pytest.mark.parametrize(
    ("language", "collected", "blank"), [("en", "Collected", "not recorded"), ("zh", "收集问题", "未登记")]
)
def test_headings_follow_the_language(language, collected, blank):
    messages.set_language(language)

    assert heading("collected") == collected
    assert not_recorded() == blank


def test_what_has_no_heading_is_called_by_its_name():
    assert heading("nosuch") == "nosuch"


def test_parts_of_dates_are_headed_by_words_and_bands_by_what_they_are():
    assert [by_part("Visit date", part) for part in ("week", "worktime", "0,18,35")] == [
        "Visit date (week)",
        "Visit date (office hours or not)",
        "Visit date",
    ]


def test_headings_of_parts_are_spoken_in_the_language_of_the_table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("village,visit date,age,issue\nAsh,2026-03-01,20,road\nElm,2026-03-12,40,water\n")
    tables = [
        visittally.summarize(str(path), by=[by], lang="zh").tables["areas"].columns[0]
        for by in ("visit_date:week", "age:0,35")
    ]

    assert [(column.name, column.label) for column in tables] == [
        ("visit_date:week", "走访日期（周）"),
        ("age:0,35", "年龄"),
    ]
