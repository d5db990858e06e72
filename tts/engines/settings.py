"""What the operator decided about voices: which are on, where theirs lie."""

import msgspec


class EngineSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`enabled` names the online engines that may be used; local ones need no permission.

    `voices_dir` holds a folder for each Piper voice, `profiles_dir` the operator's copies of
    profiles of online providers; "" is none. Each Piper worker takes one core.
    """

    enabled: tuple[str, ...] = ()
    voices_dir: str = ""
    profiles_dir: str = ""
    piper_workers: int = 1
