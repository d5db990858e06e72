"""Names in capitals keep the capitals of a name: "TỈNH LÀO CAI" is "tỉnh Lào Cai"."""

from tts.normalise.lexicon import Lexicon
from tts.normalise.rules import Rule, rule

# The provinces and cities since 1 July 2025 (Nghị quyết 202/2025/QH15), those they were made of,
# and the names that stand in most headings.
_NAMES = """
    An Giang, Bà Rịa, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định,
    Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên,
    Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu
    Giang, Hòa Bình, Huế, Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai,
    Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình,
    Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái
    Nguyên, Thanh Hóa, Thừa Thiên, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Vũng
    Tàu, Yên Bái, Việt Nam, Hồ Chí Minh, Quốc hội, Chính phủ, Mặt trận Tổ quốc, Tổ quốc, Nguyên
    đán, Văn Chấn, Nghĩa Lộ, Mù Cang Chải, Sa Pa
"""
NAMES = tuple(" ".join(_NAMES.split()).split(", "))


def rules(_lexicon: Lexicon) -> tuple[Rule, ...]:
    """Only where all of it is in capitals; elsewhere it stands as its author wrote it."""
    by_capitals = {name.upper(): name for name in NAMES}
    listed = "|".join(sorted(by_capitals, key=len, reverse=True))
    return (rule(rf"(?<!\w)(?:{listed})(?!\w)", lambda match: by_capitals[match[0]]),)
