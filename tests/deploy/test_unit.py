"""The unit is one that systemd understands and finds hardened: judged by systemd's own tools."""

import configparser
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy" / "systemd" / "tt-station.service"
EXPOSURE_TENTHS = 20  # systemd's exposure level 2.0


def test_systemd_finds_no_fault_with_it(tmp_path: Path) -> None:
    command = tmp_path / "usr/bin/tt-station"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace("/usr/bin/tt-station", str(command)))
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_it_is_hardened() -> None:
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE_TENTHS}"]
    done = subprocess.run([*command, str(UNIT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-200:]


def test_it_never_stops_trying_and_has_no_rights_to_lose() -> None:
    # a key may stand twice in a unit
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign] # keys keep their capitals
    unit.read(UNIT)
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    service = unit["Service"]
    assert (service["Restart"], service["User"]) == ("always", "tt-station")
    assert (service["CapabilityBoundingSet"], service["AmbientCapabilities"]) == ("", "")
