"""What a column is called: the name that people type, the question's text, the option below it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.folding import fold, fold_header, one_line, without_accents
from visittally.words.markup import without_markup
from visittally.words.names import like_name, masked_number
from visittally.words.patterns import pattern
from visittally.words.personal import personal_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.blocks import TableSource

_NOT_A_WORD = pattern(r"[¿¡\s_\-./\\:,;'\"()\[\]<>]+")
_R_PREFIX = pattern(r"^X(?:\.U\.FEFF\.|(?=_))")
_PATH = pattern(r"[/.:]")
_IDENTIFIER = pattern(r"[A-Za-z_][\w./:\[\]-]*")
_ANSWER_ONLY = frozenset({"response", "openendedresponse", ""})
"""Second header rows that say no more than that the answer stands below."""
_NAMES, _TEXTS_APART = 0.8, 0.1
"""So many cells of a row of names are names, and so many fewer are of a row of texts."""
_PLACEHOLDER = pattern(r"(unnamed:? ?\d+(_level_\d+)?|\.\.\.\d+|x\d*|column ?\d+|field ?\d+|_c\d+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """What one column is called.

    Attributes:
        position: Position in its table.
        header: As in the file.
        name: What people call it: one line, without the rows that only programs read; "" where blank.
        label: The question's text where a header row holds it beside the name.
        top: With a merged row of questions above a row of options: the question; else "".
        below: The option, item or field below `top`.
        last: With several header rows the last of them that says anything; else "".
        plain: The name before columns of one name were told apart.
    """

    position: int
    header: str
    name: str
    label: str = ""
    top: str = ""
    below: str = ""
    last: str = ""
    plain: str = ""


@lru_cache(maxsize=1 << 16)
def header_key(header: str) -> str:
    """The form in which headers are compared: folded, without accents, white space and punctuation.

    >>> header_key("Visit_Date "), header_key("X_uuid"), header_key("2. 走訪日期（必填）"), header_key("Prénom :")
    ('visitdate', 'uuid', '走访日期', 'prenom')
    """
    letters = header.replace("_", "").replace(" ", "")
    if letters.isalpha() and (_are_ideographs(letters) or (header.isascii() and not header.lstrip().startswith("X_"))):
        return fold(letters)  # no marks, numbers and accents are there to be taken off
    folded = fold_header(_R_PREFIX.sub("", header.strip()))
    return _NOT_A_WORD.sub("", without_accents(folded)) or folded


@lru_cache(maxsize=1 << 16)
def header_words(header: str) -> tuple[str, ...]:
    """The words of a header, folded; humps of camelCase count as words.

    >>> header_words("waterpoint_currentProblem (main)")
    ('waterpoint', 'current', 'problem', 'main')
    """
    humps = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return tuple(word for word in re.split(r"[\W_]+", without_accents(fold_header(humps))) if word)


def _are_ideographs(text: str) -> bool:
    return min(text) >= "\u4e00" and max(text) <= "\u9fff"


def last_part(header: str) -> str:
    """The header without the path of groups before it.

    >>> last_part("group/visit/village"), last_part("Is it far? (e.g. 2.5 km)"), last_part("a.b.village")
    ('village', 'Is it far? (e.g. 2.5 km)', 'village')
    """
    if " " in header.strip() and "/" not in header:
        return header
    last = _PATH.split(header)[-1].strip()
    return last or header


def is_placeholder(header: str) -> bool:
    """Whether a header says nothing: blank, or what libraries write in its place (`Unnamed: 3`, `...3`)."""
    return bool(_PLACEHOLDER.fullmatch(header.strip())) and header.strip().lower() != "x"


def residents(names: Sequence[str]) -> frozenset[str]:
    """The headers that are values about somebody: of a card of one household, of records without a header.

    Telephones, ids and e-mails, and beside them names of people.

    >>> sorted(residents(["name", "Wanjiru Kamau", "phone", "13800138000"])), residents(["Village", "Water Point"])
    (['13800138000', 'Wanjiru Kamau'], frozenset())
    """
    return _residents(tuple(names))


@lru_cache(maxsize=64)
def _residents(names: tuple[str, ...]) -> frozenset[str]:
    written = [name for name in names if name.strip()]
    values = {name for name in written if personal_kind(name) in _VALUES}
    numbers = {name for name in written if masked_number(name)}
    if len(numbers) <= _NUMBERS:  # more are codes of what stands below
        values |= numbers
    return frozenset(values | {name for name in written if values and like_name(name)})


_VALUES = frozenset({"id_number", "mobile", "phone", "email", "bank_card", "landline", "coordinates"})
"""Kinds of personal values that no header looks like."""
_NUMBERS = 2
"""A person has no more numbers than that."""


def headings(source: TableSource) -> tuple[Heading, ...]:
    """What the columns of a table are called, one for each position.

    Two columns of one name are told apart: the second becomes `name (2)`.
    """
    return _headings(tuple(source.header), tuple(map(tuple, source.header_rows)))


@lru_cache(maxsize=64)
def _headings(names: tuple[str, ...], header_rows: tuple[tuple[str, ...], ...]) -> tuple[Heading, ...]:
    rows = [row for row in _padded(header_rows, len(names)) if not _for_programs(row)]
    if len(rows) == 2 and any(map(_import_ids, header_rows)):
        ids, texts = rows
        found = [Heading(i, h, one_line(ids[i]) or one_line(texts[i]), one_line(texts[i])) for i, h in enumerate(names)]
    elif not any(names):
        found = [Heading(i, "", f"column {i + 1}") for i in range(len(names))]
    elif len(rows) > 1:
        found = _two_rows(names, reduce(_upper, rows[:-1]), rows[-1])
        if len(rows) > 2:  # most columns are named by the rows above the last one
            above = _merged(names, reduce(_upper, rows[:-2]), rows[-2])
            found = [
                lower if rows[-1][i].strip() else upper
                for i, (lower, upper) in enumerate(zip(found, above, strict=True))
            ]
    elif len(rows) == 1 and len(header_rows) > 1:
        found = [Heading(i, header, one_line(rows[0][i])) for i, header in enumerate(names)]
    else:
        found = [Heading(i, header, one_line(header)) for i, header in enumerate(names)]
    people = residents([heading.name for heading in found])
    found = [Heading(h.position, "", f"column {h.position + 1}") if h.name in people else h for h in found]
    return _told_apart(found, rows)


def _padded(header_rows: Sequence[Sequence[str]], width: int) -> list[Sequence[str]]:
    return [(*row[:width], *([""] * (width - len(row)))) for row in header_rows]


def _for_programs(row: Sequence[str]) -> bool:
    """Rows of HXL tags, and Qualtrics' ImportIds."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return bool(cells) and (all(c.startswith("#") and len(c) > 1 for c in cells) or _import_ids(cells))


