"""The registers: items, units and windows, as screens show them."""
