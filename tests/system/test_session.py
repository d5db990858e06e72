"""A session of the village: its signature, another's programme live, its own news; no gap heard."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs
from scipy.io import wavfile
from scipy.signal import correlate

from contract.states import Verdict
from controller import bulletins
from controller.demo import once, sample
from controller.demo import road as roads
from controller.demo.layout import on_free_ports
from controller.demo.road import Road
from controller.demo.village import Village, running
from controller.drafts import Draft
from controller.media.disk import DiskMedia
from controller.model import Airing, BulletinKind, SourceKind
from controller.relays import changing
from controller.settings import Settings
from tests.fakes.stream import Radio, encoded
from tests.system.waves import RATE, Sound, decoded

pytestmark = pytest.mark.system

AHEAD = timedelta(seconds=5)  # plan, download and preparation
SLOT_S, STREAM_S, OWN_S = 7, 20, 2
SEAM_MS = 20
STATION = "suoi-may-1"


def melody(seconds: float, seed: int) -> Sound:
    """Tones that never pause, and are like no other melody's."""
    pitches = np.random.default_rng(seed).uniform(300, 2_500, round(seconds * 12) + 1)
    pitch = np.repeat(pitches, RATE // 12)[: round(seconds * RATE)]
    return 0.2 * np.sin(2 * np.pi * np.cumsum(pitch) / RATE)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sink of the station writes what a microphone would hear."""
    return tmp_path_factory.mktemp("played")


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory, played: Path) -> Iterator[Village]:
    layout = on_free_ports(structs.replace(Settings(), data=tmp_path_factory.mktemp("village")))
    with running(layout, sample.stations(in_suoi_may=1, in_na_may=0), f"file:{played}") as made:
        yield made


def entered(village: Village, road: Road, title: str, sound: Sound, **relay: object) -> str:
    """A bulletin of this sound, whose recording is being made."""
    file, now = BytesIO(), once.clock()
    wavfile.write(file, RATE, (sound * 32_767).astype(np.int16))
    file.seek(0)
    kept = DiskMedia(village.layout.settings.media).keep_original(file)
    draft = Draft(
        area_id=road.area,
        title=title,
        kind=BulletinKind.AUDIO,
        targets=(road.area,),
        rule=roads.once(now + roads.SOMETIME),
        **relay,  # type: ignore[arg-type]  # a test knows its types
    )
    with road.store.writing() as session:
        who, made = road.officer, bulletins.compose(session, road.officer, draft, now=now)
        name = f"{title}.wav"
        bulletins.attach_audio(session, who, made.id, 1, sha256=kept, name=name, now=now)
        bulletins.ask_for_voice(session, who, made.id, made.version, now=now)
    village.nudge()
    return made.id


def source(road: Road, address: str) -> str:
    given = changing.Entered(
        area_id=road.area, name="Đài", owner="Đài", kind=SourceKind.STREAM, address=address
    )
    with road.store.writing() as session:
        who, now = road.approver, once.clock()
        return changing.add(session, who, given, private={"127.0.0.1"}, now=now).id


def on_the_air(village: Village, road: Road, relay: str) -> list[Airing]:
    """Signature and relay at the same time, the news at the end of the relay."""
    tune, news = (
        entered(village, road, name, melody(OWN_S, seed))
        for name, seed in (("Nhạc", 1), ("Tin", 2))
    )
    found = [tune, relay, news]
    for each in found:
        assert village.supervisor.wait_until(lambda each=each: roads.is_voiced(road, each), 60.0)
    start = (once.clock() + AHEAD).replace(microsecond=0)
    for each, at in zip(found, (start, start, start + timedelta(seconds=SLOT_S)), strict=True):
        roads.submit(road, each, at)
        roads.approve(road, each)
    village.nudge()
    return [once.planned(village, road, each) for each in found]


def test_signature_relay_and_news_follow_each_other_without_a_gap(
    village: Village, road: Road, played: Path
) -> None:
    live = melody(STREAM_S, 3)
    with closing(Radio(encoded(live.astype(np.float32)), STREAM_S)) as radio:
        slot = {"relay_source": source(road, radio.url), "relay_s": SLOT_S}
        relay = entered(village, road, "Tiếp sóng", melody(OWN_S, 4), **slot)
        airings = on_the_air(village, road, relay)
        assert once.judged(village, road, airings[-1], 1)
        assert once.judged(village, road, airings[1], 1)

    (file,) = played.glob("*.wav")
    heard = decoded(file)
    media = DiskMedia(village.layout.settings.media)
    tune, news = (decoded(media.recording(airings[n].recording_sha256)) for n in (0, 2))
    begin, end = place_of(tune, heard) + len(tune), place_of(news, heard)
    between = round((airings[2].starts_at - airings[1].starts_at).total_seconds() * RATE)
    assert abs(end - begin - between) <= SEAM_MS * RATE // 1_000
    for joint in (begin, end):
        assert longest_silence_ms(heard[joint - RATE // 2 : joint + RATE // 2]) <= SEAM_MS
    middle = heard[begin + RATE : end - RATE]
    assert likeness_at_best(middle, live) >= 0.9

    (told,) = roads.verdicts(road, relay)
    assert told.verdict == Verdict.AIRED
    assert told.relayed_samples == told.played_samples
    assert (told.fallback_samples, told.silent_samples) == (0, 0)


def place_of(part: Sound, whole: Sound) -> int:
    """The sample of the whole at which the part begins."""
    return int(np.argmax(np.abs(correlate(whole, part, mode="valid", method="fft"))))


def likeness_at_best(part: Sound, whole: Sound) -> float:
    """The normalised correlation where it is highest; 1 is the same sound."""
    at = place_of(part, whole)
    there = whole[at : at + len(part)]
    scale = float(np.linalg.norm(part) * np.linalg.norm(there))
    return abs(float(np.dot(part, there))) / scale


def longest_silence_ms(sound: Sound) -> int:
    """Of milliseconds quieter than a hundredth of the loudest."""
    frames = np.abs(sound[: len(sound) // 48 * 48].reshape(-1, 48)).max(axis=1)
    longest = now = 0
    for frame in frames:
        now = now + 1 if frame < 0.01 * frames.max() else 0
        longest = max(longest, now)
    return longest
