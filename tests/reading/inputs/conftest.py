"""What inputs hold, once unpacked."""

from __future__ import annotations

import zipfile

import pytest

from visittally.errors import InputError
from visittally.reading.inputs.expanding import expand
from visittally.reading.inputs.unpacking import leaves, opened


def _found(*paths, stdin=None):
    """Every leaf of the inputs, errors as their sentences."""
    inputs = expand([str(path) for path in paths], stdin)
    nested = [[one] if isinstance(one, InputError) else list(leaves(one)) for one in inputs]
    return [str(leaf) if isinstance(leaf, InputError) else leaf for group in nested for leaf in group]


def _content(leaf):
    with opened(leaf[0]) as file:
        return file.read()


def _failure(path):
    """Why the only leaf cannot be read to its end."""
    (leaf,) = _found(path)
    if isinstance(leaf, str):
        return leaf
    with pytest.raises(InputError) as error:
        _content(leaf)
    return str(error.value)


def _zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


@pytest.fixture(scope="session")
def found():
    """Find every leaf of inputs, errors as their sentences."""
    return _found


@pytest.fixture(scope="session")
def content():
    """Read all bytes of a leaf."""
    return _content


@pytest.fixture(scope="session")
def failure():
    """Say why the only leaf of an input cannot be read to its end."""
    return _failure


@pytest.fixture(scope="session")
def zipped():
    """Pack texts into an archive."""
    return _zipped
