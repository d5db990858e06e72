"""The adapter to the MQTT broker."""
