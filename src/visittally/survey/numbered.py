"""Columns told apart by a number only: first to last mention, numbered ticks, items of one scale."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.survey.fields import ISSUE_NAMES, alias_ranks, unsure_fields, words_of
from visittally.survey.headers import Heading, header_words, last_part
from visittally.survey.variables import QuestionKind, Role
from visittally.words.folding import fold
from visittally.words.header_parts import composed_fields
from visittally.words.listed import listed
from visittally.words.missing_numbers import fillers
from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Mapping, Sequence

    from visittally.survey.profiles import Profile

_NUMBER = pattern(r"(?P<stem>.*?(?:[^\d\s_.-]|\d(?=[\s_.-])))(?P<join>[\s_.-]*)(?P<number>\d{1,4})")
_INSIDE = pattern(
    r"(?P<before>.*\w)(?:\[(?P<number>\d{1,3})\][/._:-]?|[/.:](?P<step>\d{1,3})[/.:])(?P<after>[^\d\W].*)"
)
"""A number inside a path: `issues[1]/status`, `issues/1/status`."""
_RANKED = pattern(
    r"(?i)(?P<before>.*\w\S*(?:\s[?!:]+)?)\s*[\[(（]\s*(?:(?:rank(?:ing)?|rang|choice|priority|place|选择|排序)\s*)?(?P<number>\d{1,2})\s*[\])）]"
)
"""A place in a ranking behind its question: `What comes first? [Rank 1]`, `rank[1]`."""
_CHINESE = "一二三四五六七八九十"
_ORDINAL_CHINESE = pattern(
    rf"(?P<before>.*?)(?P<open>[（(]?)第(?P<number>[{_CHINESE}]|\d{{1,2}})(?P<close>[)）]?)(?P<after>.*)"
)
_NUMERAL = pattern(
    rf"(?P<before>.*[\u4e00-\u9fff](?<![第{_CHINESE}]))(?P<open>[（(]?)(?P<number>[{_CHINESE}])(?P<close>[)）]?)(?P<after>.*)"
)
"""A numeral behind a word: 问题一, 问题二办理情况."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL_WORDS = listed(Path(__file__).parent / "lists" / "ordinals.toml")["ordinals"]
_ORDINAL_PLACES = {word: int(number) for number, words_ in _ORDINAL_WORDS.items() for word in words_}
"""Ordinals of other languages, which are words of their own in a header, and their numbers."""
_ENDINGS = "st|nd|rd|th|er|ère|ere|re|ème|eme|e(?=\\s)|[ºª°]|-?(?:я|й|ая|ый|ой|ий|ья)(?!\\w)"
_ORDINAL = pattern(
    rf"(?i)(?P<before>.*?)(?P<number>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:{_ENDINGS})"
    rf"|(?<!\w)(?:{'|'.join(_ORDINAL_PLACES)})(?!\w))(?P<after>.*)"
)
_GENERIC = pattern(
    r"(q|question|v|var|x|y|a|b|c|col|column|field|item|f|第|问题|题|题目|section|sec|part|s)", re.IGNORECASE
)
_TICKS = 2
"""So many tick boxes whose numbers begin anywhere or have gaps are one question."""
_STEPS = 11
"""Numbers up to this one could be the steps of a scale."""
_NUMBER_VALUE = pattern(r"-?\d+(?:\.\d+)?")
_MOST_CODES = 60
_HOLDS = 0.97
_ANSWERS = 3
"""A list of answers has so many at least."""
_SHARED = 0.5
"""So many of the answers in later columns stand in the first one as well."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A family of numbered columns: its stem, each heading with the label of its option, and what they are."""

    stem: str
    members: tuple[tuple[Heading, str], ...]
    role: Role
    kind: QuestionKind


