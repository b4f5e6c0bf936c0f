"""Columns that hold one question together."""

import pytest

from visittally.survey.understanding import understand
from visittally.survey.variables import QuestionKind, Role


def families(source):
    """Name -> options (or number of mentions) of the questions with several columns."""
    survey = understand([source])
    return {v.name: [p.option for p in v.options] or len(v.parts) for v in survey.questions() if len(v.parts) > 1}


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ("needs/road,needs/water", "needs"),
        ("home/needs/road,home/needs/water", "home/needs"),
        ("needs.road,needs.water", "needs"),
        ("needs:road,needs:water", "needs"),
        ("needs[road],needs[water]", "needs"),
        ("needs___road,needs___water", "needs"),
        ("needs (choice=road),needs (choice=water)", "needs"),
        ("第3题(road),第3题(water)", "第3题"),
        ("3、您家缺什么？(road),3、(water)", "3、您家缺什么？"),
        ("3、您家缺什么？(road),3(water)", "3、您家缺什么？"),
    ],
)
def test_option_columns_of_every_tool_are_one_question(table, headers, name):
    source = table(f"village,{headers}\nAsh,1,0\nElm,0,1\nOak,1,1\nFir,0,0")

    assert {name: ["road", "water"]} == families(source)


@pytest.mark.parametrize(("on", "off"), [("TRUE", "FALSE"), ("1", "0"), ("Checked", "Unchecked"), ("1", "")])
def test_every_way_to_tick_is_a_tick(table, on, off):
    source = table(f"village,needs/road,needs/water\nAsh,{on},{off}\nElm,{off},{on}\nOak,{on},{on}")

    assert families(source) == {"needs": ["road", "water"]}


def test_the_option_may_stand_before_its_question(table):
    source = table("village,Road:What do you need?,Water:What do you need?\nAsh,Road,\nElm,,Water\nOak,Road,Water")

    assert families(source) == {"What do you need?": ["Road", "Water"]}


def test_a_path_of_groups_shared_by_questions_is_no_question(table):
    source = table("home/village,home/roof,home/members\nAsh,tin,4\nElm,straw,6\nOak,tin,3")

    assert families(source) == {}


def test_options_belong_to_the_longest_question_that_was_declared(table):
    source = table(
        """
        who,who.clerk,who.chief,who_not,who_not.far,who_not.shy,who_other
        clerk,TRUE,FALSE,,,,
        chief clerk,TRUE,TRUE,,,,
        ,,,far,TRUE,FALSE,the nurse
        ,,,shy far,TRUE,TRUE,
        """
    )

    assert families(source) == {"who": ["clerk", "chief"], "who_not": ["far", "shy"]}


def test_joined_answers_beside_option_columns_are_the_parent(table):
    survey = understand([table("needs,needs/road,needs/water\nroad water,1,1\nroad,1,0\nwater,0,1")])

    assert [p.role for p in survey.variables["needs"].parts] == [Role.PARENT, Role.OPTION, Role.OPTION]


def test_underscores_need_answers_that_agree_with_the_ticks(table):
    source = table(
        """
        gripes,gripes_smell,gripes_full,roof,roof_leaks,roof_old
        Smell,1,0,tin,0,0
        Full,0,1,straw,1,0
        Smell Full,1,1,tin,0,1
        ,0,0,tin,0,0
        """
    )

    assert families(source) == {"gripes": ["Smell", "Full"]}


def test_a_question_over_blank_headers_takes_its_options_from_the_answers(table):
    source = table(
        'village,"Which do you have?",Unnamed: 2,...4\nAsh,Radio,,Bicycle\nElm,,Mobile,\nOak,Radio,Mobile,Bicycle'
    )

    assert families(source) == {"Which do you have?": ["Radio", "Mobile", "Bicycle"]}


def test_a_row_of_questions_over_a_row_of_options_is_one_question(table):
    text = """
    Village,Which problems do you have?,,
    ,Road,Water,School
    Ash,Road,,School
    Elm,,Water,
    Oak,Road,Water,
    """

    assert families(table(text)) == {"Which problems do you have?": ["Road", "Water", "School"]}


@pytest.mark.parametrize("group", ["Issues", "Problems reported", "群众诉求情况"])
@pytest.mark.parametrize(("yes", "no"), [("Yes", ""), ("是", "否"), ("√", "")])
def test_yes_below_a_group_of_problems_is_a_tick(table, group, yes, no):
    rows = f"Ash,{yes},{no},{yes}\nElm,{no},{yes},{no}\nOak,{yes},{yes},{no}\n"

    assert families(table(f"Village,{group},,\n,Road,Water,School\n{rows}")) == {group: ["Road", "Water", "School"]}


def test_yes_below_a_group_of_other_things_answers_a_question(table):
    rows = "Ash,Yes,No,Yes\nElm,No,Yes,No\nOak,Yes,Yes,No\n"

    assert families(table(f"Village,Household assets,,\n,Soap,Latrine,Well\n{rows}")) == {}
    assert families(table(f"Village,Problem,,\n,Solved,Urgent,Reported\n{rows}")) == {}


