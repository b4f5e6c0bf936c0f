"""What holds between figures, as far as readers may know it.

Every law below is proposed and kept where it holds for the true figures. One that holds by chance does no harm: it is
one more thing that a hidden figure has to withstand.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from typing import TYPE_CHECKING

from visittally.disclosure.figures import Dimensions, Key
from visittally.disclosure.moves import Relation
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cases", ("raised", "no_issue", "not_recorded")),
    ("base", ("cases",)),
    ("base", ("mentions",)),
    ("base", ("raised", "no_issue")),
    ("base", ("raised",)),
    ("mentions", ("raised",)),
    ("mentions", ("collected",)),
    ("mentions", ("collected", "excluded")),
    ("collected", ("handled", "open")),
    ("collected", ("resolved", "unresolved")),
    ("collected", ("rated", "not_rated")),
    ("handled", ("resolved", "explained")),
    ("open", ("reported", "in_progress", "long_term", "unknown")),
    ("visited", ("completed", "refused", "absent", "not_eligible", "other")),
    ("target", ("completed", "remaining")),
    ("target", ("visited", "remaining")),
)
"""A measure and the parts that it is the sum of, about the same."""
LIMITS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cases", ("households",)),
    ("cases", ("raised",)),
    ("cases", ("base",)),
    ("cases", ("n",)),
    ("mentions", ("raised",)),
    ("mentions", ("handled",)),
    ("handled", ("resolved",)),
    ("handled", ("on_spot", "explained")),
    ("open", ("reported", "in_progress", "long_term", "unknown")),
    ("collected", ("on_time", "overdue")),
    ("visited", ("completed",)),
)
"""A measure and the parts that together are at most as large."""
DISPOSITIONS: Mapping[str, frozenset[str]] = {
    "on_spot": frozenset({"resolved_on_spot", "answered_on_spot"}),
    "explained": frozenset({"explained_cannot"}),
    "reported": frozenset({"recorded_reported", "referred"}),
    "excluded": frozenset({"not_accepted", "withdrawn"}),
    "in_progress": frozenset({"in_progress"}),
    "long_term": frozenset({"long_term", "cannot_resolve"}),
    "unknown": frozenset({"unknown"}),
    "resolved": frozenset({"resolved_on_spot", "answered_on_spot", "resolved"}),
    "handled": frozenset({"resolved_on_spot", "answered_on_spot", "resolved", "explained_cannot", "closed_procedural"}),
}
"""Columns of the follow-up and the dispositions that each adds up."""

OF_MENTIONS = frozenset(
    {
        "handled",
        "resolved",
        "open",
        "unresolved",
        "explained",
        "on_spot",
        "reported",
        "in_progress",
        "long_term",
        "unknown",
    }
)
"""What becomes of mentions: by place and by issue tables show it, by both together none does."""
_APART = (
    frozenset({"resolved", "explained", "reported", "in_progress", "long_term", "unknown"}),
    frozenset({"handled", "open"}),
)
"""Measures of mentions of which no two count the same one."""
OF_THE_REST = (("handled", "resolved"), ("mentions", "handled"), ("mentions", "resolved"))
"""What one measure leaves of another, which no table shows by place and by issue."""

_LawOfAbouts = tuple[dict[Dimensions, int], float, float]
"""The same as a law, whatever is measured."""
Law = tuple[dict[Key, int], float, float]
"""Coefficients of figures, and the limits that their sum keeps to."""


def relations(
    values: Mapping[Key, int], laws: Iterable[Law] = (), tables: Iterable[Collection[Key]] = ()
) -> list[Relation]:
    """All laws that hold for the figures.

    Args:
        values: The figures of all tables.
        laws: Further ones that hold by the way the tables were made.
        tables: The figures of each table.
    """
    number = {key: i for i, key in enumerate(values)}
    found: dict[Relation, None] = {}
    given = list(laws)
    for terms, low, high in itertools.chain(
        _same_names(values), *(_in_view(view, values, given) for view in _views(values, tables))
    ):
        if low <= sum(sign * values[key] for key, sign in terms.items()) <= high:
            ordered = tuple(sorted((number[key], sign) for key, sign in terms.items()))
            found[Relation(ordered, low, high)] = None
    return list(found)


def _views(values: Mapping[Key, int], tables: Iterable[Collection[Key]]) -> Iterator[Mapping[Key, Key]]:
    """The figures as readers may lay them side by side: each under its plain name, and which of that name it is.

    Where several measures have one name, readers do not know which of them a table means; and the rows of one table
    make up a whole that those of all tables do not, where some have a row for the rest of the others.
    """
    plain = _view(values, frozenset())
    yield plain
    primed = dict.fromkeys(measure for measure, _about in values if measure.endswith("'"))
    alike = {frozenset(m for m in primed if m.count("'") == n) for n in {m.count("'") for m in primed}}
    for chosen in dict.fromkeys([*(frozenset({m}) for m in primed), *sorted(alike, key=sorted)]):
        view = _view(values, chosen)
        other = {key for key in plain if view[key] != plain[key]}
        measures, abouts = {measure for measure, _about in other}, {about for _measure, about in other}
        yield {key: view[key] for key in view if key[0] in measures or _is_near(key[1], abouts)}
    levels: dict[tuple[str, frozenset[str]], set[Key]] = defaultdict(set)
    for key in plain:
        levels[_level(key)].add(key)
    for table in tables:
        shown = _view(table, frozenset())
        others = {key for level in {_level(key) for key in shown} for key in levels[level] if key not in shown}
        measures = {key[0] for key in others if values[plain[key]]}
        if measures:
            yield {key: shown.get(key, plain[key]) for key in plain if key[0] in measures and key not in others}


def _is_near(about: Dimensions, abouts: Collection[Dimensions]) -> bool:
    """Whether a figure is about one of these, or about a part of one."""
    return about in abouts or any(about - {pair} in abouts for pair in about)


def _level(key: Key) -> tuple[str, frozenset[str]]:
    """A measure, and by what it is divided."""
    return key[0], frozenset(name for name, _value in key[1])


def _view(figures: Iterable[Key], chosen: frozenset[str]) -> dict[Key, Key]:
    """Each figure under its plain name: where there are several that of a chosen measure, or else the first."""
    found: dict[Key, Key] = {}
    for key in figures:
        plain = (key[0].rstrip("'"), key[1])
        if plain not in found or _rank(key[0], chosen) < _rank(found[plain][0], chosen):
            found[plain] = key
    return found


def _rank(measure: str, chosen: frozenset[str]) -> tuple[bool, int]:
    return measure not in chosen, measure.count("'")


def _in_view(view: Mapping[Key, Key], values: Mapping[Key, int], given: Iterable[Law]) -> Iterator[Law]:
    """The laws of all figures as a view names them, said of what they are."""
    seen = {plain: values[key] for plain, key in view.items()}
    proposed = (
        _sums(seen),
        _within(seen),
        _statuses(seen),
        _answers(seen),
        _running(seen),
        _same_question(seen),
        _same_bases(seen),
        _of_questions(seen),
        _of_places_and_answers(seen),
    )
    for terms, low, high in itertools.chain(given, *proposed):
        said = {view.get(key, key): sign for key, sign in terms.items()}
        if said.keys() <= values.keys() and len(said) == len(terms):
            yield said, low, high


def _same_names(values: Mapping[Key, int]) -> Iterator[Law]:
    """The same measure under two names stands in tables that count differently; often they agree all the same."""
    named: dict[Key, list[Key]] = defaultdict(list)
    for measure, about in values:
        named[measure.rstrip("'"), about].append((measure, about))
    for keys in named.values():
        yield from (equal([one], [other]) for one, other in itertools.combinations(keys, 2))


def equal(whole: Iterable[Key], parts: Iterable[Key]) -> Law:
    """The law that two groups of figures have the same sum."""
    return {**dict.fromkeys(whole, 1), **dict.fromkeys(parts, -1)}, 0, 0


def at_least(whole: Key, parts: Iterable[Key]) -> Law:
    """The law that a figure is not smaller than the sum of others."""
    return {whole: 1, **dict.fromkeys(parts, -1)}, 0, math.inf


def of_dispositions(statuses: Mapping[str, list[Key]]) -> Iterator[Law]:
    """The sums of statuses by disposition are columns of the follow-up's totals."""
    everything = [key for keys in statuses.values() for key in keys]
    yield equal([("collected", frozenset())], everything)
    yield equal([("collected", frozenset()), ("excluded", frozenset())], everything)
    for measure, codes in DISPOSITIONS.items():
        yield equal([(measure, frozenset())], [key for code in codes for key in statuses.get(code, ())])


