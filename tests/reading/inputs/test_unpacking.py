"""Packed inputs: members of archives, compressed streams, and the limits that stop decompression bombs."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import zipfile

import pyarrow as pa
import pytest

from visittally.errors import InputError
from visittally.reading.inputs import unpacking
from visittally.reading.inputs.source import ByteSource
from visittally.reading.inputs.unpacking import opened

TEXT = b"village,issue\nElm,road\nOak,water\n"


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(TEXT), gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:])],
    ids=["one", "several"],  # the bytes hold the time
)
def test_gzip_of_one_or_several_parts_is_unpacked(tmp_path, packed, found, content):
    (tmp_path / "visits.csv.gz").write_bytes(packed)
    (leaf,) = found(tmp_path / "visits.csv.gz")
    assert content(leaf) == TEXT
    assert not leaf[0].plain


@pytest.mark.parametrize("parts", [[TEXT], [TEXT[:9], TEXT[9:]]])
def test_zstd_of_one_or_several_frames_is_unpacked(tmp_path, parts, found, content):
    frames = (pa.compress(part, codec="zstd", asbytes=True) for part in parts)
    (tmp_path / "visits.csv.zst").write_bytes(b"".join(frames))
    (leaf,) = found(tmp_path / "visits.csv.zst")
    assert content(leaf) == TEXT


def test_a_source_can_be_pickled_and_opened_twice(tmp_path, found, zipped):
    (leaf,) = found(zipped(tmp_path / "a.zip", {"b.csv": TEXT}))
    again = pickle.loads(pickle.dumps(leaf[0]))
    assert again == leaf[0]
    assert opened(again).read() == opened(again).read() == TEXT


def test_each_table_of_an_archive_is_an_input_and_hidden_members_are_not(tmp_path, found, content, zipped):
    members = {
        "b.csv": TEXT,
        "sub/c.tsv": TEXT,
        "__MACOSX/._b.csv": b"x",
        "sub/.d.csv": b"x",
        "photo.png": b"\x89PNG",
    }
    archive = zipped(tmp_path / "a.zip", members)
    assert [leaf[0].name for leaf in found(archive)] == [f"{archive}/b.csv", f"{archive}/sub/c.tsv"]
    assert content(found(archive)[1]) == TEXT


def test_the_only_member_is_read_whatever_its_name(tmp_path, found, content, zipped):
    (leaf,) = found(zipped(tmp_path / "a.zip", {"export": TEXT}))
    assert content(leaf) == TEXT


def test_names_of_members_in_gbk_are_readable(tmp_path, found, content, zipped):
    archive = zipped(tmp_path / "a.zip", {"AAAA.csv": TEXT})
    packed = archive.read_bytes().replace(b"AAAA.csv", "走访".encode("gbk") + b".csv")
    archive.write_bytes(packed)
    (leaf,) = found(archive)
    assert leaf[0].name.endswith("/走访.csv")
    assert content(leaf) == TEXT


def test_an_archive_without_tables_is_refused_by_name(tmp_path, found, zipped):
    archive = zipped(tmp_path / "photos.zip", {"a.png": b"1", "b.png": b"2"})
    assert "photos.zip holds no table" in found(archive)[0]


def test_an_archive_in_an_archive_is_refused(tmp_path, found, zipped):
    inner = zipped(tmp_path / "inner.zip", {"b.csv": TEXT}).read_bytes()
    assert "archive inside an archive" in found(zipped(tmp_path / "outer.zip", {"inner.zip": inner}))[0]


def test_a_compressed_member_is_unpacked_too(tmp_path, found, content, zipped):
    (leaf,) = found(zipped(tmp_path / "a.zip", {"b.csv.gz": gzip.compress(TEXT)}))
    assert leaf[0].name.endswith("a.zip/b.csv.gz")
    assert content(leaf) == TEXT


def test_an_archive_with_a_password_says_so(tmp_path, found, zipped):
    archive = zipped(tmp_path / "a.zip", {"b.csv": TEXT})
    packed = bytearray(archive.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(signature) + offset] |= 1
    archive.write_bytes(packed)
    assert "protected by a password" in found(archive)[0]


@pytest.mark.parametrize("suffix", ["gz", "zst", "zip"])
@pytest.mark.parametrize("harm", ["cut", "changed"])
def test_a_damaged_packed_file_is_named_in_a_sentence(tmp_path, suffix, harm, failure, zipped):
    text = TEXT[:14] + os.urandom(40_000).hex().encode()
    packed = {
        "gz": lambda: gzip.compress(text),
        "zst": lambda: pa.compress(text, codec="zstd", asbytes=True),
        "zip": lambda: zipped(tmp_path / "good.zip", {"b.csv": text}).read_bytes(),
    }[suffix]()
    half = len(packed) // 2
    spoilt = packed[:half] if harm == "cut" else packed[:half] + bytes(300) + packed[half + 300 :]
    path = tmp_path / f"visits.{suffix}"
    path.write_bytes(spoilt)
    assert "is damaged: it cannot be unpacked to its end" in failure(path)


def test_a_bomb_is_stopped_while_it_is_read(tmp_path, monkeypatch, failure):
    monkeypatch.setattr(unpacking, "UNSUSPICIOUS", 1 << 20)
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress(bytes(8 << 20)))
    assert "bomb.csv.gz unpacks to unusually much" in failure(tmp_path / "bomb.csv.gz")


def test_a_bomb_in_an_archive_is_stopped_before_it_is_read(tmp_path, monkeypatch, found, zipped):
    monkeypatch.setattr(unpacking, "UNSUSPICIOUS", 1 << 20)
    archive = zipped(tmp_path / "bomb.zip", {"b.csv": bytes(8 << 20)})
    assert "unusually much" in found(archive)[0]


def test_tables_that_pack_well_are_no_bombs(tmp_path, monkeypatch, found, content):
    monkeypatch.setattr(unpacking, "UNSUSPICIOUS", 1 << 16)
    text = b"".join(b"%d,Elm,road,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0\n" % i for i in range(20_000))
    (tmp_path / "visits.csv.gz").write_bytes(gzip.compress(text))
    (leaf,) = found(tmp_path / "visits.csv.gz")
    assert content(leaf) == text


def test_a_source_that_vanished_is_said_not_to_exist(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        opened(ByteSource("gone.csv", str(tmp_path / "gone.csv")))


def test_a_stream_without_line_ends_is_not_waited_for(monkeypatch, found):
    class Endless(io.RawIOBase):
        def read(self, size=-1):
            return b"a" * size

    monkeypatch.setattr(unpacking, "_UNENDED", 4 << 20)
    (said,) = found("-", stdin=Endless())
    assert "has no line end" in said


def test_the_members_of_an_archive_are_found_with_one_reading_of_its_directory(
    tmp_path, monkeypatch, found, content, zipped
):
    path = zipped(tmp_path / "many.zip", {f"{n}.csv": TEXT for n in range(30)})
    readings = []
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", _counting(zipfile.ZipFile._RealGetContents, readings))
    for leaf in found(path):
        assert content(leaf) == TEXT
    assert len(readings) < 5


def _counting(function, calls):
    def counted(*arguments):
        calls.append(arguments)
        return function(*arguments)

    return counted
