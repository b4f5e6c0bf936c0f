"""What calamine does not tell about .ods files: merged cells, cells with errors, and cells repeated without end."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING
from xml.parsers import expat

from visittally.dataclass import dataclass
from visittally.reading.inputs.kinds import DAMAGED
from visittally.reading.inputs.source import broken, too_much
from visittally.reading.workbooks.openxml import FAR, TEXTS, Marks

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 p"
_KINDS = (
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0 value-type",
)
_BLANKS = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 s"
_COUNT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 c"
_CHUNK = 1 << 20


def marks_of_sheets(path: str, name: str) -> Mapping[str, Marks]:
    """Scan the XML of a workbook for merged cells and errors, by the names of its sheets.

    Args:
        path: The workbook, without XML entities.
        name: What people call it.

    Raises:
        InputError: It is damaged, or a few cells are repeated so often that they would not fit into memory.
    """
    scan = _Scan(name)
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
            while chunk := file.read(_CHUNK):
                scan.parser.Parse(chunk)
            scan.parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by its place
    except (*DAMAGED, expat.ExpatError) as error:
        raise broken(name) from error
    return {table: Marks(scan.errors[table], tuple(scan.merges[table])) for table in {*scan.errors, *scan.merges}}


@dataclass(slots=True)
class _Error:
    """A cell with an error, while it is read.

    Attributes:
        marked: Column -> text of an error, of the rows that it stands in.
        columns: Its columns.
        texts: What its paragraphs say.
        depth: How many elements within the cell are open.
        said: Whether the outermost of them is a paragraph, which a remark is not.
    """

    marked: dict[int, str]
    columns: range
    texts: list[str]
    depth: int = 0
    said: bool = False


class _Scan:
    """Where the cells stand, told as their elements begin; of those with errors also what stands in them."""

    def __init__(self, name: str) -> None:
        """Scan a workbook that people call so."""
        self.errors: defaultdict[str, dict[int, dict[int, str]]] = defaultdict(dict)
        self.merges: defaultdict[str, list[tuple[tuple[int, int], tuple[int, int]]]] = defaultdict(list)
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begin
        self._name = name
        self._table, self._filled = "", 0
        self._row, self._rows, self._column, self._columns = 0, 0, 0, 0
        self._cell: Mapping[str, str] | None = None  # in which nothing stands yet
        self._error: _Error | None = None
        self._times, self._characters = 1, 0

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == _BLANKS:
            self._room_for(int(attributes.get(_COUNT, "1")))
        if tag in _CELLS:
            self._times = 1
            if self._error is None:
                self.parser.CharacterDataHandler = None
            self._column += self._columns
            self._columns = int(attributes.get(f"{_TABLE}number-columns-repeated", "1"))
            self._cell = attributes
        elif tag == f"{_TABLE}table-row":
            self._row += self._rows
            self._rows = int(attributes.get(f"{_TABLE}number-rows-repeated", "1"))
            self._column, self._columns, self._cell = 0, 0, None
        elif tag == f"{_TABLE}table":
            self._table = attributes.get(f"{_TABLE}name", "")
            self._row, self._rows, self._cell = 0, 0, None
        elif self._cell is not None:
            self._fill(self._cell)
            self._cell = None
        if self._error is not None:
            self._error.depth += 1
            if self._error.depth == 1:
                self._error.said = tag == _PARAGRAPH

    def _fill(self, cell: Mapping[str, str]) -> None:
        """Something stands in a cell; a repeated one comes once."""
        self._filled += self._rows * self._columns
        if self._filled > FAR:
            raise too_much(self._name)
        self._times = self._rows * self._columns
        if self._times > 1:
            self.parser.CharacterDataHandler = self._text
        row, column = self._row, self._column
        down, right = (int(cell.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("rows", "columns"))
        if down > 1 or right > 1:
            self.merges[self._table].append(((row, column), (row + down - 1, column + right - 1)))
        if any(cell.get(kind) == "error" for kind in _KINDS):
            # Rows that are repeated are one in the file: here, too.
            errors = self.errors[self._table]
            marked = errors.setdefault(row, {})
            errors |= dict.fromkeys(range(row, row + self._rows), marked)
            self._error = _Error(marked, range(column, column + self._columns), [])
            self.parser.CharacterDataHandler, self.parser.EndElementHandler = self._text, self._end

    def _room_for(self, characters: int) -> None:
        """Refuse texts that would not fit into memory as often as they are repeated, and blanks that are counted."""
        self._characters += characters * self._times
        if self._characters > TEXTS:
            raise too_much(self._name)

    def _text(self, text: str) -> None:
        self._room_for(len(text))
        if self._error is not None and self._error.said and self._error.depth:
            self._error.texts.append(text)

    def _end(self, _tag: str) -> None:
        error = self._error
        if error is None:
            return
        error.depth -= 1
        if error.depth < 0:
            error.marked |= dict.fromkeys(error.columns, "".join(error.texts).strip())
            self._error = self.parser.EndElementHandler = None
