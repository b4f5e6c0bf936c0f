"""Word documents, read back."""

import io
import time
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from visittally import render
from visittally.render.docx import LONG, SIZES, TURNED
from visittally.tables.document import (
    Chart,
    ChartKind,
    Document,
    Section,
)
from visittally.tables.table import (
    Base,
    Column,
    Count,
    Row,
    Share,
    Table,
    Text,
)

OPTIONS = render.RenderOptions(min_cell=5)


def _table(*rows, columns=("village", "cases", "share"), **more):
    return Table(
        "areas", "Visits", tuple(Column(n, n) for n in columns), rows, Base("all", 3, "Base."), ("Note.",), **more
    )


def _row(name="A", n=36045, **more):
    return Row((Text(name), Count(n, **more), Share(1, 3, **more)))


def _written(*tables, charts=()):
    document = Document("Report", ("Basis.",), (Section("Areas", ("Said.",), tables, charts),), ("Mind.",), ("a.csv",))
    return render.render_document(document, "docx", OPTIONS)


def _opened(content):
    return docx.Document(io.BytesIO(content))


def _texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_table_is_a_table_with_figures_for_people():
    (table,) = _opened(_written(_table(_row("大坪村"), Row((Text(None), Count(3), Share(3, 9)), total=True)))).tables

    assert _texts(table) == [["village", "cases", "share"], ["大坪村", "36,045", "33.3%"], ["Total", "3", "33.3%"]]


def test_text_stands_in_the_order_of_the_report():
    texts = [p.text for p in _opened(_written(_table(_row()))).paragraphs]

    assert texts == [
        *("Report", "Basis.", "Areas", "Said.", "Table 1  Visits", "Base.", "Note."),
        *("Points to note", "Mind.", "Where the figures come from", "a.csv"),
    ]


def test_the_heading_row_is_repeated_on_each_page_and_no_row_is_torn():
    (table,) = _opened(_written(_table(_row(), _row()))).tables

    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_chinese_has_a_font_of_its_own_in_every_style():
    fonts = list(_opened(_written(_table(_row()))).styles.element.iter(qn("w:rFonts")))

    assert {font.get(qn("w:eastAsia")) for font in fonts} <= {"宋体", "微软雅黑"}
    assert not any(font.get(qn("w:eastAsiaTheme")) for font in fonts)


def test_a_wide_table_turns_its_page_and_the_next_page_is_upright_again():
    names = tuple(f"a long heading {i}" for i in range(12))
    wide = _table(Row(tuple(Text("words " * 3) for _ in names)), columns=names)

    pages = _opened(_written(wide)).sections

    assert [page.orientation for page in pages] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]


def test_a_narrow_table_does_not():
    assert len(_opened(_written(_table(_row()))).sections) == 1


def test_tables_fit_between_the_margins():
    names = tuple(f"heading {i}" for i in range(30))
    opened = _opened(_written(_table(Row(tuple(Count(10**6) for _ in names)), columns=names)))
    (table,), page = opened.tables, opened.sections[1]

    assert sum(column.width for column in table.columns) <= page.page_width - page.left_margin - page.right_margin


@pytest.mark.parametrize(
    ("name", "text"),
    [("<w:t>&", "<w:t>&"), ("a\x00\x1b\ufffe\ud800b", "a␀␛<U+D800>b"), (" two  spaces ", " two  spaces ")],
)
def test_any_label_makes_a_document_that_opens(name, text):
    (table,) = _opened(_written(_table(_row(name)))).tables

    assert table.rows[1].cells[0].text == text


def test_what_is_hidden_is_not_in_the_file():
    chart = Chart(ChartKind.BARS, "Cases", "areas", "village", ("cases",))
    content = _written(_table(_row(n=4, hidden="primary"), _row()), charts=(chart,))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawn = archive.read("word/charts/chart1.xml").decode()
    assert "<c:v>4</c:v>" not in drawn
    assert "<c:v>36045</c:v>" in drawn
    assert _texts(_opened(content).tables[0])[1] == ["A", "<5", "*"]


def test_charts_are_words_own_with_alternative_text():
    charts = (
        Chart(ChartKind.BARS, "A & B", "areas", "village", ("cases",)),
        Chart(ChartKind.DAYS, "Time", "areas", "village", ("cases",)),
    )

    opened = _opened(_written(_table(_row("<x>"), _row()), charts=charts))

    spoken = [shape.get("descr") for shape in opened.element.iter(qn("wp:docPr"))]
    assert spoken[0] == "A & B: <x> 36,045; A 36,045"
    assert len(spoken) == 2


