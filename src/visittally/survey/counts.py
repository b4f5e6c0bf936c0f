"""Tables of counts (monthly reports, tally sheets): each row is a place or a period, its cells are figures."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _, listing, quoted
from visittally.reading.kept import keep
from visittally.reading.running_numbers import running_columns
from visittally.survey.fields import PLACES
from visittally.survey.headers import header_key, header_words, headings, last_part
from visittally.survey.numbers_beside import EACH, MOSTLY, are_figures, count_words, unread_counts, without_unit
from visittally.survey.spans import counted_twice
from visittally.words.codebook import Codebook
from visittally.words.dates import is_month_name
from visittally.words.dispositions import UNKNOWN, Dispositions
from visittally.words.folding import tidy
from visittally.words.ledgers import is_note
from visittally.words.patterns import pattern
from visittally.words.quantities import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.blocks import TableSource
    from visittally.survey.headers import Heading
    from visittally.survey.variables import Layout, Survey

_FILLED = 0.3
"""A column of texts with more filled cells holds answers."""
_RATES = frozenset(
    {"rate", "percent", "percentage", "share", "pct", "taux", "tasa", "porcentaje", "pourcentage", "ratio"}
)
_FEWEST = 3
_PARTS = 2
"""More than so many columns, of which one adds up the others, are a sum and its parts."""
_NUMBERS = pattern(r"第?[\d一二三四五六七八九十]+")
_NUMBER_OF = pattern(r"(?i)n(?:\s?[º°ª]|o?\.)\s*")
"""What says "number of" before a header: without it "Nº resueltos" would read as "no resueltos", which are not."""
_HOUSEHOLDS = pattern(r"(?i)户(?!次)|戸|世帯|가구|\bhhs?\b|household|famil|hogar|m[ée]nage")
_CLASS = ("类", "類", "方面")
"""Where one kind of issue is called so, whatever is called so is one: 民生类 beside 环境卫生类."""
_ENDS = pattern(r"(?:件数|户数|总数|数量|数|件|个)$")


@dataclass(frozen=True)
class CountColumns:
    """What the columns of tables of counts hold, by the names of their variables.

    Attributes:
        visits: How many households were visited; empty where nobody says so.
        collected: How many issues were collected.
        handled, resolved, open: How many of them were handled, resolved (these are handled, too), are open.
        issues: Variable -> name of the issue of which it holds the number.
        notices: What was understood so, and where figures do not follow from each other.
    """

    visits: tuple[str, ...] = ()
    collected: tuple[str, ...] = ()
    handled: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    issues: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @property
    def of_households(self) -> bool:
        """Whether the visits are numbers of households, as their headers say, and not of visits."""
        return bool(self.visits) and all(_HOUSEHOLDS.search(last_part(name)) for name in self.visits)

    @property
    def variables(self) -> tuple[str, ...]:
        """All of them, each once."""
        named = (*self.visits, *self.collected, *self.handled, *self.resolved, *self.open, *self.issues)
        return tuple(dict.fromkeys(named))


def find_counts(survey: Survey) -> tuple[CountColumns, tuple[int, ...]] | None:
    """The columns of tables of counts, and the numbers of the tables that are such; None where none is."""
    found: dict[int, CountColumns] = {}
    for number, layout in enumerate(survey.layouts):
        columns = _columns(layout, survey)
        if columns is not None:
            found[number] = columns
    if not found:
        return None
    every = list(found.values())

    def names(role: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in every for name in getattr(one, role)))

    together = CountColumns(
        names("visits"),
        names("collected"),
        names("handled"),
        names("resolved"),
        names("open"),
        {name: label for one in every for name, label in one.issues.items()},
        tuple(notice for one in every for notice in one.notices),
    )
    return together, tuple(found)


def may_be_counts(survey: Survey) -> list[Notice]:
    """Say which tables look like tables of counts, although no header says so: their rows are counted as records."""
    found = []
    for layout in survey.layouts:
        source = layout.source
        if layout.tool or not source.by_hand or not source.header_rows or len(source.sampled) < _FEWEST:
            continue
        issue = survey.of_field("issue")
        if issue is not None and layout.place(issue.name) is not None:
            continue
        numbers = _figures(layout, survey) or []
        if len(numbers) > 1 and all(
            figure is None or float(figure).is_integer() for column in numbers for figure in column.figures
        ):
            text = _(
                "{file}: every row is another place and {columns} hold whole numbers, as in a table of counts; "
                'its rows were counted as records. If they are counts, call the column of visits "Households visited"; '
                "if not, --counts no."
            )
            names = quoted(column.name for column in numbers[:4]) + (" ..." if len(numbers) > 4 else "")
            found.append(Notice("may_be_counts", text.format(file=source.file, columns=names)))
    return found


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures: its position, variable, last and upper header, and its figures."""

    position: int
    variable: str
    name: str
    top: str
    figures: Sequence[float | None]


