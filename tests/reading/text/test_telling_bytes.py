"""A large text is judged by parts of it, and what is behind them is still read right."""

import gzip

import pytest

from visittally.reading.inputs.source import ByteSource
from visittally.reading.text import telling_bytes
from visittally.reading.text.encodings import find_encoding


def plain(folder, content):
    path = folder / "visits.csv"
    path.write_bytes(content)
    return ByteSource(str(path), str(path), size=len(content))


def packed(folder, content):
    path = folder / "visits.csv.gz"
    path.write_bytes(gzip.compress(content, 0))
    return ByteSource("visits.csv.gz", str(path), "gzip", size=path.stat().st_size)


def test_an_error_behind_the_stretches_that_were_looked_at_leads_to_the_next_candidate(tmp_path, monkeypatch):
    monkeypatch.setattr(telling_bytes, "WHOLE_FILE", 10_000)
    monkeypatch.setattr(telling_bytes, "STRETCH", 2_000)
    monkeypatch.setattr(telling_bytes, "STRETCHES", 4)
    others = "id,village,remark\n" + "1,Saint-Denis,none at all\n" * 2_000
    source = plain(tmp_path, (others + "2,Évreux,l’école\n" + others).encode("cp1252"))
    encoding = find_encoding(source)
    assert encoding.name == "cp1252"
    assert not encoding.complete


def test_of_a_large_packed_text_as_much_is_judged_as_is_more_than_ascii(tmp_path, monkeypatch):
    monkeypatch.setattr(telling_bytes, "WHOLE_FILE", 8_000)
    monkeypatch.setattr(telling_bytes, "PACKED_BEGINNING", 2_000)
    plain = b"id,village\n" + b"1,Ash\n" * 500
    early, late, none = (
        find_encoding(packed(tmp_path, content))
        for content in ("2,Évreux\n".encode() + plain, plain + "2,Évreux\n".encode("cp1252") + plain, plain)
    )
    assert (early.name, early.complete) == ("utf-8", False)
    assert (late.name, late.complete) == ("cp1252", True)
    assert (none.name, none.complete) == ("utf-8", True)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("pack", [packed, plain])
def test_utf_16_of_which_only_a_part_is_looked_at_is_told_without_a_mark(tmp_path, monkeypatch, name, pack):
    monkeypatch.setattr(telling_bytes, "WHOLE_FILE", 8_000)
    monkeypatch.setattr(telling_bytes, "STRETCH", 2_000)
    monkeypatch.setattr(telling_bytes, "STRETCHES", 4)
    monkeypatch.setattr(telling_bytes, "PACKED_BEGINNING", 4_001)
    encoding = find_encoding(pack(tmp_path, ("id,village\n" + "1,Évreux\n" * 2_000).encode(name)))
    assert (encoding.name, encoding.complete) == (name, False)
