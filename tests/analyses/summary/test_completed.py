"""Visits that were not completed, beside the issues per 100 visits."""

from __future__ import annotations

import pytest

import visittally


def said(path, **options):
    return [n.message for n in visittally.summarize(path, **options).notices if n.code == "completed_visits"]


@pytest.mark.parametrize("words", [("完成", "拒访", "无人在家"), ("completed", "refused", "nobody home")])
def test_both_rates_are_said(tmp_path, words):
    done, refused, away = words
    path = tmp_path / "a.csv"
    rows = [f"A,{done},road", f"A,{refused},", f"A,{away},", f"B,{done},water", f"B,{done},none", f"B,{done},road"]
    path.write_text("village,visit outcome,issue\n" + "\n".join(rows), encoding="utf-8")

    (message,) = said(path)

    assert "4 of 6" in message
    assert "50.0" in message
    assert "75.0" in message
    assert not said(path, min_cell=5)


def test_nothing_is_said_where_all_were_completed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("village,visit outcome,issue\nA,completed,road\nB,completed,\n", encoding="utf-8")

    assert not said(path)


def test_those_that_were_broken_off_are_told_among_the_completed(tmp_path):
    """`coverage` counts them as other outcomes: the figures are not to be taken for each other."""
    path = tmp_path / "a.csv"
    rows = ["A,completed,road", "A,partial,water", "A,refused,", "B,completed,none"]
    path.write_text("village,visit outcome,issue\n" + "\n".join(rows), encoding="utf-8")

    (message,) = said(path)

    assert message.startswith("3 of 4 visits completed (of them in part 1, Refusal and break-off 1)")
