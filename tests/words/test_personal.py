"""Personal values are recognised, figures and codes are not taken for them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.personal import (
    is_id_number,
    looks_personal,
    passes_luhn,
    personal_kind,
    pseudonyms,
    scrub,
)


def id_number(first17):
    return next(first17 + last for last in "0123456789X" if is_id_number(first17 + last))


IDS = [id_number("42020119800101" + f"{n:03}") for n in (11, 245, 777)]
CARDS = [f"622202{n:012}{d}" for n in (31415, 2718281) for d in range(10) if passes_luhn(f"622202{n:012}{d}")]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("mobile", ["13800138000", "138 0013 8001", "139-0013-8002", "+8615000000001", "１３８００１３８００３"]),
        ("id_number", IDS),
        ("email", ["a.b@example.org", "c@mail.example.com"]),
        ("landline", ["0714-6512345", "(010) 62345678", "027-87654321-123"]),
        ("phone", ["0300-1234567", "01344-728171", "06 78 48 82 23", "07417 663317", "06.62.62.37.81"]),
        ("phone", ["(234) 567-8901", "352.916.4664", "234-567-8901"]),
        ("phone", ["٠٧١٧٦٩٩٤٦٢", "۰۹۱۲۳۴۵۶۷۸"]),
        ("id_number", ["38583-4253567-4", "GOMC816515HDFRRL09", "27-01-70-12345", "9999 4105 7058"]),
        ("coordinates", ["30°39'44.94\"N", "30° 12.5' N", "(30.053573, 114.870976)"]),
        ("coordinates", ["-3.9712345", "-3.9800001", "-4.0123456", "-3.9900002", "-3.9900102", "Ash"]),
        ("phone", ["+243 812 345 678", "+44 20 7946 0958", "0093701234567"]),
        ("bank_card", CARDS),
        ("plate", ["鄂B12345", "京A·8K2F1", "粤BD12345"]),
        ("ip_address", ["192.0.2.7", "198.51.100.23", "2001:db8::1"]),
        ("device", ["collect:Ab3dE6gHi9kLmN0p", "ee.example.org:AbCdEfGhIj"]),
        ("device", ["00:1B:44:11:3A:B7", "00-1b-44-11-3a-b8"]),
        ("coordinates", ["30.214533 115.038912 0 0", "30.214600 115.039000 12.5 4"]),
        ("coordinates", ["-3.9712345", "-3.9800001", "-4.0123456", "-3.9900002"]),
        ("house_number", ["3组12号", "4组 7号", "东坪村2组5号"]),
        ("person", ["王先生", "李女士", "陈大爷"]),
    ],
)
def test_kinds_of_personal_values(kind, values):
    assert looks_personal(values) == kind


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["", "-", "无"],
        ["2024", "2025", "2026"],
        ["2026-04-01", "2026/4/2", "20260403", "01/04/2026"],
        ["2026-04-01T08:30:00.000+08:00"],
        ["12", "340", "5600", "78000"],
        ["1234.50", "99.95", "10000.00"],
        ["0.1234567", "0.5234567", "0.8754321"],
        ["3.3333333", "58.4444444", "120.5555555"],
        ["6f1c8a52-7f0e-4b62-9a55-0d6f2a1b7c3e", "uuid:0b6e2f43-1d2a-4c53-8f0e-aa12bb34cc56"],
        ["1 2 5", "2 7", "3"],
        ["01 02 03 04 05", "0101 0202 0303", "08.30-17.00"],
        ["2023 2024 2025", "3001 3002 3003"],
        ["V-001", "HH-2041", "A12"],
        ["道路交通", "安全饮水", "其他"],
        ["yes", "no", "dont_know"],
        ["王家村", "李家湾", "石桥村"],
        ["1.0.2", "1.1.0"],
        ["202604010001", "202604010002"],
    ],
)
def test_figures_dates_codes_and_answers_are_not_personal(values):
    assert looks_personal(values) == ""


@given(st.lists(st.integers(0, 1_000_000), min_size=1))
def test_plain_numbers_are_never_personal(numbers):
    assert looks_personal([str(n) for n in numbers]) == ""


def test_half_of_the_values_decide_and_blanks_do_not_count():
    assert looks_personal(["13800138000", "later", "", "", ""]) == "mobile"
    assert looks_personal(["13800138000", "later", "unknown"]) == ""


def test_an_id_number_needs_its_check_digit():
    wrong = IDS[0][:-1] + ("1" if IDS[0][-1] != "1" else "2")
    assert looks_personal([wrong]) == ""


def test_random_long_codes_are_mostly_not_cards():
    chance = random.Random(7)
    assert looks_personal([str(chance.randrange(10**15, 10**16)) for _ in range(200)]) == ""


def test_scrub_replaces_personal_values_inside_a_text():
    text = f"3组12号王先生，电话138-0013-8000，身份证{IDS[0]}，车牌鄂B12345，信箱a@example.org"
    cleaned = scrub(text)
    for value in ("12号", "王先生", "8000", IDS[0], "鄂B12345", "example"):
        assert value not in cleaned
    assert cleaned.count("[") == 6


def test_scrub_leaves_other_texts_as_they_are():
    text = "2026年修路，300余户受益；费用12000元（第３期）"
    assert scrub(text) == text


@pytest.mark.parametrize("value", ["07417 663317", "(234) 567-8901", "38583-4253567-4", "٠٧١٧٦٩٩٤٦٢", "30°39'44.94\"N"])
def test_scrub_knows_further_shapes_within_a_text(value):
    assert value not in scrub(f"ask at {value} tomorrow")


def test_scrub_takes_a_number_next_to_a_chinese_word():
    assert "13800138000" not in scrub("联系13800138000王")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_scrub_takes_any_text(text):
    assert scrub(scrub(text)) == scrub(text)


def test_names_of_visitors_get_stand_ins_that_stay_the_same():
    names = [f"visitor {n}" for n in range(120)]
    found = pseudonyms(reversed([*names, *names]))
    assert found == pseudonyms(names)
    assert sorted(found.values()) == [f"V{n:03}" for n in range(1, 121)]
    assert list(found) != sorted(found)


def test_e_mails_one_behind_the_other_are_all_taken_out():
    assert scrub("write to ash@example.org9elm@example.net soon") == "write to [e-mail] soon"


def test_harmless_values_are_looked_at_once_not_once_for_each_kind(calls):
    texts = [f"{chr(97 + n % 26)}{n} road" for n in range(600)]
    assert looks_personal(texts) == ""
    assert calls(lambda: looks_personal(texts)) < 4 * len(texts)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("ab-cd-ef-ab-cd-ef", "device"),
        ("10.0.0.1", "ip_address"),
        ("fe80::1", "ip_address"),
        ("3组5号", "house_number"),
        ("王先生", "person"),
        ("鄂B12345", "plate"),
        ("30.123, 114.456", "coordinates"),
        ("collect:AbCdEfGhIj", "device"),
        ("road 7", ""),
        ("", ""),
    ],
)
def test_one_value_has_a_kind(value, kind):
    assert personal_kind(value) == kind
