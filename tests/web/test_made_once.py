"""The form of a new notice, sent again after Back: one draft, and nothing of it lost."""

import pytest
from sqlalchemy import select

from controller.model import Bulletin
from controller.store import Store
from tests.web.browser import Browser, forms

TEXT = "Sáng mai trạm y tế tiêm chủng cho trẻ dưới một tuổi."


def fields_of(browser: Browser, page: str, action: str) -> dict[str, object]:
    return next(form for form in forms(browser.get(page).text) if form.action == action).fields


def texts(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Bulletin.text).order_by(Bulletin.created_at)))


@pytest.mark.parametrize(
    ("page", "action"), [("/ban-tin/soan", "/ban-tin/soan"), ("/khan-cap/", "/khan-cap/")]
)
def test_sent_again_it_changes_what_it_made(
    officer: Browser, store: Store, page: str, action: str
) -> None:
    form = fields_of(officer, page, action) | {"text": TEXT, "then": "listen"}
    first = officer.client.post(action, data=form)
    again = officer.client.post(action, data=form | {"text": f"{TEXT} Mời bà con."})
    once_more = officer.client.post(action, data=form | {"text": f"{TEXT} Xin mời."})
    assert first.status_code == again.status_code == once_more.status_code == 303
    assert first.location == again.location == once_more.location
    assert texts(store) == [f"{TEXT} Xin mời."]


def test_what_was_changed_since_is_shown_beside_it(officer: Browser, store: Store) -> None:
    form = fields_of(officer, "/ban-tin/soan", "/ban-tin/soan") | {"text": TEXT, "then": "keep"}
    made = officer.client.post("/ban-tin/soan", data=form).location
    officer.fill(made, made, {"text": "Bản mới hơn."})
    late = officer.client.post("/ban-tin/soan", data=form)
    assert late.status_code == 409
    assert "Bản mới hơn." in late.text
    assert TEXT in late.text
    assert texts(store) == ["Bản mới hơn."]


def test_another_form_makes_another(officer: Browser, store: Store) -> None:
    for _ in range(2):
        officer.fill("/ban-tin/soan", "", {"text": TEXT, "then": "keep"})
    assert texts(store) == [TEXT, TEXT]


@pytest.mark.parametrize("name", ["", "x", "../../etc", "0" * 36, "A" * 5000])
def test_a_name_that_is_none_is_passed_over(officer: Browser, store: Store, name: str) -> None:
    officer.fill("/ban-tin/soan", "", {"text": TEXT, "new_id": name})
    assert texts(store) == [TEXT]


def test_what_somebody_else_made_is_not_changed(
    officer: Browser, stranger: Browser, store: Store
) -> None:
    form = fields_of(officer, "/ban-tin/soan", "/ban-tin/soan") | {"text": TEXT}
    officer.client.post("/ban-tin/soan", data=form)
    stranger.fill("/ban-tin/soan", "", {"text": "Của xã khác.", "new_id": form["new_id"]})
    assert texts(store) == [TEXT, "Của xã khác."]
