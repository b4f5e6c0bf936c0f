"""The bytes of a text by which its encoding is judged: all of them, or parts of a large one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.reading.inputs.unpacking import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from visittally.reading.inputs.source import ByteSource

WHOLE_FILE = 64 << 20
"""Texts up to this many bytes are judged as a whole, larger ones by stretches of them."""
PACKED_BEGINNING = 8 << 20
"""Of packed texts that are larger so much is judged, if there is more than ASCII in it."""
PACKED_TO = 4
"""Tables are packed to so small a part at most."""
STRETCH = 1 << 20
"""Bytes of a stretch."""
STRETCHES = 64
"""Of a large text so many stretches are looked at."""


def telling_bytes(source: ByteSource) -> tuple[bytes, bool]:
    """The bytes that decide: all of them or, of a large file, stretches of whole lines; and whether it is all."""
    if not source.plain or source.size <= WHOLE_FILE:
        with opened(source) as stream:
            head = stream.read(PACKED_BEGINNING) if _is_large_when_unpacked(source) else b""
            if head.isascii():
                head += stream.read(WHOLE_FILE + 1 - len(head))
            if len(head) <= WHOLE_FILE and not stream.read(1):
                return head, True
        return head[: head.rfind(b"\n") + 1] or head, False
    with opened(source) as stream:
        parts = [stream.read(STRETCH)]
        for i in range(1, STRETCHES):
            stream.seek(i * (source.size - STRETCH) // (STRETCHES - 1))
            parts.append(stream.read(STRETCH // STRETCHES).partition(b"\n")[2].rpartition(b"\n")[0])
        sample = b"\n".join([parts[0].rpartition(b"\n")[0], *parts[1:]])
        return sample if not sample.isascii() else b"\n".join([sample, *_foreign(stream)]), False


def _is_large_when_unpacked(source: ByteSource) -> bool:
    """Whether a packed text is surely longer than what is judged as a whole, so that some of it is unpacked twice."""
    packed_to = 1 if source.compression == "zip" else PACKED_TO
    return not source.plain and source.size * packed_to > WHOLE_FILE


def _foreign(stream: BinaryIO) -> Iterator[bytes]:
    """The first stretches that are not ASCII."""
    stream.seek(0)
    found = 0
    while found < STRETCHES and (unit := stream.read(STRETCH)):
        if not unit.isascii():
            found += 1
            yield unit.partition(b"\n")[2].rpartition(b"\n")[0]
