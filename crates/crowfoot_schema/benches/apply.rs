//! What a change costs on diagrams of growing size: it must follow the change, not the diagram.
//!
//! Run with `cargo bench -p crowfoot_schema`.

#![expect(clippy::unwrap_used, reason = "a bench may stop")]

use crowfoot_schema::{
    By, Change, ChangeSet, Column, ColumnPairs, ColumnPatch, ColumnType, Diagram, Document, Draft,
    IdMint, Increment, Index, IndexPart, Point, PrimaryKey, Ref, RefPatch, ReferentialAction,
    Table, TablePatch, Uniqueness, diff, outline,
};

const SIZES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// Tables of 12 columns, each but the first with a ref to one before it.
fn diagram(n_tables: usize) -> Diagram {
    let mut mint = IdMint::new(1, 1);
    let mut tables: Vec<Table> = Vec::with_capacity(n_tables);
    let mut changes = Vec::with_capacity(n_tables * 2);
    for at in 0..n_tables {
        let mut table = Table::new(mint.id(), None, format!("table_{at}"));
        for column in 0..12 {
            let name = if column == 0 { "id".to_owned() } else { format!("column_{column}") };
            let mut column = Column::new(mint.id(), name, ColumnType::named("varchar(255)"));
            column.not_null = true;
            table.columns.push(column);
        }
        table.columns[0].increment = Some(Increment::IdentityAlways);
        table.primary_key = Some(PrimaryKey { name: None, columns: vec![table.columns[0].id] });
        let part = IndexPart::column(table.columns[1].id);
        table.indexes.push(Index::new(mint.id(), Uniqueness::None, vec![part]));
        if let Some(parent) = tables.get(at / 2) {
            let pairs = ColumnPairs::one(table.columns[1].id, parent.columns[0].id);
            let reference = Ref::new(mint.id(), table.id, parent.id, pairs);
            changes.push(Change::CreateRef { reference: Box::new(reference) });
        }
        changes.push(Change::CreateTable { table: Box::new(table.clone()) });
        tables.push(table);
    }
    let mut diagram = Diagram::new();
    diagram.apply(&ChangeSet::new("", changes)).unwrap();
    diagram
}

/// Ten changes of many kinds, to tables that `from` chooses.
fn ten_changes(diagram: &Diagram, from: usize) -> ChangeSet {
    let mut mint = IdMint::new(2, from as u128);
    let tables: Vec<&Table> = diagram.tables().skip(from).step_by(7).take(10).collect();
    let of = |at: usize| tables[at].id;
    let reference = diagram.refs_of(of(3)).next().unwrap().id;
    let column = |mint: &mut IdMint| Column::new(mint.id(), "added", ColumnType::named("text"));
    let head = |patch: TablePatch, at: usize| Change::UpdateTable { id: of(at), patch };
    let pairs = ColumnPairs::one(tables[8].columns[2].id, tables[9].columns[0].id);
    let added = Ref::new(mint.id(), of(8), of(9), pairs);
    let part = IndexPart::column(tables[7].columns[3].id);
    ChangeSet::new(
        "ten changes",
        vec![
            head(
                TablePatch { name: Some(format!("new_{from}").into()), ..TablePatch::default() },
                0,
            ),
            head(
                TablePatch { position: Some(Some(Point { x: 1, y: 2 })), ..TablePatch::default() },
                1,
            ),
            head(TablePatch { note: Some(Some("a note".to_owned())), ..TablePatch::default() }, 1),
            Change::CreateColumn { table: of(2), column: column(&mut mint), after: None },
            Change::UpdateRef {
                id: reference,
                patch: Box::new(RefPatch {
                    on_delete: Some(Some(ReferentialAction::Cascade)),
                    ..RefPatch::default()
                }),
            },
            Change::UpdateColumn {
                table: of(4),
                id: tables[4].columns[5].id,
                patch: ColumnPatch {
                    ty: Some(ColumnType::named("bigint")),
                    ..ColumnPatch::default()
                },
            },
            Change::MoveColumn { table: of(5), id: tables[5].columns[5].id, after: None },
            Change::DeleteColumn { table: of(6), id: tables[6].columns[4].id },
            Change::CreateIndex {
                table: of(7),
                index: Index::new(mint.id(), Uniqueness::Index, vec![part]),
                after: None,
            },
            Change::CreateRef { reference: Box::new(added) },
        ],
    )
}

