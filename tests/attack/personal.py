"""Names, telephones, ids, positions and e-mails seeded into surveys: which of them come out anywhere.

Each survey is a file in English or Chinese with columns of personal values under headers that say so, under headers
that mislead and under none to speak of, and with single values in wrong cells. All commands run over it in all
formats; standard output, standard error and the files written are searched for every value seeded.

    python tests/attack/personal.py [SURVEYS]
"""

import csv
import io
import itertools
import random
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from visittally.cli.group import visittally
from visittally.words.personal import is_id_number, passes_luhn

FIRST = ("Wanjiru", "Achieng", "Peter", "Grace", "Joseph", "Ngozi", "Amina", "Tomasz", "Fatuma", "Ibrahim")
LAST = ("Kamau", "Otieno", "Mwangi", "Njeri", "Kimani", "Okafor", "Hassan", "Nowak", "Juma", "Diallo")
COMMON = tuple(name.casefold() for name in FIRST if name != "Grace")
LOWER = (*COMMON, "grace", "tabu", "pendo", "muli", "kioko", "zuri")
"""Without capital letters a single name is told from other words where it is a common one and no word itself."""
ARABIC_FIRST = ("محمد", "أحمد", "علي", "فاطمة", "خالد", "زينب", "حسين", "مريم", "يوسف", "ليلى")
ARABIC_FAMILY = ("الكمالي", "الحداد", "الزهراني", "البغدادي", "الموصلي", "التميمي", "السامرائي", "الجبوري")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰"
SPANISH = (
    ("María", "José", "Juan", "Lucía", "Íñigo", "Rosa", "Jorge", "Beatriz"),
    ("de la Cruz", "García", "Hernández", "Muñoz", "Núñez", "del Río"),
    ("Pérez", "López", "Quispe", "Mamani", "Rojas", "Ávila", "Cordero"),
)
NEPALI = (
    ("Sita", "Ram", "Hari", "Gita", "Bishnu", "Kamala", "Dil Bahadur", "Maya", "Laxmi"),
    ("Tamang", "Gurung", "Shrestha", "Thapa", "Magar", "Rai", "Limbu", "Adhikari", "Karki", "Poudel"),
)
VIETNAMESE = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi"),
    ("Thị", "Văn", "Minh", "Đức", "Ngọc"),
    ("Hương", "Dũng", "Lan", "Hải", "Tuấn", "Thảo", "Mai", "Sơn", "Phượng", "Khánh"),
)
LANGUAGES = ("en", "zh", "lower", "ar", "es", "ne", "vi")
SHAPES = ("distinct", "again", "header", "shifted")
PHONES = {
    "en": ("+2547########", "07## ### ###", "(2##) 5##-####", "2##.5##.####", "07### ######", "0300-#######"),
    "zh": ("13#########", "15#-####-####", "0571-8#######", "１３#########"),
    "lower": ("07########", "01344-######"),
    "ar": ("00964 77# ### ####", "٠٧########"),
    "es": ("+34 6## ### ###", "06 ## ## ## ##"),
    "ne": ("+977 98########", "984-#######"),
    "vi": ("09## ### ###", "+84 9## ### ###"),
}
"""How telephones are written; each # is a digit."""
PAPERS = ("", "4#####-#######-#", "27-01-7#-#####", "GOMC######HDFRRL0#")
PLACES = ("{lat} {lon} 0 0", "({lat}, {lon})", "30°{minutes}'4#.2#\"N 114°{minutes}'1#.5#\"E")
AGAIN = 4
"""So many people stand in all rows of a survey in which they come again."""
WORDS = {
    "en": {
        "village": ("Ash", "Birch", "Cedar"),
        "issue": ("road", "water", "school"),
        "status": ("resolved", "in progress"),
        "headers": ("village", "issue", "status", "visit_date", "household"),
        "honest": {
            "name": "respondent name",
            "phone": "phone number",
            "id": "national id",
            "mail": "email",
            "place": "gps",
        },
        "misleading": {"name": "remarks", "phone": "number", "id": "code", "mail": "comment", "place": "where"},
        "none": {"name": "col7", "phone": "x2", "id": "q13", "mail": "v8", "place": "field9"},
    },
    "zh": {
        "village": ("东村", "西村", "南村"),
        "issue": ("道路", "饮水", "就学"),
        "status": ("已解决", "办理中"),
        "headers": ("村", "问题", "办理状态", "走访日期", "户编号"),
        "honest": {"name": "户主姓名", "phone": "联系电话", "id": "身份证号", "mail": "邮箱", "place": "经纬度"},
        "misleading": {"name": "备注", "phone": "数量", "id": "代码", "mail": "说明", "place": "地方"},
        "none": {"name": "列7", "phone": "列8", "id": "列9", "mail": "列10", "place": "列11"},
    },
}
SOURCE = "the survey itself"
COMMANDS = (
    ("summarize",), ("summarize", "--table", "long"), ("questions",), ("questions", "--table", "long"), ("coverage",),
    ("followup",), ("followup", "--table", "statuses"), ("columns",), ("check",), ("read",),
    ("summarize", "--by", "visit_date:month"), ("compare", "--before", SOURCE), ("compare", "--period", "month"),
    ("backcheck", "--answers", SOURCE, "--key", "household"), ("audit",),
)  # fmt: skip
FORMATS = ("table", "markdown", "csv", "json", "html")
FILES = ("xlsx", "docx", "html")


