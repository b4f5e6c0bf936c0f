"""`check`: the two locks, each signal on small cases, what it may not say, the laws, published figures."""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.analyses.check.answering import heaped
from visittally.analyses.check.locks import shares
from visittally.analyses.check.places import haversine
from visittally.words.dates import DateOrder
from visittally.words.moments import parse_moment

LOCALE = Path(__file__).parents[3] / "src" / "visittally" / "locale" / "zh_CN" / "LC_MESSAGES" / "visittally.po"
SOURCES = Path(__file__).parents[3] / "src" / "visittally"
SHARED = next((p / "shared" / "data" for p in Path(__file__).parents if (p / "shared" / "data").is_dir()), None)
needs_shared = pytest.mark.skipif(SHARED is None, reason="the published files are not here")


# ---------------------------------------------------------------- the two locks
def test_both_locks_must_be_open():
    """Above the threshold and far from the rest and enough records; far below where that counts, too."""
    flags = np.array([True] * 20 + [False] * 20 + [True] * 10 + [False] * 300 + [True] * 8 + [False] * 12)
    members = (np.arange(40), np.arange(40, 350), np.arange(350, 370), np.arange(3))
    found = shares(flags, np.ones(len(flags), bool), members, 20.0)

    assert [found[i].recheck for i in (0, 1, 2)] == [True, False, None]  # 20 of 40; 10 of 310; only 20 records
    assert 3 not in found  # fewer than ten: nothing is said
    assert shares(flags, np.ones(len(flags), bool), members, 60.0)[0].recheck is False
    assert shares(flags, np.ones(len(flags), bool), members, 20.0, low=True)[1].recheck is True


def test_a_campaign_does_not_end_before_it_begins(command, write):
    path = write("v.csv", "village,visitor,visit_date\nAsh,Ann,2026-03-01\n")
    run = command("check", path, "--from", "2026-05-01", "--to", "2026-03-01")

    assert (run.status, run.out) == (2, "")
    assert "--from 2026-05-01 is a later day than --to 2026-03-01" in run.err
    assert command("check", path, "--from", "2026-03-01", "--to", "2026-03-01").status == 0


