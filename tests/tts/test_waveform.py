"""The outline on the page is that of the sound."""

from pathlib import Path

import numpy as np

from tests.tts.tones import RATE_HZ, sine, write
from tts.mastering import master
from tts.waveform import COLUMNS, peaks


def test_the_outline_is_loud_where_the_sound_is_loud(tmp_path: Path) -> None:
    sound = np.concatenate([sine(400, -12, 2), np.zeros(2 * RATE_HZ)])
    outline = peaks(master(write(tmp_path / "in.wav", sound), tmp_path / "out"))
    assert len(outline) == COLUMNS
    assert all(-128 <= low <= high <= 127 for low, high in outline)
    loud, silent = outline[: COLUMNS // 2 - 8], outline[COLUMNS // 2 + 8 :]
    assert min(high for _, high in loud) > 20
    assert max(high for _, high in silent) <= 1


def test_a_sound_shorter_than_the_page_has_no_empty_columns(tmp_path: Path) -> None:
    outline = peaks(master(write(tmp_path / "in.wav", sine(400, -12, 0.5)), tmp_path / "out"))
    assert 0 < len(outline) <= COLUMNS
