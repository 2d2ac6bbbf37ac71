"""An operator watches the bot with Prometheus, and sees no question and no member."""

from __future__ import annotations

import json
import re
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.discord_ui.heartbeat import is_ready_at
from bot.discord_ui.metrics import metrics_at
from bot.errors import UserError
from bot.settings import load_settings
from tests.support.world import World

DASHBOARD = Path(__file__).parents[2] / ".github" / "grafana.json"
HOST = "127.0.0.1"


class Watched:
    """The bot of a world with its metrics."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.is_ready = True

    async def get(self, path: str) -> tuple[int, str]:
        url = f"http://{HOST}:{self.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status, await answer.text()

    async def figures(self) -> dict[str, float]:
        _, text = await self.get("/metrics")
        lines = [line.rpartition(" ") for line in text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, _, value in lines}


@pytest.fixture
async def watched(world: World) -> AsyncIterator[Watched]:
    made = Watched(0)
    async with metrics_at(HOST, 0, lambda: world.bot, lambda: made.is_ready) as port:
        made.port = port
        yield made


async def test_what_happens_is_counted_without_whom_and_what(world: World, watched: Watched):
    """Each question by its reply, each press by its kind, each answer by its time."""
    before = await watched.figures()
    shown = await world.mia.slash(world.channel, "ask", question="what is a virtual environment")
    await world.ask("who won the chess world cup")
    assert shown.response
    await world.mia.click(shown.response, label="That helped")
    after = await watched.figures()

    def more(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert more('lessonbot_questions_total{reply="answer"}') == 1
    assert more('lessonbot_questions_total{reply="unknown"}') == 1
    assert more('lessonbot_presses_total{kind="Helped"}') == 1
    for kind in ("command", "message", "press"):
        assert more(f'lessonbot_answer_seconds_count{{kind="{kind}"}}') == 1
    assert after["lessonbot_ready"] == after["lessonbot_servers"] == 1
    assert after["lessonbot_index_age_seconds"] >= 0
    _, text = await watched.get("/metrics")
    for private in ("environment", "chess", "mia", str(world.mia.id), str(world.server.id)):
        assert private not in text


async def test_the_dashboard_shows_what_is_there(world: World, watched: Watched):
    """Each figure of the dashboard is one that the bot serves."""
    await world.ask("what is a virtual environment")
    _, text = await watched.get("/metrics")
    served = {*re.findall(r"^# TYPE (\S+)", text, re.MULTILINE)}
    board = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    wanted = [each["expr"] for panel in board["panels"] for each in panel["targets"]]
    names = {name for each in wanted for name in re.findall(r"(?:lessonbot|process)_\w+", each)}
    assert names
    assert {name for name in names if name not in served and name.removesuffix("_bucket") not in served} == set()


async def test_a_health_check_learns_whether_it_is_connected(watched: Watched):
    """`/healthz` says that it runs, `/readyz` whether it is connected, which Docker's health check asks."""
    assert (await watched.get("/healthz"))[0] == 200
    assert await watched.get("/readyz") == (200, "ready\n")
    watched.is_ready = False
    assert await watched.get("/readyz") == (503, "not connected to Discord\n")
    assert (await watched.get("/healthz"))[0] == 200
    assert (await watched.figures())["lessonbot_ready"] == 0


async def test_nothing_answers_where_no_bot_runs():
    """The health check fails at once."""
    assert not is_ready_at(HOST, 1)


async def test_a_port_that_is_taken_is_said_in_one_line(watched: Watched, monkeypatch: pytest.MonkeyPatch):
    """The operator reads which setting to change."""
    look_up = socket.getaddrinfo

    def unknown(host: str | bytes | None, *rest: Any, **more: Any) -> Any:
        if host == "nowhere.invalid":  # which would be asked of a name server
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    for host, port, said in (
        (HOST, watched.port, f"METRICS {HOST}:{watched.port} cannot be used: Address already in use. Set another"),
        ("::2", 9, r"METRICS \[::2\]:9 cannot be used: [A-Z][^:()]+\. Set another"),
        ("nowhere.invalid", 9, "METRICS nowhere.invalid:9 cannot be used: Name or service not known. Set another"),
        ("bots..example", 9, "METRICS bots..example:9 cannot be used: No host can have this name. Set another"),
    ):
        with pytest.raises(UserError, match=said):
            async with metrics_at(host, port, lambda: None, lambda: False):
                pass


async def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch):
    """With what installs it."""
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(UserError, match=r"-m pip install .*\[metrics\]'"):
        async with metrics_at(HOST, 0, lambda: None, lambda: False):
            pass


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", None),
        ("9100", (HOST, 9100)),
        (":9100", (HOST, 9100)),
        ("0.0.0.0:9100", ("0.0.0.0", 9100)),
        ("bots.example:80", ("bots.example", 80)),
        ("[::1]:9100", ("::1", 9100)),
    ],
)
def test_only_this_machine_reaches_it_unless_a_host_is_given(tmp_path: Path, written: str, meant: object):
    """Off by default."""
    assert load_settings({"METRICS": written}, tmp_path / ".env").metrics_at == meant
