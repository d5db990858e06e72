"""Bad files: what the page says after the real ingest child has looked at them."""

from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest

from controller import voicing
from controller.media.disk import DiskMedia
from controller.store import Store
from controller.voice.process import ProcessVoice
from tests.controller.village import NOW
from tests.web.browser import Browser

BYTES_OF_EXE = b"MZ\x90\x00" + b"\x00" * 4_000


def upload(browser: Browser, store: Store, media: DiskMedia, content: bytes, name: str) -> str:
    """The page of a bulletin from a file once the controller has looked at it."""
    fields = {"kind": "audio", "text": "", "file": (BytesIO(content), name), "then": "listen"}
    answer = browser.fill("/ban-tin/soan", "", fields)
    assert answer.status_code == 303, answer.text
    voice = ProcessVoice(media.recordings, default="espeak")
    assert voicing.work(store, voice, media, lambda: NOW)
    return browser.get(answer.location).text


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ((BYTES_OF_EXE, "thong-bao.mp3"), "không phải tệp âm thanh"),
        ((b"", "rong.mp3"), "rỗng"),
        ((b"ID3\x04\x00\x00" + b"\xff" * 60, "vun.mp3"), "không phải tệp âm thanh"),
    ],
    ids=["exe", "empty", "scrap"],
)
def test_a_file_that_is_no_sound_is_refused_in_words(
    officer: Browser, store: Store, media: DiskMedia, file: tuple[bytes, str], said: str
) -> None:
    page = upload(officer, store, media, *file)
    assert "Chưa tạo được bản đọc" in page
    assert said in page.lower()
    assert file[1] in page, "the file that was chosen is still named"
    assert "Gửi duyệt</button>" not in page
    assert "Nháp" in page


def test_an_mp3_that_was_cut_is_taken_with_a_warning(
    officer: Browser, store: Store, media: DiskMedia, tmp_path: Path
) -> None:
    whole = mp3(tmp_path)
    page = upload(officer, store, media, whole[: len(whole) // 2], "cut.mp3")
    assert "Tệp có vẻ bị cắt cụt" in page
    assert "Gửi duyệt</button>" in page


def mp3(folder: Path) -> bytes:
    """A second of sound as an MP3, made by the library that decodes it."""
    file = folder / "tone.mp3"
    with av.open(str(file), "w") as container:
        stream = container.add_stream("mp3", rate=44_100, layout="mono")
        tone = (np.sin(np.arange(44_100) * 0.06) * 8_000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(tone[None, :], format="s16p", layout="mono")
        frame.sample_rate = 44_100
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return file.read_bytes()
