"""A template of the user's own: sandboxed, and bounded in time and size.

Jinja's sandbox keeps a template from files and from Python's insides; it does not keep it from being endless.
"""

from __future__ import annotations

import ctypes
import threading
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import jinja2
import jinja2.exceptions
import jinja2.sandbox

from visittally.errors import ConfigError
from visittally.messages import _
from visittally.render.html import HtmlPage, context, view
from visittally.render.templating import environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from visittally.render.cells import RenderOptions
    from visittally.tables.document import Document

MOST_SECONDS = 60.0
"""A page that takes longer is not waited for."""
MOST_CHARACTERS = 50_000_000
"""A page, or any text in it, that is longer is not made."""
_GROWING = frozenset(("center", "ljust", "rjust", "zfill", "expandtabs", "translate", "replace", "join"))
"""Methods of texts whose result can be any number of times longer than the text."""
_GROWING_FILTERS = ("center", "indent", "format", "replace", "wordwrap", "xmlattr", "pprint", "tojson")
_WRONG = (
    jinja2.TemplateError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
    MemoryError,
)


class _Bounded(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """A sandbox in which no operation makes much out of little."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """As in any environment, for numbers of a usual size."""
        if not all(isinstance(side, int | float) and abs(side) < 1e15 for side in (left, right)):
            raise jinja2.exceptions.SecurityError(_("only numbers can be multiplied"))
        if operator == "**" and abs(right) > 64:
            raise jinja2.exceptions.SecurityError(_("this power is too large"))
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, owner: Any, attr: str, value: Any) -> bool:
        """As in the sandbox, without what makes texts any length."""
        return not (isinstance(owner, str) and attr in _GROWING) and super().is_safe_attribute(owner, attr, value)

    def wrap_str_format(self, value: Any) -> Any:
        """No text is formatted: a width can be any number."""
        if super().wrap_str_format(value) is not None:
            raise jinja2.exceptions.SecurityError(_("texts cannot be formatted"))


def render_template(document: Document, options: RenderOptions, path: Path) -> bytes:
    """The document in a template of the user's own, which can reach nothing but the fields of `Page`.

    The template may `{% extends "report.html" %}` and fill its blocks `title`, `style`, `header`, `sections`
    and `footer`.

    Raises:
        ConfigError: The template is missing, is no UTF-8, is wrong (names the line), or makes a page without end.
    """
    source = _source(path)
    sandbox = environment(_Bounded)
    for name in _GROWING_FILTERS:
        del sandbox.filters[name]
    page = view(document, options)
    try:
        text = _within_limits(sandbox.from_string(source).generate(context(page)))
    except jinja2.TemplateSyntaxError as error:
        message = _("{path}: line {line}: the template is wrong: {reason}")
        raise ConfigError(message.format(path=path, line=error.lineno, reason=error.message)) from error
    except _WRONG as error:
        message = _("{path}: the template is wrong: {reason}. It may use {names}.")
        known = ", ".join(field.name for field in fields(HtmlPage))
        raise ConfigError(
            message.format(path=path, reason=str(error) or _("it needs too much memory"), names=known)
        ) from error
    if text is None:
        message = _("{path}: the template makes a page of more than {n:,} characters, or takes longer than {s:.0f} s.")
        raise ConfigError(message.format(path=path, n=MOST_CHARACTERS, s=MOST_SECONDS))
    return text.encode("utf-8", "backslashreplace")


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        message = _("{name} does not exist. Check the spelling and the folder.")
        raise ConfigError(message.format(name=path)) from error
    except OSError as error:
        message = _("{path}: the template cannot be read: {reason}.")
        raise ConfigError(message.format(path=path, reason=error.strerror or error)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(_("{path}: the template is not UTF-8. Save it as UTF-8.").format(path=path)) from error


def _within_limits(pieces: Iterator[str]) -> str | None:
    """The pieces as one text; None where they do not end within the limits.

    A thread of its own makes them: loops that print nothing give no other place to stop at.
    """
    made: list[str] = []
    failed: list[BaseException] = []
    ended = threading.Event()

    def make() -> None:
        size = 0
        try:
            for piece in pieces:
                made.append(piece)
                size += len(piece)
                if size > MOST_CHARACTERS:
                    return
            ended.set()
        except BaseException as error:  # noqa: BLE001 - it is raised again below
            failed.append(error)

    worker = threading.Thread(target=make, daemon=True)
    worker.start()
    worker.join(MOST_SECONDS)
    if worker.is_alive():
        _end(worker)
        return None
    if failed:
        raise failed[0]
    return "".join(made) if ended.is_set() else None


def _end(worker: threading.Thread) -> None:
    """Have a thread end at its next step: nobody waits for what it makes, and it would slow down all that follows."""
    assert worker.ident is not None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(worker.ident), ctypes.py_object(SystemExit))
    worker.join(1)
