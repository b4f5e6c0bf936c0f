"""Open answers by kind: thoughts, wishes, worries, demands."""

import pytest

import visittally
from visittally.analyses.analysis import run
from visittally.analyses.questions.tabulate import tabulate

ASKED = """
    村,户编号,所思,所盼,所忧,要求与建议,备注说明,反映问题
    东村,1,觉得这几年路修得好了不少,盼望把水渠修好,,修路,,道路
    东村,2,对政策不太了解,盼望村里有个诊所,担心农资继续涨价,无,家里只有老人在,饮水
    西村,3,没什么想法了,,担心孩子上学太远,增设校车接送孩子,,
    西村,4,,盼望早点通自来水,担心老人看病不方便,请求协调用水,下午再来一次,饮水
    """


@pytest.fixture
def asked(write):
    return write("asked.csv", ASKED)


def test_open_answers_are_counted_by_kind(asked):
    rows = visittally.questions(asked).tables["open_answers"].to_dict()["rows"]
    found = {row["question"]: (row["kind"], row["answered"], row["cases"]) for row in rows}

    assert found == {
        "所思": ("thought", 3, 4),
        "所盼": ("wish", 3, 4),
        "所忧": ("worry", 3, 4),
        "要求与建议": ("demand", 3, 4),  # "none" is no demand
    }
    assert [row["kind"] for row in rows] == ["thought", "wish", "worry", "demand"]


def test_questions_of_no_kind_have_no_such_table(write):
    assert (
        "open_answers"
        not in visittally.questions(write("plain.csv", "village,remark\nA,dry well at the road\nB,\n")).tables
    )


def test_the_texts_go_into_a_file_by_question(asked, command, folder):
    ended = command("questions", asked, "-Q", "所盼", "-Q", "所忧", "--texts", "-o", "texts.csv")

    written = (folder / "texts.csv").read_text("utf-8-sig")
    assert ended.status == 0
    assert "所盼,盼望把水渠修好" in written
    assert "所忧,担心孩子上学太远" in written


def test_refusals_and_sentences_that_there_is_nothing_are_no_answers(write):
    text = "village,Worries,problem\n" + "".join(
        f"Ash,{said},road\n" for said in ("refused", "no", "No complaints raised.", "dont know", "the well runs dry")
    )
    (row,) = visittally.questions(write("worries.csv", text)).tables["open_answers"].to_dict()["rows"]

    assert (row["answered"], row["cases"]) == (1, 5)


def test_a_question_may_bear_the_name_of_a_table_of_all_questions(write):
    path = write(
        "named.csv", "village,open_answers,worries\n" + "A,yes,dry well at the road\nB,no,the school is far away\n" * 6
    )
    tables = visittally.questions(path).tables

    assert {row["question"] for row in tables["long"].to_dict()["rows"]} >= {"open_answers"}
    assert {row["answer"]: row["mentions"] for row in tables["question open_answers"].to_dict()["rows"]} == {
        "yes": 6,
        "no": 6,
    }


def test_texts_are_not_asked_for_together_with_their_counts(surveyed):
    text = "village,worries\n" + "A,dry well at the road\nB,the school is far away\n" * 6
    with pytest.raises(visittally.VisitTallyError, match="leave one out"):
        run(surveyed(text, texts=True, table=("open_answers",)), tabulate)
