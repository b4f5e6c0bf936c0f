"""One question that stands in several columns, because its form has several versions."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from visittally.survey.family import Family, FamilyColumns, Member
from visittally.survey.numbered import names_issues
from visittally.survey.variables import QuestionKind, Role
from visittally.words.folding import fold
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from visittally.survey.headers import Heading
    from visittally.survey.profiles import Profile

_COPY = pattern(r"(.+)\.\d{1,2}")
"""What libraries make of the second column of a name: `problem.1`."""
_VERSION = pattern(r"(?i)v(?:er(?:sion)?)?[\s_-]?\d+|(?:form|survey|visit)?[\s_-]?v\d+|old|new")
"""A part of a path that says which version of a form it is."""
_NUMBERED = pattern(r"(?i)(.*[^\W_])[\s_-]v(?:er(?:sion)?)?[\s_-]?\d{1,2}")
"""A name that ends with its version: `problems_v2`."""
_AGAIN = pattern(r" \(\d{1,2}\)$")
"""What tells the second question of a name from the first."""
_ROW = pattern(r"\[\d+\]|(?<=[^\W\d_])_?\d{1,2}(?=[/.:-])")
"""The number of a row in the path of a repeated group, or of a group beside others: `[1]`, `grp1/`."""
_BOTH = 0.02
"""Columns that are two versions of one question are hardly ever both filled."""
_SHARED = 0.5
"""So many of the options of a question stand in its other version, too."""


def question_of(name: str) -> str:
    """The name of a question without the version of the form.

    >>> question_of("hh/v2/problems"), question_of("problems_v2"), question_of("hh/problems"), question_of("needs (2)")
    ('hh/problems', 'problems', 'hh/problems', 'needs')
    """
    name = _AGAIN.sub("", name)
    *path, last = re.split(r"([/:.])", name)
    kept = [(part, sign) for part, sign in zip(path[::2], path[1::2], strict=True) if not _VERSION.fullmatch(part)]
    numbered = _NUMBERED.fullmatch(last)
    return "".join(part + sign for part, sign in kept) + (numbered[1] if numbered else last)


def form_versions(columns: FamilyColumns) -> Iterator[Family]:
    """Columns of one question, by header or label, that are never filled together."""
    by_name: defaultdict[str, list[Heading]] = defaultdict(list)
    names = {h.plain for h in columns.headings}
    for heading in columns.free():
        copied = _COPY.fullmatch(heading.plain)
        plain = copied[1] if copied and copied[1] in names else heading.plain
        by_name[fold(heading.label or question_of(plain))].append(heading)
    for headings in by_name.values():
        here = [h for h in headings if columns.profiles[h.position].filled]
        if len(here) < 2 or any(columns.profiles[h.position].tick for h in here):
            continue
        if hardly_together(columns, [[h.position] for h in here]) and _one_list(
            [columns.profiles[h.position] for h in here]
        ):
            several = any(columns.profiles[h.position].kind() is QuestionKind.MULTI for h in here)
            kind = QuestionKind.MULTI if several else QuestionKind.SINGLE
            yield Family(headings[0].plain, tuple(Member(h.position) for h in headings), Role.CELL, kind=kind)


def in_numbered_groups(columns: FamilyColumns) -> Iterator[Family]:
    """One question in several groups whose names differ in a number only: `grp1/problem`, `grp2/problem`."""
    by_name: defaultdict[str, list[Heading]] = defaultdict(list)
    for heading in columns.free():
        if _ROW.search(heading.name) and columns.profiles[heading.position].filled:
            by_name[_ROW.sub("", heading.name)].append(heading)
    for name, headings in by_name.items():
        profiles = [columns.profiles[h.position] for h in headings]
        kinds = {profile.kind(codes=True) for profile in profiles}
        if len(headings) < 2 or any(p.tick for p in profiles) or not kinds <= {QuestionKind.SINGLE, QuestionKind.MULTI}:
            continue
        if names_issues(name) and all(not _answers(a).isdisjoint(_answers(b)) for a, b in pairwise(profiles)):
            yield Family(name, tuple(Member(h.position) for h in headings), Role.MENTION)


def _answers(profile: Profile) -> frozenset[str]:
    """The single answers in the cells of a column, joined by spaces or not."""
    return frozenset(answer for key in profile.keys for answer in (key, *key.split()))


def hardly_together(columns: FamilyColumns, groups: Sequence[Sequence[int]]) -> bool:
    """Whether records have something in the columns of one group only."""
    filled = [[any(row[i].strip() for i in group) for group in groups] for row in columns.sample]
    both, either = sum(sum(row) > 1 for row in filled), sum(any(row) for row in filled)
    return both <= _BOTH * either


def _one_list(profiles: Sequence[Profile]) -> bool:
    """Whether answers of each column stand in another one as well."""
    return all(len(a.keys & b.keys) * 3 >= min(len(a.keys), len(b.keys)) for a, b in pairwise(profiles))


def with_versions_together(columns: FamilyColumns, families: Iterable[Family]) -> Iterator[Family]:
    """The families, those that are one question with about the same options as one: in versions, or in rows."""
    by_name: dict[str, list[Family]] = {}
    for family in families:
        options = family.role is Role.OPTION and family.kind is QuestionKind.MULTI and not family.beside
        versioned = fold(_ROW.sub("", question_of(family.name))) if options else ""
        by_name.setdefault(versioned or f"\0{len(by_name)}", []).append(family)
    for group in by_name.values():
        if len(group) > 1 and _one_question(columns, group):
            parents = [family.parent for family in group if family.parent is not None]
            members = tuple(member for family in group for member in family.members)
            first = replace(group[0], name=_ROW.sub("", question_of(group[0].name)), members=members)
            yield replace(first, parent=next(iter(parents), None), others=tuple(parents[1:]))
        else:
            yield from group


def _one_question(columns: FamilyColumns, families: Sequence[Family]) -> bool:
    options = [{fold(member.option) for member in family.members} for family in families]
    alike = all(len(a & b) >= _SHARED * min(len(a), len(b)) for a, b in pairwise(options))
    places = [[*([] if f.parent is None else [f.parent]), *(m.position for m in f.members)] for f in families]
    rows_of_a_group = all(_ROW.search(f.name) for f in families)
    return alike and (rows_of_a_group or hardly_together(columns, places))
