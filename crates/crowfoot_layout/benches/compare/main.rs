//! Our drawing beside those of other tools on the same input, as one table.
//!
//! `cargo bench -p crowfoot_layout --bench compare -- [N_TABLES | FILE.sql ...]`
//!
//! The others are Graphviz (`dot` and `sfdp` on the path) and the npm packages elkjs and dagre (in a
//! `node_modules` that NODE_PATH names). Those that are not there are told as missing.

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

#[path = "../../tests/support/company.rs"]
mod company;
mod drawing;
mod tools;

use std::{path::Path, time::Duration};

use crowfoot_layout::{End, Scene, TableBox, arrange, sizes};
use crowfoot_schema::{
    Change, ChangeSet, ColumnType, Diagram, IdMint, Point, Table, TableId, TablePatch,
};
use drawing::{Drawing, Line, Rect};

/// How wide every table is.
const WIDTH: i32 = 220;

fn main() {
    let inputs: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let inputs = if inputs.is_empty() { vec!["100".into()] } else { inputs };
    for input in inputs {
        let (name, diagram) = match input.parse::<usize>() {
            Ok(n_tables) => (format!("{n_tables} tables"), company::company(n_tables)),
            Err(_) => {
                let file = Path::new(&input);
                (file.file_stem().unwrap_or_default().to_string_lossy().into(), read(file))
            }
        };
        compare(&name, &even(&diagram));
    }
}

/// The diagram that a file of SQL statements describes.
fn read(file: &Path) -> Diagram {
    let text = std::fs::read_to_string(file).expect("the file can be read");
    let dialect = crowfoot_sql::detect(&text).unwrap_or(crowfoot_sql::Dialect::PostgreSql);
    crowfoot_sql::import(dialect, &text, &mut IdMint::new(0, 1)).value
}

/// The same tables, columns and refs with names that make every table of the same width; without
/// self-refs, groups and schemas, which not all tools know.
fn even(diagram: &Diagram) -> Diagram {
    let tables = diagram.tables().enumerate().map(|(at, table)| {
        let mut table = table.clone();
        (table.schema, table.group, table.position, table.note) = (None, None, None, None);
        for (number, column) in table.columns.iter_mut().enumerate() {
            column.name = format!("c{number}").into();
            column.ty = ColumnType::named("x");
            column.note = None;
        }
        table.name = wide_name(&table, at).into();
        Change::CreateTable { table: Box::new(table) }
    });
    let refs = diagram.refs().filter(|it| it.from != it.to);
    let refs = refs.map(|it| Change::CreateRef { reference: Box::new(it.clone()) });
    company::diagram(tables.chain(refs).collect())
}

/// A name that makes a table so wide.
fn wide_name(table: &Table, number: usize) -> String {
    let mut table = table.clone();
    let mut name = number.to_string();
    loop {
        table.name = name.as_str().into();
        if TableBox::new(&Diagram::default(), &table, Point::default()).rect.w >= WIDTH {
            return name;
        }
        name.push('n');
    }
}

fn compare(name: &str, diagram: &Diagram) {
    let input = Input::of(diagram);
    if input.sizes.is_empty() {
        return println!("{name}: no tables");
    }
    println!("{name}: {} tables, {} lines", input.sizes.len(), input.links.len());
    println!(
        "                       overlap through  shared crossings  places bends/line    length   area aspect  CPU time"
    );
    let before = tools::own_time();
    let drawing = ours(diagram);
    row("Crowfoot", Ok((drawing, tools::own_time() - before)));
    for tool in tools::all() {
        row(tool.name, tool.draw(&input));
    }
}

fn row(name: &str, drawn: Result<(Drawing, Duration), String>) {
    let (drawing, took) = match drawn {
        Ok(it) => it,
        Err(problem) => return println!("    {name:18} {problem}"),
    };
    let it = drawing.measure();
    println!(
        "    {name:18} {:7} {:7} {:6.1}% {:9} {:7} {:10.2} {:9.0} {:6.2} {:6.2} {took:9.2?}",
        it.overlaps,
        it.through,
        it.shared / it.length.max(1.0) * 100.0,
        it.crossings,
        it.places,
        it.bends as f64 / drawing.lines.len().max(1) as f64,
        it.length,
        it.area,
        it.aspect,
    );
}

/// What every tool is given.
struct Input {
    /// Width and height of each table.
    sizes: Vec<(i32, i32)>,
    /// From which table to which there is a line.
    links: Vec<(usize, usize)>,
}

impl Input {
    fn of(diagram: &Diagram) -> Self {
        let height =
            |it: &Table| sizes::HEADER_HEIGHT + sizes::ROW_HEIGHT * it.columns.len() as i32;
        let ids: Vec<TableId> = diagram.tables().map(|it| it.id).collect();
        let at = |id: TableId| ids.iter().position(|&it| it == id).expect("the table exists");
        Self {
            sizes: diagram.tables().map(|it| (WIDTH, height(it))).collect(),
            links: diagram.refs().map(|it| (at(it.from), at(it.to))).collect(),
        }
    }
}

fn ours(diagram: &Diagram) -> Drawing {
    let mut diagram = diagram.clone();
    let place = |(id, at)| Change::UpdateTable {
        id,
        patch: TablePatch { position: Some(Some(at)), ..TablePatch::default() },
    };
    let changes = ChangeSet::new("arrange", arrange(&diagram).into_iter().map(place).collect());
    diagram.apply(&changes).expect("the tables exist");
    let scene = Scene::new(&diagram);
    let point = |x: f32, y: f32| (f64::from(x), f64::from(y));
    let slots: Vec<u32> = scene.tables().map(|it| it.0).collect();
    let at = |id: TableId| {
        let slot = scene.table_slot(id).expect("a line ends at a table");
        slots.iter().position(|&it| it == slot).expect("the slot is taken")
    };
    // Lines with different notations at a column end some pixels apart.
    let column = |end: &End| {
        let table = scene.table_slot(end.table).and_then(|it| scene.table(it));
        let row = end.columns.first().and_then(|it| Some(table?.row_y(*it)));
        (end.at.x.round() as i64, row.unwrap_or(end.at.y).round() as i64)
    };
    Drawing {
        rects: scene
            .tables()
            .map(|(_, it)| Rect {
                left: it.rect.x.into(),
                top: it.rect.y.into(),
                right: it.rect.right().into(),
                bottom: it.rect.bottom().into(),
            })
            .collect(),
        lines: scene
            .lines()
            .map(|(_, it)| Line {
                from: at(it.from.table),
                to: at(it.to.table),
                points: it.points.iter().map(|it| point(it.x, it.y)).collect(),
                ends: [column(&it.from), column(&it.to)],
            })
            .collect(),
    }
}
