"""Numbers in everything that a run prints with small cells hidden, in all formats: each stands in a cell that is shown.

Sentences, receipts, titles, charts and what is written into files are taken as text; a whole number in them that no
table of the run shows may be one that a table hides.

    python tests/attack/told.py [SURVEYS [FIRST]]
"""

from __future__ import annotations

import html
import re
import sys
import tempfile
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from click.testing import CliRunner
from small_cells import COMMANDS, invented, result_of

from visittally.cli.group import visittally
from visittally.tables.table import Count, Date, Number, Share

PRINTED = ("table", "markdown", "csv", "tsv", "json", "jsonl", "html")
WRITTEN = ("xlsx", "docx", "html")
NUMBER = re.compile(r"(?<![\w.,:/#-])\d{1,3}(?:,\d{3})+(?![\w.])|(?<![\w.,:/#-])\d+(?![\w%/-]|\.\d|,\d| %|\s*%)")
SAID_ALWAYS = re.compile(
    r"Table \d+|<\d+|from 1 to \d+|(?:counts )?below \d+|95 %|per 100|1 file|1 notice|\d+ notices|fewer than \d+"
    r"|\(\d tables?\)|\"header_row\": 1|\$\d+|an issue +100 visits|add to more than 100|Small cells: \d+ counts"
    r"|and \d+ others from|1 further|\d+ further|highest \d+|last \d+ days|first \d+ rows"
)
"""What is the same whatever the survey says, and how many cells are hidden."""
FIRST_DAY = date(1899, 12, 30)
"""The day from which workbooks count days."""


def arguments(survey, command):
    """The options of a survey as they are typed."""
    names = {"base": "--base", "percent": "--percent", "top": "--top", "weight": "--weight"}
    known = {"summarize": names, "questions": names.keys() - {"percent"}, "followup": (), "coverage": ()}[command]
    typed = [part for name in known if name in survey.options for part in (names[name], str(survey.options[name]))]
    return [*typed, *(["--interval"] if survey.options.get("interval") and command != "coverage" else [])]


def shown(tables):
    """Every whole number in a cell that is shown, and those in labels."""
    found = {0}
    for table in tables:
        found |= {table.base.cases} if table.base is not None else set()
        for version in (table, table.for_people()):
            for row in version.rows:
                for cell in row.cells:
                    if isinstance(cell, Count | Number) and not cell.hidden and cell.value is not None:
                        found.add(round(cell.value))
                    elif isinstance(cell, Share) and not cell.hidden and cell.value is not None:
                        found |= {round(cell.n), round(cell.base), round(cell.value)}
                    elif isinstance(cell, Date) and not cell.hidden and len(cell.value or "") == len("2026-04-01"):
                        found.add((date.fromisoformat(cell.value) - FIRST_DAY).days)
    return found


def sentences(result):
    """The sentences of a result, which nets and other options that cannot be typed are in, too."""
    tables = [version for table in result.tables.values() for version in (table, table.for_people())]
    notes = [note for table in tables for note in table.notes]
    bases = [table.base.text for table in tables if table.base is not None]
    return "\n".join([*notes, *bases, *(notice.message for notice in result.notices)])


def outputs(survey, command, smallest, folder):
    """Each run over a survey, and all that it prints or writes."""
    path, runner = survey.written(folder), CliRunner()
    common = [command, path, "--min-cell", str(smallest), *arguments(survey, command)]
    for form in PRINTED:
        ended = runner.invoke(visittally, [*common, "-f", form])
        yield form, ended.output
    for form in WRITTEN:
        target = Path(folder) / f"out.{form}"
        ended = runner.invoke(visittally, [*common, "-o", str(target)])
        yield f"-o {form}", ended.output + (content(target) if target.exists() else "")


def content(path):
    """The text of a file, without its marks."""
    if not zipfile.is_zipfile(path):
        return words(path.read_text(encoding="utf-8"))
    with zipfile.ZipFile(path) as packed:
        parts = [n for n in packed.namelist() if re.search(r"sharedStrings|document\.xml|charts?/|worksheets/sheet", n)]
        return " ".join(words(packed.read(name).decode("utf-8", "replace")) for name in parts)


def words(text):
    """The text of a page or a part of a packed file: no marks, styles, drawings' measures, references to cells."""
    text = re.sub(r"(?s)<(style|script)\b.*?</\1>", " ", text)
    text = re.sub(r'(?s)<c\b[^>]*t="s"[^>]*>.*?</c>|<c:idx.*?/>|<c:formatCode>.*?</c:formatCode>', " ", text)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def told(survey, smallest=5, commands=COMMANDS):
    """The numbers that are printed and that no cell shows: the format, the number and what stands around it."""
    found = []
    typed = replace(survey, beyond=False, options={name: of for name, of in survey.options.items() if name != "nets"})
    with tempfile.TemporaryDirectory() as folder:
        for command in commands:
            whole, plain = (result_of(one, command, smallest, folder) for one in (survey, typed))
            said = [(whole, "sentences", sentences(whole))]
            said += [(plain, form, text) for form, text in outputs(typed, command, smallest, folder)]
            for result, form, text in said:
                known = shown(result.tables.values()) | {result.receipt.records_counted}
                said_here = SAID_ALWAYS.sub(" ", (words(text) if form == "html" else text).replace(folder, ""))
                for number in NUMBER.finditer(said_here):
                    if int(number[0].replace(",", "")) not in known:
                        around = said_here[max(0, number.start() - 60) : number.end() + 40]
                        found.append((command, form, int(number[0].replace(",", "")), " ".join(around.split())))
    return found


def main(surveys=100, first=0):
    """Print how many outputs were searched, and what they tell."""
    bad = 0
    for seed in range(first, first + surveys):
        for one in told(invented(seed)):
            bad += 1
            print(f"  {seed}: {one}")
    outputs_searched = surveys * len(COMMANDS) * (len(PRINTED) + len(WRITTEN))
    print(f"outputs: {outputs_searched:,} searched, {bad:,} numbers told that no table shows")
    return bad


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
