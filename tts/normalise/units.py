"""Units of measure and how each is said."""

UNITS = {
    "km": "ki lô mét", "hm": "héc tô mét", "m": "mét", "dm": "đề xi mét",
    "cm": "xăng ti mét", "mm": "mi li mét", "µm": "mi crô mét",
    "ha": "héc ta", "kg": "ki lô gam", "g": "gam", "mg": "mi li gam", "µg": "mi crô gam",
    "l": "lít", "L": "lít", "lít": "lít", "ml": "mi li lít", "mL": "mi li lít", "cc": "xê xê",
    "kV": "ki lô vôn", "KV": "ki lô vôn", "V": "vôn", "mV": "mi li vôn",
    "kVA": "ki lô vôn am pe", "KVA": "ki lô vôn am pe", "MVA": "mê ga vôn am pe",
    "W": "oát", "kW": "ki lô oát", "KW": "ki lô oát", "MW": "mê ga oát", "kWp": "ki lô oát pích",
    "Wh": "oát giờ", "kWh": "ki lô oát giờ", "KWh": "ki lô oát giờ", "kwh": "ki lô oát giờ",
    "MWh": "mê ga oát giờ", "A": "am pe", "mA": "mi li am pe",
    "Hz": "héc", "kHz": "ki lô héc", "MHz": "mê ga héc", "GHz": "gi ga héc",
    "dB": "đề xi ben", "bar": "ba", "Pa": "pát can", "MPa": "mê ga pát can", "kPa": "ki lô pát can",
    "mmHg": "mi li mét thủy ngân", "kcal": "ki lô ca lo", "Mbps": "mê ga bít trên giây",
    "KB": "ki lô bai", "MB": "mê ga bai", "GB": "gi ga bai", "TB": "tê ra bai",
    "HP": "mã lực", "s": "giây", "h": "giờ", "%": "phần trăm", "‰": "phần nghìn",
    "°C": "độ xê", "ºC": "độ xê", "℃": "độ xê", "oC": "độ xê", "độ C": "độ xê",
    "°F": "độ ép", "°": "độ", "º": "độ",
}  # fmt: skip  # a table, read across

_POWERS = {"2": "vuông", "²": "vuông", "3": "khối", "³": "khối"}
for _length in ("km", "hm", "m", "dm", "cm", "mm"):
    for _mark, _name in _POWERS.items():
        UNITS[_length + _mark] = f"{UNITS[_length]} {_name}"
