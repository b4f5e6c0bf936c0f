"""How Word documents look."""

from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from visittally.errors import ConfigError
from visittally.render.word_styles import CREATED, OFFICIAL, PLAIN, begin
from visittally.tables.document import Document


@pytest.fixture(scope="module")
def official():
    return begin(Document("走访报告", lang="zh"), None)


@pytest.fixture(scope="module")
def plain():
    return begin(Document("Report"), None)


def fonts(style):
    """The Latin and the Chinese font of a style."""
    element = style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    return element.get(qn("w:ascii")), element.get(qn("w:eastAsia"))


def test_pages_are_a4_with_the_margins_of_the_language(official, plain):
    for (word, style), margins in ((official, (37, 35, 28, 26)), (plain, (20, 20, 20, 20))):
        page = word.sections[0]
        found = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
        assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
        assert tuple(round(one.mm) for one in found) == margins
        assert style.margins == tuple(map(Mm, margins))


def test_chinese_documents_have_the_type_of_authorities(official):
    """GB/T 9704: titles of 22 points, the text of 16 in lines of 28, its first line in by two characters."""
    word, style = official

    assert style is OFFICIAL
    assert fonts(word.styles["Title"]) == ("Times New Roman", "方正小标宋简体")
    assert fonts(word.styles["Normal"]) == ("Times New Roman", "仿宋")
    assert fonts(word.styles["Heading 1"]) == ("Times New Roman", "黑体")
    assert (word.styles["Title"].font.size, word.styles["Normal"].font.size) == (Pt(22), Pt(16))
    assert word.styles["Title"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert (style.line, style.indent) == (Pt(28), 2 * 16)


def test_other_documents_are_plain(plain):
    word, style = plain

    assert style is PLAIN
    assert fonts(word.styles["Normal"]) == ("Arial", "宋体")
    assert word.styles["Title"].paragraph_format.alignment is None
    assert word.styles["Normal"].paragraph_format.space_after == Pt(6)


def test_styles_without_letters_of_their_own_have_those_of_the_body(official):
    word, _style = official
    own = {word.styles[name].element for name in OFFICIAL.letters}

    others = [e for e in word.styles.element.iter(qn("w:rFonts")) if own.isdisjoint(e.iterancestors())]
    assert others
    assert {(e.get(qn("w:ascii")), e.get(qn("w:eastAsia"))) for e in others} == {OFFICIAL.body}


def test_no_font_of_the_theme_comes_before_those_named(official, plain):
    for word, _style in (official, plain):
        named = list(word.styles.element.iter(qn("w:rFonts")))
        assert not any(e.get(qn(f"w:{name}")) for e in named for name in ("asciiTheme", "eastAsiaTheme", "cstheme"))


def test_headings_are_dark_and_titles_have_no_line_below(official):
    word, _style = official

    assert {str(word.styles[name].font.color.rgb) for name in ("Title", "Heading 1", "Normal")} == {"1B1F24"}
    assert str(word.styles["Caption"].font.color.rgb) == "000000"
    assert word.styles["Heading 1"].font.bold is False
    assert word.styles["Title"].element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is None


def test_a_caption_stays_with_its_table(plain):
    assert plain[0].styles["Caption"].paragraph_format.keep_with_next


def test_the_file_tells_its_title_and_language_and_no_time(official, plain):
    about = official[0].core_properties
    assert (about.title, about.author, about.language) == ("走访报告", "visittally", "zh-CN")
    assert about.created.replace(tzinfo=None) == about.modified.replace(tzinfo=None) == CREATED
    assert plain[0].core_properties.language == "en"


def test_a_long_title_is_cut_in_the_file_and_has_no_characters_that_xml_may_not_hold():
    about = begin(Document("a\x00" + "b" * 300), None)[0].core_properties

    assert len(about.title) == 250
    assert "\x00" not in about.title


def test_languages_are_told_to_the_speller(plain):
    language = next(plain[0].styles.element.iter(qn("w:lang")))

    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("en-US", "zh-CN")


@pytest.mark.parametrize(("lang", "around"), [("zh", ("— ", " —")), ("en", ("", ""))])
def test_pages_are_numbered_in_the_middle_of_their_foot(official, plain, lang, around):
    paragraph = {"zh": official, "en": plain}[lang][0].sections[0].footer.paragraphs[0]

    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert tuple(run.text for run in paragraph.runs) == around
    (field,) = paragraph._p.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    before, number, after = list(paragraph._p)[-3:]
    assert number is field
    assert (before.tag, after.tag) == (qn("w:r"), qn("w:r"))


def test_fonts_have_others_in_their_place_where_they_are_not_installed(official):
    part = next(p for p in official[0].part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml")
    text = part.blob.decode()

    assert '<w:font w:name="楷体"><w:altName w:val="KaiTi,' in text
    assert text.rstrip().endswith("</w:fonts>")


@pytest.fixture
def template(tmp_path):
    """A letterhead with a text that is not wanted, a style of its own, and two styles missing."""
    own = docx.Document()
    own.styles["Heading 1"].font.name = "Courier New"
    for name in ("List Bullet", "Caption"):
        own.styles.element.remove(own.styles[name].element)
    own.sections[0].left_margin = Mm(41)
    own.sections[0].footer.paragraphs[0].text = "12 Mill Lane"
    own.add_paragraph("Type here")
    own.add_table(1, 1)
    own.core_properties.author = "Marigold Example"
    own.core_properties.comments = "draft"
    own.save(tmp_path / "letter.docx")
    return tmp_path / "letter.docx"


def test_a_template_keeps_its_page_and_its_styles_and_loses_its_text(template):
    word, _style = begin(Document("Report"), template)
    page = word.sections[0]

    assert (word.paragraphs, word.tables) == ([], [])
    assert round(page.left_margin.mm) == 41
    assert page.footer.paragraphs[0].text == "12 Mill Lane"
    assert word.styles["Heading 1"].font.name == "Courier New"


def test_a_template_is_lent_the_styles_that_it_lacks(template):
    """As they look without a template; a list counts on nothing that the template does not have."""
    word, _style = begin(Document("走访报告", lang="zh"), template)

    assert fonts(word.styles["Caption"]) == ("Times New Roman", "黑体")
    assert word.styles["Caption"].font.size == Pt(12)
    assert word.styles["List Bullet"].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is None
    assert [style.name for style in word.styles].count("Heading 1") == 1


def test_a_template_sets_indents_and_lines_itself(template):
    _word, style = begin(Document("走访报告", lang="zh"), template)

    assert (style.line, style.indent, style.page_number) == (None, 0, ("", ""))
    assert style.letters is OFFICIAL.letters


def test_a_file_made_from_a_template_is_not_its_authors(template):
    about = begin(Document("Report"), template)[0].core_properties

    assert (about.title, about.author, about.comments) == ("Report", "visittally", "")


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04 broken", b""])
def test_a_template_that_is_no_document_is_said(tmp_path, content):
    (tmp_path / "letter.docx").write_bytes(content)

    with pytest.raises(ConfigError, match=r"letter\.docx is no Word document"):
        begin(Document("Report"), tmp_path / "letter.docx")


def test_a_template_that_does_not_unpack_is_said(tmp_path):
    path = tmp_path / "letter.docx"
    docx.Document().save(path)
    content = bytearray(path.read_bytes())
    start = content.index(b"word/document.xml") + len(b"word/document.xml")
    content[start : start + 40] = b"\xff" * 40
    path.write_bytes(content)

    with pytest.raises(ConfigError, match=r"letter\.docx is no Word document"):
        begin(Document("Report"), path)


def test_a_template_that_is_not_there_is_said():
    with pytest.raises(ConfigError, match="there is no such template"):
        begin(Document("Report"), Path("nosuch.docx"))
