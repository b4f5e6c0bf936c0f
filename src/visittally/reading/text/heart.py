"""Which heart beats: the module that was compiled from `_native.c`, or, where there is none, numpy.

Both give the same cells, codes and hashes. Whoever has work that the compiled module can do asks here:

    if (native := heart.native) is not None:
        native.hashes(content, offsets, found, longest)

`VISITTALLY_HEART=numpy` does without it; `avx2`, `sse2`, `neon` or `plain` name the instructions that it uses.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

INTERFACE = 6
"""The interface that is called here: a module that was compiled from other sources is left alone."""


def _found(wanted: str) -> tuple[ModuleType | None, str]:
    """The compiled module and the instructions that it uses."""
    if wanted == "numpy":
        return None, ""
    try:
        from visittally.reading.text import _native
    except ImportError:
        return None, ""
    if _native.INTERFACE != INTERFACE:
        return None, ""
    levels = _native.levels()
    return _native, wanted if wanted in levels else levels[0]


native, level = _found(os.environ.get("VISITTALLY_HEART", ""))


def name() -> str:
    """What `--version` says: `compiled, avx2` or `numpy`."""
    return f"compiled, {level}" if native is not None else "numpy"
