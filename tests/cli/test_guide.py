"""`visittally guide`."""

import click

from visittally.cli import guide as module
from visittally.guidebook import TOPICS, page


def test_alone_it_lists_the_topics(command):
    lines = command("guide").out.splitlines()

    assert [line.split()[0] for line in lines[1:]] == list(TOPICS)


def test_a_page_goes_through_a_pipe_as_it_is(command):
    assert command("guide", "privacy", "--lang", "zh").out == page("privacy", "zh")


def test_a_topic_that_is_none(command):
    ended = command("guide", "weights")

    assert ended.status == 2
    assert "'how-it-works'" in ended.err


def test_a_terminal_gets_a_pager(command, monkeypatch):
    """Wrapped for its width, and without escapes where they are not wanted."""
    shown = []
    monkeypatch.setattr(click, "echo_via_pager", shown.append)
    monkeypatch.setattr(module, "on_a_terminal", lambda: True)

    assert command("guide", "ledger", COLUMNS="60", NO_COLOR="1").out == ""
    assert shown[0].startswith("Tutorial: a clerk's ledger, from the file to the report\n\nThe sample")
    assert "\x1b" not in shown[0]


def test_the_manual_page_has_all_topics_or_one(command):
    whole, one = command("guide", "--man").out, command("guide", "speed", "--man").out

    assert whole.count("\n.SH ") == len(TOPICS) + 2
    assert one.count("\n.SH ") == 3
