import type { CameraState } from '../canvas/view';

/** How long the camera must rest before it is written down, in milliseconds. */
const REST = 250;
const keyOf = (diagram: string) => `crowfoot.camera.${diagram}`;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps which part of a diagram is shown, in this browser. */
export function rememberCamera(diagram: string, camera: CameraState): void {
  clearTimeout(timer);
  timer = setTimeout(() => localStorage.setItem(keyOf(diagram), JSON.stringify(camera)), REST);
}

/** Which part of a diagram was shown last; null if it was never open here. */
export function rememberedCamera(diagram: string): CameraState | null {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(keyOf(diagram)) ?? 'null');
    return isCamera(saved) ? saved : null;
  } catch {
    return null;
  }
}

function isCamera(value: unknown): value is CameraState {
  if (typeof value !== 'object' || value === null) return false;
  return ['x', 'y', 'zoom'].every((field) => Number.isFinite(Reflect.get(value, field)));
}
