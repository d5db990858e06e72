"""Ten thousand forged, mutated and replayed messages: not one makes a sound."""

from collections import Counter
from datetime import timedelta

from contract.messages import Signed
from station_agent.events import MessageArrived
from tests.fakes.box_world import Box, topic_of
from tests.fakes.forger import SOUND, Forger
from tests.fakes.issuer import MINUTE, SECOND, Issuer

FORGERIES, SEED = 10_000, 20261123
ROUND = 250  # forgeries between two stretches in which what was believed would sound


def victim(issuer: Issuer) -> Box:
    """A station with the sound on its shelf, a plan of today, and ears."""
    box = Box(issuer, shelf=(SOUND,))
    box.player.lengths[SOUND.sha256] = SOUND.samples
    box.take(issuer.plan())
    return box


def test_ten_thousand_forgeries_make_no_sound(issuer: Issuer) -> None:
    box, sent = victim(issuer), Counter[str]()
    forger = Forger(issuer, SEED)
    while sent.total() < FORGERIES:
        for _ in range(ROUND):
            family, topic, payload = forger.next()
            box.tell(MessageArrived(topic=topic, payload=payload))
            sent[family] += 1
            assert box.player.heard == [], f"seed {SEED}: {family}"
            assert box.state.memory.volume is None, f"seed {SEED}: {family}"
        box.wait(2 * MINUTE)
        issuer.now = forger.stranger.now = box.now
    assert box.player.heard == [], f"seed {SEED}"
    assert set(sent) == set(forger.families)


def test_the_ears_hear_what_is_genuine(issuer: Issuer) -> None:
    """Without this the test above could pass on a deaf station."""
    box = victim(issuer)
    item = issuer.item("that", box.now + 30 * SECOND, SOUND)
    box.take(issuer.plan((item, SOUND)))
    box.wait(MINUTE)
    box.take(issuer.emergency("lu", SOUND))
    box.wait(MINUTE)
    assert [one.airing for one in box.player.heard] == ["that", "lu"]


def recorded(issuer: Issuer, box: Box) -> list[tuple[str, bytes]]:
    """A day's traffic, as a listener on the broker keeps it; all of it was obeyed."""
    kept: list[tuple[str, bytes]] = []

    def send(message: Signed) -> None:
        kept.append((topic_of(message), issuer.write(message)))
        box.take(message)

    for n in range(20):
        issuer.now = box.now
        item = issuer.item(f"tin-{n}", box.now + 10 * SECOND, SOUND)
        send(issuer.plan((item, SOUND)))
        send(issuer.set_volume(40 + n))
        send(issuer.emergency(f"lu-{n}", SOUND))
        box.wait(MINUTE)
        send(issuer.all_clear(f"lu-{n}"))
        send(issuer.stop())
    issuer.now = box.now
    send(issuer.plan())
    return kept


def test_nothing_that_was_recorded_sounds_again_after_a_restart(issuer: Issuer) -> None:
    box = victim(issuer)
    kept = recorded(issuer, box)
    heard, volume = len(box.player.heard), box.state.memory.volume
    assert heard >= 40
    for off in (SECOND, timedelta(hours=2), timedelta(days=20)):
        box.cut_power(off)
        for topic, payload in [*kept, *reversed(kept)]:
            box.tell(MessageArrived(topic=topic, payload=payload))
        box.wait(2 * MINUTE)
        assert (len(box.player.heard), box.state.memory.volume) == (heard, volume), off


def test_nothing_that_was_recorded_sounds_again_when_the_clock_is_set_back(issuer: Issuer) -> None:
    box = victim(issuer)
    kept = recorded(issuer, box)
    heard = len(box.player.heard)
    for back in (timedelta(minutes=5), timedelta(minutes=20), timedelta(days=400)):
        box.step_clock(-back)
        for topic, payload in kept:
            box.tell(MessageArrived(topic=topic, payload=payload))
        box.wait(2 * MINUTE)
        assert len(box.player.heard) == heard, back
