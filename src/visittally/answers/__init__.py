"""Raw values become meanings: ticks, joined cells, option columns, issues; each distinct value is read once."""
