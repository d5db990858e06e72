"""What the launcher promises about the processes of a run."""

import os
import select
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from controller.launch.errors import NotReady
from controller.launch.program import Program, log_file, pids
from controller.launch.supervisor import Supervisor
from tests.controller.launch.conftest import OBEDIENT

Make = Callable[..., Program]
ROOT = Path(__file__).parents[3]
PATIENCE_S = 20.0
STUBBORN = "\nimport signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + OBEDIENT
PARENT = (
    "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time;"
    " time.sleep(600)'])" + OBEDIENT
)


def lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def children(pid: int) -> list[int]:
    return [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_program_that_dies_is_started_again(
    supervisor: Supervisor, program: Make, tmp_path: Path
) -> None:
    supervisor.start(program("web"))
    supervisor.wait_ready("web")
    first = pids(tmp_path)["web"]

    os.kill(first, signal.SIGKILL)

    assert supervisor.wait_until(lambda: pids(tmp_path)["web"] != first, PATIENCE_S)
    assert lives(pids(tmp_path)["web"])


def test_one_program_ends_and_the_others_go_on(
    supervisor: Supervisor, program: Make, tmp_path: Path
) -> None:
    supervisor.start(program("web"), program("loa-1"))
    supervisor.wait_ready("web")
    supervisor.wait_ready("loa-1")
    before = pids(tmp_path)

    supervisor.end("loa-1")

    supervisor.tick()
    assert not lives(before["loa-1"])
    assert pids(tmp_path) == {"web": before["web"]}
    assert lives(before["web"])


def test_the_group_started_last_is_stopped_first(
    supervisor: Supervisor, program: Make, tmp_path: Path
) -> None:
    said_goodbye = tmp_path / "goodbyes"
    code = f"""
import signal, sys
def bye(*_):
    with open({str(said_goodbye)!r}, "a") as out: out.write(sys.argv[1][-8:] + "\\n")
    sys.exit()
signal.signal(signal.SIGTERM, bye)
{OBEDIENT}"""
    for name in ("aaaa", "bbbb"):
        supervisor.start(program(name, code))
        supervisor.wait_ready(name)
    running = pids(tmp_path)

    supervisor.stop()

    assert said_goodbye.read_text().split() == ["bbbb.pid", "aaaa.pid"]
    assert not any(lives(pid) for pid in running.values())
    assert pids(tmp_path) == {}


def test_a_program_that_will_not_end_is_killed_with_its_children(
    supervisor: Supervisor, program: Make, tmp_path: Path
) -> None:
    supervisor.start(program("deaf", PARENT.replace(OBEDIENT, STUBBORN), stop_within_s=0.2))
    supervisor.wait_ready("deaf")
    deaf = pids(tmp_path)["deaf"]
    family = [deaf, *children(deaf)]
    assert len(family) == 2

    supervisor.stop()

    assert supervisor.wait_until(lambda: not any(map(lives, family)), PATIENCE_S)


def test_what_a_killed_program_leaves_behind_does_not_meet_the_next(
    supervisor: Supervisor, program: Make, tmp_path: Path
) -> None:
    supervisor.start(program("web", PARENT))
    supervisor.wait_ready("web")
    first = pids(tmp_path)["web"]
    (orphan,) = children(first)

    os.kill(first, signal.SIGKILL)

    assert supervisor.wait_until(lambda: pids(tmp_path)["web"] != first, PATIENCE_S)
    assert supervisor.wait_until(lambda: not lives(orphan), PATIENCE_S)


def test_a_program_that_never_gets_ready_is_named_with_its_log(
    supervisor: Supervisor, program: Make, tmp_path: Path
) -> None:
    supervisor.start(program("web", "raise SystemExit('no database')", ready_within_s=0.5))
    with pytest.raises(NotReady, match="web chưa sẵn sàng"):
        supervisor.wait_ready("web")
    assert "no database" in log_file(tmp_path, "web").read_text()


def test_a_program_that_dies_early_is_mended_before_it_starts_again(
    supervisor: Supervisor, program: Make, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.touch()
    code = f"import os; assert not os.path.exists({str(broken)!r}), 'damaged'" + OBEDIENT

    def mend(said: str) -> None:
        assert "damaged" in said
        broken.unlink()

    supervisor.start(program("broker", code, mend=mend))
    supervisor.wait_ready("broker")


def test_a_program_that_cannot_start_for_now_ends_nothing_else(
    supervisor: Supervisor, program: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controller.launch.supervisor.LONGEST_PAUSE_S", 0.1)
    supervisor.start(program("web"), program("other"))
    supervisor.wait_ready("web")
    first = pids(tmp_path)
    log = log_file(tmp_path, "web")
    log.rename(log.with_suffix(".old"))
    log.mkdir()  # stands for a full disk: no log can be opened

    os.kill(first["web"], signal.SIGKILL)
    supervisor.wait_until(lambda: False, 0.6)
    assert pids(tmp_path) == first
    log.rmdir()

    assert supervisor.wait_until(lambda: pids(tmp_path)["web"] != first["web"], PATIENCE_S)
    assert lives(first["other"])


def test_a_program_that_hangs_is_killed_and_started_again(
    supervisor: Supervisor, program: Make, tmp_path: Path
) -> None:
    web = program("web", check_every_s=0.05)
    supervisor.start(web)
    supervisor.wait_ready("web")
    first = pids(tmp_path)["web"]
    os.kill(first, signal.SIGSTOP)
    (tmp_path / "web.pid").unlink()  # it does not answer any more

    assert supervisor.wait_until(lambda: pids(tmp_path)["web"] != first, PATIENCE_S)
    assert supervisor.wait_until(web.ready, PATIENCE_S)
    assert not lives(first)


def test_a_child_sees_only_the_settings_meant_for_it(
    supervisor: Supervisor, program: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TT_DATABASE_URL", "sqlite:///ours")
    seen = tmp_path / "seen"
    code = f"""
import os
with open({str(seen)!r}, "w") as out: out.write(" ".join(n for n in os.environ if "TT_" in n[:3]))
{OBEDIENT}"""
    supervisor.start(program("web", code, settings={"TT_DATA": "elsewhere"}))
    supervisor.wait_ready("web")
    assert seen.read_text() == "TT_DATA"


def test_nothing_outlives_a_launcher_that_was_killed(tmp_path: Path) -> None:
    code = textwrap.dedent(f"""
        import sys, time
        from pathlib import Path
        from controller.launch.program import Program
        from controller.launch.supervisor import Supervisor
        supervisor = Supervisor(Path({str(tmp_path)!r}))
        mark = Path({str(tmp_path / "mark")!r})
        argv = [sys.executable, "-c", {OBEDIENT!r}, str(mark)]
        supervisor.start(Program(name="web", argv=argv, ready=mark.exists))
        supervisor.wait_ready("web")
        print("up", flush=True)
        time.sleep(600)
    """)
    launcher = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with launcher:
        assert launcher.stdout is not None
        assert launcher.stdout.readline() == "up\n"
        child = os.pidfd_open(pids(tmp_path)["web"])
        launcher.kill()
    ended = Supervisor(tmp_path).wait_until(lambda: readable(child), PATIENCE_S)
    os.close(child)
    assert ended


def readable(pidfd: int) -> bool:
    """A pidfd becomes readable when its process ends (pidfd_open(2))."""
    return bool(select.select([pidfd], [], [], 0)[0])
