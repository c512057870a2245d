// Where unsent events wait: IndexedDB, keyed by student, or memory where the browser allows no storage.
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { StudentEvent } from "../api/types";

export type Kept = { id: string; student: string; seq: number; event: StudentEvent };

export interface Store {
  /** Numbers the event and keeps it; resolves only once it is safe. */
  put(student: string, make: (seq: number) => StudentEvent): Promise<Kept>;
  /** A student's events in order, oldest first. */
  list(student: string, limit?: number): Promise<Kept[]>;
  count(student: string): Promise<number>;
  remove(ids: string[]): Promise<void>;
}

interface Schema extends DBSchema {
  events: { key: string; value: Kept; indexes: { order: [string, number] } };
  counters: { key: string; value: number };
}

export async function openStore(): Promise<Store> {
  try {
    return indexedDbStore(
      await openDB<Schema>("tandem-outbox", 1, {
        upgrade(db) {
          db.createObjectStore("events", { keyPath: "id" }).createIndex("order", ["student", "seq"]);
          db.createObjectStore("counters");
        },
      }),
    );
  } catch {
    return memoryStore();
  }
}

const ofStudent = (student: string) => IDBKeyRange.bound([student, 0], [student, Number.MAX_SAFE_INTEGER]);

function indexedDbStore(db: IDBPDatabase<Schema>): Store {
  return {
    async put(student, make) {
      // One transaction numbers and keeps, so two tabs never use a number twice.
      const tx = db.transaction(["events", "counters"], "readwrite", { durability: "strict" });
      const counters = tx.objectStore("counters");
      const seq = ((await counters.get("seq")) ?? 0) + 1;
      const event = make(seq);
      const kept = { id: event.id, student, seq, event };
      await Promise.all([counters.put(seq, "seq"), tx.objectStore("events").put(kept), tx.done]);
      return kept;
    },
    list: (student, limit) => db.getAllFromIndex("events", "order", ofStudent(student), limit),
    count: (student) => db.countFromIndex("events", "order", ofStudent(student)),
    async remove(ids) {
      const tx = db.transaction("events", "readwrite");
      await Promise.all([...ids.map((id) => tx.store.delete(id)), tx.done]);
    },
  };
}

export function memoryStore(): Store {
  let all: Kept[] = [];
  let seq = 0;
  const list = (student: string) => all.filter((kept) => kept.student === student);
  return {
    async put(student, make) {
      seq += 1;
      const event = make(seq);
      const kept = { id: event.id, student, seq, event };
      all.push(kept);
      return kept;
    },
    list: async (student, limit) => list(student).slice(0, limit),
    count: async (student) => list(student).length,
    async remove(ids) {
      all = all.filter((kept) => !ids.includes(kept.id));
    },
  };
}
