"""How the files were understood, as tables and as a configuration."""

import tomllib

import pytest

from visittally.analyses.column_tables import columns_tables, columns_toml, look_at
from visittally.reading.receipt import FileReceipt, Receipt
from visittally.survey.understanding import understand

VISITS = """
village,community,problems,phone,when,_uuid,_submission_time
Ash,North,road; water,13900000001,03/04/2026,aaaa-0001,2026-04-03
Elm,South,water,13900000002,03/05/2026,aaaa-0002,2026-04-03
Oak,West,road,13900000003,04/05/2026,aaaa-0003,2026-04-03
Fir,West,road; school,13900000004,04/06/2026,aaaa-0004,2026-04-03
"""


def tables(survey, **options):
    receipt = Receipt([FileReceipt(layout.source.file, records_read=4) for layout in survey.layouts])
    return {t.name: t.to_dict() for t in columns_tables(survey, receipt, look_at(survey), **options)}


def test_each_field_has_its_column_and_the_runners_up(table):
    rows = tables(understand([table(VISITS)]))["fields"]["rows"]
    village = next(row for row in rows if row["field"] == "village")

    assert (village["column"], village["runners_up"], village["file"]) == ("village", "community", "visits.csv")


def test_files_say_how_they_were_read(table):
    (row,) = tables(understand([table(VISITS)]))["files"]["rows"]

    assert (row["tool"], row["encoding"], row["delimiter"], row["records_read"]) == ("kobotoolbox", "utf-8", ",", 4)


def test_questions_leave_out_what_is_personal_or_the_tools_own(table):
    found = tables(understand([table(VISITS)]))["questions"]

    assert [row["question"] for row in found["rows"]] == ["village", "community", "problems", "when"]
    assert any("phone" in note for note in found["notes"])


def test_dates_of_unclear_order_are_said(table):
    notes = tables(understand([table(VISITS)]))["fields"]["notes"]

    assert any('"when"' in note for note in notes)


def test_no_answer_of_a_personal_column_is_in_any_table(table):
    assert "13900000001" not in str(tables(understand([table(VISITS)])))


def test_words_of_free_texts_suggest_categories_without_the_texts(table):
    source = table(
        "村,反映问题\n甲村,王某某说村道坑坑洼洼不好走\n乙村,李某某说自来水经常停水没法用\n丙村,赵某某说孩子们上学的路太远了"
    )
    found = tables(understand([source]))

    assert {"road", "water"} <= {row["issue"] for row in found["suggestions"]["rows"]}
    assert "某" not in str(found["suggestions"])
    assert "suggestions" not in tables(understand([source]), suggest=False)


@pytest.mark.parametrize(
    "header", ["village", 'the "village"', "what\nvillage", "a\\b village", "# village", "村 = 乡 村庄"]
)
def test_the_configuration_used_again_changes_nothing(table, header):
    quoted = header.replace('"', '""')
    source = table(f'"{quoted}",problems\nAsh,road; water\nElm,water\nOak,road\nFir,road; school')
    survey = understand([source])

    again = understand([source], columns=tomllib.loads(columns_toml(survey))["columns"])

    assert survey.fields["village"]
    assert (again.fields, again.variables) == (survey.fields, survey.variables)


def test_the_configuration_says_why_and_what_else_there_was(table):
    text = columns_toml(understand([table(VISITS)]))

    assert 'village = "village"' in text
    assert '# its header; others: "community"' in text
    assert '# status = "..."' in text
