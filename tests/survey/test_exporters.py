"""Which tool exported a table."""

import pytest

from visittally.survey.exporters import is_own, looks_like_key
from visittally.survey.understanding import understand

UUIDS = [f"aaaaaaaa-bbbb-{i:04d}" for i in range(4)]


@pytest.mark.parametrize(
    ("tool", "headers", "cells"),
    [
        ("kobotoolbox", "village,_id,_uuid,_submission_time", "Ash,1,aaaa-0001,2026-04-01T10:00:00"),
        ("kobotoolbox", "village,place,_place_latitude,_place_longitude", "Ash,1.5 2.5,1.5,2.5"),
        ("kobotoolbox", "village,X_id,X_uuid,X_submission_time", "Ash,1,aaaa-0001,2026-04-01T10:00:00"),
        ("ona", "village,_uuid,_submission_time,_total_media", "Ash,aaaa-0001,2026-04-01T10:00:00,0"),
        ("odk", "SubmissionDate,village,KEY,SubmitterID", "2026-04-01T10:00:00,Ash,uuid:aaaa-0001,7"),
        ("odk", "SubmissionDate,village,meta:instanceID,KEY", "2026-04-01,Ash,uuid:aaaa-0001,uuid:aaaa-0001"),
        (
            "surveycto",
            "SubmissionDate,starttime,village,formdef_version,KEY",
            "2026-04-01,2026-04-01,Ash,7,uuid:aaaa-0001",
        ),
        ("limesurvey", "village,needs[SQ001],needs[SQ002]", "Ash,Y,"),
        ("googleforms", "Timestamp,village", "2026/04/01 10:00:00,Ash"),
        ("surveymonkey", "RespondentID,CollectorID,village", "101,7,Ash"),
        ("typeform", "#,village,Network ID", "f00,Ash,n1"),
        (
            "qualtrics",
            "StartDate,EndDate,Finished,ResponseId,RecordedDate,village",
            "2026-04-01,2026-04-01,True,R_1,2026-04-01,Ash",
        ),
        ("redcap", "record_id,village,needs___1,needs___2", "1,Ash,1,0"),
        ("wjx", "序号,提交答卷时间,所用时间,来自IP,1、所在村", "1,2026/4/1 10:00,12秒,10.0.0.1,甲村"),
        ("tencent", "编号,开始答题时间,结束答题时间,1.所在村", "1,2026-04-01,2026-04-01,甲村"),
        ("tencentdocs", "提交者（自动）,提交时间（自动）,所在村（必填）", "某某,2026-04-01,甲村"),
        ("jinshuju", "序号,所在村,提交时间,修改时间", "1,甲村,2026-04-01,2026-04-01"),
        ("", "village,issue", "Ash,road"),
    ],
)
def test_a_tool_is_told_by_the_columns_that_it_adds(table, tool, headers, cells):
    source = table(f"{headers}\n" + "\n".join([cells] * 3))

    assert tool == understand([source]).layouts[0].tool


def test_columns_of_the_tool_are_no_questions(table):
    source = table("village,_id,_uuid,_submission_time\nAsh,1,aaaa-0001,2026-04-01\nElm,2,aaaa-0002,2026-04-02")

    assert [q.name for q in understand([source]).questions()] == ["village"]


@pytest.mark.parametrize(
    "text",
    [
        "Response Code,Submitted On,Status,village\nw1,2026-04-01,Final,Ash\nw2,2026-04-02,Final,Elm",
        (
            "Record ID,Survey Timestamp,village,What? (choice=Road),What? (choice=Water),Complete?\n"
            "1,2026-04-01,Ash,Checked,Unchecked,Complete\n2,2026-04-01,Elm,Unchecked,Checked,Complete"
        ),
    ],
)
def test_what_a_tool_says_of_its_records_is_no_status_and_no_question(table, text):
    survey = understand([table(text)])

    assert "status" not in survey.fields
    assert not {"Status", "Complete?"} & {q.name for q in survey.questions()}


def test_a_column_of_another_tool_is_a_question(table):
    assert "Status" in {q.name for q in understand([table("village,Status\nAsh,well\nElm,ill\nOak,well")]).questions()}


@pytest.mark.parametrize("value", ["0.5", "NA", "", "12", "no key at all 1"])
def test_what_is_short_or_text_is_no_key(value):
    assert not looks_like_key(value)


def keyed(table, keys):
    rows = "\n".join(f"Ash,{key},2026-04-01" for key in keys)
    return understand([table(f"village,_uuid,_submission_time\n{rows}")])


def test_the_key_of_the_tool_tells_records_apart(table):
    assert keyed(table, UUIDS).fields["record_key"] == "_uuid"


def test_a_few_fragments_among_the_keys_do_not_matter(table):
    assert keyed(table, [*UUIDS, "0", "NA"]).fields["record_key"] == "_uuid"


def test_a_key_that_comes_again_and_again_is_said_and_ignored(table):
    survey = keyed(table, [UUIDS[0]] * 8)

    assert "record_key" not in survey.fields
    assert [n.code for n in survey.notices] == ["key_ignored"]


def test_numbers_of_rows_never_merge_records(table):
    survey = understand([table("序号,编号,id,村\n1,aaaa-0001,aaaa-0001,甲村\n2,aaaa-0002,aaaa-0002,乙村")])

    assert "record_key" not in survey.fields


def test_two_exports_with_the_same_records_keep_their_key(table):
    text = "village,_uuid,_submission_time\n" + "\n".join(f"Ash,{key},2026-04-01" for key in UUIDS)

    survey = understand([table(text, "april.csv"), table(text, "may.csv")])

    assert survey.fields["record_key"] == "_uuid"


def test_a_question_called_status_is_no_column_of_the_tool():
    """ODK Central adds "Status"; SurveyCTO, whose exports have the same marks, adds none."""
    assert is_own("Status", "odk")
    assert not is_own("status", "odk")
