"""What readers know of several answers that are counted as one."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from visittally.disclosure.figures import NET, Dimensions, Key
from visittally.disclosure.relations import Law, at_least, equal
from visittally.tables.shortening import REST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


def of_nets(nets: Iterable[tuple[Key, Sequence[Key]]], values: Mapping[Key, int]) -> Iterator[Law]:
    """Several answers counted as one, each case once: no more than all of them together, no less than each."""
    for net, members in nets:
        for parts in dict.fromkeys((tuple(members), tuple(_counted(net, members, values)))):
            yield equal([net], parts)
            yield {**dict.fromkeys(parts, 1), net: -1}, 0, math.inf
            yield from (at_least(net, [part]) for part in parts)
        cases = ("cases", net[1])
        for one in (net, cases):
            yield from (equal([one], parts) for parts in _nets_of_places(net, members, values))
            yield from _limits_of_places(one, members, values)
        yield equal([net], [cases])
        yield at_least(net, [cases])
        yield from (at_least(cases, [member]) for member in members)
        place = frozenset(pair for pair in net[1] if pair[0] != NET)
        for measure in ("raised", "base", "cases"):
            yield equal([(measure, place)], [net])
            yield from (at_least((measure, place), [one]) for one in (net, cases))


def of_cases(values: Mapping[Key, int], answers: frozenset[str]) -> Iterator[Law]:
    """Cases counted by what they named, such as themes: each has raised something, and all together have them all.

    Args:
        values: The figures of all tables.
        answers: The columns that hold answers.
    """
    told: dict[Dimensions, list[Key]] = defaultdict(list)
    for measure, about in values:
        place = frozenset(pair for pair in about if pair[0] not in answers | {NET})
        if measure == "cases" and place != about and ("raised", place) in values:
            told[place].append((measure, about))
    for place, parts in told.items():
        raised = ("raised", place)
        yield {**dict.fromkeys(parts, 1), raised: -1}, 0, math.inf
        for one in parts:
            yield equal([raised], [one])
            yield at_least(raised, [one])


def _counted(net: Key, members: Sequence[Key], values: Mapping[Key, int]) -> dict[Key, None]:
    """The answers as some table of the run counts them: as mentions, as issues collected, or among those left over."""
    found: list[Key] = []
    for measure, about in members:
        collected = [key for key in (("collected", about), ("excluded", about)) if key in values]
        rest = (measure, about & net[1] | {(name, REST) for name, _answer in about - net[1]})
        found += [(measure, about)] if (measure, about) in values else collected or [rest]
    return dict.fromkeys(found)


def _nets_of_places(net: Key, members: Sequence[Key], values: Mapping[Key, int]) -> Iterator[list[Key]]:
    """The figures of places that a net is the sum of, where these are told by which answers each place gave.

    A place that gave one of the answers alone has as many cases in the net as named it; one that gave no other answers
    has there all that raised something.
    """
    answers = _answers_of(net, members)
    rest = frozenset((name, REST) for name, _answer in answers)
    for places in _given(answers, values):
        # Who sees none of the answers by itself takes what is left over for them.
        meant = answers if any(told & answers for told in places.values()) else answers | rest
        parts: list[Key] = []
        for place, told in places.items():
            hit = told & meant
            if len(hit) == 1 and hit <= answers:
                parts.append(("mentions", place | hit))
            elif hit and told <= meant:
                parts.append(("raised", place))
            elif hit:
                break
        else:
            yield parts


def _limits_of_places(net: Key, members: Sequence[Key], values: Mapping[Key, int]) -> Iterator[Law]:
    """The most and the least that places leave for a net.

    Each place has no more in it than named one of the answers or raised anything, no less than named one of them.
    """
    answers = _answers_of(net, members)
    for places in _given(answers, values):
        most, least = dict.fromkeys([net], -1), dict.fromkeys([net], 1)
        for place, told in places.items():
            named = [("mentions", place | {answer}) for answer in told & answers]
            if named:
                raised = ("raised", place)
                every = sum(values[one] for one in named)
                most |= dict.fromkeys([raised] if values.get(raised, every) < every else named, 1)
                least[max(named, key=values.__getitem__)] = -1
        yield most, 0, math.inf
        yield least, 0, math.inf


def _answers_of(net: Key, members: Iterable[Key]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for _measure, about in members for pair in about - net[1])


def _given(
    answers: Iterable[tuple[str, str]], values: Mapping[Key, int]
) -> Iterable[Mapping[Dimensions, set[tuple[str, str]]]]:
    """The answers that each place gave, for each way in which places are told apart."""
    names = {name for name, _answer in answers}
    given: dict[frozenset[str], dict[Dimensions, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for (measure, about), n in values.items():
        answer = {pair for pair in about if pair[0] in names}
        if measure == "mentions" and n and len(answer) == 1 and len(about) > 1:
            place = about - answer
            given[frozenset(name for name, _value in place)][place] |= answer
    return given.values()
