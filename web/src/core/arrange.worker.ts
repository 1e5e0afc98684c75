/** Arranges a diagram beside the page, so that the page goes on. */
import init, { WasmEditor } from './wasm/crowfoot_wasm.js';

self.onmessage = (event: MessageEvent<{ document: string; style: string }>): void => {
  const { document, style } = event.data;
  void init().then(() => self.postMessage(WasmEditor.arrange_document(document, style)));
};
