"""The voices that a page offers."""

from tts.ports import VoiceInfo
from web.voices import FALLBACK, LOCAL, ONLINE, Voices

MAI = VoiceInfo(engine="piper", voice="mai", label="Mai", gender="nữ", accent="miền Bắc")
BROKEN = VoiceInfo(engine="piper", voice="lan", label="Lan", problem="Thiếu tệp.")
FPT = VoiceInfo(engine="http-fpt", voice="banmai", label="Ban Mai", online=True)
ROBOT = VoiceInfo(engine="espeak", voice="vi", label="Giọng máy, miền Bắc", fallback=True)
VOICES = Voices([ROBOT, BROKEN, MAI, FPT], "espeak")


def test_better_voices_come_first_and_each_says_what_it_is() -> None:
    groups = VOICES.groups("")
    assert list(groups) == [LOCAL, ONLINE, FALLBACK]
    assert groups[LOCAL][0].label == "Mai, giọng nữ, miền Bắc"


def test_the_usual_voice_is_named_also_by_its_engine_alone() -> None:
    assert VOICES.usual == "Giọng máy, miền Bắc"
    assert Voices([ROBOT, MAI], "piper:mai").usual.startswith("Mai")
    assert Voices([ROBOT], "piper:gone").usual == "piper:gone"


def test_a_voice_that_cannot_be_used_is_told_with_its_reason() -> None:
    assert VOICES.unusable() == {"Thiếu tệp.": ["Lan"]}
    assert VOICES.problem("piper:lan") == "Không dùng được “Lan”: Thiếu tệp."
    assert "chọn giọng khác" in VOICES.problem("piper:gone")
    assert VOICES.problem("piper:mai") == ""


def test_the_chosen_voice_stays_in_the_list_whatever_became_of_it() -> None:
    assert "piper:lan" in [each.name for each in VOICES.groups("piper:lan")[LOCAL]]
    (gone,) = [each for each in VOICES.groups("piper:gone")[FALLBACK] if "gone" in each.name]
    assert gone.problem
