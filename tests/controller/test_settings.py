"""The server's settings, and what `check` says about them."""

from pathlib import Path

import pytest

from contract.errors import BadSettings
from controller import settings
from controller.store import Store, migrate


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    found = settings.from_environment({"TT_DATA": str(tmp_path / "new")})
    assert found.database == f"sqlite:///{tmp_path / 'new' / 'truyenthanh.db'}"
    assert settings.problems({"TT_DATA": str(tmp_path / "new")}) == []


def test_every_problem_is_told_at_once_with_the_name_to_correct() -> None:
    with pytest.raises(BadSettings) as bad:
        settings.from_environment({"TT_WEB_PORTS": "1", "TT_GTTS": "maybe", "TT_LOG_LEVEL": "LOUD"})
    text = "\n".join(bad.value.problems)
    assert len(bad.value.problems) == 3
    assert "có phải là TT_WEB_PORT không?" in text


def test_a_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "tt.toml"
    file.write_text('web_port = 9000\ndefault_voice = "gtts"\n')
    found = settings.from_environment({"TT_CONFIG": str(file), "TT_WEB_PORT": "9001"})
    assert (found.web_port, found.default_voice) == (9001, "gtts")


def test_every_voice_that_the_operator_switched_on_may_be_used(tmp_path: Path) -> None:
    environ = {"TT_DATA": str(tmp_path), "TT_GTTS": "true", "TT_ONLINE_VOICES": " http-fpt,,gtts "}
    engines = settings.from_environment(environ).engines
    assert engines.enabled == ("gtts", "http-fpt")
    assert (engines.voices_dir, engines.piper_workers) == (str(tmp_path / "voices"), 1)


def test_a_door_for_boxes_needs_the_name_by_which_they_come(tmp_path: Path) -> None:
    (said,) = settings.problems({"TT_DATA": str(tmp_path / "new"), "TT_BOXES_BROKER_PORT": "8885"})
    assert "TT_STATIONS_HOST" in said


def test_voices_that_there_are_not_are_said(tmp_path: Path) -> None:
    environ = {"TT_DATA": str(tmp_path / "new"), "TT_ONLINE_VOICES": "http-ftp"}
    said = settings.problems({**environ, "TT_DEFAULT_VOICE": "piper:mai"})
    assert said == [
        "TT_ONLINE_VOICES: không có dịch vụ giọng đọc http-ftp",
        "TT_DEFAULT_VOICE: không có giọng đọc piper:mai",
    ]
    (off,) = settings.problems({"TT_DATA": environ["TT_DATA"], "TT_DEFAULT_VOICE": "gtts"})
    assert "chưa được bật" in off


def test_secrets_are_not_shown() -> None:
    url = "postgresql+psycopg://tt:geheim@db/tt"
    found = settings.from_environment({"TT_DATABASE_URL": url, "TT_SECRET_KEY": "geheim"})
    assert "geheim" not in f"{found}{found!r}"
    assert found.database == url


def test_a_data_directory_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    found = settings.problems({"TT_DATA": str(tmp_path / "var")})
    assert any("không phải là thư mục" in line for line in found)


def test_a_database_out_of_reach_and_one_not_migrated_are_said(
    tmp_path: Path, postgres_template: str
) -> None:
    away = {"TT_DATABASE_URL": "postgresql+psycopg://tt@127.0.0.1:1/tt?connect_timeout=2"}
    assert any(line.startswith("TT_DATABASE_URL") for line in settings.problems(away))
    empty = {"TT_DATABASE_URL": f"sqlite:///{tmp_path / 'empty.db'}"}
    assert any("nâng cấp" in line for line in settings.problems(empty))
    ready = postgres_template
    assert settings.problems({"TT_DATABASE_URL": ready}) == []


def test_a_database_that_was_brought_up_to_date_is_well(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'truyenthanh.db'}")
    migrate.upgrade(store)
    store.close()
    assert settings.problems({"TT_DATA": str(tmp_path)}) == []
