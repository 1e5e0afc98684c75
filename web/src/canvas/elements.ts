/** An element of that class at the end of another one. */
export function element(tag: string, className: string, parent: HTMLElement): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  parent.append(made);
  return made;
}

/** What a screen reader is told of the selection. */
export function voice(parent: HTMLElement): HTMLElement {
  const made = element('div', 'visually-hidden', parent);
  made.setAttribute('aria-live', 'polite');
  return made;
}
