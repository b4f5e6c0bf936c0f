"""Records that stand a column beside where they belong."""

import pytest

import visittally

HEADER = "date,village,household,visitor,issue,status,due,satisfied"
WORDS = (("Ash", "Elm", "Oak"), ("Ann", "Bob"), ("road", "water", "school"), ("open", "done"), ("yes", "no"))


def rows(n=24):
    villages, visitors, issues, states, answers = WORDS
    return [
        [
            *(f"2026-03-{i % 20 + 1:02d}", villages[i % 3], f"H{i}", visitors[i % 2], issues[i % 3]),
            *(states[i % 2], f"2026-04-{i % 20 + 1:02d}", answers[i % 2]),
        ]
        for i in range(n)
    ]


@pytest.fixture
def said(tmp_path):
    """What is said of shifted records of a file."""

    def run(records, header=HEADER, lang="en"):
        path = tmp_path / "a.csv"
        path.write_text("\n".join([header, *map(",".join, records)]) + "\n", "utf-8")
        notices = visittally.summarize(str(path), lang=lang).notices
        return [n.message for n in notices if n.code == "shifted_cells"]

    return run


def right(row, at):
    return [*row[:at], "", *row[at:-1]]


def left(row, at):
    return [*row[:at], *row[at + 1 :], ""]


def test_a_cell_too_many_or_too_few_is_named_with_line_column_and_way(said):
    records = rows()
    records[5], records[10] = right(records[5], 1), left(records[10], 2)

    (message,) = said(records)

    assert 'line 7: from "household" on, 1 to the right' in message
    assert 'line 12: from "household" on, 1 to the left' in message


def test_a_row_with_a_cell_more_than_the_header_is_named(said):
    records = rows()
    records[5] = [*records[5][:3], "H99", *records[5][3:]]

    assert 'line 7: from "visitor" on, 1 to the right' in said(records)[0]


def test_it_is_said_in_chinese(said):
    records = rows()
    records[5] = right(records[5], 1)

    assert "第 7 行：从“household”起右移 1 列" in said(records, lang="zh")[0]


def test_blanks_slips_and_new_words_are_no_shift(said):
    records = rows()
    records[3] = [*records[3][:4], "", "", "", ""]
    records[4][4] = "done"  # one word of the column beside it
    records[6][4], records[6][5] = "bridge", "waiting"
    records[7][2] = "unknown"

    assert said(records) == []


def test_few_records_tell_nothing(said):
    records = rows(8)
    records[5] = right(records[5], 1)

    assert said(records) == []


def test_columns_of_the_same_words_are_not_taken_for_each_other(said):
    """A matrix of yes and no, in which somebody skipped an item."""
    header = "village,issue,q1,q2,q3,q4"
    records = [["Ash", "road", *("yes" if (i + k) % 3 else "no" for k in range(4))] for i in range(20)]
    records[4] = right(records[4], 2)

    assert said(records, header) == []
