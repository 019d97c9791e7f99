"""What the environment says; nothing else does."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping


class BadSettings(Exception):
    """All that is wrong with the environment, at once."""


@dataclass(frozen=True)
class DatabaseSettings:
    user: str
    name: str
    password: str = field(repr=False)
    socket: str | None
    host: str
    port: int
    # As many as threads that may want one at the same time.
    connections: int
    # How long a request waits for a database that is not there, in seconds: a restart takes one or two.
    patience: float


@dataclass(frozen=True)
class Settings:
    release: str
    database: DatabaseSettings


def read_settings(environment: Mapping[str, str]) -> Settings:
    problems: list[str] = []

    def number(name: str, default: float) -> float:
        text = environment.get(name) or str(default)
        try:
            value = float(text)
        except ValueError:
            value = -1
        if not 0 < value < 65536:
            problems.append(f"{name} is {text!r}, and should be a number above 0")
        return value

    database = DatabaseSettings(
        user=environment.get("DATABASE_USER") or "foobar",
        name=environment.get("DATABASE_NAME") or "foobar",
        password=_password(environment, problems),
        socket=environment.get("DATABASE_SOCKET") or None,
        host=environment.get("DATABASE_HOST") or "127.0.0.1",
        port=int(number("DATABASE_PORT", 3306)),
        connections=int(number("THREADS", 8)),
        patience=number("DATABASE_PATIENCE", 3),
    )
    release = environment.get("RELEASE") or "development"
    if not re.fullmatch(r"[\w.+-]{1,100}", release, re.ASCII):
        problems.append(f"RELEASE is {release!r}, and should be letters, digits and . _ + -")
    if problems:
        raise BadSettings("; ".join(problems))
    return Settings(release=release, database=database)


def _password(environment: Mapping[str, str], problems: list[str]) -> str:
    """From a file if one is named: systemd's LoadCredential= gives one that no other process can read."""
    path = environment.get("DATABASE_PASSWORD_FILE")
    if not path:
        return environment.get("DATABASE_PASSWORD", "")
    try:
        return Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as error:
        problems.append(f"DATABASE_PASSWORD_FILE: {error}")
        return ""
