"""What a look at the rig shows: whether a step has been reached, and what is not right; pure."""

from math import inf, sqrt

from msgspec import Struct

from station_agent.hardware.kit import Kit
from station_agent.hardware.readings import BoardReading, ExciterReading
from station_agent.hardware.steps import RISE, Step, outputs_at


class Look(Struct, frozen=True, kw_only=True):
    """One look at all parts; or why (Vietnamese) a part could not be asked."""

    board: BoardReading | None = None
    exciter: ExciterReading | None = None
    board_silent: str = ""
    exciter_silent: str = ""


def silence(kit: Kit, step: Step, look: Look) -> str:
    """Why a part that should answer at `step` did not; empty when all did."""
    if look.exciter_silent and not _unpowered(kit, step, look):
        return look.board_silent or look.exciter_silent
    return look.board_silent


def vswr(forward_w: float, reflected_w: float) -> float | None:
    """Standing wave ratio (1+√(r/f))/(1-√(r/f)); None without power, infinite when all returns."""
    if forward_w <= 0:
        return None
    back = sqrt(max(0.0, reflected_w) / forward_w)
    return (1 + back) / (1 - back) if back < 1 else inf


def reached(kit: Kit, step: Step, look: Look) -> bool:
    """Whether a look shows what `step` is to bring about."""
    board, exciter = look.board, look.exciter
    match step:
        case Step.MUTE:
            return board is not None and board.outputs.muted
        case Step.AMPLIFIER_OFF:
            return board is not None and board.outputs.muted and not board.outputs.amplifier
        case Step.RELEASE:
            return True  # receivers cannot answer
        case _:
            at = _unpowered(kit, step, look) or _exciter_at(kit, step, exciter)
            return at and _board_at(kit, step, board)


def mismatch(kit: Kit, step: Step, look: Look) -> str:
    """In words, why a look does not show that `step` was reached."""
    silent = silence(kit, step, look)
    if silent:
        return silent
    if look.board is not None and look.board.outputs != outputs_at(kit, step):
        return f"đọc lại từ bo mạch thấy {_words(look.board)}"
    if look.exciter is not None and not look.exciter.locked:
        return "máy phát chưa khóa tần số"
    return "không thấy đủ công suất phát"


def wrong(kit: Kit, step: Step, look: Look) -> str | None:
    """What forbids the rig to be up or to rise: heat, mains, interlock, waves that come back."""
    found = _board_wrong(kit, step, look.board) if look.board else None
    return found or (_exciter_wrong(kit, step, look.exciter) if look.exciter else None)


def _unpowered(kit: Kit, step: Step, look: Look) -> bool:
    """Whether the exciter is still because the board has switched it off, and should have."""
    seen_off = look.board is not None and not look.board.outputs.carrier
    off = kit.carrier and seen_off and not outputs_at(kit, step).carrier
    return kit.exciter and look.exciter is None and off


def _board_at(kit: Kit, step: Step, board: BoardReading | None) -> bool:
    if not kit.board:
        return True
    if board is None or board.outputs != outputs_at(kit, step):
        return False
    return not (kit.carrier and _on_air(step)) or _strong(kit, board.forward_w)


def _exciter_at(kit: Kit, step: Step, exciter: ExciterReading | None) -> bool:
    if not kit.exciter:
        return True
    if exciter is None or exciter.carrier != (step in RISE and step is not Step.CHECK):
        return False
    return not _on_air(step) or (exciter.locked and _strong(kit, exciter.forward_w))


def _strong(kit: Kit, forward_w: float | None) -> bool:
    return forward_w is None or forward_w >= kit.forward_min_w


def _on_air(step: Step) -> bool:
    """Whether the carrier must stand by now."""
    return step in RISE and RISE.index(step) >= RISE.index(Step.LOCK)


def _board_wrong(kit: Kit, step: Step, board: BoardReading) -> str | None:
    limit_c = kit.cool_c if step is Step.CHECK else kit.hot_c
    if board.temperature_c is not None and board.temperature_c >= limit_c:
        return f"quá nóng, {board.temperature_c:.0f} °C"
    if board.mains is False and not _carried(kit, board.battery_v):
        return "mất điện lưới"
    if kit.radio and board.interlock_closed is False:
        return "khóa liên động của máy phát đang mở"
    return _returning(kit, step, board.forward_w, board.reflected_w)


def _carried(kit: Kit, battery_v: float | None) -> bool:
    """Whether a battery carries the amplifier through a cut of the mains."""
    if kit.battery_min_v is None or battery_v is None:
        return False
    return battery_v >= kit.battery_min_v


def _exciter_wrong(kit: Kit, step: Step, exciter: ExciterReading) -> str | None:
    heard = exciter.frequency_khz
    if None not in (kit.frequency_khz, heard) and heard != kit.frequency_khz:
        return f"máy phát ở tần số {heard} kHz, giấy phép ghi {kit.frequency_khz} kHz"
    if exciter.alarms and _on_air(step):
        return f"máy phát báo {', '.join(exciter.alarms)}"
    return _returning(kit, step, exciter.forward_w, exciter.reflected_w)


def _returning(
    kit: Kit, step: Step, forward_w: float | None, reflected_w: float | None
) -> str | None:
    if not _on_air(step) or forward_w is None or reflected_w is None:
        return None
    ratio = vswr(forward_w, reflected_w)
    if ratio is None or ratio <= kit.vswr_max:
        return None
    return f"công suất dội về từ ăng-ten quá lớn (VSWR {ratio:.1f})"


def _words(board: BoardReading) -> str:
    seen = board.outputs
    return ", ".join(
        (
            "ampli bật" if seen.amplifier else "ampli tắt",
            "loa tắt tiếng" if seen.muted else "loa mở tiếng",
            "máy phát bật" if seen.carrier else "máy phát tắt",
        )
    )
