"""Observations and knowledge in, competing hypotheses out. Pure functions."""
