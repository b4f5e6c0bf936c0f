"""Keeps pytest from importing the benchmarks: they are scripts, run by hand."""

collect_ignore_glob = ["*.py"]
