"""All the chores of one controller, with those that files beside the database ask for."""

from collections.abc import Mapping

from controller import sweeping
from controller.broker.doorkeeper import doorkeeping
from controller.chores import Chore, Chores
from controller.foreign import following
from controller.keys.files import FileSigner
from controller.media.disk import DiskMedia
from controller.roots.publishing import publishing
from controller.settings import Settings
from controller.store import Store


def make_work(store: Store, settings: Settings) -> Mapping[str, Chore]:
    """Chores by name, as `chores.EVERY_S` has them."""
    return {
        **Chores(store, FileSigner(settings.keys), settings.reminders_min).by_name,
        **publishing(store, settings.keys),
        following.CHORE: following.Following(store, settings.boxes_address),
        sweeping.CHORE: sweeping.Sweeping(store, DiskMedia(settings.media), settings.journal_days),
        **doorkeeping(store, settings.data, settings.identity),
    }
