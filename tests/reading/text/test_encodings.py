"""The encoding is found by what the text becomes, and late damage is named by its line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.errors import InputError
from visittally.reading.inputs.source import ByteSource
from visittally.reading.text import encodings
from visittally.reading.text.encodings import find_encoding, utf8_blocks

SIMPLIFIED = (
    "序号,村,户主姓名,问题类别,办理状态\n1,民爱村,赵甲山,道路交通,当场解决\n2,向阳村,钱乙水,饮水与水利,已办结\n"
)
TRADITIONAL = (
    "序號,村,戶主姓名,問題類別,辦理狀態\n1,民愛村,趙甲山,道路交通,當場解決\n2,向陽村,錢乙水,飲水與水利,已辦結\n"
)
HONG_KONG = TRADITIONAL + "3,向陽村,黃大文,嘅啲咗冇,已辦結\n"
JAPANESE = "番号,日付,村,問題\n1,2026-03-15,日向村,道路の整備\n2,2026-03-15,青葉村,水道と下水の問題\n"
KOREAN = "번호,날짜,마을,문제\n1,2026-03-15,산내면,도로 포장이 필요합니다\n2,2026-03-15,대정읍,식수 문제\n"
FRENCH = (
    "id,village,problème,remarque\n1,Saint-Étienne,route dégradée,l’eau n’est pas potable\n2,Évreux,école,à réparer\n"
)
SPANISH = "id,pueblo,problema\n1,Cañón,educación\n2,Peñón,salud – años\n"
ARABIC = "id,place\n1,شبكه المياه الخاصه\n2,خارج حدود البلدية\n"


def source_of(folder, content):
    path = folder / "visits.csv"
    path.write_bytes(content)
    return ByteSource(str(path), str(path), size=len(content))


def decoded(source, encoding, size=1 << 16):
    return b"".join(utf8_blocks(source, encoding, size)).decode()


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "cp950"),
        (TRADITIONAL, "gb18030"),
        (HONG_KONG, "big5hkscs"),
        (JAPANESE, "shift_jis"),
        (KOREAN, "euc_kr"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (SPANISH, "cp1252"),
        (SPANISH, "mac_roman"),
        (ARABIC, "gb18030"),
        ("id,state\n1,South West\u00a0State\n2,Don’t know\n", "cp1252"),
        ("id,村\n1,2\n", "gb18030"),
        ("id,range\n1,100 – 200\n", "gb18030"),
    ],
)
def test_text_comes_back_from_every_usual_encoding(tmp_path, text, codec):
    source = source_of(tmp_path, text.encode(codec))
    encoding = find_encoding(source)
    assert decoded(source, encoding, 7) == text
    assert encoding.evidence


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(SIMPLIFIED.split("\n")[1:3]), min_size=1, max_size=30), st.integers(1, 50))
def test_transcoding_does_not_depend_on_the_blocks(tmp_path_factory, lines, size):
    text = "\n".join(lines)
    source = source_of(tmp_path_factory.mktemp("text"), text.encode("gb18030"))
    assert decoded(source, encodings.Encoding("gb18030"), size) == text


def test_a_late_byte_that_does_not_fit_is_named_with_its_line(tmp_path):
    source = source_of(tmp_path, SIMPLIFIED.encode("gb18030") * 50 + b"3,\xff\xff,x\n")
    with pytest.raises(InputError, match=r"visits\.csv: line 151, byte .* is not GB18030.*--encoding"):
        find_encoding(source)


def test_the_encoding_that_was_asked_for_is_taken(tmp_path):
    encoding = find_encoding(source_of(tmp_path, SIMPLIFIED.encode("gb18030")), "latin-1")
    assert encoding.name == "iso8859-1"
    assert encoding.forced


def test_utf_16_that_was_asked_for_looks_at_its_byte_order_mark(tmp_path):
    source = source_of(tmp_path, b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"))
    assert decoded(source, find_encoding(source, "utf-16")) == SIMPLIFIED


def test_an_encoding_that_is_not_that_of_the_file_is_refused(folder):
    with pytest.raises(InputError, match='not written in "utf-8"'):
        find_encoding(source_of(folder, SIMPLIFIED.encode("gb18030")), "utf-8")


@pytest.mark.parametrize("asked", ["gbk", "GB2312", "cp936"])
def test_older_chinese_encodings_are_read_as_the_one_that_holds_them(folder, asked):
    assert find_encoding(source_of(folder, SIMPLIFIED.encode("gb18030")), asked).name == "gb18030"


def test_no_name_of_a_person_tells_the_encoding(tmp_path):
    text = "村,问题,走访人\n" + "东村,道路,王小伟\n西村,饮水,王小伟\n" * 9
    assert "王小伟" not in find_encoding(source_of(tmp_path, text.encode("gb18030"))).evidence