def _columns(layout: Layout, survey: Survey) -> CountColumns | None:
    source = layout.source
    if layout.tool or not source.by_hand or not source.header_rows or len(source.sampled) < 2:
        return None
    heads = headings(source)
    called, _again = counted_twice(heads, [_last(heading) for heading in heads])
    if not any(_may_tell(called.get(heading.position) or _last(heading), heading) for heading in heads):
        return None
    numbers = _figures(layout, survey)
    if numbers is None or len(numbers) < 2:
        return None
    roles = {c.position: _role(c.name) for c in numbers}
    visits = _first_of("visits", [c for c in numbers if roles[c.position] == "visits"])
    collected = _first_of("collected", [c for c in numbers if roles[c.position] == "collected"])
    others = [c for c in numbers if not roles[c.position] and not _is_period(c.name)]
    issues = _issues(others, visits, collected)
    if not collected and (total := _sum_of_others(issues)) is not None:
        collected, issues = [total], [c for c in issues if c is not total]
    said = {r: [c for c in numbers if roles[c.position] == r] for r in ("handled", "resolved", "open")}
    done = {"open": said["open"], **_handled(said["handled"], said["resolved"], collected)}
    under = any(_is_including(c.top) for c in issues)
    if not (visits or under or (collected and (issues or done["handled"] or done["resolved"]))):
        return None
    notices = [_understood(source, visits, collected, issues, {**done, "": [c for c in others if c not in issues]})]
    notices += _unequal(source, collected, issues)
    found = CountColumns(
        tuple(c.variable for c in visits[:1]),
        tuple(c.variable for c in collected[:1]),
        tuple(c.variable for c in done["handled"]),
        tuple(c.variable for c in done["resolved"]),
        tuple(c.variable for c in done["open"]),
        {c.variable: c.name for c in issues},
    )
    notices += unread_counts(replace(survey, layouts=(layout,)), found.variables)
    return replace(found, notices=tuple(notices))


def _figures(layout: Layout, survey: Survey) -> list[_Column] | None:
    """The columns of figures; None where the table is none of counts."""
    source, rows = layout.source, layout.source.sampled
    table = keep(source)
    places = {
        p for f in (*PLACES, "visit_date") if (v := survey.of_field(f)) and (p := layout.place(v.name)) is not None
    }
    found = headings(source)
    called, again = counted_twice(found, [_last(heading) for heading in found])
    named = {at: name for name, where in layout.columns.items() for at in where if at is not None and len(where) == 1}
    running = running_columns(table).all if table is not None else frozenset()
    keys, numbers = [], []
    for heading in found:
        c = heading.position
        cells = [row[c].strip() for row in rows]
        filled = [cell for cell in cells if cell]
        last = called.get(c) or _last(heading)
        if not filled or c in running or c in again or c not in named or is_note(last) or _is_rate(last, filled):
            continue
        if c in places or header_key(last) in count_words()["period"]:
            keys.append(cells)
            continue
        figures = [parse(cell).value for cell in cells]
        if are_figures(filled):
            numbers.append(_Column(c, named[c], last, tidy(heading.top), figures))
        elif survey.variables[named[c]].personal or _names_visitor(survey, named[c]):
            continue
        elif len(filled) > _FILLED * len(rows):
            return None
    different = set(zip(*keys, strict=True)) if keys else set()
    return numbers if len(different) >= EACH * len(rows) and len(different) > 1 else None


