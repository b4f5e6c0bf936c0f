"""How Word documents look: pages, fonts and headings of each language, or those of a document of the user's own."""

from __future__ import annotations

import copy
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from visittally.dataclass import dataclass
from visittally.errors import ConfigError
from visittally.messages import _
from visittally.reading.inputs.kinds import DAMAGED
from visittally.render.cells import for_xml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from visittally.tables.document import Document

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the same for all, or the same tables would give other bytes
A4 = (Mm(210), Mm(297))
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_INK = RGBColor(0x1B, 0x1F, 0x24)
_ALIKE = {
    "方正小标宋简体": "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun,Songti SC",
    "仿宋": "FangSong,仿宋_GB2312,FangSong_GB2312,华文仿宋,STFangsong",
    "楷体": "KaiTi,楷体_GB2312,KaiTi_GB2312,华文楷体,STKaiti,Kaiti SC",
    "黑体": "SimHei,华文黑体,STHeiti,Heiti SC",
    "宋体": "SimSun,华文宋体,STSong,Songti SC",
    "微软雅黑": "Microsoft YaHei,PingFang SC,Heiti SC",
}
"""Font -> those to take where it is not installed, as Windows, WPS and macOS name them, the nearest first."""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How the pages of a language look.

    Attributes:
        margins: Top, bottom, left, right.
        body: Fonts of all that has none of its own: Latin, Chinese.
        letters: Name of a style -> its fonts and size.
        after: Space after a paragraph.
        narrow: Twips that a narrow character takes for each half point of its size.
        line: Height of a line of the text; None for that of the font.
        indent: Indent of the first line of a paragraph, in points.
        page_number: What stands on either side of it.
    """

    margins: tuple[Mm, Mm, Mm, Mm]
    body: tuple[str, str]
    letters: Mapping[str, tuple[tuple[str, str], Pt]]
    after: Pt
    narrow: float
    line: Pt | None = None
    indent: int = 0
    page_number: tuple[str, str] = ("", "")


_SONG, _FANGSONG, _HEI = ("Times New Roman", "宋体"), ("Times New Roman", "仿宋"), ("Times New Roman", "黑体")
OFFICIAL = PageStyle(
    margins=(Mm(37), Mm(35), Mm(28), Mm(26)),
    body=_SONG,
    letters={
        "Title": (("Times New Roman", "方正小标宋简体"), Pt(22)),
        "Normal": (_FANGSONG, Pt(16)),
        "Heading 1": (_HEI, Pt(16)),
        "Heading 2": (("Times New Roman", "楷体"), Pt(16)),
        "Caption": (_HEI, Pt(12)),
        "List Bullet": (_FANGSONG, Pt(12)),
    },
    after=Pt(0),
    narrow=5.4,
    line=Pt(28),
    indent=32,
    page_number=("— ", " —"),
)
"""Documents of Chinese authorities as far as styles of Word go: GB/T 9704-2012, the type of pages, title and text."""
PLAIN = PageStyle(
    margins=(Mm(20), Mm(20), Mm(20), Mm(20)),
    body=("Arial", "宋体"),
    letters={
        "Title": (("Arial", "微软雅黑"), Pt(22)),
        "Normal": (("Arial", "宋体"), Pt(10.5)),
        "Heading 1": (("Arial", "微软雅黑"), Pt(14)),
        "Heading 2": (("Arial", "微软雅黑"), Pt(12)),
        "Caption": (("Arial", "微软雅黑"), Pt(10)),
    },
    after=Pt(6),
    narrow=5.9,
)
"""Pages in other languages, in letters that every system has: another font in their place is as wide."""


def begin(document: Document, template: Path | None) -> tuple[Any, PageStyle]:
    """An empty document of python-docx, ready to be written, and its style.

    Args:
        document: What will be written.
        template: A document of the user's own, whose page, styles, header and footer are taken.

    Raises:
        ConfigError: The template cannot be read.
    """
    style = OFFICIAL if document.lang == "zh" else PLAIN
    if template is None:
        word = docx.Document()
        _set_up(word, document, style)
        return word, style
    word = _opened(template)
    for element in list(word.element.body):
        if element.tag != qn("w:sectPr"):
            word.element.body.remove(element)
    _lend_styles(word, style)
    _describe(word, document)
    # Indents and lines of the text are those of the template's own paragraphs.
    return word, PageStyle(style.margins, style.body, style.letters, style.after, PLAIN.narrow)


def _opened(template: Path) -> Any:
    if not template.exists():
        raise ConfigError(_("{path}: there is no such template.").format(path=template))
    try:
        return docx.Document(str(template))
    except (*DAMAGED, SyntaxError, PackageNotFoundError) as error:
        text = _("{path} is no Word document that can be opened: save it as .docx. ({reason})")
        raise ConfigError(text.format(path=template, reason=error)) from None


def _lend_styles(word: Any, style: PageStyle) -> None:
    """Add the styles that a template lacks, as they look without a template."""
    plain = docx.Document()
    there = {one.name for one in word.styles}
    for name in ("Title", "Heading 1", "Heading 2", "Caption", "List Bullet"):
        if name in there:
            continue
        element = copy.deepcopy(plain.styles[name].element)
        numbering = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbering is not None:  # it would count on lists that the template does not have
            numbering.getparent().remove(numbering)
        word.styles.element.append(element)
        if name in style.letters:
            _set_letters(word.styles[name], *style.letters[name])


def _set_up(word: Any, document: Document, style: PageStyle) -> None:
    """Page, fonts and properties."""
    page = word.sections[0]
    page.page_width, page.page_height = A4
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = style.margins
    for name, (fonts, size) in style.letters.items():
        _set_letters(word.styles[name], fonts, size)
    own = {word.styles[name].element for name in style.letters}
    for element in word.styles.element.iter(qn("w:rFonts")):
        if own.isdisjoint(element.iterancestors()):
            _set_fonts(element, style.body)
    language = next(word.styles.element.iter(qn("w:lang")), None)
    if language is not None:
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    word.styles["Normal"].paragraph_format.space_after = style.after
    if style.line is not None:
        word.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption = word.styles["Caption"]
    caption.font.color.rgb = RGBColor(0, 0, 0)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(10)
    _name_alike(word)
    _describe(word, document)
    _number_pages(page, style.page_number)


def _describe(word: Any, document: Document) -> None:
    """Title, author and language, which the file itself tells."""
    about = word.core_properties
    about.title, about.author, about.comments = for_xml(document.title)[:250], "visittally", ""
    about.created = about.modified = CREATED
    about.language = "zh-CN" if document.lang == "zh" else "en"


def _name_alike(word: Any) -> None:
    """Say which fonts to take where one is not installed."""
    part = next((p for p in word.part.package.iter_parts() if str(p.partname) == "/word/fontTable.xml"), None)
    if part is None:
        return
    fonts = "".join(
        f'<w:font w:name="{escape(name)}"><w:altName w:val="{escape(others)}"/></w:font>'
        for name, others in _ALIKE.items()
    )
    part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")  # noqa: SLF001 - no public way in


def _set_letters(style: Any, fonts: tuple[str, str], size: Pt) -> None:
    """Fonts, size and colour of a style, and no line below titles."""
    properties = style.element.get_or_add_rPr()
    element = properties.find(qn("w:rFonts"))
    _set_fonts(element if element is not None else properties._add_rFonts(), fonts)  # noqa: SLF001
    style.font.size, style.font.bold = size, style.name == "Title" and style.font.bold
    style.font.color.rgb = _INK
    borders = style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)


def _set_fonts(element: Any, fonts: tuple[str, str]) -> None:
    """Name the fonts of a style; those of the theme would come before them."""
    for theme in _THEME:
        element.attrib.pop(qn(f"w:{theme}"), None)
    latin, chinese = fonts
    for script in ("ascii", "hAnsi", "cs"):
        element.set(qn(f"w:{script}"), latin)
    element.set(qn("w:eastAsia"), chinese)


def _number_pages(page: Any, around: tuple[str, str]) -> None:
    """A page number at the foot of each page, between two signs."""
    paragraph = page.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, after = around
    paragraph.add_run(before)
    paragraph._p.append(  # noqa: SLF001 - fields have no public way in
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
    paragraph.add_run(after)
