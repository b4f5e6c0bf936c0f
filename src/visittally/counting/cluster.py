"""Counts partitions on an existing Dask cluster; the tables are the same as those of one machine, bit for bit."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from visittally.counting.counter import count_partition
from visittally.counting.tasks import Partial, Task, merge_partials
from visittally.errors import VisitTallyError
from visittally.messages import _
from visittally.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from distributed import Client

    from visittally.counting.tasks import Runner

FAN_IN = 8
"""Partials that are added in one step on a worker."""
RETRIES = 3
"""How often a partition is counted again when its worker is lost or fails."""
SCHEMES = frozenset({"tcp", "tls"})
"""How addresses of schedulers begin; other transports need libraries and machines that tables do not."""
_PATIENCE = "20s"
"""How long to wait for the scheduler."""
_SLOW = 60
"""How many seconds workers may take to load this package."""
_PORT = 8786
"""Where Dask schedulers listen."""


def runner_of(client: Client) -> Runner:
    """A runner that counts on the cluster of a Dask client.

    Lost workers' partitions are counted again by the others. Files must be readable under the same path or URL by all
    workers.
    """

    def run(tasks: Sequence[Task]) -> Iterable[Partial]:
        if not tasks:
            return []
        futures: list[Any] = client.map(count_partition, tasks, pure=False, retries=RETRIES)
        while len(futures) > 1:
            groups = [futures[i : i + FAN_IN] for i in range(0, len(futures), FAN_IN)]
            futures = [client.submit(merge_partials, group, pure=False, retries=RETRIES) for group in groups]
        return [futures[0].result()]

    return run


def _reach(address: str) -> None:
    """Try the address: a client that found nobody there complains on its own when the program ends.

    Raises:
        OSError: Nothing listens there.
        ValueError: It is no address.
    """
    from dask.utils import parse_timedelta
    from distributed.comm.addressing import parse_address, parse_host_port

    scheme, place = parse_address(address)
    if scheme not in SCHEMES:
        raise ValueError(address)
    socket.create_connection(parse_host_port(place, _PORT), timeout=parse_timedelta(_PATIENCE)).close()


def check_workers(client: Client) -> None:
    """Make sure that there are workers and that all count as this machine does.

    Raises:
        VisitTallyError: There is no worker, or one lacks this package, has another version of it, does not answer.
    """
    from dask.utils import parse_timedelta

    def installed() -> str:
        # A function in a function travels to the workers as it is: they may not have this module.
        from importlib import import_module

        try:
            return str(import_module("visittally").__version__)
        except ImportError:
            return ""

    try:
        client.wait_for_workers(1, timeout=parse_timedelta(_PATIENCE))
        versions = client.run(installed, callback_timeout=_SLOW)
    except TimeoutError:
        message = _("The cluster has no workers, or they do not answer. Start one with: dask worker ADDRESS")
        raise VisitTallyError(message) from None
    for worker, version in sorted(versions.items()):
        if version == "":
            message = _("The worker {worker} has no visittally. Install version {version} there.")
            raise VisitTallyError(message.format(worker=worker, version=__version__))
        if version != __version__:
            message = _("The worker {worker} has another visittally ({other}). Install version {version} there.")
            raise VisitTallyError(message.format(worker=worker, other=version, version=__version__))


@contextmanager
def connected(address: str) -> Iterator[Runner]:
    """Connect to the scheduler of a cluster.

    Args:
        address: Such as `tcp://10.0.0.1:8786`.

    Raises:
        VisitTallyError: Dask is not installed, nothing answers at the address, or its workers cannot count.
    """
    try:
        from distributed import Client
    except ImportError:
        message = _("--scheduler needs Dask: pip install 'visittally[cluster]'")
        raise VisitTallyError(message) from None
    try:
        _reach(address)
        client: Client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        message = _("No Dask scheduler answers at {address}. Start one with: dask scheduler")
        raise VisitTallyError(message.format(address=address)) from error
    with client:
        check_workers(client)
        try:
            yield runner_of(client)
        except Exception as error:
            from distributed.scheduler import KilledWorker

            if not isinstance(error, KilledWorker):
                raise
            message = _("The cluster at {address} lost its workers while it was counting; start it again.")
            raise VisitTallyError(message.format(address=address)) from error
