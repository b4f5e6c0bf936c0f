"""Data classes: frozen ones are frozen, and everything else is as the standard library has it."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import pickle
import pkgutil
from dataclasses import FrozenInstanceError, field, replace
from functools import cached_property

import pytest

import visittally
from visittally.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Slotted:
    name: str
    numbers: list = field(default_factory=list)
    size: int = field(init=False, default=7)
    shown: int = 3
    own: str = ""


@dataclass(frozen=True)
class Open:
    name: str
    names: tuple = ()
    length: int = field(init=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "length", len(self.name))

    @cached_property
    def upper(self):
        return self.name.upper()


@dataclass(frozen=True)
class Longer(Open):
    more: str = "more"


@dataclass(slots=True)
class Loose:
    name: str
    numbers: list = field(default_factory=list)


MADE = [Slotted("a"), Slotted("b", [1], shown=4), Open("abc", ("x",)), Longer("abc", more="!")]


@pytest.mark.parametrize("made", MADE, ids=repr)
def test_a_frozen_object_cannot_be_changed(made):
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        made.name = "z"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del made.name
    with pytest.raises((FrozenInstanceError, AttributeError)):
        made.unknown = "z"


@pytest.mark.parametrize("made", [*MADE, Loose("a", [1])], ids=repr)
def test_copies_are_equal(made):
    """By copying, by pickling for other processes, and by replacing nothing."""
    for other in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made)), replace(made)):
        assert (type(other), other) == (type(made), made)


def test_defaults_are_made_anew_and_what_follows_is_worked_out():
    first, second = Slotted("a"), Slotted("a")
    first.numbers.append(1)

    assert (second.numbers, second.size, second.shown) == ([], 7, 3)
    assert (Longer("abc").length, Longer("abc").upper, Longer("abc").more) == (3, "ABC", "more")
    assert hash(Open("a")) == hash(Open("a")) != hash(Open("b"))


def test_arguments_are_those_of_the_fields():
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        Slotted()
    with pytest.raises(TypeError, match="unexpected keyword argument 'size'"):
        Slotted("a", size=1)


def test_what_is_not_frozen_can_be_changed_and_has_no_hash():
    loose = Loose("a")
    loose.name = "b"

    assert loose == Loose("b")
    with pytest.raises(TypeError, match="unhashable"):
        hash(loose)


def test_every_frozen_class_of_the_package_refuses():
    """Whichever way it was made: a class that type checkers take for frozen is frozen."""
    names = [info.name for info in pkgutil.walk_packages(visittally.__path__, "visittally.")]
    modules = [importlib.import_module(name) for name in names if name != "visittally.__main__"]
    classes = {
        c for module in modules for c in vars(module).values() if isinstance(c, type) and dataclasses.is_dataclass(c)
    }
    frozen = [c for c in classes if c.__module__.startswith("visittally.") and c.__hash__ is not None]

    assert len(frozen) > 100
    for one in frozen:
        blank = object.__new__(one) if not getattr(one, "__abstractmethods__", None) else None
        if blank is not None:
            with pytest.raises(FrozenInstanceError):
                setattr(blank, dataclasses.fields(one)[0].name if dataclasses.fields(one) else "x", 1)
