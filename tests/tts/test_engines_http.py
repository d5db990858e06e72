"""Every provider's shape against a server on this machine, and every way it may go wrong."""

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.tts import hostile, tones
from tests.tts.fake_provider import Asked, FakeProvider, Told
from tts.engines import choose, voices
from tts.engines.exchange import MOST_BYTES, Exchange
from tts.engines.http import address
from tts.engines.http.client import Client
from tts.engines.http.engine import Http
from tts.engines.http.profile import SHIPPED, Profile, load
from tts.engines.piece import Piece
from tts.engines.settings import EngineSettings
from tts.errors import EngineFailed, EngineUnavailable

KEY = "khoa-bi-mat-42"
TEXT = 'Kính mời bà con, <họp> & "bàn".'
PROVIDERS = sorted(file.stem for file in SHIPPED.glob("*.toml"))


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    with FakeProvider() as fake:
        yield fake


@pytest.fixture(scope="session")
def mp3(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("mp3") / "a.mp3"
    return hostile.encode(file, tones.sine(300, -12, 1), "mp3", "libmp3lame").read_bytes()


def here(name: str, url: str, folder: Path) -> Path:
    """The shipped profile as an operator fills it in, but asking the server at `url`."""
    (folder / "key").write_text(f"{KEY}\n")
    lines = (SHIPPED / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(("hosts =", "key_file ="))]
    text = "\n".join(
        ["allow_loopback_http = true", 'hosts = ["127.0.0.1"]', f'key_file = "{folder}/key"', *kept]
    )
    text = text.replace('app_id = ""', 'app_id = "app-1"').replace('region = ""', 'region = "x"')
    host = load(SHIPPED / f"{name}.toml").request.url.split("/")[2]
    file = folder / f"{name}.toml"
    file.write_text(text.replace(f"https://{host}", url), encoding="utf-8")
    return file


def answering(name: str, url: str, sound: bytes) -> Callable[[Asked], Told]:
    """What the provider answers, by its documents."""
    seen: list[str] = []
    at = f"{url}/sound"
    first: dict[str, Told] = {
        "fpt": document({"async": at, "error": 0}),
        "zalo": document({"error_code": 0, "data": {"url": at}}),
        "vbee": document({"result": {"request_id": "job/7"}, "status": 1}),
        "google": document({"audioContent": base64.b64encode(sound).decode()}),
    }

    def tell(asked: Asked) -> Told:
        seen.append(asked.path)
        if asked.path == "/sound":  # FPT's file is there the second time
            return Told(404) if seen.count("/sound") < 2 and name == "fpt" else Told(200, sound)
        if asked.path.endswith("/job%2F7"):
            state = "SUCCESS" if len(seen) > 2 else "PROCESSING"
            return document({"result": {"status": state, "audio_link": at}})
        return first.get(name, Told(200, sound))

    return tell


def document(told: object) -> Told:
    return Told(200, json.dumps(told).encode())


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_provider_is_asked_as_it_says_and_its_sound_taken(
    name: str, provider: FakeProvider, mp3: bytes, tmp_path: Path
) -> None:
    provider.tell = answering(name, provider.url, mp3)
    engine = Http(here(name, provider.url, tmp_path), enabled=True)
    voice = engine.voices()[0]
    assert engine.about(voice).problem == ""
    (sound,) = engine.synthesize([TEXT], voice, "slow", tmp_path)
    assert len(tones.read(sound)) / tones.RATE_HZ == pytest.approx(1, abs=0.1)
    assert [file.suffix for file in tmp_path.glob("0*")] == [".wav"]
    check_request(name, provider.asked[0], voice)


def check_request(name: str, asked: Asked, voice: str) -> None:
    headers = asked.headers
    match name:
        case "fpt":
            assert (headers["api-key"], headers["voice"], headers["speed"]) == (KEY, voice, "-1")
            assert asked.body.decode() == TEXT
        case "zalo":
            assert headers["apikey"] == KEY
            form = parse_qs(asked.body.decode())
            assert (form["input"], form["speaker_id"], form["speed"]) == ([TEXT], [voice], ["0.9"])
        case "viettel":
            told = json.loads(asked.body)
            assert (told["text"], told["voice"], told["token"]) == (TEXT, voice, KEY)
            assert told["speed"] == 0.9
        case "vbee":
            assert headers["authorization"] == f"Bearer {KEY}"
            told = json.loads(asked.body)
            assert (told["app_id"], told["input_text"]) == ("app-1", TEXT)
        case "azure":
            assert headers["ocp-apim-subscription-key"] == KEY
            assert headers["content-type"] == "application/ssml+xml"
            assert b"&lt;h\xe1\xbb\x8dp&gt; &amp; &quot;b" in asked.body
        case "google":
            assert headers["x-goog-api-key"] == KEY
            assert json.loads(asked.body)["input"] == {"text": TEXT}


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_shipped_profile_asks_over_tls_holds_no_key_and_is_off(name: str) -> None:
    profile = load(SHIPPED / f"{name}.toml")
    assert profile.request.url.startswith("https://")
    assert (profile.key_file, profile.allow_loopback_http) == ("", False)
    assert profile.longest >= 300  # a breath
    listed = [v for v in voices(EngineSettings()) if v.engine == f"http-{name}"]
    assert len(listed) == len(profile.voices)
    assert all(v.online and "chưa được bật" in v.problem for v in listed)
    with pytest.raises(EngineUnavailable, match=r"key_file|chưa điền"):
        choose(f"http-{name}", listed[0].voice, EngineSettings(enabled=(f"http-{name}",)))


def fetch(provider: FakeProvider, name: str, tmp_path: Path) -> bytes:
    """One text by a client in this process, which does not wait long."""
    profile = load(here(name, provider.url, tmp_path))
    exchange = Exchange("http", silent_s=0.3, sleep=lambda _: None)
    ticks = iter(range(1_000))
    client = Client(
        profile, KEY, exchange, wait_s=5, sleep=lambda _: None, clock=lambda: float(next(ticks))
    )
    return client.fetch(Piece("Xin chào.", profile.voices[0].id, "normal", "unused"))


FAULTS: dict[str, tuple[str, Callable[[Asked], Told], str]] = {
    "key refused": ("azure", lambda _: Told(401), "không nhận khóa .*401"),
    "too many": ("azure", lambda _: Told(429), "từ chối .mã 429"),
    "still too many": ("azure", lambda _: Told(429, headers={"Retry-After": "1"}), "mã 429"),
    "too long to wait": ("azure", lambda _: Told(503, headers={"Retry-After": "999"}), "mã 503"),
    "fault": ("viettel", lambda _: Told(500), "mã 500"),
    "redirect": ("azure", lambda _: Told(302, headers={"Location": "http://[::1]/"}), "địa chỉ kh"),
    "slow": ("azure", lambda _: Told(200, b"x" * 9, drop_s=5), "ngắt giữa chừng"),
    "huge": ("azure", lambda _: Told(200, b"x" * (MOST_BYTES + 1)), "quá lớn"),
    "cut off": ("azure", lambda _: Told(200, b"x", {"Content-Length": "9"}), "Không kết nối"),
    "no JSON": ("google", lambda _: Told(200, b"<html>"), "không đúng mẫu"),
    "JSON of another kind": ("google", lambda _: document([1]), "không đúng mẫu"),
    "no base64": ("google", lambda _: document({"audioContent": "%%"}), "không trả về âm thanh"),
    "number for base64": (
        "google",
        lambda _: document({"audioContent": 5}),
        "không trả về âm thanh",
    ),
    "error in JSON": ("fpt", lambda _: document({"async": "", "error": 7}), "mã 7"),
    "foreign": ("fpt", lambda _: document({"error": 0, "async": "https://x.vn/a"}), "địa chỉ lạ"),
    "no TLS": ("fpt", lambda _: document({"error": 0, "async": "http://x.vn/a"}), "không an toàn"),
    "a file": ("fpt", lambda _: document({"error": 0, "async": "file:///etc"}), "không an toàn"),
    "no address": ("fpt", lambda _: document({"error": 0, "async": None}), "không an toàn"),
    "broken address": ("fpt", lambda _: document({"error": 0, "async": "https://["}), "không an"),
}


HOSTS = ("file.fpt.ai", "*.vbee.vn")


@pytest.mark.parametrize(
    "url", ["https://file.fpt.ai/a.mp3", "https://s1.vbee.vn:8443/a?b=c#d", "https://FILE.fpt.ai/"]
)
def test_a_sound_is_fetched_from_the_hosts_of_the_provider(url: str) -> None:
    assert address.check(url, HOSTS, allow_loopback_http=False).lower() == url.lower()


@pytest.mark.parametrize(
    "url",
    [
        "https://vbee.vn/",  # the star stands for a name
        "https://evilvbee.vn/",
        "https://file.fpt.ai.evil.vn/",
        "https://evil.vn/file.fpt.ai",
        "https://evil.vn\\@file.fpt.ai/",
        "https://file.fpt.ai\\@evil.vn/",
        "https://file.fpt.ai@evil.vn/",
        "https://key@file.fpt.ai/",
        "https://ﬁle.fpt.ai/",
        "http://127.0.0.1/",
        "//file.fpt.ai/",
        "https:///a",
        "https://[",
        "",
    ],
)
def test_a_sound_is_fetched_from_nowhere_else(url: str) -> None:
    with pytest.raises(EngineFailed):
        address.check(url, HOSTS, allow_loopback_http=False)


@pytest.mark.parametrize("case", FAULTS)
def test_what_a_provider_does_wrong_is_told_in_a_sentence(
    case: str, provider: FakeProvider, tmp_path: Path
) -> None:
    name, provider.tell, sentence = FAULTS[case]
    with pytest.raises(EngineFailed, match=sentence) as caught:
        fetch(provider, name, tmp_path)
    assert KEY not in str(caught.value) + str(caught.value.facts)


def test_a_provider_that_hangs_is_given_up(provider: FakeProvider, tmp_path: Path) -> None:
    provider.tell = lambda _: Told(200 if provider.released.wait(20) else 500)
    with pytest.raises(EngineFailed, match="không trả lời kịp"):
        fetch(provider, "azure", tmp_path)


def test_a_busy_provider_is_asked_once_more_when_it_says(
    provider: FakeProvider, tmp_path: Path
) -> None:
    busy = Told(429, headers={"Retry-After": "1"})
    provider.tell = lambda _: busy if len(provider.asked) < 2 else Told(200, b"sound")
    assert fetch(provider, "azure", tmp_path) == b"sound"
    assert len(provider.asked) == 2


def test_a_job_that_never_ends_is_given_up(provider: FakeProvider, tmp_path: Path) -> None:
    provider.tell = lambda _: document({"result": {"request_id": "1", "status": "WAIT"}})
    with pytest.raises(EngineFailed, match="không đọc xong trong 5 giây"):
        fetch(provider, "vbee", tmp_path)


def test_a_sound_that_is_never_there_is_given_up(provider: FakeProvider, tmp_path: Path) -> None:
    told = document({"error": 0, "async": f"{provider.url}/sound"})
    provider.tell = lambda asked: told if asked.method == "POST" else Told(404)
    with pytest.raises(EngineFailed, match="không đọc xong trong 5 giây"):
        fetch(provider, "fpt", tmp_path)


def test_a_job_that_fails_is_told(provider: FakeProvider, tmp_path: Path) -> None:
    provider.tell = lambda _: document({"result": {"request_id": "1", "status": "FAILURE"}})
    with pytest.raises(EngineFailed, match="báo không đọc được"):
        fetch(provider, "vbee", tmp_path)


def test_the_key_is_not_sent_to_where_the_sound_lies(
    provider: FakeProvider, mp3: bytes, tmp_path: Path
) -> None:
    provider.tell = answering("fpt", provider.url, mp3)
    fetch(provider, "fpt", tmp_path)
    assert KEY in str(provider.asked[0])
    assert not any(KEY in str(asked) for asked in provider.asked[1:])


def test_a_page_instead_of_a_sound_leaves_no_file(provider: FakeProvider, tmp_path: Path) -> None:
    provider.tell = lambda _: Told(200, b"<html>Het tien</html>" * 50)
    engine = Http(here("azure", provider.url, tmp_path), enabled=True)
    (tmp_path / "out").mkdir()
    with pytest.raises(EngineFailed, match="âm thanh hỏng"):
        list(engine.synthesize(["Xin chào."], engine.voices()[0], "normal", tmp_path / "out"))
    assert list((tmp_path / "out").iterdir()) == []


def test_half_a_sound_is_none(provider: FakeProvider, tmp_path: Path) -> None:
    mp3 = hostile.encode(tmp_path / "a.mp3", hostile.speech(4), "mp3", "libmp3lame").read_bytes()
    provider.tell = lambda _: Told(200, mp3[: len(mp3) // 2])
    engine = Http(here("azure", provider.url, tmp_path), enabled=True)
    (tmp_path / "out").mkdir()
    with pytest.raises(EngineFailed, match="cắt cụt"):
        list(engine.synthesize(["Xin chào."], engine.voices()[0], "normal", tmp_path / "out"))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_failure_half_way_says_so_through_the_child(
    provider: FakeProvider, mp3: bytes, tmp_path: Path
) -> None:
    provider.tell = lambda _: Told(200, mp3) if len(provider.asked) < 2 else Told(500)
    engine = Http(here("azure", provider.url, tmp_path), enabled=True)
    with pytest.raises(EngineFailed, match="mã 500") as caught:
        list(engine.synthesize(["Một.", "Hai."], engine.voices()[0], "normal", tmp_path))
    assert caught.value.facts["status"] == 500


def test_an_answer_that_drips_for_ever_is_ended(provider: FakeProvider, tmp_path: Path) -> None:
    provider.tell = lambda _: Told(200, b"x" * 1_000, drop_s=0.1)
    engine = Http(here("azure", provider.url, tmp_path), enabled=True, timeout_s=2)
    with pytest.raises(EngineFailed, match="không trả lời trong 2 giây"):
        list(engine.synthesize(["Xin chào."], engine.voices()[0], "normal", tmp_path))


def test_a_text_longer_than_the_provider_takes_is_not_sent(
    provider: FakeProvider, tmp_path: Path
) -> None:
    engine = Http(here("viettel", provider.url, tmp_path), enabled=True)
    with pytest.raises(EngineFailed, match="quá dài"):
        list(engine.synthesize(["a " * 600], "hn-quynhanh", "normal", tmp_path))
    assert provider.asked == []


def test_certificates_that_nobody_vouches_for_are_refused(
    provider: FakeProvider, tmp_path: Path
) -> None:
    file = here("azure", provider.url.replace("http:", "https:"), tmp_path)
    profile = load(file)
    client = Client(profile, KEY, Exchange("http"))
    with pytest.raises(EngineFailed, match="Chứng chỉ"):
        client.fetch(Piece("Xin chào.", profile.voices[0].id, "normal", "unused"))


SPOILED: dict[str, tuple[Callable[[str], str], str]] = {
    "no TOML": (lambda text: text + "[", "không dùng được"),
    "misspelt": (lambda text: "longets = 5\n" + text, "không dùng được"),
    "no status": (lambda text: text.replace("[reply]", '[reply]\njob_at = "x"'), "không dùng được"),
    "a pace missing": (lambda text: text.replace("fast =", "quick ="), "không dùng được"),
    "a voice twice": (lambda text: text.replace('"thuminh"', '"banmai"'), "không dùng được"),
    "no key file": (lambda text: text.replace("/key", "/no-key"), "Không đọc được khóa"),
    "unknown name": (lambda text: text.replace("{voice}", "{voiec}"), "tên lạ: voiec"),
    "no TLS": (lambda t: t.replace("allow_loopback_http = true", ""), "không dùng https"),
    "no address": (lambda t: t.replace("http://127.0.0.1:9/", "https://["), "không dùng https"),
    "far, no TLS": (lambda t: t.replace("http://127.0.0.1", "http://x.vn"), "không dùng https"),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_profile_that_is_not_right_is_listed_with_the_reason(case: str, tmp_path: Path) -> None:
    spoil, sentence = SPOILED[case]
    file = here("fpt", "http://127.0.0.1:9", tmp_path)
    file.write_text(spoil(file.read_text(encoding="utf-8")), encoding="utf-8")
    settings = EngineSettings(enabled=("http-fpt",), profiles_dir=str(tmp_path))
    problems = {v.problem for v in voices(settings) if v.engine == "http-fpt"}
    assert len(problems) == 1
    assert sentence in problems.pop()


@pytest.mark.parametrize("key", ["", "  \n", "khóa", "a\nb"])
def test_a_key_that_cannot_be_one_is_not_used(key: str, tmp_path: Path) -> None:
    engine = Http(here("fpt", "http://127.0.0.1:9", tmp_path), enabled=True)
    (tmp_path / "key").write_text(key, encoding="utf-8")
    assert "Không đọc được khóa" in engine.about("banmai").problem


def test_the_operators_own_profile_outranks_ours_and_may_be_of_another_provider(
    provider: FakeProvider, mp3: bytes, tmp_path: Path
) -> None:
    file = here("azure", provider.url, tmp_path)
    file.rename(tmp_path / "cua-tinh.toml")
    here("fpt", provider.url, tmp_path)
    provider.tell = answering("azure", provider.url, mp3)
    settings = EngineSettings(enabled=("http-cua-tinh", "http-fpt"), profiles_dir=str(tmp_path))
    voice = "vi-VN-HoaiMyNeural"
    engine = choose("http-cua-tinh", voice, settings)
    (sound,) = engine.synthesize(["Xin chào."], voice, "normal", tmp_path)
    assert sound.exists()
    assert choose("http-fpt", "banmai", settings).id == "http-fpt"


def test_names_in_a_text_are_text(provider: FakeProvider, mp3: bytes, tmp_path: Path) -> None:
    provider.tell = answering("viettel", provider.url, mp3)
    profile: Profile = load(here("viettel", provider.url, tmp_path))
    Client(profile, KEY, Exchange("http")).fetch(Piece("{key}", "hn-quynhanh", "fast", "unused"))
    assert json.loads(provider.asked[0].body)["text"] == "{key}"
