"""A question that several columns of a table hold together, and the columns while such questions are looked for."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.survey.fields import header_list
from visittally.survey.headers import header_words
from visittally.survey.variables import QuestionKind, Role
from visittally.words.patterns import pattern

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
        label: The text of the question, where headers or the file give one.
        all_asked: Whether the question was put in every record, also where all its columns are blank.
    """

    name: str
    members: tuple[Member, ...]
    role: Role = Role.OPTION
    parent: int | None = None
    kind: QuestionKind = QuestionKind.MULTI
    beside: str = ""
    named: bool = True
    others: tuple[int, ...] = ()
    label: str = ""
    all_asked: bool = False


@dataclass(frozen=True)
class FamilyColumns:
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

    def counts(self, positions: Sequence[int]) -> bool:
        """Whether a column says how many of these are filled, as form tools count the rows of a group: 0 is asked."""
        filled = [sum(bool(row[i].strip()) for i in positions) for row in self.sample]
        if not self.sample or len(set(filled)) < 2:
            return False
        named = (h for h in self.free() if any(word in header_list("rows_counted") for word in header_words(h.name)))
        return any(
            all(row[h.position].strip() == str(n) for row, n in zip(self.sample, filled, strict=True)) for h in named
        )

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
        all_asked: As in `Family`.
    """

    name: str
    members: tuple[tuple[str, str, str], ...]
    role: Role
    parent: str
    kind: QuestionKind
    beside: str = ""
    asked: bool = False
    others: tuple[str, ...] = ()
    all_asked: bool = False


def named_families(families: Sequence[Family], headings: Sequence[Heading]) -> Iterator[NamedFamily]:
    """Families by the names of their columns."""
    for family in families:
        members = tuple((headings[m.position].name, m.option, m.label) for m in family.members)
        parent = "" if family.parent is None else headings[family.parent].name
        others = tuple(headings[i].name for i in family.others)
        yield NamedFamily(
            family.name,
            members,
            family.role,
            parent,
            family.kind,
            family.beside,
            others=others,
            all_asked=family.all_asked,
        )


def without_shared(names: Sequence[str]) -> list[str]:
    """Names without the question that all of them begin with: up to the last sign in what they share.

    Or without the one that all of them end with, from a sign on.

    >>> without_shared(["What? - Water", "What? - Road"]), without_shared(["Road", "Roof"])
    (['Water', 'Road'], ['Road', 'Roof'])
    >>> without_shared(["Water: what do you lack?", "Road: what do you lack?"])
    ['Water', 'Road']
    """
    end = len(_shared(names))
    rests = [_closed(name[end:].strip()) for name in names]
    if end and all(rests):
        return rests
    ending = _shared_ending(names)
    rests = [name[: len(name) - len(ending)].strip() for name in names]
    return rests if ending and all(rests) and len(set(rests)) == len(rests) else list(names)


def question_before(names: Sequence[str]) -> str:
    """The question that all names begin with, or end with, "" where they share none.

    >>> question_before(["What is it? - Selected Choice - Water", "What is it? - Selected Choice - Road"])
    'What is it?'
    >>> question_before(["Water: what do you lack?", "Road: what do you lack?"]), question_before(["Road", "Roof"])
    ('what do you lack?', '')
    """
    before = _NO_QUESTION.sub("", _shared(names)).strip(" -:：[(（/_.")
    return before or _closed(_shared_ending(names).strip(" -–:：[(（/_."))


def _closed(text: str) -> str:
    """A text without the bracket behind it that nothing in it opened."""
    for opening, closing in ("[]", "()", "（）"):
        if text.endswith(closing) and text.count(closing) > text.count(opening):
            return text[:-1].strip()
    return text


def _shared(names: Sequence[str]) -> str:
    """What all names begin with, up to its last sign."""
    low, high = min(names), max(names)
    same = next((i for i, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]), 0)
    shared = low[:same] if len(names) > 1 else ""
    return shared[: max((shared.rfind(sign) + 1 for sign in "/_-.:：?？[(（"), default=0)]


def _shared_ending(names: Sequence[str]) -> str:
    """What all names end with, from its first sign between two words on."""
    turned = [name[::-1] for name in names]
    low, high = min(turned), max(turned)
    same = next((i for i, pair in enumerate(zip(low, high, strict=False)) if pair[0] != pair[1]), 0)
    sign = _BEFORE_QUESTION.search(low[:same][::-1]) if len(names) > 1 else None
    return low[:same][::-1][sign.start() :] if sign else ""


_BEFORE_QUESTION = pattern(r"\s[-–]\s(?=.)|\s?[:：](?=.)|\s?[(（\[](?=.)")
"""What stands between an option and its question where the option is first."""
_NO_QUESTION = pattern(r"(?i)[\s-]*(selected choice|choice|选项|multiple choice)[\s:：-]*$")
"""What tools write between a question and its option."""
