"""What a file itself says about its questions: labels, options, measure, missing values, and sets of columns."""

from __future__ import annotations

from visittally.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """A column as its file describes it.

    Attributes:
        name: Its header.
        label: The text of the question, or "".
        choices: Value and label of each option, in the order of the file.
        type: What it measures: `select_one`, `integer`, `text`, `date`, or "" where the file does not say.
    """

    name: str
    label: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    type: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns that hold one question with several answers.

    Attributes:
        name: The question's name.
        label: Its text, or "".
        columns: Headers of its columns.
        counted: The value that means "ticked" in each of them; "" where each column holds one mention.
        beside: Name of the set whose mentions its columns say something about, one about each.
        all_asked: Whether the question was put in every record, also where all of them are blank.
    """

    name: str
    label: str
    columns: tuple[str, ...]
    counted: str = ""
    beside: str = ""
    all_asked: bool = False


@dataclass(frozen=True, slots=True)
class Description:
    """What a file says about its columns and about sets of them."""

    columns: tuple[Described, ...] = ()
    sets: tuple[ColumnSet, ...] = ()


NOTHING = Description()
"""A file that says nothing about its columns."""
