"""People from a workbook: every wrong cell at once, all invited or none, never with a password."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from controller import people
from controller.model import AuditLine, Grant, Person, Role
from controller.store import Store
from tests.controller.sheets.books import book
from tests.controller.village import NOW, Village
from tests.web.browser import Browser, forms

HERE = "/nguoi-dung/nhap/"
HEADS = ("Họ tên", "Tên đăng nhập", "Vai trò", "Nơi phụ trách")


@pytest.fixture
def administrator(browser: Browser, village: Village) -> Browser:
    return browser.signed_in(village.administrator)


def _give(browser: Browser, lines: Iterable[Sequence[object]]) -> TestResponse:
    return browser.post(HERE, {"file": (BytesIO(book(HEADS, *lines)), "nguoi.xlsx")})


def _kept(page: TestResponse) -> dict[str, str]:
    return next(form.fields for form in forms(page.text) if form.action == f"{HERE}ghi")


def _given(store: Store, login: str) -> set[tuple[str, str]]:
    with store.reading() as session:
        query = select(Grant.role, Grant.area_id).join(Person, Person.id == Grant.person_id)
        return {(role, area) for role, area in session.execute(query.where(Person.login == login))}


def test_a_right_list_is_shown_then_everybody_is_invited_once(
    administrator: Browser, store: Store, village: Village
) -> None:
    lines = [
        ("Giàng Thị Thử", "Thu.Moi", "Cán bộ xã", "Xã Suối Mây"),
        ("Giàng Thị Thử", "thu.moi", "ky thuat", "xa na may"),
        ("Lò Văn Mẫu", "mau.lo", "Lãnh đạo duyệt", "Xã Suối Mây, Khu vực Thượng nguồn"),
    ]
    page = _give(administrator, lines)
    assert page.status_code == 200
    assert "Mời 2 người?" in page.text
    assert _given(store, "thu.moi") == set(), "nothing before the second step"
    done = administrator.post(f"{HERE}ghi", _kept(page))
    assert done.status_code == 200
    assert done.headers["Cache-Control"] == "no-store"
    assert _given(store, "thu.moi") == {
        (Role.OFFICER, village.suoi_may),
        (Role.TECHNICIAN, village.na_may),
    }
    assert _given(store, "mau.lo") == {(Role.APPROVER, village.suoi_may)}
    links = [part.partition('"')[0] for part in done.text.split('value="http')[1:]]
    assert len(links) == 2
    opened = Browser(administrator.app, store, lambda: NOW).get(urlsplit("http" + links[0]).path)
    assert "Giàng Thị Thử" in opened.text
    with store.reading() as session:
        made = select(Person).where(Person.login.in_(["thu.moi", "mau.lo"]))
        assert {person.password_hash for person in session.scalars(made)} == {None}
        told = list(session.scalars(select(AuditLine.action)))
    assert told.count("person.create") == 2
    again = administrator.post(f"{HERE}ghi", _kept(page))
    assert again.status_code == 422, "the same list a second time invites nobody"
    assert "đã có người dùng" in again.text


def test_every_wrong_cell_is_named_and_nobody_is_invited(
    administrator: Browser, store: Store
) -> None:
    page = _give(
        administrator,
        [
            ("", "mot.nguoi", "Cán bộ xã", "Xã Suối Mây"),
            ("Hai", "Lỗi Tên", "Cán bộ xã", "Xã Suối Mây"),
            ("Ba", "ba.nguoi", "Vua", "Xã Suối Mây"),
            ("Bốn", "bon.nguoi", "Kỹ thuật", "Xã Ở Đâu"),
            ("Năm", "lan.hai", "Kỹ thuật", "Xã Suối Mây"),
            ("Sáu", "lan.hai", "Kỹ thuật", "Xã Suối Mây"),
        ],
    )
    assert page.status_code == 422
    for cell in ("A2", "B3", "C4", "D5", "B7"):
        assert f">{cell}<" in page.text, cell
    assert "Có 5 chỗ cần sửa" in page.text
    assert _given(store, "lan.hai") == set()


def test_nobody_gives_a_role_outside_their_own_places(
    browser: Browser, store: Store, village: Village
) -> None:
    with store.writing() as session:
        grants = [(Role.ADMINISTRATOR, village.na_may)]
        of_one = people.create(
            session, village.administrator, login="qt.na", name="Quản", grants=grants, now=NOW
        )
        who = people.who(session, of_one.id)
    page = _give(browser.signed_in(who), [("Một", "mot.nguoi", "Cán bộ xã", "Xã Suối Mây")])
    assert page.status_code == 422
    assert "Không có nơi nào tên “Xã Suối Mây”" in page.text
    assert _give(browser.signed_in(village.officer), []).status_code == 404


def test_the_example_is_a_right_list(administrator: Browser) -> None:
    body = administrator.get(f"{HERE}mau").data
    page = administrator.post(HERE, {"file": (BytesIO(body), "mau.xlsx")})
    assert "Mời 2 người?" in page.text
