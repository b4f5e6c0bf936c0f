"""Which column is what, over all files of a run."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visittally.errors import FieldError
from visittally.survey.forms import parse_form
from visittally.survey.understanding import judge_personal, personal_columns, understand
from visittally.survey.variables import QuestionKind

LEDGER = """
序号,登记日期,村,户主姓名,联系电话,问题类别,办理状态,办结日期,办理时限
1,2026-03-15,甲村,某甲,13900000001,道路交通,已办结,2026-03-17,2026-04-01
2,2026-03-16,乙村,某乙,13900000002,饮水,办理中,,2026-04-01
3,2026-03-17,丙村,某丙,13900000003,道路交通,未办结,,2026-04-01
"""


def fields(source, **named):
    return understand([source], **named).fields


def test_a_ledger_is_understood_by_its_headers(table):
    found = fields(table(LEDGER))

    assert found["village"] == "村"
    assert found["issue"] == "问题类别"
    assert found["status"] == "办理状态"
    assert (found["visit_date"], found["resolved_date"], found["due_date"]) == ("登记日期", "办结日期", "办理时限")


@pytest.mark.parametrize(
    "header",
    [
        "village",
        "Village name",
        " VILLAGE ",
        "2、所在村（必填）",
        "行政村",
        "社区",
        "communauté/village",
        "Comunidad",
        "desa",
    ],
)
def test_the_village_goes_by_many_names(table, header):
    source = table(f"{header},answer\nAsh,1\nElm,2\nOak,3")

    assert header.strip() == fields(source)["village"]


@pytest.mark.parametrize("header", ["Name of the village you visited", "您是哪个村的", "1、您常去的村"])
def test_a_word_inside_the_header_is_enough_with_three_different_answers(table, header):
    assert header == fields(table(f"{header},x\nAsh,1\nElm,2\nOak,3"))["village"]
    assert "village" not in fields(table(f"{header},x\nAsh,1\nAsh,2\nElm,3"))


def test_the_better_name_wins_and_the_other_is_named(table):
    survey = understand([table("area,community,x\nNorth,Ash,1\n,Elm,2\n,Oak,3")])
    guess = next(g for g in survey.guesses if g.field == "village")

    assert (guess.chosen, guess.runners_up[:1], guess.certain) == ("community", ("area",), False)


def test_the_issue_is_the_question_with_several_answers_among_those_that_name_problems(table):
    source = table(
        """
        village,has_problems,problems_reported,problems_reported_other,who_heard_of_problems,problem_solved
        Ash,yes,road; water,the bus,clerk,no
        Elm,yes,water,,chief,yes
        Oak,no,road; school,,nurse,no
        Fir,yes,road,,clerk,yes
        Yew,yes,water; school,,clerk,yes
        """
    )

    assert fields(source)["issue"] == "problems_reported"


def test_a_category_comes_before_free_text(table):
    source = table(
        "村,反映问题,问题类别\n甲村,村口的路坑坑洼洼不好走,道路\n乙村,自来水经常停水用水很不方便,饮水\n丙村,学校离家太远孩子上学很不方便,教育"
    )
    found = fields(source)

    assert (found["issue"], found["issue_text"]) == ("问题类别", "反映问题")


def test_free_text_is_the_issue_where_there_is_no_category(table):
    survey = understand(
        [
            table(
                "村,反映问题\n甲村,村口的路坑坑洼洼不好走\n乙村,自来水经常停水用水很不方便\n丙村,学校离家太远孩子上学很不方便"
            )
        ]
    )

    assert survey.fields["issue"] == "反映问题"
    assert survey.variables["反映问题"].kind is QuestionKind.TEXT


@pytest.mark.parametrize("header", ["marital_status", "consent_photo", "health_state"])
def test_a_status_needs_its_whole_header_or_its_words(table, header):
    assert "status" not in fields(table(f"village,{header}\nAsh,married\nElm,single\nOak,widowed"))


def test_a_status_is_told_by_its_words_under_any_header(table):
    assert (
        fields(table("village,what happened\nAsh,resolved\nElm,in progress\nOak,resolved"))["status"] == "what happened"
    )


def test_words_of_visits_and_of_issues_tell_an_outcome_from_a_status(table):
    visits = table("village,Outcome\nAsh,Completed\nElm,Refused\nOak,Not at home\nFir,Partially completed")
    issues = table("village,Result\nAsh,Completed\nElm,In progress\nOak,Not started\nFir,Partially completed")

    assert "status" not in fields(visits)
    assert fields(visits)["visit_outcome"] == "Outcome"
    assert fields(issues)["status"] == "Result"


def test_an_outcome_is_told_by_its_words(table):
    assert fields(table("村,走访情况\n甲村,完成\n乙村,拒访\n丙村,完成"))["visit_outcome"] == "走访情况"
    assert "visit_outcome" not in fields(table("村,走访情况\n甲村,聊了收成\n乙村,说了修路的事\n丙村,家里有客人"))


def test_a_form_tools_own_columns_serve_only_their_own_fields(table):
    found = fields(
        table("village,_uuid,_submission_time,_status\nAsh,aaaa-0001,2026-04-01,x\nElm,aaaa-0002,2026-04-02,x")
    )

    assert found["submitted_at"] == "_submission_time"
    assert "visit_date" not in found
    assert "status" not in found


def test_the_user_names_a_column_for_a_field(table):
    source = table("place,told us\nAsh,road\nElm,water\nOak,road")

    found = fields(source, columns={"village": "place", "issue": "Told us"})

    assert found == {"village": "place", "issue": "told us"}


def test_category_is_another_name_for_the_issue(table):
    assert fields(table("place,trouble\nAsh,road\nElm,water"), columns={"category": "trouble"})["issue"] == "trouble"


def test_an_unknown_field_is_named_with_the_nearest_one(table):
    with pytest.raises(FieldError, match=r'no field "vilage".*"village"'):
        understand([table("place\nAsh\nElm")], columns={"vilage": "place"})


def test_an_unknown_header_is_named_with_the_files(table):
    with pytest.raises(FieldError, match=r'visits.csv.*"Dorf"'):
        understand([table("place,x\nAsh,1\nElm,2")], columns={"village": "Dorf"})


def test_columns_that_moved_or_are_missing_are_matched_by_name(table):
    one = table("village,issue,age\nAsh,road,31\nElm,water,40", "a.csv")
    two = table("age,village\n50,Oak\n61,Fir", "b.csv")

    survey = understand([one, two])

    assert [layout.columns["village"] for layout in survey.layouts] == [(0,), (1,)]
    assert survey.layouts[1].columns["issue"] == (None,)


def test_a_field_that_files_call_otherwise_is_one_variable(table):
    one = table("village,issue\nAsh,road\nElm,water", "a.csv")
    two = table("村,问题类别\n甲村,道路\n乙村,饮水", "b.csv")

    survey = understand([one, two])

    assert [layout.columns[survey.fields["village"]] for layout in survey.layouts] == [(0,), (0,)]
    assert [layout.columns[survey.fields["issue"]] for layout in survey.layouts] == [(1,), (1,)]


def test_other_paths_of_groups_do_not_part_a_question(table):
    one = table("intro/village,roof\nAsh,tin\nElm,straw", "a.csv")
    two = table("place/visit/village,roof\nOak,tin\nFir,straw", "b.csv")

    assert [layout.columns["intro/village"] for layout in understand([one, two]).layouts] == [(0,), (0,)]


def test_a_question_that_took_one_answer_and_later_several_is_one_question(table):
    old = table("village,fuel\nAsh,wood\nElm,gas\nOak,wood", "2025.csv")
    new = table("village,fuel,fuel/wood,fuel/gas\nAsh,wood gas,1,1\nElm,gas,0,1", "2026.csv")

    survey = understand([old, new])

    assert survey.variables["fuel"].kind is QuestionKind.MULTI
    assert [layout.columns["fuel"] for layout in survey.layouts] == [(1, None, None), (1, 2, 3)]


@pytest.mark.parametrize(
    "header",
    [
        "户主姓名",
        "联系电话",
        "Phone number",
        "latitude",
        "_home_longitude",
        "deviceid",
        "身份证号",
        "家庭住址",
        "visit/name",
        "来自IP",
    ],
)
def test_personal_columns_are_no_records_to_hand_on(table, header):
    assert {1} == personal_columns(table(f"village,{header}\nAsh,x1\nElm,x2\nOak,x3"))


@pytest.mark.parametrize(
    "header",
    ["village name", "restaurant_name", "名称", "household_id", "name_of_clerk", "district_name", "gps_method"],
)
def test_other_columns_are_handed_on(table, header):
    assert frozenset() == personal_columns(table(f"village,{header}\nAsh,x1\nElm,x2\nOak,x3"))


def test_options_are_not_personal_whatever_they_are_called(table):
    source = table("reach,reach/phone,reach/email\nphone,1,0\nemail,0,1\nphone email,1,1")

    assert frozenset() == personal_columns(source)
    assert not understand([source]).variables["reach/phone"].personal


@pytest.mark.parametrize("header", ["name_of_clerk", "household_id", "What is your name", "户主"])
def test_more_is_kept_out_of_tables(table, header):
    survey = understand([table(f"village,{header}\nAsh,Mo\nElm,Li\nOak,Bo")])

    assert header not in {q.name for q in survey.questions()}


def test_a_place_that_a_form_tool_located_is_personal(table):
    source = table("where,_where_latitude,_where_longitude\n1.5 2.5,1.5,2.5\n1.6 2.6,1.6,2.6")

    assert understand([source]).variables["where"].personal


def test_personal_columns_are_never_taken_for_a_field(table):
    assert "village" not in fields(table("village phone number,x\n13900000001,1\n13900000002,2\n13900000003,3"))


def test_a_form_says_types_labels_and_order(table):
    form = parse_form(
        [
            [
                ["type", "name", "label"],
                ["select_multiple n", "needs", "What do you need?"],
                ["geopoint", "spot", "Where?"],
            ],
            [["list_name", "name", "label"], ["n", "water", "Clean water"], ["n", "road", "A road"]],
        ]
    )
    survey = understand([table("needs,needs/road,needs/water,spot\nroad,1,0,here\nwater,0,1,there")], form=form)
    needs = survey.variables["needs"]

    assert (needs.label, [p.label for p in needs.options]) == ("What do you need?", ["Clean water", "A road"])
    assert survey.layouts[0].columns["needs"] == (0, 2, 1)
    assert survey.variables["spot"].personal


def test_a_table_without_header_has_numbered_columns(table):
    survey = understand([table("1,2,3\n4,5,6\n7,8,9")])

    assert [q.name for q in survey.questions()] == ["column 1", "column 2", "column 3"]


def test_personal_data_cannot_be_a_field_that_is_shown(table):
    source = table("户主姓名,问题类别\n某甲,道路\n某乙,饮水")

    with pytest.raises(FieldError, match=r'"户主姓名" holds personal data'):
        understand([source], columns={"village": "户主姓名"})
    assert fields(source, columns={"household_id": "户主姓名"})["household_id"] == "户主姓名"


def test_a_bare_name_is_the_village_when_the_user_says_so(table):
    survey = understand([table("name,planned\nAsh,4\nElm,6")], columns={"village": "name"})

    assert not survey.variables["name"].personal


def test_kinds_of_those_visited_are_not_their_names(table):
    assert fields(table("走访对象,计划数\n住户,400\n企业,30\n学校,6"))["target_type"] == "走访对象"
    assert "target_type" not in fields(table("走访对象,村\n某甲,甲村\n某乙,乙村\n某丙,丙村"))


MIXED = """
village,needs,needs/road,needs/water,owed1,owed2,owed3,phone,when,_uuid,_submission_time
Ash,road,1,0,bank,shop,,13900000001,2026-04-01,aaaa-0001,2026-04-02
Elm,water,0,1,shop,,,13900000002,2026-04-02,aaaa-0002,2026-04-03
Oak,road water,1,1,kin,bank,shop,13900000003,2026-04-03,aaaa-0003,2026-04-04
Fir,,0,0,kin,shop,,13900000004,2026-04-04,aaaa-0004,2026-04-05
Yew,water,0,1,bank,,,13900000005,2026-04-05,aaaa-0005,2026-04-06
Bay,road,1,0,shop,kin,bank,13900000006,2026-04-06,aaaa-0006,2026-04-07
"""
LINES = [line.split(",") for line in MIXED.strip().splitlines()]


def understood(survey):
    """What the survey says, without the order of columns."""
    parts = {v.name: (v.kind, v.personal, v.ours, frozenset(v.parts)) for v in survey.variables.values()}
    return survey.fields, parts


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=st.permutations(range(len(LINES[0]))))
def test_the_order_of_columns_does_not_matter(table, order):
    moved = table("\n".join(",".join(line[i] for i in order) for line in LINES))

    assert understood(understand([moved])) == understood(understand([table(MIXED)]))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cut=st.integers(1, len(LINES) - 2))
def test_it_does_not_matter_how_records_are_spread_over_files(table, cut):
    head, *records = MIXED.strip().splitlines()
    files = [table("\n".join([head, *part]), f"{i}.csv") for i, part in enumerate((records[:cut], records[cut:]))]

    assert understood(understand(files)) == understood(understand([table(MIXED)]))


def test_personal_headers_below_a_merged_row_are_no_records_to_hand_on(table):
    source = table(
        """
        走访对象,,走访情况,
        行政村,户主姓名,联系电话,走访日期
        东村,甲,1,2026-03-01
        西村,乙,2,2026-03-02
        南村,丙,3,2026-03-03
        """
    )
    assert {1, 2} == personal_columns(source)


def test_what_could_be_personal_is_named_though_it_is_kept(table):
    rows = "\n".join(f"Ash,Ann {i},+4479460958{i:02},good" for i in range(20))
    found = judge_personal(table(f"village,enumerator,number,water\n{rows}"))
    assert (frozenset(), ("enumerator", "number")) == (found.certain, found.likely)


def test_a_column_that_another_file_calls_otherwise_is_no_rival(table):
    first = table("village,issue\nAsh,road\nElm,water\nOak,road", "april.csv")
    second = table("Problem,Name of village\nroad,Ash\nwater,Fir\nroad,Oak", "may.csv")

    survey = understand([first, second])

    assert {(g.field, g.runners_up, g.certain) for g in survey.guesses if g.field in {"village", "issue"}} == {
        ("village", (), True),
        ("issue", (), True),
    }
