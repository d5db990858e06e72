"""The text of mosquitto.conf for our own broker (its defaults lose acknowledged messages)."""

from pathlib import Path

from contract.codec import PACKET_LIMIT

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


def configuration(directory: Path, port: int) -> str:
    """A broker on the loopback address that keeps everything in `directory`.

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
    return FIXED + "\n".join(own) + "\n"


PASSWORDS = "passwords"
ACCESS = "access"
