"""Hand-kept tables: what is no record changes nothing but the receipt."""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import visittally
from visittally.errors import InputError

FEW = settings(max_examples=15, deadline=None)
HEADERS = {
    "zh": ("序号", "村名", "户主", "走访日期", "问题类别", "办理情况", "备注"),
    "hant": ("編號", "村名", "姓名", "走訪日期", "問題類別", "辦理情況", "備註"),
    "en": ("No.", "Village", "Head of household", "Visit date", "Issue", "Status", "Remarks"),
    "es": ("Nº", "Aldea", "Jefe de hogar", "Fecha", "Problema", "Estado", "Observaciones"),
    "fr": ("N°", "Village", "Chef de ménage", "Date", "Problème", "Statut", "Remarques"),
}
PLACES = {
    "zh": "东村 西村 南社区",
    "hant": "東村 西村 南社區",
    "en": "Ashfield Birch Cedar",
    "es": "Alto Bajo Centro",
    "fr": "Amont Aval Pont",
}
ISSUES = {
    "zh": "道路 饮水 教育 无",
    "hant": "道路 飲水 教育 無",
    "en": "road water school none",
    "es": "camino agua escuela ninguno",
    "fr": "route eau école aucun",
}
NO_RECORDS = {
    "zh": """
        101;合计||||3;|小 计|||3件;小计|东村|2户||2;本页小计|10户;合计：12户;备注：本表一式两份。;注|请勿涂改
        填表人：||张三||审核人：|李四;填报人：王小丽|||审核人：李国强||填报日期：2026.3.31;（盖章）
        第1页 共4页;第二页
        一、东村;盖章：|||年  月  日;单位负责人（签字）：||||日期：;|  年  月  日;以下空白
        说明：1.本表由驻村工作队填写""",
    "hant": "101;合計||||3;小計|東村|2戶;備註：本表一式兩份。;製表人：|陳先生||審核：;第1頁 共4頁;一、東村",
    "en": """
        101;Total||||3;Subtotal|Ashfield|2||2;|Grand total:|12;Total Ashfield|3;Note: keep one copy;Page 1 of 4;Page 2
        Prepared by:||Ann Lee||Checked by:|Bo;- 3 / 4 pages -;Village: Ashfield
        A. Ashfield village;Source: district office
        Signature: ________|||Date:""",
    "es": """
        101;Subtotal||||3;Total general|12;Nota: se guarda una copia;Elaborado por:|Ana||Revisado por:|Luis
        Página 1 de 4;Firma:|||Fecha:""",
    "fr": """
        101;Sous-total||||3;Total général|12;Remarque : à conserver;Établi par :|Anne||Vérifié par :|Luc
        Page 1 sur 4;Signature :|||Date :""",
}
"""Rows that are none, their cells between strokes."""


@st.composite
def ledgers(draw):
    """A language, its records, and the same with rows among them that are none."""
    lang = draw(st.sampled_from(list(HEADERS)))
    places, issues = PLACES[lang].split(), ISSUES[lang].split()
    width = len(HEADERS[lang])
    rows = [
        [
            str(i + 1), places[draw(st.integers(0, 2)) if i > 2 else i], f"P{i}", f"2026-03-{i % 27 + 1:02d}",
            issues[draw(st.integers(0, 3)) if i > 3 else i], draw(st.sampled_from(["已办结", "办理中", ""])), "",
        ]
        for i in range(draw(st.integers(8, 20)))
    ]  # fmt: skip
    among = list(rows)
    extras = [line.split("|") for line in re.split(r"[;\n]\s*", NO_RECORDS[lang].strip())]
    for extra in draw(st.lists(st.sampled_from(extras), min_size=1, max_size=5)):
        among.insert(draw(st.integers(1, len(among))), [*extra, *[""] * (width - len(extra))])
    return lang, rows, among


