"""What became of an issue."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.errors import ConfigError
from visittally.words.dispositions import UNKNOWN, Dispositions

KNOWN = Dispositions.load()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("当场解决", "resolved_on_spot"),
        ("现场解答", "answered_on_spot"),
        ("已办结。", "resolved"),
        ("  已 办结", "resolved"),
        ("Résolu", "resolved"),
        ("non résolu", "in_progress"),
        ("pendiente", "in_progress"),
        ("已整改到位", "resolved"),
        ("解释说明", "explained_cannot"),
        ("程序性办结", "closed_procedural"),
        ("列入计划", "agreed"),
        ("已上报", "recorded_reported"),
        ("轉辦", "referred"),
        ("办理中", "in_progress"),
        ("正在处理中", "in_progress"),
        ("短期难以解决", "long_term"),
        ("部分解决", "partly"),
        ("不予受理", "not_accepted"),
        ("撤诉", "withdrawn"),
        ("二次办理", "reopened"),
        ("Resolved", "resolved"),
        ("in_progress", "in_progress"),
        ("In Progress", "in_progress"),
        ("closed (procedural)", "closed_procedural"),
        ("duplicate", "not_accepted"),
        ("是", "resolved"),
        ("否", "in_progress"),
    ],
)
def test_status_words(raw, code):
    assert KNOWN.disposition(raw) == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("未办结", "in_progress"),
        ("尚未解决", "in_progress"),
        ("没有解决", "in_progress"),
        ("待解决", "in_progress"),
        ("无法解决", "cannot_resolve"),
        ("不能解决", "cannot_resolve"),
        ("难以解决", "cannot_resolve"),
        ("Not resolved", "in_progress"),
        ("unresolved", "in_progress"),
        ("not yet fixed", "in_progress"),
        ("unanswered", "in_progress"),
    ],
)
def test_a_negation_turns_a_word_around(raw, code):
    assert KNOWN.disposition(raw) == code


@pytest.mark.parametrize(
    "raw", ["", " ", "-", "NA", "不满意", "村里和镇上联系过几次", "has been looked at by someone", "?"]
)
def test_blanks_and_sentences_are_unknown(raw):
    assert KNOWN.disposition(raw) == UNKNOWN


@pytest.mark.parametrize(
    ("raw", "code"),
    [("已上报；已办结", "resolved"), ("已转办，办理中", "in_progress"), ("转办→已办结", "resolved"),
     ("已办结（3月5日）", "resolved"),
     ("已解决，群众高兴", "resolved"), ("reported / closed", "resolved")],
)  # fmt: skip
def test_the_last_stage_that_is_known_counts(raw, code):
    assert KNOWN.disposition(raw) == code


@pytest.mark.parametrize("prefix", ["未", "没有", "尚未", "待", "无法", "不能", "难以", "not "])
@pytest.mark.parametrize("word", ["解决", "办结", "整改", "处理", "resolved", "closed"])
def test_nothing_negated_is_ever_handled(prefix, word):
    assert not KNOWN.handled(KNOWN.disposition(prefix + word))


def test_statuses_of_the_user_go_first_in_any_spelling():
    own = Dispositions.load({"處理反饋": "resolved", "已办结": "in_progress"})
    assert own.disposition(" 处理反馈") == "resolved"
    assert own.disposition("已办结") == "in_progress"


def test_a_status_that_leads_nowhere_is_refused_with_the_nearest_code():
    with pytest.raises(ConfigError, match='did you mean "resolved"'):
        Dispositions.load({"done": "resolvd"})


def test_resolved_is_handled_and_every_code_is_of_one_kind():
    for code in KNOWN.codes:
        kinds = [KNOWN.handled(code), KNOWN.open(code), KNOWN.excluded(code)]
        assert sum(kinds) == 1
        assert KNOWN.handled(code) or not KNOWN.resolved(code)


def test_an_answer_resolves_a_question_only():
    assert KNOWN.resolved("answered_on_spot", "question")
    assert not KNOWN.resolved("answered_on_spot", "complaint")
    assert not KNOWN.resolved("answered_on_spot")


def test_columns_of_the_follow_up_table():
    groups = {KNOWN.group(code) for code in KNOWN.codes}
    assert groups == {"", "on_spot", "explained", "reported", "in_progress", "long_term", "unknown", "excluded"}


@pytest.mark.parametrize(
    ("raw", "known"), [("已办结", True), ("open", True), ("是", False), ("no", False), ("", False), ("married", False)]
)
def test_yes_and_no_do_not_make_a_column_one_of_statuses(raw, known):
    assert KNOWN.knows(raw) == known


def test_labels_in_both_languages():
    assert (KNOWN.label("resolved", "en"), KNOWN.label("resolved", "zh"), KNOWN.label("resolved")) == (
        "Resolved",
        "已解决",
        "Resolved",
    )


def test_only_words_that_say_something_are_not_recognised():
    statuses = {"已办结": 3, "": 2, "(空)": 1, "n/a": 1, "\x00": 4, "不详": 1, "镇上 知道": 1, "镇上  知道": 2}
    assert KNOWN.unrecognised(statuses) == {"镇上 知道": 3}


def test_the_suggestion_lists_the_commonest_first():
    text = KNOWN.suggestion_toml({"一": 1, "二": 5})
    assert text.index("二") < text.index("一")


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(1), max_size=5))
def test_the_suggestion_is_toml_that_can_be_loaded(unknown):
    statuses = tomllib.loads(KNOWN.suggestion_toml(unknown))["statuses"]
    assert statuses == dict.fromkeys(unknown, UNKNOWN)
    Dispositions.load(statuses)


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("resolved", "已协调解决|3月20日已修复完成|已上报镇政府，现已修好|问题已得到解决"),
        (
            "resolved",
            "The road was repaired in May|Réparé le 20 mars",
        ),
        ("resolved", "Forwarded to the clinic, then solved|Ya fue reparado|已安装路灯3盏|水管更换完毕"),
        ("in_progress", "未修复到位|正在协调水务部门|已上报，待解决|Not yet repaired|等镇上答复"),
        (
            "in_progress",
            "En trámite con la alcaldía|Pas encore réparé",
        ),
        ("cannot_resolve", "暂无法解决|目前不能落实|cannot be repaired this year"),
        ("agreed", "已列入2026年项目库|拟于4月维修|将于年底前完成|Will be fixed next month"),
        ("referred", "已转交水务站|移交派出所处理|Forwarded to the water office"),
        ("recorded_reported", "已上报镇政府|认真记录及时向有关领导汇报|Reported to the district"),
        ("answered_on_spot", "现场释疑答问|当面给予解答"),
        ("explained_cannot", "给予耐心解释|已向村民解释政策|explained to the family"),
    ],
)
def test_sentences_are_told_by_phrases_of_which_the_last_stage_counts(code, sentences):
    for sentence in sentences.split("|"):
        assert (sentence, KNOWN.disposition(sentence)) == (sentence, code)
        assert KNOWN.told_by(sentence) in {"phrase", "word"}


def test_every_disposition_has_its_place_in_the_follow_up():
    handled = {"on_spot", "explained"}
    for code, one in KNOWN.codes.items():
        assert one.kind not in {"open", "excluded"} or (one.group and one.group not in handled), code


@pytest.mark.parametrize(
    "status", ["√ 已办", "✓已解决", "办妥", "已闭环", "Encerrado", "Imefungwa", "مكتمل", "Завершено"]
)
def test_what_is_closed_is_closed_in_any_hand_and_language(status):
    known = Dispositions.load()

    assert known.resolved(known.disposition(status))


@pytest.mark.parametrize(
    "status",
    [
        "समाधान भएन",
        "समाधान भएको छैन",
        "समाधान हुन सकेन",
        "काम समाधान भएन",
        "সমাধান হয়নি",
        "해결 안됨",
        "解決していない",
        "nie załatwione",
    ],
)
def test_what_is_not_done_is_not_handled_in_further_languages(status):
    known = Dispositions.load()
    assert known.open(known.disposition(status))


@pytest.mark.parametrize("status", ["समाधान भयो", "সম্পন্ন", "처리됨", "処理済み", "Bitti", "Opgelost", "حلت المشكلة"])
def test_what_is_done_is_resolved_in_further_languages(status):
    known = Dispositions.load()
    assert known.resolved(known.disposition(status))


def test_of_statuses_with_boxes_the_ticked_one_holds():
    known = Dispositions.load()
    found = [
        known.disposition(cell) for cell in ("☑已解决 □办理中 □未解决", "已解决□ 办理中√", "[ ] Resolved [x] Pending")
    ]
    assert found == ["resolved", "in_progress", "in_progress"]
    assert known.disposition("□已解决 □办理中") == "unknown"
    assert known.disposition("☑已解决") == "resolved"
