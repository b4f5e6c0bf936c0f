"""Columns that together hold one question: options of a multi-select, first to last mention, items of a scale."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.survey.answered_families import (
    blank_continuations,
    label_endings,
    status_columns,
    ticked_side_by_side,
)
from visittally.survey.family import (
    Family,
    FamilyColumns,
    Member,
    NamedFamily,
)
from visittally.survey.form_versions import (
    form_versions,
    in_numbered_groups,
    with_versions_together,
)
from visittally.survey.issue_blocks import issue_blocks
from visittally.survey.issue_parents import asks_for_issues, groups_issues, lists_issues, named_as_issue
from visittally.survey.numbered import are_ranks
from visittally.survey.numbered_members import issues_with_status, numbered_columns
from visittally.survey.variables import QuestionKind, Role
from visittally.words.folding import fold
from visittally.words.patterns import pattern
from visittally.words.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.survey.headers import Heading
    from visittally.survey.profiles import Profile

STRONG = ("___", "/", "[", ":", "：", ".", "|")
"""Separators between a question and its option."""
_SPACED = (" - ", " \u2013 ", " > ", " -> ")
"""Separators between a question and its option that also stand inside sentences."""
_OF_SENTENCES = frozenset((*_SPACED, "(", ": ", ":first"))
"""Separators behind questions as people are asked them; other ones also stand in paths of groups."""
_WEAK = ("_", "-", " ")
"""Separators that stand inside names as well: they need a parent whose answers agree with the ticks."""
_CODE_AND_TEXT = pattern(r"(?P<code>[A-Za-z]\w*)\[(?P<sub>[^\[\]]+)\]\.?\s+.*?(?:\[(?P<option>.+)\])?")
_COMMENTS = frozenset({"other", "othercomment", "comment"})
"""Codes below which a text stands."""
_CHOICE = pattern(r"(?P<parent>.*\S)\s*[(（](?:choice=)?(?P<option>[^()（）]+(?:[(（][^()（）]*[)）][^()（）]*)*)[)）]")
_NUMBERED_QUESTION = pattern(r"(\d+)\s*[、.．]\s*\S")
_HUMPED = pattern(r"(?P<parent>[A-Z]?[a-z]+)(?P<option>[A-Z][A-Za-z]+)")
"""`ProblemWater`, as tools write names that may hold no sign."""
_NUMBERING = pattern(r"(q(uestion)?[\s._]*)?\d*", re.IGNORECASE)
_NUMBERS = frozenset(map(str, range(100)))
_YES_NO = frozenset({"1", "2"})
"""Codes for yes and no."""
_AGREE = 0.95
_FEW = 2


def find_families(
    headings: Sequence[Heading],
    profiles: Sequence[Profile],
    sample: Sequence[Sequence[str]],
    known: Sequence[NamedFamily] = (),
) -> tuple[Family, ...]:
    """The families among the columns of a table, in the order of their first columns.

    Args:
        headings: What the columns are called.
        profiles: What their answers look like.
        sample: Sample records, for families that only their answers can prove.
        known: Families of other tables, which need no proof here.
    """
    columns = FamilyColumns(headings, profiles, sample)
    found: list[Family] = []
    for family in _known(columns, known):
        columns.take(family)
        found.append(family)
    for search in (
        issue_blocks,
        _merged_headers,
        _codes_and_texts,
        label_endings,
        blank_continuations,
        _declared,
        _undeclared,
        _spaced,
        _in_brackets,
        _option_first,
        issues_with_status,
        form_versions,
        in_numbered_groups,
        numbered_columns,
        _of_issues,
        status_columns,
        ticked_side_by_side,
    ):
        for family in search(columns):
            columns.take(family)
            found.append(family)
    found = list(with_versions_together(columns, found))
    return tuple(sorted(found, key=lambda f: f.members[0].position if f.parent is None else f.parent))


def _known(columns: FamilyColumns, known: Sequence[NamedFamily]) -> Iterator[Family]:
    """The families of other tables as far as their columns are here."""
    positions = {h.name: h.position for h in columns.free()}
    for family in sorted(known, key=lambda f: (not f.asked, not f.parent, -len(f.members))):
        here = [
            Member(positions[name], option, label)
            for name, option, label in family.members
            if name in positions and positions[name] not in columns.taken
        ]
        fits = family.asked or all(
            family.role is not Role.OPTION or _may_be(columns, family, member) for member in here
        )
        parent = positions.get(family.parent) if family.parent else None
        if here and fits and parent not in columns.taken and (len(here) > 1 or parent is not None or family.asked):
            others = tuple(positions[name] for name in family.others if name in positions)
            found = Family(family.name, tuple(here), family.role, parent, family.kind, family.beside, others=others)
            yield replace(found, all_asked=family.all_asked)


def _may_be(columns: FamilyColumns, family: NamedFamily, member: Member) -> bool:
    profile = columns.profiles[member.position]
    return family.kind is QuestionKind.SCALE or option_like(profile, member.label or member.option, yes_no=True)


def option_like(profile: Profile, option: str, *, yes_no: bool = False) -> bool:
    """Whether a column can be one option: ticks, the option's own text or blank, or nothing at all."""
    if not profile.filled or profile.tick:
        return True
    if profile.mark is None or (not yes_no and fold(profile.mark) in words("yes")):
        return False
    mark, wanted = fold(profile.mark), fold(option)
    return yes_no or mark in ("", wanted) or wanted.endswith(mark) or mark.endswith(wanted)


