"""Paths, folders, archives and pipes, and what they must not be."""

import gzip
import io
import os
import pickle
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from visittally.errors import InputError
from visittally.reading import open_sources
from visittally.reading.inputs import unpacking
from visittally.reading.inputs.addresses import _Remote
from visittally.reading.inputs.expanding import expand
from visittally.reading.inputs.kinds import InputKind
from visittally.reading.inputs.source import ByteSource, ReadingOptions
from visittally.reading.inputs.unpacking import leaves, opened

TEXT = b"village,issue\nElm,road\nOak,water\n"


def found(*paths, stdin=None):
    """Every leaf of the inputs, errors as their sentences."""
    inputs = expand([str(path) for path in paths], stdin)
    nested = [[one] if isinstance(one, InputError) else list(leaves(one)) for one in inputs]
    return [str(leaf) if isinstance(leaf, InputError) else leaf for group in nested for leaf in group]


def content(leaf):
    with opened(leaf[0]) as file:
        return file.read()


def failure(path):
    """Why the only leaf cannot be read to its end."""
    (leaf,) = found(path)
    if isinstance(leaf, str):
        return leaf
    with pytest.raises(InputError) as error:
        content(leaf)
    return str(error.value)


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_a_plain_file_is_read_as_it_is(tmp_path):
    (tmp_path / "visits.csv").write_bytes(TEXT)
    (leaf,) = found(tmp_path / "visits.csv")
    assert content(leaf) == TEXT
    assert leaf[0].plain
    assert leaf[0].size == len(TEXT)
    assert leaf[1] is InputKind.TEXT


def test_what_a_file_is_does_not_depend_on_its_suffix(tmp_path):
    (tmp_path / "visits.txt").write_bytes(gzip.compress(TEXT))
    (leaf,) = found(tmp_path / "visits.txt")
    assert content(leaf) == TEXT


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(TEXT), gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:])],
    ids=["one", "several"],  # the bytes hold the time
)
def test_gzip_of_one_or_several_parts_is_unpacked(tmp_path, packed):
    (tmp_path / "visits.csv.gz").write_bytes(packed)
    (leaf,) = found(tmp_path / "visits.csv.gz")
    assert content(leaf) == TEXT
    assert not leaf[0].plain


@pytest.mark.parametrize("parts", [[TEXT], [TEXT[:9], TEXT[9:]]])
def test_zstd_of_one_or_several_frames_is_unpacked(tmp_path, parts):
    frames = (pa.compress(part, codec="zstd", asbytes=True) for part in parts)
    (tmp_path / "visits.csv.zst").write_bytes(b"".join(frames))
    (leaf,) = found(tmp_path / "visits.csv.zst")
    assert content(leaf) == TEXT


def test_a_source_can_be_pickled_and_opened_twice(tmp_path):
    (leaf,) = found(zipped(tmp_path / "a.zip", {"b.csv": TEXT}))
    again = pickle.loads(pickle.dumps(leaf[0]))
    assert again == leaf[0]
    assert opened(again).read() == opened(again).read() == TEXT


def test_each_table_of_an_archive_is_an_input_and_hidden_members_are_not(tmp_path):
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


def test_the_only_member_is_read_whatever_its_name(tmp_path):
    (leaf,) = found(zipped(tmp_path / "a.zip", {"export": TEXT}))
    assert content(leaf) == TEXT


def test_names_of_members_in_gbk_are_readable(tmp_path):
    archive = zipped(tmp_path / "a.zip", {"AAAA.csv": TEXT})
    packed = archive.read_bytes().replace(b"AAAA.csv", "走访".encode("gbk") + b".csv")
    archive.write_bytes(packed)
    (leaf,) = found(archive)
    assert leaf[0].name.endswith("/走访.csv")
    assert content(leaf) == TEXT


def test_an_archive_without_tables_is_refused_by_name(tmp_path):
    archive = zipped(tmp_path / "photos.zip", {"a.png": b"1", "b.png": b"2"})
    assert "photos.zip holds no table" in found(archive)[0]


def test_an_archive_in_an_archive_is_refused(tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"b.csv": TEXT}).read_bytes()
    assert "archive inside an archive" in found(zipped(tmp_path / "outer.zip", {"inner.zip": inner}))[0]


def test_a_compressed_member_is_unpacked_too(tmp_path):
    (leaf,) = found(zipped(tmp_path / "a.zip", {"b.csv.gz": gzip.compress(TEXT)}))
    assert leaf[0].name.endswith("a.zip/b.csv.gz")
    assert content(leaf) == TEXT


