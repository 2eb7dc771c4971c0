"""The small site, served with a proxy before it and without."""

from collections.abc import Iterator

import pytest

from tests.core.gateway.served import Site


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    one = Site(tmp_path_factory.mktemp("site"))
    yield one
    one.stop()


@pytest.fixture(scope="package")
def behind_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    one = Site(tmp_path_factory.mktemp("behind"), SITE_BEHIND_PROXY="1")
    yield one
    one.stop()
