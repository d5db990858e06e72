"""Following the roots: which keys count here changes by the offline keys, and never goes back."""

from contract import codec, roots
from contract.errors import Refusal, RefusedMessage
from contract.roots import RootChain
from contract.states import Cause
from station_agent import plans
from station_agent.draft import Draft
from station_agent.held_root import HeldRoot


def wake(draft: Draft) -> None:
    """Choose between the root of the file and the remembered one: the newer of one chain.

    A file of another chain was put there by hand, and counts.
    """
    filed, remembered = draft.state.root, draft.state.memory.root
    if filed is None or remembered is None or remembered.anchor != filed.anchor:
        return
    if remembered.root.version > filed.root.version:
        _hold(draft, remembered)


def follow(draft: Draft, payload: bytes) -> None:
    """Take the newest root of a chain that has come down. Raises RefusedMessage, Unreadable."""
    held = draft.state.root
    if held is None:
        raise RefusedMessage(Refusal.UNSIGNED, "this station was given no root")
    chain = codec.decode(RootChain, payload).chain
    now = None if draft.state.clock_unsure else draft.at.now
    newest = roots.follow(held.root, chain, now)
    if newest is held.root:
        return
    new = HeldRoot(anchor=held.anchor, root=newest)
    _hold(draft, new)
    draft.remember(root=new)
    _judge_again(draft)


def _hold(draft: Draft, root: HeldRoot) -> None:
    draft.change(root=root, trust=root.root.trust)


def _judge_again(draft: Draft) -> None:
    """What revoked keys have signed is in force no more, even while it sounds.

    An emergency that is heard goes on: cutting a warning short is the worse mistake, and the new
    keys can give the all-clear.
    """
    envelope = draft.state.memory.plan
    plan = plans.wake_plan(envelope, draft.state.trust) if envelope else None
    draft.change(plan=plan)
    released = plan.released if plan is not None else frozenset()
    for airing in draft.state.open_airings:
        if not airing.emergency and airing.id not in released:
            draft.halt(airing, Cause.CANCELLED)
