"""visittally.toml: what it may say, and what is wrong with it, all at once."""

from __future__ import annotations

import difflib
from dataclasses import field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.errors import ConfigError
from visittally.messages import _
from visittally.settings import Net, Settings
from visittally.words.lists import toml_of

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIG_NAME = "visittally.toml"

_SECTIONS = (
    "options",
    "columns",
    "roster",
    "statuses",
    "outcomes",
    "aliases",
    "nets",
    "missing",
    "questions",
    "backcheck",
    "audit",
    "check",
)
_PARAMETERS = {"column": "columns", "roster_column": "roster_columns", "answers_column": "answers_columns"}
"""Options whose parameter has another name."""
UNNAMED = frozenset(
    (
        *(
            "column",
            "roster_column",
            "family",
            "form",
            "roster",
            "plan",
            "codebook",
            "counts",
            "fill_down",
            "no_fill_down",
        ),
        *("labels", "encoding", "delimiter", "sheet", "where", "strict", "by", "across", "base", "weight", "per"),
        *(
            "top",
            "sort",
            "percent",
            "interval",
            "complete",
            "purposive",
            "primary",
            "valid",
            "tick",
            "no_code",
            "count",
            "revisit_after",
            "as_of",
        ),
        *("lang", "digits", "min_cell", "public"),
    )
)
"""Options that a file may hold which merely lies in the folder: how files are understood and counted, never where to,
how raw, how quiet, who is contacted, or what is shown."""
_INSIDE = ("form", "roster", "plan", "codebook")
"""Those of them that name files, which must then lie in the folder too."""
_LOOKS = frozenset(("lang", "digits"))
"""Those of them that change no count."""
_REPEATABLE = (
    *(
        "revisit_after",
        "by",
        "where",
        "form",
        "fill_down",
        "include",
        "question",
        "table",
        "column",
        "roster_column",
        "tick",
    ),
    *(
        "before",
        "form_before",
        "stratum",
        "answers",
        "answers_column",
        "match",
        "type1",
        "type2",
        "type3",
        "okay",
        "oversample",
    ),
)


@dataclass(frozen=True, slots=True)
class Config:
    """A visittally.toml.

    Attributes:
        path: Where it is; "" where there is none.
        options: Defaults of the command line.
        settings: The rest, as fields of `Settings`.
        named: Whether the user named it; else it merely lies in the working directory.
    """

    path: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    named: bool = True

    @property
    def counts(self) -> bool:
        """Whether it changes what is counted, not only how it looks."""
        return bool(self.settings) or not _LOOKS.issuperset(self.options)


def find_config(named: str) -> str:
    """The configuration to use: the one named, else visittally.toml in the working directory, else none."""
    if named:
        return named
    return CONFIG_NAME if Path(CONFIG_NAME).is_file() else ""


