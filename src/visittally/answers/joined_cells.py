"""Questions whose answers stand in one cell, joined or single, or in one cell for each mention."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from visittally.answers.answer import (
    BLANK,
    NOT_ASKED,
    Answer,
    OptionList,
    State,
    list_options,
)
from visittally.dataclass import dataclass
from visittally.survey.exporters import writes_codes
from visittally.survey.personal_headers import speaks_of_places
from visittally.survey.variables import QuestionKind, Role, Variable
from visittally.words.folding import tidy
from visittally.words.joined import NO_COLUMN
from visittally.words.patterns import pattern
from visittally.words.separators import Separator, find_separator
from visittally.words.vocabulary import Vocabulary, key_of, words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_UNJOINED = frozenset({QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.SCALE})
_FILL_IN = pattern(r"\s*〖[^〗]*〗?\s*$")


@dataclass(frozen=True)
class CellReader:
    """Reads the answers in the cells of a question.

    Attributes:
        options: Its options.
        separator: What separates joined answers, None where each cell is one answer.
        all_asked: Whether the question was put where all cells are blank.
    """

    options: OptionList
    separator: Separator | None
    all_asked: bool = False

    def read(self, cells: Sequence[str]) -> Answer:
        """What the cells of one record say together."""
        lexicon = self.options.lexicon
        given: list[str] = []
        recorded = nothing_ticked = False
        for cell in cells:
            if cell == NO_COLUMN:
                continue
            key = key_of(cell)
            recorded |= key not in lexicon.not_asked
            if key in lexicon.blank or key in lexicon.not_asked:
                continue
            said = answers_in(cell, self.separator)
            nothing_ticked |= not said and self.separator is not None and bool(self.separator.notation)
            given.extend(answer for answer in said if not _says_nothing(answer, lexicon))
        if given:
            return self.options.answer(self.options.find(answer) or answer for answer in given)
        if nothing_ticked or (self.all_asked and recorded):
            return Answer(State.ANSWERED)
        return BLANK if recorded else NOT_ASKED


def answers_in(cell: str, separator: Separator | None) -> tuple[str, ...]:
    """The single answers in a cell, without what was filled in beside an option (`其他〖...〗`) and without "etc."."""
    found = (cell,) if separator is None else separator.split(cell)
    if len(found) > 1 and key_of(found[-1]) in words("and_so_on"):
        found = found[:-1]
    return tuple(_FILL_IN.sub("", answer) or answer for answer in found) if "〖" in cell else found


def _says_nothing(answer: str, lexicon: Vocabulary) -> bool:
    key = key_of(answer)
    return key in lexicon.blank or key in lexicon.not_asked


def asks_for_names(variable: Variable) -> bool:
    """Whether the answers are names: of places, of offices, of visitors, who have stand-ins given to each by name."""
    return speaks_of_places((variable.name, variable.label), variable.fields) or "visitor" in variable.fields


def learn_cells(
    variable: Variable, columns: Sequence[Mapping[str, int]], lexicon: Vocabulary, likely: Collection[str] = ()
) -> CellReader:
    """Learn to read a question from the distinct cells of its columns.

    Args:
        variable: The question.
        columns: For each of its columns the distinct cells and how often each occurs.
        lexicon: The words that hold for it.
        likely: Texts that would be answers of such a question, to recognise lists of them.
    """
    cells: Counter[str] = Counter()
    for column in columns:
        for cell, count in column.items():
            if cell != NO_COLUMN and not _says_nothing(cell, lexicon):
                cells[cell] += count
    listed = [text for choice in variable.choices for text in (choice.name, choice.label) if text]
    separator = None
    codes, mentions = writes_codes(variable.tool), any(part.role is Role.MENTION for part in variable.parts)
    if variable.kind not in _UNJOINED and (codes or not mentions):
        multi = variable.kind is QuestionKind.MULTI and not mentions
        separator = find_separator(cells, listed, likely=likely, codes=codes, multi=multi)
    if mentions and separator is not None and separator.sign != " ":
        separator = None  # a mention is one answer, but for what a form tool joins in each row of a group
    places = asks_for_names(variable)
    found = answers_of(cells, separator, lexicon)
    options = list_options(variable.choices, found, lexicon, places=places, apart=_told_apart(cells, separator))
    return CellReader(options, separator, variable.all_asked)


def _told_apart(cells: Collection[str], separator: Separator | None) -> frozenset[str]:
    """Answers that one cell holds in two spellings ("Road Light" and "Road light"): these are two options."""
    found: set[str] = set()
    for cell in cells if separator else ():
        spelled = {tidy(answer) for answer in answers_in(cell, separator)}
        keys = Counter(map(key_of, spelled))
        found.update(key for key, n in keys.items() if n > 1)
    return frozenset(found)


def answers_of(cells: Mapping[str, int], separator: Separator | None, lexicon: Vocabulary) -> Counter[str]:
    """How often each single answer, as it is written, stands in cells."""
    found: Counter[str] = Counter()
    for cell, count in cells.items():
        for answer in answers_in(cell, separator):
            if not _says_nothing(answer, lexicon):
                found[answer] += count
    return found
