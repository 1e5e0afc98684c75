use crowfoot_schema::{Diagram, Ref, TableId};

use super::Scene;
use crate::{End, Facing, Line, Pt, Rect, line, sizes::STUB};

impl Scene {
    /// The lines of those tables as they would run in a hurry were the tables moved by so much
    /// from where the diagram has them: at most two bends, and straight through what is in the way.
    ///
    /// For a table with so many lines that routing them cannot keep up with the pointer. The scene
    /// itself stays as it is. Gives the slot of each line.
    pub fn sketch_move(&self, tables: &[TableId], dx: i32, dy: i32) -> Vec<(u32, Line)> {
        let mut slots: Vec<u32> = tables.iter().flat_map(|&it| self.lines_of(it)).collect();
        slots.sort_unstable();
        slots.dedup();
        let sketch = |slot| {
            let mut line = self.line(slot)?.clone();
            let from = self.shown_at(&line.from, tables, dx, dy)?;
            let to = self.shown_at(&line.to, tables, dx, dy)?;
            (line.from.facing, line.to.facing) = facings(from.rect, to.rect);
            line.points = way(self.put(&mut line.from, &from), self.put(&mut line.to, &to));
            Some((slot, line))
        };
        slots.into_iter().filter_map(sketch).collect()
    }

    /// The line that a ref would have, in a hurry like [`Self::sketch_move`]; the ref need not be in
    /// the diagram. None if a table of it is not in the scene.
    pub fn sketch_ref(&self, diagram: &Diagram, reference: &Ref) -> Option<Line> {
        let mut line = line::unrouted(diagram, reference, &self.inks);
        let from = self.shown_at(&line.from, &[], 0, 0)?;
        let to = self.shown_at(&line.to, &[], 0, 0)?;
        (line.from.facing, line.to.facing) = facings(from.rect, to.rect);
        line.points = way(self.put(&mut line.from, &from), self.put(&mut line.to, &to));
        Some(line)
    }

    /// Where an end of a line would be with those tables moved.
    fn shown_at(&self, end: &End, tables: &[TableId], dx: i32, dy: i32) -> Option<Shown> {
        let slot = self.table_slot(end.table)?;
        let (port, fork) = self.port(end)?;
        let rect = self.table(slot)?.rect;
        let home = self.previewed.iter().find(|it| it.0 == slot).map_or(rect, |it| it.1);
        let there = if tables.contains(&end.table) { home.moved(dx, dy) } else { rect };
        let down = (there.y - rect.y) as f32;
        let fork = fork.iter().map(|it| it + down).collect();
        Some(Shown { rect: there, y: port.y + down, inset: port.inset, fork })
    }

    /// Puts the end there, on the side that it faces, beside other notations; gives where the line
    /// leaves its table for good.
    fn put(&self, end: &mut End, shown: &Shown) -> (Pt, f32) {
        let Rect { x, w, .. } = shown.rect;
        let edge = match end.facing {
            Facing::Left => x,
            Facing::Right => x + w,
        };
        let sign = end.facing.sign();
        end.at = Pt::new(edge as f32 + sign * shown.inset, shown.y + self.aside(end));
        end.next = self.notations_of(end).and_then(|it| self.notations.step(it));
        end.fork.clone_from(&shown.fork);
        (end.at, edge as f32 + sign * STUB as f32)
    }
}

/// Where a line meets a table that may have moved.
struct Shown {
    rect: Rect,
    y: f32,
    inset: f32,
    fork: Vec<f32>,
}

/// The sides at which a line leaves one table and enters another.
fn facings(from: Rect, to: Rect) -> (Facing, Facing) {
    let gap = 2 * STUB;
    if from.x + from.w + gap <= to.x {
        (Facing::Right, Facing::Left)
    } else if to.x + to.w + gap <= from.x {
        (Facing::Left, Facing::Right)
    } else {
        (Facing::Right, Facing::Right)
    }
}

fn way((from, out): (Pt, f32), (to, back): (Pt, f32)) -> Vec<Pt> {
    let (leaves_right, enters_right) = (out > from.x, back > to.x);
    let middle =
        if leaves_right && enters_right { out.max(back) } else { ((out + back) / 2.0).round() };
    let mut points = vec![from];
    if from.y != to.y || (leaves_right && enters_right) {
        points.extend([Pt::new(middle, from.y), Pt::new(middle, to.y)]);
    }
    points.push(to);
    points
}

