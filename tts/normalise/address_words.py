"""Words typed without spaces and marks in an address: "hotro" is "hỗ trợ", "tamthanh" tam thanh."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import combinations
from types import MappingProxyType

from tts.normalise.letters import letter
from tts.normalise.names import NAMES
from tts.normalise.syllables import is_typed_syllable

# What offices call themselves and their pages. Toneless no two of them are the same (tested).
_WORDS = """
    an ninh, an toàn, an toàn giao thông, bài viết, bán hàng, bản đồ, bản tin, bảng giá đất, bảo
    hiểm, bảo hiểm xã hội, báo cáo, báo chính phủ, báo chí, bầu cử, biểu mẫu, bình đẳng giới, bộ
    công an, bộ đội, bộ giáo dục, bộ nội vụ, bộ tư pháp, bộ y tế, bưu điện, căn cước, cảnh báo,
    cảnh sát, câu hỏi, chi cục thuế, chính phủ, chính quyền, chính sách, chuyển đổi số, công an,
    công báo, công chức, công dân, công dân số, công đoàn, cổng dịch vụ, công khai, công nghệ,
    công ty, công thương, cư trú, cục thuế, cựu chiến binh, cuộc thi, cứu hộ, cứu trợ, danh
    sách, dân cư, dân quân, dân số, đào tạo, đại biểu, đăng ký, đảng ủy, đặt lịch, đấu giá, đấu
    thầu, đất đai, điểm thi, địa chính, địa phương, dịch vụ công, điện lực, đoàn, đoàn thanh
    niên, đóng góp, đô thị, dự báo, dự thảo, du lịch, giá đất, giải đáp, giải phóng mặt bằng,
    giám sát, gia đình, giao thông, giáo dục, góp ý, hành chính, hành chính công, hiến máu, học
    bổng, học nghề, học phí, học sinh, hỏi đáp, hội chợ, hội đồng bầu cử, hội nghị, hội nông
    dân, hội phụ nữ, hội thi, hộ tịch, hỗ trợ, hóa đơn, hóa đơn điện tử, hòa giải, hộp thư, hợp
    tác, hợp tác xã, hướng dẫn, kết quả, kế toán, khai báo, khảo sát, khám bệnh, khí tượng, khí
    tượng thủy văn, khiếu nại, khoa học, khởi nghiệp, khuyến học, khuyến nông, kiểm lâm, kiến
    nghị, kinh tế, lao động, lễ hội, lịch cắt điện, lịch tiêm, liên hệ, lưu trú, mầm non, mặt
    trận, môi trường, mua sắm công, nghĩa vụ quân sự, người cao tuổi, ngân hàng, nhà đất, nhà
    văn hóa, nội vụ, nộp thuế, nông nghiệp, nông thôn, nông thôn mới, nông dân, nước sạch, ôn
    thi, phản ánh, phản hồi, pháp luật, phổ biến pháp luật, phòng cháy, phòng chống, phòng chống
    thiên tai, phòng dịch, phường, phụ nữ, quân sự, quản lý, quốc gia, quốc hội, quốc phòng, quy
    hoạch, sách, sức khỏe, sinh viên, sở y tế, tài chính, tài khoản, tài liệu, tài nguyên, tạm
    trú, tập huấn, thanh niên, thanh toán, thanh tra, thành phố, thi đua, thi trực tuyến, thiên
    tai, thông báo, thông tin, thống kê, thôn, thú y, thủ tục, thủ tục hành chính, thuế, thuế
    điện tử, thi tốt nghiệp, tốt nghiệp, sở nông nghiệp, sở tài chính, sở xây dựng, sở giáo dục,
    sở nội vụ, sở tư pháp, sở công thương, thủy lợi, thủy nông, thư ký, thư viện, thư viện pháp
    luật, thương binh, tiểu học, tiêm chủng, tiếp công dân, tiếp dân, tiếp nhận, tìm kiếm, tin
    bão, tin tức, tỉnh đoàn, tỉnh ủy, tòa án, tổ công nghệ số, tra cứu, trạm y tế, trả kết quả,
    trung học, trung tâm, trung tâm y tế, truyền thanh, truyền thông, trực ban, trường, trường
    học, tư pháp, tư vấn, tuyên truyền, tuyển dụng, tuyển quân, tuyển sinh, ủng hộ, ủy ban, vắc
    xin, văn bản, văn hóa, văn hóa xã hội, văn phòng, văn phòng đảng ủy, văn thư, vận tải, vệ
    sinh, vì người nghèo, việc làm, viễn thông, xã, xã hội, xã đoàn, xây dựng, xét nghiệm, xổ
    số, xuất khẩu, xử phạt, y tế
