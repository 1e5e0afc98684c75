import type { Editor, EditorEvent } from '../core/editor';
import type {
  ColumnId,
  Fit,
  HitFace,
  Look,
  NoteId,
  RefId,
  RefSeed,
  TableId,
} from '../core/generated/model';
import { WasmEditor } from '../core/wasm/crowfoot_wasm.js';
import {
  Camera,
  type Covered,
  type Rect,
  type ScreenPoint,
  grown,
  overlaps,
  union,
} from './camera';
import { Keyboard } from './keyboard';
import { Input, type InputHost } from './input';
import { Layers } from './layers';
import { lights } from './lights';
import { Minimap } from './minimap';
import { Moving } from './moving';
import { element, voice } from './elements';
import type { Overlay } from './paint/overlay';
import { type Palette, palette } from './palette';
import type { PointerAt, RefDraft, Stage } from './pointer/state';
import { isInside, related } from './related';
import { type LineShape, Scene, decoded, read } from './scene';
import { Selection } from './selection';
import { Tip } from './tip';

export type Theme = 'light' | 'dark';

/** What is selected on the canvas. */
export interface CanvasSelection {
  readonly tables: readonly TableId[];
  readonly refs: readonly RefId[];
  readonly notes: readonly NoteId[];
}

/** What the canvas asks of the page around it. */
export interface CanvasCallbacks {
  /** The selection changed, by pointer or key (not by `setSelection`). */
  onSelect?(selection: CanvasSelection): void;
  /** Double-click or Enter on a table. */
  onOpenTable?(id: TableId): void;
  /** Double-click or Enter on a line. */
  onOpenRef?(id: RefId): void;
  /** Double-click on a note. */
  onOpenNote?(id: NoteId): void;
  /** A column was dragged onto a column, or onto a table (then without a to column). */
  onNewRef?(seed: RefSeed): void;
  /** The pointer rests on a line, a column, or nothing any more. */
  onHover?(hover: {
    readonly ref?: RefId;
    readonly table?: TableId;
    readonly column?: ColumnId;
  }): void;
  /** Delete or Backspace removed something; say so and offer undo. */
  onDeleted?(description: string): void;
  /** A command of the canvas was refused. */
  onRefused?(message: string): void;
  /** How much of the canvas is covered by what lies over its edges. */
  covered?(): Covered;
  /** Zoom 1 is 100%. */
  onZoom?(zoom: number): void;
  /** Another part of the diagram is shown. */
  onCamera?(camera: CameraState): void;
}

/** Which part of the diagram is shown, to come back to later: the corner's place, and the zoom. */
export interface CameraState {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** How near a line the pointer must come, in CSS pixels to each side: 12 px in all. */
const REACH = 6;
/** The same for a finger. */
const FINGER = 14;
/** After this long without zooming a scaled picture is painted in earnest. */
const SETTLED = 90;
/** After this long without a move, lines that were sketched are routed. */
const RESTING = 140;
type LayerName = 'ground' | 'scene' | 'overlay';

/** The drawing: mounts its canvases into `container` and follows the editor until `destroy`. */
export class CanvasView {
  readonly #editor: Editor;
  readonly #callbacks: CanvasCallbacks;
  readonly #root: HTMLElement;
  readonly #tip: Tip;
  readonly #voice: HTMLElement;
  readonly #scene: Scene;
  readonly #layers: Layers;
  readonly #minimap: Minimap;
  readonly #look: Look;
  readonly #stage: Stage;
  readonly #moving: Moving;
  readonly #input: Input;
  readonly #keyboard: Keyboard;
  readonly #cleanups: (() => void)[] = [];
  #palette: Palette;
  #theme: Theme;
  #camera = new Camera(0, 0, 1);
  #selection = Selection.none;
  #hover: HitFace | null = null;
  #highlighted: RefId | null = null;
  /** Lines that are proposed by their place in the list, drawn above the scene. */
  #proposed: ReadonlyMap<number, LineShape> = new Map();
  #lit: number | null = null;
  #marquee: Rect | null = null;
  #draft: RefDraft | null = null;
  #fits: Overlay['fits'] = null;
  /** What the drop would make. */
  #draftLine: LineShape | null = null;
  #dirty = { ground: true, scene: true, overlay: true };
  #frame = 0;
  #zoomedAt = 0;
  #settle: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #flight: { readonly from: Camera; readonly to: Camera; readonly start: number } | null = null;
  #isFitted = false;