def _is_rate(header: str, cells: Sequence[str]) -> bool:
    """Whether a column holds shares, which cannot be added up."""
    said = header_words(header)
    percent = sum(cell.endswith(("%", "％")) for cell in cells)
    return (
        percent > MOSTLY * len(cells)
        or header.rstrip("()（）%").endswith(("率", "比例", "占比"))
        or bool(_RATES & set(said))
    )


def _names_visitor(survey: Survey, variable: str) -> bool:
    return any(survey.fields.get(name) == variable for name in ("visitor", "visitor_unit", "responsible_unit", "unit"))


def _last(heading: Heading) -> str:
    """What a column of figures is called."""
    return tidy(heading.last or heading.below or heading.name)


def _may_tell(name: str, heading: Heading) -> bool:
    """Whether a heading is one of those without which no table is one of counts: cells are read only then."""
    return _counted(name)[1] in {"visits", "collected"} or _is_including(tidy(heading.top))


def _role(name: str) -> str:
    """What a column of figures counts; "" where its header does not say."""
    text, role = _counted(name)
    if role:
        return "resolved" if role == "handled" and _kind(text) == "resolved" else role
    kind = _kind(name)
    return kind if kind in {"resolved", "handled", "open"} else ""


def _counted(name: str) -> tuple[str, str]:
    """What a header says in so many words that its column counts, "" for nothing, behind the words that say so."""
    for text in dict.fromkeys((_NUMBER_OF.sub("", name), name)):
        keys = {header_key(text), header_key(without_unit(text))}
        for role in ("visits", "persons", "collected", "open", "handled"):
            if not keys.isdisjoint(count_words()[role]):
                return text, role
    return name, ""


def _handled(
    handled: Sequence[_Column], resolved: Sequence[_Column], collected: Sequence[_Column]
) -> dict[str, Sequence[_Column]]:
    """The columns of what was handled and of what was resolved: figures that include others do not add to them."""
    whole = [c for c in resolved if header_key(without_unit(c.name)) in count_words()["handled_in_all"]]
    resolved = [c for c in resolved if c not in whole] or resolved
    handled = [c for c in (*handled, *whole) if c not in resolved]
    if not whole or whole == resolved:
        handled = [*handled, *resolved]
    total = [figure or 0 for figure in collected[0].figures] if collected else []

    def apart(columns: Sequence[_Column]) -> Sequence[_Column]:
        """One of them alone where together they would be more than there were."""
        together = _sums(columns) if len(columns) > 1 and total else total
        more = any(n > most for n, most in zip(together, total, strict=True))
        return [max(columns, key=lambda c: _sums([c]))] if more else columns

    return {"handled": apart(handled), "resolved": apart(resolved)}


def _is_period(name: str) -> bool:
    """Whether a column of figures is called by a week or month: `Week 3`, `第二周`, `3月`, `Mars`."""
    bare = _NUMBERS.sub("", name).strip(" .")
    return is_month_name(name) or (bare != name and header_key(bare) in count_words()["period"])


def _kind(name: str) -> str:
    """What a header that is a status word says of the issues that it counts."""
    known = Dispositions.load()
    plain = without_unit(name).strip()
    for text in (plain, _ENDS.sub("", plain)):
        code = known.disposition(text)
        if code != UNKNOWN:
            return known.codes[code].kind
    return ""


def _first_of(role: str, columns: Sequence[_Column]) -> list[_Column]:
    order = count_words()[role]

    def rank(column: _Column) -> int:
        keys = (header_key(column.name), header_key(without_unit(column.name)))
        return min((order.index(key) for key in keys if key in order), default=len(order))

    return sorted(columns, key=rank)


