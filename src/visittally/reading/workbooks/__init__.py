"""Workbooks: sheets, merged cells, tables in them."""
