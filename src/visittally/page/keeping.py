"""visittally.toml to keep: what was chosen on the page, and how the columns were understood."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from visittally.config import UNNAMED
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PAIRS = ("column", "roster_column")
"""Options that have tables of their own in the file."""
_NOT_KEPT = ("family",)


def to_keep(
    arguments: Sequence[str], options: Iterable[tuple[str, str | bool]], files: Sequence[tuple[str, str]]
) -> str:
    """The first part of a visittally.toml, which what `columns -f toml` writes can follow.

    Args:
        arguments: The command line, for a comment.
        options: What was chosen.
        files: Options and the files that they name.
    """
    kept: dict[str, list[str | bool]] = {}
    roster: dict[str, str] = {}
    left = []
    for name, value in [*files, *options]:
        key = name.removeprefix("--").replace("-", "_")
        if key == "roster_column" and isinstance(value, str):
            field, _sign, header = value.partition("=")
            roster[field] = header
        elif key in UNNAMED and key not in (*_PAIRS, *_NOT_KEPT):
            kept.setdefault(key, []).append(value)
        elif key != "column":
            left.append(name)
    lines = ["# " + "".join(c if c.isprintable() else " " for c in " ".join(arguments))]
    if left:
        text = _("Stands on the command line only: {options}.")
        lines.append("# " + text.format(options=", ".join(dict.fromkeys(left))))
    lines += ["", "[options]"]
    for key, values in kept.items():
        written = [_written(value) for value in values]
        lines.append(f"{key.replace('_', '-')} = " + (written[0] if len(written) == 1 else f"[{', '.join(written)}]"))
    if roster:
        lines += ["", "[roster.columns]"]
        lines += [f"{_key(field)} = {_written(header)}" for field, header in roster.items()]
    return "\n".join(lines) + "\n\n"


def _key(field: str) -> str:
    return field if field.isascii() and field.replace("_", "").isalnum() else _written(field)


def _written(value: object) -> str:
    """The value as TOML, which takes all that JSON does but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
