"""Standard alarms: the words of the dangers that every place knows, with blanks to fill in.

They ask for three things each: what happens, where, and what people do at once. A place may put
words of its own in the stead of each (controller.alarm_templates).
"""

from msgspec import Struct


class StandardAlarm(Struct, frozen=True):
    """Words for one danger; `valid_h` is for how long such a danger is usually warned of."""

    key: str
    name: str
    text: str
    valid_h: int


STANDARD = (
    StandardAlarm(
        "bao",
        "Bão",
        "Tin bão khẩn cấp. Bão [tên hoặc số hiệu bão] sẽ ảnh hưởng đến [tên nơi] từ [giờ, ngày]. "
        "Bà con chằng chống nhà cửa, vào nơi trú ẩn an toàn trước [giờ] và không ra ngoài "
        "khi bão chưa tan. Cần giúp đỡ, gọi [số điện thoại].",
        12,
    ),
    StandardAlarm(
        "lu",
        "Lũ, ngập lụt",
        "Cảnh báo lũ khẩn cấp. Nước [tên sông, suối] đang lên nhanh. Bà con ở [tên nơi] đưa người "
        "già, trẻ em lên [nơi tránh lũ] ngay, ngắt điện trong nhà, không lội qua ngầm, tràn. "
        "Cần cứu hộ, gọi [số điện thoại].",
        6,
    ),
    StandardAlarm(
        "lu-quet",
        "Lũ quét",
        "Cảnh báo lũ quét khẩn cấp trên [tên suối]. Bà con ở [tên nơi] rời ngay khỏi bờ suối "
        "và chỗ thấp, lên [nơi an toàn]. Không quay lại lấy đồ đạc. "
        "Cần cứu hộ, gọi [số điện thoại].",
        3,
    ),
    StandardAlarm(
        "sat-lo",
        "Sạt lở đất",
        "Cảnh báo sạt lở đất khẩn cấp tại [tên nơi]. Bà con sống sát sườn đồi, taluy rời nhà ngay, "
        "đến [nơi an toàn]. Không đi qua [đoạn đường] cho đến khi có thông báo mới. "
        "Cần cứu hộ, gọi [số điện thoại].",
        12,
    ),
    StandardAlarm(
        "xa-lu",
        "Xả lũ hồ chứa",
        "Thông báo khẩn cấp. [Tên hồ, đập] xả lũ từ [giờ]. Bà con ở hạ du, tại [tên nơi], "
        "đưa người, thuyền bè và gia súc lên cao ngay, không xuống sông, suối đánh cá, vớt củi. "
        "Cần cứu hộ, gọi [số điện thoại].",
        6,
    ),
    StandardAlarm(
        "chay",
        "Cháy nhà, khu dân cư",
        "Báo cháy khẩn cấp tại [địa chỉ]. Bà con ở gần đó ra ngay khỏi nhà, đến [nơi tập trung], "
        "nhường đường cho xe chữa cháy. Không vào khu vực cháy. Gọi chữa cháy: 114.",
        1,
    ),
    StandardAlarm(
        "chay-rung",
        "Cháy rừng",
        "Báo cháy rừng khẩn cấp tại [tên khu rừng]. Gió đang đưa lửa về [hướng, tên nơi]. "
        "Bà con ở [tên nơi] rời nhà ngay, đến [nơi an toàn]. Lực lượng chữa cháy tập trung "
        "tại [nơi tập trung]. Gọi chữa cháy: 114.",
        6,
    ),
    StandardAlarm(
        "hoa-chat",
        "Rò rỉ hóa chất, khí độc",
        "Cảnh báo khẩn cấp. Rò rỉ [tên chất] tại [địa chỉ]. Bà con ở [tên nơi] lấy khăn ướt che "
        "mũi miệng, đi ngay về [hướng ngược chiều gió], đến [nơi an toàn]. "
        "Không bật lửa, không dùng nước ở [nguồn nước]. Cần giúp đỡ, gọi [số điện thoại].",
        3,
    ),
    StandardAlarm(
        "dich-benh",
        "Dịch bệnh",
        "Thông báo khẩn cấp về dịch [tên dịch bệnh] tại [tên nơi]. Bà con [việc phải làm ngay]. "
        "Ai có dấu hiệu [dấu hiệu bệnh] thì ở nhà và gọi trạm y tế: [số điện thoại].",
        24,
    ),
)
