//@head

const VERSION = "@version";

/** How a client reaches the API. */
export interface Config {
  /** Default: MATRIX_API_KEY of the environment. */
  apiKey?: string | undefined;
  /** May have a path; default: MATRIX_BASE_URL of the environment. */
  baseUrl?: string | undefined;
  /** Retries after the first attempt; default 2. */
  retries?: number | undefined;
  /** Milliseconds for one attempt, its body included; default 30,000. */
  timeout?: number | undefined;
  /** Milliseconds for all attempts and the waits between them; default 120,000. */
  deadline?: number | undefined;
  /** Default: the global one. */
  fetch?: typeof fetch | undefined;
  /** For tests. */
  clock?: Clock | undefined;
}

/** What one call wants otherwise. */
export interface Options {
  /** Default for POST and PATCH: a new random one, the same for all attempts. */
  idempotencyKey?: string | undefined;
  /** Aborts the call, waits included. */
  signal?: AbortSignal | undefined;
  retries?: number | undefined;
  timeout?: number | undefined;
  headers?: Record<string, string> | undefined;
}

/** One of the values T, or one of a later version. */
export type Open<T extends string> = T | (string & {});

/** Time and chance, in milliseconds; `wait` rejects at once when the signal aborts. */
export interface Clock {
  now(): number;
  random(): number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A reply with what came around it. */
export interface Reply<T> {
  data: T;
  status: number;
  headers: Headers;
  requestId: string | null;
  /** True if an earlier request with this idempotency key did the work. */
  replayed: boolean;
}

/** One page; `nextCursor` is null exactly when nothing follows. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Problem details (RFC 9457). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string | null;
  code: string;
  requestId?: string;
  errors?: { in: string; pointer?: string; name?: string; code: string; detail: string }[];
  [member: string]: unknown;
}

/** The root of all errors thrown here. */
export class MatrixError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message);
    this.name = new.target.name;
    if (cause !== undefined) Object.defineProperty(this, "cause", { value: cause, configurable: true });
  }
}
/** No complete reply came. */
export class ConnectionError extends MatrixError {}
/** No complete reply came in time. */
export class TimeoutError extends ConnectionError {}
/** The caller's signal aborted the call. */
export class AbortError extends MatrixError {}
/** The webhook isn't genuine, or isn't fresh. */
export class WebhookVerificationError extends MatrixError {}
/** A reply that isn't a success. */
export class ApiError extends MatrixError {
  readonly status: number;
  readonly problem: Problem | null;
  readonly headers: Headers;
  readonly code: string;
  readonly requestId: string | null;
  /** Seconds the server asks to wait; null: it doesn't say. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: Problem | null, headers: Headers, now: number) {
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
export class InvalidRequestError extends ApiError {}
export class AuthenticationError extends ApiError {}
export class PermissionDeniedError extends ApiError {}
export class NotFoundError extends ApiError {}
export class ConflictError extends ApiError {}
export class PreconditionFailedError extends ApiError {}
export class UnprocessableError extends ApiError {}
export class RateLimitError extends ApiError {}
export class ServerError extends ApiError {}

const ERRORS: Record<number, typeof ApiError> = {
  400: InvalidRequestError, 401: AuthenticationError, 403: PermissionDeniedError, 404: NotFoundError, 409: ConflictError,
  412: PreconditionFailedError, 422: UnprocessableError, 429: RateLimitError,
};

type Value = string | number | boolean;
/** Where members of a request go that aren't the body's, and whether the reply is text. */
interface Shape { query?: string[]; headers?: Record<string, string>; text?: boolean }

/** A call under way: await it for its data. */
export class Call<T> implements PromiseLike<T> {
  readonly #reply: Promise<Reply<T>>;

  constructor(reply: Promise<Reply<T>>) {
    this.#reply = reply;
  }

  then<A = T, B = never>(
    ok?: ((data: T) => A | PromiseLike<A>) | null, failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#reply.then((reply) => reply.data).then(ok, failed);
  }

  catch<B = never>(failed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(null, failed);
  }

  finally(done?: (() => void) | null): Promise<T> {
    return this.#reply.then((reply) => reply.data).finally(done);
  }

  /** Status, headers and request id with the data. */
  withResponse(): Promise<Reply<T>> {
    return this.#reply;
  }
}

/** A listing: await it for one page, iterate it for all items. Pages are fetched one at a time, when needed. */
export class PageCall<T> extends Call<Page<T>> implements AsyncIterable<T> {
  readonly #from: (cursor: string) => Promise<Reply<Page<T>>>;

