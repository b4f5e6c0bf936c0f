"""Which encoding a text is in, judged by what the bytes become; and any text as UTF-8 while it streams.

That bytes decode without an error proves little: almost any bytes are GB18030, and all bytes are Mac Roman. So every
encoding of several bytes a character that decodes *all* of the text is judged by its characters: are they common ones
of one script, or rare ideographs stuck between Latin letters? Where none of these makes text of it, encodings of one
byte a letter are told apart by the words that they make.
"""

from __future__ import annotations

import codecs
import io
import itertools
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from visittally.dataclass import dataclass
from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.inputs.unpacking import opened
from visittally.reading.text.characters import plausibility
from visittally.reading.text.single_byte import likely, rival, title
from visittally.reading.text.telling_bytes import telling_bytes
from visittally.words.names import like_name
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visittally.reading.inputs.source import ByteSource

UNIT = 1 << 22
"""Bytes decoded at a time."""
_SHOWN = 1 << 19
"""In so many bytes UTF-16 shows itself."""
PLAUSIBLE = 0.5
"""A text as plausible as this in an encoding that it nearly fits is damaged rather than something else."""
ACCEPTABLE = 0.0
"""A text less plausible than this is no text in that encoding."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
ONE_BYTE = ("cp1252", "mac_roman")
"""They stand for all encodings of one byte a letter: where one of them wins, `single_byte` says which it is."""
LADDER = ("gb18030", "big5", "cp950", "big5hkscs", *ONE_BYTE, "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949")
"""What is tried after UTF-8; of equally plausible ones the first is taken."""

NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp950": "Big5 (cp950)",
    "big5hkscs": "Big5-HKSCS",
    "shift_jis": "Shift-JIS",
    "cp932": "Shift-JIS (cp932)",
    "euc_jp": "EUC-JP",
    "iso2022_jp": "ISO-2022-JP",
    "euc_kr": "EUC-KR",
    "cp949": "EUC-KR (cp949)",
}
"""What people call the encodings; for those of one byte a letter see `single_byte.title`."""

_SHIFTED = pattern(rb"\x1b\$[@B]")
_WORD = pattern(r"\w{2,20}")
"""Bounded, so that a cell of many letters is gone through once."""


def called(name: str) -> str:
    """What people call an encoding."""
    return NAMES.get(name) or title(codecs.lookup(name).name)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a text are to be decoded.

    Attributes:
        name: Python's name of the codec; `utf-8-sig` where a BOM stands at the beginning.
        bom: How many bytes of BOM are skipped.
        forced: Whether the user named it: then bytes that do not fit spoil their record only.
        evidence: Why, in one sentence.
        complete: Whether all of the text was looked at, because it is not large: see `telling_bytes`.
        doubt: Which other encoding is as likely and what it would make of the text, in one sentence, or "".
    """

    name: str
    bom: int = 0
    forced: bool = False
    evidence: str = ""
    complete: bool = True
    doubt: str = ""

    @property
    def is_utf8(self) -> bool:
        """Whether the bytes are UTF-8 as they stand."""
        return self.name in ("utf-8", "utf-8-sig")


def find_encoding(source: ByteSource, wanted: str = "") -> Encoding:
    """Decide how to decode a text, looking at all of it.

    Args:
        source: Where the bytes are.
        wanted: The encoding that the user named, or "".

    Raises:
        InputError: There is no such encoding, or no encoding makes text of the bytes: says where the most plausible
            one fails.
    """
    head, whole = telling_bytes(source)
    return replace(_found(source, wanted, head, whole=whole), complete=whole)


def _found(source: ByteSource, wanted: str, head: bytes, *, whole: bool) -> Encoding:
    if wanted:
        return _wanted(source, wanted, head)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return Encoding(name, len(bom), evidence=_("read as {name}: byte order mark").format(name=NAMES[name]))
    if wide := _utf16_without_bom(head, whole=whole):
        return Encoding(wide, evidence=_("read as {name}: every other byte is zero").format(name=NAMES[wide]))
    ascii_only = head.isascii()
    if ascii_only and b"\x1b" in head and _SHIFTED.search(head) and _decodes(head, "iso2022_jp"):
        return Encoding("iso2022_jp", evidence=_evidence("iso2022_jp", head.decode("iso2022_jp")))
    if ascii_only or _decodes(head, "utf-8"):
        return Encoding("utf-8", evidence=_("read as UTF-8: all bytes fit"))
    return _judged(source, head, whole=whole)


