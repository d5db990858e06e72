"""Says what the `uecp` codec of PyPI, which is not ours, makes of UECP; run by `.venv-oracles`.

Reads lines of JSON, `{"encode": [name, arguments], "site": …, "encoder": …, "counter": …}` or
`{"decode": hex}`, and answers each with one.
"""

import json
import sys
from datetime import datetime

from uecp.commands import (
    ProgrammeIdentificationSetCommand,
    ProgrammeServiceNameSetCommand,
    ProgrammeTypeSetCommand,
    RadioTextSetCommand,
    RDSEnabledSetCommand,
    RealTimeClockEnabledSetCommand,
    RealTimeClockSetCommand,
    TrafficAnnouncementProgrammeSetCommand,
)
from uecp.commands.control_n_setup import CommunicationMode, CommunicationModeSetCommand
from uecp.commands.rds_message import DecoderInformationSetCommand
from uecp.frame import UECPFrame, UECPFrameDecoder

COMMANDS = {
    "pi": lambda code: ProgrammeIdentificationSetCommand(pi=code),
    "ps": lambda name: ProgrammeServiceNameSetCommand(ps=name),
    "pty": lambda kind: ProgrammeTypeSetCommand(programme_type=kind),
    "ta_tp": lambda ta, tp: TrafficAnnouncementProgrammeSetCommand(announcement=ta, programme=tp),
    "text": lambda words: RadioTextSetCommand(text=words),
    "di": lambda stereo: DecoderInformationSetCommand(stereo=stereo),
    "rds_sent": lambda on: RDSEnabledSetCommand(enable=on),
    "clock_sent": lambda on: RealTimeClockEnabledSetCommand(enable=on),
    "clock": lambda iso: RealTimeClockSetCommand(timestamp=datetime.fromisoformat(iso)),
    "answers": lambda: CommunicationModeSetCommand(
        mode=CommunicationMode.BIDIRECTIONAL_REQUESTED_RESPONSE
    ),
}


def encode(asked: dict) -> str:
    name, *arguments = asked["encode"]
    frame = UECPFrame(asked["site"], asked["encoder"], asked["counter"])
    frame.add_command(COMMANDS[name](*arguments))
    return bytes(frame.encode()).hex()


def decode(line: bytes) -> list:
    frame, _ = UECPFrameDecoder().decode(line)
    message = [byte for command in frame.commands for byte in command.encode()]
    head = [frame.site_address, frame.encoder_address, frame.sequence_counter]
    return [*head, bytes(message).hex()]


for line in sys.stdin:
    asked = json.loads(line)
    said = encode(asked) if "encode" in asked else decode(bytes.fromhex(asked["decode"]))
    print(json.dumps(said), flush=True)
