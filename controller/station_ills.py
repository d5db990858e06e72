"""What is wrong with a station by its beat: thresholds with hysteresis; pure.

A figure that is not told is not held against a station: a part may have been taken away.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from msgspec import Struct

from contract.reports import Beat

MEGABYTE = 1_000_000
DAY_S = 86_400


class Limit(Struct, frozen=True, kw_only=True):
    """A figure is ill from `ill` on and well again at `well`; which of them is the higher says
    the direction."""

    read: Callable[[Beat], float | None]
    ill: float
    well: float
    says: str  # with {} for the figure
    do: str


class Fact(Struct, frozen=True, kw_only=True):
    """Something that is either so or not; None: not told."""

    read: Callable[[Beat], bool | None]
    says: str
    do: str


def _cpu_c(beat: Beat) -> float | None:
    return beat.machine.cpu_c if beat.machine else None


def _memory_mb(beat: Beat) -> float | None:
    free = beat.machine.memory_free_bytes if beat.machine else None
    return None if free is None else free / MEGABYTE


def _free_mb(beat: Beat) -> float | None:
    return beat.free_bytes / MEGABYTE


def _wear(beat: Beat) -> float | None:
    return beat.machine.wear_percent if beat.machine else None


def _load(beat: Beat) -> float | None:
    return beat.machine.load if beat.machine else None


def _paper_days(beat: Beat) -> float | None:
    ends_at: datetime | None = beat.machine.papers_end_at if beat.machine else None
    return None if ends_at is None else (ends_at - beat.at).total_seconds() / DAY_S


def _battery_v(beat: Beat) -> float | None:
    """Of one battery of 12 V; two in a row are told as 24."""
    volts = beat.senses.battery_v if beat.senses else None
    return None if volts is None else volts if volts < 18 else volts / 2


def _cabinet_c(beat: Beat) -> float | None:
    return beat.senses.temperature_c if beat.senses else None


def _dbm(beat: Beat) -> float | None:
    return beat.modem.dbm if beat.modem else None


def _clock_s(beat: Beat) -> float | None:
    """How far it is surely wrong."""
    if beat.clock_offset_ms is None:
        return None
    doubt_ms = beat.clock_uncertainty_ms or 0
    return max(0, abs(beat.clock_offset_ms) - doubt_ms) / 1000


def _no_mains(beat: Beat) -> bool | None:
    return beat.senses.mains is False if beat.senses else None


def _door(beat: Beat) -> bool | None:
    return beat.senses.door_open if beat.senses else None


def _interlock(beat: Beat) -> bool | None:
    return beat.senses.interlock_closed is False if beat.senses else None


def _modem(beat: Beat) -> bool | None:
    return not beat.modem.answers if beat.modem else None


def _sim(beat: Beat) -> bool | None:
    return beat.modem.sim not in {"", "READY"} if beat.modem else None


def _network(beat: Beat) -> bool | None:
    return beat.modem.network in {"searching", "denied", "none"} if beat.modem else None


RULES: Mapping[str, Limit | Fact] = {
    "health_mains": Fact(
        read=_no_mains, says="Mất điện lưới", do="Hỏi điện lực; xem cầu dao, chống sét của tủ."
    ),
    "health_battery": Limit(
        read=_battery_v,
        ill=11.5,  # a lead battery is nearly empty
        well=12.2,
        says="Ắc quy yếu, {:.1f} V",
        do="Xem bộ sạc; ắc quy quá 3 năm thì thay.",
    ),
    "health_interlock": Fact(
        read=_interlock,
        says="Khóa liên động đang hở: không phát sóng được",
        do="Xem ăng-ten, cáp và cửa máy phát.",
    ),
    "health_disk": Limit(
        read=_free_mb,
        ill=100,
        well=200,
        says="Thẻ nhớ sắp đầy, còn {:.0f} MB",
        do="Xóa tệp lạ trên thẻ, hoặc thay thẻ lớn hơn.",
    ),
    "health_wear": Limit(
        read=_wear,
        ill=80,
        well=70,
        says="Bộ nhớ đã mòn {:.0f} %",
        do="Chuẩn bị hộp thay thế; bộ nhớ mòn hết sẽ không ghi được.",
    ),
    "health_cpu": Limit(
        read=_cpu_c,
        ill=80,  # small boxes slow themselves down from 80 to 85 on
        well=72,
        says="Bộ xử lý nóng {:.0f} °C",
        do="Xem quạt, khe thoáng và nắng chiếu vào tủ.",
    ),
    "health_cabinet": Limit(
        read=_cabinet_c,
        ill=70,
        well=62,
        says="Trong tủ nóng {:.0f} °C",
        do="Xem quạt tủ; che nắng; thông khe gió.",
    ),
    "health_memory": Limit(
        read=_memory_mb,
        ill=40,
        well=80,
        says="Sắp hết bộ nhớ, còn {:.0f} MB",
        do="Khởi động lại hộp; nếu còn lặp lại thì gửi chẩn đoán.",
    ),
    "health_load": Limit(
        read=_load,
        ill=3,
        well=1.5,
        says="Máy quá tải ({:.1f} việc chờ mỗi nhân)",
        do="Lấy chẩn đoán và báo cho người quản trị.",
    ),
    "health_papers": Limit(
        read=_paper_days,
        ill=25,  # renewed when 30 are left: five days of tries have failed
        well=28,
        says="Chứng thư chỉ còn {:.0f} ngày, chưa gia hạn được",
        do="Xem cụm loa có tới được cổng trạm của máy chủ không; hoặc nhận lại hộp.",
    ),
    "health_clock": Limit(
        read=_clock_s,
        ill=2,
        well=0.5,
        says="Đồng hồ lệch {:.1f} giây",
        do="Xem máy chủ giờ (chrony) và pin đồng hồ.",
    ),
    "health_modem": Fact(
        read=_modem, says="Modem không trả lời", do="Cắm lại cáp USB của modem; xem TT_MODEM."
    ),
    "health_sim": Fact(read=_sim, says="SIM chưa dùng được", do="Cắm lại SIM; tắt mã PIN của SIM."),
    "health_network": Fact(
        read=_network, says="SIM chưa vào được mạng", do="Xem cước, ăng-ten 4G và vùng phủ sóng."
    ),
    "health_signal": Limit(
        read=_dbm,
        ill=-107,
        well=-101,
        says="Sóng di động yếu, {:.0f} dBm",
        do="Đưa ăng-ten 4G lên cao, ra ngoài tủ; thử nhà mạng khác.",
    ),
    "health_door": Fact(read=_door, says="Cửa tủ đang mở", do="Đóng và khóa tủ."),
}
"""By the code of the alarm, the gravest first."""


def ills(beat: Beat, known: Collection[str]) -> dict[str, str]:
    """The codes of what is wrong, with a sentence each; `known` is what was wrong before."""
    found = {code: _judge(rule, beat, ill=code in known) for code, rule in RULES.items()}
    return {code: says for code, says in found.items() if says}


def _judge(rule: Limit | Fact, beat: Beat, *, ill: bool) -> str:
    if isinstance(rule, Fact):
        return rule.says if rule.read(beat) else ""
    figure = rule.read(beat)
    if figure is None:
        return ""
    higher = rule.ill > rule.well
    if ill:
        wrong = figure > rule.well if higher else figure < rule.well
    else:
        wrong = figure >= rule.ill if higher else figure <= rule.ill
    # people here write a comma
    return rule.says.format(figure).replace(".", ",") if wrong else ""
