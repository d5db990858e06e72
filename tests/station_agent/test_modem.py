"""The SIM modem: what its answers mean, and that one that hangs costs bounded time."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.reports import Modem
from station_agent.modem import watch
from station_agent.modem.answers import QUESTIONS, read
from station_agent.modem.watch import ModemWatch, look
from tests.fakes.broker import wait_until
from tests.fakes.modem import FakeModem


@pytest.fixture
def modem() -> Iterator[FakeModem]:
    found = FakeModem()
    yield found
    found.close()


def test_a_modem_that_is_well(modem: FakeModem) -> None:
    assert look(modem.port) == Modem(
        answers=True, sim="READY", network="home", operator="Viettel", dbm=-85
    )


def test_only_questions_are_asked(modem: FakeModem) -> None:
    look(modem.port)
    assert modem.asked == ["ATE0", *QUESTIONS]


def test_without_a_sim_it_says_so(modem: FakeModem) -> None:
    modem.answers["AT+CPIN?"] = "+CME ERROR: 10"
    modem.answers["AT+CSQ"] = "+CSQ: 99,99\r\n\r\nOK"
    modem.answers["AT+CEREG?"] = "ERROR"
    found = look(modem.port)
    assert (found.sim, found.network, found.dbm) == ("ABSENT", "none", None)


def test_a_sim_that_asks_for_its_number(modem: FakeModem) -> None:
    modem.answers["AT+CPIN?"] = "+CPIN: SIM PIN\r\n\r\nOK"
    assert look(modem.port).sim == "SIM PIN"


def test_a_mute_modem_and_one_that_is_not_there(
    modem: FakeModem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "ANSWER_S", 0.1)
    modem.answers.clear()
    assert look(modem.port) == Modem(answers=False)
    assert modem.asked == ["ATE0"]  # it is not waited for five times more
    assert look("/dev/tty-not-there") == Modem(answers=False)


def test_what_was_seen_last_is_told_without_waiting(modem: FakeModem) -> None:
    watching = ModemWatch(modem.port)
    assert watching.told() is None
    watching.start()
    wait_until(lambda: watching.told() is not None, "the modem is not looked at")
    watching.stop()
    assert watching.told() is not None


@given(st.dictionaries(st.sampled_from(QUESTIONS), st.text(max_size=80)))
def test_no_answer_breaks_it(answers: dict[str, str]) -> None:
    assert read(answers).network in {"", "home", "roaming", "searching", "denied", "none"}
