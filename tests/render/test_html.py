"""HTML: one file, nothing from elsewhere, every word escaped."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from visittally import render
from visittally.errors import ConfigError, UsageError
from visittally.render.templating import TEMPLATES
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
    Number,
    Row,
    Share,
    Table,
    Text,
)

HOSTILE = "<script>alert(1)</script>\x1b\u202e\"'&"
OPTIONS = render.RenderOptions(min_cell=5)


def _document(name=HOSTILE, lang="en"):
    columns = (Column("rank", "Rank"), Column("issue", name), Column("mentions", "Mentions"), Column("share", "Share"))
    rows = (
        Row((Number(1, 0), Text(name), Count(12), Share(12, 20, counts=True))),
        Row((Number(2, 0), Text("water"), Count(3, hidden="primary"), Share(3, 20, hidden="primary"))),
        Row((Number(None), Text(None), Count(20), Share(None, 20)), total=True),
    )
    table = Table("issues", name, columns, rows, Base("all", 20, name), (name,))
    chart = Chart(ChartKind.BARS, name, "issues", "issue", ("mentions",))
    section = Section(name, (name,), (table,), (chart,))
    return Document(name, (name,), (section, section), (name,), (name,), lang)


class _Tags(HTMLParser):
    """Collects tags with their attributes, and complains about any that is not closed."""

    VOID = frozenset(("meta", "br", "rect", "line", "circle", "polyline"))

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def of(self, tag):
        return [attrs for name, attrs in self.found if name == tag]


def _page(document=None):
    return render.render_document(document or _document(), "html", OPTIONS).decode()


def test_words_never_become_markup():
    page = _page()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_the_page_is_well_formed_and_loads_nothing():
    tags = _Tags(_page())

    assert not {"link", "img", "iframe", "object"} & {tag for tag, _ in tags.found}
    assert not [attrs for _, attrs in tags.found if "src" in attrs or attrs.get("href", "#")[0] != "#"]


def test_only_the_built_in_script_may_run():
    page = _page()
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)

    fingerprint = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

    assert f"script-src 'sha256-{fingerprint}'" in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(("lang", "code"), [("en", "en"), ("zh", "zh-Hans")])
def test_the_page_names_its_language(lang, code):
    assert _Tags(_page(_document("村", lang))).of("html") == [{"lang": code}]


def test_headings_of_columns_and_rows_say_what_they_head():
    tags = _Tags(_page()).of("th")

    assert [tag["scope"] for tag in tags] == ["col"] * 4 + ["row"] * 3 + ["col"] * 4 + ["row"] * 3


def test_every_name_in_the_page_is_unique():
    names = [attrs["id"] for _, attrs in _Tags(_page()).found if "id" in attrs]

    assert len(names) == len(set(names))


def test_charts_have_alternative_text():
    page = _page(_document("road"))

    svg, small, *_others = _Tags(page).of("svg")
    assert (svg["viewbox"].split()[2], small["viewbox"].split()[2]) == ("720", "360")
    assert svg["role"] == "img"
    assert "<desc id=" in page
    assert "Highest: road 12." in page


def test_what_is_hidden_cannot_be_read_from_the_chart_or_the_sorting():
    page = _page(_document("road"))

    assert "water: &lt;5" in page
    assert not re.search(r'data-value="3(\.0)?"|data-value="15', page)


def test_figures_are_sorted_by_their_unrounded_value():
    assert 'data-value="60.0">12/20 60.0%<' in _page()


def test_the_total_stands_apart_from_the_rows_that_are_sorted():
    (foot, _second) = re.findall(r"<tfoot>(.*?)</tfoot>", _page(), re.DOTALL)

    assert "Total" in foot


def test_the_same_document_gives_the_same_page():
    assert _page() == _page()


def test_a_template_of_ones_own_gets_the_documented_names(tmp_path):
    path = tmp_path / "own.html"
    path.write_text("{{ title }}|{% for s in sections %}{{ s.tables[0].title }};{% endfor %}|{{ lang }}", "utf-8")

    assert render.render_document(_document("A&B"), "html", OPTIONS, path).decode() == (
        "A&amp;B|Table 1  A&amp;B;Table 2  A&amp;B;|en"
    )


def test_a_template_may_extend_the_built_in_one(tmp_path):
    path = tmp_path / "own.html"
    path.write_text('{% extends "report.html" %}{% block header %}<h1>Office</h1>{% endblock %}', "utf-8")

    page = render.render_document(_document("road"), "html", OPTIONS, path).decode()

    assert "<h1>Office</h1>" in page
    assert "Table 1  road" in page


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{% include '../../../../../../etc/passwd' %}",
        "{{ self.__init__.__globals__ }}",
        "{{ nothing }}",
        "{{ 1 / 0 }}",
        "{% for %}",
        "{{ title.nothing }}",
        "{{ sections[99].heading }}",
    ],
)
def test_a_wrong_or_prying_template_is_an_error_that_names_the_file(tmp_path, source):
    path = tmp_path / "own.html"
    path.write_text(source, "utf-8")

    with pytest.raises(ConfigError, match=r"own\.html"):
        render.render_document(_document(), "html", OPTIONS, path)


def test_a_missing_template_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match=r"none\.html"):
        render.render_document(_document(), "html", OPTIONS, tmp_path / "none.html")


def test_a_template_that_is_not_utf8_is_an_error(tmp_path):
    (tmp_path / "gbk.html").write_bytes("村".encode("gbk"))

    with pytest.raises(ConfigError, match="UTF-8"):
        render.render_document(_document(), "html", OPTIONS, tmp_path / "gbk.html")


def test_the_fields_of_a_crosstab_are_shaded_in_its_table_and_drawn_nowhere_else():
    columns = (Column("village", "Village"), *(Column(n, n, spread="cells") for n in "ab"), Column("all", "All"))
    rows = (Row((Text("A"), Count(4), Count(2), Count(6))), Row((Text(None), Count(4), Count(2), Count(6)), total=True))
    table = Table("crosstab", "Cross", columns, rows)
    charts = (Chart(ChartKind.HEAT, "Cross", "crosstab", "village"),)
    document = Document("T", sections=(Section("S", tables=(table,), charts=charts),))
    page = render.render_document(document, "html", OPTIONS).decode()

    assert re.findall(r'--shade: ([\d.]+)"[^>]*>(\d)', page) == [("1.00", "4"), ("0.50", "2")]
    assert "<svg" not in page


def test_templates_are_for_pages_and_word_only(tmp_path):
    with pytest.raises(UsageError, match="xlsx"):
        render.render_document(_document(), "xlsx", OPTIONS, tmp_path / "own.html")


def _luminance(colour):
    """Relative luminance of `#rrggbb`, as the guidelines for accessible pages define it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(above, below, share):
    mix = (round(share * int(above[i : i + 2], 16) + (1 - share) * int(below[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in mix)


@pytest.mark.parametrize("theme", [0, 1])
def test_words_stand_out_from_what_is_behind_them_in_light_and_in_dark(theme):
    style = re.findall(r":root \{(.*?)\}", (TEMPLATES / "report.css").read_text("utf-8"), re.DOTALL)[theme]
    of = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", style))
    css = (TEMPLATES / "report.css").read_text("utf-8")
    shade = "#" + "".join(f"{int(n):02x}" for n in re.findall(r"\.shade \{.*?rgb\((\d+) (\d+) (\d+) /", css)[0])
    darkest = _mixed(shade, of["ground"], float(re.findall(r"--darkest: ([\d.]+)", css)[0]))
    pairs = [(of[a], of[b]) for a in ("words", "muted", "strong") for b in ("ground", "soft")]

    for words, behind in [*pairs, (of["words"], of["warn"]), (of["words"], darkest)]:
        light, dark = sorted((_luminance(words), _luminance(behind)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (words, behind)
