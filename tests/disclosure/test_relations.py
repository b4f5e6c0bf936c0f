"""What readers know of figures that stand in several tables."""

import math

from visittally.disclosure.nets import of_nets
from visittally.disclosure.relations import relations

SURVEY = frozenset()
ASH = frozenset({("village", "Ash")})


def said(values, *, tables=()):
    """The laws that are found, each as its figures with their signs."""
    keys = list(values)
    return [{keys[i]: sign for i, sign in relation.terms} for relation in relations(values, tables=tables)]


def issue(name):
    return frozenset({("issue", name)})


def test_what_one_table_counts_differently_has_the_laws_of_its_name():
    """The base of a crosstab beside that of all cases: its share of 50 % of 18 tells how many had no issue."""
    values = {("base", ASH): 19, ("base'", ASH): 18, ("raised", ASH): 15, ("no_issue", ASH): 3}

    assert {("base'", ASH): 1, ("raised", ASH): -1, ("no_issue", ASH): -1} in said(values)


def test_laws_hold_between_measures_of_one_name_in_different_tables():
    values = {("base", SURVEY): 9, ("base'", SURVEY): 8, ("base'", ASH): 5, ("base", issue("road")): 3}
    values |= {("base", frozenset({("village", "Elm")})): 3}

    assert {("base'", SURVEY): 1, ("base'", ASH): -1, ("base", frozenset({("village", "Elm")})): -1} in said(values)


def test_rows_of_a_table_make_up_the_whole_though_another_joins_some_of_them():
    parts = {("resolved", issue("road")): 5, ("resolved", issue("water")): 7, ("resolved", issue("school")): 3}
    joined = {("resolved", issue("road")): 5, ("resolved", issue("(rest)")): 10}
    values = {("resolved", SURVEY): 15, **parts, **joined}

    found = said(values, tables=[parts, joined])

    for rows in (parts, joined):
        assert {("resolved", SURVEY): 1, **dict.fromkeys(rows, -1)} in found


def test_nobody_gives_an_answer_beside_none_and_everybody_of_the_base_gives_one():
    """3 of 28 did not name water; who said none is among them."""
    asked = frozenset({("question", "problem")})
    road, water, none = (("mentions", asked | {("answer", name)}) for name in ("road", "water", "none"))
    values = {road: 4, water: 25, none: 3, ("base", asked): 28}

    found = said(values)

    for other in (road, water):
        assert {("base", asked): 1, none: -1, other: -1} in found
    assert {("base", asked): 1, road: -1, water: -1} not in found
    assert {road: 1, water: 1, none: 1, ("base", asked): -1} in found


def test_what_one_measure_leaves_of_another_keeps_to_what_places_named():
    """Ash named roads alone, of which one was explained: Ash has no more than that."""
    mentions = {("mentions", ASH | issue("road")): 6, ("mentions", frozenset({("village", "Elm")}) | issue("road")): 9}
    values = {**mentions, ("handled", ASH): 4, ("resolved", ASH): 3}
    values |= {("handled", issue("road")): 8, ("resolved", issue("road")): 7}

    one_explained = {("handled", issue("road")): 1, ("resolved", issue("road")): -1}
    assert {**one_explained, ("handled", ASH): -1, ("resolved", ASH): 1} in said(values)


def test_the_base_of_a_question_may_be_all_cases_of_its_side():
    side = frozenset({("side", "before")})
    question = side | {("question", "problem")}

    assert {("base", question): 1, ("cases", side): -1} in said({("base", question): 14, ("cases", side): 14})


def test_a_net_holds_no_more_than_places_named_or_raised():
    """Ash named both answers in 5 mentions and raised 4; Elm named one of them 3 times, and others beside."""
    elm = frozenset({("village", "Elm")})
    net, road, water = ("mentions", frozenset({("net", "wet")})), issue("road"), issue("water")
    values = {net: 7, ("raised", ASH): 4, ("raised", elm): 9}
    values |= {("mentions", ASH | road): 3, ("mentions", ASH | water): 2, ("mentions", elm | road): 3}
    values |= {("mentions", road): 6, ("mentions", water): 2, ("mentions", elm | issue("school")): 8}

    laws = [terms for terms, _low, _high in of_nets([(net, [("mentions", road), ("mentions", water)])], values)]

    assert {net: -1, ("raised", ASH): 1, ("mentions", elm | road): 1} in laws
    assert {net: 1, ("mentions", ASH | road): -1, ("mentions", elm | road): -1} in laws


def test_questions_that_as_many_were_asked_tell_each_others_base():
    """With all cases as base each question of a place has the same."""
    source, sex = (frozenset({("question", name)}) for name in ("source", "sex"))
    values = {("base", ASH | source): 6, ("base", ASH | sex): 6, ("base", source): 40, ("base", sex): 34}

    assert {("base", ASH | source): 1, ("base", ASH | sex): -1} in said(values)
    assert not any({("base", source), ("base", sex)} <= law.keys() for law in said(values))


def test_a_place_raised_as_many_issues_as_it_has_statuses_at_least():
    """Two of five mentions are of one record: no more can be, each record having one status."""
    statuses = {("resolved", ASH): 1, ("explained", ASH): 1, ("in_progress", ASH): 2, ("unknown", ASH): 1}
    values = {("mentions", ASH): 5, ("raised", ASH): 4, **statuses, ("long_term", ASH): 0}

    found = [relation for relation in relations(values) if relation.terms == ((1, 1),)]
    assert [(one.low, one.high) for one in found] == [(4, math.inf)]


def test_all_days_together_have_all_records_or_no_more():
    """10 of 14 records are of one day: with 14 in the receipt the other day has 4."""
    days = [frozenset({("period", day)}) for day in ("2026-03-10", "2026-04-10")]
    values = {("cases", SURVEY): 14, ("visited", days[0]): 10, ("cumulative", days[0]): 10}
    values |= {("visited", days[1]): 4, ("cumulative", days[1]): 14}

    law = {("cases", SURVEY): 1, ("cumulative", days[1]): -1}
    assert said(values).count(law) == 2  # as many, and no more
    assert said({**values, ("cases", SURVEY): 15}).count(law) == 1  # one has no date