def read_config(path: str, *, named: bool = True) -> Config:
    """Read a visittally.toml.

    Args:
        path: The file.
        named: Whether the user named it. A file that merely lies in the working directory may come from anybody: it
            may only say how files are understood and counted.

    Raises:
        ConfigError: It cannot be read, or has unknown keys, keys that only a named file may have, or wrong values;
            names all of them.
    """
    try:
        tables = toml_of(path, Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(_("{path}: there is no such configuration file.").format(path=path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(_("{path}: the configuration cannot be read.").format(path=path)) from error
    problems = _Problems(path)
    problems.unknown(tables, _SECTIONS, "")
    found: dict[str, Any] = {
        "columns": problems.texts(tables, "columns"),
        "roster_columns": problems.texts(problems.table(tables, "roster"), "columns"),
        "statuses": problems.texts(tables, "statuses"),
        "outcomes": problems.texts(tables, "outcomes"),
        "aliases": {f: problems.texts(problems.table(tables, "aliases"), f) for f in problems.table(tables, "aliases")},
        "missing": problems.lists(tables, "missing", ("dont_know", "refused", "not_asked", "blank", "answer")),
        "nets": problems.nets(tables),
        "ticked": problems.ticked(tables),
        "rates": problems.texts(problems.table(tables, "audit"), "rates"),
    }
    found |= problems.backcheck(tables)
    problems.unknown(problems.table(tables, "audit"), ("rates",), "audit.")
    found |= problems.check_thresholds(tables)
    problems.unknown(problems.table(tables, "roster"), ("columns",), "roster.")
    options = problems.options(problems.table(tables, "options"))
    if not named:
        problems.unnamed(problems.table(tables, "options"))
    problems.check()
    return Config(path, options, {name: value for name, value in found.items() if value}, named)


@dataclass(slots=True)
class _Problems:
    """Reads the tables of a configuration and gathers everything that is wrong with them."""

    path: str
    found: list[str] = field(default_factory=list)

    def check(self) -> None:
        if self.found:
            raise ConfigError(_("{path}: {wrong}").format(path=self.path, wrong=" ".join(self.found)))

    def unknown(self, tables: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
        for name in tables:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = ""
                if near:
                    hint = " " + _('Did you mean "{name}"?').format(name=near[0])
                elif len(known) <= len(_SECTIONS):
                    hint = " " + _("There are: {names}.").format(names=", ".join(known))
                self.found.append(_('unknown key "{key}".').format(key=prefix + name) + hint)

    def table(self, tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = tables.get(name, {})
        if isinstance(value, dict):
            return value
        self.found.append(_('"{key}" must be a table.').format(key=name))
        return {}

    def texts(self, tables: Mapping[str, Any], name: str) -> dict[str, str]:
        table = self.table(tables, name)
        for key, value in table.items():
            if not isinstance(value, str | int | float):
                self.found.append(_('"{key}" must be a text.').format(key=f"{name}.{key}"))
        return {key: str(value) for key, value in table.items()}

    def lists(self, tables: Mapping[str, Any], name: str, known: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        table = self.table(tables, name)
        self.unknown(table, known, f"{name}.")
        return {key: self._list(f"{name}.{key}", value) for key, value in table.items()}

    def _list(self, key: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(v, str | int | float) for v in value):
            return tuple(map(str, value))
        self.found.append(_('"{key}" must be a list of texts.').format(key=key))
        return ()

    def nets(self, tables: Mapping[str, Any]) -> tuple[Net, ...]:
        found = []
        for name, net in self.table(tables, "nets").items():
            key = f"nets.{name}"
            if not isinstance(net, dict) or not isinstance(net.get("question", "issue"), str):
                self.found.append(_('"{key}" must be a table with "question" and "answers".').format(key=key))
                continue
            self.unknown(net, ("question", "answers"), f"{key}.")
            answers = self._list(f"{key}.answers", net.get("answers"))
            found.append(Net(name, net.get("question", "issue"), answers))
        return tuple(found)

    def ticked(self, tables: Mapping[str, Any]) -> dict[str, frozenset[str]]:
        found = {}
        for name, question in self.table(tables, "questions").items():
            key = f"questions.{name}"
            if not isinstance(question, dict):
                self.found.append(_('"{key}" must be a table.').format(key=key))
                continue
            self.unknown(question, ("ticked",), f"{key}.")
            found[name] = frozenset(self._list(f"{key}.ticked", question.get("ticked", [])))
        return found

    def backcheck(self, tables: Mapping[str, Any]) -> dict[str, Any]:
        """Types of questions, and how far their answers may differ."""
        table = self.table(tables, "backcheck")
        types = ("type1", "type2", "type3")
        self.unknown(table, (*types, "okay"), "backcheck.")
        found: dict[str, Any] = {name: self._list(f"backcheck.{name}", table[name]) for name in types if name in table}
        return {**found, "okay": self.texts(table, "okay")}

    def check_thresholds(self, tables: Mapping[str, Any]) -> dict[str, Any]:
        """Thresholds by name, as a table or as texts such as "overlap=30"."""
        table = self.table(tables, "check")
        self.unknown(table, ("threshold",), "check.")
        listed = table.get("threshold", {})
        if isinstance(listed, list) and all(isinstance(text, str) and "=" in text for text in listed):
            pairs = [text.partition("=") for text in listed]
            return {"threshold": {name.strip(): value.strip() for name, _sign, value in pairs}}
        return {"threshold": self.texts(table, "threshold")}

    def unnamed(self, table: Mapping[str, Any]) -> None:
        """Find what only a file may say that the user named."""
        known = _option_names()
        refused = [n for n in table if (key := n.replace("-", "_")) in known and key not in UNNAMED]
        for name in _INSIDE:
            values = table.get(name, ())
            paths = values if isinstance(values, list) else [values] if values else []
            refused += [name for path in paths if not _inside(str(path))][:1]
        if refused:
            text = _(
                "{keys}: only a file that you name may say this, and this one merely lies in the folder. If you know "
                "what it does, name it: --config {path}"
            )
            keys = ", ".join(f'"options.{name}"' for name in dict.fromkeys(refused))
            self.found.append(text.format(keys=keys, path=self.path))

    def options(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """Options by their long name, with - or _; several values where the option may be repeated."""
        known = _option_names()
        found: dict[str, Any] = {}
        for name, value in table.items():
            key = name.replace("-", "_")
            if key not in known:
                self.unknown({name: value}, tuple(sorted(k.replace("_", "-") for k in known)), "options.")
            elif key in _REPEATABLE:
                texts = value if isinstance(value, list) else [value]
                found[_PARAMETERS.get(key, key)] = [str(text) for text in texts]
            elif isinstance(value, list | dict):
                self.found.append(_('"{key}" takes one value.').format(key=f"options.{name}"))
            else:
                found[key] = value if isinstance(value, bool) else str(value)
        return found


def _option_names() -> frozenset[str]:
    """Every option that can stand under [options], with `_` for `-`."""
    known = {f.name for f in fields(Settings)} - {"files", "config", "columns", "roster_columns", "ticked"}
    known -= {"kept", "first_only"}
    known |= {"column", "roster_column", "tick"}
    known -= {"rates", "sums", "totals", "table_number", "text", "threshold"}
    return frozenset(known - {"statuses", "outcomes", "aliases", "nets", "missing"})


def _inside(path: str) -> bool:
    """Whether a file lies in the working directory or below it, links followed."""
    return "://" not in path and Path(path).expanduser().resolve().is_relative_to(Path.cwd().resolve())
