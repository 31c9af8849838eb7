#@head
from __future__ import annotations

import base64
import copy
import email.utils
import hashlib
import hmac
import http.client
import json
import os
import random
import re
import socket
import ssl
import threading
import time
import urllib.parse
import urllib.request
import uuid
from datetime import date
from decimal import Decimal
from typing import Any, Callable, Dict, Generic, Iterator, List, Literal, Mapping, Optional, Sequence, Set, TypedDict, TypeVar, Union

VERSION = "@version"
T = TypeVar("T")


class _NotGiven:
    def __repr__(self) -> str:
        return "NOT_GIVEN"


#: The default of arguments that may be left out; None is sent as null.
NOT_GIVEN: Any = _NotGiven()


class Options(TypedDict, total=False):
    """What one call wants otherwise; times are in seconds."""

    idempotency_key: str  # default for POST and PATCH: a random one, the same for all attempts
    retries: int
    timeout: float
    headers: Mapping[str, str]
    abort: Abort


class Page(Generic[T]):
    """One page; next_cursor is None exactly when nothing follows."""

    def __init__(self, items: List[T], next_cursor: Optional[str]) -> None:
        self.items = items
        self.next_cursor = next_cursor


class Reply:
    """A reply with what came around it; replayed: an earlier request with this idempotency key did the work."""

    def __init__(self, data: Any, status: int, headers: Mapping[str, str]) -> None:
        self.data = data
        self.status = status
        self.headers = headers
        self.request_id = headers.get("request-id")
        self.replayed = headers.get("idempotent-replayed") == "true"


class MatrixError(Exception):
    """The root of all errors raised here."""


class ConnectionError(MatrixError):
    """No complete reply came."""


class TimeoutError(ConnectionError):
    """No complete reply came in time."""


class AbortError(MatrixError):
    """The call was aborted."""


class WebhookVerificationError(MatrixError):
    """The webhook isn't genuine, or isn't fresh."""


class ApiError(MatrixError):
    """A reply that isn't a success. problem: its details (RFC 9457); retry_after: the seconds that the server asks to wait."""

    def __init__(self, status: int, problem: Optional[Dict[str, Any]], headers: Mapping[str, str], now: float) -> None:
        code = (problem or {}).get("code")
        self.status = status
        self.code = code if isinstance(code, str) else f"http_{status}"
        self.problem = problem
        self.headers = headers
        self.request_id = headers.get("request-id")
        self.retry_after = _retry_after(headers.get("retry-after"), now)
        detail = (problem or {}).get("detail")
        super().__init__(
            f"{status} {self.code}" + (f": {detail}" if detail else "") + (f" (request {self.request_id})" if self.request_id else "")
        )


class InvalidRequestError(ApiError): ...
class AuthenticationError(ApiError): ...
class PermissionDeniedError(ApiError): ...
class NotFoundError(ApiError): ...
class ConflictError(ApiError): ...
class PreconditionFailedError(ApiError): ...
class UnprocessableError(ApiError): ...
class RateLimitError(ApiError): ...
class ServerError(ApiError): ...


_ERRORS = {
    400: InvalidRequestError, 401: AuthenticationError, 403: PermissionDeniedError, 404: NotFoundError, 409: ConflictError,
    412: PreconditionFailedError, 422: UnprocessableError, 429: RateLimitError,
}


