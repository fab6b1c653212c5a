"""The packaged knowledge, read once for all tests of attribution."""

from __future__ import annotations

import pytest

from stopa.knowledge import Knowledge, load


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load(tmp_path_factory.mktemp("knowledge"))