def _import_ids(row: Sequence[str]) -> bool:
    """Whether a row holds ImportIds: the first row above it holds names, the second the texts of the questions."""
    cells = [cell for cell in row if cell.strip()]
    return bool(cells) and all("ImportId" in cell for cell in cells)


def _upper(first: Sequence[str], second: Sequence[str]) -> Sequence[str]:
    """Two rows above a third as one: what is merged in the first stands before each cell of the second."""
    joined, group = [], ""
    for upper, lower in zip(first, second, strict=True):
        group = upper.strip() or group
        joined.append(f"{group} {lower}".strip() if lower.strip() else upper)
    return joined


def _two_rows(header: Sequence[str], first: Sequence[str], second: Sequence[str]) -> list[Heading]:
    full = all(cell.strip() for cell in (*first, *second)) and len(set(first)) > len(first) * 0.9
    names = (_identifiers(first), _identifiers(second))
    if full and max(names) >= _NAMES and max(names) - min(names) >= _TEXTS_APART:
        ids, texts = (first, second) if names[0] > names[1] else (second, first)
        return [Heading(i, header[i], one_line(ids[i]), one_line(texts[i])) for i in range(len(header))]
    return _merged(header, first, second)


def _identifiers(row: Sequence[str]) -> float:
    """The share of the cells of a header row that programs could take for names."""
    return sum(_IDENTIFIER.fullmatch(cell.strip()) is not None for cell in row) / len(row)


def _merged(header: Sequence[str], first: Sequence[str], second: Sequence[str]) -> list[Heading]:
    """A row of questions or groups, merged over the columns of its options or fields."""
    tops: list[str] = []
    for upper, lower in zip(first, second, strict=True):
        tops.append(one_line(upper) or (tops[-1] if tops and lower.strip() and not is_placeholder(lower) else ""))
    shared = Counter(tops)
    found = []
    for i, (top, lower) in enumerate(zip(tops, second, strict=True)):
        below = one_line(lower)
        if not top or not below:
            found.append(Heading(i, header[i], top or below))
        elif header_key(below) in _ANSWER_ONLY and shared[top] == 1:
            found.append(Heading(i, header[i], top))
        else:
            found.append(
                Heading(i, header[i], one_line(header[i]) if first[i].strip() else f"{top} {below}", "", top, below)
            )
    return found


def _last_cell(rows: Sequence[Sequence[str]], column: int) -> str:
    """What the last header row that says anything says about a column; "" where there is one row only."""
    if len(rows) < 2:
        return ""
    last = next((one_line(row[column]) for row in reversed(rows) if row[column].strip()), "")
    return "" if header_key(last) in _ANSWER_ONLY or is_placeholder(last) else last


def _told_apart(found: Sequence[Heading], rows: Sequence[Sequence[str]]) -> tuple[Heading, ...]:
    seen: Counter[str] = Counter()
    result = []
    for heading in found:
        plain = without_markup(heading.name)
        seen[plain] += 1
        again = f"{plain} ({seen[plain]})" if plain and seen[plain] > 1 else plain
        label, last = without_markup(heading.label), _last_cell(rows, heading.position)
        below = without_markup(heading.below)
        result.append(replace(heading, name=again, label=label, below=below, last=last, plain=plain))
    return tuple(result)
