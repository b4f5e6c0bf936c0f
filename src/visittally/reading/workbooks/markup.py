"""Tables in HTML and Excel 2003 XML, which old systems save as `.xls`: sheets with rows of values."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.inputs.kinds import refused
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from visittally.reading.inputs.source import ByteSource

MOST = 512 << 20
"""Bytes of markup that are read at most: all of it stands in memory."""
ROWS, WIDTH = 1_048_576, 16_384
"""The largest sheet of a spreadsheet program."""
_OFFICE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_BLOCKS = frozenset(("br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4"))
"""Before and behind these a page begins a new line."""
_UNSEEN = frozenset(("script", "style"))
_SPACES = pattern(r"[ \t\r\n\f]+")
_DECLARED = pattern(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_MAIL = pattern(rb"MIME-Version:\s", re.IGNORECASE)
_HEAD = 4_096


@dataclass
class MarkedUp:
    """A table of a page or of an XML workbook.

    Attributes:
        name: Its name or caption.
        visible: Whether people see it.
        merges: First and last (row, column) of cells that span several.
    """

    name: str
    visible: bool = True
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    _rows: list[dict[int, Any]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Cells in each row."""
        return max((max(row) + 1 for row in self._rows if row), default=0)

    @property
    def height(self) -> int:
        """Rows down to the last that holds something."""
        return max((number for number, row in enumerate(self._rows, 1) if row), default=0)

    def iter_rows(self) -> Iterator[list[Any]]:
        """The values of each row."""
        width = self.width
        for row in self._rows[: self.height]:
            yield [row.get(column, "") for column in range(width)]

    def put(self, row: int, column: int, value: Any) -> None:
        """Set a cell."""
        while len(self._rows) <= row:
            self._rows.append({})
        if value != "":
            self._rows[row][column] = value


def is_markup(path: str) -> bool:
    """Whether a workbook is written as text."""
    with Path(path).open("rb") as file:
        head = file.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith((b"<", b"M", b"m"))


def tables_in(source: ByteSource) -> tuple[MarkedUp, ...]:
    """The tables of a page or workbook.

    Args:
        source: A plain local file.

    Raises:
        InputError: It holds no table, is damaged, or is too large.
    """
    content = Path(source.path).read_bytes() if source.size <= MOST else b""
    if not content:
        raise InputError(_("{name} is too large for a web page. Export the table as CSV.").format(name=source.name))
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.match(rb"<\?xml|<(\w+:)?Workbook", text) and re.search(rb"<(\w+:)?Workbook\b", text[:_HEAD]):
        return _of_xml(content, source.name)
    found = _of_html(_page(source, content), source.name)
    if not found:
        raise refused(source.name, "html")
    return found


def _of_xml(content: bytes, name: str) -> tuple[MarkedUp, ...]:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged(name) from error
    if root.getroottree().docinfo.doctype:
        raise _damaged(name)
    return tuple(_sheet(sheet, number, name) for number, sheet in enumerate(root.iter(f"{_OFFICE}Worksheet"), 1))


def _damaged(name: str) -> InputError:
    return InputError(
        _("{name} is a damaged workbook. Open it in a spreadsheet program and save it again.").format(name=name)
    )


