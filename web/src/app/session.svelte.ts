// Who is here. One state for the whole page; signing in and out happen here, so that the outbox always belongs to the right student.
import { asProblem, get, onSignedOut, type Problem, patch, post, remove } from "../api/client";
import type { Locale, Me, Server } from "../api/types";
import { closeOutbox, openOutboxFor, outboxState } from "../offline/current.svelte";
import { language, setLanguage, setZone } from "../text/text.svelte";
import { onPreferences, show } from "../ui/preferences.svelte";

export type Session =
  | { kind: "loading" }
  | { kind: "unreachable"; problem: Problem }
  | { kind: "out"; server: Server; expired: boolean }
  | { kind: "in"; me: Me };

let session = $state.raw<Session>({ kind: "loading" });
export const current = () => session;

/** The last person who was here: a screen that is just being taken down may still ask for it. */
let latest: Me | null = null;

/** The person signed in; only screens that are shown to one ask. */
export function me(): Me {
  if (session.kind === "in") latest = session.me;
  if (!latest) throw new Error("a screen for a signed-in person is shown to nobody");
  return latest;
}

let server: Server = { demo: false, needs_setup: false, organization: null, version: "" };

export async function begin(): Promise<void> {
  session = { kind: "loading" };
  try {
    const [found, who] = await Promise.all([get<Server>("/server"), get<Me>("/me").catch(nobodyIfSignedOut)]);
    server = found;
    if (who) await enter(who);
    else session = { kind: "out", server, expired: false };
  } catch (error) {
    session = { kind: "unreachable", problem: asProblem(error) };
  }
}

/** After signing in: the page's language, from the browser or chosen by hand, is kept for somebody who never chose one. */
async function welcome(who: Me): Promise<void> {
  const locale = language();
  const chosen = who.preferences?.language_chosen === true;
  if (chosen || who.locale === locale) return enter(who);
  const preferences = { ...who.preferences, language_chosen: true };
  await enter(await patch<Me>("/me", { locale, preferences }).catch(() => who));
}

/** Shows the page to this person. */
export async function enter(who: Me): Promise<void> {
  show(who.preferences ?? {});
  setZone(who.zone);
  if (who.locale !== language()) await setLanguage(who.locale);
  onPreferences((preferences) => void patch("/me", { preferences }).catch(() => {}));
  if (who.role === "student") await openOutboxFor(who.id);
  session = { kind: "in", me: who };
}

export async function signInStudent(class_code: string, sign_in_name: string, pin: string): Promise<void> {
  await welcome(await post<Me>("/sessions/student", { class_code, sign_in_name, pin }));
}
export async function signInAdult(email: string, password: string): Promise<void> {
  await welcome(await post<Me>("/sessions", { email, password }));
}
export async function signInDemo(person: string): Promise<void> {
  await welcome(await post<Me>("/sessions/demo", { person }));
}

/** How many of this student's answers the server does not have yet. */
export const unsent = () => outboxState().waiting;

export async function signOut(): Promise<void> {
  await remove("/sessions/current").catch(() => {});
  leave(false);
}

export async function chooseLocale(locale: Locale): Promise<void> {
  if (session.kind !== "in") return;
  const preferences = { ...session.me.preferences, language_chosen: true };
  session = { kind: "in", me: { ...session.me, locale, preferences } };
  await patch("/me", { locale, preferences }).catch(() => {});
}

function leave(expired: boolean): void {
  closeOutbox();
  onPreferences(null);
  setZone(undefined);
  session = { kind: "out", server, expired };
}

// The server ended the session: the place and the outbox stay, so that signing in again goes on from here.
onSignedOut(() => {
  if (session.kind === "in") leave(true);
});

function nobodyIfSignedOut(error: unknown): null {
  const problem = asProblem(error);
  if (problem.status === 401) return null;
  throw problem;
}
