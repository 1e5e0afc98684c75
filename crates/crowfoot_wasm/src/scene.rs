//! The scene as the canvas reads it: numbers in flat arrays, texts only of what is looked at.

use std::collections::BTreeSet;

use crowfoot_layout::{
    End, Facing, Hit, Ink, Line, MarkShape, Pattern, Rect, RowFlags, SceneDelta, TableBox, Theme,
    mark_shapes, sizes,
};
use crowfoot_schema::{Color, ColumnId, ColumnPairs, GroupId, NoteId, Ref, RefId, TableId};
use serde::Serialize;
use smol_str::SmolStr;

use crate::{
    Editor,
    kinship::{Kinship, kinship},
    view::{RefForm, RefSeed},
};

/// What changed in the scene since somebody last asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SceneChanges {
    tables: BTreeSet<u32>,
    lines: BTreeSet<u32>,
    is_rebuilt: bool,
}

impl SceneChanges {
    /// Everything is new.
    pub(crate) fn all() -> Self {
        Self { is_rebuilt: true, ..Self::default() }
    }

    pub(crate) fn add(&mut self, delta: SceneDelta) {
        self.is_rebuilt |= delta.is_rebuilt;
        self.tables.extend(delta.tables);
        self.lines.extend(delta.lines);
    }

    /// `[is rebuilt, n tables, table slots..., line slots...]`
    pub(crate) fn take(&mut self) -> Vec<u32> {
        let taken = std::mem::take(self);
        let head = [u32::from(taken.is_rebuilt), taken.tables.len() as u32];
        head.into_iter().chain(taken.tables).chain(taken.lines).collect()
    }
}

/// What a table shows when one comes close enough to read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TableFace {
    pub id: TableId,
    pub title: SmolStr,
    pub schema: Option<SmolStr>,
    pub color: Option<Color>,
    pub has_note: bool,
    pub rows: Vec<RowFace>,
}

/// A row of a table's face.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RowFace {
    pub column: ColumnId,
    pub name: SmolStr,
    #[serde(rename = "type")]
    pub ty: SmolStr,
    /// Bits: 1 primary, 2 foreign, 4 unique, 8 not null, 16 note, 32 enum.
    pub flags: u8,
}

/// The ground behind a group, as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct GroupFace {
    pub id: GroupId,
    pub name: SmolStr,
    pub color: Option<Color>,
    pub rect: Frame,
    /// Its tables, which move with it.
    pub tables: Vec<TableId>,
}

/// A sticky note as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NoteFace {
    pub id: NoteId,
    pub name: SmolStr,
    pub text: String,
    pub color: Option<Color>,
    pub rect: Frame,
}

/// A rectangle on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Frame {
    pub x: i32,
    pub y: i32,
    pub w: i32,
    pub h: i32,
}

impl From<Rect> for Frame {
    fn from(rect: Rect) -> Self {
        Self { x: rect.x, y: rect.y, w: rect.w, h: rect.h }
    }
}

/// What lies under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum HitFace {
    /// The edge of a row, from which a ref is dragged.
    Handle {
        table: TableId,
        column: ColumnId,
        side: HandleSide,
    },
    Row {
        table: TableId,
        column: ColumnId,
    },
    Header {
        table: TableId,
    },
    Line {
        id: RefId,
    },
    Note {
        id: NoteId,
    },
    Group {
        id: GroupId,
    },
}

/// At which edge of its row a handle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum HandleSide {
    Left,
    Right,
}

/// One end of a line, for lighting its columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LineFace {
    pub id: RefId,
    pub from_table: TableId,
    pub from_columns: Vec<ColumnId>,
    pub to_table: TableId,
    pub to_columns: Vec<ColumnId>,
    /// The ref's name and where its middle stands; none if it has no name.
    pub label: Option<LabelFace>,
}

/// A text on a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LabelFace {
    pub text: SmolStr,
    pub x: f32,
    pub y: f32,
}

/// The places are whole or half pixels.
impl Eq for LabelFace {}

/// How the types of two columns go together while a ref is being dragged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Fit {
    pub level: FitLevel,
    /// Why it does not fit, or what is odd; empty if all is well.
    pub message: String,
}

/// How well a column fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum FitLevel {
    Good,
    /// It can be done, and something should be known about it.
    Odd,
    Bad,
}

/// The measures and colours that canvas and SVG share.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Look {
    pub font_family: &'static str,
    pub title_size: u8,
    pub name_size: u8,
    pub type_size: u8,
    pub label_size: u8,
    pub header_height: i32,
    pub row_height: i32,
    pub padding: i32,
    pub icon_width: i32,
    pub null_width: i32,
    pub corner_radius: i32,
    pub bend_radius: f32,
    pub fork: i32,
    /// Strokes and gaps in turn, by the number of the pattern in the stream of lines.
    pub patterns: [&'static [f32]; Pattern::ALL.len()],
    pub light: Colors,
    pub dark: Colors,
}

