"""Paths, archives and addresses become sources of bytes: open, unpack, tell what it is."""
