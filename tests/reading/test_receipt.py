"""The receipt: read = counted + set aside, in every file and in all; small numbers are not printed."""

from __future__ import annotations

from collections import Counter

import pytest

from visittally.reading import receipt
from visittally.reading.receipt import FileReceipt, Kind, Receipt, SetAside

LONG = SetAside(4, Kind.UNREADABLE, "5 cells instead of 4")
TOTAL = SetAside(2, Kind.NOT_A_RECORD, "total row")
BAD = SetAside(4, Kind.INVALID, "weight -1")


def test_what_is_added_is_counted_or_set_aside():
    file = FileReceipt("a.csv")
    file.add(5, [LONG, TOTAL])
    file.add(10, more=Counter({Kind.FILTERED: 3}))

    assert (file.records_read, file.records_counted, file.records_set_aside) == (15, 10, 5)
    assert file.counts == {Kind.UNREADABLE: 1, Kind.NOT_A_RECORD: 1, Kind.FILTERED: 3}
    assert file.entries == [TOTAL, LONG]


def test_another_stretch_lies_further_down():
    file, other = FileReceipt("a.csv"), FileReceipt("a.csv")
    file.add(3, [LONG])
    other.add(4, [TOTAL, BAD], Counter({Kind.REJECTED: 1}))

    file.merge(other, 100)

    assert (file.records_read, file.records_counted) == (7, 3)
    assert [(entry.line, entry.kind) for entry in file.entries] == [
        (4, Kind.UNREADABLE),
        (102, Kind.NOT_A_RECORD),
        (104, Kind.INVALID),
    ]
    assert other.entries == [TOTAL, BAD]


def test_a_stretch_whose_lines_are_known_is_not_moved():
    file = FileReceipt("a.csv", entries=[LONG])
    file.merge(FileReceipt("a.csv", entries=[TOTAL, BAD]))

    assert file.entries == [TOTAL, BAD, LONG]  # in one line by their kind


def test_only_the_first_are_listed_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(receipt, "LISTED", 2)
    file, other = FileReceipt("a.csv"), FileReceipt("a.csv")
    file.add(3, [SetAside(line, Kind.FILTERED, "where") for line in (9, 7, 8)])
    other.add(1, [SetAside(1, Kind.FILTERED, "where")])

    assert [entry.line for entry in file.entries] == [7, 8]
    file.merge(other, 4)
    assert [entry.line for entry in file.entries] == [5, 7]
    assert file.records_set_aside == 4


def two_files(smallest=0):
    first = FileReceipt("a.csv", "utf-8", ",", None, 2, "ODK", records_read=1_200)
    first.add(0, [LONG, TOTAL])
    second = FileReceipt("b.xlsx", sheet="May", records_read=10)
    second.add(0, [BAD, TOTAL])
    return Receipt([first, second], smallest)


def test_all_files_together():
    every = two_files()

    assert (every.records_read, every.records_counted, every.records_set_aside) == (1_210, 1_206, 4)
    assert every.sentence() == "Read 1,210 records, counted 1,206, set aside 4."
    assert [(file.file, entry) for file, entry in every.lost()] == [("a.csv", LONG), ("b.xlsx", BAD)]


def test_the_receipt_for_programs():
    found = two_files().to_dict()

    assert {name: found[name] for name in found if name != "files"} == {
        "records_read": 1_210,
        "records_counted": 1_206,
        "records_set_aside": 4,
    }
    assert found["files"][0] == {
        "file": "a.csv",
        "encoding": "utf-8",
        "delimiter": ",",
        "sheet": None,
        "header_row": 2,
        "tool": "ODK",
        "records_read": 1_200,
        "records_counted": 1_198,
        "records_set_aside": 2,
        "set_aside": [
            {"line": 2, "kind": "not_a_record", "reason": "total row"},
            {"line": 4, "kind": "unreadable", "reason": "5 cells instead of 4"},
        ],
    }


@pytest.mark.parametrize(("smallest", "discreet"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_kind_with_few_records_makes_the_receipt_discreet(smallest, discreet):
    """Once unreadable and once invalid; the two total rows stand in two files and are two together."""
    assert two_files(smallest).discreet == discreet


def test_kinds_are_summed_over_files_before_they_are_judged():
    files = []
    for name in ("a.csv", "b.csv"):
        files.append(FileReceipt(name, records_read=10))
        files[-1].add(0, more=Counter({Kind.FILTERED: 3}))

    assert not Receipt(files, 6).discreet
    assert Receipt(files, 7).discreet
    assert not Receipt([FileReceipt("a.csv", records_read=10)], 7).discreet


def test_small_numbers_follow_from_nothing_that_is_printed():
    discreet = two_files(5)

    assert discreet.sentence() == "Counted 1,206 records; small numbers of records set aside are hidden."
    found = discreet.to_dict()
    assert (found["records_read"], found["records_counted"], found["records_set_aside"]) == (None, 1_206, None)
    hidden = ("records_read", "records_counted", "records_set_aside", "set_aside")
    assert all(file[name] is None for file in found["files"] for name in hidden)


def test_files_alone_tell_no_numbers_where_small_ones_are_hidden():
    whole = Receipt([FileReceipt("a.csv", records_read=10)], 5)

    assert whole.to_dict()["records_read"] == 10
    assert whole.to_dict()["files"][0]["records_counted"] is None


def test_standard_input_goes_by_one_name_for_programs():
    assert FileReceipt("standard input").to_dict()["file"] == "-"
    assert FileReceipt("standard input.csv").to_dict()["file"] == "standard input.csv"