/// The colours of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Colors {
    pub ground: &'static str,
    pub table: &'static str,
    pub outline: &'static str,
    pub divider: &'static str,
    pub header: &'static str,
    pub header_text: &'static str,
    pub header_muted: &'static str,
    pub text: &'static str,
    pub muted: &'static str,
    pub primary: &'static str,
    pub foreign: &'static str,
    pub unique: &'static str,
    pub line: &'static str,
    pub note: &'static str,
    pub note_text: &'static str,
    pub group: &'static str,
}

/// What the colours of lines mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LegendFace {
    pub title: &'static str,
    pub keys: Vec<KeyFace>,
}

/// One look of lines and what it means.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct KeyFace {
    pub words: SmolStr,
    /// In the light theme, as CSS has it.
    pub light: String,
    pub dark: String,
    /// Strokes and gaps in turn; none for a solid line.
    pub dashes: &'static [f32],
    pub is_bold: bool,
}

/// How many numbers stand for a table in [`Editor::table_boxes`].
pub const TABLE_STRIDE: usize = 6;
/// The texts that marks at the ends of lines are made of, by their number.
const MARK_TEXTS: [&str; 4] = ["*", "0..1", "1", "Z"];

impl Editor {
    /// The boxes of all table slots: x, y, width, height, rows, and the header's colour as a
    /// number or -1. A free slot has width 0.
    pub fn table_boxes(&self) -> Vec<i32> {
        let slots = self.scene.n_table_slots();
        let mut boxes = Vec::with_capacity(slots * TABLE_STRIDE);
        for slot in 0..slots {
            boxes.extend(self.scene.table(slot as u32).map_or([0; TABLE_STRIDE], table_box));
        }
        boxes
    }

    /// The box of one table slot, as in [`Self::table_boxes`].
    pub fn table_box(&self, slot: u32) -> [i32; TABLE_STRIDE] {
        self.scene.table(slot).map_or([0; TABLE_STRIDE], table_box)
    }

    /// What the tables in those slots show; none for a free slot.
    pub fn table_faces(&self, slots: &[u32]) -> Vec<Option<TableFace>> {
        slots.iter().map(|&slot| self.scene.table(slot).map(face)).collect()
    }

    /// The lines in those slots as a stream of numbers, one line after another:
    ///
    /// slot, slot of the from table, slot of the to table, colour in the light theme and in the dark
    /// one or -1, number of the pattern, whether it is bold, how far below its way each end is, then counted: points (x, y), branches of forks (x0, y0, x1, y1), and figures of the end
    /// notations (kind and its numbers: 0 stroke x0 y0 x1 y1, 1 open circle x y radius, 2 filled
    /// circle x y radius, 3 rhombus x y radius, 4 text x y number of the text, 5 gap in the line x0 y0 x1 y1).
    ///
    /// A free slot has no points.
    pub fn line_stream(&self, slots: &[u32]) -> Vec<f32> {
        let mut stream = Vec::with_capacity(slots.len() * 64);
        for &slot in slots {
            match self.scene.line(slot) {
                Some(line) => self.write_line(slot, line, &mut stream),
                None => {
                    stream.extend([slot as f32, -1.0, -1.0, -1.0, -1.0]);
                    stream.extend([0.0; 7]);
                }
            }
        }
        stream
    }

    pub(crate) fn write_line(&self, slot: u32, line: &Line, stream: &mut Vec<f32>) {
        let table = |end: &End| self.scene.table_slot(end.table).map_or(-1.0, |it| it as f32);
        stream.extend([slot as f32, table(&line.from), table(&line.to)]);
        stream.extend(ink(line.ink));
        stream.extend([line.from.aside, line.to.aside]);
        stream.push(line.points.len() as f32);
        stream.extend(line.points.iter().flat_map(|it| [it.x, it.y]));
        let at = stream.len();
        stream.push(0.0);
        for (a, b) in [&line.from, &line.to].into_iter().flat_map(End::fork_segments) {
            stream[at] += 1.0;
            stream.extend([a.x, a.y, b.x, b.y]);
        }
        let at = stream.len();
        stream.push(0.0);
        for end in [&line.from, &line.to] {
            mark_shapes(end, self.scene.notation(), |shape| {
                stream[at] += 1.0;
                match shape {
                    MarkShape::Stroke(a, b) => stream.extend([0.0, a.x, a.y, b.x, b.y]),
                    MarkShape::Circle { center, radius, is_filled } => {
                        let kind = if is_filled { 2.0 } else { 1.0 };
                        stream.extend([kind, center.x, center.y, radius]);
                    }
                    MarkShape::Diamond { center, radius } => {
                        stream.extend([3.0, center.x, center.y, radius]);
                    }
                    MarkShape::Gap(a, b) => stream.extend([5.0, a.x, a.y, b.x, b.y]),
                    MarkShape::Text { at, text } => {
                        let number = MARK_TEXTS.iter().position(|it| *it == text).unwrap_or(0);
                        stream.extend([4.0, at.x, at.y, number as f32]);
                    }
                }
            });
        }
    }

