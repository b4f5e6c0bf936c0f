"""Tables of codes in TOML: those that come with the program and the user's own beside them."""

from __future__ import annotations

import difflib
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visittally.errors import ConfigError
from visittally.messages import _
from visittally.words.listed import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_SHIPPED = Path(__file__).parent / "lists"


@cache
def shipped(name: str) -> Mapping[str, Mapping[str, Any]]:
    """The tables of a file that comes with the program: `categories`, `dispositions`, ..."""
    return listed(_SHIPPED / f"{name}.toml")


def toml_of(path: str, text: str) -> dict[str, Any]:
    """What a user's file in TOML holds.

    Raises:
        ConfigError: It is no TOML, or holds numbers or lists within lists beyond all measure.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(not_toml(path, str(error))) from error
    except (ValueError, RecursionError) as error:
        reason = _("a number or a nesting in it goes beyond all measure")
        raise ConfigError(not_toml(path, reason)) from error


def not_toml(path: str, error: str) -> str:
    """Where a file is not written as TOML, in one sentence."""
    place = re.search(r"line (\d+), column (\d+)", error)
    if place is None:
        return _("{path}: is not valid TOML: {reason}").format(path=path, reason=error)
    text = _('{path}: line {line}, character {column}: this is not written as TOML. An entry looks like: name = "text"')
    return text.format(path=path, line=place[1], column=place[2])


def read_tables(path: str) -> dict[str, dict[str, Any]]:
    """The tables of a user's file.

    Raises:
        ConfigError: The file cannot be read, is no TOML, or holds something else than tables.
    """
    try:
        found = toml_of(path, Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(_("{path}: cannot be read ({reason}).").format(path=path, reason=reason)) from error
    except UnicodeDecodeError as error:
        text = _("{path} is no codebook: that is a text file in TOML, see the README. A form goes with --form.")
        raise ConfigError(text.format(path=path)) from error
    wrong = [name for name, table in found.items() if not isinstance(table, dict)]
    if wrong:
        text = _("{path}: each code needs a table of its own, such as [{name}]; found outside of one: {wrong}.")
        raise ConfigError(text.format(path=path, name="road", wrong=", ".join(wrong)))
    return found


def check_codes(section: str, given: Mapping[str, str], codes: Collection[str]) -> None:
    """Check that a user's mapping leads to codes that exist.

    Raises:
        ConfigError: Names every value that is no code, with the nearest one.
    """
    wrong = []
    for raw, code in given.items():
        if code not in codes:
            near = difflib.get_close_matches(code, codes, 1)
            hint = _(' (did you mean "{near}"?)').format(near=near[0]) if near else ""
            wrong.append(f'"{raw}" = "{code}"{hint}')
    if wrong:
        text = _("[{section}] leads to codes that do not exist: {wrong}. There are: {codes}.")
        raise ConfigError(text.format(section=section, wrong=_("; ").join(wrong), codes=", ".join(codes)))
