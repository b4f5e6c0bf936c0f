"""A district: 36,045 visits to households, enterprises and schools, 2,459 issues, and two plans."""

from __future__ import annotations

import gzip
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from writing import HANDLED, OPEN, days, delimited, repeated

if TYPE_CHECKING:
    from writing import Row

TOWNSHIPS = {
    "青禾镇": "0.86万",
    "白鹭镇": "0.74万",
    "松涛乡": "5100",
    "石榴镇": "7,900",
    "云溪镇": "6800户",
    "柳湾乡": "4600",
    "梧桐街道": "9200",
    "长亭街道": "8800",
    "朝霞街道": "0.81万",
    "竹影乡": "3900",
    "银杏镇": "６３００",
    "临泉街道": "5300",
}
"""Township -> its planned number of households, as written in the plan; together 82,000."""
TARGETS = {"住户": ("8.2万", 35_731), "企业": ("300余", 291), "学校": ("27", 23)}
"""Kind -> what was planned, as written, and how many were visited; together 36,045."""
ISSUES_IN_A_CELL = {1: (1_640, 1_000), 2: (324, 218), 3: (57, 44)}
"""Issues in a cell -> visits with so many, and how many of these were handled: 1,568 of 2,459 issues."""
DISTRICT_ISSUES = (
    "饮水与水利",
    "住房与物业",
    "道路交通",
    "环境卫生",
    "社会保障与救助",
    "劳动力与就业",
    "教育",
    "医疗卫生",
    "邻里与家庭纠纷",
    "办事服务",
    "土地与征地拆迁",
    "社会治安与公共安全",
)
NOT_RECORDED = 312
"""Visits of which nobody wrote down whether there was an issue."""
DISTRICT_HEADER = (
    "走访对象类别",
    "乡镇",
    "村（社区）",
    "户号",
    "走访日期",
    "走访人",
    "问题类别",
    "办理情况",
    "办结日期",
    "办理时限",
)


def places() -> list[tuple[str, str]]:
    """Township and village or community, 14 in each township."""
    return [
        (township, first + last + ("社区" if township.endswith("街道") else "村"))
        for township, last in zip(TOWNSHIPS, "坪塘湾岭桥坝沟溪井坡洲台", strict=True)
        for first in "东西南北上下前后左右新老大小"
    ]


def answers(dice: random.Random) -> list[tuple[str, bool | None]]:
    """For each visit its issue cell, and whether the issues were handled (None: there were none)."""
    weights = [1 / (n + 2) for n in range(len(DISTRICT_ISSUES))]
    cells: list[tuple[str, bool | None]] = []
    for size, (visits, handled) in ISSUES_IN_A_CELL.items():
        for n in range(visits):
            chosen: list[str] = []
            while len(chosen) < size:
                issue = dice.choices(DISTRICT_ISSUES, weights)[0]
                chosen += [issue] if issue not in chosen else []
            cells.append((";".join(chosen), n < handled))
    quiet = sum(visited for _, visited in TARGETS.values()) - len(cells) - NOT_RECORDED
    cells += [("无", None)] * quiet + [("", None)] * NOT_RECORDED
    dice.shuffle(cells)
    return cells


def visits() -> bytes:
    """One row a visit, in the order of the days; households are numbered within their village."""
    dice = random.Random(36_045)
    homes, calendar = places(), days(date(2026, 4, 1), 91)
    kinds = repeated({kind: visited for kind, (_, visited) in TARGETS.items()}, dice)
    numbers: dict[tuple[str, str], int] = {}
    rows: list[Row] = []
    for n, (kind, (issues, handled)) in enumerate(zip(kinds, answers(dice), strict=True)):
        day, place = calendar[n * len(calendar) // len(kinds)], dice.choice(homes)
        numbers[place] = numbers.get(place, 0) + 1
        visitor = f"干部{dice.randrange(1, 1013):04}"
        status = resolved = due = ""
        if handled is not None:
            status, due = dice.choice(HANDLED if handled else OPEN), str(day + timedelta(days=15))
            resolved = str(day + timedelta(days=dice.choice((0, 0, 2, 5, 9, 14, 21)))) if handled else ""
        rows.append([kind, *place, f"{numbers[place]:04}", day, visitor, issues, status, resolved, due])
    content = delimited([DISTRICT_HEADER, *rows], "utf-8-sig")
    return gzip.compress(content, compresslevel=9, mtime=0)


def targets() -> bytes:
    """What was planned, by kind."""
    return delimited([("走访对象类别", "计划数"), *((kind, planned) for kind, (planned, _) in TARGETS.items())])


def plan() -> bytes:
    """How many households were planned, by township."""
    return delimited([("乡镇", "计划数"), *TOWNSHIPS.items()])
