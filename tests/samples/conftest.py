"""Keeps pytest from importing what makes the samples: it is run as one program, `python tests/samples`."""

collect_ignore_glob = ["*.py"]
