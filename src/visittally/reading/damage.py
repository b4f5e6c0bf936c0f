"""Damage that a text carries from earlier programs: noticed and counted with its first line, never repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_IDEOGRAPH = "\u3400-\u9fff"


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace of damage.

    Attributes:
        code: Name for programs.
        hints: Bytes in UTF-8 of which one must be there; looked for first, as that costs next to nothing.
        pattern: What counts as one case of it.
        sentence: What to say; `{n}` cases, the first in `{line}`.
    """

    code: str
    hints: tuple[bytes, ...]
    pattern: re.Pattern[str]
    sentence: Callable[[], str]


TRACES = (
    Trace(
        "replacement_characters",
        ("\ufffd".encode(),),
        re.compile("\ufffd+"),
        lambda: _("{n} times characters were lost before (U+FFFD), first in line {line}"),
    ),
    Trace(
        "mojibake",
        ("锟斤拷".encode(), "烫烫烫".encode(), "屯屯屯".encode()),
        re.compile("(?:锟斤拷)+|烫{3,}|屯{3,}"),
        lambda: _("{n} times characters were lost before (such as 锟斤拷), first in line {line}"),
    ),
    Trace(
        "byte_order_marks",
        ("ï»¿".encode(), "\ufeff".encode()),
        re.compile("ï»¿|\ufeff"),
        lambda: _("{n} times a byte order mark stands inside the text, first in line {line}"),
    ),
    Trace(
        "question_marks",
        (b"?",),
        re.compile(rf"(?<=[{_IDEOGRAPH}])\?+(?=[{_IDEOGRAPH}])|(?<![?\w])\?{{3,}}(?![?\w])"),
        lambda: _("{n} times question marks stand where characters were lost, first in line {line}"),
    ),
    Trace(
        "pinyin",
        (b"(", "（".encode()),
        re.compile(rf"(?<=[{_IDEOGRAPH}])[(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*[)）]"),
        lambda: _("{n} times pinyin was inserted behind a character, first in line {line}"),
    ),
    Trace(
        "rounded_numbers",
        (b"E+1", b"e+1", b"E+2", b"e+2"),
        re.compile(r"(?<![\w.])\d(?:\.\d{1,9})?[Ee]\+[12]\d(?![\w.])"),
        lambda: _("{n} long numbers lost digits in a spreadsheet (such as 4.20E+17), first in line {line}"),
    ),
    Trace(
        "formula_errors",
        (b"#REF!", b"#N/A", b"#VALUE!", b"#NAME?", b"#DIV/0!", b"#NUM!", b"#NULL!"),
        re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)"),
        lambda: _("{n} cells hold an error of a formula (such as #REF!), first in line {line}"),
    ),
)


def find_damage(file: str, blocks: Iterable[bytes]) -> tuple[Notice, ...]:
    """Look for traces of damage.

    Args:
        file: Name of the file, for people.
        blocks: The text as UTF-8, in order; a trace that lies across two blocks is not seen.

    Returns:
        One notice for each kind of damage.
    """
    counts = dict.fromkeys((trace.code for trace in TRACES), 0)
    first: dict[str, int] = {}
    lines = 1
    for block in blocks:
        text = ""
        for trace in TRACES:
            if not any(hint in block for hint in trace.hints) or (trace.code == "question_marks" and block.isascii()):
                continue
            text = text or block.decode("utf-8", "ignore")
            places = [found.start() for found in trace.pattern.finditer(text)]
            if places and trace.code not in first:
                first[trace.code] = lines + text.count("\n", 0, places[0])
            counts[trace.code] += len(places)
        lines += block.count(b"\n")
    return tuple(
        Notice(trace.code, file + ": " + trace.sentence().format(n=counts[trace.code], line=first[trace.code]))
        for trace in TRACES
        if trace.code in first
    )
