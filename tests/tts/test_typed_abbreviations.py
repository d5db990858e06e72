"""An abbreviation is the same however it is typed; what may be a word or a name is left alone."""

import pytest

from tts.normalise import read
from tts.normalise.lexicon import Entry, standard

SAME = {
    "UBND xã": ("ubnd xã", "Ubnd xã", "U.B.N.D xã", "U.B.N.D. xã"),
    "BHYT": ("bhyt", "Bhyt", "B.H.Y.T"),
    "TP. Bắc Ninh": ("TP Bắc Ninh", "tp Bắc Ninh", "Tp.Bắc Ninh", "T.P Bắc Ninh", "T.P. Bắc Ninh",
                     "T/p Bắc Ninh", "t/p Bắc Ninh"),
    "đ/c Lan": ("đ.c Lan", "Đ/C Lan", "Đ.c Lan"),
    "SĐT 0912 345 678": ("sđt 0912 345 678",),
    "ĐT: 0912 345 678": ("đt: 0912 345 678", "Đ.T: 0912 345 678"),
    "TDP 7": ("TDP7", "tdp 7", "tdp7", "TDP.7"),
    "QL.32": ("QL32", "ql32", "ql 32"),
    "KT-XH": ("kt-xh", "Kt-xh"),
    "UBND thành phố": ("UBNDTP", "ubndtp"),
    "Quyết định số 45/QĐ-UBND": ("Quyết định số 45/qđ-ubnd",),
    "TT HĐND xã": ("TT.HĐND xã", "TT. HĐND xã", "TTHĐND xã"),
    "V/v: họp": ("Vv: họp", "v/v: họp", "VV: họp"),
    "UBND P. Nam Cường": ("UBND p. Nam Cường", "UBND p Nam Cường"),
    "P. 5, Q. 3, TP.HCM": ("P5, Q3, TP.HCM", "P.5, Q.3, TP.HCM", "p.5, q.3, tphcm"),
    "BKS 29A-123.45": ("BKS 29A 12345", "BKS 29A12345", "BKS 29A.123.45"),
    "TTHĐND xã": ("TT-HĐND xã",),
    "Đ. Lê Lợi": ("đ. Lê Lợi", "đ.Lê Lợi"),
    "phó chủ tịch UBND": ("P.CT UBND", "P. CT UBND", "P.Chủ tịch UBND", "PCT UBND"),
    "thường trực Đảng ủy": ("TT Đảng ủy",),
    "T/M UBND": ("T.M UBND", "TM. UBND", "TM.UBND"),
    "giảm 50%": ("giảm ５０％",),
}  # fmt: skip  # a table

LEFT_ALONE = {
    "điểm đ. Hộ nghèo": "Điểm đê. Hộ nghèo",
    "xã Ia Le": "Xã Ia Le",
    "thu hụi": "Thu hụi",
    "cây tre": "Cây tre",
    "5 kg": "Năm ki lô gam",
    "ông T.P, 40 tuổi": "Ông tê pê, bốn mươi tuổi",
    "chị H. (35 tuổi)": "Chị hát, ba mươi lăm tuổi",
    "cháu N.V.A": "Cháu en nờ vê a",
}


@pytest.mark.parametrize("usual", SAME)
def test_an_abbreviation_is_read_the_same_however_it_is_typed(usual: str) -> None:
    said = {typed: read(typed).spoken.lower() for typed in SAME[usual]}
    assert said == dict.fromkeys(SAME[usual], read(usual).spoken.lower())
    assert not any(read(typed).unknown for typed in (usual, *SAME[usual]))


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_may_be_a_word_or_a_name_is_no_abbreviation(text: str) -> None:
    assert read(text).spoken == LEFT_ALONE[text]


@pytest.mark.parametrize("typed", ["kl", "tb", "nv"])
def test_two_small_letters_that_stand_for_many_things_are_reported(typed: str) -> None:
    assert [unknown.token for unknown in read(f"theo {typed} cũ").unknown] == [typed]


def test_what_a_commune_teaches_outranks_the_variant() -> None:
    taught = standard().with_entries([Entry("ubnd", "ủy ban ta")])
    assert read("họp ubnd", taught).spoken == "Họp ủy ban ta"


@pytest.mark.parametrize("typed", ["Đ/c: số 12, thôn 3", "đ/c: thôn 3", "Đ/C TDP 7"])
def test_before_a_house_it_is_an_address(typed: str) -> None:
    assert read(typed).spoken.startswith("Địa chỉ")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Mời TS. Lê B dự.", "Mời tiến sĩ Lê bê dự."),
        ("PGS.TS. Trần Văn C", "Phó giáo sư tiến sĩ Trần Văn xê"),
        ("BS. CKII Lò Thị Hà", "Bác sĩ chuyên khoa hai Lò Thị Hà"),
        ("LS. Nguyễn Văn B", "Luật sư Nguyễn Văn bê"),
        ("Nghỉ thứ Bảy, CN. Các hộ chú ý", "Nghỉ thứ Bảy, chủ nhật. Các hộ chú ý"),
    ],
)
def test_the_dot_of_a_title_ends_no_sentence(typed: str, said: str) -> None:
    assert read(typed).spoken == said


def test_the_number_of_a_paper_says_its_kind_once() -> None:
    assert read("Số: 45/TB-UBND").spoken == "Số: bốn mươi lăm, thông báo của ủy ban nhân dân"
    told = read("Thông báo số 45/TB-UBND").spoken
    assert told == "Thông báo số bốn mươi lăm của ủy ban nhân dân"
