"""The server's centre: bulletins, approval, plans, orders, reporting, stations, audit."""
