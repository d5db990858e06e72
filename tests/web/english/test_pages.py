"""Every page in English: no Vietnamese but what people wrote, and examples of it."""

import re
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import MetaData, String, select

from controller import standard_alarms, standard_notices
from tests.web.english.reader import Reader
from web.english.catalogue import whole
from web.english.choice import COOKIE
from web.english.gathering import VIETNAMESE
from web.parts import parts
from web.sample_app import LOGINS

OF_A_KIND = 2  # pages of one route that are looked at
WORD = re.compile(r"[^\W\d_]+")


@pytest.fixture(scope="module")
def of_people(app: Flask) -> re.Pattern[str]:
    """All texts of the sample database, the longest first."""
    with app.app_context(), parts().store.reading() as session:
        known = MetaData()
        known.reflect(session.get_bind())
        columns = [c for table in known.tables.values() for c in table.columns]
        texts = {
            line.strip()
            for column in columns
            if isinstance(column.type, String)
            for value in session.scalars(select(column).distinct())
            for line in str(value or "").splitlines()
        }
    texts = {text for text in texts if VIETNAMESE.search(text)}
    return re.compile("|".join(map(re.escape, sorted(texts, key=len, reverse=True))))


@pytest.fixture(scope="module")
def examples() -> set[str]:
    """Words of Vietnamese inside English messages, and of the standard templates."""
    ready = [*standard_notices.STANDARD, *standard_alarms.STANDARD]
    texts = [*whole().values(), *(f"{each.name} {each.text}" for each in ready)]
    return {word.lower() for text in texts for word in WORD.findall(text)}


def signed_in(app: Flask, login: str, password: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie(COOKIE, "en")
    token = re.search(r'name="csrf" value="([^"]+)"', client.get("/dang-nhap").text)
    assert token
    given = {"csrf": token[1], "login": login, "password": password}
    assert client.post("/dang-nhap", data=given).status_code == 303
    return client


def pages(app: Flask, client: FlaskClient) -> list[tuple[str, Reader]]:
    """What the links lead to, each kind of page some times."""
    seen, found, done = Counter[str](), [], set[str]()
    asked = ["/"]
    match = app.url_map.bind("localhost").match
    while asked:
        url = asked.pop(0).partition("#")[0]
        if not url.startswith("/") or url in done:
            continue
        done.add(url)
        endpoint = str(match(url.partition("?")[0])[0])
        seen[endpoint] += 1
        if seen[endpoint] > OF_A_KIND or endpoint.startswith(("assets.", "installable.")):
            continue
        answer = client.get(url, follow_redirects=True)
        if answer.mimetype == "text/html":
            assert answer.status_code == 200, url
            found.append((url, Reader(answer.text)))
            asked += found[-1][1].links
        answer.close()
    return found


@pytest.mark.parametrize("who", ["quantri", "canbo.suoimay", "lanhdao.suoimay", "kythuat"])
def test_no_page_speaks_vietnamese(
    app: Flask, of_people: re.Pattern[str], examples: set[str], who: str
) -> None:
    login = next(each for each in app.config[LOGINS] if each.login == who)
    found = pages(app, signed_in(app, login.login, login.password))
    assert len(found) > 15
    foreign = {
        (said, url)
        for url, page in found
        for said in page.said
        for word in WORD.findall(of_people.sub("", said))
        if VIETNAMESE.search(word) and word.lower() not in examples
    }
    assert not foreign, "\n".join(f"{url}: {said}" for said, url in sorted(foreign))
