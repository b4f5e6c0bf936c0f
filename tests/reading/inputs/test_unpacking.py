"""Packed inputs: members of archives, compressed streams, and the limits that stop decompression bombs."""

from __future__ import annotations

import errno
import gzip
import io
import os
import pickle
import zipfile
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from visittally.errors import InputError, OutputError
from visittally.reading.inputs import unpacking
from visittally.reading.inputs.kinds import InputKind
from visittally.reading.inputs.source import ByteSource
from visittally.reading.inputs.unpacking import check_expansion, opened

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


@pytest.mark.parametrize(
    ("packed", "unpacked", "most", "stopped"),
    [
        (1, 1_000, None, False),  # anything may unpack to so much
        (1, 1_001, None, True),
        (3, 1_500, None, False),  # five hundred times as much
        (3, 1_501, None, True),
        (3, 1_400, 1_400, False),
        (3, 1_401, 1_400, True),
        (1_000, 401, 400, True),
    ],
)
def test_what_unpacks_to_more_than_a_table_would_is_stopped(monkeypatch, packed, unpacked, most, stopped):
    monkeypatch.setattr(unpacking, "UNSUSPICIOUS", 1_000)
    check = partial(check_expansion, "a.zip", packed, unpacked, most)

    if stopped:
        with pytest.raises(InputError, match=r"a.zip unpacks to unusually much"):
            check()
    else:
        check()


@pytest.mark.parametrize("suffix", ["gz", "zip"])
def test_a_packed_workbook_is_held_in_a_file_no_larger_than_allowed(tmp_path, monkeypatch, zipped, found, suffix):
    inner = zipped(tmp_path / "visits.xlsx", {"xl/workbook.xml": os.urandom(20_000)}).read_bytes()
    path = tmp_path / f"packed.{suffix}"
    if suffix == "gz":
        path.write_bytes(gzip.compress(inner))
    else:
        zipped(path, {"visits.xlsx": inner})

    (leaf,) = found(path)
    assert leaf[1] is InputKind.WORKBOOK
    assert leaf[0].plain
    assert Path(leaf[0].path).read_bytes() == inner
    monkeypatch.setattr(unpacking, "UNPACKED", len(inner) - 1)
    assert "unusually much" in found(path)[0]


def test_a_workbook_that_lies_there_plain_is_not_copied(tmp_path, zipped, found):
    path = zipped(tmp_path / "visits.xlsx", {"xl/workbook.xml": "<workbook/>"})

    assert [leaf[0].path for leaf in found(path)] == [str(path)]


def test_what_is_packed_twice_is_refused(tmp_path, found, zipped):
    (tmp_path / "a.gz").write_bytes(gzip.compress(gzip.compress(TEXT)))
    (tmp_path / "b.gz").write_bytes(gzip.compress(zipped(tmp_path / "b.zip", {"b.csv": TEXT}).read_bytes()))

    assert all("is packed twice" in found(tmp_path / name)[0] for name in ("a.gz", "b.gz"))


def test_a_member_that_is_no_table_does_not_cost_the_others(tmp_path, found, content, zipped):
    archive = zipped(
        tmp_path / "a.zip", {"a.csv": b"%PDF-1.7", "b.csv": TEXT, "c.csv": b"", "d.csv.gz": b"\x1f\x8b\x08"}
    )
    first, second, third, last = found(archive)

    assert first == f"{archive}/a.csv is a PDF document, not a table. Save the table as CSV or Excel."
    assert content(second) == TEXT
    assert "c.csv is empty" in third
    assert "d.csv.gz is damaged" in last


def test_members_are_found_by_their_suffix_and_others_named_only_when_alone(tmp_path, found, zipped):
    one = zipped(tmp_path / "one.zip", {"photo.png": b"\x89PNG", "~$b.xlsx": b"x"})
    two = zipped(tmp_path / "two.zip", {"a.TXT": TEXT, "b.pdf": b"%PDF", "c/": b""})

    assert "is a picture" in found(one)[0]
    assert [leaf[0].member for leaf in found(two)] == ["a.TXT"]


