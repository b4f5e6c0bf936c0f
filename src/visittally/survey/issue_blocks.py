"""Issues side by side whose headers come again: `Problem, Status, Problem, Status`, `问题一, 办理, 问题二, 办理`."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from visittally.survey.family import Family, FamilyColumns, Member
from visittally.survey.numbered import are_mentions, names_issues, stem_of, tells_status
from visittally.survey.variables import Role
from visittally.words.folding import fold
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.survey.headers import Heading

_COPY = pattern(r"(.+?)(?:\.\d{1,2}| ?\(\d{1,2}\))")
"""What programs make of the second column of a name: `problem.1`, `problem (2)`."""
_RARELY = 0.05
"""A cell beside an issue is filled where no issue is in so few of the records."""


def issue_blocks(columns: FamilyColumns) -> Iterator[Family]:
    """The first, second ... issue, and what stands beside each of them under headers that come again."""
    again = {name: found for name, found in _by_name(columns).items() if len(found) > 1}
    for name, issues in again.items():
        if not names_issues(name) or tells_status(name) or any(columns.profiles[h.position].tick for h in issues):
            continue
        beside = {
            other: found
            for other, found in again.items()
            if other != name and _one_each(issues, found) and _only_beside(columns, issues, found)
        }
        if not any(map(_come_again, (issues, *beside.values()))):
            continue
        profiles, positions = [columns.profiles[h.position] for h in issues], [h.position for h in issues]
        if not all(profile.filled for profile in profiles[:2]) or not _numbered_or_copied(issues):
            continue
        if not any(map(tells_status, beside)) and not are_mentions(profiles, positions, columns.sample, named=True):
            continue
        yield Family(name, tuple(map(Member, positions)), Role.MENTION)
        for other, found in beside.items():
            yield Family(other, tuple(Member(h.position) for h in found), Role.MENTION, beside=name)
        return


def _by_name(columns: FamilyColumns) -> Mapping[str, list[Heading]]:
    """What headers are called without what tells them apart -> their columns."""
    names = {fold(h.plain or h.name) for h in columns.headings}
    found: defaultdict[str, list[Heading]] = defaultdict(list)
    for heading in columns.free():
        if heading.top and heading.below:
            name = f"{stem_of(heading.top, generic=True)} {heading.below}"
        else:
            plain = heading.plain or heading.name
            copy = _COPY.fullmatch(plain)
            name = copy[1] if copy and fold(copy[1]) in names else stem_of(plain, generic=True)
        found[name.strip()].append(heading)
    return found


def _come_again(headings: Sequence[Heading]) -> bool:
    """Whether columns have the same header, or copies of it, or stand below numbered ones."""
    names = {fold(h.plain or h.name) for h in headings}
    copied = any((copy := _COPY.fullmatch(name)) and copy[1] in names for name in names)
    return len(names) < len(headings) or copied or all(h.top and h.below for h in headings)


def _numbered_or_copied(issues: Sequence[Heading]) -> bool:
    """Whether the headers of issues say which comes first: by numbers from 1 on, or by being the same."""
    told = [h.top or h.plain or h.name for h in issues]
    numbers = [re.findall(r"\d+", text) for text in told]
    if not all(numbers):
        return True
    firsts = [int(found[-1]) for found in numbers]
    return len(set(firsts)) < len(firsts) or firsts in (list(range(1, len(firsts) + 1)), list(range(len(firsts))))


def _one_each(issues: Sequence[Heading], others: Sequence[Heading]) -> bool:
    """Whether one of some columns stands behind each issue, before the next one."""
    starts = [h.position for h in issues]
    if len(others) != len(issues) or len({h.position - s for h, s in zip(others, starts, strict=True)}) != 1:
        return False
    ends = [*starts[1:], starts[-1] + max(b - a for a, b in pairwise(starts))]
    return all(s < h.position < e for s, h, e in zip(starts, others, ends, strict=True))


def _only_beside(columns: FamilyColumns, issues: Sequence[Heading], others: Sequence[Heading]) -> bool:
    """Whether hardly any cell of some columns is filled where no issue stands before it."""
    alone = filled = 0
    for record in columns.sample:
        for issue, other in zip(issues, others, strict=True):
            told = bool(record[other.position].strip())
            filled += told
            alone += told and not record[issue.position].strip()
    return filled > 0 and alone <= _RARELY * filled
