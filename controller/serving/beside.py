"""The place to practise as a program beside the real server."""

import sys

from controller.demo.layout import Layout
from controller.demo.programs import answers_http
from controller.launch.program import Program
from controller.serving.sandbox import FOLDER

_COMMAND = (sys.executable, "-m", "controller", "sandbox")


def sandbox(layout: Layout, port: int) -> Program:
    """It gets the address and the voices, and nothing by which the real server could be reached."""
    settings = layout.settings
    return Program(
        name="sandbox",
        argv=[*_COMMAND, "--port", str(port), "--data", str(layout.data / FOLDER)],
        ready=lambda: answers_http(f"http://{settings.web_host}:{port}/healthz"),
        settings={
            "TT_DATA": str(layout.data),
            "TT_WEB_HOST": settings.web_host,
            "TT_DEFAULT_VOICE": settings.default_voice,
            "TT_VOICES_DIR": settings.engines.voices_dir,
            "TT_PIPER_WORKERS": str(settings.piper_workers),
            "TT_LOG_LEVEL": settings.log_level,
        },
        stop_within_s=20.0,  # it has programs of its own to stop
    )
