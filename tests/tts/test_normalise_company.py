"""What stands around a token decides how it is read, or whether it is said at all."""

import pytest

from tts.normalise import read

SAID = {
    # an abbreviation by the words beside it, whoever has spoken those already
    "BCH Quân sự xã": "Ban chỉ huy Quân sự xã",
    "BCH Đoàn xã": "Ban chấp hành Đoàn xã",
    "VP HĐND&UBND xã": "Văn phòng hội đồng nhân dân và ủy ban nhân dân xã",
    "TK 101 234 567": "Tài khoản một không một, hai ba bốn, năm sáu bảy",
    # one that is a word too, among words in capitals
    "ĐẦU TƯ CÔNG, KINH TẾ TƯ NHÂN": "Đầu tư công, kinh tế tư nhân",
    "AI ĐƯỢC HƯỞNG?": "Ai được hưởng?",
    # one with a mark inside, before the families that would take a part of it
    "có 9 đ/c": "Có chín đồng chí",
    "Cty CP ĐT&XD Hà Nội": "Công ty cổ phần đầu tư và xây dựng Hà Nội",
    # a place, an office, a list
    "P. Tiếp dân, P. Nam Cường": "Phòng Tiếp dân, phường Nam Cường",
    "TT Y tế, TT Sơn Thịnh": "Trung tâm Y tế, thị trấn Sơn Thịnh",
    "X. Gia Hội": "Xã Gia Hội",
    "X. Tổ chức thực hiện": "Mười, Tổ chức thực hiện",
    "Q. Chủ tịch, Q. Ba Đình": "Quyền Chủ tịch, quận Ba Đình",
    # a name in capitals keeps its own
    "UBND TỈNH LÀO CAI": "Ủy ban nhân dân tỉnh Lào Cai",
    # codes lose no nought and become no amount
    "lô C3-05": "Lô xê ba, không năm",
    "hóa đơn 1250000 đồng": "Hóa đơn một triệu hai trăm năm mươi nghìn đồng",
    "hóa đơn 0001250": "Hóa đơn không không không một hai năm không",
    "ấp 3A dùng cầu chì 3A": "Ấp ba A dùng cầu chì ba am pe",
    "diện tích 5 km2": "Diện tích năm ki lô mét vuông",
    # silence is for the office's own list of copies only
    "Nơi nhận hồ sơ: UBND xã": "Nơi nhận hồ sơ: ủy ban nhân dân xã",
    "Nơi nhận quà lưu niệm: nhà văn hóa": "Nơi nhận quà lưu niệm: nhà văn hóa",
    "Họp.\nNơi nhận: Như trên; Lưu: VT.": "Họp.",
    "Họp.\nNơi nhận:\n- Như trên;\n- Lưu: VT.": "Họp.",
    "- TT. Đảng ủy (b/c);\n- Lưu: VT.": "Thường trực Đảng ủy, báo cáo;",  # a list given to be read
    "tầng 2, P.205; P.12": "Tầng hai, phòng hai trăm linh năm; phường mười hai",
}


@pytest.mark.parametrize("text", SAID)
def test_what_stands_around_decides(text: str) -> None:
    assert read(text).spoken == SAID[text]


KNOWN = ["Honda", "xã Cư M'gar", "bão Noru", "Krông Nô", "VNPT", "Paracetamol"]
UNKNOWN = {"anh Smith": "Smith", "gửi XYZT": "XYZT", "phòng TYTX": "TYTX"}


@pytest.mark.parametrize("text", KNOWN)
def test_what_an_announcer_plainly_knows_is_not_reported(text: str) -> None:
    assert read(text).unknown == ()


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_nobody_can_know_is_reported(text: str) -> None:
    assert [token.token for token in read(text).unknown] == [UNKNOWN[text]]
