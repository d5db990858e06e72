"""GNU Radio's gr-rds on our signal, over a radio channel; run by Debian's Python, not by ours.

    /usr/bin/python3 tests/fakes/gr_rds.py MPX NOISE

MPX holds 32-bit floats at 228 kHz. The signal modulates a carrier by 75 kHz, white noise of
standard deviation NOISE comes upon it (the carrier has 1), a quadrature demodulator takes it back.
Writes `{"group": hex}` and `{"said": [kind, text]}` lines. Settings of the demodulator:
hardware.md §4.
"""

import json
import math
import sys

import pmt
import rds
from gnuradio import analog, blocks, channels, digital, gr
from gnuradio import filter as filters
from gnuradio.filter import firdes

RATE, DEVIATION_HZ, SLOW = 228_000, 75_000, 12
PER_SYMBOL = 16  # 19 kHz and 1187.5 symbols a second


class Sink(gr.basic_block):
    """Writes what the decoder and the parser say."""

    def __init__(self) -> None:
        gr.basic_block.__init__(self, "sink", None, None)
        for port, handler in (("groups", self._group), ("words", self._word)):
            self.message_port_register_in(pmt.intern(port))
            self.set_msg_handler(pmt.intern(port), handler)

    def _group(self, message: object) -> None:
        data = bytes(pmt.u8vector_elements(pmt.cdr(message)))
        print(json.dumps({"group": data[:8].hex()}), flush=True)

    def _word(self, message: object) -> None:
        kind, text = (pmt.tuple_ref(message, n) for n in (0, 1))
        print(json.dumps({"said": [pmt.to_long(kind), pmt.symbol_to_string(text)]}), flush=True)


def demodulator() -> list[object]:
    """From multiplex to bits."""
    low_pass = firdes.low_pass(1.0, RATE, 7_500, 5_000)
    shape = firdes.root_raised_cosine(1, RATE // SLOW, 1187.5 * 2, 1, 151)
    manchester = [shape[n] - shape[n + 8] for n in range(len(shape) - 8)]
    return [
        filters.freq_xlating_fir_filter_fcf(SLOW, low_pass, 57_000, RATE),
        filters.fir_filter_ccc(1, manchester),
        analog.agc_cc(2e-3, 0.585, 53),
        digital.symbol_sync_cc(
            digital.TED_ZERO_CROSSING,
            PER_SYMBOL,
            0.01,
            1.0,
            1.0,
            0.1,
            1,
            digital.constellation_bpsk().base(),
        ),
        digital.constellation_receiver_cb(
            digital.constellation_bpsk().base(), 2 * math.pi / 100, -0.002, 0.002
        ),
        digital.diff_decoder_bb(2),
    ]


def main() -> None:
    """Decode the file."""
    path, noise = sys.argv[1], float(sys.argv[2])
    top = gr.top_block()
    decoder, parser, sink = rds.decoder(False, False), rds.parser(False, False, 0), Sink()
    chain = [
        blocks.file_source(gr.sizeof_float, path, False),
        analog.frequency_modulator_fc(2 * math.pi * DEVIATION_HZ / RATE),
        channels.channel_model(noise_voltage=noise, noise_seed=1),
        analog.quadrature_demod_cf(RATE / (2 * math.pi * DEVIATION_HZ)),
        *demodulator(),
        decoder,
    ]
    top.connect(*chain)
    top.msg_connect(decoder, "out", parser, "in")
    top.msg_connect(decoder, "out", sink, "groups")
    top.msg_connect(parser, "out", sink, "words")
    top.run()


main()
