"""What the columns about replies, satisfaction and earlier reports say about an issue."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _
from visittally.words.folding import fold
from visittally.words.lists import shipped
from visittally.words.names import told
from visittally.words.patterns import pattern
from visittally.words.quantities import parse
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN = 8
_UNASKED = pattern(
    r"主动|自己提|自行|找上门|找到我们|本人|群众|村民|居民|住户|未经询问|unasked|unprompted|volunteer|spontaneous|self"
    r"|themselves|resident|villager|household|without being asked|on their own|came to us"
)
_ASKED = pattern(
    r"(?<!未经)询问|问得|问到|问出|被动|追问|提问|走访人|干部|工作人员|访问员|when asked|on asking"
    r"|(?<!un)(?:asked (?:by|for)|prompted)|interview|visitor|enumerator"
)
_AGAIN = pattern(
    r"(?:曾经?|已|以前|此前|多次|重复|再次)*(?:反映|反应|投诉|来访|信访|上访)过?|多次|重复|再次"
    r"|repeat(?:ed|edly)?|again|before|earlier|many times"
)
_DECLINED = pattern(r"^[不否拒未无勿别]|谢绝|拒绝|(?<![a-z])(?:no|not|never|none)(?![a-z])|n['’]t|declin|refus|object")
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
        again = key_of(text) in words("yes") | words("ticked") or (parse(text).value or 0) > 0
        return frozenset({"repeats"} if again or _AGAIN.fullmatch(key_of(text)) else ())
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


def consents(value: str) -> bool:
    """Whether somebody agrees to be contacted.

    >>> consents("愿意"), consents("不愿意"), consents("Yes, by phone"), consents("prefers not")
    (True, False, True, False)
    """
    said = key_of(value.strip("\x00 "))
    return flagged(said) and _DECLINED.search(said) is None


def volunteered(value: str, header: str = "") -> bool:
    """Whether somebody brought an issue up without being asked; `header` is what yes and no answer.

    >>> volunteered("主动反映"), volunteered("询问所得"), volunteered("是", "主动反映"), volunteered("是", "询问所得")
    (True, False, True, False)
    """
    said = key_of(value.strip("\x00 "))
    asked = _ASKED.search(fold(header)) is not None
    if said in words("yes") | words("ticked"):
        return not asked
    if said in words("no") | words("unticked"):
        return asked
    return _UNASKED.search(said) is not None and _ASKED.search(said) is None


def tells_who_raised(value: str) -> bool:
    """Whether an answer says that an issue was brought up, or that it was asked for.

    >>> tells_who_raised("主动反映"), tells_who_raised("询问所得"), tells_who_raised("网格")
    (True, True, False)
    """
    said = key_of(value.strip("\x00 "))
    plain = words("yes") | words("no") | words("ticked") | words("unticked") | {"asked", "on request"}
    return said in plain or _UNASKED.search(said) is not None or _ASKED.search(said) is not None


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