@pytest.mark.parametrize(
    ("written", "flagged", "read"),
    [
        ("走访.csv".encode(), False, "走访.csv"),  # UTF-8 without saying so
        ("走访.csv".encode("gb18030"), False, "走访.csv"),
        ("走访.csv".encode(), True, "走访.csv"),
        (b"visits.csv", False, "visits.csv"),
    ],
)
def test_names_of_members_are_readable_whoever_packed_them(tmp_path, found, zipped, written, flagged, read):
    archive = zipped(tmp_path / "a.zip", {"a" * len(written): TEXT})
    packed = bytearray(archive.read_bytes().replace(b"a" * len(written), written))
    for signature, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        packed[packed.index(signature) + offset] |= 8 * flagged
    archive.write_bytes(packed)

    assert [leaf[0].name for leaf in found(archive)] == [f"{archive}/{read}"]


def test_a_changed_archive_is_opened_anew(tmp_path, found, content, zipped):
    path = tmp_path / "a.zip"
    assert content(found(zipped(path, {"b.csv": TEXT}))[0]) == TEXT
    assert content(found(zipped(path, {"b.csv": TEXT * 2}))[0]) == TEXT * 2


def test_a_member_that_is_gone_and_an_archive_that_is_gone_are_named(tmp_path, zipped):
    path = str(zipped(tmp_path / "a.zip", {"b.csv": TEXT}))

    with pytest.raises(InputError, match=r"a.zip/c.csv is damaged"):
        opened(ByteSource("a.zip/c.csv", path, "zip", "c.csv"))
    with pytest.raises(InputError, match=r"gone.zip/b.csv does not exist"):
        opened(ByteSource("gone.zip/b.csv", str(tmp_path / "gone.zip"), "zip", "b.csv"))


def test_lines_may_end_late_and_what_is_packed_needs_none(monkeypatch, found):
    monkeypatch.setattr(unpacking, "_CHUNK", 1_000)
    monkeypatch.setattr(unpacking, "_UNENDED", 2_000)
    late = b"a," * 700

    assert found("-", stdin=io.BytesIO(late + b"\n" + late * 3))[0][1] is InputKind.TEXT
    assert found("-", stdin=io.BytesIO(late + b"\r" + late * 3))[0][1] is InputKind.TEXT
    assert found("-", stdin=io.BytesIO(late))[0][1] is InputKind.TEXT
    assert "has no line end" in found("-", stdin=io.BytesIO(late * 3))[0]
    packed = gzip.compress(bytes(range(14, 256)) * 40, 0, mtime=0)
    assert b"\n" not in packed[:2_000]
    assert found("-", stdin=io.BytesIO(packed))[0][1] is InputKind.TEXT


class _Full:
    """A stream whose copy does not fit on the disk, or that fails itself."""

    def __init__(self, number):
        self.number = number

    def read(self, _size):
        raise OSError(self.number, os.strerror(self.number))

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return None


@pytest.mark.parametrize(
    ("number", "error", "said"), [(errno.ENOSPC, OutputError, "TMPDIR"), (errno.EIO, InputError, "visits.csv")]
)
def test_a_full_disk_is_no_fault_of_the_input(tmp_path, monkeypatch, number, error, said):
    monkeypatch.setattr(unpacking, "_temporary_folder", lambda: str(tmp_path))

    with pytest.raises(error, match=said):
        unpacking.spooled(ByteSource("visits.csv", "-"), _Full(number))


def test_without_a_folder_for_temporary_files_the_input_is_not_said_to_be_missing(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "_temporary_folder", lambda: str(tmp_path / "nowhere"))

    with pytest.raises(OutputError, match="TMPDIR"):
        unpacking.spooled(ByteSource("standard input", "-"), io.BytesIO(TEXT))
