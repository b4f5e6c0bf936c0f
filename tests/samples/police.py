"""The police visit 35 places in ten days: three KoboToolbox exports of two versions of a form, a roster."""

from __future__ import annotations

import csv
import random
from datetime import date
from typing import TYPE_CHECKING

from writing import days, delimited

if TYPE_CHECKING:
    from writing import Row

TOWNSHIPS = ("枫林镇", "河口镇", "鹤鸣乡", "红砂镇", "桐花乡", "望山镇")
CONCERNS = ("theft", "fraud", "disputes", "traffic", "patrols", "lighting", "duty_hours")
LATER_CONCERN = "duty_hours"
"""The option that the second version of the form added."""
VERSIONS = ("vAugust2026first", "vAugust2026later", "vAugust2026later")
ANSWER_COLUMNS = (
    "today",
    "team",
    "township",
    "place_kind",
    "village",
    "unit_name",
    "household_id",
    "forms_issued",
    "forms_returned",
    "forms_valid",
    "concerns",
)
KOBO_COLUMNS = (
    "__version__",
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "_tags",
    "_index",
)


def places() -> list[tuple[str, str, str]]:
    """Township, kind and name of the 19 villages and 16 communities."""
    villages = [("village", f"{a}{b}村") for a in "柳杨槐" for b in "湾坡沟坪岭塘畈"][:19]
    communities = [("community", f"{a}{b}社区") for a in "春夏秋冬" for b in "晖风月园"]
    return [(TOWNSHIPS[n % len(TOWNSHIPS)], *place) for n, place in enumerate(villages + communities)]


def records() -> list[dict[str, object]]:
    """125 households and 23 units, in the order of the ten days; 265 forms were issued."""
    dice = random.Random(265)
    spots = places()
    visits: list[dict[str, object]] = []
    for n in range(125):
        issued = 3 if n < 15 else 2
        back = issued - (n % 9 == 8)
        township, kind, village = spots[n % len(spots)]
        forms = {"forms_issued": issued, "forms_returned": back, "forms_valid": back - (n % 16 == 1)}
        where: dict[str, object] = {"township": township, "place_kind": kind, "village": village}
        visits.append(where | {"household_id": f"{n // len(spots) + 1:02}"} | forms)
    for n in range(23):
        township, kind, village = spots[n * 3 % len(spots)]
        unit = f"{village[:2]}{('小学', '粮油店', '加油站', '卫生室')[n % 4]}"
        visits.append({"township": township, "place_kind": kind, "village": village, "unit_name": unit})
    dice.shuffle(visits)
    for n, visit in enumerate(visits):
        version = 0 if n < 60 else 1 if n < 110 else 2
        known = [c for c in CONCERNS if version or c != LATER_CONCERN]
        picked = ["none"] if n % 11 == 5 else sorted(dice.sample(known, dice.choice((1, 1, 2, 3))), key=known.index)
        visit |= {"today": days(date(2026, 8, 10), 10)[n * 10 // len(visits)], "team": f"第{n % 4 + 1}组"}
        visit |= {"concerns": " ".join(picked), "__version__": VERSIONS[version], "_id": 880_001 + n}
        visit |= {"_uuid": f"{dice.getrandbits(128):032x}", "_status": "submitted_via_web", "_file": version}
        visit |= {"_submission_time": f"{visit['today']}T{9 + n % 9:02}:{n % 60:02}:00"}
        visit |= {"_validation_status": "Approved" if n % 3 else ""}
    return visits


def export(version: int) -> bytes:
    """One of three exports: in the later two a column moved and an option was added.

    The second also holds a record of the first again, and the third a test that was not approved.
    """
    campaign = records()
    own = [record for record in campaign if record["_file"] == version]
    if version == 1:
        own.insert(7, next(record for record in campaign if record["_file"] == 0))
    if version == 2:
        test = {"_uuid": "f" * 32, "_id": 880_999, "_validation_status": "Not Approved", "village": "测试村"}
        own.append(own[0] | test | {"township": "测试镇", "unit_name": "", "household_id": "99"})
    answers = list(ANSWER_COLUMNS)
    if version:
        answers.remove("team")
        answers.append("team")
    options = ["none", *(c for c in CONCERNS if version or c != LATER_CONCERN)]
    place = answers.index("concerns") + 1
    header = [*answers[:place], *(f"concerns/{o}" for o in options), *answers[place:], *KOBO_COLUMNS]
    rows: list[Row] = [header]
    for n, record in enumerate(own, 1):
        ticked = str(record["concerns"]).split()
        cells = record | {f"concerns/{o}": int(o in ticked) for o in options} | {"_index": n}
        rows.append([cells.get(column, "") for column in header])
    return delimited(rows, delimiter=";", quoting=csv.QUOTE_ALL)


def roster() -> bytes:
    """The planned visits to 36 places: one was not visited, and names have stray spaces."""
    rows: list[Row] = [("township", "village", "planned_visits")]
    rows += [
        (township, f" {village}" if n % 7 == 0 else village, 5) for n, (township, _, village) in enumerate(places())
    ]
    return delimited([*rows, ("望山镇", "槐影村", 5)])
