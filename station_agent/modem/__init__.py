"""The SIM modem, only read: whether its SIM, its network and its signal are well."""
