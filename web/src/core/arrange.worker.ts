/** Arranges a diagram beside the page, so that the page goes on. */
import init, { WasmEditor } from './wasm/crowfoot_wasm.js';

self.onmessage = (event: MessageEvent<{ document: string; style: string }>): void => {
  const { document, style } = event.data;
  const told = (done: number) => self.postMessage({ done });
  void init().then(() => {
    const answer = WasmEditor.arrange_document(document, style, { told });
    self.postMessage({ answer });
  });
};
