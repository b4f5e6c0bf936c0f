"""Families that the answers below the headers prove, whatever the headers say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from visittally.survey.family import Family, FamilyColumns, Member
from visittally.survey.headers import Heading, is_placeholder
from visittally.survey.numbered import are_mentions
from visittally.survey.variables import Role
from visittally.words.dispositions import Dispositions
from visittally.words.folding import fold, tidy
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.survey.profiles import Profile

_MANY = 100
"""Among so many records a cell or two under a blank header are none of an option."""
_TWICE = 0.05
"""So few of the issues may have two statuses ticked."""
_FEWEST = 3
"""So many option columns side by side need no header for their question."""


def blank_continuations(columns: FamilyColumns) -> Iterator[Family]:
    """A question's header over its first option, blanks over the others, each column with one answer of its own.

    Or over its first mention, and the columns hold answers of one list.
    """
    run: list[int] = []
    for heading in (*columns.headings, None):
        if heading is not None and run and is_placeholder(heading.header) and not heading.top:
            run.append(heading.position)
            continue
        while run and not columns.profiles[run[-1]].filled:
            run.pop()
        if len(run) > 1 and are_mentions([columns.profiles[i] for i in run], run, columns.sample):
            yield Family(columns.headings[run[0]].name, tuple(map(Member, run)), Role.MENTION)
            run = []
        marks = [columns.profiles[i].mark for i in run]
        stray = any(columns.profiles[i].records >= _MANY and columns.profiles[i].filled < _FEWEST for i in run[1:])
        if (
            len(run) > 1
            and all(marks)
            and len(set(marks)) == len(marks)
            and not columns.profiles[run[0]].tick
            and not stray
        ):
            yield Family(
                columns.headings[run[0]].name, tuple(Member(i, str(m)) for i, m in zip(run, marks, strict=True))
            )
        named = heading is not None and not is_placeholder(heading.header) and heading.position not in columns.taken
        run = [heading.position] if heading is not None and named else []


def label_endings(columns: FamilyColumns) -> Iterator[Family]:
    """Headers that end with the only answer below them: a question and its options in one row.

    Where blank cells were merged, only the first header has the question; the others are the option alone.
    """
    run: list[Member] = []
    question = ""
    cuts = [_ending(columns, heading) for heading in columns.headings]
    questions = Counter(before for before, _option in cuts if before)
    for heading, (before, option) in zip(columns.headings, cuts, strict=True):
        # Where every option names its question, a column that is called as its only answer is no further one.
        if run and option and (before == question or (not before and questions[question] == 1)):
            run.append(Member(heading.position, option))
            continue
        if len(run) > 1:
            yield Family(question, tuple(run))
        run, question = ([Member(heading.position, option)] if option and before else []), before
    if len(run) > 1:
        yield Family(question, tuple(run))


def _ending(columns: FamilyColumns, heading: Heading) -> tuple[str, str]:
    """A header cut into the question and the only answer of its column; two blanks where it does not end so."""
    option = tidy(columns.profiles[heading.position].mark or "")
    text = option and not option.isdigit() and fold(option) not in words("yes")
    ends = text and fold(heading.name).endswith(fold(option))
    if not ends or heading.position in columns.taken:
        return "", ""
    return heading.name[: len(heading.name) - len(option)].rstrip(" -:"), option


def ticked_side_by_side(columns: FamilyColumns) -> Iterator[Family]:
    """Options that stand alone in the headers, each cell a mark or the header once more: `Roads, Water, School`.

    Nothing names the question: it goes by its first and its last option.
    """
    run: list[Heading] = []
    free = {h.position for h in columns.free()}
    for heading in (*columns.headings, None):
        own = heading is not None and heading.position in free
        if heading is not None and own and _marks_itself(columns.profiles[heading.position], heading):
            run.append(heading)
            continue
        if len(run) >= _FEWEST and _alike([columns.profiles[h.position] for h in run], run):
            name = f"{run[0].name} ... {run[-1].name}"
            written_in = [heading] if heading is not None and own and fold(heading.name) in words("other") else []
            yield Family(name, tuple(Member(h.position, h.name) for h in [*run, *written_in]), named=False)
        run = []


def _marks_itself(profile: Profile, heading: Heading) -> bool:
    """Whether a column holds nothing but a mark for "chosen", or its own header."""
    if not profile.filled or profile.share == 1 or profile.mark is None:
        return False
    mark = fold(profile.mark)
    return bool(mark) and (mark in words("ticked") or mark == fold(heading.name))


def _alike(profiles: Sequence[Profile], headings: Sequence[Heading]) -> bool:
    """Whether all columns are marked in the same way."""
    marks = {fold(p.mark or "") for p in profiles}
    return len(marks) == 1 or marks == {fold(h.name) for h in headings}


def status_columns(columns: FamilyColumns) -> Iterator[Family]:
    """A column for each status, of which one is ticked beside an issue: `Solved, In progress, Not solved`."""
    known = Dispositions.load()
    run: list[Heading] = []
    free = {h.position for h in columns.free()}
    for heading in (*columns.headings, None):
        own = heading is not None and heading.position in free
        if heading is not None and own and _ticks_status(columns.profiles[heading.position], heading, known):
            run.append(heading)
            continue
        if len(run) > 1 and _one_each([h.position for h in run], columns.sample):
            yield Family(f"{run[0].name} ... {run[-1].name}", tuple(Member(h.position, h.name) for h in run))
        run = []


def _ticks_status(profile: Profile, heading: Heading, known: Dispositions) -> bool:
    """Whether ticks stand below the name of a status."""
    marked = profile.tick or profile.mark is not None or profile.keys <= words("yes") | words("no")
    return marked and known.knows(heading.name)


def _one_each(positions: Sequence[int], sample: Sequence[Sequence[str]]) -> bool:
    """Whether hardly any record has two of some columns ticked."""
    nothing = words("blank") | words("no") | words("unticked") | words("not_asked")
    ticks = [sum(key_of(record[i]) not in nothing for i in positions) for record in sample]
    return any(ticks) and sum(n > 1 for n in ticks) <= _TWICE * sum(n > 0 for n in ticks)