def _sums(values: Mapping[Key, int]) -> Iterator[Law]:
    """A figure is the sum of the same measure over what it is divided into."""
    families: dict[str, dict[frozenset[str], list[Dimensions]]] = defaultdict(lambda: defaultdict(list))
    for measure, about in values:
        families[measure][frozenset(name for name, _ in about)].append(about)
    for measure, levels in families.items():
        found = {
            (coarse, fine): _division(measure, levels[coarse], levels[fine], coarse)
            for coarse, fine in itertools.permutations(levels, 2)
            if coarse < fine
        }
        whole = {pair for pair, parts in found.items() if _divides(parts, values, len(levels[pair[1]]))}
        for (coarse, fine), parts in found.items():
            # What follows from two smaller steps is not said again.
            if not any((coarse, between) in whole and (between, fine) in whole for between in levels):
                yield from (equal([key], members) for key, members in parts.items())


def _division(
    measure: str, wholes: Iterable[Dimensions], parts: Iterable[Dimensions], coarse: frozenset[str]
) -> dict[Key, list[Key]]:
    """The figures of a coarser level, each with those of a finer level that it is divided into."""
    members: dict[Dimensions, list[Key]] = defaultdict(list)
    for about in parts:
        members[frozenset(pair for pair in about if pair[0] in coarse)].append((measure, about))
    return {(measure, whole): members[whole] for whole in wholes if whole in members}