  constructor(container: HTMLElement, editor: Editor, callbacks: CanvasCallbacks = {}) {
    this.#editor = editor;
    this.#callbacks = callbacks;
    this.#root = element('div', 'canvas-view', container);
    Object.assign(this.#root.style, {
      position: 'absolute',
      inset: '0',
      overflow: 'hidden',
      touchAction: 'none',
      outline: 'none',
      userSelect: 'none',
    });
    this.#root.tabIndex = 0;
    this.#root.setAttribute('role', 'application');
    this.#root.setAttribute('aria-label', 'Diagram');
    this.#root.setAttribute(
      'aria-description',
      'Tab walks through tables and refs, Enter opens, arrows move, Escape and then Tab leaves',
    );
    this.#look = read<Look>(WasmEditor.look());
    this.#scene = new Scene(editor);
    this.#layers = new Layers(this.#root, this.#look);
    this.#minimap = new Minimap(this.#root, (camera) => this.#moveTo(camera));
    this.#tip = new Tip(this.#root);
    this.#moving = new Moving(this.#scene);
    this.#voice = voice(this.#root);
    this.#theme = document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
    this.#palette = this.#readPalette();
    this.#stage = this.#makeStage();
    this.#keyboard = new Keyboard(this.#scene, {
      selection: () => this.#selection,
      select: (selection) => this.#select(selection),
      show: (stop) => {
        if (stop.kind === 'table') this.#reveal(this.#tableRect(stop.id));
        else this.#reveal(this.#lineRect(stop.id));
      },
      open: () => this.#openSelected(),
      remove: () => this.deleteSelection(),
      escape: () => this.#escape(),
      pan: (dx, dy) => this.#moveTo(this.#camera.panned(dx, dy)),
      preview: (dx, dy) => this.#preview(dx, dy),
      place: (dx, dy) => this.#place(dx, dy),
    });
    this.#input = new Input(this.#root, this.#makeHost());
    this.#listen();
    this.#resize();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#settle);
    clearTimeout(this.#rest);
    this.#keyboard.finish();
    for (const cleanup of this.#cleanups) cleanup();
    this.#root.remove();
  }

  get zoom(): number {
    return this.#camera.zoom;
  }

  /** The core that it draws, for those who measure it. */
  get core(): WasmEditor {
    return this.#editor.core;
  }

  /** Shows at once what was shown before. */
  restore({ x, y, zoom }: CameraState): void {
    this.#isFitted = true;
    this.#moveTo(new Camera(x, y, zoom));
  }

  /** All of the diagram, in the middle. */
  fit(): void {
    this.#measure();
    const bounds = this.#scene.bounds();
    if (bounds !== null) this.#flyTo(this.#fitting(bounds));
  }

  #fitting(bounds: Rect): Camera {
    const covered = this.#callbacks.covered?.() ?? { top: 0, bottom: 0 };
    return Camera.fittingBetween(bounds, this.#layers.view, covered);
  }

  fitSelection(): void {
    const rects = [
      ...[...this.#selection.tables].map((id) => this.#tableRect(id)),
      ...[...this.#selection.refs].map((id) => this.#lineRect(id)),
    ].filter((it) => it !== null);
    const [first, ...others] = rects;
    if (first === undefined) this.fit();
    else this.#flyTo(Camera.fitting(others.reduce(union, first), this.#layers.view, 80));
  }

  zoomIn(): void {
    this.zoomTo((this.#flight?.to ?? this.#camera).zoom * 1.3);
  }

  zoomOut(): void {
    this.zoomTo((this.#flight?.to ?? this.#camera).zoom / 1.3);
  }

  /** Zoom 1 is 100%; the middle of the view stays. */
  zoomTo(zoom: number): void {
    const { width, height } = this.#layers.view;
    const from = this.#flight?.to ?? this.#camera;
    this.#flyTo(from.zoomedAt({ x: width / 2, y: height / 2 }, zoom));
  }

  /** Brings it into view with a short animation and selects it. */
  focusTable(id: TableId): void {
    this.setSelection({ tables: [id] });
    this.#reveal(this.#tableRect(id));
  }

  focusRef(id: RefId): void {
    this.setSelection({ refs: [id] });
    this.#reveal(this.#lineRect(id));
  }

  focusNote(id: NoteId): void {
    this.setSelection({ notes: [id] });
    this.#reveal(this.#scene.notes.find((it) => it.id === id)?.rect ?? null);
  }

  /** Lights a line and both its columns while a list hovers it. */
  highlightRef(id: RefId | null): void {
    if (id === this.#highlighted) return;
    this.#highlighted = id;
    this.#touch('overlay');
  }

  /** Draws lines that are proposed, as the core streams them; an empty stream draws none. */
  propose(stream: Float32Array): void {
    const lines = new Map<number, LineShape>();
    for (const [at, line] of decoded(stream)) if (line !== undefined) lines.set(at, line);
    this.#proposed = lines;
    this.#touch('overlay');
  }

  /** Brings one of the proposed lines to light, by its place among them. */
  lightProposed(at: number | null): void {
    if (at === this.#lit) return;
    this.#lit = at;
    this.#touch('overlay');
  }

  /** Brings two tables into view together. */
  showTables(a: TableId, b: TableId): void {
    const [first, second] = [this.#tableRect(a), this.#tableRect(b)];
    this.#reveal(first !== null && second !== null ? union(first, second) : (first ?? second));
  }

  get selection(): CanvasSelection {
    const { tables, refs, notes } = this.#selection;
    return { tables: [...tables], refs: [...refs], notes: [...notes] };
  }

  setSelection(selection: Partial<CanvasSelection>): void {
    this.#keyboard.finish();
    this.#selection = new Selection(selection.tables, selection.refs, selection.notes);
    this.#dimOthers();
  }

  selectAll(): void {
    const slots = [...Array(this.#scene.nTables).keys()].filter((it) => this.#scene.isTable(it));
    const notes = this.#scene.notes.map((it) => it.id);
    this.#select(
      new Selection(
        slots.map((it) => this.#scene.tableId(it)),
        [],
        notes,
      ),
    );
  }

  /** Deletes what is selected, as the Delete key does. */
  deleteSelection(): void {
    if (this.#selection.isEmpty) return;
    const { tables, refs, notes } = this.selection;
    const things = { tables: [...tables], refs: [...refs], notes: [...notes] };
    const outcome = this.#editor.run({ do: 'delete', things });
    if (!outcome.ok) this.#callbacks.onRefused?.(outcome.fault.message);
    else if (outcome.done.description !== '') this.#callbacks.onDeleted?.(outcome.done.description);
  }

  /** Colours are read from the CSS tokens again. */
  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#palette = this.#readPalette();
    this.#layers.spoil();
    this.#touch('ground', 'scene', 'overlay');
  }

  setMinimap(isShown: boolean): void {
    this.#minimap.isShown = isShown;
    this.#touch('overlay');
  }

  /** Gives the drawing the keyboard. */
  focus(): void {
    this.#root.focus({ preventScroll: true });
  }

  /** Where a place of the view is in the diagram, for what is dropped or made there. */
  worldAt(at: ScreenPoint): { x: number; y: number } {
    const { x, y } = this.#camera.toWorld(at);
    return { x: Math.round(x), y: Math.round(y) };
  }

  /** Where on the canvas the middle of a table's header is, for browser tests. */
  placeOf(id: TableId): ScreenPoint {
    const { x, y, w } = this.#scene.rect(this.#scene.tableSlot(id) ?? -1);
    return this.#camera.toScreen({ x: x + w / 2, y: y + this.#look.headerHeight / 2 });
  }

  /** The part of the diagram that is in view. */
  get shown(): Rect {
    return this.#camera.shown(this.#layers.view);
  }

  /** The middle of what is shown. */
  get centre(): { x: number; y: number } {
    const { width, height } = this.#layers.view;
    return this.worldAt({ x: width / 2, y: height / 2 });
  }

  // Events.

  #listen(): void {
    const resizes = new ResizeObserver(() => this.#resize());
    resizes.observe(this.#root);
    this.#cleanups.push(
      () => resizes.disconnect(),
      this.#editor.subscribe((event) => this.#heard(event)),
    );
    // A canvas does not wait for fonts: text that was set before they came is set again.
    const { fontFamily } = this.#look;
    const faces = [400, 600].map((it) => document.fonts.load(`${it} 13px ${fontFamily}`));
    void Promise.allSettled(faces).then(() => {
      this.#layers.spoil();
      this.#touch('ground', 'scene');
    });
  }

  #heard(event: EditorEvent): void {
    if (event.kind === 'routed') {
      this.#scene.refreshMoved();
      this.#layers.spoil();
      this.#dimOthers();
      this.#touch('scene', 'overlay');
      return;
    }
    if (event.kind !== 'changed') return;
    this.#keyboard.forget();
    if (event.origin !== 'own' && this.#moving.isHeld) this.#input.cancel();
    clearTimeout(this.#rest);
    this.#moving.end();
    this.#scene.refresh();
    this.#scene.refreshGround();
    const { tables, refs, notes } = this.#selection;
    const known = new Selection(
      [...tables].filter((id) => this.#scene.tableSlot(id) !== undefined),
      [...refs].filter((id) => this.#scene.lineSlot(id) !== undefined),
      [...notes].filter((id) => this.#scene.notes.some((it) => it.id === id)),
    );
    if (!known.equals(this.#selection)) this.#select(known);
    this.#hover = null;
    this.#layers.spoil();
    this.#dimOthers();
    this.#touch('ground', 'scene', 'overlay');
  }

  /** Ends a gesture, else the selection. Returns whether there was anything to end. */
  #escape(): boolean {
    if (this.#input.cancel()) return true;
    if (this.#selection.isEmpty) return false;
    this.#select(Selection.none);
    return true;
  }

  #makeHost(): InputHost {
    const view = this;
    return {
      stage: this.#stage,
      get view() {
        return view.#layers.view;
      },
      settle: () => {
        this.#keyboard.finish();
        this.#flight = null;
      },
      opened: (at) => this.#opened(this.#stage.hit(at)),
      keyPressed: (event) => this.#keyboard.pressed(event),
      keyReleased: (event) => this.#keyboard.released(event),
      left: () => this.#keyboard.finish(),
    };
  }

  #opened(hit: HitFace | null): void {
    switch (hit?.kind) {
      case 'handle':
      case 'row':
      case 'header':
        this.#callbacks.onOpenTable?.(hit.table);
        break;
      case 'line':
        this.#callbacks.onOpenRef?.(hit.id);
        break;
      case 'note':
        this.#callbacks.onOpenNote?.(hit.id);
        break;
      default:
    }
  }

  // What pointer states may do.

  #makeStage(): Stage {
    const view = this;
    return {
      get camera() {
        return view.#camera;
      },
      get selection() {
        return view.#selection;
      },
      get hasRows() {
        return view.#layers.detail(view.#camera) === 'full';
      },
      hit: (at) => this.#hit(at),
      pan: (dx, dy) => this.#moveTo(this.#camera.panned(dx, dy)),
      setCamera: (camera) => this.#moveTo(camera),
      hover: (hit, at) => this.#setHover(hit, at),
      select: (selection) => this.#select(selection),
      preview: (dx, dy) => this.#preview(dx, dy),
      dropPreview: () => this.#dropPreview(),
      place: (dx, dy) => this.#place(dx, dy),
      tookHold: () => void navigator.vibrate?.(8),
      drawMarquee: (rect) => {
        this.#marquee = rect;
        this.#touch('overlay');
      },
      within: (rect) => this.#within(rect),
      draftRef: (draft) => this.#draftRef(draft),
      newRef: (seed) => this.#callbacks.onNewRef?.(seed),
      groupTables: (id) => this.#scene.groups.find((it) => it.id === id)?.tables ?? [],
      noteIds: () => this.#scene.notes.map((it) => it.id),
    };
  }

  /** What lies there. Of a group, only its head counts: the rest of it is ground. */
  #hit({ world, isTouch }: PointerAt): HitFace | null {
    const reach = isTouch ? FINGER : REACH;
    const hit = this.#scene.hit(world.x, world.y, reach / this.#camera.zoom);
    if (hit?.kind !== 'group') return hit;
    const group = this.#scene.groups.find((it) => it.id === hit.id);
    return group !== undefined && world.y - group.rect.y < 26 ? hit : null;
  }

  #setHover(hit: HitFace | null, at?: PointerAt): void {
    if (JSON.stringify(hit) === JSON.stringify(this.#hover)) return;
    this.#hover = hit;
    this.#touch('overlay');
    this.#sayWhatIsCut(hit, at);
    switch (hit?.kind) {
      case 'line':
        this.#callbacks.onHover?.({ ref: hit.id });
        break;
      case 'row':
      case 'handle':
        this.#callbacks.onHover?.({ table: hit.table, column: hit.column });
        break;
      case 'header':
        this.#callbacks.onHover?.({ table: hit.table });
        break;
      default:
        this.#callbacks.onHover?.({});
    }
  }

  /** A name that had to be cut or left out is shown whole while the pointer is on it. */
  #sayWhatIsCut(hit: HitFace | null, at?: PointerAt): void {
    this.#say('');
    if (at === undefined || hit === null) return;
    if (hit.kind === 'line') {
      const slot = this.#scene.lineSlot(hit.id);
      const name = slot === undefined ? undefined : this.#scene.lineFace(slot)?.label?.text;
      if (name !== undefined) this.#say(name, at.screen);
    } else if ((hit.kind === 'header' || hit.kind === 'row') && !this.#stage.hasRows) {
      const slot = this.#scene.tableSlot(hit.table);
      if (slot !== undefined) this.#say(this.#scene.title(slot), at.screen);
    } else if (hit.kind === 'row' && this.#stage.hasRows) {
      const slot = this.#scene.tableSlot(hit.table);
      const face = slot === undefined ? undefined : this.#scene.face(slot);
      const row = face?.rows.find((it) => it.column === hit.column);
      if (row !== undefined && (row.name.endsWith('…') || row.type.endsWith('…'))) {
        this.#say(this.#editor.core.column_words(hit.table, hit.column), at.screen);
      }
    }
  }

  #say(text: string, at?: ScreenPoint, isBad = false): void {
    if (text === '' || at === undefined) this.#tip.hide();
    else this.#tip.say(text, at, this.#layers.view, this.#palette, isBad);
  }

  #select(selection: Selection): void {
    if (selection.equals(this.#selection)) return;
    this.#selection = selection;
    this.#dimOthers();
    this.#voice.textContent = this.#describe();
    this.#callbacks.onSelect?.(this.selection);
  }

  /** What is not related to the selection steps back, but for where a ref may be dropped. */
  #dimOthers(): void {
    this.#layers.focusOn(this.#draft === null ? related(this.#scene, this.#selection) : null);
    this.#touch('scene', 'overlay');
  }

  #describe(): string {
    const { tables, refs, size } = this.#selection;
    if (size !== 1) return size === 0 ? '' : `${size} selected`;
    const [table] = tables;
    const slot = table === undefined ? undefined : this.#scene.tableSlot(table);
    if (slot !== undefined) return `Table ${this.#scene.face(slot)?.title ?? ''}`;
    const [ref] = refs;
    const row = ref === undefined ? null : this.#editor.ref(ref);
    return row === null ? '' : `Ref ${row.row.from} ${row.row.symbol} ${row.row.to}`;
  }

  #within(rect: Rect): Selection {
    const tables = [...this.#scene.tablesIn(rect)].map((slot) => this.#scene.tableId(slot));
    const notes = this.#scene.notes.filter((it) => overlaps(it.rect, rect)).map((it) => it.id);
    const refs: RefId[] = [];
    for (const slot of this.#scene.linesIn(rect)) {
      const line = this.#scene.lines[slot];
      if (line !== undefined && isInside(line, rect)) refs.push(this.#scene.lineId(slot));
    }
    return new Selection(tables, refs, notes);
  }

  #draftRef(draft: RefDraft | null): void {
    this.#touch('overlay');
    this.#draftLine = null;
    if (draft === null) {
      this.#draft = null;
      this.#fits = null;
      this.#dimOthers();
      this.#say('');
      return;
    }
    const isFirst = this.#draft === null;
    this.#draft = draft;
    if (isFirst) {
      this.#readFits(draft);
      this.#dimOthers();
    }
    const at = this.#camera.toScreen(draft.at);
    if (draft.toTable === null) this.#say('drop on a column, or on a table', at);
    else if (draft.toColumn === null) this.#say('pick the column next', at);
    else {
      const { fromTable, fromColumn, toTable, toColumn } = draft;
      const { core } = this.#editor;
      const fit = read<Fit | null>(core.fit(fromTable, fromColumn, toTable, toColumn));
      const words = core.column_words(toTable, toColumn);
      this.#draftLine =
        fit?.level === 'bad'
          ? null
          : this.#scene.draftLine(fromTable, fromColumn, toTable, toColumn);
      this.#say(fit?.message || words, at, fit?.level === 'bad');
    }
  }

  #readFits({ fromTable, fromColumn }: RefDraft): void {
    const slots = this.#scene.tablesIn(this.#camera.shown(this.#layers.view));
    const levels = this.#editor.core.fits(fromTable, fromColumn, slots);
    this.#fits = { slots, levels };
  }

  // Moving things.

  #preview(dx: number, dy: number): void {
    if (this.#moving.preview(this.#selection, dx, dy)) {
      this.#layers.spoil();
      this.#touch('scene');
    }
    this.#touch('overlay');
    if (this.#scene.groups.length > 0 || this.#scene.notes.length > 0) this.#touch('ground');
    clearTimeout(this.#rest);
    if (this.#moving.isRough) this.#rest = setTimeout(() => this.#refine(), RESTING);
  }

  /** Routes in earnest what could only be sketched while the pointer moved. */
  #refine(): void {
    if (this.#moving.refine()) {
      this.#layers.spoil();
      this.#touch('scene');
    }
    this.#touch('overlay');
  }

  #dropPreview(): void {
    clearTimeout(this.#rest);
    this.#moving.drop();
    this.#layers.spoil();
    this.#touch('ground', 'scene', 'overlay');
  }

  #place(dx: number, dy: number): void {
    if (dx === 0 && dy === 0) {
      this.#dropPreview();
      return;
    }
    this.#preview(dx, dy);
    const outcome = this.#editor.run({ do: 'move', ...this.#moving.placed() });
    if (outcome.ok) return;
    this.#dropPreview();
    this.#callbacks.onRefused?.(outcome.fault.message);
  }

  // The camera.

  #moveTo(camera: Camera): void {
    if (camera.equals(this.#camera)) return;
    if (camera.zoom !== this.#camera.zoom) {
      this.#zoomedAt = performance.now();
      this.#callbacks.onZoom?.(camera.zoom);
    }
    this.#camera = camera;
    this.#callbacks.onCamera?.({ x: camera.x, y: camera.y, zoom: camera.zoom });
    if (this.#draft !== null) this.#readFits(this.#draft);
    this.#touch('ground', 'scene', 'overlay');
  }

  #flyTo(camera: Camera): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#moveTo(camera);
      return;
    }
    this.#flight = { from: this.#camera, to: camera, start: performance.now() };
    this.#touch('overlay');
  }

  /** A panel may have opened or closed since the last frame. */
  #measure(): void {
    const { clientWidth, clientHeight } = this.#root;
    const { width, height } = this.#layers.view;
    if (clientWidth !== width || clientHeight !== height) this.#resize();
  }

  /** Brings a rectangle into view, near enough to be read; stays where it can be seen already. */
  #reveal(rect: Rect | null): void {
    if (rect === null) return;
    this.#measure();
    const { view } = this.#layers;
    const camera = this.#flight?.to ?? this.#camera;
    const shown = grown(camera.shown(view), -24 / camera.zoom);
    const isShown =
      rect.x >= shown.x &&
      rect.y >= shown.y &&
      rect.x + rect.w <= shown.x + shown.w &&
      rect.y + rect.h <= shown.y + shown.h;
    if (isShown && camera.zoom >= 0.5) return;
    const near = Math.min(1, Math.max(camera.zoom, 0.8));
    const { zoom } = Camera.fitting(rect, view, 60, near);
    this.#flyTo(Camera.centredOn(rect, view, zoom));
  }

  #tableRect(id: TableId): Rect | null {
    const slot = this.#scene.tableSlot(id);
    return slot === undefined ? null : this.#scene.rect(slot);
  }

  /** The line with both its tables. */
  #lineRect(id: RefId): Rect | null {
    const slot = this.#scene.lineSlot(id);
    const line = slot === undefined ? undefined : this.#scene.lines[slot];
    if (line === undefined) return null;
    return union(this.#scene.rect(line.fromTable), this.#scene.rect(line.toTable));
  }

  #openSelected(): void {
    const [table] = this.#selection.tables;
    const [ref] = this.#selection.refs;
    const [note] = this.#selection.notes;
    if (table !== undefined) this.#callbacks.onOpenTable?.(table);
    else if (ref !== undefined) this.#callbacks.onOpenRef?.(ref);
    else if (note !== undefined) this.#callbacks.onOpenNote?.(note);
  }

  // Painting.

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#root;
    if (width === 0 || height === 0) return;
    this.#layers.resize({ width, height }, window.devicePixelRatio || 1);
    if (!this.#isFitted) {
      this.#isFitted = true;
      const bounds = this.#scene.bounds();
      if (bounds !== null) this.#moveTo(this.#fitting(bounds));
    }
    this.#dirty = { ground: true, scene: true, overlay: true };
    // At once: an emptied canvas would flicker until the next frame.
    this.#paint(performance.now());
  }

  #readPalette(): Palette {
    return palette(this.#look, this.#theme === 'dark', getComputedStyle(this.#root));
  }

  #touch(...layers: LayerName[]): void {
    for (const layer of layers) this.#dirty[layer] = true;
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#paint(now));
  }

  #paint(now: number): void {
    this.#frame = 0;
    this.#fly(now);
    const { ground, scene, overlay } = this.#dirty;
    this.#dirty = { ground: false, scene: false, overlay: false };
    const [camera, colors] = [this.#camera, this.#palette];
    if (ground) this.#layers.paintGround(this.#scene, camera, colors);
    if (scene) {
      const isZooming = this.#flight !== null || performance.now() - this.#zoomedAt < SETTLED;
      if (this.#layers.paintScene(this.#scene, camera, colors, this.#moving.live, isZooming)) {
        clearTimeout(this.#settle);
        this.#settle = setTimeout(() => this.#touch('scene'), SETTLED + 10);
      }
    }
    if (overlay) {
      this.#layers.paintOverlay(this.#scene, camera, colors, this.#moving.live, this.#overlay());
    }
    const { view, ratio } = this.#layers;
    this.#minimap.paint(this.#scene, colors, camera, view, ratio);
    if (this.#flight !== null) this.#touch('overlay');
  }

  #fly(now: number): void {
    if (this.#flight === null) return;
    const { from, to, start } = this.#flight;
    const t = Math.min(1, Math.max(0, (now - start) / 260));
    const eased = 1 - (1 - t) ** 3;
    this.#moveTo(t === 1 ? to : from.towards(to, eased));
    if (t === 1) this.#flight = null;
  }

  #overlay(): Overlay {
    const hover = this.#input.isResting ? this.#hover : null;
    const [highlighted, hasRows] = [this.#highlighted, this.#stage.hasRows];
    return {
      ...lights(this.#scene, this.#selection, hover, highlighted, hasRows),
      marquee: this.#marquee,
      proposed: {
        lines: [...this.#proposed.values()],
        lit: this.#lit === null ? undefined : this.#proposed.get(this.#lit),
      },
      draft: this.#draft,
      draftLine: this.#draftLine,
      fits: this.#fits,
    };
  }
}
