"""A right reading never stops a notice."""

import pytest

from tests.tts.meaning import samples
from tts.meaning import check
from tts.normalise import Piece, Reading, Unknown, read
from tts.normalise.lexicon import standard
from tts.normalise.units import UNITS


def test_the_sample_notices_and_all_items_pass() -> None:
    alarms = {text[:80]: found for text in samples.everything() if (found := check(read(text)))}
    assert alarms == {}


def test_every_entry_of_the_standard_lexicon_passes() -> None:
    lexicon = standard()
    texts = [f"theo {token} xã" for token in (*lexicon.abbreviations, *lexicon.words)]
    texts += [f"{entry.token} {word}" for entry in lexicon.contextual for word in entry.next]
    texts += [f"số 12/{kind}-UBND" for kind in lexicon.documents]
    texts += [f"số 05/2026/QĐ-{issuer}" for issuer in lexicon.issuers]
    assert {text: found for text in texts if (found := check(read(text)))} == {}


def test_every_unit_that_is_read_passes() -> None:
    texts = [form.format(unit) for unit in UNITS for form in ("5 {}", "120/80{}", "5-10 {}/ngày")]
    assert {text: found for text in texts if (found := check(read(text)))} == {}


def of(source: str, spoken: str) -> Reading:
    """A reading of one piece."""
    return Reading(source, spoken, (), (Piece(spoken, (0, len(source))),))


@pytest.mark.parametrize(
    ("source", "spoken"),
    [
        ("8h00", "tám giờ"), ("8h00", "tám giờ không phút"), ("7h30", "bảy giờ rưỡi"),
        ("05 hộ", "năm hộ"), ("05 hộ", "không năm hộ"),
        ("2,5 triệu", "hai triệu rưỡi"), ("2,5 triệu", "hai triệu năm trăm nghìn"),
        ("1tr2", "một triệu hai"), ("1tr2", "một triệu hai trăm nghìn"), ("½", "một nửa"),
        ("½", "một phần hai"), ("4-6 triệu", "bốn triệu đến sáu triệu"),
        ("4 - 6 triệu đồng", "bốn đến sáu triệu đồng"), ("24/24 giờ", "hai tư hai tư giờ"),
        ("60% - 70%", "sáu mươi đến bảy mươi phần trăm"), ("0,05", "không phẩy không năm"),
        ("12,35", "mười hai phẩy ba lăm"), ("12,35", "mười hai phẩy ba mươi lăm"),
        ("39/2020/TT-BTTTT", "ba mươi chín xuyệc hai nghìn không trăm hai mươi thông tư"),
        ("1900 96 96 70", "một chín không không, chín sáu, chín sáu, bảy không"),
        ("1900.96.96.70", "một chín không không chín mươi sáu chín mươi sáu bảy mươi"),
        ("ngày 2-12-2026", "ngày mùng hai tháng mười hai năm hai nghìn không trăm hai mươi sáu"),
        ("Km45+200", "ki lô mét bốn mươi lăm cộng hai trăm"), ("tháng 4", "tháng tư"),
        ("thứ 2-6", "thứ hai đến thứ sáu"), ("lần thứ IV", "lần thứ tư"), ("hạng I", "hạng nhất"),
        ("COVID-19", "cô vít mười chín"),
        ("02 (hai)", "hai"), ("/kg", "một ki lô gam"), ("(%)", "phần trăm"),
        ("tỷ số 2-1", "tỷ số hai một"),
        ("2 tỷ 250 triệu", "hai tỷ hai trăm năm mươi triệu"), ("10^6", "mười mũ sáu"),
        ("-3°C", "âm ba độ xê"), ("NPK 5-10-3", "en pê ca năm mười ba"),
    ],
)  # fmt: skip  # a table, read across
def test_another_right_way_to_say_it_passes(source: str, spoken: str) -> None:
    assert check(of(source, spoken)) == ()


def test_what_is_reported_as_unknown_and_not_said_is_no_mismatch() -> None:
    said = (Piece("họp", (0, 3)),)
    assert check(Reading("họp 12☒3", "Họp", (Unknown((4, 8), "12☒3"),), said)) == ()


def test_the_list_of_recipients_is_not_said() -> None:
    reading = read("Thông báo.\nNơi nhận:\n- Như điều 3;\n- Lưu: không công khai.")
    assert check(reading) == ()
