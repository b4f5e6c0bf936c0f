"""What people see while much is read."""

import io
import sys

import pytest

from visittally.cli.progress import LONG_WORK, progress_bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_the_bar_names_the_file_that_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress_bar([("exports/a.csv", LONG_WORK), ("b\x1b[2J.csv", LONG_WORK)]) as tick:
        tick(LONG_WORK // 2)
        tick(LONG_WORK)
    text = terminal.getvalue()

    assert "Reading a.csv" in text
    assert "(2 of 2)" in text
    assert "75%" in text
    assert "b␛[2J.csv" in text


def test_the_bar_says_how_long_it_will_take(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    clock = iter(range(100_000))
    monkeypatch.setattr("time.time", lambda: float(next(clock)))
    with progress_bar([("a.csv", LONG_WORK)]) as tick:
        for _quarter in range(3):
            tick(LONG_WORK // 4)

    assert "00:00:" in terminal.getvalue()


@pytest.mark.parametrize("size", [0, LONG_WORK - 1])
def test_short_work_shows_nothing(monkeypatch, size):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with progress_bar([("a.csv", size)]) as tick:
        assert tick is None
    assert terminal.getvalue() == ""


def test_nothing_is_shown_where_nobody_looks(monkeypatch):
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress_bar([("a.csv", LONG_WORK)]) as tick:
        assert tick is None
    assert screen.getvalue() == ""
