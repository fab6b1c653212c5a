"""What is installed without a clone has all that it needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_holds_rules_page_schema_and_exercise(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "-w", str(tmp_path), str(ROOT)], check=True)  # noqa: S603 - our own build
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "stopa/store/schema.sql",
        "stopa/dossier/sheet/page.html.j2",
        "stopa/attribution/parameters.json",
        "stopa/exercise/reports/exercise-01-statement-government-of-sundmark.txt",
    ):
        assert wanted in names
    assert sum(name.startswith("stopa/detect/rules/") for name in names) >= 25
    assert not [name for name in names if name.startswith(("tests/", "examples/"))]