def summary_of(header, rows, name="ledger.csv", **options):
    """The summary of a table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return visittally.summarize([str(path)], **options)


def figures(result):
    """All tables as programs see them."""
    return {name: table.to_dict() for name, table in result.tables.items()}


@FEW
@given(ledgers())
def test_rows_that_are_no_records_change_nothing_but_the_receipt(drawn):
    lang, rows, among = drawn
    clean, mixed = summary_of(HEADERS[lang], rows), summary_of(HEADERS[lang], among)
    assert figures(mixed) == figures(clean)
    assert mixed.receipt.records_counted == len(rows)


@FEW
@given(ledgers(), st.sampled_from(["同上", "〃", "ditto", "do", '"', "idem"]))
def test_a_mark_for_as_above_is_the_value_above(drawn, mark):
    lang, rows, _among = drawn
    rows = [[*row[:1], *sorted(rows)[i][1:]] for i, row in enumerate(sorted(rows, key=lambda r: r[1]))]
    marked = [
        [cell if n == 0 or c in (0, 2) or cell != rows[n - 1][c] or not cell else mark for c, cell in enumerate(row)]
        for n, row in enumerate(rows)
    ]
    assert figures(summary_of(HEADERS[lang], marked)) == figures(summary_of(HEADERS[lang], rows))


def test_nothing_stands_above_the_first_record_and_behind_a_total():
    text = "1 同上 甲 - 道路 - -;2 东村 乙 - 饮水 - -;小计 - - - 2 - -;3 同上 丙 - 道路 - -;4 西村 丁 - 饮水 - -"
    rows = [line.replace("-", "").split(" ") for line in text.split(";")]
    result = summary_of(HEADERS["zh"], rows)
    cells = {row["village"]: row["cases"] for row in result.tables["areas"].to_dict()["rows"] if not row.get("total")}
    assert cells == {"东村": 1, "西村": 1, "": 2}
    assert "nothing_above" in {notice.code for notice in result.notices}


def test_a_table_without_a_record_is_refused():
    with pytest.raises(InputError, match="holds no records"):
        summary_of(HEADERS["zh"], [[str(i), *[""] * 6] for i in range(1, 20)])


@pytest.mark.parametrize(
    "row",
    [
        ["5", "合计村", "甲", "2026-03-01", "道路", "", ""],
        ["5", "Total", "甲", "2026-03-01", "道路", "", ""],
        ["5", "东村", "负责人", "2026-03-01", "道路", "", "备注：已拍照"],
        ["", "东村", "", "", "道路", "", ""],
        ["5", "东村", "", "", "", "", ""],
        ["", "第二村", "页", "", "说明", "", ""],
    ],
)
def test_records_that_only_look_odd_are_counted(row):
    rows = [[str(i), "东村", "甲", "2026-03-01", "道路", "已办结", ""] for i in range(1, 5)]
    assert summary_of(HEADERS["zh"], [*rows, row]).receipt.records_counted == 5


def test_answers_to_a_form_may_refer_to_another_question():
    header = ["_uuid", "_submission_time", "village", "issue", "why"]
    keys = [f"5a6c1b58-{i:04d}-4d6f-9a55-1c2e3f405162" for i in range(6)]
    rows = [[key, "2026-03-01", "Elm", "road", "same as above"] for key in keys]
    assert "as_above" not in {notice.code for notice in summary_of(header, rows).notices}


@pytest.mark.parametrize(
    ("headings", "places"),
    [
        (["一、东村", "二、西村"], ["东村", "西村"]),
        (["东村", "西村"], ["东村", "西村"]),
        (["【东村】", "【西村】"], ["东村", "西村"]),
        (["村名：东村（3户）", "村名：西村（3户）"], ["东村", "西村"]),
        (["Village: Ashfield", "Village: Birch"], ["Ashfield", "Birch"]),
        (["Ashfield village", "Birch village"], ["Ashfield village", "Birch village"]),
        (["Aldea: Alto", "Aldea: Bajo"], ["Alto", "Bajo"]),
    ],
)
def test_a_heading_between_groups_gives_its_place_to_the_rows_below(headings, places):
    header = ["序号", "户主", "走访日期", "问题类别", "办理情况"]
    rows = []
    for i, heading in enumerate(headings):
        rows.append([heading, "", "", "", ""])
        rows += [
            [str(n), f"甲{n}", "2026-03-01", ["道路", "饮水", "教育"][n % 3], "已办结"] for n in range(3 * i, 3 * i + 3)
        ]
    areas = summary_of(header, rows).tables["areas"].to_dict()["rows"]
    assert {row["village"]: row["cases"] for row in areas if not row.get("total")} == dict.fromkeys(places, 3)


def test_a_column_that_holds_village_and_group_gives_both():
    header = ["户主", "村组", "走访时间", "反映问题及建议", "办理情况"]
    rows = [
        [f"甲{n}", f"{'东西'[n % 2]}沟村{n % 3 + 1}组", "2026-03-01", ["道路", "饮水"][n % 2], "已办结"]
        for n in range(8)
    ]
    result = summary_of(header, rows)
    assert {row["village"] for row in result.tables["areas"].to_dict()["rows"]} == {"东沟村", "西沟村", None}
    groups = summary_of(header, rows, by=("village", "group")).tables["areas"].to_dict()["rows"]
    assert len(groups) == 7


def test_one_village_is_shown_by_its_groups():
    header = ["村名", "组别", "问题类别"]
    rows = [["东村", f"{n % 3 + 1}组", ["道路", "饮水", "教育"][n % 3]] for n in range(9)]
    areas = summary_of(header, rows).tables["areas"].to_dict()
    assert [row.get("group") for row in areas["rows"]] == ["1组", "2组", "3组", None]


def test_titles_follow_the_rows_and_columns_that_were_asked_for():
    header = ["village", "visitor", "issue", "satisfaction"]
    rows = [["Elm", "a", "road", "good"], ["Ash", "b", "water", "bad"], ["Oak", "a", "road", "fair"]]
    tables = summary_of(header, rows, by=("visitor",), across="satisfaction").tables
    assert "place" not in tables["areas"].title
    assert tables["issues"].title != "Issues raised"


def test_interviews_whose_number_comes_again_with_another_issue_are_one_visit():
    header = ["interview_id", "village", "problem"]
    rows = [[f"I{n // 2}", ["Elm", "Ash"][n // 2 % 2], ["road", "water"][n % 2]] for n in range(12)]
    areas = summary_of(header, rows).tables["areas"].to_dict()["rows"]
    assert (areas[-1]["cases"], areas[-1]["mentions"]) == (6, 12)
    assert summary_of(["id", *header[1:]], rows).tables["areas"].to_dict()["rows"][-1]["cases"] == 12


@pytest.mark.parametrize(
    "line", ["日期：2026年3月5日", "单位（盖章）：", "Date: 3 March 2026", "填表单位（公章）：", "Phone: 12 34 56"]
)
def test_a_line_of_those_who_sign_is_no_visit(tmp_path, line):
    path = tmp_path / "a.csv"
    path.write_text(f"村,户主,问题\n东村,甲,道路\n西村,乙,饮水\n西村,丙,道路\n{line},,\n", encoding="utf-8")

    assert visittally.summarize(path).receipt.records_counted == 3


@pytest.mark.parametrize("names", [("Village Oakham", "Village Elmton"), ("东村", "西村"), ("白沙社区", "红岩社区")])
def test_the_first_group_has_its_heading_above_the_header(tmp_path, names):
    header, rows = (
        ("No.,Head,Problem", "1,A,road\n2,B,water")
        if names[0].isascii()
        else ("序号,户主,问题", "1,甲,道路\n2,乙,饮水")
    )
    path = tmp_path / "a.csv"
    path.write_text("".join(f"{name},,\n{header}\n{rows}\n" for name in names), encoding="utf-8")

    areas = visittally.summarize(path).tables["areas"].to_dict()["rows"]

    assert {row["village"]: row["cases"] for row in areas if not row.get("total")} == dict.fromkeys(names, 2)


@pytest.mark.parametrize(
    ("header", "none", "solved"),
    [
        ("Desa;Masalah;Status", "tidak ada", ("selesai", "belum selesai")),
        ("Село;Проблема;Статус", "нет", ("решено", "не решено")),
        ("Dorf;Problem;Stand", "keine", ("erledigt", "nicht erledigt")),
        ("Köy;Sorun;Durum", "yok", ("çözüldü", "çözülmedi")),
        ("Village;Problème;Suite donnée", "néant", ("résolu", "non résolu")),
        ("Làng;Vấn đề;Trạng thái", "không có", ("đã giải quyết", "chưa giải quyết")),
        ("村名;問題;状況", "なし", ("解決", "未解決")),
        ("마을;문제;상태", "없음", ("해결", "미해결")),
    ],
)
def test_none_and_resolved_are_known_in_the_language_of_the_ledger(tmp_path, header, none, solved):
    path = tmp_path / "a.csv"
    done, open_ = solved
    rows = [f"Aa;x;{done}", f"Aa;y;{open_}", f"Bb;x;{done}", f"Bb;{none};", f"Bb;y;{open_}"]
    path.write_text(header + "\n" + "\n".join(rows), encoding="utf-8")

    total = next(r for r in visittally.summarize(path).tables["areas"].to_dict()["rows"] if r.get("total"))

    assert (total["cases"], total["raised"], total["no_issue"], total["resolved"]) == (5, 4, 1, 2)


@pytest.mark.parametrize(
    "names",
    [("Village A", "Village B"), ("Ward 1", "Ward 2"), ("Village: A", "Village: B"), ("Oak Village", "Elm Village")],
)
@pytest.mark.parametrize("above", [False, True], ids=["below the header", "above the header"])
def test_headings_of_groups_may_be_a_letter_or_a_number(write, command, names, above):
    """The first of them stands above the header or below it."""
    head, first, second = "No,Household,Problem", f"{names[0]},,", f"{names[1]},,"
    rows = [f"{i},H{i},{['road', 'water'][i % 2]}" for i in range(1, 7)]
    lines = [*([first, head] if above else [head, first]), *rows[:3], second, *rows[3:]]
    ended = command("summarize", write("a.csv", "\n".join(lines) + "\n"), "-f", "json")
    areas = ended.tables()["areas"]

    expected = sorted(name.partition(": ")[2] or name for name in names)
    assert [(row["village"], row["cases"]) for row in areas[:2]] == [(name, 3) for name in expected]


@pytest.mark.parametrize("header", ["村名", "村委会", "走访单位名称", "摸排点位"])
def test_a_village_with_its_group_is_two_fields_whatever_the_header_says(header):
    """As long as all cells hold both; a column whose answers are called villages is the village by them."""
    issues = ["道路", "饮水", "教育"]
    both = [[f"{'东西'[n % 2]}沟村{n % 3 + 1}组", issues[n % 3]] for n in range(12)]
    alone = [[f"{'东西'[n % 2]}沟村", issues[n % 3]] for n in range(12)]

    for rows in (both, alone):
        areas = summary_of([header, "问题类别"], rows).tables["areas"].to_dict()["rows"]
        assert {row["village"]: row["cases"] for row in areas if not row.get("total")} == {"东沟村": 6, "西沟村": 6}

    groups = summary_of([header, "问题类别"], both, by=("group",)).tables["areas"].to_dict()["rows"]
    assert [row["cases"] for row in groups] == [4, 4, 4, 12]


@pytest.mark.parametrize("mark", ["1", "x", "√"])
@pytest.mark.parametrize("heading", ["Problem", "问题", "Problema", "Masalah"])
def test_what_stands_alone_over_ticked_columns_is_their_question(mark, heading):
    header = ["Village", "Date", "roads", "water", "power"]
    rows = [
        [["Ash", "Elm"][n % 2], f"2026-03-{n + 1:02d}", *[mark if n % 3 == c else "" for c in range(3)]]
        for n in range(9)
    ]
    result = summary_of(["", "", heading, "", ""], [header, *rows])

    issues = {row["issue"]: row["mentions"] for row in result.tables["issues"].to_dict()["rows"]}
    assert issues == {"roads": 3, "water": 3, "power": 3}


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("HOUSEHOLD VISIT REGISTER - Village: Oakham", "Oakham"),
        ("Cahier de visites - Village de Ndiayène", "Ndiayène"),
        ("Libro de visitas - Aldea Las Flores", "Las Flores"),
        ("Журнал обхода, село Ак-Суу", "Ак-Суу"),
        ("ग्राम रामपुर भ्रमण पंजी", "रामपुर"),
        ("سجل زيارات قرية الزهراء", "الزهراء"),
        ("Daftari la ziara - Kijiji cha Mkuza", "Mkuza"),
        ("Buku Kunjungan Desa Sukamaju Bulan Maret 2026", "Sukamaju"),
        ("Sổ thăm hộ thôn Tân Lập", "Tân Lập"),
        ("BARANGAY HOUSE-TO-HOUSE VISITATION LOG", None),
        ("Village Health Team Household Register", None),
        ("PARISH VISIT BOOK 2026", None),
    ],
)
def test_a_title_names_the_place_and_words_of_tables_are_none(title, place):
    rows = [[f"{n}/3/2026", ["roads", "water", "power"][n % 3]] for n in range(1, 9)]
    result = summary_of([title, ""], [["Date", "Problem"], *rows])

    areas = result.tables["areas"].to_dict()["rows"] if "areas" in result.tables else []
    assert [row["village"] for row in areas if not row.get("total")] == ([place] if place else [])


def test_a_status_of_the_problem_is_no_problem():
    header = ["القرية", "حالة المشكلة", "الاحتياج"]
    rows = [
        ["النور", ["تم الحل", "قيد التنفيذ", "معلقة"][n % 3], ["الطريق", "المدرسة", "الكهرباء"][n % 3]]
        for n in range(9)
    ]
    issues = summary_of(header, rows).tables["issues"].to_dict()["rows"]
    assert {row["issue"] for row in issues} == {"الطريق", "المدرسة", "الكهرباء"}


@pytest.mark.parametrize(("unclear", "said"), [(6, False), (7, True), (12, True)])
def test_texts_that_no_key_word_sorts_are_said_where_they_are_more_than_a_third(unclear, said):
    """Of eighteen texts; how to go on is said, too."""
    texts = [
        *[f"门口的老槐树第{n}棵要不要留着呢" for n in range(unclear)],
        *[f"村道第{n}段坑洼难走" for n in range(18 - unclear)],
    ]
    result = summary_of(["村名", "反映问题"], [[["东村", "西村"][n % 2], text] for n, text in enumerate(texts)])

    found = [notice.message for notice in result.notices if notice.code == "many_unclear"]
    assert bool(found) is said
    assert all(f"{unclear} of 18" in message and "--texts" in message for message in found)


_BELOW = """
    Seen and found in order;|______;Grüße||Amt;* preliminary figures;Vo. Bo. ____|Firma ____;- 4 -
    Muhuri wa kijiji|Jina;Примечание. Данные предварительные."""
BELOW = [[*cells.split("|"), *[""] * (6 - cells.count("|"))] for cells in re.split(r"[;\n]\s*", _BELOW.strip())]
"""Rows of words that no list may have, their cells between strokes."""


@FEW
@given(ledgers(), st.lists(st.sampled_from(BELOW), min_size=1, max_size=4))
def test_what_stands_below_the_numbered_records_changes_nothing_but_the_receipt(drawn, below):
    """In words of any language, as long as no record says the like in its leading columns."""
    lang, rows, _among = drawn
    clean, mixed = summary_of(HEADERS[lang], rows), summary_of(HEADERS[lang], [*rows, *below])
    assert figures(mixed) == figures(clean)
    assert mixed.receipt.records_counted == len(rows)


@FEW
@given(ledgers(), st.sampled_from(["Serie", "Lfd", "Ligne", "Satır", "序列号码"]))
def test_numbers_that_count_up_number_the_rows_whatever_their_header_says(drawn, header):
    lang, rows, _among = drawn
    names = [header, *HEADERS[lang][1:]]
    empty = [[str(n), *[""] * (len(names) - 1)] for n in range(len(rows) + 1, 200)]
    assert figures(summary_of(names, [*rows, *empty])) == figures(summary_of(names, rows))


@pytest.mark.parametrize("names", [("Bagnon", "Karfiguéla"), ("Ивановка", "Каменка"), ("सोनपुर", "माधोपुर")])
def test_names_where_the_others_have_their_numbers_head_groups(names):
    rows = []
    for name in names:
        rows += [[name, "", "", ""], *[[str(n), f"{n}/3/2026", "road", "done"] for n in range(1, 5)]]
    areas = summary_of(["No", "Date", "Problem", "Status"], rows).tables["areas"].to_dict()["rows"]
    assert {row["village"]: row["cases"] for row in areas if not row.get("total")} == dict.fromkeys(names, 4)


def test_short_texts_that_come_again_and_that_no_key_word_sorts_are_counted_as_they_stand():
    header = ["Thôn", "Ý kiến phản ánh"]
    texts = ["Giao thông", "Môi trường", "Việc làm"]
    rows = [[["Yên Bình", "Long Sơn"][n % 2], texts[n % 3]] for n in range(18)]
    issues = summary_of(header, rows).tables["issues"].to_dict()["rows"]
    assert {row["issue"]: row["mentions"] for row in issues} == dict.fromkeys(texts, 6)


def test_late_records_without_a_number_stay(tmp_path):
    """Written in below the last number, with a day where the days stand: no remark."""
    rows = [f"{i},乙村,{i % 3 + 1}组,王某,{i},,路灯不亮,道路,是,2026-03-0{i},已办" for i in range(1, 7)]
    head = "序号,村,组,姓名,人口,备注,反映问题,类别,紧急,日期,结果"
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join([head, *rows, "补1,丙村,,胡某,,,学校远,教育,,2026-03-05,", ""]), encoding="utf-8")
    found = visittally.summarize([path]).tables["areas"].to_dict()["rows"]

    assert {row["village"]: row["cases"] for row in found if row["village"]} == {"乙村": 6, "丙村": 1}
