"""What a page is made of."""

from visittally.render.pages.blocks import Entry, PageHeading, PageParagraph, PageRows, Verbatim, blocks

PAGE = r"""# Title
A paragraph
in two lines.

- one
  and more
- two
1. first

```sh
visittally *.csv

# no heading
```

| a | b |
|---|---|
| `x\|y` | z |
"""


def test_each_kind_of_block_is_found():
    assert blocks(PAGE) == [
        PageHeading(1, "Title"),
        PageParagraph("A paragraph in two lines."),
        Entry("-", "one and more"),
        Entry("-", "two"),
        Entry("1.", "first"),
        Verbatim(("visittally *.csv", "", "# no heading")),
        PageRows(("a", "b"), (("`x|y`", "z"),)),
    ]


def test_comments_are_for_those_who_write():
    assert blocks("<!-- not\nshown -->\ntext") == [PageParagraph("text")]


def test_chinese_lines_are_joined_without_a_space():
    assert blocks("按村，\n按问题\nby village") == [PageParagraph("按村，按问题 by village")]
