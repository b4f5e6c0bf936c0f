"""Damage that a text carries from earlier programs: noticed and counted with its first line, never repaired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _, ngettext
from visittally.reading.text import heart
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

_IDEOGRAPH = "\u3400-\u9fff"
_TONES = "[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]"
_REST_OF_PINYIN = rf"[a-zü]*{_TONES}[a-zü]*[)）]"
"""What is left of pinyin behind a character, where the parenthesis before it was lost as well: 們?cè)."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace of damage.

    Attributes:
        code: Name for programs.
        hints: Bytes in UTF-8 of which one must be there; looked for first, as that costs next to nothing.
        closer: What else must be there in bytes, where the hints are frequent: the text need not be decoded then.
        pattern: What counts as one case of it.
        sentence: What to say; `{n}` cases, the first in `{line}`.
    """

    code: str
    hints: tuple[bytes, ...]
    pattern: re.Pattern[str]
    sentence: Callable[[int], str]
    closer: re.Pattern[bytes] | None = None

    def may_be_in(self, block: bytes, hints: frozenset[bytes]) -> bool:
        """Whether it is worth while to look closely at a block in which these hints stand."""
        return not hints.isdisjoint(self.hints) and (self.closer is None or bool(self.closer.search(block)))


TRACES = (
    Trace(
        "replacement_characters",
        ("\ufffd".encode(),),
        pattern("\ufffd+"),
        lambda n: ngettext(
            "in {n:,} place characters were lost before (U+FFFD): line {line}",
            "in {n:,} places characters were lost before (U+FFFD), first in line {line}",
            n,
        ),
    ),
    Trace(
        "mojibake",
        ("锟斤拷".encode(), "烫烫烫".encode(), "屯屯屯".encode()),
        pattern("(?:锟斤拷)+|烫{3,}|屯{3,}"),
        lambda n: ngettext(
            "in {n:,} place characters were lost before (such as 锟斤拷): line {line}",
            "in {n:,} places characters were lost before (such as 锟斤拷), first in line {line}",
            n,
        ),
    ),
    Trace(
        "byte_order_marks",
        ("ï»¿".encode(), "\ufeff".encode()),
        pattern("ï»¿|\ufeff"),
        lambda n: ngettext(
            "in {n:,} place a byte order mark stands inside the text: line {line}",
            "in {n:,} places a byte order mark stands inside the text, first in line {line}",
            n,
        ),
    ),
    Trace(
        "question_marks",
        (b"?",),
        pattern(rf"(?<=[{_IDEOGRAPH}])\?+(?=[{_IDEOGRAPH}]|{_REST_OF_PINYIN}|\d+[余多])|(?<![?\w])\?{{3,}}(?![?\w])"),
        lambda n: ngettext(
            "in {n:,} place question marks stand where characters were lost: line {line}",
            "in {n:,} places question marks stand where characters were lost, first in line {line}",
            n,
        ),
        pattern(rb"\?(?=(?:[a-z]*|\d+)[\x80-\xff])|\?\?\?"),
    ),
    Trace(
        "pinyin",
        (b"\xc3", b"\xc4", b"\xc5", b"\xc7"),
        pattern(rf"(?<=[{_IDEOGRAPH}])[(（][a-zü ]*{_TONES}[a-zü ]*(?:{_TONES}[a-zü ]*)*[)）]"),
        lambda n: ngettext(
            "in {n:,} place pinyin was inserted behind a character: line {line}",
            "in {n:,} places pinyin was inserted behind a character, first in line {line}",
            n,
        ),
        pattern(rb"(?:\(|\xef\xbc\x88)(?:[a-z ]|\xc3\xbc)*[\xc3\xc4\xc5\xc7]"),
    ),
    Trace(
        "rounded_numbers",
        (b"+1", b"+2"),
        pattern(r"(?<![\w.])\d(?:\.\d{1,9})?[Ee]\+[12]\d(?![\w.])"),
        lambda n: ngettext(
            "{n:,} long number lost digits in a spreadsheet (such as 4.20E+17): line {line}",
            "{n:,} long numbers lost digits in a spreadsheet (such as 4.20E+17), first in line {line}",
            n,
        ),
        pattern(rb"[Ee]\+[12]"),
    ),
    Trace(
        "formula_errors",
        (b"#",),
        pattern(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)"),
        lambda n: ngettext(
            "{n:,} cell holds an error of a formula (such as #REF!): line {line}",
            "{n:,} cells hold an error of a formula (such as #REF!), first in line {line}",
            n,
        ),
        pattern(rb"#[RNVD]"),
    ),
)


_HINTS = tuple(dict.fromkeys(hint for trace in TRACES for hint in trace.hints))


def _hints_in(block: bytes, *, ascii_only: bool) -> frozenset[bytes]:
    """Which of the hints of all traces stand in a block."""
    if heart.native is not None:
        found = heart.native.held(block, _HINTS, heart.level)
        return frozenset(hint for i, hint in enumerate(_HINTS) if found >> i & 1)
    return frozenset(hint for hint in _HINTS if (hint.isascii() or not ascii_only) and hint in block)


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
    lines, before = 1, b""
    for block in blocks:
        lines += before.count(b"\n")
        before = block
        text, ascii_only = "", block.isascii()
        hints = _hints_in(block, ascii_only=ascii_only)
        for trace in TRACES:
            if (trace.code == "question_marks" and ascii_only) or not trace.may_be_in(block, hints):
                continue
            text = text or block.decode("utf-8", "ignore")
            places = [found.start() for found in trace.pattern.finditer(text)]
            if places and trace.code not in first:
                first[trace.code] = lines + text.count("\n", 0, places[0])
            counts[trace.code] += len(places)
    return tuple(
        Notice(
            trace.code,
            _("{file}: {sentence}.").format(
                file=file,
                sentence=trace.sentence(counts[trace.code]).format(n=counts[trace.code], line=first[trace.code]),
            ),
        )
        for trace in TRACES
        if trace.code in first
    )
