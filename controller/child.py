"""Child: a program that gets bytes and answers bytes, in a process that can be ended."""

import os
import signal
import subprocess
from collections.abc import Mapping


def answer_of(
    command: tuple[str, ...],
    given: bytes,
    *,
    within_s: float,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What the child wrote on its standard output; empty when it died first.

    It gets a process group of its own, so that all of it can be ended; and the kernel ends it
    with the thread that made it (prctl(2), PR_SET_PDEATHSIG), so that nothing works for nobody.
    What is wrong it must say in its answer: its standard error is not read. Raises TimeoutError.
    """
    child = subprocess.Popen(
        ("setpriv", "--pdeathsig=KILL", "--", *command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, **(environment or {})},
    )
    try:
        answer, _ = child.communicate(given, timeout=within_s)
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(command) from error
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
    return answer