def _issues(columns: Sequence[_Column], visits: Sequence[_Column], collected: Sequence[_Column]) -> Sequence[_Column]:
    """The columns that count single issues: those under one heading, those that sum up, those named by issues.

    What stands between columns named by issues counts one, too. Where no name is known, as in other languages, all
    columns do but those before the visits: these say how large a place is.
    """
    under = [c for c in columns if _is_including(c.top)]
    if under:
        return under
    codebook = Codebook.load()
    named = [c for c in columns if codebook.category(c.name) or codebook.code_text(c.name).matched]
    if named and all(without_unit(c.name).endswith(_CLASS) for c in named):
        named = [c for c in columns if without_unit(c.name).endswith(_CLASS)]
    between = [c for c in columns if named and named[0].position <= c.position <= named[-1].position]
    if collected:
        total = [figure or 0 for figure in collected[0].figures]
        fitting = (found for found in (between, columns, named) if found and _sums(found) == total)
        return next(fitting, between if len(named) > 1 else named)
    return between or [c for c in columns if not visits or c.position > visits[0].position]


def _sum_of_others(issues: Sequence[_Column]) -> _Column | None:
    """The column that adds up all others in each row: how many issues there were, whatever it is called."""
    figures = [figure for column in issues for figure in column.figures]
    if len(issues) <= _PARTS or len(figures) < _FEWEST * len(issues) or not any(figures):
        return None
    sums = ((c, _sums([other for other in issues if other is not c])) for c in issues)
    return next((c for c, total in sums if [figure or 0 for figure in c.figures] == total), None)


def _is_including(top: str) -> bool:
    """Whether a heading says that the columns below it are parts: 其中, "of which"."""
    return bool(top) and header_key(without_unit(top)) in count_words()["including"]


def _sums(columns: Sequence[_Column]) -> list[float]:
    return [sum(f or 0 for f in row) for row in zip(*(c.figures for c in columns), strict=True)]


def _understood(
    source: TableSource,
    visits: Sequence[_Column],
    collected: Sequence[_Column],
    issues: Sequence[_Column],
    done: Mapping[str, Sequence[_Column]],
) -> Notice:
    parts = []
    if visits:
        parts.append(_('visits from "{column}"').format(column=visits[0].name))
    if issues:
        names = listing(c.name for c in issues[:8]) + (" ..." if len(issues) > 8 else "")
        parts.append(_("issues from {columns}").format(columns=names))
    if collected:
        parts.append(_('issues collected from "{column}"').format(column=collected[0].name))
    handled = dict.fromkeys(c.name for c in (*done["handled"], *done["resolved"]))
    if handled:
        parts.append(_("handled from {columns}").format(columns=listing(handled)))
    if done[""]:
        parts.append(_("not counted: {columns}").format(columns=listing(c.name for c in done[""])))
    text = _("{file}: read as a table of counts, {parts} (--counts no reads its rows as records).")
    name = f"{source.file} ({source.sheet})" if source.sheet else source.file
    return Notice("counts_in_cells", text.format(file=name, parts=_("; ").join(parts)))


def _unequal(source: TableSource, collected: Sequence[_Column], issues: Sequence[_Column]) -> list[Notice]:
    """Say where what was collected is not the sum of the single issues."""
    if not collected or len(issues) < 2:
        return []
    table = keep(source)
    lines = [row.line for row in table.rows] if table is not None else []
    wrong = [
        (line, total, parts)
        for line, total, parts in zip(lines, collected[0].figures, _sums(issues), strict=True)
        if total is not None and total != parts
    ]
    if not wrong:
        return []
    shown = _("; ").join(
        _("line {line}: {total:,} instead of {parts:,}").format(line=line, total=total, parts=parts)
        for line, total, parts in wrong[:5]
    )
    text = _('{file}: "{column}" is not the sum of its parts in {n:,} rows ({shown}).')
    message = text.format(file=source.file, column=collected[0].name, n=len(wrong), shown=shown)
    return [Notice("total_differs", message)]
