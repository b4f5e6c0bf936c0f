"""From what was chosen on the page to the command line that does the same."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _
from visittally.page.names import argument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.page.workspace import Workspace

ROLE_OPTIONS = {"form": "--form", "roster": "--roster", "before": "--before", "answers": "--answers"}
"""The option that a file with a role is named by."""
_TOGETHER = "--form", "--before", "--answers"
"""Those of them that take several files."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen: a command and its options, each with a value or, if it has none, with True."""

    command: str
    options: tuple[tuple[str, str | bool], ...] = ()

    @classmethod
    def told(cls, sent: Any, known: Mapping[str, Mapping[str, Any]]) -> Choices:
        """The choices that a browser sent.

        Args:
            sent: Whatever it sent.
            known: The commands that there are, each with its `options` by name, which have a `kind`.

        Raises:
            UsageError: They are none, or name a command or an option that the page does not offer.
        """
        command = sent.get("command") if isinstance(sent, dict) else None
        pairs = sent.get("options", []) if isinstance(sent, dict) else None
        if not isinstance(command, str) or command not in known or not isinstance(pairs, list):
            raise UsageError(_("The page does not know what was chosen. Load it anew."))
        found: list[tuple[str, str | bool]] = []
        for pair in pairs:
            name, value = pair if isinstance(pair, list) and len(pair) == 2 else ("", "")
            spec = known[command]["options"].get(name) if isinstance(name, str) else None
            if spec is None or not isinstance(value, bool if spec["kind"] == "flag" else str):
                raise UsageError(_('The page does not offer "{name}" here.').format(name=name))
            if value:
                found.append((name, value))
        return cls(command, tuple(found))

    def arguments(
        self, workspace: Workspace, known: Mapping[str, Mapping[str, Any]], language: str, *more: str
    ) -> tuple[str, ...]:
        """The command line behind `visittally`: files, what was chosen, the language, and `more`.

        Raises:
            UsageError: No file holds records; several rosters.
        """
        records = workspace.with_role("records")
        if not records:
            raise UsageError(_("None of the files is taken for visits. Choose one."))
        line = [self.command, *map(argument, records)]
        chosen = {name for name, _value in self.options}
        for role, name in ROLE_OPTIONS.items():
            files = workspace.with_role(role)
            if name not in known[self.command]["options"] or name in chosen:
                continue
            if len(files) > 1 and name not in _TOGETHER:
                text = _("Only one file can be the roster. Choose what the others are: {names}.")
                raise UsageError(text.format(names=", ".join(files)))
            for file in files:
                line += [name, argument(file)]
        for name, value in self.options:
            if known[self.command]["options"][name]["kind"] == "file" and value not in workspace.given:
                raise UsageError(_('"{name}" is none of the files here.').format(name=value))
            line += [name] if value is True else [name, str(value)]
        return (*line, "--lang", language, *more)


def spelled(arguments: Sequence[str]) -> str:
    r"""The command line as it is typed on this system.

    >>> spelled(["summarize", "三月 (2).csv", "--by", "it's"])
    'visittally summarize \'三月 (2).csv\' --by \'it\'"\'"\'s\''
    """
    words = ["visittally", *arguments]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
