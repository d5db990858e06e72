"""Tests of the MQTT hub."""
