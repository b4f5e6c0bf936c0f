"""Lists of words in TOML that come with the program: read once, and kept between runs as Python keeps modules.

Parsing all of them anew would take a twentieth of the time of a small run.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.machinery import SourceFileLoader
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from types import CodeType


class _Lists(SourceFileLoader):
    """Compiles a TOML file to a module, so that Python keeps it in `__pycache__` until the file changes."""

    def source_to_code(self, content: Any, path: Any, **_options: Any) -> CodeType:  # type: ignore[override]
        return compile(f"tables = {tomllib.loads(bytes(content).decode())!r}", str(path), "exec", dont_inherit=True)


@cache
def listed(path: Path) -> dict[str, Any]:
    """The tables of a file that comes with the program; nobody changes them.

    Args:
        path: A TOML file in a folder without Python modules of the same name.
    """
    loader = _Lists(path.stem, str(path))
    module = ModuleType(path.stem)
    loader.exec_module(module)
    tables: dict[str, Any] = module.tables
    return tables
