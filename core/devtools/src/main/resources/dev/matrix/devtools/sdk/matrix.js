//@head

const VERSION = "@version";

/**
 * How a client reaches the API. apiKey and baseUrl default to MATRIX_API_KEY and MATRIX_BASE_URL of the environment, retries to 2;
 * timeout (for an attempt, its body included) and deadline (for all of them and the waits between) to 30,000 and 120,000 ms.
 * @typedef {{ apiKey?: string | undefined, baseUrl?: string | undefined, retries?: number | undefined, timeout?: number | undefined,
 *   deadline?: number | undefined, fetch?: typeof fetch | undefined, clock?: Clock | undefined }} Config
 */
/**
 * What one call wants otherwise. The idempotency key of POST and PATCH defaults to a random one, the same for all attempts.
 * @typedef {{ idempotencyKey?: string | undefined, signal?: AbortSignal | undefined, retries?: number | undefined,
 *   timeout?: number | undefined, headers?: Record<string, string> | undefined }} Options
 */
/**
 * One of the values T, or one of a later version.
 * @template {string} T
 * @typedef {T | (string & {})} Open
 */
/**
 * Time and chance for tests, in milliseconds; wait rejects at once when the signal aborts.
 * @typedef {{ now(): number, random(): number, wait(ms: number, signal?: AbortSignal): Promise<void> }} Clock
 */
/**
 * A reply with what came around it; replayed: an earlier request with this idempotency key did the work.
 * @template T
 * @typedef {{ data: T, status: number, headers: Headers, requestId: string | null, replayed: boolean }} Reply
 */
/**
 * One page; nextCursor is null exactly when nothing follows.
 * @template T
 * @typedef {{ items: T[], nextCursor: string | null }} Page
 */
/**
 * Problem details (RFC 9457).
 * @typedef {{ type: string, title: string, status: number, detail?: string | null, code: string, requestId?: string,
 *   errors?: { in: string, pointer?: string, name?: string, code: string, detail: string }[], [member: string]: unknown }} Problem
 */
/** @typedef {string | number | boolean} Value */
/**
 * Where members of a request go that aren't the body's, and whether the reply is text.
 * @typedef {{ query?: string[], headers?: Record<string, string>, text?: boolean }} Shape
 */

/** The root of all errors thrown here. */
class MatrixError extends Error {
  /** @param {string} message @param {unknown} [cause] */
  constructor(message, cause) {
    super(message);
    this.name = new.target.name;
    if (cause !== undefined) Object.defineProperty(this, "cause", { value: cause, configurable: true });
  }
}
/** No complete reply came. */
class ConnectionError extends MatrixError {}
/** No complete reply came in time. */
class TimeoutError extends ConnectionError {}
/** The caller's signal aborted the call. */
class AbortError extends MatrixError {}
/** The webhook isn't genuine, or isn't fresh. */
class WebhookVerificationError extends MatrixError {}
/** A reply that isn't a success; retryAfter: seconds the server asks to wait, null: it doesn't say. */
class ApiError extends MatrixError {
  /** @param {number} status @param {Problem | null} problem @param {Headers} headers @param {number} now */
  constructor(status, problem, headers, now) {
    const code = typeof problem?.code === "string" ? problem.code : `http_${status}`;
    const id = headers.get("request-id");
    super(`${status} ${code}${problem?.detail ? `: ${problem.detail}` : ""}${id ? ` (request ${id})` : ""}`);
    this.status = status;
    this.problem = problem;
    this.headers = headers;
    this.code = code;
    this.requestId = id;
    this.retryAfter = retryAfter(headers.get("retry-after"), now);
  }
}
class InvalidRequestError extends ApiError {}
class AuthenticationError extends ApiError {}
class PermissionDeniedError extends ApiError {}
class NotFoundError extends ApiError {}
class ConflictError extends ApiError {}
class PreconditionFailedError extends ApiError {}
class UnprocessableError extends ApiError {}
class RateLimitError extends ApiError {}
class ServerError extends ApiError {}

/** @type {Record<number, typeof ApiError>} */
const ERRORS = {
  400: InvalidRequestError, 401: AuthenticationError, 403: PermissionDeniedError, 404: NotFoundError, 409: ConflictError,
  412: PreconditionFailedError, 422: UnprocessableError, 429: RateLimitError,
};

