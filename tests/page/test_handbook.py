"""The guide as pages of the browser."""

import pytest

from visittally.guidebook import TOPICS
from visittally.page import handbook
from visittally.page.handbook import chapter, contents, inline

PAGE = """\
# Speed & <more>

It is `quick`.

- one
- two `<b>`

1. first
2. second

End.

## Below

```
$ visittally "a" < b
  next
```

| Name | What |
|---|---|
| `a` | **b** |
"""
HEAD = '<thead><tr><th scope="col">Name</th><th scope="col">What</th></tr></thead>'
BODY = "<tbody><tr><td><code>a</code></td><td><strong>b</strong></td></tr></tbody>"


def shown(monkeypatch, text):
    monkeypatch.setattr(handbook, "page", lambda _topic, _language: text)
    return str(chapter("own", "en")).splitlines()


def test_each_block_stands_in_its_element(monkeypatch):
    assert shown(monkeypatch, PAGE) == [
        "<h2>Speed &amp; &lt;more&gt;</h2>",
        "<p>It is <code>quick</code>.</p>",
        *("<ul>", "<li>one</li>", "<li>two <code>&lt;b&gt;</code></li>", "</ul>"),
        *("<ol>", "<li>first</li>", "<li>second</li>", "</ol>"),
        "<p>End.</p>",
        "<h3>Below</h3>",
        '<pre tabindex="0"><code>$ visittally &#34;a&#34; &lt; b',
        "  next</code></pre>",
        '<div class="wide" tabindex="0"><table>' + HEAD + BODY + "</table></div>",
    ]


def test_a_list_at_the_end_is_closed(monkeypatch):
    assert shown(monkeypatch, "Text.\n\n- one\n") == ["<p>Text.</p>", "<ul>", "<li>one</li>", "</ul>"]


def test_a_table_without_headings_has_none(monkeypatch):
    (line,) = shown(monkeypatch, "|  |  |\n|---|---|\n| a | b |\n")

    assert "thead" not in line
    assert "<tbody><tr><td>a</td><td>b</td></tr></tbody>" in line


def test_headings_are_no_smaller_than_there_are(monkeypatch):
    assert shown(monkeypatch, "###### Small\n") == ["<h6>Small</h6>"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("`**a**`", "<code>**a**</code>"),
        ("**all `of` it**", "<strong>all <code>of</code> it</strong>"),
        ("see [the <guide>](x.md), then", "see the &lt;guide&gt;, then"),
        ("[a](javascript:x) end", "a end"),
        ("2 ** 3", "2 ** 3"),
        ("", ""),
    ],
)
def test_signs_of_emphasis_are_elements_and_all_else_is_text(text, html):
    assert str(inline(text)) == html


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_has_a_title_and_begins_with_it(language):
    listed = contents(language)

    assert [topic for topic, _title in listed] == list(TOPICS)
    for topic, title in listed:
        assert str(chapter(topic, language)).startswith(f"<h2>{inline(title)}</h2>")
