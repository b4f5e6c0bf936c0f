"""Questions that by their names ask for problems: behind them yes and no, and ticks of any kind, are options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.survey.fields import alias_ranks, header_list, words_of
from visittally.survey.headers import header_words
from visittally.words.folding import fold, fold_header
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_FEW = 2
_ABOUT_ISSUES = frozenset(
    (
        "reported",
        "raised",
        "handled",
        "pending",
        "open",
        "closed",
        "solved",
        "resolved",
        "urgent",
        "type",
        "any",
        "exist",
        "exists",
    )
)
"""What is asked about problems: none is called so."""
_GROUP_END = pattern(
    r"\s+(?:raised|reported|mentioned|identified|found|faced|encountered|named|collected)$|(?:情况|类别|类型|种类|方面|分类)$"
)
"""What the name of a group of problems ends with."""
_FIELDS_ABOUT = frozenset(
    [
        *("status", "visit_date", "due_date", "resolved_date", "reply_date", "handover_date", "issue_text", "urgency"),
        *("satisfaction", "reported_to", "prior_report", "raised_by", "responsible_unit", "households_affected"),
        *("early_sign", "legacy", "sensitive"),
    ]
)
"""Fields of an issue: columns called so say something about one."""


def issue_words() -> frozenset[str]:
    """The words for problems, also of several."""
    return frozenset(form for word in words_of("category") for form in (word, f"{word}s"))


def named_as_issue(parent: str) -> bool:
    """Whether the last word of a name is one for problems.

    >>> named_as_issue("Problems"), named_as_issue("q5_issue"), named_as_issue("problem_of_whom")
    (True, True, False)
    """
    said = header_words(parent)[-1:]
    ending = any(fold(parent).endswith(word) for word in words_of("category") if not word.isascii())
    return bool(said) and (said[0] in issue_words() or ending)


def groups_issues(group: str, options: Iterable[str]) -> bool:
    """Whether what stands above several columns says that they are problems.

    >>> groups_issues("Issues raised", ["water", "road", "school"]), groups_issues("诉求类别", ["道路", "饮水", "医疗"])
    (True, True)
    >>> groups_issues("Needs assessment", ["soap", "latrine", "water"])
    False
    """
    return lists_issues(_GROUP_END.sub("", fold_header(group)), options)


def asks_for_issues(parent: str) -> bool:
    """Whether a question of several words asks for problems: then yes and no behind it are ticks."""
    issues = issue_words()
    named = not issues.isdisjoint(header_words(parent))
    return len(parent.split()) > 1 and (named or any(w in fold(parent) for w in issues if not w.isascii()))


def lists_issues(parent: str, options: Iterable[str], *, sure: bool = False) -> bool:
    """Whether columns below a word for problems are problems, and ask nothing about them.

    Args:
        parent: What their names begin with.
        options: What stands behind it in each.
        sure: Whether they hold ticks, so that only what is asked of a single problem speaks against it.

    >>> lists_issues("problems", ["water", "road", "school"]), lists_issues("problem", ["water", "date", "solved"])
    (True, False)
    >>> lists_issues("need", ["cost", "road", "food"]), lists_issues("need", ["cost", "road", "food"], sure=True)
    (False, True)
    """
    names = list(options)
    about = _ABOUT_ISSUES if sure else _ABOUT_ISSUES | header_list("about")
    asked = any(_FIELDS_ABOUT & alias_ranks(name).keys() or about & {*header_words(name)} for name in names)
    return len(names) > _FEW and named_as_issue(parent) and not asked
