"""Closed by default: every address is declared, and every declaration has an address (S1)."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from programme.access.policy import INCLUDED, POLICY, access_for


def addresses(
    patterns: list[URLPattern | URLResolver], path: str = "/", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Every pattern of the resolver with its full name, nameless ones too."""
    for pattern in patterns:
        here = path + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            space = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern.url_patterns, here, space)
        else:
            yield ":".join((*spaces, pattern.name or "")), here


def all_addresses() -> list[tuple[str, str]]:
    return list(addresses(get_resolver().url_patterns))


def test_every_address_has_a_policy() -> None:
    bare = [(name, path) for name, path in all_addresses() if access_for(name, path) is None]

    assert bare == []


def test_every_policy_has_an_address() -> None:
    names = {name for name, _ in all_addresses()}

    assert sorted(set(POLICY) - names) == []


def test_every_included_package_has_addresses_and_a_reason() -> None:
    for entry in INCLUDED:
        assert entry.why
        assert any(path.startswith(entry.prefix) for _, path in all_addresses())


def test_an_address_that_names_a_parent_asks_for_a_part() -> None:
    for name, path in all_addresses():
        access = access_for(name, path)
        assert access is not None
        assert bool(access.parts) == ("parent_id" in path), name


def test_a_page_that_opens_for_roles_names_them() -> None:
    nobody = [
        name
        for name, access in POLICY.items()
        if not (access.public or access.signed_in or access.closed or access.roles)
    ]

    assert nobody == []
