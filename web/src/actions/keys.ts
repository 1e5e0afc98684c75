const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** The shortcut that an event is, in the form that actions have: `Mod+Shift+Z`. */
export function keysOf(event: KeyboardEvent, onMac = isMac): string {
  const parts: string[] = [];
  if (onMac ? event.metaKey : event.ctrlKey) parts.push('Mod');
  if (event.altKey) parts.push('Alt');
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  // Shift is part of what a sign such as `?` already is.
  if (event.shiftKey && (key.length > 1 || /[A-Z0-9]/.test(key))) parts.push('Shift');
  parts.push(key);
  return parts.join('+');
}

/** A shortcut as people of this computer write it. */
export function keysInWords(keys: string | undefined, onMac = isMac): string | undefined {
  if (keys === undefined) return undefined;
  if (!onMac) return keys.replace('Mod', 'Ctrl');
  return keys.replace('Mod', '⌘').replace('Shift', '⇧').replace('Alt', '⌥').replaceAll('+', '');
}

/** Whether the keyboard belongs to a field that is being typed in. */
export function isTyping(target: EventTarget | null): boolean {
  if (typeof HTMLElement === 'undefined' || !(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)
  );
}

/** Whether a shortcut is one letter, digit or sign, which speech input may set off by mistake. */
export function isSingle(keys: string): boolean {
  return keys.replace('Shift+', '').length === 1;
}
