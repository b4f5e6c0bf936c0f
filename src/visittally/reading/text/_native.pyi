from typing_extensions import Buffer

INTERFACE: int

def levels() -> list[str]: ...
def find(
    text: Buffer,
    size: int,
    delimiter: int,
    quote: int,
    final: int,
    width: int,
    level: str,
    ends: Buffer,
    doubled: Buffer,
    inner: Buffer,
    /,
) -> tuple[int, int, int, int, int, int, int] | None: ...
def cells(
    text: Buffer,
    ends: Buffer,
    width: int,
    column: int,
    begins: Buffer | None,
    quote: int,
    returns: int,
    doubled: Buffer,
    starts: Buffer,
    lengths: Buffer,
    escaped: Buffer,
    /,
) -> int: ...
def codes(
    text: Buffer, starts: Buffer, lengths: Buffer, table: Buffer, words: Buffer, codes: Buffer, /
) -> tuple[int, int]: ...
def gather(text: Buffer, starts: Buffer, lengths: Buffer, content: Buffer, offsets: Buffer, /) -> bool: ...
def hashes(content: Buffer, offsets: Buffer, hashes: Buffer, longest: int, /) -> int: ...
def held(text: Buffer, hints: tuple[bytes, ...], level: str, /) -> int: ...
