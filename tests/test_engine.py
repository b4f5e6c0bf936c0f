"""Counting all files: the same record twice."""

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
