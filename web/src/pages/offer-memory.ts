const PREFIX = 'crowfoot.offered.';

/** Whether the review of suggestions was offered for the diagram, in this browser. */
export function isOffered(diagram: string): boolean {
  try {
    return localStorage.getItem(PREFIX + diagram) !== null;
  } catch {
    return false;
  }
}

export function rememberOffered(diagram: string): void {
  try {
    localStorage.setItem(PREFIX + diagram, '1');
  } catch {
    // Without storage it is offered at the next visit again.
  }
}
