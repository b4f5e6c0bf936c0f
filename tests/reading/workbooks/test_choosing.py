"""Which sheets of a workbook hold the records, and what is said about the others."""

from __future__ import annotations

import pytest

from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions
from visittally.reading.kept import KeptRow, KeptTable
from visittally.reading.workbooks.choosing import Candidate, choose_sheets, same_columns

VISITS = [
    ["village", "issue", "visited"],
    ["Elm", "road", "2026-04-01"],
    ["Oak", "water", "2026-04-02"],
    ["Elm", "none", "2026-04-02"],
]


def test_the_sheet_with_the_records_is_taken_and_the_others_are_named(tmp_path, workbook, opened):
    wide = [
        [f"question {i}" for i in range(12)],
        *[[f"answer {i} {r}" for i in range(12)] for r in range(30)],
    ]
    path = workbook(
        tmp_path / "several.xlsx",
        Cover=[["Spring campaign"], ["Contact: the office"]],
        Places=[["village", "district"], *[[f"village {i}", "north"] for i in range(200)]],
        Visits=wide,
    )
    source = opened(path)
    assert source.sheet == "Visits"
    (notice,) = source.notices
    assert notice.code == "other_sheets"
    assert "Places (200 rows)" in notice.message
    assert "Visits" in source.evidence[0]


def test_sheets_with_the_same_columns_are_one_table(tmp_path, workbook):
    april = [VISITS[0], ["Ash", "road", "2026-04-03"], ["Fir", "none", "2026-04-04"]]
    path = workbook(tmp_path / "months.xlsx", March=VISITS, April=[[*row[1:], row[0]] for row in april])
    sources = open_sources([str(path)], ReadingOptions())
    assert [source.sheet for source in sources] == ["March", "April"]
    assert [notice.code for source in sources for notice in source.notices] == ["sheets_together"]


def test_a_sheet_that_collects_the_others_is_left_out(tmp_path, workbook):
    april = [["Ash", "road", "2026-04-03"], ["Fir", "none", "2026-04-04"]]
    path = workbook(tmp_path / "all.xlsx", All=[*VISITS, *april], March=VISITS, April=[VISITS[0], *april])
    sources = open_sources([str(path)], ReadingOptions())
    assert [source.sheet for source in sources] == ["March", "April"]
    assert "All (5 rows)" in sources[0].notices[1].message


def test_a_copy_of_a_sheet_is_left_out(tmp_path, workbook):
    path = workbook(tmp_path / "copy.xlsx", Visits=VISITS, Copy=VISITS)
    assert len(open_sources([str(path)], ReadingOptions())) == 1


def test_hidden_sheets_are_taken_only_for_want_of_others(tmp_path, workbook, put, opened):
    def hidden(worksheet, _book):
        put(worksheet, [["a", "b", "c", "d"], *[["1", "x", "y", "z"]] * 50])
        worksheet.hide()

    assert opened(workbook(tmp_path / "hidden.xlsx", Visits=VISITS, Lists=hidden)).sheet == "Visits"


def test_repeated_groups_are_no_visits(tmp_path, workbook, opened):
    members = [["name", "_parent_table_name", "_parent_index"], *[[f"m{i}", "Visits", 1] for i in range(40)]]
    source = opened(workbook(tmp_path / "kobo.xlsx", Visits=VISITS, members=members))
    assert source.sheet == "Visits"
    assert [notice.code for notice in source.notices] == ["repeats_left_out"]
    assert opened(tmp_path / "kobo.xlsx", sheets=("members",)).sheet == "members"


def candidate(name, header, *rows, visible=True, records=None):
    kept = tuple(KeptRow(n, row) for n, row in enumerate(rows, 2))
    table = KeptTable("visits.xlsx", tuple(header), (tuple(header),), sheet=name, rows=kept, evidence=("header",))
    return Candidate(table, len(rows) if records is None else records, visible)


HEAD = ("village", "date", "issue", "status")


