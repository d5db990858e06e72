"""Sender: moves due messages from the outbox to the broker, a few at a time."""

from collections import deque
from collections.abc import Iterable
from datetime import datetime

from contract import codec, topics
from contract.reports import Receipt
from contract.topics import Channel
from controller import outbox
from controller.outbox import Kind, Message
from controller.ports import Hub
from controller.store import Store

WINDOW = 10
"""Handed to paho and not yet confirmed: on a reconnect it would send everything at once."""

RECEIPT_VALID_S = 60
"""A station sends its report again after some seconds; an older receipt says nothing new."""


class Sender:
    """Keeps at most WINDOW messages on the way, and only while there is a connection."""

    def __init__(self, store: Store, hub: Hub) -> None:
        self._store, self._hub = store, hub
        self._waiting: deque[Message] = deque()
        self._on_the_way: dict[int, str] = {}
        self._lost: set[str] = set()
        self._connected = False

    def connected(self, session: bool, now: datetime) -> None:
        """What was not confirmed goes again; a broker that lost its session lost the rest too."""
        kinds = [Kind.EMERGENCY] if session else list(Kind)
        with self._store.writing() as writing:
            outbox.republish(writing, kinds, now)
            outbox.hasten(writing, sorted(self._lost), now)
        self._lost.clear()
        self._connected = True

    def disconnected(self) -> None:
        """Remember what was on the way."""
        self._connected = False
        self._lost |= {message.key for message in self._waiting} | set(self._on_the_way.values())
        self._waiting.clear()
        self._on_the_way.clear()

    def confirmed(self, mid: int) -> None:
        """The broker has it; there is room for the next. Only the station's answer settles it."""
        self._on_the_way.pop(mid, None)

    def pump(self, now: datetime) -> None:
        """Fill the window from what is due."""
        if not self._connected:
            return
        if not self._waiting and self._is_due(now):
            with self._store.writing() as session:
                self._waiting.extend(outbox.take(session, now))
        while self._waiting and len(self._on_the_way) < WINDOW:
            message = self._waiting.popleft()
            mid = self._publish(message, now)
            if mid is None:  # the connection is going: `disconnected` follows
                self._lost.add(message.key)
                return
            self._on_the_way[mid] = message.key

    def receipts(self, receipts: Iterable[Receipt]) -> None:
        """Tell stations what is stored; a lost receipt costs one more report."""
        for receipt in receipts:
            self._hub.publish(
                topics.of(Channel.RECEIPT, "station", receipt.station),
                codec.encode(receipt),
                retained=False,
                expires_in_s=RECEIPT_VALID_S,
            )

    def _is_due(self, now: datetime) -> bool:
        with self._store.reading() as session:
            due = outbox.next_due(session)
        return due is not None and due <= now

    def _publish(self, message: Message, now: datetime) -> int | None:
        left_s = None
        if message.expires_at is not None:
            left_s = max(1, int((message.expires_at - now).total_seconds()))
        return self._hub.publish(
            message.topic, message.payload, retained=message.retained, expires_in_s=left_s
        )
