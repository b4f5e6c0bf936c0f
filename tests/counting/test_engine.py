"""Counting all files: records that the exporting tool says are none; lists of records."""

from dataclasses import replace

import pytest

import visittally
from visittally.analyses.campaign import load
from visittally.counting.engine import count, records
from visittally.counting.plan import Plan
from visittally.settings import Settings


@pytest.mark.parametrize(
    ("header", "real", "not_real"),
    [
        ("KEY,formdef_version,review_status,village,issue", "k1,7,APPROVED,Ash,road", "k2,7,REJECTED,Ash,road"),
        (
            "ResponseId,RecordedDate,Status,village,issue",
            "R_1,2026-04-01,0,Ash,road",
            "R_2,2026-04-01,Survey Preview,Ash,road",
        ),
        ("UniqueKey,RECSTATUS,GlobalRecordId,village,issue", "1,1,a1,Ash,road", "2,0,a2,Ash,road"),
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


def test_a_list_looks_through_the_values_of_each_block_only(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text("village,issue\n" + "".join(f"Ash {n // 100},road\n" for n in range(2_000)))
    campaign = load(Settings(files=(str(path),)))
    source = replace(campaign.survey.layouts[0].source, block=1 << 12)
    survey = replace(campaign.survey, layouts=(replace(campaign.survey.layouts[0], source=source),))
    village = campaign.axis("village").dimension

    blocks = list(records(survey, Plan(), (), count(survey, Plan()), [village]))

    assert len(blocks) > 3
    assert all(set(cells.values) == set(cells.to_pylist()) for _file, _lines, (cells,) in blocks)
    assert [n for _file, lines, _cells in blocks for n in lines] == list(range(2, 2_002))
