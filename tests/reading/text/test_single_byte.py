"""Texts of survey words in many languages are read as what they are, or as something that makes the same words."""

from __future__ import annotations

import random
import time
import tomllib
import unicodedata
from pathlib import Path

import pytest

from visittally.reading.inputs.source import ByteSource
from visittally.reading.text.encodings import find_encoding
from visittally.reading.text.single_byte import likely, rival, title

LANGUAGES = tomllib.loads((Path(__file__).parent / "languages.toml").read_text(encoding="utf-8"))
CASES = [(name, codec) for name, words in LANGUAGES.items() for codec in words["encodings"]]


def survey(words, records, seed, *, header):
    """A survey table in a language."""
    chance = random.Random(seed)
    lines = [["_id", "age", *header]]
    for number in range(records):
        answers = ", ".join(chance.sample(words["answers"], chance.randint(1, 2)))
        remark = chance.choice(["", "", "ok", chance.choice(words["answers"]) + " " + chance.choice(words["places"])])
        lines.append([str(number), str(chance.randint(18, 80)), chance.choice(words["places"]), f'"{answers}"', remark])
    return "".join(",".join(line) + "\r\n" for line in lines)


def written(text, codec):
    """The bytes of a text; Windows-1258 writes the tones of Vietnamese behind the letter, some letters it lacks."""
    if codec == "cp1258":
        text = "".join(map(_toned, text))
    return text.encode(codec, "ignore")


def _toned(letter):
    base, *marks = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"]
    return unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in tones)) + "".join(tones)


def source_of(folder, content):
    path = folder / "visits.csv"
    path.write_bytes(content)
    return ByteSource(str(path), str(path), size=len(content))


@pytest.mark.parametrize(("language", "codec"), CASES)
@pytest.mark.parametrize("records", [6, 120])
def test_words_of_a_language_come_back_from_the_encodings_that_it_is_written_in(tmp_path, language, codec, records):
    words = LANGUAGES[language]
    header = ["village", "issue", "note"] if records == 120 else words["header"]
    content = written(survey(words, records, records, header=header), codec)
    assert content.decode(find_encoding(source_of(tmp_path, content)).name) == content.decode(codec)


def test_where_two_encodings_are_as_likely_the_other_is_named():
    found = {"cp1252": 0.1, "iso8859-2": 0.099}
    sample = "Bêtou;Évry\n".encode("cp1252")
    assert rival(found, "cp1252", sample) == ("iso8859-2", "Bêtou", "Bętou")
    assert rival(found | {"iso8859-2": 0.05}, "cp1252", sample) == ("", "", "")
    assert rival({"cp1252": 0.1, "cp1254": 0.1}, "cp1252", sample) == ("", "", "")


@pytest.mark.parametrize("codec", ["cp1252", "mac-roman"])
def test_dashes_and_quotes_alone_belong_to_no_language(codec):
    assert next(iter(likely("Don’t know – “none”".encode(codec)))) == codec


def test_encodings_have_names_for_people():
    assert [title(name) for name in ("cp1250", "cp874", "cp850", "iso8859-2", "koi8-r", "mac-roman")] == [
        "Windows-1250",
        "Windows-874",
        "DOS 850",
        "ISO-8859-2",
        "KOI8-R",
        "Mac Roman",
    ]


@pytest.mark.parametrize("codec", ["gb18030", "cp1251", "cp1252"])
def test_the_search_takes_no_longer_than_a_cell_is_long(tmp_path, codec):
    letter = {"gb18030": "路", "cp1251": "ж", "cp1252": "é"}[codec]
    content = f"village,issue\n{letter},{letter}\n{'a' * 400_000}{letter},{letter * 400_000}\n".encode(codec)
    begun = time.process_time()
    find_encoding(source_of(tmp_path, content))
    assert time.process_time() - begun < 60  # a search that looks back takes hours
