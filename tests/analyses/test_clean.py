"""The clean table: cells exactly as they are, columns matched by name, every record accounted for."""

import csv
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import visittally
from visittally.analyses.clean import clean_table, write_csv, write_parquet
from visittally.dataclass import dataclass
from visittally.reading.blocks import WHOLE, Block, TableSource
from visittally.reading.receipt import Kind, SetAside


@dataclass(frozen=True)
class Rows(TableSource):
    """A table of literal rows in blocks of two."""

    rows: tuple[tuple[str, ...], ...] = ()
    aside: tuple[SetAside, ...] = ()

    def sample(self):
        return self.rows

    def blocks(self, columns, partition=WHOLE):  # noqa: ARG002
        for start in range(0, len(self.rows), 2):
            rows = self.rows[start : start + 2]
            arrays = {c: pa.array([row[c] for row in rows], pa.string()) for c in columns}
            yield Block(arrays, len(rows), first_line=start + 2)
        if self.aside:
            yield Block({c: pa.array([], pa.string()) for c in columns}, 0, self.aside)


def table(header, *rows, file="visits.csv", aside=()):
    return Rows(file, tuple(header), header_row=int(any(header)), rows=rows, aside=aside)


def as_csv(*sources, dropped=(), **how):
    stream = io.BytesIO()
    write_csv(clean_table(sources, dropped), stream, **how)
    return stream.getvalue().decode()


def test_cells_are_written_as_they_are_with_quotes_only_where_needed():
    text = as_csv(table(["village", "issue"], ("Elm", ' "bad", road'), ("Oak ", "a\nb"), ("007", "c\rd"), ("", "")))
    assert text == 'village,issue\nElm," ""bad"", road"\nOak ,"a\nb"\n007,"c\rd"\n,\n'


def test_columns_are_matched_by_name_and_missing_cells_are_blank():
    one = table(["village", "issue"], ("Elm", "road"))
    two = table(["issue", "status ", "village"], ("water", "open", "Oak"))
    assert as_csv(one, two) == "village,issue,status \nElm,road,\nOak,water,open\n"


def test_spaces_around_a_name_do_not_make_another_column():
    assert as_csv(table([" village "], ("Elm",)), table(["village"], ("Oak",))) == " village \nElm\nOak\n"


def test_blank_and_repeated_names_stay_and_match_in_their_order():
    one = table(["x", "", "x"], ("1", "2", "3"))
    two = table(["x", "x", ""], ("a", "b", "c"))
    assert as_csv(one, two) == "x,,x\n1,2,3\na,c,b\n"


def test_a_file_without_header_begins_with_its_first_record():
    assert as_csv(table(["", ""], ("Elm", "road"), ("Oak", "water"))) == "Elm,road\nOak,water\n"


def test_a_record_of_one_blank_cell_is_no_blank_line():
    assert as_csv(table(["village"], ("Elm",), ("",))) == 'village\nElm\n""\n'


def test_dropped_columns_are_neither_written_nor_read_and_are_said():
    source = table(["village", "name", "issue"], ("Elm", "Ann", "road"))
    assert as_csv(source, dropped=[frozenset([1])]) == "village,issue\nElm,road\n"
    clean = clean_table([source], [frozenset([1])])
    assert clean.dropped == ("name",)
    assert [notice.code for notice in clean.notices] == ["personal_left_out"]


def test_a_column_dropped_from_one_file_may_be_kept_from_another():
    one, two = table(["name", "village"], ("Ann", "Elm")), table(["name"], ("Oak",))
    assert as_csv(one, two, dropped=[frozenset([0]), frozenset()]) == "village,name\nElm,\n,Oak\n"


def test_spreadsheets_get_a_mark_and_their_line_ends():
    assert as_csv(table(["village"], ("榆树村",)), bom=True) == "\ufeffvillage\r\n榆树村\r\n"


