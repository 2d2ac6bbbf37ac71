"""The log contains no tokens, and other text unchanged."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import logging
import re
import sys
import threading
import warnings
from datetime import datetime

import pytest

from bot.discord_ui.kit.requests import answered, begin_request
from bot.discord_ui.redaction import Redacting, RedactingJson, log_to, logging_the_end, redact
from bot.errors import UserError

BOT = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789ab"
OLD_BOT = "NTk2ODc2NDM4NzI3NzQ1NTM2.XRf4Lg.abcdefghijklmnopqrstuvwxyz-"
INTERACTION = "aW50ZXJhY3Rpb246MTE0MjM0NTY3ODkwMTIzNDU2Nzg5OkFiQ2RFZkdo"


def logged(
    message: object,
    *args: object,
    secrets: tuple[str, ...] = (),
    formatter: type[Redacting] = Redacting,
    **more: object,
) -> str:
    """What a log with this bot's formatter says of it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter(*secrets))
    record = logging.LogRecord("discord.http", logging.DEBUG, __file__, 1, message, args, more.get("exc_info"))  # type: ignore[arg-type]
    handler.emit(record)
    return written.getvalue()


@pytest.mark.parametrize(
    ("message", "args", "secret"),
    [
        (f"logging in with {BOT}", (), BOT),
        ("logging in with %s", (OLD_BOT,), OLD_BOT),
        ("%r", ({"Authorization": f"Bot {BOT}"},), BOT),
        ("%s", (json.dumps({"op": 2, "d": {"token": BOT}}, separators=(",", ":")),), BOT),
        ("%s", (json.dumps({"d": {"token": INTERACTION}}, separators=(",", ":")),), INTERACTION),
        ("WebSocket Event: %s", ({"d": {"token": INTERACTION, "id": "1"}},), INTERACTION),
        ("%r", (json.dumps(json.dumps({"d": {"token": INTERACTION}})),), INTERACTION),
        ("%s", (f"https://discord.com/api/v10/interactions/1142/{INTERACTION}/callback",), INTERACTION),
        ("%s", (f"POST /api/v10/webhooks/1142/{INTERACTION}?wait=true",), INTERACTION),
        ("%s", (f"/webhooks/1142/{INTERACTION}/messages/@original",), INTERACTION),
    ],
)
@pytest.mark.parametrize("formatter", [Redacting, RedactingJson])
def test_a_token_is_blanked_wherever_it_stands(message, args, secret, formatter):
    """An operator can show a log to anyone."""
    said = logged(message, *args, formatter=formatter)
    assert secret not in said
    assert secret[-12:] not in said
    assert "[secret]" in said


def test_a_token_in_an_error_is_blanked_in_the_message_and_in_the_traceback():
    """Tokens in addresses are replaced in the message and the traceback of an error."""

    def fails() -> None:
        raise OSError(f"cannot reach /interactions/1/{INTERACTION}/callback")

    try:
        try:
            fails()
        except OSError as error:
            raise RuntimeError(f"with {BOT}") from error
    except RuntimeError:
        said = logged("it failed", exc_info=sys.exc_info())
    assert "Traceback" in said
    assert INTERACTION not in said
    assert BOT not in said


def test_json_is_one_event_a_line(capsys):
    """A program reads each line by itself, whatever stands in it; a traceback and the end of the bot, too."""
    try:
        int(f"two\nlines \u202e with {BOT}")
    except ValueError:
        said = logged("lessons\nERROR faked \x1b[31m", exc_info=sys.exc_info(), formatter=RedactingJson)
    assert said.count("\n") == 1
    event = json.loads(said)
    assert list(event) == ["time", "level", "logger", "message", "traceback"]
    assert (event["level"], event["logger"]) == ("debug", "discord.http")
    assert datetime.fromisoformat(event["time"]).tzinfo
    assert "\n" not in event["message"]
    assert event["traceback"].startswith("Traceback")
    assert BOT not in said
    assert said.isascii()

    def end(error: Exception) -> None:
        log_to("info", "own-secret", style="json")
        warnings.showwarning("of Python,\nby %s", UserWarning, "module.py", 7)
        raise error

    root = logging.getLogger()
    before = list(root.handlers), root.level
    try:
        for error, code in ((UserError("first\nsecond own-secret"), 1), (RuntimeError("a bug"), 3)):
            with pytest.raises(SystemExit) as ended, logging_the_end("json"):
                end(error)
            assert ended.value.code == code
    finally:
        logging.captureWarnings(False)
        root.handlers[:], root.level = before
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    warned = "module.py:7: UserWarning: of Python,\\nby %s"
    assert [each["level"] for each in events] == ["warning", "error", "error", "warning", "critical"]
    assert [each["message"] for each in events[1:3]] == ["first", "second [secret]"]
    assert events[0]["message"].startswith(warned)
    assert "RuntimeError: a bug" in events[4]["traceback"]


def test_the_bots_own_token_is_blanked_whatever_it_looks_like():
    """The bot's own token is replaced, even if Discord changes the format of tokens."""
    assert logged("it is %s.", "new-style-token", secrets=("new-style-token", "")).endswith("it is [secret].\n")


