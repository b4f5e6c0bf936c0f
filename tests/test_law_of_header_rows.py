"""Law: a name over a group of columns and names below it say what one header row says.

Whatever stands above and below the records: titles, subtotals of villages, a grand total, those who sign, the header
once more on another page.
"""

from __future__ import annotations

import csv
import io
import random

import pytest

import visittally

CHINESE = (
    ("序号", "", "序号"),
    ("村", "", "村"),
    ("户主", "", "户主"),
    ("走访情况", "日期", "走访日期"),
    ("", "人员", "走访人员"),
    ("反映问题", "类别", "问题类别"),
    ("", "内容", "问题内容"),
    ("办理情况", "状态", "办理状态"),
    ("", "日期", "办结日期"),
)
ENGLISH = (
    ("No.", "", "No."),
    ("Village", "", "Village"),
    ("Household head", "", "Household head"),
    ("Visit", "Date", "Visit date"),
    ("", "Visitor", "Visitor"),
    ("Issue", "Category", "Issue category"),
    ("", "Description", "Issue description"),
    ("Resolution", "Status", "Status"),
    ("", "Date", "Date resolved"),
)
WORDS = {
    "zh": {
        "places": ("甲村", "乙村", "丙村"),
        "issues": ("道路", "饮水", "医疗"),
        "statuses": ("已办结", "办理中"),
        "sums": ("小计", "合计"),
        "title": "走访问题台账",
        "signed": "填表人：",
        "office": "填报单位：青山镇",
        "unit": "单位：件",
        "between": "结果",
    },
    "en": {
        "places": ("Ash", "Elm", "Oak"),
        "issues": ("Road", "Water", "Clinic"),
        "statuses": ("Resolved", "Open"),
        "sums": ("Subtotal", "Total"),
        "title": "Register of visits",
        "signed": "Signed by:",
        "office": "Office: North",
        "unit": "Month: March",
        "between": "Details",
    },
}


def records_of(rng, words):
    done, going_on = words["statuses"]
    rows = []
    for place in words["places"]:
        for _visit in range(rng.randint(2, 5)):
            number = str(len(rows) + 1)
            status, issue = rng.choice((done, done, going_on)), rng.choice(words["issues"])
            day, ended = rng.randint(1, 12), rng.randint(13, 28)
            visit = [number, place, f"H{number}", f"2026-03-{day:02d}", rng.choice(("V1", "V2"))]
            rows.append([*visit, issue, f"{issue} {number}", status, f"2026-03-{ended:02d}" if status == done else ""])
    return rows


def with_sums(rows, words, *, subtotals):
    subtotal, total = words["sums"]

    def line(word, some):
        done = sum(row[7] == words["statuses"][0] for row in some)
        return ["", word, str(len(some)), "", "", "", "", str(done), ""]

    found = []
    for place in dict.fromkeys(row[1] for row in rows):
        own = [row for row in rows if row[1] == place]
        found += [*own, line(subtotal, own)] if subtotals else own
    return [*found, line(total, rows)]


def written(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def said(path):
    results = (visittally.summarize(path), visittally.followup(path))
    tables = {name: table.to_dict()["rows"] for result in results for name, table in result.tables.items()}
    for row in tables["list"]:
        del row["line"]
    return tables, [result.receipt.records_counted for result in results]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("below", ["nothing", "a total", "subtotals", "signatures", "pages", "three rows"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_groups_of_columns_say_what_one_header_row_says(write, seed, below, language):
    rng = random.Random(seed)
    heads, words = CHINESE if language == "zh" else ENGLISH, WORDS[language]
    rows = records_of(rng, words)
    body = rows if below == "nothing" else with_sums(rows, words, subtotals=below != "a total")
    if below == "signatures":
        body = [*body, [f"{words['signed']} X", "", "", "", "2026-03-31", "", "", "", ""]]
    names = list(zip(*(head[:2] for head in heads), strict=True))
    if below == "three rows":
        names = [names[0], (*names[1][:7], words["between"], ""), (*[""] * 7, *names[1][7:])]
    if below == "pages":
        at = rng.randint(2, len(body) - 1)
        body = [*body[:at], *names, *body[at:]]
    titles = [[words["title"], *[""] * 8]] if rng.random() < 0.5 else []
    titles += [[words["office"], *[""] * 7, words["unit"]]] if rng.random() < 0.5 else []
    grouped = write(f"{language}.csv", written([*titles, *names, *body]))
    plain = write(f"{language}-plain.csv", written([[head[2] for head in heads], *rows]))

    found = said(grouped)

    assert found == said(plain)
    assert found[1] == [len(rows)] * 2
