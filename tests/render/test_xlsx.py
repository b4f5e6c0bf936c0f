"""Excel workbooks, read back."""

import io
import re
import time
import zipfile
from datetime import date

import pytest
import python_calamine

import visittally
from visittally import render
from visittally.errors import UsageError
from visittally.reading.receipt import Receipt
from visittally.render import xlsx
from visittally.tables.document import (
    Chart,
    ChartKind,
    Document,
    Section,
)
from visittally.tables.result import Result
from visittally.tables.table import (
    Base,
    Column,
    Count,
    Date,
    Row,
    Share,
    Table,
    Text,
)

OPTIONS = render.RenderOptions(min_cell=5)
FORMULAS = render.RenderOptions(min_cell=5, formulas=True)


def _table(*rows, title="Visits", columns=("village", "cases", "share", "handled", "day")):
    return Table("areas", title, tuple(Column(n, n) for n in columns), rows, Base("all", 3, "Base."), ("Note.",))


def _row(name="A", **more):
    return Row(
        (Text(name), Count(36045, **more), Share(1, 3, **more), Share(2, 3, counts=True, **more), Date("2026-04-01"))
    )


def _written(*tables, charts=(), options=OPTIONS):
    section = Section("Areas", (), tables, charts)
    return render.render_document(Document("Report", ("Basis.",), (section,), ("Mind.",), ("a.csv",)), "xlsx", options)


def _sheets(content):
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def _parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}


def test_figures_are_figures_and_days_are_days():
    rows = _sheets(_written(_table(_row())))["Visits"]

    assert rows[0] == ["village", "cases", "share", "handled: n", "handled: of", "handled %", "day"]
    assert rows[1] == ["A", 36045, pytest.approx(1 / 3), 2, 3, pytest.approx(2 / 3), date(2026, 4, 1)]


def test_what_is_hidden_is_a_sign_and_nowhere_a_figure():
    content = _written(_table(_row(hidden="primary")))

    assert _sheets(content)["Visits"][1][1:6] == ["<5", "*", "*", "*", "*"]
    assert not any("36045" in part for part in _parts(content).values())


def test_base_and_notes_stand_below():
    assert [row[0] for row in _sheets(_written(_table(_row())))["Visits"]][2:] == ["", "Base.", "Note."]


def test_the_first_sheet_lists_the_tables_and_says_what_to_mind():
    overview = [row[0] for row in _sheets(_written(_table(_row())))["Overview"]]

    assert [line for line in overview if line] == [
        *("Report", "Basis.", "Visits", "village", "A", "Base.", "Note.", "Tables", "Visits"),
        *("Points to note", "Mind.", "Where the figures come from", "a.csv"),
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "@sum", "http://example.org", "007", "{=1}", "internal:x"])
def test_labels_are_words_and_never_formulas_or_links(name):
    content = _written(_table(_row(name)))
    sheets = {part: text for part, text in _parts(content).items() if "worksheets/sheet2" in part}

    assert _sheets(content)["Visits"][1][0] == name
    assert not any("<f>" in text or "hyperlink" in text for text in sheets.values())


def test_characters_that_no_xml_may_hold_are_shown_or_left_out():
    assert _sheets(_written(_table(_row("a\x00\x1b\ufffe\ud800b"))))["Visits"][1][0] == "a␀␛<U+D800>b"


def test_sheets_have_names_that_excel_accepts():
    titles = ["a/b?[x]*:\\", "A-b--x----", "'quoted'", "History", "", "长" * 40, "长" * 41, "👍" * 31]

    names = list(_sheets(_written(*(_table(_row(), title=title) for title in titles))))

    assert len({name.casefold() for name in names}) == len(titles) + 1
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)


def test_headings_stay_in_sight():
    sheet = _parts(_written(_table(_row())))["xl/worksheets/sheet2.xml"]

    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet


def test_a_chart_stands_beside_a_narrow_table_and_below_a_wide_one():
    narrow = Table("areas", "Visits", (Column("village", "v"), Column("cases", "c")), (Row((Text("A"), Count(3))),))
    chart = Chart(ChartKind.BARS, "Cases", "areas", "village", ("cases",))

    anchors = [
        re.search(r"<xdr:from><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>", drawing).groups()
        for table in (narrow, _table(_row("A")))
        for drawing in [_parts(_written(table, charts=(chart,)))["xl/drawings/drawing1.xml"]]
    ]

    assert anchors == [("3", "1"), ("0", "6")]


def test_charts_are_excels_own():
    chart = Chart(ChartKind.BARS, "Cases", "areas", "village", ("cases",))

    parts = _parts(_written(_table(_row("A"), _row("B")), charts=(chart,)))

    assert "<c:f>Visits!$B$2:$B$3</c:f>" in parts["xl/charts/chart1.xml"]


def test_a_crosstab_is_shaded():
    columns = (Column("village", "Village"), Column("road", "road", spread="cells"))
    table = Table("crosstab", "Cross", columns, (Row((Text("A"), Count(3))),))

    parts = _parts(_written(table, charts=(Chart(ChartKind.HEAT, "Cross", "crosstab", "village"),)))

    assert "<colorScale>" in parts["xl/worksheets/sheet2.xml"]


