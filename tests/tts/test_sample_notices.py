"""The six sample notices are read as an announcer would read them."""

from pathlib import Path

import pytest

from tts.normalise import read

SAMPLES = Path(__file__).resolve().parents[1] / "notices"
READINGS = sorted((Path(__file__).parent / "data" / "readings").glob("*.txt"))


@pytest.mark.parametrize("accepted", READINGS, ids=lambda path: path.stem)
def test_a_sample_notice_is_read_word_for_word_as_accepted(accepted: Path) -> None:
    notice = SAMPLES / accepted.name
    assert notice.is_file(), f"sample notice missing: {notice.name}"
    reading = read(notice.read_text(encoding="utf-8"))
    assert reading.spoken == accepted.read_text(encoding="utf-8").strip()
    assert reading.unknown == ()


def test_every_sample_notice_has_an_accepted_reading() -> None:
    assert [path.name for path in READINGS] == sorted(p.name for p in SAMPLES.glob("*.txt"))
