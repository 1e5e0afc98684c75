//! Sample rows.

use crowfoot_schema::Cell;
use smol_str::SmolStr;

use super::Parser;
use crate::{
    ast::{RecordsItem, Row},
    lex::Kind,
    string,
};

impl<'a> Parser<'a, '_> {
    /// `records table(a, b) { … }`; inside a table there is no table and maybe no list.
    pub(super) fn records(&mut self, needs_table: bool) -> Option<RecordsItem<'a>> {
        let start = self.bump().span.start;
        let mut table = None;
        if matches!(self.current.kind, Kind::Word | Kind::Quoted) {
            table = self.qualified("the name of a table");
        } else if needs_table {
            self.unexpected("the name of a table");
        }
        let columns = if self.at(Kind::ParenOpen) { self.column_list() } else { None };
        let span = self.span_from(start);
        let open = self.current.span;
        if !self.expect(Kind::BraceOpen, "`{`") {
            self.skip_line();
            return None;
        }
        let mut rows = Vec::new();
        while self.in_body() {
            rows.push(self.row());
        }
        self.close_brace(open);
        if needs_table && table.is_none() {
            return None;
        }
        Some(RecordsItem { table, columns, rows, span })
    }

    /// One line of cells.
    fn row(&mut self) -> Row {
        let start = self.current.span.start;
        let mut cells = Vec::new();
        // The first token of a row begins a line and does not end the row.
        let goes_on = |it: &Self| {
            (it.current.span.start == start || !it.current.starts_line)
                && !matches!(it.current.kind, Kind::BraceClose | Kind::End)
        };
        loop {
            let cell = if goes_on(self) { self.cell() } else { Cell::Empty };
            cells.push(cell);
            if !goes_on(self) {
                break;
            }
            if !self.eat(Kind::Comma) {
                self.unexpected("`,` or the end of the line");
                while goes_on(self) && !self.at(Kind::Comma) {
                    self.bump();
                }
                if !self.eat(Kind::Comma) {
                    break;
                }
            }
        }
        Row { cells, span: self.span_from(start) }
    }

    fn cell(&mut self) -> Cell {
        let token = self.current;
        let text = self.slice(token.span);
        match token.kind {
            Kind::Comma => Cell::Empty,
            Kind::Number => {
                self.bump();
                Cell::Number(SmolStr::new(text))
            }
            Kind::Minus | Kind::Other if self.peek().kind == Kind::Number && text != "/" => {
                self.bump();
                let number = self.bump().span;
                let number = self.slice(number);
                if text == "-" {
                    Cell::Number(SmolStr::from_iter(["-", number]))
                } else {
                    Cell::Number(SmolStr::new(number))
                }
            }
            Kind::Str => {
                self.bump();
                Cell::Text(string::unescape(self.inner(token)).into_owned())
            }
            Kind::MultiStr => {
                self.bump();
                Cell::Text(string::unescape_lines(self.inner(token)).into_owned())
            }
            Kind::Expr => {
                self.bump();
                Cell::Expr(self.inner(token).to_owned())
            }
            Kind::Word | Kind::Quoted => {
                self.bump();
                let mut span = token.span;
                while self.at(Kind::Dot) && !self.current.starts_line {
                    self.bump();
                    if matches!(self.current.kind, Kind::Word | Kind::Quoted) {
                        self.bump();
                    }
                    span.end = self.last_end;
                }
                let is_single = span == token.span;
                if token.kind == Kind::Quoted && is_single {
                    Cell::Text(string::unescape(self.inner(token)).into_owned())
                } else if is_single && text.eq_ignore_ascii_case("null") {
                    Cell::Null
                } else if is_single && text.eq_ignore_ascii_case("true") {
                    Cell::Bool(true)
                } else if is_single && text.eq_ignore_ascii_case("false") {
                    Cell::Bool(false)
                } else {
                    Cell::Word(SmolStr::new(self.slice(span)))
                }
            }
            _ => {
                self.unexpected("a value");
                self.bump();
                Cell::Empty
            }
        }
    }
}
