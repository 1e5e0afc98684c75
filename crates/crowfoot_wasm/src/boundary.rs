//! The thin shell around [`Editor`] that JavaScript sees.
//!
//! Whatever has structure crosses as JSON: `{"ok": ...}` or `{"error": fault}`. Nothing panics on
//! what JavaScript hands in.

use crowfoot_schema::TableId;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Editor, outcome::Fault, scene::Look};

/// An editor as JavaScript holds it.
#[wasm_bindgen]
pub struct WasmEditor {
    editor: Editor,
}

#[wasm_bindgen]
impl WasmEditor {
    /// `millis` since 1970 and two random words seed the ids that it makes.
    #[wasm_bindgen(constructor)]
    pub fn new(millis: f64, random: &[u64]) -> Self {
        report_panics();
        let word = |at: usize| u128::from(random.get(at).copied().unwrap_or(0));
        Self { editor: Editor::new(millis as u64, (word(0) << 64) | word(1)) }
    }

    pub fn open(&mut self, snapshot: &str) -> String {
        answer(self.editor.open(snapshot))
    }

    pub fn reopen(&mut self, snapshot: &str) -> String {
        answer(self.editor.reopen(snapshot))
    }

    pub fn diagram_id(&self) -> String {
        self.editor.id.clone()
    }

    pub fn name(&self) -> String {
        self.editor.name.clone()
    }

    pub fn revision(&self) -> f64 {
        self.editor.revision as f64
    }

    pub fn n_pending(&self) -> usize {
        self.editor.n_pending()
    }

    /// Takes a `Query` and gives what it asks for.
    pub fn ask(&mut self, query: &str) -> String {
        answer(read(query).and_then(|it| self.editor.ask(it)))
    }

    /// Takes a `Command` and gives a `Done`.
    pub fn run(&mut self, command: &str) -> String {
        answer(read(command).and_then(|it| self.editor.run(it)))
    }

    pub fn undo(&mut self) -> String {
        answer(self.editor.undo())
    }

    pub fn redo(&mut self) -> String {
        answer(self.editor.redo())
    }

    pub fn history(&self) -> String {
        answer(Ok(self.editor.history()))
    }

    pub fn outgoing(&self) -> String {
        answer(Ok(self.editor.outgoing()))
    }

    /// Takes a committed change-set; `own` is its ticket if it is one of ours. Gives a `Received`.
    pub fn receive(&mut self, revision: f64, changes: &str, own: Option<u32>) -> String {
        answer(read(changes).and_then(|it| self.editor.receive(revision as u64, &it, own)))
    }

    /// Takes an own change back; `reasons` is an array of texts. Gives a `Received`.
    pub fn drop_pending(&mut self, ticket: u32, reasons: &str) -> String {
        answer(read(reasons).map(|it| self.editor.drop_pending(ticket, it)))
    }

    // Drafts of tables.

    /// Takes a `DraftCall` about the draft of a table and gives its `DraftView` or null.
    pub fn draft(&mut self, table: &str, call: &str) -> String {
        answer(read(call).and_then(|it| self.editor.draft(table_id(table)?, it)))
    }

    /// An array of the tables whose drafts changed by themselves since this was asked last.
    pub fn take_stale_drafts(&mut self) -> String {
        answer(Ok(self.editor.take_stale_drafts()))
    }

    /// A `DraftOutgoing` to be saved, or null if nothing is pending.
    pub fn send_draft(&mut self, table: &str) -> String {
        answer(table_id(table).and_then(|it| self.editor.send_draft(it)))
    }

    /// Takes in what the server made of a draft that was sent. Gives a `Received`.
    pub fn draft_saved(&mut self, table: &str, revision: f64, changes: &str) -> String {
        let saved = table_id(table).and_then(|table| {
            let changes = read(changes)?;
            self.editor.draft_saved(table, revision as u64, &changes)
        });
        answer(saved)
    }

    /// What was sent came with a snapshot.
    pub fn draft_confirmed(&mut self, table: &str) -> String {
        answer(table_id(table).map(|it| self.editor.draft_confirmed(it)))
    }

