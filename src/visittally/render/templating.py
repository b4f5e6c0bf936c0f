"""The built-in templates of html and Word, filled with escaped words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from visittally.messages import _

TEMPLATES = Path(__file__).parent / "templates"


def environment(kind: type[jinja2.Environment] = jinja2.Environment) -> jinja2.Environment:
    """An environment whose templates escape every word and reach no other files than the built-in ones."""
    found = kind(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals = {"_": _}
    return found


@cache
def _ours() -> jinja2.Environment:
    return environment()


def filled(template: str, /, **context: Any) -> str:
    """The built-in template of that name, filled with `context`."""
    return _ours().get_template(template).render(context)