def test_ratings_under_one_question_stay_questions_of_their_own(table):
    text = """
    Village,How do you rate these?,,
    ,Road,Water,School
    Ash,good,bad,good
    Elm,bad,fair,fair
    Oak,fair,good,bad
    """

    assert families(table(text)) == {}


@pytest.mark.parametrize(
    "headers", ["needs[SQ1],needs[SQ2],needs[other]", "Road:needs,Water:needs,Other - Write In:needs"]
)
def test_a_text_is_the_option_other_where_no_tick_says_so(table, headers):
    ticks = "Y" if "[" in headers else ""
    rows = [(ticks or "Road", "", "a boat"), ("", ticks or "Water", ""), (ticks or "Road", ticks or "Water", "nets")]
    source = table(f"village,{headers}\n" + "\n".join(f"Ash,{','.join(row)}" for row in rows))

    assert [p.option.lower()[:5] for p in understand([source]).variables["needs"].options][-1] == "other"


def test_a_text_under_a_row_of_options_is_the_option_other(table):
    text = """
    Village,Which problems do you have?,,
    ,Road,Water,Other (please specify)
    Ash,Road,,
    Elm,,Water,wolves
    Oak,Road,Water,
    Fir,,,floods
    """

    assert families(table(text)) == {"Which problems do you have?": ["Road", "Water", "Other (please specify)"]}


def test_what_was_written_beside_a_tick_for_other_is_no_option(table):
    source = table("village,needs:Road,needs:Other,needs:Other_text\nAsh,1,1,a boat\nElm,0,1,nets\nOak,1,0,")

    survey = understand([source])

    assert [p.option for p in survey.variables["needs"].options] == ["Road", "Other"]
    assert survey.variables["needs:Other_text"].kind is not QuestionKind.MULTI


def test_columns_of_ticks_with_a_number_are_one_question_and_can_be_asked_for_singly(table):
    survey = understand([table("income1,income2,income3\n1,0,0\n0,1,1\n1,1,0")])

    assert [p.option for p in survey.variables["income"].options] == ["income1", "income2", "income3"]
    assert survey.variables["income2"].part_of == "income"
    assert [q.name for q in survey.questions()] == ["income"]


def test_first_to_last_mention_are_one_question(table):
    source = table("need1,need2,need3\nroad,water,\nwater,,\nroad,school,water\nschool,road,")

    variable = understand([source]).variables["need"]

    assert [p.role for p in variable.parts] == [Role.MENTION] * 3


def test_chinese_ordinals_are_mentions(table):
    source = table("村,第一诉求,第二诉求,第三诉求\n甲村,道路,饮水,\n乙村,饮水,,\n丙村,教育,道路,饮水")

    assert families(source) == {"诉求": 3}


def test_a_code_for_no_further_mention_is_no_answer_that_comes_twice(table):
    source = table("src1,src2,src3\n1,-1,-1\n2,1,-1\n3,2,1\n2,-1,-1")

    assert families(source) == {"src": 3}


def test_numbered_items_of_one_scale_are_a_scale(table):
    source = table("harm1,harm2,harm3\n0,3,0\n2,2,1\n1,0,2\n0,1,3\n3,0,0")

    assert understand([source]).variables["harm"].kind is QuestionKind.SCALE


def test_numbers_of_questions_are_no_stem(table):
    assert families(table("q1,q2,q3\n1,0,1\n0,1,1\n1,1,0")) == {}


def test_options_of_a_form_without_records_are_known_by_their_headers(table):
    source = table("owned,owned/radio,owned/bicycle\n")

    assert families(source) == {"owned": ["radio", "bicycle"]}


def test_a_family_that_one_file_proves_is_one_in_a_file_that_cannot(table):
    clear = table("needs,needs_road,needs_water\nRoad,1,0\nWater,0,1\nRoad Water,1,1", "a.csv")
    bare = table("village,needs,needs_road,needs_water\nAsh,,0,0\nElm,,0,0", "b.csv")

    survey = understand([bare, clear])

    assert [p.option for p in survey.variables["needs"].options] == ["Road", "Water"]
    assert survey.layouts[0].columns["needs"] == (1, 2, 3)


def test_headers_that_end_with_their_only_answer_are_options(table):
    source = table("village,Do you have a Radio,Do you have a Bicycle\nAsh,Radio,\nElm,,Bicycle\nOak,Radio,Bicycle")

    assert families(source) == {"Do you have a": ["Radio", "Bicycle"]}


def test_options_alone_go_on_with_the_question_before_them(table):
    text = """
    age,day,size,paid,Seen any? North,South,East
    31,2026-04-01,4,10.5,North,,East
    40,2026-04-02,5,11.5,,South,
    52,2026-04-03,6,12.5,North,South,
    """

    assert families(table(text)) == {"Seen any?": ["North", "South", "East"]}


