// The outbox of the student who is signed in, and what the screens may know of it.
import { post } from "../api/client";
import type { EventKind, Verdict } from "../api/types";
import { deviceId, Outbox, type OutboxState } from "./outbox";
import { openStore, type Store } from "./store";

let outbox: Outbox | null = null;
let store: Promise<Store> | null = null;
let state = $state.raw<OutboxState>({ waiting: 0, reaching: true });

export const outboxState = () => state;

export async function openOutboxFor(student: string): Promise<void> {
  if (outbox?.student === student) return;
  closeOutbox();
  store ??= openStore();
  outbox = new Outbox({
    student,
    device: deviceId(),
    store: await store,
    send: (events) => post<{ verdicts: Verdict[] }>("/events", { events, sent_at: Date.now() }),
    onstate: (next) => {
      state = next;
    },
  });
  void outbox.flush();
}

export function closeOutbox(): void {
  outbox?.close();
  outbox = null;
  state = { waiting: 0, reaching: true };
}

/** Keeps an event and resolves with the server's verdict on it, however long that takes. */
export function record(kind: EventKind, body: Record<string, unknown>): Promise<Verdict> {
  if (!outbox) return Promise.reject(new Error("nobody is signed in to record for"));
  return outbox.add(kind, body);
}

/** Sends what still waits, so that what the server shows next includes it. */
export async function flushOutbox(): Promise<void> {
  await outbox?.flush();
}