    /// The ids of all table slots in order, empty for a free one.
    pub fn table_ids(&self) -> Vec<String> {
        let slots = 0..self.scene.n_table_slots() as u32;
        slots
            .map(|it| self.scene.table(it).map_or_else(String::new, |it| it.id.to_string()))
            .collect()
    }

    /// The names of all table slots in order, without their schemas; empty for a free one.
    pub fn table_titles(&self) -> Vec<String> {
        let slots = 0..self.scene.n_table_slots() as u32;
        slots
            .map(|it| self.scene.table(it).map_or_else(String::new, |it| it.title.to_string()))
            .collect()
    }

    /// How many lines touch each table slot, those that are not routed yet, too.
    pub fn table_weights(&self) -> Vec<u32> {
        let slots = 0..self.scene.n_table_slots() as u32;
        slots.map(|it| self.lines_of(it).len() as u32).collect()
    }

    /// The ids of all line slots in order, empty for a free one.
    pub fn line_ids(&self) -> Vec<String> {
        let slots = 0..self.scene.n_line_slots() as u32;
        slots
            .map(|it| self.scene.line(it).map_or_else(String::new, |it| it.id.to_string()))
            .collect()
    }

    /// What a line joins.
    pub fn line_face(&self, slot: u32) -> Option<LineFace> {
        let line = self.scene.line(slot)?;
        Some(LineFace {
            id: line.id,
            from_table: line.from.table,
            from_columns: line.from.columns.clone(),
            to_table: line.to.table,
            to_columns: line.to.columns.clone(),
            label: line.label.as_ref().map(|it| LabelFace {
                text: it.text.clone(),
                x: it.at.x,
                y: it.at.y,
            }),
        })
    }

    /// What the colours of lines mean, where they mean something.
    pub fn legend(&self) -> Option<LegendFace> {
        let legend = self.scene.legend()?;
        let key = |it: crowfoot_layout::Key| {
            let css = |theme: Theme| match it.ink.tint {
                Some(tint) => tint.css(theme),
                None => theme.palette().line.to_owned(),
            };
            KeyFace {
                light: css(Theme::Light),
                dark: css(Theme::Dark),
                dashes: it.ink.pattern.dashes(),
                is_bold: it.ink.is_bold,
                words: it.words,
            }
        };
        Some(LegendFace { title: legend.title, keys: legend.keys.into_iter().map(key).collect() })
    }

    /// The slots of the lines that touch a table.
    pub fn lines_of(&self, table: u32) -> Vec<u32> {
        self.scene.table(table).map_or_else(Vec::new, |it| self.scene.lines_of(it.id))
    }

    /// The grounds of the groups that have tables.
    pub fn group_faces(&self) -> Vec<GroupFace> {
        let members = |id: GroupId| {
            let tables = self.scene.tables().filter(move |(_, it)| it.group == Some(id));
            tables.map(|(_, it)| it.id).collect()
        };
        let faces = self.scene.groups().iter().map(|it| GroupFace {
            id: it.id,
            name: it.name.clone(),
            color: it.color.clone(),
            rect: it.rect.into(),
            tables: members(it.id),
        });
        faces.collect()
    }

    /// The sticky notes.
    pub fn note_faces(&self) -> Vec<NoteFace> {
        let faces = self.scene.notes().iter().map(|it| NoteFace {
            id: it.id,
            name: it.name.clone(),
            text: it.text.clone(),
            color: it.color.clone(),
            rect: it.rect.into(),
        });
        faces.collect()
    }

    /// What lies under a point, topmost first; lines are hit from `tolerance` away.
    pub fn hit(&self, x: f32, y: f32, tolerance: f32) -> Option<HitFace> {
        Some(match self.scene.hit(x, y, tolerance)? {
            Hit::Handle { table, column, facing } => {
                let side = match facing {
                    Facing::Left => HandleSide::Left,
                    Facing::Right => HandleSide::Right,
                };
                HitFace::Handle { table, column, side }
            }
            Hit::Row { table, column } => HitFace::Row { table, column },
            Hit::Header(table) => HitFace::Header { table },
            Hit::Line(id) => HitFace::Line { id },
            Hit::Note(id) => HitFace::Note { id },
            Hit::Group(id) => HitFace::Group { id },
        })
    }

