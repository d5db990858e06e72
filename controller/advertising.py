"""Advertising: words that are usual in it. They are named to people, who decide. Pure.

Commune radio carries no advertising (Quyết định 29/2021/QĐ-UBND of Thừa Thiên Huế and the like).
Prices alone are none: fees, crop prices and fines are told every day.
"""

import re
import unicodedata
from collections.abc import Iterator

_SELLING = re.compile(
    r"(?<!\w)(?:"
    r"khuyến m[ạã]i|giảm giá|đại hạ giá|hạ giá|ưu đãi (?:giá|lớn|đặc biệt|khách)|mua ngay|đặt hàng"
    r"|giá (?:sốc|rẻ|chỉ (?:từ )?\d[\d.,]*|ưu đãi|gốc|bán lẻ|tốt nhất)|trả góp|tặng kèm"
    r"|mua \d+ tặng \d+|xả hàng|thanh lý|hàng chính hãng|chính hãng|free ?ship|sale off|voucher"
    r"|miễn phí (?:giao hàng|vận chuyển|lắp đặt)|giao hàng tận (?:nơi|nhà)|khai trương"
    r"|quay số trúng thưởng|bốc thăm trúng thưởng|số lượng có hạn|chiết khấu|hoàn tiền"
    r"|bảo hành \d+ (?:tháng|năm)|quý khách"
    r")(?!\w)"
)
_CALL = re.compile(r"(?<!\w)(?:hotline|zalo|điện thoại|đt|liên hệ|gọi ngay)(?!\w)")
_PRICE = re.compile(r"(?<!\w)\d[\d.,]*\s*(?:đồng|đ|vnđ|vnd|nghìn|ngàn|triệu|k)(?!\w)")
_GOODS = re.compile(r"(?<!\w)(?:bán|mua|giá|sản phẩm|cửa hàng|dịch vụ)(?!\w)")


def words(text: str) -> list[str]:
    """Those of a text, as they are written there, each once, in its order.

    A number to call beside a price counts where something is sold.
    """
    whole = unicodedata.normalize("NFC", text)
    folded = whole.lower()
    if len(folded) != len(whole):
        whole = folded  # a letter that grows when it is small: say it as it was compared
    return list(dict.fromkeys(whole[start:end] for start, end in sorted(_spans(folded))))


def _spans(folded: str) -> Iterator[tuple[int, int]]:
    for found in _SELLING.finditer(folded):
        yield found.span()
    call, price = _CALL.search(folded), _PRICE.search(folded)
    if call and price and _GOODS.search(folded):
        yield call.span()
        yield price.span()
