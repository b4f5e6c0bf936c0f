"""What the user asked for: options before environment before visittally.toml, frozen."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.errors import ConfigError
from visittally.messages import _
from visittally.words.lists import not_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

BASES = ("asked", "answered", "all", "mentions")
UNITS = ("case", "household", "visit", "issue")
SORTS = ("count", "name", "form")
PERCENTS = ("cases", "mentions", "row", "column", "total", "none")
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
)
_PARAMETERS = {"column": "columns", "roster_column": "roster_columns"}
"""Options whose parameter has another name."""
_REPEATABLE = ("by", "where", "form", "question", "table", "column", "roster_column", "tick")


@dataclass(frozen=True, slots=True)
class Net:
    """Several answers of a question counted as one, each case once."""

    name: str
    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a command can be told; each field is named as its option.

    `columns` and `roster_columns` map fields to headers; `ticked` maps questions to the codes that count as ticked;
    `statuses`, `outcomes` and `aliases` are the tables of visittally.toml.
    """

    files: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    form: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    strict: bool = False
    scheduler: str = ""
    by: tuple[str, ...] = ()
    across: str = ""
    base: str = "asked"
    weight: str = ""
    per: str = ""
    top: int | None = None
    sort: str = ""
    percent: str = ""
    interval: bool = False
    complete: bool = False
    ticked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    no_code: bool = False
    question: tuple[str, ...] = ()
    texts: bool = False
    roster: str = ""
    roster_columns: Mapping[str, str] = field(default_factory=dict)
    count: str = ""
    revisit_after: int | None = None
    as_of: date | None = None
    with_text: bool = False
    title: str = ""
    template: str = ""
    table: tuple[str, ...] = ()
    format: str = ""
    output: str = ""
    lang: str = ""
    digits: int = 1
    min_cell: int = 0
    public: bool = False
    raw: bool = False
    bom: bool = False
    include_personal: bool = False
    show_visitors: bool = False
    quiet: bool = False
    verbose: bool = False
    statuses: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    nets: tuple[Net, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codebook: str = ""
    config: str = ""

    @property
    def hides_small_counts(self) -> bool:
        """Whether small counts are hidden in tables, so that notes and notices must not tell them either."""
        return self.public or self.min_cell > 1

    def with_options(self, **options: Any) -> Settings:
        """The same settings with some replaced."""
        return replace(self, **options)


@dataclass(frozen=True, slots=True)
class Config:
    """A visittally.toml: `options` as defaults of the command line, the rest as fields of `Settings`."""

    path: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


def find_config(named: str) -> str:
    """The configuration to use: the one named, else visittally.toml in the working directory, else none."""
    if named:
        return named
    return CONFIG_NAME if Path(CONFIG_NAME).is_file() else ""


def read_config(path: str) -> Config:
    """Read a visittally.toml.

    Raises:
        ConfigError: It cannot be read, or has unknown keys or wrong values; names all of them.
    """
    try:
        tables = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(_("{path}: there is no such configuration file.").format(path=path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(_("{path}: the configuration cannot be read.").format(path=path)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(not_toml(path, str(error))) from error
    problems = _Problems(path)
    problems.unknown(tables, _SECTIONS, "")
    found: dict[str, Any] = {
        "columns": problems.texts(tables, "columns"),
        "roster_columns": problems.texts(problems.table(tables, "roster"), "columns"),
        "statuses": problems.texts(tables, "statuses"),
        "outcomes": problems.texts(tables, "outcomes"),
        "aliases": {f: problems.texts(problems.table(tables, "aliases"), f) for f in problems.table(tables, "aliases")},
        "missing": problems.lists(tables, "missing", ("dont_know", "refused", "not_asked", "blank")),
        "nets": problems.nets(tables),
        "ticked": problems.ticked(tables),
    }
    problems.unknown(problems.table(tables, "roster"), ("columns",), "roster.")
    options = problems.options(problems.table(tables, "options"))
    problems.check()
    return Config(path, options, {name: value for name, value in found.items() if value})


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
                hint = " " + _('Did you mean "{name}"?').format(name=near[0]) if near else ""
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

    def options(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """Options by their long name, with - or _; several values where the option may be repeated."""
        known = {f.name for f in fields(Settings)} - {
            "files",
            "config",
            "columns",
            "roster_columns",
            "ticked",
        }
        known |= {"column", "roster_column", "tick"}
        known -= {"statuses", "outcomes", "aliases", "nets", "missing"}
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
