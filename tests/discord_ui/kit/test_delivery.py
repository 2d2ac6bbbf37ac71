"""What is logged if Discord refuses a reply."""

from __future__ import annotations

import pytest
from simcord import Env

from tests.support.world import World

PAGE = "<!doctype html>\n<html><title>Access denied</title>Error 1015: You are being rate limited</html>"


async def test_a_page_in_place_of_discords_answer_is_one_line(simcord_env: Env, caplog: pytest.LogCaptureFixture):
    """If Cloudflare bans the address, each failed reply is one log line, without its page or a traceback."""
    world = World.made_in(simcord_env)
    simcord_env.inject_error("POST", "/interactions/*/callback", status=429, message=PAGE, times=2)
    await world.mia.slash(world.channel, "browse")
    (error,) = (
        record for record in caplog.records if record.name == "bot.discord_ui.kit.delivery" and record.levelno > 20
    )
    assert "blocks this machine's address after too many requests (1015)" in error.getMessage()
    assert error.exc_info is None
    assert "<" not in "".join(record.getMessage() for record in caplog.records if record.name.startswith("bot."))
    with pytest.raises(ExceptionGroup):  # that it failed is no secret
        simcord_env.raise_errors()
