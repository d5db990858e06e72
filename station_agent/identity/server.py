"""The server's door for stations, over HTTPS: its authority, a claim, a renewal."""

import http.client
import ssl
from base64 import b32encode
from contextlib import closing
from hashlib import sha256
from urllib.parse import urlsplit

import msgspec
from msgspec.structs import replace

from contract.claims import Issued
from station_agent.errors import BadIdentity
from station_agent.identity.papers import Papers

TIMEOUT_S = 15.0  # as for recordings: a mobile network may be silent for several seconds
LARGEST = 65_536  # bytes of an answer; a certificate takes about one thousand
CODE_LETTERS = 16  # of a claim: the code, then the pin of the authority (80 bits each, base32)


def claim(server: str, word: str, papers: Papers) -> Issued:
    """Become a station: `word` is what the QR code says. Raises BadIdentity.

    The authority is fetched unchecked and then compared with the pin in the word: nobody on the
    way can put another in its place, and nothing secret is said before.
    """
    letters = word.upper().replace("-", "").replace(" ", "")
    code, pin = letters[:CODE_LETTERS], letters[CODE_LETTERS:]
    blind = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    blind.check_hostname, blind.verify_mode = False, ssl.CERT_NONE
    answer = _ask(server, "GET", "/authority.pem", blind).decode("ascii", "replace")
    authority = pinned(answer, pin)
    request = papers.request()
    known = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    known.check_hostname = False
    known.load_verify_locations(cadata=authority)
    body = msgspec.json.encode({"code": code, "request": request})
    issued = _issued(_ask(server, "POST", "/claim", known, body))
    papers.keep(issued)
    papers.keep_authority(authority)
    return issued


def renew(server: str, papers: Papers, context: ssl.SSLContext) -> Issued:
    """A new certificate for the old one, which the context shows. Raises BadIdentity."""
    body = msgspec.json.encode({"request": papers.request()})
    answer = _issued(_ask(server, "POST", "/renew", context, body))
    issued = replace(answer, floor=papers.issued().floor)  # said once, at the claim
    papers.keep(issued)
    papers.refresh(context)
    return issued


def pinned(answer: str, pin: str) -> str:
    """The authority that `pin` names (PEM), if that is what was answered. Raises BadIdentity.

    Written anew from the bytes that the pin covers: readers of PEM take every certificate in a
    text, those that judge it stop at the first, and a second one would be trusted unseen.
    """
    try:
        der = ssl.PEM_cert_to_DER_cert(answer)
    except ValueError:
        der = b""
    word = b32encode(sha256(der).digest()).decode()
    if len(pin) < CODE_LETTERS or not word.startswith(pin):
        raise BadIdentity("Máy chủ trả lời không phải là máy chủ đã in mã này")
    return ssl.DER_cert_to_PEM_cert(der)


def _issued(answer: bytes) -> Issued:
    try:
        return msgspec.json.decode(answer, type=Issued)
    except msgspec.DecodeError as error:
        raise BadIdentity(f"Máy chủ trả lời không hiểu được: {error}") from error


def _ask(
    server: str, method: str, path: str, context: ssl.SSLContext, body: bytes | None = None
) -> bytes:
    parts = urlsplit(server)
    if parts.scheme != "https" or not parts.hostname:
        raise BadIdentity(f"Địa chỉ máy chủ phải có dạng https://máy:cổng, không phải {server}")
    link = http.client.HTTPSConnection(
        parts.hostname, parts.port, timeout=TIMEOUT_S, context=context
    )
    try:
        with closing(link):
            link.request(method, path, body, {"Content-Type": "application/json"})
            answer = link.getresponse()
            said = answer.read(LARGEST)
    except (OSError, http.client.HTTPException) as error:
        raise BadIdentity(f"Không kết nối được {server}: {error}") from error
    if answer.status != http.client.OK:
        raise BadIdentity(f"Máy chủ từ chối: {said.decode(errors='replace')[:200]}")
    return said
