"""What the columns about replies, satisfaction and earlier reports say about an issue."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _
from visittally.words.folding import fold
from visittally.words.lists import shipped
from visittally.words.names import told
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN = 8
_UNASKED = ("主动", "unasked", "volunteer", "unprompted", "spontaneous", "self")
_ASKED = ("询问", "问得", "asked for", "when asked", "prompted by", "interview")
_LOW = frozenset({"低", "低风险", "绿", "绿色", "low", "green"})
"""Degrees that mark nothing."""

ANSWERS = {
    "reply_date": ("answered_back",),
    "satisfaction": ("rated", "satisfied", "fully_satisfied"),
    "other_satisfaction": ("both_rated", "both_satisfied"),
    "prior_report": ("repeats",),
    "reported_to": ("passed_on",),
}
"""What each column tells about an issue."""


def answer_of(name: str, value: str) -> frozenset[str]:
    """What an answer says: answered back, rated, satisfied, reported before.

    >>> sorted(answer_of("satisfaction", "基本满意")), sorted(answer_of("satisfaction", "不满意"))
    (['rated', 'satisfied'], ['rated'])
    """
    text = value.strip("\x00 ")
    if name == "reply_date":
        blank = words("blank") | words("not_asked") | words("none")
        return frozenset() if key_of(text) in blank else frozenset({"answered_back"})
    if name == "reported_to":
        return frozenset({"passed_on"} if flagged(text) else ())
    if name == "prior_report":
        again = key_of(text) in words("yes") or (text.isdecimal() and int(text) > 0)
        return frozenset({"repeats"} if again else ())
    level = _satisfaction_words().get(fold(text))
    if level is None:
        return frozenset()
    if name == "other_satisfaction":  # of the other party alone; both are satisfied where this one is, too
        return frozenset({"both_rated", *(("both_satisfied",) if level in ("fully", "fairly") else ())})
    positive = {"fully": {"satisfied", "fully_satisfied"}, "fairly": {"satisfied"}}
    return frozenset({"rated", *positive.get(level, ())})


def knows_satisfaction(value: str) -> bool:
    """Whether an answer says how satisfied somebody is.

    >>> knows_satisfaction("基本满意"), knows_satisfaction("修好了")
    (True, False)
    """
    return fold(value) in _satisfaction_words()


def flagged(value: str) -> bool:
    """Whether a column that marks some issues marks this one: by yes, by a tick, by a word of its own.

    >>> flagged("是"), flagged("√"), flagged("历史遗留"), flagged("否"), flagged("-")
    (True, True, True, False, False)
    """
    said = key_of(value.strip("\x00 "))
    return (
        said
        not in frozenset[str]().union(
            *(words(name) for name in ("blank", "not_asked", "none", "no", "unticked", "dont_know", "refused"))
        )
        and said not in _LOW
    )


def volunteered(value: str, header: str = "") -> bool:
    """Whether somebody brought an issue up without being asked; `header` is what yes and no answer.

    >>> volunteered("主动反映"), volunteered("询问所得"), volunteered("是", "主动反映"), volunteered("是", "询问所得")
    (True, False, True, False)
    """
    said = key_of(value.strip("\x00 "))
    asked = any(word in fold(header) for word in _ASKED)
    if said in words("yes") | words("ticked"):
        return not asked
    if said in words("no") | words("unticked"):
        return asked
    return any(word in said for word in _UNASKED) and not any(word in said for word in _ASKED)


def unrated(values: Mapping[str, int]) -> list[Notice]:
    """Answers about satisfaction that are not known, and count as not rated."""
    nothing = frozenset[str]().union(*(words(name) for name in ("blank", "not_asked", "dont_know", "refused")))
    unknown = {
        value: n
        for value, n in values.items()
        if fold(value) not in _satisfaction_words() and key_of(value.strip("\x00 ")) not in nothing
    }
    if not unknown:
        return []
    words_shown = zip(told(list(unknown)), unknown.values(), strict=True)
    shown = ", ".join(f"{value} ({n:,})" for value, n in list(words_shown)[:_SHOWN])
    text = _("Answers about satisfaction that are not known count as not rated: {shown}.")
    return [Notice("unknown_satisfaction", text.format(shown=shown))]


@cache
def _satisfaction_words() -> Mapping[str, str]:
    return {fold(word): level for level, table in shipped("satisfaction").items() for word in table["words"]}
