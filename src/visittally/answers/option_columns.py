"""Questions with one column for each option, with or without a column for the question itself."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from visittally.answers.answer import (
    BLANK,
    NOT_ASKED,
    Answer,
    OptionList,
    State,
    list_options,
)
from visittally.answers.joined_cells import answers_in, answers_of
from visittally.answers.labels_beside import labels_beside
from visittally.answers.ticks import (
    Tick,
    TickColumn,
    learn_ticks,
    scale_steps,
)
from visittally.answers.told_words import left_over, within
from visittally.dataclass import dataclass
from visittally.survey.variables import Choice, Role, Variable
from visittally.words.joined import NO_COLUMN
from visittally.words.separators import Separator, find_separator
from visittally.words.vocabulary import Vocabulary, key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_Ticks = list[tuple[str, Tick]]


@dataclass(frozen=True)
class Parent:
    """The column beside the option columns.

    Attributes:
        positions: Its position among the columns of the question; several where versions of the form have one each.
        gate: Whether it only says yes or no and opens the question.
        separator: What separates the answers joined in it.
        segments: Texts of options, longest first, to find answers that are joined by spaces; None without
            options.
    """

    positions: tuple[int, ...]
    gate: bool = False
    separator: Separator | None = None
    segments: re.Pattern[str] | None = None

    def answers(self, cell: str, options: OptionList) -> list[str]:
        """Keys of the options (or the texts of unknown answers) in a cell."""
        whole = options.find(cell)
        if whole is not None:
            return [whole]
        found = answers_in(cell, self.separator)
        if len(found) > 1 or self.segments is None:
            return [options.find(answer) or answer for answer in found]
        parts = [options.find(part) for part in self.segments.findall(key_of(cell))]
        return [part for part in parts if part is not None] or list(found)


@dataclass(frozen=True)
class OptionReader:
    """Reads a question with option columns.

    Attributes:
        options: Its options.
        keys: For each of its columns the key of its option, None for the parent.
        columns: For each of its columns how to read its ticks, None for the parent.
        scale: Numbers that look like steps of a scale and were not counted as ticked.
        parent: The parent column, if there is one.
        zeros_are_asked: Whether zeros beside a blank parent say that the question was put and nothing ticked.
    """

    options: OptionList
    keys: tuple[str | None, ...]
    columns: tuple[TickColumn | None, ...]
    parent: Parent | None
    scale: frozenset[str]
    zeros_are_asked: bool

    def read(self, cells: Sequence[str]) -> Answer:
        """What the cells of one record say together."""
        ticks = self._ticks(cells)
        ticked = [key for key, tick in ticks if tick is Tick.TICKED]
        joined = self._joined(cells)
        if joined == NO_COLUMN:
            return self.options.answer(ticked) if ticked else _without_parent(ticks)
        key = key_of(joined)
        lexicon = self.options.lexicon
        if key in lexicon.blank or key in lexicon.not_asked:
            if ticked:
                return self.options.answer(ticked)
            return self._zeros(ticks) if key in lexicon.blank else NOT_ASKED
        return self.options.answer(self._beside(joined, ticked, ticks))

    def decided_by_tool(self, cells: Sequence[str]) -> bool:
        """Whether zeros stand beside a blank parent, so that only the tool says whether it was asked."""
        joined = self._joined(cells)
        blank = joined != NO_COLUMN and key_of(joined) in self.options.lexicon.blank
        return blank and self.nothing_ticked(cells)

    def nothing_ticked(self, cells: Sequence[str]) -> bool:
        """Whether some option is marked as not ticked and none as ticked."""
        found = {tick for _key, tick in self._ticks(cells)}
        return Tick.UNTICKED in found and Tick.TICKED not in found

    def _ticks(self, cells: Sequence[str]) -> _Ticks:
        """What the cell of each option says, by the option's key."""
        triples = zip(self.keys, self.columns, cells, strict=False)
        return [(key, column.read(cell)) for key, column, cell in triples if key is not None and column is not None]

    def _joined(self, cells: Sequence[str]) -> str:
        return joined_in(cells, self.parent.positions) if self.parent else NO_COLUMN

    def _zeros(self, ticks: _Ticks) -> Answer:
        answer = _without_parent(ticks)
        return NOT_ASKED if answer.state is State.ANSWERED and not self.zeros_are_asked else answer

    def _beside(self, joined: str, ticked: Sequence[str], ticks: _Ticks) -> Sequence[str]:
        """The ticked options, and what the parent says beyond them."""
        assert self.parent is not None
        if self.parent.gate:
            opened = key_of(joined) in words("yes")
            return ticked if opened or ticked else [self.options.find(joined) or joined]
        unticked = {key for key, tick in ticks if tick is Tick.UNTICKED}
        if ticked:
            more = self.beyond(joined, ticked)
            return [*ticked, *(key for key in more if key not in unticked and key in self.options.options)]
        said = self.parent.answers(joined, self.options)
        return [key for key in said if key not in unticked] or said

    def beyond(self, joined: str, ticked: Sequence[str]) -> list[str]:
        """What a joined cell says beside the options that are ticked: keys of options, or texts of unknown answers.

        A cell that does not hold the words of the ticked options writes them in a way that is not known; then the
        ticks alone tell.
        """
        assert self.parent is not None
        left = left_over(joined, (self._texts[key] for key in ticked))
        if not left:
            return []
        return [key for key in self.parent.answers(joined, self.options) if within(key, left) and key not in ticked]

    @cached_property
    def _texts(self) -> Mapping[str, tuple[str, ...]]:
        """The key of each option -> its name and its label."""
        return {key: tuple(filter(None, (key, option.label))) for key, option in self.options.options.items()}

    def ticked_in(self, cells: Sequence[str]) -> list[str]:
        """Keys of the options that are ticked in a record."""
        return [key for key, tick in self._ticks(cells) if tick is Tick.TICKED]


