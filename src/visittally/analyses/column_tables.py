"""How the files were understood, as tables and as a commented configuration to edit."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from visittally.messages import _, language
from visittally.reading.receipt import FileReceipt, Receipt
from visittally.survey.profiles import Profile, profiles
from visittally.survey.variables import (
    Guess,
    QuestionKind,
    Role,
    Survey,
    Variable,
)
from visittally.tables.table import (
    Cell,
    Column,
    Count,
    Row,
    Share,
    Table,
    Text,
)
from visittally.words.dates import DateOrder
from visittally.words.folding import tidy
from visittally.words.labels import heading
from visittally.words.personal import scrub
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_HIDDEN_FIELDS = frozenset({"record_key", "category", "issue_text", "visit_id"})
"""Fields that stand under another name already, or that nobody sets."""
_LISTED = 8
"""So many options of a question are named in comments."""
_WANTED = ("village", "issue", "visit_date", "status", "household_id", "visit_outcome", "visitor")
"""Fields that most tables need; the configuration has a line to fill in where they were not found."""


def look_at(survey: Survey) -> Sequence[Sequence[Profile]]:
    """What the sampled records of each table hold, column by column."""
    return [profiles(layout.source.sampled, len(layout.source.header)) for layout in survey.layouts]


def columns_tables(
    survey: Survey, receipt: Receipt, samples: Sequence[Sequence[Profile]], *, suggest: bool = True
) -> tuple[Table, ...]:
    """What is what: fields, files, questions and (for free texts) the categories that their words suggest.

    Args:
        survey: The files as they were understood.
        receipt: The receipt of a reading of all records.
        samples: What `look_at` gives.
        suggest: Whether to suggest categories for free texts.
    """
    tables = [_fields(survey, samples), _files(survey, receipt), _questions(survey, samples)]
    issue = survey.of_field("issue")
    if suggest and issue is not None and issue.kind is QuestionKind.TEXT and not issue.personal:
        tables.append(_suggestions(survey, issue, samples))
    return tuple(tables)


def _fields(survey: Survey, samples: Sequence[Sequence[Profile]]) -> Table:
    columns = (
        Column("field", _("Field")),
        Column("column", _("Column")),
        Column("file", _("File"), people=len(survey.layouts) > 1),
        Column("how", _("Told by")),
        Column("runners_up", _("Others")),
    )
    rows = []
    for guess in _shown(survey):
        files = [layout.source.file for layout in survey.layouts if layout.place(guess.chosen) is not None]
        everywhere = len(files) == len(survey.layouts) > 1
        cells: tuple[Cell, ...] = (
            Text(guess.field, heading(guess.field)),
            Text(guess.chosen),
            Text(", ".join(files), _("all files") if everywhere else ""),
            Text(guess.evidence),
            Text(", ".join(guess.runners_up)),
        )
        rows.append(Row(cells))
    notes = _date_notes(survey, samples)
    if rows:
        notes.append(_("Another column for a field: --column FIELD=HEADER"))
    return Table("fields", _("Fields"), columns, tuple(rows), notes=tuple(notes))


def _shown(survey: Survey) -> list[Guess]:
    return [guess for guess in survey.guesses if guess.field not in _HIDDEN_FIELDS and guess.field in survey.fields]


def _date_notes(survey: Survey, samples: Sequence[Sequence[Profile]]) -> list[str]:
    """What had to be assumed about the order of day and month."""
    notes = []
    for variable in survey.variables.values():
        if variable.kind is QuestionKind.DATE and not variable.personal and not variable.part_of:
            order = DateOrder.learn(_values(survey, variable, samples))
            notes += [notice.message for notice in order.notices(variable.name)]
    return notes


def _values(survey: Survey, variable: Variable, samples: Sequence[Sequence[Profile]]) -> Counter[str]:
    values: Counter[str] = Counter()
    for layout, sample in zip(survey.layouts, samples, strict=True):
        at = layout.place(variable.name)
        if at is not None:
            values.update(sample[at].values)
    return values


def _files(survey: Survey, receipt: Receipt) -> Table:
    columns = (
        Column("file", _("File")),
        Column("sheet", _("Sheet")),
        Column("encoding", _("Encoding")),
        Column("delimiter", _("Delimiter")),
        Column("header_row", _("Header in line")),
        Column("tool", _("Tool")),
        Column("records_read", _("Records")),
        Column("records_set_aside", _("Set aside")),
        Column("evidence", _("Told by"), people=False),
    )
    rows = []
    for number, layout in enumerate(survey.layouts):
        source = layout.source
        part = receipt.files[number] if number < len(receipt.files) else FileReceipt(source.file)
        cells: tuple[Cell, ...] = (
            Text(source.file),
            Text(source.sheet),
            Text(source.encoding),
            Text(source.delimiter, {"\t": _("tab"), " ": _("space")}.get(source.delimiter or "", "")),
            Count(source.header_row),
            Text(layout.tool),
            Count(part.records_read),
            Count(part.records_set_aside),
            Text(_("; ").join(source.evidence)),
        )
        rows.append(Row(cells))
    return Table("files", _("Files"), columns, tuple(rows))


def _questions(survey: Survey, samples: Sequence[Sequence[Profile]]) -> Table:
    columns = (
        Column("question", _("Question")),
        Column("label", _("Text"), people=False),
        Column("kind", _("Type")),
        Column("options", _("Options")),
        Column("columns", _("Columns")),
        Column("answered", _("Answered")),
        Column("evidence", _("Told by")),
    )
    questions = survey.questions()
    rows = tuple(_question(survey, question, samples) for question in questions)
    personal = [v.name for v in survey.variables.values() if v.personal and not v.part_of]
    own = [v.name for v in survey.variables.values() if v.ours and not v.personal]
    notes = []
    if personal:
        notes.append(_("Never shown, because personal: {names}.").format(names=", ".join(personal)))
    if own:
        notes.append(
            _("No questions: columns of the exporting tool, running numbers: {names}.").format(names=", ".join(own))
        )
    return Table("questions", _("Questions"), columns, rows, notes=tuple(notes))


def _question(survey: Survey, question: Variable, samples: Sequence[Sequence[Profile]]) -> Row:
    filled = records = 0
    for layout, sample in zip(survey.layouts, samples, strict=True):
        places = [at for at in layout.columns.get(question.name, ()) if at is not None]
        profile = max((sample[at] for at in places), key=lambda p: p.filled, default=None)
        filled += profile.filled if profile else 0
        records += profile.records if profile else 0
    options = len(question.options) or len(question.choices)
    kinds = _kinds()
    return Row(
        (
            Text(question.name),
            Text(question.label),
            Text(question.kind.value, kinds[question.kind]),
            Count(options or None),
            Count(len(question.parts)),
            Share(filled, records),
            Text(question.evidence),
        )
    )


def _kinds() -> dict[QuestionKind, str]:
    return {
        QuestionKind.SINGLE: _("one answer"),
        QuestionKind.MULTI: _("several answers"),
        QuestionKind.SCALE: _("scale"),
        QuestionKind.NUMBER: _("number"),
        QuestionKind.DATE: _("date"),
        QuestionKind.TEXT: _("free text"),
    }


def _suggestions(survey: Survey, issue: Variable, samples: Sequence[Sequence[Profile]]) -> Table:
    """Which words of the free texts suggest which category; the texts themselves may say who spoke and stay out."""
    from visittally.words.codebook import Codebook

    codebook = Codebook.load()
    nothing = words("none") | words("none_of_an_issue")
    found: Counter[tuple[str, str]] = Counter()
    for text, count in _values(survey, issue, samples).items():
        if key_of(text) in nothing:
            continue
        coding = codebook.code_text(text)
        cues = [cue for code in coding.codes for cue in coding.matched.get(code, ()) if cue != text.strip()]
        found[coding.primary, ", ".join(cues)] += count
    columns = (
        Column("issue", _("Category")),
        Column("words", _("Words found")),
        Column("mentions", _("Texts")),
    )
    rows = tuple(
        Row((Text(code, codebook.label(code, language())), Text(cues), Count(count)))
        for (code, cues), count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    note = _("Categories suggested by words in the free texts of {column}; --no-code counts without them.")
    return Table("suggestions", _("Suggested categories"), columns, rows, notes=(note.format(column=issue.name),))


def columns_toml(survey: Survey) -> str:
    """A commented visittally.toml that says what was found; used as it is, it changes nothing."""
    files = ", ".join(dict.fromkeys(layout.source.file for layout in survey.layouts))
    lines = [
        _comment(_("How the columns of {files} were understood.").format(files=files)),
        _comment(_("Change what is wrong and keep this file as visittally.toml beside the data.")),
        "",
        "[columns]",
    ]
    for guess in _shown(survey):
        if guess.field == "record_key":
            continue
        said = guess.evidence
        if guess.runners_up:
            said += _("; ") + _("others: {names}").format(names=", ".join(_quoted(name) for name in guess.runners_up))
        lines += [_comment(said), f"{guess.field} = {_quoted(guess.chosen)}"]
    missing = [field for field in _WANTED if field not in survey.fields]
    if missing:
        lines += ["", _comment(_("Not found; take out the # and name a column:"))]
        lines += [f'# {field} = "..."' for field in missing]
    lines += ["", *_question_comments(survey)]
    return "\n".join(map(_discreet, lines)) + "\n"


def _discreet(line: str) -> str:
    """The line; one with somebody's telephone or id in a header as a comment, as a header with a mask is none."""
    told = scrub(line)
    return line if told == line else "# " + told.removeprefix("# ")


def _question_comments(survey: Survey) -> list[str]:
    lines = [_comment(_("Questions with several answers:"))]
    for question in survey.questions():
        if question.kind is QuestionKind.MULTI:
            options = [part.option for part in question.parts if part.role is Role.OPTION]
            more = " ..." if len(options) > _LISTED else ""
            listed = ": " + ", ".join(options[:_LISTED]) + more if options else ""
            lines.append(_comment(f"  {question.name}{listed}"))
    return lines if len(lines) > 1 else []


def _quoted(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in tidy(text))
    return f"# {plain}"
