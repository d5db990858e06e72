"""Lines of the journal as a technician reads them in the log of the box, in Vietnamese."""

from collections.abc import Mapping

from contract import reports
from contract.reports import Event
from contract.stances import Stance
from contract.states import AgentPhase
from contract.telling import CAUSES, TESTED, tell

AGENT: Mapping[AgentPhase, str] = {
    AgentPhase.STAGED: "đã tải bản mới",
    AgentPhase.TRIED: "sắp chạy thử bản mới",
    AgentPhase.KEPT: "bản mới chạy tốt, giữ lại",
    AgentPhase.GIVEN_UP: "bản mới lỗi, quay về bản cũ",
    AgentPhase.FAILED: "chưa tải được bản mới",
}


AboutTheBox = reports.Trouble | reports.AgentStep | reports.SelfTested | reports.Diagnosed
AboutTheAir = reports.Started | reports.Displaced | reports.Ended | reports.Decided


def told(event: Event) -> str:
    """One line about one line."""
    match event:
        case reports.PlanTaken(held=held):
            return f"Đã nhận lịch phát số {held.version}"
        case reports.OrderTaken(order=order):
            return f"Đã nhận lệnh {order}"
        case reports.MessageRefused(topic=topic, reason=reason, detail=detail):
            return f"Từ chối tin trên {topic}: {reason} {detail}"
        case reports.RecordingHeld(recording=recording):
            return f"Đã tải tệp âm thanh {recording[:12]}"
        case reports.RecordingLost(recording=recording, detail=detail):
            return f"Tệp âm thanh {recording[:12]} hỏng: {detail}"
        case _:
            return _about_the_box(event)


def _about_the_box(event: AboutTheBox | AboutTheAir) -> str:
    match event:
        case reports.Trouble(code=code, detail=detail):
            return f"Sự cố ({code}): {detail}"
        case reports.AgentStep(phase=phase, version=version, detail=detail):
            return f"Cập nhật {version}: {AGENT[phase]} {detail}".strip()
        case reports.SelfTested(outcome=outcome, detail=detail):
            return f"Thử loa: {TESTED[outcome]} {detail}".strip()
        case reports.Diagnosed(size=size, problem=problem):
            return f"Chẩn đoán: {problem or f'đã gửi {size} byte'}"
        case _:
            return _about_the_air(event)


def _about_the_air(event: AboutTheAir) -> str:
    match event:
        case reports.Started(airing=airing, from_sample=0):
            return f"Bắt đầu phát {airing}"
        case reports.Started(airing=airing, from_sample=sample):
            return f"Phát tiếp {airing} từ giây {sample // 48_000}"
        case reports.Displaced(airing=airing, by=by):
            return f"{airing} nhường cho {by}"
        case reports.Decided(stance=stance):
            return f"Từ lúc này: {_stance(stance)}"
        case reports.Ended():
            played, whole = (n // 48_000 for n in (event.played_samples, event.total_samples))
            why = f"{CAUSES[event.cause]} {event.detail}".strip()
            return f"Hết lượt {event.airing}: phát {played}/{whole} giây, {why}"


def _stance(stance: Stance) -> str:
    return tell(stance, lambda airing: airing)
