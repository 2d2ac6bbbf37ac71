"""Reads the settings from the environment and `.env`, and reports all problems at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Literal, TypeVar, get_origin

from dotenv.parser import Binding, parse_stream
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from bot.errors import SettingsError
from bot.lessons.watching import Watch
from bot.search.confidence import ConfidenceMode
from bot.search.match import Wanted
from bot.shards import Shards, read_shards

LogFormat = Literal["text", "json"]

LARGEST_ID = 2**63 - 1  # the largest number that the database can store
# NAME_FILE can name a file with the secret instead: more programs can read an environment than a file.
SECRETS = ("discord_token", "database_url")
LONGEST_SECRET = 4096
LOOPBACK = "127.0.0.1"
ENV_FILE = Path(".env")
DEVELOPER_PORTAL = "https://discord.com/developers/applications (New Application -> Bot -> Reset Token)"
_PathOrText = TypeVar("_PathOrText", Path, str)
_ADDRESS = re.compile(r"(?:(?P<host>[\w.-]+|\[[0-9a-fA-F:]+\])?:)?(?P<port>[0-9]{1,5})", re.ASCII)


class Settings(BaseModel):
    """What an operator can set. A variable of the environment wins over a line of `.env`.

    The descriptions are the comments in `.env.example`, and in the `.env` of `lessonbot new`.
    """

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    discord_token: SecretStr = Field(
        SecretStr(""), description=f"The bot's token, for `lessonbot run`. Get it at {DEVELOPER_PORTAL}."
    )
    discord_token_file: str = Field(
        "", description="Instead of DISCORD_TOKEN: a file that contains only the token."
    )
    lessons_dir: Path = Field(Path("knowledge"), description="The folder of lesson files.")
    data_dir: Path = Field(Path("data"), description="The folder for the bot's own files.")
    database_url: SecretStr = Field(
        SecretStr(""),
        description=(
            "The database. Empty: the file lessonbot.sqlite3 in DATA_DIR. Otherwise sqlite:///path/of/the/file or "
            "postgresql://user:password@host/name (needs the extra postgres)."
        ),
    )
    database_url_file: str = Field(
        "",
        description=(
            "Instead of DATABASE_URL: a file that contains the URL, because the URL of PostgreSQL includes a "
            "password."
        ),
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much to log: debug, info, warning or error."
    )
    log_format: LogFormat = Field(
        "text",
        description="How the log is written: text, or json (one event a line, for programs that collect logs).",
    )
    confidence: ConfidenceMode = Field(
        "balanced",
        description=(
            "How sure the bot must be to answer directly instead of offering suggestions: cautious, balanced or "
            "eager."
        ),
    )
    understanding: Wanted = Field(
        "auto",
        description=(
            "How the bot understands questions: auto (the best that is installed), words (words alone), table "
            "(the table of word pieces that comes with the bot), or model (needs the extra semantic). With auto "
            "and model, questions in other languages than the lessons are understood, too, and German and Spanish "
            "lessons better (needs the extra languages)."
        ),
    )
    message_content: Literal["off", "on"] = Field(
        "off",
        description=(
            "Whether the bot reads messages that do not mention it, in the channels that a server chooses in "
            "/lessons settings: off or on. For on, turn on the Message Content Intent on the application's page, "
            "under Bot."
        ),
    )
    lessons_servers: str = Field(
        "",
        description=(
            "IDs of the servers whose moderators can edit the lessons, separated by commas. All servers share the "
            "same lessons. Empty: the servers that were set here last, or else the only server that the bot is in."
        ),
    )
    lessons_from: Literal["folder", "database"] = Field(
        "folder",
        description=(
            "Where the lessons come from: folder, or database. With database, the bot serves what other processes "
            "publish to PostgreSQL, and does not use LESSONS_DIR."
        ),
    )
    lessons_git: Literal["off", "commit"] = Field(
        "off",
        description=(
            "Whether to commit each edit that is published in Discord to Git: off or commit. For commit, "
            "LESSONS_DIR must be in a Git repository."
        ),
    )
    watch: Watch = Field(
        "auto",
        description=(
            "How edits of lesson files are noticed: events (the system reports them), poll (the bot looks at the "
            "files twice a second, for network folders and Docker Desktop), or auto (events, and poll where none "
            "arrive)."
        ),
    )
    metrics: str = Field(
        "",
        description=(
            "Where to serve metrics for Prometheus, and /healthz and /readyz: a port of this machine, such as "
            "9100, or host:port. Needs the extra metrics. Empty: nowhere."
        ),
    )
    question_days: int = Field(
        90, description="Members' questions are deleted after this many days. They are saved without names."
    )
    shards: str = Field(
        "1",
        description=(
            "Into how many shards (connections to Discord) the bot is divided: a number, or auto for as many as "
            "Discord recommends. Above 2,500 servers, Discord demands several. A part such as 0-1/4 makes this "
            "process run shards 0 and 1 of 4; the processes with the others need the same PostgreSQL."
        ),
    )

    @field_validator("lessons_dir", "data_dir", "discord_token_file", "database_url_file")
    @classmethod
    def _in_home(cls, path: _PathOrText) -> _PathOrText:
        # A shell expands ~ in the environment; nothing does it in `.env`.
        return type(path)(os.path.expanduser(path))

    @field_validator("question_days", mode="before")
    @classmethod
    def _are_days(cls, days: object) -> object:
        if not re.fullmatch(r"\d{1,4}", str(days), re.ASCII) or not int(str(days)):
            raise ValueError("a number of days, from 1 to 9999")
        return days

    @field_validator("discord_token")
    @classmethod
    def _could_be_sent(cls, token: SecretStr) -> SecretStr:
        # aiohttp rejects other characters in an HTTP header. Discord checks whether the token is valid.
        if not re.fullmatch(r"[\w.-]*", token.get_secret_value(), re.ASCII):
            raise ValueError("the bot's token alone, without quotes, spaces or 'Bot'")
        return token

    @field_validator("metrics")
    @classmethod
    def _is_address(cls, address: str) -> str:
        found = _ADDRESS.fullmatch(address)
        if address and not (found and 0 < int(found["port"]) < 2**16):
            raise ValueError("a port, such as 9100, or host:port, such as 0.0.0.0:9100")
        return address

    @field_validator("lessons_servers")
    @classmethod
    def _are_ids(cls, ids: str) -> str:
        every = re.split(r"[\s,]+", ids.strip(" ,")) if ids else []
        if not all(re.fullmatch("[0-9]{1,19}", each) and 0 < int(each) <= LARGEST_ID for each in every):
            raise ValueError("server IDs, separated by commas")
        return ids

    @field_validator("shards")
    @classmethod
    def _are_shards(cls, shards: str) -> str:
        return str(read_shards(shards))

    @property
    def sharding(self) -> Shards:
        """Which shards this process runs."""
        return read_shards(self.shards)

    @property
    def homes(self) -> frozenset[int]:
        """The servers whose moderators may edit the lessons; empty for the one in the database."""
        return frozenset(map(int, re.findall("[0-9]+", self.lessons_servers)))

    @property
    def metrics_at(self) -> tuple[str, int] | None:
        """The host and port for metrics; only this machine reaches them, unless a host is given."""
        found = _ADDRESS.fullmatch(self.metrics)
        return ((found["host"] or LOOPBACK).strip("[]"), int(found["port"])) if found else None

    @property
    def database(self) -> str:
        """The URL of the database, its password included."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'lessonbot.sqlite3'}"