def joined_in(cells: Sequence[str], positions: Sequence[int]) -> str:
    """The cell of joined answers in a record: of several versions of the form the one that is filled."""
    here = [cells[i] for i in positions if i < len(cells) and cells[i] != NO_COLUMN]
    return next((cell for cell in here if cell.strip()), here[0] if here else NO_COLUMN)


def _without_parent(ticks: _Ticks) -> Answer:
    """What option columns without any tick say."""
    found = {tick for _key, tick in ticks}
    if Tick.UNTICKED in found:
        return Answer(State.ANSWERED)
    recorded = Tick.BLANK in found and Tick.SKIPPED not in found
    return BLANK if recorded else NOT_ASKED


def learn_option_columns(
    variable: Variable,
    rows: Mapping[tuple[str, ...], int],
    columns: Sequence[Mapping[str, int]],
    lexicon: Vocabulary,
    ticked: frozenset[str],
) -> OptionReader:
    """Learn to read a question from its distinct records.

    Args:
        variable: The question.
        rows: Distinct records of its cells and how often each occurs.
        columns: For each of its columns the distinct cells and how often each occurs.
        lexicon: The words that hold for it.
        ticked: The values that count as ticked, as `key_of` writes them; empty to go by the usual words.
    """
    known = _form_texts(variable)
    names = [{key_of(part.option), key_of(part.label)} for part in variable.parts]
    names = [own | {key_of(known[key].label) for key in own if key in known} - {""} for own in names]
    options_only = [c for part, c in zip(variable.parts, columns, strict=True) if part.role is Role.OPTION]
    at = [i for i, part in enumerate(variable.parts) if part.role is Role.OPTION]
    ticked_in = [[row[i] for i in at if i < len(row)] for row in rows]
    scale = frozenset() if ticked else scale_steps(options_only, lexicon, ticked_in)
    beside = frozenset(key_of(cell) for cells in options_only for cell in cells if cell != NO_COLUMN)
    ticks = tuple(
        learn_ticks(cells, frozenset(own - {""}), lexicon, ticked, scale, beside=beside)
        if part.role is Role.OPTION
        else None
        for part, cells, own in zip(variable.parts, columns, names, strict=True)
    )
    parents = tuple(i for i, part in enumerate(variable.parts) if part.role is not Role.OPTION)
    unlabelled = any(part.role is Role.OPTION and not part.label for part in variable.parts)
    labels = labels_beside(variable, rows, ticks, parents[0]) if parents and unlabelled else {}
    choices = _choices(variable, labels)
    if not parents:
        options = list_options(choices, {}, lexicon)
        return OptionReader(options, _keys(variable, options), ticks, None, scale, zeros_are_asked=True)
    nothing = lexicon.blank | lexicon.not_asked
    joined = sum((Counter(columns[i]) for i in parents), Counter[str]())
    cells = {c: n for c, n in joined.items() if c != NO_COLUMN and key_of(c) not in nothing}
    never = not any(t is Tick.TICKED for column in ticks if column for t in column.cells.values())
    column, options = _learn_parent(parents, cells, choices, lexicon, never_ticked=never)
    zeros = variable.tool == "kobotoolbox" or _leaves_skipped_blank(rows, at, parents, nothing)
    reader = OptionReader(options, _keys(variable, options), ticks, column, scale, zeros)
    if column.gate:
        return reader
    found = answers_of(_unexplained(reader, rows, nothing), None, lexicon)
    options = list_options(choices, found, lexicon)
    return replace(reader, options=options, keys=_keys(variable, options))


