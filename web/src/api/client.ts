// The one door to the server: typed requests, and every refusal as a `Problem` that a screen can word.
import type { ProblemBody } from "./types";

const BASE = "/api/v1";

/** A refusal or failure. `name` is the last part of its type, worded from `problem.<name>`. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  readonly reference: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  constructor(body: Partial<ProblemBody> & { status: number }) {
    super(body.title ?? body.type ?? String(body.status));
    this.status = body.status;
    this.code = (body.type ?? "unexpected").split("/").pop() || "unexpected";
    this.field = body.field;
    this.reference = body.reference;
    this.retryAfterSeconds = body.retry_after_seconds;
  }
  /** True when asking again later may work: no connection, or the server is busy or away. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Every failure as a Problem, also a bug of ours. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  console.error(error);
  return new Problem({ status: 500, type: "unexpected" });
}

type Listener = () => void;
const signedOutListeners = new Set<Listener>();
/** Called when the server says that the session is over. */
export function onSignedOut(listener: Listener): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

const TIMEOUT_MS = 20_000;

export async function request<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: globalThis.Response;
  try {
    response = await fetch(BASE + path, {
      method,
      credentials: "same-origin",
      headers:
        body === undefined
          ? { Accept: "application/json" }
          : { Accept: "application/json", "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new Problem({ status: 0, type: "/problems/no_connection" });
  }
  const text = await response.text().catch(() => "");
  let parsed: unknown;
  try {
    parsed = text === "" ? undefined : JSON.parse(text);
  } catch {
    // A proxy between us and the server answered with its own page.
    throw new Problem({ status: response.ok ? 502 : response.status, type: "/problems/unexpected" });
  }
  if (response.ok) return parsed as T;
  const problem = { ...((parsed as Partial<ProblemBody>) ?? {}), status: response.status };
  const wait = Number(response.headers.get("Retry-After"));
  if (problem.retry_after_seconds === undefined && wait > 0) problem.retry_after_seconds = wait;
  const signingIn = method === "POST" && path.startsWith("/sessions");
  if (response.status === 401 && path !== "/me" && !signingIn) for (const listener of signedOutListeners) listener();
  throw new Problem(problem);
}

export const get = <T>(path: string) => request<T>("GET", path);
export const post = <T>(path: string, body: unknown = {}) => request<T>("POST", path, body);
export const patch = <T>(path: string, body: unknown) => request<T>("PATCH", path, body);
export const remove = <T = void>(path: string, body?: unknown) => request<T>("DELETE", path, body);

/** A query string of the values that are there. */
export function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== "" && value !== false)
      search.set(name, String(value === true ? 1 : value));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}
