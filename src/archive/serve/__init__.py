"""Servers on the loopback interface: `witness`."""
