"""Spellings that sound the same: one is kept, so that only what is heard counts."""

# One word for another. The dates' "mùng" may be said or left out.
WORDS = {
    "ngàn": "nghìn", "lẻ": "linh", "nhăm": "lăm", "hằng": "hàng", "bẩy": "bảy",
    "tỉ": "tỷ", "sỹ": "sĩ", "qui": "quy", "quì": "quỳ", "quỉ": "quỷ", "quĩ": "quỹ", "quí": "quý",
    "quị": "quỵ", "mùng": "", "mồng": "",
    "volt": "vôn", "volts": "vôn", "watt": "oát", "oắt": "oát", "gram": "gam",
    "hecta": "héc ta", "hécta": "héc ta", "hectare": "héc ta", "ampe": "am pe",
    "đôla": "đô la", "đolla": "đô la", "dollar": "đô la",
}  # fmt: skip  # a table, read across

_PREFIXES = {
    "kilô": "ki lô", "kilo": "ki lô", "mili": "mi li", "milli": "mi li", "centi": "xăng ti",
    "xăngti": "xăng ti", "xenti": "xăng ti", "đêxi": "đề xi", "deci": "đề xi", "mêga": "mê ga",
    "mega": "mê ga",
}  # fmt: skip  # a table, read across
_STEMS = {
    "mét": "mét", "met": "mét", "gam": "gam", "gram": "gam", "lít": "lít", "lit": "lít",
    "vôn": "vôn", "volt": "vôn", "oát": "oát", "watt": "oát", "ampe": "am pe",
}  # fmt: skip  # a table, read across
WORDS |= {
    prefix + stem: f"{said} {unit}"
    for prefix, said in _PREFIXES.items()
    for stem, unit in _STEMS.items()
}
WORDS |= {prefix: said for prefix, said in _PREFIXES.items() if prefix not in ("mega", "deci")}

# Several words for others, the longest first wherever two begin alike.
PHRASES = {
    "mươi bốn": "mươi tư",
    "cây số": "ki lô mét",
    "xen ti": "xăng ti",
    "xăng ti met": "xăng ti mét",
    "độ c": "độ xê",
    "độ celsius": "độ xê",
    "độ xen xi út": "độ xê",
    "độ xen si út": "độ xê",
    "độ xê xi út": "độ xê",
    "độ xen xi uýt": "độ xê",
    "đô mỹ": "đô la mỹ",
}

# Words of a number, a sign or money that mean nothing of the kind in these pairs.
COMPOUNDS = (
    "thông tư", "đầu tư", "vật tư", "công tư", "tư pháp", "tư vấn", "tư nhân", "tư lệnh",
    "tư tưởng", "tư cách", "tư liệu", "không khí", "không gian", "hàng không", "không quân",
    "hội đồng", "hợp đồng", "đồng chí", "cộng đồng", "đồng bào", "đồng bộ", "đồng hồ",
    "đồng thời", "đồng ý", "cánh đồng", "đồng ruộng", "thứ trưởng", "cổ phần", "thành phần",
    "phần mềm", "công cộng", "cộng hòa", "cộng tác", "âm thanh", "âm nhạc",
)  # fmt: skip  # a list, read across
