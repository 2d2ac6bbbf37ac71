"""A Discord that says nothing is not waited for; a slow line is waited for as long as it moves."""

from __future__ import annotations

import asyncio
import io
import socket

import aiohttp
import pytest

from bot.discord_ui.kit.silence import TIMEOUT, connector

# Seconds of silence, bytes, and bytes a second: as over a slow line, only faster.
SECONDS, FILE, SPEED = 0.5, 2_000_000, 1_000_000


@pytest.fixture
def listening() -> socket.socket:
    """A port that takes little at once: the line is slow, not who reads at its end."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32_768)
    made.bind(("127.0.0.1", 0))
    return made


async def sent(listening: socket.socket, *, responds: bool = True) -> bytes:
    """The response to a file that is sent over such a line."""

    async def read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        got = 0
        while responds and got < FILE:
            got += len(await reader.read(SPEED // 50))
            await asyncio.sleep(0.02)
        if responds:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        else:
            await reader.read()  # until the other side ends it
        writer.close()
        await writer.wait_closed()

    timeout = aiohttp.ClientTimeout(sock_connect=TIMEOUT.sock_connect, sock_read=SECONDS)
    server = await asyncio.start_server(read, sock=listening, limit=32_768)
    form = aiohttp.FormData()
    form.add_field("file", io.BytesIO(bytes(FILE if responds else 1)), filename="lessons.zip")
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    try:
        async with (
            aiohttp.ClientSession(connector=connector(), timeout=timeout) as session,
            session.post(address, data=form) as response,
        ):
            return await response.read()
    finally:
        server.close()
        await asyncio.sleep(0.05)  # until its connection is closed, too


async def test_a_large_file_over_a_slow_line_arrives(listening: socket.socket):
    """It takes four times as long as Discord may be silent."""
    assert await sent(listening) == b"{}"


async def test_a_silent_discord_is_not_waited_for(listening: socket.socket):
    """What was sent gets no response."""
    with pytest.raises(aiohttp.SocketTimeoutError):
        await sent(listening, responds=False)
