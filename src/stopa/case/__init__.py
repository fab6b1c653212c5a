"""The workflow: one function per verb. The only wiring; everything else knows only its own room."""
