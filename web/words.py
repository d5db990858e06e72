"""Words: how states, classes, fields and roles are called in Vietnamese, each with its icon."""

from collections.abc import Mapping
from typing import NamedTuple

from contract.states import AgentPhase, AiringState, BulletinState, Class, Profile, Verdict
from controller.declaring import Behalf
from controller.emergency_watch import Step as EmergencyStep
from controller.live import Stage
from controller.model import AreaKind, Deed, Field, Role
from controller.permissions import Permission
from controller.releases.rollouts import RolloutState
from controller.tuning import Step
from controller.wall import Stand


class Word(NamedTuple):
    """What a chip shows. `tone` is a class of styles/pieces.css; colour never stands alone."""

    text: str
    icon: str
    tone: str


BULLETIN: Mapping[BulletinState, Word] = {
    BulletinState.DRAFT: Word("Nháp", "write", "calm"),
    BulletinState.VOICING: Word("Đang tạo giọng đọc", "clock", "info"),
    BulletinState.READY: Word("Chờ nghe và gửi", "play", "wait"),
    BulletinState.SUBMITTED: Word("Chờ duyệt", "clock", "wait"),
    BulletinState.RETURNED: Word("Trả lại", "back", "bad"),
    BulletinState.APPROVED: Word("Đã duyệt", "approve", "good"),
    BulletinState.WITHDRAWN: Word("Đã rút", "cross", "calm"),
}
AIRING: Mapping[AiringState, Word] = {
    AiringState.PLANNED: Word("Đã lên lịch", "clock", "info"),
    AiringState.REFUSED: Word("Không xếp được lịch", "warning", "bad"),
    AiringState.STARTED: Word("Đang phát", "on-air", "live"),
    AiringState.CLOSED: Word("Đã xong", "check", "good"),
    AiringState.CANCELLED: Word("Đã hủy", "cross", "calm"),
}
VERDICT: Mapping[Verdict, Word] = {
    Verdict.PENDING: Word("Chờ báo cáo", "clock", "wait"),
    Verdict.AIRED: Word("Đã phát", "approve", "good"),
    Verdict.PARTIAL: Word("Phát một phần", "half", "wait"),
    Verdict.SKIPPED: Word("Bỏ qua", "skip", "calm"),
    Verdict.MISSED: Word("Lỡ giờ", "clock", "bad"),
    Verdict.FAILED: Word("Lỗi", "cross", "bad"),
    Verdict.UNVERIFIED: Word("Chưa xác minh", "question", "calm"),
}
STAGE: Mapping[Stage, Word] = {
    Stage.WAITING: Word("Chờ nhận lịch", "clock", "wait"),
    Stage.PLANNED: Word("Đã nhận lịch", "clock", "info"),
    Stage.FETCHED: Word("Đã tải sẵn", "down", "info"),
    Stage.PLAYING: Word("Đang phát", "on-air", "live"),
    Stage.DONE: Word("Có kết quả", "check", "good"),
}
EMERGENCY_STEP: Mapping[EmergencyStep, Word] = {
    EmergencyStep.UNHEARD: Word("Không phát được", "cross", "bad"),
    EmergencyStep.WAITING: Word("Chưa nhận lệnh", "clock", "wait"),
    EmergencyStep.ACCEPTED: Word("Đã nhận lệnh", "check", "info"),
    EmergencyStep.SOUNDING: Word("Đang phát", "on-air", "live"),
    EmergencyStep.DONE: Word("Đã phát", "approve", "good"),
}
PROFILE: Mapping[Profile | None, str] = {
    None: "Theo cấu hình trên máy",
    Profile.FLAT: "Loa thường: giữ nguyên tiếng",
    Profile.HORN: "Loa nén trên cột",
    Profile.FM: "Máy phát FM",
}
TUNED: Mapping[Step, Word] = {
    Step.PLANNED: Word("Đang gửi", "send", "wait"),
    Step.SENT: Word("Đang gửi", "send", "wait"),
    Step.TAKEN: Word("Đã nhận", "check", "good"),
    Step.REFUSED: Word("Cụm loa từ chối", "cross", "bad"),
}
UNREACHED = Word("Chưa nhận, mất kết nối", "offline", "bad")
ROLLOUT: Mapping[RolloutState, Word] = {
    RolloutState.PROPOSED: Word("Chờ duyệt", "clock", "wait"),
    RolloutState.RUNNING: Word("Đang cập nhật", "down", "info"),
    RolloutState.HALTED: Word("Đang tạm dừng", "warning", "bad"),
    RolloutState.DONE: Word("Đã xong", "check", "good"),
    RolloutState.CANCELLED: Word("Đã hủy", "cross", "calm"),
}
AGENT: Mapping[AgentPhase, Word] = {
    AgentPhase.STAGED: Word("Đã tải sẵn", "down", "info"),
    AgentPhase.TRIED: Word("Đang thử", "clock", "info"),
    AgentPhase.KEPT: Word("Đã dùng bản mới", "check", "good"),
    AgentPhase.GIVEN_UP: Word("Quay về bản cũ", "back", "bad"),
    AgentPhase.FAILED: Word("Chưa tải được", "warning", "wait"),
}
CLASS: Mapping[Class, Word] = {
    Class.EMERGENCY: Word("Khẩn cấp", "siren", "bad"),
    Class.PRIORITY: Word("Ưu tiên", "warning", "wait"),
    Class.NORMAL: Word("Thông thường", "horn", "calm"),
}
CLASS_HINT: Mapping[Class, str] = {
    Class.NORMAL: "Phát vào khung giờ của xã",
    Class.PRIORITY: "Được phát trước bản tin thông thường",
    Class.EMERGENCY: "Cắt ngang mọi chương trình, phát ngay khi được duyệt",
}
FIELD: Mapping[Field, str] = {
    Field.UNSAID: "Chưa chọn",
    Field.GENERAL: "Tin chung",
    Field.SUDDEN: "Thông tin đột xuất",
    Field.POLICY_AND_LAW: "Chính sách, pháp luật",
    Field.LOCAL_DIRECTION: "Chỉ đạo, điều hành của địa phương",
    Field.KNOWLEDGE: "Kiến thức đời sống, sản xuất",
    Field.GOOD_EXAMPLES: "Người tốt, việc tốt",
}
FIELDS = {field: text for field, text in FIELD.items() if field is not Field.UNSAID}
"""Those that a person chooses among."""

