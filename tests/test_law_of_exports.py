"""What an export of a form tool holds counts the same, however the tool writes down what was chosen."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import visittally

NAMES = ("water", "water_quality", "quality", "road", "roads", "health", "staff", "no_road")
LABELS = ("Water", "Roads, bridges", "Health (clinic)", "School/college", "Light", "Road works")


@st.composite
def answers(draw, texts, least=2):
    """Some options, and what was chosen in each record: each option by itself once, and most of them together."""
    options = draw(st.lists(st.sampled_from(texts), min_size=least, max_size=6, unique=True))
    chosen = st.lists(st.integers(0, len(options) - 1), min_size=1, max_size=4, unique=True).map(sorted)
    drawn = draw(st.lists(chosen, min_size=10, max_size=24))
    return options, [[i] for i in range(len(options))] + [[0, 1]] + drawn + drawn


def table(header, rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    return text.getvalue()


def issues(path, text, **options):
    path.write_text(text, encoding="utf-8")
    rows = visittally.summarize([path], **options).tables["issues"].to_dict()["rows"]
    return Counter({row["issue"]: row["mentions"] for row in rows if row["mentions"]})


def counted(options, chosen):
    return Counter(options[i] for record in chosen for i in record)


@given(survey=answers(NAMES))
@settings(max_examples=30, deadline=None)
def test_names_joined_by_spaces_are_told_apart(tmp_path_factory, survey):
    options, chosen = survey
    rows = [
        [f"V{n % 3}", " ".join(options[i] for i in record), n, f"{n:08d}-uuid", "2026-04-01T10:00:00"]
        for n, record in enumerate(chosen)
    ]
    text = table(["village", "needs", "_id", "_uuid", "_submission_time"], rows)
    assert issues(tmp_path_factory.mktemp("law") / "visits.csv", text) == counted(options, chosen)


def test_names_that_never_stand_alone_are_told_apart(tmp_path):
    cells = ["water", "road", "school", "water power", "road power", "water road", "water road school power"] * 3
    rows = [["Ash", cell, n, f"{n:08d}-uuid", "2026-04-01T10:00:00"] for n, cell in enumerate(cells)]
    found = issues(tmp_path / "a.csv", table(["village", "needs", "_id", "_uuid", "_submission_time"], rows))
    assert found == Counter(name for cell in cells for name in cell.split())


@pytest.mark.parametrize("sign", ["; ", ";", " | ", "\n", ";#", "<br>", "\t", "→", "┋", "、", " & ", " - "])
@given(survey=answers(LABELS))
@settings(max_examples=8, deadline=None)
def test_any_sign_between_labels_tells_them_apart(tmp_path_factory, sign, survey):
    options, chosen = survey
    rows = [[f"V{n % 3}", sign.join(options[i] for i in record)] for n, record in enumerate(chosen)]
    text = table(["Village", "What are the main problems?"], rows)
    assert issues(tmp_path_factory.mktemp("law") / "visits.csv", text) == counted(options, chosen)


@pytest.mark.parametrize("paths", [("v1/needs", "v2/needs"), ("needs", "needs_v2"), ("hh/v1/needs", "hh/v2/needs")])
@pytest.mark.parametrize("apart", [False, True])
def test_versions_of_a_form_are_one_question(tmp_path, paths, apart):
    options = ("water", "water_quality", "road")
    chosen = [[n % 3] if n % 4 else [0, n % 2 + 1] for n in range(40)]
    header = ["village", *(name for p in paths for name in (p, *(f"{p}/{o}" for o in options if apart)))]
    rows = []
    for n, record in enumerate(chosen):
        own = [" ".join(options[i] for i in record), *(int(i in record) for i in range(3) if apart)]
        blank = [""] * len(own)
        rows.append([f"V{n % 2}", *(own + blank if n < 25 else blank + own)])
    assert issues(tmp_path / "a.csv", table(header, rows)) == counted(options, chosen)
    pieces = [tmp_path / f"part{k}.csv" for k in range(3)]
    for k, piece in enumerate(pieces):
        piece.write_text(table(header, rows[k::3]), encoding="utf-8")
    found = visittally.summarize(pieces).tables["issues"].to_dict()["rows"]
    assert Counter({row["issue"]: row["mentions"] for row in found}) == counted(options, chosen)


def test_zeros_beside_a_blank_count_as_asked_where_other_records_are_blank_throughout(tmp_path):
    path = tmp_path / "a.csv"
    records = ["A,water,1,0", "B,road,0,1", "C,water road,1,1", "D,,0,0", "E,,,"]
    for skipped, base in ((records[:4] * 3, 9), (records * 3, 12)):
        path.write_text("village,needs,needs/water,needs/road\n" + "\n".join(skipped) + "\n", encoding="utf-8")
        assert visittally.summarize([path]).tables["issues"].to_dict()["base"]["cases"] == base


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("village,needs,__id,__system/reviewState", "rejected"),
        ("village,needs,KEY,SubmitterID,SubmissionDate,ReviewState", "rejected"),
        ("village,needs,_id,_uuid,_submission_time,_validation_status/label", "Not Approved"),
        ("village,needs,StartDate,EndDate,Finished,Status", "1"),
        ("village,needs,interview__id,interview__key,interview__status", "65"),
    ],
)
def test_records_that_the_tool_marks_as_rejected_do_not_count(tmp_path, header, word):
    names = header.split(",")
    path = tmp_path / "a.csv"
    rows = [["Ash", "road", *(f"{n:08d}" for _name in names[3:]), "" if n % 4 else word] for n in range(12)]
    path.write_text(table(names, rows), encoding="utf-8")
    receipt = visittally.summarize([path]).receipt
    assert (receipt.records_counted, receipt.records_set_aside) == (9, 3)


def rows_of(visits):
    """Rows of a group: the number of the visit, the number of the row, an issue."""
    return [(n, k, issue) for n, issues_ in enumerate(visits) for k, issue in enumerate(issues_, 1)]


VISITS = [["water", "road"], [], ["road"], ["light", "water", "road"], ["water"], ["light"], [], ["water"]] * 2
KINDS = {
    "survey-solutions": (
        lambda n: f"{n:032x}",
        ["interview__key", "interview__id", "village"],
        lambda key, n: [f"{n:02d}-00-00-00", key, f"V{n % 2}"],
        ["interview__key", "interview__id", "issues__id", "issue"],
        lambda key, n, k, issue: [f"{n:02d}-00-00-00", key, k, issue],
    ),
    "odk-nested": (
        lambda n: f"uuid:{n:08d}-aaaa",
        ["SubmissionDate", "village", "KEY", "SubmitterID"],
        lambda key, n: ["2026-04-01T10:00:00", f"V{n % 2}", key, "7"],
        ["issue", "PARENT_KEY", "KEY"],
        lambda key, _n, k, issue: [issue, f"{key}/members[{k}]", f"{key}/members[{k}]/issues[1]"],
    ),
    "commcare": (
        lambda n: f"{n:08d}-aaaa-bbbb-cccc-123456789012",
        ["number", "formid", "form.village", "received_on", "form_link"],
        lambda key, n: [n, key, f"V{n % 2}", "2026-04-01", "https://example.org"],
        ["number", "number__0", "number__1", "formid", "form.issues.problem"],
        lambda key, n, k, issue: [f"{n}.{k}", n, k, key, issue],
    ),
    "kobo-nested": (
        lambda n: f"{n:08d}-aaaa-bbbb",
        ["village", "_id", "_uuid", "_submission_time", "_index"],
        lambda key, n: [f"V{n % 2}", n + 900, key, "2026-04-01T10:00:00", n + 1],
        ["issue", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"],
        lambda key, n, k, issue: [issue, n * 9 + k, "members", 3 * n + k, key],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_a_group_are_issues_of_their_visit_and_every_visit_was_asked(tmp_path, kind):
    key, head, visit, names, row = KINDS[kind]
    main = table(head, [visit(key(n), n) for n in range(len(VISITS))])
    rows = table(names, [row(key(n), n, k, issue) for n, k, issue in rows_of(VISITS)])
    paths = [tmp_path / "household.csv", tmp_path / "issues.csv"]
    for path, text in zip(paths, (main, rows), strict=True):
        path.write_text(text, encoding="utf-8")
    (tmp_path / "interview__actions.csv").write_text("interview__id,action\n1,0\n2,3\n", encoding="utf-8")

    found = visittally.summarize([*paths, tmp_path / "interview__actions.csv"])

    areas = {r["village"]: (r["cases"], r["raised"]) for r in found.tables["areas"].to_dict()["rows"] if r["village"]}
    listed = found.tables["issues"].to_dict()
    assert {r["issue"]: r["mentions"] for r in listed["rows"]} == Counter(i for issues_ in VISITS for i in issues_)
    assert areas == {f"V{p}": (8, sum(bool(issues_) for issues_ in VISITS[p::2])) for p in (0, 1)}
    assert listed["base"]["cases"] == len(VISITS)


def test_a_column_that_counts_the_mentions_says_that_all_were_asked(tmp_path):
    lines = ["village,issues_count,issue_1,issue_2,issue_3"]
    lines += [f"V{n % 2},{len(v)},{','.join([*v, '', '', ''][:3])}" for n, v in enumerate(VISITS)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert visittally.summarize([path]).tables["issues"].to_dict()["base"]["cases"] == len(VISITS)


@pytest.mark.parametrize("written", ["123", "111", LABELS])
def test_names_over_texts_give_options_their_labels(tmp_path, written):
    chosen = [[n % 3] if n % 4 else [0, n % 2 + 1] for n in range(24)]
    names = ["StartDate", "ResponseId", "Q1", *(f"Q4_{i + 1}" for i in range(3))]
    texts = ["Start Date", "Response ID", "Which village?"]
    texts += [f"What are the main problems? - Selected Choice - {LABELS[i]}" for i in range(3)]
    rows = [
        ["2026-04-01", f"R_{n:08d}", f"V{n % 2}", *(written[i] if i in v else "" for i in range(3))]
        for n, v in enumerate(chosen)
    ]
    path = tmp_path / "a.csv"
    path.write_text(table(names, [texts, *rows]), encoding="utf-8")

    found = visittally.summarize([path]).tables["issues"].to_dict()["rows"]

    assert Counter({r["issue_label"] or r["issue"]: r["mentions"] for r in found}) == counted(LABELS, chosen)


def test_columns_of_yes_and_no_are_offered_as_a_family(tmp_path):
    rows = [f"V{n % 2},{('Yes', 'No')[n % 2]},{('No', 'Yes')[n % 3 == 0]},Yes" for n in range(12)]
    rows += ["V0,Refused,Don't know,Yes"]
    path = tmp_path / "a.csv"
    path.write_text("Village,Wells,Bridge,Classrooms\n" + "\n".join(rows) + "\n", encoding="utf-8")

    said = next(n.message for n in visittally.summarize([path]).notices if n.code == "no_issue")
    found = visittally.summarize([path], family={"problems": ["Wells", "Bridge", "Classrooms"]})

    assert '--family "problems=Wells,Bridge,Classrooms"' in said
    assert {r["issue"]: r["mentions"] for r in found.tables["issues"].to_dict()["rows"]} == {
        "Wells": 6,
        "Bridge": 4,
        "Classrooms": 13,
    }


def test_items_of_a_matrix_are_named_as_such(tmp_path):
    rows = [
        f"V{n % 2},{('good', 'bad', 'fair')[n % 3]},{('bad', 'fair')[n % 2]},{('fair', 'good')[n % 2]}"
        for n in range(12)
    ]
    head = "Village," + ",".join(f"How is the state of things? {item}" for item in ("Road", "Water", "School"))
    path = tmp_path / "a.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    said = [n.message for n in visittally.summarize([path]).notices if n.code == "matrix"]
    assert len(said) == 1
    assert "3 columns" in said[0]


@pytest.mark.parametrize(
    ("marks", "skipped"),
    [("1 0", "99"), ("1 0", "-99"), ("TRUE FALSE", "Refused"), ("Mentioned|Not mentioned", ""), ("√ ×", "n/a")],
)
def test_option_columns_say_what_was_not_answered_in_codes_or_words(tmp_path, marks, skipped):
    yes, no = marks.split("|" if "|" in marks else " ")
    chosen = [[n % 3] if n % 4 else [0, n % 2 + 1] for n in range(24)]
    rows = [[f"V{n % 2}", *(yes if i in record else no for i in range(3))] for n, record in enumerate(chosen)]
    rows += [["V0", *[skipped] * 3]] * 6
    head = ["village", *(f"needs/{name}" for name in NAMES[:3])]
    assert issues(tmp_path / "a.csv", table(head, rows)) == counted(NAMES, chosen)


def test_an_option_that_begins_as_another_one_with_a_colon_is_an_option_of_the_question(tmp_path):
    options = ("Water", "Water: other", "Other water", "Road")
    chosen = [[n % 4] if n % 3 else [0, n % 3 + 1] for n in range(24)]
    rows = [[f"V{n % 2}", *(int(i in record) for i in range(4))] for n, record in enumerate(chosen)]
    head = ["village", *(f"Main needs/{option}" for option in options)]
    assert issues(tmp_path / "a.csv", table(head, rows)) == counted(options, chosen)


@pytest.mark.parametrize("texts", [LABELS, ("Water", "Water: other", "Other water", "Other", "Road")])
def test_labels_of_a_form_joined_by_spaces_are_told_apart_whatever_stands_in_them(tmp_path, texts):
    form = tmp_path / "choices.csv"
    form.write_text(table(["list_name", "name", "label"], [["p", f"o{i}", t] for i, t in enumerate(texts)]), "utf-8")
    asked = tmp_path / "survey.csv"
    asked.write_text(table(["type", "name", "label"], [["select_multiple p", "needs", "Needs"]]), "utf-8")
    chosen = [[n % 4] if n % 3 else [0, n % 3 + 1, 4] for n in range(24)]
    rows = [
        [f"V{n % 2}", " ".join(texts[i] for i in record), n, f"{n:08d}-uuid", "2026-04-01T10:00:00"]
        for n, record in enumerate(chosen)
    ]
    path = tmp_path / "a.csv"
    path.write_text(table(["village", "needs", "_id", "_uuid", "_submission_time"], rows), "utf-8")

    found = visittally.summarize([path], form=[asked, form]).tables["issues"].to_dict()["rows"]

    assert Counter({r["issue_label"] or r["issue"]: r["mentions"] for r in found if r["mentions"]}) == counted(
        texts, chosen
    )


@pytest.mark.parametrize("parent", [True, False])
@pytest.mark.parametrize("together", [True, False])
def test_questions_of_one_label_are_versions_where_they_are_never_filled_together(tmp_path, parent, together):
    chosen = [[n % 3] if n % 4 else [0, n % 2 + 1] for n in range(40)]
    asked = "What are the problems?"
    columns = ([asked] if parent else []) + [f"{asked}/{option}" for option in LABELS[:3]]
    rows = []
    for n, record in enumerate(chosen):
        ticked = [" ".join(LABELS[i] for i in record)] * parent + [int(i in record) for i in range(3)]
        other = [LABELS[n % 3]] * parent + [int(i == n % 3) for i in range(3)] if together else [""] * len(ticked)
        rows.append(
            [f"V{n % 2}", *((ticked + other) if n % 2 or together else other + ticked), n, f"{n:08d}-aaaa", "x"]
        )
    text = table(["Village", *columns, *columns, "_id", "_uuid", "_submission_time"], rows)
    assert issues(tmp_path / "a.csv", text) == counted(LABELS, chosen)


def test_options_that_differ_in_letter_case_only_are_two_where_one_cell_or_the_form_has_both(tmp_path):
    options = ("Road Light", "Road light", "Water")
    chosen = [[n % 3] if n % 4 else [0, 1] for n in range(24)]
    cells = ["; ".join(options[i] for i in record) for record in chosen]
    text = table(["village", "needs"], [[f"V{n % 2}", cell] for n, cell in enumerate(cells)])
    assert issues(tmp_path / "both.csv", text) == counted(options, chosen)

    text = table(["village", "needs"], [["V", "Road Light"], ["V", "Road light"], ["V", "Water"]] * 4)
    assert issues(tmp_path / "spelled.csv", text) == Counter({"Road Light": 8, "Water": 4})

    (tmp_path / "survey.csv").write_text(table(["type", "name"], [["select_one p", "needs"]]), "utf-8")
    listed = [["p", f"o{i}", label] for i, label in enumerate(options)]
    (tmp_path / "choices.csv").write_text(table(["list_name", "name", "label"], listed), "utf-8")
    form = [tmp_path / "survey.csv", tmp_path / "choices.csv"]
    assert issues(tmp_path / "spelled.csv", text, form=form) == Counter(dict.fromkeys(options, 4))


def test_options_in_the_rows_of_a_group_side_by_side_are_one_question(tmp_path):
    rows_of_visits = [[[0, 1], [2]], [[1], []], [[0], [0]], [[2], [0, 1]]] * 5
    head = ["village", *(f"members[{k}]/needs/{o}" for k in (1, 2) for o in NAMES[:3]), "_id", "_uuid"]
    rows = [
        [f"V{n % 2}", *(int(i in ticked) for ticked in visit for i in range(3)), n, f"{n:08d}-aaaa"]
        for n, visit in enumerate(rows_of_visits)
    ]
    assert issues(tmp_path / "a.csv", table(head, rows)) == counted(NAMES, [{*a, *b} for a, b in rows_of_visits])


@pytest.mark.parametrize(
    "header", ["redcap_repeat_instrument,redcap_repeat_instance", "Repeat Instrument,Repeat Instance"]
)
def test_rows_of_a_repeated_form_below_the_visits_are_issues_of_their_visit(tmp_path, header):
    rows, visits = [], [*VISITS, [], []]
    for n, named in enumerate(visits):
        rows.append([n + 1, "", "", f"V{n % 2}", "", ""])
        rows += [[n + 1, "issues", k, "", issue, "done"] for k, issue in enumerate(named, 1)]
    path = tmp_path / "a.csv"
    path.write_text(table(["record_id", *header.split(","), "village", "issue", "status"], rows), "utf-8")

    found = visittally.summarize([path])

    areas = {r["village"]: r["cases"] for r in found.tables["areas"].to_dict()["rows"] if r["village"]}
    listed = found.tables["issues"].to_dict()
    assert areas == {"V0": 9, "V1": 9}
    assert {r["issue"]: r["mentions"] for r in listed["rows"]} == Counter(i for issues_ in VISITS for i in issues_)
    assert listed["base"]["cases"] == len(visits)


@pytest.mark.parametrize("names_visits", [True, False])
def test_repeated_forms_are_visits_where_they_have_a_day_and_are_left_out_where_the_record_has_the_issue(
    tmp_path, names_visits
):
    ticks = [[int(i in (n % 3, n % 2)) for i in range(3)] for n in range(24)]
    options = [f"problems___{i + 1}" for i in range(3)]
    rows = []
    for n, ticked in enumerate(ticks):
        blank = ["", "", ""]
        rows.append([n + 1, "", "", f"V{n % 2}", "", *(blank if names_visits else ticked), ""])
        below = ("2026-04-01", *ticked, "") if names_visits else ("", *blank, 30)
        rows += [[n + 1, "form", k, "", *below] for k in (1, 2)]
    path = tmp_path / "a.csv"
    head = ["record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "village", "visit_date", *options, "age"]
    path.write_text(table(head, rows), "utf-8")

    found = visittally.summarize([path])

    times = 2 if names_visits else 1
    listed = {r["issue"]: r["mentions"] for r in found.tables["issues"].to_dict()["rows"]}
    assert listed == {str(i + 1): times * sum(ticked[i] for ticked in ticks) for i in range(3)}
    assert found.receipt.records_counted == times * len(ticks)


@pytest.mark.parametrize(
    ("head", "done", "left", "condition"),
    [
        (["id", "submitdate", "lastpage", "startlanguage"], "2026-04-01 10:00:00", "", "submitdate!="),
        (["StartDate", "Finished", "EndDate", "ResponseId"], "True", "False", "Finished=True"),
    ],
)
def test_records_that_nobody_finished_count_and_are_said(tmp_path, head, done, left, condition):
    rows = [[n, left if n % 4 == 0 else done, "x", f"R_{n:08d}", f"V{n % 2}", "road"] for n in range(12)]
    path = tmp_path / "a.csv"
    path.write_text(table([*head, "village", "needs"], rows), "utf-8")

    found = visittally.summarize([path])

    assert found.receipt.records_counted == 12
    assert [f'3 records were not completed. They count like the others; --where "{condition}"' in n.message
            for n in found.notices if n.code == "unfinished"] == [True]  # fmt: skip
    assert visittally.summarize([path], where=[condition]).receipt.records_counted == 9


@pytest.mark.parametrize(
    ("asked", "yes", "no"),
    [
        ("Какие основные проблемы?", "Да", "Нет"),
        ("ما هي المشاكل الرئيسية؟", "نعم", "لا"),
        ("Những vấn đề chính là gì?", "Có", "Không"),
        ("Matatizo makuu ni yapi?", "Ndiyo", "Hapana"),
        ("Quels sont les principaux problèmes ?", "Oui", "Non"),
    ],
)
def test_yes_and_no_behind_a_question_for_problems_are_ticks_in_any_language(tmp_path, asked, yes, no):
    chosen = [[n % 3] if n % 4 else [0, n % 2 + 1] for n in range(24)]
    rows = [[f"V{n % 2}", *(yes if i in record else no for i in range(3))] for n, record in enumerate(chosen)]
    text = table(["Village", *(f"{asked} - {label}" for label in LABELS[:3])], rows)
    assert issues(tmp_path / "a.csv", text) == counted(LABELS, chosen)


@pytest.mark.parametrize("asked", ["Quels sont les problèmes ?", "What are the problems?", "Problems"])
def test_mentions_with_their_number_behind_the_question_are_one_question(tmp_path, asked):
    chosen = [[n % 3, (n + 1) % 3][: 1 + n % 2] for n in range(24)]
    rows = [[f"V{n % 2}", *([LABELS[i] for i in record] + ["", ""])[:3]] for n, record in enumerate(chosen)]
    text = table(["Village", *(f"{asked} ({k})" for k in (1, 2, 3))], rows)
    assert issues(tmp_path / "a.csv", text) == counted(LABELS, chosen)


def test_an_option_with_a_comma_of_its_own_that_nobody_joins_is_one(tmp_path):
    options = ("饮水、用水", "道路", "医疗", "就业", "其他")
    text = table(["村", "问题类别"], [["东村", options[n % 5]] for n in range(20)])
    assert issues(tmp_path / "a.csv", text) == Counter(dict.fromkeys(options, 4))


def test_names_joined_in_the_rows_of_a_group_are_told_apart(tmp_path):
    rows_of_visits = [[[0, 1], [2]], [[1]], [[0], [0]], [[2], [0, 1]], [[0, 1, 2]], []] * 4
    keys = [f"{n:08d}-aaaa-bbbb" for n in range(len(rows_of_visits))]
    visits = [["2026-04-01", f"V{n % 2}", n, key, "2026-04-01", n + 1] for n, key in enumerate(keys)]
    members = [
        [" ".join(NAMES[i] for i in ticked), number, "visits", n + 1, n, keys[n]]
        for number, (n, ticked) in enumerate((n, ticked) for n, rows in enumerate(rows_of_visits) for ticked in rows)
    ]
    head = ["start", "village", "_id", "_uuid", "_submission_time", "_index"]
    (tmp_path / "visits.csv").write_text(table(head, visits), "utf-8")
    head = ["needs", "_index", "_parent_table_name", "_parent_index", "_submission__id", "_submission__uuid"]
    (tmp_path / "members.csv").write_text(table(head, members), "utf-8")

    found = visittally.summarize([tmp_path / "visits.csv", tmp_path / "members.csv"]).tables["issues"].to_dict()["rows"]

    assert {r["issue"]: r["mentions"] for r in found} == counted(NAMES, [set().union(*rows) for rows in rows_of_visits])


@pytest.mark.parametrize("codes", [NAMES[:5], ("1", "2", "3", "4", "5")])
@pytest.mark.parametrize("missing", [("-77",), ("-99",), ("-77", "-88", "-99"), ("88", "99"), ("998", "999"), ("-9",)])
@given(data=st.data())
@settings(max_examples=4, deadline=None)
def test_codes_of_missing_answers_in_columns_of_mentions_are_no_mentions(tmp_path_factory, codes, missing, data):
    mentions = st.lists(st.sampled_from(codes), min_size=0, max_size=3, unique=True)
    chosen = [
        [codes[0], codes[1]],
        [codes[1], codes[2]],
        [],
        [],
        *data.draw(st.lists(mentions, min_size=8, max_size=20)),
    ]
    padded = data.draw(st.booleans())
    rows = []
    for n, record in enumerate(chosen):
        code = missing[n % len(missing)]
        cells = record if record or padded else [code]
        rows.append([f"V{n % 3}", *(cells + [code if padded else ""] * 3)[:3]])
    path = tmp_path_factory.mktemp("law") / "a.csv"
    assert issues(path, table(["village", "problem_1", "problem_2", "problem_3"], rows)) == Counter(
        code for record in chosen for code in record
    )


@pytest.mark.parametrize("sign", [" ", ";", ",", "|"])
@given(chosen=st.lists(st.lists(st.integers(0, 3), max_size=3, unique=True).map(sorted), min_size=8, max_size=20))
@settings(max_examples=6, deadline=None)
def test_an_option_called_0_is_an_option_in_joined_codes(tmp_path_factory, sign, chosen):
    chosen = [[0], [1], [2], [3], [0, 1], [2, 3], [0, 1, 2], *chosen]
    rows = [[f"V{n % 3}", sign.join(map(str, record))] for n, record in enumerate(chosen)]
    found = issues(tmp_path_factory.mktemp("law") / "a.csv", table(["village", "problem"], rows))
    assert found == Counter(str(i) for record in chosen for i in record)


@pytest.mark.parametrize("join", [", ", ";"])
@given(survey=answers(("Bad roads", "No water", "School far away", "Clinic closed", "Power cuts"), least=4))
@settings(max_examples=8, deadline=None)
def test_what_was_written_in_is_one_answer_though_its_end_comes_again_or_it_is_said(tmp_path_factory, join, survey):
    options, chosen = survey
    sign = join.strip() + " "
    written = [f"{animal}{sign}stray ones" for animal in ("Dogs", "Goats", "Cats")]
    cells = [[options[i] for i in record] for record in chosen]
    for n, text in enumerate(written):
        cells[4 * n].append(text)
    ending = join if join == ";" else ""
    rows = [[f"V{n % 3}", join.join(cell) + ending] for n, cell in enumerate(cells)]
    path = tmp_path_factory.mktemp("law") / "a.csv"
    found = issues(path, table(["Village", "What are the main problems?"], rows))
    said = {n.code for n in visittally.summarize([path]).notices}
    assert found == Counter(answer for cell in cells for answer in cell) or "labels_joined" in said


@pytest.mark.parametrize(
    "labels", [("Water; dirty", "Roads", "Health", "School; far"), ("水；脏", "路", "医", "学；远")]
)
@pytest.mark.parametrize("size", [5, 8, 12, 40])
def test_signs_inside_labels_that_spaces_join_are_told_or_said(tmp_path, labels, size):
    chosen = [[n % 4] if n % 3 else sorted({n % 4, (n + 1) % 4, (n * n) % 4}) for n in range(size)]
    rows = [
        [f"V{n % 3}", " ".join(labels[i] for i in record), n, f"{n:08d}-uuid", "2026-04-01T10:00:00"]
        for n, record in enumerate(chosen)
    ]
    path = tmp_path / "a.csv"
    path.write_text(table(["village", "needs", "_id", "_uuid", "_submission_time"], rows), "utf-8")
    found = visittally.summarize([path])
    listed = {r["issue"]: r["mentions"] for r in found.tables["issues"].to_dict()["rows"] if r["mentions"]}
    assert listed == counted(labels, chosen) or "labels_joined" in {n.code for n in found.notices}


@pytest.mark.parametrize("groups", [("grp1", "grp2"), ("section_1", "section_2")])
@pytest.mark.parametrize("way", ["names", "ticks", "both"])
def test_one_question_in_numbered_groups_counts_each_answer_of_a_visit_once(tmp_path, groups, way):
    first = [[n % 3] if n % 4 else [0, n % 2 + 1] for n in range(24)]
    second = [[n % 2] if n % 3 else [] for n in range(24)]
    options = NAMES[:3]
    head, rows = ["village"], [[f"V{n % 3}"] for n in range(24)]
    for group, chosen in zip(groups, (first, second), strict=True):
        head += [f"{group}/problem"] * (way != "ticks") + [f"{group}/problem/{o}" for o in options] * (way != "names")
        for row, record in zip(rows, chosen, strict=True):
            row.extend([" ".join(options[i] for i in record)] * (way != "ticks"))
            row.extend([int(i in record) for i in range(3)] * (way != "names"))
    rows = [[*row, n, f"{n:08d}-aaaa", "2026-04-01"] for n, row in enumerate(rows)]
    found = issues(tmp_path / "a.csv", table([*head, "_id", "_uuid", "_submission_time"], rows))
    assert found == counted(options, [{*a, *b} for a, b in zip(first, second, strict=True)])


@pytest.mark.parametrize("way", ["names", "ticks"])
def test_one_question_in_groups_of_other_names_is_said_first_and_counted_where_asked_for(tmp_path, way):
    first = [[n % 3] if n % 4 else [0, n % 2 + 1] for n in range(24)]
    second = [[n % 2] if n % 3 else [] for n in range(24)]
    options, rows, head = NAMES[:3], [], ["village"]
    for group in ("house", "farm"):
        head += [f"{group}/problem"] if way == "names" else [f"{group}/problem/{o}" for o in options]
    for n, both in enumerate(zip(first, second, strict=True)):
        cells = (
            [[" ".join(options[i] for i in record)] for record in both]
            if way == "names"
            else [[int(i in record) for i in range(3)] for record in both]
        )
        rows.append([f"V{n % 3}", *cells[0], *cells[1], n, f"{n:08d}-aaaa", "2026-04-01"])
    text = table([*head, "_id", "_uuid", "_submission_time"], rows)
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")

    (said,) = [n.message for n in visittally.summarize([path]).notices if n.code == "asked_again"]

    asked = said.partition('--family "issue=')[2].rstrip('"').split(",")
    assert issues(path, text, family={"issue": asked}) == counted(
        options, [{*a, *b} for a, b in zip(first, second, strict=True)]
    )


@pytest.mark.parametrize("ticks", [True, False])
def test_rows_of_a_repeated_form_are_issues_of_their_event_and_events_have_the_place_of_their_record(tmp_path, ticks):
    names = ("1", "2", "3") if ticks else ("water", "road", "light")
    head = ["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "village"]
    head += [f"problem___{name}" for name in names] if ticks else ["problem"]
    rows, named, visits = [], [], 0
    for n in range(12):
        for event in ("visit_1_arm_1", "visit_2_arm_1")[: 1 + n % 2]:
            own = [names[(n + k) % 3] for k in range(n % 4)]
            blank = ["0"] * 3 if ticks else [""]
            rows.append([n + 1, event, "", "", f"V{n % 3}" if event.startswith("visit_1") else "", *blank])
            for k, name in enumerate(own, 1):
                cells = [int(name == other) for other in names] if ticks else [name]
                rows.append([n + 1, event, "issue_form", k, "", *cells])
            named += own
            visits += 1
    path = tmp_path / "a.csv"
    path.write_text(table(head, rows), "utf-8")

    found = visittally.summarize([path])

    areas = {r["village"]: r["cases"] for r in found.tables["areas"].to_dict()["rows"] if r["village"] is not None}
    assert {r["issue"]: r["mentions"] for r in found.tables["issues"].to_dict()["rows"] if r["mentions"]} == Counter(
        named
    )
    assert areas == {f"V{p}": 4 + sum(n % 2 for n in range(p, 12, 3)) for p in range(3)}
    assert found.receipt.records_read == visits


@pytest.mark.parametrize("skipped", ["-3", "", "0"])
@pytest.mark.parametrize("numbered", [True, False])
def test_options_behind_the_number_of_their_question_are_its_options(tmp_path, skipped, numbered):
    chosen = [[n % 3] if n % 4 else [0, n % 2 + 1] for n in range(10)]
    asked = "2、您家的主要问题有哪些？"
    head = ["序号", "提交答卷时间", "1、所在村"]
    head += [f"{'2' if numbered and i else asked}({label})" for i, label in enumerate(LABELS[:3])]
    rows = [[n + 1, "2026/4/1", f"村{n % 3}", *(int(i in record) for i in range(3))] for n, record in enumerate(chosen)]
    rows += [[99, "2026/4/1", "村1", *[skipped] * 3]]
    assert issues(tmp_path / "a.csv", table(head, rows)) == counted(LABELS, chosen)


@pytest.mark.parametrize("sign", ["、", ", ", ";"])
def test_options_that_begin_with_their_letter_or_number_are_told_apart_in_few_records(tmp_path, sign):
    for options in (("A.ถนน", "B.น้ำ", "C.ไฟ"), ("1. Roads", "2. Water", "3. Light")):
        rows = [["V", sign.join(options[:2])], ["V", sign.join(options[1:])], ["V", options[2]]]
        found = issues(tmp_path / "a.csv", table(["village", "Main problems"], rows))
        assert found == {options[0]: 1, options[1]: 2, options[2]: 2}


@given(
    chosen=st.lists(
        st.none() | st.lists(st.integers(0, 3), max_size=3, unique=True).map(sorted), min_size=10, max_size=24
    )
)
@settings(max_examples=20, deadline=None)
def test_two_exports_of_one_survey_give_the_same_mentions_and_base_or_say_why_not(tmp_path_factory, chosen):
    options, folder = ("water", "road", "light", "school_far"), tmp_path_factory.mktemp("law")
    chosen = [[0], [1], [2], [3], [0, 1], [1, 2, 3], None, None, *chosen]
    end = ["_id", "_uuid", "_submission_time"]
    joined, apart = [], []
    for n, record in enumerate(chosen):
        names = [" ".join(options[i] for i in record or [])]
        ticks = ["" if record is None else int(i in record) for i in range(4)]
        ours = [n, f"{n:08d}-aaaa", "2026-04-01T10:00:00"]
        joined.append([f"V{n % 3}", *names, *ours])
        apart.append([f"V{n % 3}", *names, *ticks, *ours])
    (folder / "joined.csv").write_text(table(["village", "needs", *end], joined), "utf-8")
    head = ["village", "needs", *(f"needs/{option}" for option in options), *end]
    (folder / "apart.csv").write_text(table(head, apart), "utf-8")

    one, other = (visittally.summarize([folder / name]) for name in ("joined.csv", "apart.csv"))

    first, second = (found.tables["issues"].to_dict() for found in (one, other))
    assert counted(options, [record or [] for record in chosen]) == Counter(
        {r["issue"]: r["mentions"] for r in second["rows"] if r["mentions"]}
    )
    assert [(r["issue"], r["mentions"]) for r in first["rows"] if r["mentions"]] == [
        (r["issue"], r["mentions"]) for r in second["rows"] if r["mentions"]
    ]
    assert second["base"]["cases"] == sum(record is not None for record in chosen)
    assert first["base"] == second["base"] or "blank_or_none" in {notice.code for notice in one.notices}


def test_99_among_words_is_no_issue_and_among_codes_it_is_said_to_count(tmp_path):
    for codes, found in ((NAMES[:3], {}), (("1", "2", "3"), {"99": 4})):
        rows = [["V", codes[n % 3]] for n in range(12)] + [["V", "99"]] * 4
        path = tmp_path / "a.csv"
        assert issues(path, table(["village", "problem"], rows)) == dict.fromkeys(codes, 4) | found
        said = {n.code: n.message for n in visittally.summarize([path]).notices}
        assert '["99"]' in said["codes_apart" if found else "missing_numbers"]


@pytest.mark.parametrize("head", ["problems/{}", "Problems [{}]", "Problem {}", "problem_{}"])
@pytest.mark.parametrize(
    ("yes", "no"),
    [
        *(
            ("○", "×"),
            ("○", ""),
            ("◯", "-"),
            ("●", "○"),
            ("√", "x"),
            ("v", "x"),
            ("O", "X"),
            ("×", ""),
            ("✗", ""),
            ("☒", "☐"),
        ),
        *(
            ("✔\ufe0f", "❌"),
            ("x", "-"),
            ("是", "—"),
            ("[x]", "[ ]"),
            ("+", "-"),
            ("Yes", "No"),
            ("Oui", "Non"),
            ("نعم", "لا"),
        ),
        *(
            ("VERDADERO", "FALSO"),
            ("VRAI", "FAUX"),
            ("ИСТИНА", "ЛОЖЬ"),
            ("选择", "未选择"),
            ("涉及", "不涉及"),
            ("有", "没有"),
        ),
        *(
            ("Coché", "Non coché"),
            ("Marcado", "No marcado"),
            ("Отмечено", "Не отмечено"),
            ("ausgewählt", "nicht ausgewählt"),
        ),
    ],
)
def test_ticks_are_ticks_however_they_are_written(tmp_path, head, yes, no):
    options, rows = ("water", "road", "clinic"), ((1, 0, 0), (1, 1, 0), (0, 1, 0), (1, 0, 1), (0, 1, 1), (1, 0, 0))
    path = tmp_path / "visits.csv"
    lines = [["village", *(head.format(option) for option in options)]]
    lines += [["Elm" if n % 2 else "Oak", *(yes if tick else no for tick in row)] for n, row in enumerate(rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    found = visittally.summarize([str(path)]).tables["issues"].to_dict()["rows"]
    assert {row["issue"]: row["mentions"] for row in found if not row.get("total")} == {
        "water": 4,
        "road": 3,
        "clinic": 2,
    }


def test_what_a_sign_counts_as_is_said(tmp_path):
    path = tmp_path / "visits.csv"
    for yes, no, said in (("×", "", "signs_ticked"), ("√", "x", "signs_not_ticked"), ("√", "×", "")):
        path.write_text(f"village,problems/a,problems/b\nElm,{yes},{no}\nOak,{no},{yes}\n", encoding="utf-8")
        codes = {notice.code for notice in visittally.summarize([str(path)]).notices}
        assert {code for code in codes if code.startswith("signs_")} == ({said} if said else set())


def test_columns_that_say_something_about_problems_are_no_problems(tmp_path):
    path = tmp_path / "visits.csv"
    header = "village,date,problem_raised,problem_solved,problem_urgent"
    lines = [f"{'Elm' if n % 2 else 'Oak'},2026-03-{n:02},{n % 2},{n % 3 and 1},{n % 4 and 1}" for n in range(1, 20)]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    assert "issues" not in visittally.summarize([str(path)]).tables