def test_errors_that_python_would_print_itself_are_in_the_log_without_secrets(capsys):
    """What ends a thread, and what Python cannot raise, is a line of the log as any other."""

    class Broken:
        def __del__(self) -> None:
            raise ValueError(f"cannot let go of {BOT}")

    def end() -> None:
        raise RuntimeError(f"a bug with {BOT}")

    def crash() -> None:
        thread = threading.Thread(target=end)
        thread.start()
        thread.join()
        Broken()
        gc.collect()
        raise UserError("the end")

    root = logging.getLogger()
    before = list(root.handlers), root.level, threading.excepthook, sys.unraisablehook
    try:
        with pytest.raises(SystemExit), logging_the_end("json"):
            crash()
    finally:
        logging.captureWarnings(False)
        root.handlers[:], root.level = before[:2]
    assert (threading.excepthook, sys.unraisablehook) == before[2:]
    said = capsys.readouterr().err
    assert BOT not in said
    thread, broken, last = map(json.loads, said.splitlines())
    assert "a bug with [secret]" in thread["traceback"]
    assert "cannot let go of [secret]" in broken["traceback"]
    assert last["message"] == "the end"


@pytest.mark.parametrize(
    "text",
    [
        "lessons reloaded: 43 entries",
        "knowledge/virtual-environments-in-practice.yaml:14: entries[1].answer: must not be empty",
        "discord.py 2.7.1, aiohttp 3.14.1, Python 3.11.7",
        "bot_discord_ui_test_service.module.a_function_with_a_very_long_name_indeed",
        "the word SW50ZXJuYXRpb25hbGl6YXRpb24= is base64",
        "https://docs.python.org/3/library/venv.html#creating-virtual-environments",
        "no token: put the token into .env",
        "{'name': 'token', 'value': 'mine'}",
        "2026-11-22 19:27:15,157 INFO logged in as Lessonbot#1234 (id 114234567890123456789)",
    ],
)
def test_ordinary_text_stays_as_it_is(text):
    """Text that is not a secret is not replaced."""
    assert redact(text) == text
    assert logged("%s", text).rstrip("\n").endswith(text)


def test_a_log_line_says_when_who_and_what():
    """A record is one line with time, level and logger."""
    line = logged("stopped")
    assert line.endswith("DEBUG   discord.http: stopped\n")
    assert line[:2] == "20"


def test_the_password_of_a_database_is_blanked():
    """The URL of a database is logged without the user and the password."""
    said = redact("cannot reach postgresql+asyncpg://bot:pa:ss@word@db.example.com:5432/lessons at 10:30")
    assert said == "cannot reach postgresql+asyncpg://[secret]@db.example.com:5432/lessons at 10:30"
    assert redact("see https://example.com:8080/@mia and a@b.c") == "see https://example.com:8080/@mia and a@b.c"


@pytest.mark.parametrize(
    "name",
    ["Mia\n2026-11-26 00:00:00,000 ERROR   bot: all is lost", "Mia\r\x1b[2J", "\u202eaiM", "Mia\u2028::error::x"],
)
def test_a_name_forges_no_line_and_does_nothing_to_a_terminal(name):
    """Names of members, servers and lessons cannot forge log lines or control the terminal."""
    said = logged("connected as %s", name)
    assert len(said.splitlines()) == 1
    assert said.endswith("\n")
    assert said[:-1].isprintable()
    assert "Mia" in said or "aiM" in said


def test_the_text_of_an_error_forges_no_line():
    """The text of an error is indented, so that it cannot look like a record."""

    def fails() -> None:
        raise OSError("no\n::error file=a.py::forged\n\x1b[31m2026-11-26 00:00:00,000 ERROR   bot: lost\u202e")

    try:
        fails()
    except OSError:
        said = logged("it failed", exc_info=sys.exc_info())
    first, *below = said.splitlines()
    assert first.endswith("it failed")
    assert len(below) > 3
    assert all(line.startswith("    ") for line in below)
    assert all(line.isprintable() for line in below)
    assert not any(line.lstrip().startswith("::error") for line in below)
    assert "forged" in said


def test_a_token_behind_an_escape_is_blanked():
    """A token right after an escape sequence is replaced, too."""
    said = logged("%s", f"\n{BOT}\x1b{INTERACTION}")
    assert BOT not in said
    assert logged("no\n%s", BOT).endswith("no\\n[secret]\n")


async def test_lines_about_one_event_share_an_id():
    """In both formats, whatever tasks it starts; another event has another id, and other lines have none."""

    async def line() -> tuple[str, object]:
        said = logged("hello").partition(" DEBUG ")[2]
        return said, json.loads(logged("hello", formatter=RedactingJson)).get("request")

    async def event() -> list[tuple[str, object]]:
        begin_request("command")
        return [await line(), await asyncio.create_task(line())]

    both = await asyncio.gather(event(), event())
    for first, second in both:
        assert first == second
        assert f"discord.http [{first[1]}]: hello" in first[0]
    assert both[0] != both[1]
    text, request = await line()
    assert request is None
    assert "discord.http: hello" in text


def test_when_an_event_was_begun_and_answered_can_be_logged(caplog: pytest.LogCaptureFixture):
    """At debug, and only once each: its kind and its time, nothing of what was said."""
    with caplog.at_level(logging.DEBUG, "bot"):
        begin_request("press")
        answered()
        answered()
    begun, answer = caplog.messages
    assert begun == "press: begun"
    assert re.fullmatch(r"press: answered after \d+ ms", answer)
