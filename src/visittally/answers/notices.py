"""What people should know about how the answers of a question were read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from visittally.answers.answer import State
from visittally.answers.joined_cells import CellReader, answers_in, answers_of
from visittally.answers.option_columns import OptionReader
from visittally.answers.ticks import signs_told
from visittally.errors import Notice
from visittally.messages import _, ngettext
from visittally.survey.exporters import writes_codes
from visittally.survey.variables import QuestionKind, Role, Variable
from visittally.words.folding import fold, tidy
from visittally.words.joined import NO_COLUMN
from visittally.words.joined_labels import are_lists, may_be_lists
from visittally.words.missing_numbers import STATES
from visittally.words.names import told
from visittally.words.patterns import pattern
from visittally.words.separator_signs import left_whole
from visittally.words.sign_between import sign_between
from visittally.words.vocabulary import Missing, key_of, words

if TYPE_CHECKING:
    from visittally.settings import Net

_LISTED = 5
_LISTS = frozenset({QuestionKind.SINGLE, QuestionKind.MULTI})
_CODES = pattern(r"\d{1,2}(?:-\d{1,2}){2,}|\d{1,2}(?:,\d{1,2}){2,}")
"""Codes joined by a sign that a spreadsheet takes for something else where only two of them are."""
_DAY = pattern(
    r"\d{4}-\d{2}-\d{2}(?:[ T]00:00(?::00)?(?:\.0+)?)?|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}|\d{1,2}月\d{1,2}日"
)
_DECIMAL = pattern(r"\d{1,2}\.\d{1,2}")

Reader = CellReader | OptionReader
Rows = Mapping[tuple[str, ...], int]


def answer_notices(variable: Variable, rows: Rows, reader: Reader) -> tuple[Notice, ...]:
    """All that had to be assumed about a question, and all that was noticed.

    Args:
        variable: The question.
        rows: Distinct records of its cells and how often each occurs.
        reader: How they are read.
    """
    cells: Counter[str] = Counter()
    for row, n in rows.items():
        for cell in row:
            cells[cell] += n
    del cells[NO_COLUMN]
    found = [*_conflicts(variable, rows, reader), *_damage(variable, cells), *_codes_as_dates(variable, cells)]
    if isinstance(reader, CellReader):
        answers = answers_of(cells, reader.separator, reader.options.lexicon)
        found += [
            *_spellings(variable, reader, answers),
            *_beyond_form(variable, answers),
            *_kept_whole(variable, reader),
            *_signs_mixed(variable, reader),
            *_left_whole(variable, reader, answers),
            *_labels_untold(variable, reader, cells),
            *_blank_or_none(variable, rows, reader),
            *_versions_differ(variable, rows),
        ]
    else:
        found += [*_zeros(variable, rows, reader), *_scales(variable, reader), *_older_files(variable, rows)]
        found += signs_told(variable.name, [column for column in reader.columns if column is not None])
    return tuple(found)


def coded_missing(
    name: str, answers: Mapping[str, int], codes: Mapping[str, str], missing: Missing | None
) -> tuple[Notice, ...]:
    """Say which numbers were taken for answers that were not given, with the lines that settle it.

    Args:
        name: What the question is called.
        answers: Its cells -> how often.
        codes: Numbers taken for missing answers, and for what.
        missing: What the user has settled already.
    """
    settled = missing.codes if missing else frozenset()
    unsettled = {code: state for code, state in codes.items() if code not in settled}
    if not unsettled:
        return ()
    counts: Counter[str] = Counter()
    for cell, n in answers.items():
        counts[key_of(cell)] += n
    shown = ", ".join(f"{code} ({counts[code]:,})" for code in sorted(unsettled))
    listed = {state: [f'"{code}"' for code in sorted(unsettled) if unsettled[code] == state] for state in STATES}
    lines = "; ".join(f"{state} = [{', '.join(quoted)}]" for state, quoted in listed.items() if quoted)
    text = _(
        '"{name}": {shown} counts as an answer that was not given. To settle it, in visittally.toml: [missing] {lines} '
        "(where it is an answer: answer = [{codes}])"
    )
    quoted = ", ".join(f'"{code}"' for code in sorted(unsettled))
    return (Notice("missing_numbers", text.format(name=name, shown=shown, lines=lines, codes=quoted)),)


def codes_apart(name: str, codes: Collection[str]) -> tuple[Notice, ...]:
    """Say which numbers look like codes of answers that were not given, and count as answers.

    Args:
        name: What the question is called.
        codes: The numbers.
    """
    if not codes:
        return ()
    text = _(
        '"{name}": {codes} stands apart from the other codes and counts as an answer. If it is none, in '
        "visittally.toml: [missing] blank = [{listed}]"
    )
    listed = ", ".join(f'"{code}"' for code in sorted(codes))
    return (Notice("codes_apart", text.format(name=name, codes=", ".join(sorted(codes)), listed=listed)),)


def net_notices(nets: Sequence[Net], names: Collection[str], known: Collection[str]) -> list[Notice]:
    """Say which answers of the nets there are not: they add nothing, and may be misspelled.

    Args:
        nets: The nets of the configuration.
        names: What the question is called; nets of other questions are left aside.
        known: Its answers, those of its form included.
    """
    found, answers = [], {fold(answer) for answer in known}
    for net in nets:
        missing = [answer for answer in net.answers if fold(answer) not in answers]
        if net.question not in names or not missing:
            continue
        text = ngettext(
            'Net "{net}": no record of "{name}" gives the answer {answers}, which adds nothing.',
            'Net "{net}": no record of "{name}" gives the answers {answers}, which add nothing.',
            len(missing),
        )
        shown = _shown(missing)
        found.append(Notice("net_answers", text.format(net=net.name, name=net.question, answers=shown)))
    return found


def _conflicts(variable: Variable, rows: Rows, reader: Reader) -> Iterator[Notice]:
    n = sum(count for row, count in rows.items() if reader.read(row).conflict)
    if n:
        text = ngettext(
            '"{name}": {n:,} record says "none", "don\'t know" ... beside other answers; all are kept.',
            '"{name}": {n:,} records say "none", "don\'t know" ... beside other answers; all are kept.',
            n,
        )
        yield Notice("exclusive_conflict", text.format(name=variable.name, n=n))


def _damage(variable: Variable, cells: Mapping[str, int]) -> Iterator[Notice]:
    n = sum(count for cell, count in cells.items() if key_of(cell) in words("damaged"))
    if n:
        text = ngettext(
            '"{name}": {n:,} cell holds an error of a spreadsheet, such as #REF!, and counts as blank.',
            '"{name}": {n:,} cells hold errors of a spreadsheet, such as #REF!, and count as blank.',
            n,
        )
        yield Notice("damaged_cells", text.format(name=variable.name, n=n))


def _codes_as_dates(variable: Variable, cells: Mapping[str, int]) -> Iterator[Notice]:
    """Lists of codes that a spreadsheet took for something else: `1-3` for a date, `1,3` for a number."""
    lists = [cell for cell in cells if _CODES.fullmatch(cell.strip())]
    if not lists or variable.kind is QuestionKind.DATE:
        return
    with_commas = any("," in cell for cell in lists)
    turned = {
        c: n for c, n in cells.items() if _DAY.fullmatch(c.strip()) or (with_commas and _DECIMAL.fullmatch(c.strip()))
    }
    if turned:
        text = ngettext(
            '"{name}": {n:,} cell ({shown}) is a date or a number where others are lists of codes such as {example}: '
            "a spreadsheet turned it into that. It counts as it stands; mend it in the file.",
            '"{name}": {n:,} cells ({shown}) are dates or numbers where others are lists of codes such as {example}: '
            "a spreadsheet turned them into that. They count as they stand; mend them in the file.",
            sum(turned.values()),
        )
        message = text.format(
            name=variable.name, n=sum(turned.values()), shown=_shown(sorted(turned)), example=min(lists)
        )
        yield Notice("codes_as_dates", message)


def _spellings(variable: Variable, reader: CellReader, answers: Mapping[str, int]) -> Iterator[Notice]:
    groups: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for answer in answers:
        groups[fold(answer), reader.options.find(answer) or ""].add(tidy(answer))
    merged = sorted(" = ".join(told(sorted(group))) for group in groups.values() if len(group) > 1)
    if merged:
        text = ngettext(
            '"{name}": {n} answer is written in more than one way: {shown}.',
            '"{name}": {n} answers are written in more than one way: {shown}.',
            len(merged),
        )
        yield Notice("merged_answers", text.format(name=variable.name, n=len(merged), shown=_shown(merged)))


def _beyond_form(variable: Variable, answers: Mapping[str, int]) -> Iterator[Notice]:
    known = {key_of(text) for choice in variable.choices for text in (choice.name, choice.label)}
    strange = sorted({tidy(answer) for answer in answers if key_of(answer) not in known}) if known else []
    if strange:
        text = ngettext(
            '"{name}": {n} answer is not among the options of the form and was kept: {shown}.',
            '"{name}": {n} answers are not among the options of the form and were kept: {shown}.',
            len(strange),
        )
        yield Notice("answers_beyond_form", text.format(name=variable.name, n=len(strange), shown=_shown(strange)))


def _kept_whole(variable: Variable, reader: CellReader) -> Iterator[Notice]:
    separator = reader.separator
    if separator is None or not separator.whole or variable.choices:
        return
    options = [
        key for key in reader.options.options if len(separator.split(key)) == 1 and separator.pattern.search(key)
    ]
    if options:
        text = _('"{name}": "{sign}" separates the answers; options that contain it were kept whole: {shown}.')
        shown = _shown(options)
        yield Notice("separator_in_option", text.format(name=variable.name, sign=separator.sign, shown=shown))


def _signs_mixed(variable: Variable, reader: CellReader) -> Iterator[Notice]:
    separator = reader.separator
    if separator is not None and len(signs := separator.sign.split()) > 1:
        text = _(
            '"{name}": several signs separate the answers ({signs}); none of them was taken for part of an answer.'
        )
        yield Notice("signs_mixed", text.format(name=variable.name, signs=" ".join(signs)))


def _left_whole(variable: Variable, reader: CellReader, answers: Mapping[str, int]) -> Iterator[Notice]:
    """Say which answers look like several ones, joined by a sign that joins no others."""
    cut = reader.separator is not None and not reader.separator.whole and not variable.choices
    if cut and (whole := left_whole(sorted(map(tidy, answers)))):
        text = ngettext(
            '"{name}": {n} answer holds a sign that separates no others, and was left whole: {shown}.',
            '"{name}": {n} answers hold a sign that separates no others, and were left whole: {shown}.',
            len(whole),
        )
        yield Notice("left_whole", text.format(name=variable.name, n=len(whole), shown=_shown(whole)))


def _labels_untold(variable: Variable, reader: CellReader, cells: Mapping[str, int]) -> Iterator[Notice]:
    """Say where labels seem to be joined by spaces, and nothing tells where one ends and the next begins."""
    if variable.choices or variable.kind not in _LISTS or any(part.role is Role.MENTION for part in variable.parts):
        return
    lexicon = reader.options.lexicon
    given = [cell for cell in cells if key_of(cell) not in lexicon.blank | lexicon.not_asked]
    answers = {answer for cell in given for answer in answers_in(cell, reader.separator)}
    if reader.separator is None and (sign := sign_between(given)):
        text = _(
            '"{name}" looks like several answers joined by "{sign}", and too few of them come again to be sure: each '
            "cell counts as one answer. Give the form (--form), or export a column for each option."
        )
        yield Notice("labels_joined", text.format(name=variable.name, sign=sign))
        return
    told = writes_codes(variable.tool) or reader.separator is not None
    lists = reader.separator is None and writes_codes(variable.tool) and are_lists(given)
    if lists or may_be_lists(answers, whole=not told):
        text = _(
            '"{name}" looks like labels joined by spaces, and it does not show where one label ends and the next '
            "begins: each cell counts as one answer. Give the form (--form), or export the names of the options or a "
            "column for each option."
        )
        yield Notice("labels_joined", text.format(name=variable.name))


def _blank_or_none(variable: Variable, rows: Rows, reader: CellReader) -> Iterator[Notice]:
    """Say how many records are blank where that may mean two things: nothing was ticked, or nothing was asked."""
    joined = reader.separator is not None and variable.kind is QuestionKind.MULTI and len(variable.parts) == 1
    if not joined or reader.all_asked or not writes_codes(variable.tool):
        return
    n = sum(count for row, count in rows.items() if reader.read(row).state is State.BLANK)
    if n:
        text = ngettext(
            '"{name}": {n:,} record is blank, which may mean that nothing was ticked or that the question was not '
            "asked; it is left out of the base. An export with a column for each option tells the two apart.",
            '"{name}": {n:,} records are blank, which may mean that nothing was ticked or that the question was not '
            "asked; they are left out of the base. An export with a column for each option tells the two apart.",
            n,
        )
        yield Notice("blank_or_none", text.format(name=variable.name, n=n))


def _versions_differ(variable: Variable, rows: Rows) -> Iterator[Notice]:
    """Say how many records have different answers in two columns of one question, which are versions of its form."""
    cells = [i for i, part in enumerate(variable.parts) if part.role in {Role.CELL, Role.PARENT}]
    n = sum(count for row, count in rows.items() if len({key_of(row[i]) for i in cells if _is_given(row[i])}) > 1)
    if len(cells) > 1 and n:
        text = ngettext(
            '"{name}" stands in {columns} columns: {n:,} record has different answers in them; all are counted.',
            '"{name}" stands in {columns} columns: {n:,} records have different answers in them; all are counted.',
            n,
        )
        yield Notice("versions_differ", text.format(name=variable.name, columns=len(cells), n=n))


def _is_given(cell: str) -> bool:
    return cell != NO_COLUMN and key_of(cell) not in words("blank") | words("not_asked")


def _zeros(variable: Variable, rows: Rows, reader: OptionReader) -> Iterator[Notice]:
    n = sum(count for row, count in rows.items() if reader.decided_by_tool(row))
    if reader.parent is None and not reader.scale:
        yield from _all_zero(variable, rows, reader)
    if not n:
        return
    if reader.zeros_are_asked and variable.tool != "kobotoolbox":
        text = ngettext(
            '"{name}": {n:,} record has 0 in every option and no answer beside; it counts as asked with nothing '
            "ticked, as other records are blank in every option.",
            '"{name}": {n:,} records have 0 in every option and no answer beside; they count as asked with nothing '
            "ticked, as other records are blank in every option.",
            n,
        )
    elif reader.zeros_are_asked:
        text = ngettext(
            '"{name}": {n:,} record has 0 in every option and no answer beside; '
            "from KoboToolbox that means asked and nothing ticked.",
            '"{name}": {n:,} records have 0 in every option and no answer beside; '
            "from KoboToolbox that means asked and nothing ticked.",
            n,
        )
    else:
        text = ngettext(
            '"{name}": {n:,} record has 0 in every option and no answer beside; it counts as not asked.',
            '"{name}": {n:,} records have 0 in every option and no answer beside; they count as not asked.',
            n,
        )
    yield Notice("zeros_beside_blank", text.format(name=variable.name, n=n))


def _all_zero(variable: Variable, rows: Rows, reader: OptionReader) -> Iterator[Notice]:
    """Say how many records have 0 in every option where no column tells whether they were asked."""
    n = sum(count for row, count in rows.items() if reader.nothing_ticked(row))
    if n:
        text = ngettext(
            '"{name}": {n:,} record has 0 in every option; it counts as asked with nothing ticked, as no column tells '
            "whether it was asked (--where leaves out those who were not).",
            '"{name}": {n:,} records have 0 in every option; they count as asked with nothing ticked, as no column '
            "tells whether they were asked (--where leaves out those who were not).",
            n,
        )
        yield Notice("zeros_everywhere", text.format(name=variable.name, n=n))


def _scales(variable: Variable, reader: OptionReader) -> Iterator[Notice]:
    steps = sorted(reader.scale, key=int)
    if steps:
        text = _('"{name}": only 1 counts as ticked, but its columns hold {steps} as well. Say which do: {option}')
        option = f"--tick {variable.name}={','.join(steps)}"
        yield Notice("scale_not_ticked", text.format(name=variable.name, steps=", ".join(steps), option=option))


def _older_files(variable: Variable, rows: Rows) -> Iterator[Notice]:
    """Options that some files have no column for, in records that have other options."""
    options = [i for i, part in enumerate(variable.parts) if part.role is Role.OPTION]
    lacking: Counter[int] = Counter()
    records = 0
    for row, n in rows.items():
        absent = [i for i in options if i < len(row) and row[i] == NO_COLUMN]
        if absent and len(absent) < len(options):
            records += n
            lacking.update(absent)
    if records:
        names = [variable.parts[i].option or variable.parts[i].header for i in sorted(lacking)]
        text = ngettext(
            '"{name}": {n:,} record comes from a file without a column for: {shown}. It stays in the base.',
            '"{name}": {n:,} records come from files without a column for: {shown}. They stay in the base.',
            records,
        )
        yield Notice("option_not_in_file", text.format(name=variable.name, n=records, shown=_shown(names)))


def _shown(texts: Sequence[str]) -> str:
    return _("; ").join(told(texts)[:_LISTED]) + (_("; and others") if len(texts) > _LISTED else "")