def _divides(parts: Mapping[Key, list[Key]], values: Mapping[Key, int], number: int) -> bool:
    """Whether the parts, `number` of them in all, make up their wholes."""
    complete = sum(map(len, parts.values())) == number
    return complete and all(values[key] == sum(values[part] for part in of) for key, of in parts.items())


def _within(values: Mapping[Key, int]) -> Iterator[Law]:
    """Laws between measures about the same."""
    abouts: dict[Dimensions, list[str]] = defaultdict(list)
    for measure, about in values:
        abouts[about].append(measure)
    for about, measures in abouts.items():
        for proposals, law in ((PARTS, lambda whole, parts: equal([whole], parts)), (LIMITS, at_least)):
            for whole, parts in proposals:
                there = [(part, about) for part in parts if part in measures]
                if whole in measures and there:
                    yield law((whole, about), there)
        targets = [(m, about) for m in measures if m.startswith("remaining_")]
        if targets and "remaining" in measures:
            yield equal([("remaining", about)], targets)


def _statuses(values: Mapping[Key, int]) -> Iterator[Law]:
    """A record has one status: as many records as there are statuses have raised something at least."""
    for measure, about in values:
        if measure == "raised":
            told = max(sum(values.get((one, about), 0) > 0 for one in apart) for apart in _APART)
            yield {(measure, about): 1}, told, math.inf


def _answers(values: Mapping[Key, int]) -> Iterator[Law]:
    """Nobody gives an answer twice: no answer has more mentions than there are cases."""
    for key in values:
        measure, about = key
        if measure == "mentions":
            for dropped in about:
                place = about - {dropped}
                limits = [(m, place) for m in ("raised", "base", "cases") if (m, place) in values]
                yield from (at_least(limit, [key]) for limit in limits[:1])


def _running(values: Mapping[Key, int]) -> Iterator[Law]:
    """A running total is the one before and what came since; the last is that of all records that have a date."""
    totals: dict[Dimensions, list[tuple[str, Key]]] = defaultdict(list)
    for measure, about in values:
        period = dict(about).get("period")
        if measure.startswith("cumulative") and period is not None:
            totals[about - {("period", period)}].append((period, (measure, about)))
    for place, running in totals.items():
        before: list[Key] = []
        for _period, key in sorted(running):
            parts = [(m, key[1]) for m in ("visited", "completed") if (m, key[1]) in values]
            yield from (equal([key], [*before, part]) for part in parts)
            before = [key]
        wholes = [key for key in (("cases", place), ("visited", place), ("completed", place)) if key in values]
        for whole in wholes:
            yield equal([whole], before)
            yield at_least(whole, before)