def test_an_archive_with_a_password_says_so(tmp_path):
    archive = zipped(tmp_path / "a.zip", {"b.csv": TEXT})
    packed = bytearray(archive.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(signature) + offset] |= 1
    archive.write_bytes(packed)
    assert "protected by a password" in found(archive)[0]


@pytest.mark.parametrize("suffix", ["gz", "zst", "zip"])
@pytest.mark.parametrize("harm", ["cut", "changed"])
def test_a_damaged_packed_file_is_named_in_a_sentence(tmp_path, suffix, harm):
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


def test_a_folder_stands_for_its_tables_in_order(tmp_path):
    for name in ("b.csv", "a.CSV", ".hidden.csv", "~$open.xlsx", "readme.pdf", "sub.csv/c.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(TEXT)
    assert [Path(leaf[0].name).name for leaf in found(tmp_path)] == ["a.CSV", "b.csv"]


def test_a_folder_without_tables_is_named(tmp_path):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "notes.md").write_text("nothing")
    assert "bare holds no table" in found(tmp_path / "bare")[0]


def test_standard_input_may_be_packed_and_is_read_as_often_as_needed():
    (leaf,) = found("-", stdin=io.BytesIO(gzip.compress(TEXT)))
    assert leaf[0].name == "standard input"
    assert content(leaf) == content(leaf) == TEXT


def test_a_named_pipe_is_read_like_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    if not os.fork():
        (tmp_path / "pipe").write_bytes(TEXT)
        os._exit(0)
    (leaf,) = found(tmp_path / "pipe")
    os.wait()
    assert content(leaf) == TEXT


def test_missing_and_empty_files_are_sentences_without_numbers_or_class_names(tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    missing, empty = found(tmp_path / "missing.csv", tmp_path / "empty.csv")
    assert missing == f"{tmp_path}/missing.csv does not exist. Check the spelling and the folder."
    assert empty == f"{tmp_path}/empty.csv is empty (0 bytes). Export the table again."


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_says_so(tmp_path):
    (tmp_path / "secret.csv").write_bytes(TEXT)
    (tmp_path / "secret.csv").chmod(0)
    assert "no permission" in found(tmp_path / "secret.csv")[0]


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"%PDF-1.7\n", "is a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"\xff\xd8\xff\xe0", "is a picture"),
        (b'<?xml version="1.0"?><records/>', "is an XML file"),
        (b"\x00\x01\x00\x00Standard ACE DB\x00", "is an Access database"),
        (b"SQLite format 3\x00", "is an SQLite database"),
        (b"7z\xbc\xaf\x27\x1c\x00", "is a packed archive"),
        (b"{\\rtf1 text}", "is a text document"),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(tmp_path, start, said):
    (tmp_path / "visits.xls").write_bytes(start + b" " * 600)
    (sentence,) = found(tmp_path / "visits.xls")
    assert said in sentence
    assert sentence.count(". ") == 1


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"word/document.xml": b""}, "is a Word document, not a table. Save the table as CSV or Excel."),
        ({"ppt/presentation.xml": b""}, "is a presentation"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}, "is a Word document"),
        ({"Index/Document.iwa": b""}, "is an Apple Numbers document"),
    ],
)
def test_office_documents_are_told_apart(tmp_path, members, said):
    assert said in found(zipped(tmp_path / "minutes.docx", members))[0]


@pytest.mark.parametrize("text", [b"[a],{b}\n1,2\n", b"<5,>5\n1,2\n", b"#village\nElm\n", b"{\n"])
def test_text_that_only_begins_like_markup_is_a_table(tmp_path, text):
    (tmp_path / "odd.csv").write_bytes(text)
    assert found(tmp_path / "odd.csv")[0][1] is InputKind.TEXT


def test_a_bomb_is_stopped_while_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "UNSUSPICIOUS", 1 << 20)
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress(bytes(8 << 20)))
    assert "bomb.csv.gz unpacks to unusually much" in failure(tmp_path / "bomb.csv.gz")


def test_a_bomb_in_an_archive_is_stopped_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "UNSUSPICIOUS", 1 << 20)
    archive = zipped(tmp_path / "bomb.zip", {"b.csv": bytes(8 << 20)})
    assert "unusually much" in found(archive)[0]


def test_tables_that_pack_well_are_no_bombs(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacking, "UNSUSPICIOUS", 1 << 16)
    text = b"".join(b"%d,Elm,road,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0\n" % i for i in range(20_000))
    (tmp_path / "visits.csv.gz").write_bytes(gzip.compress(text))
    (leaf,) = found(tmp_path / "visits.csv.gz")
    assert content(leaf) == text