@dataclass
class Seeded:
    """A survey with personal values in it.

    Attributes:
        text: The file.
        values: The values in columns of their own, by kind.
        astray: Single values in cells of other columns.
        hidden_from_read: What `read` leaves out: names, and columns whose headers say that they are personal.
    """

    text: str
    values: set = field(default_factory=set)
    astray: set = field(default_factory=set)
    hidden_from_read: set = field(default_factory=set)


def digits(chance, shape):
    """A shape with its digits."""
    return "".join(str(chance.randrange(2, 10)) if sign == "#" else sign for sign in shape)


def name_of(chance, language, *, astray=False):
    """Somebody's name as it is written in the language."""
    if language == "zh":
        return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))
    if language == "lower":
        return (
            f"{chance.choice(COMMON if astray else LOWER)} {chance.choice(LAST).casefold()}{chance.choice('abcdefgh')}"
        )
    if language == "ar":
        return " ".join((*chance.sample(ARABIC_FIRST, 2), chance.choice(ARABIC_FAMILY)))
    parts = {"es": SPANISH, "ne": NEPALI, "vi": VIETNAMESE}.get(language, (FIRST, LAST))
    return " ".join(map(chance.choice, parts))


def invented(chance, language, *, astray=False):  # a single one, or one of few, has to be a common name
    """A value of each kind; names and telephones as they are in the language."""
    number = f"420201{chance.randrange(1950, 2005)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
    number += f"{chance.randrange(1000):03}"
    card = f"622202{chance.randrange(10**11, 10**12)}"
    paper = digits(chance, chance.choice(PAPERS)) or next(
        number + end for end in "0123456789X" if is_id_number(number + end)
    )
    place = chance.choice(PLACES).format(
        lat=f"{30 + chance.random():.6f}", lon=f"{114 + chance.random():.6f}", minutes=chance.randrange(10, 60)
    )
    return {
        "name": name_of(chance, language, astray=astray),
        "phone": digits(chance, chance.choice(PHONES[language])),
        "id": paper,
        "mail": f"u{chance.randrange(10**6)}@example.org",
        "place": digits(chance, place),
        "card": next(card + end for end in "0123456789" if passes_luhn(card + end)),
    }


