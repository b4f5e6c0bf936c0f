"""A small export of ODK Central, and the form that it was made with."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

from writing import days, delimited, workbook

if TYPE_CHECKING:
    from writing import Row

NEEDS = {
    "road": "Road repair",
    "water": "Drinking water",
    "clinic": "A clinic nearby",
    "school": "School places",
}
SURVEY_VILLAGES = ("Larkfield", "Oxbow", "Three Elms", "Mossgate")


def export() -> bytes:
    """40 visits and a rejected one; the select-multiple was not asked where nobody answered the door."""
    dice = random.Random(40)
    split = [f"main_needs/{need}" for need in (*NEEDS, "none")]
    first = (
        "SubmissionDate",
        "today",
        "village",
        "household_id",
        "visit_outcome",
        "sex",
        "age",
        "main_needs",
    )
    last = ("comment", "meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "ReviewState", "FormVersion")
    rows: list[Row] = [(*first, *split, *last)]
    for n in range(41):
        day = days(date(2026, 9, 1), 10)[n * 10 // 41]
        outcome = "completed" if n % 8 else ("refused", "not_at_home", "completed")[n // 8 % 3]
        ticked = sorted(dice.sample(list(NEEDS), dice.choice((1, 2, 2, 3)))) if n % 9 else ["none"]
        if outcome != "completed":
            ticked = []
        person_asked = (dice.choice(("female", "male")), dice.randrange(18, 90)) if ticked else ("", "")
        comment = 'They said "soon", twice.\nNothing came.' if n % 13 == 3 else ""
        key = f"uuid:{dice.getrandbits(128):032x}"
        village = SURVEY_VILLAGES[n % 4].upper() if n % 10 == 9 else SURVEY_VILLAGES[n % 4]
        visit = (f"{day}T10:{n:02}:00.000Z", day, village, f"HH-{n + 1:03}", outcome, *person_asked)
        cells = (" ".join(ticked), *(int(option.split("/")[1] in ticked) for option in split))
        rows.append((*visit, *cells, comment, key, key, 7, "team", "rejected" if n == 17 else "", 3))
    return delimited(rows)


def form() -> bytes:
    """The form of the export as an XLSForm."""
    choices = [("needs", name, label) for name, label in (*NEEDS.items(), ("none", "No needs"))]
    choices += [
        ("outcomes", name, name.replace("_", " ").capitalize()) for name in ("completed", "refused", "not_at_home")
    ]
    choices += [("sexes", "female", "Woman"), ("sexes", "male", "Man")]
    questions = [
        ("today", "today", "", ""),
        ("text", "village", "Village", ""),
        ("text", "household_id", "Number of the household", ""),
        ("select_one outcomes", "visit_outcome", "How did the visit end?", ""),
        ("select_one sexes", "sex", "Sex", "${visit_outcome} = 'completed'"),
        ("integer", "age", "Age", "${visit_outcome} = 'completed'"),
        (
            "select_multiple needs",
            "main_needs",
            "What does the household need most?",
            "${visit_outcome} = 'completed'",
        ),
        ("text", "comment", "Anything else?", ""),
    ]
    sheets: dict[str, list[Row]] = {
        "survey": [("type", "name", "label", "relevant"), *questions],
        "choices": [("list_name", "name", "label"), *choices],
        "settings": [("form_title", "form_id"), ("Visits (invented)", "visits")],
    }
    return workbook(sheets)
