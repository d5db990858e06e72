"""The whole API against its own schema: no failure of ours, nothing that the schema does not say.

Half of the well-formed requests name things that exist. The clock moves on with each request, so
that the limit of requests is never met. API_EXAMPLES asks for more than a taste.
"""

import os
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS

from controller.api.answers import KEPT
from controller.api.keys import A_MINUTE
from controller.demo import sample
from controller.demo.seeding import area_id
from tests.web.api.program import API
from tests.web.caller import Caller
from tests.web.test_walls import THINGS
from web import demo_app
from web.api.listing import A_PAGE, MOST
from web.api.operations import KEY_HEADER, OPERATIONS, Operation
from web.api.page import MARK, renewed
from web.parts import parts, wall_clock

EXAMPLES = int(os.environ.get("API_EXAMPLES", "3"))
"""Requests for each operation, in each mode: as the schema says, and as it does not."""

ALWAYS_THE_SAME = "API_EXAMPLES" not in os.environ
"""Whoever asks for more asks for others each time, too; a taste is the same for everybody."""

WANTED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "ignored_auth",
)


class Sample:
    """The sample province, and a program that may do everything in one commune."""

    def __init__(self) -> None:
        start, steps = wall_clock(), count()
        self.app = demo_app(lambda: start + timedelta(seconds=next(steps)))
        with self.app.app_context():
            self.store = parts().store
        with self.store.reading() as session:
            self.place = area_id(session, sample.SUOI_MAY)
        self.program = Caller(self.app, self.place, "thu.may").program
        self.schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", self.app)
        self.turns = count()

    def real(self, case: Case) -> None:
        """Every other time, name what is there, in an act of its own."""
        turn = next(self.turns)
        if turn % 2:
            return
        if KEY_HEADER in case.headers:
            case.headers[KEY_HEADER] = uuid4().hex
        with self.store.reading() as session:
            for name in case.path_parameters:
                ids = session.scalars(THINGS[name](self.place)).all()
                case.path_parameters[name] = ids[turn // 2 % len(ids)]
        if isinstance(case.body, dict):
            named = {"area_id": self.place, "targets": [self.place], "audience": [self.place]}
            case.body = {name: named.get(name, value) for name, value in case.body.items()}


@pytest.fixture(scope="module")
def province() -> Sample:
    return Sample()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: f"{each.method} {each.path}")
@pytest.mark.parametrize("mode", GenerationMode, ids=str)
def test_the_api_keeps_to_its_schema(
    province: Sample, operation: Operation, mode: GenerationMode
) -> None:
    path = operation.path.replace("<", "{").replace(">", "}")
    strategy = province.schema[path][operation.method].as_strategy(generation_mode=mode)
    checks = [CHECKS.get_one(name) for name in WANTED]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=ALWAYS_THE_SAME,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def ask(case: Case) -> None:
        if mode is GenerationMode.POSITIVE:
            province.real(case)
        if "Authorization" in case.headers:  # a request that left it out is to be refused
            case.headers["Authorization"] = f"Bearer {province.program.secret}"
        case.call_and_validate(checks=checks)

    ask()


def test_the_document_is_made_from_the_schema() -> None:
    written = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
    assert written == renewed(written), "python -m web.api.page docs/api.md"
    head = written.partition(MARK)[0]
    for figure in (f"{A_PAGE}, at most {MOST}", f"{A_MINUTE} requests a minute", "24 hours"):
        assert figure in head
    assert timedelta(hours=24) == KEPT