def survey(seed, language, headers, shape="distinct", rows=24):
    """A survey whose personal columns have such headers.

    Of the shapes, all have a value astray in each column that is counted, but `shifted`, of which two rows begin with
    what ends them; in `again` the same people come again, in `header` a telephone and an e-mail stand in headers.
    """
    chance, words = random.Random(seed), WORDS["zh" if language == "zh" else "en"]
    kinds = ("name", "phone", "id", "mail", "place")
    lines = [[*words["headers"], *(words[headers][kind] for kind in kinds)]]
    made = Seeded("")
    again = shape == "again"
    people = [invented(chance, language, astray=again) for _person in range(AGAIN if again else rows)]
    for number in range(rows):
        own = people[number % len(people)]
        counted = [chance.choice(words[name]) for name in ("village", "issue", "status")]
        lines.append([*counted, f"2026-03-{number % 28 + 1:02}", f"h{number}", *(own[kind] for kind in kinds)])
        made.values |= {own[kind] for kind in kinds}
        if shape != "shifted":
            made.hidden_from_read |= {own[kind] for kind in (kinds if headers == "honest" else ("name",))}
    if shape == "shifted":
        for at in chance.sample(range(1, rows + 1), 2):
            made.values.discard(lines[at][len(words["headers"])])  # in the place of another column: see the guide
            lines[at] = [*lines[at][-4:], *lines[at][:-4]]
    else:
        _lead_astray(lines, made, chance, language)
    if shape == "header":
        own = invented(chance, language)
        lines[0][1] += " " + own["phone"]
        for at, line in enumerate(lines):
            line.append(("yes", "no")[at % 2] if at else own["mail"])
        made.values |= {own["phone"], own["mail"]}
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    made.text = text.getvalue()
    written = {cell for line in lines for cell in line}
    made.values &= written | ({own["phone"], own["mail"]} if shape == "header" else set())
    made.astray &= written
    made.hidden_from_read -= made.astray
    return made


def _lead_astray(lines, made, chance, language):
    """Put single values into cells of the issue, the status and the date."""
    for column, kind in itertools.product((1, 2, 3), ("phone", "id", "mail", "card")):
        value = invented(chance, language, astray=True)[kind]
        lines[chance.randrange(1, len(lines))][column] = value
        made.astray.add(value)
    for column in (2, 3):
        value = name_of(chance, language, astray=True)
        lines[1 + column][column] = value
        made.astray.add(value)


def printed(folder, language, commands=COMMANDS, formats=FORMATS, files=FILES):
    """Every run over the survey in a folder, and all that it printed or wrote."""
    runner = CliRunner()
    source = str(folder / "visits.csv")

    def run(*arguments):
        typed = [source if argument == SOURCE else argument for argument in arguments]
        return runner.invoke(visittally, [*typed, "--lang", "zh" if language == "zh" else "en", source])

    for command in commands:
        for form in formats if command != ("read",) else ("csv", "tsv"):
            for more in ((), ("--public",)) if command[0] in {"summarize", "questions"} and form == "table" else ((),):
                ended = run(*command, "-f", form, *more)
                yield (*command, "-f", form, *more), ended.stdout + ended.stderr
    for form in files:
        path = folder / f"report.{form}"
        ended = run("report", "-o", str(path))
        yield ("report", form), ended.stdout + ended.stderr + (content(path) if path.exists() else "")


def content(path):
    """The text of a file; of a packed one that of its members."""
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def leaks(made, language, **what):
    """The values of a survey that came out, each with the first run that told it; `read` writes cells as they are."""
    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "visits.csv").write_text(made.text, encoding="utf-8")
        for run, text in printed(folder, language, **what):
            looked_for = made.hidden_from_read if run[0] == "read" else made.values | made.astray
            for value in looked_for - found.keys():
                if value in text:
                    found[value] = run
    return found


def main(surveys=84):
    """Print how many values were seeded and how many leaked, and where."""
    seeded = leaked = 0
    choices = itertools.cycle(itertools.product(SHAPES, LANGUAGES, ("honest", "misleading", "none")))
    for seed, (shape, language, headers) in zip(range(surveys), choices, strict=False):
        made = survey(seed, language, headers, shape)
        found = leaks(made, language)
        seeded += len(made.values | made.astray)
        leaked += len(found)
        for value, run in found.items():
            print(f"  {language}, {headers} headers, {shape}, {seed}: {value} in {' '.join(run)}")
    print(f"personal values: {seeded:,} seeded, {leaked:,} leaked")
    return leaked


if __name__ == "__main__":
    sys.exit(bool(main(*map(int, sys.argv[1:]))))
