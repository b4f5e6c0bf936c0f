"""What the columns of all files mean together: fields, questions, options. Pure data.

A `Layout` says it for one file, the `Survey` for all files of a run. Made by `columns`, used by everything after.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import FieldError, Notice
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.blocks import TableSource

_FEW = 12
"""So many names are listed whole."""


class Role(StrEnum):
    """What a column is to its variable."""

    CELL = "cell"
    """The only column: one answer, or several answers joined in a cell."""
    PARENT = "parent"
    """The joined answers, or the yes/no gate, of a question that has option columns too."""
    OPTION = "option"
    """One option of a multi-select: ticked or not."""
    MENTION = "mention"
    """First, second, third ... mention: each cell holds one answer."""


class QuestionKind(StrEnum):
    """Type of a question."""

    SINGLE = "single"
    MULTI = "multi"
    SCALE = "scale"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a question as the form or the headers know it: `name` in the data, `label` for people."""

    name: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a variable.

    Attributes:
        header: Its header, as in the first file that has it.
        option: For an option column: the option's name.
        label: For an option column: the option's label where headers give one.
    """

    header: str
    role: Role = Role.CELL
    option: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """A field or question of the survey, held by one or several columns.

    Attributes:
        name: Unique name: the parent's header (without the exporting tool's group path only where that is what
            people type too), or the stem of a numbered family.
        parts: Its columns, parent first, options in the order of the form or file.
        kind: Type, guessed or from the form.
        label: The question's text where a form or header gives one.
        choices: Options known from the form, in its order.
        tool: The tool that exported it, which decides what zeros and blanks of a skipped question mean.
        personal: Names, phones, ids, coordinates ...: never a group, never in an output.
        ours: A column of the exporting tool (`_uuid`, `_submission_time`) or a running number: no question.
        fields: The canonical fields that it serves ("village"); empty for a plain question.
        evidence: Why it was understood so, for `columns`.
        part_of: For a column that can also be asked for by itself (`inco1`, `problem/water`): the variable that it
            belongs to. Such a variable is no question of its own in lists of all questions.
        decimal_comma: Whether its numbers have their decimals behind a comma, and points between thousands.
        beside: Name of the variable whose mentions its columns say something about, one about each.
        other: A code that stands for a refusal elsewhere, but here for "other": a column of texts says which.
        given: For an issue that some files name by category and others tell in their own words: the answers of the
            former, folded; else None.
        all_asked: Whether the question was put in every record that has its columns, also where all are blank.
        names: What it is called in each file, where files that were kept apart call it otherwise.
    """

    name: str
    parts: tuple[Part, ...]
    kind: QuestionKind = QuestionKind.SINGLE
    label: str = ""
    choices: tuple[Choice, ...] = ()
    tool: str = ""
    personal: bool = False
    ours: bool = False
    fields: tuple[str, ...] = ()
    evidence: str = ""
    part_of: str = ""
    decimal_comma: bool = False
    beside: str = ""
    other: str = ""
    given: frozenset[str] | None = None
    all_asked: bool = False
    names: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[Part, ...]:
        """Its option columns."""
        return tuple(part for part in self.parts if part.role is Role.OPTION)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the columns of one table were understood.

    Attributes:
        source: The table.
        tool: Name of the exporting tool ("kobotoolbox", "odk", "ona", "surveycto", ...) or "".
        columns: Variable name -> position of each of its parts in this table, None where the table lacks it.
        unused: Positions of columns that belong to no variable (blank, without a name).
    """

    source: TableSource
    tool: str
    columns: Mapping[str, tuple[int | None, ...]]
    unused: tuple[int, ...] = ()

    def place(self, name: str) -> int | None:
        """Position of the first column of a variable that this table has; None where it has none."""
        return next((place for place in self.columns.get(name, ()) if place is not None), None)


@dataclass(frozen=True, slots=True)
class Guess:
    """A field that was chosen among rivals or by a word inside a header.

    Attributes:
        field: The canonical field.
        chosen: Name of the variable taken.
        runners_up: Names of the next best ones.
        certain: Whether the whole header is an alias and had no rival (then nothing needs to be said).
        evidence: What spoke for it, in a few words.
    """

    field: str
    chosen: str
    runners_up: tuple[str, ...] = ()
    certain: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """All files of a run as one survey.

    Attributes:
        layouts: One for each table, in the order of the files.
        variables: All variables by name, in the order of the columns.
        fields: Canonical field -> name of its variable.
        guesses: How each field was found.
        notices: What was noticed while understanding the columns.
        consent: Name of a yes/no question of consent to the interview, which could say how visits ended, or "".
        yes_no: Names of columns of yes and no side by side, which could be the options of one question.
        held_back: Names of the variables that are personal for what stands in them, which the user may know better.
    """

    layouts: tuple[Layout, ...]
    variables: Mapping[str, Variable]
    fields: Mapping[str, str]
    guesses: tuple[Guess, ...] = ()
    notices: tuple[Notice, ...] = field(default=())
    consent: str = ""
    yes_no: tuple[str, ...] = ()
    held_back: frozenset[str] = frozenset()

    def of_field(self, name: str) -> Variable | None:
        """The variable of a canonical field, or None."""
        variable = self.fields.get(name)
        return None if variable is None else self.variables[variable]

    def questions(self) -> tuple[Variable, ...]:
        """The variables that are questions: neither personal nor the tool's own nor part of another."""
        return tuple(v for v in self.variables.values() if not (v.personal or v.ours or v.part_of))

    def _first_file(self) -> str:
        return next((layout.source.file for layout in self.layouts), "FILE")

    def missing(self, name: str) -> FieldError:
        """The error for a field, column or question that is not there, with the nearest names."""
        import difflib

        known = list(dict.fromkeys((*self.fields, *self.variables)))
        near = difflib.get_close_matches(name, known, 3)
        if near:
            hint = _("Did you mean {names}?").format(names=", ".join(near))
        else:
            hint = _("There are: {names}.").format(names=nearest(name, known, self._first_file()))
        files = ", ".join(dict.fromkeys(layout.source.file for layout in self.layouts))
        return FieldError(
            _('{files}: there is no field or column "{name}". {hint}').format(files=files, name=name, hint=hint)
        )


def nearest(name: str, known: Sequence[str], file: str = "FILE") -> str:
    """The five names that resemble one most, and how to see all of them; all where there are not many more."""
    import difflib

    if len(known) <= _FEW:
        return ", ".join(known)
    near = difflib.get_close_matches(name, known, 5, cutoff=0) or known[:5]
    text = _("{names} ... (all {n}: visittally columns {file})")
    return text.format(names=", ".join(near), n=len(known), file=file)
