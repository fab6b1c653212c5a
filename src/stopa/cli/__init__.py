"""The command line: parse words, make one call, print. No decisions live here."""
