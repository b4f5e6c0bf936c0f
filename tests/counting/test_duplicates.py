"""The same record twice: taken out of what was counted, or counted anew without it, it makes no difference."""

from __future__ import annotations

import random

import pytest

import visittally
from visittally import reading
from visittally.counting import cores, duplicates
from visittally.counting.counter import count_partition

HEADER = "_uuid,village,household_id,issue,status,_submission_time\n"


def line(n, issue="road", status="resolved"):
    return f"6bd1c2f0-{n:04d}-4000,{'Ash' if n % 3 else 'Elm'},H{n % 7},{issue},{status},2026-04-01\n"


@pytest.fixture
def counted(tmp_path):
    """The tables and the receipt of files with these texts."""

    def count(*texts):
        paths = []
        for i, text in enumerate(texts):
            paths.append(tmp_path / f"export{i}.csv")
            paths[-1].write_text(HEADER + text)
        result = visittally.summarize(paths)
        return {name: table.to_dict()["rows"] for name, table in result.tables.items()}, result.receipt, result.notices

    return count


def never(*_args):
    return False


def seen_in(found):
    tables, receipt, notices = found
    entries = [[(entry.line, entry.kind) for entry in file.entries] for file in receipt.files]
    return tables, receipt.records_counted, entries, list(map(str, notices))


@pytest.mark.parametrize("seed", range(12))
def test_subtracting_and_counting_anew_agree(counted, monkeypatch, seed):
    """Of records that stand there twice, with or without other content, among some that repeat others exactly."""
    rng = random.Random(seed)
    texts = []
    for _file in range(rng.randint(1, 3)):
        rows = [line(n) for n in range(rng.randint(0, 10), rng.randint(30, 60))]
        rows.append(line(rng.randint(10, 29), issue=rng.choice(["road", "water"])))
        rows += [",Ash,H1,road,resolved,2026-04-01\n"] * rng.randint(0, 3)
        texts.append("".join(rng.sample(rows, len(rows))))
    subtracted = counted(*texts)
    monkeypatch.setattr(duplicates.Duplicates, "can_be_subtracted", never)

    assert seen_in(subtracted) == seen_in(counted(*texts))
    assert subtracted[1].records_set_aside


def test_records_that_were_counted_are_taken_out_without_reading_again(counted, monkeypatch):
    """Nor is a file looked through that holds none of the keys."""
    read = []

    def count(task, *more):
        read.append((task.file, task.twice is not None))
        return count_partition(task, *more)

    monkeypatch.setattr(cores, "count_partition", count)
    counted("".join(map(line, range(30))), "".join(map(line, range(50, 70))), "".join(map(line, range(25, 40))))

    assert sorted(read) == [(0, False), (0, True), (1, False), (2, False), (2, True)]


@pytest.mark.parametrize("reverse", [False, True])
def test_the_fuller_record_counts_whatever_the_order(counted, reverse):
    records = [line(n) for n in range(12)]
    later = [line(3, issue="water", status="")]
    texts = ["".join(records), "".join(later)]
    tables, receipt, _notices = counted(*(reversed(texts) if reverse else texts))

    assert {row["issue"]: row["mentions"] for row in tables["issues"]} == {"road": 12}
    assert receipt.records_set_aside == 1


def test_of_a_key_in_three_records_one_counts(counted):
    tables, receipt, _notices = counted(*["".join(map(line, range(9)))] * 3)

    assert sum(row["cases"] for row in tables["areas"] if not row.get("total")) == 9
    assert receipt.records_set_aside == 18


def test_a_later_export_may_hold_all_records_of_an_earlier_one(counted):
    _tables, receipt, notices = counted("".join(map(line, range(4))), "".join(map(line, range(6))))

    assert receipt.records_counted == 6
    assert "duplicates" in {notice.code for notice in notices}


def test_a_key_that_comes_again_within_a_file_tells_no_records_apart(counted):
    _tables, receipt, notices = counted("".join(map(line, [1, 1, 1, 2, 3])), "".join(map(line, range(10, 20))))

    assert receipt.records_counted == 15
    assert "duplicates" not in {notice.code for notice in notices}


def test_the_list_of_those_set_aside_is_in_order_and_ends_after_a_thousand(counted):
    first = "".join(map(line, range(1_500)))
    _tables, receipt, _notices = counted(first, "Total,,,,,\n" + first + "Total,,,,,\n")
    entries = receipt.files[1].entries

    assert receipt.records_set_aside == 1_502
    assert [entry.line for entry in entries] == list(range(2, 1_002))


@pytest.mark.parametrize(("limit", "said"), [(1 << 20, True), (40, False)])
def test_exact_repeats_are_looked_for_where_files_of_one_kind_are_small_together(write, monkeypatch, limit, said):
    """It does not matter over how many files records are spread."""
    monkeypatch.setattr(reading, "HASHED", limit)
    files = [write(f"{n}.csv", "village,issue\nAsh,road\nElm,water\n") for n in range(3)]
    codes = [notice.code for notice in visittally.summarize(files).notices]
    assert ("exact_repeats" in codes) is said


def test_whether_a_key_tells_records_apart_is_judged_on_all_of_them(tmp_path):
    path = tmp_path / "visits.csv"
    rare = line(40, issue="water")
    path.write_text(HEADER + "".join(map(line, range(30))) + rare * 2, encoding="utf-8")

    assert visittally.summarize(path).receipt.records_counted == 31
    assert visittally.summarize(path, where=["issue=water"]).receipt.records_counted == 1
