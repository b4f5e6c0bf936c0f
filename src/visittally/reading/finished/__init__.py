"""Finished tables and sentences: what people hand round as circulars, reports and tables, row by row as it stands."""