def test_where_many_visitors_are_pointed_out_the_question_is_looked_at_first(command, write):
    """Three of six visitors write it in every second record, three never: that is hardly a matter of single ones."""
    words = itertools.cycle(["abcabc", "bcabca", "cabacb", "acbbac", "bbacca"])
    text = HEADER + "\n"
    for number, who in enumerate("ABCDEF"):
        for i in range(40):
            first = "dont know" if number % 2 and i % 2 else "yes"
            cells = [
                f"{who}{i}",
                who,
                "Elm",
                f"H{who}{i}",
                minute(1 + i // 8, i % 8 * 60),
                minute(1 + i // 8, i % 8 * 60 + 40),
            ]
            text += ",".join([*cells, first, *next(words)[1:], str(20 + i)]) + "\n"

    sentence = "before single visitors: Don't know (6/6)."
    assert sentence in command("check", write("survey.csv", text)).out
    assert "before single visitors" not in command("check", write("few.csv", text.replace("dont know", "no"))).out


# ---------------------------------------------------------------- single signals
HEADER = "uuid,enumerator,village,household,start,end,q1,q2,q3,q4,q5,q6,age"


def survey(rows):
    """Records as csv: (visitor, start, end, answers) each."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(HEADER.split(","))
    for n, (who, start, end, answers) in enumerate(rows, 1):
        write.writerow([f"{n:032x}", who, "Ash" if n % 2 else "Birch", f"H{n}", start, end, *answers])
    return out.getvalue()


def minute(day, minutes):
    """A moment of April 2026."""
    return f"2026-04-{day:02d}T{8 + minutes // 60:02d}:{minutes % 60:02d}:00"


def visits(who, n, *, gap=60, length=40, first=1, answers=None):
    """Visits of somebody, eight a day."""
    given_answers = itertools.cycle("abc")
    for i in range(n):
        at = (i % 8) * gap
        day = first + i // 8
        cells = answers or [next(given_answers) if j != i % 6 else "a" for j in range(6)]
        yield who, minute(day, at), minute(day, at + length), [*cells, 20 + (i * 7) % 43]


@pytest.fixture
def checked(write, command):
    """Tables of a check."""

    def run(text, *options, name="survey.csv"):
        ended = command("check", write(name, text), "-f", "json", *options)
        assert ended.status == 0, ended.err
        return ended.tables()

    return run


def state_of(tables, signal):
    """The row of a signal in the overview."""
    return next(row for row in tables["overview"] if row["signal"] == signal)


def test_overlapping_visits(checked):
    """A visit that begins before another one ended; a form left open covers nothing."""
    rows = [*visits("Ann", 40), *visits("Bob", 40, gap=20)]
    tables = checked(survey(rows))
    assert state_of(tables, "overlap")["count"] == 35  # seven of eight each day
    told = {r["visitor"]: r["recheck"] for r in tables["signals"] if r["signal"] == "overlap"}
    assert sorted(told.values()) == [False, True]

    left_open = [*visits("Ann", 40), ("Ann", minute(9, 0), minute(9, 400), [*"abcabc", 33]),
                 ("Ann", minute(9, 60), minute(9, 100), [*"abcabc", 34])]  # fmt: skip
    assert state_of(checked(survey(left_open)), "overlap")["count"] == 0


def test_short_interviews_and_pace(checked):
    """Below three tenths of the median, at least two minutes; pace needs five visitors."""
    rows = [row for i, who in enumerate("ABCDE") for row in visits(who, 30, length=38 + i)]
    rows += visits("F", 32, length=5)
    tables = checked(survey(rows))
    assert state_of(tables, "short")["count"] == 32
    assert sum(r["recheck"] is True for r in tables["signals"] if r["signal"] == "short") == 1
    assert [r["value"] for r in tables["signals"] if r["signal"] == "pace" and r["recheck"]] == [5.0]
    assert state_of(checked(survey(list(visits("A", 30)))), "pace")["state"] == "too_few"


def test_the_same_record_and_the_same_household(checked):
    """Exact repeats but for the running number; a household twice in a day with other answers."""
    rows = ("1,甲,东村,7,2026-04-01,瓦", "2,甲,东村,7,2026-04-01,瓦", "3,乙,东村,7,2026-04-01,草",
            "4,乙,东村,7,2026-04-02,草", "5,乙,西村,7,2026-04-01,草")  # fmt: skip
    text = "\n".join(("序号,走访人,村,户号,走访日期,屋顶", *rows, ""))
    tables = checked(text)
    assert state_of(tables, "duplicate")["count"] == 2
    assert [(r["line"], r["other_line"]) for r in tables["records"] if r["signal"] == "duplicate"] == [(3, 2), (4, 2)]


def test_identical_texts_of_other_households(checked):
    """Exact repeats of records are taken out first; what several visitors report is one problem of many."""

    def row(n, who, text):
        return f"{n},{who},V,H{n},2026-04-01,{text}\n"

    own = "".join(row(i, "A", "the pump behind the school is broken") for i in range(12))
    own += "".join(row(20 + i, "B", f"something else happened here number {i}") for i in range(12))
    head = "no,enumerator,village,household,date,problem description\n"
    assert state_of(checked(head + own), "identical_text")["count"] == 12
    shared = own + row(60, "B", "the pump behind the school is broken")
    assert state_of(checked(head + shared), "identical_text")["count"] == 0


def test_a_ledger_in_which_one_text_stands_for_most_is_looked_at(checked):
    """So few different texts look like answers of a list: under a description of the issue they are none."""
    head = "no,enumerator,village,household,date,problem description,category\n"
    same = "".join(f"{i},A,V,H{i},2026-04-01,the road by the mill is broken,road\n" for i in range(25))
    own = "".join(f"{40 + i},B,V,G{i},2026-04-02,what house {i} wants is a tap,water\n" for i in range(5))
    found = state_of(checked(head + same + own), "identical_text")

    assert (found["count"], found["base"]) == (25, 30)


def test_texts_that_are_too_short_to_tell_are_too_few(checked):
    head = "no,enumerator,village,household,date,problem description\n"
    rows = "".join(f"{i},{'AB'[i % 2]},V,H{i},2026-04-01,road {i}\n" for i in range(12))

    assert state_of(checked(head + rows), "identical_text")["state"] == "too_few"


def test_ages_that_end_in_0_and_5():
    """Whipple's index is 100 where no digit is preferred, 500 where all ages are round."""
    assert heaped(np.arange(23, 63)).whipple == 100
    assert heaped(np.repeat(np.arange(25, 61, 5), 4)) is None  # eight different ages are no measure
    assert heaped(np.concatenate([np.arange(20, 100, 5), np.arange(0, 20), np.full(40, 30)])).whipple == 500


def test_straight_lines(checked):
    """One answer to all items of a scale that the user names, or of neighbours with the same options."""
    same = [
        ("Ann", minute(1 + i // 8, i % 8 * 60), minute(1 + i // 8, i % 8 * 60 + 40), [*"aaaaaa", 30]) for i in range(12)
    ]
    tables = checked(survey([*same, *visits("Bob", 30)]))
    assert state_of(tables, "straightline")["count"] >= 12
    named = checked(survey([*same, *visits("Bob", 30)]), "--scale", "q1,q2")
    assert state_of(named, "straightline")["state"] == "computed"


def test_positions(checked):
    """Four households at one place; a place far from the others of its village."""

    def row(n, lat, lon):
        return f"{n},Ann,V,H{n},2026-04-01,{lat},{lon},yes\n"

    head = "no,enumerator,village,household,date,_gps_latitude,_gps_longitude,roof\n"
    text = head + "".join(row(i, f"-1.{30010 + 30 * i}", f"36.{80010 + 30 * i}") for i in range(12))
    text += "".join(row(20 + i, "-1.301500", "36.801500") for i in range(4)) + row(40, "-1.500000", "36.810000")
    tables = checked(text)
    assert state_of(tables, "position_same")["count"] == 4
    assert [r["line"] for r in tables["records"] if r["signal"] == "position_far"] == [18]
    assert "36.81" not in str(tables)
    assert round(float(haversine(np.array([[0.0, 1.0]]), np.array([0.0, 0.0]))[0])) == 111195


def test_codes_for_no_answer_in_numbers(checked):
    """Negative codes; 99 only where it stands apart."""
    head = "enumerator,village,household,income,rooms,age\n"
    text = head + "".join(
        f"A,V,H{i},{[500, 900, -88, 1200][i % 4]},{99 if i % 10 == 0 else i % 10},{60 + i}\n" for i in range(40)
    )
    questions = {q["question"]: q for q in checked(text)["questions"]}
    assert questions["income"]["missing_code"] == "-88: 10"
    assert questions["rooms"]["missing_code"] == "99: 4"
    assert questions["age"]["missing_code"] == ""

    hiding = {q["question"]: q for q in checked(text, "--min-cell", "5")["questions"]}
    assert hiding["rooms"]["missing_code"] == "99"


def test_issues(checked):
    """No issue at all, everything handled, closed before the visit."""
    head = "走访人,村,户号,走访日期,反映问题,办理情况,办结时间\n"
    rows = [f"甲,东村,{i},2026-04-0{1 + i % 8},无,,\n" for i in range(35)]
    rows += [f"乙,西村,{i},2026-04-0{1 + i % 8},道路,{'已办结' if i % 2 else '未办结'},2026-04-20\n" for i in range(40)]
    rows += [f"丙,西村,{90 + i},2026-04-0{1 + i % 8},饮水,已办结,2026-03-20\n" for i in range(36)]
    tables = checked(head + "".join(rows))
    assert [r["n"] for r in tables["signals"] if r["signal"] == "no_issue" and r["recheck"]] == [35]
    assert [r["count"] for r in tables["signals"] if r["signal"] == "perfect" and r["recheck"]] == [36]
    assert state_of(tables, "closed_early")["count"] == 36


def test_one_text_for_all_that_was_done(checked):
    """More than 40 % one text and little variety, against the rest; a list of twenty different texts is none."""
    head = "走访人,村,户号,走访日期,反映问题,处理措施\n"
    bare = "".join(f"甲,东村,{i},2026-04-01,道路,已向群众做好解释工作\n" for i in range(30))
    varied = "".join(f"乙,东村,{50 + i},2026-04-01,道路,第{i}户的水管已经换好并验收\n" for i in range(30))
    found = {r["visitor"]: r for r in checked(head + bare + varied)["signals"] if r["signal"] == "boilerplate"}
    assert sorted((r["value"], r["recheck"]) for r in found.values()) == [(pytest.approx(100 / 30), False), (100, True)]


def test_an_issue_that_is_raised_again_within_days(checked):
    """The same household and issue, three days after it was closed; four days are another matter."""
    head = "户号,村,走访日期,反映问题,办理情况,办结时间\n"
    rows = ["1,东村,2026-04-01,道路,已办结,2026-04-05", "1,东村,2026-04-08,道路,未办结,",
            "2,东村,2026-04-01,道路,已办结,2026-04-05", "2,东村,2026-04-09,道路,未办结,",
            "3,东村,2026-04-01,道路,已办结,2026-04-05", "3,东村,2026-04-08,饮水,未办结,"]  # fmt: skip
    tables = checked(head + "\n".join(rows) + "\n")
    again = state_of(tables, "reopened")
    assert (again["base"], again["count"]) == (3, 1)
    assert [(r["line"], r["other_line"]) for r in tables["records"] if r["signal"] == "reopened"] == [(3, 2)]


@pytest.mark.parametrize(("done", "bunched"), [(17, 16), (16, 0)])
def test_rates_just_above_a_mark(checked, done, bunched):
    """Sixteen villages at 85 % (17 of 20) and none just below; at 80 % there is no mark."""
    head = "村,户号,走访日期,反映问题,办理情况\n"
    text = head + "".join(
        f"第{v}村,{v}-{i},2026-04-01,道路,{'已办结' if i < done else '未办结'}\n"
        for v in range(1, 17)
        for i in range(20)
    )
    row = state_of(checked(text), "bunching")
    assert (row["base"], row["count"]) == (16, bunched)


def test_more_visited_than_planned(write, checked):
    """Eleven different households where ten were planned."""
    head = "village,household,date,problem\n"
    text = head + "".join(f"{'Ash' if i < 11 else 'Birch'},H{i},2026-04-01,water\n" for i in range(20))
    roster = write("roster.csv", "village,households\nAsh,10\nBirch,10\n")
    row = state_of(checked(text, "--roster", roster), "coverage_over")
    assert (row["base"], row["count"]) == (2, 1)


def test_one_telephone_for_several_households(checked):
    """Four households are more than a family has; masked and short numbers are none; nothing of them is printed."""
    head = "户号,村,走访日期,联系电话,反映问题\n"
    phones = ["138 0013 8000", "13800138000", "+86 13800138000", "138-0013-8000", "13900139000", "139****9000", "110"]
    text = head + "".join(f"{i},东村,2026-04-01,{phone},道路\n" for i, phone in enumerate(phones))
    text += "".join(f"{20 + i},东村,2026-04-01,139****9000,道路\n" for i in range(6))
    tables = checked(text)
    row = state_of(tables, "phone_shared")
    assert (row["base"], row["count"]) == (5, 4)
    assert "8000" not in str(tables)


def test_interviews_with_people_who_are_away(checked):
    """The column says that they work elsewhere, the visit counts as made."""
    head = "走访人,户号,村,走访日期,居住状况,反映问题\n"
    text = head + "".join(f"甲,{i},东村,2026-04-01,{'外出务工' if i % 3 == 0 else '常住'},道路\n" for i in range(30))
    row = state_of(checked(text), "absent")
    assert (row["base"], row["count"]) == (30, 10)


def test_visitors_who_visited_themselves(checked):
    """Who was visited bears the visitor's name; neither name is printed."""
    head = "走访人,户主姓名,户号,村,走访日期,反映问题\n"
    text = head + "".join(
        f"王建国,{'王建国' if i < 15 else f'李{chr(0x4E00 + i)}明'},{i},东村,2026-04-01,道路\n" for i in range(30)
    )
    tables = checked(text)
    row = state_of(tables, "own_form")
    assert (row["base"], row["count"]) == (30, 15)
    assert "王建国" not in str(tables)


def test_back_checks_that_did_not_confirm(checked):
    """Blank is no result."""
    head = "走访人,户号,村,走访日期,信息是否属实,反映问题\n"
    said = ["属实", "不属实", "是", "否", ""]
    text = head + "".join(f"甲,{i},东村,2026-04-01,{said[i % 5]},道路\n" for i in range(50))
    row = state_of(checked(text), "not_confirmed")
    assert (row["base"], row["count"]) == (40, 20)


def test_answers_at_the_ends_of_scales_only(checked):
    """Five items of numbers; the ends are the smallest and largest that anybody gave."""
    head = "enumerator,village,household,date,q1,q2,q3,q4,q5\n"
    ends = "".join(f"Ann,V,A{i},2026-04-01,1,5,1,5,1\n" for i in range(12))
    others = "".join(f"Bob,V,B{i},2026-04-01,{','.join(str(1 + (i + j) % 5) for j in range(5))}\n" for i in range(30))
    row = state_of(checked(head + ends + others, "--scale", "q1,q2,q3,q4,q5"), "extreme")
    assert (row["base"], row["count"]) == (42, 12)


def test_promises_without_a_date_and_pauses_are_said(write, command):
    """What is under way has no date; nobody came for three weeks."""
    head = "户号,村,走访日期,反映问题,办理情况\n"
    days = ["2026-04-01", "2026-04-02", "2026-04-03", "2026-04-24", "2026-04-25", "2026-04-26"]
    text = head + "".join(f"{i},东村,{days[i % 6]},道路,正在办理\n" for i in range(12))
    ended = command("check", write("a.csv", text))
    assert "12 issues; 12 of them have no date" in ended.err
    assert "Between 2026-04-03 and 2026-04-24 nobody made a visit (20 days)" in ended.err


def test_dates_outside_the_campaign(checked):
    """Only where its days are named."""
    text = survey(list(visits("Ann", 24)))
    assert state_of(checked(text), "outside")["state"] == "no_column"
    assert state_of(checked(text, "--from", "2026-04-02", "--to", "2026-04-30"), "outside")["count"] == 8


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2026-04-01T09:12:30.500+08:00", 72.5 + 1 / 120 - 480),
        ("2026/4/1 9:12", 72.0),
        ("2026年4月1日 下午1:05:00", 305.0),
        ("01/04/2026 12:30 AM", -450.0),
    ],
)
def test_moments(text, minutes):
    """Minutes after eight o'clock of the first of April; a zone is taken off for lengths."""
    local, there = parse_moment(text, DateOrder())
    eight, _ = parse_moment("2026-04-01 08:00", DateOrder())

    assert there - eight == pytest.approx(minutes, abs=1e-6)
    assert (local == there) is ("+08" not in text)
    assert np.isnan(parse_moment("2026-04-01", DateOrder())[0])


# ---------------------------------------------------------------- what is asked, and what may be said
def test_thresholds_and_signals_that_are_named(write, command, checked):
    """From the command line and from visittally.toml; what is not known is refused with a suggestion."""
    text = survey([*visits("Ann", 40), *visits("Bob", 40, gap=20)])
    raised = checked(text, "--threshold", "overlap=90", "--signal", "overlap")
    assert [(r["signal"], r["threshold"], r["visitors_recheck"]) for r in raised["overview"]] == [("overlap", 90, 0)]
    write("visittally.toml", "[check]\nthreshold = ['overlap=91']\n")
    assert state_of(checked(text), "overlap")["threshold"] == 91
    for wrong in (["--threshold", "overlab=3"], ["--threshold", "overlap=x"], ["--signal", "overlab"]):
        ended = command("check", "survey.csv", *wrong)
        assert (ended.status, "overla" in ended.err) == (2, True)


def test_records_are_written_to_a_file_only(write, command):
    """Lines of single records are not printed by mistake, and --public leaves visitors out."""
    name = write("survey.csv", survey(list(visits("Ann", 24))))
    ended = command("check", name, "--table", "records")
    assert (ended.status, "-o FILE" in ended.err) == (2, True)
    assert command("check", name, "--table", "records", "-o", "again.csv").status == 0
    public = command("check", name, "--public", "-f", "json")
    assert set(public.tables()) == {"overview", "questions"}
    assert "leaves out" in public.out


def test_nobody_is_named(write, command):
    """Names of visitors, households, texts: in no table."""
    rows = list(visits("Annabel Smith", 24))
    ended = command("check", write("survey.csv", survey(rows)), "-f", "json")
    assert "Annabel" not in ended.out
    assert "H7" not in ended.out
    assert "Annabel" in command("check", "survey.csv", "-f", "json", "--show-visitors").out


def test_no_word_of_the_house_is_broken():
    """It is never said that somebody cheated."""
    banned = ("fraud", "fake", "fabricat", "suspicious", "cheat", "造假", "作假", "弄虚", "可疑")
    catalogue = LOCALE.read_text(encoding="utf-8").casefold()
    assert [word for word in banned if word in catalogue] == []
    for path in (SOURCES / "analyses" / "check").glob("*.py"):
        assert [word for word in banned if f'"{word}' in path.read_text(encoding="utf-8").casefold()] == []


# ---------------------------------------------------------------- laws
@given(st.randoms(use_true_random=False), st.integers(1, 45))
@settings(max_examples=8)
def test_neither_the_order_of_rows_nor_names_matter(tmp_path_factory, random, cut):
    """Rows in any order, in any two files, visitors under any names: the same figures."""
    from visittally import check

    rows = [*visits("Ann", 24, gap=35), *visits("Bob", 16, length=8), *visits("Cid", 6)]
    head, *lines = survey(rows).splitlines(keepends=True)
    folder = tmp_path_factory.mktemp("laws")

    def figures(names, order):
        texts = [head + "".join(order[:cut]), head + "".join(order[cut:])]
        for old, new in names.items():
            texts = [text.replace(f",{old},", f",{new},") for text in texts]
        paths = []
        for i, text in enumerate(texts):
            paths.append(folder / f"{i}.csv")
            paths[-1].write_text(text, encoding="utf-8")
        tables = check(paths if cut < len(order) else paths[:1]).tables
        overview = [[getattr(c, "value", None) for c in row.cells] for row in tables["overview"].rows]
        told = sorted(repr([row.cells[0].value, *(c.value for c in row.cells[2:10])]) for row in tables["signals"].rows)
        return overview, told

    shuffled = lines[:]
    random.shuffle(shuffled)
    expected = figures({}, lines)
    assert figures({}, shuffled) == expected
    assert figures({"Ann": "Zoe", "Cid": "Ann"}, lines) == expected


# ---------------------------------------------------------------- published surveys
def of_shared(command, *arguments):
    ended = command("check", *arguments, "-f", "json")
    assert ended.status == 0, ended.err
    return ended.tables()


@needs_shared
def test_talafar(command):
    """632 interviews of 16 visitors; figures worked out with plain Python."""
    folder = SHARED / "talafar"
    form = [part for name in ("survey", "choices") for part in ("--form", str(folder / f"{name}.csv"))]
    tables = of_shared(command, str(folder / "raw_data.csv"), *form)
    counts = {r["signal"]: (r["count"], r["base"]) for r in tables["overview"]}
    assert counts["overlap"] == (48, 632)
    assert counts["short"] == (0, 632)
    assert counts["dont_know"] == (191, 632)
    assert counts["near_duplicate"] == (2, 632)
    near = [r["value"] for r in tables["records"] if r["signal"] == "near_duplicate"]
    assert near == pytest.approx([74 / 82] * 2)
    zs = {(r["signal"], r["n"], r["count"]): (round(r["z"], 4), r["recheck"]) for r in tables["signals"] if r["z"]}
    assert zs["overlap", 36, 9] == (4.0593, True)
    assert zs["overlap", 27, 8][1] is None
    assert zs["dont_know", 36, 30] == (7.1459, True)
    assert zs["dont_know", 35, 0] == (-4.0059, True)
    pace = sorted((round(r["z"], 4) for r in tables["signals"] if r["signal"] == "pace"), reverse=True)[:3]
    assert pace == [12.2798, 4.3869, 3.4557]
    assert max(v["max_per_day"] for v in tables["visitors"]) == 6
    age = next(q for q in tables["questions"] if q["question"] == "age_respondent_r")
    assert round(age["heaped"], 4) == 174.9117


@needs_shared
def test_a_register_with_repeats(command):
    """330 records repeat another in all but the running number; after that no text is left that repeats."""
    tables = of_shared(command, str(SHARED / "carcomplain-gbk-zh" / "car_complain.csv"))
    assert state_of(tables, "duplicate")["count"] == 330
    assert (state_of(tables, "identical_text")["count"], state_of(tables, "identical_text")["base"]) == (0, 300)


@needs_shared
def test_households_that_were_visited_twice(command):
    """Three household ids stand twice; how many columns differ; codes; no outlier that three sd would make."""
    tables = of_shared(command, str(SHARED / "scto-rwanda-lwh" / "LWH_FUP2_raw_data.csv"))
    twice = [(r["other_line"], r["line"], r["value"]) for r in tables["records"] if r["signal"] == "duplicate"]
    assert twice == [(795, 806, 17), (1093, 1115, 0), (1199, 1201, 7)]
    visitors = tables["visitors"]
    assert [sum(v["visits"] >= n for v in visitors) for n in (1, 10, 30)] == [62, 58, 4]
    assert max(v["max_per_day"] or 0 for v in visitors) == 17
    questions = {q["question"]: q for q in tables["questions"]}
    assert [questions[q]["outliers"] for q in ("inc_11", "inc_12", "exp_25_1", "crp10a_c1_p1")] == [0, 2, 0, 0]
    cells = [part.split(": ") for q in tables["questions"] for part in q["missing_code"].split(", ") if part]
    assert sum(int(n) for code, n in cells if code == "-88") == 18


@needs_shared
def test_only_those_who_agreed_were_interviewed(command):
    """The median is that of those who consented; a blank key is no duplicate; positions; straight lines."""
    tables = of_shared(command, str(SHARED / "coxsbazar" / "survey_subset.csv"))
    assert (state_of(tables, "short")["count"], state_of(tables, "duplicate")["count"]) == (1, 0)
    assert sum(v["visits"] >= 10 for v in tables["visitors"]) == 19
    water = of_shared(command, str(SHARED / "owd-waterconsumersurvey" / "water_consumer_survey_raw_cp1252.csv"))
    assert (state_of(water, "position_far")["count"], state_of(water, "position_far")["base"]) == (14, 399)
    far = next(r for r in water["records"] if r["signal"] == "position_far")
    assert (far["line"], round(far["value"])) == (141, 29018)
    films = of_shared(command, str(SHARED / "surveymonkey-538" / "StarWars.csv"))
    assert (state_of(films, "straightline")["count"], state_of(films, "straightline")["base"]) == (41, 760)


# ---------------------------------------------------------------- in the report, and of all
def test_the_report_has_it_for_those_inside(write, command):
    """`report --check` adds the section, never for the public; nobody told the outcome is said."""
    rows = "".join(f"甲,东村,{i},2026-04-0{1 + i % 8},道路,已办结\n" for i in range(12))
    rows += "乙,东村,3,2026-04-05,道路,未办结\n"
    name = write("台账.csv", "走访人,村,户号,走访日期,反映问题,办理情况\n" + rows)
    assert command("report", name, "--check", "-o", "inside.md").status == 0
    assert "## To look at again" in Path("inside.md").read_text(encoding="utf-8")
    ended = command("report", name, "--check", "--public", "-o", "outside.md")
    assert "## To look at again" not in Path("outside.md").read_text(encoding="utf-8")
    assert "--check is left out" in ended.err
    said = command("check", name).err
    assert "Collected 13, handled 12, answered back: not recorded" in said
    assert "1 household was visited by different visitors within 7 days" in said