def load_settings(environ: Mapping[str, str], env_file: Path) -> Settings:
    """Read the settings. Raises `SettingsError` with a line for each wrong one."""
    lines = list(_read(env_file))
    in_file = {line.key: line.value or "" for line in lines if line.key}
    known = {name.upper(): name for name in Settings.model_fields}
    problems = list(_wrong_lines(env_file.name, lines, known))
    # `NAME=` in .env sets an empty variable, which counts as not set.
    values = {field: value for name, field in known.items() if (value := _value(name, environ, in_file))}
    for field, value in values.items():
        if get_origin(Settings.model_fields[field].annotation) is Literal:  # such words may be in capitals, too
            values[field] = value.lower()
    problems += [
        f"{name.upper()} and {name.upper()}_FILE are both set; remove one of them"
        for name in SECRETS
        if name in values and f"{name}_file" in values
    ]
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        for field, must in _reasons(error):
            is_secret = Settings.model_fields[field].annotation is SecretStr
            now = "" if is_secret else f"; it is {values[field]!r}"
            problems.append(f"{field.upper()} must be {must}{now}")
        raise SettingsError(problems) from None
    if problems:
        raise SettingsError(problems)
    return settings


def log_format(environ: Mapping[str, str], env_file: Path) -> LogFormat:
    """How to log, where other settings may be wrong."""
    try:
        in_file = {line.key: line.value or "" for line in _read(env_file) if line.key}
    except SettingsError:
        in_file = {}
    return "json" if _value("LOG_FORMAT", environ, in_file).lower() == "json" else "text"


