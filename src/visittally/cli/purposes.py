"""What each command is for, in one sentence: the list of commands must not import them."""

from __future__ import annotations

from visittally.messages import _

PURPOSES = {
    "summarize": _("Tables by village, by issue, and village x issue."),
    "questions": _("A table for every question, or for those named with -Q."),
    "coverage": _("Who was visited of those planned: places against a roster, outcomes, pace, response rates."),
    "followup": _("What became of the issues: handled, resolved, open, overdue, and how long it took."),
    "compare": _("What has changed: two rounds, two parts, or month by month, with intervals."),
    "backcheck": _("Was it so: draw visits to check, and compare the checks with the visits."),
    "report": _("All of it as one document: html, docx, xlsx or md."),
    "check": _("What should be looked at again, and why it may be innocent."),
    "audit": _("Whether the figures of somebody's finished table or text follow from each other."),
    "columns": _("How the files were understood: fields, files, questions."),
    "open": _("All of it on a page in the browser, for people without a command line."),
    "read": _("The records as they were understood, as one clean CSV (or Parquet with -o FILE.parquet)."),
    "guide": _("The guide: tutorials, rules, every option with an example."),
}
