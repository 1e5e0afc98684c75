mod fan;
mod gradual;
mod hit;
mod lines;
mod meeting;
mod preview;
mod sketch;
mod update;

use crowfoot_schema::{Color, Diagram, GroupId, Notation, NoteId, Point, Ref, RefId, TableId};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

pub use hit::Hit;
pub(crate) use lines::bounds as line_bounds;
pub use update::SceneDelta;

use lines::{Columns, Notations, Place};
use meeting::Meeting;

use crate::{
    Legend, Line, Mark, Rect, TableBox, arrange,
    grid::Grid,
    ink::Inks,
    line,
    route::Router,
    sizes::{GROUP_LABEL_HEIGHT, GROUP_PADDING, NOTE_SIZE},
};

/// A diagram as it is drawn: what canvas and SVG share.
///
/// Tables and lines stand in numbered slots that stay theirs as long as they live; a slot that
/// fell free stays so until the scene is built anew. Tables without a position are shown where [`arrange`] would put them.
#[derive(Clone, Debug)]
pub struct Scene {
    notation: Notation,
    inks: Inks,
    tables: Vec<Option<TableBox>>,
    table_slots: FxHashMap<TableId, u32>,
    lines: Vec<Option<Line>>,
    line_slots: FxHashMap<RefId, u32>,
    groups: Vec<GroupBox>,
    notes: Vec<NoteBox>,
    /// Which columns have the middle of their rows at each place.
    columns_at: Meeting<Place, Columns>,
    /// The notations at each side of a table's columns, and where others are now than are drawn.
    notations: Meeting<Notations, Mark>,
    changed_notations: Vec<Notations>,
    /// Lines that were put since all were last drawn.
    undrawn: Vec<u32>,
    table_grid: Grid,
    line_grid: Grid,
    router: Router,
    /// Whether many lines are routed bit by bit.
    is_gradual: bool,
    /// Lines that were routed so and are being taken over.
    taking: Option<gradual::Taking>,
    /// Where tables stood before a preview moved them.
    previewed: Vec<(u32, Rect)>,
}

/// The ground behind the tables of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupBox {
    pub id: GroupId,
    pub rect: Rect,
    pub name: SmolStr,
    pub color: Option<Color>,
}

/// A sticky note as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteBox {
    pub id: NoteId,
    pub rect: Rect,
    pub name: SmolStr,
    pub text: String,
    pub color: Option<Color>,
}

impl Scene {
    /// The scene of a diagram.
    pub fn new(diagram: &Diagram) -> Self {
        Self::made(diagram, false)
    }

    fn made(diagram: &Diagram, is_gradual: bool) -> Self {
        let mut scene = Self {
            notation: diagram.settings().notation,
            inks: Inks::of(diagram),
            tables: Vec::new(),
            table_slots: FxHashMap::default(),
            lines: Vec::new(),
            line_slots: FxHashMap::default(),
            groups: Vec::new(),
            notes: Vec::new(),
            columns_at: Meeting::default(),
            notations: Meeting::default(),
            changed_notations: Vec::new(),
            undrawn: Vec::new(),
            table_grid: Grid::new(9),
            line_grid: Grid::new(8),
            router: Router::new(),
            is_gradual,
            taking: None,
            previewed: Vec::new(),
        };
        let arranged: FxHashMap<TableId, Point> = arrange(diagram).into_iter().collect();
        for table in diagram.tables() {
            let at = table.position.or(arranged.get(&table.id).copied()).unwrap_or_default();
            scene.put_table(TableBox::new(diagram, table, at));
        }
        for reference in diagram.refs() {
            scene.put_line(diagram, reference);
        }
        for slot in 0..scene.lines.len() as u32 {
            scene.reconnect(slot);
        }
        scene.settle(false);
        scene.draw_groups(diagram);
        scene.draw_notes(diagram);
        scene
    }

    /// The notation at the ends of lines.
    pub fn notation(&self) -> Notation {
        self.notation
    }

    /// What the colours of lines mean, where they mean something.
    pub fn legend(&self) -> Option<Legend> {
        self.inks.legend(self.lines().map(|(_, it)| it.meaning))
    }

    /// How many table slots there are, free ones included.
    pub fn n_table_slots(&self) -> usize {
        self.tables.len()
    }

    /// How many line slots there are, free ones included.
    pub fn n_line_slots(&self) -> usize {
        self.lines.len()
    }

    /// The table in a slot.
    pub fn table(&self, slot: u32) -> Option<&TableBox> {
        self.tables.get(slot as usize)?.as_ref()
    }

    /// The slot of a table.
    pub fn table_slot(&self, id: TableId) -> Option<u32> {
        self.table_slots.get(&id).copied()
    }

    /// All tables with their slots, in the order of the slots.
    pub fn tables(&self) -> impl Iterator<Item = (u32, &TableBox)> {
        (0..).zip(&self.tables).filter_map(|(slot, it)| Some((slot, it.as_ref()?)))
    }

    /// The line in a slot.
    pub fn line(&self, slot: u32) -> Option<&Line> {
        self.lines.get(slot as usize)?.as_ref()
    }

    /// The slot of a ref's line.
    pub fn line_slot(&self, id: RefId) -> Option<u32> {
        self.line_slots.get(&id).copied()
    }

