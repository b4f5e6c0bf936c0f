"""The headings of the ledger that the program itself gives out: whoever fills it in has been told what a row is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

HEADINGS = {
    "visit_date": ("走访日期", "visit date"),
    "village": ("行政村", "village"),
    "group": ("村民小组", "village group"),
    "household_id": ("户编号", "household id"),
    "visitor": ("走访人", "visitor"),
    "visit_outcome": ("走访结果", "visit outcome"),
    "category": ("问题类别", "issue category"),
    "issue_text": ("反映问题", "issue description"),
    "issue_type": ("事项类型", "request type"),
    "households_affected": ("涉及户数", "households affected"),
    "sensitive": ("是否敏感", "sensitive"),
    "responsible_unit": ("责任单位", "responsible unit"),
    "status": ("办理情况", "issue status"),
    "due_date": ("办理时限", "due date"),
    "resolved_date": ("办结日期", "resolved date"),
    "reply_date": ("反馈日期", "reply date"),
    "satisfaction": ("满意度", "satisfaction"),
}
"""Field -> its heading in Chinese and in English."""
OUTCOMES = (("完成", "部分完成", "拒访", "无人在家", "外出"), ("completed", "partial", "refused", "not at home"))
SATISFIED = (
    ("非常满意", "满意", "基本满意", "不满意", "非常不满意"),
    ("very satisfied", "satisfied", "fairly satisfied", "dissatisfied", "very dissatisfied"),
)
KINDS = (
    ("咨询", "求决", "投诉", "举报", "建议", "纠纷", "表扬"),
    ("question", "request", "complaint", "report of misconduct", "suggestion", "dispute", "praise"),
)
"""How visits end, how content households are, what they want: words to choose from, in Chinese and in English."""
BESIDE = ("填写规则", "选项", "Rules", "Lists")
"""The sheets beside it, which hold no records."""
NONE = ("无", "none")
"""What those write who name no issue, in Chinese and in English."""
_KEPT = ("visit_date", "village", "household_id", "visitor", "visit_outcome", "category", "issue_text", "status")
"""Fields whose columns nobody takes out who keeps to the ledger."""


def is_own_ledger(headers: Collection[str]) -> bool:
    """Whether the headers are those of the ledger, in which a row is an issue of a visit.

    >>> is_own_ledger([chinese for chinese, _english in HEADINGS.values()]), is_own_ledger(["走访日期", "行政村"])
    (True, False)
    """
    return any({HEADINGS[field][language] for field in _KEPT} <= set(headers) for language in (0, 1))
