"""A voice of 4 kB that the real Piper reads with: each phoneme is 40 ms of its own sine."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RATE_HZ = 22_050
SAMPLES = 882  # of one phoneme id: 40 ms
TOML = """
licence = "CC0 1.0"
label = "Giọng thử"
accent = "miền Bắc"
gender = "nữ"
"""


def samples_of(phonemes: int) -> int:
    """Begin and end have an id each, and a pad follows all but the end."""
    return SAMPLES * (2 * phonemes + 3)


@cache
def _phonemizer() -> Any:
    """One for the process: to begin espeak-ng a second time damages its memory."""
    from piper.phonemize_espeak import EspeakPhonemizer  # noqa: PLC0415 - 30 MB, only when asked

    return EspeakPhonemizer()


def phonemes(sentence: str) -> list[str]:
    """As Piper's worker cuts a sentence into them."""
    (found,) = _phonemizer().phonemize("vi", sentence)
    return list(found)


def build(voices_dir: Path, name: str = "thu", lowest_hz: int = 120) -> Path:
    """A folder as an operator would put it down; returns it."""
    folder = voices_dir / name
    folder.mkdir(parents=True)
    onnx.save(_model(lowest_hz), folder / f"{name}.onnx")
    write_description(folder, description())
    (folder / "MODEL_CARD").write_text("A sine for each phoneme.")
    write_card(folder)
    return folder


def write_card(folder: Path, rest: str = TOML, sha256: str = "") -> None:
    """voice.toml, with the model's own sha256 unless another is given."""
    digest = hashlib.sha256((folder / f"{folder.name}.onnx").read_bytes()).hexdigest()
    (folder / "voice.toml").write_text(f'sha256 = "{sha256 or digest}"\n{rest}', encoding="utf-8")


def write_description(folder: Path, told: object) -> None:
    """The JSON beside the model."""
    (folder / f"{folder.name}.onnx.json").write_text(json.dumps(told), encoding="utf-8")


def description() -> dict[str, Any]:
    """What Piper wants to know of a voice."""
    from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP  # noqa: PLC0415 - 30 MB, only when asked

    return {
        "audio": {"sample_rate": RATE_HZ, "quality": "x_low"},
        "espeak": {"voice": "vi"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_map": {},
        "phoneme_id_map": dict(DEFAULT_PHONEME_ID_MAP),
        "num_symbols": 256,
        "num_speakers": 1,
        "speaker_id_map": {},
        "piper_version": "1.8.0",
    }


def _model(lowest_hz: int) -> onnx.ModelProto:
    """id n sounds 3n Hz above the lowest; inputs that a real model needs are used, times zero."""
    time = np.arange(SAMPLES, dtype=np.float32) / RATE_HZ
    constants: dict[str, np.ndarray[Any, Any]] = {
        "three": np.full(1, 3, np.float32),
        "lowest": np.full(1, lowest_hz, np.float32),
        "turns": (2 * np.pi * time).reshape(1, 1, SAMPLES),
        "loudness": np.full(1, 0.3, np.float32),
        "zero": np.zeros(1, np.float32),
        "shape": np.array([1, 1, 1, -1], np.int64),
        "last": np.array([2], np.int64),
        "from": np.array([1], np.int64),
        "to": np.array([2], np.int64),
    }
    steps: list[tuple[str, list[str], str, dict[str, Any]]] = [
        ("Cast", ["input"], "ids", {"to": TensorProto.FLOAT}),
        ("Unsqueeze", ["ids", "last"], "column", {}),
        ("Mul", ["column", "three"], "above", {}),
        ("Add", ["above", "lowest"], "hertz", {}),
        ("Mul", ["hertz", "turns"], "phase", {}),
        ("Sin", ["phase"], "sine", {}),
        ("Mul", ["sine", "loudness"], "quiet", {}),
        ("Slice", ["scales", "from", "to"], "scale", {}),
        ("Mul", ["scale", "zero"], "no_scale", {}),
        ("Add", ["quiet", "no_scale"], "scaled", {}),
        ("Cast", ["input_lengths"], "length", {"to": TensorProto.FLOAT}),
        ("Mul", ["length", "zero"], "no_length", {}),
        ("Add", ["scaled", "no_length"], "sound", {}),
        ("Reshape", ["sound", "shape"], "output", {}),
    ]
    graph = helper.make_graph(
        [helper.make_node(kind, given, [made], **how) for kind, given, made, how in steps],
        "standin",
        [
            helper.make_tensor_value_info("input", TensorProto.INT64, [1, "N"]),
            helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
            helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
        ],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "S"])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    onnx.checker.check_model(model)
    return model
