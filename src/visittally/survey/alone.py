"""Files that were kept by different people: each is understood as if it were alone, then they are put together.

What one file calls the village, the issue or the status never depends on another file; what all of them hold under
these fields becomes one variable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _, listing
from visittally.survey.all_tables import Merged, free_name, merge
from visittally.survey.variables import Guess
from visittally.words.labels import heading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.survey.field_choice import Guesser
    from visittally.survey.one_table import Draft, TableDraft

_NAMED = 8
"""So many files are named in a notice."""
_TENTH = 0.1
"""A result that lacks more of the records is partial."""
TOGETHER = ("issue", "village", "status", "visit_outcome", "issue_text")
"""The fields that each file finds for itself, in the order in which they take their columns."""


@dataclass(frozen=True, slots=True)
class Alone:
    """What files found for themselves.

    Attributes:
        fields: Field -> name of the variable that holds it in all files.
        guesses: How each was found.
        given: Where some files name categories and others tell in their own words: the answers of the former; or None.
        lacking: Field -> numbers of the tables that have no column for it, where others have one.
    """

    fields: Mapping[str, str]
    guesses: tuple[Guess, ...]
    given: frozenset[str] | None
    lacking: Mapping[str, tuple[int, ...]]


def put_together(
    merged: dict[str, Merged], tables: Sequence[TableDraft], guess: Callable[[dict[str, Merged]], Guesser]
) -> Alone | None:
    """Let each file find its fields, and make one variable of what they found; None where all files have one header.

    Args:
        merged: The variables of all tables, which are changed.
        tables: The tables.
        guess: Chooses fields among the variables of some tables.
    """
    alike: dict[tuple[str, ...], list[int]] = {}
    for number, table in enumerate(tables):
        alike.setdefault(tuple(sorted(draft.name for draft in table.drafts)), []).append(number)
    if len(alike) < 2:
        return None
    found = _FoundSoFar({number: {} for number in range(len(tables))}, {}, set())
    for numbers in alike.values():
        own = merge([tables[number] for number in numbers])
        found.add(own, guess(own), numbers)
    fields = {field: name for field in TOGETHER if (name := _one_variable(field, found.drafts, merged))}
    every = range(len(tables))
    lacking = {
        field: tuple(n for n in every if n not in merged[fields[field]].drafts)
        for field in ("issue", "village")
        if field in fields
    }
    if "issue" in fields:
        fields.setdefault("category" if found.categories else "issue_text", fields["issue"])
    return Alone(
        fields,
        tuple(_guess_of(field, name, found.guesses[field]) for field, name in fields.items() if field in found.guesses),
        frozenset(found.categories) if found.categories and found.told else None,
        {field: numbers for field, numbers in lacking.items() if numbers},
    )


@dataclass
class _FoundSoFar:
    """What files found so far: columns by table and field, how, the categories, whether some tell in words."""

    drafts: dict[int, dict[str, Draft]]
    guesses: dict[str, list[Guess]]
    categories: set[str]
    told: bool = False

    def add(self, own: Mapping[str, Merged], guesser: Guesser, numbers: Sequence[int]) -> None:
        """Take in what some tables of one header found."""
        for field in TOGETHER:
            if field not in guesser.fields:
                continue
            self.guesses.setdefault(field, []).extend(g for g in guesser.guesses if g.field == field)
            for place, draft in own[guesser.fields[field]].drafts.items():
                self.drafts[numbers[place]][field] = draft
        issue = guesser.fields.get("issue")
        if issue is not None and guesser.fields.get("category") == issue:
            self.categories |= own[issue].profile.keys
        elif issue is not None:
            self.told = True


def _guess_of(field: str, name: str, guesses: Sequence[Guess]) -> Guess:
    rivals = tuple(dict.fromkeys(rival for guess in guesses for rival in guess.runners_up if rival != name))
    return Guess(field, name, rivals, all(guess.certain for guess in guesses), guesses[0].evidence)


def _one_variable(field: str, found: Mapping[int, Mapping[str, Draft]], merged: dict[str, Merged]) -> str:
    """Move the columns that files found for a field into one variable; its name, "" where no file found one."""
    chosen = {number: drafts[field] for number, drafts in found.items() if field in drafts}
    homes = {number: _home(number, draft, merged) for number, draft in chosen.items()}
    if not homes:
        return ""
    if field == "issue_text" and any(chosen[n] is found[n].get("issue") for n in chosen):
        return ""
    target = max(dict.fromkeys(homes.values()), key=list(homes.values()).count)
    into = merged[target]
    for number, draft in chosen.items():
        if homes[number] == target:
            continue
        left = merged[homes[number]]
        del left.drafts[number]
        if not left.drafts:
            del merged[homes[number]]
        if number in into.drafts:
            name = free_name(into.drafts[number].name, merged)
            merged[name] = Merged(name, {number: into.drafts[number]})
        into.drafts[number] = draft
    into.drafts = dict(sorted(into.drafts.items()))
    return target


def _home(number: int, draft: Draft, merged: Mapping[str, Merged]) -> str:
    return next(name for name, variable in merged.items() if variable.drafts.get(number) is draft)


def said_to_lack(alone: Alone, tables: Sequence[TableDraft]) -> list[Notice]:
    """Say which files have no column for the village or the issue, and how much of the records that is."""
    found = []
    sizes = [table.source.records_known() for table in tables]
    for field, numbers in alone.lacking.items():
        files = list(dict.fromkeys(_called(tables[n]) for n in numbers))
        shown = listing(files[:_NAMED]) + (" ..." if len(files) > _NAMED else "")
        n, total = sum(sizes[i] for i in numbers), sum(sizes)
        text = _(
            "{count} of {all} tables have no column for the {field} ({n:,} of {total:,} records): {files}. "
            "--column {name}=HEADER names it."
        )
        message = text.format(
            count=len(numbers),
            all=len(tables),
            field=heading(field),
            n=n,
            total=total,
            files=shown,
            name=field,
        )
        code = "files_without" if n > _TENTH * total else "few_files_without"
        found.append(Notice(code, message))
    return found


def _called(table: TableDraft) -> str:
    source = table.source
    return f"{source.file} ({source.sheet})" if source.sheet else source.file
