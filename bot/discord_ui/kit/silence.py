"""How long a request waits for a Discord that says nothing: aiohttp waits for five minutes.

Meanwhile, each event would take a socket and memory, until there are no more of them. Sending a large file over a
slow line is no silence, however long it takes.
"""

from __future__ import annotations

import socket

import aiohttp
from aiohttp.connector import AddrInfoType

# Seconds until Discord accepts a connection, and until it responds to what was sent.
TIMEOUT = aiohttp.ClientTimeout(sock_connect=10.0, sock_read=10.0)
# Bytes that the system takes to send later. aiohttp counts them as sent: by default, these are megabytes.
SENT_LATER = 65_536


def connector() -> aiohttp.TCPConnector:
    """Makes connections on which the seconds until a response begin when nearly all is sent."""
    return aiohttp.TCPConnector(limit=0, socket_factory=_sending_little_later)


def _sending_little_later(address: AddrInfoType) -> socket.socket:
    family, kind, protocol, *_ = address
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENT_LATER)
    return made


class Impatient:
    """A session whose requests wait no longer than that."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    def request(self, *args: object, **named: object) -> object:
        """See aiohttp."""
        return self._session.request(*args, timeout=TIMEOUT, **named)  # type: ignore[arg-type]  # as it was called
