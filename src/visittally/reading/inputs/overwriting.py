"""No output is ever a file that is read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.errors import OutputError
from visittally.messages import _
from visittally.named_files import is_file
from visittally.reading.inputs.expanding import choose
from visittally.reading.inputs.source import STDIN

if TYPE_CHECKING:
    from collections.abc import Sequence


def refuse_overwriting(output: str, inputs: Sequence[str], others: Sequence[str] = ()) -> None:
    """Stop before a file is written over that the same command reads.

    Files are compared as such, not by their names: links, other spellings and letters of another case lead to the
    same file.

    Args:
        output: Where the result is to be written; "" or `-` for standard output.
        inputs: The files, folders and patterns that are counted.
        others: What is read beside them: roster, form, codebook, template, configuration.

    Raises:
        OutputError: The output is one of them.
    """
    if not output or output == STDIN or not is_file(output):
        return
    paths = [path for path in choose(inputs) if isinstance(path, str)]
    paths += [path for other in others if other for path in choose([other]) if isinstance(path, str)]
    for path in dict.fromkeys(paths):
        if _same(output, path):
            text = _(
                "{output} is read by this command and would be written over: nothing was changed. "
                "Give the output another name."
            )
            raise OutputError(text.format(output=output if output == path else f"{output} ({path})"))


def _same(first: str, second: str) -> bool:
    try:
        if second == STDIN:
            return os.path.samestat(os.fstat(0), Path(first).stat())
        return Path(first).samefile(second)
    except (OSError, ValueError):
        return False
