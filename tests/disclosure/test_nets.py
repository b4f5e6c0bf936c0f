"""What readers know of several answers that are counted as one.

The net "wet" of water and drain holds each case once, though it named both.
"""

import math

from visittally.disclosure.nets import of_cases, of_nets

WATER, DRAIN, ROAD = (frozenset({("issue", name)}) for name in ("water", "drain", "road"))
ASH, ELM = (frozenset({("village", name)}) for name in ("Ash", "Elm"))
NET = ("mentions", frozenset({("net", "wet")}))
MEMBERS = [("mentions", WATER), ("mentions", DRAIN)]


def laws(values, net=NET, members=MEMBERS):
    return list(of_nets([(net, members)], values))


def places(**villages):
    """Mentions by village and issue, and what a village's cases raised: `ash={WATER: 3}`."""
    found = {}
    for name, answers in villages.items():
        place = frozenset({("village", name)})
        found |= {
            (("raised", place) if answer == "raised" else ("mentions", place | answer)): n
            for answer, n in answers.items()
        }
    return found


def test_a_net_is_at_most_the_sum_of_its_answers_and_at_least_each():
    found = laws({NET: 5, MEMBERS[0]: 4, MEMBERS[1]: 3})

    assert ({MEMBERS[0]: 1, MEMBERS[1]: 1, NET: -1}, 0, math.inf) in found
    for member in MEMBERS:
        assert ({NET: 1, member: -1}, 0, math.inf) in found


def test_a_net_may_be_the_sum_of_its_answers_and_all_who_raised_anything():
    """Where nobody named both, and where nobody named anything else, which is kept only where it is true."""
    found = laws({NET: 7, MEMBERS[0]: 4, MEMBERS[1]: 3})

    assert ({NET: 1, MEMBERS[0]: -1, MEMBERS[1]: -1}, 0, 0) in found
    for measure in ("raised", "base", "cases"):
        whole = (measure, frozenset())
        assert ({whole: 1, NET: -1}, 0, 0) in found
        assert ({whole: 1, NET: -1}, 0, math.inf) in found


def test_an_answer_counts_as_any_table_of_the_run_shows_it():
    """As an issue that was collected, or among those that were left over."""
    collected, rest = ("collected", DRAIN), ("mentions", frozenset({("issue", "(rest)")}))

    assert ({NET: 1, MEMBERS[0]: -1, collected: -1}, 0, 0) in laws({NET: 7, MEMBERS[0]: 4, collected: 3})
    assert ({NET: 1, MEMBERS[0]: -1, rest: -1}, 0, 0) in laws({NET: 7, MEMBERS[0]: 4, rest: 3})


def test_a_net_is_of_its_place():
    """The net of Ash is compared with the cases of Ash."""
    net = ("mentions", ASH | {("net", "wet")})
    found = laws({}, net, [("mentions", ASH | WATER), ("mentions", ASH | DRAIN)])

    assert ({("raised", ASH): 1, net: -1}, 0, math.inf) in found


def test_cases_of_a_net_are_no_fewer_than_those_that_named_one_of_its_answers():
    cases = ("cases", NET[1])
    found = laws({NET: 5, cases: 6})

    assert ({NET: 1, cases: -1}, 0, 0) in found
    assert ({NET: 1, cases: -1}, 0, math.inf) in found
    for member in MEMBERS:
        assert ({cases: 1, member: -1}, 0, math.inf) in found


def test_villages_that_gave_one_of_the_answers_each_tell_the_net():
    """Ash named water 3 times and roads beside; Elm named drains 4 times: 7 cases in the net."""
    values = places(Ash={WATER: 3, ROAD: 9}, Elm={DRAIN: 4})
    found = laws(values)

    assert ({NET: 1, ("mentions", ASH | WATER): -1, ("mentions", ELM | DRAIN): -1}, 0, 0) in found


def test_a_village_that_gave_nothing_else_has_all_that_raised_something_in_the_net():
    """Ash named water and drains and nothing else: all of its 5 who raised something are in the net."""
    values = places(Ash={WATER: 3, DRAIN: 4, "raised": 5}, Elm={DRAIN: 4})
    found = laws(values)

    assert ({NET: 1, ("raised", ASH): -1, ("mentions", ELM | DRAIN): -1}, 0, 0) in found


def test_a_village_that_gave_none_of_the_answers_has_nothing_in_the_net():
    values = places(Ash={WATER: 3}, Elm={ROAD: 8, "raised": 8})

    assert ({NET: 1, ("mentions", ASH | WATER): -1}, 0, 0) in laws(values)


