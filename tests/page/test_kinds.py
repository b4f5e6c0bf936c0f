"""What a file is to the others, by its name and its headers."""

import pytest

from visittally.page.kinds import role_of

VISITS = "village,issue,visit_date\nAsh,road,2026-03-01\nElm,water,2026-03-02\n"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (VISITS, "records"),
        ("village,target\nAsh,4\nElm,2\n", "roster"),
        ("village,target,visit_date\nAsh,4,2026-03-01\nElm,2,2026-03-02\n", "records"),
        ("village,target,status\nAsh,4,open\nElm,2,open\n", "records"),
        ("village,households\nAsh,4\nElm,2\n", "records"),
        ("type,name,label\ntext,village,Village\nselect_one yn,road,Road?\n", "form"),
        ("村,计划户数\n东湖村,4\n西山村,2\n", "roster"),
    ],
)
def test_headers_tell_visits_from_plans_and_forms(write, text, role):
    """A plan has targets and nothing that only visits have."""
    assert role_of(write("a.csv", text)) == role


@pytest.mark.parametrize(
    "name", ["picture.png", "notes.pages", ".hidden.csv", "~$ledger.xlsx", "folder/.a.csv", "bare"]
)
def test_what_is_no_table_is_not_used(write, name):
    """By its name alone, whatever it holds."""
    assert role_of(write(name, VISITS)) == "unused"


def test_settings_hold_in_the_folder_of_the_page_alone(write):
    assert role_of(write("visittally.toml", "[columns]\n")) == "settings"
    assert role_of(write("deep/visittally.toml", "[columns]\n")) == "unused"


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 500])
def test_what_cannot_be_read_is_taken_for_records(folder, content):
    """What is wrong with it is said when it is read."""
    (folder / "a.csv").write_bytes(content)

    assert role_of("a.csv") == "records"


def test_a_file_that_is_not_there_is_taken_for_records(folder):
    assert role_of("nosuch.csv") == "records"


def test_a_name_like_an_option_and_suffixes_in_capitals_are_read(write):
    assert role_of(write("-o.CSV", "village,target\nAsh,4\nElm,2\n")) == "roster"
