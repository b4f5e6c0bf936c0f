"""What the makers of the samples share: invented people, and rows turned into the bytes of files."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping, Sequence

    Row = Sequence[object]

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨㛃"  # the last is not in GBK: only GB18030 has it
STEMS = "甲乙丙丁戊己庚辛壬癸"
THINGS = "山水田石林河桥路井桃梅竹松云月"
HANDLED = ("当场解决", "已办结", "已解决", "解释说明", "当场答复", "程序性办结")
OPEN = ("办理中", "已上报", "转办", "未办结", "短期难以解决", "无法解决", "部分解决", "")


@dataclass(frozen=True)
class Merge:
    """Cells of a sheet merged into one: rows and columns from 0 on, the last ones included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    cell: object


def delimited(rows: Iterable[Row], encoding: str = "utf-8", **dialect: object) -> bytes:
    """Rows as the bytes of a delimited file, lines ended as spreadsheets do."""
    out = io.StringIO(newline="")
    csv.writer(out, **{"lineterminator": "\r\n", **dialect}).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue().encode(encoding)


def days(first: date, count: int) -> list[date]:
    """`count` days from `first` on."""
    return [first + timedelta(days=n) for n in range(count)]


def repeated(counts: Mapping[str, int], dice: random.Random) -> list[str]:
    """Each key as often as its count says, shuffled."""
    cells = [cell for cell, count in counts.items() for _ in range(count)]
    dice.shuffle(cells)
    return cells


def person(number: int) -> str:
    """An invented name, different for each number below 2,550."""
    surname, rest = SURNAMES[number % len(SURNAMES)], number // len(SURNAMES)
    return surname + STEMS[rest % len(STEMS)] + THINGS[rest // len(STEMS) % len(THINGS)]


def identity(number: int) -> str:
    """An identity number that cannot exist: no such region, wrong check digit."""
    digits = f"999999{1940 + number % 60}{1 + number % 12:02}{1 + number % 28:02}{number % 1000:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    right = "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
    return digits + ("1" if right != "1" else "2")


def workbook(sheets: Mapping[str, Sequence[Row]], merges: Sequence[Merge] = ()) -> bytes:
    """Sheets as the bytes of an xlsx file, some of their cells merged."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": datetime(2026, 1, 1, tzinfo=UTC)})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
        for merge in (merge for merge in merges if merge.sheet == name):
            sheet.merge_range(merge.top, merge.left, merge.bottom, merge.right, merge.cell)
    book.close()
    return out.getvalue()