/**
 * A call under way: await it for its data.
 * @template T
 * @implements {PromiseLike<T>}
 */
class Call {
  /** @type {Promise<Reply<T>>} */ #reply;

  /** @param {Promise<Reply<T>>} reply */
  constructor(reply) {
    this.#reply = reply;
  }

  /**
   * @template [A=T], [B=never]
   * @param {((data: T) => A | PromiseLike<A>) | null} [ok]
   * @param {((reason: unknown) => B | PromiseLike<B>) | null} [failed]
   * @returns {Promise<A | B>}
   */
  then(ok, failed) {
    return this.#reply.then((reply) => reply.data).then(ok, failed);
  }

  /**
   * @template [B=never]
   * @param {((reason: unknown) => B | PromiseLike<B>) | null} [failed]
   * @returns {Promise<T | B>}
   */
  catch(failed) {
    return this.then(null, failed);
  }

  /** @param {(() => void) | null} [done] */
  finally(done) {
    return this.#reply.then((reply) => reply.data).finally(done);
  }

  /** Status, headers and request id with the data. */
  withResponse() {
    return this.#reply;
  }
}

/**
 * A listing: await it for one page, iterate it for all items. Pages are fetched one at a time, when needed.
 * @template T
 * @extends {Call<Page<T>>}
 */
class PageCall extends Call {
  /** @type {(cursor: string) => Promise<Reply<Page<T>>>} */ #from;

  /** @param {Promise<Reply<Page<T>>>} first @param {(cursor: string) => Promise<Reply<Page<T>>>} from */
  constructor(first, from) {
    super(first);
    this.#from = from;
  }

  /** @returns {AsyncGenerator<Page<T>, void, undefined>} */
  async *pages() {
    const seen = new Set();
    /** @type {Page<T>} */
    let page = await this.then();
    for (;;) {
      yield page;
      const cursor = page.nextCursor;
      if (cursor === null || cursor === undefined) return;
      if (seen.has(cursor)) throw new MatrixError("The server sent the same cursor twice; the listing would never end.");
      seen.add(cursor);
      page = (await this.#from(cursor)).data;
    }
  }

  /** @returns {AsyncGenerator<T, void, undefined>} */
  async *[Symbol.asyncIterator]() {
    for await (const page of this.pages()) yield* page.items;
  }
}

/** @param {AbortSignal} [signal] */
function aborted(signal) {
  return new AbortError("The call was aborted.", signal?.reason);
}

/** @type {Clock} */
const CLOCK = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: (ms, signal) => new Promise((done, failed) => {
    const end = () => {
      clearTimeout(timer);
      failed(aborted(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      done();
    }, ms);
    if (signal?.aborted) end();
    else signal?.addEventListener("abort", end, { once: true });
  }),
};

/**
 * Seconds to wait by Retry-After (RFC 9110, 10.2.3); null if it says nothing of use.
 * @param {string | null} header
 * @param {number} now
 */
function retryAfter(header, now) {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : NaN;
  return at > now ? (at - now) / 1000 : null;
}

/** @param {unknown} error */
function isRetried(error) {
  if (!(error instanceof ApiError)) return error instanceof ConnectionError;
  const told = error.headers.get("matrix-should-retry");
  if (told === "true" || told === "false") return told === "true";
  const { status } = error;
  return status === 408 || status === 429 || status >= 500 || error.code === "idempotency_in_progress";
}

/** @param {string} path @param {readonly Value[]} values */
function fill(path, values) {
  let i = 0;
  return path.replace(/\{([^}]*)\}/g, (_, name) => {
    const value = String(values[i++] ?? "");
    if (value === "" || value === "." || value === "..") throw new MatrixError(`The path value ${name} can't be '${value}'.`);
    return encodeURIComponent(value);
  });
}

/** @param {string} name @returns {string | undefined} */
function environment(name) {
  return /** @type {any} */ (globalThis).process?.env?.[name];
}

/** @returns {Promise<Crypto>} */
async function webCrypto() {
  const node = "node:crypto";
  return globalThis.crypto ?? (await import(node)).webcrypto;
}

