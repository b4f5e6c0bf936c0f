"""Every input that was named is opened, or all that cannot be are said; what holds no visits stands aside."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from visittally import reading
from visittally.errors import InputError, UsageError
from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions

TEXT = b"village,issue\nElm,road\nOak,water\n"


def zipped(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def workbook(path, *names):
    with xlsxwriter.Workbook(path) as book:
        for n, name in enumerate(names):
            sheet = book.add_worksheet(name)
            for number, row in enumerate((("village", "issue"), (f"Elm {n}", "road"), (f"Oak {n}", "water"))):
                sheet.write_row(number, 0, row)
    return path


def opened(*paths, **options):
    return open_sources([str(path) for path in paths], ReadingOptions(**options))


def test_all_files_that_cannot_be_read_are_named_at_once(tmp_path):
    (tmp_path / "minutes.pdf").write_bytes(b"%PDF-1.4 ")
    with pytest.raises(InputError) as error:
        open_sources([str(tmp_path / "missing.csv"), str(tmp_path / "minutes.pdf")], ReadingOptions())
    assert [line.rpartition("/")[2].split(" ")[0] for line in str(error.value).splitlines()] == [
        "missing.csv",
        "minutes.pdf",
    ]


def test_repeated_groups_in_an_archive_are_no_visits_unless_named_alone(tmp_path):
    member = b"name,age,PARENT_KEY,KEY\nAnn,31,uuid:1,uuid:1/members[1]\nBob,35,uuid:1,uuid:1/members[2]\n"
    visits = b"village,issue,KEY\nElm,road,uuid:1\nOak,water,uuid:2\n"
    archive = zipped(tmp_path / "form.zip", {"form-members.csv": member, "form.csv": visits})
    (source,) = open_sources([str(archive)], ReadingOptions())
    assert source.header == ("village", "issue", "KEY")
    assert [notice.code for notice in source.notices] == ["repeats_left_out"]
    assert "form.zip/form-members.csv" in source.notices[0].message
    (tmp_path / "form-members.csv").write_bytes(member)
    (alone,) = open_sources([str(tmp_path / "form-members.csv")], ReadingOptions())
    assert alone.header[0] == "name"


def test_a_folder_of_several_kinds_of_files_is_read_as_one_survey(tmp_path):
    (tmp_path / "a.csv").write_bytes(TEXT)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(TEXT))
    pq.write_table(pa.table({"village": ["Ash"], "issue": ["road"]}), tmp_path / "c.parquet")
    sources = open_sources([str(tmp_path)], ReadingOptions())
    assert [Path(source.file).name for source in sources] == ["a.csv", "b.csv.gz", "c.parquet"]
    assert {source.header for source in sources} == {("village", "issue")}
    assert [len(source.sample()) for source in sources] == [2, 2, 1]


def test_an_address_needs_more_software_or_names_what_is_wrong():
    with pytest.raises(InputError, match=r"nosuch://bucket/visits\.csv"):
        open_sources(["nosuch://bucket/visits.csv"], ReadingOptions())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", TEXT),
        ("a.json", b'[{"village": "Elm", "issue": "road"}, {"village": "Oak", "issue": "water"}]'),
        ("a.html", b"<table><tr><td>village<td>issue<tr><td>Elm<td>road<tr><td>Oak<td>water</table>"),
    ],
)
def test_every_kind_of_file_gives_the_same_records(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    (source,) = opened(tmp_path / name)

    assert source.header == ("village", "issue")
    assert [tuple(row) for row in source.sample()] == [("Elm", "road"), ("Oak", "water")]


def test_standard_input_is_an_input_among_others(tmp_path):
    (tmp_path / "a.csv").write_bytes(TEXT)
    sources = open_sources([str(tmp_path / "a.csv"), "-"], ReadingOptions(), io.BytesIO(TEXT))

    assert [source.file for source in sources] == [str(tmp_path / "a.csv"), "standard input"]


def test_a_sheet_needs_a_workbook(tmp_path):
    (tmp_path / "a.csv").write_bytes(TEXT)
    with pytest.raises(UsageError, match=r"--sheet May, June needs a workbook, but no input is one: .*a\.csv"):
        opened(tmp_path / "a.csv", sheets=("May", "June"))
    assert len(opened(tmp_path / "a.csv", workbook(tmp_path / "b.xlsx", "May"), sheets=("May",))) == 2


def test_each_workbook_gives_those_of_the_sheets_that_it_has(tmp_path):
    books = workbook(tmp_path / "a.xlsx", "April", "May"), workbook(tmp_path / "b.xlsx", "May", "June")

    assert [source.sheet for source in opened(*books, sheets=("May",))] == ["May", "May"]
    assert [source.sheet for source in opened(*books, sheets=("june ", "April"))] == ["April", "June"]
    assert [source.sheet for source in opened(*books, sheets=("2",))] == ["May", "June"]


def test_a_sheet_that_no_workbook_has_is_an_error_although_others_are_there(tmp_path):
    books = workbook(tmp_path / "a.xlsx", "April", "May"), workbook(tmp_path / "b.xlsx", "May", "June")

    with pytest.raises(InputError, match=r'no workbook has a sheet "July". Read would be: May\.$'):
        opened(*books, sheets=("May", "July"))


def test_tables_like_each_other_are_judged_together(tmp_path, monkeypatch):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(TEXT)
    (tmp_path / "c.csv").write_bytes(b"village,date\nElm,2026-05-01\n")

    def told():
        return [(source.alike, source.by_hand, source.hashed) for source in opened(tmp_path)]

    alone = (1, True, True)
    for limit, values in (
        (0, {"BY_HAND": (2, True, True), "HASHED": (2, True, True)}),
        (1, {"BY_HAND": (2, False, True), "HASHED": (2, True, False)}),
    ):
        for name, expected in values.items():
            with monkeypatch.context() as patch:
                patch.setattr(reading, name, 2 * len(TEXT) - limit)
                assert told() == [expected, expected, alone]


LOG = b"interview__id,date,action\n1,2026-05-01,done\n2,2026-05-02,done\n"


@pytest.mark.parametrize("name", ["interview__actions.tab", "Interview__Errors.csv", "assignment__actions.tab"])
def test_what_tells_how_interviews_went_is_left_out(tmp_path, name):
    (source,) = opened(zipped(tmp_path / "form.zip", {name: LOG, "form.tab": TEXT.replace(b",", b"\t")}))

    assert source.header == ("village", "issue")
    assert [notice.code for notice in source.notices] == ["logs_left_out"]
    assert source.notices[0].message == (
        f"Left out, because they tell how the interviews went, not what was answered: {tmp_path}/form.zip/{name}."
    )


def test_a_log_alone_and_a_file_of_a_longer_name_are_read(tmp_path):
    for name in ("interview__actions.csv", "my_interview__actions.csv"):
        (tmp_path / name).write_bytes(LOG)

    assert len(opened(tmp_path / "interview__actions.csv")) == 1
    (source,) = opened(tmp_path)
    assert source.file.endswith("/my_interview__actions.csv")


def test_rows_of_repeated_groups_go_with_the_visits_beside_them(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"name,age,PARENT_KEY\nAnn,31,uuid:1\nBob,35,uuid:2\n")
    (tmp_path / "b.csv").write_bytes(TEXT)
    (tmp_path / "c.csv").write_bytes(TEXT)
    first, second = opened(tmp_path)

    assert [Path(source.file).name for source in (first, second)] == ["b.csv", "c.csv"]
    assert [child.header for child in first.repeats] == [("name", "age", "PARENT_KEY")]
    assert not second.repeats
    assert not second.notices


def test_a_file_of_our_own_is_left_out_and_said_so(command, write):
    write("visits.csv", "village,issue,date\nAsh,road,2026-05-01\nElm,water,2026-05-02\n")
    command("summarize", "visits.csv", "-o", "own.xlsx")
    (source,) = open_sources(["visits.csv", "own.xlsx"], ReadingOptions())

    assert [notice.message for notice in source.notices if notice.code == "results_left_out"] == [
        "Left out, because visittally wrote them: own.xlsx. They hold results, not records."
    ]
