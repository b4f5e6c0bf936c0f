"""`visittally read`: the records as one table, and nobody in it by mistake."""

import io

import pandas as pd
import pytest

LEDGER = "village,issue,phone,head_name\nAsh,road,13800138000,Marigold Example\nElm,water,13900139000,Basil Example\n"


@pytest.fixture
def ledger(write):
    return write("ledger.csv", LEDGER)


def test_personal_columns_are_left_out(command, ledger):
    assert command("read", ledger).out == "village,issue\nAsh,road\nElm,water\n"


def test_personal_columns_are_kept_where_a_place_to_write_them_is_named(command, ledger, folder):
    refused = command("read", ledger, "--include-personal")
    assert (refused.status, refused.out) == (2, "")
    assert "-o FILE" in refused.err

    assert command("read", ledger, "--include-personal", "-o", "all.csv").status == 0
    assert (folder / "all.csv").read_text(encoding="utf-8") == LEDGER
    assert command("read", ledger, "--include-personal", "-o", "-").out == LEDGER


def test_columns_that_may_be_personal_are_kept_and_named(command, write):
    """Their answers look like telephones; their headers do not say so."""
    ended = command("read", write("a.csv", "village,ref\nAsh,13800138000\nElm,13900139001\nOak,13700137002\n"))

    assert ended.out.startswith("village,ref\nAsh,13800138000")
    assert "Kept, but possibly personal: ref." in ended.err


def test_texts_that_hold_telephones_are_said_with_their_number(command, write):
    ended = command("read", write("a.csv", "village,remark\nAsh,call 13800138000\nElm,call 13900139000\nOak,none\n"))

    assert "13800138000" in ended.out
    assert '"remark" (2)' in ended.err
    assert "Telephones" not in command("read", write("b.csv", "village,remark\nAsh,none\n")).err


def test_a_suffix_makes_a_parquet_file(command, ledger, folder):
    ended = command("read", ledger, "-o", "all.PARQUET")

    frame = pd.read_parquet(folder / "all.PARQUET")
    assert ended.status == 0
    assert frame.astype(str).to_dict("list") == {"village": ["Ash", "Elm"], "issue": ["road", "water"]}


@pytest.mark.parametrize("form", ["json", "html", "xlsx"])
def test_other_formats_are_refused(command, ledger, folder, form):
    ended = command("read", ledger, "-f", form, "-o", "all.csv")

    assert (ended.status, ended.out) == (2, "")
    assert form in ended.err
    assert not (folder / "all.csv").exists()


def test_tabs_and_a_mark_for_spreadsheets(command, ledger, folder):
    assert command("read", ledger, "-f", "tsv").out == "village\tissue\nAsh\troad\nElm\twater\n"

    command("read", ledger, "--bom", "-o", "all.csv")
    assert (folder / "all.csv").read_bytes().startswith("\ufeffvillage".encode())


def test_records_that_cannot_be_read_are_set_aside_or_refused(command, write, folder):
    """With --strict nothing is written, to standard output or a file."""
    file = write("a.csv", "village,issue\nAsh,road\nAsh,water,and,more\n")

    lenient, strict = command("read", file), command("read", file, "--strict")
    assert lenient.out == "village,issue\nAsh,road\n"
    assert "unreadable 1 (lines 3)" in lenient.err
    assert (strict.status, strict.out) == (1, "")
    assert "line 3" in strict.err
    assert command("read", file, "--strict", "-o", "all.csv").status == 1
    assert not (folder / "all.csv").exists()


def test_strict_writes_all_that_is_there(command, ledger):
    assert command("read", ledger, "--strict").out == command("read", ledger).out


def test_a_header_without_records_is_written_and_said(command, write):
    ended = command("read", write("a.csv", "village,issue\n"))

    assert (ended.status, ended.out) == (0, "village,issue\n")
    assert "a.csv has a header and no records." in ended.err


def test_a_mark_before_the_header_waits_for_it(command, write):
    """Nothing is printed of a run that is refused in the end, not even the mark."""
    file = write("a.csv", "village,issue\nAsh,road\n")

    assert command("read", file, "--bom", "--where", "village=Nowhere").out == ""
    assert command("read", file, "--bom").out.replace("\r\n", "\n") == "\ufeffvillage,issue\nAsh,road\n"


def test_a_column_that_was_guessed_for_a_condition_is_said(command, write):
    file = write("a.csv", "hamlet,issue\nAsh,road\nElm,water\n")

    assert "hamlet" in command("read", file, "--where", "village=Ash").err
    assert "hamlet" not in command("read", file).err


def test_what_is_read_again_is_the_same(command, ledger, write):
    out = command("read", ledger).out

    assert command("read", write("again.csv", out)).out == out
    assert list(pd.read_csv(io.StringIO(out)).columns) == ["village", "issue"]


def test_read_writes_the_records_that_meet_the_conditions(command, write):
    """Of files with other columns, too; columns that are asked for need not be written."""
    first = write("a.csv", "village,issue,phone,age\nAsh,road,13800138000,20\nElm,water,13900139000,41\nash,,,50\n")
    second = write("b.csv", 'village,note\nASH,"x\ny"\nOak,z\n')

    some = command("read", first, second, "--where", "village=Ash")
    grown = command("read", first, second, "--where", "age>=41", "--where", "village!=Elm", "-v", "-f", "tsv")
    nobody = command("read", first, "--where", "village=Nowhere")

    assert some.out == 'village,issue,age,note\nAsh,road,20,\nash,,50,\nASH,,,"x\ny"\n'
    assert "Read 5 records, counted 3, set aside 2" in some.err
    assert "left out by --where 2 (lines a.csv:3, b.csv:4)" in some.err
    assert grown.out == "village\tissue\tage\tnote\nash\t\t50\t\n"
    assert (nobody.status, nobody.out) == (1, "")
    assert "No record is left" in nobody.err


def test_read_looks_at_the_columns_that_it_is_told(command, write):
    """No option is accepted and then ignored."""
    write("a.csv", "place,issue\nAsh,road\nElm,water\n")

    wrong = command("read", "a.csv", "--column", "village=nosuch")
    right = command("read", "a.csv", "--column", "village=place", "--where", "village=Elm")

    assert (wrong.status, wrong.out) == (1, "")
    assert "nosuch" in wrong.err
    assert right.out == "place,issue\nElm,water\n"


def test_a_condition_of_read_on_personal_data_or_no_column_is_refused(command, write):
    write("a.csv", "village,phone\nAsh,13800138000\n")

    for condition in ("phone=13800138000", "nosuch=1"):
        done = command("read", "a.csv", "--where", condition)
        assert (done.status, done.out) == (1, "")
        assert condition.split("=")[0] in done.err


def test_the_village_beside_the_table_stands_in_a_column_of_its_own(command, write):
    """A heading or title is no record: without a column for it nobody knew where the records are from."""
    text = """
        走访台账,,,
        东沟村,,,
        序号,户号,反映问题,办理情况
        1,11,道路,已解决
        2,12,饮水,办理中
        西沟村,,,
        1,21,道路,已解决
        ,,,
        2,22,饮水,办理中
    """
    done = command("read", write("visits.csv", text))
    assert done.out.splitlines()[0] == "序号,户号,反映问题,办理情况,村"
    assert [line.rsplit(",", 1)[1] for line in done.out.splitlines()[1:]] == ["东沟村", "东沟村", "西沟村", "西沟村"]
    assert "东沟村" in done.err
    assert "村" not in command("read", write("visits.csv", "序号,户号,反映问题\n1,11,道路\n")).out
