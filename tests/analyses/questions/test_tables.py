"""The tables of questions: one a question, and all of them as one."""

from __future__ import annotations

import visittally


def test_each_question_has_the_table_of_its_type(answers):
    tables = visittally.questions(answers).tables
    names = {name: [c.name for c in table.columns if c.machine][:2] for name, table in tables.items()}

    assert names["needs"] == ["answer", "answer_label"]
    assert names["age"] == ["n", "mean"]
    assert names["seen"] == ["n", "min"]


def test_texts_are_counted_unless_they_are_listed(write):
    texts = [f"the well of house {i} is dry in summer" for i in range(30)]
    name = write("a.csv", "village,remark\n" + "".join(f"Ash,{text}\n" for text in texts))

    assert visittally.questions(name).tables["remark"].columns[1].name == "distinct"
    assert visittally.questions(name, texts=True).tables["remark"].columns[0].name == "answer"


def test_one_long_table_holds_the_rows_of_all_with_what_they_lack_left_blank(answers):
    tables = visittally.questions(answers, question=["sex", "age"]).tables
    rows = tables["long"].to_dict()["rows"]

    assert [(row["question"], row["answer"], row["mentions"]) for row in rows[:2]] == [("sex", "f", 4), ("sex", "m", 2)]
    assert (rows[2]["question"], rows[2]["answer"], rows[2]["n"], rows[2]["min"]) == ("age", None, 6, 28)
    assert rows[0]["n"] is None
    assert tables["long"].columns[0].name == "question"


def test_which_question_a_figure_is_about_stands_in_its_row(answers):
    tables = visittally.questions(answers, question=["sex", "age"]).tables
    mentions = {name: tables[name].columns[tables[name].column("mentions")].measure for name in ("sex", "long")}

    assert mentions["sex"].about == {("question", "sex")}
    assert mentions["long"].about == frozenset()