def _sheet(sheet: Element, number: int, name: str) -> MarkedUp:
    options = sheet.find(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible")
    table = MarkedUp(sheet.get(f"{_OFFICE}Name") or f"Sheet{number}", options is None or not options.text)
    at = -1
    for row in sheet.iterfind(f"{_OFFICE}Table/{_OFFICE}Row"):
        at = _whole(row.get(f"{_OFFICE}Index"), at + 2) - 1
        column = -1
        for cell in row.iterfind(f"{_OFFICE}Cell"):
            column = _whole(cell.get(f"{_OFFICE}Index"), column + 2) - 1
            across, down = (_whole(cell.get(f"{_OFFICE}Merge{way}"), 0) for way in ("Across", "Down"))
            if not (0 <= at + down < ROWS and 0 <= column + across < WIDTH):
                raise _damaged(name)
            table.put(at, column, _value(cell.find(f"{_OFFICE}Data")))
            if across or down:
                table.merges.append(((at, column), (at + down, column + across)))
            column += across
        at += _whole(row.get(f"{_OFFICE}Span"), 0)
    return table


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else otherwise


def _value(content: Element | None) -> Any:
    if content is None:
        return ""
    text = "".join(str(part) for part in content.itertext())
    kind = content.get(f"{_OFFICE}Type")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return bool(_whole(text, 0)) if kind == "Boolean" else text


def _page(source: ByteSource, content: bytes) -> str:
    """The text of a page, or of all pages of a workbook that was saved as a web archive."""
    if _MAIL.match(content.removeprefix(b"\xef\xbb\xbf").lstrip()):
        message = email.message_from_bytes(content.lstrip(), policy=email.policy.default)
        pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
        return "\n".join(_decoded(source, bytes(part.get_payload(decode=True) or b"")) for part in pages)
    return _decoded(source, content)


def _decoded(source: ByteSource, content: bytes) -> str:
    """Text in the encoding that a page declares where that fits, else in the one that makes text of it."""
    from visittally.reading.text.encodings import encoding_of

    declared = _DECLARED.search(content[:_HEAD])
    names = ["utf-8", *([declared[1].decode()] if declared else [])]
    names = [{"gb2312": "gb18030", "gbk": "gb18030"}.get(name.lower(), name) for name in names]
    for name in names:
        try:
            return content.decode(name).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    encoding = encoding_of(content)
    if not encoding:
        raise _damaged(source.name)
    return content.decode(encoding)


def _of_html(text: str, name: str) -> tuple[MarkedUp, ...]:
    """The tables of a page that hold rows of cells and no other table."""
    from lxml import etree

    if "<table" not in text.lower():
        return ()
    try:
        root = parsed(text.encode("utf-8", "replace"), name, "utf-8")
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise _damaged(name) from error
    found = []
    for number, table in enumerate(root.iter("table"), 1):
        if table.find(".//table") is not None:
            continue
        caption = table.find("caption")
        title = said(caption) if caption is not None else str(table.get("title") or table.get("id") or "")
        made = _grid(table, title or _("table {n}").format(n=number), name)
        if made.height > 1:
            found.append(made)
    return tuple(found)


def parsed(content: bytes, name: str, encoding: str | None) -> Any:
    """The elements of a page, without its comments; the encoding is found out where none is given.

    Raises:
        InputError: It nests elements so deep that the parser leaves out what is within.
        ValueError, etree.LxmlError: There is nothing in it.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(content, parser=parser)
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        text = _("{name} nests its elements too deep to be read whole. Export the table as CSV.")
        raise InputError(text.format(name=name))
    return root


def _grid(table: Element, title: str, name: str) -> MarkedUp:
    made = MarkedUp(title)
    taken: dict[int, set[int]] = {}
    for at, row in enumerate(table.iter("tr")):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while column in taken.get(at, ()):
                column += 1
            across, down = (max(1, _whole(cell.get(way), 1)) for way in ("colspan", "rowspan"))
            if at + down > ROWS or column + across > WIDTH:
                raise _damaged(name)
            made.put(at, column, said(cell))
            if across > 1 or down > 1:
                made.merges.append(((at, column), (at + down - 1, column + across - 1)))
                for below in range(at + 1, at + down):
                    taken.setdefault(below, set()).update(range(column, column + across))
            column += across
    return made


def said(element: Element) -> str:
    """What an element says: spaces as one, line ends where the page has them."""
    if not len(element):
        return _SPACES.sub(" ", element.text or "").strip(" \xa0")
    parts: list[str] = []
    _gather(element, parts)
    lines = (_SPACES.sub(" ", line).strip(" \xa0") for line in "".join(parts).split("\x00"))
    return "\n".join(line for line in lines if line)


def _gather(element: Element, parts: list[str]) -> None:
    """The texts of an element in their order, a zero before and behind blocks; no page is deeper than 256 elements."""
    if element.tag in _UNSEEN:
        return
    block = element.tag in _BLOCKS
    if block:
        parts.append("\x00")
    parts.append(element.text or "")
    for child in element:
        _gather(child, parts)
        parts.append(child.tail or "")
    if block:
        parts.append("\x00")
