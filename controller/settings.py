"""The server's settings: one frozen value, from TT_* variables over one TOML file."""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from sqlalchemy.exc import SQLAlchemyError

from contract.errors import BadSettings
from contract.settings import FILE_VARIABLE, Secret, load
from controller import passkey_site, push_hosts
from controller.mailer.door import Door, Security, troubles
from controller.store import Store, migrate
from tts.engines import voices
from tts.engines.settings import EngineSettings
from tts.wire import DEFAULT_VOICE

Port = Annotated[int, Meta(ge=1, le=65535)]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be set. Each default is right for one machine (docs/operating.md lists them)."""

    data: Path = Path("var")
    """All state of a run lies in here, so that two runs never meet."""
    database_url: Secret | None = None
    """None: SQLite inside `data`. PostgreSQL is written `postgresql+psycopg://…`."""
    broker_url: str | None = None
    """`mqtt://host:port` or `mqtts://…`; None: the launcher starts a broker of its own."""
    broker_user: str = "controller"
    """MQTT user name and client id; each process of the server has its own."""
    broker_password_file: Path | None = None
    web_host: str = "127.0.0.1"
    web_port: Port = 8080
    public_url: str | None = None
    """By which people open the pages, `https://name`; passkeys are tied to it, and need it."""
    trusted_proxies: Annotated[int, Meta(ge=0, le=5)] = 0
    """How many proxies stand before the web server, each adding to `X-Forwarded-For`."""
    stations_host: str | None = None
    """The name or address by which stations reach us; None: stations live on this machine only."""
    stations_port: Port = 8443
    """Where they claim, renew and fetch recordings, over TLS."""
    stations_broker_port: Port = 8883
    """Where they reach our own broker, over TLS."""
    boxes_broker_port: Port | None = None
    """Where boxes of other makers reach our own broker, over TLS with a password; None: nowhere."""
    boxes_url: str | None = None
    """By which they fetch recordings: `https://…`; None: the address of the web server."""
    box_profiles_dir: Path | None = None
    """How makers' boxes speak MQTT, a file each; None: `box-profiles` inside `data`."""
    secret_key: Secret | None = None
    """Signs the web's cookies; None: made at first start and kept in `data`."""
    push_hosts: str = push_hosts.USUAL
    """Services that may carry word to telephones that something waits for approval; "": none."""
    hook_hosts: str = ""
    """Hosts in private networks that may be told by webhook, as `10.0.0.5 ban-dieu-hanh.lan`."""
    smtp_host: str | None = None
    """The mail server that sends reports; None: nothing goes by e-mail."""
    smtp_port: Port = 587
    smtp_security: Security = "starttls"
    """`tls` from the first byte (port 465), or `none`, for a mail server on this machine."""
    smtp_user: str | None = None
    smtp_password_file: Path | None = None
    mail_from: str | None = None
    """The address that reports come from."""
    second_factor: Literal["required", "asked"] = "required"
    """Of approvers and administrators, after 14 days of grace; others may have one."""
    live_streams: Annotated[int, Meta(ge=0, le=1000)] = 20
    """How many walls of tiles a web process keeps up to date by itself; each holds a thread. Others
    ask by themselves."""
    approval_reminders: Annotated[str, Meta(pattern=r"^\d{1,4}( *, *\d{1,4})*$")] = "60,15"
    """Minutes before its start at which a bulletin that still waits for approval is told."""
    journal_days: Annotated[int, Meta(ge=35)] = 120
    """How long the lines of stations' journals are kept; verdicts and reports stay for ever."""
    default_voice: str = "espeak"
    """`engine` or `engine:voice`."""
    gtts: bool = False
    """Whether texts may be sent to Google's online voice."""
    online_voices: str = ""
    """Other online engines that may be used, as `http-fpt,http-zalo`."""
    voices_dir: Path | None = None
    """Piper's voices, a folder each; None: `voices` inside `data`."""
    voice_profiles_dir: Path | None = None
    """The operator's profiles of online engines; None: `voice-profiles` inside `data`."""
    piper_workers: Annotated[int, Meta(ge=1, le=16)] = 1
    """Processes that read one text together; each takes a core and half a gigabyte."""
    relay_private_addresses: str = ""
    """Addresses of a private network from which programmes may be relayed, as `10.0.0.5`."""
    releases_dir: Path | None = None
    """The repository of the stations' agent; None: `releases` inside `data`."""
    virtual_stations: bool = False
    """Whether the launcher of this machine runs virtual stations (controller.serving)."""
    sandbox: bool = False
    """Whether this is the place to practise: it says so on every page, and anybody may come in."""
    sandbox_port: Port | None = None
    """Where the place to practise answers on this machine; None: there is none."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def database(self) -> str:
        """The URL of the database, whoever chose it."""
        if self.database_url is not None:
            return self.database_url.reveal()
        return f"sqlite:///{self.data.absolute() / 'truyenthanh.db'}"

    @property
    def media(self) -> Path:
        """Where recordings and originals lie."""
        return self.data / "media"

    @property
    def engines(self) -> EngineSettings:
        """What the operator decided about voices."""
        named = [name.strip() for name in self.online_voices.split(",")]
        enabled = [*(["gtts"] if self.gtts else []), *filter(None, named)]
        return EngineSettings(
            enabled=tuple(dict.fromkeys(enabled)),
            voices_dir=str((self.voices_dir or self.data / "voices").absolute()),
            profiles_dir=str((self.voice_profiles_dir or self.data / "voice-profiles").absolute()),
            piper_workers=self.piper_workers,
        )

    @property
    def reminders_min(self) -> tuple[int, ...]:
        """The minutes before a start at which a missing approval is told, the longest first."""
        return tuple(sorted(map(int, self.approval_reminders.split(",")), reverse=True))

    @property
    def private_addresses(self) -> frozenset[str]:
        """The private addresses that sources of relays may have."""
        return frozenset(filter(None, re.split(r"[,\s]+", self.relay_private_addresses)))

    @property
    def hook_names(self) -> frozenset[str]:
        """The hosts in private networks that other systems may have."""
        return frozenset(filter(None, re.split(r"[,\s]+", self.hook_hosts.casefold())))

    @property
    def mails(self) -> bool:
        """Whether anything goes by e-mail; nothing does where one practises."""
        return bool(self.smtp_host and self.mail_from) and not self.sandbox

    @property
    def mail_door(self) -> Door | None:
        """Where mails are handed over; None where none goes.

        Raises OSError when the password cannot be read.
        """
        if not self.mails or self.smtp_host is None or self.mail_from is None:
            return None
        file = self.smtp_password_file
        return Door(
            host=self.smtp_host,
            port=self.smtp_port,
            security=self.smtp_security,
            name=self.mail_from.rpartition("@")[2],
            user=self.smtp_user or "",
            password=file.read_text().strip() if file else "",
        )

    @property
    def boxes_address(self) -> str:
        """Where boxes of other makers find the web server, without a slash at the end."""
        return (self.boxes_url or f"http://{self.web_host}:{self.web_port}").rstrip("/")

    @property
    def box_profiles(self) -> Path:
        """Where makers' profiles lie."""
        return self.box_profiles_dir or self.data / "box-profiles"

    @property
    def releases(self) -> Path:
        """The repository of releases that stations fetch from."""
        return self.releases_dir or self.data / "releases"

    @property
    def identity(self) -> Path:
        """Where the authority that signs stations' certificates lies."""
        return self.data / "identity"

    @property
    def keys(self) -> Path:
        """Where the server's signing keys and trust.json lie."""
        return self.data / "keys"


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises BadSettings with every problem."""
    file = environ.get(FILE_VARIABLE)
    return load(Settings, environ, Path(file) if file else None)


def problems(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Everything that would keep the server from working, one sentence each; empty: all is well."""
    try:
        settings = from_environment(environ)
    except BadSettings as error:
        return error.problems
    return [
        *_data_problems(settings),
        *_database_problems(settings),
        *_program_problems(settings),
        *_boxes_problems(settings),
        *_public_problems(settings),
        *_voice_problems(settings),
        *_mail_problems(settings),
    ]