def test_a_crosstab_is_shaded_where_a_heat_chart_is_asked_for():
    columns = (
        Column("village", "Village"),
        Column("road", "road", spread="cells"),
        Column("water", "water", spread="cells"),
    )
    table = Table("crosstab", "Cross", columns, (Row((Text("A"), Count(6), Count(0))),))

    (found,) = _opened(_written(table, charts=(Chart(ChartKind.HEAT, "Cross", "crosstab", "village"),))).tables

    fills = [cell._tc.tcPr.find(qn("w:shd")) for cell in found.rows[1].cells]
    assert [fill if fill is None else fill.get(qn("w:fill")) for fill in fills] == [None, "7FB2E5", None]


def test_the_same_document_gives_the_same_bytes_at_any_time(monkeypatch):
    first = _written(_table(_row()))
    later = time.time() + 10**6
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))

    assert _written(_table(_row())) == first


def test_the_work_grows_with_the_rows_and_is_little_for_each(calls):
    def work(rows):
        return calls(lambda: _written(_table(*(_row(f"village {i}") for i in range(rows)))))

    work(10)  # what is loaded and made once
    few, many = work(100), work(300)

    assert many - few < 2.5 * few
    assert (many - few) / 200 < 300


@pytest.fixture
def letterhead(tmp_path):
    """A document of somebody's own: header, footer, page, one style, and a text that is not wanted."""
    own = docx.Document()
    own.styles["Heading 1"].font.name = "Courier New"
    own.styles.element.remove(own.styles["List Bullet"].element)
    own.sections[0].header.paragraphs[0].text = "Oxbow township"
    own.sections[0].footer.paragraphs[0].text = "12 Mill Lane"
    own.sections[0].left_margin = Mm(41)
    own.add_paragraph("Type here")
    own.save(tmp_path / "letterhead.docx")
    return tmp_path / "letterhead.docx"


