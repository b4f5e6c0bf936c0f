"""What a page is made of."""

from visittally.render.pages.blocks import Entry, Heading, Paragraph, Rows, Verbatim, blocks

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
        Heading(1, "Title"),
        Paragraph("A paragraph in two lines."),
        Entry("-", "one and more"),
        Entry("-", "two"),
        Entry("1.", "first"),
        Verbatim(("visittally *.csv", "", "# no heading")),
        Rows(("a", "b"), (("`x|y`", "z"),)),
    ]


def test_comments_are_for_those_who_write():
    assert blocks("<!-- not\nshown -->\ntext") == [Paragraph("text")]


def test_chinese_lines_are_joined_without_a_space():
    assert blocks("按村，\n按问题\nby village") == [Paragraph("按村，按问题 by village")]
