"""Whatever a program writes as delimited text comes back cell by cell, and every record is accounted for."""

from __future__ import annotations

import csv
import io
import pickle
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visittally.errors import InputError, VisitTallyError
from visittally.reading.inputs.source import ByteSource, ReadingOptions
from visittally.reading.text import streaming
from visittally.reading.text.delimited import find_table

HEADER = ["户号", "走访日期", "村", "问题"]
VILLAGES = ["大坪村", "石桥村", "柳田村", "三井村"]
ISSUES = ["道路交通", "饮水, 灌溉", 'said "no"', "first line\nsecond line", "", "就业; 培训", "5% | 10%"]
RECORDS = st.lists(
    st.tuples(st.integers(1, 9_999), st.integers(1, 28), st.sampled_from(VILLAGES), st.sampled_from(ISSUES)),
    min_size=3,
    max_size=25,
).map(lambda rows: [[f"H{n:04d}", f"2026-04-{day:02d}", village, issue] for n, day, village, issue in rows])


def written(rows, **how):
    out = io.StringIO(newline="")
    csv.writer(out, **{"lineterminator": "\n", **how}).writerows(rows)
    return out.getvalue()


def source_of(folder, content, name="visits.csv"):
    path = folder / name
    path.write_bytes(content)
    return ByteSource(str(path), str(path), size=len(content))


def found(folder, content, **options):
    return find_table(source_of(folder, content), ReadingOptions(**options))


def read(table, columns=None):
    wanted = range(len(table.header)) if columns is None else columns
    rows, aside = [], []
    for block in table.blocks(wanted):
        rows += zip(*(block.columns[c].to_pylist() for c in wanted), strict=True)
        aside += block.set_aside
    return [list(row) for row in rows], aside


MANNERS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([",", ";", "\t", "|"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
    }
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    RECORDS,
    MANNERS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]),
    st.integers(40, 4_000),
)
def test_any_dialect_encoding_and_block_size_gives_the_same_cells(tmp_path, rows, manner, encoding, block):
    table = found(tmp_path, written([HEADER, *rows], **manner).encode(encoding))
    assert table.header == tuple(HEADER)
    assert table.delimiter == manner["delimiter"]
    assert read(replace(table, block=block)) == (rows, [])


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text('ab,;\t"\n\r村合计 \x00é', max_size=200).map(str.encode)))
def test_arbitrary_bytes_are_read_or_refused_in_a_sentence(tmp_path, content):
    message, rows, width = "", [], 0
    try:
        table = found(tmp_path, content)
        rows, _aside = read(table)
        width = len(table.header)
    except VisitTallyError as error:
        message = str(error)
    assert "visits.csv" in message or width
    assert all(len(row) == width for row in rows)


def test_single_carriage_returns_end_lines(tmp_path):
    rows = [["H1", "2026-04-01", "大坪村", "道路\n交通"], ["H2", "2026-04-02", "石桥村", ""]]
    table = found(tmp_path, written([HEADER, *rows], lineterminator="\r", quoting=csv.QUOTE_ALL).encode())
    assert read(table) == (rows, [])


def test_title_rows_blank_lines_and_a_total_are_no_records(tmp_path):
    text = "走访台账,,,\n填报单位：工作队,,,\n" + ",".join(HEADER) + "\nH1,2026-04-01,大坪村,道路\n,,,\n合计,,,1\n"
    table = found(tmp_path, text.encode("gb18030"))
    rows, aside = read(table)
    assert table.encoding == "gb18030"
    assert table.header_row == 3
    assert rows == [["H1", "2026-04-01", "大坪村", "道路"]]
    assert [(entry.line, entry.kind) for entry in aside] == [(6, "not_a_record")]


def test_a_tally_below_the_table_is_set_aside(tmp_path):
    records = "".join(f"H{i},2026-04-01,大坪村,道路\n" for i in range(9))
    text = ",".join(HEADER) + "\n" + records + "\n填表人：张三\n联系人,李四\n"
    rows, aside = read(found(tmp_path, text.encode()))
    assert len(rows) == 9
    assert [(entry.line, entry.kind) for entry in aside] == [(12, "not_a_record"), (13, "not_a_record")]


def test_a_file_without_header_keeps_its_first_row_as_a_record(tmp_path):
    rows = [[f"H{i:03d}", f"2026-04-{i:02d}", VILLAGES[i % 4], "12"] for i in range(1, 9)]
    table = found(tmp_path, written(rows).encode())
    assert table.header == ("", "", "", "")
    assert table.header_row == 0
    assert read(table)[0] == rows


def test_a_line_that_names_the_delimiter_is_believed_and_skipped(tmp_path):
    table = found(tmp_path, b"sep=;\nvillage;issue\nDaping;road, water\nShiqiao;school\n")
    assert table.delimiter == ";"
    assert table.header == ("village", "issue")
    assert table.header_row == 2
    assert read(table)[0] == [["Daping", "road, water"], ["Shiqiao", "school"]]


def test_the_user_decides_on_encoding_and_delimiter(tmp_path):
    table = found(tmp_path, "village;issue\nDaping;r\xe9seau\n".encode("cp1252"), encoding="latin-1", delimiter=",")
    assert table.header == ("village;issue",)
    assert read(table)[0] == [["Daping;r\xe9seau"]]