#[cfg(test)]
mod tests {
    use crowfoot_schema::{
        Change, ChangeSet, Column, ColumnPairs, ColumnType, Diagram, IdMint, Point, Ref, Table,
        TableId,
    };

    use crate::{Facing, Pt, Scene};

    /// Two tables of one column each, the first referring to the other.
    fn scene() -> (Scene, TableId, TableId) {
        let (scene, diagram) = scene_and_diagram();
        let reference = diagram.refs().next().expect("there is one");
        (scene, reference.from, reference.to)
    }

    fn scene_and_diagram() -> (Scene, Diagram) {
        let mint = &mut IdMint::new(1, 1);
        let mut table = |name: &str, x| {
            let mut table = Table::new(mint.id(), None, name);
            table.columns.push(Column::new(mint.id(), "id", ColumnType::named("integer")));
            table.position = Some(Point { x, y: 0 });
            table
        };
        let (a, b) = (table("a", 0), table("b", 600));
        let (from, to) = (a.id, b.id);
        let pairs = ColumnPairs::new(vec![(a.columns[0].id, b.columns[0].id)]);
        let reference = Ref::new(mint.id(), from, to, pairs.expect("the columns differ"));
        let changes = vec![
            Change::CreateTable { table: Box::new(a) },
            Change::CreateTable { table: Box::new(b) },
            Change::CreateRef { reference: Box::new(reference) },
        ];
        let mut diagram = Diagram::new();
        diagram.apply(&ChangeSet::new("make", changes)).expect("the changes fit each other");
        (Scene::new(&diagram), diagram)
    }

    /// The line of the scene, sketched with its from table moved.
    fn sketched(scene: &Scene, table: TableId, dx: i32, dy: i32) -> (Facing, Facing, Vec<Pt>) {
        let lines = scene.sketch_move(&[table], dx, dy);
        assert_eq!(lines.len(), 1);
        let (_, line) = &lines[0];
        (line.from.facing, line.to.facing, line.points.clone())
    }

    #[test]
    fn a_line_follows_its_table_with_two_bends() {
        let (scene, from, _) = scene();
        let (out, into, points) = sketched(&scene, from, 0, 100);
        assert_eq!((out, into), (Facing::Right, Facing::Left));
        assert_eq!(points.len(), 4);
        assert_eq!(points[0].y - points[3].y, 100.0);
        assert_eq!((points[1].x, points[1].y), (points[2].x, points[0].y));
    }

    #[test]
    fn a_line_changes_sides_with_its_table() {
        let (scene, from, _) = scene();
        let (out, into, _) = sketched(&scene, from, 1500, 50);
        assert_eq!((out, into), (Facing::Left, Facing::Right));
        let (out, into, points) = sketched(&scene, from, 600, 300);
        assert_eq!((out, into), (Facing::Right, Facing::Right));
        assert!(points[1].x > points[0].x && points[1].x > points[3].x);
    }

    #[test]
    fn a_ref_that_is_not_there_yet_has_its_notation() {
        let (scene, diagram) = scene_and_diagram();
        let tables: Vec<&Table> = diagram.tables().collect();
        let [a, b] = tables[..] else { panic!("there are two tables") };
        let mint = &mut IdMint::new(2, 2);
        let pairs = ColumnPairs::new(vec![(b.columns[0].id, a.columns[0].id)]);
        let back = Ref::new(mint.id(), b.id, a.id, pairs.expect("the columns differ"));
        let line = scene.sketch_ref(&diagram, &back).expect("both tables are there");
        assert_eq!((line.from.facing, line.to.facing), (Facing::Left, Facing::Right));
        assert!(line.from.mark.is_many && line.to.mark.is_optional);
    }

    #[test]
    fn a_way_is_measured_from_home_and_changes_nothing() {
        let (mut scene, from, _) = scene();
        let before = scene.clone().sketch_move(&[from], 40, 70);
        scene.preview_move(&[from], 300, 300);
        assert_eq!(scene.sketch_move(&[from], 40, 70), before);
        let shown = scene.table_slot(from).and_then(|it| scene.table(it)).map(|it| it.rect.x);
        assert_eq!(shown, Some(300));
    }
}
