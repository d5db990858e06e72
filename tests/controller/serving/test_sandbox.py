"""The sandbox names nothing real, and throws away only what is its own."""

from pathlib import Path

import pytest
from msgspec import structs

from contract.settings import Secret
from controller.serving.sandbox import MARK, fresh, practising
from controller.settings import Settings

REAL = Settings(
    data=Path("/srv/real"),
    database_url=Secret("postgresql+psycopg://real"),
    stations_host="loa.example",
    boxes_broker_port=8884,
    online_voices="http-fpt",
    gtts=True,
    relay_private_addresses="10.0.0.5",
    default_voice="piper:mai",
)


def test_its_settings_share_nothing_but_the_address_and_the_voices(tmp_path: Path) -> None:
    found = structs.asdict(practising(REAL, tmp_path))
    usual = structs.asdict(Settings())
    changed = {name for name, value in found.items() if value != usual[name]}
    allowed = {"data", "web_host", "default_voice", "voices_dir", "second_factor", "sandbox"}
    assert changed <= allowed
    assert found["data"] == tmp_path


def test_another_folder_is_never_emptied(tmp_path: Path) -> None:
    (tmp_path / "truyenthanh.db").write_text("real")
    with pytest.raises(ValueError, match="dữ liệu khác"):
        fresh(tmp_path)
    assert (tmp_path / "truyenthanh.db").read_text() == "real"


def test_its_own_folder_is_emptied(tmp_path: Path) -> None:
    own = tmp_path / "tap-dung"
    fresh(own)
    (own / "truyenthanh.db").write_text("practice")
    fresh(own)
    assert [file.name for file in own.iterdir()] == [MARK]
