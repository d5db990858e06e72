"""Pushes: browsers that want to be told when something waits for approval."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from controller.model.columns import Row


class PushSubscription(Row):
    """One browser of one person (W3C Push API): where its maker's service takes messages."""

    __tablename__ = "push_subscription"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # sha256 of the endpoint
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    endpoint: Mapped[str] = mapped_column(Text)
    p256dh: Mapped[str] = mapped_column(String(100))  # base64url, as the browser gave it
    auth: Mapped[str] = mapped_column(String(40))
    device: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime]
    told_at: Mapped[datetime | None]  # up to which sending it was told; None: greet it
    tries: Mapped[int]  # since it was last reached
    next_try: Mapped[datetime | None]
