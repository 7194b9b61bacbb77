"""Requests to one service: https alone, paced, repeated where that helps, bounded in size and time.

A request is repeated after 429, 500, 502, 503, 504, a broken connection, and an answer that does not hold (cut
off, malformed), with Retry-After obeyed and rising waits else. Redirections are not followed. What was asked is
never part of a message, for it can hold the user's key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

import requests
import urllib3

from secretome_nlp import __version__
from secretome_nlp.errors import InputError, SecretomeError
from secretome_nlp.fetch.pace import Clock, Pace, back_off, retry_after

T = TypeVar("T")
CONNECT, READ = 15.0, 90.0  # seconds without a connection, without a byte
LONGEST = 900.0  # seconds that one answer may take
MOST_BYTES = 256 << 20
BLOCK = 1 << 16
TRIES = 6
TRIES_OFFLINE = 2
LONGEST_WAIT = 600.0  # asked to wait longer, we tell the user instead
AGAIN = frozenset({429, 500, 502, 503, 504})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class ServiceError(SecretomeError):
    """A service that cannot be reached or does not answer as it should; one line for the user."""


class RefusedError(ServiceError):
    """A request that the service refused for good, with its HTTP status."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class BadAnswerError(Exception):
    """Raised by a `check` where an answer does not hold and asking again may help."""


class _OfflineError(Exception):
    """There is no way to the service."""


def base_url(given: str, option: str) -> str:
    """Return a service's address without a slash at its end.

    Raises InputError unless it is https; plain http is taken on this machine alone, for a mirror or a test.
    """
    parts = urlsplit(given)
    local = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or local):
        raise InputError(f"{option} {given!r} is no https address; give one like https://example.org/path")
    return given.rstrip("/")


@dataclass(slots=True)
class Service:
    """A service at `url`, asked at most `per_second` times a second; `option` is what sets its address."""

    name: str
    url: str
    per_second: float
    option: str
    clock: Clock = field(default_factory=Clock)
    session: requests.Session = field(default_factory=requests.Session)
    sent: int = 0
    _pace: Pace = field(init=False)

    def __post_init__(self) -> None:
        self.url = base_url(self.url, self.option)
        self._pace = Pace(self.per_second, self.clock)
        self.session.headers["User-Agent"] = f"secretome-nlp/{__version__}"

    @property
    def host(self) -> str:
        """The name by which messages call the service."""
        return f"{self.name} ({urlsplit(self.url).netloc})"

    def ask(self, path: str, check: Callable[[bytes], T], query: Mapping[str, str], post: bool = False) -> T:
        """Return what `check` makes of the answer to a request.

        `query` goes into the address, or with `post` into the body. Raises ServiceError where the service stays
        out of reach or its answers never hold, RefusedError where it says no.
        """
        attempt, offline, last = 0, 0, ""
        while True:
            wait = back_off(attempt)
            try:
                status, headers, body = self._send(path, query, post)
                if status == 200:
                    return check(body)
                if status not in AGAIN:
                    raise RefusedError(f"{self.host} refused: HTTP {status}{_told(body)}", status)
                last = f"HTTP {status}{_told(body)}"
                wait = max(wait, self._asked_for(headers))
            except _OfflineError as error:
                offline += 1
                if offline > TRIES_OFFLINE:
                    raise ServiceError(
                        f"{self.host} cannot be reached ({error}); check the network or the proxy, or name a mirror"
                        f" with {self.option}"
                    ) from error
            except BadAnswerError as error:
                last = str(error)
            attempt += 1
            if attempt >= TRIES:
                raise ServiceError(f"{self.host} failed {TRIES} times: {last}; run the same command again later")
            self.clock.sleep(wait)

    def _asked_for(self, headers: Mapping[str, str]) -> float:
        seconds = retry_after(headers.get("Retry-After"), self.clock.epoch()) or 0.0
        if seconds > LONGEST_WAIT:
            raise ServiceError(
                f"{self.host} asks to wait {seconds / 60:.0f} minutes; run the same command again then, it goes on"
                " where it was"
            )
        return seconds

    def _send(self, path: str, query: Mapping[str, str], post: bool) -> tuple[int, Mapping[str, str], bytes]:
        self._pace.wait()
        self.sent += 1
        try:
            with self.session.request(
                "POST" if post else "GET", f"{self.url}/{path}",
                params=None if post else query, data=query if post else None,
                timeout=(CONNECT, READ), stream=True, allow_redirects=False,
            ) as answer:  # fmt: skip
                if 300 <= answer.status_code < 400:
                    target = urlsplit(answer.headers.get("Location", "")).netloc or "elsewhere"
                    raise RefusedError(
                        f"{self.host} has moved to {target}; give its new address with {self.option}",
                        answer.status_code,
                    )
                return answer.status_code, answer.headers, self._body(answer)
        except (requests.exceptions.ProxyError, requests.exceptions.SSLError) as error:
            raise _OfflineError(type(error).__name__) from error
        except requests.exceptions.ConnectionError as error:
            if _never_connected(error):
                raise _OfflineError("no connection") from error
            raise BadAnswerError("the connection broke off") from error
        except requests.exceptions.Timeout as error:
            raise BadAnswerError("no answer in time") from error
        except requests.exceptions.RequestException as error:
            raise BadAnswerError(f"the answer was cut off or damaged ({type(error).__name__})") from error

    def _body(self, answer: requests.Response) -> bytes:
        parts, size, until = [], 0, self.clock.now() + LONGEST
        for block in answer.iter_content(BLOCK):
            size += len(block)
            if size > MOST_BYTES:
                raise ServiceError(f"{self.host} sent over {MOST_BYTES >> 20} MB in one answer; it was not kept")
            if self.clock.now() > until:
                raise BadAnswerError("the answer took too long")
            parts.append(block)
        return b"".join(parts)


def _never_connected(error: requests.exceptions.ConnectionError) -> bool:
    """Tell whether no connection was made at all (no network, no such host), rather than one that broke."""
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    return isinstance(reason, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError)


def _told(body: bytes) -> str:
    """Return the start of what a service says with an error, as one harmless line; nothing where it is a page."""
    text = body[:2000].decode("utf-8", "replace").strip()
    if not text or text.startswith("<!") or "<html" in text.lower():
        return ""
    return ": " + "".join(c for c in " ".join(text.split()) if c.isprintable())[:160]
