"""Texts that are no tables are refused, each with what it seems to be; tables of long answers are not."""

from __future__ import annotations

import pytest

from visittally.errors import InputError
from visittally.reading.beginning import find_header
from visittally.reading.text.careful import read_records
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.refusals import refuse_blank, refuse_junk, refuse_prose
from visittally.reading.text.rows import TextTable


@pytest.mark.parametrize("text", ["", "\n \r\n\t", "\ufeff", "\ufeff\n", "\x00\x00"])
def test_nothing_is_empty(text):
    with pytest.raises(InputError, match=r"a.csv is empty: there is nothing in it to read"):
        refuse_junk("a.csv", text)


@pytest.mark.parametrize(
    "text", ["a,b\n" + "\x01\x02" * 9, "\x00" * 31 + "a" * 69, "\x7f" + "a" * 98, "\x1b" * 3 + "a" * 100]
)
def test_control_characters_are_no_text(text):
    with pytest.raises(InputError, match=r"a.csv is no text and no workbook"):
        refuse_junk("a.csv", text)


@pytest.mark.parametrize(
    "text",
    [
        "village,issue\n",
        "\x01" + "a" * 99,  # one in a hundred
        "\x00" * 30 + "a" * 70,  # zeros are counted apart
        "a\tb\x0b\x0c\r\n" * 9,  # white space
        "\x85\x9f" * 9,
    ],
)
def test_a_few_odd_characters_are_damage(text):
    refuse_junk("a.csv", text)


def records_of(text, delimiter=","):
    return read_records(text, Dialect(delimiter)).records


def test_blank_cells_alone_are_no_table():
    refuse_blank("a.csv", records_of(",,\n,x,\n"))
    for text in (",,\n , \n", ""):
        with pytest.raises(InputError, match=r"a.csv is empty: all its cells are blank"):
            refuse_blank("a.csv", records_of(text))


def prose(text, delimiter=",", physical=0):
    """Whether a text is refused as running text."""
    records = records_of(text, delimiter)
    position = find_header([record.cells for record in records])
    table = TextTable(Dialect(delimiter), position, physical or position.width)
    try:
        refuse_prose("a.csv", records, table)
    except InputError as error:
        return str(error).startswith("a.csv is no table: its lines are running text, not rows of cells.")
    return False


LINE = "We went to seven villages this week"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("village\nAsh\nElm\nOak\n", False),
        (f"{LINE}\n{LINE}\n{LINE}\n", True),  # more than five words
        ("village\n" + "Ash\n" * 6 + f"{LINE}\n" * 3, True),  # three of ten
        ("village\n" + "Ash\n" * 7 + f"{LINE}\n" * 2, False),
        ("note\n" + "It rained.\n" * 3 + "Ash\n" * 6, True),  # ends of sentences
        ("村名\n" + "道路不通。\n" * 4, True),
        ("note\n" + "a" * 61 + "\n" + "b" * 61 + "\nAsh\n", True),
        ("# Visits\nAsh\nElm\n- one\nOak\n", True),  # marks of Markdown, two of five
        ("# Visits\nAsh\nElm\nOak\nFir\nYew\n", False),
    ],
)
def test_lines_of_one_cell_are_prose_where_they_read_like_it(text, refused):
    assert prose(text, "") == refused


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("village,issue\nAsh,road\nElm,water\n", False),
        ("village,note\n" + f'Ash,"{LINE}, and came back."\n' * 5, False),  # long answers in even rows
        (f"Dear all, {LINE}\n\nIt rained, and so we, of course, stayed.\nYours, Li, Wang, and Zhao.\n", True),
        (f"{LINE}, then home\n{LINE}\nOne, two, three, {LINE}\nx, y, z, u\n", True),
        ("a,b\n1,2,3\n4,5\n6\n", False),  # uneven, but no sentences
        ("a,b\nc,d,e\nf\ng,h,i,k\n", False),
        ("a,b\n1,2,out.\n3,4,5,in.\nin.\n6,7,8,9,out.\n", False),  # sentences, but numbers
    ],
)
def test_rows_are_prose_where_they_are_uneven_and_read_like_it(text, refused):
    assert prose(text, physical=2) == refused


def test_rows_that_mostly_have_one_cell_are_judged_as_lines():
    assert prose("village,issue\nIt rained.\nIt snowed.\nIt hailed.\nAll well.\n", physical=1)
    assert not prose("village,issue\nAsh\nElm\nOak\nFir\n", physical=1)


def test_a_header_alone_is_a_table():
    assert not prose("What did you see in the village?,Who told you about it first?\n")
