"""Answers of a modem to AT commands (3GPP TS 27.007), read into one value; pure."""

import re

from contract.reports import Modem

SIM, NETWORK, LTE, OPERATOR, SIGNAL = "AT+CPIN?", "AT+CREG?", "AT+CEREG?", "AT+COPS?", "AT+CSQ"
QUESTIONS = (SIM, NETWORK, LTE, OPERATOR, SIGNAL)
"""All that is ever asked; none of them changes anything."""

REGISTERED = {1: "home", 5: "roaming", 2: "searching", 3: "denied", 0: "none"}
"""§7.2 <stat>, best first."""

NO_SIM = ("+CME ERROR: 10", "+CME ERROR: SIM NOT INSERTED")
UNKNOWN_SIGNAL = 99  # §8.5 <rssi>


def read(answers: dict[str, str]) -> Modem:
    """What the answers to some of the questions say; one that was refused says nothing."""
    return Modem(
        answers=any(answers.values()),
        sim=_sim(answers.get(SIM, "")),
        network=_network(answers.get(NETWORK, ""), answers.get(LTE, "")),
        operator=_operator(answers.get(OPERATOR, "")),
        dbm=_dbm(answers.get(SIGNAL, "")),
    )


def _sim(answer: str) -> str:
    found = re.search(r"\+CPIN: *([A-Z0-9 -]{1,20})", answer)
    if found:
        return found[1].strip()
    return "ABSENT" if any(word in answer.upper() for word in NO_SIM) else ""


def _network(*answers: str) -> str:
    """The better of the old network and LTE; the answer is `<n>,<stat>[,…]`."""
    found = [re.search(r"\+CE?REG: *\d+, *(\d+)", answer) for answer in answers]
    stats = {int(one[1]) for one in found if one}
    return next((word for stat, word in REGISTERED.items() if stat in stats), "")


def _operator(answer: str) -> str:
    found = re.search(r'\+COPS: *\d+, *\d+, *"([^"]{1,40})"', answer)
    return found[1] if found else ""


def _dbm(answer: str) -> int | None:
    found = re.search(r"\+CSQ: *(\d+)", answer)
    if not found or int(found[1]) == UNKNOWN_SIGNAL:
        return None
    return -113 + 2 * min(int(found[1]), 31)
