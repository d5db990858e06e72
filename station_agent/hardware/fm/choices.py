"""What the settings say of the radio side, read and judged; nothing is opened here."""

import re
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import TypeVar

from msgspec import UNSET, Struct, UnsetType

from contract.reports import RECEIVERS_GUARDED, RECEIVERS_OPEN
from station_agent.hardware.errors import BadProfile
from station_agent.hardware.fm.bands import licensed_khz
from station_agent.hardware.fm.charset import plain
from station_agent.hardware.fm.coded import template, tones
from station_agent.hardware.fm.coded.oda import EVERYWHERE, read_key
from station_agent.hardware.fm.coded.tones import Samples
from station_agent.hardware.fm.line import read_place
from station_agent.hardware.fm.uecp.frames import Address

T = TypeVar("T")


class Speech(Enum):
    """How an RDS encoder is spoken to; the words of TT_RDS."""

    UECP = "uecp"  # never answers
    ANSWERING = "uecp-ack"
    OLD = "uecp-5"  # SPB 490 5.1, answers, has elements of its own for applications
    NEW = "uecp-6"  # SPB 490 6.0
    PROFLINE = "profline"
    ASCII = "ascii"


class Receiving(Enum):
    """What opens the receivers; the words of TT_RECEIVERS."""

    ODA = "oda"
    RDS = "rds"
    DTMF = "dtmf"
    FSK_1200 = "fsk1200"
    FSK_300 = "fsk300"

    @property
    def authenticated(self) -> bool:
        """Whether only we can make its code; the others whoever has heard them can repeat."""
        return self is Receiving.ODA

    @property
    def latching(self) -> bool:
        """Whether it stays open until it hears the closing code."""
        return not self.by_rds

    @property
    def by_rds(self) -> bool:
        """Whether the code travels through the encoder."""
        return self in (Receiving.ODA, Receiving.RDS)


class Radio(Struct, frozen=True, kw_only=True):
    """The radio part of the settings, as it stands there."""

    exciter: str | None = None
    frequency_mhz: float | None = None
    rds: str | None = None
    rds_address: str = "0/0"
    rds_pi: str | None = None
    rds_ps: str = ""
    rds_text: str = ""
    receivers: str | None = None
    receivers_area: int = 1
    receivers_key: Path | None = None
    receivers_aid: str = "6A7A"

    @property
    def latching(self) -> bool:
        """Whether there are receivers that only a code closes."""
        return self.receivers is not None and read_receivers(self.receivers)[0].latching

    @property
    def told(self) -> str | UnsetType:
        """What the server is told of the receivers: guarded or open; UNSET: none are woken."""
        if self.receivers is None:
            return UNSET
        kind, _ = read_receivers(self.receivers)
        return RECEIVERS_GUARDED if kind.authenticated else RECEIVERS_OPEN


def read_exciter(words: str) -> tuple[str, str, int]:
    """Read `crown:/dev/ttyUSB1`: dialect, port, baud. Raises ValueError."""
    kind, _, place = words.partition(":")
    if kind not in {"crown", "srk"} or not place:
        raise ValueError(f"phải là crown:CỔNG hoặc srk:CỔNG, không phải {words!r}")
    return kind, *read_place(place)


def read_rds(words: str) -> tuple[Speech, str, int]:
    """Read `uecp-ack:/dev/ttyUSB2`: language, port, baud. Raises ValueError."""
    kind, _, place = words.partition(":")
    known = [one.value for one in Speech]
    if kind not in known or not place:
        raise ValueError(f"phải là LOẠI:CỔNG, LOẠI là {', '.join(known)}, không phải {words!r}")
    return Speech(kind), *read_place(place)


def read_address(words: str) -> Address:
    """Read `SITE/ENCODER`. Raises ValueError."""
    if not re.fullmatch(r"\d{1,4}/\d{1,2}", words):
        raise ValueError(f"phải là TRẠM/BỘ-MÃ-HOÁ, ví dụ 0/0, không phải {words!r}")
    site, encoder = (int(part) for part in words.split("/"))
    try:
        return Address(site, encoder)
    except ValueError:
        raise ValueError("trạm từ 0 đến 1023, bộ mã hoá từ 0 đến 63") from None


def read_pi(words: str | None) -> int:
    """Read a PI of Viet Nam, whose country is 7. Raises ValueError."""
    if words is None or not re.fullmatch(r"7[0-9A-Fa-f]{3}", words):
        raise ValueError(f"mã PI của Việt Nam gồm bốn chữ số hex, bắt đầu bằng 7: {words!r}")
    return int(words, 16)


