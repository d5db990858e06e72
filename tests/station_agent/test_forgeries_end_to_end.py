"""Forged, mutated and replayed messages on a real broker: a real station process stays silent."""

import time
from collections import Counter
from datetime import UTC, datetime

import numpy as np

from contract import codec
from contract.reports import Ack
from tests.fakes.box_world import topic_of
from tests.fakes.forger import Forger
from tests.fakes.station import RATE, Station

FORGERIES, SEED = 320, 20261124
DUE_S = 3  # within which what a forged plan holds would sound
SIREN = np.full(RATE // 5, 6_000, np.int16)


def heard(station: Station) -> int:
    """How many samples that are not silence the sink has got."""
    return sum(
        int(np.count_nonzero(np.frombuffer(file.read_bytes()[44:], "<i2")))
        for file in (station.folder / "sink").glob("*.wav")
    )


def sound(station: Station, name: str) -> tuple[str, bytes]:
    """Sound a genuine emergency and wait for its end; gives what a listener could have kept."""
    station.issuer.now = datetime.now(UTC)
    order = station.issuer.emergency(name, station.serve(SIREN))
    kept = topic_of(order), station.issuer.write(order)
    station.server.say(*kept)
    station.ended()
    return kept


def flood(station: Station, forger: Forger, count: int) -> Counter[str]:
    sent = Counter[str]()
    while sent.total() < count:
        station.issuer.now = forger.stranger.now = datetime.now(UTC)
        family, topic, payload = forger.next()
        if "#" in topic:  # no broker takes it
            continue
        station.server.say(topic, payload, retain=False)
        sent[family] += 1
    return sent


def refusals(station: Station) -> int:
    """Return when all that was said has been judged: how many were refused.

    A plan of which nobody approved an item is a plan, and is taken: the item must not sound.
    """
    station.issuer.now = datetime.now(UTC)
    last = station.issuer.stop()
    station.server.say(topic_of(last), station.issuer.write(last))
    refused = 0
    time.sleep(DUE_S + 1)  # should one sound after all
    while True:
        ack = codec.decode(Ack, station.server.wait_for(lambda topic, _: topic.endswith("/ack")))
        if ack.of == last.id:
            assert ack.refused is None
            return refused
        refused += ack.refused is not None


def wait_for_link(station: Station) -> None:
    station.server.wait_for(lambda topic, said: topic.endswith("/state") and b":true" in said)


def test_no_forgery_sounds_on_a_real_station_before_or_after_it_was_killed(station: Station):
    plan = station.issuer.plan()
    station.server.say(topic_of(plan), station.issuer.write(plan), retain=True)
    station.start()
    station.server.wait_for(lambda topic, _: topic.endswith("/ack"))
    kept = sound(station, "that")
    before = heard(station)
    assert before > 0  # it has ears
    forger = Forger(station.issuer, SEED, station.serve(SIREN), DUE_S)
    sent = flood(station, forger, FORGERIES // 2)
    refused = refusals(station)
    station.kill()
    station.start()
    wait_for_link(station)
    for _ in range(5):
        station.server.say(*kept)
    sent += flood(station, forger, FORGERIES - sent.total())
    refused += refusals(station)
    assert heard(station) == before, f"seed {SEED}"
    assert set(sent) == set(forger.families)
    assert refused  # they arrived; not each is answered, lest a flood fill the line
    sound(station, "that-2")
    assert heard(station) > before  # it is not deaf by now
