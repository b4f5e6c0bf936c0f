"""How plausible a decoded text is."""

from __future__ import annotations

import pytest

from visittally.reading.text.characters import plausibility


def decoded(text, encoding, read_as):
    """A text as it looks when it is read with another codec than it was written with."""
    return text.encode(encoding).decode(read_as, "replace")


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8", "cp1252", "shift_jis", "euc_kr"])
def test_plain_letters_say_nothing(encoding):
    assert plausibility("village,issue\nAsh,road\n", encoding) == 0.0


@pytest.mark.parametrize(
    ("text", "encoding", "others"),
    [
        ("东沟村村民反映道路问题，已办结", "gb18030", ["big5", "shift_jis", "euc_kr", "cp1252"]),
        ("村民反映道路問題，已辦結", "big5", ["gb18030", "shift_jis", "cp1252"]),
        ("道路について困っていること", "shift_jis", ["gb18030", "big5", "cp1252"]),
        ("마을 도로 문제가 있다", "euc_kr", ["gb18030", "cp1252"]),
        ("l'école près du château, déjà réglé", "cp1252", ["mac_roman", "gb18030"]),
    ],
)
def test_the_codec_that_a_text_was_written_with_is_the_most_plausible(text, encoding, others):
    own = plausibility(text, encoding)

    assert own >= 0
    for other in others:
        assert plausibility(decoded(text, encoding, other), other) < own, other


@pytest.mark.parametrize(
    ("text", "encoding", "score"),
    [
        ("\ufffd", "gb18030", -3.0),
        ("\ufffd", "utf-8", -3.0),
        ("é", "utf-8", 1.3),
        ("的", "gb18030", 1.5),  # among the commonest
        ("們", "gb18030", 1.2),  # in the other script
        ("們", "big5", 1.5),
        ("，", "gb18030", 1.0),
        ("啊", "gb18030", 0.6),  # in the first level of the set
        ("亍", "gb18030", -0.8),  # in the second
        ("乂", "big5", -0.8),
        ("㐀", "gb18030", -0.8),
        ("豈", "gb18030", -0.8),
        ("\U00020000", "gb18030", -0.8),
        ("\ue000", "big5", -3.0),
        ("ş", "gb18030", 1.2),  # four bytes are no accident
        ("é", "gb18030", 0.5),
        ("§", "gb18030", 0.0),
        ("\x85", "gb18030", 0.6),
        ("ア", "gb18030", -0.3),
        ("亜", "shift_jis", 0.2),
        ("龜", "shift_jis", -1.3),
        ("ｱ", "shift_jis", -1.3),
        ("마을마을", "euc_kr", 1.6),
        ("뷁", "euc_kr", -1.3),
        ("\u200b", "utf-8", -0.5),
        ("¿", "cp1252", 0.4),
        ("®", "cp1252", 0.3),
        ("é", "cp1252", 0.8),
        ("é", "mac_roman", 0.75),
        ("É", "cp1252", 0.5),
        ("÷", "cp1252", -0.6),
        ("\x85", "cp1252", -3.0),
        ("あいうえ", "shift_jis", 1.6),
        ("あいう", "shift_jis", 1.1),  # so few may be an accident
    ],
)
def test_what_a_character_tells(text, encoding, score):
    assert plausibility(text, encoding) == pytest.approx(score)


def test_ideographs_between_letters_and_capitals_within_words_are_odd():
    assert plausibility("a的b", "gb18030") < plausibility("的", "gb18030") - 1
    assert plausibility("caÉfe", "cp1252") < plausibility("É cafe", "cp1252") - 1
