"""Headers of personal data."""

import pytest

from visittally.survey.personal_headers import personal_alias, personal_words


@pytest.mark.parametrize(
    "header",
    [
        "Name",
        "姓名",
        "1、您的姓名",
        "联系电话",
        "身份證號",
        "E-mail",
        "home/phone",
        "_spot_latitude",
        "Prénom",
        "GPS Lat",
        "SIM number",
    ],
)
def test_a_whole_header_names_personal_data(header):
    assert personal_alias(header)


@pytest.mark.parametrize(
    "header",
    [
        "village name",
        "name of the village",
        "名称",
        "问题",
        "phone_owned",
        "address_known",
        "gps_method",
        "names of crops grown",
        "",
    ],
)
def test_other_headers_do_not(header):
    assert not personal_alias(header)


@pytest.mark.parametrize(
    "header",
    [
        "name_of_clerk",
        "Farmer's name",
        "name of the household head",
        "户主的姓名和年龄",
        "Your telephone",
        "village head name",
        "name of village head",
        "village_head",
        "村支书",
    ],
)
def test_words_together_keep_a_column_out_of_tables(header):
    assert personal_words(header)


@pytest.mark.parametrize(
    "header",
    [
        "restaurant_name",
        "school name",
        "Do you have a telephone?",
        "是否有手机号",
        "consent_telephone_number",
        "community leader met",
    ],
)
def test_words_about_things_and_gates_do_not(header):
    assert not personal_words(header)
