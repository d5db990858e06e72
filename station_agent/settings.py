"""The station's settings: TT_* variables over one TOML file."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from contract.ids import is_topic_name
from contract.messages import Percent
from contract.settings import Secret
from contract.states import Profile
from station_agent.errors import LinkError
from station_agent.evidence.ear_known import Kind
from station_agent.hardware import registers
from station_agent.hardware.fm.choices import Radio, problems
from station_agent.link.mqtt import read_address


class Settings(Struct, frozen=True, kw_only=True):
    """Where the server is, who we are, what we play on."""

    station: str  # the code of this station; also its MQTT user name
    broker_url: Secret  # mqtts://host:port with papers, else mqtt://user:password@host:port
    media_url: str  # http(s)://host:port/path that the recordings' paths are added to
    secret: Secret = Secret("")  # password for broker and media; none with papers
    identity: Path | None = None  # the folder of the box's papers; None: it has a password
    trust: Path  # trust.json: whose signatures are obeyed
    data: Path  # journal and recordings live here
    sink: str = "null"  # file:DIR, null or alsa:DEVICE
    profile: str = Profile.FLAT  # flat, horn or fm: what hangs on the sink
    capture: Path | None = None  # where what is played is recorded for proof, before the profile
    line_input: str | None = None  # alsa:DEVICE or file:PATH, what `input:line` is in a relay
    fm_input: str | None = None  # likewise `input:fm`
    volume: Percent = 100  # percent, until an order sets another
    clock: str = "battery"  # battery, or network: it stands still while there is no power
    reserve_mb: Annotated[int, Meta(ge=1)] = 64  # kept free for the journal, in MB
    updates_url: str | None = None  # http(s)://host:port/path of the repository of releases
    updates_root: Path = Path("/etc/tt-station/updates-root.json")  # the first root of its keys
    beat_s: Annotated[float, Meta(gt=0)] = 30.0
    modem: str | None = None  # the serial port on which a SIM modem answers AT commands
    board: str | None = None  # modbus:PORT, the I/O board
    board_profile: Path | None = None  # describes bought relays; None: our own board
    board_baud: Annotated[int, Meta(ge=1200)] = registers.BAUD
    board_address: Annotated[int, Meta(ge=1, le=247)] = registers.ADDRESS
    board_switches: str = "amplifier"  # or transmitter, or both
    board_watchdog_s: Annotated[int, Meta(ge=5, le=registers.WATCHDOG_MAX_S)] = 10
    amplifier_settle_ms: Annotated[int, Meta(ge=0, le=10_000)] = 1000
    tail_ms: Annotated[int, Meta(ge=0, le=10_000)] = 500  # up after the last sample
    hold_s: Annotated[float, Meta(ge=0, le=600)] = 30.0  # up between two items
    hot_c: Annotated[float, Meta(ge=40, le=84)] = 80.0  # the board itself cuts at 85
    battery_min_v: Annotated[float, Meta(gt=0)] | None = None
    amplifier_idle_ma: Annotated[int, Meta(ge=1)] | None = None  # on and silent, as measured
    line_ma: Annotated[int, Meta(ge=1)] | None = None  # the pilot on a good line, as measured
    ear: str | None = None  # KIND:SOURCE, what listens to what is heard
    forward_min_w: Annotated[float, Meta(ge=0)] = 1.0
    vswr_max: Annotated[float, Meta(gt=1, le=5)] = 2.0
    exciter: str | None = None  # crown:PORT or srk:PORT, an FM transmitter that is spoken to
    frequency_mhz: float | None = None  # as licensed; nothing of ours ever changes it
    rds: str | None = None  # KIND:PORT, the RDS encoder (hardware/fm/choices.py: Speech)
    rds_address: str = "0/0"  # site/encoder; 0 is every one on the line
    rds_pi: str | None = None  # four hexadecimal digits, the first 7
    rds_ps: str = ""  # the name that receivers show
    rds_text: str = ""  # what else they show
    receivers: str | None = None  # what opens coded receivers (choices.py: Receiving)
    receivers_area: int = 1  # the number of the commune in their own code
    receivers_key: Path | None = None  # and its key, 64 hexadecimal digits
    receivers_aid: str = "6A7A"  # and its application number; this one is for laboratories

    def __post_init__(self) -> None:
        """Raise ValueError with every rule over several settings that is broken."""
        found = [
            *_name_problems(self.station),
            *_url_problems(self),
            *_sink_problems(self.sink),
            *_input_problems("TT_LINE_INPUT", self.line_input),
            *_input_problems("TT_FM_INPUT", self.fm_input),
            *_profile_problems(self.profile),
            *_board_problems(self),
            *_radio_problems(self),
            *_clock_problems(self.clock),
            *_ear_problems(self.ear),
            *_modem_problems(self.modem),
        ]
        if found:
            raise ValueError("\n".join(found))

    @property
    def radio(self) -> Radio:
        """The radio side of it."""
        return Radio(**{name: getattr(self, name) for name in Radio.__struct_fields__})


def _name_problems(station: str) -> list[str]:
    if is_topic_name(station):
        return []
    return [f"TT_STATION: mã cụm loa chỉ gồm a-z, 0-9 và dấu gạch nối, không phải {station!r}"]


def _url_problems(settings: Settings) -> list[str]:
    found = []
    try:
        read_address(settings.broker_url.reveal(), settings.station, settings.secret)
    except LinkError as error:
        found.append(f"TT_BROKER_URL: {error}")
    if (settings.identity is None) != settings.broker_url.reveal().startswith("mqtt:"):
        found.append("TT_IDENTITY: có chứng thư thì TT_BROKER_URL là mqtts://, không thì mqtt://")
    media = urlsplit(settings.media_url)
    if media.scheme not in {"http", "https"} or not media.hostname:
        found.append("TT_MEDIA_URL: địa chỉ phải có dạng http://máy:cổng/đường-dẫn")
    return found


def _sink_problems(sink: str) -> list[str]:
    kind, _, where = sink.partition(":")
    if (kind in {"file", "alsa"} and where) or sink == "null":
        return []
    return [f"TT_SINK: phải là file:THƯ-MỤC, null hoặc alsa:THIẾT-BỊ, không phải {sink!r}"]


def _input_problems(name: str, device: str | None) -> list[str]:
    kind, _, where = (device or "").partition(":")
    if device is None or (kind in {"file", "alsa"} and where):
        return []
    return [f"{name}: phải là alsa:THIẾT-BỊ hoặc file:TỆP, không phải {device!r}"]


def _profile_problems(profile: str) -> list[str]:
    if profile in set(Profile):
        return []
    return [f"TT_PROFILE: phải là {', '.join(Profile)}, không phải {profile!r}"]


def _ear_problems(ear: str | None) -> list[str]:
    kind, source, where = [*(ear or "").split(":", 2), "", ""][:3]
    if ear is None or (kind in set(Kind) and source in {"alsa", "pipe"} and where):
        return []
    return [f"TT_EAR: phải là radio hoặc microphone, rồi :alsa:THIẾT-BỊ, không phải {ear!r}"]


def _clock_problems(clock: str) -> list[str]:
    if clock in {"battery", "network"}:
        return []
    return [f"TT_CLOCK: phải là battery (có pin đồng hồ) hoặc network, không phải {clock!r}"]


def _modem_problems(modem: str | None) -> list[str]:
    if modem is None or modem.startswith("/"):
        return []
    return [f"TT_MODEM: phải là một cổng như /dev/ttyUSB3, không phải {modem!r}"]


def _radio_problems(settings: Settings) -> list[str]:
    found = problems(settings.radio)
    switched = settings.board is not None and settings.board_switches != "amplifier"
    if settings.exciter is not None and settings.exciter.startswith("srk:") and not switched:
        found.append(
            "TT_EXCITER: máy loại srk chỉ đọc được, không bật tắt được: "
            "bo mạch phải đóng cắt nó (TT_BOARD_SWITCHES=both hoặc transmitter)"
        )
    return found


def _board_problems(settings: Settings) -> list[str]:
    found = []
    if settings.board is not None and not settings.board.removeprefix("modbus:").startswith("/"):
        found.append(f"TT_BOARD: phải là modbus:/dev/CỔNG, không phải {settings.board!r}")
    if settings.board_switches not in {"amplifier", "transmitter", "both"}:
        found.append(
            "TT_BOARD_SWITCHES: phải là amplifier, transmitter hoặc both, "
            f"không phải {settings.board_switches!r}"
        )
    return found
