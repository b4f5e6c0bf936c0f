"""Delimited text: encoding, dialect, a fast and a careful reader that agree cell by cell."""
