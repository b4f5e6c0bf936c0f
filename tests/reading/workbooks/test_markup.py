"""HTML tables and Excel 2003 XML that are called `.xls` are read as workbooks."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.errors import InputError
from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions

ROWS = [["village", "issue", "n"], ["Elm", "road", "3"], ["Oak", "water & soap", "4"], ["Elm", "", "5"]]


def page(rows, before="", after=""):
    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    return f"<html>{before}<body><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>{after}</body></html>"


def workbook(rows, head='<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'):
    spaces = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    cells = ("".join(f'<Cell><Data ss:Type="String">{html.escape(cell)}</Data></Cell>' for cell in row) for row in rows)
    table = "".join(f"<Row>{row}</Row>" for row in cells)
    return f'{head}<Workbook {spaces}><Worksheet ss:Name="访问"><Table>{table}</Table></Worksheet></Workbook>'


def opened(folder, text, encoding="utf-8"):
    path = folder / "visits.xls"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    (source,) = open_sources([str(path)], ReadingOptions())
    return source


def rows(source):
    columns = range(len(source.header))
    return [
        list(row)
        for b in source.blocks(columns)
        for row in zip(*(b.columns[c].to_pylist() for c in columns), strict=True)
    ]


@pytest.mark.parametrize("written", [page, workbook])
def test_the_table_comes_out(tmp_path, written):
    source = opened(tmp_path, written(ROWS))
    assert list(source.header) == ROWS[0]
    assert rows(source) == ROWS[1:]


def test_the_sheet_of_an_xml_workbook_keeps_its_name(tmp_path):
    assert opened(tmp_path, workbook(ROWS)).sheet == "访问"


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [("gb18030", '<meta charset="gb2312">'), ("gb18030", ""), ("cp1251", ""), ("utf-8", '<meta charset="gb2312">')],
)
def test_the_encoding_is_the_one_declared_or_the_one_that_fits(tmp_path, encoding, meta):
    place, issue = ("东沟村", "道路交通") if encoding != "cp1251" else ("Ивановка", "питьевая вода")
    source = opened(tmp_path, page([["village", "issue"], [place, issue], [place, "x"]], meta), encoding)
    assert rows(source)[0] == [place, issue]


def test_cells_that_span_lines_or_hold_line_ends(tmp_path):
    text = (
        "<table><tr><th>village<th>issue</tr><tr><td rowspan=2>Elm</td><td>road<br>water\n  clean</td></tr>"
        "<tr><td><p>bus</p><p>shop</p></td></tr><tr><td>&nbsp;Oak</td><td>&nbsp;</td></tr></table>"
    )
    assert rows(opened(tmp_path, text)) == [["Elm", "road\nwater clean"], ["Elm", "bus\nshop"], ["Oak", ""]]


def test_places_and_types_of_xml_cells(tmp_path):
    text = workbook([["village", "n", "day"]]).replace(
        "</Table>",
        '<Row ss:Index="4"><Cell><Data ss:Type="String">Elm</Data></Cell><Cell><Data ss:Type="Number">3</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2026-04-01T00:00:00.000</Data></Cell></Row>'
        '<Row><Cell ss:Index="2"><Data ss:Type="Number">2.5</Data></Cell></Row></Table>',
    )
    assert rows(opened(tmp_path, text)) == [["Elm", "3", "2026-04-01"], ["", "2.5", ""]]


def test_a_web_archive_holds_pages(tmp_path):
    text = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
        "Content-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: 8bit\n\n{page(ROWS)}\n--x--\n"
    )
    assert rows(opened(tmp_path, text)) == ROWS[1:]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!DOCTYPE html><html><body><form>Sign in</form></body></html>", "is a web page"),
        ("<html><table><tr><td>Sign in</td></tr></table></html>", "is a web page"),
        (workbook(ROWS)[:-40], "damaged workbook"),
        (workbook(ROWS, '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'), "XML file|damaged workbook"),
        (workbook(ROWS).replace("<Row>", '<Row ss:Index="9999999">', 1), "damaged workbook"),
        ('<?xml version="1.0"?><data><a>1</a></data>', "is an XML file"),
    ],
)
def test_what_is_no_table_is_a_sentence(tmp_path, text, message):
    with pytest.raises(InputError, match=message):
        opened(tmp_path, text)


def test_entities_are_not_followed(tmp_path):
    (tmp_path / "secret").write_text("secret")
    head = f'<?xml version="1.0"?><!DOCTYPE W [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>\n'
    text = workbook([*ROWS, ["&a;", "x", "1"]], head).replace("&amp;a;", "&a;")
    with pytest.raises(InputError):
        opened(tmp_path, text)


@given(st.lists(st.lists(st.text("aé村1& <", max_size=3), min_size=2, max_size=3), min_size=2, max_size=5))
def test_cells_come_back_without_spaces_around_them(tmp_path_factory, cells):
    width = max(map(len, cells))
    body = [["Elm", *row, *[""] * (width - len(row))] for row in cells]
    table = [["village", *(f"name{n}" for n in range(width))], *body]
    source = opened(tmp_path_factory.mktemp("page"), page(table))
    assert rows(source) == [[" ".join(cell.split()) for cell in row] for row in body]


def test_the_work_of_a_page_grows_with_its_rows_and_no_faster(tmp_path, calls):
    def work(n):
        source = opened(tmp_path, page([ROWS[0], *[["Elm", "road", "1"]] * n]))
        found = []
        called = calls(lambda: found.extend(rows(source)))
        assert len(found) == n
        return called

    work(10)  # what is loaded and made once
    small, large = work(1_000), work(4_000)

    assert large < 5 * small


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("a<b><i>b</i>c</b>d", "abcd"),
        ("<font>12<b>3</b>4</font> visits", "1234 visits"),
        ("12<br>34", "12\n34"),
        ("<p>one</p>two<p>three</p>", "one\ntwo\nthree"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<script>var a</script>seen<style>b {}</style>, too", "seen, too"),
        ("a<!-- b -->c", "ac"),
        ("a<?xml:namespace prefix = o />b", "ab"),
    ],
)
def test_what_a_cell_says_stands_in_its_order(tmp_path, cell, said):
    text = f"<table><tr><td>village<td>issue<tr><td>Elm<td>{cell}<tr><td>Oak<td>x</table>"

    assert rows(opened(tmp_path, text))[0] == ["Elm", said]


@pytest.mark.parametrize("within", ["table", "cell"])
def test_what_lies_too_deep_for_the_parser_is_not_left_out(tmp_path, within):
    deep, end = "<div>" * 300, "</div>" * 300
    text = page(ROWS, deep, end) if within == "table" else page(ROWS).replace("road", f"{deep}road{end}")
    with pytest.raises(InputError, match="too deep to be read whole"):
        opened(tmp_path, text)
