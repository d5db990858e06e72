"""Each message is tried until the other system has it; a system that fails long is paused."""

import json
import threading
from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from controller import alarms, audit_trail
from controller.errors import NotFound, WrongState
from controller.hooks import delivering, making, spreading
from controller.hooks.delivering import BATCH, Delivering
from controller.hooks.kinds import Kind
from controller.hooks.ports import Answer
from controller.model import Hook, HookDelivery
from controller.permissions import Who
from controller.store import Store
from tests.controller.hooks.office import URL, Clock, System, hook
from tests.controller.village import NOW, Village, settle


class House:
    """A hook of the technician, whose messages a test makes by raising alarms."""

    def __init__(self, store: Store) -> None:
        self.store, self.clock, self.system = store, Clock(), System()
        with store.writing() as session:
            self.village: Village = settle(session)
            self.who: Who = self.village.technician
            self.id = hook(session, self.who, self.village.province, Kind.ALARM).id
        self.delivering = Delivering(store, self.system, self.clock, lambda: 0.5)

    def happens(self, *codes: str) -> None:
        with self.store.writing() as session:
            for code in codes:
                alarms.sound_alarm(session, code, "Hỏng.", self.clock())

    def work(self) -> None:
        while self.delivering.work():
            pass

    @property
    def hook(self) -> Hook:
        with self.store.reading() as session:
            return session.get_one(Hook, self.id)

    def messages(self) -> list[HookDelivery]:
        with self.store.reading() as session:
            return making.messages(session, self.id, 100)


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


def test_a_message_arrives_signed_and_once(house: House) -> None:
    house.happens("mains")
    house.work()
    house.work()
    ((url, headers, body),) = house.system.got
    assert url == URL
    (message,) = house.messages()
    assert headers["webhook-id"] == f"msg_{message.id}"
    assert json.loads(body)["data"]["code"] == "mains"
    assert (message.code, message.tries, message.done_at) == (200, 1, NOW)


def test_many_arrive_all(house: House) -> None:
    codes = [f"code_{n}" for n in range(BATCH * 2 + 1)]
    house.happens(*codes)
    house.work()
    assert sorted(json.loads(body)["data"]["code"] for _, _, body in house.system.got) == sorted(
        codes
    )


def test_what_is_refused_comes_again_under_its_name_with_a_new_time(house: House) -> None:
    house.system.code = 503
    house.happens("mains")
    house.work()
    house.clock.move(timedelta(seconds=14))
    house.work()
    assert len(house.system.got) == 1
    house.system.code = 204
    house.clock.move(timedelta(seconds=2))
    house.work()
    first, second = (headers for _, headers, _ in house.system.got)
    assert first["webhook-id"] == second["webhook-id"]
    assert first["webhook-timestamp"] != second["webhook-timestamp"]
    assert house.messages()[0].done_at == house.clock()
    assert house.hook.failing_since is None


def test_a_system_that_does_not_answer_is_left_alone_for_a_minute(house: House) -> None:
    house.system.code = None
    house.happens("one", "two", "three")
    house.work()
    assert len(house.system.got) == 1
    house.clock.move(timedelta(minutes=1, seconds=1))
    house.work()
    assert len(house.system.got) == 2


def test_after_two_days_it_is_paused_and_all_comes_when_it_is_back(house: House) -> None:
    house.system.code = 500
    house.happens("mains")
    while house.hook.paused_at is None:
        house.work()
        house.clock.move(timedelta(hours=1))
    assert timedelta(days=2) <= house.clock() - NOW < timedelta(days=2, hours=9)
    assert house.messages()[0].due_at is not None
    house.happens("later")
    tried = len(house.system.got)
    house.work()
    assert len(house.system.got) == tried, "nothing is sent while it is paused"
    house.system.code = 200
    with house.store.writing() as session:
        making.resume(session, house.who, house.id, now=house.clock())
    house.work()
    assert len(house.messages()) == 2
    assert all(each.done_at for each in house.messages())


def test_a_message_that_alone_is_refused_is_given_up_after_three_days(house: House) -> None:
    house.system.refused = b"mains"
    house.happens("mains")
    for n in range(14):
        house.happens(f"other_{n}")
        house.work()
        house.clock.move(timedelta(hours=6))
    house.work()
    lost = [each for each in house.messages() if each.done_at is None]
    assert house.hook.paused_at is None
    assert [each.due_at for each in lost] == [None]


