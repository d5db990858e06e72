"""Units of measure and how each is said."""

import re

UNITS = {
    "km": "ki lô mét", "hm": "héc tô mét", "m": "mét", "dm": "đề xi mét",
    "cm": "xăng ti mét", "mm": "mi li mét", "nm": "na nô mét",
    "ha": "héc ta", "kg": "ki lô gam", "Kg": "ki lô gam", "KG": "ki lô gam", "gr": "gam",
    "g": "gam", "mg": "mi li gam", "mcg": "mi crô gam",
    "l": "lít", "L": "lít", "lít": "lít", "ml": "mi li lít", "mL": "mi li lít", "cc": "xê xê",
    "dl": "đề xi lít", "dL": "đề xi lít",
    "kV": "ki lô vôn", "KV": "ki lô vôn", "kv": "ki lô vôn", "V": "vôn", "mV": "mi li vôn",
    "CV": "mã lực",
    "kVA": "ki lô vôn am pe", "KVA": "ki lô vôn am pe", "MVA": "mê ga vôn am pe",
    "W": "oát", "w": "oát", "kW": "ki lô oát", "KW": "ki lô oát", "MW": "mê ga oát",
    "Wp": "oát pích", "kWp": "ki lô oát pích", "MWp": "mê ga oát pích",
    "Wh": "oát giờ", "kWh": "ki lô oát giờ", "KWh": "ki lô oát giờ", "kwh": "ki lô oát giờ",
    "KWH": "ki lô oát giờ", "MWh": "mê ga oát giờ", "A": "am pe", "mA": "mi li am pe",
    "kA": "ki lô am pe", "Ah": "am pe giờ", "mAh": "mi li am pe giờ",
    "Hz": "héc", "kHz": "ki lô héc", "KHz": "ki lô héc", "MHz": "mê ga héc", "GHz": "gi ga héc",
    "dB": "đề xi ben", "dBA": "đề xi ben A", "dB(A)": "đề xi ben A", "dBm": "đề xi ben mi li oát",
    "bar": "ba", "mbar": "mi li ba", "mb": "mi li ba", "Pa": "pát can", "hPa": "héc tô pát can",
    "MPa": "mê ga pát can", "kPa": "ki lô pát can", "mmHg": "mi li mét thủy ngân",
    "cal": "ca lo", "kcal": "ki lô ca lo", "Kcal": "ki lô ca lo", "J": "giun", "kJ": "ki lô giun",
    "bps": "bít trên giây", "kbps": "ki lô bít trên giây", "Mbps": "mê ga bít trên giây",
    "Gbps": "gi ga bít trên giây", "KB": "ki lô bai", "MB": "mê ga bai", "GB": "gi ga bai",
    "MP": "mê ga pích xeo", "TB": "tê ra bai", "HP": "mã lực", "s": "giây", "ms": "mi li giây",
    "h": "giờ", "mol": "mon", "mmol": "mi li mon", "kgf": "ki lô gam lực",
    "inch": "in", "inches": "in", "IU": "đơn vị quốc tế", "UI": "đơn vị quốc tế",
    "ppm": "phần triệu", "ppb": "phần tỷ", "%": "phần trăm", "‰": "phần nghìn",
    "%o": "phần nghìn", "o/oo": "phần nghìn", "độ C": "độ xê", "°F": "độ ép",
    "mét": "mét", "gam": "gam", "gram": "gam", "miligam": "mi li gam", "milligam": "mi li gam",
    "mililít": "mi li lít", "mililit": "mi li lít", "kilôgam": "ki lô gam",
    "kilogam": "ki lô gam", "kilôgram": "ki lô gam", "kilogram": "ki lô gam",
    "kilômét": "ki lô mét", "kilomet": "ki lô mét", "centimet": "xăng ti mét",
    "centimét": "xăng ti mét", "xentimét": "xăng ti mét", "milimét": "mi li mét",
    "milimet": "mi li mét", "hecta": "héc ta", "hécta": "héc ta",
}  # fmt: skip  # a table, read across

_POWERS = {"2": "vuông", "²": "vuông", "3": "khối", "³": "khối"}
for _length in ("km", "hm", "m", "dm", "cm", "mm"):
    for _mark, _name in _POWERS.items():
        UNITS[_length + _mark] = f"{UNITS[_length]} {_name}"

# Keyboards offer several rings for a degree, several letters for a millionth.
for _ring in ("°", "º", "⁰", "˚", "ᵒ"):
    UNITS[_ring] = "độ"
    UNITS[_ring + "C"] = UNITS[_ring + " C"] = UNITS[_ring + "c"] = "độ xê"
UNITS["℃"] = UNITS["oC"] = "độ xê"
for _micro in ("µ", "μ"):
    UNITS[_micro + "m"] = "mi crô mét"
    UNITS[_micro + "g"] = "mi crô gam"
    UNITS[_micro + "l"] = "mi crô lít"

# What is measured or counted in these has tenths and is no list: "ngày 1,5 lít", "cấp 2,5 tấn".
_MEASURES = (
    "tỷ|tỉ|triệu|nghìn|ngàn|tấn|tạ|yến|sào|mẫu|công|lần|giờ|độ|điểm|kí|cân|phần|người|phân|lạng"
)
NO_MEASURE = rf"(?!\s?(?:{_MEASURES}|{'|'.join(map(re.escape, UNITS))})(?!\w))"
