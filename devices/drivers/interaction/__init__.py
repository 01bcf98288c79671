"""Drivers of category F: what the person at the counter sees, hears and answers on."""