def some(first, last, place="Ash"):
    return [(f"{place} {n}", f"2026-04-{n:02d}", "road", "open") for n in range(first, last)]


def chosen(*candidates):
    """The sheets that were taken, and what is said about the others."""
    tables = choose_sheets(candidates)
    return [table.sheet for table in tables], {notice.code: notice.message for notice in tables[0].notices}


def test_a_single_sheet_needs_no_words():
    [table] = choose_sheets([candidate("Visits", HEAD, *some(1, 3))])

    assert table.notices == ()
    assert table.evidence == ("header",)


def test_a_blank_sheet_beside_is_counted_in_the_evidence_alone():
    [table] = choose_sheets([candidate("Visits", HEAD, *some(1, 3)), candidate("Cover", ("a", "b"))])

    assert table.notices == ()
    assert table.evidence == ('sheet "Visits": the fullest table of 2 sheets', "header")


def test_columns_count_for_more_than_rows():
    """Four columns of four rows are 8; two columns must have more than 64 rows to be twice as full."""
    visits, few = candidate("Visits", HEAD, *some(1, 5)), ("place", "no")

    assert chosen(visits, candidate("Places", few, records=64))[0] == ["Visits"]
    assert chosen(visits, candidate("Places", few, records=65))[0] == ["Places"]
    assert chosen(candidate("Places", few, records=63), visits)[0] == ["Places"]
    assert chosen(candidate("Places", few, records=3), visits)[0] == ["Visits"]


def test_columns_without_a_name_count_for_nothing_beside_named_ones():
    wide = candidate("Wide", ("a", "b", *[""] * 9), records=3)

    assert chosen(wide, candidate("Visits", HEAD, *some(1, 5)))[0] == ["Visits"]
    assert chosen(candidate("Bare", [""] * 4, records=3), candidate("Visits", HEAD, *some(1, 5)))[0] == ["Bare"]


def test_of_sheets_about_as_full_the_first_is_taken_and_the_others_are_named():
    sheets, said = chosen(
        candidate("First", HEAD, *some(1, 4)), candidate("Second", ("name", "age", "job", "sex"), *some(1, 10))
    )

    assert sheets == ["First"]
    assert said == {
        "other_sheets": 'visits.xlsx: the records were taken from the sheet "First", not from: Second (9 rows). '
        "--sheet takes another."
    }


def test_hidden_sheets_forms_and_repeats_come_last():
    hidden = candidate("Hidden", HEAD, *some(1, 9), visible=False)
    small = candidate("Small", ("a", "b"), ("1", "2"))
    blank = candidate("Blank", ("a", "b"))
    form = candidate("survey", ("type", "name", "label::English", "hint"), *some(1, 20))
    lists = candidate("choices", ("list name", "name", "label", "image"), *some(1, 20))
    repeats = candidate("members", (*HEAD, "_parent_index"), *[(*row, "1") for row in some(1, 20)])

    assert chosen(form, lists, repeats, hidden, small)[0] == ["Small"]
    assert chosen(form, lists, repeats, hidden, blank)[0] == ["Hidden"]
    assert chosen(form, lists, repeats, blank)[0] == ["Blank"]
    assert chosen(form)[0] == ["survey"]


def test_repeats_belong_to_the_visits_and_are_said_apart():
    repeats = candidate("members", (*HEAD, "_parent_index"), *[(*row, "1") for row in some(1, 3)])
    tables = choose_sheets([repeats, candidate("Visits", HEAD, *some(1, 3))])

    assert tables[0].repeats == (repeats.table,)
    assert [notice.message for notice in tables[0].notices] == [
        "visits.xlsx: not counted as visits, because they hold the rows of repeated groups: members (2 rows)."
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (HEAD, HEAD[::-1], True),
        (HEAD, ("Village ", "DATE", "issue", "status"), True),
        (HEAD, (*HEAD, "remark"), True),  # four of five
        (HEAD, (*HEAD[:3], "remark"), False),
        (HEAD, HEAD[:3], False),
        (("village", ""), ("village", ""), False),  # one name is no table
        (("village", "date"), ("village", "date"), True),
        (("", ""), ("", ""), False),
    ],
)
def test_columns_are_the_same_where_four_names_in_five_are(one, other, same):
    assert same_columns(one, other) == same