def test_the_same_tables_give_the_same_bytes_at_any_time(monkeypatch):
    first = _written(_table(_row()))
    later = time.time() + 10**6
    monkeypatch.setattr(time, "time", lambda: later)

    assert _written(_table(_row())) == first


def test_a_table_without_rows_is_a_sheet_with_headings():
    assert _sheets(_written(_table()))["Visits"][0][0] == "village"


def test_a_table_larger_than_a_sheet_is_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 1)

    with pytest.raises(UsageError, match="-f csv"):
        _written(_table(_row(), _row()))


def _total(*counts, whole):
    rows = [Row((Text(f"v{i}"), Count(n), Share(1, n, counts=True))) for i, n in enumerate(counts)]
    total = Row((Text(None), Count(whole), Share(len(counts), sum(counts), counts=True)), total=True)
    names = ("village", "cases", "handled")
    return Table("areas", "Visits", tuple(Column(n, n) for n in names), (*rows, total))


def test_a_total_that_is_a_sum_is_a_formula_with_its_value():
    content = _written(_total(3, 4, 5, whole=12), options=FORMULAS)
    sheet = _parts(content)["xl/worksheets/sheet2.xml"]
    assert "<f>SUM(B2:B4)</f><v>12</v>" in sheet
    assert "<f>SUM(C2:C4)</f><v>3</v>" in sheet
    assert _sheets(content)["Visits"][4][1] == 12


def test_a_total_that_is_no_sum_is_a_figure():
    """Households that live in two places count once in the total."""
    sheet = _parts(_written(_total(3, 4, 5, whole=11), options=FORMULAS))["xl/worksheets/sheet2.xml"]
    assert "SUM(B" not in sheet


def test_nothing_is_added_up_of_which_a_part_is_hidden():
    table = _total(3, 4, 5, whole=12)
    hidden = Row((Text("v9"), Count(0, hidden="primary"), Share(0, 0, counts=True, hidden="primary")))
    table = Table("areas", "Visits", table.columns, (hidden, *table.rows))
    assert "SUM(" not in _parts(_written(table, options=FORMULAS))["xl/worksheets/sheet2.xml"]


def test_formulas_are_written_where_they_are_asked_for():
    sheets = [text for name, text in _parts(_written(_total(3, 4, 5, whole=12))).items() if "worksheets" in name]
    assert sheets
    assert not any("<f>" in text for text in sheets)


def test_the_axis_of_days_is_one_of_dates():
    rows = tuple(Row((Date(f"2026-04-{day:02}"), Count(day))) for day in range(1, 9))
    table = Table("progress", "Progress", (Column("period", "Day"), Column("visited", "Visited")), rows)
    chart = Chart(ChartKind.DAYS, "Visits over time", "progress", "period", ("visited",))
    drawn = next(text for name, text in _parts(_written(table, charts=(chart,))).items() if "charts/chart" in name)
    assert "<c:dateAx>" in drawn
    assert 'formatCode="yyyy-mm-dd"' in drawn


def test_the_first_sheet_holds_what_fits_a_page_and_the_others_all():
    wide = Table("w", "Wide", tuple(Column(f"c{i}", f"c{i}") for i in range(12)), (Row((Text("x"), *[Count(1)] * 11)),))
    sheets = _sheets(_written(_table(_row()), wide))
    overview = [row[0] for row in sheets["Overview"]]
    assert "c0" not in overview
    assert "Wide" in overview
    assert sheets["Wide"][0][0] == "c0"


def test_one_table_of_a_command_opens_at_once():
    result = Result({}, Receipt())
    book = _parts(render.render([_table(_row())], result, "xlsx", OPTIONS))["xl/workbook.xml"]
    assert 'activeTab="1"' in book


def test_long_headings_have_room_on_the_first_sheet(write, folder):
    """Rows are as high as the lines of their headings: nothing of them is cut on paper."""
    lines = ["村,走访日期,问题类别,办理情况,户编号"]
    lines += [f"村{n % 3},2026-03-{1 + n % 9:02d},道路,{'已办结' if n % 2 else '办理中'},{n}" for n in range(40)]
    ledger = write("台账.csv", "\n".join(lines) + "\n")
    visittally.report(ledger, lang="zh").save("report.xlsx")

    with zipfile.ZipFile(folder / "report.xlsx") as archive:
        texts = re.findall(r"<si><t[^>]*>(.*?)</t></si>", archive.read("xl/sharedStrings.xml").decode())
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    number = texts.index("未办结天数（中位）")
    rows = [row for row in re.findall(r"<row .*?</row>", sheet) if f"<v>{number}</v>" in row]
    assert len(rows) == 1
    assert float(re.search(r'ht="([\d.]+)"', rows[0])[1]) >= 2 * 15


def test_rows_are_as_high_as_long_texts():
    long = "a clinic that is open on every day of the week and not too far to walk " * 2
    fits = "a clinic that is open on every day of the week, and"
    with zipfile.ZipFile(io.BytesIO(_written(_table(_row(fits), _row(long))))) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()

    heights = dict(re.findall(r'<row r="(\d+)"[^>]*? ht="([\d.]+)"', xml))
    assert list(heights) == ["3"]
    assert float(heights["3"]) > 45
