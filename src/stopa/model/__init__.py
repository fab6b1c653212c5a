"""The vocabulary. Frozen values, no I/O, no clock; everything else imports this."""
