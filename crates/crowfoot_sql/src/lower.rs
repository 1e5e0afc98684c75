//! Lowering: statements are played on a catalog as a database would, which then becomes a diagram.

mod alter_table;
mod catalog;
mod constraint;
mod create_table;
mod finish;
mod index_name;
mod report;
mod types;
mod user_type;

use crowfoot_schema::Dialect;
use crowfoot_text::{Diagnostic, Span};

pub(crate) use catalog::Catalog;

use crate::{
    lex::Token,
    parse::{
        self, Cursor,
        ast::{Comment, Drop, DropKind, Statement},
    },
    split::Splitter,
};

impl Catalog<'_> {
    /// Reads and plays all statements under `span`.
    pub(crate) fn play_all(&mut self, span: Span) {
        let mut splitter = Splitter::new(self.dialect, self.foreign, self.text, span);
        let mut tokens = Vec::new();
        while splitter.next(&mut tokens) {
            self.play(&tokens);
        }
        if let Some(open) = splitter.open() {
            let message = format!("`{}` is opened here and never closed", open.of(self.text));
            self.report.diagnostics.push(
                Diagnostic::error("sql/unclosed-quote", open, message)
                    .with_help("close it, or double it if it belongs to the text"),
            );
        }
    }

    fn play(&mut self, tokens: &[Token]) {
        let span = tokens.first().map_or(Span::at(0), |it| it.span);
        let mut cursor = Cursor::new(self.dialect, self.text, tokens);
        cursor.foreign = self.foreign;
        match parse::parse(&mut cursor, &mut self.report.diagnostics) {
            Ok(statement) => self.run(statement, span),
            Err(problem) => {
                let at = cursor.tokens.partition_point(|it| it.span.start < problem.span.start);
                let met = match cursor.tokens.get(at) {
                    Some(token) => format!("`{}`", parse::shown(cursor.text_of(*token))),
                    None => "the end of the statement".to_owned(),
                };
                let message = format!("met {met}, wanted {}", problem.wanted);
                self.report.unknown_statement(problem.span, message);
            }
        }
    }

    fn run(&mut self, statement: Statement, span: Span) {
        match statement {
            Statement::CreateTable(create) => self.create_table(*create),
            Statement::AlterTable(alter) => self.alter_table(alter),
            Statement::CreateIndex(create) => self.create_index(*create),
            Statement::AlterIndex { index, new_name } => {
                if let Some((table, at)) = self.find_index(&index) {
                    self.enter_index(table, &new_name.text);
                    self.tables[table].indexes[at].name = Some(new_name.text);
                }
            }
            Statement::Drop(drop) => self.drop(drop),
            Statement::RenameTables(renames) => {
                for (old, new) in renames {
                    match self.find_table(&old, None) {
                        Some(table) => self.rename_table(table, &new),
                        None => self.no_table(&old, "a new name"),
                    }
                }
            }
            Statement::Comment(Comment { on, text }) => {
                if !self.comment(&on, text) {
                    self.report.skip(&parse::COMMENT, span);
                }
            }
            Statement::CreateEnum { path, values } => self.create_enum(&path, values),
            Statement::AlterEnum { path, action } => {
                if !self.alter_enum(&path, action) {
                    self.report.skip(&parse::TYPE, span);
                }
            }
            Statement::CreateType { path, kind, definition } => {
                self.create_type(&path, kind, definition);
            }
            Statement::AlterDomain { path, clause } => {
                if !self.alter_domain(&path, &clause) {
                    self.report.skip(&parse::TYPE, span);
                }
            }
            Statement::CreateSequence { path, owner } => {
                let key = self.sequence_key(&path);
                self.sequences.entry(key.clone()).or_default().is_created = true;
                if let Some(owner) = owner {
                    self.own_sequence(key, &owner);
                }
            }
            Statement::OwnSequence { path, owner } => {
                let key = self.sequence_key(&path);
                self.own_sequence(key, &owner);
            }
            Statement::SearchPath(schemas) => self.set_search_path(&schemas),
            Statement::Use(name) => {
                if self.dialect == Dialect::MySql {
                    self.search_path = vec![Some(name)];
                }
            }
            Statement::Do(inside) => self.play_block(inside),
            Statement::Skipped(kind) => self.report.skip(kind, span),
        }
    }

    fn own_sequence(
        &mut self,
        key: smol_str::SmolStr,
        (table, column): &(parse::ast::Path, parse::ast::Name),
    ) {
        let Some(table) = self.find_table(table, None) else { return };
        let Some(place) = self.tables[table].find(&column.text) else { return };
        self.sequences.entry(key).or_default().owner = Some((table, place));
    }

    fn drop(&mut self, drop: Drop) {
        for path in &drop.paths {
            match drop.kind {
                DropKind::Table => match self.find_table(path, None) {
                    Some(table) => self.drop_table(table, drop.is_cascade),
                    None if !drop.is_if_exists => {
                        let message = format!("there is no table `{path}` to drop");
                        self.report.info("sql/unknown-table", path.span(), message);
                    }
                    None => {}
                },
                DropKind::Index => match &drop.table {
                    Some(table) => {
                        if let Some(table) = self.find_table(table, None) {
                            self.drop_index_of(table, &path.name.text);
                        }
                    }
                    None => {
                        if let Some((table, at)) = self.find_index(path) {
                            self.tables[table].indexes.remove(at);
                        }
                    }
                },
                DropKind::Type => {
                    self.drop_enum(path);
                    self.drop_type(path);
                }
                DropKind::Schema => {
                    let schema = self.schema(&path.name.text);
                    let is_in = |it: &catalog::TableDraft| it.is_live && it.schema == schema;
                    for table in 0..self.tables.len() {
                        if is_in(&self.tables[table]) {
                            self.drop_table(table, true);
                        }
                    }
                }
            }
        }
    }

    /// Plays the definitions inside of a `DO` block: migrations wrap them so, to go on when the
    /// thing exists.
    fn play_block(&mut self, inside: Span) {
        let mut splitter = Splitter::new(self.dialect, self.foreign, self.text, inside);
        let mut tokens = Vec::new();
        while splitter.next(&mut tokens) {
            let mut cursor = Cursor::new(self.dialect, self.text, &tokens);
            while cursor.eat("begin") || cursor.eat("else") {}
            if cursor.is("if") {
                while !cursor.is_done() && !cursor.eat("then") {
                    cursor.advance();
                }
            }
            while cursor.eat("begin") {}
            let is_definition = cursor.is_any(&["create", "alter"])
                && ["table", "type", "index", "unique"].iter().any(|it| cursor.is_at(1, it));
            if !is_definition {
                continue;
            }
            let mut rest = cursor.part(cursor.at, cursor.tokens.len());
            let span = rest.here();
            if let Ok(statement) = parse::parse(&mut rest, &mut Vec::new()) {
                self.run(statement, span);
            }
        }
    }
}