def _wanted(source: ByteSource, wanted: str, head: bytes) -> Encoding:
    try:
        name = codecs.lookup(wanted).name
        "a".encode(name).decode(name)
    except (LookupError, UnicodeError, TypeError):
        known = ", ".join((*NAMES, "cp1250", "cp1251", "cp1252", "cp1256", "iso8859-2", "koi8-r", "mac_roman"))
        raise InputError(
            _('{file}: there is no encoding "{wanted}". Use one of: {known}.').format(
                file=source.name, wanted=wanted, known=known
            )
        ) from None
    if name in {"gb2312", "gbk"}:  # what people call it; the larger standard reads all that these can hold
        name = "gb18030"
    if name == "utf-16":
        name = "utf-16-be" if head.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    boms = {
        bom: to for bom, to in _BOMS if head.startswith(bom) and to.removesuffix("-sig") == name.removesuffix("-sig")
    }
    bom, name = next(iter(boms.items()), (b"", name.removesuffix("-sig")))
    if not name.startswith(("utf-16", "utf-32")):
        _refuse_garbage(source, wanted, name, head[len(bom) :])
    return Encoding(name, len(bom), forced=True, evidence=_("read as {name}: as you asked").format(name=wanted))


def _refuse_garbage(source: ByteSource, wanted: str, name: str, head: bytes) -> None:
    """Single lines may be damaged; where most cannot be read, the encoding is not that of the file."""
    telling = [line for line in head.split(b"\n") if not line.isascii()]
    if 2 * sum(not _decodes(line, name) for line in telling) > len(telling):
        text = _('{file} is not written in "{wanted}": most lines cannot be read so. Leave --encoding out.')
        raise InputError(text.format(file=source.name, wanted=wanted))


