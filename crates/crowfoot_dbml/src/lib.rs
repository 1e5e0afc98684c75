//! DBML, the database markup language: [`import`] reads it into a diagram, [`print()`] writes a
//! diagram as it.
//!
//! Reading goes in three steps. The lexer gives tokens, the parser an AST that borrows from the
//! text, and lowering a list of changes that make the diagram. Each step reports what it does not
//! understand and goes on, so that one slip in a text never costs the rest. Comments are not kept.

mod ast;
mod closest;
mod lex;
mod link;
mod lower;
mod parse;
mod print;
mod string;

use std::borrow::Cow;

use crowfoot_schema::{Diagram, IdMint, Printed};
use crowfoot_text::{Diagnostic, Parsed, Span};

use ast::Item;
pub use link::{Linked, Source, import_files};

/// The setting of a project that holds the suggestions that were dismissed.
const DISMISSED: &str = "dismissed_suggestions";

/// Reads a DBML text into a diagram.
///
/// Elements, columns and refs that cannot be understood are missing from the diagram and reported
/// as errors; everything else is there. Entities get their ids in the order of the text.
pub fn import(text: &str, mint: &mut IdMint) -> Parsed<Diagram> {
    if u32::try_from(text.len()).is_err() {
        let problem =
            Diagnostic::error("dbml/too-long", Span::at(0), "the text is over 4 GiB long");
        return Parsed { value: Diagram::new(), diagnostics: vec![problem] };
    }
    let text = &*with_line_feeds(text);
    let mut diagnostics = Vec::new();
    let mut ast = parse::parse(text, &mut diagnostics);
    for item in &mut ast.items {
        if let Item::Use(it) = item {
            diagnostics.push(link::no_files(it.span));
            *item = Item::Verbatim(it.span);
        }
    }
    let value = lower::lower(text, &ast, mint, &mut diagnostics);
    diagnostics.sort_by_key(|it| (it.span.start, it.span.end));
    Parsed { value, diagnostics }
}

/// Looks at the text alone: what [`import`] reports before it knows what the names mean.
///
/// This is the first half of [`import`], for editors that check while a person types.
pub fn check_syntax(text: &str) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if u32::try_from(text.len()).is_ok() {
        parse::parse(&with_line_feeds(text), &mut diagnostics);
    }
    diagnostics
}

/// The text of an old file whose lines end with carriage returns alone, with line feeds in their
/// place; every other text as it is. No byte moves.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\n') || !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('\r', "\n"))
}

/// Writes a diagram as DBML, in a form that people keep under version control.
///
/// What DBML cannot say is left out and told in a notice.
pub fn print(diagram: &Diagram) -> Printed {
    print::print(diagram)
}
