"""Days as people and tools write them, and the periods that they fall in."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _, language
from visittally.words.folding import fold
from visittally.words.listed import listed
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

PERIODS = ("day", "week", "month", "quarter", "year")
"""The periods that `period` knows."""

_NAMES = Path(__file__).parent / "lists" / "months.toml"
# Folding takes the white space beside an ideograph away: a time may follow 日 or 二 at once.
_TIME = (
    r"(?:(?:[t ,]+|(?<![\x00-\x7f]))\d{1,2}(?:[:：.时h]\d{2}|\s*[ap]m|[时点]).*"
    r"|[ t]*(?:上午|下午|凌晨|晚上|中午).*|t\d{4,6}.*|z)?"
)
_MONTH_DAY = r"\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
_WEEKDAY = r"(?:\s*\(?(?:星期|周)\S\)?)?"
_YEAR_FIRST = pattern(rf"(\d{{4}}){_MONTH_DAY}{_WEEKDAY}{_TIME}")
_YEAR_MONTH = pattern(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_ROC_NAMED = pattern(rf"(?:民国|roc)\s*(\d{{1,3}}){_MONTH_DAY}{_WEEKDAY}{_TIME}")
_ERA = pattern(rf"(令和|平成)\s*(\d{{1,2}}|元){_MONTH_DAY}{_WEEKDAY}{_TIME}")
_ERAS = {"令和": 2018, "平成": 1988}
_ROC_SHORT = pattern(rf"(\d{{2,3}}){_MONTH_DAY}{_TIME}")
_NUMBERS = pattern(rf"(\d{{1,2}})\s*([-/.])\s*(\d{{1,2}})\s*\2\s*(\d{{4}}|\d{{2}}){_TIME}")
_SHORT_YEAR_FIRST = pattern(rf"(\d{{2}})\s*([-/.])\s*(\d{{1,2}})\s*\2\s*(\d{{1,2}}){_TIME}")
_COMPACT = pattern(rf"((?:19|20)\d{{2}})(\d{{2}})(\d{{2}})(?:\d{{6}})?{_TIME}")
_SERIAL = pattern(r"(\d{5})(?:\.\d+)?")
_NAME = r"([^\W\d_](?:[^\W\d_]|[\u0900-\u0963])*)"
"""The name of a month; signs of Indian scripts are no letters by themselves."""
_OF = r"(?:(?:de|of|del|do) )?"
_NTH = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAY_NAME = pattern(rf"(?:[^\W\d_]+\.?,?\s+)?{_NTH}[-/. ]+{_OF}{_NAME}\.?,?[-/. ]+{_OF}(\d{{4}}|\d{{2}}){_TIME}")
_NAME_DAY = pattern(rf"(?:[^\W\d_]+,?\s+)?{_NAME}\.?[-/. ]+{_NTH},?[-/. ]+(\d{{4}}){_TIME}")
_YEAR_SIGN = pattern(r"(?<=\d)\s*(?:г\.?|года|год)$|^(?:ngày )(?=\d)")
"""What stands for "year" behind the year, or for "day" before the day."""
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_ROC_YEARS = range(60, 150)
_FIRST_SHORT_YEAR = 15
"""Years before 2015 are not written with two digits before the month."""

_TELLING = 3
"""Fewer different dates do not tell that both orders are mixed."""


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How the dates of a column are written, as far as single ones do not tell.

    Attributes:
        day_first: Whether 03/04/2023 is the third of April.
        certain_day_first: How many records can only be read with the day first.
        certain_month_first: How many can only be read with the month first.
        ambiguous: How many can be read both ways, and differently.
        roc: Whether years count from 1912.
        short_year_first: Whether 26.3.15 is the fifteenth of March 2026.
        example: One of the ambiguous texts.
        between: First and last of the certain dates, where the ambiguous ones fit in between if they are read the
            other way, and do not as they are read: then both orders may be mixed.
    """

    day_first: bool = True
    certain_day_first: int = 0
    certain_month_first: int = 0
    ambiguous: int = 0
    roc: bool = False
    example: str = ""
    short_year_first: bool = False
    between: tuple[date, date] | None = None

    @property
    def sure(self) -> bool:
        """Whether no date had to be guessed."""
        certain = (self.certain_day_first > 0) != (self.certain_month_first > 0)
        return not self.ambiguous or (certain and self.between is None)

    @classmethod
    def learn(cls, values: Mapping[str, int]) -> DateOrder:
        """Judge all distinct dates of a column together.

        The dates that can be read in one way only decide. Without any, the order is taken in which the dates
        lie closer together, since visits of a campaign do, and `sure` is False.

        Args:
            values: Distinct texts and how often each occurs.
        """
        if _short_years_lead(values):
            return cls(short_year_first=True)
        counts = {"day": 0, "month": 0, "both": 0}
        open_dates: list[tuple[int, int, int]] = []
        certain: list[date | None] = []
        example = ""
        for text, n in values.items():
            match = _NUMBERS.fullmatch(fold(text))
            if match is None:
                continue
            first, second, year = int(match[1]), int(match[3]), _full_year(match[4])
            kinds = {"day"} if first > 12 >= second else {"month"} if second > 12 >= first else {"both"}
            counts[kinds.pop()] += n if first != second else 0
            if max(first, second) > 12:
                certain.append(_day(year, min(first, second), max(first, second)))
            if first != second and max(first, second) <= 12:
                open_dates.append((first, second, year))
                example = min(filter(None, (example, text.strip())))
        if counts["day"] or counts["month"]:
            day_first = counts["day"] >= counts["month"]
        else:
            day_first = _span(open_dates, day_first=True) <= _span(open_dates, day_first=False)
        between = None if counts["day"] and counts["month"] else _others_fit(open_dates, certain, day_first=day_first)
        roc = _all_roc(values)
        return cls(day_first, counts["day"], counts["month"], counts["both"], roc, example, between=between)

    def notices(self, name: str) -> tuple[Notice, ...]:
        """What people should know about how the dates of a column were read."""
        if self.sure:
            return ()
        taken = _("day first") if self.day_first else _("month first")
        if self.between is not None:
            first, last = self.between
            text = _(
                '"{name}": {n} dates such as {example} were read {taken}, as others must be, and lie far from them; '
                "read the other way they lie between {first} and {last} with these. Both orders may be mixed: put "
                "them right in the file."
            )
            message = text.format(
                name=name, n=self.ambiguous, example=self.example, taken=taken, first=first, last=last
            )
            return (Notice("date_order", message),)
        if self.certain_day_first:
            text = _('"{name}" holds dates of both orders; {n} such as {example} could be either: read {taken}.')
        else:
            text = _('"{name}": no date tells whether day or month comes first; {n} dates such as {example} '
                     "were read {taken}.")  # fmt: skip
        message = text.format(name=name, n=self.ambiguous, example=self.example, taken=taken)
        return (Notice("date_order", message),)


