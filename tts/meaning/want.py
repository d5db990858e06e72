"""What the source demands to be heard."""

from dataclasses import dataclass, replace

from tts.meaning.sounds import Form

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Want:
    """One written thing: where it stands, how it may be said, whether it may stay silent.

    `name` says in Vietnamese what would be lost: "Số", "Dấu âm".
    """

    span: Span
    forms: tuple[Form, ...]
    name: str
    needed: bool = True

    def optional(self) -> "Want":
        """The same, where silence is right too."""
        return replace(self, needed=False)