BEHALF: Mapping[Behalf, str] = {
    Behalf.OWN: "Chính quyền, cơ quan, đoàn thể",
    Behalf.ENROLMENT: "Tuyển sinh",
    Behalf.RECRUITMENT: "Tuyển dụng",
    Behalf.CHARITY: "Từ thiện, phúc lợi",
    Behalf.OTHER: "Việc khác",
}
AREA_KIND: Mapping[AreaKind, str] = {
    AreaKind.PROVINCE: "Tỉnh, thành phố",
    AreaKind.ZONE: "Khu vực",
    AreaKind.COMMUNE: "Xã, phường",
    AreaKind.HAMLET: "Thôn, tổ, phần của xã",
}
DEED: Mapping[Deed, str] = {
    Deed.ADDED: "Thành lập",
    Deed.RENAMED: "Đổi tên",
    Deed.MERGED: "Sáp nhập vào đơn vị mới",
    Deed.SPLIT: "Chia thành các đơn vị mới",
    Deed.MOVED: "Chuyển sang đơn vị khác ở trên",
}
ROLE: Mapping[Role, str] = {
    Role.OFFICER: "Cán bộ xã",
    Role.APPROVER: "Lãnh đạo duyệt",
    Role.STAFF: "Cán bộ khu vực, tỉnh",
    Role.TECHNICIAN: "Kỹ thuật",
    Role.ADMINISTRATOR: "Quản trị",
    Role.AUDITOR: "Kiểm tra",
}
PERMISSION: Mapping[Permission, str] = {
    Permission.SEE_BULLETINS: "xem bản tin",
    Permission.COMPOSE: "soạn, nghe, gửi duyệt và rút bản tin",
    Permission.RAISE_EMERGENCY: "soạn tin khẩn cấp",
    Permission.APPROVE: "duyệt và trả lại bản tin",
    Permission.APPROVE_EMERGENCY: "duyệt tin khẩn cấp",
    Permission.STOP: "dừng phát và báo yên",
    Permission.SEE_STATIONS: "xem cụm loa và kết quả phát",
    Permission.MANAGE_STATIONS: "quản lý cụm loa",
    Permission.MANAGE_PEOPLE: "quản lý người dùng",
    Permission.MANAGE_AREAS: "quản lý đơn vị và giờ được phát",
    Permission.SEE_AUDIT: "xem nhật ký",
    Permission.TEACH_READINGS: "dạy cách đọc",
    Permission.MANAGE_SOURCES: "quản lý nguồn tiếp sóng",
}

SOURCE: Mapping[bool | None, Word] = {
    True: Word("Nghe được", "check", "good"),
    False: Word("Không nghe được", "cross", "bad"),
    None: Word("Chưa kiểm tra", "question", "calm"),
}
AT_STATION = Word("Nghe ở cụm loa", "horn", "calm")
INPUTS: Mapping[str, str] = {
    "input:line": "Dây cắm vào cụm loa",
    "input:fm": "Máy thu FM của cụm loa",
}
RELAY = Word("Tiếp sóng", "on-air", "info")
ONLINE = Word("Đang kết nối", "on-air", "good")
OFFLINE = Word("Mất kết nối", "offline", "bad")
STAND: Mapping[Stand, Word] = {
    Stand.SILENT: Word("Mất kết nối", "offline", "bad"),
    Stand.TROUBLED: Word("Có sự cố", "warning", "wait"),
    Stand.PLAYING: Word("Đang phát", "on-air", "live"),
    Stand.READY: Word("Sẵn sàng", "check", "good"),
}
NEVER_SEEN = Word("Chưa từng kết nối", "question", "calm")
VIRTUAL = Word("Loa ảo", "horn", "info")
SELF_TOLD = Word("Thiết bị tự báo", "warning", "wait")
FORGEABLE = Word("Bộ thu không xác thực được", "warning", "wait")
