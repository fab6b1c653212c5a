"""Sigma rules in, a compiled program out; event batches in, findings out."""
