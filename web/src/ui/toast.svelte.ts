// One short message at the foot of the screen; it waits for the reader and may offer to undo.
export type Toast = { text: string; action?: { label: string; run: () => void } };

let current = $state<Toast | null>(null);

export const toast = () => current;
export function say(text: string, action?: Toast["action"]): void {
  current = { text, ...(action ? { action } : {}) };
}
export function hush(): void {
  current = null;
}
