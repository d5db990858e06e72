"""A maker's profile: what it may say, and what is refused before anything is sent."""

import pytest

from contract.errors import Unreadable
from controller.foreign import profile
from controller.foreign.adapters import LIMITS, limits_of
from controller.foreign.mqtt import OwnMqtt
from controller.foreign.ports import Offer, Said, What
from controller.model import BoxKind, ForeignBox
from tests.controller.foreign.maker import sample, sample_text
from tests.controller.foreign.test_slots import candidate
from tests.controller.village import NOW

BOX = OwnMqtt(sample(), "H7")


def test_the_sample_of_the_documentation_can_be_used() -> None:
    assert BOX.topics_read == ("hop/H7/lenh",)
    assert BOX.status_topic == "hop/H7/trang-thai"


def test_what_is_new_is_played_and_what_is_gone_is_stopped_first() -> None:
    slot = candidate("a1").slot
    offer = Offer(
        station="sm-1",
        now=NOW,
        slots=(slot,),
        fresh=frozenset({"a1"}),
        gone=("a0",),
        urls={"a1": "https://x/a.ogg"},
    )
    stop, play = BOX.tell(offer)
    assert stop.payload == b'{"cmd": "stop", "id": "a0"}'
    assert b'"url": "https://x/a.ogg", "vol": 80' in play.payload
    assert BOX.tell(Offer(station="sm-1", now=NOW, slots=(slot,))) == ()


def test_a_title_cannot_leave_its_string() -> None:
    filled = profile.fill('{"t": "{title}"}', {"title": 'a", "cmd": "x\n'})
    assert filled == '{"t": "a\\", \\"cmd\\": \\"x\\n"}'


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (b'{"state": "play", "id": "a1"}', Said(what=What.PLAYING, airing="a1")),
        (
            b'{"state": "done", "id": "a1", "sec": 7.5}',
            Said(what=What.FINISHED, airing="a1", played_s=7.5),
        ),
        (b'{"state": "no-file", "sec": "?"}', Said(what=What.FAILED)),
    ],
)
def test_its_words_are_understood(told: bytes, said: Said) -> None:
    assert BOX.read(told) == (said,)


def test_other_words_only_say_that_it_is_there() -> None:
    assert BOX.read(b'{"state": "idle", "rssi": -80}') == ()
    assert BOX.read(b'{"state": {"deep": 1}}') == ()
    with pytest.raises(Unreadable):
        BOX.read(b"play")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hop/{device}/lenh", "hop/lenh"),  # every box would hear every other
        ("hop/{device}/lenh", "tt/1/{device}"),
        ("hop/{device}/lenh", "$SYS/{device}"),
        ("hop/{device}/lenh", "hop/{device}/#"),
        ("hop/{device}/lenh", "hop/{device}/trang-thai"),  # it would command itself
        ("{url}", "{secret}"),
        ("{url}", ""),
        ('"{airing}", "url"', '"", "url"'),
        ("lead_s = 0", "lead_s = 9999"),
        ("lead_s = 0", "leads = 0"),
    ],
)
def test_a_profile_that_does_harm_is_refused(old: str, new: str) -> None:
    with pytest.raises(Unreadable):
        profile.read(sample_text().replace(old, new))


@pytest.mark.parametrize("missing", ['airing = "id"', ', "id": "{airing}"}\'\n\n[status]'])
def test_who_is_told_ahead_must_name_what_is_meant(missing: str) -> None:
    ahead = sample_text().replace("lead_s = 0", "lead_s = 30")
    assert profile.read(ahead).lead_s == 30
    assert missing in ahead
    with pytest.raises(Unreadable, match="lead_s"):
        profile.read(ahead.replace(missing, "}'\n\n[status]" if "status" in missing else ""))


def test_what_a_box_cannot_do_is_said() -> None:
    told = limits_of(ForeignBox(kind=BoxKind.HTTP, poll_s=30))
    assert set(LIMITS) < set(told)
    assert any("30 giây" in sentence for sentence in told)
