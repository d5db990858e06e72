"""L3: what the looks of the ear during an airing prove; pure."""

from collections.abc import Mapping

from contract.proofs import EAR_HEARS, EAR_NOTHING, EAR_OTHER, EAR_UNCLEAR, Agrees, Proof
from station_agent.evidence.ear_known import Kind
from station_agent.evidence.listening import Sound

FEWEST = 3  # windows, a second apart
MOST_SHARE = 0.6  # of those that tell anything


def judge(looks: Mapping[Sound, int], kind: Kind) -> Proof:
    """A microphone that does not hear the programme proves nothing: a market is louder."""
    programme, other = looks.get(Sound.PROGRAMME, 0), looks.get(Sound.OTHER, 0)
    nothing = looks.get(Sound.NOTHING, 0)
    total = programme + other + nothing
    score = round(programme / total, 2) if total else 0.0
    agrees, code = Agrees.UNSURE, EAR_UNCLEAR
    if total >= FEWEST and programme >= MOST_SHARE * total:
        agrees, code = Agrees.YES, EAR_HEARS
    elif total >= FEWEST and kind is Kind.RADIO:
        if other >= MOST_SHARE * total:
            agrees, code = Agrees.NO, EAR_OTHER
        elif nothing >= MOST_SHARE * total:
            agrees, code = Agrees.NO, EAR_NOTHING
    return Proof(level="L3", agrees=agrees, code=code, score=score)
