"""The child that is Piper; nobody else imports it: `python -m tts.engines.piper_worker MODEL`."""

import json
import sys
import wave
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]  # it ships no types
from piper import PiperConfig, PiperVoice, SynthesisConfig

from tts.engines.piece import Piece
from tts.engines.serving import serve
from tts.errors import EngineFailed
from tts.ports import Pace

# Against the voice's own pace: 1.1 to 1.25 suits outdoor horns (speech reference §4).
LENGTHS: dict[Pace, float] = {"slow": 1.25, "normal": 1.1, "fast": 1.0}
PAUSES = set(",.;:?!")  # a voice that knows none of them reads the words all the same
Samples = np.ndarray[tuple[int], np.dtype[np.float32]]


def load(path: Path) -> PiperVoice:
    """Piper's own `load` takes every core; a render is one child among several."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Breaths differ in length: a plan of memory for each costs a fifth more, and saves no time.
    options.enable_mem_pattern = False
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    config = json.loads(Path(f"{path}.json").read_bytes())
    return PiperVoice(session=session, config=PiperConfig.from_dict(config))


def read(voice: PiperVoice, piece: Piece) -> None:
    """Write `piece.out`; a sound that the voice does not know fails, it is not left out."""
    length = voice.config.length_scale * LENGTHS[piece.pace]
    settings = SynthesisConfig(length_scale=length)
    sentences = [_say(voice, phonemes, settings) for phonemes in voice.phonemize(piece.text)]
    if not sum(map(len, sentences)):
        raise EngineFailed("Giọng đọc không phát ra âm thanh nào.", text=piece.text)
    # The model ends in tanh: ±1 is its own scale. Piper would raise each sentence to full scale,
    # a short one more than a long one.
    pcm = np.round(np.concatenate(sentences) * 32_767).astype("<i2")
    draft = Path(piece.out).with_suffix(".part")
    with wave.open(str(draft), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(voice.config.sample_rate)
        sound.writeframes(pcm.tobytes())
    draft.replace(piece.out)


def _say(voice: PiperVoice, phonemes: list[str], settings: SynthesisConfig) -> Samples:
    unknown = sorted(set(phonemes) - PAUSES - set(voice.config.phoneme_id_map))
    if unknown:  # Piper would only log it, and drop the sound
        shown = " ".join(unknown)
        raise EngineFailed(f"Giọng đọc không có âm vị {shown}.", symbols=shown)
    sound = voice.phoneme_ids_to_audio(voice.phonemes_to_ids(phonemes), settings)
    samples = np.atleast_1d(np.asarray(sound, np.float32))
    if not np.isfinite(samples).all():
        raise EngineFailed("Giọng đọc phát ra âm thanh hỏng.")
    return np.clip(samples, -1, 1)


def main() -> None:
    """Load the model named on the command line, then answer."""
    voice = load(Path(sys.argv[1]))
    serve(lambda piece: read(voice, piece))


if __name__ == "__main__":
    main()
