"""What a command gives: tables, the receipt, notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.messages import language, speaking
from visittally.tables.masking import masked
from visittally.tables.table import Table, as_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from visittally.errors import Notice
    from visittally.reading.receipt import Receipt


class Tables(Mapping[str, Table]):
    """Tables by name, each laid out when it is first asked for, in the language in which it was planned."""

    def __init__(self, makers: Mapping[str, Callable[[], Table]]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, Table] = {}
        self._language = language()

    def __getitem__(self, name: str) -> Table:
        if name not in self._made:
            with speaking(self._language):
                self._made[name] = masked(self._makers[name]())
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a command.

    Attributes:
        tables: Tables by name; the first is what `-f csv` prints.
        receipt: Every record accounted for.
        notices: What people should know, in the user's language.
        people: Names of the tables that are printed for people when none is named.
        look: How figures are shown where nobody says otherwise, by the names of `render.RenderOptions`.
    """

    tables: Mapping[str, Table]
    receipt: Receipt
    notices: tuple[Notice, ...] = ()
    people: tuple[str, ...] = field(default=())
    look: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Mask personal values in tables that are made already; others are masked when they are made."""
        if not isinstance(self.tables, Tables):
            object.__setattr__(self, "tables", {name: masked(table) for name, table in self.tables.items()})

    def __repr__(self) -> str:
        """One line: which tables, how many records."""
        names, counted, read = ", ".join(self.tables), self.receipt.records_counted, self.receipt.records_read
        return f"<Result: tables {names}; {counted:,} of {read:,} records counted; {len(self.notices)} notices>"

    def _repr_html_(self) -> str:
        """The tables for people, for notebooks."""
        names = [name for name in self.people or self.tables if name in self.tables]
        with speaking(self.look.get("lang") or ""):
            return as_html([self.tables[name] for name in names], **self.look)

    def to_dict(self) -> dict[str, Any]:
        """The result as `-f json` prints it."""
        return {
            "tables": [table.to_dict() for table in self.tables.values()],
            "receipt": self.receipt.to_dict(),
            "notices": [{"code": n.code, "message": n.message} for n in self.notices],
        }
