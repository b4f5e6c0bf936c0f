"""Numbered columns as families: mentions, ticks, items of a scale, and what stands beside each issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.survey.family import (
    Family,
    FamilyColumns,
    Member,
    question_before,
    without_shared,
)
from visittally.survey.numbered import issue_series, numbered_families
from visittally.survey.variables import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visittally.survey.headers import Heading


def issues_with_status(columns: FamilyColumns) -> Iterator[Family]:
    """First, second ... issue, and numbered columns beside them that say something about each."""
    for issues, *others in issue_series(list(columns.free()), columns.profiles):
        for series in (issues, *others):
            members = tuple(Member(h.position) for h in series.headings)
            counted = columns.counts([m.position for m in members])
            besides = "" if series is issues else issues.stem
            yield Family(series.stem, members, Role.MENTION, beside=besides, all_asked=counted)


def numbered_columns(columns: FamilyColumns) -> Iterator[Family]:
    """Mentions, ticks and scale items told apart by a number."""
    for found in numbered_families(list(columns.free()), columns.profiles, columns.sample):
        texts = [h.label for h, _label in found.members]
        told = without_shared(texts) if all(texts) and len(set(texts)) == len(texts) else texts
        labels = [
            label or (text if text != whole else "")
            for (_h, label), text, whole in zip(found.members, told, texts, strict=True)
        ]
        members = tuple(
            Member(h.position, *((_number_of(h, found.stem), label) if found.role is Role.OPTION else ()))
            for (h, _label), label in zip(found.members, labels, strict=True)
        )
        question = question_before(texts) if told != texts else ""
        counted = found.role is Role.MENTION and columns.counts([m.position for m in members])
        yield Family(found.stem, members, found.role, None, found.kind, label=question, all_asked=counted)


def _number_of(heading: Heading, stem: str) -> str:
    """What tells a numbered column from its neighbours: `10` of `Q5_10`; all of `inco7`, which has no sign between."""
    rest = heading.name.removeprefix(stem)
    return rest.lstrip(" _.-") if rest[:1] in {" ", "_", ".", "-"} and rest.lstrip(" _.-") else heading.name
