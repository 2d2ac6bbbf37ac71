"""The environment -> Settings; every problem reported at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot.errors import SettingsError


class Settings(BaseModel):
    """What an operator can set. A variable of the environment wins over a line of `.env`."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    discord_token: SecretStr = Field(SecretStr(""), description="The bot's token, for `lessonbot run`.")
    lessons_dir: Path = Field(Path("knowledge"), description="The folder of lesson files.")
    data_dir: Path = Field(Path("data"), description="The folder where the bot keeps files of its own.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much is logged: debug, info, warning or error."
    )


def load_settings(environ: Mapping[str, str], env_file: Path) -> Settings:
    """Read the settings. Raises `SettingsError` with a line for each wrong one."""
    in_file = {name: value or "" for name, value in _read(env_file).items()}
    known = {name.upper(): name for name in Settings.model_fields}
    problems = [
        f"{env_file.name}: {name} is no setting; did you mean {close[0]}?"
        for name in in_file
        if name not in known and (close := get_close_matches(name.upper(), known, n=1, cutoff=0.8))
    ]
    # An empty variable is what `NAME=` in .env leaves behind: as good as not set.
    values = {
        field: value
        for name, field in known.items()
        if (value := environ.get(name, "").strip() or in_file.get(name, "").strip())
    }
    if "log_level" in values:
        values["log_level"] = values["log_level"].lower()
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        for each in error.errors(include_input=False):
            name = str(each["loc"][0]).upper()
            expected = each.get("ctx", {}).get("expected", each["msg"])
            problems.append(f"{name} must be {expected}; it is {values[name.lower()]!r}")
        raise SettingsError(problems) from None
    if problems:
        raise SettingsError(problems)
    return settings


def _read(env_file: Path) -> Mapping[str, str | None]:
    if not env_file.is_file():
        return {}
    try:
        return dotenv_values(env_file, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError([f"{env_file.name} cannot be read: {reason}"]) from error


def current_settings() -> Settings:
    """The settings of this process, in this folder."""
    return load_settings(os.environ, Path(".env"))
