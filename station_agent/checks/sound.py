"""What sounds: the sink, opened as the player would, in a process of its own."""

import subprocess
import sys
from pathlib import Path

from station_agent.checks.finding import Finding, bad, doubt, good
from station_agent.checks.own import unwritable
from station_agent.settings import Settings

TIMEOUT_S = 5.0
WHICH = "xem tên thẻ bằng lệnh: aplay -L; rồi sửa TT_SINK"


def sink(settings: Settings) -> Finding:
    """Whether the player could open it now."""
    kind, _, where = settings.sink.partition(":")
    if kind == "alsa":
        return _card(where)
    if kind == "file":
        problem = unwritable(Path(where))
        about = "Thư mục của bộ phát"
        return bad(about, f"{where}: {problem}", "sửa quyền ghi") if problem else good(about, where)
    return doubt("Bộ phát", "đang phát vào hư không (null)", "đặt TT_SINK=alsa:TÊN-THẺ")


def _card(device: str) -> Finding:
    """NumPy and the card's library stay out of this process."""
    about = f"Thẻ âm thanh {device}"
    command = [sys.executable, "-m", "station_agent.player.sinks", f"alsa:{device}"]
    try:
        tried = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return bad(about, "không trả lời", "rút và cắm lại thẻ, hoặc khởi động lại hộp")
    if tried.returncode == 0:
        return good(about, "mở được")
    return bad(about, tried.stdout.strip() or tried.stderr.strip(), WHICH)
