"""Knows the rows of the contract: which hosts there are, and builds each site once a session."""

from collections.abc import Callable

import pytest
from tests.contract.apply_host import Apply
from tests.contract.hosts import Build, Host, Site
from tests.contract.mkdocs_host import MkDocs
from tests.contract.pelican_host import Pelican

HOSTS: tuple[Host, ...] = (MkDocs("mkdocs"), MkDocs("properdocs"), Pelican(), Apply())


def installed_hosts() -> list[Host]:
    """The hosts of this environment; a run that would test none of them is no run."""
    hosts = [host for host in HOSTS if host.is_installed]
    if not hosts:
        names = ", ".join(host.distribution for host in HOSTS)
        raise pytest.UsageError(f"the contract needs a host; none of {names} is installed")
    return hosts


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "host" in metafunc.fixturenames:
        hosts = installed_hosts()
        names = [host.distribution for host in hosts]
        metafunc.parametrize("host", hosts, ids=names, scope="session", indirect=False)


@pytest.fixture(scope="session")
def build(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., Build]:
    """Build a site with a host; the same site with the same flags is built once."""
    done: dict[str, Build] = {}

    def build(host: Host, site: Site, *flags: str) -> Build:
        key = repr((host.distribution, site, flags))
        if key not in done:
            done[key] = host.build(site, tmp_path_factory.mktemp(host.distribution), *flags)
        return done[key]

    return build