def numbered_families(
    headings: Sequence[Heading], profiles: Sequence[Profile], sample: Sequence[Sequence[str]]
) -> Iterator[Numbered]:
    """The families among columns whose names differ in a number only.

    Args:
        headings: Columns that belong to no other family.
        profiles: The answers of all columns of the table, by position.
        sample: Sample records.
    """
    names = {h.name for h in headings}
    regular = _series(headings)
    yield from _with_gaps(headings, profiles, names, regular)
    for (stem, ordinal), members in regular.items():
        if stem in names or (len(members) < 3 and not ordinal and not names_issues(stem)):
            continue
        columns = [profiles[h.position] for h in members]
        filled = [column for column in columns if column.filled]
        if not filled:
            continue
        own = [_own_number(column, heading) for column, heading in zip(columns, members, strict=True)]
        each = zip(columns, own, strict=True)
        if not ordinal and all(not c.filled or c.tick or one or _label_only(c) for c, one in each):
            labels = ["" if c.tick or one else str(c.mark or "") for c, one in zip(columns, own, strict=True)]
            yield Numbered(stem, tuple(zip(members, labels, strict=True)), Role.OPTION, QuestionKind.MULTI)
        elif are_mentions(columns, [h.position for h in members], sample, named=names_issues(stem)):
            yield Numbered(stem, tuple((h, "") for h in members), Role.MENTION, QuestionKind.MULTI)
        elif are_ranks([h.position for h in members], sample) and not ordinal:
            yield Numbered(stem, tuple((h, "") for h in members), Role.OPTION, QuestionKind.MULTI)
        elif _of_members(columns, [h.position for h in members], sample) and not ordinal:
            yield Numbered(stem, tuple((h, "") for h in members), Role.MENTION, QuestionKind.NUMBER)
        elif _one_scale(columns) and not ordinal:
            yield Numbered(stem, tuple((h, "") for h in members), Role.OPTION, QuestionKind.SCALE)


def _with_gaps(
    headings: Sequence[Heading],
    profiles: Sequence[Profile],
    names: Container[str],
    regular: Container[tuple[str, bool]],
) -> Iterator[Numbered]:
    """Tick boxes whose numbers begin anywhere or leave some out."""
    for (stem, ordinal), members in _series(headings, gaps=True).items():
        columns = [profiles[h.position] for h in members]
        ticks = [column for column in columns if column.tick]
        if (stem, ordinal) in regular or stem in names or ordinal:
            continue
        if len(ticks) >= _TICKS and all(column.tick or not column.filled for column in columns):
            yield Numbered(stem, tuple((h, "") for h in members), Role.OPTION, QuestionKind.MULTI)


@dataclass(frozen=True, slots=True)
class NumberedColumns:
    """Columns whose names differ in a number only, in the order of the numbers."""

    stem: str
    headings: tuple[Heading, ...]


def issue_series(headings: Sequence[Heading], profiles: Sequence[Profile]) -> Iterator[tuple[NumberedColumns, ...]]:
    """First, second ... issue, each with its status in a column of the same number.

    Args:
        headings: Columns that belong to no other family.
        profiles: The answers of all columns of the table, by position.

    Yields:
        The series of issues, that of their status, and others that are filled only where an issue is.
    """
    found: defaultdict[tuple[int, ...], list[NumberedColumns]] = defaultdict(list)
    for (stem, _ordinal), members in _series(headings, generic=True).items():
        numbers = tuple(cut[1] for h in members if (cut := _cut(h.name, generic=True)))
        found[numbers].append(NumberedColumns(stem, tuple(members)))
    for together in found.values():
        issues = [s for s in together if _rank("category", s.stem) is not None and not _ticked(s, profiles)]
        issues = issues or [s for s in together if names_issues(s.stem) and not tells_status(s.stem)]
        issues = [s for s in issues if not _ticked(s, profiles)]
        if not issues or not any(tells_status(s.stem) for s in together):
            continue
        first = min(issues, key=lambda s: (_rank("category", s.stem) is None, s.headings[0].position))
        others = [s for s in together if s is not first and not _fuller(s, first, profiles)]
        yield (first, *others)


def _rank(name: str, stem: str) -> int | None:
    return alias_ranks(last_part(stem)).get(name)


def tells_status(stem: str) -> bool:
    """Whether a header calls what became of an issue."""
    return _rank("status", stem) is not None or "status" in {*composed_fields(stem), *unsure_fields(last_part(stem))}


def _ticked(series: NumberedColumns, profiles: Sequence[Profile]) -> bool:
    return any(profiles[h.position].tick for h in series.headings)


def _fuller(series: NumberedColumns, issues: NumberedColumns, profiles: Sequence[Profile]) -> bool:
    """Whether cells are filled more often than the issues that they would say something about."""
    pairs = zip(series.headings, issues.headings, strict=True)
    return any(profiles[a.position].filled > 1.03 * profiles[b.position].filled for a, b in pairs)


