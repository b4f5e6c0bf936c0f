"""A village of 377 households in 10 groups: a ledger with titles, subtotals and a total, in GB18030."""

from __future__ import annotations

import random
from datetime import date
from itertools import cycle

from writing import HANDLED, OPEN, days, delimited, identity, person, repeated

VILLAGE_HEADER = (
    "序号",
    "村",
    "村民小组",
    "户号",
    "户主姓名",
    "身份证号",
    "联系电话",
    "走访日期",
    "走访人",
    "问题类别",
    "反映问题",
    "办理情况",
    "备注",
)
GROUP_SIZES = (38, 41, 36, 40, 35, 39, 37, 42, 33, 36)
VILLAGE_ISSUES = {
    "道路交通": 96,
    "劳动力与就业": 74,
    "农资与物价": 81,
    "医疗卫生、教育": 63,
    "农业技术与灾害": 38,
    "道路交通、农资与物价": 11,
    "医疗卫生": 7,
    "教育": 5,
    "无": 9,
}
VILLAGE_TEXTS = {
    "道路交通": (
        "组里到村部的路坑洼不平,雨天走不了",
        "村道只硬化了一半，孩子上学绕路",
        '村口的桥"修了三年还没修好"',
    ),
    "劳动力与就业": (
        "农忙时请不到人，工价一天涨了几十元",
        "年轻人都出去打工了,地没人种",
        "去年的工钱还没有结清",
    ),
    "农资与物价": ("化肥、农药涨价快", "种子比去年贵，粮价没有涨", "卖粮难，\n收购价低"),
    "医疗卫生、教育": ("看病贵，两个孩子上学的负担也重", "住院报销少；寄宿费一学期比一学期高"),
    "农业技术与灾害": ("想种果树，缺适用的技术", "病虫害没人指导，旱涝也没办法"),
    "道路交通、农资与物价": ("路不好，农资运进来更贵",),
    "医疗卫生": ("村卫生室常年没有药",),
    "教育": ("教学点撤了，上学要走一个小时",),
    "无": ("无",),
}
SPELLINGS = ("{n}组", "{n}组", "{n}组", "{wide}组", "{n} 组")
DATE_FORMATS = ("{0.year}-{0.month}-{0.day}", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日")
REVISITED = (5, 44, 91, 137, 202, 288, 361)
"""Households that were visited a second time."""


def visits(dice: random.Random) -> list[list[list[object]]]:
    """The rows of the ledger without serial numbers, group by group; 7 households were visited twice."""
    issues = repeated(VILLAGE_ISSUES, dice)
    calendar = days(date(2026, 3, 15), 31)
    groups, household = [], 0
    for n, size in enumerate(GROUP_SIZES, 1):
        rows: list[list[object]] = []
        for _ in range(size):
            household += 1
            for visit in range(1 + (household in REVISITED)):
                issue = issues.pop()
                day = calendar[min(n * 3 - 3 + dice.randrange(3) + 7 * visit, 30)]
                spelling = dice.choice(SPELLINGS).format(
                    n=n, wide=str(n).translate({48 + d: 0xFF10 + d for d in range(10)})
                )
                status = "" if issue == "无" else dice.choice(HANDLED + OPEN)
                remark = "复访" if visit else dice.choice(("", "", "", "", "户主外出，家人代答"))
                shown = DATE_FORMATS[household % 3].format(day)
                contact = (person(household), "\t" + identity(household), f"120000{household:05}")
                text = dice.choice(VILLAGE_TEXTS[issue])
                rows.append(["云雀村", spelling, f"{household:03}", *contact, shown, "", issue, text, status, remark])
        groups.append(rows)
    return groups


def ledger() -> bytes:
    """The ledger as its keeper saved it: titles, subtotals, a total, notes below, in GB18030."""
    width = len(VILLAGE_HEADER)
    visitors = cycle(("工作队一小组", "工作队二小组", "工作队三小组"))
    table: list[list[object]] = [
        ["云雀村入户走访台账（虚构）"],
        ["填报单位：走访工作队", *[""] * 8, "2026年3月15日至4月14日"],
        [],
    ]
    table.append(list(VILLAGE_HEADER))
    number = 0
    for rows, size in zip(visits(random.Random(377)), GROUP_SIZES, strict=True):
        for position, row in enumerate(rows):
            number += 1
            if position % 13 == 0:  # written once for a block of rows, as people do
                row[7] = next(visitors)
            table.append([number, *row])
        table.append(["小计", "", "", f"{size}户"])
    table += [["合计", "", "", f"{sum(GROUP_SIZES)}户"], [], ["注：一户多次走访的，按一户计。"]]
    return delimited(([*row, *[""] * (width - len(row))] for row in table), "gb18030")
