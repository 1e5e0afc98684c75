import type { CameraState } from '../canvas/view';

/** How long the camera must rest before it is written down, in milliseconds. */
const REST = 250;
/** Each view has a camera of its own beside that of the whole diagram. */
const keyOf = (diagram: string, view: string | null) =>
  `crowfoot.camera.${diagram}${view === null ? '' : `.${view}`}`;
const viewKeyOf = (diagram: string) => `crowfoot.view.${diagram}`;

/** What is to be written down, and when. */
let waiting: { readonly write: () => void; readonly timer: number } | null = null;

/** Keeps which part of a diagram or of a view of it is shown, in this browser. */
export function rememberCamera(diagram: string, view: string | null, camera: CameraState): void {
  if (waiting !== null) clearTimeout(waiting.timer);
  const write = () => {
    waiting = null;
    localStorage.setItem(keyOf(diagram, view), JSON.stringify(camera));
  };
  waiting = { write, timer: window.setTimeout(write, REST) };
}

/** Which part of a diagram or of a view was shown last; null if it was never seen here. */
export function rememberedCamera(diagram: string, view: string | null): CameraState | null {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(keyOf(diagram, view)) ?? 'null');
    return isCamera(saved) ? saved : null;
  } catch {
    return null;
  }
}

/** Keeps which view of a diagram is shown; null for the whole diagram. */
export function rememberView(diagram: string, view: string | null): void {
  // The camera that still waits is of the view before.
  if (waiting !== null) {
    clearTimeout(waiting.timer);
    waiting.write();
  }
  if (view === null) localStorage.removeItem(viewKeyOf(diagram));
  else localStorage.setItem(viewKeyOf(diagram), view);
}

/** Which view of a diagram was shown last; it may be gone. */
export function rememberedView(diagram: string): string | null {
  return localStorage.getItem(viewKeyOf(diagram));
}

function isCamera(value: unknown): value is CameraState {
  if (typeof value !== 'object' || value === null) return false;
  return ['x', 'y', 'zoom'].every((field) => Number.isFinite(Reflect.get(value, field)));
}
