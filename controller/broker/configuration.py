"""The text of mosquitto.conf for our own broker (its defaults lose acknowledged messages)."""

from dataclasses import dataclass
from pathlib import Path

from contract.codec import PACKET_LIMIT
from controller.identity.broker_files import AUTHORITY, CERTIFICATE, KEY, REVOKED

ENVELOPE_SLACK = 1_024
"""What a PUBLISH adds to its payload: fixed header, topic (at most 120 bytes), properties."""

FIXED = f"""\
# one set of rules for every listener
per_listener_settings false
# it is started as the right user; started by root it would drop to another and lose its files
user root
allow_anonymous false
persistence true
# the default of 1800 s loses half an hour of sessions and retained plans at a power cut
autosave_interval 30
# the default of 1000 drops acknowledged messages; 0 is broken in 2.0
max_queued_messages 100000
# caps what a dead subscriber costs: 256 MiB
max_queued_bytes 268435456
max_inflight_messages 100
max_packet_size {PACKET_LIMIT + ENVELOPE_SLACK}
# bounds, in seconds, how late a dead client is noticed
max_keepalive 300
persistent_client_expiration 14d
# otherwise acknowledgements go out in steps of 40 ms
set_tcp_nodelay true
log_dest stderr
log_type error
log_type warning
log_type notice
"""


@dataclass(frozen=True, slots=True)
class StationDoor:
    """Where stations come in: TLS, and who they are says their certificate.

    `boxes_port` is for boxes of other makers, who say it by a password; None: they do not.
    """

    address: str
    port: int
    boxes_port: int | None = None


def configuration(directory: Path, port: int, door: StationDoor | None = None) -> str:
    """A broker for our own processes on the loopback, and for stations at their door, if any.

    It keeps everything in `directory`, also what the door needs (`identity.broker_files`).

    Raises ValueError for a path that mosquitto.conf cannot say: a value ends at the line's end.
    """
    if "\n" in str(directory):
        raise ValueError(f"a broker's directory may not hold a line break: {directory!r}")
    own = [
        f"listener {port} 127.0.0.1",
        # belongs to the listener above it, and is ignored before one; without it any station
        # takes over another's session by naming its client id
        "use_username_as_clientid true",
        f"persistence_location {directory}/",
        f"password_file {directory}/{PASSWORDS}",
        f"acl_file {directory}/{ACCESS}",
    ]
    return FIXED + "\n".join(own + (_door(directory, door) if door else [])) + "\n"


def _door(directory: Path, door: StationDoor) -> list[str]:
    own = [
        f"listener {door.port} {door.address}",
        f"cafile {directory}/{AUTHORITY}",
        f"certfile {directory}/{CERTIFICATE}",
        f"keyfile {directory}/{KEY}",
        f"crlfile {directory}/{REVOKED}",
        "tls_version tlsv1.3",
        "require_certificate true",
        "use_identity_as_username true",
        "use_username_as_clientid true",
    ]
    if door.boxes_port is None:
        return own
    return [
        *own,
        f"listener {door.boxes_port} {door.address}",
        f"certfile {directory}/{CERTIFICATE}",
        f"keyfile {directory}/{KEY}",
        "tls_version tlsv1.2",  # and 1.3; makers' boxes are old
        "use_username_as_clientid true",
    ]


PASSWORDS = "passwords"
ACCESS = "access"
