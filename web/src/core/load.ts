import init, { WasmEditor } from './wasm/crowfoot_wasm.js';

let loading: Promise<unknown> | undefined;

/** Fetches and starts the core, once; the constructor of its editor is good after that. */
export async function loadCore(): Promise<typeof WasmEditor> {
  loading ??= init();
  await loading;
  return WasmEditor;
}