def _series(
    headings: Sequence[Heading], *, generic: bool = False, gaps: bool = False
) -> dict[tuple[str, bool], list[Heading]]:
    """Names with the same stem whose numbers run from 0 or 1 without a gap.

    Args:
        headings: The columns.
        generic: Whether a word such as "question" is a stem.
        gaps: Whether numbers may begin anywhere and leave some out.
    """
    found: defaultdict[tuple[str, bool, str], dict[int, Heading]] = defaultdict(dict)
    for heading in headings:
        cut = _cut(heading.name, generic=generic)
        if cut:
            stem, number, ordinal, join = cut
            found[stem, ordinal, join].setdefault(number, heading)
    series = {}
    for (stem, ordinal, _join), members in found.items():
        numbers = sorted(members)
        runs = numbers[0] <= 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        if len(numbers) > 1 and (runs or gaps):
            series[stem, ordinal] = [members[n] for n in numbers]
    return series


def told_by_ordinals(labels: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Columns whose labels say first, second ... of the same thing: that thing, and the columns in this order.

    >>> list(told_by_ordinals({"q71": "First problem", "q72": "Second problem", "q8": "First name"}))
    [('problem', ('q71', 'q72'))]
    """
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for column, label in labels.items():
        cut = _cut(label)
        if cut and cut[2]:
            found[cut[0]].setdefault(cut[1], column)
    for stem, columns in found.items():
        if len(columns) > 1 and sorted(columns) == list(range(1, len(columns) + 1)):
            yield stem, tuple(columns[number] for number in sorted(columns))


def _cut(name: str, *, generic: bool = False) -> tuple[str, int, bool, str] | None:
    for ordinal in (_ORDINAL_CHINESE, _ORDINAL):
        match = ordinal.fullmatch(name)
        stem = match and re.sub(r"^[\s_.-]+|[\s_.-]+$|(?<=[\s_-])[\s_-]+", "", match["before"] + match["after"])
        if match and stem and not re.match(r"[题题]", match["after"]) and not re.search(r"[a-z]$", match["before"]):
            return stem, _ordinal_number(match["number"].lower()), True, ""
    ranked = _RANKED.fullmatch(name)
    if ranked:
        # LimeSurvey writes the place twice: `rank[1]. What comes first? [Rank 1]`.
        return ranked["before"].replace(f"[{ranked['number']}].", ".", 1), int(ranked["number"]), True, "[rank]"
    inside = _INSIDE.fullmatch(name)
    if inside:
        number = int(inside["number"] or inside["step"])
        return f"{inside['before']}/{inside['after']}", number, False, "[]"
    match = _NUMBER.fullmatch(name)
    if match is None and (numeral := _NUMERAL.fullmatch(name)):
        return numeral["before"] + numeral["after"], _ordinal_number(numeral["number"]), True, ""
    if match is None or (not generic and _GENERIC.fullmatch(match["stem"])):
        return None
    return (
        match["stem"],
        int(match["number"]),
        False,
        match["join"] + str(len(match["number"]) > 1 and match["number"][0] == "0"),
    )


def stem_of(name: str, *, generic: bool = False) -> str:
    """A name without the number that tells it from others of its kind; `generic`: also where it is "question" alone.

    >>> stem_of("issue_2"), stem_of("Second problem"), stem_of("village")
    ('issue', 'problem', 'village')
    """
    cut = _cut(name, generic=generic)
    return cut[0] if cut else name


def _ordinal_number(text: str) -> int:
    if text in _ORDINALS:
        return _ORDINALS.index(text) + 1
    if text in _ORDINAL_PLACES:
        return _ORDINAL_PLACES[text]
    return _CHINESE.index(text) + 1 if text in _CHINESE else int(re.sub(r"\D", "", text))


def names_issues(stem: str) -> bool:
    """Whether a header calls what it asks for an issue."""
    issue = words_of("category")
    if alias_ranks(last_part(stem)).keys() & set(ISSUE_NAMES) or set(composed_fields(stem)) & set(ISSUE_NAMES):
        return True
    return any(word in issue or word.rstrip("s") in issue for word in header_words(stem)) or any(
        word in fold(stem) for word in issue if not word.isascii()
    )


def _label_only(column: Profile) -> bool:
    """Whether a column holds one label, or blank or "not selected"."""
    return (
        column.filled > 0
        and column.mark is not None
        and fold(column.mark) not in words("yes") | words("no") | {""}
        and (not fold(column.mark).lstrip("-").isdigit())
    )


def _own_number(column: Profile, heading: Heading) -> bool:
    """Whether a column holds nothing but its own number, as codes of chosen options: 3 below `Q4_3`."""
    number = heading.name[len(heading.name.rstrip("0123456789")) :]
    return bool(number) and column.filled > 0 and column.mark is not None and fold(column.mark) == number


def are_mentions(
    columns: Sequence[Profile], positions: Sequence[int], sample: Sequence[Sequence[str]], *, named: bool = False
) -> bool:
    """Whether columns hold answers of one list, each once in a record, no later one without the earlier ones.

    Args:
        columns: The answers of each.
        positions: Where they stand in the records.
        sample: Sample records.
        named: Whether their headers call them issues: then it is enough that some answer stands in several of them.
    """
    records = Counter(tuple(record[i] for i in positions) for record in sample)
    nothing = fillers(records).keys() | words("dont_know") | words("refused")
    answers = [column.keys - nothing - words("none") for column in columns]
    different = frozenset[str]().union(*answers)
    numeric = all(re.fullmatch(r"-?\d+(\.\d+)?", value) for value in different)
    few = len(different) < _ANSWERS or different <= words("yes") | words("no")
    if few or len(different) > (30 if numeric else _MOST_CODES) or any(c.tick for c in columns[:2]):
        return False
    later = frozenset[str]().union(*answers[1:])
    shared = [key for key, n in Counter(key for own in answers for key in own).items() if n > 1]
    if not later or not (shared if named else len(later & answers[0]) >= _SHARED * len(later)):
        return False
    return _run_out(records, nothing if numeric else nothing | words("none") | {"0"})


def _of_members(columns: Sequence[Profile], positions: Sequence[int], sample: Sequence[Sequence[str]]) -> bool:
    """Whether columns hold a number for each member of a household: as many as there are, in every record."""
    filled = [column for column in columns if column.filled]
    different = {value for column in filled for value in column.keys}
    if len(filled) < _TICKS or not all(map(_NUMBER_VALUE.fullmatch, different)) or max(map(float, different)) <= _STEPS:
        return False
    given = [[bool(record[i].strip()) for i in positions] for record in sample]
    runs = sum(cells == sorted(cells, reverse=True) for cells in given)
    return runs >= _HOLDS * len(given) and len({sum(cells) for cells in given}) > 1


def are_ranks(positions: Sequence[int], sample: Sequence[Sequence[str]]) -> bool:
    """Whether columns hold the rank of each option that was chosen: 1, 2 ... in some order, 0 or blank elsewhere."""
    several = left_out = 0
    for record in sample:
        ranks = [key for i in positions if (key := key_of(record[i])).isdecimal() and key != "0"]
        if sorted(map(int, ranks)) != list(range(1, len(ranks) + 1)):
            return False
        several += len(ranks) > 1
        left_out += 0 < len(ranks) < len(positions)
    return several > 1 and left_out > 0


def _run_out(records: Mapping[tuple[str, ...], int], nothing: Collection[str]) -> bool:
    """Whether nearly all records have their mentions in front, each once, and nothing behind them."""
    good = filled = 0
    blank = words("blank") | words("not_asked") | set(nothing)
    for record, n in records.items():
        cells = [fold(cell) for cell in record]
        given = [cell for cell in cells if cell not in blank]
        if not given:
            continue
        filled += n
        good += n * (cells[: len(given)] == given and len(set(given)) == len(given))
    return filled > 0 and good >= _HOLDS * filled


def _one_scale(columns: Sequence[Profile]) -> bool:
    """Whether all columns share the steps of one scale."""
    steps = frozenset[str]().union(*(column.given for column in columns))
    if not 3 <= len(steps) <= 11 or not all(re.fullmatch(r"-?\d{1,2}", step) for step in steps):
        return False
    return all(len(column.given) * 2 >= len(steps) for column in columns)
