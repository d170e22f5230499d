"""A signed-in connection to the server; a token that ran out is renewed inside."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import quote

import requests
from requests.adapters import BaseAdapter

from sync.errors import SyncError, SyncTrouble
from sync.protocol import VERSION
from sync.protocol.answers import (
    Account,
    CodeShown,
    DeviceAsking,
    DeviceSeen,
    NumberBlock,
    Tenure,
)
from sync.protocol.identity import DeviceIdentity
from sync.settings import LineSettings

DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_GZIP_FROM = 4096
_LONGEST_WAIT_S = 10.0  # that a request waits for itself; longer waits are the round's

_BY_CODE = {
    "wrong_credentials": SyncTrouble.WRONG_CREDENTIALS,
    "too_many_tries": SyncTrouble.WRONG_CREDENTIALS,
    "signed_out": SyncTrouble.SIGNED_OUT,
    "device_revoked": SyncTrouble.DEVICE_REVOKED,
    "not_allowed": SyncTrouble.NOT_ALLOWED,
    "other_epoch": SyncTrouble.OTHER_SERVER,
}
_BY_STATUS = {426: SyncTrouble.TOO_OLD, 429: SyncTrouble.BUSY, 503: SyncTrouble.BUSY}


class Tokens(Protocol):
    """Where the refresh token is kept: the keyring."""

    def load(self) -> str | None:
        """Answer the token, or None."""

    def save(self, refresh_token: str) -> None:
        """Keep the token in place of the one before."""

    def forget(self) -> None:
        """Remove the token; none there is no error."""


class Session:
    """One device's line to one server. Any thread; one request at a time."""

    def __init__(
        self,
        url: str,
        device: DeviceIdentity,
        tokens: Tokens,
        *,
        settings: LineSettings = LineSettings(),  # noqa: B008  # frozen
        adapter: BaseAdapter | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """Make ready; nothing is sent yet.

        Args:
            adapter: carries requests in place of the network.
            wait: waits so many seconds before a request is repeated.
        """
        self._wait = wait
        self._url = url.rstrip("/")
        self._device = device
        self._tokens = tokens
        self._access = ""
        self._http = requests.Session()
        self._http.trust_env = False  # no proxy of the environment reads case files
        self.use(settings)
        self._http.headers["Hallwatch-Protocol"] = VERSION
        if adapter:
            self._http.mount(self._url, adapter)
        self._lock = threading.RLock()
        self.account: Account | None = None

    @property
    def url(self) -> str:
        """Address of the server, without any secret; empty when there is none."""
        return self._url

    def use(self, settings: LineSettings) -> None:
        """Speak by these settings from the next request on."""
        self.settings = settings
        self._http.proxies = dict.fromkeys(("http", "https"), settings.proxy)
        self._http.verify = str(settings.authorities) if settings.authorities else True

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def sign_in(self, username: str, password: str) -> Account:
        """Sign in with a password; the device's public key goes along the first time.

        Raises:
            SyncError: WRONG_CREDENTIALS (`retry_s` when it must wait), DEVICE_REVOKED,
                UNREACHABLE.
        """
        return self._take_pair(
            {
                "grant_type": "password",
                "username": username,
                "password": password,
                "device_id": self._device.device_id,
                "public_key": self._device.public_key(),
            }
        )

    def resume(self) -> Account:
        """Go on with the kept refresh token.

        Raises:
            SyncError: SIGNED_OUT when there is none or it is no longer good.
        """
        token = self._tokens.load()
        if not token:
            raise SyncError(SyncTrouble.SIGNED_OUT)
        return self._take_pair({"grant_type": "refresh_token", "refresh_token": token})

    def begin_by_code(self) -> CodeShown:
        """Ask for a code that somebody confirms on a device of his own.

        Raises:
            SyncError: DEVICE_REVOKED, UNREACHABLE.
        """
        device = {
            "device_id": self._device.device_id, "public_key": self._device.public_key()
        }  # fmt: skip
        made = _read(self._receive("POST", "/v1/auth/device", data=device))
        return CodeShown(made["device_code"], made["user_code"], float(made["interval"]))

    def go_on_by_code(self, shown: CodeShown) -> Account | None:
        """Ask whether somebody confirmed; None while nobody did.

        Raises:
            SyncError: REFUSED expired_token when nobody did in time; DEVICE_REVOKED, UNREACHABLE.
        """
        form = {"grant_type": DEVICE_GRANT, "device_code": shown.device_code}
        try:
            return self._take_pair(form)
        except SyncError as error:
            if error.detail != "authorization_pending":
                raise
            return None

    def who_asks(self, user_code: str) -> DeviceAsking:
        """Tell which device shows a code.

        Raises:
            SyncError: REFUSED not_found.
        """
        return DeviceAsking(**self.ask_json("GET", f"/v1/auth/device/{quote(user_code, safe='')}"))

    def confirm(self, user_code: str) -> None:
        """Let the device that shows a code in, as oneself.

        Raises:
            SyncError: REFUSED not_found.
        """
        self.ask("POST", f"/v1/auth/device/{quote(user_code, safe='')}")

    def sign_out(self) -> None:
        """Forget who is signed in; what waits for the server waits on."""
        with self._lock:
            self._access, self.account = "", None
            self._tokens.forget()

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        data: bytes | None = None,
        params: Mapping[str, str | int] | None = None,
    ) -> requests.Response:
        """Send one request with a fresh token.

        Raises:
            SyncError: the server refused, or was not reached.
        """
        with self._lock:
            if not self._access:
                self.resume()
            try:
                return self._send(method, path, headers, data, params)
            except SyncError as error:
                if error.trouble is not SyncTrouble.SIGNED_OUT:
                    raise
            self.resume()
            return self._send(method, path, headers, data, params)

    def ask_json(
        self, method: str, path: str, said: object = None, **params: str | int
    ) -> Any:  # Any: whatever the server answers
        """Send and receive JSON; a large body is squeezed."""
        if said is None:
            return _read(self.ask(method, path, params=params))
        data = json.dumps(said, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        if len(data) > _GZIP_FROM:
            data, headers["Content-Encoding"] = gzip.compress(data, 6), "gzip"
        return _read(self.ask(method, path, headers=headers, data=data, params=params))

    def say_unsigned(self, path: str, said: object) -> None:
        """Say something without a token; for what is signed in itself."""
        self._receive("POST", path, json=said)

    def add_user(
        self, *, username: str, name: str, password: str, roles: list[str], scopes: list[str]
    ) -> Account:
        """Create a user; for an administrator."""
        said = {
            "username": username,
            "name": name,
            "password": password,
            "roles": roles,
            "scopes": scopes,
        }
        return Account.from_json(self.ask_json("POST", "/v1/users", said))

    def users(self) -> tuple[Account, ...]:
        """List all users; for an administrator."""
        return tuple(Account.from_json(each) for each in self.ask_json("GET", "/v1/users"))

    def change_user(
        self,
        user_id: str,
        *,
        roles: Sequence[str] | None = None,
        active: bool | None = None,
        password: str | None = None,
    ) -> Account:
        """Change what a user may do, lock or unlock the account, or set a password anew."""
        wanted = {"roles": roles and list(roles), "active": active, "password": password}
        said = {name: value for name, value in wanted.items() if value is not None}
        return Account.from_json(self.ask_json("PATCH", f"/v1/users/{user_id}", said))

    def lease_numbers(self, series: str, year: int, count: int) -> NumberBlock:
        """Lease the next document numbers to this device; for the seal clerk."""
        said = {"series": series, "year": year, "count": count}
        return NumberBlock(**self.ask_json("POST", "/v1/numbers/lease", said))

    def hold(self, scope: str, names: Sequence[str]) -> Tenure:
        """Hold these names of a scope for this device, and let go of all others."""
        said = {"scope": scope, "names": list(names)}
        return Tenure.from_json(self.ask_json("POST", "/v1/leases", said))

    def devices(self) -> tuple[DeviceSeen, ...]:
        """List the devices on which this user has signed in; an administrator sees all."""
        return tuple(DeviceSeen.from_json(each) for each in self.ask_json("GET", "/v1/devices"))

    def revoke(self, device_id: str) -> None:
        """Take the rights of a device of one's own, or as an administrator of any."""
        self.ask("DELETE", f"/v1/devices/{device_id}")

    def _take_pair(self, form: dict[str, str]) -> Account:
        with self._lock:
            pair = _read(self._receive("POST", "/v1/auth/token", data=form))
            self._tokens.save(pair["refresh_token"])
            self._access = pair["access_token"]
            self.account = Account.from_json(pair["account"])
            return self.account

    def _send(
        self,
        method: str,
        path: str,
        headers: dict[str, str] | None,
        data: bytes | None,
        params: Mapping[str, str | int] | None,
    ) -> requests.Response:
        with_token = {**(headers or {}), "Authorization": f"Bearer {self._access}"}
        return self._receive(method, path, headers=with_token, data=data, params=params)

    def _receive(self, method: str, path: str, **words: Any) -> requests.Response:
        """Send, and again where the line broke or the server is busy.

        No request has an effect twice: changes have names, pieces of files a place, and a token
        that was traded is good until the new one is used. Only pieces are not repeated here,
        because where they go on must be asked first.
        """
        tries = 1 if method == "PATCH" else self.settings.tries
        for number in range(1, tries):
            try:
                return self._receive_once(method, path, **words)
            except SyncError as error:
                wait = error.retry_s or 0.5 * 2.0 ** (number - 1)
                if not _is_passing(error) or wait > _LONGEST_WAIT_S:
                    raise
            self._wait(wait)
        return self._receive_once(method, path, **words)

    def _receive_once(self, method: str, path: str, **words: Any) -> requests.Response:
        try:
            answer = self._http.request(
                method,
                self._url + path,
                timeout=(self.settings.connect_s, self.settings.read_s),
                allow_redirects=False,
                **words,
            )
        except requests.exceptions.SSLError:
            raise SyncError(SyncTrouble.UNTRUSTED) from None
        except requests.RequestException as error:
            # The error's own text quotes addresses and headers.
            kind = type(error).__name__
            raise SyncError(SyncTrouble.UNREACHABLE, kind, retryable=True) from None
        if answer.status_code >= 400:
            raise _refusal(answer)
        return answer


def _read(answer: requests.Response) -> Any:  # Any: whatever the server answers
    """Read JSON; what stands between us and the server may answer something else."""
    try:
        return answer.json()
    except ValueError:
        raise SyncError(SyncTrouble.DAMAGED, "no_json", retryable=True) from None


def _is_passing(error: SyncError) -> bool:
    return error.trouble in {SyncTrouble.UNREACHABLE, SyncTrouble.BUSY}


def _refusal(answer: requests.Response) -> SyncError:
    try:
        code = str(answer.json()["code"])
    except (ValueError, KeyError, TypeError):
        code = str(answer.status_code)
    known = _BY_STATUS.get(answer.status_code, SyncTrouble.REFUSED)
    wait = answer.headers.get("Retry-After")
    retryable = known is SyncTrouble.BUSY or answer.status_code >= 500
    return SyncError(
        _BY_CODE.get(code, known),
        code,
        retry_s=float(wait) if wait and wait.isdecimal() else None,
        retryable=retryable,
    )
