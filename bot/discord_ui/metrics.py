"""Serves figures for Prometheus, and whether the bot lives and is ready, if `METRICS` is set."""

from __future__ import annotations

import asyncio
import errno
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.counting import counts
from bot.discord_ui.client import LessonBot
from bot.errors import UserError
from bot.installation import pip_install

if TYPE_CHECKING:
    from prometheus_client import Metric


LAG_EVERY = 0.5  # seconds between two looks at how late the event loop is

Bot = Callable[[], LessonBot | None]


@asynccontextmanager
async def metrics_at(host: str, port: int, bot: Bot, is_ready: Callable[[], bool]) -> AsyncIterator[int]:
    """Serve `/metrics`, `/healthz` and `/readyz` there until the block ends; gives the port.

    Raises `UserError`: the extra is missing, or the address cannot be used.
    """
    try:
        from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
    except ImportError:
        raise UserError(f"METRICS needs one more package: {pip_install('metrics')}") from None
    from aiohttp import web

    registry = CollectorRegistry()
    registry.register(MetricsCollector(bot, is_ready))
    ProcessCollector(registry=registry)

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=generate_latest(registry), headers={"Content-Type": "text/plain; version=0.0.4"})

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(_: web.Request) -> web.Response:
        ready = is_ready()
        text = "ready\n" if ready else "not connected to Discord\n"
        return web.Response(text=text, status=200 if ready else 503)

    app = web.Application()
    app.add_routes([web.get("/metrics", metrics), web.get("/healthz", healthz), web.get("/readyz", readyz)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except (OSError, UnicodeError) as error:
            raise UserError(
                f"METRICS {address(host, port)} cannot be used: {_why(error)}. Set another address, or none"
            ) from error
        watching = asyncio.create_task(_watch_the_loop())
        try:
            yield runner.addresses[0][1]
        finally:
            watching.cancel()
    finally:
        await runner.cleanup()


def _why(error: OSError | UnicodeError) -> object:
    """Why, without the address and more that asyncio puts into the text of the error."""
    if isinstance(error, UnicodeError):  # such as "bots..example", which is not even looked up
        return "No host can have this name"
    number = error.errno or 0
    return os.strerror(number) if number in errno.errorcode else error.strerror or error


def address(host: str, port: int) -> str:
    """The address as it stands in a URL."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class MetricsCollector:
    """Reads the counts whenever Prometheus asks."""

    def __init__(self, bot: Bot, is_ready: Callable[[], bool]) -> None:
        self._bot = bot
        self._is_ready = is_ready

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        for name, about, label, counted in (
            ("questions", "Questions, by the reply they got", "reply", counts.questions),
            ("presses", "Presses of buttons and menus, by their kind", "kind", counts.presses),
            ("deliveries", "Reminders and notifications, by what became of them", "outcome", counts.deliveries),
        ):
            family = CounterMetricFamily(f"lessonbot_{name}", about, labels=[label])
            for value, count in counted.copy().items():
                family.add_metric([value], count)
            yield family
        for name, about, number in (
            ("dropped", "Commands, presses and forms that waited too long for an answer", counts.dropped),
            ("connections", "Connections to Discord's gateway, begun or resumed", counts.connections),
            ("disconnects", "Lost connections to Discord's gateway", counts.disconnects),
            ("database_errors", "Errors of the database", counts.database_errors),
        ):
            yield CounterMetricFamily(f"lessonbot_{name}", about, value=number)
        answers = HistogramMetricFamily(
            "lessonbot_answer_seconds", "Time from an event to its answer", labels=["kind"]
        )
        for kind, histogram in counts.answers.copy().items():
            answers.add_metric([kind], [*histogram.buckets()], histogram.total)
        yield answers
        lags = HistogramMetricFamily("lessonbot_event_loop_lag_seconds", "How late the event loop was")
        lags.add_metric([], [*counts.lags.buckets()], counts.lags.total)
        yield lags
        bot = self._bot()
        # discord.py says "not a number" before the first heartbeat, and infinity without a connection.
        yield GaugeMetricFamily(
            "lessonbot_gateway_latency_seconds",
            "Time of a heartbeat to Discord's gateway and back",
            value=bot.latency if bot else float("nan"),
        )
        yield GaugeMetricFamily(
            "lessonbot_servers", "Servers that the bot is in", value=len(bot.guilds) if bot else 0
        )
        yield GaugeMetricFamily(
            "lessonbot_ready", "1 if the bot is connected to Discord", value=int(self._is_ready())
        )
        age = time.monotonic() - counts.indexed
        yield GaugeMetricFamily("lessonbot_index_age_seconds", "Time since lessons were last indexed", value=age)


async def _watch_the_loop() -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + LAG_EVERY
        await asyncio.sleep(LAG_EVERY)
        counts.lags.observe(max(0.0, loop.time() - due))
