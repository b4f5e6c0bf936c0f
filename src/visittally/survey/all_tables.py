"""The tables of a run put together: which of their columns are the same variable."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.survey.exporters import plain_header
from visittally.survey.headers import header_key, last_part
from visittally.survey.one_table import Draft, TableDraft, different_answers
from visittally.survey.profiles import combined
from visittally.survey.variables import Part, QuestionKind, Role
from visittally.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.survey.profiles import Profile


@dataclass(frozen=True)
class _Together:
    """What a variable is in all of some tables."""

    drafts: tuple[Draft, ...]

    @cached_property
    def profile(self) -> Profile:
        """Its answers in all of them."""
        return combined([draft.profile for draft in self.drafts])

    @cached_property
    def aliases(self) -> tuple[str, ...]:
        """Everything that it is called in some of them."""
        return tuple(dict.fromkeys(name for draft in self.drafts for name in (draft.name, *draft.aliases)))

    @cached_property
    def kind(self) -> QuestionKind | None:
        """Several answers where some table has several, else what most tables say; None where none says anything."""
        kinds = [draft.kind for draft in self.drafts if draft.profile.filled or len(draft.parts) > 1]
        if QuestionKind.MULTI in kinds:
            return QuestionKind.MULTI
        return Counter(kinds).most_common(1)[0][0] if kinds else None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Its columns: the cell or parent first, then options or mentions as they come."""
        return tuple(self.slots.values())

    @cached_property
    def slots(self) -> dict[tuple[str, str], Part]:
        """Its columns by what tells them apart."""
        slots: dict[tuple[str, str], Part] = {}
        for draft in self.drafts:
            for slot, part in zip(_slots_of(draft), draft.parts, strict=True):
                slots.setdefault(slot, part)
        several = any(key[0] != "cell" for key in slots)
        cell = slots.pop(("cell", ""), None)
        if cell is None:
            return slots
        role = Role.PARENT if several else Role.CELL
        return {("cell", ""): Part(cell.header, role, cell.option, cell.label), **slots}


@dataclass
class Merged:
    """A variable over all tables.

    Attributes:
        name: Its name in the first table that has it.
        drafts: What it is in each table, by the table's number.
    """

    name: str
    drafts: dict[int, Draft] = field(default_factory=dict)
    _known: _Together | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def first(self) -> Draft:
        """What it is in the first table that has it."""
        return self.drafts[min(self.drafts)]

    @property
    def aliases(self) -> tuple[str, ...]:
        """Everything that it is called in some table."""
        return self._together.aliases

    @property
    def titles(self) -> tuple[str, ...]:
        """Everything that it is called, and the texts that a form or its file has for it."""
        labels = [draft.question.label for draft in self.drafts.values() if draft.question and draft.question.label]
        return tuple(dict.fromkeys((*self.aliases, *labels)))

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its columns over all tables: the cell or parent first, then options or mentions as they come."""
        return self._together.parts

    @property
    def _together(self) -> _Together:
        """What its tables say together: put together anew only where another table came to them."""
        drafts = tuple(self.drafts.values())
        if self._known is None or self._known.drafts != drafts:
            self._known = _Together(drafts)
        return self._known

    def positions(self, table: int) -> tuple[int | None, ...]:
        """The position of each of `parts` in a table, None where the table lacks it."""
        draft = self.drafts.get(table)
        own: dict[tuple[str, str], int] = {}
        if draft is not None:
            own = dict(zip(_slots_of(draft), draft.positions, strict=True))
        return tuple(own.get(slot) for slot in self._together.slots)

    @property
    def kind(self) -> QuestionKind:
        """Its type: several answers where some table has several, else what most tables say."""
        return self._together.kind or self.first.kind

    @property
    def profile(self) -> Profile:
        """Its answers in all tables."""
        return self._together.profile

    @property
    def different(self) -> int:
        """How many different answers it has."""
        return len(self.profile.keys) if len(self.parts) == 1 else max(map(different_answers, self.drafts.values()))

    @property
    def own(self) -> bool:
        """Whether the exporting tool added it."""
        return self.first.own

    @property
    def named(self) -> bool:
        """Whether a header names the question."""
        return self.first.named

    @property
    def part_of(self) -> str:
        """Name of the variable that it is a column of, or ""."""
        return self.first.part_of


def _slots_of(draft: Draft) -> list[tuple[str, str]]:
    """What tells the columns of a variable apart over tables: the option, or the number of a cell or mention."""
    seen: Counter[tuple[str, str]] = Counter()
    slots = []
    for number, part in enumerate(draft.parts):
        if part.role in {Role.CELL, Role.PARENT}:
            slots.append(("cell", str(number or "")))
            continue
        slot = (part.role.value, fold(part.option) if part.role is Role.OPTION else str(number))
        seen[slot] += 1
        slots.append(slot if seen[slot] == 1 else (slot[0], f"{slot[1]}\0{seen[slot]}"))
    return slots


def merge(tables: Sequence[TableDraft]) -> dict[str, Merged]:
    """The variables of all tables by name, in the order of the columns.

    Columns are the same where their names are (folded), or the last parts of their names where those are unique.
    """
    merged: dict[str, Merged] = {}
    for number, table in enumerate(tables):
        exact = {fold(plain_header(m.name)): m for m in merged.values()}
        tails = _unique_tails([m.name for m in merged.values() if not m.part_of])
        own_tails = _unique_tails([d.name for d in table.drafts if not d.part_of])
        for draft in table.drafts:
            found = exact.get(fold(plain_header(draft.name)))
            tail = header_key(last_part(draft.name))
            if found is None and not draft.part_of and tail in tails and tail in own_tails:
                found = merged[tails[tail]]
            if found is None or number in found.drafts:
                name = free_name(draft.name, merged)
                merged[name] = Merged(name, {number: draft})
            else:
                found.drafts[number] = draft
    return merged


def free_name(name: str, merged: Mapping[str, Merged]) -> str:
    """A name like this one that no variable has."""
    count = 2
    free = name
    while free in merged:
        free, count = f"{name} ({count})", count + 1
    return free


def _unique_tails(names: Sequence[str]) -> dict[str, str]:
    """Last parts of paths that only one name has -> that name."""
    tails = Counter(header_key(last_part(name)) for name in names)
    return {header_key(last_part(name)): name for name in names if tails[header_key(last_part(name))] == 1}


def fill_in(merged: dict[str, Merged], into: str, other: str) -> None:
    """Let a variable take the columns of another one in the tables that lack its own; elsewhere both stay."""
    lacking = [number for number in merged[other].drafts if number not in merged[into].drafts]
    for number in lacking:
        merged[into].drafts[number] = merged[other].drafts.pop(number)
    merged[into].drafts = dict(sorted(merged[into].drafts.items()))
    if not merged[other].drafts:
        del merged[other]


def absorb(merged: dict[str, Merged], into: str, other: str) -> bool:
    """Let a variable hold the columns of another one too, which is gone then; not where a table has both."""
    if set(merged[into].drafts) & set(merged[other].drafts):
        return False
    merged[into].drafts.update(merged[other].drafts)
    merged[into].drafts = dict(sorted(merged[into].drafts.items()))
    del merged[other]
    return True