def _data_problems(settings: Settings) -> list[str]:
    existing = settings.data.absolute()
    while not existing.exists():
        existing = existing.parent
    if not existing.is_dir():
        return [f"TT_DATA: {existing} không phải là thư mục"]
    if not os.access(existing, os.W_OK | os.X_OK):
        return [f"TT_DATA: không ghi được vào {existing}"]
    return []


def _database_problems(settings: Settings) -> list[str]:
    if settings.database_url is None and not settings.data.exists():
        return []  # made at first start
    try:
        store = Store(settings.database)
        try:
            current = migrate.is_current(store)
        finally:
            store.close()
    except (SQLAlchemyError, ImportError, OSError) as error:
        return [f"TT_DATABASE_URL: {error}".splitlines()[0]]
    return [] if current else ["cơ sở dữ liệu chưa được nâng cấp: khởi động lại máy chủ"]


def _public_problems(settings: Settings) -> list[str]:
    found = "" if settings.public_url is None else passkey_site.trouble(settings.public_url)
    return [f"TT_PUBLIC_URL: {found}"] if found else []


def _mail_problems(settings: Settings) -> list[str]:
    login = settings.smtp_user, settings.smtp_password_file
    return troubles(settings.smtp_host, settings.smtp_security, *login, settings.mail_from)


def _boxes_problems(settings: Settings) -> list[str]:
    if settings.boxes_broker_port is not None and settings.stations_host is None:
        return ["TT_BOXES_BROKER_PORT cần TT_STATIONS_HOST: chứng thư của trạm MQTT ghi tên ấy"]
    return []


def _voice_problems(settings: Settings) -> list[str]:
    known = voices(settings.engines)
    engines = {voice.engine for voice in known}
    found = [
        f"TT_ONLINE_VOICES: không có dịch vụ giọng đọc {name}"
        for name in settings.engines.enabled
        if name not in engines
    ]
    engine, _, voice = settings.default_voice.partition(":")
    usual = [v for v in known if (v.engine, v.voice) == (engine, voice or DEFAULT_VOICE)]
    if not usual:
        return [*found, f"TT_DEFAULT_VOICE: không có giọng đọc {settings.default_voice}"]
    if usual[0].problem and not usual[0].fallback:  # a missing espeak-ng was told already
        found.append(f"TT_DEFAULT_VOICE: {usual[0].problem}")
    return found


def _program_problems(settings: Settings) -> list[str]:
    wanted = {"espeak-ng": "giọng đọc dự phòng"}
    if settings.broker_url is None:
        wanted["mosquitto"] = "trạm chuyển tin MQTT"
    # a Debian user's PATH lacks /usr/sbin, where mosquitto lies
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
    return [
        f"thiếu {program} ({what}): apt-get install {program}"
        for program, what in wanted.items()
        if shutil.which(program, path=path) is None
    ]
