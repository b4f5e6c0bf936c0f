"""Which questions are compared."""

from __future__ import annotations

import pytest

from visittally.analyses.compare.questions import ComparedQuestion, chosen_questions, matched_questions
from visittally.analyses.compare.sides import Sides
from visittally.analyses.matching import MatchedQuestion
from visittally.errors import FieldError
from visittally.survey.variables import Choice, Part, Role, Variable

EARLIER = """
    village,sex,old need,rooms,remarks,weight,issue
    Ash,f,water,2,they came on foot through the rain,1,road
    Elm,m,road,3,nobody had been there for a long time,2,road
    Oak,f,water,4,the bridge is down since last winter,1,water
    """
LATER = EARLIER.replace("old need", "group/need")


@pytest.fixture
def sides(surveyed, write):
    def make(earlier=EARLIER, later=LATER, **options):
        if "split" not in options:
            options["before"] = (write("earlier.csv", earlier),)
        return Sides.of(surveyed(later, **options))

    return make


def names(sides, across=None):
    matched, _suggested = matched_questions(sides)
    questions, notices = chosen_questions(sides, matched, across)
    return [(q.pair.before.name, q.pair.after.name) for q in questions], [n.code for n in notices]


def test_all_that_both_sides_have_but_places_texts_and_weights(sides):
    found, notices = names(sides(weight="weight"))

    assert found == [("sex", "sex"), ("rooms", "rooms"), ("issue", "issue")]
    assert notices == []
    assert names(sides(weight="weight", question=("*",)))[0] == found
    assert names(sides(weight="weight", by=("sex",)))[0] == found[1:]


def test_the_issue_alone_where_there_is_one(sides):
    own = sides()
    matched, _suggested = matched_questions(own)
    questions, notices = chosen_questions(own, matched, own.axis("issue"))

    [question] = questions
    assert (question.pair.after.name, question.issue, notices) == ("issue", own.axis("issue"), [])


def test_an_issue_that_goes_by_another_name_is_said(sides):
    own = sides(columns={"issue": ("old need", "group/need")})
    across = own.axis("issue")
    found, notices = names(own, across)

    assert found == [("old need", across[1].variable.name)]
    assert notices == ["other_issue"]


def test_questions_can_be_named(sides):
    """A free text is not compared, and said."""
    assert names(sides(question=("rooms", "sex", "rooms"))) == ([("rooms", "rooms"), ("sex", "sex")], [])
    assert names(sides(question=("rooms", "remarks"))) == ([("rooms", "rooms")], ["not_compared"])
    with pytest.raises(FieldError, match="Nothing to compare"):
        names(sides(question=("remarks",)))
    with pytest.raises(FieldError, match="nosuch"):
        names(sides(question=("nosuch",)))


def test_a_question_of_the_later_round_only_is_refused_until_it_is_matched(sides):
    with pytest.raises(FieldError, match="--match OLD=NEW"):
        names(sides(question=("group/need",)))
    own = sides(question=("group/need",), match={"old need": "group/need"})
    assert names(own) == ([("old need", "group/need")], [])


def test_names_that_look_alike_are_suggested_for_rounds_only(sides):
    earlier = EARLIER.replace("old need", "main_problem")
    _matched, suggested = matched_questions(sides(earlier, EARLIER.replace("old need", "main_problems")))
    assert [notice.code for notice in suggested] == ["look_alike"]
    assert matched_questions(sides(split="sex=f"))[1] == []


def test_numbers_are_compared_as_numbers(sides):
    own = sides()
    questions, _notices = chosen_questions(own, matched_questions(own)[0], None)

    assert {q.pair.after.name: q.numbers for q in questions}["sex"] is False
    assert [d.variable for d in questions[0].dimensions] == ["sex", "sex"]


# ---------------------------------------------------------------- one question
def question(before, after):
    return ComparedQuestion(MatchedQuestion(before, after))


def listed(*choices):
    return Variable("needs", (Part("needs"),), choices=tuple(Choice(*choice) for choice in choices))


def test_labels_of_one_side_are_names_of_the_other():
    """A label that is a name itself stays one."""
    own = question(listed(("1", "Water"), ("2", "Road")), listed(("road", "1"), ("light", "")))

    assert own.renamed == {"water": "1"}


def test_options_in_columns_have_labels_too():
    parts = (Part("needs/1", Role.OPTION, "1", "Water"), Part("needs/2", Role.OPTION, "2", ""))

    assert question(Variable("needs", parts), Variable("needs", (Part("needs"),))).renamed == {"water": "1"}


def test_a_case_is_a_row_unless_it_is_the_issue_or_the_user_says_so(sides):
    text = "household_id,village,issue,rooms\n" + "".join(
        f"H{i},Ash,{issue},3\n" for i in range(8) for issue in ("road", "water")
    )
    own, said = sides(text, text), sides(text, text, per="household")
    plain = ComparedQuestion(MatchedQuestion(*(s.survey.variables["rooms"] for s in (own.before, own.after))))
    issue = ComparedQuestion(plain.pair, issue=own.axis("issue"))

    assert plain.units(own) == ((), ())
    assert issue.units(own) == (own.units[0].key, own.units[1].key)
    assert plain.units(said) == (said.units[0].key, said.units[1].key) != ((), ())
