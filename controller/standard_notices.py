"""Standard notices: the words of what an office tells each year, with blanks to fill in.

A place may put words of its own in the stead of each (controller.notice_templates).
"""

from msgspec import Struct

from controller.model import Field


class StandardNotice(Struct, frozen=True):
    """Words for one occasion."""

    key: str
    name: str
    field: Field
    text: str


STANDARD = (
    StandardNotice(
        "hop-thon",
        "Họp thôn, tổ dân phố",
        Field.LOCAL_DIRECTION,
        "Mời họp [tên thôn hoặc tổ].\n[Tên thôn hoặc tổ] mời mỗi hộ một người đến họp lúc [giờ] "
        "ngày [ngày], tại [địa điểm]. Nội dung: [nội dung họp]. Mời bà con đến đủ, đúng giờ.",
    ),
    StandardNotice(
        "tiem-chung",
        "Tiêm chủng",
        Field.GENERAL,
        "Lịch tiêm chủng.\nTrạm y tế tiêm [tên vắc xin] cho [đối tượng] lúc [giờ] ngày [ngày], "
        "tại [địa điểm]. Khi đi mang theo [sổ tiêm, giấy tờ]. Trẻ đang sốt hoặc ốm thì báo trước "
        "với trạm y tế, số [số điện thoại].",
    ),
    StandardNotice(
        "cat-dien",
        "Tạm ngừng cấp điện",
        Field.GENERAL,
        "Thông báo tạm ngừng cấp điện.\n[Tên đơn vị điện lực] tạm ngừng cấp điện tại [tên nơi] từ "
        "[giờ bắt đầu] đến [giờ kết thúc] ngày [ngày], để [lý do]. Có thể đóng điện sớm hơn, bà "
        "con coi như lưới luôn có điện. Cần hỏi, gọi [số điện thoại].",
    ),
    StandardNotice(
        "cat-nuoc",
        "Tạm ngừng cấp nước",
        Field.GENERAL,
        "Thông báo tạm ngừng cấp nước.\n[Tên đơn vị cấp nước] tạm ngừng cấp nước tại [tên nơi] từ "
        "[giờ bắt đầu] đến [giờ kết thúc] ngày [ngày], để [lý do]. Mời bà con trữ đủ nước dùng. "
        "Cần hỏi, gọi [số điện thoại].",
    ),
    StandardNotice(
        "ve-sinh",
        "Tổng vệ sinh môi trường",
        Field.LOCAL_DIRECTION,
        "Ra quân tổng vệ sinh.\nLúc [giờ] ngày [ngày], mời mỗi hộ ở [tên nơi] một người mang "
        "[dụng cụ] đến [điểm tập trung] dọn đường làng, khơi rãnh nước. Rác tập kết tại "
        "[điểm tập kết], không đốt.",
    ),
    StandardNotice(
        "an-sinh",
        "Chi trả trợ cấp",
        Field.GENERAL,
        "Lịch chi trả trợ cấp tháng [tháng].\n[Đơn vị chi trả] chi trả [tên khoản trợ cấp] lúc "
        "[giờ] ngày [ngày], tại [địa điểm]. Người nhận mang theo [giấy tờ]. Ai không đến được thì "
        "báo [tên người], số [số điện thoại].",
    ),
    StandardNotice(
        "nop-thue",
        "Nộp thuế, phí",
        Field.LOCAL_DIRECTION,
        "Thông báo nộp [tên khoản thu] năm [năm].\nHạn cuối là ngày [ngày]. Bà con nộp tại "
        "[địa điểm] hoặc qua [cách nộp]. Mức thu: [mức thu]. Cần hỏi, gặp [tên người], số "
        "[số điện thoại].",
    ),
    StandardNotice(
        "tiem-gia-suc",
        "Tiêm phòng gia súc, gia cầm",
        Field.KNOWLEDGE,
        "Lịch tiêm phòng gia súc, gia cầm.\nThú y xã tiêm vắc xin [tên bệnh] cho [loại vật nuôi] "
        "từ ngày [ngày] đến ngày [ngày kết thúc], ở [tên nơi]. Bà con nhốt vật nuôi và có người ở "
        "nhà. Vật nuôi ốm thì báo số [số điện thoại], không bán, không vứt xác ra suối.",
    ),
    StandardNotice(
        "nghia-vu",
        "Khám nghĩa vụ quân sự",
        Field.POLICY_AND_LAW,
        "Khám sức khỏe nghĩa vụ quân sự năm [năm].\nCông dân có giấy gọi đến khám lúc [giờ] ngày "
        "[ngày], tại [địa điểm]. Mang theo giấy gọi và căn cước. Cần hỏi, gọi Ban chỉ huy quân sự "
        "xã, số [số điện thoại].",
    ),
    StandardNotice(
        "van-ban",
        "Văn bản mới có hiệu lực",
        Field.POLICY_AND_LAW,
        "Quy định mới: [việc gì].\nTừ ngày [ngày], [tên văn bản, số hiệu] có hiệu lực. "
        "[Nội dung chính, nói ngắn]. Bà con cần biết thêm, hỏi [nơi hỏi] hoặc gọi [số điện thoại].",
    ),
    StandardNotice(
        "guong-tot",
        "Người tốt, việc tốt",
        Field.GOOD_EXAMPLES,
        "Gương người tốt.\n[Ông, bà, tên người] ở [tên thôn] đã [việc làm] vào [thời gian]. "
        "[Kết quả, người được giúp]. Xã biểu dương và mong bà con cùng làm theo.",
    ),
    StandardNotice(
        "tuyen-dung",
        "Tuyển dụng (đăng giúp)",
        Field.GENERAL,
        "Thông báo tuyển dụng.\n[Tên nơi tuyển], địa chỉ [địa chỉ], tuyển [số lượng] [vị trí]. "
        "Yêu cầu: [yêu cầu]. Nộp hồ sơ tại [nơi nộp] trước ngày [ngày].",
    ),
)