    /// The server did not take a draft; `reasons` is an array of `Reason`.
    pub fn draft_not_saved(&mut self, table: &str, reasons: &str) -> String {
        let done = table_id(table).and_then(|table| {
            self.editor.draft_not_saved(table, read(reasons)?);
            Ok(())
        });
        answer(done)
    }

    /// What must be kept to take a draft up again later, or null.
    pub fn keep_draft(&self, table: &str) -> String {
        answer(table_id(table).map(|it| self.editor.keep_draft(it)))
    }

    /// Takes a kept draft up again and gives its `DraftView` or null.
    pub fn restore_draft(&mut self, kept: &str) -> String {
        answer(self.editor.restore_draft(kept))
    }

    // Suggestions.

    /// Looks at up to that many tables; true when none is waiting any more.
    pub fn look_for_suggestions(&mut self, n_tables: usize) -> bool {
        self.editor.look_for_suggestions(n_tables)
    }

    /// Takes an array of keys or null for all. Gives lines as `line_stream` does, numbered from 0.
    pub fn preview_suggestions(&mut self, keys: &str) -> Vec<f32> {
        let keys: Option<Vec<String>> = read(keys).unwrap_or_default();
        self.editor.preview_suggestions(keys.as_deref())
    }

    // Arranging beside the page.

    /// The document of what is shown, for `arrange_document`.
    pub fn document(&self) -> String {
        self.editor.document()
    }

    /// Places for all tables of a document, in a style: an array of `PlacedTable`. It is for a worker,
    /// which has nothing but the document.
    pub fn arrange_document(document: &str, style: &str, listener: &Listener) -> String {
        report_panics();
        let style = serde_json::Value::from(style).to_string();
        let tell = |share| listener.told(share);
        answer(read(&style).and_then(|style| crate::plan::arrange_document(document, style, &tell)))
    }

    // The scene.

    /// A `Look`: the measures and colours that canvas and SVG share.
    pub fn look() -> String {
        answer(Ok(Look::shared()))
    }

    /// Shows the view of that id on the canvas, or the whole diagram for an empty text.
    pub fn show_view(&mut self, view: &str) {
        self.editor.show_view(id(view));
    }

    pub fn take_scene_changes(&mut self) -> Vec<u32> {
        self.editor.take_scene_changes()
    }

    pub fn table_boxes(&self) -> Vec<i32> {
        self.editor.table_boxes()
    }

    pub fn table_box(&self, slot: u32) -> Vec<i32> {
        self.editor.table_box(slot).to_vec()
    }

    /// An array of `TableFace` or null.
    pub fn table_faces(&self, slots: &[u32]) -> String {
        answer(Ok(self.editor.table_faces(slots)))
    }

    pub fn line_stream(&self, slots: &[u32]) -> Vec<f32> {
        self.editor.line_stream(slots)
    }

    pub fn table_ids(&self) -> Vec<String> {
        self.editor.table_ids()
    }

    pub fn table_titles(&self) -> Vec<String> {
        self.editor.table_titles()
    }

    pub fn table_weights(&self) -> Vec<u32> {
        self.editor.table_weights()
    }

    pub fn line_ids(&self) -> Vec<String> {
        self.editor.line_ids()
    }

    pub fn n_line_slots(&self) -> usize {
        self.editor.scene.n_line_slots()
    }

    /// A `LineFace` or null.
    pub fn line_face(&self, slot: u32) -> String {
        answer(Ok(self.editor.line_face(slot)))
    }

    /// A `LegendFace` or null.
    pub fn legend(&self) -> String {
        answer(Ok(self.editor.legend()))
    }

    pub fn lines_of(&self, table: u32) -> Vec<u32> {
        self.editor.lines_of(table)
    }

    /// An array of `GroupFace`.
    pub fn group_faces(&self) -> String {
        answer(Ok(self.editor.group_faces()))
    }

    /// An array of `NoteFace`.
    pub fn note_faces(&self) -> String {
        answer(Ok(self.editor.note_faces()))
    }

    /// A `HitFace` or null.
    pub fn hit(&self, x: f32, y: f32, tolerance: f32) -> String {
        answer(Ok(self.editor.hit(x, y, tolerance)))
    }