def _merged_headers(columns: FamilyColumns) -> Iterator[Family]:
    """A row of questions above a row of options."""
    by_top: defaultdict[str, list[Heading]] = defaultdict(list)
    for heading in columns.free():
        if heading.top:
            by_top[heading.top].append(heading)
    for top, headings in by_top.items():
        issues = groups_issues(top, [h.below for h in headings])
        ticks = [h for h in headings if _ticks_or_label(columns.profiles[h.position], yes_no=issues)]
        rest = [h for h in headings if h not in ticks and fold(h.below) not in words("other")]
        if len(ticks) >= 2 and not rest and any(columns.profiles[h.position].filled for h in ticks):
            yield Family(top, _with_other([Member(h.position, h.below) for h in headings], {h.position for h in ticks}))


def _ticks_or_label(profile: Profile, *, yes_no: bool) -> bool:
    if yes_no and option_like(profile, "", yes_no=True):
        return True
    return profile.tick or (profile.mark is not None and fold(profile.mark) not in words("yes") | words("no"))


def _cuts(name: str, separators: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Ways to cut a name into question, separator and option, the longest question first."""
    found = []
    for separator in separators:
        start = name.find(separator, 1)
        while start > 0:
            option = name[start + len(separator) :].strip()
            if option and separator == "[":
                option = option.removesuffix("]").replace("][", " ")
            if option and (separator != "__" or (name[start - 1].isalnum() and option[0] != "_")):
                found.append((name[:start].rstrip(), separator, option))
            start = name.find(separator, start + 1)
    return iter(sorted(found, key=lambda cut: -len(cut[0])))


def _codes_and_texts(columns: FamilyColumns) -> Iterator[Family]:
    """`code[SQ001]. Question [Option]`: codes of question and option, then their texts."""
    groups: defaultdict[str, list[tuple[Member, Profile]]] = defaultdict(list)
    for heading in columns.free():
        match = _CODE_AND_TEXT.fullmatch(heading.name)
        if match:
            member = Member(heading.position, match["sub"], match["option"] or "")
            groups[match["code"]].append((member, columns.profiles[heading.position]))
    for code, found in groups.items():
        options = [m for m, p in found if option_like(p, m.label or m.option, yes_no=True)]
        rest = [m for m, _p in found if m not in options and m.option.lower() not in _COMMENTS]
        if len(options) > 1 and not rest and sum(p.filled > 0 for m, p in found if m in options) > 1:
            yield Family(code, tuple(options))


def _declared(columns: FamilyColumns) -> Iterator[Family]:
    """Option columns beside the column of their question, which is the longest declared one that fits."""
    positions = {h.name: h.position for h in reversed(list(columns.free()))}
    copies: defaultdict[str, list[int]] = defaultdict(list)
    for heading in columns.free():
        copies[heading.plain or heading.name].append(heading.position)
    strong: defaultdict[int, list[Member]] = defaultdict(list)
    weak: defaultdict[int, list[Member]] = defaultdict(list)
    names = [heading.plain or heading.name for heading in columns.free()]
    shared = Counter(cut[:2] for name in names for cut in _cuts(name, STRONG))
    for heading in columns.free():
        profile = columns.profiles[heading.position]
        cuts = [cut for cut in _cuts(heading.plain or heading.name, (*STRONG, *_WEAK)) if cut[0] in positions]
        # A tick box is seldom a question: what begins with the name of an option ("water", "water_quality") is
        # another option of the same question, and no option of that option.
        cuts.sort(key=lambda cut: (columns.profiles[positions[cut[0]]].tick, cut[1] not in STRONG))
        for parent, separator, option in cuts:
            # Of several questions of one name (versions of a form) the options stand behind their own.
            at = max((i for i in copies[parent] if i < heading.position), default=positions[parent])
            beside = any(shared[cut[:2]] > _FEW for cut in _cuts(parent, STRONG))
            if not option_like(profile, option) or (beside and columns.profiles[at].tick):
                continue  # "needs/water: other" is an option beside "needs/water", and no option of it
            if separator in STRONG and not (option.isdigit() and columns.profiles[at].tick):
                strong[at].append(Member(heading.position, option))
            elif separator in _WEAK and profile.tick:
                weak[at].append(Member(heading.position, option))
            else:
                continue
            break
    options = {m.position for members in strong.values() for m in members}
    for at, members in strong.items():
        if at not in options:
            yield Family(columns.headings[at].name, _labelled(columns, at, members), parent=at)
    yield from _agreeing(columns, weak, options | set(strong))


def _agreeing(columns: FamilyColumns, groups: Mapping[int, Sequence[Member]], claimed: set[int]) -> Iterator[Family]:
    """Groups of ticks whose names begin like their parent's and whose ticks agree with its answers.

    Their names are no codes but what some program made of the answers, so an option goes by its answer where known.
    """
    for at, group in groups.items():
        members = [m for m in group if m.position not in claimed]
        if at not in claimed and len(members) > 1 and _agrees(columns, at, members):
            claimed |= {at, *(m.position for m in members)}
            named = tuple(Member(m.position, m.label or m.option) for m in _labelled(columns, at, members, codes=False))
            yield Family(columns.headings[at].name, named, parent=at)


def _agrees(columns: FamilyColumns, parent: int, members: Sequence[Member]) -> bool:
    """Whether something is ticked in just the records in which the parent has an answer."""
    answers = columns.profiles[parent].values
    if not answers or columns.profiles[parent].tick:
        return False
    both = either = 0
    for record in columns.sample:
        answered = record[parent].strip() in answers
        ticked = any(_is_ticked(record[m.position]) for m in members)
        both += answered and ticked
        either += answered or ticked
    return both > 0 and both >= _AGREE * either


def _is_ticked(cell: str) -> bool:
    return cell.strip().lower() in {"1", "1.0", "true", "t", "y", "是"} or fold(cell) in words("ticked")


def _labelled(
    columns: FamilyColumns, parent: int, members: Sequence[Member], *, codes: bool = True
) -> tuple[Member, ...]:
    """The members with the label that the parent's cell has where they are the only one ticked.

    With `codes`, a parent that holds some option as it stands holds no labels.
    """
    values = columns.profiles[parent].values
    if not values or (codes and any(m.option in values for m in members)):
        return tuple(members)
    seen: defaultdict[int, set[str]] = defaultdict(set)
    for record in columns.sample:
        ticked = [m.position for m in members if _is_ticked(record[m.position])]
        if len(ticked) == 1:
            seen[ticked[0]].add(" ".join(record[parent].split()))
    labels = {at: texts.pop() for at, texts in seen.items() if len(texts) == 1}
    taken = list(labels.values())
    named = []
    for member in members:
        label = labels.get(member.position, "")
        own = taken.count(label) == 1 and label != member.option and label in values
        named.append(Member(member.position, member.option, label if own else ""))
    return tuple(named)


def _undeclared(columns: FamilyColumns) -> Iterator[Family]:
    """Option columns without a column for their question."""
    groups: defaultdict[tuple[str, str], list[list[Member]]] = defaultdict(lambda: [[]])
    names = {h.name for h in columns.headings}
    cuts = {
        h: [
            c for c in _cuts(h.plain or h.name, (*STRONG, "__")) if c[0] not in names and not _NUMBERING.fullmatch(c[0])
        ]
        for h in columns.free()
    }
    shared = Counter(cut[:2] for found in cuts.values() for cut in found)
    for heading, found in cuts.items():
        for parent, separator, option in found:
            if shared[parent, separator] > 1:  # else the option holds the separator: "needs/road/bridge"
                copies = groups[parent, separator]
                if any(member.option == option for member in copies[-1]):
                    copies.append([])  # another question of this name, as in two versions of a form
                copies[-1].append(Member(heading.position, option))
                if separator in {"/", ".", "___", "__"}:
                    break
    for number in range(max(map(len, groups.values()), default=0)):
        yield from _proven(columns, {key: copies[number] for key, copies in groups.items() if number < len(copies)})


def _spaced(columns: FamilyColumns) -> Iterator[Family]:
    """`Question - Option` headers without a column for their question."""
    groups: defaultdict[tuple[str, str], list[Member]] = defaultdict(list)
    for heading in columns.free():
        for parent, separator, option in _cuts(heading.name, _SPACED):
            groups[parent, separator].append(Member(heading.position, option))
    yield from _proven(columns, dict(sorted(groups.items(), key=lambda group: -len(group[1]))))


def _of_issues(columns: FamilyColumns) -> Iterator[Family]:
    """Three or more `problem_water` or `ProblemWater` headers: behind a word for issues ticks need no parent."""
    groups: defaultdict[tuple[str, str], list[Member]] = defaultdict(list)
    for heading in columns.free():
        humps = _HUMPED.fullmatch(heading.name)
        joined = [(humps["parent"], "", humps["option"])] if humps else []
        for parent, separator, option in (*_cuts(heading.name, _WEAK), *joined):
            if named_as_issue(parent):
                groups[parent, separator].append(Member(heading.position, option))
                break
    lists = {key: found for key, found in groups.items() if lists_issues(key[0], [m.option for m in found], sure=True)}
    yield from (family for family in _proven(columns, lists) if len(family.members) > _FEW)


def _in_brackets(columns: FamilyColumns) -> Iterator[Family]:
    """Options in round brackets behind the question, or behind its number only from the second column on."""
    groups: defaultdict[tuple[str, str], list[Member]] = defaultdict(list)
    numbered: dict[str, str] = {}
    for heading in columns.free():
        match = _CHOICE.fullmatch(heading.name)
        if match:
            parent = numbered.get(match["parent"].rstrip("、.． "), match["parent"])
            if number := _NUMBERED_QUESTION.match(parent):
                numbered[number[1]] = parent
            groups[parent, "("].append(Member(heading.position, match["option"].strip()))
    yield from _proven(columns, groups)


def _option_first(columns: FamilyColumns) -> Iterator[Family]:
    """`Option:Question` headers."""
    groups: defaultdict[tuple[str, str], list[Member]] = defaultdict(list)
    for heading in columns.free():
        option, colon, parent = heading.name.partition(":")
        if colon and option.strip() and parent.strip():
            groups[parent.strip(), ":first"].append(Member(heading.position, option.strip()))
    yield from _proven(columns, groups)


def _proven(columns: FamilyColumns, groups: Mapping[tuple[str, str], Sequence[Member]]) -> Iterator[Family]:
    """The groups whose answers look like options. A path of groups shared by questions does not."""
    used: set[int] = set()
    for (parent, separator), members in groups.items():
        sentence = separator in _OF_SENTENCES and asks_for_issues(parent)
        yes_no = separator == "[" or sentence or lists_issues(parent, [m.option for m in members])
        options = [m for m in members if option_like(columns.profiles[m.position], m.option, yes_no=yes_no)]
        numbers = [m for m in members if columns.profiles[m.position].given <= _NUMBERS]
        if len(options) < len(numbers) and (
            are_ranks([m.position for m in numbers], columns.sample)
            or frozenset[str]().union(*(columns.profiles[m.position].given for m in numbers)) == _YES_NO
        ):
            options = numbers
        rest = [m for m in members if m not in options and not _fill_in(m.option, options)]
        answered = [m for m in options if columns.profiles[m.position].filled]
        empty = not any(p.records for p in columns.profiles)
        if len(options) < 2 or rest or used & {m.position for m in options}:
            continue
        if (
            len(answered) >= 2
            or (answered and len(answered) * 2 >= len(options))
            or (empty and separator in {"/", "___"})
        ):
            used |= {m.position for m in options}
            yield Family(parent, _with_other(members, {m.position for m in options}))


def _with_other(members: Sequence[Member], ticks: set[int]) -> tuple[Member, ...]:
    """The options, and "other" where only a text says that it was chosen: no option beside it is called so."""
    others = [m for m in members if m.position not in ticks and fold(m.option) in words("other")]
    named = any(fold(m.option).startswith(tuple(words("other"))) for m in members if m.position in ticks)
    kept = ticks | {m.position for m in others} if len(others) == 1 and not named else ticks
    return tuple(m for m in members if m.position in kept)


def _fill_in(option: str, options: Sequence[Member]) -> bool:
    """Whether a column holds what was written beside an option ("other", "other_blank 3")."""
    return fold(option) in words("other") or any(option.startswith(m.option) and option != m.option for m in options)
