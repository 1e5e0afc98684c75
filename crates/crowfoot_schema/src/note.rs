use smol_str::SmolStr;

use crate::{Color, Extra, NoteId, Point, Size, patch::patch};

patch! {
    /// A sticky note on the canvas.
    Note: NoteId,
    NotePatch {
        name: SmolStr,
        text: String,
        ;
        color: Option<Color>,
        position: Option<Point>,
        size: Option<Size>,
        extras: Vec<Extra>,
    }
}
