"""Settings: every problem at once, in words that say what to correct."""

from pathlib import Path

import msgspec
import pytest

from contract import settings
from contract.errors import BadSettings
from contract.settings import Secret


class Example(msgspec.Struct, frozen=True, kw_only=True):
    station: str
    data: Path = Path("var")
    volume: int = 80
    secret: Secret | None = None


def problems(environ, file=None):
    with pytest.raises(BadSettings) as caught:
        settings.load(Example, environ, file)
    return caught.value.problems


def test_defaults_hold_where_nothing_is_said():
    assert settings.load(Example, {"TT_STATION": "sm-1"}) == Example(station="sm-1")


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / "tt.toml"
    file.write_text('station = "from-file"\nvolume = 50\ndata = "/srv/tt"\n')
    loaded = settings.load(Example, {"TT_STATION": "from-env"}, file)
    assert loaded == Example(station="from-env", volume=50, data=Path("/srv/tt"))


def test_a_number_may_come_as_text():
    assert settings.load(Example, {"TT_STATION": "a", "TT_VOLUME": "35"}).volume == 35


def test_all_problems_are_told_at_once(tmp_path):
    file = tmp_path / "tt.toml"
    file.write_text("volum = 1\n")
    found = problems({"TT_VOLUME": "loud", "TT_DATTA": "x"}, file)
    assert len(found) == 4
    assert any(
        "volum không phải là tên một thiết lập; có phải là volume không?" in text for text in found
    )
    assert any(
        "TT_DATTA không phải là tên một thiết lập; có phải là TT_DATA không?" in text
        for text in found
    )
    assert any(text.startswith("TT_VOLUME:") for text in found)
    assert "TT_STATION chưa được đặt, và không có giá trị mặc định" in found


def test_a_broken_or_missing_file_is_a_problem_and_not_a_crash(tmp_path):
    broken = tmp_path / "broken.toml"
    broken.write_text("station = ")
    assert str(broken) in problems({"TT_STATION": "a"}, broken)[0]
    assert "nothing.toml" in problems({"TT_STATION": "a"}, tmp_path / "nothing.toml")[0]


def test_other_variables_are_none_of_our_business():
    assert settings.load(Example, {"TT_STATION": "a", "PATH": "/bin"}).station == "a"


def test_a_secret_is_not_shown():
    loaded = settings.load(Example, {"TT_STATION": "a", "TT_SECRET": "s3cret"})
    assert "s3cret" not in repr(loaded)
    assert "s3cret" not in f"{loaded.secret}"
    assert loaded.secret is not None
    assert loaded.secret.reveal() == "s3cret"


def test_a_secret_of_the_wrong_kind_is_not_shown_either(tmp_path):
    file = tmp_path / "tt.toml"
    file.write_text("secret = 90210\n")
    (problem,) = problems({"TT_STATION": "a"}, file)
    assert "secret" in problem
    assert "90210" not in problem