    /// The slots of the tables that a rectangle may show.
    pub fn tables_in(&self, x: i32, y: i32, w: i32, h: i32) -> Vec<u32> {
        let mut found = Vec::new();
        self.scene.tables_in(Rect { x, y, w, h }, &mut found);
        found
    }

    /// The slots of the lines that a rectangle may show.
    pub fn lines_in(&self, x: i32, y: i32, w: i32, h: i32) -> Vec<u32> {
        let mut found = Vec::new();
        self.scene.lines_in(Rect { x, y, w, h }, &mut found);
        found
    }

    /// The smallest rectangle around everything: x, y, width, height; empty if there is nothing.
    pub fn bounds(&self) -> Vec<i32> {
        self.scene.bounds().map_or_else(Vec::new, |it| vec![it.x, it.y, it.w, it.h])
    }

    /// Shows tables moved by so much, until they are moved for good or put back.
    pub fn preview_move(&mut self, slots: &[u32], dx: i32, dy: i32) {
        let tables: Vec<_> =
            slots.iter().filter_map(|&slot| Some(self.scene.table(slot)?.id)).collect();
        let delta = self.scene.preview_move(&tables, dx, dy);
        self.scene_changes.add(delta);
    }

    /// The lines of the tables in those slots in a hurry, were they moved by so much from where the
    /// diagram has them; as in [`Self::line_stream`].
    pub fn sketch_move(&self, slots: &[u32], dx: i32, dy: i32) -> Vec<f32> {
        let tables: Vec<_> =
            slots.iter().filter_map(|&slot| Some(self.scene.table(slot)?.id)).collect();
        let mut stream = Vec::new();
        for (slot, line) in self.scene.sketch_move(&tables, dx, dy) {
            self.write_line(slot, &line, &mut stream);
        }
        stream
    }

    /// The line that dropping a column on another one would make, in the stream of
    /// [`Self::line_stream`]; empty if it makes none.
    pub fn draft_line(&mut self, from: (TableId, ColumnId), to: (TableId, ColumnId)) -> Vec<f32> {
        let seed = RefSeed {
            from_table: Some(from.0),
            from_column: Some(from.1),
            to_table: Some(to.0),
            to_column: Some(to.1),
        };
        let RefForm { from_table, to_table, pairs, cardinality, .. } =
            self.lens().new_ref(seed).form;
        let pairs = pairs.into_iter().filter_map(|it| Some((it.from?, it.to?))).collect();
        let (Some(from), Some(to), Ok(pairs)) = (from_table, to_table, ColumnPairs::new(pairs))
        else {
            return Vec::new();
        };
        let mut reference = Ref::new(self.mint.id(), from, to, pairs);
        reference.cardinality = cardinality;
        let mut stream = Vec::new();
        if let Some(line) = self.scene.sketch_ref(&self.seen, &reference) {
            self.write_line(0, &line, &mut stream);
        }
        stream
    }

    /// Routes about so many lines more of those that wait; true when none does any more.
    pub fn route_more(&mut self, n_lines: usize) -> bool {
        if let Some(delta) = self.scene.route_more(n_lines) {
            self.scene_changes.add(delta);
        }
        self.scene.is_routed()
    }

    /// Puts back the tables that were shown moved.
    pub fn drop_preview(&mut self) {
        let delta = self.scene.drop_preview();
        self.scene_changes.add(delta);
    }

    /// What changed since the last call: `[is rebuilt, n tables, table slots..., line slots...]`.
    pub fn take_scene_changes(&mut self) -> Vec<u32> {
        self.scene_changes.take()
    }

    /// How a column would do at the other end of a ref dragged from a column; none if either is
    /// not there.
    pub fn fit(&self, from: (TableId, ColumnId), to: (TableId, ColumnId)) -> Option<Fit> {
        let (from_table, to_table) = (self.shown.table(from.0)?, self.shown.table(to.0)?);
        let (a, b) = (from_table.column(from.1)?, to_table.column(to.1)?);
        if from == to {
            let message = "a column cannot refer to itself".to_owned();
            return Some(Fit { level: FitLevel::Bad, message });
        }
        Some(match kinship(&self.shown, a, b) {
            Kinship::Strange(message) => Fit { level: FitLevel::Bad, message },
            Kinship::Loose(message) => Fit { level: FitLevel::Odd, message },
            Kinship::Same => {
                let is_key = from_table.is_unique(&[a.id])
                    || to_table.is_unique(&[b.id])
                    || to_table.is_primary(b.id)
                    || from_table.is_primary(a.id);
                if is_key {
                    Fit { level: FitLevel::Good, message: String::new() }
                } else {
                    let message = "neither column is a key".to_owned();
                    Fit { level: FitLevel::Odd, message }
                }
            }
        })
    }

