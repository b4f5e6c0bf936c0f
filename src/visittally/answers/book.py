"""What the raw values of a question say: each distinct value is understood once.

`learn` looks at all distinct values of a question together and gives an `AnswerBook`, which then answers for
one value at a time. What had to be assumed on the way is in its notices.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.answers.answer import (
    Answer,
    Option,
    State,
    union,
)
from visittally.answers.joined_cells import CellReader, asks_for_names, learn_cells
from visittally.answers.notices import answer_notices, coded_missing, codes_apart
from visittally.answers.option_columns import OptionReader, learn_option_columns
from visittally.answers.ticks import unseen_codes
from visittally.dataclass import dataclass
from visittally.survey.exporters import not_asked_in
from visittally.survey.variables import Role, Variable
from visittally.words.codebook import Codebook
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN, ROW_SEPARATOR, TOLD
from visittally.words.missing_numbers import APART, apart_from_scale, fillers, missing_numbers
from visittally.words.patterns import pattern
from visittally.words.vocabulary import Missing, key_of, lexicon

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from visittally.errors import Notice

_FEW = 40
"""Columns of more different cells are seldom the same."""
_NEGATIVE = pattern(r"-\d{1,3}")
_BETWEEN_CODES = pattern(r"[\s,;|┋]+")

__all__ = ["Answer", "AnswerBook", "Books", "Missing", "Option", "State", "learn"]


@dataclass(frozen=True)
class AnswerBook:
    """All that is known about the answers of one question.

    Attributes:
        options: Its options by key: those of the form or the option columns in their order, also those that
            nobody chose, then the other answers found, by frequency.
        separator: What separates joined answers in a cell, as people would name it; "" where nothing does.
        notices: What had to be assumed, and what was noticed.
    """

    options: Mapping[str, Option]
    separator: str
    notices: tuple[Notice, ...]
    _reader: CellReader | OptionReader

    def answer(self, raw: str) -> Answer:
        """What a raw value says; the records of one unit are taken together."""
        return union([self._reader.read(row) for row in records(raw)], self._reader.options)

    @staticmethod
    def asked(answer: Answer) -> bool:
        """Whether the answer belongs to the base `asked`: the question was put and not left blank."""
        return answer.state is State.ANSWERED

    @staticmethod
    def answered(answer: Answer) -> bool:
        """Whether the answer belongs to the base `answered`: at least one option was given."""
        return bool(answer.codes)


def records(raw: str) -> list[tuple[str, ...]]:
    """The cells of each record in a raw value."""
    return [tuple(record.split(CELL_SEPARATOR)) for record in raw.split(ROW_SEPARATOR)]


def learn(
    variable: Variable,
    values: Mapping[str, int],
    missing: Missing | None = None,
    ticked: frozenset[str] = frozenset(),
    *,
    as_issue: bool = False,
) -> AnswerBook:
    """Learn to read the answers of a question from all its distinct values.

    Args:
        variable: The question and its columns.
        values: Distinct raw values and how often each occurs: the cells of the question's columns joined by
            `plan.CELL_SEPARATOR`, several records of one unit by `plan.ROW_SEPARATOR`.
        missing: What the user says stands for answers that were not given.
        ticked: Values of option columns that count as ticked; empty for 1, TRUE, yes and the like.
        as_issue: Whether the question names problems, where "no" says that there is none.
    """
    rows: Counter[tuple[str, ...]] = Counter()
    for raw, count in values.items():
        for record in records(raw):
            rows[record] += count
    columns: list[Counter[str]] = [Counter() for _part in variable.parts]
    for row, count in rows.items():
        for column, cell in zip(columns, row, strict=False):
            column[cell] += count
    listed = [choice.name for choice in variable.choices]
    codes = frozenset(map(key_of, ticked))
    has_options = any(part.role is Role.OPTION for part in variable.parts)
    cells: Counter[str] = sum(columns, Counter())
    unanswered = missing_numbers(cells, ticks=has_options)
    if any(part.role is Role.MENTION for part in variable.parts):
        unanswered |= fillers(rows)
    apart = _apart(cells) if as_issue and not has_options and not variable.choices else {}
    unanswered |= {code: "blank" for code, among_words in apart.items() if among_words}
    told = _with_tool(missing or Missing(), variable.tool)
    answers = {variable.other, *map(key_of, told.answer)}
    if len(variable.parts) == 1:
        answers |= _beside_others(cells)
    for meant in answers:
        unanswered.pop(meant, None)
    numbered = [part.option for part in variable.parts if part.role is Role.OPTION and part.option.isdecimal()]
    lexica = lexicon(told, [*cells, *numbered], listed, codes=unanswered, as_issue=as_issue)
    for meant in answers:
        lexica = lexica.without(meant)
    if has_options:
        reader: CellReader | OptionReader = learn_option_columns(variable, rows, columns, lexica, codes)
    else:
        reader = learn_cells(variable, columns, lexica, Codebook.load().names() if as_issue else ())
    unseen = unseen_codes(variable.name, columns, codes, has_options=has_options)
    notices = (
        *unseen,
        *answer_notices(variable, rows, reader),
        *coded_missing(variable.name, cells, unanswered, missing),
        *codes_apart(variable.name, apart.keys() - unanswered.keys() - answers - (missing or Missing()).codes),
    )
    return AnswerBook(reader.options.options, _sign(reader), notices, reader)


class Books:
    """The answer books of a run: of columns with the same cells, of which nothing has to be said, it is the same."""

    def __init__(self, missing: Missing | None = None) -> None:
        self._missing = missing
        self._known: dict[Hashable, AnswerBook] = {}

    def learn(self, variable: Variable, values: Mapping[str, int], ticked: frozenset[str] = frozenset()) -> AnswerBook:
        """See `learn`."""
        key = _alike(variable, values, ticked)
        book = self._known.get(key) if key is not None else None
        if book is None:
            book = learn(variable, values, self._missing, ticked)
            if key is not None and not book.notices:
                self._known[key] = book
        return book


def _alike(variable: Variable, values: Mapping[str, int], ticked: frozenset[str]) -> Hashable:
    """What a book of a plain column depends on; None for others."""
    if len(variable.parts) != 1 or variable.parts[0].role is not Role.CELL or variable.choices or len(values) > _FEW:
        return None
    told = (variable.kind, variable.tool, variable.other, variable.all_asked, asks_for_names(variable))
    return (*told, ticked, frozenset(values.items()))


def _beside_others(cells: Mapping[str, int]) -> set[str]:
    """Negative codes that stand beside other answers more often than alone: one that was not given has none beside it.

    >>> sorted(_beside_others({"1 -77": 3, "2 -77": 1, "-77": 1, "-99": 2, "1": 5}))
    ['-77']
    """
    alone: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    for cell, n in cells.items():
        codes = set(_BETWEEN_CODES.split(cell.strip()))
        for code in codes:
            if _NEGATIVE.fullmatch(code):
                (beside if len(codes) > 1 else alone)[code] += n
    return {code for code, n in beside.items() if n > alone[code]}


def _apart(cells: Mapping[str, int]) -> dict[str, bool]:
    """Codes such as 99 that never stand beside another answer -> whether they stand among words, and not codes.

    >>> _apart({"road": 5, "water": 3, "99": 2}), _apart({"1": 5, "2": 3, "99": 2}), _apart({"1": 5, "2 99": 3})
    ({'99': True}, {'99': False}, {})
    """
    given = {cell: n for cell, n in cells.items() if cell.strip() and cell not in {NO_COLUMN, TOLD}}
    beside = {
        code for cell in given for codes in [_BETWEEN_CODES.split(cell.strip())] if len(codes) > 1 for code in codes
    }
    words_only = not any(any(map(str.isdigit, key)) for key in map(key_of, given) if key not in APART)
    found = set(map(key_of, given)) & APART if words_only else apart_from_scale(map(key_of, given))
    return dict.fromkeys(found - beside, words_only) if len(given) > len(found) else {}


def _with_tool(missing: Missing, tool: str) -> Missing:
    """What the user says of missing answers, and what the exporting tool writes for them unless the user says else."""
    sign = key_of(not_asked_in(tool))
    if not sign or sign in map(key_of, missing.codes | missing.answer):
        return missing
    return replace(missing, not_asked=missing.not_asked | {sign})


def _sign(reader: CellReader | OptionReader) -> str:
    separator = reader.separator if isinstance(reader, CellReader) else reader.parent and reader.parent.separator
    return separator.sign if separator else ""
