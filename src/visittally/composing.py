"""All analyses as one document: findings, outcome, issues, coverage, questionnaire, what needs attention, method."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import field, replace
from html import escape
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.disclosure.protect import discreet, policy_of, protect
from visittally.disclosure.sentences import harmless_notices
from visittally.errors import FieldError, Notice, UsageError
from visittally.findings import findings, words_used
from visittally.messages import _, language, listing, speaking
from visittally.provenance import in_brief, provenance_of
from visittally.reading.inputs.overwriting import refuse_overwriting
from visittally.reading.losses import nothing_left
from visittally.render import DOCUMENTS, RenderOptions, check_template, format_for, render_document
from visittally.render.writing import write_atomically
from visittally.report_texts import days_plan, for_readers, method_of, period_of, table_for_readers, title_of
from visittally.settings import Settings
from visittally.survey.variables import QuestionKind, Variable
from visittally.tables.document import Document, Section, usual_charts
from visittally.tables.gathered import for_report, for_workbook
from visittally.tables.shortening import ROWS
from visittally.tables.small_bases import few_note
from visittally.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from visittally.analyses.analysis import Analysis
    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts
    from visittally.reading.receipt import Receipt
    from visittally.tables.table import Table

QUESTIONS = 40
"""Questions that a report shows when none is named."""
_SHOWN = (QuestionKind.SINGLE, QuestionKind.MULTI, QuestionKind.SCALE, QuestionKind.NUMBER)
_UNASKED = ("what_changed", "depth")
"""What stands in a report without being asked for: what goes back to those who were visited, how deep visits went."""
_REMARKS = frozenset({"备注", "说明", "remark", "remarks", "note", "notes", "comment", "comments"})
"""Columns for what has no column of its own: nobody was asked a question there."""
_ORDER = {"issues": 0, "areas": 1, "crosstab": 2}
"""What was found comes before how much was done."""
_OUTCOMES = frozenset({"handled_percent", "resolved_percent"})
_FOR_MAKERS = frozenset({"matrix", "held_back"})
"""Notices for whoever makes the report: of columns, of notices that are held back; no reader can look for either."""
_ON_REQUEST = ("missing", "list", "replies_owed", "rates", "revisits", "long", "records")


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report and what the command line has to say about it."""

    document: Document
    receipt: Receipt
    notices: tuple[Notice, ...]
    settings: Settings = field(default_factory=Settings)

    def content(self, form: str) -> bytes:
        """The report as html, docx, xlsx or markdown.

        Raises:
            UsageError: A report has no such format.
            ConfigError: The template is missing or wrong.
        """
        settings = self.settings
        most = 0 if settings.top == 0 else ROWS
        options = RenderOptions(
            settings.digits, settings.raw, settings.bom, settings.min_cell, most=most, formulas=settings.formulas
        )
        template = Path(settings.template) if settings.template else None
        with speaking(self.document.lang):
            return render_document(self.document, form, options, template)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the report to a file; its suffix tells the format: .html, .docx, .xlsx or .md.

        Raises:
            OutputError: It cannot be written, or is a file that the report was made from.
            UsageError: A report has no such format.
        """
        settings, output = self.settings, fspath(path)
        form = format_for(output)
        if form not in DOCUMENTS:
            raise no_report(form)
        check_template(settings.template, output)
        _spare_inputs(settings, output)
        write_atomically(Path(output), self.content(form))

    def __repr__(self) -> str:
        """One line: its title and its size."""
        tables = len(list(self.document.tables()))
        return f"<Report {self.document.title}: {tables} tables; save(PATH) writes it>"

    def _repr_html_(self) -> str:
        """The page, for notebooks, in a frame of its own."""
        page = self.content("html").decode()
        return f'<iframe srcdoc="{escape(page)}" style="width: 100%; height: 40em; border: 0"></iframe>'


@dataclass(slots=True)
class _DocumentParts:
    """The analyses that the columns of the files allow, and what becomes of them.

    Attributes:
        planned: The analyses by the part of the report that they make.
        said: What people should know, by part, in the order in which the parts were planned.
        found: The tables of each part.
    """

    planned: dict[str, Analysis] = field(default_factory=dict)
    said: dict[str, list[Notice]] = field(default_factory=dict)
    found: dict[str, tuple[Table, ...]] = field(default_factory=dict)

    def plan(self, name: str, campaign: Campaign, planned_by: Callable[[Campaign], Analysis]) -> None:
        """Plan an analysis; one that lacks its columns is left out, and said."""
        with self._leaving_out(name):
            self.planned[name] = planned_by(campaign)

    def say(self, name: str, *notices: Notice) -> None:
        """Add what is to be said of a part."""
        self.said.setdefault(name, []).extend(notices)

    @property
    def notices(self) -> list[Notice]:
        """Everything that is to be said."""
        from visittally.analyses.campaign import unique_notices

        return list(unique_notices([notice for notices in self.said.values() for notice in notices]))

    def finish(self, counts: Counts) -> None:
        """Make the tables of every part from what was counted for all of them."""
        for name, analysis in self.planned.items():
            with self._leaving_out(name):
                result = analysis.result(counts)
                self.say(name, *result.notices)
                names = (*_UNASKED, *(result.people or tuple(result.tables)))
                self.found[name] = tuple(result.tables[n] for n in names if n in result.tables and n not in _ON_REQUEST)

    @contextmanager
    def _leaving_out(self, name: str) -> Iterator[None]:
        self.say(name)
        try:
            yield
        except FieldError as error:
            self.say(name, Notice("left_out", _("Left out of the report: {reason}").format(reason=error)))


def compose(campaign: Campaign, command_line: str) -> Report:
    """Make the report: what all its parts count is counted in one reading of the files.

    Args:
        campaign: Files and settings.
        command_line: How the report was asked for, for its last page.

    Raises:
        FieldError: The files hold nothing that could be counted.
        InputError: A file is damaged beyond reading.
    """
    from visittally.analyses.analysis import count_together

    settings, parts = campaign.settings, _planned(campaign)
    if not parts.planned:
        raise _nothing_to_count()
    counts = count_together(campaign, [days_plan(campaign), *(analysis.plan for analysis in parts.planned.values())])
    parts.finish(counts)
    if not parts.found:
        raise _nothing_to_count()
    _drop_unanswered(parts, counts.receipt)
    found = _protected(campaign, parts)
    if settings.hides_small_counts:
        counts = replace(counts, receipt=discreet(counts.receipt, policy_of(settings).smallest))
    notices = tuple(dict.fromkeys([*nothing_left(counts.receipt), *parts.notices]))
    period = period_of(campaign, counts)
    options = RenderOptions(settings.digits, min_cell=settings.min_cell)
    several_kinds = campaign.survey.of_field("target_type") is not None
    paragraphs = tuple(findings(found, period, options, several_kinds=several_kinds))
    document = Document(
        title=settings.title or title_of(campaign, period),
        paragraphs=paragraphs,
        sections=tuple(_sections(found, settings)),
        attention=tuple(filter(None, (for_readers(n.message, settings) for n in notices if n.code not in _FOR_MAKERS))),
        method=tuple(method_of(campaign, counts, found, period, banded=words_used(paragraphs))),
        provenance=() if settings.notes else in_brief(tuple(provenance_of(campaign, command_line, folders=False))),
        signed=(settings.unit,) if settings.unit else (),
        lang=language(),
    )
    if settings.notes:
        _spare_inputs(settings, settings.notes)
        # The folders above a file often bear somebody's name.
        provenance = provenance_of(campaign, command_line, folders=not settings.public)
        write_atomically(Path(settings.notes), ("\n".join(provenance) + "\n").encode())
    return Report(document, counts.receipt, notices, settings)


def _spare_inputs(settings: Settings, output: str) -> None:
    """Refuse to write over a file that the report is made from."""
    earlier = (*settings.before, *settings.form_before)
    others = (*settings.form, settings.roster, settings.codebook, settings.template, settings.config, *earlier)
    refuse_overwriting(output, settings.files, others)


def _planned(campaign: Campaign) -> _DocumentParts:
    """The analyses that the columns of the files allow."""
    from visittally.analyses.coverage.cover import cover
    from visittally.analyses.followup.follow import follow
    from visittally.analyses.questions.tabulate import tabulate
    from visittally.analyses.summary.summarize import summarize

    settings, survey, parts = campaign.settings, campaign.survey, _DocumentParts()
    parts.plan("issues", campaign, summarize)
    if settings.before:
        from visittally.analyses.compare.compare import compare_sides

        plain = settings.with_options(question=(), by=(), per="")
        parts.plan("compare", replace(campaign, settings=plain), compare_sides)
    records = campaign.counts is None
    if settings.roster or (records and any(map(survey.of_field, ("visit_date", "visit_outcome")))):
        parts.plan("coverage", campaign, cover)
    if records and survey.of_field("status") is not None:
        parts.plan("followup", campaign, follow)
    if settings.check:
        _plan_check(campaign, parts)
    chosen = _questions(campaign, parts) if records else []
    if chosen:
        asked = settings.with_options(question=tuple(v.name for v in chosen), by=())
        parts.plan("questions", replace(campaign, settings=asked), tabulate)
    return parts


def _plan_check(campaign: Campaign, parts: _DocumentParts) -> None:
    """What should be looked at again: for those who run the campaign, never for the public."""
    from visittally.analyses.check.check import check

    if campaign.settings.public:
        text = _("--check is left out of a report for the public: what it says of visitors is nobody else's business.")
        parts.say("check", Notice("left_out", text))
        return
    parts.plan("check", replace(campaign, settings=campaign.settings.with_options(by=(), per="", table=())), check)


def _nothing_to_count() -> FieldError:
    return FieldError(_("Nothing in these files can be counted: no place, no issue, no status, no question."))


def _questions(campaign: Campaign, parts: _DocumentParts) -> list[Variable]:
    """The questions to show: those named, else the first ones that are neither places nor texts."""
    from visittally.survey.understanding import question

    survey, settings = campaign.survey, campaign.settings
    if settings.question:
        return [question(survey, name) for name in settings.question]
    fields = [v for v in survey.questions() if not v.fields and v.kind in _SHOWN and v.name != campaign.weight_name()]
    fields = [v for v in fields if fold(v.name) not in _REMARKS]
    if len(fields) > QUESTIONS:
        text = _("The report shows the first {n} of {all} questions; name others with -Q, or see: visittally questions")
        parts.say("questions", Notice("questions_cut", text.format(n=QUESTIONS, all=len(fields))))
    return fields[:QUESTIONS]


def _drop_unanswered(parts: _DocumentParts, receipt: Receipt) -> None:
    """Leave out the tables of questions that nobody answered, and say so."""
    tables = parts.found.get("questions", ())
    empty = [table for table in tables if not any(True for _row in table.body())]
    if tables:
        parts.found["questions"] = tuple(table for table in tables if table not in empty)
    if empty and receipt.records_counted:
        text = _("Nobody answered these questions, which have no table in the report: {names}.")
        names = listing(table.title for table in empty)
        parts.say("questions", Notice("unanswered", text.format(names=names)))


def _protected(campaign: Campaign, parts: _DocumentParts) -> dict[str, tuple[Table, ...]]:
    """The tables with small cells hidden, all parts of the report together."""
    settings = campaign.settings
    if not settings.hides_small_counts:
        return parts.found
    policy = policy_of(settings)
    of_parts = [(name, table) for name, tables in parts.found.items() for table in tables]
    safe = protect([table for _name, table in of_parts], policy)
    for part, said in parts.said.items():
        parts.said[part] = list(harmless_notices(said, policy.smallest))
    parts.say("disclosure", *safe.notices)
    found: dict[str, tuple[Table, ...]] = dict.fromkeys(parts.found, ())
    for place, table in zip(safe.places, safe.tables, strict=True):
        name, _whole = of_parts[place]
        found[name] = (*found[name], table)
    return found


# ---------------------------------------------------------------------------- words


def _sections(found: dict[str, tuple[Table, ...]], settings: Settings) -> list[Section]:
    """The parts in the order in which they are read: what came of it, what was found, how many were reached."""
    headings = {
        "followup": _("What became of the issues"),
        "issues": _("Issues") if any(table.name == "issues" for table in found.get("issues", ())) else _("Visits made"),
        "compare": _("What has changed"),
        "coverage": _("Coverage") if settings.roster else _("Progress"),
        "questions": _("Questionnaire"),
        "check": _("To look at again"),
    }
    sections = []
    for name, heading in headings.items():
        tables = tuple(table_for_readers(table, settings) for table in _reported(name, found, settings.roster))
        if name == "questions" and tables:
            told = for_report(tables)
            sections.append(Section(heading, tables=told, sheets=for_workbook(told)))
        elif tables:
            charts = tuple(chart for table in tables for chart in usual_charts(table))
            sections.append(Section(heading, tables=tables, charts=charts))
    return sections


def _reported(name: str, found: dict[str, tuple[Table, ...]], roster: str) -> tuple[Table, ...]:
    """The tables of a part that a reader needs, outcome first."""
    tables = [table for table in found.get(name, ()) if table.rows]
    if name == "issues":
        tables = [_said_once(table, found.get("followup", ())) for table in tables]
        return tuple(sorted(tables, key=lambda table: _ORDER.get(table.name, len(_ORDER))))
    if name == "followup":
        return tuple(table for table in tables if table.name != "statuses")
    if name == "coverage" and not roster:
        # Without a plan there is nothing to cover: what remains is how the visits went on.
        return tuple(table for table in tables if table.name in ("progress", "levels", "depth"))
    return tuple(tables)


def _said_once(table: Table, others: Sequence[Table]) -> Table:
    """The table of places without what became of their issues, where another table of the report says that."""
    summary = next((other for other in others if other.name == "summary"), None)
    if table.name != "areas" or summary is None or summary.columns[0].name != table.columns[0].name:
        return table
    columns = [replace(c, people=c.people and c.name not in _OUTCOMES) for c in table.columns]
    shown = [
        replace(row, cells=tuple(cell for cell, c in zip(row.cells, columns, strict=True) if c.people))
        for row in table.rows
    ]
    others_said = few_note(table.rows)
    notes = (*(note for note in table.notes if note not in others_said), *few_note(shown))
    return replace(table, columns=tuple(columns), notes=notes)


def no_report(form: str) -> UsageError:
    """The error for a format that a report does not have."""
    return UsageError(_("a report is html, docx, xlsx or md, not {format}.").format(format=form))