"""


# Said as one word where the rest is said without tones.
_FOREIGN = {"online": "on lai"}
# Spelled wherever they stand in an address.
_ABBREVIATIONS = """
    bchqs, bhxh, bhyt, bqlda, bvdk, cccd, cchc, cdc, cntt, cskh, ctxh, evn, gddt, gdnn, gdtx,
    gplx, hcdc, hdnd, htx, kbnn, khcn, ktxh, ldtbxh, mttq, nnptnt, npc, nvqs, ocop, pc, cpc,
    pccc, pctt, pgd, ptdtbt, qlda, qldd, sgddt, skhcn, snv, spc, stnmt, stp, sxd, thcs, thpt,
    tnmt, tnthpt, tthc, tthcc, tttt, ttvh, ttyt, tyt, ubmttq, ubnd, vhtt, vhxh, vnpt, vpdkdd,
    vksnd
"""
# Letters of an address are dictated by their short names.
_SHORT = {"m": "em", "n": "en", "s": "ét"}
# Capitals behind each other: the name of a place or of an office.
_NAME = re.compile(r"(?:[^\W\d_a-zà-ỹ][^\W\d_]*)(?: [^\W\d_a-zà-ỹ][^\W\d_]*)+")
_LONGEST_NAME = 4  # syllables
_LONGEST = 32  # letters of a label that is taken apart


Nearby = Mapping[str, str]
"""Names by how they are typed: what the text around an address says itself."""


def spelled(part: str) -> str:
    """Letter by letter, as one dictates an address."""
    return " ".join(_SHORT.get(sign) or letter(sign) for sign in part.lower())


def said(label: str, nearby: Nearby = MappingProxyType({})) -> tuple[str, bool]:
    """A label of small letters in words, and whether each of its words is known.

    A label of which only a part is known is said without any tones, in syllables: half a name
    guessed is worse than one spelled out plainly. Empty where it falls into no syllables.
    """
    pieces = _apart(label, nearby) if len(label) <= _LONGEST else ()
    words_of = [nearby.get(piece) or _known().get(piece) for piece in pieces]
    if all(words_of):
        return " ".join(filter(None, words_of)), bool(pieces)
    plain = (
        bare(nearby[piece]) if piece in nearby else _bare().get(piece) or _FOREIGN.get(piece, piece)
        for piece in pieces
    )
    return " ".join(plain), False


@lru_cache(maxsize=8)  # the addresses of one text
def names_in(text: str) -> Nearby:
    """ "xã Tà Nung" tells how "tanung" is said; what could be two names tells nothing."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in _NAME.findall(unicodedata.normalize("NFC", text)):
        syllables = name.lower().split()
        for first, last in combinations(range(len(syllables) + 1), 2):
            if 2 <= last - first <= _LONGEST_NAME:
                words_ = syllables[first:last]
                found[_joined("".join(words_))].add(" ".join(words_))
    return {typed: names.pop() for typed, names in found.items() if len(names) == 1}


def words() -> tuple[str, ...]:
    """What is known, with its marks."""
    return (*" ".join(_WORDS.split()).split(", "), *NAMES)


def bare(word: str) -> str:
    """As it is typed in an address, in words: "Đà Nẵng" is "da nang"."""
    flat = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(sign for sign in flat if not unicodedata.combining(sign))


@cache
def _spelled() -> dict[str, str]:
    parts = " ".join(_ABBREVIATIONS.split()).split(", ")
    return {part: spelled(part) for part in parts if part not in {_joined(w) for w in words()}}


@cache
def _known() -> dict[str, str]:
    return {_joined(word): word.lower() for word in words()} | _spelled()


@cache
def _bare() -> dict[str, str]:
    """Each known word as it is typed, in syllables without marks."""
    return {_joined(word): bare(word) for word in words()} | _spelled()


def _joined(word: str) -> str:
    return bare(word).replace(" ", "")


def _apart(label: str, nearby: Nearby) -> tuple[str, ...]:
    """The cheapest way to cut a label: long known words, then few syllables, long ones first."""
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0, ())}
    for end in range(1, len(label) + 1):
        for start in range(end):
            piece = label[start:end]
            if start not in best or (cost := _cost(piece, nearby)) is None:
                continue
            way = best[start][0] + cost, (*best[start][1], piece)
            if end not in best or _better(way, best[end]):
                best[end] = way
    return best.get(len(label), (0, ()))[1]


def _better(one: tuple[float, tuple[str, ...]], other: tuple[float, tuple[str, ...]]) -> bool:
    lengths = tuple(map(len, one[1])), tuple(map(len, other[1]))
    return one[0] < other[0] or (one[0] == other[0] and lengths[0] > lengths[1])


def _cost(piece: str, nearby: Nearby) -> float | None:
    """A known word of any length costs less than its syllables; what is no word has no price."""
    if piece in nearby:
        return 0.5
    if piece in _spelled():
        return 0.6
    if known := _bare().get(piece):
        return 0.5 + 0.25 * known.count(" ")
    if piece in _FOREIGN:
        return 1
    if not is_typed_syllable(piece):
        return None
    # "na may" rather than "nam ay", "hoa phong" rather than "hoap hong".
    return 1 + 0.2 * (piece[0] in "aeiouy") + 0.1 * piece.endswith("p")