def test_all_files_that_cannot_be_read_are_named_at_once(tmp_path):
    (tmp_path / "minutes.pdf").write_bytes(b"%PDF-1.4 ")
    with pytest.raises(InputError) as error:
        open_sources([str(tmp_path / "missing.csv"), str(tmp_path / "minutes.pdf")], ReadingOptions())
    assert [line.rpartition("/")[2].split(" ")[0] for line in str(error.value).splitlines()] == [
        "missing.csv",
        "minutes.pdf",
    ]


def test_repeated_groups_in_an_archive_are_no_visits_unless_named_alone(tmp_path):
    member = b"name,age,PARENT_KEY,KEY\nAnn,31,uuid:1,uuid:1/members[1]\nBob,35,uuid:1,uuid:1/members[2]\n"
    visits = b"village,issue,KEY\nElm,road,uuid:1\nOak,water,uuid:2\n"
    archive = zipped(tmp_path / "form.zip", {"form-members.csv": member, "form.csv": visits})
    (source,) = open_sources([str(archive)], ReadingOptions())
    assert source.header == ("village", "issue", "KEY")
    assert [notice.code for notice in source.notices] == ["repeats_left_out"]
    assert "form.zip/form-members.csv" in source.notices[0].message
    (tmp_path / "form-members.csv").write_bytes(member)
    (alone,) = open_sources([str(tmp_path / "form-members.csv")], ReadingOptions())
    assert alone.header[0] == "name"


def test_a_folder_of_several_kinds_of_files_is_read_as_one_survey(tmp_path):
    (tmp_path / "a.csv").write_bytes(TEXT)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(TEXT))
    pq.write_table(pa.table({"village": ["Ash"], "issue": ["road"]}), tmp_path / "c.parquet")
    sources = open_sources([str(tmp_path)], ReadingOptions())
    assert [Path(source.file).name for source in sources] == ["a.csv", "b.csv.gz", "c.parquet"]
    assert {source.header for source in sources} == {("village", "issue")}
    assert [len(source.sample()) for source in sources] == [2, 2, 1]


def test_an_address_needs_more_software_or_names_what_is_wrong():
    with pytest.raises(InputError, match=r"nosuch://bucket/visits\.csv"):
        open_sources(["nosuch://bucket/visits.csv"], ReadingOptions())


@pytest.mark.parametrize("name", ["visits.csv", "visits.csv.gz", "visits.zip"])
def test_addresses_are_read_like_files(tmp_path, name):
    fsspec = pytest.importorskip("fsspec")
    packed = {"visits.csv": TEXT, "visits.csv.gz": gzip.compress(TEXT)}
    content_there = packed.get(name) or zipped(tmp_path / name, {"b.csv": TEXT}).read_bytes()
    with fsspec.open(f"memory://survey/{name}", "wb") as file:
        file.write(content_there)
    (leaf,) = found(f"memory://survey/{name}")
    assert content(leaf) == TEXT
    assert not leaf[0].plain


def test_nothing_at_an_address_is_said():
    pytest.importorskip("fsspec")
    assert found("memory://survey/none.csv") == ["memory://survey/none.csv does not exist. Check the address."]


def test_an_address_that_fails_while_it_is_read_is_said():
    class Failing(io.BytesIO):
        def read1(self, _size=-1):
            raise TimeoutError("no answer")

    with pytest.raises(InputError, match=r"far://visits.csv cannot be reached \(no answer\)"):
        _Remote("far://visits.csv", Failing()).read()


def test_a_source_that_vanished_is_said_not_to_exist(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        opened(ByteSource("gone.csv", str(tmp_path / "gone.csv")))


def test_a_device_is_no_file():
    (said,) = found("/dev/zero")
    assert "is a device and no file" in said


def test_a_link_in_a_folder_that_leads_nowhere_is_named(tmp_path):
    (tmp_path / "visits.csv").write_bytes(TEXT)
    (tmp_path / "lost.csv").symlink_to(tmp_path / "nowhere.csv")
    assert any("lost.csv is a link to a file that does not exist" in str(leaf) for leaf in found(tmp_path))


def test_a_stream_without_line_ends_is_not_waited_for(monkeypatch):
    class Endless(io.RawIOBase):
        def read(self, size=-1):
            return b"a" * size

    monkeypatch.setattr(unpacking, "_UNENDED", 4 << 20)
    (said,) = found("-", stdin=Endless())
    assert "has no line end" in said


def test_the_members_of_an_archive_are_found_with_one_reading_of_its_directory(tmp_path, monkeypatch):
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
