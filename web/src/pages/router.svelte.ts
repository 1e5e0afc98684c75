/** A page of the app, by its address. */
export type Route =
  | { readonly page: 'start' }
  | { readonly page: 'editor'; readonly id: string }
  | { readonly page: 'lost' };

/** Which page the address asks for. */
export function routeOf(path: string): Route {
  if (path === '/' || path === '/index.html') return { page: 'start' };
  const id = /^\/d\/([0-9A-Za-z-]+)\/?$/.exec(path)?.[1];
  return id === undefined ? { page: 'lost' } : { page: 'editor', id };
}

class Router {
  route = $state.raw(routeOf(location.pathname));
  /** Asked before the browser's Back or Forward leaves the page: it goes on when that may be. */
  guard: ((go: () => void) => void) | null = null;
  #path = location.pathname;

  constructor() {
    addEventListener('popstate', () => {
      const wanted = location.pathname;
      if (this.guard === null || wanted === this.#path) {
        this.#show(wanted);
        return;
      }
      // The browser is there already: it comes back until the person has decided.
      history.pushState(null, '', this.#path);
      this.guard(() => this.go(wanted));
    });
  }

  go(path: string): void {
    history.pushState(null, '', path);
    this.#show(path);
  }

  #show(path: string): void {
    this.#path = path;
    this.route = routeOf(path);
  }

  /** Follows a link of the app without loading the page anew; for `onclick` of links. */
  readonly follow = (event: MouseEvent & { currentTarget: HTMLAnchorElement }): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.go(event.currentTarget.pathname);
  };
}

export const router = new Router();
