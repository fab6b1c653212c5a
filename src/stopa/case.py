"""The workflow, one function per verb; the only wiring."""
