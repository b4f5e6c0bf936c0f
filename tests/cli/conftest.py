"""Shared by the tests of the command line: four records in a file."""

import pytest

VISITS = """
    village,issue,status,weight
    Ash,road,resolved,1
    Ash,water,open,2
    Birch,none,,1
    Birch,road,open,1
    """


@pytest.fixture
def visits(write):
    return write("visits.csv", VISITS)
