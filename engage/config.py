"""The settings a city's machine gives through the environment, read once and checked.

What a city may change while the site runs (its name, zone, languages) is not here: see
`engage.core.city`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn
from urllib.parse import parse_qs, unquote, urlsplit

DEVELOPMENT_SECRET = "development-only-secret-do-not-use-in-a-city"  # noqa: S105 - refused in production
SECRET_LENGTH = 32
DEVELOPMENT_DATA_KEY = "ZGV2ZWxvcG1lbnQtb25seS1kYXRhLWtleS1ub3QtYSE="


class ConfigError(Exception):
    """A variable of the environment is missing or wrong; the text names it."""


@dataclass(frozen=True)
class MailServer:
    """Where letters leave: an SMTP server, or a folder of `.eml` files."""

    kind: Literal["smtp", "file"]
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    folder: Path | None = None


@dataclass(frozen=True)
class Config:
    """All that comes from the environment, typed."""

    env: Literal["development", "production"]
    database_url: str
    secret_keys: tuple[str, ...]  # the first signs, all are read
    data_keys: tuple[str, ...]  # the first encrypts, all decrypt
    base_url: str
    mail: MailServer
    mail_from: str
    trusted_proxies: int
    ratelimit_url: str
    clock_file: Path | None
    page_cache: bool  # whether rendered public pages may be kept in the process
    most_listed: int = 250  # people on one list of a partner: all are taken in within one transaction

    @property
    def is_production(self) -> bool:
        return self.env == "production"


def _wrong(variable: str, why: str) -> NoReturn:
    raise ConfigError(f"{variable}: {why}")


def _mail_server(url: str) -> MailServer:
    """Read `smtp://user:pass@host:587/?starttls=1`, `smtps://host` or `file:var/mail`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return MailServer(kind="file", folder=Path(parts.path).absolute())
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        _wrong("ENGAGE_SMTP_URL", "expected smtp://user:pass@host:587/?starttls=1, smtps://host or file:FOLDER")
    try:
        port = parts.port or (465 if parts.scheme == "smtps" else 25)
    except ValueError:
        _wrong("ENGAGE_SMTP_URL", "the port is not a number below 65536")
    return MailServer(
        kind="smtp",
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parse_qs(parts.query).get("starttls") == ["1"],
        tls=parts.scheme == "smtps",
    )


def _database_url(url: str) -> str:
    """Name the driver, so that `postgresql://` means psycopg 3."""
    scheme, _, rest = url.partition("://")
    if scheme in ("postgres", "postgresql"):
        return f"postgresql+psycopg://{rest}"
    if scheme not in ("sqlite", "postgresql+psycopg") or not rest:
        _wrong("ENGAGE_DATABASE_URL", "expected sqlite:///FILE or postgresql://user:pass@host/name")
    return url


def _data_keys(text: str) -> tuple[str, ...]:
    from cryptography.fernet import Fernet  # noqa: PLC0415 - only to check the key's form

    keys = tuple(part for part in text.split(",") if part)
    for key in keys:
        try:
            Fernet(key)
        except ValueError:
            _wrong("ENGAGE_DATA_KEY", "expected 32 bytes in url-safe base64 (several: comma between, newest first)")
    return keys or _wrong("ENGAGE_DATA_KEY", "is empty")


def _whole_number(env: Mapping[str, str], variable: str, otherwise: int = 0) -> int:
    text = env.get(variable, str(otherwise))
    if not text.isascii() or not text.isdigit():
        _wrong(variable, "expected a whole number, 0 or more")
    return int(text)


def _refuse_development_values(env: Mapping[str, str]) -> None:
    """In production nothing may come from a default that everybody knows."""
    for variable in ("ENGAGE_SECRET_KEY", "ENGAGE_DATA_KEY", "ENGAGE_BASE_URL", "ENGAGE_DATABASE_URL", "ENGAGE_SMTP_URL"):
        if not env.get(variable):
            _wrong(variable, "must be set in production")
    if DEVELOPMENT_SECRET in env["ENGAGE_SECRET_KEY"] or len(env["ENGAGE_SECRET_KEY"]) < SECRET_LENGTH:
        _wrong("ENGAGE_SECRET_KEY", f"needs at least {SECRET_LENGTH} characters nobody else knows")
    if DEVELOPMENT_DATA_KEY in env["ENGAGE_DATA_KEY"]:
        _wrong("ENGAGE_DATA_KEY", "is the development key")
    if env.get("ENGAGE_CLOCK_FILE"):
        _wrong("ENGAGE_CLOCK_FILE", "is for tests and refused in production")
    if env["ENGAGE_SMTP_URL"].startswith("file:"):
        _wrong("ENGAGE_SMTP_URL", "letters into files are for development and refused in production")
    if not env["ENGAGE_BASE_URL"].startswith("https://"):
        _wrong("ENGAGE_BASE_URL", "must begin with https:// in production")


def _base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
        _wrong("ENGAGE_BASE_URL", "expected https://host without a path")
    return url.rstrip("/")


def load(env: Mapping[str, str]) -> Config:
    """Read the configuration. Raises ConfigError, naming the variable that is wrong."""
    name = env.get("ENGAGE_ENV", "development")
    if name not in ("development", "production"):
        _wrong("ENGAGE_ENV", "expected development or production")
    if name == "production":
        _refuse_development_values(env)
    clock_file = env.get("ENGAGE_CLOCK_FILE")
    fallbacks = tuple(key for key in env.get("ENGAGE_SECRET_KEY_FALLBACKS", "").split(",") if key)
    return Config(
        env="production" if name == "production" else "development",
        database_url=_database_url(env.get("ENGAGE_DATABASE_URL", f"sqlite:///{Path('var/engage.db').absolute()}")),
        secret_keys=(env.get("ENGAGE_SECRET_KEY") or DEVELOPMENT_SECRET, *fallbacks),
        data_keys=_data_keys(env.get("ENGAGE_DATA_KEY") or DEVELOPMENT_DATA_KEY),
        base_url=_base_url(env.get("ENGAGE_BASE_URL", "http://127.0.0.1:8000")),
        mail=_mail_server(env.get("ENGAGE_SMTP_URL", "file:var/mail")),
        mail_from=env.get("ENGAGE_MAIL_FROM", "engage@localhost"),
        trusted_proxies=_whole_number(env, "ENGAGE_TRUSTED_PROXIES"),
        ratelimit_url=env.get("ENGAGE_RATELIMIT_URL", "memory://"),
        clock_file=Path(clock_file) if clock_file else None,
        page_cache=env.get("ENGAGE_PAGE_CACHE", "1") != "0",
        most_listed=_whole_number(env, "ENGAGE_MOST_LISTED", 250),
    )