def test_bytes_that_do_not_fit_an_encoding_that_was_asked_for_spoil_their_record_only(tmp_path):
    content = "村,问题\n大坪村,道路\n".encode() + b"\xff\xfe,x\n" + "石桥村,饮水\n".encode()
    rows, aside = read(found(tmp_path, content, encoding="utf-8"))
    assert rows == [["大坪村", "道路"], ["石桥村", "饮水"]]
    assert [(entry.line, entry.kind) for entry in aside] == [(3, "unreadable")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n \n\n",
        bytes(range(256)) * 8,
        b"# Notes\n\nThe team went to the village and asked, as agreed, about roads.\nNobody was in.\n\n- one\n- two\n",
    ],
)
def test_what_is_no_table_is_refused_by_name(tmp_path, content):
    with pytest.raises(InputError, match=r"visits\.csv"):
        found(tmp_path, content)


def test_an_unknown_encoding_is_named_with_those_there_are(tmp_path):
    with pytest.raises(InputError, match=r'"klingon".*gb18030'):
        found(tmp_path, b"a,b\n1,2\n", encoding="klingon")


def test_damage_is_noticed_with_its_first_line_and_left_as_it_is(tmp_path):
    text = "户号,村,身份证号\nH1,大坪村,4.20E+17\nH2,锟斤拷村,#REF!\nH3,关(guān)村,1\n"
    table = found(tmp_path, text.encode())
    notices = {notice.code: notice.message for notice in table.notices}
    assert set(notices) == {"mojibake", "rounded_numbers", "formula_errors", "pinyin"}
    assert "line 3" in notices["mojibake"]
    assert read(table)[0][1] == ["H2", "锟斤拷村", "#REF!"]


def test_partitions_give_the_records_and_lines_of_the_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("visittally.reading.text.delimited.CUT", 0)
    rows = [[f"H{i}", "2026-04-01", VILLAGES[i % 4], ISSUES[i % len(ISSUES)]] for i in range(40_000)]
    table = pickle.loads(pickle.dumps(found(tmp_path, written([HEADER, *rows]).encode())))
    parts = table.partitions(300_000)
    blocks, firsts, first = [], [], 0
    for part in parts:
        own = list(table.blocks((0, 3), part))
        # Lines are counted from the beginning of each partition until it is known where that is.
        firsts += [block.line(0) + first for block in own]
        first = own[-1].next_line - 1 + first
        blocks += own
    cells = [list(row) for b in blocks for row in zip(b.columns[0].to_pylist(), b.columns[3].to_pylist(), strict=True)]
    newlines = [0]
    for row in rows:
        newlines.append(newlines[-1] + 1 + row[3].count("\n"))
    starts = [sum(block.length for block in blocks[:i]) for i in range(len(blocks))]
    assert len(parts) > 3
    assert cells == [[row[0], row[3]] for row in rows]
    assert firsts == [2 + newlines[start] for start in starts]
    placed = table.blocks((0, 3), replace(parts[2], first_line=7_000))
    assert next(placed).line(0) == 7_000


def test_a_sample_holds_the_records_without_those_that_are_none(tmp_path):
    table = found(tmp_path, b"village,n,date\nA,1,2026-04-01\nTotal,1,\nB,2,2026-04-02\n")
    assert [list(row) for row in table.sample()] == [["A", "1", "2026-04-01"], ["B", "2", "2026-04-02"]]


def test_two_header_rows_are_joined_by_a_space(tmp_path):
    text = (
        "Id,Which problems?,,,Remarks\n,Road,Water,School,Open-Ended Response\n"
        "1,Road,,School,\n2,,Water,,none\n3,Road,Water,,\n"
    )
    table = found(tmp_path, text.encode())
    assert table.header == ("Id", "Which problems? Road", "Water", "School", "Remarks Open-Ended Response")
    assert table.header_row == 2
    assert len(read(table)[0]) == 3


def test_blank_and_repeated_names_stay_as_they_are(tmp_path):
    table = found(tmp_path, b",name,name\n1,a,b\n2,c,d\n")
    assert table.header == ("", "name", "name")


def test_remarks_above_and_below_are_no_records(tmp_path):
    table = found(tmp_path, b"# exported 2026-04-01\n# by x, y\nid,village\n1,A\n2,B\n# end,\n")
    rows, aside = read(table)
    assert table.header == ("id", "village")
    assert rows == [["1", "A"], ["2", "B"]]
    assert [entry.line for entry in aside] == [6]


def test_columns_may_be_named_by_years(tmp_path):
    assert found(tmp_path, b"village,2024,2025\nA,12,3\nB,4,55\n").header == ("village", "2024", "2025")


@given(
    st.lists(st.sampled_from(["Elm", "", " ", "Total", "#x", "a\rb", "road", "路", "12"]), min_size=1, max_size=30),
    st.booleans(),
    st.sampled_from(["{}", '"{}"']),
    st.lists(st.sampled_from(['"Elm"', "Oak", '""', '"say ""a"""', '"two', 'lines"', '"a" b']), max_size=3),
)
def test_lines_of_one_cell_are_read_as_the_careful_reader_reads_them(tmp_path_factory, lines, ended, written, more):
    lines = [written.format(line) for line in lines] + more
    content = ("village\nElm\nOak\n" + "\n".join(lines) + ("\n" if ended else "")).encode()
    stored = source_of(tmp_path_factory.mktemp("lines"), content)
    found = []
    for known in (True, False):
        source = find_table(stored, ReadingOptions())
        if source.table.dialect.delimiter or source.table.width != 1:
            return
        with pytest.MonkeyPatch.context() as patch:
            if not known:
                patch.setattr(streaming, "_one_column", lambda *_: None)
            blocks = list(source.blocks([0]))
        found.append(
            [
                (block.columns[0].to_pylist(), block.lines().tolist(), block.set_aside, block.next_line)
                for block in blocks
            ]
        )
    assert found[0] == found[1]
