"""Sentences that say that nobody raised an issue."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.listed import listed
from visittally.words.nothing import _WORDS, _can_be_ascii, _sentence, says_nothing

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


LANGUAGES = listed(_WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_are_passed_over_only_where_no_sentence_of_theirs_can_be_meant(language):
    """Their sentences are made of letters that stand in them, and some can not do without letters beyond ASCII."""
    assert re.search(r"\\[a-zA-Z]|\[[^\]]*[^\[]-[^\]]|\[\^|(?<!\\)\.", _sentence(LANGUAGES[language])) is None
    if not _can_be_ascii(LANGUAGES[language]):
        needed = [re.sub(r"\[[^]]*\]|\(\?:[^()]*\)[?*]|.[?*]", "", words) for words in LANGUAGES[language]["what"]]
        assert not any(map(str.isascii, needed))