def _utf16_without_bom(head: bytes, *, whole: bool) -> str:
    """UTF-16 shows itself by zero bytes at every other place (line ends and delimiters at the least)."""
    part = head[: min(len(head), _SHOWN) & ~1]
    if len(part) < 4 or b"\0" not in part or (len(head) % 2 and whole):
        return ""
    even, odd = part[0::2].count(0) / (len(part) // 2), part[1::2].count(0) / (len(part) // 2)
    for name, here, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if here >= 0.05 and other <= 0.01 * here:
            try:
                text = part[: len(part) - 4].decode(name)
            except UnicodeDecodeError:
                continue
            if any(c in text for c in "\n\r,;\t") and "\x00" not in text:
                return name
    return ""


def _decodes(content: bytes, name: str) -> bool:
    try:
        content.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _failure(source: ByteSource, name: str) -> int | None:
    """Offset of the first byte of a text that does not fit, or None."""
    decoder, done = codecs.getincrementaldecoder(name)(), 0
    with opened(source) as stream:
        while True:
            unit = stream.read(UNIT)
            try:
                decoder.decode(unit, final=not unit)
            except UnicodeDecodeError as error:
                return max(0, done + len(unit) - len(error.object) + error.start)
            if not unit:
                return None
            done += len(unit)


def _judged(source: ByteSource, head: bytes, *, whole: bool) -> Encoding:
    """The most plausible encoding that decodes everything."""
    sample = _telling_lines(head)
    scores = {name: plausibility(sample.decode(name, errors="replace"), name) for name in ("utf-8", *LADDER)}
    best, nearly = "", ""
    for name in sorted(scores, key=lambda name: -scores[name]):
        fits = _fits(source, head, name, whole=whole)
        if fits and scores[name] >= ACCEPTABLE:
            best = name
            break
        if not fits and not nearly:
            nearly = name
    if nearly and scores[nearly] >= PLAUSIBLE and scores[nearly] > scores.get(best, 0.0) + PLAUSIBLE:
        raise _damaged(source, nearly)
    doubt = ""
    if not best or best in ONE_BYTE:
        found = likely(sample)
        best = next((name for name in found if _fits(source, head, name, whole=whole)), "")
        doubt = _doubt(source.name, best, *rival(found, best, sample)) if best else ""
    if not best:
        raise _damaged(source, nearly or "utf-8")
    return Encoding(best, evidence=_evidence(best, sample.decode(best, errors="replace")), doubt=doubt)


def _doubt(file: str, taken: str, other: str, word: str, otherwise: str) -> str:
    if not other:
        return ""
    text = _('{file} was read as {taken} ("{word}"); {other} is about as likely ("{otherwise}"): --encoding {codec}.')
    return text.format(file=file, taken=called(taken), word=word, other=called(other), otherwise=otherwise, codec=other)


def encoding_of(text: bytes) -> str:
    """The encoding of texts that stand in another kind of file, by its name; "" where none makes text of them."""
    if _decodes(text, "utf-8"):
        return "utf-8"
    sample = _telling_lines(text)
    scores = {name: plausibility(sample.decode(name), name) for name in LADDER if _decodes(text, name)}
    best = max(scores, key=lambda name: scores[name], default="")
    if not best or best in ONE_BYTE or scores[best] < ACCEPTABLE:
        return next((name for name in likely(sample) if _decodes(text, name)), "")
    return best


def _fits(source: ByteSource, head: bytes, name: str, *, whole: bool) -> bool:
    return _decodes(head, name) and (whole or _failure(source, name) is None)


def _evidence(name: str, text: str) -> str:
    words = Counter(word for word in _WORD.findall(text) if not word.isascii())
    common = ", ".join(itertools.islice((word for word, _n in words.most_common() if not like_name(word)), 3))
    if not common:
        return _("read as {name}: not UTF-8").format(name=called(name))
    return _("read as {name}: not UTF-8, and it makes common words such as {words}").format(
        name=called(name), words=common
    )


def _damaged(source: ByteSource, name: str) -> InputError:
    offset, line = _failure(source, name) or 0, 1
    with opened(source) as stream:
        for unit in _units(stream, offset):
            line += unit.count(b"\n")
    tried = ", ".join(called(other) for other in ("utf-8", *LADDER) if other != name)
    return InputError(
        _(
            "{file}: line {line:,}, byte {byte:,} is not {name}, and no other encoding makes text of it either "
            "(tried: {tried}). Is the file damaged? With --encoding {codec} such records are set aside."
        ).format(file=source.name, line=line, byte=offset + 1, name=called(name), tried=tried, codec=name)
    )


def _units(stream: BinaryIO, length: int) -> Iterator[bytes]:
    while length > 0 and (unit := stream.read(min(UNIT, length))):
        length -= len(unit)
        yield unit


def _telling_lines(head: bytes, most: int = 1 << 18) -> bytes:
    """The lines that are not ASCII, evenly thinned out."""
    lines = [line for line in head.splitlines() if not line.isascii()]
    size = sum(map(len, lines))
    step = 1 + size // most
    return b"\n".join(lines[::step])[: 4 * most]


def utf8_blocks(source: ByteSource, encoding: Encoding, size: int) -> Iterator[bytes]:
    """The text as UTF-8, about `size` bytes at a time, without BOM.

    Bytes that do not fit a forced encoding come as surrogates (`surrogatepass`), which no valid UTF-8 holds.

    Raises:
        InputError: A byte does not fit; names line and byte.
    """
    with opened(source) as stream:
        stream.read(encoding.bom)
        if encoding.is_utf8:
            while block := stream.read(size):
                yield block
            return
        errors = "surrogateescape" if encoding.forced else "strict"
        decoder = codecs.getincrementaldecoder(encoding.name)(errors)
        done, lines = encoding.bom, 1
        while True:
            block = stream.read(size)
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                raise InputError(
                    _(
                        "{file}: line {line:,}, near byte {byte:,}: not {name}. Name another one with --encoding."
                    ).format(
                        file=source.name,
                        line=lines + error.object[: error.start].count(b"\n"),
                        byte=done + error.start + 1,
                        name=called(encoding.name),
                    )
                ) from None
            if text:
                lines += text.count("\n")
                yield text.encode("utf-8", "surrogatepass")
            if not block:
                return
            done += len(block)


class Transcoded(io.RawIOBase):
    """A text in any encoding as a stream of UTF-8 bytes."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        """Take the blocks that `utf8_blocks` gives."""
        self._blocks = blocks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer; 0 at the end."""
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = memoryview(block)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
