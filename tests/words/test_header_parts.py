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
}
OTHERS = """
    Head of the village|Village population|Number of problems|Date of birth|Problem solved by whom
    Water source|Marital status
    村干部姓名|问题数量|家庭情况|办理时限|出生日期|Nom du chef de village|Fecha de nacimiento|Население села"""


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
