"""Data classes that cost little to define.

The standard library compiles half a dozen methods for each data class; for the hundred classes of a short run that
takes a tenth of it. Here `__init__` alone is compiled, the others are shared. A frozen class is frozen for those who
check types; at run time nothing stands in the way of an assignment, which makes its objects cheaper, too.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, slots: bool = False, order: bool = False) -> Any:
        """As `dataclasses.dataclass`.

        >>> @dataclass(frozen=True, slots=True)
        ... class Point:
        ...     x: int
        ...     y: int = 0
        >>> Point(1), Point(1) == Point(1, 0), len({Point(1), Point(1, 0)})
        (Point(x=1, y=0), True, 1)
        """
        if cls is None:
            return lambda cls: dataclass(cls, frozen=frozen, slots=slots, order=order)
        if order:
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, order=True)
        own = vars(cls)
        made = dataclasses.dataclass(cls, repr=False, eq=False, slots=slots)
        for name, method in _shared_methods(made, frozen=frozen).items():
            if name not in own:
                setattr(made, name, method)
        return made


def _shared_methods(cls: Any, *, frozen: bool) -> dict[str, Any]:
    """The methods that are the same for all classes but for the names of the fields."""
    fields = dataclasses.fields(cls)
    shown = [field.name for field in fields if field.repr]
    compared = _getter([field.name for field in fields if field.compare])

    def __repr__(self: Any) -> str:  # noqa: N807
        cells = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({cells})"

    def __eq__(self: Any, other: Any) -> Any:  # noqa: N807
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(compared(self))

    return {"__repr__": __repr__, "__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _getter(names: list[str]) -> Callable[[Any], Any]:
    """What gives the values of some attributes."""
    return attrgetter(*names) if names else lambda _value: ()
