"""To which services this server may be sent by what a browser tells it."""

import pytest

from controller.push_hosts import USUAL, allowed_by


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/QAB",
        "https://wns2-sg2p.notify.windows.com/w/?token=abc",
        "https://FCM.googleapis.com:443/fcm/send/abc",
    ],
)
def test_the_services_of_browsers_are_allowed(endpoint: str) -> None:
    assert allowed_by(USUAL)(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest",
        "https://fcm.googleapis.com:8443/",
        "https://fcm.googleapis.com@10.0.0.5/",
        "https://fcm.googleapis.com.example/",
        "https://push.apple.com.example/",
        "https://evilpush.apple.com",
        "https://[::1",
        "",
    ],
)
def test_no_other_address_is(endpoint: str) -> None:
    assert not allowed_by(USUAL)(endpoint)


def test_none_is_listed_none_is_allowed() -> None:
    assert not allowed_by("")("https://fcm.googleapis.com/fcm/send/abc")
