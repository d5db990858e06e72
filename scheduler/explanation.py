"""Explanation: what a meeting of two airings means for the listener, in Vietnamese."""

from collections.abc import Sized

from contract.states import Class, Resume
from contract.windows import Window
from scheduler.airing import Airing
from scheduler.description import moment
from scheduler.windows import in_words

CLASS_NAMES = {
    Class.EMERGENCY: "khẩn cấp",
    Class.PRIORITY: "ưu tiên",
    Class.NORMAL: "thông thường",
}
_AFTER_A_CUT = {
    Resume.AT_CUT: "sau đó phát tiếp từ chỗ bị ngắt",
    Resume.RESTART: "sau đó phát lại từ đầu",
    Resume.JOIN: "sau đó phát tiếp theo đồng hồ, mất đoạn bị chen",
    Resume.DROP: "phần còn lại không phát",
}
_AFTER_A_WAIT = {
    Resume.AT_CUT: "phát từ đầu sau khi bản tin kia kết thúc",
    Resume.RESTART: "phát từ đầu sau khi bản tin kia kết thúc",
    Resume.JOIN: "chỉ nghe được đoạn sau khi bản tin kia kết thúc",
    Resume.DROP: "không phát",
}


def named(airing: Airing) -> str:
    """The title of an airing with its class."""
    return f"“{airing.entry.title}” ({CLASS_NAMES[airing.entry.cls]})"


def cut(winner: Airing, loser: Airing, stations: Sized) -> str:
    """One pre-empts the other."""
    at = moment(max(winner.starts_at, loser.starts_at))
    return (
        f"{named(winner)} chiếm giờ của {named(loser)} lúc {at} "
        f"tại {len(stations)} cụm loa; {_rest(winner, loser)}."
    )


def waits(winner: Airing, loser: Airing, stations: Sized) -> str:
    """One follows the other."""
    return (
        f"{named(loser)} hẹn lúc {moment(loser.starts_at)} trùng giờ với {named(winner)} "
        f"tại {len(stations)} cụm loa; được phát nối sau."
    )


def left_out(winner: Airing, loser: Airing, stations: Sized) -> str:
    """One has no room because of the other."""
    return (
        f"{named(loser)} hẹn lúc {moment(loser.starts_at)} trùng giờ với {named(winner)} "
        f"tại {len(stations)} cụm loa; không phát được, hãy chọn giờ khác."
    )


def outside_windows(wanted: Airing, windows: tuple[Window, ...]) -> str:
    """The start, or the end, lies where loudspeakers must be silent."""
    return (
        f"{named(wanted)} từ {moment(wanted.starts_at)} đến {moment(wanted.ends_at)} "
        f"nằm ngoài khung giờ cho phép ({in_words(windows)})."
    )


def not_released(wanted: Airing) -> str:
    """Nobody approved that time."""
    return f"{named(wanted)} lúc {moment(wanted.starts_at)} nằm ngoài thời gian đã được duyệt."


def no_stations(wanted: Airing) -> str:
    """Nobody would hear it."""
    return f"{named(wanted)} lúc {moment(wanted.starts_at)} chưa có cụm loa nào nhận."


def _rest(winner: Airing, loser: Airing) -> str:
    covered = loser.ends_at <= winner.ends_at
    gone = loser.entry.resume is Resume.JOIN and covered
    resume = Resume.DROP if gone else loser.entry.resume
    return (_AFTER_A_CUT if loser.starts_at < winner.starts_at else _AFTER_A_WAIT)[resume]