_NO_ACCIDENT = 0.2
"""The share of records without an answer that are blank throughout where that is the way of the file."""


def _leaves_skipped_blank(
    rows: Mapping[tuple[str, ...], int], options: Sequence[int], parents: Sequence[int], nothing: frozenset[str]
) -> bool:
    """Whether records without an answer are blank in every option more often than once, and than by accident.

    Who leaves the options blank where nothing was asked, writes 0 where nothing was ticked.
    """
    silent = {row: n for row, n in rows.items() if _are_blank(row, parents, nothing)}
    skipped = sum(n for row, n in silent.items() if _are_blank(row, options, nothing))
    return skipped > 1 and skipped >= _NO_ACCIDENT * sum(silent.values())


def _are_blank(row: tuple[str, ...], at: Sequence[int], nothing: frozenset[str]) -> bool:
    return all(i < len(row) and row[i] != NO_COLUMN and key_of(row[i]) in nothing for i in at)


def _unexplained(reader: OptionReader, rows: Mapping[tuple[str, ...], int], nothing: frozenset[str]) -> Counter[str]:
    """The answers in the parent's cells that the ticks beside them do not account for."""
    found: Counter[str] = Counter()
    assert reader.parent is not None
    for cells, count in rows.items():
        joined = joined_in(cells, reader.parent.positions)
        if joined == NO_COLUMN or key_of(joined) in nothing:
            continue
        ticked = reader.ticked_in(cells)
        said = reader.beyond(joined, ticked) if ticked else reader.parent.answers(joined, reader.options)
        for answer in said:
            found[answer] += count
    return found


def _form_texts(variable: Variable) -> dict[str, Choice]:
    """The options of the form by name and label."""
    found = {key_of(choice.name): choice for choice in variable.choices}
    return {key_of(choice.label): choice for choice in variable.choices if choice.label} | found


def _choices(variable: Variable, labels: Mapping[int, str]) -> list[Choice]:
    """The options of the columns in their order, with the best label known, then the rest of the form."""
    known = _form_texts(variable)
    found, used = [], set()
    for i, part in enumerate(variable.parts):
        if part.role is not Role.OPTION:
            continue
        name = part.option or part.label or part.header
        listed = known.get(key_of(name), Choice(""))
        used.add(listed.name)
        label = part.label or listed.label or labels.get(i, "")
        found.append(Choice(name, "" if label == name else label))
    return found + [choice for choice in variable.choices if choice.name not in used]


def _keys(variable: Variable, options: OptionList) -> tuple[str | None, ...]:
    return tuple(
        options.find(part.option or part.label or part.header) if part.role is Role.OPTION else None
        for part in variable.parts
    )


def _learn_parent(
    positions: tuple[int, ...],
    cells: Mapping[str, int],
    choices: Sequence[Choice],
    lexicon: Vocabulary,
    *,
    never_ticked: bool,
) -> tuple[Parent, OptionList]:
    """How the column beside the option columns is to be read, and the options that it adds to where it is a gate.

    Args:
        positions: The position of the column among those of the question, see `Parent`.
        cells: Its distinct cells with an answer.
        choices: The options known from columns and form.
        lexicon: The words that hold for the question.
        never_ticked: Whether no option column is ticked anywhere: then their names say nothing about the answers.
    """
    names = {key_of(text) for choice in choices for text in (choice.name, choice.label)}
    keys = {key_of(cell) for cell in cells}
    answers = words("yes") | words("no") | lexicon.dont_know | lexicon.refused
    if keys and keys <= answers and not keys & names:
        denials = {cell: n for cell, n in cells.items() if key_of(cell) not in words("yes")}
        options = list_options(choices, denials, _with_denials(lexicon))
        return Parent(positions, gate=True), options
    texts = [text for choice in choices for text in (choice.name, choice.label) if text]
    separator = find_separator(cells, texts, codes=True, multi=True)
    if separator is None and never_ticked:
        separator = find_separator(cells, (), codes=True, multi=True)
    return Parent(positions, separator=separator, segments=_segments(texts)), list_options(choices, {}, lexicon)


def _with_denials(lexicon: Vocabulary) -> Vocabulary:
    """The words where "no" at the gate says that there is nothing to tick."""
    return Vocabulary(lexicon.blank, lexicon.not_asked, lexicon.none | words("no"), lexicon.dont_know, lexicon.refused)


def _segments(texts: Sequence[str]) -> re.Pattern[str] | None:
    """Finds the texts of options in answers that are joined by spaces, the longest first."""
    keys = sorted({key_of(text) for text in texts if text}, key=lambda key: (-len(key), key))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, keys))})(?!\S)") if keys else None