DAY_FIRST = DateOrder()


def parse_day(text: str, order: DateOrder = DAY_FIRST) -> date | None:
    """Read the day in a text; a time behind it, with or without zone, is not looked at.

    Args:
        text: ISO dates, `2011/3/15`, `2011年3月15日`, `15.03.2011`, `02-Feb-2021`, `Mar 5, 2023 10:11 AM`, years of
            the Republic of China or of Japanese eras, numbers of days as spreadsheets count them; `2011-03` is its
            first day.
        order: How the dates of the column are written.

    Returns:
        The day, or None where the text is no date.

    >>> parse_day("2011年3月15日"), parse_day("03/15/2011"), parse_day("民國112年3月15日")
    (datetime.date(2011, 3, 15), datetime.date(2011, 3, 15), datetime.date(2023, 3, 15))
    """
    return _parse(text, order.day_first, order.roc, order.short_year_first)


def _short_years_lead(values: Mapping[str, int]) -> bool:
    """Whether dates of three short numbers begin with the year: 26.3.15 and 26.3.16 are days of March 2026.

    A campaign lasts a year or two, so the first numbers hardly differ while the last ones do, which are days.
    """
    found = [match for text in values if (match := _SHORT_YEAR_FIRST.fullmatch(fold(text)))]
    if not found or any(int(m[1]) < _FIRST_SHORT_YEAR or int(m[3]) > 12 or not 1 <= int(m[4]) <= 31 for m in found):
        return False
    years, days = {m[1] for m in found}, {m[4] for m in found}
    if len(years) > 2 or len(days) < len(years):
        return False
    return len(days) > len(years) or (language() == "zh" and all(m[2] == "." for m in found))


