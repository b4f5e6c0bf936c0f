"""Days and months as sentences write them, in the language that is spoken."""

from __future__ import annotations

from visittally.messages import language

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def written_day(day: str) -> str:
    """A day or a month in ISO form as it is written in the language of the report.

    >>> written_day("2026-03"), written_day("2026-03-07")
    ('March 2026', '7 March 2026')
    """
    parts = day.split("-")
    if language() == "zh":
        return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    year, month, *days = parts
    return " ".join([*(str(int(d)) for d in days), _MONTHS[int(month) - 1], year])


def written_span(first: str, last: str) -> tuple[str, str]:
    """The first and last day (or month) as they are written; a year or a month of both is not said twice.

    >>> written_span("2026-03-01", "2026-04-07"), written_span("2026-03", "2026-05")
    (('1 March', '7 April 2026'), ('March', 'May 2026'))
    """
    begins, ends = written_day(first), written_day(last)
    for part in (7, 4):
        if first != last and len(first) > part and first[:part] == last[:part]:
            if language() == "zh":
                return begins, ends.removeprefix(written_day(last[:part]))
            return begins.removesuffix(written_day(first[:part]) if part == 7 else first[:part]).rstrip(), ends
    return begins, ends
