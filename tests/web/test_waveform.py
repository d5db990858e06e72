"""The drawing of a sound."""

import re

from hypothesis import given
from hypothesis import strategies as st

from controller.model import Recording
from web.waveform import COLUMNS, shapes

levels = st.tuples(st.integers(-99, 0), st.integers(0, 99))
waveforms = st.lists(levels, min_size=1, max_size=1_000).map(
    lambda pairs: [level for pair in pairs for level in pair]
)


def made(waveform: list[int] | None, **changes: object) -> Recording:
    return Recording(
        waveform=waveform, **{"loudness_lufs": -16.04, "true_peak_dbtp": 0.26, **changes}
    )


def test_an_old_recording_has_no_drawing() -> None:
    assert shapes(None) == []
    assert shapes(made(None)) == []


@given(waveforms)
def test_a_drawing_reaches_what_the_sound_reached_and_stays_inside(waveform: list[int]) -> None:
    (shape,) = shapes(made(waveform))
    columns = re.findall(r"M(\d+) (-?\d+)v(\d+)", shape.path)
    assert len(columns) == shape.width <= COLUMNS
    tops = [-int(top) for _, top, _ in columns]
    assert max(tops) == max(waveform)
    assert all(
        -100 <= top - int(height) <= top <= 100
        for top, (_, _, height) in zip(tops, columns, strict=True)
    )
    lows = [top - int(height) for top, (_, _, height) in zip(tops, columns, strict=True)]
    assert min(lows) <= min(waveform)


def test_an_upload_is_shown_as_it_came_above_what_it_became() -> None:
    before = {"waveform": [-5, 5], "loudness_lufs": None, "true_peak_dbtp": -31.5}
    came, became = shapes(made([-70, 70], before=before))
    assert (came.label, came.loudness, came.peak) == ("Tệp gửi lên", "quá ngắn để đo", "−31,5 dBTP")
    assert (became.label, became.loudness, became.peak) == (
        "Sau khi xử lý",
        "−16,0 LUFS",
        "0,3 dBTP",
    )


def test_two_drawings_cost_a_page_less_than_twenty_kilobytes() -> None:
    long = [-99, 99] * 1_000
    before = {"waveform": long, "loudness_lufs": -20.0, "true_peak_dbtp": -1.0}
    assert sum(len(shape.path) for shape in shapes(made(long, before=before))) < 10_000
