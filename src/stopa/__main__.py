"""Run stopa as `python -m stopa`."""

from stopa.cli import main

main()
