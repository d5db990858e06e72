"""Happenings: what an alarm of a station asks its technician to do, the gravest first."""

from collections.abc import Mapping

DO: Mapping[str, str] = {
    "stray_airing": "Hỏi người ở gần loa đã nói gì. Nghi bị chiếm quyền thì rút điện hộp, thu hồi "
    "hộp ở trang Hộp rồi nhận lại.",
    "foreign_stray": "Hỏi người ở gần loa đã nói gì; đổi mật khẩu của thiết bị rồi báo hãng.",
    "second_verdict": "Lấy chẩn đoán; hai hộp có thể đang dùng chung một tên.",
    "proof_": "Xem loa, dây loa và âm ly, rồi bấm Thử loa.",
    "plan_refused": "Xem đồng hồ của hộp; còn từ chối thì nhận lại hộp bằng mã mới.",
    "epoch_behind": "Máy chủ vừa khôi phục từ bản sao cũ: người quản trị nâng kỳ của lịch phát.",
    "order_refused": "Xem đồng hồ của hộp, rồi ra lệnh lại.",
    "agent_given_up": "Lấy chẩn đoán; cụm loa vẫn phát bằng bản cũ.",
    "message_refused": "Lấy chẩn đoán; lặp lại nhiều lần thì báo người quản trị.",
    "unreadable_message": "Lấy chẩn đoán; hộp gửi tin mà máy chủ không đọc được.",
    "plan_too_big": "Báo cán bộ xã: nơi này có quá nhiều lượt phát trong những ngày tới.",
    "recording_lost": "Cụm loa đã tự tải lại. Lặp lại nhiều lần thì thay thẻ nhớ.",
}
"""By the code of an alarm, or by how it begins."""

SERVER: Mapping[str, str] = {
    "unplannable": "Mở bản tin đó, sửa rồi gửi duyệt lại; lặp lại thì gửi nhật ký máy chủ.",
    "chore_failed": "Xem nhật ký của máy chủ; còn lặp lại thì gửi nhật ký cho người hỗ trợ.",
    "unreadable_message": "Có máy lạ hoặc hộp hỏng gửi tin lên máy chủ: xem tên trong tin.",
    "rollout_halted": "Mở trang Cập nhật: đợt cập nhật đã tự dừng.",
    "mail_failing": "Xem máy chủ thư và các thiết lập TT_SMTP_*; báo cáo tự đi khi sửa xong.",
    "slot_lost": "Nhắc người duyệt; dời các bản tin đã lỡ giờ.",
}
"""The same for troubles of the server itself, by their codes."""

ANYTHING = "Mở trang Sức khỏe của cụm loa và lấy chẩn đoán."


def speaks_unbidden(code: str) -> bool:
    """Whether something sounded that nobody allowed: nothing is graver."""
    return code in {"stray_airing", "foreign_stray"}


def rank(code: str) -> int:
    """0 is the gravest; what is not listed comes last."""
    return next((n for n, known in enumerate(DO) if code.startswith(known)), len(DO))


def to_do(code: str) -> str:
    """One sentence or two for a technician."""
    return next((do for known, do in DO.items() if code.startswith(known)), ANYTHING)
