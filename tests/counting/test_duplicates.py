"""The same record twice: taken out of what was counted, or counted anew without it, it makes no difference."""

from __future__ import annotations

import pytest

import visittally
from visittally import reading
from visittally.counting import duplicates

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


def nothing(*_args):
    return None


def test_subtracting_and_counting_anew_agree(counted, monkeypatch):
    texts = ["".join(map(line, range(30))), "".join(map(line, range(10, 50)))]
    anew = counted(*texts)
    # Exact repeats are looked for in small files, which forbids subtracting: as if these were large.
    monkeypatch.setattr("visittally.reading.text.streaming.record_hashes", nothing)
    subtracted = counted(*texts)
    monkeypatch.setattr(duplicates.Duplicates, "can_be_subtracted", never)

    assert subtracted[0] == counted(*texts)[0] == anew[0]
    assert subtracted[1].records_set_aside == anew[1].records_set_aside == 20
    assert [e.line for e in subtracted[1].files[1].entries] == [e.line for e in anew[1].files[1].entries]


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


def test_the_list_of_those_set_aside_is_in_order_and_ends_after_a_thousand(counted, monkeypatch):
    monkeypatch.setattr("visittally.reading.text.streaming.record_hashes", nothing)
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