def test_a_village_that_gave_both_and_others_leaves_the_net_open():
    """Of Elm nobody knows how many named both: no sum is said, but bounds are."""
    values = places(Ash={WATER: 3}, Elm={WATER: 2, DRAIN: 4, ROAD: 8, "raised": 10})
    found = laws(values)
    water, drain = ("mentions", ELM | WATER), ("mentions", ELM | DRAIN)

    assert not any(low == high and any("village" in dict(about) for _m, about in terms) for terms, low, high in found)
    assert ({NET: -1, ("mentions", ASH | WATER): 1, water: 1, drain: 1}, 0, math.inf) in found
    assert ({NET: 1, ("mentions", ASH | WATER): -1, drain: -1}, 0, math.inf) in found


def test_at_most_all_that_raised_something_are_in_the_net():
    """5 named water and 4 drains in Elm, where 7 raised anything, 2 of them roads alone: 7 is nearer than 9."""
    values = places(Elm={WATER: 5, DRAIN: 4, ROAD: 2, "raised": 7})

    assert ({NET: -1, ("raised", ELM): 1}, 0, math.inf) in laws(values)


def test_all_mentions_are_the_limit_where_as_many_raised_something():
    """5 and 4 of 9 who raised something: the mentions are no more than they are."""
    values = places(Elm={WATER: 5, DRAIN: 4, ROAD: 2, "raised": 9})

    assert ({NET: -1, ("mentions", ELM | WATER): 1, ("mentions", ELM | DRAIN): 1}, 0, math.inf) in laws(values)


def test_the_cases_of_a_net_have_the_same_limits_as_its_mentions():
    values = places(Elm={WATER: 5, DRAIN: 4, ROAD: 2, "raised": 7})
    cases = ("cases", NET[1])

    assert ({cases: -1, ("raised", ELM): 1}, 0, math.inf) in laws(values)
    assert ({cases: 1, ("mentions", ELM | WATER): -1}, 0, math.inf) in laws(values)


def test_an_answer_that_nobody_of_a_village_gave_is_none_that_it_gave():
    """No mention of drains in Ash: its net is its mentions of water."""
    values = places(Ash={WATER: 3, DRAIN: 0, ROAD: 9}, Elm={DRAIN: 4})

    assert ({NET: 1, ("mentions", ASH | WATER): -1, ("mentions", ELM | DRAIN): -1}, 0, 0) in laws(values)


def test_places_are_told_apart_in_several_ways():
    """By village, and by month: each way tells the net."""
    month = frozenset({("period", "2026-03")})
    values = {("mentions", ASH | WATER): 3, ("mentions", month | WATER): 3}
    found = laws(values)

    assert ({NET: 1, ("mentions", ASH | WATER): -1}, 0, 0) in found
    assert ({NET: 1, ("mentions", month | WATER): -1}, 0, 0) in found


def test_the_mentions_of_all_places_tell_nothing_of_a_place():
    """Mentions of water in all places together are no place."""
    found = laws({("mentions", WATER): 3, ("raised", frozenset()): 3})

    assert ({NET: 1, ("mentions", WATER): -1}, 0, 0) not in found


def test_the_cases_of_themes_have_all_that_raised_something():
    """One theme that holds every issue has as many cases as raised something; that may be hidden elsewhere."""
    roads, health = (("cases", ASH | {("theme", name)}) for name in ("roads", "health"))
    raised = ("raised", ASH)
    found = list(of_cases({raised: 9, roads: 9, health: 4, ("cases", ASH): 12}, frozenset({"theme"})))

    assert ({roads: 1, health: 1, raised: -1}, 0, math.inf) in found
    assert ({raised: 1, roads: -1}, 0, 0) in found
    assert ({raised: 1, health: -1}, 0, math.inf) in found
    assert not any(("cases", ASH) in terms for terms, _low, _high in found)
    assert list(of_cases({roads: 9}, frozenset({"theme"}))) == []


def test_a_net_of_what_is_left_over_has_all_that_named_nothing_else():
    """Where no table shows an answer of the net, readers take the rest for it; cases, not mentions."""
    rest, school = frozenset({("issue", "(rest)")}), frozenset({("issue", "school")})
    raised = ("raised", ELM)

    assert ({NET: 1, raised: -1}, 0, 0) in laws(places(Ash={school: 9}, Elm={rest: 12, "raised": 7}) | {NET: 7})
    shown = laws(places(Ash={WATER: 9}, Elm={rest: 12, "raised": 7}) | {NET: 9})
    assert ({NET: 1, raised: -1}, 0, 0) not in shown
    assert ({NET: 1, ("mentions", ASH | WATER): -1}, 0, 0) in shown
