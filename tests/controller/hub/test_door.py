"""Where the broker is, and who we are there."""

from pathlib import Path

import pytest

from contract.errors import BadSettings
from controller.hub.door import Door, read_door
from controller.settings import Settings


def test_a_name_and_password_in_the_address_come_first(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from file\n")
    beside = Settings(broker_url="mqtts://h", broker_user="ingest-2", broker_password_file=file)
    inside = Settings(broker_url="mqtt://a%40b:p%2Fw@h:99", broker_password_file=file)
    assert read_door(beside) == Door("h", 8883, True, "ingest-2", "from file")
    assert read_door(inside) == Door("h", 99, False, "a@b", "p/w")
    assert read_door(Settings(broker_url="mqtt://h")).password is None


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(broker_url="http://h"),
        Settings(broker_url="mqtt://"),
        Settings(broker_url="mqtt://h", broker_password_file=Path("/nowhere/secret")),
    ],
)
def test_what_leads_nowhere_is_told(settings: Settings) -> None:
    with pytest.raises(BadSettings):
        read_door(settings)
