"""What the script of the page says, in the language that is spoken."""

from __future__ import annotations

from visittally.messages import _


def spoken_words() -> dict[str, str]:
    """Sentences by the names that the script has for them; `{name}` is filled in there."""
    return {**_of_files(), **_of_choices(), **_of_results()}


def _of_files() -> dict[str, str]:
    return {
        "role_records": _("Visits"),
        "role_form": _("Form"),
        "role_roster": _("Roster (plan)"),
        "role_before": _("Earlier round"),
        "role_answers": _("Back-checks"),
        "role_settings": _("Settings"),
        "role_unused": _("Not used"),
        "role_of": _("What {name} is"),
        "remove": _("Remove {name}"),
        "removed": _("{name} was removed."),
        "receiving": _("Taking in {name}: {percent} %"),
        "taken": _("{n} file(s) taken in."),
        "not_taken": _("{name} could not be taken in."),
        "nothing_there": _("There is no table among these files."),
    }


def _of_choices() -> dict[str, str]:
    return {
        "summarize": _("Summary"),
        "questions": _("Questions"),
        "coverage": _("Coverage"),
        "followup": _("Follow-up"),
        "compare": _("Comparison"),
        "report": _("Report"),
        "check": _("Check"),
        "backcheck": _("Back-check"),
        "audit": _("Audit of a table"),
        "usual": _("as usual"),
        "nothing": "–",
        "by_month": _("{name}, by month"),
        "base_asked": _("asked the question"),
        "base_answered": _("with an answer"),
        "base_all": _("all visits"),
        "base_mentions": _("mentions"),
        "needs_roster": _("Add the roster to the files, and choose that it is one."),
        "needs_before": _("Add the files of the earlier round, and choose that they are."),
        "value": _("Value"),
        "take_out": _("Take out {name}"),
        "no_field": _("no field"),
        "field_of": _("What {name} holds"),
        "personal": _("personal: never shown"),
        "columns_of": _("{n} columns"),
        "understood": _("{n} columns, {personal} personal"),
    }


def _of_results() -> dict[str, str]:
    return {
        "looking": _("Looking at the files ..."),
        "reading": _("Reading {names}: {percent} % of {size}"),
        "files": _("{n} files"),
        "writing": _("Writing the file ..."),
        "shown": _("{n} table(s) shown."),
        "written": _("{name} was saved by the browser."),
        "stopped": _("Stopped."),
        "copied": _("Copied."),
        "more_rows": _("{n} further rows stand in the files to save."),
        "left_out": _("Left out: {n}"),
        "line": _("Line"),
        "file": _("File"),
        "reason": _("Reason"),
        "only_first": _("The first {n} are listed."),
        "save_csv": _("Save {name} as CSV"),
        "ended": _("Finished. The copies of your files are removed; you can close this window."),
        "gone": _("The program has ended. Start it anew with: visittally open"),
        "no_answer": _("The program does not answer."),
    }
