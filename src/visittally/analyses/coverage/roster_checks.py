"""What is wrong with a roster of planned numbers: said of all lines at once, or refused."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import InputError, Notice
from visittally.messages import _
from visittally.words.names import told

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 5


@dataclass(slots=True)
class RosterChecks:
    """Gathers what is wrong with the planned numbers of a roster while they are read.

    Attributes:
        file: The roster.
        nameless: Lines with a number but no place; repeated: lines that say of a place what was said.
        unread: Lines with numbers that cannot be read, and what stands there.
        conflicts: Places with different numbers, in words.
        larger: Names of a row -> the larger places that it was named in.
    """

    file: str
    nameless: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    larger: dict[tuple[str, ...], set[tuple[str, ...]]] = field(default_factory=dict)

    def again(self, line: int, names: Sequence[str], numbers: Sequence[str], before: tuple[int, list[str]]) -> None:
        """Note a place that stands in the roster a second time."""
        if list(numbers) == before[1]:
            self.repeated.append(line)
            return
        text = _("{place} stands in lines {first} ({one}) and {second} ({two})")
        place = " / ".join(names) or _("the same place")
        self.conflicts.append(
            text.format(place=place, first=before[0], one=", ".join(before[1]), second=line, two=", ".join(numbers))
        )

    def finish(self) -> list[Notice]:
        """The notices.

        Raises:
            InputError: Places with different numbers.
        """
        file = self.file
        if self.conflicts:
            text = _("{file}: {conflicts}. Which number holds? Correct the roster, or name the column that differs.")
            raise InputError(text.format(file=file, conflicts=_("; ").join(self.conflicts[:_SHOWN])))
        found = []
        if self.nameless:
            text = _("{file}: lines with a number but no place, left out: {lines}.")
            found.append(Notice("roster_nameless", self._said(text, self.nameless)))
        if self.repeated:
            text = _("{file}: lines that repeat a place with the same number, which counts once: {lines}.")
            found.append(Notice("roster_repeats", self._said(text, self.repeated)))
        if self.unread:
            texts = told([text for _line, text in self.unread[:_SHOWN]])
            said = zip((line for line, _text in self.unread), texts, strict=False)
            shown = _("; ").join(_("line {line}: {text}").format(line=n, text=t) for n, t in said)
            shown += " ..." if len(self.unread) > _SHOWN else ""
            text = _("{file}: planned numbers that cannot be read count as unknown ({shown}).")
            found.append(Notice("roster_numbers", text.format(file=file, shown=shown)))
        twice = [" / ".join(names) for names, larger in self.larger.items() if len(larger) > 1]
        if twice:
            shown = ", ".join(twice[:_SHOWN]) + (" ..." if len(twice) > _SHOWN else "")
            text = _(
                "{file}: places of the same name in different townships or counties are added up ({shown}); "
                "--by township --by village keeps them apart."
            )
            found.append(Notice("roster_namesakes", text.format(file=file, shown=shown)))
        return found

    def _said(self, text: str, lines: Sequence[int]) -> str:
        shown = ", ".join(map(str, lines[:_SHOWN])) + (" ..." if len(lines) > _SHOWN else "")
        return text.format(file=self.file, lines=shown)
