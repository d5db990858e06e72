"""First start words: the addresses and headings of its pages."""

from collections.abc import Mapping

from controller.first_start.steps import Step

PUT_OFF = "put_off"
"""The name of the button that leaves a step for later."""

SLUG: Mapping[Step, str] = {
    Step.ACCOUNT: "tai-khoan",
    Step.PROVINCE: "tinh",
    Step.COMMUNES: "xa",
    Step.HOURS: "khung-gio",
    Step.COLLEAGUE: "nguoi-duyet",
    Step.STATION: "cum-loa",
    Step.NOTICE: "ban-tin",
    Step.LISTEN: "nghe-thu",
}
TITLE: Mapping[Step, str] = {
    Step.ACCOUNT: "Tạo tài khoản quản trị",
    Step.PROVINCE: "Máy chủ này ở tỉnh, thành phố nào?",
    Step.COMMUNES: "Bắt đầu ở xã, phường nào?",
    Step.HOURS: "Loa được phát vào giờ nào?",
    Step.COLLEAGUE: "Ai duyệt bản tin?",
    Step.STATION: "Cụm loa đầu tiên",
    Step.NOTICE: "Bản tin đầu tiên",
    Step.LISTEN: "Nghe thử rồi gửi duyệt",
}
