"""The command line: options -> settings -> one library call -> output.

Only this package knows click. The commands are imported when they are called, so that `--help` is quick.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALLOCATIONS = 250_000
"""New containers after which Python looks for cycles."""


def _early_language(arguments: Sequence[str]) -> str:
    """The language that the arguments ask for, if we speak it: help texts are made before options are read.

    Of several the last one holds, which stands behind the command.
    """
    from visittally.messages import spoken

    found = ""
    for position, option in enumerate(arguments):
        if option == "--lang":
            found = spoken("".join(arguments[position + 1 : position + 2])) or found
        elif option.startswith("--lang="):
            found = spoken(option.removeprefix("--lang=")) or found
    return found


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit."""
    from visittally import messages, temporary

    temporary.clean_when_told_to_end()
    # Tables are many small values without cycles: the search for cycles would take a fifth of a short run.
    gc.set_threshold(_ALLOCATIONS, 20, 20)
    # Nor need it look for them in all that is loaded when the program ends.
    atexit.register(gc.freeze)
    # Nothing here multiplies matrices: the threads that numpy would start for it cost a tenth of a second.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    given = sys.argv[1:] if arguments is None else arguments
    asked = _early_language(given)
    language = asked or messages.preferred_language()
    messages.bind_click(language)
    messages.set_language(language)
    from visittally.cli.group import visittally

    if "_VISITTALLY_COMPLETE" in os.environ:
        from visittally.cli import completion

        completion.register()
    # Help pages of commands are made while the group's own --lang still has its say.
    try:
        visittally(given, prog_name="visittally", default_map={"lang": asked} if asked else None)
    except OSError as error:
        from visittally.cli.output import end_for

        end_for(error)
