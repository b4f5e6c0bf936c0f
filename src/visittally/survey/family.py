"""A question that several columns of a table hold together, and the columns while such questions are looked for."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.survey.variables import QuestionKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.survey.headers import Heading
    from visittally.survey.profiles import Profile


@dataclass(frozen=True, slots=True)
class Member:
    """One column of a family: its position, the option that it stands for and that option's label where known."""

    position: int
    option: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Columns of one question.

    Attributes:
        name: The question: its declared parent, the text before the options, or the stem of the numbers.
        members: Its columns without the parent, in the order of the file.
        role: `OPTION` or `MENTION`.
        parent: Position of the column that holds the joined answers, or None.
        kind: `MULTI`, or `SCALE` for items that share a scale.
        beside: Name of the family whose mentions its columns belong to, one to each.
        named: Whether a header names the question.
        others: Positions of further columns of joined answers: those of the question in other versions of its form.
    """

    name: str
    members: tuple[Member, ...]
    role: Role = Role.OPTION
    parent: int | None = None
    kind: QuestionKind = QuestionKind.MULTI
    beside: str = ""
    named: bool = True
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Columns:
    """The columns of one table while families are looked for; `taken` positions belong to a family already."""

    headings: Sequence[Heading]
    profiles: Sequence[Profile]
    sample: Sequence[Sequence[str]]
    taken: set[int] = field(default_factory=set)

    def take(self, family: Family) -> None:
        """Keep the columns of a family for it."""
        self.taken.update(m.position for m in family.members)
        if family.parent is not None:
            self.taken.update((family.parent, *family.others))

    def free(self) -> Iterator[Heading]:
        """Headings of columns with a name that belong to no family yet."""
        return (h for h in self.headings if h.name and h.position not in self.taken)


@dataclass(frozen=True, slots=True)
class NamedFamily:
    """A family by the names of its columns, to be found again in other tables.

    Attributes:
        name: As in `Family`.
        members: Name, option and label of each column.
        role: As in `Family`.
        parent: Name of the parent's column, or "".
        kind: As in `Family`.
        beside: As in `Family`.
        asked: Whether the user named it: then its columns need no proof.
        others: Names of the further columns of joined answers.
    """

    name: str
    members: tuple[tuple[str, str, str], ...]
    role: Role
    parent: str
    kind: QuestionKind
    beside: str = ""
    asked: bool = False
    others: tuple[str, ...] = ()


def named_families(families: Sequence[Family], headings: Sequence[Heading]) -> Iterator[NamedFamily]:
    """Families by the names of their columns."""
    for family in families:
        members = tuple((headings[m.position].name, m.option, m.label) for m in family.members)
        parent = "" if family.parent is None else headings[family.parent].name
        others = tuple(headings[i].name for i in family.others)
        yield NamedFamily(family.name, members, family.role, parent, family.kind, family.beside, others=others)


def without_shared(names: Sequence[str]) -> list[str]:
    """Names without the question that all of them begin with: up to the last sign in what they share.

    >>> without_shared(["What? - Water", "What? - Road"]), without_shared(["Road", "Roof"])
    (['Water', 'Road'], ['Road', 'Roof'])
    """
    low, high = min(names), max(names)
    same = next((i for i, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]), 0)
    shared = low[:same] if len(names) > 1 else ""
    end = max((shared.rfind(sign) + 1 for sign in "/_-.:：?？[(（"), default=0)
    rests = [name[end:].strip(" ])）") for name in names]
    return rests if end and all(rests) else list(names)