def test_another_delimiter_is_quoted_instead_of_the_comma():
    assert as_csv(table(["a", "b"], ("1,2", "3\t4")), delimiter="\t") == 'a\tb\n1,2\t"3\t4"\n'


def test_a_table_without_records_is_its_header():
    assert as_csv(table(["village", "issue"])) == "village,issue\n"


def test_every_record_is_accounted_for_file_by_file():
    aside = (SetAside(9, Kind.NOT_A_RECORD, "total row"),)
    sources = table(["a"], ("1",), ("2",), ("3",), aside=aside), table(["a"], ("4",), file="more.csv")
    receipt = write_csv(clean_table(sources), io.BytesIO())
    assert [(file.file, file.records_read, file.records_counted) for file in receipt.files] == [
        ("visits.csv", 4, 3),
        ("more.csv", 1, 1),
    ]
    assert receipt.files[0].entries == list(aside)


def test_parquet_holds_the_same_texts_and_receipt():
    sources = table(["village", "", "village"], ("Elm", "", "007")), table(["n"], ("1",))
    stream = io.BytesIO()
    receipt = write_parquet(clean_table(sources), stream)
    found = pq.ParquetFile(stream)
    assert found.schema_arrow.names == ["village", "column_2", "village_2", "n"]
    rows = found.read()
    assert [column.to_pylist() for column in rows.columns] == [["Elm", ""], ["", ""], ["007", ""], ["", "1"]]
    assert set(rows.schema.types) == {pa.string()}
    assert receipt.records_counted == 2


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@given(
    rows=st.lists(st.tuples(*[st.text(st.sampled_from(" ,;|\t\"'\n\raé榆😀"), max_size=5)] * 2), min_size=1, max_size=5)
)
def test_every_text_comes_back_from_the_csv(rows, delimiter):
    text = as_csv(table(["first", "second"], *rows), delimiter=delimiter)
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert found == [["first", "second"], *map(list, rows)]


@given(st.lists(st.sampled_from(["", " ", "a", "b", "a_2", "a_3", "column_1", "column_2", "column_2_3"]), max_size=8))
def test_every_column_of_parquet_has_a_name_of_its_own(names):
    """Those that were unlike the others keep theirs."""
    table = clean_table([Rows("t", tuple(names))])
    unique = table.unique_header

    assert len(set(unique)) == len(unique)
    assert all(name.strip() for name in unique)
    once = [name for name in names if name.strip() and names.count(name) == 1]
    assert [name for name in once if name not in unique] == []
    assert bool(table.renamed) is (list(unique) != list(table.header))


def test_alike_and_blank_headers_are_written_as_parquet_and_said(command, write, folder):
    """In the command and in Python, and the same cells as in the CSV."""
    path = write("t.csv", "village,age,age\nAsh,30,31\nElm,,8\nAsh,12,13\n")

    ended = command("read", path, "-o", "t.parquet")

    found = pq.read_table("t.parquet").to_pydict()
    ages = {"age": ["30", "", "12"], "age_2": ["31", "8", "13"]}
    assert found == {"village": ["Ash", "Elm", "Ash"], **ages}
    assert '"age" is age_2' in ended.err
    assert visittally.read(path).to_dict("list") == found
    assert "age_2" not in command("read", path).err
    assert command("read", path).out.splitlines()[0] == "village,age,age"
    assert command("read", "t.parquet").status == 0


def test_blanks_that_mean_as_above_are_read_as_they_stand(command, write):
    """Counting fills them; whoever reads the records gets the cells, unless a column is named to be filled."""
    rows = ["village,household_id,issue", *(f"{'Ash' if n == 0 else ''},{n},road" for n in range(8))]
    path = write("ledger.csv", "\n".join(rows) + "\n")

    assert command("read", path).out.splitlines()[2] == ",1,road"
    assert command("read", path, "--fill-down", "village").out.splitlines()[2] == "Ash,1,road"
    assert "Ash,8" in command("summarize", path, "--table", "areas", "-f", "csv").out
