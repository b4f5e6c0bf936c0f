"""Tables and paragraphs of pages."""

from __future__ import annotations

import pytest

from visittally.errors import InputError
from visittally.reading.finished.pages import of_page


def page(body, encoding="utf-8"):
    return of_page("report.html", f"<html><body>{body}</body></html>".encode(encoding))


def rows(table):
    (found,) = page(f"<table>{table}</table>").tables
    return found.rows


def test_tables_and_paragraphs_come_apart_each_with_its_line():
    found = page("<h1>Visits</h1>\n<p>In   May\n<b>12</b> visits.</p>\n<table>\n<tr><td>Ash<td>12</tr>\n</table>")

    assert found.file == "report.html"
    assert [(one.line, one.text) for one in found.paragraphs] == [(1, "Visits"), (2, "In May 12 visits.")]
    assert [(table.rows, table.lines, table.title) for table in found.tables] == [
        ((("Ash", "12"),), (5,), "In May 12 visits.")
    ]


def test_a_caption_is_the_title_and_no_paragraph():
    found = page("<p>Before</p><table><caption>Areas <i>2026</i></caption><tr><th>Ash</table>")

    assert [table.title for table in found.tables] == ["Areas 2026"]
    assert [one.text for one in found.paragraphs] == ["Before"]
    assert page("<table><tr><td>Ash</table>").tables[0].title == ""


def test_a_cell_over_several_fields_stands_in_each_of_them():
    table = (
        "<tr><td rowspan=2>Area<td colspan=2>Visits</tr><tr><td>May<td>June</tr>"
        "<tr><td>Ash<td>1<td>2</tr><tr><td>Elm<td colspan='two' rowspan=9>3</tr>"
    )

    assert rows(table) == (
        ("Area", "Visits", "Visits"),
        ("Area", "May", "June"),
        ("Ash", "1", "2"),
        ("Elm", "3", ""),
    )


@pytest.mark.parametrize(("span", "width"), [("0", 2), ("-3", 2), ("1", 2), ("3", 4), ("99999", 1_001), ("٣", 2)])
def test_a_cell_goes_over_as_many_fields_as_it_says_within_reason(span, width):
    assert len(rows(f"<tr><td colspan='{span}'>a<td>b</tr>")[0]) == width


def test_shorter_rows_are_filled_up_and_blank_ones_stay():
    assert rows("<tr><td>a<td>b<td>c</tr><tr></tr><tr><td>d</tr>") == (("a", "b", "c"), ("", "", ""), ("d", "", ""))


def test_tables_that_only_hold_others_and_empty_ones_are_none():
    found = page("<table><tr><td><table><tr><td>Ash</table></table><table></table>")

    assert [table.rows for table in found.tables] == [(("Ash",),)]


def test_text_inside_tables_and_lists_is_told_once():
    found = page("<ul><li>one <p>two</p><ul><li>three</ul></ul><table><tr><td><p>four</p></table><p> </p>")

    assert [one.text for one in found.paragraphs] == ["one two three"]
    assert found.tables[0].rows == (("four",),)


def test_figures_on_lines_of_one_cell_stay_apart():
    assert rows("<tr><td>12<br>34<td><p>5</p><p>6</p><td>7<b>8</b>") == (("12 34", "5 6", "78"),)
    assert page("<p>12<br>34 <!-- a -->visits</p>").paragraphs[0].text == "12 34 visits"


def test_what_nobody_sees_is_not_read():
    found = page("<p>seen<script>var a = 12</script> too</p><noscript><p>no</p></noscript><svg><title>x</title></svg>")

    assert [one.text for one in found.paragraphs] == ["seen too"]


def test_a_page_is_decoded_as_it_says_unless_it_is_utf8():
    said = '<meta charset="gb18030"><p>走访</p>'

    assert page(said, "gb18030").paragraphs[0].text == "走访"
    assert page(said).paragraphs[0].text == "走访"


@pytest.mark.parametrize("content", [b"", b"  ", b"<!-- nothing -->"])
def test_a_page_with_nothing_to_read_is_named(content):
    with pytest.raises(InputError, match=r"report.html is a page without anything to read"):
        of_page("report.html", content)