def _xml(content, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def _chart(kind, *rows, digits=1):
    table = _table(*rows)
    charts = (Chart(kind, "Chart", "areas", "village", ("share" if kind is ChartKind.BARS else "cases",)),)
    document = Document("Report", (), (Section("Areas", (), (table,), charts),))
    return _xml(render.render_document(document, "docx", render.RenderOptions(digits)), "word/charts/chart1.xml")


def test_figures_of_shares_in_a_chart_are_percentages_as_in_the_table():
    assert 'formatCode="0.0&#34;%&#34;"' in _chart(ChartKind.BARS, _row("A"), _row("B"))
    assert 'formatCode="0.00&#34;%&#34;"' in _chart(ChartKind.BARS, _row("A"), digits=2)


def test_days_below_a_chart_stand_without_the_year_that_they_share():
    assert "<c:v>03\u201130</c:v>" in _chart(ChartKind.DAYS, _row("2026-03-30", 3), _row("2026-04-02", 4))
    assert "<c:v>2026-12-31</c:v>" in _chart(ChartKind.DAYS, _row("2026-12-31", 3), _row("2027-01-01", 4))


def test_chinese_headings_never_stand_one_character_below_the_other():
    """Where the headings beside them take the room, even on a page on its side."""
    columns = (
        Column("village", "村"),
        *(Column(f"c{i}", f"Movement restrictions by presence of armed groups {i}") for i in range(8)),
    )
    columns += tuple(Column(name, name) for name in ("走访", "户数", "另外3类问题"))
    table = Table("crosstab", "", columns, (Row((Text("A"), *(Count(i) for i in range(11)))),))
    heads = [cell.text.split("\n") for cell in _opened(_written(table)).tables[0].rows[0].cells]

    assert heads[-3:-1] == [["走访"], ["户数"]]
    assert len(heads[-1]) <= 3


def test_a_long_chinese_title_leaves_no_character_alone():
    title = "2025年11月至2026年2月走访群众情况报告"
    for lang, text in (("zh", "2025年11月至2026年2月\n走访群众情况报告"), ("en", title)):
        word = _opened(render.render_document(Document(title, lang=lang), "docx", OPTIONS))
        assert word.paragraphs[0].text == text
        assert word.core_properties.title == title


def test_tables_of_a_dozen_rows_are_not_parted_and_long_ones_are():
    def kept(n):
        rows = [_row(f"V{i}", 10 + i) for i in range(n)]
        return [row._tr.xml.count("<w:keepNext/>") > 0 for row in _opened(_written(_table(*rows))).tables[0].rows]

    assert all(kept(12))
    assert kept(30).count(False) > 20


def test_a_heading_of_three_characters_is_broken_last_of_all():
    columns = ("village", *(f"未办结{i}"[:3] for i in range(14)))
    row = Row((Text("大坪村"), *(Count(i) for i in range(14))))
    table = Table("areas", "", tuple(Column(f"c{i}", name) for i, name in enumerate(columns)), (row,))
    few = Table("areas", "", table.columns[:9], (Row(row.cells[:9]),))
    assert _xml(_written(few)).count(">未办结<") == 8
    # Rather two lines than a page on its side.
    assert "landscape" not in _xml(_written(table))


def test_what_became_of_the_issues_stands_upright_in_english():
    names = ("Village", "Collected", "Handled", "Resolved", "Open")
    more = ("On the spot", "Reported up", "In progress", "Not recorded")
    row = Row((Text("Ashfield"), Count(168), *[Share(69, 168, counts=True)] * 2, *[Count(99)] * 5))
    table = Table("summary", "", tuple(Column(f"c{i}", name) for i, name in enumerate((*names, *more))), (row,))

    assert "landscape" not in _xml(_written(table))


def test_figures_have_room_in_letters_as_wide_as_arial():
    """A column of `201/449 44.8%` in the smallest letters holds it on one line: 0.556 em a figure, bold as well."""
    shares = ("1,181/1,848 63.9%", "567/1,848 30.7%")
    columns = tuple(Column(f"c{i}", "Handled") for i in range(9))
    table = Table("areas", "", columns, (Row(tuple(Text(shares[i % 2]) for i in range(9))),))
    (found,) = _opened(_written(table)).tables
    size = int(found.rows[1].cells[0].paragraphs[0].runs[0].font.size.pt)
    for i, cell in enumerate(found.rows[1].cells):
        assert cell.width.pt - 4 >= len(shares[i % 2]) * 0.556 * size


def test_only_sums_go_on_in_a_second_line_so_that_a_page_stays_upright():
    """Of 1,568/2,459 63.8% each part stays whole."""
    columns = (Column("village", "Village"), *(Column(f"c{i}", "Handled") for i in range(7)))
    rows = [Row((Text("Ashfield"), *(Text("12/19 63.2%") for _ in range(7))))]
    rows += [Row((Text(None), *(Text("1,568/2,459 63.8%") for _ in range(7))), total=True)]
    content = _written(Table("summary", "", columns, tuple(rows)))
    (found,) = _opened(content).tables

    assert "landscape" not in _xml(content)
    assert all(cell.width.pt - 4 >= len("1,568/2,459") * 0.556 * 8 for cell in found.rows[2].cells[1:])
    whole = _written(Table("summary", "", columns, (rows[1], rows[1])))
    assert "landscape" not in _xml(whole)
    assert "landscape" in _xml(_written(Table("summary", "", columns, (replace(rows[1], total=False), rows[1]))))


def test_a_long_wide_table_is_cut_to_one_turned_page():
    columns = (Column("village", "Village"), *(Column(f"c{i}", "Unemployment", spread="cells") for i in range(9)))
    rows = tuple(Row((Text(f"v{i}"), *(Count(i) for _ in range(9)))) for i in range(40))

    def read(columns, rows, most):
        document = Document("Report", (), (Section("Cross", (), (Table("crosstab", "", columns, rows),)),))
        content = render.render_document(document, "docx", replace(OPTIONS, most=most))
        return [row[0] for row in _texts(_opened(content).tables[0])][1:]

    assert len(read(columns, rows, 30)) == TURNED + 1
    assert len(read(columns[:3], tuple(Row(row.cells[:3]) for row in rows), 30)) == 31
    assert len(read(columns, rows, 0)) == 40


def test_one_column_of_texts_gives_way_before_a_page_is_turned():
    columns = (Column("question", "Question"), *(Column(f"c{i}", "Lower quartile") for i in range(7)))
    row = Row((Text("How many of these are physically disabled? (disabled)"), *(Count(1140) for _ in range(7))))

    assert "landscape" not in _xml(_written(Table("numbers", "", columns, (row,))))


@pytest.mark.parametrize(("rows", "size"), [(LONG, SIZES[0]), (LONG + 1, SIZES[-1])])
def test_long_tables_are_set_in_small_letters(rows, size):
    (found,) = _opened(_written(_table(*(_row(f"v{i}") for i in range(rows))))).tables

    assert found.rows[1].cells[0].paragraphs[0].runs[0].font.size.pt == size / 2


def test_names_of_places_give_way_before_words_of_headings_are_torn():
    headings = ("village", *["Unemployment", "Environmental change", "Poverty/Economic concerns"] * 4)
    row = Row((Text("Masjid Bebe Aysha Sediqa Band 2"), *(Count(1) for _ in headings[1:])))
    table = Table("areas", "", tuple(Column(f"c{i}", name) for i, name in enumerate(headings)), (row,))
    assert _xml(_written(table)).count(">Unemployment<") == 4


def test_long_words_of_headings_have_room_in_bold():
    """Unemployment takes 7.22 em in Arial's bold letters."""
    headings = (
        "Village", "Unemployment", "Mentions", "Poverty/Economic concerns", "Conflict or conflict_related violence",
        "Visits", "Deteriorating infrastructure (collapsing buildings)", "Poor power or fuel supply",
        "Population growth", "Environmental change", "Movement restrictions (due to presence of armed groups)",
        "5 further issues",
    )  # fmt: skip
    row = Row((Text("Ehsa Awal Wahdat"), *(Count(1) for _ in headings[1:])))
    table = Table("areas", "", tuple(Column(f"c{i}", name) for i, name in enumerate(headings)), (row,))
    (found,) = _opened(_written(table)).tables
    cell = found.rows[0].cells[1]
    assert cell.width.pt - 7 >= 7.22 * cell.paragraphs[0].runs[0].font.size.pt


def test_a_question_that_is_read_out_with_its_introduction_is_shortened_in_its_title():
    question = "Hello, my name is A and I work for an office. " * 5 + "Do you agree? (consent)"
    content = _written(replace(_table(_row()), title=question))
    (caption,) = [p.text for p in _opened(content).paragraphs if p.style.name == "Caption"]
    assert caption.startswith("Table 1  Hello, my name is A")
    assert caption.endswith("... (consent)")
    assert len(caption) < 180


def test_long_answers_are_shortened_beside_the_bars_and_stand_whole_in_the_table():
    answer = "Overcrowded public services (health facilities or schools and so on)"
    content = _written(_table(_row(answer)), charts=(Chart(ChartKind.BARS, "A", "areas", "village", ("cases",)),))
    assert "Overcrowded public services (health f..." in _xml(content, "word/charts/chart1.xml")
    assert answer in _xml(content)


def test_no_line_of_a_list_stands_on_a_page_alone():
    document = Document("R", (), (), ("One.", "Two.", "Three."), ("a.csv  sha256", "b.csv  sha256", "version"))
    kept = [
        p.paragraph_format.keep_with_next for p in _opened(render.render_document(document, "docx", OPTIONS)).paragraphs
    ]
    assert kept[-7:] == [True, True, False, None, True, True, False]


def test_a_template_lends_its_page_its_header_and_its_styles(letterhead):
    document = Document("Report", ("Basis.",), (Section("Areas", (), (_table(_row()),)),), ("Mind.",))
    word = _opened(render.render_document(document, "docx", OPTIONS, letterhead))
    page = word.sections[0]
    assert page.header.paragraphs[0].text == "Oxbow township"
    assert page.footer.paragraphs[0].text == "12 Mill Lane"
    assert round(page.left_margin.mm) == 41
    assert word.styles["Heading 1"].font.name == "Courier New"
    texts = [paragraph.text for paragraph in word.paragraphs]
    assert "Type here" not in texts
    assert {"Report", "Basis.", "Areas", "Mind."} <= set(texts)
    assert word.styles["List Bullet"] is not None


def test_a_long_table_is_cut_and_says_how_many_more_there_are():
    rows = [_row(f"v{i}", i + 1) for i in range(50)]
    content = render.render_document(
        Document("Report", (), (Section("Outcome", (), (replace(_table(*rows), name="summary"),)),)),
        "docx",
        render.RenderOptions(most=10),
    )
    (table,) = _opened(content).tables
    assert len(table.rows) == 12
    assert _texts(table)[-1][:2] == ["and 40 more", "820"]
