"""Where the table of a delimited text ends: the offset of what stands below it."""

from __future__ import annotations

import pytest

from visittally.reading.beginning import find_header
from visittally.reading.text import foot
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.foot import end_of_table
from visittally.reading.text.rows import TextTable

HEAD = "村,日期,问题,处理\n"
ROW = "大坪,2026-04-01,道路,已办结\n"
TALLY = "\n道路,3\n饮水,2\n合计,5\n"


def below(text, **manner):
    """What stands below the table of a text, None where there is nothing."""
    dialect = Dialect(**{"delimiter": ",", **manner})
    begin = text.index("\n" if "\n" in text else "\r") + 1
    lines = text.splitlines()[:2]
    position = find_header([line.split(dialect.delimiter) for line in lines])
    assert position.first_record == 1
    end = end_of_table(text, TextTable(dialect, position, position.width), begin)
    return None if end is None else text.encode()[end:].decode()


def test_a_table_with_nothing_below_goes_on_to_the_end():
    assert below(HEAD + ROW * 5) is None
    assert below(HEAD + ROW * 5 + "\n\n") is None


def test_a_tally_below_a_blank_line():
    assert below(HEAD + ROW * 5 + TALLY) == TALLY[1:]


def test_who_signs_for_the_table():
    assert below(HEAD + ROW * 5 + "填表人:李,审核:王\n") == "填表人:李,审核:王\n"


@pytest.mark.parametrize("rows", [5, 700])
def test_another_table_with_other_columns(rows):
    other = "村,日期,问题,金额\n" + ROW * 4

    assert below(HEAD + ROW * rows + other) == other


def test_a_repeated_header_ends_no_table():
    assert below(HEAD + ROW * 5 + HEAD + ROW * 5) is None


def test_another_table_is_looked_for_further_up_than_a_tally(monkeypatch):
    monkeypatch.setattr(foot, "TAIL", 20)
    monkeypatch.setattr(foot, "LAST", 10)
    other = "村,日期,问题,金额\n"

    assert below(HEAD + ROW * 50 + other + ROW * 15) == other + ROW * 15
    assert below(HEAD + ROW * 50 + other + ROW * 30) is None
    assert below(HEAD + ROW * 50 + "\n" + "道路,3\n" * 6) == "道路,3\n" * 6
    assert below(HEAD + ROW * 50 + "\n" + "道路,3\n" * 15) is None


def test_nothing_inside_a_quoted_cell_ends_a_table(monkeypatch):
    monkeypatch.setattr(foot, "TAIL", 6)
    monkeypatch.setattr(foot, "LAST", 6)
    note = '石桥,2026-04-02,"道路\n\n合计,5\n填表人:李\n\n村,日期,问题,金额\n",已办结\n'

    assert below(HEAD + ROW * 10 + note + ROW * 3) is None
    assert below(HEAD + ROW * 10 + note + ROW * 2 + TALLY) == TALLY[1:]
    assert below(HEAD + ROW * 10 + note * 3 + TALLY) == TALLY[1:]


@pytest.mark.parametrize(
    ("manner", "head", "row", "signed"),
    [
        ({"newline": "\r"}, "村,日期,问题,处理\r", "大坪,2026-04-01,道路,已办结\r", "填表人:李\r"),
        ({"delimiter": ";", "quote": "'"}, "村;日期;问题;处理\n", "大坪;2026-04-01;'道;路';已办结\n", "审核:'李'\n"),
        ({}, "村,日期,问题,处理\r\n", "大坪,2026-04-01,道路,已办结\r\n", "填表人:李\r\n"),
    ],
)
def test_in_other_dialects(manner, head, row, signed):
    assert below(head + row * 300 + signed, **manner) == signed


def test_bytes_that_do_not_fit_count_in_the_offset():
    text = HEAD + "大\udcff坪,2026-04-01,道路,已办结\n" + ROW * 4 + TALLY
    begin = len(HEAD)
    position = find_header([HEAD.strip().split(","), ROW.strip().split(",")])
    end = end_of_table(text, TextTable(Dialect(","), position, 4), begin)

    assert text.encode("utf-8", "surrogatepass")[end:].decode() == TALLY[1:]


class Searched(str):
    """A text that adds up how many letters are gone through to find others in it."""

    __slots__ = ()

    letters = 0

    def __getitem__(self, part):
        return Searched(super().__getitem__(part))

    def __contains__(self, other):
        Searched.letters += len(self)
        return super().__contains__(other)


def test_no_text_is_searched_once_for_each_column(monkeypatch):
    monkeypatch.setattr(Searched, "letters", 0)
    names = [f"q{n}" for n in range(300)]
    head, row = ",".join(names) + "\n", ",".join("01" * 150) + "\n"
    position = find_header([names, list("01" * 150)])
    text = Searched(head + row * 50)

    assert end_of_table(text, TextTable(Dialect(","), position, 300), len(head)) is None
    assert Searched.letters < 10 * len(text)


@pytest.mark.parametrize("few", [0, 50])
@pytest.mark.parametrize("space", ["", " ", "\u3000", "\ufeff", "\u200b"])
def test_another_table_among_few_and_many_names(monkeypatch, space, few):
    monkeypatch.setattr(foot, "FEW_NAMES", few)
    for quote in ("", '"'):
        other = f"村,{quote}{space}日期{quote},{quote}问题{space}{quote},金额\n" + ROW * 4

        assert below(HEAD + ROW * 5 + other) == other
