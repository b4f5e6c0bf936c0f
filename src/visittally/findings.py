"""What was found, in sentences: made from the cells of the tables that stand in the same document, and nothing else.

Each sentence needs the columns that it speaks of; where one is missing or hidden, the sentence is not said. No number
is worked out here, so none can differ from its table.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from visittally.answers.issues import is_cue_note
from visittally.messages import _, language, ngettext
from visittally.render.cells import RenderOptions, shown
from visittally.tables.table import Count, Row, Share, Table, Text
from visittally.told_tables import FEWEST, ToldTables
from visittally.words.codebook import UNCLEAR
from visittally.words.labels import heading
from visittally.words.place_words import several
from visittally.words.written_days import written_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NAMED = 3
"""How many issues are named as those raised most."""
MOST = 5
"""How many are, where several are named as often."""
_PLACES = ("county", "township", "village", "group")
RARE = 5.0
"""Per cent of the visits below which no issue is common, not even the one that is named most."""


def bands() -> tuple[tuple[float, str], ...]:
    """Least percentage of the visits, and the word for how common an issue is from there on."""
    return (50, _("widespread")), (20, _("frequent")), (5, _("in some households")), (0, _("single cases"))


def band(percent: float) -> str:
    """How common what so many per cent of the visits named is called."""
    return next(word for least, word in bands() if percent >= least)


def wording() -> str:
    """The sentence that discloses the bands."""
    said = [_("{word} from {least} %").format(word=word, least=int(least)) for least, word in bands()[:-1]]
    last = _("{word} below").format(word=bands()[-1][1])
    return _("Words for shares of the visits: {bands}.").format(bands=_(", ").join([*said, last]))


def findings(
    parts: Mapping[str, Sequence[Table]],
    period: tuple[str, str] | None,
    options: RenderOptions,
    *,
    several_kinds: bool = False,
) -> list[str]:
    """The findings, a paragraph each.

    Args:
        parts: The tables of each part of the report, small cells hidden already.
        period: First and last day of the visits, or None where there are no dates.
        options: How figures are printed.
        several_kinds: Whether enterprises, schools and the like were visited, too, which are no households.
    """
    tables: dict[str, Table] = {}
    for table in (table for found in parts.values() for table in found):
        tables.setdefault(table.name, table)
    told = ToldTables(tables, options)
    between = "" if language() == "zh" else " "
    visits = _visits(told, period, several_kinds=several_kinds)
    said = ([*visits, *_collected(told)], list(_most(told)), list(_covered(told)))
    return [between.join(sentences) for sentences in said if sentences]


def cautions(parts: Mapping[str, Sequence[Table]], options: RenderOptions) -> list[str]:
    """How far the visits went and how deep, as far as the tables tell: what the figures must not be taken for.

    Args:
        parts: The tables of each part of the report, small cells hidden already.
        options: How figures are printed.
    """
    tables: dict[str, Table] = {}
    for table in (table for found in parts.values() for table in found):
        tables.setdefault(table.name, table)
    told = ToldTables(tables, options)
    texts = {
        ("places", "refused"): _("Refused: {0} visits."),
        ("places", "absent"): _("Nobody home: {0} visits."),
        ("places", "remaining"): _("Of {0} that were planned and not visited nothing is known."),
        ("depth", "median_minutes", "timed"): _("Half of the visits took no more than {0} minutes ({1} with times)."),
        ("depth", "with_text", "records", "with_text_percent"): _(
            "Something was written down in {0} of {1} records ({2})."
        ),
    }
    found = []
    for (name, *columns), text in texts.items():
        figures = told.left() if columns == ["remaining"] else told.says(name, told.total(name), *columns)
        if figures is not None and not figures[0].startswith("0"):
            found.append(text.format(*figures))
    return found


def _visits(told: ToldTables, period: tuple[str, str] | None, *, several_kinds: bool) -> Iterator[str]:
    """When, how many visits, to how many households, in how many places."""
    total = told.total("areas")
    cases, households = told.says("areas", total, "cases"), told.says("areas", total, "households")
    if cases is None:
        return
    where = _places(told)
    when = _("In all")
    if period:
        first, last = written_span(*period)
        text = _("From {first} to {last}") if period[0] != period[1] else _("On {first}")
        when = text.format(first=first, last=last)
    if several_kinds:
        yield _("{when}, there were {cases} visits{where}.").format(when=when, cases=cases[0], where=where)
    elif households == cases:
        yield _("{when}, {households} households were visited{where}.").format(
            when=when, households=cases[0], where=where
        )
    elif households:
        text = _("{when}, {cases} visits reached {households} households{where}.")
        units = told.level("units")
        if units:
            text = _("{when}, {cases} visits reached {households} households and {units} units{where}.")
        yield text.format(when=when, cases=cases[0], households=households[0], units=units, where=where)
    else:
        yield _("{when}, there were {cases} visits{where}.").format(when=when, cases=cases[0], where=where)


def _places(told: ToldTables) -> str:
    """` in 6 villages and 2 communities`: as the table of levels counts them, else as many as the table has rows."""
    table = told.tables["areas"]
    own = _own_word(told)
    if table.columns[0].name in ("village", "target_type", "place_kind") and not own:
        levels = {"villages": _("{n} villages"), "communities": _("{n} communities")}
        known = {level: count for level in levels if (count := told.level(level)) and count != "0"}
        if known and list(known.items()) != [("villages", "1")]:
            places = _(" and ").join(levels[level].format(n=count) for level, count in known.items())
            return _(" in {places}").format(places=places)
    n = sum(1 for row in table.body() if isinstance(row.cells[0], Text) and row.cells[0].value)
    if len([row for row in table.body() if row.cells]) < 2 or not n:
        return ""
    if own and n > 1:
        return _(" in {places}").format(places=_("{n} {places}").format(n=n, places=own))
    return _counted(table.columns[0].name, n)


def _counted(field: str, n: int) -> str:
    """So many places of a field, in our words; "" where they are none."""
    match field:
        case "village":
            return ngettext(" in {n} village", " in {n} villages", n).format(n=n)
        case "group":
            return ngettext(" in {n} village group", " in {n} village groups", n).format(n=n)
        case "township" | "county":
            return ngettext(" in {n} township", " in {n} townships", n).format(n=n)
        case _:
            return ""


def _own_word(told: ToldTables) -> str:
    """What the file calls its places in the rows; "" where that is our word, or villages and communities are told."""
    column = told.tables["areas"].columns[0]
    kinds = column.name == "village" and told.level("communities") not in ("", "0")
    if kinds or column.name not in _PLACES or column.label == heading(column.name):
        return ""
    return several(column.label[:1].lower() + column.label[1:])


def _collected(told: ToldTables) -> Iterator[str]:
    """How many issues, and what became of them."""
    total = told.total("summary")
    figures = told.says(
        "summary", total, "collected", "handled", "handled_percent", "resolved", "resolved_percent", "open"
    )
    if figures:
        text = _(
            "Of {collected} issues collected, {handled} ({handled_percent}) were handled and {resolved} "
            "({resolved_percent}) were resolved in substance; {open} are open."
        )
        share = told.cell("summary", total, "handled_percent")
        if isinstance(share, Share) and share.few:
            text = _("{collected} issues collected: {handled} handled, {resolved} resolved in substance, {open} open.")
        elif figures[1] == figures[3] != "0":
            text = _(
                "Of {collected} issues collected, {handled} ({handled_percent}) were handled, all of them resolved in "
                "substance; {open} are open."
            )
        names = ("collected", "handled", "handled_percent", "resolved", "resolved_percent", "open")
        if figures[1] == "0":
            text = _("{collected} issues were collected; none of them is handled yet.")
        elif figures[5] == "0":
            text = _(
                "All {collected} issues collected were handled; {resolved} ({resolved_percent}) were resolved in "
                "substance."
            )
        yield text.format(**dict(zip(names, figures, strict=True)))
        overdue = told.says("summary", total, "overdue")
        if overdue and overdue[0] != "0":
            every = overdue[0] == figures[-1]
            n = 1 if overdue[0] == "1" else 2
            text = ngettext("It is past its date.", "All of these are past their date.", n)
            if not every:
                text = ngettext("{n} open issue is past its date.", "{n} open issues are past their date.", n)
            yield text.format(n=overdue[0])
        return
    mentions = told.says("areas", told.total("areas"), "mentions")
    if mentions:
        one = 1 if mentions[0] == "1" else 2
        yield ngettext("{n} issue was named.", "{n} issues were named.", one).format(n=mentions[0])
        # Without single records it is the places that tell what became of the issues.
        handled = told.says("areas", told.total("areas"), "handled", "handled_percent")
        if handled and "summary" not in told.tables:
            text = _("Of these {all}, {n} ({percent}) were handled.")
            yield text.format(all=mentions[0], n=handled[0], percent=handled[1])


def _most(told: ToldTables) -> Iterator[str]:
    """The issues named most, each with its number, its share and the word for it."""
    table = told.tables.get("issues")
    if table is None:
        return
    of_mentions = table.base is not None and table.base.kind == "mentions"
    named = [] if of_mentions else list(_most_of_visits(told))
    named = named or list(_most_mentions(told))
    if named:
        yield _("Named most: {issues}.").format(issues=_("; ").join(named))
        yield from _sorted_by_words(told)
    total = told.total("areas")
    raised = told.says("areas", total, "raised")
    none = told.says("areas", total, "no_issue")
    if raised and none and none[0] != "0":
        n = 1 if raised[0] == "1" else 2
        text = ngettext(
            "{raised} visit named at least one issue, {none} said that there was none.",
            "{raised} visits named at least one issue, {none} said that there was none.",
            n,
        )
        if told.by_household():
            text = ngettext(
                "{raised} household named at least one issue, {none} said that there was none.",
                "{raised} households named at least one issue, {none} said that there was none.",
                n,
            )
        yield text.format(raised=raised[0], none=none[0])


def _sorted_by_words(told: ToldTables) -> Iterator[str]:
    """That key words made the categories, and how many they could not sort."""
    unclear = next((row for row in told.tables["issues"].body() if told.value("issues", row, "issue") == UNCLEAR), None)
    if unclear is None and not any(is_cue_note(note) for note in told.tables["issues"].notes):
        return
    yield _("Where nobody gave a category, key words in the text did.")
    figures = told.says("issues", unclear, "mentions")
    if figures:
        yield _("{n} more could not be sorted.").format(n=figures[0])


def _most_of_visits(told: ToldTables) -> Iterator[str]:
    """The issues named most with their shares of the visits, and the words for these."""
    for i, row in enumerate(_first(told)):
        share = told.cell("issues", row, "percent_of_cases")
        figures = told.says("issues", row, "mentions", "percent_of_cases")
        if figures is None or not isinstance(share, Share) or not share.base or share.base < FEWEST:
            continue
        # The word is that of the figure beside it, as it is printed.
        printed = float(round(share.exact or Fraction(0), told.options.digits))
        if not i and printed < RARE:
            return  # of many visits with few issues each share is next to nothing: the issues are compared
        base = shown(Count(share.base), told.options)
        text = _("{issue} ({n} of {base} visits, {percent}: {word})")
        if "weighted" in (column.name for column in told.tables["issues"].columns):
            text = _("{issue} ({n} visits, weighted {percent}: {word})")
        elif told.says("areas", told.total("areas"), "cases") not in (None, [base]):
            text = _("{issue} ({n} of {base} visits with an answer, {percent}: {word})")
            if told.by_household():
                text = _("{issue} ({n} of {base} households with an answer, {percent}: {word})")
        elif told.by_household():
            text = _("{issue} ({n} of {base} households, {percent}: {word})")
        yield text.format(issue=_label(told, row), n=figures[0], base=base, percent=figures[1], word=band(printed))


def _first(told: ToldTables) -> list[Row]:
    """The rows named most: of those that are named as often none is left out, unless these are too many.

    What nobody could sort, and all that is other, is no issue that stands out.
    """
    rows = [row for row in told.tables["issues"].body() if _is_issue(told, row)]
    counts = [told.cell("issues", row, "mentions") for row in rows]
    numbers = [cell.value if isinstance(cell, Count) else None for cell in counts]
    if len(rows) <= NAMED or numbers[NAMED - 1] is None or numbers[NAMED] != numbers[NAMED - 1]:
        return rows[:NAMED]
    alike = [i for i, n in enumerate(numbers) if n == numbers[NAMED - 1]]
    if alike[-1] < MOST:
        return rows[: alike[-1] + 1]
    return rows[: alike[0]]


def _is_issue(told: ToldTables, row: Row) -> bool:
    names = {column.name for column in told.tables["issues"].columns}
    ranked = "rank" not in names or told.value("issues", row, "rank") is not None
    return ranked and told.value("issues", row, "issue_category") != "other"


def _label(told: ToldTables, row: Row) -> str:
    """The issue of a row, without the sign that ends it in a form."""
    names = [column.name for column in told.tables["issues"].columns]
    return told.text(row.cells[names.index("issue")]).rstrip(" ;；,，.。:：")


def _most_mentions(told: ToldTables) -> Iterator[str]:
    """The issues named most where nothing is known of single visits: their share of all that was named."""
    whole = told.says("areas", told.total("areas"), "mentions")
    if told.few("areas", "mentions"):
        return
    for row in _first(told) if whole else ():
        figures = told.says("issues", row, "mentions", "percent_of_mentions")
        if figures is not None and whole is not None:
            text = _("{issue} ({n} of all {all} issues, {percent})")
            yield text.format(issue=_label(told, row), n=figures[0], all=whole[0], percent=figures[1])


def words_used(paragraphs: Sequence[str]) -> bool:
    """Whether a share is called by a word, which then must be disclosed."""
    return any(word in text for text in paragraphs for _least, word in bands())


def _covered(told: ToldTables) -> Iterator[str]:
    """How much of the plan was visited; households and schools are not added up."""
    total = told.total("places")
    table = told.tables.get("places")
    if table is not None and table.columns[0].name == "target_type":
        kinds = list(_covered_kinds(told, table))
        if kinds:
            yield _("Visited, of those planned: {kinds}.").format(kinds=_("; ").join(kinds))
        return
    for done in ("completed", "visited"):
        figures = told.says("places", total, done, "target", "coverage_percent")
        if figures:
            broken_off = done == "completed" and told.says("places", total, "visited") not in (None, figures[:1])
            yield _of_plan(told, broken_off=broken_off).format(done=figures[0], target=figures[1], percent=figures[2])
            return


def _of_plan(told: ToldTables, *, broken_off: bool) -> str:
    """The sentence about the plan; `broken_off`: not all that were visited count, since some visits came to nothing."""
    # Where nothing tells households apart, what is set against the plan are visits.
    keyless = "areas" in told.tables and "households" not in {c.name for c in told.tables["areas"].columns}
    if broken_off:
        visits = _("{target} visits were planned; {done} were completed ({percent}).")
        return (
            visits if keyless else _("Of {target} households planned, the visits to {done} were completed ({percent}).")
        )
    if told.level("units") not in ("", "0"):
        return _("Of {target} households and units planned, {done} were visited ({percent}).")
    if keyless:
        return _("{target} were planned; {done} visits were made, {percent} of these.")
    return _("Of {target} planned, {done} were visited ({percent}).")


def _covered_kinds(told: ToldTables, table: Table) -> Iterator[str]:
    """Each kind of target with what was visited of it."""
    done = "completed" if "completed" in {column.name for column in table.columns} else "visited"
    for row in table.body():
        figures = told.says("places", row, done, "target", "coverage_percent")
        if figures:
            text = _("{kind} {done} of {target} ({percent})")
            kind = told.text(row.cells[0])
            yield text.format(kind=kind, done=figures[0], target=figures[1], percent=figures[2])
