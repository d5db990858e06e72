"""To which addresses passkeys can be tied, and what is said of the others."""

import pytest

from controller.passkey_site import Site, site_of, trouble


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://loa.xa.gov.vn", Site("https://loa.xa.gov.vn", "loa.xa.gov.vn")),
        ("https://LOA.xa.gov.vn:443/", Site("https://loa.xa.gov.vn", "loa.xa.gov.vn")),
        ("https://loa.xa.gov.vn:8443", Site("https://loa.xa.gov.vn:8443", "loa.xa.gov.vn")),
        ("http://localhost:8080", Site("http://localhost:8080", "localhost")),
    ],
)
def test_a_name_behind_https_has_passkeys(url: str, site: Site) -> None:
    assert trouble(url) == ""
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://192.168.1.10", "cần một tên miền"),
        ("http://127.0.0.1:8080", "cần một tên miền"),
        ("https://[fd00::1]", "cần một tên miền"),
        ("http://loa.xa.gov.vn", "cần HTTPS"),
        ("loa.xa.gov.vn", "viết đủ"),
        ("ftp://loa.xa.gov.vn", "viết đủ"),
        ("https://", "viết đủ"),
        ("https://loa.xa.gov.vn/duyet", "không có gì phía sau"),
        ("https://toi@loa.xa.gov.vn", "không có gì phía sau"),
        ("https://loa.xa.gov.vn:cổng", "không đọc được"),
        ("https://[::1", "không đọc được"),
    ],
)
def test_another_address_is_refused_with_what_to_do(url: str, said: str) -> None:
    assert said in trouble(url)
    assert site_of(url) is None


def test_without_an_address_there_are_none() -> None:
    assert site_of(None) is None
