"""What headings of finished tables say: which column is a rate, of which two columns, which one a remainder."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.folding import fold
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence


class FigureRole(StrEnum):
    """What a column holds."""

    LABEL = "label"
    COUNT = "count"
    RATE = "rate"
    GROWTH = "growth"
    MEAN = "mean"
    RANK = "rank"
    OTHER = "other"
    """Numbers of lines, years, limits of intervals, medians: figures that follow from no others of the table."""


_CAMEL = pattern(r"(?<=[a-z])(?=[A-Z])")
_RATE = pattern(r"率|占比|比例|比重|百分比|构成|%|\b(?:percent|percentage|pct|rate|share|proportion)\b")
_SHARE = pattern(r"占|比重|构成|百分比|\b(?:percent|percentage|pct|share|proportion)\b|^%|%$")
_GROWTH = pattern(r"环比|同比|增幅|增长率|增速|涨幅|\b(?:growth|change percent|change on year percent|increase rate)\b")
_MEAN = pattern(r"平均|均值|人均|户均|村均|均分|\b(?:mean|average|avg)\b")
_RANK = pattern(r"^(?:.*)(?:排名|名次|位次)$|\b(?:rank|ranking)\b")
_NUMBERING = pattern(
    r"^(?:序号|编号|行号|代码|no\.?|nr\.?|#|id|line|row|code|number|index|key|uuid|.* (?:id|code|line))$"
)
_NEVER = pattern(
    r"中位|四分位|最大|最小|最高|最低|最多|最少|最长|最短|最早|最晚|下限|上限|区间|标准差|天数|日均|每百|用时|时长|分钟|年份|年度|日期|月份|得分|分值|阈值"
    r"|\b(?:median|quartile|q1|q3|min|max|minimum|maximum|low|high|from|to|limit|lower|upper|days|minutes|per|weight"
    r"|points?|year|date|month|week|sd|se|std|score|threshold|z|difference low|difference high|smallest|largest"
    r"|p90|df|longest|shortest|oldest|newest|change|previous|last year|weighted|number|rest value|unit)\b"
    r"|^(?:the )?(?:most|fewest|least)$"
)
_REMAINDER = pattern(
    r"^(?:尚?未(?!登记|记录|评价|注明|填)|剩余|余|待)"
    r"|\b(?:remaining|todo|to do|open|unresolved|outstanding|left|pending)\b|^un(?!i[tovqf]|der|til|cle)(?=\w)"
)
_NEGATED = pattern(
    r"^(?:尚?未|不|非|没|无)|\b(?:not|un(?!i[tovqf]|der|til|cle)\w+|dis(?:agree|approv|connect|like|satisf)\w*|non)\b"
)
"""Units and districts, what is under five or unique, are no negations."""
_TOTAL = pattern(r"^(?:合计|总计|共计|小计|总数|total|all|sum|subtotal|grand total)$")
_OF_WHICH = pattern(r"^(?:其中|(?:of which|including|thereof)\b)")
_SEVERAL = pattern(r"多选|可多选|多项|several answers|multiple (?:answers|responses)|more than one|select all")
_PLANNED = pattern(r"目标|计划|任务|应|\b(?:target|planned|quota|due)\b")
_OF_WHAT = pattern(
    r"(?:%|\b(?:percent|percentage|pct|share|proportion)) of (?:all |the )?(.+)$"
    r"|^占(.+?)(?:的?(?:比例|比重|百分比)|比|的?%)?$"
)
_COMPONENT = pattern(r"^(.+?)\s*[:：]\s*(?:(n|件数)|(base|of|基数))$")
"""The two counts of a share that has columns of its own for each of the three."""
_BARE = pattern(
    r"^(?:所?占比(?:例|重)?|比重|比例|构成(?:比)?|百分比|(?:percent|percentage|pct|share|proportion)?\s*%?)$"
)
_STEM = pattern(
    r"完成率|率|占比|比例|比重|百分比|构成|[%()（）]|\b(?:percent|percentage|pct|rate|share|proportion|of)\b"
)

_GROUPS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    # what was done | what it was done of
    (
        pattern(
            r"办结|妥善|处理(?!中)|办理(?!中|天)|(?<!难)(?<!难以)解决|整改(?!中)|化解|调解|成功|销号|按时"
            r"|\b(?:handled|resolved|closed|solved|completed|done|settled|on time)\b"
        ),
        pattern(
            r"受理|问题|收集|反映|交办|接|诉求|件数|纠纷|事项|总数|总量|应|提及"
            r"|\b(?:collected|received|issues|mentions|cases|raised|complaints)\b"
        ),
    ),
    (
        pattern(r"满意|不满意|\b(?:satisfied|dissatisfied)\b"),
        pattern(r"评价|回访|测评|参评|调查|总数|\b(?:rated|asked|surveyed|answered)\b"),
    ),
    (
        pattern(r"走访|入户|完成|覆盖|\b(?:visited|completed|coverage|visits|surveyed|done|interviewed)\b"),
        pattern(r"目标|应|计划|任务|总户|户数|\b(?:target|planned|quota|due|households)\b"),
    ),
    (pattern(r"\bnumerator\b"), pattern(r"\bdenominator\b")),
    (
        pattern(r"\b(?:mentions|n|count|freq|frequency|respondents|raised|differences)\b|次数|人数|频数|提及"),
        pattern(r"\b(?:base|cases|total|asked|answered|compared|visits|records|denominator)\b|基数|总|走访|户"),
    ),
)
_BASES = pattern(r"^(?:n|base|基数|样本数?|样本量|人数|参评人数|有效样本|cases|respondents|compared)$")


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """A heading in the form in which it is looked up: folded, with spaces for the underscores of programs."""
    return " ".join(re.sub(r"[_\s]+", " ", fold(_CAMEL.sub(" ", heading))).split())


def role_by_heading(heading: str) -> FigureRole | None:
    """What a heading says that its column holds; None where it leaves that to the cells."""
    text = plain(heading)
    if _COMPONENT.search(text):
        return FigureRole.OTHER
    if _NUMBERING.search(text) or _never(text):
        return FigureRole.OTHER
    for asked, role in (
        (_RANK, FigureRole.RANK),
        (_GROWTH, FigureRole.GROWTH),
        (_RATE, FigureRole.RATE),
        (_MEAN, FigureRole.MEAN),
    ):
        if asked.search(text):
            return role
    return None


def _never(text: str) -> bool:
    return _NEVER.search(text) is not None and not _GROWTH.search(text)


def says_several(text: str) -> bool:
    """Whether a title, heading or note says that a case may give several answers."""
    return _SEVERAL.search(plain(text)) is not None


def is_part_of_share(heading: str) -> bool:
    """Whether a column holds the part of a share that has columns of its own for part, base and percentage."""
    found = _COMPONENT.search(plain(heading))
    return found is not None and bool(found[2])


def is_share(heading: str) -> bool:
    """Whether a rate is one of the parts of a whole, not of some done out of some due."""
    return _SHARE.search(plain(heading)) is not None and "率" not in heading


def is_remainder(heading: str) -> bool:
    """Whether a column says what is left of something."""
    return _REMAINDER.search(plain(heading)) is not None


def is_total(heading: str) -> bool:
    """Whether a column says that it is the sum of others."""
    return _TOTAL.fullmatch(plain(heading)) is not None


def is_of_which(label: str) -> bool:
    """Whether a row or column is a part of the one before it."""
    return _OF_WHICH.match(plain(label)) is not None


def is_base(heading: str) -> bool:
    """Whether a column says how many were asked."""
    return _BASES.fullmatch(plain(heading)) is not None


def is_plan(heading: str) -> bool:
    """Whether a column holds what was planned, of which more may be done."""
    return _PLANNED.search(plain(heading)) is not None


@dataclass(frozen=True, slots=True)
class ShareColumns:
    """The two columns that a share may be of.

    Attributes:
        part: Position of the part.
        whole: Position of the whole; None: the total of the part's own column.
        sure: Whether the headings say so. A pair that is only near is believed where it fits, and nothing is held
            against it.
    """

    part: int
    whole: int | None
    sure: bool = True


def pairs_of(rate: int, headings: Sequence[str], counts: Sequence[int]) -> list[ShareColumns]:
    """The pairs of counts that the heading of a rate speaks of, the likeliest first.

    Args:
        rate: Position of the rate.
        headings: All headings.
        counts: Positions of the columns with counts.
    """
    name = plain(headings[rate])
    components = _components(name, headings)
    if components is not None:
        return [components]
    of = _OF_WHAT.search(name)
    if of is not None:
        return _of_what(next(filter(None, of.groups()), "").strip(), rate, headings, counts)
    stem = " ".join(_STEM.sub(" ", name).split())
    parts = _parts(stem, rate, headings, counts)
    found = [pair for part in parts for pair in _wholes(stem, part, headings, counts)]
    if is_share(headings[rate]):
        left = parts or [c for c in counts if c < rate][-1:] or list(counts[:1])
        bases = [c for c in counts if is_base(headings[c])]
        found += [
            ShareColumns(part, base, sure=len(left) == len(bases) == 1)
            for part in left
            for base in bases
            if base != part
        ]
        found += [ShareColumns(part, None, sure=False) for part in left]
    return list(dict.fromkeys(found))


def _components(name: str, headings: Sequence[str]) -> ShareColumns | None:
    """The two columns that belong to a rate by their names: `Coverage %`, `Coverage: n`, `Coverage: base`."""
    stem = name.rstrip("% ")
    found = {c: match for c, heading in enumerate(headings) if (match := _COMPONENT.match(plain(heading)))}
    parts = [c for c, match in found.items() if match[2] and match[1] == stem]
    wholes = [c for c, match in found.items() if match[3] and match[1] == stem]
    return ShareColumns(parts[0], wholes[0]) if parts and wholes else None


def is_bare_share(heading: str) -> bool:
    """Whether a heading says share and not of what: the shares below it are the parts of one whole."""
    return _BARE.fullmatch(plain(heading)) is not None


def _of_what(whole: str, rate: int, headings: Sequence[str], counts: Sequence[int]) -> list[ShareColumns]:
    """The pairs of a heading that names the whole: `% of base`, `percent_of_mentions`, `占基数%`."""
    bases = [c for c in counts if plain(headings[c]) == whole or (is_base(headings[c]) and _same_base(whole))]
    parts = [c for c in counts if c not in bases and _GROUPS[-1][0].search(plain(headings[c]))] or counts
    nearest = sorted((c for c in parts if c not in bases), key=lambda c: (c > rate, abs(c - rate)))
    if bases == [rate - 1] and rate - 2 in counts:
        # Part, base and share side by side belong together, whatever else is counted before them.
        nearest = list(dict.fromkeys((rate - 2, *nearest)))
    sure = len(bases) == 1 and bool(nearest) and nearest[0] < rate
    found = [ShareColumns(part, base, sure=sure and part == nearest[0]) for part in nearest for base in bases]
    own = [c for c in counts if plain(headings[c]) == whole or whole in plain(headings[c])]
    return [*found, *(ShareColumns(part, None, sure=False) for part in [*own, *nearest[:1]])]


def _same_base(whole: str) -> bool:
    """Whether a word for the whole is one for those who were asked."""
    return is_base(whole) or whole in ("base", "cases", "asked", "answered", "基数")


def _parts(stem: str, rate: int, headings: Sequence[str], counts: Sequence[int]) -> list[int]:
    """The columns that a rate may be the rate of: those that share its word, else those of the same kind."""
    names = {c: plain(headings[c]) for c in counts}
    negated = _NEGATED.search(stem) is not None
    alike = [c for c in counts if (_NEGATED.search(names[c]) is not None) == negated]
    if stem:
        exact = [c for c in alike if names[c] == stem]
        within = [c for c in alike if c not in exact and (_holds(names[c], stem) or _holds(stem, names[c]))]
        within = [c for c in within if not is_plan(headings[c])]
        if exact or within:
            return [*exact, *within]
        return [c for done, _due in _GROUPS if done.search(stem) for c in alike if done.search(names[c])]
    nearest = [c for c in counts if c < rate and not is_base(headings[c])]
    return nearest[-1:]


def _holds(text: str, word: str) -> bool:
    if not word or not text:
        return False
    return re.search(rf"\b{re.escape(word)}\b", text) is not None if word.isascii() else word in text


def _wholes(stem: str, part: int, headings: Sequence[str], counts: Sequence[int]) -> list[ShareColumns]:
    """The columns that a part may be a part of."""
    name = f"{stem} {plain(headings[part])}"
    others = [c for c in counts if c != part and not is_remainder(headings[c]) and not _opposite(headings, part, c)]
    found = [c for done, due in _GROUPS if done.search(name) for c in others if due.search(plain(headings[c]))]
    if found:
        return [ShareColumns(part, c) for c in dict.fromkeys(found)]
    left = [c for c in others if c < part]
    return [ShareColumns(part, c, sure=len(others) == 1) for c in left[-1:] or others[:1]]


def done_of_due(part: str, whole: str) -> bool:
    """Whether one heading says what was done, the other of what."""
    return any(done.search(plain(part)) and due.search(plain(whole)) for done, due in _GROUPS[:-1])


def _opposite(headings: Sequence[str], one: int, other: int) -> bool:
    """Whether two columns say yes and no of the same."""
    first, second = plain(headings[one]), plain(headings[other])
    return first != second and (first.lstrip("不未非") == second.lstrip("不未非"))
