"""From the keywords of the Python interface to settings: each value is checked, and said where it cannot be."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from os import PathLike, fspath
from typing import Any, TypeVar

from visittally.errors import UsageError
from visittally.messages import LANGUAGES, _, spoken
from visittally.settings import BASES, PERCENTS, PUBLIC, SORTS, SPANS, UNITS, Net, Settings

_CHOICES = {
    "base": BASES,
    "sort": SORTS,
    "percent": PERCENTS,
    "per": UNITS,
    "count": ("completed", "visited"),
    "period": SPANS,
}

_LEAST = {"top": 0, "digits": 0, "min_cell": 0, "least": 0, "table_number": 1}
_MOST = {"digits": 10}
_DEFAULTS = Settings()


Function = TypeVar("Function", bound=Callable[..., Any])


def with_keywords(known: type) -> Callable[[Function], Function]:
    """Show all keywords where a function is asked for its signature, as notebooks and `help` do."""

    def decorate(function: Function) -> Function:
        whole = inspect.signature(function)
        plain = [p for p in whole.parameters.values() if p.kind is not inspect.Parameter.VAR_KEYWORD]
        named = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=getattr(_DEFAULTS, name, None),
                annotation=getattr(kind, "__forward_arg__", kind),
            )
            for name, kind in known.__annotations__.items()
        ]
        function.__signature__ = whole.replace(parameters=[*plain, *named])  # type: ignore[attr-defined]
        return function

    return decorate


def settings_of(options: Mapping[str, Any], known: type) -> Settings:
    """Settings from keywords.

    Args:
        options: What was given, `client` apart.
        known: The keywords that the function takes.

    Raises:
        UsageError: A keyword is unknown, or its value is not what it must be.
    """
    unknown = [name for name in options if name not in known.__annotations__]
    if unknown:
        text = _("unknown options: {names}.").format(names=", ".join(unknown))
        near = difflib.get_close_matches(unknown[0], known.__annotations__, 1)
        raise UsageError(text + (" " + _('Did you mean "{name}"?').format(name=near[0]) if near else ""))
    values = {name: _value(name, value) for name, value in options.items() if value is not None}
    values["kept"] = True
    if values.get("public"):
        values["min_cell"] = max(values.get("min_cell", 0), PUBLIC)
    return Settings(**values)


def _value(name: str, value: Any) -> Any:
    """The value of a keyword as `Settings` holds it."""
    default = getattr(_DEFAULTS, name)
    if name in _CHOICES or name == "lang":
        return _choice(name, value)
    if name in _OF_THEIR_OWN:
        return _OF_THEIR_OWN[name](value)
    if isinstance(default, Mapping):
        return _mapping(name, value)
    found: Any = None
    expected = _("a text")
    if isinstance(default, bool):
        found, expected = value if isinstance(value, bool) else None, _("True or False")
    elif isinstance(default, float):
        found, expected = value if isinstance(value, int | float) else None, _("a number")
    elif name in _LEAST:
        whole = isinstance(value, int) and not isinstance(value, bool)
        found = value if whole and _LEAST[name] <= value <= _MOST.get(name, value) else None
        expected = _("a whole number that is not too small or large")
    elif isinstance(default, tuple):
        several = [value] if isinstance(value, str | PathLike) else value
        texts = [_text(one) for one in several] if isinstance(several, Iterable) else [None]
        found, expected = None if None in texts else tuple(map(str, texts)), _("a text, or several")
    else:
        found = str(value) if name == "share" and isinstance(value, float) else _text(value)
    return _checked(name, value, found, expected)


def _checked(name: str, value: Any, found: Any, expected: str) -> Any:
    if found is None:
        message = _("{option} must be {expected}, not {value}.")
        raise UsageError(message.format(option=name, expected=expected, value=repr(value)[:60]))
    return found


def _text(value: Any) -> str | None:
    found = fspath(value) if isinstance(value, PathLike) else value
    return found if isinstance(found, str) else None


def _choice(name: str, value: Any) -> str:
    allowed = LANGUAGES if name == "lang" else _CHOICES[name]
    chosen = spoken(value) or value if name == "lang" and isinstance(value, str) else value
    if chosen not in (*allowed, "") or (name == "base" and not chosen):
        message = _('{option} must be one of {names}, not "{name}".')
        raise UsageError(message.format(option=name, names=", ".join(allowed), name=chosen))
    return str(chosen)


def _day(value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise UsageError(_('"{value}" is not a date such as 2026-04-30.').format(value=value)) from None


def _nets(value: Any) -> tuple[Net, ...]:
    """Nets as they are, or by name with their question and answers."""
    nets: list[Any] = []
    if isinstance(value, Mapping):
        for name, net in value.items():
            inner = net if isinstance(net, Mapping) and not isinstance(net.get("answers"), str) else {}
            answers = inner.get("answers")
            whole = isinstance(answers, Iterable)
            nets.append(Net(str(name), str(inner.get("question", "issue")), tuple(answers or ())) if whole else None)
    elif isinstance(value, Iterable):
        nets = list(value)
    else:
        nets = [None]
    fits = all(isinstance(net, Net) for net in nets) or None
    _checked("nets", value, fits, _("a mapping of names to questions and answers"))
    return tuple(nets)


def _mapping(name: str, value: Any) -> Mapping[str, Any]:
    """A mapping of texts to texts, to several texts, or to such mappings, as the field of the settings wants it."""
    expected = _("a mapping of texts")
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        return dict(_checked(name, value, None, expected))
    if name == "aliases":
        return {key: _mapping(f"aliases.{key}", inner) for key, inner in value.items()}
    if name == "columns":
        headers: dict[str, tuple[Any, ...]] = {
            key: (one,) if isinstance(one, str) or not isinstance(one, Iterable) else (*one,)
            for key, one in value.items()
        }
        fits = all(isinstance(text, str) for texts in headers.values() for text in texts)
        found = {key: texts[0] if len(texts) == 1 else texts for key, texts in headers.items()}
        return dict(_checked(name, value, found if fits else None, expected))
    if name in ("ticked", "missing", "family"):
        kind: Any = frozenset if name == "ticked" else tuple
        lists: dict[str, Any] = {k: [v] if isinstance(v, str | int) else v for k, v in value.items()}
        _checked(name, value, all(isinstance(v, Iterable) for v in lists.values()) or None, expected)
        return {key: kind(map(str, codes)) for key, codes in lists.items()}
    _checked(name, value, all(isinstance(text, str) for text in value.values()) or None, expected)
    return dict(value)


def _statuses(value: Any) -> Mapping[str, Any]:
    """Raw words and their codes, as they are or in a file that was filled in."""
    path = _text(value)
    if path is None:
        return _mapping("statuses", value)
    from visittally.survey.status_corrections import read_corrections

    return read_corrections(path)


def _again(value: Any) -> Mapping[str, int]:
    """The days after which everybody is due again, or groups of people ("" for all others) with days of their own."""
    days = value if isinstance(value, Mapping) else {"": value}
    whole = all(
        isinstance(group, str) and isinstance(n, int) and not isinstance(n, bool) and n > 0 for group, n in days.items()
    )
    return dict(_checked("revisit_after", value, days if whole else None, _("days, or a mapping of groups to days")))


_OF_THEIR_OWN: dict[str, Callable[[Any], Any]] = {
    "as_of": _day,
    "since": _day,
    "until": _day,
    "nets": _nets,
    "statuses": _statuses,
    "revisit_after": _again,
}