def _same_question(values: Mapping[Key, int]) -> Iterator[Law]:
    """The question that the issues come from says the same under other names."""
    for key in values:
        measure, about = key
        named = dict(about)
        question, answer = named.pop("question", None), named.pop("answer", None)
        if question is None:
            continue
        rest = frozenset(named.items())
        if answer is None:
            cases = [(name, rest) for name in ("raised", "cases") if measure == "base"]
            yield from (equal([key], [one]) for one in ((measure, rest), *cases))
            yield from (at_least(one, [key]) for one in cases)
        elif measure == "mentions":
            twins = [("mentions", rest | {("issue", answer)}), ("no_issue", rest)]
            yield from (equal([key], [twin]) for twin in twins if twin in values)


def _same_bases(values: Mapping[Key, int]) -> Iterator[Law]:
    """Two questions that as many cases of a place were asked may have been asked by the same ones: of all, say."""
    alike: dict[tuple[Dimensions, int], list[Key]] = defaultdict(list)
    for key, n in values.items():
        measure, about = key
        if measure == "base" and any(name == "question" for name, _value in about):
            alike[frozenset(pair for pair in about if pair[0] != "question"), n].append(key)
    for keys in alike.values():
        yield from (equal([one], [other]) for one, other in itertools.pairwise(keys))


def _of_questions(values: Mapping[Key, int]) -> Iterator[Law]:
    """Each case of the base gives an answer, in many questions just one; and none gives any beside "none"."""
    answers: dict[Dimensions, list[Key]] = defaultdict(list)
    nothing: dict[Dimensions, list[Key]] = defaultdict(list)
    for key in values:
        measure, about = key
        answer = {pair for pair in about if pair[0] == "answer"}
        if measure == "mentions" and answer:
            answers[about - answer].append(key)
            if any(key_of(value) in words("none") for _name, value in answer):
                nothing[about - answer].append(key)
    for place, mentions in answers.items():
        base = ("base", place)
        if base in values:
            yield equal([base], mentions)
            yield {**dict.fromkeys(mentions, 1), base: -1}, 0, math.inf
            yield from (at_least(base, {one, other}) for one in nothing[place] for other in mentions if other != one)


def _of_places_and_answers(values: Mapping[Key, int]) -> Iterator[Law]:
    """What became of mentions, by place and by issue: where a place did not name an issue, none of it was handled.

    Places and issues that hang together by what was named add up to the same; and none has more than its partners.
    """
    named = [about for (measure, about), n in values.items() if measure == "mentions" and n]
    for measures in (*((measure,) for measure in sorted({m for m, _ in values} & OF_MENTIONS)), *OF_THE_REST):
        shown = (frozenset(name for name, _ in about) for measure, about in values if measure == measures[-1])
        levels = sorted(set(shown) - {frozenset()}, key=sorted)
        for rows, columns in itertools.combinations(levels, 2):
            if rows.isdisjoint(columns):
                cells = [
                    tuple(frozenset(pair for pair in about if pair[0] in side) for side in (rows, columns))
                    for about in named
                    if {name for name, _ in about} == rows | columns
                ]
                yield from (_of_each(law, measures) for law in _of_cells(cells))


def _of_each(law: _LawOfAbouts, measures: Sequence[str]) -> Law:
    """The law of a measure, or of what one leaves of another."""
    terms, low, high = law
    signs = dict(zip(measures, (1, -1), strict=False))
    return {(m, about): sign * own for about, sign in terms.items() for m, own in signs.items()}, low, high


def _of_cells(cells: Sequence[tuple[Dimensions, ...]]) -> Iterator[_LawOfAbouts]:
    """The laws of figures of rows and columns of a table of which only these cells are not 0."""
    partners: dict[Dimensions, list[Dimensions]] = defaultdict(list)
    for row, column in cells:
        partners[row].append(column)
        partners[column].append(row)
    yield from (({**dict.fromkeys(others, 1), one: -1}, 0, math.inf) for one, others in partners.items())
    rows = dict.fromkeys(row for row, _column in cells)
    while rows:
        part, waiting = [set[Dimensions](), set[Dimensions]()], [(next(iter(rows)), 0)]
        while waiting:
            one, side = waiting.pop()
            if one not in part[side]:
                part[side].add(one)
                waiting += [(other, 1 - side) for other in partners[one]]
        yield {**dict.fromkeys(part[0], 1), **dict.fromkeys(part[1], -1)}, 0, 0
        for row in part[0]:
            rows.pop(row, None)
