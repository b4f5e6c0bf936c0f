"""How a text is written is decided by how its rows come out."""

from __future__ import annotations

import csv
import io

import pytest

from visittally.reading.text.dialect_search import find_dialect

ROWS = [["id", "date", "village", "remark"]] + [
    [str(i), f"2026-04-{i:02d}", "Daping", ["none", "road; bridge", "far, steep", "1 | 2"][i % 4]] for i in range(1, 20)
]


def written(delimiter, **how):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n", **how).writerows(ROWS)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "~", "^"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_the_delimiter_makes_rows_equally_wide(delimiter, quoting):
    dialect, why = find_dialect(written(delimiter, quoting=quoting))
    assert dialect.delimiter == delimiter
    assert why


def test_decimal_commas_are_no_delimiters():
    text = "village;lat;lon\n" + "".join(f"V{i};{i},25;{i},75\n" for i in range(9))
    assert find_dialect(text)[0].delimiter == ";"


def test_single_quotes_enclose_cells_where_no_others_do():
    dialect, _why = find_dialect(written(",", quotechar="'", quoting=csv.QUOTE_ALL))
    assert dialect.quote == "'"


def test_apostrophes_are_no_quotes():
    assert find_dialect("id,name\n1,Men's\n2,'t Zand\n3,Kids'\n4,O'Neill\n")[0].quote == '"'


def test_a_backslash_escapes_quotes_where_they_are_not_doubled():
    text = 'id,remark\n1,"so called \\"road\\" there"\n2,"a \\"b\\", c"\n3,d\n'
    assert find_dialect(text)[0].escape == "\\"


def test_a_backslash_before_a_quote_that_closes_is_text():
    text = 'id,path,remark\n1,"C:\\forms\\","x"\n2,"C:\\sent\\","y ""z"" y"\n'
    assert find_dialect(text)[0].escape == ""


def test_a_space_behind_every_delimiter_is_no_part_of_cells():
    assert find_dialect('id, village, remark\n1, Daping, "far, steep"\n2, Shiqiao, none\n')[0].spaced
    assert not find_dialect("id,remark\n1,far, steep\n2,none\n")[0].spaced


@pytest.mark.parametrize(("text", "newline"), [("a,b\n1,2\n", "\n"), ("a,b\r\n1,2\r\n", "\n"), ("a,b\r1,2\r", "\r")])
def test_line_ends(text, newline):
    assert find_dialect(text)[0].newline == newline


def test_a_carriage_return_in_a_quoted_cell_ends_no_line():
    assert find_dialect('a,b\n1,"x\ry"\n2,z\n')[0].newline == "\n"


def test_one_column_has_no_delimiter():
    assert find_dialect("village\nDaping\nShiqiao\nLiutian\n")[0].delimiter == ""


def test_the_user_may_name_the_delimiter_by_a_word():
    assert find_dialect("a,b\n", "tab")[0].delimiter == "\t"
