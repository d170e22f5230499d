"""Which release this is."""

from importlib.metadata import PackageNotFoundError, version


def release() -> str:
    """Answer the version, as installed; a checkout that was never installed is "dev"."""
    try:
        return version("hallwatch")
    except PackageNotFoundError:
        return "dev"
