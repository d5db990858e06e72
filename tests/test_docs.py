"""The documents agree with the program."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from contract import reports, topics
from contract.errors import Refusal
from contract.messages import PAYLOAD_TYPES
from contract.states import Verdict
from contract.trust import ROLE_OF
from controller.__main__ import COMMANDS
from controller.settings import Settings as ServerSettings
from station_agent.settings import Settings as StationSettings
from tests.run_script import targets

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
YES_NO = {True: "yes", False: "no"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the Markdown table whose header line starts with `| heading |`."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`") for cell in line.strip("|").split("|")])
    return rows


PROTOCOL = read("docs/protocol.md")
OPERATING = read("docs/operating.md")


def test_the_topic_table_of_the_protocol_is_that_of_the_contract():
    documented = [tuple(row[:5]) for row in table(PROTOCOL, "topic")]
    defined = [
        (t.pattern, str(t.direction), YES_NO[t.retained], str(t.qos), YES_NO[t.expires])
        for t in topics.TABLE
    ]
    assert documented == defined


def test_the_payload_types_and_their_roles_are_documented():
    documented = {tuple(row) for row in table(PROTOCOL, "payload type")}
    assert documented == {(PAYLOAD_TYPES[kind], str(ROLE_OF[kind])) for kind in PAYLOAD_TYPES}


def test_every_refusal_is_documented():
    assert [row[0] for row in table(PROTOCOL, "reason")] == [str(reason) for reason in Refusal]


def test_every_journal_line_is_documented():
    tags = [kind.__struct_config__.tag for kind in get_args(reports.Event)]
    assert [row[0] for row in table(PROTOCOL, "line")] == tags


def section(text: str, heading: str) -> str:
    return text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Settings of the server", ServerSettings), ("Settings of a station", StationSettings)],
)
def test_every_setting_is_documented_and_every_documented_one_exists(heading, kind):
    documented = [row[0] for row in table(section(OPERATING, heading), "setting")]
    assert documented == [f"TT_{field.name.upper()}" for field in msgspec.structs.fields(kind)]


def test_every_command_of_the_server_is_documented_and_every_documented_one_exists():
    documented = [row[0] for row in table(OPERATING, "command")]
    assert documented == [f"python -m controller {' '.join(words)}" for words in COMMANDS]


def test_every_word_of_the_state_tables_is_in_the_glossary():
    glossary = read("docs/glossary.md")
    assert [verdict for verdict in Verdict if verdict not in glossary] == []


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("file", documents(), ids=lambda f: str(f.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(file):
    text = file.read_text(encoding="utf-8")
    targets_ = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text)
    assert [t for t in targets_ if not (file.parent / t).exists()] == []


@pytest.mark.parametrize("name", ["README.md", "README.vi.md", "docs/operating.md"])
def test_every_command_in_a_document_is_a_target_of_run(name):
    used = set(re.findall(r"\./run ([a-z]+)", read(name)))
    assert used <= set(targets())


def test_the_readme_names_the_two_commands():
    for name in ("README.md", "README.vi.md"):
        assert "./run demo" in read(name)
        assert "./run test" in read(name)


def test_every_package_is_explained_in_the_architecture():
    packages = [row[0].rstrip("/") for row in table(read("docs/architecture.md"), "folder")]
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".")}
    ignored = {"var", "build", "dist", "screenshots"} | {n for n in folders if "egg-info" in n}
    assert set(packages) == folders - ignored - {"__pycache__"}


def test_comments_name_no_page_that_a_reader_does_not_have():
    pages = {page.name for page in documents()}
    sources = [*ROOT.glob("*/**/*.py"), *documents()]
    found = [
        (str(file.relative_to(ROOT)), name)
        for file in sources
        if not file.relative_to(ROOT).parts[0].startswith(".") and file != Path(__file__)
        for name in re.findall(
            r"(?<![\w.-])([a-z]+\.md)\b|\b(design §)", file.read_text(encoding="utf-8")
        )
        if (name[0] or name[1]) not in pages
    ]
    assert found == []
