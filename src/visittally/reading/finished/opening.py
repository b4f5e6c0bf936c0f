"""Which files hold finished tables and sentences, and how each kind is read."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING

from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.finished.rows import Finished

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from visittally.reading.inputs.source import ByteSource, ReadingOptions

LARGEST = 64 << 20
"""Bytes of a document or of a text with a finished table; more of them are no such thing."""


def open_finished(paths: Sequence[str], options: ReadingOptions, *, as_text: bool = False) -> tuple[Finished, ...]:
    """Read finished tables and sentences.

    Args:
        paths: Files, folders or `-`, as the user gave them.
        options: Encoding, delimiter and sheet, where the user said so.
        as_text: Whether delimited text is to be read as sentences, not as a table.

    Returns:
        What stands in each file, in order.

    Raises:
        InputError: Some input cannot be read; names all of these at once.
    """
    from visittally.reading.inputs.expanding import LeftOut, expand

    found: list[Finished] = []
    errors: list[str] = []
    for one in expand(paths):
        # What this program wrote is no input of the others, but as good a table as any here.
        source = next(iter(expand([one.name]))) if isinstance(one, LeftOut) else one
        try:
            if isinstance(source, InputError):
                raise source
            assert not isinstance(source, LeftOut)
            found += _opened(source, options, as_text=as_text)
        except InputError as error:
            errors.append(str(error))
    if errors:
        raise InputError("\n".join(dict.fromkeys(errors)))
    return tuple(found)


def _opened(source: ByteSource, options: ReadingOptions, *, as_text: bool) -> list[Finished]:
    from visittally.reading.inputs.kinds import InputKind
    from visittally.reading.inputs.unpacking import leaves

    special = _document_reader(source)
    if special is not None:
        return [special(source.name, _content(source))]
    found = []
    for leaf in leaves(source):
        if isinstance(leaf, InputError):
            raise leaf
        inner, kind = leaf
        if kind is InputKind.WORKBOOK:
            from visittally.reading.finished.grids import of_workbook

            found.append(of_workbook(inner, options))
        elif kind is InputKind.TEXT:
            found.append(_of_text(inner, options, as_text=as_text))
        else:
            text = _("{name} holds records, not a finished table: summarize reads it.")
            raise InputError(text.format(name=inner.name))
    return found


def _document_reader(source: ByteSource) -> Callable[[str, bytes], Finished] | None:
    """What reads Word documents and pages, which no other command takes."""
    from visittally.reading.inputs.unpacking import opened

    with opened(source) as stream:
        head = stream.read(1 << 12)
    if head.startswith(b"PK\x03\x04"):
        try:
            names = zipfile.ZipFile(io.BytesIO(_content(source))).namelist() if source.size <= LARGEST else []
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            return None
        if "word/document.xml" in names:
            from visittally.reading.finished.word import of_word

            return of_word
        return None
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1024].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<div", b"<!--", b"<meta")):
        from visittally.reading.finished.pages import of_page

        return of_page
    return None


def _content(source: ByteSource) -> bytes:
    from visittally.reading.inputs.unpacking import opened

    with opened(source) as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise InputError(_("{name} is too large for a finished table.").format(name=source.name))
    return content


def _of_text(source: ByteSource, options: ReadingOptions, *, as_text: bool) -> Finished:
    from visittally.reading.finished.grids import of_delimited, text_of_source
    from visittally.reading.finished.prose import of_prose

    suffix = PurePath(source.name).suffix.lower()
    text = text_of_source(source, options, LARGEST)
    if as_text or suffix in (".md", ".markdown", ".txt"):
        return of_prose(source.name, text)
    return Finished(source.name, (of_delimited(text, options),))