def _value(name: str, environ: Mapping[str, str], in_file: Mapping[str, str]) -> str:
    return environ.get(name, "").strip() or in_file.get(name, "").strip()


def with_secret_files(settings: Settings) -> Settings:
    """The settings with the secrets from files. Raises `SettingsError` with a line for each unusable file."""
    values, problems = settings.model_dump(exclude_unset=True), []
    files = {name: file for name in SECRETS if (file := getattr(settings, f"{name}_file"))}
    for name, file in files.items():
        try:
            values[name] = _secret_in(Path(file))
        except OSError as error:
            problems.append(f"{name.upper()}_FILE {file} cannot be read: {error.strerror}")
        except ValueError as error:
            problems.append(f"{name.upper()}_FILE {file} {error}")
    try:
        read = Settings.model_validate(values)
    except ValidationError as error:
        problems += [f"{name.upper()}_FILE {files[name]} must contain {must}" for name, must in _reasons(error)]
    if not problems and read.lessons_from == "database":
        if not read.database.startswith("postgres"):
            problems.append("LESSONS_FROM=database needs PostgreSQL: set DATABASE_URL, or LESSONS_FROM=folder")
        if read.lessons_git == "commit":
            problems.append("LESSONS_GIT=commit needs LESSONS_FROM=folder, on the machine with the repository")
        # A folder of the bot's own: files in LESSONS_DIR could be newer than the database.
        read = read.model_copy(update={"lessons_dir": read.data_dir / "lessons"})
    if problems:
        raise SettingsError(problems)
    return read


def _secret_in(file: Path) -> str:
    """The secret in the file. Raises `OSError`, or `ValueError` with the reason if its content is not one."""
    if not file.exists():
        raise ValueError(f"does not exist (looked in {Path.cwd()})")
    if not file.is_file():  # reading a FIFO would block; Docker creates a folder for a missing file
        raise ValueError("is not a file")
    with file.open("rb") as opened:
        content = opened.read(LONGEST_SECRET + 1)
    if len(content) > LONGEST_SECRET:
        raise ValueError("is too long for a secret")
    try:
        secret = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8; save it as UTF-8") from None
    if not secret:
        raise ValueError("is empty")
    return secret


def _reasons(error: ValidationError) -> Iterator[tuple[str, str]]:
    """The wrong settings, and what each must be."""
    for each in error.errors():
        must = each.get("ctx", {}).get("expected") or each.get("ctx", {}).get("error") or "text in UTF-8"
        yield str(each["loc"][0]), str(must)


def _wrong_lines(file: str, lines: list[Binding], known: Mapping[str, str]) -> Iterator[str]:
    for line in lines:
        number = _number(line)
        if line.error or (line.key and not line.key.isidentifier()):
            yield f"{file}:{number}: cannot be read; write NAME=value"
        elif line.key and line.key not in known:
            # Other programs may use the same file, so only a misspelled setting is a problem.
            close = get_close_matches(line.key.upper(), known, n=1, cutoff=0.8)
            if close:
                yield f"{file}:{number}: {line.key} is not a setting; did you mean {close[0]}?"


def _number(line: Binding) -> int:
    read = line.original.string
    # The parser counts the empty lines above a line as part of it.
    return line.original.line + read[: len(read) - len(read.lstrip())].count("\n")


def set_twice(env_file: Path) -> dict[str, list[int]]:
    """The lines of each setting that has several in this file; the last one counts. Raises `SettingsError`."""
    lines: dict[str, list[int]] = {}
    for line in _read(env_file):
        if line.key and line.key.lower() in Settings.model_fields:
            lines.setdefault(line.key, []).append(_number(line))
    return {name: numbers for name, numbers in lines.items() if len(numbers) > 1}


def _read(env_file: Path) -> Iterator[Binding]:
    try:
        text = env_file.read_text(encoding="utf-8-sig") if env_file.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8; save it as UTF-8"
        raise SettingsError([f"{env_file.name} cannot be read: {reason}"]) from error
    return parse_stream(StringIO(text))


def how_to_get_a_token() -> str:
    """What to do where there is no token. Commands that are typed in another folder find no `.env`."""
    elsewhere = "" if ENV_FILE.exists() else f" in the bot's folder (there is none in {Path.cwd()})"
    return f"get a token at {DEVELOPER_PORTAL}, and add it to {ENV_FILE}{elsewhere}"


def current_settings() -> Settings:
    """The settings of this process, in this folder."""
    return load_settings(os.environ, ENV_FILE)
