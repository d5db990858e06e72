"""What hangs on serial lines: the I/O board and the transmitter. They are only read."""

from contract.reports import Modem
from station_agent.checks.finding import Finding, bad, doubt, good
from station_agent.fitting.hardware import make_board
from station_agent.fitting.radio import make_exciter
from station_agent.hardware.errors import BadProfile, HardwareError
from station_agent.hardware.readings import BoardReading
from station_agent.modem.watch import look
from station_agent.settings import Settings

IN_USE = "nếu dịch vụ tt-station đang chạy thì cổng bận: dừng dịch vụ rồi kiểm tra lại"
WEAK_DBM = -105  # below, transfers break off again and again
WIRES = f"xem dây, nguồn của bo và tốc độ cổng; {IN_USE}"


def board(settings: Settings) -> list[Finding]:
    """Nothing without one."""
    about = f"Bo điều khiển {settings.board}"
    try:
        found = make_board(settings)
        if found is None:
            return []
        reading = found.read()
    except BadProfile as error:
        return [bad(about, str(error), "sửa tệp TT_BOARD_PROFILE")]
    except HardwareError as error:
        return [bad(about, str(error), WIRES)]
    found.close()
    return [good(about, _told(reading)), *_warnings(reading)]


def exciter(settings: Settings) -> list[Finding]:
    """Nothing without one."""
    about = "Máy phát FM"
    try:
        found = make_exciter(settings.radio)
        if found is None:
            return []
        reading = found.read()
    except HardwareError as error:
        return [bad(about, str(error), WIRES)]
    found.close()
    if reading.alarms:
        return [doubt(about, "; ".join(reading.alarms), "xem máy phát và ăng-ten")]
    return [good(about, "trả lời, không báo lỗi")]


def modem(settings: Settings) -> list[Finding]:
    """Nothing without one."""
    if settings.modem is None:
        return []
    about, seen = f"Modem {settings.modem}", look(settings.modem)
    wrong = _modem_wrong(seen)
    if wrong is not None:
        return [bad(about, *wrong)]
    signal = "" if seen.dbm is None else f"{seen.dbm} dBm"
    if seen.dbm is not None and seen.dbm <= WEAK_DBM:
        return [doubt(about, f"sóng yếu, {signal}", "đưa ăng-ten 4G lên cao, ra ngoài tủ")]
    return [good(about, " ".join(filter(None, ["trả lời,", seen.operator, signal])))]


def _modem_wrong(seen: Modem) -> tuple[str, str] | None:
    """What is wrong, and what helps."""
    if not seen.answers:
        return "không trả lời", f"xem cáp USB và tên cổng; {IN_USE}"
    if seen.sim not in {"READY", ""}:
        return f"SIM chưa dùng được ({seen.sim})", "cắm lại SIM, tắt mã PIN của SIM"
    if seen.network not in {"home", "roaming", ""}:
        return "SIM chưa vào được mạng", "xem ăng-ten 4G, cước và vùng phủ sóng"
    return None


def _told(reading: BoardReading) -> str:
    facts = []
    if reading.temperature_c is not None:
        facts.append(f"{reading.temperature_c:.0f} °C")
    if reading.mains_v is not None:
        facts.append(f"điện lưới {reading.mains_v:.0f} V")
    if reading.battery_v is not None:
        facts.append(f"ắc quy {reading.battery_v:.1f} V")
    return ", ".join(["trả lời", *facts])


def _warnings(reading: BoardReading) -> list[Finding]:
    found = []
    if reading.door_open:
        found.append(doubt("Cửa tủ", "đang mở", "đóng và khóa tủ"))
    if reading.mains is False:
        found.append(doubt("Điện lưới", "đang mất", "chạy bằng ắc quy; báo điện lực"))
    if reading.interlock_closed is False:
        found.append(doubt("Khóa liên động", "đang hở: không phát sóng được", "xem ăng-ten và tủ"))
    return found