def read_ps(words: str) -> str:
    """Read the name that receivers show. Raises ValueError."""
    name = plain(words)
    if not 0 < len(name) <= 8:
        raise ValueError(f"tên đài trên máy thu dài 1 đến 8 ký tự, không phải {words!r}")
    return name


def read_aid(words: str) -> int:
    """Read the number of our application. Raises ValueError."""
    if not re.fullmatch(r"[0-9A-Fa-f]{4}", words) or int(words, 16) == 0:
        raise ValueError(f"phải là bốn chữ số hex khác 0000, không phải {words!r}")
    return int(words, 16)


def read_receivers(words: str) -> tuple[Receiving, str]:
    """Read `oda`, `rds:FILE`, `dtmf:*1#,*0#` or `fsk1200:0103,0203`. Raises ValueError."""
    kind, _, rest = words.partition(":")
    known = [one.value for one in Receiving]
    if kind not in known or (kind == "oda") == bool(rest):
        raise ValueError(
            "phải là oda, rds:TỆP, dtmf:MÃ-MỞ,MÃ-ĐÓNG, fsk1200:HEX-MỞ,HEX-ĐÓNG "
            f"hoặc fsk300:HEX-MỞ,HEX-ĐÓNG, không phải {words!r}"
        )
    receiving = Receiving(kind)
    if receiving is Receiving.RDS:
        _template(rest)
    elif receiving is not Receiving.ODA:
        read_codes(receiving, rest)
    return receiving, rest


def read_codes(receiving: Receiving, words: str) -> tuple[Samples, Samples]:
    """Return the codes that open and close, as they sound. Raises ValueError."""
    opening, comma, closing = words.partition(",")
    if not comma:
        raise ValueError("cần hai mã, cách nhau bằng dấu phẩy: mở và đóng")
    if receiving is Receiving.DTMF:
        return tones.dtmf(opening), tones.dtmf(closing)
    baud = 1200 if receiving is Receiving.FSK_1200 else 300
    return tones.fsk(_hex(opening), baud), tones.fsk(_hex(closing), baud)


def problems(radio: Radio) -> list[str]:
    """Every sentence that a technician must read before the radio can work."""
    found = [
        *_try("TT_EXCITER", read_exciter, radio.exciter),
        *_try("TT_FREQUENCY_MHZ", licensed_khz, radio.frequency_mhz),
        *_try("TT_RDS", read_rds, radio.rds),
        *_try("TT_RDS_ADDRESS", read_address, radio.rds_address),
        *_try("TT_RECEIVERS", read_receivers, radio.receivers),
        *_try("TT_RECEIVERS_AID", read_aid, radio.receivers_aid),
    ]
    if radio.exciter is not None and radio.frequency_mhz is None:
        found.append("TT_FREQUENCY_MHZ chưa được đặt: máy phát phải ở đúng tần số được cấp phép")
    if radio.rds is not None:
        found += _try("TT_RDS_PI", read_pi, radio.rds_pi or "")
        found += _try("TT_RDS_PS", read_ps, radio.rds_ps)
    return found or _coded_problems(radio)


def _coded_problems(radio: Radio) -> list[str]:
    if radio.receivers is None:
        return []
    kind, _ = read_receivers(radio.receivers)
    found = []
    if kind.by_rds and radio.rds is None:
        found.append("TT_RDS chưa được đặt: mã gọi này đi qua bộ mã hoá RDS")
    if kind is Receiving.ODA:
        if not 0 < radio.receivers_area < EVERYWHERE:
            found.append("TT_RECEIVERS_AREA: phải từ 1 đến 65534")
        if radio.receivers_key is None:
            found.append("TT_RECEIVERS_KEY chưa được đặt: tệp khoá của các cụm thu")
        else:
            found += _try("TT_RECEIVERS_KEY", load_key, radio.receivers_key)
    return found


def load_key(path: Path) -> bytes:
    """Read the key of the commune's receivers. Raises ValueError, and never tells the key."""
    try:
        return read_key(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"không đọc được {path}") from None
    except ValueError:
        raise ValueError(f"{path} không phải là khoá 64 chữ số hex") from None


def _try(name: str, read: Callable[[T], object], value: T | None) -> list[str]:
    try:
        if value is not None:
            read(value)
    except ValueError as error:
        return [f"{name}: {error}"]
    return []


def _template(path: str) -> None:
    try:
        template.load(Path(path))
    except BadProfile as error:
        raise ValueError(str(error)) from error


def _hex(words: str) -> bytes:
    try:
        return bytes.fromhex(words)
    except ValueError:
        raise ValueError(f"mã FSK viết bằng chữ số hex, không phải {words!r}") from None