def test_many_sheets_of_one_table_are_not_all_named():
    sheets, said = chosen(*[candidate(f"V{n}", HEAD, *some(1, 3, f"place {n}")) for n in range(9)])

    assert len(sheets) == 9
    assert said["sheets_together"] == (
        "visits.xlsx: 9 sheets have the same columns and are counted as one table: "
        "V0, V1, V2, V3, V4, V5, V6, V7 ... (--by sheet shows them, --sheet takes one)."
    )
    assert " ..." not in chosen(*[candidate(f"V{n}", HEAD, *some(1, 3, f"p {n}")) for n in range(8)])[1][
        "sheets_together"
    ].replace("(--by", "")


def test_blank_sheets_of_the_same_table_are_not_taken():
    assert chosen(candidate("May", HEAD), candidate("June", HEAD, *some(1, 3)))[0] == ["June"]


def test_a_collection_of_all_others_is_left_out_wherever_it_stands():
    parts = candidate("North", HEAD, *some(1, 4)), candidate("South", HEAD, *some(4, 6))
    every = candidate("All", HEAD, *some(1, 6))

    for order in ((every, *parts), (*parts, every)):
        sheets, said = chosen(*order)
        assert sheets == ["North", "South"]
        assert said["sheets_again"] == (
            "visits.xlsx: left out, because their records stand in the other sheets, too: All (5 rows)."
        )


def test_a_collection_with_a_record_of_its_own_is_taken_and_its_parts_are_not():
    every = candidate("All", HEAD, *some(1, 26))

    assert chosen(candidate("N", HEAD, *some(1, 20)), candidate("S", HEAD, *some(20, 25)), every)[0] == ["All"]


def test_of_two_sheets_the_one_is_left_out_that_the_other_holds():
    """Nothing is lost, however few records the other one has beside."""
    old = candidate("Old", HEAD, *some(1, 13))
    for more in (1, 3, 20):
        sheets, said = chosen(old, candidate("New", HEAD, *some(1, 13), *some(1, 1 + more, "Elm")))
        assert sheets == ["New"]
        assert "because their records stand in the other sheets, too: Old (12 rows)" in said["sheets_again"]


def test_a_sheet_is_left_out_of_which_most_stands_in_the_other():
    """Ten records at least, and four in five; each has some of its own."""

    def two(both, more):
        first = candidate("Old", HEAD, *some(1, 1 + both), *some(1, 2, "Oak"))
        return chosen(first, candidate("New", HEAD, *some(1, 1 + both), *some(1, 1 + more, "Elm")))

    sheets, said = two(12, 3)
    assert sheets == ["Old"]
    assert "because most of their records stand in the other sheets, too: New (15 rows)" in said["sheets_again"]
    assert two(10, 2)[0] == ["Old"]
    assert two(9, 2)[0] == ["Old", "New"]
    assert two(12, 4)[0] == ["New"]  # twelve of sixteen are too few, but twelve of the thirteen others are enough


def test_most_of_a_sheet_among_three_is_not_enough():
    parts = [candidate(name, HEAD, *some(1, 20), *some(1, 2, name)) for name in ("N", "S", "W")]

    assert chosen(*parts)[0] == ["N", "S", "W"]


def test_running_numbers_make_no_record_another():
    head = ("序号", *HEAD)
    one = candidate("One", head, *[(str(n), *row) for n, row in enumerate(some(1, 5), 1)])
    again = candidate("Again", head, *[(str(n), *row) for n, row in enumerate(some(1, 5), 70)])

    assert len(chosen(one, again)[0]) == 1


def test_records_that_hold_little_tell_nothing():
    little = [("Ash", "2026-04-01", "", "-")] * 3

    assert chosen(candidate("One", HEAD, *little), candidate("Two", HEAD, *little))[0] == ["One", "Two"]
