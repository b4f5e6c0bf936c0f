"""A ledger as a workbook: a sheet of notes first, households merged down over their issues, a total."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from writing import Merge, person, repeated, workbook

if TYPE_CHECKING:
    from writing import Row

SHEET = "走访台账"
HEADER = ("村", "户号", "户主姓名", "联系电话", "走访日期", "走访人", "问题类别", "办理情况")
VILLAGES = ("松间村", "竹外村", "梅边村")
STATUSES = ("已办结", "当场解决", "办理中", "未办结")
ISSUES = ("道路交通", "饮水与水利", "医疗卫生", "教育", "环境卫生")


def book() -> bytes:
    """Notes on the first sheet; on the second, cells merged down over villages and households."""
    dice = random.Random(24)
    rows: list[Row] = [("入户走访台账（虚构）",), ("填报：走访工作队",), HEADER]
    merges = [Merge(SHEET, 0, 0, 0, len(HEADER) - 1, rows[0][0])]
    sizes = [int(size) for size in repeated({"1": 14, "2": 7, "3": 3}, dice)]
    for n, size in enumerate(sizes):
        top, day = len(rows), date(2026, 6, 1) + timedelta(days=n // 3)
        shared = (f"{n % 8 + 1:02}", person(700 + n), f"120000{70_000 + n}", day, f"队员{n % 3 + 1}")
        issues = dice.sample(ISSUES, size)
        rows += [(VILLAGES[n // 8], *shared, issue, dice.choice(STATUSES)) for issue in issues]
        if size > 1:
            merges += [Merge(SHEET, top, c, top + size - 1, c, cell) for c, cell in enumerate(shared, 1)]
    for village in VILLAGES:
        places = [n for n, row in enumerate(rows) if row[0] == village]
        merges.append(Merge(SHEET, places[0], 0, places[-1], 0, village))
    rows.append(("合计", "24户", "", "", "", "", f"{sum(sizes)}件", ""))
    notes = [("填表说明",), ("一户多件的，户的信息合并单元格。",), ("本表内容均为虚构。",)]
    return workbook({"填表说明": notes, SHEET: rows}, merges)
