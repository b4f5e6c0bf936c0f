"""Tab completion: fields and headers of the files on the line, tables, questions; bash with its own ways of words.

What is completed comes from the files that already stand on the line. Nothing is said and nothing fails here: where
something cannot be found, nothing is offered.
"""

from __future__ import annotations

from contextlib import redirect_stderr
from io import StringIO
from typing import TYPE_CHECKING

from click.shell_completion import BashComplete, CompletionItem, add_completion_class

from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click

_BREAKS = pattern(r"[=:]")
"""Signs at which bash begins a new word."""


class Bash(BashComplete):
    """click's completion for bash, for words that hold `=` and `:`.

    bash cuts words there; what it gets back takes the place of the last piece alone.
    """

    _standing = 0
    """Letters of the word that stand on the line already and are not replaced."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one to be completed, and its beginning, put together again."""
        words, incomplete = super().get_completion_args()
        whole: list[str] = []
        for word in [*words, incomplete]:
            joins = whole and (word in ("=", ":") or whole[-1].endswith(("=", ":")))
            if joins and not (whole[-1].startswith("--") and "=" not in whole[-1] and word != "="):
                whole[-1] += word
            else:
                whole.append(word)
        # Of --by=vil click takes the option off before it looks for offers.
        typed = whole[-1].partition("=")[2] if whole[-1].startswith("--") else whole[-1]
        self._standing = len(typed) - len(_BREAKS.split(typed)[-1])
        return whole[:-1], whole[-1]

    def format_completion(self, offer: CompletionItem, /) -> str:
        """An offer without the pieces that already stand on the line."""
        return f"{offer.type},{offer.value[self._standing :]}"


def register() -> None:
    """Let bash complete with our class."""
    add_completion_class(Bash)


def _offers(values: Iterable[str], incomplete: str) -> list[CompletionItem]:
    begun = incomplete.lower()
    return [CompletionItem(value) for value in dict.fromkeys(values) if value and value.lower().startswith(begun)]


def headers_of(ctx: click.Context, parameter: str = "files") -> list[str]:
    """The headers of the files on the line; none where they cannot be read."""
    from visittally.errors import VisitTallyError
    from visittally.reading import open_sources
    from visittally.reading.inputs.source import STDIN, ReadingOptions

    # Where the option that is completed has no value yet, click leaves the FILES among the arguments.
    named = ctx.params.get(parameter) or (ctx.args if parameter == "files" else ())
    paths = [path for path in ([named] if isinstance(named, str) else named) if path != STDIN and "://" not in path]
    found: list[str] = []
    for path in paths:
        try:
            with redirect_stderr(StringIO()):
                for source in open_sources([path], ReadingOptions()):
                    found += source.header
        except (VisitTallyError, OSError, ValueError):
            continue
    return [" ".join(header.split()) for header in found]


def field(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """A FIELD: fields, and headers of the files."""
    from visittally.survey.fields import field_names

    return _offers([*field_names(), *headers_of(ctx)], incomplete)


def question(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """A question: a header of the files."""
    return _offers(headers_of(ctx), incomplete)


def pair(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """FIELD=HEADER: a field first, then a header of the files, or of the roster."""
    from visittally.survey.fields import field_names

    name, sign, _begun = incomplete.partition("=")
    if not sign:
        return _offers((f"{field}=" for field in field_names()), incomplete)
    held = "roster" if param.name == "roster_columns" else "files"
    return _offers((f"{name}={header}" for header in headers_of(ctx, held)), incomplete)


TABLES = {
    "summarize": (
        "long",
        "areas",
        "issues",
        "crosstab",
        "strength",
        "outcomes",
        "themes",
        "needs",
        "spread",
        "unhandled",
    ),
    "coverage": (
        "places",
        "levels",
        "ratios",
        "progress",
        "missing",
        "unmatched",
        "revisits",
        "rates",
        "depth",
        "plan",
    ),
    "followup": (
        "summary",
        "statuses",
        "timeliness",
        "replies",
        "legacy",
        "contacts",
        "what_changed",
        "list",
        "replies_owed",
    ),
    "questions": ("long", "open_answers"),
    "columns": ("fields", "files", "questions", "suggestions"),
    "compare": ("shares", "means", "indicators", "places", "form", "periods"),
    "backcheck": ("sheet", "strata", "rates", "questions", "cases", "differences", "unmatched"),
}
"""The tables of each command; further ones of `questions` are named after the questions."""


def table(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """A table of the command."""
    if ctx.info_name == "questions":
        return _offers([*TABLES["questions"], *headers_of(ctx)], incomplete)
    return _offers(TABLES.get(ctx.info_name or "", ()), incomplete)