    /// How all rows of the tables in those slots would do, row by row: 0 good, 1 odd, 2 bad.
    pub fn fits(&self, from: (TableId, ColumnId), slots: &[u32]) -> Vec<u8> {
        let mut levels = Vec::new();
        for table in slots.iter().filter_map(|&slot| self.scene.table(slot)) {
            levels.extend(table.rows.iter().map(|row| {
                if from == (table.id, row.column) {
                    return 1;
                }
                self.fit(from, (table.id, row.column)).map_or(2, |it| match it.level {
                    FitLevel::Good => 0,
                    FitLevel::Odd => 1,
                    FitLevel::Bad => 2,
                })
            }));
        }
        levels
    }

    /// The text of a column's type, uncut.
    pub fn column_words(&self, table: TableId, column: ColumnId) -> Option<String> {
        let table = self.shown.table(table)?;
        let column = table.column(column)?;
        let ty = crate::words::type_text(&self.shown, column);
        Some(format!("{}.{} {ty}", crate::words::table_label(table), column.name))
    }
}

impl Look {
    /// The measures and colours that canvas and SVG share.
    pub fn shared() -> Self {
        Self {
            font_family: sizes::FONT_FAMILY,
            title_size: sizes::TITLE_FACE.size,
            name_size: sizes::NAME_FACE.size,
            type_size: sizes::TYPE_FACE.size,
            label_size: sizes::LABEL_FACE.size,
            header_height: sizes::HEADER_HEIGHT,
            row_height: sizes::ROW_HEIGHT,
            padding: sizes::PADDING,
            icon_width: sizes::ICON_WIDTH,
            null_width: sizes::NULL_WIDTH,
            corner_radius: sizes::CORNER_RADIUS,
            bend_radius: sizes::BEND_RADIUS,
            fork: sizes::FORK,
            patterns: Pattern::ALL.map(Pattern::dashes),
            light: colors(Theme::Light),
            dark: colors(Theme::Dark),
        }
    }
}

fn colors(theme: Theme) -> Colors {
    let it = theme.palette();
    Colors {
        ground: it.ground,
        table: it.table,
        outline: it.outline,
        divider: it.divider,
        header: it.header,
        header_text: it.header_text,
        header_muted: it.header_muted,
        text: it.text,
        muted: it.muted,
        primary: it.primary,
        foreign: it.foreign,
        unique: it.unique,
        line: it.line,
        note: it.note,
        note_text: it.note_text,
        group: it.group,
    }
}

fn face(table: &TableBox) -> TableFace {
    let row = |it: &crowfoot_layout::Row| RowFace {
        column: it.column,
        name: it.name.clone(),
        ty: it.ty.clone(),
        flags: flags(it.flags),
    };
    TableFace {
        id: table.id,
        title: table.title.clone(),
        schema: table.schema.clone(),
        color: table.header_color.clone(),
        has_note: table.has_note,
        rows: table.rows.iter().map(row).collect(),
    }
}

const fn flags(flags: RowFlags) -> u8 {
    flags.0
}

fn table_box(table: &TableBox) -> [i32; TABLE_STRIDE] {
    let Rect { x, y, w, h } = table.rect;
    [x, y, w, h, table.rows.len() as i32, color_number(table.header_color.as_ref())]
}

/// The ink in the stream of lines: both colours, the pattern, and whether it is bold.
fn ink(ink: Ink) -> [f32; 4] {
    let (light, dark) = ink.tint.map_or((-1.0, -1.0), |it| (it.light as f32, it.dark as f32));
    [light, dark, pattern(ink.pattern) as f32, f32::from(u8::from(ink.is_bold))]
}

/// The number of a pattern.
fn pattern(pattern: Pattern) -> usize {
    Pattern::ALL.iter().position(|it| *it == pattern).unwrap_or(0)
}

/// The colour as 0xrrggbb, which a float holds exactly; -1 for none.
fn color_number(color: Option<&Color>) -> i32 {
    let digits = color.and_then(|it| it.as_str().strip_prefix('#'));
    digits.and_then(|it| i32::from_str_radix(it, 16).ok()).unwrap_or(-1)
}
