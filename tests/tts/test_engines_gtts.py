"""The unofficial online voice: whole, checked and bounded, or a sentence and no file."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.tts import hostile, tones
from tests.tts.fake_translate import FakeTranslate
from tts.engines.exchange import Exchange
from tts.engines.gtts import MAX_CHARACTERS, Gtts
from tts.engines.gtts_worker import fetch
from tts.engines.piece import Piece
from tts.errors import EngineFailed

LONG = "Kính mời bà con đến nhà văn hóa thôn để họp bàn về việc làm đường, " * 4


@pytest.fixture
def translate(tmp_path: Path) -> Iterator[FakeTranslate]:
    mp3 = hostile.encode(tmp_path / "a.mp3", tones.sine(300, -12, 1), "mp3", "libmp3lame")
    with FakeTranslate(mp3.read_bytes()) as fake:
        yield fake


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def asking(url: str) -> tuple[str, ...]:
    """The real child, but for the address that the library has inside."""
    code = (
        "import gtts.tts, tts.engines.exchange as exchange\n"
        "from tts.engines import gtts_worker\n"
        f"gtts.tts._translate_url = lambda **_: {url!r}\n"
        "gtts_worker.Exchange = lambda engine: exchange.Exchange(engine, silent_s=0.5)\n"
        "gtts_worker.main()"
    )
    return (sys.executable, "-c", code)


def read(text: str, url: str, out: Path, timeout_s: float = 20) -> Path:
    engine = Gtts(enabled=True, command=asking(url), timeout_s=timeout_s)
    (sound,) = engine.synthesize([text], "vi", "normal", out)
    return sound


def test_the_online_voice_joins_all_its_chunks(translate: FakeTranslate, out: Path) -> None:
    sound = read(LONG, translate.url(), out)
    assert translate.asked > 1
    seconds = len(tones.read(sound)) / tones.RATE_HZ
    assert seconds == pytest.approx(translate.asked, abs=0.5)
    assert list(out.iterdir()) == [sound]


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        ("refuse", "mã 429"),
        ("silent", "không trả về âm thanh"),
        ("empty chunk 2", "không trả về âm thanh"),
        ("rubbish", "âm thanh hỏng"),
        ("fail from chunk 2", "mã 429"),
        ("redirect", "địa chỉ khác"),
        ("hang", "không trả lời kịp"),
    ],
)
def test_an_online_voice_that_fails_says_so_and_leaves_no_file(
    mode: str, sentence: str, translate: FakeTranslate, out: Path
) -> None:
    translate.mode = mode
    with pytest.raises(EngineFailed, match=sentence):
        read(LONG, translate.url(), out)
    assert list(out.iterdir()) == []


def test_nobody_listening_is_an_engine_failure(out: Path) -> None:
    with pytest.raises(EngineFailed, match="Không kết nối được"):
        read("Xin chào.", "http://127.0.0.1:9/", out)


@pytest.mark.parametrize("text", ["", "..."])
def test_nothing_to_say_never_reaches_the_network(
    text: str, translate: FakeTranslate, out: Path
) -> None:
    with pytest.raises(EngineFailed):
        read(text, translate.url(), out)
    assert translate.asked == 0


def test_a_very_long_sentence_never_reaches_the_network(
    translate: FakeTranslate, out: Path
) -> None:
    with pytest.raises(EngineFailed, match="quá dài"):
        read("a " * MAX_CHARACTERS, translate.url(), out)
    assert translate.asked == 0


def test_certificates_are_checked_and_nobody_leads_elsewhere(
    translate: FakeTranslate, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    send = requests.Session.send

    def watch(
        session: requests.Session, request: requests.PreparedRequest, **options: object
    ) -> requests.Response:
        seen.append((options["verify"], options["allow_redirects"]))
        request.url = translate.url()
        return send(session, request, **options)  # type: ignore[arg-type]  # passed on as they are

    monkeypatch.setattr(requests.Session, "send", watch)
    fetch(Piece("Xin chào.", "vi", "slow", str(out / "a.mp3")), Exchange("gtts"))
    assert seen == [(True, False)]
    assert (out / "a.mp3").stat().st_size > 1_000
