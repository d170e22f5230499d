"""Three persons (三员): who administers, who audits and who does business are never one."""

from collections.abc import Collection

ADMINISTRATOR = "SYS_ADMIN"
AUDITOR = "SEC_AUDITOR"
# Keeps lists and calendars and decides nothing: may stand beside the administrator.
_NEUTRAL = "DATA_MGR"


def clash(roles: Collection[str]) -> tuple[str, str] | None:
    """Give two roles among these that no one may hold together, None where there are none."""
    rest = sorted(role for role in roles if role not in {ADMINISTRATOR, AUDITOR})
    business = [role for role in rest if role != _NEUTRAL]
    if AUDITOR in roles and ADMINISTRATOR in roles:
        return ADMINISTRATOR, AUDITOR
    if AUDITOR in roles and rest:
        return AUDITOR, rest[0]
    if ADMINISTRATOR in roles and business:
        return ADMINISTRATOR, business[0]
    return None
