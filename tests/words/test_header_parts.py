"""Headers put together from words, each of which is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.header_parts import composed_fields

TOLD = {
    "village": """
        Village / Ward visited|Name of the village|Community visited|Nom du village ou quartier|Comunidad / Aldea
        Nome do povoado|Село (аул)|Наименование села|القرية / الحي|اسم القريه|Desa/Kel.|Tên thôn, ấp|Kijiji / Mtaa
        ग्राम/वार्ड|Köyün adı|走访村居名称|所属村（社区）|村 名""",
    "category": """
        Nature of complaint|Main problems faced by the household|Type de doléance|Besoins prioritaires du ménage
        Problemas detectados|Principais problemas|Тема обращения|Характер жалобы|أهم المشاكل|Jenis keluhan warga
        Vấn đề phản ánh|Aina ya tatizo|प्रमुख समस्या|Şikayet konusu|矛盾问题类型|诉求事项分类""",
    "issue_text": "群众反映问题及诉求|存在困难和问题|收集到的意见建议|群众所提意见",
    "status": """
        Status of the problem as on date|Solved (Yes/No)|Action taken so far|État de la plainte|Résolu (oui/non)
        Situación actual del caso|Providências tomadas|Отметка о выполнении|حالة الشكوى|هل تم الحل|Tình trạng xử lý
        Hatua zilizochukuliwa|क्या हल हुआ|问题解决情况|办理进展情况|是否已解决（是/否）|整改落实情况""",
    "visit_date": """
        Date of home visit (dd/mm/yyyy)|Date de la visite|Data da visita|Когда посетили|走访（入户）时间|家访日期""",
    "raised_by": "Was it raised unprompted?|是否主动反映|问题是否群众主动提出",
    "legacy": "Long-standing issue?|是否历史遗留问题|是否属于疑难问题",
    "early_sign": "Early sign of conflict|是否有矛盾苗头",
    "households_affected": "How many households are affected|涉及多少户|受影响户数（户）",
    "prior_report": "Times reported before|以前是否反映过|反映过几次|是否重复投诉",
    "respondent_group": "Respondent type|受访人类别|群众身份",
    "visit_mode": "Type of visit|集中或日常|集中走访还是日常走访",
    "visit_schedule": "Scheduled or not|是否定期走访",
    "channel": "Method of contact|走访途径|反映渠道",
    "persons_present": "Number of people present|座谈人数|在场人员数",
    "start_time": "Time started|走访开始时间",
    "end_time": "Time finished|离开时间",
    "duration_min": "Visit duration (min)|走访时长（分钟）|谈话用时",
    "visitor_unit": "Visiting team|走访小组|工作队名称",
    "visitor": "入户干部姓名|走访党员",
    "accompany": "陪同|陪同村干部",
    "due_date": "Promised by|办理时限|承诺办结日期",
    "resolved_date": "Date fixed|实际办结时间",
    "reply_date": "Household told on|反馈群众日期",
    "handover_date": "Passed on on|转办日期|上报时间",
    "satisfaction": "Is the household satisfied?|群众是否满意|对办理结果满意度",
    "contact_consent": "May we call back?|是否愿意被回访",
    "household_id": "HH code|户编码",
    "place_type": "Type of place|村庄类型",
    "contacts": "Number of meetings held|沟通协调次数",
    "parties": "How many parties|纠纷当事人数",
    "urgency": "How urgent is it|问题紧急程度",
    "responsible_unit": "Office in charge|责任部门",
    "reported_to": "Escalated to|上报部门",
    "good_deed": "Practical help given|办实事情况",
}
OTHERS = """
    Head of the village|Village population|Number of problems|Date of birth|Problem solved by whom
    Water source|Marital status
    村干部姓名|问题数量|家庭情况|出生日期|联系方式|反映问题时间|对干部满意度|走访次数|收入情况
    How satisfied are you with the school|Nom du chef de village|Fecha de nacimiento|Население села"""


def _headers(text):
    return [header.strip() for header in text.replace("\n", "|").split("|") if header.strip()]


@pytest.mark.parametrize(("field", "header"), [(field, h) for field, text in TOLD.items() for h in _headers(text)])
def test_a_header_of_known_words_calls_its_field(field, header):
    assert composed_fields(header) == (field,)


@pytest.mark.parametrize("header", _headers(OTHERS))
def test_a_header_with_any_other_word_calls_none(header):
    assert composed_fields(header) == ()


@given(
    st.sampled_from([h for text in TOLD.values() for h in _headers(text)]), st.sampled_from(["zebra", "拆迁", "ёлка"])
)
def test_one_word_that_is_not_known_is_enough(header, word):
    assert composed_fields(f"{header} {word}") == ()


def test_a_header_that_begins_with_no_known_word_is_not_compared_with_each_field(calls):
    composed_fields("village visited")

    assert calls(lambda: composed_fields("zebra 17 crossing")) < 40


@pytest.mark.parametrize(
    "header",
    [
        *(
            "问题是否解决",
            "诉求是否解决",
            "问题解决了吗",
            "Status (open/closed)",
            "Le problème est-il résolu ?",
            "¿Se resolvió?",
        ),
        *("Foi resolvido?", "Решена ли проблема?", "هل تم الحل؟", "Sudah selesai?", "Das Problem ist gelöst"),
    ],
)
def test_questions_whether_something_was_resolved_are_statuses(header):
    assert composed_fields(header) == ("status",)
