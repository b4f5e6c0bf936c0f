"""Charts that Word draws itself."""

import re

import docx
import pytest
from docx.oxml.ns import qn

from visittally.render import RenderOptions
from visittally.render.word_charts import DAYS, HIGHEST, SPOKEN, WIDTH, add_chart
from visittally.tables.document import Chart, ChartKind, Document, Section
from visittally.tables.table import Column, Count, Row, Table, Text


def drawn(kind="bars", values=("cases",), rows=2, title="Visits", first="Ash"):
    """The charts of a table of villages: for each its alternative text, width, height and XML."""
    made = [Row((Text(first if i == 0 else f"v{i}"), Count(1000 + i), Count(i or None))) for i in range(rows)]
    columns = (Column("village", "Village"), Column("cases", "Cases"), Column("open", "Open"))
    document = Document("Report", sections=(Section("Areas", (), (Table("areas", "Areas", columns, tuple(made)),)),))
    word = docx.Document()
    add_chart(word, Chart(ChartKind(kind), title, "areas", "village", values), document, RenderOptions())
    parts = {p.partname: p.blob.decode() for p in word.part.package.iter_parts() if "/word/charts/" in p.partname}
    found = []
    for paragraph in word.element.iter(qn("wp:inline")):
        size, about = paragraph.find(qn("wp:extent")), paragraph.find(qn("wp:docPr"))
        (link,) = [e.get(qn("r:id")) for e in paragraph.iter() if e.get(qn("r:id"))]
        part = word.part.rels[link].target_part
        found.append((about.get("descr"), int(size.get("cx")), int(size.get("cy")), parts.pop(part.partname)))
    assert not parts
    return found


def test_a_chart_holds_its_figures_and_says_them():
    ((spoken, width, _height, xml),) = drawn()

    assert spoken == "Visits: Ash 1,000; v1 1,001"
    assert width == WIDTH
    assert "<c:v>1000</c:v>" in xml
    assert "<c:v>Ash</c:v>" in xml


def test_a_missing_figure_is_no_nought():
    ((_spoken, _width, _height, xml),) = drawn(values=("open",))

    assert "<c:v>1</c:v>" in xml
    assert "<c:v>0</c:v>" not in xml
    assert "None" not in xml


def test_of_several_series_each_has_a_chart_under_its_own_name():
    charts = drawn(values=("cases", "open"))

    assert [spoken.split(":")[:2] for spoken, *_ in charts] == [["Visits", " Cases"], ["Visits", " Open"]]


@pytest.mark.parametrize(("kind", "direction"), [("bars", "bar"), ("days", "col"), ("dumbbell", "bar")])
def test_days_are_columns_and_the_others_bars(kind, direction):
    assert f'<c:barDir val="{direction}"' in drawn(kind)[0][3]


@pytest.mark.parametrize(("kind", "rows", "labels"), [("bars", 24, 24), ("days", DAYS, DAYS), ("days", DAYS + 1, 8)])
def test_bars_have_all_their_labels_and_many_days_every_so_many(kind, rows, labels):
    xml = drawn(kind, rows=rows)[0][3]

    assert len([label for label in re.findall(r"<c:v>(.*?)</c:v>", xml) if label.startswith(("v", "Ash"))]) == labels
    assert '<c:tickLblSkip val="1"/>' in xml


def test_charts_are_as_high_as_their_bars_and_no_higher_than_a_page():
    two, three, many = (drawn(rows=n)[0][2] for n in (2, 3, 25))

    assert (three - two) / 36_000 == pytest.approx(6.5, abs=0.1)
    assert many < HIGHEST
    assert drawn("dumbbell", rows=40)[0][2] <= HIGHEST
    assert drawn("days", rows=40)[0][2] == drawn("days", rows=2)[0][2]


def test_a_dozen_figures_are_said():
    assert drawn(rows=SPOKEN)[0][0].count("; ") == SPOKEN - 1
    assert drawn(rows=SPOKEN + 3)[0][0].count("; ") == SPOKEN - 1


def test_labels_are_words_whatever_is_in_them():
    ((spoken, _width, _height, xml),) = drawn(title="A & B", first='<c:v>"\x00')

    assert spoken.startswith("A & B: <c:v>")
    assert "\x00" not in xml
    assert "&lt;c:v&gt;" in xml


@pytest.mark.parametrize(("kind", "rows"), [("heat", 2), ("bars", 0)])
def test_without_figures_and_for_shaded_tables_there_is_no_chart(kind, rows):
    assert drawn(kind, rows=rows) == []