    pub fn tables_in(&self, x: i32, y: i32, w: i32, h: i32) -> Vec<u32> {
        self.editor.tables_in(x, y, w, h)
    }

    pub fn lines_in(&self, x: i32, y: i32, w: i32, h: i32) -> Vec<u32> {
        self.editor.lines_in(x, y, w, h)
    }

    pub fn bounds(&self) -> Vec<i32> {
        self.editor.bounds()
    }

    pub fn preview_move(&mut self, slots: &[u32], dx: i32, dy: i32) {
        self.editor.preview_move(slots, dx, dy);
    }

    pub fn sketch_move(&self, slots: &[u32], dx: i32, dy: i32) -> Vec<f32> {
        self.editor.sketch_move(slots, dx, dy)
    }

    /// Whether all lines are drawn where they belong; else `route_more` is to be called.
    pub fn is_routed(&self) -> bool {
        self.editor.scene.is_routed()
    }

    /// Routes about so many lines more; true when none waits any more.
    pub fn route_more(&mut self, n_lines: usize) -> bool {
        self.editor.route_more(n_lines)
    }

    pub fn drop_preview(&mut self) {
        self.editor.drop_preview();
    }

    /// What dropping a column on another one would draw, as in `line_stream`.
    pub fn draft_line(
        &mut self,
        from_table: &str,
        from: &str,
        to_table: &str,
        to: &str,
    ) -> Vec<f32> {
        let ids = || Some(((id(from_table)?, id(from)?), (id(to_table)?, id(to)?)));
        ids().map_or_else(Vec::new, |(from, to)| self.editor.draft_line(from, to))
    }

    /// A `Fit` or null.
    pub fn fit(&self, from_table: &str, from: &str, to_table: &str, to: &str) -> String {
        let ids = || Some((id(from_table)?, id(from)?, id(to_table)?, id(to)?));
        let fit = ids().and_then(|(from_table, from, to_table, to)| {
            self.editor.fit((from_table, from), (to_table, to))
        });
        answer(Ok(fit))
    }

    /// For each row of the tables in those slots: 0 good, 1 odd, 2 bad.
    pub fn fits(&self, table: &str, column: &str, slots: &[u32]) -> Vec<u8> {
        match (id(table), id(column)) {
            (Some(table), Some(column)) => self.editor.fits((table, column), slots),
            _ => Vec::new(),
        }
    }

    /// `table.column type`, uncut; empty if it is not there.
    pub fn column_words(&self, table: &str, column: &str) -> String {
        let ids = id(table).zip(id(column));
        let words = ids.and_then(|(table, column)| self.editor.column_words(table, column));
        words.unwrap_or_default()
    }
}

#[wasm_bindgen]
extern "C" {
    /// Hears how much of a long work is done, from 0 to 1.
    pub type Listener;

    #[wasm_bindgen(method)]
    fn told(this: &Listener, share: f32);
}

fn id<Id: From<Uuid>>(text: &str) -> Option<Id> {
    Uuid::parse_str(text).ok().map(Id::from)
}

fn table_id(text: &str) -> Result<TableId, Fault> {
    id(text).ok_or_else(|| Fault::new("wasm/bad-call", "this is no id of a table"))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|it| Fault::new("wasm/bad-call", it.to_string()))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Answer<T> {
    Ok(T),
    Error(Fault),
}

fn answer<T: Serialize>(result: Result<T, Fault>) -> String {
    let written = match result {
        Ok(value) => serde_json::to_string(&Answer::Ok(value)),
        Err(fault) => serde_json::to_string(&Answer::<()>::Error(fault)),
    };
    written.unwrap_or_else(|_| {
        r#"{"error":{"code":"wasm/unprintable","message":"the answer cannot be written","reasons":[]}}"#
            .to_owned()
    })
}

/// Panics are faults of ours: they reach the console with their place before the core stops.
fn report_panics() {
    #[cfg(target_arch = "wasm32")]
    std::panic::set_hook(Box::new(|info| log_error(&info.to_string())));
}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn log_error(text: &str);
}