@lru_cache(maxsize=1 << 14)
def _parse(text: str, day_first: bool, roc: bool, short_year_first: bool) -> date | None:  # noqa: FBT001 - keys of the cache
    plain = _YEAR_SIGN.sub("", fold(text).strip("'\""))
    if not 4 < len(plain) < 60 or not any(map(str.isdigit, plain)):
        return None
    short = _SHORT_YEAR_FIRST.fullmatch(plain) if short_year_first else None
    if short is not None:
        return _day(2000 + int(short[1]), int(short[3]), int(short[4]))
    return _year_first(plain, roc=roc) or _numbers(plain, day_first=day_first) or _named_month(plain) or _serial(plain)


@cache
def _months() -> Mapping[str, int]:
    """The number of the month that each name means."""
    months = enumerate(listed(_NAMES)["months"], start=1)
    return {name: i for i, names in months for name in names.split()}


def is_month_name(text: str) -> bool:
    """Whether a text names a month, perhaps with its year.

    >>> is_month_name("Mars 2026"), is_month_name("فبراير"), is_month_name("Marsabit")
    (True, True, False)
    """
    words = fold(text).replace(".", " ").replace("-", " ").split()
    return bool(words) and words[0] in _months() and all(word.isdecimal() for word in words[1:])


def _year_first(text: str, *, roc: bool) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _ROC_NAMED.fullmatch(text) or _roc_short(text, roc=roc):
        return _day(int(match[1]) + 1911, int(match[2]), int(match[3]))
    if match := _ERA.fullmatch(text):
        return _day(_ERAS[match[1]] + int(match[2].replace("元", "1")), int(match[3]), int(match[4]))
    match = _YEAR_MONTH.fullmatch(text)
    return _day(int(match[1]), int(match[2]), 1) if match else None


def _roc_short(text: str, *, roc: bool) -> re.Match[str] | None:
    """A year of three digits can be nothing else; one of two digits needs a column of such years."""
    match = _ROC_SHORT.fullmatch(text)
    return match if match and (roc or (len(match[1]) == 3 and int(match[1]) in _ROC_YEARS)) else None


def _numbers(text: str, *, day_first: bool) -> date | None:
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if (day_first and second <= 12) or first > 12:
        first, second = second, first
    return _day(_full_year(match[4]), first, second)


def _named_month(text: str) -> date | None:
    if (match := _DAY_NAME.fullmatch(text)) and match[2] in _months():
        return _day(_full_year(match[3]), _months()[match[2]], int(match[1]))
    if (match := _NAME_DAY.fullmatch(text)) and match[1] in _months():
        return _day(int(match[3]), _months()[match[1]], int(match[2]))
    return None


def _serial(text: str) -> date | None:
    match = _SERIAL.fullmatch(text)
    return _EXCEL_EPOCH + timedelta(days=int(match[1])) if match and int(match[1]) in _SERIALS else None


def period(day: date, name: str) -> str:
    """The period that a day falls in, in ISO form: 2026-04-01, 2026-W14, 2026-04, 2026-Q2, 2026.

    Args:
        day: The day.
        name: One of `PERIODS`.

    Raises:
        KeyError: There is no such period.
    """
    year, week, _weekday = day.isocalendar()
    return {
        "day": day.isoformat(),
        "week": f"{year}-W{week:02d}",
        "month": f"{day:%Y-%m}",
        "quarter": f"{day.year:04d}-Q{(day.month + 2) // 3}",
        "year": f"{day.year:04d}",
    }[name]


