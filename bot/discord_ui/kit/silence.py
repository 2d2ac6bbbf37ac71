"""How long a request waits for a Discord that says nothing: aiohttp waits for five minutes.

Meanwhile, each event would take a socket and memory, until there are no more of them.
"""

from __future__ import annotations

import aiohttp

# Seconds until Discord accepts a connection, and until it responds to what was sent. A large file may take longer.
TIMEOUT = aiohttp.ClientTimeout(sock_connect=10.0, sock_read=10.0)


class Impatient:
    """A session whose requests wait no longer than that."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    def request(self, *args: object, **named: object) -> object:
        """See aiohttp."""
        return self._session.request(*args, timeout=TIMEOUT, **named)  # type: ignore[arg-type]  # as it was called