class Abort:
    """Ends calls that got it as an option, from any thread, their waits included."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._cuts: Set[Callable[[], None]] = set()

    def abort(self) -> None:
        self._event.set()
        for cut in list(self._cuts):
            cut()

    def check(self) -> None:
        if self._event.is_set():
            raise AbortError("The call was aborted.")


class Clock:
    """Time and chance, in seconds; tests bring their own."""

    def now(self) -> float:
        return time.time()

    def random(self) -> float:
        return random.random()

    def wait(self, seconds: float, abort: Abort) -> None:
        abort._event.wait(seconds)


class _Serial(Generic[T]):
    """An iterator that several threads can share."""

    def __init__(self, source: Iterator[T]) -> None:
        self._source = source
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        with self._lock:
            return next(self._source)


class Listing(Generic[T]):
    """Iterate it for all items; pages are fetched one at a time, when needed."""

    def __init__(self, fetch: Callable[[Optional[str]], Reply]) -> None:
        self._fetch = fetch

    def page(self) -> Page[T]:
        """The first page."""
        data = self._fetch(None).data
        return Page(data["items"], data.get("nextCursor"))

    def with_response(self) -> Reply:
        """The first page's reply."""
        return self._fetch(None)

    def pages(self) -> Iterator[Page[T]]:
        return _Serial(self._pages())

    def __iter__(self) -> Iterator[T]:
        return _Serial(item for page in self._pages() for item in page.items)

    def _pages(self) -> Iterator[Page[T]]:
        seen: Set[str] = set()
        cursor: Optional[str] = None
        while True:
            data = self._fetch(cursor).data
            cursor = data.get("nextCursor")
            yield Page(data["items"], cursor)
            if cursor is None:
                return
            if cursor in seen:
                raise MatrixError("The server sent the same cursor twice; the listing would never end.")
            seen.add(cursor)


def _retry_after(header: Optional[str], now: float) -> Optional[float]:
    """Seconds to wait by Retry-After (RFC 9110, 10.2.3); None if it says nothing of use."""
    if header is None:
        return None
    if re.fullmatch(r"[0-9]{1,9}", header):
        return float(header)
    try:
        at = email.utils.parsedate_to_datetime(header).timestamp() if re.match(r"[A-Z][a-z]{2}, ", header) else now
    except (TypeError, ValueError):
        return None
    return at - now if at > now else None


def _is_retried(error: MatrixError) -> bool:
    if not isinstance(error, ApiError):
        return isinstance(error, ConnectionError)
    told = error.headers.get("matrix-should-retry")
    if told in ("true", "false"):
        return told == "true"
    return error.status in (408, 429) or error.status >= 500 or error.code == "idempotency_in_progress"


