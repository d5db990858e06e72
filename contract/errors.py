"""What can be wrong with a message, a signature, a state or a setting."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why a station does not obey a message. Sent back in acknowledgements and journalled."""

    UNREADABLE = "unreadable"  # not an envelope, or not the payload that its type promises
    UNKNOWN_VERSION = "unknown_version"  # made by a newer or foreign contract
    UNSIGNED = "unsigned"  # no signature by a key that we know
    NOT_ENOUGH_SIGNATURES = "not_enough_signatures"  # fewer distinct good keys than the threshold
    WRONG_ADDRESS = "wrong_address"  # `aud` names neither the station nor one of its areas
    WRONG_TOPIC = "wrong_topic"  # arrived where such a message does not belong
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    STALE = "stale"  # a plan older than the one held
    REPLAYED = "replayed"  # an id that has been obeyed before
    OTHER_BOX = "other_box"  # made for the box whose place this one has taken
    NOT_RELEASED = "not_released"  # an item without a valid release for this station and time
    CLOCK_UNSURE = "clock_unsure"  # the station does not know the time well enough to judge


class ContractError(Exception):
    """The other side broke the contract."""


class Unreadable(ContractError):
    """A payload cannot be read; `detail` says where and why."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class UnknownVersion(Unreadable):
    """The payload's `v` is not one that this release speaks."""


class RefusedMessage(ContractError):
    """A readable message that must not be obeyed; `reason` is sent back."""

    def __init__(self, reason: Refusal, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class UndeclaredMove(ContractError):
    """A state was asked to move where its table does not allow."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__(f"{old} -> {new} is not a declared move")
        self.old, self.new = old, new


class BadSettings(Exception):
    """Every problem found in a program's settings, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
