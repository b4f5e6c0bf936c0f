"""Sentences that say that nobody raised an issue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.nothing import says_nothing

NONE = """
    No grievances reported.|no other issues|There are no problems|HH has no complaints|nil complaint
    暂无困难和诉求|没有反映问题|目前没有什么问题|该户无任何意见建议。|未提出诉求
    Aucune plainte signalée|pas de problème|Ningún problema por el momento|no tiene quejas|sem preocupações
    нет жалоб|жалоб и предложений не поступило|tidak ada keluhan|không có ý kiến gì|hakuna changamoto yoyote
    कोई शिकायत नहीं|لا توجد أي شكاوى|walang problema po|herhangi bir sorun yok|keine Beschwerden"""
ISSUES = """
    No water|no road to school|Not resolved|problems with water|没有自来水|无路可走|未通路|没有路灯
    pas d'eau|sin agua potable|sem água|нет воды|tidak ada air|không có nước|hakuna maji|पानी नहीं|لا يوجد ماء
    walang tubig|su yok|kein Wasser"""


def _texts(told):
    return [text.strip() for text in told.replace("\n", "|").split("|") if text.strip()]


@pytest.mark.parametrize("text", _texts(NONE))
def test_that_there_is_no_problem_is_none_in_every_language(text):
    assert says_nothing(text)


@pytest.mark.parametrize("text", _texts(ISSUES))
def test_that_there_is_none_of_something_else_is_an_issue(text):
    assert not says_nothing(text)


@given(st.sampled_from(_texts(NONE)), st.sampled_from([" - water", "，饮水", "; camino"]))
def test_whatever_is_added_to_a_sentence_makes_it_an_answer(text, more):
    assert not says_nothing(text + more)
