"""Counting all files: the same record twice, records that the exporting tool says are none."""

import pytest

import visittally

HEADER = "_uuid,village,issue,_submission_time\n"


def lines(numbers, issue="road"):
    """Records of a form tool, one for each number."""
    return "".join(f"6bd1c2f0-{n:04d}-4000,Ash,{issue},2026-04-01\n" for n in numbers)


@pytest.fixture
def cases(tmp_path):
    """Count the cases in files of some texts, and the codes of the notices."""

    def count(*texts):
        paths = []
        for i, text in enumerate(texts):
            paths.append(tmp_path / f"export{i}.csv")
            paths[-1].write_text(HEADER + text)
        result = visittally.summarize(paths)
        return result.receipt.records_counted, {notice.code for notice in result.notices}

    return count


def test_a_later_export_may_hold_all_records_of_an_earlier_one(cases):
    counted, notices = cases(lines(range(4)), lines(range(6)))

    assert counted == 6
    assert "duplicates" in notices


def test_three_exports_of_the_same_records_count_them_once(cases):
    assert cases(lines(range(3)), lines(range(3)), lines(range(3)))[0] == 3


def test_a_key_that_comes_again_within_a_file_tells_no_records_apart(cases):
    counted, notices = cases(lines([1, 1, 1, 2, 3]), lines(range(10, 20)))

    assert counted == 15
    assert "duplicates" not in notices


@pytest.mark.parametrize(
    ("header", "real", "not_real"),
    [
        ("KEY,formdef_version,review_status,village,issue", "k1,7,APPROVED,Ash,road", "k2,7,REJECTED,Ash,road"),
        (
            "ResponseId,RecordedDate,Status,village,issue",
            "R_1,2026-04-01,0,Ash,road",
            "R_2,2026-04-01,Survey Preview,Ash,road",
        ),
    ],
)
def test_rejected_and_test_submissions_do_not_count(tmp_path, header, real, not_real):
    path = tmp_path / "export.csv"
    path.write_text(f"{header}\n{real}\n{not_real}\n")

    receipt = visittally.summarize(path).receipt

    assert receipt.records_counted == 1
    assert [entry["kind"] for entry in receipt.to_dict()["files"][0]["set_aside"]] == ["rejected"]


def test_a_column_called_status_rejects_nothing_by_itself(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text("village,issue,Status\nAsh,road,Survey Preview\nElm,water,open\n")

    assert visittally.summarize(path).receipt.records_counted == 2
