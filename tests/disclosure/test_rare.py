"""What the public does not see beside small counts: labels of rare answers, extremes, sensitive issues by village."""

import visittally
from visittally.words.sensitive import sensitive_words

ISSUES = ["road"] * 30 + ["water"] * 20 + ["domestic violence"] * 12 + ["Wanjiru Kamau wants a dam", "a well for us"]


def survey(folder, issues=ISSUES):
    lines = [f"{'Ash' if i % 2 else 'Birch'},{issue},{100 + 37 * i}" for i, issue in enumerate(issues)]
    path = folder / "visits.csv"
    path.write_text("village,issue,income\n" + "\n".join(lines), encoding="utf-8")
    return str(path)


def test_answers_of_few_are_one_row_and_one_column(folder):
    result = visittally.summarize(survey(folder), public=True)

    for table in result.to_dict()["tables"]:
        assert "Wanjiru" not in str(table)
        assert "well for us" not in str(table)
    (other,) = [row for row in result.tables["issues"].to_dict()["rows"] if row["issue"] == "other_answers"]
    assert other["mentions"] is None
    assert "other_answers" in {column.name for column in result.tables["crosstab"].columns}


def test_answers_of_few_stay_where_nothing_is_published(folder):
    issues = visittally.summarize(survey(folder), min_cell=5).tables["issues"].to_dict()["rows"]

    assert {row["issue"] for row in issues} == {*ISSUES}


def test_extremes_and_quantiles_of_few_are_hidden(folder):
    (row,) = visittally.questions(survey(folder), question="income", min_cell=5).tables["income"].to_dict()["rows"]
    assert (row["min"], row["max"]) == (None, None)
    assert None not in (row["mean"], row["median"], row["q1"], row["q3"])

    few = survey(folder, ISSUES[:12])
    (row,) = visittally.questions(few, question="income", min_cell=5).tables["income"].to_dict()["rows"]
    assert row["median"] is not None
    assert [row[name] for name in ("min", "q1", "q3", "max")] == [None] * 4


def test_first_and_last_dates_are_those_of_single_visits(folder):
    path = folder / "visits.csv"
    path.write_text(
        "village,visit_date,issue\n" + "".join(f"Ash,2026-03-{n % 28 + 1:02},road\n" for n in range(30)),
        encoding="utf-8",
    )
    shown, hidden = (visittally.coverage(str(path), min_cell=n).tables["places"].to_dict()["rows"][0] for n in (0, 5))

    assert (shown["first_date"], shown["last_date"]) == ("2026-03-01", "2026-03-28")
    assert (hidden["first_date"], hidden["last_date"], hidden["visited"]) == (None, None, 30)


def test_sensitive_issues_are_told_by_words_and_not_by_village(folder):
    tables = visittally.summarize(survey(folder), public=True).tables

    assert "domestic violence" in {row["issue"] for row in tables["issues"].to_dict()["rows"]}
    assert "domestic violence" not in {column.name for column in tables["crosstab"].columns}
    assert "domestic violence" not in {row["issue"] for row in tables["long"].to_dict()["rows"]}


def test_sensitive_words():
    told = ["domestic violence", "家庭暴力", "邻居家暴", "gender-based violence", "sexual abuse", "child abuse",
            "drugs", "HIV", "human_trafficking", "staff misconduct", "举报村干部"]  # fmt: skip
    assert all(map(sensitive_words, told))
    assert not any(map(sensitive_words, ["road", "rapeseed", "道路", "饮水", "sea wall", "drainage", "grapes"]))


def test_records_that_a_column_marks_as_sensitive_are_in_no_published_table(folder):
    path = folder / "visits.csv"
    rows = [
        f"{('Ash', 'Birch')[n % 2]},{('road', 'water')[n % 3 == 0]},{('no', 'yes')[n % 10 == 0]}" for n in range(60)
    ]
    path.write_text("\n".join(["village,issue,sensitive", *rows]), encoding="utf-8")
    published, whole = (visittally.summarize(str(path), public=public) for public in (True, False))

    assert published.tables["areas"].to_dict()["rows"][-1]["cases"] == 54
    assert whole.tables["areas"].to_dict()["rows"][-1]["cases"] == 60
    assert any('"sensitive" marks as sensitive' in notice.message for notice in published.notices)


def test_texts_with_sensitive_words_are_not_published_by_village_under_another_category(folder):
    harmless = ["The road to the market is broken again", "Our well has no clean water in the dry season"]
    texts = [f"{harmless[n % 2]}, house row {n}" for n in range(40)]
    texts += [f"My husband beats me, domestic violence on the road home, {n}" for n in range(12)]
    path = folder / "visits.csv"
    rows = [f'{("Ash", "Birch")[n % 2]},"{text}"' for n, text in enumerate(texts)]
    path.write_text("\n".join(["village,issue", *rows]), encoding="utf-8")
    tables = visittally.summarize(str(path), public=True).tables

    assert {"road", "water", "sensitive"} <= {row["issue"] for row in tables["issues"].to_dict()["rows"]}
    assert "sensitive" not in {row["issue"] for row in tables["long"].to_dict()["rows"]}
    assert "sensitive" not in {column.name for column in tables["crosstab"].columns}


def test_answers_to_a_sensitive_question_are_not_published_by_village(folder):
    path = folder / "visits.csv"
    rows = [f"{('Ash', 'Birch')[n % 2]},{('no', 'yes')[n % 3 == 0]},{('tap', 'well')[n % 4 == 0]}" for n in range(80)]
    path.write_text("\n".join(["village,suffered_domestic_violence,water source", *rows]), encoding="utf-8")
    tables = visittally.questions(str(path), by="village", public=True).tables
    everywhere = visittally.questions(str(path), public=True).tables

    sensitive = tables.get("suffered_domestic_violence")
    assert sensitive is None or not list(sensitive.body())
    assert "suffered_domestic_violence" not in {row["question"] for row in tables["long"].to_dict()["rows"]}
    assert {row["answer"] for row in tables["water source"].to_dict()["rows"]} == {"tap", "well"}
    assert {row["answer"] for row in everywhere["suffered_domestic_violence"].to_dict()["rows"]} == {"yes", "no"}

    across = visittally.summarize(str(path), across="suffered_domestic_violence", public=True).tables
    assert "crosstab" not in across or not {"yes", "no"} & {column.name for column in across["crosstab"].columns}


def test_answers_of_few_on_the_later_side_alone_are_joined_and_those_of_many_on_either_stay(folder):
    before, after = folder / "before.csv", folder / "after.csv"
    earlier, later = ["road"] * 9 + ["water"] * 8 + ["school"], ["road"] * 9 + ["school"] * 8 + ["a well for us"]
    for path, issues in ((before, earlier), (after, later)):
        path.write_text("village,issue\n" + "".join(f"Ash,{issue}\n" for issue in issues), encoding="utf-8")

    rows = visittally.compare(str(after), before=str(before), public=True).tables["shares"].to_dict()["rows"]

    assert {row["answer"] for row in rows} == {"road", "water", "school", "other_answers"}
