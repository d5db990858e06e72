"""Who reads which language: a cookie of the machine, papers and programs stay Vietnamese."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.english.reader import Reader
from web.english.choice import COOKIE


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def chosen(client: FlaskClient, language: str, back: str = "/dang-nhap") -> tuple[int, str]:
    page = client.get("/dang-nhap").text
    token = page.partition('name="csrf" value="')[2].partition('"')[0]
    given = {"csrf": token, "language": language, "back": back}
    answer = client.post("/ngon-ngu/", data=given)
    return answer.status_code, answer.headers.get("Location", "")


def test_the_choice_is_offered_before_signing_in_and_leads_back(client: FlaskClient) -> None:
    before = client.get("/dang-nhap")
    assert Reader(before.text).language == "vi"
    assert ">English</button>" in before.text.replace("</svg>", ">")
    assert chosen(client, "en") == (303, "/dang-nhap")
    after = client.get("/dang-nhap")
    assert Reader(after.text).language == "en"
    assert "Sign in" in after.text
    assert 'lang="vi"' in after.text  # the way back, in its own language
    chosen(client, "vi")
    assert client.get("/dang-nhap").text.count("Đăng nhập") == before.text.count("Đăng nhập")


@pytest.mark.parametrize("back", ["https://la.example/", "//la.example/", "/\\la.example", "la"])
def test_the_choice_leads_nowhere_else(client: FlaskClient, back: str) -> None:
    assert chosen(client, "en", back) == (303, "/")


def test_a_language_that_there_is_not_changes_nothing(client: FlaskClient) -> None:
    chosen(client, "fr")
    assert client.get_cookie(COOKIE) is None
    client.set_cookie(COOKIE, "fr")
    assert Reader(client.get("/dang-nhap").text).language == "vi"


def test_a_refusal_is_told_in_english(client: FlaskClient) -> None:
    client.set_cookie(COOKIE, "en")
    answer = client.get("/khong-co-trang-nay")
    assert answer.status_code in {401, 404}
    assert Reader(answer.text).language == "en"


def test_programs_are_answered_in_vietnamese(client: FlaskClient) -> None:
    client.set_cookie(COOKIE, "en")
    assert "khóa API" in client.get("/api/v1/stations").get_json()["detail"]
