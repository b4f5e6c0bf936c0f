"""The column with the key that the exporting tool gives each record."""

from __future__ import annotations

from visittally.survey.record_key import record_key

KEYS = [f"uuid:{n}a6c1b58-2f0e-4d6f" for n in range(10)]


def found(merged, cells, header="_uuid"):
    name, notices = record_key(merged(f"village,{header}\n" + "\n".join(f"Ash,{cell}" for cell in cells)))
    return name, [notice.code for notice in notices]


def test_the_key_of_the_tool_is_taken_by_its_header(merged):
    assert found(merged, KEYS) == ("_uuid", [])
    assert found(merged, KEYS, "meta/instanceID") == ("meta/instanceID", [])
    assert found(merged, KEYS, "house") == ("", [])


def test_one_of_ten_may_come_again_and_half_may_be_no_key(merged):
    assert found(merged, [*KEYS[:9], KEYS[0]]) == ("_uuid", [])
    assert found(merged, [*KEYS[:8], *KEYS[:2]]) == ("", ["key_ignored"])
    assert found(merged, [*KEYS[:5], "1", "2", "3", "4", "5"]) == ("_uuid", [])
    assert found(merged, [*KEYS[:4], "1", "2", "3", "4", "5", "6"]) == ("", ["key_ignored"])


def test_a_table_without_keys_takes_them_from_no_other(merged):
    filled = "village,_uuid\n" + "\n".join(f"Ash,{key}" for key in KEYS)

    assert record_key(merged(filled, "village,_uuid\nElm,\nOak,"))[0] == "_uuid"
    assert record_key(merged(filled, "village,_uuid\nElm,1\nOak,1"))[0] == ""


def test_the_next_key_is_taken_where_one_is_none(merged):
    rows = "\n".join(f"Ash,same,{key}" for key in KEYS)
    name, notices = record_key(merged(f"village,KEY,_uuid\n{rows}"))

    assert name == "_uuid"
    assert '"KEY" is not used' in notices[0].message