def test_codes_that_a_header_cannot_hold_are_taken_from_the_answers(table):
    source = table("fuel,fuel_1,fuel_2,fuel__88\n1 2,1,1,0\n2,0,1,0\n-88,0,0,1\n1,1,0,0")

    assert families(source) == {"fuel": ["1", "2", "-88"]}


@pytest.mark.parametrize("separator", [" - ", " > ", " -> "])
def test_options_may_stand_behind_a_spaced_mark(table, separator):
    headers = ",".join(f"What do you need?{separator}{option}" for option in ("Road", "Water - clean"))
    source = table(f"village,{headers}\nAsh,1,0\nElm,0,1\nOak,1,1")

    assert families(source) == {"What do you need?": ["Road", "Water - clean"]}


def test_ratings_behind_a_dash_are_questions_of_their_own(table):
    assert families(table("village,How is - Road,How is - Water\nAsh,good,bad\nElm,bad,fair\nOak,fair,bad")) == {}


def test_three_ticks_behind_a_word_for_issues_are_one_question(table):
    source = table("village,problem_road,problem_water,problem_school\nAsh,TRUE,FALSE,FALSE\nElm,FALSE,TRUE,TRUE")

    assert families(source) == {"problem": ["road", "water", "school"]}


def test_names_that_hold_no_sign_are_cut_at_their_capitals(table):
    source = table("Village,ProblemRoad,ProblemWater,ProblemSchool\nAsh,1,0,0\nElm,0,1,1")

    assert families(source) == {"Problem": ["Road", "Water", "School"]}


@pytest.mark.parametrize(
    "headers", ["ProblemRoad,ProblemWater", "problem_road,problem_water", "has_road,has_water,has_school"]
)
def test_few_ticks_or_ticks_behind_another_word_are_questions_of_their_own(table, headers):
    ticks = ",1" * (headers.count(",") + 1)

    assert families(table(f"village,{headers}\nAsh{ticks}\nElm{ticks.replace('1', '0')}")) == {}


@pytest.mark.parametrize("between", ["/", "_"])
def test_an_option_that_begins_with_another_belongs_to_the_question(table, between):
    header = ",".join(f"needs{between}{option}" for option in ("road", "water", "water_quality"))
    rows = "Ash,road water_quality,1,0,1\nElm,water,0,1,0\nOak,water_quality,0,0,1\nFir,road,1,0,0"
    source = table(f"village,needs,{header}\n{rows}")
    assert families(source) == {"needs": ["road", "water", "water_quality"]}


def test_an_option_may_hold_the_sign_between_question_and_option(table):
    source = table("village,needs/road/bridge,needs/water,needs/food\nAsh,1,0,0\nElm,0,1,1\nOak,1,1,0\nFir,0,0,1")
    assert families(source) == {"needs": ["road/bridge", "water", "food"]}


def test_cells_beyond_the_header_are_further_mentions(table):
    rows = ["Ash,road,water", "Elm,water", "Oak,road,food", "Fir,food", "Yew,water,food,road", "Bay,road"]
    source = table("\n".join(["village,problems", *rows]))
    assert families(source) == {"problems": 3}


def test_numbers_for_skipped_questions_do_not_break_a_family(table):
    rows = ["Ash,1,0", "Elm,0,1", "Oak,-3,-3", "Fir,1,1", "Yew,-3,-3"]
    source = table("\n".join(["village,needs/road,needs/water", *rows]))
    assert families(source) == {"needs": ["road", "water"]}


def test_a_number_for_each_member_of_a_household_is_one_question(table):
    rows = ["Ash,33,12,", "Elm,45,44,3", "Oak,50,,", "Fir,28,30,"]
    source = table("\n".join(["village,age_1,age_2,age_3", *rows]))
    variable = understand([source]).variables["age"]
    assert (variable.kind, len(variable.parts)) == (QuestionKind.NUMBER, 3)


def test_the_only_list_of_answers_is_the_issue_where_nothing_is_called_so(table):
    rows = ["Ash,road,water,", "Elm,water,,", "Oak,road,food,water", "Fir,food,,"]
    survey = understand([table("\n".join(["village,Q2_1,Q2_2,Q2_3", *rows]))])
    assert survey.fields["issue"] == "Q2"


def test_the_texts_of_a_second_header_row_name_numbered_options(table):
    texts = ",".join(
        ["What village is it?", *(f"What problems do you have? - {o}" for o in ("Water", "Road", "School"))]
    )
    rows = ["Ash,1,0,0", "Elm,0,1,0", "Oak,1,1,1", "Fir,1,0,0"]
    source = table("\n".join(["Q1,Q5_1,Q5_2,Q5_3", texts, *rows]))
    labels = {v.name: [p.label for p in v.options] for v in understand([source]).questions() if v.options}
    assert labels == {"Q5": ["Water", "Road", "School"]}
