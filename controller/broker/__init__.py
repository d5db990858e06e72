"""Our own Mosquitto: its configuration, its accounts, and whether it answers."""
