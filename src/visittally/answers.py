"""What the raw values of a question say: each distinct value is understood once.

`learn` looks at all distinct values of a question together and gives an `AnswerBook`, which then answers for one
value at a time. What had to be assumed on the way is in its notices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from visittally.coded import Answer, Option, State, spelling_notices, union
from visittally.errors import Notice
from visittally.joined_cells import CellReader, answers_of, learn_cells
from visittally.messages import _
from visittally.option_columns import OptionReader, learn_option_columns
from visittally.plan import CELL_SEPARATOR, NO_COLUMN, ROW_SEPARATOR
from visittally.survey import Role, Variable
from visittally.vocabulary import Missing, key_of, lexicon, words

__all__ = ["Answer", "AnswerBook", "Missing", "Option", "State", "learn"]


@dataclass(frozen=True)
class AnswerBook:
    """All that is known about the answers of one question.

    Attributes:
        options: Its options by key: those of the form or the option columns in their order, also those that nobody
            chose, then the other answers found, by frequency.
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
    lexica = lexicon(
        missing or Missing(), {c for column in columns for c in column}, listed, as_issue=as_issue
    )
    if any(part.role is Role.OPTION for part in variable.parts):
        codes = frozenset(map(key_of, ticked))
        reader: CellReader | OptionReader = learn_option_columns(variable, rows, columns, lexica, codes)
    else:
        reader = learn_cells(variable, columns, lexica)
    notices = (*_notices(variable, rows, reader), *_column_notices(variable, columns, reader))
    return AnswerBook(reader.options.options, _sign(reader), notices, reader)


def _sign(reader: CellReader | OptionReader) -> str:
    separator = (
        reader.separator if isinstance(reader, CellReader) else reader.parent and reader.parent.separator
    )
    return separator.sign if separator else ""


def _notices(
    variable: Variable, rows: Mapping[tuple[str, ...], int], reader: CellReader | OptionReader
) -> list[Notice]:
    """What to say about single records: contradictions, zeros of a skipped question."""
    found = []
    conflicts = sum(n for row, n in rows.items() if reader.read(row).conflict)
    if conflicts:
        text = _(
            '"{name}": {n} records give an answer such as "none" or "don\'t know" beside others; both are counted.'
        )
        found.append(Notice("exclusive_conflict", text.format(name=variable.name, n=conflicts)))
    if isinstance(reader, OptionReader):
        zeros = sum(n for row, n in rows.items() if reader.decided_by_tool(row))
        if zeros and reader.zeros_are_asked:
            text = _('"{name}": {n} records have 0 in every option and no answer beside; KoboToolbox writes that where '
                     "the question was asked and nothing ticked.")  # fmt: skip
            found.append(Notice("zeros_beside_blank", text.format(name=variable.name, n=zeros)))
        elif zeros:
            text = _(
                '"{name}": {n} records have 0 in every option and no answer beside; they count as not asked.'
            )
            found.append(Notice("zeros_beside_blank", text.format(name=variable.name, n=zeros)))
    return found


def _column_notices(
    variable: Variable, columns: list[Counter[str]], reader: CellReader | OptionReader
) -> list[Notice]:
    """What to say about columns: spellings, separators within options, scales, forms that lack a column, damage."""
    found: list[Notice] = []
    if isinstance(reader, CellReader):
        cells = sum(columns, Counter[str]())
        cells.pop(NO_COLUMN, None)
        answers = answers_of(cells, reader.separator, reader.options.lexicon)
        found += spelling_notices(variable.name, variable.choices, answers)
        if reader.separator and reader.separator.whole and not variable.choices:
            kept = [option for option in reader.options.options if len(reader.separator.split(option)) == 1]
            shown = [o for o in kept if reader.separator.pattern.search(o)][:3]
            text = _(
                '"{name}": answers are separated by "{sign}"; these contain it and were kept whole: {shown}.'
            )
            line = text.format(name=variable.name, sign=reader.separator.sign, shown="; ".join(shown))
            found.append(Notice("separator_in_option", line))
    else:
        scale = sorted({step for column in reader.columns if column for step in column.scale})
        if scale:
            text = _('"{name}": only 1 counts as ticked; the columns also hold {steps}. '
                     "Say which count: --tick {name}={steps_given}")  # fmt: skip
            line = text.format(name=variable.name, steps=", ".join(scale), steps_given=",".join(scale))
            found.append(Notice("scale_not_ticked", line))
        older = {
            p.option: c[NO_COLUMN]
            for p, c in zip(variable.parts, columns, strict=True)
            if c.get(NO_COLUMN) and p.option
        }
        if older and len(set(older.values()) | {sum(columns[0].values())}) > 1:
            text = _(
                '"{name}": {n} records come from files without a column for: {shown}. They stay in the base.'
            )
            line = text.format(name=variable.name, n=max(older.values()), shown="; ".join(sorted(older)))
            found.append(Notice("option_not_in_file", line))
    damaged = sum(n for column in columns for cell, n in column.items() if key_of(cell) in words("damaged"))
    if damaged:
        text = _('"{name}": {n} cells hold an error of the spreadsheet such as #REF! and count as blank.')
        found.append(Notice("damaged_cells", text.format(name=variable.name, n=damaged)))
    return found
