"""Write the golden files of the exports anew: `python -m tests.dossier.exports.golden`."""

from stopa.dossier.exports import EXPORTS
from tests.dossier.exports.test_exports import GOLDEN
from tests.dossier.sample import sample


def main() -> None:
    """Write one file for each export."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for export in EXPORTS:
        (GOLDEN / export.file).write_bytes(export.write(sample()))


if __name__ == "__main__":
    main()