def is_month(text: str) -> bool:
    """Whether a date says no more than its month.

    >>> is_month("2026-04"), is_month("2026年4月"), is_month("2026-04-01")
    (True, True, False)
    """
    return _YEAR_MONTH.fullmatch(fold(text).strip("'\"")) is not None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(text: str) -> int:
    """A year of two digits lies between 1970 and 2069."""
    year = int(text)
    return year if len(text) > 2 else year + (1900 if year >= 70 else 2000)


def _others_fit(
    dates: list[tuple[int, int, int]], certain: list[date | None], *, day_first: bool
) -> tuple[date, date] | None:
    """First and last of the certain dates, where the open ones lie between them only if read the other way."""
    known = [day for day in certain if day is not None]
    if len(known) < _TELLING or len(dates) < _TELLING:
        return None
    first, last = min(known), max(known)
    as_read = [_day(y, b, a) if day_first else _day(y, a, b) for a, b, y in dates]
    turned = [_day(y, a, b) if day_first else _day(y, b, a) for a, b, y in dates]
    inside = sum(day is not None and first <= day <= last for day in as_read)
    fits = all(day is not None and first <= day <= last for day in turned)
    return (first, last) if fits and inside * 2 < len(as_read) else None


def _span(dates: list[tuple[int, int, int]], *, day_first: bool) -> int:
    """How many days lie between the first and the last of the dates."""
    days = [d for a, b, y in dates if (d := _day(y, b, a) if day_first else _day(y, a, b)) is not None]
    return (max(days) - min(days)).days if days else 0


def _all_roc(values: Mapping[str, int]) -> bool:
    """Whether all dates are written with years of the Republic of China."""
    found = [match for text in values if (folded := fold(text)) and (match := _ROC_SHORT.fullmatch(folded))]
    dates = sum(1 for text in values if any(map(str.isdigit, text)))
    return bool(found) and len(found) == dates and all(int(m[1]) in _ROC_YEARS and int(m[2]) <= 12 for m in found)


_MONTH_AND_DAY = pattern(rf"(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]?{_WEEKDAY}{_TIME}")
_IN_CHINESE = pattern(r"([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]?")
_SHORT = pattern(r"(\d{1,2})[./-](\d{1,2})")
_DAY_OF_NAME = pattern(rf"{_NTH}[-/. ]*(?:de )?{_NAME}\.?")
_NAME_OF_DAY = pattern(rf"{_NAME}\.?[-/. ]*{_NTH}")
_YEAR = pattern(r"(?<!\d)(20\d\d)(?:(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?)?(?!\d)")


def day_without_year(text: str, *, short: bool = False) -> tuple[int, int] | None:
    """Month and day of a date that has no year; None for other texts.

    Args:
        text: The date.
        short: Whether `3.5` is the fifth of March.

    >>> [day_without_year(text) for text in ("3月5日", "5 March", "3.5", "2026年3月5日")]
    [(3, 5), (3, 5), None, None]
    """
    plain = fold(text)
    if match := _MONTH_AND_DAY.fullmatch(plain) or (_SHORT.fullmatch(plain) if short else None):
        month, day = int(match[1]), int(match[2])
    elif match := _IN_CHINESE.fullmatch(plain):
        month, day = _chinese_number(match[1]), _chinese_number(match[2])
    elif (match := _DAY_OF_NAME.fullmatch(plain)) and match[2] in _months():
        month, day = _months()[match[2]], int(match[1])
    elif (match := _NAME_OF_DAY.fullmatch(plain)) and match[1] in _months():
        month, day = _months()[match[1]], int(match[2])
    else:
        return None
    return (month, day) if _day(2000, month, day) is not None else None


def years_in(text: str) -> frozenset[int]:
    """The years that a title or the name of a file names.

    >>> sorted(years_in("2026年3月走访台账")), sorted(years_in("export_20260305_2")), sorted(years_in("东村12户"))
    ([2026], [2026], [])
    """
    return frozenset(int(year) for year in _YEAR.findall(fold(text)))


def _chinese_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    digits = "〇一二三四五六七八九"
    if not ten:
        return digits.find(ones) if len(ones) == 1 else 0
    return 10 * (digits.find(tens) if tens else 1) + (digits.find(ones) if ones else 0)
