"""What a name stands for, whatever it is: one that is too long, or that no system takes, stands for nothing.

The methods of paths raise an error for some of these.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def is_there(path: str | Path) -> bool:
    r"""Whether there is something of this name.

    >>> is_there("."), is_there("x" * 10_000), is_there("no\x00name")
    (True, False, False)
    """
    return os.path.exists(path)  # noqa: PTH110 - see above


def is_file(path: str | Path) -> bool:
    """Whether a file has this name."""
    return os.path.isfile(path)  # noqa: PTH113 - see above


def is_folder(path: str | Path) -> bool:
    """Whether a folder has this name."""
    return os.path.isdir(path)  # noqa: PTH112 - see above