    /// All lines with their slots, in the order of the slots.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &Line)> {
        (0..).zip(&self.lines).filter_map(|(slot, it)| Some((slot, it.as_ref()?)))
    }

    /// The lines that touch a table.
    pub fn lines_of(&self, table: TableId) -> Vec<u32> {
        self.table_slot(table).map_or_else(Vec::new, |slot| self.router.wires_of(slot).to_vec())
    }

    /// The grounds of the groups that have tables, to be drawn first.
    pub fn groups(&self) -> &[GroupBox] {
        &self.groups
    }

    /// The sticky notes.
    pub fn notes(&self) -> &[NoteBox] {
        &self.notes
    }

    /// The smallest rectangle around everything; none when there is nothing.
    pub fn bounds(&self) -> Option<Rect> {
        let tables = self.tables().map(|(_, it)| it.rect);
        let groups = self.groups.iter().map(|it| it.rect);
        let notes = self.notes.iter().map(|it| it.rect);
        let lines = self.lines().filter_map(|(_, it)| lines::bounds(&it.points));
        tables.chain(groups).chain(notes).chain(lines).reduce(Rect::union)
    }

    fn put_table(&mut self, item: TableBox) -> u32 {
        let slot = match self.table_slots.get(&item.id) {
            Some(&slot) => slot,
            None => new_slot(&mut self.tables),
        };
        self.table_slots.insert(item.id, slot);
        self.table_grid.remove(slot);
        self.table_grid.insert(slot, item.rect);
        self.router.place(slot, item.rect);
        self.tables[slot as usize] = Some(item);
        slot
    }

    fn take_table(&mut self, id: TableId) -> Option<u32> {
        let slot = self.table_slots.remove(&id)?;
        self.tables[slot as usize] = None;
        self.table_grid.remove(slot);
        self.router.unplace(slot);
        Some(slot)
    }

    /// Puts the line of a ref, old or new. It is to be reconnected once all marks are known.
    fn put_line(&mut self, diagram: &Diagram, reference: &Ref) -> Option<u32> {
        let mut line = line::unrouted(diagram, reference, &self.inks);
        if !(self.table_slots.contains_key(&reference.from)
            && self.table_slots.contains_key(&reference.to))
        {
            return None;
        }
        let slot = match self.line_slots.get(&reference.id) {
            Some(&slot) => slot,
            None => new_slot(&mut self.lines),
        };
        self.line_slots.insert(reference.id, slot);
        if let (Some(from), Some(to)) = (self.place_of(&line.from), self.place_of(&line.to)) {
            let ends = [(from, Columns::of(&line.from)), (to, Columns::of(&line.to))];
            self.columns_at.put(slot, ends);
        }
        if let Some(old) = &mut self.lines[slot as usize] {
            line.points = std::mem::take(&mut old.points);
            for (end, old) in [(&mut line.from, &old.from), (&mut line.to, &old.to)] {
                (end.at, end.facing) = (old.at, old.facing);
                (end.next, end.aside) = (old.next, old.aside);
            }
        }
        self.lines[slot as usize] = Some(line);
        self.undrawn.push(slot);
        Some(slot)
    }

    fn take_line(&mut self, id: RefId) -> Option<u32> {
        let slot = self.line_slots.remove(&id)?;
        self.columns_at.take(slot);
        self.changed_notations.extend(self.notations.take(slot));
        self.lines[slot as usize] = None;
        self.line_grid.remove(slot);
        self.router.disconnect(slot);
        Some(slot)
    }

    fn draw_groups(&mut self, diagram: &Diagram) {
        let mut rects: FxHashMap<GroupId, Rect> = FxHashMap::default();
        for (_, table) in self.tables() {
            if let Some(group) = table.group {
                rects
                    .entry(group)
                    .and_modify(|it| *it = it.union(table.rect))
                    .or_insert(table.rect);
            }
        }
        let draw = |group: &crowfoot_schema::Group| {
            let inner = rects.get(&group.id)?.grown(GROUP_PADDING);
            let rect =
                Rect { y: inner.y - GROUP_LABEL_HEIGHT, h: inner.h + GROUP_LABEL_HEIGHT, ..inner };
            Some(GroupBox {
                id: group.id,
                rect,
                name: group.name.clone(),
                color: self.inks.group_color(group.id).or_else(|| group.color.clone()),
            })
        };
        self.groups = diagram.groups().filter_map(draw).collect();
    }

    /// Notes without a position line up above the tables.
    fn draw_notes(&mut self, diagram: &Diagram) {
        let ground = self.tables().map(|(_, it)| it.rect).reduce(Rect::union).unwrap_or_default();
        let mut x = ground.x;
        self.notes.clear();
        for note in diagram.notes() {
            let (w, h) = note.size.map_or(NOTE_SIZE, |it| (it.width.max(40), it.height.max(30)));
            let at = note.position.unwrap_or_else(|| {
                let at = Point { x, y: ground.y - h - 60 };
                x += w + 20;
                at
            });
            self.notes.push(NoteBox {
                id: note.id,
                rect: Rect { x: at.x, y: at.y, w, h },
                name: note.name.clone(),
                text: note.text.clone(),
                color: note.color.clone(),
            });
        }
    }
}

/// A slot at the end.
fn new_slot<T>(slots: &mut Vec<Option<T>>) -> u32 {
    let at = slots.len();
    slots.push(None);
    at as u32
}