  constructor(first: Promise<Reply<Page<T>>>, from: (cursor: string) => Promise<Reply<Page<T>>>) {
    super(first);
    this.#from = from;
  }

  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    const seen = new Set<string>();
    let page: Page<T> = await this.then();
    for (;;) {
      yield page;
      const cursor = page.nextCursor;
      if (cursor === null || cursor === undefined) return;
      if (seen.has(cursor)) throw new MatrixError("The server sent the same cursor twice; the listing would never end.");
      seen.add(cursor);
      page = (await this.#from(cursor)).data;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages()) yield* page.items;
  }
}

function aborted(signal?: AbortSignal): AbortError {
  return new AbortError("The call was aborted.", signal?.reason);
}

const CLOCK: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: (ms, signal) => new Promise((done, failed) => {
    const end = (): void => {
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

/** Seconds to wait by Retry-After (RFC 9110, 10.2.3); null if it says nothing of use. */
function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : NaN;
  return at > now ? (at - now) / 1000 : null;
}

function isRetried(error: unknown): boolean {
  if (!(error instanceof ApiError)) return error instanceof ConnectionError;
  const told = error.headers.get("matrix-should-retry");
  if (told === "true" || told === "false") return told === "true";
  const { status } = error;
  return status === 408 || status === 429 || status >= 500 || error.code === "idempotency_in_progress";
}

function fill(path: string, values: readonly Value[]): string {
  let i = 0;
  return path.replace(/\{([^}]*)\}/g, (_, name: string) => {
    const value = String(values[i++] ?? "");
    if (value === "" || value === "." || value === "..") throw new MatrixError(`The path value ${name} can't be '${value}'.`);
    return encodeURIComponent(value);
  });
}

function environment(name: string): string | undefined {
  return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];
}

async function webCrypto(): Promise<Crypto> {
  const node = "node:crypto";
  return globalThis.crypto ?? ((await import(node)) as { webcrypto: Crypto }).webcrypto;
}

async function randomKey(): Promise<string> {
  const bytes = (await webCrypto()).getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

class Client {
  readonly #key: string;
  readonly #base: string;
  readonly #config: Config;
  readonly #clock: Clock;

  constructor(config: Config) {
    const key = config.apiKey ?? environment("MATRIX_API_KEY") ?? "";
    if (!/^[\x21-\x7e]*$/.test(key)) throw new MatrixError("The API key has characters that no header carries.");
    let base: URL;
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

  get base(): string {
    return this.#base;
  }

  call<T>(method: string, path: string, values: Value[], request?: object, options?: Options, shape?: Shape): Call<T> {
    return new Call(this.#run<T>(method, path, values, request, options, shape));
  }

  page<T>(path: string, values: Value[], request?: object, options?: Options, shape?: Shape): PageCall<T> {
    const from = (more: object): Promise<Reply<Page<T>>> =>
      this.#run<Page<T>>("GET", path, values, { ...request, ...more }, options, shape);
    return new PageCall(from({}), (cursor) => from({ cursor }));
  }

  async #run<T>(
    method: string, path: string, values: Value[], request: object = {}, options: Options = {}, shape: Shape = {},
  ): Promise<Reply<T>> {
    const bodiless = method === "GET" || method === "DELETE";
    const headers = new Headers({ "matrix-version": VERSION, accept: shape.text ? "*/*" : "application/json" });
    const query: string[] = [];
    const members: [string, unknown][] = [];
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
    const init: RequestInit = { method, headers, redirect: "manual" };
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
      let error: unknown;
      try {
        return await this.#attempt<T>(url, init, options, Math.max(end - clock.now(), 1), shape.text === true);
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

  async #attempt<T>(url: string, init: RequestInit, options: Options, left: number, text: boolean): Promise<Reply<T>> {
    const { signal } = options;
    if (signal?.aborted) throw aborted(signal);
    const cut = new AbortController();
    const abort = (): void => cut.abort();
    const limit = Math.min(options.timeout ?? this.#config.timeout ?? 30_000, left);
    const timer = setTimeout(abort, limit);
    signal?.addEventListener("abort", abort, { once: true });
    let reply: Response;
    let body: string;
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
    let json: unknown = null;
    if (body !== "" && !(text && reply.ok)) {
      try {
        json = JSON.parse(body);
      } catch {
        if (reply.ok) throw new ApiError(status, null, headers, this.#clock.now());
      }
    }
    if (!reply.ok) {
      const kind = ERRORS[status] ?? (status >= 500 ? ServerError : ApiError);
      throw new kind(status, typeof json === "object" ? (json as Problem | null) : null, headers, this.#clock.now());
    }
    const data = (text ? body : body === "" ? undefined : json) as T;
    const replayed = headers.get("idempotent-replayed") === "true";
    return { data, status, headers, requestId: headers.get("request-id"), replayed };
  }
}

/**
 * Verifies a webhook by Standard Webhooks 1.0.0 (v1) and returns its event.
 *
 * @param body as received, before any parsing
 * @param secrets one, or several while they rotate: `whsec_…`
 * @param tolerance seconds that the timestamp may be off
 * @throws WebhookVerificationError if it isn't genuine or fresh
 */
export async function verifyWebhook(
  body: string | Uint8Array, headers: Headers | Record<string, string | string[] | undefined>, secrets: string | readonly string[],
  tolerance = 300, now: number = Date.now() / 1000,
): Promise<WebhookEvent> {
  const get = (name: string): string => {
    if (typeof headers.get === "function") return (headers as Headers).get(name) ?? "";
    const found = Object.entries(headers as Record<string, unknown>).find(([key]) => key.toLowerCase() === name);
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
      if (each && (await subtle.verify("HMAC", key, each, signed))) return JSON.parse(new TextDecoder().decode(content)) as WebhookEvent;
    }
  }
  throw new WebhookVerificationError("No secret made the signature.");
}

function base64(text: string) {
  try {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The API. Never shows its key. */
export class Matrix {
  //@fields
  readonly #client: Client;

  constructor(config: Config = {}) {
    const client = new Client(config);
    this.#client = client;
    //@init
  }

  toString(): string {
    return `Matrix(${this.#client.base})`;
  }

  toJSON(): string {
    return this.toString();
  }
}

class Namespace {
  protected readonly _c: Client;

  constructor(client: Client) {
    this._c = client;
  }
}

//@namespaces

//@types