def test_one_that_wants_no_more_is_paused_at_once(house: House) -> None:
    house.system.code = 410
    house.happens("mains")
    house.work()
    assert house.hook.paused_at == NOW
    with house.store.reading() as session:
        sought = audit_trail.Sought(object_id=house.id)
        lines = audit_trail.read(session, house.village.auditor, sought, now=NOW, limit=9)
    assert [line.action for line in lines] == ["hook.pause", "hook.make"]


def test_one_message_is_sent_again_by_hand(house: House) -> None:
    house.system.code = 500
    house.happens("mains")
    house.work()
    (message,) = house.messages()
    house.system.code = 200
    with house.store.writing() as session:
        with pytest.raises(NotFound):
            making.send_again(session, house.village.officer, house.id, message.id, now=NOW)
        making.send_again(session, house.who, house.id, message.id, now=NOW)
    house.work()
    with house.store.writing() as session, pytest.raises(WrongState):
        making.send_again(session, house.who, house.id, message.id, now=NOW)
    assert len(house.system.got) == 2


def test_one_that_is_stopped_meanwhile_gets_no_other_message(house: House) -> None:
    house.happens("one", "two")

    class Stopping(System):
        def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
            with house.store.writing() as session:
                making.stop(session, house.who, house.id, now=NOW)
            return super().post(url, headers, body)

    system = Stopping()
    Delivering(house.store, system, house.clock, lambda: 0.5).work()
    assert len(system.got) == 1


def test_a_stopped_one_is_told_nothing_any_more(house: House) -> None:
    house.happens("mains")
    with house.store.writing() as session:
        making.stop(session, house.who, house.id, now=NOW)
        making.stop(session, house.who, house.id, now=NOW)
        with pytest.raises(WrongState):
            making.resume(session, house.who, house.id, now=NOW)
    house.work()
    assert house.system.got == []


def test_two_threads_do_not_deliver_to_the_same_hook(house: House) -> None:
    house.happens("mains")
    with house.store.writing() as session:
        spreading.spread(session, NOW)
    with house.store.writing() as session:
        assert delivering.claim(session, NOW) is not None
    with house.store.writing() as session:
        assert delivering.claim(session, NOW) is None
        assert delivering.claim(session, NOW + delivering.LEASE) is not None


def test_an_emergency_does_not_wait_behind_what_is_usual(house: House) -> None:
    house.happens(*(f"code_{n}" for n in range(BATCH + 3)))
    with house.store.writing() as session:
        spreading.spread(session, NOW)
        newest = making.messages(session, house.id, 1)[0]
        newest.kind = Kind.EMERGENCY
    house.work()
    assert house.system.got[0][1]["webhook-id"] == f"msg_{newest.id}"
    assert len(house.system.got) == BATCH + 3


def test_threads_together_tell_each_thing_once(house: House) -> None:
    many = [f"code_{n}" for n in range(30)]

    def happen() -> None:
        for code in many:
            house.happens(code)

    writer = threading.Thread(target=happen)

    def deliver() -> None:
        while writer.is_alive() or house.delivering.work():
            house.delivering.work()

    threads = [writer, *(threading.Thread(target=deliver) for _ in range(3))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    house.work()
    codes = [json.loads(body)["data"]["code"] for _, _, body in house.system.got]
    assert sorted(codes) == sorted(many)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answers=st.lists(st.sampled_from([200, 500, None, 404]), max_size=12), data=st.data())
def test_whatever_a_system_answers_nothing_is_lost(
    house: House, answers: list[int | None], data: st.DataObject
) -> None:
    system = System()
    delivering_ = Delivering(house.store, system, house.clock, lambda: 0.5)
    with house.store.writing() as session:
        alarms.clear_alarm(session, "a", house.clock())
        alarms.clear_alarm(session, "b", house.clock())
    house.happens("a")
    for n, code in enumerate(answers):
        system.code = code
        if n == len(answers) // 2:
            house.happens("b")
        while delivering_.work():
            pass
        house.clock.move(timedelta(minutes=data.draw(st.integers(1, 400))))
    house.happens("b")
    system.code = 200
    with house.store.writing() as session:
        making.resume(session, house.who, house.id, now=house.clock())
    while delivering_.work():
        pass
    assert all(each.done_at is not None for each in house.messages())
    assert {json.loads(body)["data"]["code"] for _, _, body in system.got} == {"a", "b"}


def test_old_messages_are_let_go(house: House) -> None:
    house.happens("mains")
    house.work()
    with house.store.writing() as session:
        delivering.forget_old(session, NOW + timedelta(days=29))
    assert len(house.messages()) == 1
    with house.store.writing() as session:
        delivering.forget_old(session, NOW + timedelta(days=31))
    assert house.messages() == []
