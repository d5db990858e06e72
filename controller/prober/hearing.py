"""Listens to a stream for some seconds, and says in Vietnamese what it is."""

import math
import time
from collections.abc import Collection
from contextlib import closing
from functools import partial
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

import av
import numpy as np

from contract.errors import Unreadable
from contract.playlist import is_list
from contract.segments import Segments
from controller.ports import Checked
from controller.prober.opening import fetched, open_stream
from controller.prober.wire import Unheard

FORMATS = "mp3,aac,ogg,mpegts"  # those that stations take
CODECS = {"mp3": "MP3", "mp3float": "MP3", "aac": "AAC", "opus": "Opus", "libopus": "Opus"}
CODECS["vorbis"] = "Vorbis"
LISTENED_S = 4.0  # longer than a breath between two sentences
SILENT_DBFS = -50.0  # below which stations, too, say that it is silent
PAGE = ("text/html", "application/json")
LIST = ("scpls", "xspf")


def hear(address: str, private: Collection[str]) -> Checked:
    """What comes from there, and from the further hosts that follow it. Raises Unheard."""
    address, *further = address.split()
    named = {urlsplit(address).hostname or "", *further}
    with closing(open_stream(address, private, named)) as answer:
        kind = answer.headers.get_content_type()
        if not is_list(kind, address):
            _not_a_page(kind)
            return _heard(answer)
    return _heard(Segments(address, partial(fetched, private, named), time.sleep))


def _heard(body: HTTPResponse | Segments) -> Checked:
    try:
        with av.open(body, "r", options={"format_whitelist": FORMATS}) as container:
            return _listen(container)
    except Unreadable as error:
        raise Unheard(f"{error.detail}.") from error
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise Unheard("Nối được, nhưng đó không phải luồng MP3, AAC hoặc Ogg.") from error
    except (OSError, HTTPException, MemoryError) as error:
        raise Unheard(f"Luồng ngắt khi đang nghe: {error}") from error


def _not_a_page(kind: str) -> None:
    if kind in PAGE:
        raise Unheard("Địa chỉ này là một trang web, không phải luồng âm thanh.")
    if any(name in kind for name in LIST):
        raise Unheard("Địa chỉ này là một danh sách phát: hãy nhập địa chỉ của luồng trong đó.")


def _listen(container: av.container.InputContainer) -> Checked:
    stream = container.streams.audio[0]
    name = CODECS.get(stream.codec_context.name)
    if name is None:
        raise Unheard(f"Cụm loa không nhận kiểu âm thanh {stream.codec_context.name}.")
    resampler, power, heard = av.AudioResampler("flt", "mono", 48_000), 0.0, 0
    for frame in container.decode(stream):
        for even in resampler.resample(frame):
            samples = even.to_ndarray()
            power, heard = power + float(np.sum(samples * samples)), heard + samples.size
        if heard >= LISTENED_S * 48_000:
            break
    return judged(name, stream.codec_context.sample_rate, power / max(1, heard))


def judged(codec: str, rate: int, power: float) -> Checked:
    """What a codec, a sample rate and a mean power say; 1.0 is full scale. Pure."""
    if not math.isfinite(power):  # a floating codec may carry what is no number
        return Checked(works=False, told=f"Nối được ({codec}), nhưng tiếng trong luồng bị hỏng.")
    level = 10 * math.log10(max(power, 1e-12))
    what = f"{codec} {rate / 1000:g} kHz".replace(".", ",")
    if level < SILENT_DBFS:
        return Checked(works=False, told=f"Nối được ({what}), nhưng luồng đang im lặng.")
    return Checked(works=True, told=f"Nghe được: {what}, mức âm {level:.0f} dB.")
