"""The radio side of the rig, as the settings name it; every line is opened at its first use."""

from datetime import datetime
from pathlib import Path

from station_agent.clock import SystemClock
from station_agent.clock_sense import synchronised
from station_agent.hardware.fm import choices
from station_agent.hardware.fm.ascii_commands import AsciiCommands
from station_agent.hardware.fm.charset import plain
from station_agent.hardware.fm.choices import Radio, Receiving, Speech
from station_agent.hardware.fm.coded import template
from station_agent.hardware.fm.coded.counter import Counter
from station_agent.hardware.fm.coded.oda import GROUP_11A
from station_agent.hardware.fm.coded.receivers import Announced, Authenticated, Commune, Templated
from station_agent.hardware.fm.coded.sounded import Code, Sounded, Sounder
from station_agent.hardware.fm.coded.together import Together
from station_agent.hardware.fm.dialect import Dialect
from station_agent.hardware.fm.encoder import Encoder
from station_agent.hardware.fm.exciters.crown import CrownExciter
from station_agent.hardware.fm.exciters.srk import SrkExciter
from station_agent.hardware.fm.groups import read_kind
from station_agent.hardware.fm.line import Line
from station_agent.hardware.fm.programme import Programme, sequence
from station_agent.hardware.fm.uecp.dialect import Carriage, Uecp
from station_agent.hardware.fm.uecp.frames import STUFFED_AFTER, Address
from station_agent.hardware.ports import Exciter, Receivers


def make_exciter(radio: Radio) -> Exciter | None:
    """The transmitter that is spoken to, if there is one."""
    if radio.exciter is None:
        return None
    kind, port, baud = choices.read_exciter(radio.exciter)
    line = Line(port, baud)
    return CrownExciter(line) if kind == "crown" else SrkExciter(line)


def make_receivers(
    radio: Radio, data: Path, clock: SystemClock, sounder: Sounder
) -> Receivers | None:
    """Whatever wakes receivers, or keeps an encoder to the station's name; None: neither."""
    ways: list[Receivers] = []
    if radio.rds is not None:
        ways.append(_by_rds(radio, data, clock))
    if radio.receivers is not None:
        kind, codes = choices.read_receivers(radio.receivers)
        if not kind.by_rds:
            opening, closing = choices.read_codes(kind, codes)
            folder = data / "codes"
            opens, closes = Code(opening, folder / "open.wav"), Code(closing, folder / "close.wav")
            ways.append(Sounded(sounder, opens, closes))
    return Together(ways) if ways else None


def _by_rds(radio: Radio, data: Path, clock: SystemClock) -> Receivers:
    encoder = _make_encoder(radio, clock)
    kind, rest = choices.read_receivers(radio.receivers) if radio.receivers else (None, "")
    if kind is Receiving.ODA and radio.receivers_key is not None:
        commune = Commune(
            area=radio.receivers_area,
            key=choices.load_key(radio.receivers_key),
            aid=choices.read_aid(radio.receivers_aid),
        )
        counter = Counter(data / "wake-counter")
        return Authenticated(encoder, _programme(radio, GROUP_11A), commune, counter)
    if kind is Receiving.RDS:
        described = template.load(Path(rest))
        programme = _programme(radio, read_kind(described.group))
        return Templated(encoder, programme, described)
    return Announced(encoder, _programme(radio, None))


def _programme(radio: Radio, free: int | None) -> Programme:
    return Programme(
        pi=choices.read_pi(radio.rds_pi),
        ps=choices.read_ps(radio.rds_ps),
        text=plain(radio.rds_text),
        groups=sequence(free),
    )


def _make_encoder(radio: Radio, clock: SystemClock) -> Encoder:
    speech, port, baud = choices.read_rds(radio.rds or "")

    def sure() -> datetime | None:
        at = clock.moment()
        return at.now if synchronised(at) else None

    dialect = _dialect(speech, choices.read_address(radio.rds_address))
    return Encoder(Line(port, baud), dialect, sure)


def _dialect(speech: Speech, address: Address) -> Dialect:
    match speech:
        case Speech.ASCII:
            return AsciiCommands()
        case Speech.PROFLINE:
            return Uecp(address, answers=False, stuffing=STUFFED_AFTER)
        case Speech.UECP:
            return Uecp(address, answers=False)
        case Speech.ANSWERING:
            return Uecp(address, answers=True)
        case Speech.OLD:
            return Uecp(address, answers=True, carriage=Carriage.OLD)
        case Speech.NEW:
            return Uecp(address, answers=True, carriage=Carriage.DATA)