#[divan::bench(args = SIZES)]
fn apply_ten_changes(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let diagram = diagram(n_tables);
    let changes = ten_changes(&diagram, 9);
    bencher.with_inputs(|| diagram.clone()).bench_values(|mut diagram| {
        diagram.apply(&changes).unwrap();
        diagram
    });
}

#[divan::bench(args = SIZES)]
fn rebase_ten_changes(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let mut diagram = diagram(n_tables);
    let mine = ten_changes(&diagram, 10);
    let theirs = [diagram.apply(&ten_changes(&diagram, 9)).unwrap().effective];
    bencher.bench(|| diagram.rebase(&mine, &theirs).unwrap());
}

#[divan::bench(args = SIZES)]
fn delete_a_table(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let diagram = diagram(n_tables);
    let id = diagram.tables().nth(9).unwrap().id;
    let changes = ChangeSet::new("", vec![Change::DeleteTable { id }]);
    bencher.with_inputs(|| diagram.clone()).bench_values(|mut diagram| {
        diagram.apply(&changes).unwrap();
        diagram
    });
}

#[divan::bench(args = SIZES)]
fn diff_ten_changes(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let old = diagram(n_tables);
    let mut new = old.clone();
    new.apply(&ten_changes(&old, 9)).unwrap();
    bencher.bench(|| diff(&old, &new));
}

#[divan::bench(args = SIZES)]
fn write_a_document(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let diagram = diagram(n_tables);
    bencher.bench(|| serde_json::to_string(&Document::from(&diagram)).unwrap());
}

#[divan::bench(args = SIZES)]
fn parse_a_document(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let text = serde_json::to_string(&Document::from(&diagram(n_tables))).unwrap();
    bencher.bench(|| Document::from_json(&text).unwrap());
}

#[divan::bench(args = SIZES)]
fn judge_a_document(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let document = Document::from(&diagram(n_tables));
    bencher
        .with_inputs(|| document.clone())
        .bench_values(|document| document.into_diagram().unwrap());
}

#[divan::bench(args = SIZES)]
fn outline_a_diagram(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let diagram = diagram(n_tables);
    bencher.bench(|| outline(&diagram));
}

/// A draft of a table in the midst of the diagram, with a column renamed, one added, one dropped.
fn draft(diagram: &Diagram) -> Draft {
    let id = diagram.tables().nth(diagram.tables().len() / 2).unwrap().id;
    let mut mint = IdMint::new(3, 3);
    let mut draft = Draft::open(diagram, id).unwrap();
    let columns: Vec<_> = draft.table().columns.iter().map(|it| it.id).collect();
    let added = Column::new(mint.id(), "added", ColumnType::named("text"));
    draft.edit(None, |pen| {
        let patch = ColumnPatch { name: Some("renamed".into()), ..ColumnPatch::default() };
        pen.set_column(columns[2], patch);
        pen.add_column(added, Some(columns[2]));
        pen.drop_column(columns[1]);
    });
    draft
}

#[divan::bench(args = SIZES)]
fn open_and_edit_a_draft(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let diagram = diagram(n_tables);
    bencher.bench(|| draft(&diagram));
}

#[divan::bench(args = SIZES)]
fn judge_and_compile_a_draft(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let draft = draft(&diagram(n_tables));
    bencher.bench(|| (draft.problems().len(), draft.compile()));
}

#[divan::bench(args = SIZES)]
fn bring_a_draft_up_to_what_others_did(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let mut diagram = diagram(n_tables);
    let draft = draft(&diagram);
    let (table, id) = (draft.id(), draft.table().columns[3].id);
    let patch = ColumnPatch { not_null: Some(false), ..ColumnPatch::default() };
    let theirs = ChangeSet::new("", vec![Change::UpdateColumn { table, id, patch }]);
    diagram.apply(&theirs).unwrap();
    bencher.with_inputs(|| draft.clone()).bench_values(|mut draft| {
        draft.rebase(&diagram, By::Others);
        draft
    });
}