def _plain(value: Any) -> str:
    """A value of path, query or header, and what JSON has no form for."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (str, int, float, Decimal)):
        return str(value)
    raise TypeError(f"A value is text, a number, a boolean or a date, not {type(value).__name__}.")


def _camel(name: str) -> str:
    head, *rest = name.rstrip("_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)


class _Client:
    def __init__(self, api_key: Optional[str], base_url: Optional[str], retries: int, timeout: float, deadline: float, clock: Optional[Clock]):
        key = os.environ.get("MATRIX_API_KEY", "") if api_key is None else api_key
        if not re.fullmatch(r"[\x21-\x7e]*", key):
            raise MatrixError("The API key has characters that no header carries.")
        base = urllib.parse.urlsplit(os.environ.get("MATRIX_BASE_URL", "") if base_url is None else base_url)
        if base.scheme not in ("http", "https") or not base.hostname:
            raise MatrixError("base_url is an absolute URL, such as https://api.example.com.")
        if "@" in base.netloc or base.query or base.fragment:
            raise MatrixError("base_url is without user, query and fragment.")
        self._key = lambda: key
        self._tls = ssl.create_default_context() if base.scheme == "https" else None
        self._host = (base.hostname, base.port or (443 if self._tls else 80))
        self._path = base.path.rstrip("/")
        self._limits = (retries, timeout, deadline)
        self._clock = clock or Clock()
        self._whole = False
        self.base = f"{base.scheme}://{base.netloc}{self._path}"

    def whole(self) -> _Client:
        client = copy.copy(self)
        client._whole = True
        return client

    def call(self, method: str, path: str, given: Dict[str, Any], **shape: Any) -> Any:
        reply = self._run(method, path, given, None, **shape)
        return reply if self._whole else reply.data

    def page(self, path: str, given: Dict[str, Any], **shape: Any) -> Listing[Any]:
        return Listing(lambda cursor: self._run("GET", path, given, cursor, **shape))

    def _run(
        self, method: str, path: str, given: Dict[str, Any], cursor: Optional[str], query: Sequence[str] = (),
        headers: Mapping[str, str] = {}, names: Mapping[str, str] = {}, text: bool = False,
    ) -> Reply:
        values = {name: value for name, value in given.items() if name != "self" and value is not NOT_GIVEN}
        options: Options = values.pop("options") or {}
        if cursor is not None:
            values["cursor"] = cursor

        def fill(found: re.Match[str]) -> str:
            value = values.pop(found[1], None)
            value = "" if value is None else _plain(value)
            if value in ("", ".", ".."):
                raise MatrixError(f"The path value {found[1]} can't be '{value}'.")
            return urllib.parse.quote(value, safe="")

        target = self._path + re.sub(r"\{([^}]*)\}", fill, path)
        sent = {"Matrix-Version": VERSION, "Accept": "*/*" if text else "application/json", "Connection": "close"}
        pairs, members = [], {}
        for name, value in values.items():
            wire = names.get(name) or _camel(name)
            if name in headers:
                sent[headers[name]] = _plain(value)
            elif method in ("GET", "DELETE") or name in query:
                items = value if isinstance(value, (list, tuple)) else [] if value is None else [value]
                pairs += [(wire, _plain(item)) for item in items]
            else:
                members[wire] = value
        if pairs:
            target += "?" + urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote, safe="")
        body = None
        if method not in ("GET", "DELETE"):
            body = json.dumps(members, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain).encode()
            sent["Content-Type"] = "application/json"
        if method in ("POST", "PATCH"):
            sent["Idempotency-Key"] = str(uuid.uuid4())
        if "idempotency_key" in options:
            sent["Idempotency-Key"] = options["idempotency_key"]
        sent.update(options.get("headers", {}))

        retries, timeout, deadline = self._limits
        retries = options.get("retries", retries)
        abort = options.get("abort") or Abort()
        end = self._clock.now() + deadline
        attempt = 0
        while True:
            limit = max(min(options.get("timeout", timeout), end - self._clock.now()), 0.001)
            try:
                return self._attempt(method, target, body, sent, limit, abort, text)
            except MatrixError as error:
                asked = error.retry_after if isinstance(error, ApiError) else None
                wait = min(0.5 * 2**attempt, 8) * (0.75 + self._clock.random() / 4) if asked is None else asked
                late = (asked is not None and asked > 60) or self._clock.now() + wait >= end
                if attempt >= retries or late or not _is_retried(error):
                    raise
            self._clock.wait(wait, abort)
            attempt += 1

    def _attempt(
        self, method: str, target: str, body: Optional[bytes], headers: Dict[str, str], limit: float, abort: Abort, text: bool
    ) -> Reply:
        abort.check()
        late = threading.Event()
        sockets: List[socket.socket] = []

        def cut() -> None:
            for each in sockets:
                try:
                    socket.socket.shutdown(each, socket.SHUT_RDWR)
                except OSError:
                    pass

        timer = threading.Timer(limit, lambda: (late.set(), cut()))
        timer.daemon = True
        timer.start()
        abort._cuts.add(cut)
        connection = self._connection(limit)
        try:
            connection.connect()
            sockets.append(connection.sock)
            if late.is_set() or abort._event.is_set():
                cut()
            key = self._key()
            connection.request(method, target, body, {**headers, "Authorization": f"Bearer {key}"} if key else headers)
            answer = connection.getresponse()
            status, received, content = answer.status, answer.headers, answer.read()
        except (OSError, http.client.HTTPException) as e:
            abort.check()
            if late.is_set() or isinstance(e, socket.timeout):
                raise TimeoutError(f"No complete reply within {limit:g} s.") from None
            raise ConnectionError("No complete reply: the connection failed.") from e
        finally:
            timer.cancel()
            abort._cuts.discard(cut)
            connection.close()
        success = 200 <= status < 300
        if success and text:
            return Reply(content.decode("utf-8", "replace"), status, received)
        try:
            data = json.loads(content) if content else None
        except ValueError:
            if success:
                raise ApiError(status, None, received, self._clock.now()) from None
            data = None
        if success:
            return Reply(data, status, received)
        kind = _ERRORS.get(status, ServerError if status >= 500 else ApiError)
        raise kind(status, data if isinstance(data, dict) else None, received, self._clock.now())

    def _connection(self, limit: float) -> http.client.HTTPConnection:
        host, port = self._host
        proxy = None if urllib.request.proxy_bypass(host) else urllib.request.getproxies().get("https" if self._tls else "http")
        via = urllib.parse.urlsplit(proxy) if proxy else None
        at = (via.hostname or "", via.port or 80) if via else (host, port)
        if self._tls:
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(*at, timeout=limit, context=self._tls)
        else:
            connection = http.client.HTTPConnection(*at, timeout=limit)
        if via:
            connection.set_tunnel(host, port)
        return connection


def verify_webhook(
    body: Union[bytes, str], headers: Mapping[str, str], secrets: Union[str, Sequence[str]], tolerance: int = 300, now: Optional[float] = None
) -> WebhookEvent:
    """Verifies a webhook by Standard Webhooks 1.0.0 (v1) and returns its event.

    body: as received, before any parsing; secrets: one, or several while they rotate (whsec_…); tolerance: seconds that the
    timestamp may be off. Raises WebhookVerificationError if it isn't genuine or fresh.
    """
    given = {name.lower(): value for name, value in headers.items()}
    id, timestamp, signature = (given.get("webhook-" + name, "") for name in ("id", "timestamp", "signature"))
    if not id or not signature:
        raise WebhookVerificationError("A header of the signature is missing.")
    if not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise WebhookVerificationError("The timestamp is no number of seconds.")
    if abs(int(time.time() if now is None else now) - int(timestamp)) > tolerance:
        raise WebhookVerificationError("The timestamp is too far off.")
    content = body.encode() if isinstance(body, str) else body
    listed = [each[3:].encode() for each in signature.split(" ")[:32] if each.startswith("v1,")]
    for secret in [secrets] if isinstance(secrets, str) else secrets:
        try:
            key = base64.b64decode(secret[6:] if secret.startswith("whsec_") else secret, validate=True)
        except ValueError:
            key = b""
        if not key:
            raise MatrixError("A webhook's secret is whsec_ and base64.")
        digest = base64.b64encode(hmac.new(key, f"{id}.{timestamp}.".encode() + content, hashlib.sha256).digest())
        if any([hmac.compare_digest(digest, each) for each in listed]):
            event: WebhookEvent = json.loads(content)
            return event
    raise WebhookVerificationError("No secret made the signature.")


class Matrix:
    """The API. Never shows its key.

    api_key and base_url default to MATRIX_API_KEY and MATRIX_BASE_URL of the environment. Seconds: timeout for one attempt, its
    body included, deadline for all attempts and the waits between them.
    """

    def __init__(
        self, api_key: Optional[str] = None, base_url: Optional[str] = None, *, retries: int = 2, timeout: float = 30, deadline: float = 120,
        clock: Optional[Clock] = None,
    ) -> None:
        client = _Client(api_key, base_url, retries, timeout, deadline, clock)
        self._base = client.base
        #@init

    def __repr__(self) -> str:
        return f"Matrix({self._base})"


class _Namespace:
    def __init__(self, client: _Client) -> None:
        self._c = client

    @property
    def with_response(self) -> Any:
        """The same operations, which return a Reply: status, headers and request id with the data."""
        return type(self)(self._c.whole())


#@namespaces

#@types
