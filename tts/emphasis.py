"""What a listener must catch, a moment, a sum, a place, is followed by a short pause.

The pause is a comma: every voice pauses at one and keeps its melody, which a cut would let fall.
"""

import re

from tts.wholes import NUMBER_WORD, citations, is_inside

_PART = r"(?:ngày|tháng|năm|giờ|phút|giây|mùng|đến|thứ|sáng|trưa|chiều|tối|đêm|giêng|chạp)\b"
_WORD = rf"(?!âm lịch)(?:{NUMBER_WORD}|{_PART})"
# What may follow a comma and still be the same moment; a number may begin something else.
_MORE = r"(?=(?:ngày|tháng|mùng|thứ|sáng|trưa|chiều|tối|đêm) )"
_DAY = r"(?: (?:hôm nay|ngày mai|hằng ngày|hàng ngày|âm lịch|dương lịch|tới|này))?"
# A day or an hour with its number, and everything that belongs to the same moment; "trong hai
# giờ" is no moment.
_MOMENT = re.compile(
    rf"(?P<lasts>\b(?:trong|suốt|hơn|khoảng|mất) )?\b"
    rf"(?:{NUMBER_WORD}(?: {NUMBER_WORD}){{0,3}} giờ|ngày (?:mùng )?{NUMBER_WORD})"
    rf"(?:(?:, {_MORE}| ){_WORD})*(?<!đến){_DAY}",
    re.IGNORECASE,
)
# Not "hai Đồng Tâm", a village, nor "hai đồng chí".
_SUM = re.compile(
    rf"\b(?i:{NUMBER_WORD}) đồng\b"
    r"(?! (?:chí|bào|hồ|nghiệp|hương|phạm|đội|sở hữu|tác giả|chủ trì|ruộng|lúa)\b)"
)
_UPPER = "".join(filter(str.isupper, map(chr, [*range(0x41, 0x1B1), *range(0x1EA0, 0x1EFA)])))
_NAME = rf"[{_UPPER}]\w*(?: [{_UPPER}]\w*)*"
_KIND = r"(?:xã|phường|đặc khu|thị trấn|huyện|tỉnh|thành phố|thôn|bản|làng|buôn|ấp|khóm|đường|phố)"
# Only a name after its kind surely ends a place: "Trung tâm Phục vụ …" may go on for long.
_PLACE = re.compile(rf"\b(?:[Tt]ại|[Ởở]) (?:\w+ ){{0,8}}?{_KIND} {_NAME}(?:,? {_KIND} {_NAME})*")
# Words that belong to what stands before them: no pause between.
_BOUND = re.compile(
    r" (?:của|và|hoặc|hay|một|mỗi|trên|đến|trở|cho|tiền|tuổi|kể|sau|trước|là|có|nay|qua|vừa|rồi"
    r"|đồng|kém|hết|hôm|hằng|hàng|cùng|mai|lần|buổi"
    r"|Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|Tân|Nhâm|Quý)\b"
)


def emphasised(spoken: str) -> str:
    """The same words, with a comma where a listener needs a moment; none inside a citation."""
    cited = citations(spoken)
    moments = (found for found in _MOMENT.finditer(spoken) if not found["lasts"])
    ends = {found.end() for found in (*moments, *_SUM.finditer(spoken), *_PLACE.finditer(spoken))}
    for at in sorted(ends, reverse=True):
        if spoken[at : at + 1] == " " and not (
            is_inside(at + 1, cited) or _BOUND.match(spoken, at)
        ):
            spoken = f"{spoken[:at]},{spoken[at:]}"
    return spoken
