"""Help pages whose columns stand one below the other in Chinese too.

click measures text in characters; a Chinese character takes two cells of a terminal. Text without such
characters is left to click.
"""

from __future__ import annotations

from gettext import gettext
from typing import TYPE_CHECKING

import click

from visittally.cli.groups import headings
from visittally.words.wrapping import display_width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

_NARROWEST = 10
"""Cells that are left for an explanation however wide its term is."""
_BESIDE = 20
"""Cells that must be left beside the name of the program for its arguments to stand there."""


class HelpFormatter(click.HelpFormatter):
    """click's formatter, measuring in cells of the terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line; `prefix` is "Usage: " in the user's language."""
        start = f"{gettext('Usage:') if prefix is None else prefix.rstrip()} {prog} "
        if start.isascii() and args.isascii():
            super().write_usage(prog, args, prefix)
            return
        room = self.width - self.current_indent - display_width(start)
        if room < _BESIDE:
            self.write(f"{start.rstrip()}\n")
            start, room = " " * 4, self.width - 4
        self._write_lines(wrap(args, room), first=start, rest=" " * display_width(start))

    def write_text(self, text: str) -> None:
        r"""Write paragraphs, each wrapped anew unless it begins with `\b`; such a line begins a paragraph."""
        text = text.replace("\n\b\n", "\n\n\b\n").replace("\n\n\n", "\n\n")
        if text.isascii():
            super().write_text(text)
            return
        indent = " " * self.current_indent
        for number, paragraph in enumerate(_paragraphs(text, self.width - self.current_indent)):
            if number:
                self.write("\n")
            self._write_lines(paragraph, first=indent, rest=indent)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms, such as options, with their explanations beside them."""
        rows = list(rows)
        if all(first.isascii() and second.isascii() for first, second in rows):
            super().write_dl(rows, col_max, col_spacing)
            return
        first_column = min(max(display_width(first) for first, _second in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for first, second in rows:
            room = max(self.width - first_column - self.current_indent, _NARROWEST)
            lines = [line for paragraph in _paragraphs(second, room) for line in paragraph]
            start = indent + first
            if not lines:
                self.write(f"{start}\n")
                continue
            if display_width(first) > first_column - col_spacing:
                self.write(f"{start}\n")
                start = indent
            beside = self.current_indent + first_column
            self._write_lines(lines, first=start + " " * (beside - display_width(start)), rest=" " * beside)

    def _write_lines(self, lines: Iterable[str], first: str, rest: str) -> None:
        start = first
        for line in lines:
            self.write(f"{start}{line}".rstrip() + "\n")
            start = rest


class AlignedContext(click.Context):
    """click's context with our formatter."""

    formatter_class = HelpFormatter


class Command(click.Command):
    """A command whose help page lists its options under headings."""

    context_class = AlignedContext

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options: each below its heading, in the order in which they were declared."""
        sections = headings()
        known = {name for names in sections.values() for name in names}
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]
        shown = [(_name(p), record) for p in options if (record := p.get_help_record(ctx)) is not None]
        for heading, names in sections.items():
            rows = [record for name, record in shown if (name in names if names else name not in known)]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


def _name(option: click.Option) -> str:
    """What an option is called in the lists of headings; click keeps `--help` under a name of its own."""
    return "help" if "--help" in option.opts else str(option.name)


def _paragraphs(text: str, room: int) -> list[list[str]]:
    r"""The lines of each paragraph: as they stand after a line with `\b`, wrapped anew otherwise."""
    found = []
    for block in text.expandtabs().strip("\n").split("\n\n"):
        lines = block.strip("\n").splitlines()
        if lines and lines[0].strip() == "\b":
            found.append(lines[1:])
        else:
            found.append(wrap(" ".join(lines), room))
    return found