async function randomKey() {
  const bytes = (await webCrypto()).getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

class Client {
  /** @type {string} */ #key;
  /** @type {string} */ #base;
  /** @type {Config} */ #config;
  /** @type {Clock} */ #clock;

  /** @param {Config} config */
  constructor(config) {
    const key = config.apiKey ?? environment("MATRIX_API_KEY") ?? "";
    if (!/^[\x21-\x7e]*$/.test(key)) throw new MatrixError("The API key has characters that no header carries.");
    let base;
    try {
      base = new URL(config.baseUrl ?? environment("MATRIX_BASE_URL") ?? "");
    } catch {
      throw new MatrixError("baseUrl is an absolute URL, such as https://api.example.com.");
    }
    if (!/^https?:$/.test(base.protocol) || base.username || base.password || base.search || base.hash) {
      throw new MatrixError("baseUrl is http or https, without user, query and fragment.");
    }
    this.#key = key;
    this.#base = base.origin + base.pathname.replace(/\/+$/, "");
    this.#config = { ...config, apiKey: undefined };
    this.#clock = config.clock ?? CLOCK;
  }

  get base() {
    return this.#base;
  }

  /**
   * @param {string} method @param {string} path @param {Value[]} values @param {object} [request] @param {Options} [options]
   * @param {Shape} [shape] @returns {Call<any>}
   */
  call(method, path, values, request, options, shape) {
    return new Call(this.#run(method, path, values, request, options, shape));
  }

  /**
   * @param {string} path @param {Value[]} values @param {object} [request] @param {Options} [options] @param {Shape} [shape]
   * @returns {PageCall<any>}
   */
  page(path, values, request, options, shape) {
    const from = (/** @type {object} */ more) => this.#run("GET", path, values, { ...request, ...more }, options, shape);
    return new PageCall(from({}), (cursor) => from({ cursor }));
  }

  /**
   * @param {string} method @param {string} path @param {Value[]} values @param {object} request @param {Options} options
   * @param {Shape} shape @returns {Promise<Reply<any>>}
   */
  async #run(method, path, values, request = {}, options = {}, shape = {}) {
    const bodiless = method === "GET" || method === "DELETE";
    const headers = new Headers({ "matrix-version": VERSION, accept: shape.text ? "*/*" : "application/json" });
    const query = [];
    const members = [];
    for (const [name, value] of Object.entries(request)) {
      if (value === undefined) continue;
      const header = shape.headers && Object.hasOwn(shape.headers, name) ? shape.headers[name] : undefined;
      if (header !== undefined) headers.set(header, String(value));
      else if (!bodiless && !shape.query?.includes(name)) members.push([name, value]);
      else for (const each of Array.isArray(value) ? value : value === null ? [] : [value]) {
        query.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(each))}`);
      }
    }
    const url = this.#base + fill(path, values) + (query.length > 0 ? `?${query.join("&")}` : "");
    /** @type {RequestInit} */
    const init = { method, headers, redirect: "manual" };
    if (!bodiless) {
      headers.set("content-type", "application/json");
      init.body = JSON.stringify(Object.fromEntries(members));
    }
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    if (options.idempotencyKey !== undefined) headers.set("idempotency-key", options.idempotencyKey);
    else if (method === "POST" || method === "PATCH") headers.set("idempotency-key", await randomKey());
    if (this.#key) headers.set("authorization", `Bearer ${this.#key}`);

    const clock = this.#clock;
    const retries = options.retries ?? this.#config.retries ?? 2;
    const end = clock.now() + (this.#config.deadline ?? 120_000);
    for (let attempt = 0; ; attempt++) {
      let error;
      try {
        return await this.#attempt(url, init, options, Math.max(end - clock.now(), 1), shape.text === true);
      } catch (e) {
        error = e;
      }
      const asked = error instanceof ApiError ? error.retryAfter : null;
      const wait = asked !== null ? asked * 1000 : Math.min(500 * 2 ** attempt, 8000) * (0.75 + clock.random() / 4);
      const late = (asked !== null && asked > 60) || clock.now() + wait >= end;
      if (attempt >= retries || late || !isRetried(error)) throw error;
      await clock.wait(wait, options.signal);
    }
  }

  /**
   * @param {string} url @param {RequestInit} init @param {Options} options @param {number} left @param {boolean} text
   * @returns {Promise<Reply<any>>}
   */
  async #attempt(url, init, options, left, text) {
    const { signal } = options;
    if (signal?.aborted) throw aborted(signal);
    const cut = new AbortController();
    const abort = () => cut.abort();
    const limit = Math.min(options.timeout ?? this.#config.timeout ?? 30_000, left);
    const timer = setTimeout(abort, limit);
    signal?.addEventListener("abort", abort, { once: true });
    let reply;
    let body;
    try {
      reply = await (this.#config.fetch ?? fetch)(url, { ...init, signal: cut.signal });
      body = await reply.text();
    } catch (e) {
      if (signal?.aborted) throw aborted(signal);
      if (cut.signal.aborted) throw new TimeoutError(`No complete reply within ${limit} ms.`);
      throw new ConnectionError("No complete reply: the connection failed.", e);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
    const { status, headers } = reply;
    let json = null;
    if (body !== "" && !(text && reply.ok)) {
      try {
        json = JSON.parse(body);
      } catch {
        if (reply.ok) throw new ApiError(status, null, headers, this.#clock.now());
      }
    }
    if (!reply.ok) {
      const kind = ERRORS[status] ?? (status >= 500 ? ServerError : ApiError);
      throw new kind(status, typeof json === "object" ? json : null, headers, this.#clock.now());
    }
    const data = text ? body : body === "" ? undefined : json;
    const replayed = headers.get("idempotent-replayed") === "true";
    return { data, status, headers, requestId: headers.get("request-id"), replayed };
  }
}

/**
 * Verifies a webhook by Standard Webhooks 1.0.0 (v1) and returns its event.
 *
 * @param {string | Uint8Array} body as received, before any parsing
 * @param {Headers | Record<string, string | string[] | undefined>} headers
 * @param {string | readonly string[]} secrets one, or several while they rotate: `whsec_…`
 * @param {number} tolerance seconds that the timestamp may be off
 * @param {number} now seconds since 1970
 * @returns {Promise<WebhookEvent>}
 * @throws {WebhookVerificationError} if it isn't genuine or fresh
 */
async function verifyWebhook(body, headers, secrets, tolerance = 300, now = Date.now() / 1000) {
  const get = (/** @type {string} */ name) => {
    if (typeof headers.get === "function") return /** @type {Headers} */ (headers).get(name) ?? "";
    const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name);
    return String(found?.[1] ?? "");
  };
  const [id, timestamp, signature] = [get("webhook-id"), get("webhook-timestamp"), get("webhook-signature")];
  if (!id || !signature) throw new WebhookVerificationError("A header of the signature is missing.");
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookVerificationError("The timestamp is no number of seconds.");
  if (Math.abs(Math.floor(now) - Number(timestamp)) > tolerance) throw new WebhookVerificationError("The timestamp is too far off.");
  const utf8 = new TextEncoder();
  const prefix = utf8.encode(`${id}.${timestamp}.`);
  const content = typeof body === "string" ? utf8.encode(body) : body;
  const signed = new Uint8Array(prefix.length + content.length);
  signed.set(prefix);
  signed.set(content, prefix.length);
  const { subtle } = await webCrypto();
  const listed = signature.split(" ").slice(0, 32).flatMap((each) => (each.startsWith("v1,") ? [base64(each.slice(3))] : []));
  for (const secret of typeof secrets === "string" ? [secrets] : secrets) {
    const raw = base64(secret.replace(/^whsec_/, ""));
    if (!raw?.length) throw new MatrixError("A webhook's secret is whsec_ and base64.");
    const key = await subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
    for (const each of listed) {
      if (each && (await subtle.verify("HMAC", key, each, signed))) return JSON.parse(new TextDecoder().decode(content));
    }
  }
  throw new WebhookVerificationError("No secret made the signature.");
}

/** @param {string} text */
function base64(text) {
  try {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The API. Never shows its key. */
class Matrix {
  #client;

  /** @param {Config} config */
  constructor(config = {}) {
    const client = new Client(config);
    this.#client = client;
    //@init
  }

  toString() {
    return `Matrix(${this.#client.base})`;
  }

  toJSON() {
    return this.toString();
  }
}

class Namespace {
  /** @param {Client} client */
  constructor(client) {
    this._c = client;
  }
}

//@namespaces

//@types

//@exports
